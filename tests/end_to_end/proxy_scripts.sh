# Sourced by the tests of the forward proxy, behind tests/bots/processes.sh.

# What the machine has set for itself must not get between.
unset HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy

# free_port: a port that is in use by nobody, below those that the system gives to those who ask for port 0. A bot and
# its recorder have to know each other before either listens, as in real life.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# expect WHAT CONDITION…: the test goes on only if the condition, a command, is true.
expect() {
  local what=$1
  shift
  "$@" || { echo "FAILED: $what" >&2; exit 1; }
}
