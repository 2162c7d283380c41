#!/usr/bin/env bash
# Sessions that once broke a bot, each named after the mistake of the bot that it broke: they break that bot still, and not
# the sound one.
#
#   traffic_regressions_test.sh BUILD
set -euo pipefail
build=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
source tests/end_to_end/expect.sh
trap finish EXIT
app=11111111-2222-4333-8444-555555555555
sound="exec $build/tests/bots/sample_bot --graph {graph} --listen 127.0.0.1:{port}"
count=0

for session in corpus/regressions/traffic/*.session.jsonl; do
  flaw=$(basename "$session" .session.jsonl)
  cp "$session" "$run/$flaw.session.jsonl"
  more=() bot=$sound
  # A bot that looks at tokens: keys take time to make, so only where it matters.
  [[ "$flaw" != takes-* ]] || { more=(--app-id "$app"); bot+=" --app-id $app"; }
  # What wedges a bot shows in the session behind it.
  ! grep -q '"bucket":"wedged' "$session" || more+=(--clean corpus/sessions/incoming-call.session.jsonl)
  # It is looked for with each candidate; one is enough to see that it is there.
  expect 0 "$run/$flaw.small.session.jsonl: " shrink "$run/$flaw.session.jsonl" --exec "$bot --flaw $flaw" \
    --out "$run/$flaw.small.session.jsonl" --budget 1 "${more[@]}"
  rm -f "$run/$flaw.shrink.json"
  expect 4 "not shown in 5 runs" shrink "$run/$flaw.session.jsonl" --exec "$bot" \
    --out "$run/$flaw.small.session.jsonl" "${more[@]}"
  count=$((count + 1))
done
[ "$count" -ge 6 ] || fail "$count sessions"

exit "$failed"
