# Sourced by the tests of a bot that checks tokens, behind tests/bots/processes.sh and tests/end_to_end/proxy_scripts.sh.

app_id=11111111-2222-4333-8444-555555555555
tenant=99999999-8888-4777-8666-555555555555
secret=a-secret-that-nobody-may-keep
identity=(MicrosoftAppId="$app_id" MicrosoftAppTenantId="$tenant" MicrosoftAppPassword="$secret")
bot_at=127.0.0.1:$(free_port)

# Ends the script as skipped if this machine has not what such a bot needs.
need_packages() {
  if [ ! -e tests/bots/node/node_modules/@azure/msal-node/package.json ]; then
    echo "First: npm --prefix tests/bots/node ci" >&2
    exit 77
  fi
  if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "msal-node and jose want Node 20 or later" >&2
    exit 77
  fi
}

# Has $bot prove who it is by a certificate, and have no secret.
by_certificate() {
  openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=bot -days 1 -keyout "$run/bot.key" -out "$run/bot.crt" 2> /dev/null
  cat "$run/bot.crt" "$run/bot.key" > "$run/bot.pem"
  bot=(env MicrosoftAppCertificate="$run/bot.pem" "${bot[@]/MicrosoftAppPassword=*/MicrosoftAppPassword=}")
}

# replay_guarded SESSION BOT… -- OPTION…: replays the session to a fresh bot with tokens; the verdict goes to $run/verdict,
# the live session to $run/live, and what the bot told to $run/bot.err. The exit status is that of `rollcall replay`. Keys are
# made ahead, so that the bot need not wait for them; when_ready(), which scripts may redefine, is called when the double listens.
when_ready() { :; }
replay_guarded() {
  local session=$1 command=() bot_process player status=0
  shift
  while [ "$1" != -- ]; do command+=("$1"); shift; done
  shift
  rm -f "$run/live"
  start bot "${command[@]}"
  bot_process=$started
  start player "$build/rollcall" replay "$session" --bot "http://$bot_at" --asap --lateness-budget 1m \
    --app-id "$app_id" --tenant "$tenant" --keys "$run/keys" --live "$run/live" "$@"
  player=$started
  when_ready
  cat <&"${outputs[$player]}" > "$run/verdict"
  ended "$player" || status=$?
  stop "$bot_process" || true
  return "$status"
}

# replayed WHAT STATUS OPTION…: a replay by replay(), a function of the script's, ends with that status.
replayed() {
  local what=$1 wanted=$2 status=0
  shift 2
  replay "$@" || status=$?
  [ "$status" = "$wanted" ] && return
  echo "FAILED: $what: the replay ended with $status, not $wanted" >&2
  cat "$run/verdict" "$run/player.err" "$run/bot.err" >&2
  exit 1
}

# answers: which answers the bot gave to notifications in the live session, each status once.
answers() {
  node -e '
    const lines = require("node:fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(JSON.parse);
    const told = lines.filter((line) => line.leg === "webhook" && line.request?.target === "/api/calls");
    const statuses = told.map(({ x }) => lines.find((line) => line.x === x && line.response)?.response.status);
    console.log([...new Set(statuses)].join(" "));' "$run/live"
}

# asked PART: how many requests with that in their target are in the live session.
asked() {
  grep -c "\"target\":\"[^\"]*$1" "$run/live" || true
}

# A replay with good tokens is the same; the bot has asked the double for its own token and for the keys.
accepts_good_tokens() {
  replayed "good tokens" 0
  expect "every notification is accepted" [ "$(answers)" = 202 ]
  expect "the bot gets its token from the double, once" [ "$(asked "/$tenant/oauth2/v2.0/token")" = 1 ]
  expect "the bot gets the keys from the double, once" [ "$(asked /v1/.well-known/keys)" = 1 ]
}

# refuses FLAW WHY: a replay with tokens that are broken in that way is different, as the bot takes none; it says why.
refuses() {
  # What the bot has refused it will never act on, so there is little to wait for.
  replayed "tokens with $1" 1 --token "$1" --patience 5s
  expect "every notification with $1 is refused" [ "$(answers)" = 401 ]
  expect "the verdict tells of the refusal of $1" grep -q 'different answer: .*status is 401, recorded 202' "$run/verdict"
  expect "the reason for refusing $1 is '$2'" grep -q "^turned away: $2" "$run/bot.err"
}

# The bot notices a change of the signing key, looks for the new one, and goes on.
follows_roll_over() {
  replayed "a new key" 0 --roll-keys-after 3
  expect "every notification is accepted" [ "$(answers)" = 202 ]
  expect "the bot gets the keys twice" [ "$(asked /v1/.well-known/keys)" = 2 ]
}
