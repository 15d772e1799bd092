#!/usr/bin/env bash
# Builds the release and leaves it at target/built: the server, its site with brotli twins, and hash.txt.
#
# Finished builds lie in the cache under the hash of their sources. The same sources, in whichever clone, are
# built once; and no build changes the files under a server that runs.
source "$(dirname "$0")/lib.sh"

scripts/tools.sh

sources=(.cargo Cargo.lock Cargo.toml app frontend market migrations package-lock.json public
    rust-toolchain.toml scripts server style)
if [ -d .sqlx ]; then sources+=(.sqlx); fi

hash_of_sources() {
    {
        rustc --version --verbose
        find "${sources[@]}" -type d \( -path public/fonts -o -path server/bench -o -path server/testing -o -name tests \) \
            -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
    } | sha256sum | cut -c 1-16
}

# One build at a time: clones share the folder of compiled crates, where the last build wins.
build() {
    mkdir -p "$cache/builds"
    exec 9>"$cache/build.lock"
    flock 9
    if [ -d "$built" ]; then return; fi
    scripts/fonts.sh
    # The folder of the site belongs to this clone, the server's to all: copy both before anybody else builds.
    # What a page needs comes with it, the rest when somebody goes there (app/src/pages/page.rs).
    cargo leptos build --release --split
    local unfinished=$built.unfinished
    rm -rf "$unfinished"
    mkdir "$unfinished"
    cp "$CARGO_TARGET_DIR/release/server" "$CARGO_TARGET_DIR/release/hash.txt" "$unfinished/"
    cp -R target/site "$unfinished/site"
    node scripts/brotli.mjs "$unfinished/site"
    mv "$unfinished" "$built"
    exec 9>&-
}

built=$cache/builds/$(hash_of_sources)
[ -d "$built" ] || step 'Release build (about 7 minutes on 2 cores from bare, a minute after a change)' build

mkdir -p target
ln -sfn "$built" target/built
# Builds that nobody started for two weeks go.
touch "$built"
find "$cache/builds" -mindepth 1 -maxdepth 1 -mtime +14 -exec rm -rf {} +
