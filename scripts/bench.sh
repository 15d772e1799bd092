#!/usr/bin/env bash
# scripts/bench.sh [WORK…] [--short]: the figures beside their references, as a table and in target/bench.json.
source "$(dirname "$0")/lib.sh"

# The reference: Debian's package of the server has it, the npm package has not.
has_pgbench() {
    has pgbench || compgen -G '/usr/lib/postgresql/*/bin/pgbench' >/dev/null
}

install_pgbench() {
    [ "$(id -u)" = 0 ] && has apt-get || die 'pgbench is missing: install PostgreSQL (Debian: postgresql).'
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
}

has_pgbench || step 'pgbench' install_pgbench
scripts/build.sh
step 'Bench program' cargo build --quiet --release --package bench
# Ten thousand sockets, and as many ends of them here.
ulimit -n "$(ulimit -H -n)"
SERVER=target/built/server "$CARGO_TARGET_DIR/release/bench" --json target/bench.json "$@"
