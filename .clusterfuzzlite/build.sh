#!/bin/bash -eu
exec "$SRC/rollcall/fuzz/build.sh"
