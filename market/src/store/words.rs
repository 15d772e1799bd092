//! The words of titles: what the search box corrects a slip by; and the grams of auctions, made anew when a
//! build makes other ones.

use sqlx::PgConnection;

use super::{Market, Result, expect_rows};
use crate::search;

/// Auctions whose grams are made anew in one transaction.
const AT_A_TIME: i64 = 500;

/// Remembers the words of a title. In their order: two that open auctions at once never wait for each other
/// in a circle.
pub(super) async fn learn(connection: &mut PgConnection, title: &str) -> Result<()> {
    let words = search::vocabulary(title);
    if words.is_empty() {
        return Ok(());
    }
    let joined = |parts: fn(&str) -> Vec<String>| -> Vec<String> {
        words.iter().map(|word| parts(word).join(" ")).collect()
    };
    sqlx::query!(
        "INSERT INTO words (word, grams, deletions)
         SELECT u.word, string_to_array(u.grams, ' '), string_to_array(u.deletions, ' ')
         FROM unnest($1::text[], $2::text[], $3::text[]) AS u (word, grams, deletions)
         ORDER BY u.word COLLATE \"C\"
         ON CONFLICT DO NOTHING",
        &words,
        &joined(search::grams),
        &joined(search::deletions),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes the grams of auctions anew whose grams another build has made.
pub(super) async fn reindex(market: &Market) -> Result<()> {
    while reindex_some(market).await? > 0 {}
    Ok(())
}

async fn reindex_some(market: &Market) -> Result<usize> {
    let mut transaction = market.begin().await?;
    // Two ranges, which an index finds; for `<>` every row would be read, at each start.
    let rows = sqlx::query!(
        r#"SELECT a.id, a.title, c.name_ko || ' ' || c.name_en AS "category!"
           FROM auctions a JOIN categories c ON c.id = a.category_id
           WHERE (a.grams_version < $1 OR a.grams_version > $1)
           ORDER BY a.id LIMIT $2 FOR NO KEY UPDATE OF a"#,
        search::VERSION,
        AT_A_TIME
    );
    let rows = rows.fetch_all(&mut *transaction).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let grams: Vec<String> =
        rows.iter().map(|row| search::grams(&format!("{} {}", row.title, row.category)).join(" ")).collect();
    let written = sqlx::query!(
        "UPDATE auctions a SET grams = string_to_array(u.grams, ' '), grams_version = $3
         FROM unnest($1::bigint[], $2::text[]) AS u (id, grams) WHERE a.id = u.id",
        &ids,
        &grams,
        search::VERSION
    );
    let written = written.execute(&mut *transaction).await?.rows_affected();
    expect_rows(written, ids.len(), "auctions found by new grams")?;
    for row in &rows {
        learn(&mut transaction, &row.title).await?;
    }
    transaction.commit().await?;
    Ok(rows.len())
}
