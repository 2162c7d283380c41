#!/usr/bin/env bash
# Builds every fuzz target as OSS-Fuzz, ClusterFuzzLite and CIFuzz want it: into $OUT, and beside each target its seeds
# (TARGET_seed_corpus.zip), its dictionary (TARGET.dict) and its options (TARGET.options). fuzz/FUZZING.md tells more.
#
#   CC, CXX, CFLAGS, CXXFLAGS, LIB_FUZZING_ENGINE, OUT   as those projects set them
#   WORK                                                 for what is needed on the way; a temporary folder if not set
#
# It fails rather than leave a target without seeds: nobody would notice.
set -euo pipefail
for variable in CC CXX LIB_FUZZING_ENGINE OUT; do
  [ -n "${!variable:-}" ] || { echo "build.sh: $variable is not set (see the head of this file)" >&2; exit 2; }
done
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$OUT/lib"
temporary=
if [ -z "${WORK:-}" ]; then
  temporary=$(mktemp -d)
  WORK=$temporary
fi
trap '[ -z "$temporary" ] || rm -rf "$temporary"' EXIT
build=$WORK/rollcall

# The libraries that Debian and Ubuntu package (simdjson, fmt, Boost) were built with libstdc++, so that is what we take.
# They are not in the image that runs the targets: each target looks for them in lib/ beside itself.
cmake -S "$source_folder" -B "$build" -G Ninja \
  -D CMAKE_C_COMPILER="$CC" -D CMAKE_CXX_COMPILER="$CXX" \
  -D CMAKE_C_FLAGS="${CFLAGS:-}" -D CMAKE_CXX_FLAGS="$(sed 's/-stdlib=libc++//' <<< "${CXXFLAGS:-}")" \
  -D CMAKE_BUILD_RPATH='$ORIGIN/lib' -D BUILD_TESTING=OFF -D ROLLCALL_BATCHES=ON -D FUZZ_ENGINE="$LIB_FUZZING_ENGINE"
# The build makes the seeds, too, by a program that is instrumented as everything is: what it leaks is of no interest.
ASAN_OPTIONS=detect_leaks=0 cmake --build "$build" --target fuzz_targets
seeds=$build/fuzz/seeds

# Copies the libraries that a target needs, but for those of glibc, which belong to the machine.
copy_libraries() {
  ldd "$1" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p' | { grep -vE '/(libc|libm|libdl|librt|libpthread)\.so' || true; } |
    xargs -r cp -Lu -t "$OUT/lib"
}

while read -r name kind; do
  target=${name}_fuzz
  binary=$build/fuzz/$target
  inputs=("$seeds/$kind")
  [ -d "${inputs[0]}" ] || { echo "build.sh: no seeds of the kind $kind for $target" >&2; exit 1; }
  regressions=$source_folder/corpus/regressions/$name
  [ ! -d "$regressions" ] || inputs+=("$regressions")

  cp "$binary" "$OUT/$target"
  copy_libraries "$binary"
  rm -f "$OUT/${target}_seed_corpus.zip"
  find "${inputs[@]}" -type f -print0 | sort -z | xargs -0 zip -q -j "$OUT/${target}_seed_corpus.zip"
  cp "$seeds/words.dict" "$OUT/$target.dict"
  # Longer than any sample: room to grow, and bounded, for time is what one pays with.
  printf '[libfuzzer]\nmax_len = 131072\n' > "$OUT/$target.options"
done < "$build/fuzz/targets.list"
