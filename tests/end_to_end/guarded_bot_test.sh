#!/usr/bin/env bash
# A bot that is ready for production, with a token of its own by msal-node and a check of inbound tokens by jose, is
# recorded and replayed through the forward proxy, with nothing but environment variables.
#
#   guarded_bot_test.sh BUILD secret | certificate    recorded and replayed, tokens included: the same
#   guarded_bot_test.sh BUILD tokens                  a broken token of any kind is refused
#   guarded_bot_test.sh BUILD roll-over               the bot follows a change of the signing key
set -euo pipefail
build=$1 what=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
source tests/end_to_end/proxy_scripts.sh
source tests/end_to_end/guarded_scripts.sh
trap finish EXIT
need_packages

proxy_at=127.0.0.1:$(free_port)
proxy=(--proxy-listen "$proxy_at" --tls-ca-out "$run/ca.pem" --tls-ca-key "$run/ca.key" --offline)
bot=(env "${identity[@]}" HTTPS_PROXY="http://$proxy_at" NODE_EXTRA_CA_CERTS="$run/ca.pem"
  NODE_OPTIONS="--require $PWD/tests/bots/node/through_proxy.cjs"
  node tests/bots/node/bot.js --listen "$bot_at" --graph https://graph.microsoft.com)
if [ "$what" = certificate ]; then by_certificate; fi

# Records one call. The two identity services are really there: those of tests/bots/node/identity_service.js.
record() {
  local service graph_url recorder public bot_process identity_process
  promise public
  promise webhook
  start identity node tests/bots/node/identity_service.js --app-id "$app_id" --tenant "$tenant" \
    --keys https://api.aps.skype.com --token-out "$run/token"
  identity_process=$started
  local -a detours=(--resolve "login.microsoftonline.com=$ready" --resolve "api.aps.skype.com=$ready")
  start graph_service "$build/tests/bots/graph_service" --scenario group-call --webhook "@$run/webhook" \
    --token "@$run/token"
  service=$started graph_url=$ready
  start recorder "$build/rollcall" record --corpus "$run/corpus" --name guarded --bot "http://$bot_at" \
    --webhook-listen 127.0.0.1:0 --graph "$graph_url" "${proxy[@]}" "${detours[@]}"
  recorder=$started public=$(address webhook)
  start bot "${bot[@]}" --public "@$run/public"
  bot_process=$started
  keep public "$public"
  keep webhook "$public"  # the last one: this starts the call
  ended "$service" || { cat "$run/graph_service.err" "$run/recorder.err" "$run/bot.err" >&2; exit 1; }
  stop "$recorder"
  stop "$bot_process" || true  # a Node bot ends by the signal itself
  stop "$identity_process" || true
}

record
session=$run/corpus/guarded.session.jsonl
"$build/rollcall" corpus verify "$session"
expect "the bot has got its token from Entra ID" grep -q "login.microsoftonline.com/$tenant/oauth2/v2.0/token" "$session"
expect "the bot has asked for the platform's keys" grep -q 'api.aps.skype.com/v1/.well-known/keys' "$session"
expect "the token of deliveries is not in the session" bash -c '! grep -qFf "$1" "$2"' - "$run/token" "$session"
proof=client_secret
if [ "$what" = certificate ]; then proof=client_assertion; fi
expect "the bot has proven who it is by its $proof" grep -q "&$proof=" "$session"
expect "the bot's secret is not in the session" bash -c '! grep -qF "$1" "$2"' - "$secret" "$session"

replay() { replay_guarded "$session" "${bot[@]}" -- "${proxy[@]}" "$@"; }
case $what in
  tokens)
    accepts_good_tokens
    refuses expired 'ERR_JWT_EXPIRED'
    refuses wrong_audience 'ERR_JWT_CLAIM_VALIDATION_FAILED unexpected "aud"'
    refuses wrong_issuer 'ERR_JWT_CLAIM_VALIDATION_FAILED unexpected "iss"'
    refuses unknown_key 'ERR_JWKS_NO_MATCHING_KEY'
    refuses alg_none 'ERR_JOSE_ALG_NOT_ALLOWED'
    refuses none 'not one bearer token'
    refuses two 'not one bearer token'
    ;;
  roll-over) follows_roll_over ;;
  *) accepts_good_tokens ;;
esac
