#!/usr/bin/env bash
# Builds for development and serves; builds again and reloads the browser whenever a file changes.
source "$(dirname "$0")/lib.sh"

scripts/tools.sh
scripts/fonts.sh
exec cargo leptos watch --split "$@"
