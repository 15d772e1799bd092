//! A release goes out while the one before still serves: what a migration changes, an older server survives.
//!
//! From [`FIRST`] on a statement may add: tables, columns that need no value, indexes, views, functions. What
//! an older server could stumble over stands under a comment that begins with [`REASON`] and says why it does
//! not; at the head of the file it says so of all its indexes. Taking away is a release of its own, after the
//! last server that used it is gone.

use std::{fs, path::Path};

/// Before it nothing ran anywhere.
const FIRST: u32 = 19;
/// Tables that are written to all the time and grow without end: an index on them is built while bids wait.
const LARGE: [&str; 8] =
    ["AUCTIONS", "BIDDERS", "BIDS", "LEDGER_ROWS", "MESSAGES", "NOTICES", "OUTBOX", "WALLETS"];
/// What an index does to them.
const BUILT: &str = "stops bids while it is built";
/// How a comment begins that says why a statement harms no older server.
const REASON: &str = "-- While an older server runs:";

struct Statement {
    file: String,
    /// The comment lines right above it.
    comment: String,
    /// Without comments, in one line, in capitals.
    text: String,
}

/// The statements of a file. Bodies between `$$` are the function's own business.
fn statements(file: &str, sql: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let (mut comment, mut text, mut in_body) = (String::new(), String::new(), false);
    for line in sql.lines().map(str::trim) {
        if !in_body && text.is_empty() && line.starts_with("--") {
            comment += line;
            comment += "\n";
            continue;
        }
        if text.is_empty() && line.is_empty() {
            comment.clear();
            continue;
        }
        let code = if in_body { line } else { line.split("--").next().unwrap_or_default().trim_end() };
        in_body ^= code.matches("$$").count() % 2 == 1;
        text += &code.to_uppercase();
        text += " ";
        if !in_body && code.ends_with(';') {
            let (comment, text) = (std::mem::take(&mut comment), std::mem::take(&mut text));
            found.push(Statement { file: file.to_owned(), comment, text });
        }
    }
    assert!(text.trim().is_empty(), "{file} ends within a statement");
    found
}

/// What an older server may stumble over, if anything.
fn danger(text: &str) -> Option<&'static str> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let on_table = words.starts_with("ALTER TABLE");
    let has = |part: &str| words.contains(part);
    let starts = |part: &str| words.starts_with(part);
    if starts("DROP ") && !starts("DROP INDEX") {
        Some("takes something away")
    } else if has(" RENAME ") || starts("ALTER TYPE") {
        Some("renames or changes a type")
    } else if on_table && (has("DROP COLUMN") || has("SET NOT NULL") || has(" TYPE ")) {
        Some("takes a column away, fills it or changes its type")
    } else if on_table && has("ADD COLUMN") && has("NOT NULL") && !has("DEFAULT") && !has("GENERATED") {
        Some("adds a column that an older server does not fill")
    } else if (on_table && has("ADD CONSTRAINT")) || starts("CREATE UNIQUE INDEX") {
        Some("holds rows of an older server to a new rule")
    } else if starts("CREATE INDEX") && table(text).is_some_and(|table| LARGE.contains(&table)) {
        Some(BUILT)
    } else if starts("CREATE TRIGGER") || starts("CREATE CONSTRAINT TRIGGER") {
        Some("runs in the transactions of an older server")
    } else if starts("UPDATE ") || starts("DELETE ") || starts("TRUNCATE ") || starts("LOCK ") {
        Some("locks or changes rows that an older server uses")
    } else {
        None
    }
}

fn gives_a_reason(line: &str) -> bool {
    line.starts_with(REASON)
}

/// The table that an index, a constraint or a trigger is about.
fn table(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace();
    let before = if text.starts_with("ALTER TABLE") { "TABLE" } else { "ON" };
    words.find(|word| *word == before)?;
    words.next().map(|name| name.split('(').next().unwrap_or(name))
}

/// Tables that the file itself creates: no older server knows them.
fn is_new(all: &[Statement], statement: &Statement) -> bool {
    let create = |table: &str| format!("CREATE TABLE {table} (");
    let made = |table: &str| all.iter().any(|other| other.text.starts_with(&create(table)));
    table(&statement.text).is_some_and(made)
}

#[test]
fn an_older_server_survives_every_migration() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("the migrations") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let number: u32 = name.split('_').next().and_then(|number| number.parse().ok()).expect("a number");
        if number < FIRST {
            continue;
        }
        let sql = fs::read_to_string(&path).expect("SQL");
        let of_indexes = sql.lines().take_while(|line| line.starts_with("--")).any(gives_a_reason);
        let all = statements(&name, &sql);
        seen += all.len();
        for statement in &all {
            let Some(danger) = danger(&statement.text) else { continue };
            let is_told = statement.comment.lines().any(gives_a_reason) || (danger == BUILT && of_indexes);
            if !is_told && !is_new(&all, statement) {
                wrong.push(format!("{}: {danger}: {}", statement.file, statement.text));
            }
        }
    }
    assert!(seen > 0, "no migrations were found");
    assert!(wrong.is_empty(), "say why, under `{REASON}`:\n{}", wrong.join("\n"));
}

#[test]
fn what_would_harm_is_seen_and_what_adds_is_not() {
    for harmful in [
        "DROP TABLE a;",
        "DROP VIEW a;",
        "ALTER TABLE a DROP COLUMN b;",
        "ALTER TABLE a RENAME COLUMN b TO c;",
        "ALTER TABLE a RENAME TO c;",
        "ALTER TABLE a ALTER COLUMN b SET NOT NULL;",
        "ALTER TABLE a ALTER COLUMN b TYPE BIGINT;",
        "ALTER TABLE a ADD COLUMN b TEXT NOT NULL;",
        "ALTER TABLE a\n  ADD CONSTRAINT b CHECK (c > 0);",
        "CREATE UNIQUE INDEX a ON b (c);",
        "CREATE INDEX a ON bids (b);",
        "CREATE TRIGGER a BEFORE INSERT ON b EXECUTE FUNCTION c();",
        "UPDATE a SET b = 1;",
    ] {
        assert!(danger(&statements("a", harmful)[0].text).is_some(), "{harmful}");
    }
    for harmless in [
        "CREATE TABLE a (b text NOT NULL);",
        "CREATE INDEX a ON b (c);",
        "ALTER TABLE a ADD COLUMN b text;",
        "ALTER TABLE a ADD COLUMN b text NOT NULL DEFAULT '';",
        "ALTER TABLE a DROP CONSTRAINT b;",
        "ALTER TABLE a ALTER COLUMN b DROP NOT NULL;",
        "CREATE OR REPLACE VIEW a AS SELECT 1;",
        "CREATE FUNCTION a() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  DELETE FROM b;\nEND $$;",
    ] {
        let all = statements("a", harmless);
        assert_eq!((all.len(), danger(&all[0].text)), (1, None), "{harmless}");
    }
    let own = statements("a", "CREATE TABLE a (b int);\nCREATE INDEX c ON a (b);\nCREATE INDEX c ON d (b);");
    assert_eq!(own.iter().map(|statement| is_new(&own, statement)).collect::<Vec<_>>(), [false, true, false]);
}
