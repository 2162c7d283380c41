#!/usr/bin/env bash
# The report page in headless Chromium: browser_test.sh REPORT_PAGES ROLLCALL
set -euo pipefail
pages=$(realpath "$1") rollcall=$(realpath "$2")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if [ ! -e tests/report/node_modules/.package-lock.json ] || [ ! -x /usr/bin/chromium ]; then
  echo "First: npm --prefix tests/report ci, and Debian's chromium" >&2
  exit 77  # ctest reports the test as skipped
fi
run=$(mktemp -d "${TMPDIR:-/tmp}/rollcall.XXXXXX")
trap 'rm -rf "$run"' EXIT
sample=corpus/sessions/invite-completes.session.jsonl
"$pages" "$run" "$sample" "$sample"
"$rollcall" judge "$sample" corpus/sessions/invite-fails.session.jsonl --html "$run/different.html" > "$run/verdict" || [ $? = 1 ]
REPORTS=$run node --test tests/report/browser_test.mjs
