#!/usr/bin/env bash
# Records the sample sessions: each scenario of the Graph service, through the recorder, against the sample bot.
#
#   tests/record_samples.sh [SCENARIO…]     all of them, if none is named; existing files are replaced
#
# BUILD=DIR names the build to take the programs from (build/release); INTO=DIR the folder for the files.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/bots/processes.sh
trap finish EXIT

build=${BUILD:-build/release}
into=${INTO:-corpus/sessions}
programs=$build/tests/bots
mkdir -p "$into"

record() {
  local scenario=$1
  record_call "$scenario" "$build" "$run/$scenario" "$programs/sample_bot"
  mv "$run/$scenario/$scenario.session.jsonl" "$into/"
}

if [ $# -eq 0 ]; then
  mapfile -t all < <("$programs/graph_service" --list)
  set -- "${all[@]}"
fi
for scenario in "$@"; do
  echo "$scenario" >&2
  record "$scenario"
done
