//! What stands in the books before a call and after it, and how they are put back.

use std::{collections::BTreeMap, fmt::Write};

use sqlx::{AssertSqlSafe, Connection, PgPool};

/// Moves by itself with whoever asks, and decides nothing.
const MOVES: &str = "'{last_seen_at,expires_at,last_used_at}'";

/// A copy of every table, and a digest of each.
pub struct Books {
    pool: PgPool,
    digests: String,
    before: BTreeMap<String, String>,
}

impl Books {
    /// Keeps the books as they are now. Regions never change.
    pub async fn keep(pool: PgPool) -> Self {
        let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'
                          AND tablename NOT IN ('_sqlx_migrations', 'regions')";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&pool).await.expect("tables");
        assert!(tables.len() > 30, "the tables were not found");
        let copies: Vec<String> = tables
            .iter()
            .map(|table| format!("CREATE TABLE kept.{table} AS TABLE public.{table};"))
            .collect();
        run(&pool, format!("CREATE SCHEMA kept; {}", copies.concat())).await;
        let digest = |table: &String| {
            format!(
                "SELECT '{table}' AS name, coalesce(md5(string_agg(line, '\n' ORDER BY line)), '') AS digest
                 FROM (SELECT (to_jsonb(one) - {MOVES}::text[])::text AS line
                       FROM public.{table} one) AS lines"
            )
        };
        let digests = tables.iter().map(digest).collect::<Vec<_>>().join(" UNION ALL ");
        let mut books = Self { pool, digests, before: BTreeMap::new() };
        books.before = books.read().await;
        books
    }

    async fn read(&self) -> BTreeMap<String, String> {
        let digests = sqlx::query_as(AssertSqlSafe(self.digests.clone()));
        let digests: Vec<(String, String)> = digests.fetch_all(&self.pool).await.expect("digests");
        digests.into_iter().collect()
    }

    /// The tables that are not as they were.
    pub async fn changed(&self) -> Vec<String> {
        let now = self.read().await;
        now.into_iter().filter(|(name, digest)| self.before[name] != *digest).map(|(name, _)| name).collect()
    }

    /// Puts tables back as they were, past the triggers that protect them.
    pub async fn put_back(&self, tables: &[String]) {
        let mut connection = self.pool.acquire().await.expect("a connection");
        let mut transaction = connection.begin().await.expect("a transaction");
        let mut all = "SET LOCAL session_replication_role = replica;".to_owned();
        for table in tables {
            let columns = "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
                           WHERE attrelid = $1::regclass AND attnum > 0
                                 AND attgenerated = '' AND NOT attisdropped";
            let columns = sqlx::query_scalar(columns).bind(format!("public.{table}"));
            let columns: String = columns.fetch_one(&mut *transaction).await.expect("columns");
            write!(
                all,
                "DELETE FROM public.{table};
                 INSERT INTO public.{table} ({columns}) OVERRIDING SYSTEM VALUE
                 SELECT {columns} FROM kept.{table};"
            )
            .expect("a string takes all");
        }
        sqlx::raw_sql(AssertSqlSafe(all)).execute(&mut *transaction).await.expect("put back");
        transaction.commit().await.expect("put back");
        drop(connection);
        let still = self.changed().await;
        assert!(still.is_empty(), "not as before: {still:?}");
    }
}

async fn run(pool: &PgPool, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(pool).await.expect("run");
}
