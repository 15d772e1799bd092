#!/usr/bin/env bash
# Passes everything: form, lints, Rust tests with a real PostgreSQL, the release in a browser.
source "$(dirname "$0")/lib.sh"

nextest=0.9.151
untested=()

# need PROGRAM PACKAGE WHAT: has the program, or as root installs its Debian package; else WHAT stays untested.
need() {
    local program=$1 package=$2 what=$3
    if has "$program"; then return; fi
    if [ "$(id -u)" = 0 ] && has apt-get; then
        step "$package" install_debian_package "$package"
        return
    fi
    untested+=("$what: install $package")
    if [ "${CI:-}" = true ]; then die "$program is missing: apt-get install $package. Without it, $what."; fi
}

# RUNLEVEL: what is installed is not started, and takes no port.
install_debian_package() {
    apt-get update -qq
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

# Debian's python3 has venv, but not what it needs.
has_python_venv() {
    python3 -c 'import ensurepip, venv' 2>/dev/null
}

need_python_venv() {
    if has_python_venv; then return; fi
    need python3-with-venv python3-venv 'the API is not fuzzed'
}

install_nextest() {
    env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
        cargo install cargo-nextest --version "$nextest" --root "$tools" --quiet --locked
}

rust_tests() {
    local tests='all()'
    if ! has pg_dump; then tests='not binary(keeping)'; fi
    scripts/test-postgres cargo nextest run --workspace --no-fail-fast --filterset "$tests"
}

in_browser() {
    cargo build --quiet --package testing
    E2E_TESTING=$CARGO_TARGET_DIR/debug/testing scripts/test-postgres playwright test --config end2end
}

# Warnings of the tree, not of somebody else's newer compiler: the toolchain is pinned.
lint() {
    cargo clippy --workspace --all-targets --quiet -- --deny warnings
    cargo clippy --package frontend --target wasm32-unknown-unknown --quiet -- --deny warnings
}

need_python_venv
need chromium chromium 'no page is tried in a browser'
need redis-server redis-server 'news between two servers is not tried'
need nginx nginx-light 'servers behind a proxy, and a rolling restart, are not tried'
need pg_dump postgresql 'backups are not tried'
scripts/tools.sh
cargo nextest --version >/dev/null 2>&1 || step "cargo-nextest $nextest (once)" install_nextest

step 'Form' cargo fmt --all --check
step 'Lints' lint
step 'Rust tests' rust_tests
scripts/build.sh
if has chromium; then step 'Browser tests' in_browser; fi
if has_python_venv; then step 'API, by a fuzzer' scripts/test-postgres scripts/fuzz.sh; fi
step 'Bench, a second of each' scripts/bench.sh --short

printf '\n✓ everything passed in %s s\n' "$SECONDS" >&2
if [ ${#untested[@]} -gt 0 ]; then printf '  but %s\n' "${untested[@]}" >&2; fi
