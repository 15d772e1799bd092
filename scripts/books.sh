# Sourced by backup.sh and restore.sh: where the market's books are, and which programs of PostgreSQL know them.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# with_books COMMAND…: goes on if DATABASE_URL names the books; else runs the command again with the own PostgreSQL of
# DATA_DIR in DATABASE_URL, which is started for it unless a server uses it.
with_books() {
    if [ -n "${DATABASE_URL:-}" ]; then return; fi
    cargo build --quiet --package own-postgres
    DATA_DIR=$(data_folder) exec "$CARGO_TARGET_DIR/debug/own-postgres" --market "$(data_folder)" "$@"
}

# As the server has it (server/own-postgres, default_folder).
data_folder() {
    if [ -n "${DATA_DIR:-}" ]; then
        printf '%s\n' "$DATA_DIR"
    elif [ "$(id -u)" = 0 ]; then
        echo /var/lib/neighborbid
    else
        echo data
    fi
}

pictures_folder() {
    printf '%s/pictures\n' "$(data_folder)"
}

# client PROGRAM: the path of a PostgreSQL program that is as new as the database or newer (pg_dump insists on it).
client() {
    local needed bin found
    needed=$(server_version)
    for bin in ${PG_BIN:+"$PG_BIN"} $(compgen -G '/usr/lib/postgresql/*/bin' | sort --version-sort --reverse) \
        "$(dirname "$(command -v "$1" || echo /nowhere/"$1")")"; do
        [ -x "$bin/$1" ] || continue
        found=$("$bin/$1" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
        if [ "$found" -ge "$needed" ]; then
            printf '%s\n' "$bin/$1"
            return
        fi
    done
    die "$1 of PostgreSQL $needed is missing: install postgresql-client-$needed (Debian's own, else" \
        'https://wiki.postgresql.org/wiki/Apt), or name its folder in PG_BIN.'
}

# The major version of the database, once.
server_version() {
    local psql
    psql=$(command -v psql || compgen -G '/usr/lib/postgresql/*/bin/psql' | tail -1) ||
        die 'psql is missing: apt-get install postgresql-client.'
    "$psql" --dbname="$DATABASE_URL" --no-psqlrc --tuples-only --no-align \
        --command="SELECT current_setting('server_version_num')::integer / 10000"
}
