# Sourced by the other scripts: where things lie, and how a step is shown.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Compiled crates, tools and finished builds outlive a clone, and clones share them.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/neighborbid
tools=$cache/tools
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}

# npm's tailwindcss and wasm-opt first: cargo-leptos takes what is on PATH before it downloads from GitHub.
export PATH=$PWD/node_modules/.bin:$tools/bin:$PATH:$HOME/.cargo/bin:/usr/sbin

# step WHAT COMMAND…: says what happens, runs it, says how long it took. A failure ends the script and is
# named by the trap below. (Never `command || …` here: on its left `set -e` sleeps, in functions too.)
step() {
    local began=$SECONDS
    current_step=$1
    printf '\n▸ %s\n' "$current_step" >&2
    "${@:2}"
    printf '✓ %s: %s s\n' "$current_step" $((SECONDS - began)) >&2
    current_step=
}

current_step=
trap 'if [ -n "$current_step" ]; then printf "✗ %s failed\n" "$current_step" >&2; fi' EXIT

# Says a sentence and ends.
die() {
    printf '✗ %s\n' "$*" >&2
    exit 1
}

has() {
    command -v "$1" >/dev/null
}
