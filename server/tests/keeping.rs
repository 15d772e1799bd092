//! A backup brings everything back, into an empty place, and what comes back obeys every rule.

#[path = "../../market/tests/common/db.rs"]
mod db;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use db::{TestDatabase, noon};
use market::store::{Clock, Market};
use server::demo;
use sqlx::{AssertSqlSafe, PgPool};
use tempfile::TempDir;

/// A picture as the store keeps them, and one in another folder.
const PICTURES: [(&str, &[u8]); 2] =
    [("ab/ab12-1600.jpg", b"a picture"), ("cd/cd34-320.jpg", b"\xff\xd8\xff")];

/// A place with books and pictures: of a market, or to bring one back to.
struct Place {
    /// How to reach the books.
    url: String,
    /// Their folder, with the pictures in it.
    data: TempDir,
}

impl Place {
    fn of(database: &str) -> Self {
        let url = std::env::var("DATABASE_URL").expect("run by scripts/test-postgres");
        let (address, query) = url.split_once('?').map_or((&*url, None), |(url, query)| (url, Some(query)));
        let (server, _) = address.rsplit_once('/').expect("the name of a database");
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        Self { url: format!("{server}/{database}{query}"), data: tempfile::tempdir().expect("a folder") }
    }

    fn script(&self, name: &str, words: &[&Path], more: &[(&str, &Path)]) -> Output {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts").join(name);
        let mut command = Command::new(script);
        command.args(words).env("DATABASE_URL", &self.url).env("DATA_DIR", self.data.path());
        command.envs(more.iter().copied()).output().expect("a script that runs")
    }

    /// The folder of a fresh backup.
    fn back_up(&self, into: &Path) -> PathBuf {
        let output = self.script("backup.sh", &[], &[("BACKUPS", into)]);
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        said.into()
    }

    /// What it says if it refuses.
    fn restore(&self, backup: &Path, more: &[(&str, &Path)]) -> Result<(), String> {
        let output = self.script("restore.sh", &[backup], more);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(said) }
    }

    fn pictures(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = self.data.path().join("pictures");
        let read = |(name, _): (&str, _)| (name.to_owned(), fs::read(folder.join(name)).expect("a picture"));
        PICTURES.into_iter().map(read).collect()
    }

    async fn market(&self) -> Market {
        let options = self.url.parse().expect("a URL");
        Market::connect(options, 2, Clock::set_to(noon())).await.expect("a market")
    }

    /// How many rows each table has, and a sum over all that stands in them.
    async fn contents(&self) -> BTreeMap<String, (i64, Option<String>)> {
        let pool = PgPool::connect(&self.url).await.expect("a pool");
        let tables = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
                      WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&pool).await.expect("tables");
        let mut contents = BTreeMap::new();
        for table in tables {
            let sum =
                format!("SELECT count(*), md5(string_agg(t::text, '\n' ORDER BY t::text)) FROM {table} t");
            let sum = sqlx::query_as(AssertSqlSafe(sum)).fetch_one(&pool).await.expect("a sum");
            contents.insert(table, sum);
        }
        pool.close().await;
        contents
    }
}

/// An empty database beside that of the test, whatever a test that failed left.
async fn empty(database: &TestDatabase, name: &str) {
    for sql in [format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), format!("CREATE DATABASE {name}")] {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&database.pool).await.expect("an empty database");
    }
}

async fn drop_it(database: &TestDatabase, name: &str) {
    let sql = format!("DROP DATABASE {name} WITH (FORCE)");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&database.pool).await.expect("dropped");
}

/// The market of the demo, with pictures.
async fn filled() -> (TestDatabase, Place, String) {
    let database = TestDatabase::new(Clock::set_to(noon()), 4).await;
    demo::fill(&database.market).await.expect("the demo");
    let name = "SELECT current_database()::text";
    let name: String = sqlx::query_scalar(name).fetch_one(&database.pool).await.expect("its name");
    let place = Place::of(&name);
    for (picture, content) in PICTURES {
        let file = place.data.path().join("pictures").join(picture);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, content).expect("a picture");
    }
    (database, place, format!("{name}_restored"))
}

#[tokio::test]
async fn a_backup_comes_back_whole_and_obeys_every_rule() {
    let (database, there, name) = filled().await;
    empty(&database, &name).await;
    let (here, backups) = (Place::of(&name), tempfile::tempdir().expect("a folder"));
    let backup = there.back_up(backups.path());
    here.restore(&backup, &[]).expect("restored");

    let (old, new) = (there.contents().await, here.contents().await);
    assert!(old.len() > 30 && old["public.ledger_rows"].0 > 100, "the demo is no market");
    assert_eq!(new, old);
    assert_eq!(here.pictures(), there.pictures());
    let market = here.market().await;
    assert_eq!(market.audit().await.expect("asked"), []);
    // It goes on: the schema is complete, and nobody gets a number that somebody has.
    market.migrate().await.expect("nothing is left to do");
    let filled = demo::fill(&market).await.expect("topped up");
    assert_eq!((filled.auctions, market.audit().await.expect("asked").len()), (0, 0));
    market.disconnect().await;

    // What was brought back is backed up like anything, and comes back over what is there if that is wished.
    let again = here.back_up(backups.path());
    let refused = here.restore(&again, &[]).expect_err("the place is not empty");
    assert!(refused.contains("FORCE=1"), "{refused}");
    here.restore(&again, &[("FORCE", Path::new("1"))]).expect("thrown away and restored");
    assert_eq!(here.contents().await, old);
    assert_eq!(here.pictures(), there.pictures());
    drop_it(&database, &name).await;
}

#[tokio::test]
async fn a_backup_that_is_not_what_was_written_is_refused_and_nothing_is_touched() {
    let (database, there, name) = filled().await;
    empty(&database, &name).await;
    let (here, backups) = (Place::of(&name), tempfile::tempdir().expect("a folder"));
    let backup = there.back_up(backups.path());
    let mut dump = fs::read(backup.join("database.dump")).expect("the dump");
    let middle = dump.len() / 2;
    dump[middle] ^= 1;
    fs::write(backup.join("database.dump"), dump).expect("damaged");
    let refused = here.restore(&backup, &[]).expect_err("a bit is another");
    assert!(refused.contains("not what was written"), "{refused}");
    assert_eq!(here.contents().await, BTreeMap::new());

    // Into a database that somebody uses: not even with force.
    let before = there.contents().await;
    let elsewhere = tempfile::tempdir().expect("a folder");
    let sound = there.back_up(elsewhere.path());
    let refused = there.restore(&sound, &[("FORCE", Path::new("1"))]).expect_err("the market runs");
    assert!(refused.contains("Stop the servers"), "{refused}");
    assert_eq!(there.contents().await, before);
    drop_it(&database, &name).await;
}

#[tokio::test]
async fn a_backup_that_fails_leaves_nothing_that_looks_like_one() {
    let place = Place::of("no_such_database");
    let backups = tempfile::tempdir().expect("a folder");
    let output = place.script("backup.sh", &[], &[("BACKUPS", backups.path())]);
    assert!(!output.status.success());
    assert_eq!(fs::read_dir(backups.path()).expect("a folder").count(), 0);
}
