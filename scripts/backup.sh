#!/usr/bin/env bash
# Writes a backup of the market that DATABASE_URL names, or else of the own PostgreSQL in DATA_DIR: a folder
# neighborbid-TIME in BACKUPS with database.dump, pictures.tar and their checksums. While the market runs or not.
#
# The books come first: a picture that they name is there already and stays as long as they name it. Pictures in an
# object store (PICTURES_URL) are not taken: versions are that store's own business.
source "$(dirname "$0")/books.sh"

with_books "$0" "$@"
pg_dump=$(client pg_dump)
backups=${BACKUPS:-backups}
name=neighborbid-$(date -u +%Y%m%dT%H%M%SZ)
unfinished=$backups/.unfinished-$name
# Whoever reads a backup reads everything.
umask 077
mkdir -p "$backups"
mkdir "$unfinished"
trap 'rm -rf "$unfinished"' EXIT

"$pg_dump" --dbname="$DATABASE_URL" --format=custom --no-owner --file="$unfinished/database.dump"
pictures=$(pictures_folder)
if [ -d "$pictures" ]; then
    # What arrives meanwhile or is tidied away is of no concern: the books that were written out do not name it.
    tar --create --file="$unfinished/pictures.tar" --directory="$pictures" --warning=no-file-changed \
        --warning=no-file-removed . || [ $? = 1 ]
else
    tar --create --file="$unfinished/pictures.tar" --files-from=/dev/null
fi
(cd "$unfinished" && sha256sum database.dump pictures.tar >SHA256SUMS)
sync "$unfinished"/*
mv "$unfinished" "$backups/$name"
sync "$backups"
trap - EXIT
printf '%s\n' "$backups/$name"
