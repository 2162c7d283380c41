#!/usr/bin/env bash
# curl, as anybody has it, through the forward proxy: what it sends and gets is recorded exactly, and only what should be.
#
#   proxy_curl_test.sh BUILD
set -euo pipefail
build=$1
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/bots/processes.sh
source tests/end_to_end/proxy_scripts.sh
trap finish EXIT

start graph node -e '
const server = require("node:http").createServer((request, response) => {
  const answer = JSON.stringify({ error: { code: "notFound", message: `${request.method} ${request.url}` } });
  request.resume().on("end", () => response.writeHead(404, { "Content-Type": "application/json" }).end(answer));
});
server.listen(0, "127.0.0.1", () => console.log(`ready http://127.0.0.1:${server.address().port}`));'
graph_url=$ready
start recorder "$build/rollcall" record --corpus "$run/corpus" --name curl --bot http://127.0.0.1:1 \
  --graph "$graph_url" --proxy-listen 127.0.0.1:0 --tls-ca-out "$run/ca.pem"
recorder=$started proxy=$(address proxy)
session=$run/corpus/curl.session.jsonl

# through ARGUMENT…: curl through the proxy; the answer's body goes to $run/body, and what it was to standard output.
through() {
  curl -sS -x "$proxy" -o "$run/body" -w '%{http_code} %{http_version}\n' "$@"
}

# A client that offers h2, as curl does, is content with HTTP/1.1; the answer is recorded byte for byte.
export CURL_CA_BUNDLE=$run/ca.pem
expect "Graph answers through the proxy" [ "$(through https://graph.microsoft.com/v1.0/nothing)" = "404 1.1" ]
expect "its answer is an error of Graph's" grep -q '"code"' "$run/body"
expect "the answer is in the session as it came" grep -qF "$(cat "$run/body")" "$session"

# A body in chunks, which is recorded as its bytes.
printf '{"key":"from curl"}' | through -T - -X POST -H 'Content-Type: application/json' \
  https://graph.microsoft.com/v1.0/chunked > /dev/null
expect "the body is in the session as it was sent" grep -qF '"json":{"key":"from curl"}' "$session"

# Requests without CONNECT.
expect "plain requests come through" [ "$(through http://graph.microsoft.com/v1.0/plain)" = "404 1.1" ]
expect "they are recorded alike" grep -qF '"target":"/v1.0/plain"' "$session"

# Who does not trust the authority gets nowhere, and is told of.
status=0
CURL_CA_BUNDLE= through https://graph.microsoft.com/v1.0/untrusted > /dev/null 2>&1 || status=$?
expect "curl refuses a certificate that it does not trust" [ "$status" = 60 ]

# Others pass, in a tunnel and without, and leave nothing behind.
expect "a tunnel to another host" [ "$(through -p "$graph_url/v1.0/tunnel")" = "404 1.1" ]
expect "a plain request to another host" [ "$(through "$graph_url/v1.0/passed")" = "404 1.1" ]
status=0
through -p "$proxy/" > /dev/null 2>&1 || status=$?
expect "the proxy does not connect to itself" [ "$status" = 56 ]

stop "$recorder"
expect "the stranger is told of" grep -q 'proxy: refused .*no TLS handshake' "$run/recorder.err"
expect "the loop is told of" grep -q 'proxy: refused .*403 CONNECT .*the proxy itself' "$run/recorder.err"
expect "three exchanges are recorded" grep -q '^recorded 3 exchanges (webhook 0, graph 3; 0 failed' "$run/recorder.err"
expect "what was passed through is not recorded" bash -c '! grep -qE "untrusted|tunnel|passed" "$1"' - "$session"
"$build/rollcall" corpus verify "$session"
