#!/usr/bin/env bash
# scripts/bench.sh [WORK…] [--short]: the figures beside their references, as a table and in target/bench.json.
source "$(dirname "$0")/lib.sh"

# The reference: Debian's package of the server has it, the npm package has not.
has_pgbench() {
    has pgbench || compgen -G '/usr/lib/postgresql/*/bin/pgbench' >/dev/null
}

# install PROGRAM PACKAGE
install() {
    [ "$(id -u)" = 0 ] && has apt-get || die "$1 is missing: install it (Debian: $2)."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

has_pgbench || step 'pgbench' install pgbench postgresql
# It carries news between the two servers of one work.
has redis-server || step 'redis-server' install redis-server redis-server
scripts/build.sh
step 'Bench program' cargo build --quiet --release --package bench
# Ten thousand sockets, and as many ends of them here.
ulimit -n "$(ulimit -H -n)"
SERVER=target/built/server "$CARGO_TARGET_DIR/release/bench" --json target/bench.json "$@"
