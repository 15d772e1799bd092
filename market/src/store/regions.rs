//! The real regions, and finding one by typing.
//!
//! Source: National Geographic Information Institute of Korea, base date 2023-09-15 (open public data).

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::{Error, Market, Result};
use crate::{search, view::Region};

/// How many suggestions a search shows.
const SUGGESTED: i64 = 12;

impl Market {
    /// The regions that match what was typed, the larger ones first. Every word must be in the full name, or
    /// the typed leading consonants (초성) in it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_regions(&self, typed: &str) -> Result<Vec<Region>> {
        let typed: String = typed.chars().take(60).collect();
        let leads = search::is_leads(&typed).then(|| search::fold(&typed));
        let grams = if leads.is_some() { Vec::new() } else { search::bigrams(&typed) };
        let words = search::fold(&typed);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let last = words.rsplit(' ').next().unwrap_or_default().to_owned();
        let rows = sqlx::query_as!(
            Region,
            r#"SELECT code, name, full_name FROM regions
               WHERE ($1::text IS NOT NULL AND strpos(leads, $1) > 0)
                  OR ($1::text IS NULL AND cardinality($2::text[]) > 0 AND grams @> $2)
                  OR ($1::text IS NULL AND cardinality($2::text[]) = 1 AND strpos(name, $3) = 1)
               ORDER BY (name = $3) DESC, (strpos(name, $3) = 1) DESC, depth, code LIMIT $4"#,
            leads,
            &grams,
            last,
            SUGGESTED
        );
        Ok(rows.fetch_all(&mut *self.connection().await?).await?)
    }

    /// The region of that code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn region(&self, code: &str) -> Result<Option<Region>> {
        let row = sqlx::query_as!(Region, "SELECT code, name, full_name FROM regions WHERE code = $1", code);
        Ok(row.fetch_optional(&mut *self.connection().await?).await?)
    }
}

/// The columns of the shipped file, ready to be inserted.
#[derive(Default)]
struct Columns {
    codes: Vec<String>,
    parents: Vec<Option<String>>,
    depths: Vec<i16>,
    names: Vec<String>,
    full_names: Vec<String>,
    latitudes: Vec<Decimal>,
    longitudes: Vec<Decimal>,
    grams: Vec<String>,
    leads: Vec<String>,
}

/// Writes the shipped regions once; parents stand before their children in the file.
pub(super) async fn seed(market: &Market) -> Result<()> {
    let mut connection = market.connection().await?;
    let known = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM regions"#);
    let columns = columns(include_str!("../../data/regions.csv"))?;
    if usize::try_from(known.fetch_one(&mut *connection).await?)
        .is_ok_and(|known| known >= columns.codes.len())
    {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO regions (code, parent, depth, name, full_name, latitude, longitude, grams, leads)
         SELECT u.code, u.parent, u.depth, u.name, u.full_name, u.latitude, u.longitude,
                string_to_array(u.grams, ' '), u.leads
         FROM unnest($1::text[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::numeric[],
                     $7::numeric[], $8::text[], $9::text[])
              AS u (code, parent, depth, name, full_name, latitude, longitude, grams, leads)
         ORDER BY u.depth, u.code
         ON CONFLICT (code) DO NOTHING",
        &columns.codes,
        &columns.parents as &[Option<String>],
        &columns.depths,
        &columns.names,
        &columns.full_names,
        &columns.latitudes,
        &columns.longitudes,
        &columns.grams,
        &columns.leads,
    )
    .execute(&mut *connection)
    .await?;
    Ok(())
}

fn columns(csv: &str) -> Result<Columns> {
    let broken = |line: &str| Error::Broken(format!("regions.csv: {line}"));
    let mut columns = Columns::default();
    let mut full_names: HashMap<&str, String> = HashMap::new();
    for line in csv.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.trim_end().split(',').collect();
        let &[code, parent, depth, name, latitude, longitude] = fields.as_slice() else {
            return Err(broken(line));
        };
        let full_name = match full_names.get(parent) {
            Some(above) => format!("{above} {name}"),
            None if parent.is_empty() => name.to_owned(),
            None => return Err(broken(line)),
        };
        columns.codes.push(code.to_owned());
        columns.parents.push(Some(parent.to_owned()).filter(|parent| !parent.is_empty()));
        columns.depths.push(depth.parse().map_err(|_| broken(line))?);
        columns.names.push(name.to_owned());
        columns.latitudes.push(latitude.parse().map_err(|_| broken(line))?);
        columns.longitudes.push(longitude.parse().map_err(|_| broken(line))?);
        columns.grams.push(search::bigrams(&full_name).join(" "));
        columns.leads.push(search::leads(&full_name));
        columns.full_names.push(full_name.clone());
        full_names.insert(code, full_name);
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    #[test]
    fn all_regions_of_the_country_ship() {
        let columns = super::columns(include_str!("../../data/regions.csv")).expect("sound");
        assert_eq!(columns.codes.len(), 5_295);
        assert!(columns.full_names.iter().any(|name| name == "서울특별시 마포구 망원동"));
    }
}
