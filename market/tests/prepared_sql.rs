//! The prepared SQL in `.sqlx`, from which the project compiles without a database, describes the migrated
//! schema.

#[path = "common/db.rs"]
mod db;

use std::{fs, path::Path};

use db::TestDatabase;
use market::store::Clock;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sqlx::{
    AssertSqlSafe, Column, Either, Executor, PgConnection, SqlSafeStr, Statement, postgres::PgTypeInfo,
};

/// A file of `cargo sqlx prepare`. Nullability is left out: it is inferred from the plan, which depends on
/// what is in the tables.
#[derive(Deserialize)]
struct Prepared {
    query: String,
    hash: String,
    describe: Describe,
}

#[derive(Deserialize)]
struct Describe {
    columns: Vec<PreparedColumn>,
    parameters: Parameters,
}

#[derive(Deserialize)]
struct PreparedColumn {
    name: String,
    type_info: String,
}

#[derive(Deserialize)]
struct Parameters {
    #[serde(rename = "Left")]
    types: Vec<String>,
}

/// Names and types of a statement: those of its parameters, and those of its columns.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    parameters: Vec<String>,
    columns: Vec<(String, String)>,
}

impl Prepared {
    fn shape(&self) -> Shape {
        let columns = self.describe.columns.iter();
        Shape {
            parameters: self.describe.parameters.types.clone(),
            columns: columns.map(|column| (column.name.clone(), column.type_info.clone())).collect(),
        }
    }
}

async fn shape_in(connection: &mut PgConnection, query: &str) -> Shape {
    let sql = AssertSqlSafe(query.to_owned()).into_sql_str();
    let statement = connection.prepare(sql).await.unwrap_or_else(|error| panic!("{error}\n{query}"));
    let parameters = match statement.parameters() {
        Some(Either::Left(types)) => types.iter().map(type_name).collect(),
        Some(Either::Right(_)) | None => panic!("PostgreSQL names the types of parameters"),
    };
    let columns = statement.columns().iter();
    let columns = columns.map(|column| (column.name().to_owned(), type_name(column.type_info()))).collect();
    Shape { parameters, columns }
}

/// The name under which sqlx writes a type into its files: `Int8Array` of `PgTypeInfo(Int8Array)`.
fn type_name(info: &PgTypeInfo) -> String {
    let debug = format!("{info:?}");
    let name = debug.strip_prefix("PgTypeInfo(").and_then(|rest| rest.strip_suffix(')'));
    name.unwrap_or_else(|| panic!("{debug}")).to_owned()
}

fn prepared() -> Vec<Prepared> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.sqlx");
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("a file").path());
    let files = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    files
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a readable file");
            let prepared: Prepared =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let name = format!("query-{}.json", prepared.hash);
            assert_eq!(path.file_name().and_then(|name| name.to_str()), Some(name.as_str()));
            prepared
        })
        .collect()
}

#[tokio::test]
async fn the_prepared_sql_in_sqlx_describes_the_migrated_schema() {
    let database = TestDatabase::new(Clock::Database, 1).await;
    let mut connection = database.pool.acquire().await.expect("a connection");
    let prepared = prepared();
    assert!(!prepared.is_empty(), "no prepared SQL: run `make prepare`");
    for one in &prepared {
        let digest = Sha256::digest(one.query.as_bytes());
        let digits = digest.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
        assert_eq!(one.hash, digits, "{}", one.query);
        assert_eq!(one.shape(), shape_in(&mut connection, &one.query).await, "{}", one.query);
    }
    println!("prepared statements {}", prepared.len());
}
