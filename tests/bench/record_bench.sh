#!/usr/bin/env bash
# What recording costs, against peers run in the same minutes on the same machine.
#
#   tests/bench/record_bench.sh        ROUNDS=7 DURATION=3 EXCHANGES=1000000 ROLLCALL=build/release/rollcall by default
#
# 1. Requests per second: 16 connections, 1.8 kB POSTs, everything written to disk; nginx as a plain reverse proxy, and
#    mitmdump writing its flow file, take turns with Rollcall; the median of the ratios of all rounds.
# 2. Latency that a proxy adds at one connection: medians of short runs in turn, directly and through each.
# 3. Memory of `rollcall record` after a million exchanges.
# Exit status 1 if a bar is missed. Everything is on loopback and bounded in time; files go below build/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=${ROUNDS:-7}
duration=${DURATION:-3}
exchanges=${EXCHANGES:-1000000}
rollcall=${ROLLCALL:-build/release/rollcall}
base=${PORT:-18080}
bench=tests/bench
dir=$PWD/build/record_bench.$$
pids=()

finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$dir"
}
trap finish EXIT

need() {
  command -v "$1" >/dev/null && return
  echo "installing $2" >&2
  local sudo=
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get install -y --no-install-recommends "$2" >&2
}
need wrk wrk
need nginx nginx-light
need mitmdump mitmproxy
[ -x "$rollcall" ] || { echo "no $rollcall: cmake --preset release && cmake --build --preset release" >&2; exit 3; }
mkdir -p "$dir"
[ "$(stat -f -c %T "$dir")" != tmpfs ] || { echo "$dir is not on a disk" >&2; exit 3; }

upstream=$base proxy=$((base + 1)) mitm=$((base + 2))

serve() {  # serve NAME PORT: an nginx with the configuration of that name
  sed -e "s|@DIR@|$dir|g" -e "s|@PORT@|$2|g" -e "s|@UPSTREAM@|$upstream|g" "$bench/record_$1.conf" >"$dir/$1.conf"
  nginx -c "$dir/$1.conf" -e "$dir/$1.err" &
  pids+=($!)
}
serve upstream "$upstream"
serve proxy "$proxy"
mitmdump -q --mode "reverse:http://127.0.0.1:$upstream" --listen-host 127.0.0.1 --listen-port "$mitm" \
  -w "$dir/flows" >"$dir/mitm.err" 2>&1 &
