# Starting and ending the programs of one run: sourced by demo.sh and by the scripts below tests/.
#
# A recorder needs the addresses of the bot and of Graph, and these two need the recorder's. Each learns its own only
# once it listens on a port that the system chose, so addresses that are not known yet are promised: the program gets
# @FILE, a named pipe, and reads it when it needs the address.

run=$(mktemp -d "${TMPDIR:-/tmp}/rollcall.XXXXXX")
pids=()

# Ends whatever is still running and takes the run's folder away. Scripts call it by `trap finish EXIT`.
finish() {
  local pid
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$run"
}

# start NAME COMMAND…: runs it and waits for its line "ready …": the rest of that line is in $ready then, its process id
# in $started. What it tells goes to $run/NAME.err.
start() {
  local name=$1 word output
  shift
  exec {output}< <(exec "$@" 2>"$run/$name.err")
  started=$!
  pids+=("$started")
  ready=
  read -r word ready <&"$output" || true
  if [ "$word" != ready ]; then
    echo "$name did not start: $*" >&2
    cat "$run/$name.err" >&2
    return 3
  fi
  outputs[$started]=$output
}

# ended PID: waits until the program ends by itself; its exit status.
ended() {
  local status=0
  wait "$1" || status=$?
  forget "$1"
  return "$status"
}

# stop PID: asks the program to end, and waits; its exit status.
stop() {
  kill -TERM "$1"
  ended "$1"
}

forget() {
  local left=() pid
  for pid in "${pids[@]}"; do [ "$pid" = "$1" ] || left+=("$pid"); done
  pids=("${left[@]}")
}

# promise NAME: an address that is not known yet. Programs get "@$run/NAME".
promise() {
  local pipe
  rm -f "$run/$1"
  mkfifo "$run/$1"
  exec {pipe}<>"$run/$1"
  promised[$1]=$pipe
}

# keep NAME ADDRESS: tells the promised address.
keep() {
  echo "$2" >&"${promised[$1]}"
}
declare -A promised outputs

# address LEG: the address of that leg in the recorder's line "ready webhook=URL graph=URL", which is in $ready.
address() {
  [[ "$ready" =~ $1=([^[:space:]]+) ]] || { echo "no address of $1 in: $ready" >&2; return 3; }
  echo "${BASH_REMATCH[1]}"
}

# record_call SCENARIO BUILD CORPUS BOT…: records one scenario against the bot, a command to which --listen, --graph and
# --public are added. The session is in CORPUS/SCENARIO.session.jsonl then, and everything has ended.
record_call() {
  local scenario=$1 build=$2 corpus=$3 bot bot_url service graph_url recorder
  shift 3
  mkdir -p "$corpus"
  promise graph
  promise public
  promise webhook
  start bot "$@" --listen 127.0.0.1:0 --graph "@$run/graph" --public "@$run/public"
  bot=$started bot_url=$ready
  start graph_service "$build/tests/bots/graph_service" --scenario "$scenario" --webhook "@$run/webhook"
  service=$started graph_url=$ready
  start recorder "$build/rollcall" record --corpus "$corpus" --name "$scenario" --bot "$bot_url" \
    --webhook-listen 127.0.0.1:0 --graph "$graph_url" --graph-listen 127.0.0.1:0
  recorder=$started
  keep graph "$(address graph)"
  keep public "$(address webhook)"
  keep webhook "$(address webhook)"  # the last one: this starts the call
  ended "$service" || { cat "$run/graph_service.err" >&2; return 1; }
  stop "$recorder" || { cat "$run/recorder.err" >&2; return 1; }
  stop "$bot" || true  # a Node bot ends by the signal itself
}

# replay_call SESSION BUILD BOT… -- OPTION…: replays a session to a fresh bot, a command to which --listen and --graph are
# added; prints the verdict. The exit status is that of `rollcall replay` with these options. It is the bot that is looked at,
# not how quiet the machine is: so the player may be late.
replay_call() {
  local session=$1 build=$2 command=() bot player status=0
  shift 2
  while [ "$1" != -- ]; do command+=("$1"); shift; done
  shift
  promise graph
  start bot "${command[@]}" --listen 127.0.0.1:0 --graph "@$run/graph"
  bot=$started
  start player "$build/rollcall" replay "$session" --bot "$ready" --graph-listen 127.0.0.1:0 \
    --lateness-budget 1m "$@"
  player=$started
  keep graph "$(address graph)"
  cat <&"${outputs[$player]}"
  ended "$player" || status=$?
  cat "$run/player.err" >&2
  stop "$bot" || true
  return "$status"
}
