#!/usr/bin/env bash
# A bot on the official Graph client that believes to talk to https://graph.microsoft.com is recorded and replayed through
# the forward proxy, with nothing but environment variables.
#
#   unchanged_bot_test.sh BUILD SCENARIO
set -euo pipefail
build=$1 scenario=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
source tests/end_to_end/proxy_scripts.sh
trap finish EXIT

if [ ! -e tests/bots/node/node_modules/undici/package.json ]; then
  echo "First: npm --prefix tests/bots/node ci" >&2
  exit 77  # ctest reports the test as skipped
fi

bot_at=127.0.0.1:$(free_port)
proxy_at=127.0.0.1:$(free_port)
proxy=(--proxy-listen "$proxy_at" --tls-ca-out "$run/ca.pem" --tls-ca-key "$run/ca.key" --offline)
bot=(env HTTPS_PROXY="http://$proxy_at" NODE_EXTRA_CA_CERTS="$run/ca.pem"
  NODE_OPTIONS="--require $PWD/tests/bots/node/through_proxy.cjs"
  node tests/bots/node/bot.js --listen "$bot_at" --graph https://graph.microsoft.com)

promise public
promise webhook
start graph_service "$build/tests/bots/graph_service" --scenario "$scenario" --webhook "@$run/webhook"
service=$started graph_url=$ready
start recorder "$build/rollcall" record --corpus "$run/corpus" --name "$scenario" --bot "http://$bot_at" \
  --webhook-listen 127.0.0.1:0 --graph "$graph_url" "${proxy[@]}"
recorder=$started public=$(address webhook)
start bot "${bot[@]}" --public "@$run/public"
bot_process=$started
keep public "$public"
keep webhook "$public"  # the last one: this starts the call
ended "$service" || { cat "$run/graph_service.err" "$run/recorder.err" >&2; exit 1; }
stop "$recorder"
stop "$bot_process" || true  # a Node bot ends by the signal itself

session=$run/corpus/$scenario.session.jsonl
"$build/rollcall" corpus verify "$session"
expect "the bot has called Graph by its name" grep -q '"leg":"graph".*\["host","graph.microsoft.com"\]' "$session"
expect "no token is in the session" bash -c '! grep -q mock-token "$1"' - "$session"

start bot "${bot[@]}"
bot_process=$started
start player "$build/rollcall" replay "$session" --bot "http://$bot_at" --asap --lateness-budget 1m "${proxy[@]}"
player=$started
cat <&"${outputs[$player]}"
ended "$player" || { status=$?; cat "$run/player.err" >&2; exit "$status"; }
stop "$bot_process" || true
