//! What staff do about categories: one more, another name, another place in the menu, or no new auctions.
//! None is ever removed: auctions refer to them.
//!
//! Whoever changes a category locks all of them, so that places in the menu stay a row of numbers.

use sqlx::PgConnection;

use super::{
    Error, Market, Result, check_key, expect_rows,
    staff::{self, About, Act},
};
use crate::{
    CategoryId, Instant, Refusal, UserId,
    refusal::Reason,
    staff::{CategoryAct, CategoryNames, category_picture, reason},
    view::{Category, StaffCategory},
};

/// A category under lock.
struct Known {
    id: CategoryId,
    position: i16,
    is_retired: bool,
}

impl Market {
    /// Changes the categories, for a reason. What changes nothing is not logged. The same key acts once.
    ///
    /// # Errors
    /// `malformed`: a senseless key; `not_yours` unless `staff` is of the staff; `fields`: no reason, a name
    /// that another category has, an unknown illustration; `not_found`, `key_reused`, `busy`.
    pub async fn change_category(
        &self,
        staff: UserId,
        change: &CategoryAct,
        why: &str,
        key: &str,
    ) -> Result<()> {
        check_key(key)?;
        let mut transaction = self.begin().await?;
        staff::require(&mut transaction, staff).await?;
        let reason = reason(why)?;
        let known = lock(&mut transaction).await?;
        let now = self.clock(&mut transaction).await?;
        let about = About { category: change.category(), ..About::default() };
        let mut act = Act::new(staff, key, change.kind(), &reason, about);
        act.detail = change.detail();
        if staff::logged(&mut transaction, &act).await? {
            return Ok(());
        }
        let Some(category) = write(&mut transaction, &known, change, now).await? else { return Ok(()) };
        act.about.category = Some(category);
        staff::log(&mut transaction, &act, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// All categories in the order of the menu, also those that take no new auctions.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff.
    pub async fn staff_categories(&self, staff: UserId) -> Result<Vec<StaffCategory>> {
        let mut connection = self.connection().await?;
        self.enter(&mut connection, staff).await?;
        let rows = sqlx::query!(
            r#"SELECT c.id, c.slug, c.name_ko, c.name_en, c.art, c.glyph, c.retired_at,
                      (SELECT count(*) FROM auctions a WHERE a.category_id = c.id) AS "auctions!"
               FROM categories c ORDER BY c.position, c.id"#
        );
        let rows = rows.fetch_all(&mut *connection).await?.into_iter().map(|row| StaffCategory {
            category: Category {
                id: CategoryId(row.id),
                slug: row.slug,
                name_ko: row.name_ko,
                name_en: row.name_en,
                art: row.art,
                glyph: row.glyph,
            },
            retired_at: row.retired_at,
            auctions: row.auctions,
        });
        Ok(rows.collect())
    }
}

/// All of them, in the order of the menu.
async fn lock(connection: &mut PgConnection) -> Result<Vec<Known>> {
    // Locked by number, so that two who do so never wait for each other.
    let rows = sqlx::query!("SELECT id, position, retired_at FROM categories ORDER BY id FOR NO KEY UPDATE");
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| Known {
        id: CategoryId(row.id),
        position: row.position,
        is_retired: row.retired_at.is_some(),
    });
    let mut known: Vec<Known> = rows.collect();
    known.sort_by_key(|category| (category.position, category.id));
    Ok(known)
}

/// The category that was changed; `None` if it is so already.
async fn write(
    connection: &mut PgConnection,
    known: &[Known],
    change: &CategoryAct,
    now: Instant,
) -> Result<Option<CategoryId>> {
    let place = |id: CategoryId| {
        known.iter().position(|category| category.id == id).ok_or(Error::Refused(Refusal::NotFound))
    };
    match change {
        CategoryAct::Add(names, art) => add(connection, known, names, art).await.map(Some),
        CategoryAct::Rename(id, names) => {
            place(*id)?;
            rename(connection, *id, names).await.map(|renamed| renamed.then_some(*id))
        }
        CategoryAct::Move(id, up) => {
            let from = place(*id)?;
            let to = if *up { from.checked_sub(1) } else { Some(from + 1) };
            let Some(to) = to.filter(|to| *to < known.len()) else { return Ok(None) };
            let mut order: Vec<CategoryId> = known.iter().map(|category| category.id).collect();
            order.swap(from, to);
            reorder(connection, &order).await.map(|()| Some(*id))
        }
        CategoryAct::Retire(id, retire) => {
            if known[place(*id)?].is_retired == *retire {
                return Ok(None);
            }
            set_retired(connection, *id, retire.then_some(now)).await.map(|()| Some(*id))
        }
    }
}

async fn add(
    connection: &mut PgConnection,
    known: &[Known],
    names: &CategoryNames,
    art: &str,
) -> Result<CategoryId> {
    let (art, glyph) = category_picture(art)?;
    let position = known.last().map_or(1, |last| last.position + 1);
    let id = sqlx::query_scalar!(
        "INSERT INTO categories (slug, name_ko, name_en, art, glyph, position)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (slug) DO NOTHING RETURNING id",
        names.slug(),
        names.ko,
        names.en,
        art,
        glyph,
        position
    );
    let id = id.fetch_optional(connection).await?;
    Ok(id.map(CategoryId).ok_or_else(|| Refusal::field("name_ko", Reason::Taken))?)
}

/// Whether it was called otherwise before.
async fn rename(connection: &mut PgConnection, id: CategoryId, names: &CategoryNames) -> Result<bool> {
    let taken = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM categories WHERE name_ko = $2 AND id <> $1) AS "taken!""#,
        id.0,
        names.ko
    );
    if taken.fetch_one(&mut *connection).await? {
        return Err(Refusal::field("name_ko", Reason::Taken).into());
    }
    let written = sqlx::query!(
        "UPDATE categories SET name_ko = $2, name_en = $3
         WHERE id = $1 AND (name_ko, name_en) IS DISTINCT FROM ($2, $3)",
        id.0,
        names.ko,
        names.en
    );
    Ok(written.execute(connection).await?.rows_affected() > 0)
}

async fn reorder(connection: &mut PgConnection, order: &[CategoryId]) -> Result<()> {
    let ids: Vec<i64> = order.iter().map(|id| id.0).collect();
    let written = sqlx::query!(
        "UPDATE categories c SET position = u.position::smallint
         FROM unnest($1::bigint[]) WITH ORDINALITY AS u (id, position) WHERE c.id = u.id",
        &ids
    );
    expect_rows(written.execute(connection).await?.rows_affected(), ids.len(), "places of categories")
}

async fn set_retired(connection: &mut PgConnection, id: CategoryId, since: Option<Instant>) -> Result<()> {
    let written = sqlx::query!("UPDATE categories SET retired_at = $2 WHERE id = $1", id.0, since);
    expect_rows(written.execute(connection).await?.rows_affected(), 1, "a category")
}
