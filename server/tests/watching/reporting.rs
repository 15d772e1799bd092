//! What reports may read: every view of `reporting`, and nothing about people.

use sqlx::{Executor, Row};

use crate::Scene;

/// Columns whose content would be about a person.
const PERSONAL: [&str; 9] = [
    "username",
    "nickname",
    "email",
    "password_hash",
    "title",
    "description",
    "user_id",
    "seller_id",
    "name",
];

#[tokio::test]
async fn the_role_of_reports_reads_every_view_and_no_table() {
    let scene = Scene::at_noon().await;
    let mut connection = scene.books.pool.acquire().await.expect("a connection");
    let views =
        "SELECT table_name::text FROM information_schema.views WHERE table_schema = 'reporting' ORDER BY 1";
    let views: Vec<String> = sqlx::query_scalar(views).fetch_all(&mut *connection).await.expect("views");
    let expected =
        ["auctions", "bids_by_day", "categories", "regions", "sell_through", "turnover_by_day", "users"];
    assert_eq!(views, expected);
    let tables = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'
                  AND table_name <> '_sqlx_migrations' ORDER BY 1";
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut *connection).await.expect("tables");
    assert!(tables.len() > 30, "{tables:?}");

    connection.execute("SET ROLE neighborbid_reporting").await.expect("the role");
    for view in views {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM reporting.{view}")))
            .fetch_all(&mut *connection)
            .await
            .unwrap_or_else(|error| panic!("{view}: {error}"));
        let names: Vec<_> = rows
            .first()
            .map(|row| {
                row.columns().iter().map(|column| sqlx::Column::name(column).to_owned()).collect::<Vec<_>>()
            })
            .unwrap_or_default();
        let personal: Vec<_> = names.iter().filter(|name| PERSONAL.contains(&name.as_str())).collect();
        assert!(personal.is_empty(), "{view}: {personal:?}");
    }
    for table in tables {
        let query = format!("SELECT count(*) FROM public.{table}");
        let denied = sqlx::query(sqlx::AssertSqlSafe(query)).execute(&mut *connection).await;
        let error = denied.expect_err("nothing to read");
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code).map(String::from);
        assert_eq!(code.as_deref(), Some("42501"), "{table}: {error}");
    }
    let written = connection.execute("DELETE FROM reporting.auctions").await;
    assert!(written.is_err(), "reports write nothing");
    connection.close().await.expect("closed");
}
