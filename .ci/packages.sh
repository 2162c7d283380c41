# What Rollcall needs from Debian 12, named once. Sourced by demo.sh, test.sh and .ci/run; defines names and runs nothing.

# To build and test: everything is a package of Debian 12 itself.
rollcall_build_packages=(
  ca-certificates
  cmake
  g++
  libbenchmark-dev
  libboost-json1.81-dev
  libboost-program-options1.81-dev
  libboost-url1.81-dev
  libboost1.81-dev
  libcjose-dev
  libfmt-dev
  libgmock-dev
  libgtest-dev
  libsimdjson-dev
  libssl-dev
  ninja-build
  nlohmann-json3-dev
  zlib1g-dev
)

# For the tests that ask a program of somebody else's: its command stands before the colon, its package behind.
# (A Node from elsewhere than Debian brings its own npm, so the command is what counts.)
rollcall_test_commands=(chromium:chromium curl:curl mitmdump:mitmproxy node:nodejs npm:npm openssl:openssl zip:zip)

# The same for modules of Python's, which have no command: some Python that is here has to know them.
rollcall_test_modules=(requests:python3-requests)

# To fuzz the parsers with libFuzzer, and to check that clang stays green.
rollcall_clang_packages=(clang-19 libclang-rt-19-dev)

# To see which lines fuzzing reaches (tests/bench/parser_coverage.sh): llvm-profdata and llvm-cov.
rollcall_coverage_packages=(llvm-19)

# Prints those of the named packages that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

# Prints the packages of those COMMAND:PACKAGE pairs whose command is not there.
missing_commands() {
  local pair
  for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || echo "${pair#*:}"
  done
}

# Prints the first Python that knows the module: the user's own, or Debian's, which may hide behind it.
python_with() {
  local python
  for python in python3 /usr/bin/python3; do
    "$python" -c "import $1" >/dev/null 2>&1 && echo "$python" && return
  done
  return 1
}

# Prints the packages of those MODULE:PACKAGE pairs whose module no Python knows.
missing_modules() {
  local pair
  for pair in "$@"; do
    python_with "${pair%%:*}" >/dev/null || echo "${pair#*:}"
  done
}

# Installs the named packages, as root or through sudo. With nothing to install it does nothing, so that a machine
# without a network works once it has what is needed. Elsewhere than on Debian it says what is needed, and fails.
install_packages() {
  [ $# -gt 0 ] || return 0
  local as_root=()
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "This is no Debian. Rollcall needs what these packages of Debian 12 hold: $*" >&2
    return 3
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "Neither root nor sudo. Please have these installed, then run this again: $*" >&2
      return 3
    fi
    as_root=(sudo)
  fi
  echo "Installing: $*" >&2
  "${as_root[@]}" apt-get update -qq >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 || {
    echo "Could not install: $*. Debian 12 has them; on another system install their like by hand." >&2
    return 3
  }
}

# The machine may lack dpkg: then what is needed cannot be looked up, and building tells.
install_missing() {
  if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "No dpkg here: taking it that these are there, under whatever name: $*" >&2
    return 0
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  install_packages "${missing[@]}"
}

# Both sets of one run in one call, so that apt-get is asked once: install_for_tests [MORE PACKAGES…]
install_for_tests() {
  local missing
  mapfile -t missing < <(
    missing_commands "${rollcall_test_commands[@]}"
    missing_modules "${rollcall_test_modules[@]}"
  )
  install_missing "${rollcall_build_packages[@]}" "${missing[@]}" "$@"
}
