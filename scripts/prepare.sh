#!/usr/bin/env bash
# Checks every SQL statement against the migrations and writes what was learnt to .sqlx (`--check`: compares).
#
# Against PostgreSQL 15 alone: whether a column can be null is read from its plans, which differ by version.
source "$(dirname "$0")/lib.sh"

sqlx_cli=0.9.0
export PG_BIN=${PG_BIN:-/usr/lib/postgresql/15/bin}
[ -x "$PG_BIN/postgres" ] || die 'PostgreSQL 15 is missing: apt-get install postgresql-15, or name it in PG_BIN.'

install_sqlx_cli() {
    env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_OPT_LEVEL=0 cargo install sqlx-cli --version "$sqlx_cli" \
        --root "$tools" --quiet --no-default-features --features postgres,rustls
}

[ "$(sqlx --version 2>/dev/null)" = "sqlx-cli-sqlx $sqlx_cli" ] ||
    [ "$(sqlx --version 2>/dev/null)" = "sqlx-cli $sqlx_cli" ] ||
    step "sqlx-cli $sqlx_cli (about a minute, once)" install_sqlx_cli

# shellcheck disable=SC2016  # expanded by the inner shell
SQLX_OFFLINE=false exec scripts/test-postgres bash -euc '
    sqlx migrate run --source migrations
    cargo sqlx prepare --workspace "$@" -- --package market --features postgres --all-targets
' prepare "$@"
