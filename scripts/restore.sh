#!/usr/bin/env bash
# scripts/restore.sh BACKUP: brings a backup back, into the database of DATABASE_URL or else the own PostgreSQL in
# DATA_DIR, and the pictures into their folder. Only into an empty place, unless FORCE=1; no server may run meanwhile.
# Ends by asking the books for every invariant of the rules.
source "$(dirname "$0")/books.sh"

[ $# = 1 ] && [ -f "$1/SHA256SUMS" ] || die 'Name the folder of a backup: make restore BACKUP=backups/neighborbid-…'
backup=$(cd "$1" && pwd)
(cd "$backup" && sha256sum --check --quiet --strict SHA256SUMS) || die "$backup is not what was written."
with_books "$0" "$backup"
psql=$(client psql)
pg_restore=$(client pg_restore)

ask() {
    "$psql" --dbname="$DATABASE_URL" --no-psqlrc --tuples-only --no-align --set=ON_ERROR_STOP=1 --quiet \
        --command="$1"
}

# Schemas that are not PostgreSQL's own, and what lies in them.
schemas="SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
things=$(ask "SELECT count(*) FROM pg_class WHERE relnamespace IN (SELECT oid FROM pg_namespace
              WHERE nspname IN ($schemas))")
pictures=$(pictures_folder)
if [ "$things" != 0 ] || { [ -d "$pictures" ] && [ -n "$(ls -A "$pictures")" ]; }; then
    [ "${FORCE:-}" = 1 ] || die "The place is not empty. FORCE=1 throws away what is there: all of it."
fi
others=$(ask "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND backend_type = 'client backend'")
[ "$others" = 0 ] || die "$others others use the database. Stop the servers first."

# Who may read the reporting views is a role of the whole PostgreSQL, which a dump of one database only names.
privileges=()
if [ "$(ask "SELECT count(*) FROM pg_roles WHERE rolname = 'neighborbid_reporting'")" = 0 ]; then
    ask 'CREATE ROLE neighborbid_reporting NOLOGIN' || privileges=(--no-privileges)
fi

# The pictures wait beside their folder until the books are there.
arrived=$pictures.arrived
rm -rf "$arrived"
mkdir -p "$arrived"
tar --extract --file="$backup/pictures.tar" --directory="$arrived"

# All or nothing: what is there goes in the transaction in which the backup comes.
{
    printf 'SET client_min_messages = warning;\nBEGIN;\n'
    ask "SELECT format('DROP SCHEMA %I CASCADE;', nspname) FROM ($schemas) s"
    printf 'CREATE SCHEMA public AUTHORIZATION pg_database_owner; GRANT USAGE ON SCHEMA public TO PUBLIC;\n'
    "$pg_restore" --no-owner "${privileges[@]}" --file=- "$backup/database.dump"
    printf 'COMMIT;\n'
} | "$psql" --dbname="$DATABASE_URL" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --output=/dev/null
rm -rf "$pictures"
mv "$arrived" "$pictures"
ask 'ANALYZE'

broken=$(ask 'SELECT subject, invariant FROM audit')
[ -z "$broken" ] || die "The books do not add up:"$'\n'"$broken"
printf '✓ %s is back, and its books add up\n' "$backup" >&2
