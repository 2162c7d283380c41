#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test.
#
#   ./test.sh         release: g++ -O2
#   ./test.sh --all   also dev (g++, ASan and UBSan) and fuzz (clang 19, libFuzzer, ASan and UBSan)
#   ./test.sh PRESET… those presets of CMakePresets.json
#
# JOBS=N sets how many compilers run at once (one for each core, if not given); tests, which mostly wait, run twice as many.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/packages.sh
source .ci/configure.sh

presets=()
clang=()
for argument in "$@"; do
  case "$argument" in
    --all) presets+=(release dev fuzz) ;;
    --help | -h) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) echo "test.sh: unknown option $argument (see ./test.sh --help)" >&2; exit 2 ;;
    *) presets+=("$argument") ;;
  esac
done
[ ${#presets[@]} -gt 0 ] || presets=(release)
case " ${presets[*]} " in *" fuzz"*) clang=("${rollcall_clang_packages[@]}") ;; esac

jobs=${JOBS:-$(nproc)}
install_for_tests "${clang[@]}"

# npm's packages for the Node bot and for the report page's browser test; unchanged since the last run, they are not asked
# for again. Without a way to npm's registry the rest is worth testing all the same: ctest says which tests were skipped.
# In CI a skipped test is a failure.
for folder in tests/bots/node tests/report; do
  [ ! -e "$folder/node_modules/.package-lock.json" ] ||
    [ "$folder/package-lock.json" -nt "$folder/node_modules/.package-lock.json" ] || continue
  echo "Installing npm's packages for $folder" >&2
  if ! npm --prefix "$folder" ci --no-audit --no-fund; then
    echo "npm could not install them: the tests of $folder will be skipped" >&2
    [ -z "${CI:-}" ] || exit 3
  fi
done

for preset in "${presets[@]}"; do
  echo "== $preset" >&2
  configure "$preset" "build/$preset"
  cmake --build --preset "$preset" -j "$jobs"
  ctest --preset "$preset" -j $((2 * jobs))
done
