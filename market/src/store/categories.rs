//! Categories: a set that ships with the project; what staff change of it: [`super::category_acts`].

use serde::Deserialize;
use sqlx::PgConnection;

use super::{Error, Market, Result};
use crate::{CategoryId, view::Category};

/// A category that an auction is filed under.
pub(super) struct Found {
    pub id: CategoryId,
    pub art: String,
    /// Its names, searched together with the title.
    pub names: String,
    /// It takes no new auctions.
    pub retired: bool,
}

pub(super) async fn find(connection: &mut PgConnection, slug: &str) -> Result<Option<Found>> {
    let row =
        sqlx::query!("SELECT id, art, name_ko, name_en, retired_at FROM categories WHERE slug = $1", slug);
    let row = row.fetch_optional(connection).await?;
    Ok(row.map(|row| Found {
        id: CategoryId(row.id),
        art: row.art,
        names: format!("{} {}", row.name_ko, row.name_en),
        retired: row.retired_at.is_some(),
    }))
}

impl Market {
    /// All categories, in the order of the menu.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn categories(&self) -> Result<Vec<Category>> {
        self.categories_of(true).await
    }

    /// Those that take new auctions, in the order of the menu.
    pub(super) async fn open_categories(&self) -> Result<Vec<Category>> {
        self.categories_of(false).await
    }

    async fn categories_of(&self, retired: bool) -> Result<Vec<Category>> {
        let rows = sqlx::query!(
            "SELECT id, slug, name_ko, name_en, art, glyph FROM categories
             WHERE $1 OR retired_at IS NULL ORDER BY position, id",
            retired
        );
        let rows = rows.fetch_all(&mut *self.connection().await?).await?;
        let category = |(id, slug, name_ko, name_en, art, glyph)| Category {
            id: CategoryId(id),
            slug,
            name_ko,
            name_en,
            art,
            glyph,
        };
        Ok(rows
            .into_iter()
            .map(|row| category((row.id, row.slug, row.name_ko, row.name_en, row.art, row.glyph)))
            .collect())
    }
}

#[derive(Deserialize)]
struct Shipped {
    slug: String,
    name_ko: String,
    name_en: String,
    icon: String,
    glyph: String,
}

/// Writes the shipped categories; those that are there already stay as staff left them.
pub(super) async fn seed(market: &Market) -> Result<()> {
    let shipped: Vec<Shipped> = serde_json::from_str(include_str!("../../data/categories.json"))
        .map_err(|error| Error::Broken(format!("categories.json: {error}")))?;
    let column = |value: fn(&Shipped) -> &String| -> Vec<String> {
        shipped.iter().map(|category| value(category).clone()).collect()
    };
    sqlx::query!(
        "INSERT INTO categories (slug, name_ko, name_en, art, glyph, position)
         SELECT u.slug, u.name_ko, u.name_en, u.art, u.glyph, u.position
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
              AS u (slug, name_ko, name_en, art, glyph, position)
         ORDER BY u.position
         ON CONFLICT (slug) DO NOTHING",
        &column(|category| &category.slug),
        &column(|category| &category.name_ko),
        &column(|category| &category.name_en),
        &column(|category| &category.icon),
        &column(|category| &category.glyph),
    )
    .execute(&mut *market.connection().await?)
    .await?;
    Ok(())
}
