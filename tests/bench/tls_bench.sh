#!/usr/bin/env bash
# What TLS on both sides costs `rollcall record`, against nginx which terminates and originates TLS in the same way.
#
#   tests/bench/tls_bench.sh        ROUNDS=7 DURATION=3 HOLD=60 ROLLCALL=build/release/rollcall by default
#
# 1. Requests per second: 16 kept connections, 1.8 kB POSTs, everything written to disk; both take turns, the median of the
#    ratios of all rounds.
# 2. 1,000 idle and 100 active connections at once for HOLD seconds: no error, and memory.
# 3. Time from `rollcall replay --tls auto` to its line "ready", median of 7.
# Exit status 1 if a bar is missed. Everything is on loopback; files go below build/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=${ROUNDS:-7}
duration=${DURATION:-3}
hold=${HOLD:-60}
rollcall=$(realpath "${ROLLCALL:-build/release/rollcall}")
base=${PORT:-18180}
dir=$PWD/build/tls_bench.$$
pids=()

finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$dir"
}
trap finish EXIT
for command in wrk nginx openssl node ss; do
  command -v "$command" >/dev/null || { echo "no $command: apt-get install wrk nginx-light openssl nodejs iproute2" >&2; exit 3; }
done
mkdir -p "$dir"
upstream=$base proxy=$((base + 1))
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=bench \
  -addext subjectAltName=IP:127.0.0.1 -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null

serve() {  # serve NAME PORT: the nginx of record_bench.sh, with TLS on its listener and to its upstream
  sed -e "s|@DIR@|$dir|g" -e "s|@PORT@;|@PORT@ ssl;|" -e "s|@PORT@|$2|g" -e "s|@UPSTREAM@|$upstream|g" \
    -e "s|http://bot|https://bot|" \
    -e "s|^  access_log off;|&\n  ssl_certificate $dir/cert.pem; ssl_certificate_key $dir/key.pem;\n  ssl_protocols TLSv1.2 TLSv1.3;|" \
    "tests/bench/record_$1.conf" >"$dir/$1.conf"
  nginx -c "$dir/$1.conf" -e "$dir/$1.err" &
  pids+=($!)
}
serve upstream "$upstream"
serve proxy "$proxy"
exec {ready}< <(exec "$rollcall" record --corpus "$dir" --name bench --bot "https://127.0.0.1:$upstream" \
  --ca-file "$dir/cert.pem" --tls auto --tls-ca-out "$dir/ca.pem" 2>"$dir/record.err")
recorder=$!
pids+=("$recorder")
read -r line <&"$ready"
[[ "$line" =~ webhook=https://127.0.0.1:([0-9]+) ]] || { echo "rollcall did not start" >&2; exit 3; }
record=${BASH_REMATCH[1]}
for port in "$upstream" "$proxy"; do
  for try in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; read -rt 0.1 <> <(:) || true; done
done

load() {  # load PORT CONNECTIONS SECONDS: requests per second
  local out
  out=$(wrk -t1 -c"$2" -d"$3s" -s tests/bench/record_bench.lua "https://127.0.0.1:$1/")
  if grep -E 'Non-2xx|Socket errors' <<<"$out" >&2; then exit 3; fi
  awk '/Requests\/sec/ { print $2 }' <<<"$out"
}
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
memory() { awk -v name="$1:" '$1 == name { printf "%.1f", $2 / 1024 }' "/proc/$recorder/status"; }

for port in "$proxy" "$record"; do load "$port" 16 1 >/dev/null; done
for round in $(seq "$rounds"); do
  nginx=$(load "$proxy" 16 "$duration")
  ours=$(load "$record" 16 "$duration")
  echo "round $round: requests/s with TLS on both sides: nginx $nginx, rollcall $ours" >&2
  awk -v a="$ours" -v b="$nginx" 'BEGIN { printf "%.3f\n", a / b }' >>"$dir/ratios"
done

# Idle connections: each has shaken hands, asked once and waits. openssl's s_client is one process for each; so Node.
cat >"$dir/idle.cjs" <<'EOF'
const [port, count] = process.argv.slice(2).map(Number);
const tls = require("node:tls");
let open = 0;
function next() {
  if (open === count) return console.log("ready");
  const socket = tls.connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
    socket.write("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  });
  socket.once("data", () => { open += 1; next(); });
  socket.on("error", (error) => { console.error(error.message); process.exit(1); });
  socket.on("close", () => { console.error("an idle connection was closed"); process.exit(1); });
}
next();
EOF
exec {idling}< <(exec node "$dir/idle.cjs" "$record" 1000)
idle=$!
pids+=("$idle")
read -r line <&"$idling" || { echo "no 1,000 idle connections" >&2; exit 3; }
load "$record" 100 "$hold" >"$dir/held"
kill -0 "$idle" 2>/dev/null || { echo "an idle connection was lost" >&2; exit 3; }
there=$(ss -Htn state established "( sport = :$record )" | wc -l)
rss=$(memory VmRSS) peak=$(memory VmHWM)
kill "$idle" && wait "$idle" 2>/dev/null || true

for try in $(seq 7); do
  begun=$(date +%s%N)
  exec {player}< <(exec "$rollcall" replay corpus/sessions/incoming-call.session.jsonl --bot "https://127.0.0.1:$upstream" \
    --ca-file "$dir/cert.pem" --tls auto --tls-ca-out "$dir/ca.pem" --patience 1ms --settle 1ms 2>/dev/null)
  read -r line <&"$player"
  [[ "$line" = ready* ]] || { echo "rollcall replay did not start" >&2; exit 3; }
  echo $((($(date +%s%N) - begun) / 1000)) >>"$dir/start"
  exec {player}<&-
done

missed=0
row() {  # row WHAT VALUE le|ge LIMIT UNIT
  local verdict=met sign='<='
  [ "$3" = le ] || sign='>='
  awk -v v="$2" -v l="$4" -v how="$3" 'BEGIN { exit how == "ge" ? v < l : v > l }' || { verdict=MISSED; missed=1; }
  printf '%-62s %8s%-4s  bar %s %s: %s\n' "$1" "$2" "$5" "$sign" "$4" "$verdict"
}
echo "machine: $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, Linux $(uname -r)"
echo "versions: $("$rollcall" --version), $(nginx -v 2>&1 | sed 's|.*/|nginx |'), $(openssl version | cut -d' ' -f1,2)"
echo "$(cat "$dir/held") requests/s by 100 connections beside $there idle ones for $hold s; $peak MiB at most"
row "requests/s of record / nginx, TLS on both sides" "$(median <"$dir/ratios")" ge 0.8 ""
row "memory with 1,000 idle and 100 active TLS connections" "$rss" le 128 " MiB"
row "rollcall replay --tls auto to ready" "$(median <"$dir/start" | awk '{ print $1 / 1000 }')" le 300 " ms"
exit "$missed"
