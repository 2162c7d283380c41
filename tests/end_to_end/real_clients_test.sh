#!/usr/bin/env bash
# Programs that people have, as they are: a client of Python's requests that knows of nothing but its environment, and
# mitmproxy before and behind the recorder. What was sent is what arrives and what is recorded, byte by byte.
#
#   real_clients_test.sh BUILD
set -euo pipefail
build=$1
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source .ci/packages.sh
python=$(python_with requests) && command -v mitmdump > /dev/null || {
  echo "First: apt-get install python3-requests mitmproxy" >&2
  exit 77  # ctest reports the test as skipped
}
source tests/bots/processes.sh
source tests/end_to_end/proxy_scripts.sh
trap finish EXIT
here=tests/end_to_end/real_clients
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$here

# mitm NAME OPTION…: mitmdump on a port of its own, with an authority of its own; its address is in $mitm then.
mitm() {
  local name=$1
  shift
  start "$name" mitmdump -q -s "$here/mitm_ready.py" --set confdir="$run/$name" --listen-host 127.0.0.1 --listen-port 0 "$@"
  mitm=$ready
}

# record NAME GRAPH OPTION…: a recorder in front of that Graph; its proxy is in $proxy then.
record() {
  local name=$1 graph=$2
  shift 2
  start recorder "$build/rollcall" record --corpus "$run/corpus" --name "$name" --bot http://127.0.0.1:1 --graph "$graph" \
    --tls auto --proxy-listen 127.0.0.1:0 --tls-ca-out "$run/$name.pem" "$@"
  recorder=$started proxy=$(address proxy)
}

# compare NAME PROXY CA OPTION…: the client's exchanges through that proxy are recorded, and the same everywhere.
compare() {
  local name=$1
  HTTPS_PROXY=$2 REQUESTS_CA_BUNDLE=$3 timeout 120 "$python" "$here/client.py" "$run/client.log" "${@:4}" > "$run/told" ||
    { cat "$run"/*.err >&2; exit 1; }
  # One of the session's, and one of the last request's: a connection that the service ends is not the client's.
  expect "$name: connections are kept: $(< "$run/told")" grep -q 'through 2 tunnels$' "$run/told"
  stop "$recorder"
  stop "$service" || true  # it ends by the signal itself
  expect "$name: nothing is lost or changed" \
    "$python" "$here/compare.py" "$run/client.log" "$run/service.log" "$run/corpus/$name.session.jsonl"
  "$build/rollcall" corpus verify "$run/corpus/$name.session.jsonl"
}

serve() {
  start service "$python" "$here/service.py" "$run/service.log"
  service=$started graph=$ready
}

serve
record alone "$graph"
compare alone "$proxy" "$run/alone.pem"

# Behind the recorder, with TLS between them. mitmproxy does not say so when it ends a connection, which therefore may have been
# cut short (RFC 9112, 9.8): no answer may end with it.
serve
mitm behind --mode "reverse:$graph"
record before-mitmproxy "https://localhost:${mitm##*:}" --ca-file "$run/behind/mitmproxy-ca-cert.pem"
compare before-mitmproxy "$proxy" "$run/before-mitmproxy.pem" --no-open-end

# Before it, as the proxy of a company is that sends on to another proxy.
serve
record behind-mitmproxy "$graph"
mitm before --mode "upstream:$proxy" --set ssl_verify_upstream_trusted_ca="$run/behind-mitmproxy.pem"
compare behind-mitmproxy "http://$mitm" "$run/before/mitmproxy-ca-cert.pem"
