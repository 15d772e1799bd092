#!/usr/bin/env bash
# Opens the market: installs what is missing, builds, serves. PORT, DATA_DIR, DATABASE_URL, … by environment.
source "$(dirname "$0")/lib.sh"

scripts/build.sh
printf '\n✓ ready after %s s\n' "$SECONDS" >&2
exec "$(readlink -f target/built)/server" "$@"
