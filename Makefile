.PHONY: run test bench dev prepare shots backup restore

# Installs what is missing, builds, opens the market at http://127.0.0.1:3000
run:
	@scripts/run.sh

# Installs what the tests need, passes everything
test:
	@scripts/test.sh

# Measures every figure beside its reference; ARGS="desk --short" for some, or for a second of each
bench:
	@scripts/bench.sh $(ARGS)

# Builds again at every change and reloads the browser
dev:
	@scripts/dev.sh

# After a change of SQL or migrations
prepare:
	@scripts/prepare.sh

# Takes pictures of every page of the market that runs at BASE_URL, into the folder SHOTS
shots:
	@node end2end/shots.mjs

# Writes a backup into BACKUPS, of the market in DATABASE_URL or else in DATA_DIR
backup:
	@scripts/backup.sh

# Brings BACKUP back into an empty place; FORCE=1 throws away what is there
restore:
	@scripts/restore.sh "$(BACKUP)"
