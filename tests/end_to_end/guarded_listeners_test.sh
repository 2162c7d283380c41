#!/usr/bin/env bash
# The bot of guarded_bot_test.sh, which may be told where its services are, without a proxy: it goes to Rollcall's own
# listeners by https (--tls auto), and is told by https.
#
#   guarded_listeners_test.sh BUILD
set -euo pipefail
build=$1
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
source tests/end_to_end/proxy_scripts.sh
source tests/end_to_end/guarded_scripts.sh
trap finish EXIT
need_packages

tls=(--tls auto --tls-ca-out "$run/ca.pem" --tls-ca-key "$run/ca.key")
bot=(env "${identity[@]}" NODE_EXTRA_CA_CERTS="$run/ca.pem" node tests/bots/node/bot.js --listen "$bot_at")

# sign_leaf: a certificate for 127.0.0.1 by Rollcall's authority, $run/leaf.crt and $run/leaf.key.
sign_leaf() {
  openssl req -new -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout "$run/leaf.key" -out "$run/leaf.csr" 2> /dev/null
  openssl x509 -req -in "$run/leaf.csr" -CA "$run/ca.pem" -CAkey "$run/ca.key" -set_serial 1000 -days 1 \
    -extfile <(echo subjectAltName=IP:127.0.0.1) -out "$run/leaf.crt" 2> /dev/null
}

record() {
  local service recorder public graph bot_process identity_process
  promise webhook
  start graph_service env SSL_CERT_FILE="$run/ca.pem" "$build/tests/bots/graph_service" --scenario group-call \
    --webhook "@$run/webhook" --token "@$run/token"
  service=$started
  start recorder "$build/rollcall" record --corpus "$run/corpus" --name guarded --bot "http://$bot_at" \
    --webhook-listen 127.0.0.1:0 --graph-listen 127.0.0.1:0 --graph "$ready" "${tls[@]}"
  recorder=$started public=$(address webhook) graph=$(address graph)
  sign_leaf
  start identity node tests/bots/node/identity_service.js --app-id "$app_id" --tenant "$tenant" \
    --token-out "$run/token" --tls-cert "$run/leaf.crt" --tls-key "$run/leaf.key"
  identity_process=$started
  start bot "${bot[@]}" --graph "$graph" --login "$ready" --keys "$ready" --public "$public"
  bot_process=$started
  keep webhook "$public"  # this starts the call
  ended "$service" || { cat "$run/graph_service.err" "$run/recorder.err" "$run/bot.err" >&2; exit 1; }
  stop "$recorder"
  stop "$bot_process" || true  # a Node bot ends by the signal itself
  stop "$identity_process" || true
  expect "Graph tells the bot by https" [ "${public%%:*}" = https ]
  expect "the bot calls Graph by https" [ "${graph%%:*}" = https ]
}

# The double is Graph, Entra ID and the platform at once.
replay() {
  local service
  for service in graph login keys_at; do promise "$service"; done
  replay_guarded "$session" "${bot[@]}" --graph "@$run/graph" --login "@$run/login" --keys "@$run/keys_at" -- \
    "${tls[@]}" "$@"
}
when_ready() {
  local service
  for service in graph login keys_at; do keep "$service" "$(address graph)"; done
}

record
session=$run/corpus/guarded.session.jsonl
"$build/rollcall" corpus verify "$session"
accepts_good_tokens
expect "MSAL has asked the double for its OpenID configuration" \
  [ "$(asked "/$tenant/v2.0/.well-known/openid-configuration")" = 1 ]
follows_roll_over
refuses unknown_key 'ERR_JWKS_NO_MATCHING_KEY'