pids+=($!)
exec {ready}< <(exec "$rollcall" record --corpus "$dir" --name bench --bot "http://127.0.0.1:$upstream")
recorder=$!
pids+=("$recorder")
read -r line <&"$ready"
[[ "$line" =~ webhook=http://127.0.0.1:([0-9]+) ]] || { echo "rollcall did not start" >&2; exit 3; }
record=${BASH_REMATCH[1]}
for port in "$upstream" "$proxy" "$mitm" "$record"; do
  for try in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; read -rt 0.1 <> <(:) || true; done
done

# load PORT CONNECTIONS SECONDS: "requests-per-second median-latency-in-us requests"
load() {
  local out
  out=$(wrk -t1 -c"$2" -d"$3s" --latency -s "$bench/record_bench.lua" "http://127.0.0.1:$1/")
  if grep -E 'Non-2xx|Socket errors' <<<"$out" >&2; then exit 3; fi
  awk '/Requests\/sec/ { rate = $2 }
       $1 == "50%" { time = $2 + 0; if ($2 ~ /ms$/) time *= 1000; else if ($2 !~ /us$/) time *= 1000000 }
       / requests in / { count = $1 }
       END { print rate, time, count }' <<<"$out"
}
median() { sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
quotient() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f\n", a / b }'; }

recorded=0
for port in "$proxy" "$record" "$mitm"; do load "$port" 16 1 >/dev/null; done  # connections, pages and JITs warm
for round in $(seq "$rounds"); do
  read -r nginx _ _ <<<"$(load "$proxy" 16 "$duration")"
  read -r ours _ count <<<"$(load "$record" 16 "$duration")"
  read -r flows _ _ <<<"$(load "$mitm" 16 "$duration")"
  recorded=$((recorded + count))
  echo "round $round: requests/s: nginx $nginx, rollcall $ours, mitmdump $flows" >&2
  echo "$nginx" >>"$dir/nginx"; echo "$ours" >>"$dir/ours"; echo "$flows" >>"$dir/mitm"
  quotient "$ours" "$nginx" >>"$dir/by_nginx"
  quotient "$ours" "$flows" >>"$dir/by_mitm"
done

for round in $(seq $((rounds * 3))); do
  read -r _ direct _ <<<"$(load "$upstream" 1 1)"
  read -r _ nginx _ <<<"$(load "$proxy" 1 1)"
  read -r _ ours count <<<"$(load "$record" 1 1)"
  recorded=$((recorded + count))
  echo "$direct" >>"$dir/direct_us"
  awk -v d="$direct" -v n="$nginx" 'BEGIN { print n - d }' >>"$dir/nginx_us"
  awk -v d="$direct" -v o="$ours" 'BEGIN { print o - d }' >>"$dir/ours_us"
done

while [ "$recorded" -lt "$exchanges" ]; do
  read -r _ _ count <<<"$(load "$record" 16 5)"
  recorded=$((recorded + count))
done
memory() { awk -v name="$1:" '$1 == name { printf "%.1f", $2 / 1024 }' "/proc/$recorder/status"; }
rss=$(memory VmRSS) peak=$(memory VmHWM)
size=$(stat -c %s "$dir/bench.session.jsonl")
kill -TERM "$recorder"
wait "$recorder" || { echo "rollcall ended with status $?" >&2; exit 3; }
tail -c 200 "$dir/bench.session.jsonl" | grep -q '^{"end":' || { echo "the session has no end line" >&2; exit 3; }

missed=0
bar() {  # bar VALUE le|ge LIMIT
  if awk -v v="$1" -v l="$3" -v how="$2" 'BEGIN { exit how == "ge" ? v < l : v > l }'; then echo met; else echo MISSED; fi
}
row() {  # row WHAT VALUE le|ge LIMIT UNIT
  local verdict sign='>='
  [ "$3" = ge ] || sign='<='
  verdict=$(bar "$2" "$3" "$4")
  [ "$verdict" = met ] || missed=1
  printf '%-58s %8s%-4s  bar %s %s: %s\n' "$1" "$2" "$5" "$sign" "$4" "$verdict"
}
echo "machine: $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) cores, Linux $(uname -r)"
echo "versions: $("$rollcall" --version), $(nginx -v 2>&1 | sed 's|.*/|nginx |'), $(mitmdump --version | awk '/Mitmproxy/ { print "mitmproxy " $2 }'), $(wrk -v 2>&1 | awk 'NR == 1 { print $1, $2 }')"
echo "requests/s, median of $rounds rounds of $duration s: nginx $(median <"$dir/nginx"), rollcall $(median <"$dir/ours"), mitmdump $(median <"$dir/mitm")"
echo "added latency, median of $((rounds * 3)) runs (direct $(median <"$dir/direct_us") us): nginx $(median <"$dir/nginx_us") us, rollcall $(median <"$dir/ours_us") us"
echo "after $recorded exchanges ($((size / 1000000)) MB on disk): $rss MiB resident, $peak MiB at most"
echo
row "requests/s of record / nginx as a plain proxy" "$(median <"$dir/by_nginx")" ge 0.8 ""
row "requests/s of record / mitmdump writing flows" "$(median <"$dir/by_mitm")" ge 15 ""
row "latency that record adds / that nginx adds" "$(quotient "$(median <"$dir/ours_us")" "$(median <"$dir/nginx_us")")" le 2 ""
row "memory of record after $exchanges exchanges" "$rss" le 64 " MiB"
exit "$missed"
