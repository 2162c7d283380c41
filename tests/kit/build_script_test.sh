#!/usr/bin/env bash
# fuzz/build.sh gives each target with its seeds, words and options, and each of them runs where none of its libraries is
# installed but beside it.
#
#   build_script_test.sh WORK    WORK: kept, so that the next run has little to build
set -euo pipefail
mkdir -p "$1"
work=$(cd "$1" && pwd)
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
rm -rf "$work/out" "$work/moved" "$work/seeds-of"

# What OSS-Fuzz sets for libFuzzer and AddressSanitizer.
export CC=clang-19 CXX=clang++-19
export CFLAGS="-O1 -fno-omit-frame-pointer -gline-tables-only -fsanitize=address -fsanitize=fuzzer-no-link"
export CXXFLAGS="$CFLAGS -stdlib=libc++" LIB_FUZZING_ENGINE=-fsanitize=fuzzer
OUT=$work/out WORK=$work/build "$source_folder/fuzz/build.sh"
mv "$work/out" "$work/moved"
out=$work/moved

# Whether all that belongs to a target is there and works; one line about what is not.
check() {
  local target=$1 part seeds=$work/seeds-of/$1
  for part in "" _seed_corpus.zip .dict .options; do
    [ -s "$out/$target$part" ] || { echo "$target$part is missing or empty"; return 1; }
  done
  grep -q '^\[libfuzzer\]' "$out/$target.options" || { echo "$target.options: no section libfuzzer"; return 1; }
  rm -rf "$seeds"
  mkdir -p "$seeds"
  (cd "$seeds" && cmake -E tar xf "$out/${target}_seed_corpus.zip") || { echo "${target}_seed_corpus.zip: damaged"; return 1; }
  [ -n "$(ls "$seeds")" ] || { echo "${target}_seed_corpus.zip holds nothing"; return 1; }
  if ldd "$out/$target" | grep -E 'lib(simdjson|crypto|fmt|boost)' | grep -v "$out/lib/"; then
    echo "$target: a library from elsewhere"
    return 1
  fi
  rm -rf "$work/new"
  mkdir "$work/new"
  (cd "$work" && "$out/$target" -runs=200 -seed=1 -dict="$out/$target.dict" new "$seeds" > log 2>&1) ||
    { tail -n 20 "$work/log"; echo "$target does not run"; return 1; }
}

targets=0
for file in $(grep -l '^FUZZ_TARGET' "$source_folder"/fuzz/targets/*.cpp); do
  target=$(basename "$file" .cpp)_fuzz
  check "$target" || exit 1
  echo "$target: $(ls "$work/seeds-of/$target" | wc -l) seeds"
  targets=$((targets + 1))
done
[ "$targets" -gt 0 ]

# And what is missing, empty or broken would have been noticed.
for part in "" _seed_corpus.zip .dict .options; do
  mv "$out/$target$part" "$work/kept"
  if check "$target" > /dev/null; then echo "FAILED: nobody missed $target$part" >&2; exit 1; fi
  : > "$out/$target$part"
  if check "$target" > /dev/null; then echo "FAILED: an empty $target$part passed" >&2; exit 1; fi
  mv "$work/kept" "$out/$target$part"
done
