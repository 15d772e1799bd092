//! How the business goes, for staff: two statements over the last thirty days.

use chrono::TimeDelta;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::{Error, Market, Result, staff, wallets::money};
use crate::{
    Instant, UserId,
    view::{BusinessCharts, BusinessDay, Funnel, Share},
};

/// How many days are shown, today's included.
const DAYS: i32 = 30;
/// The most categories, and regions, that are shown.
const SHARES: i64 = 10;

impl Market {
    /// How the business goes.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff.
    pub async fn business_charts(&self, staff: UserId) -> Result<BusinessCharts> {
        let mut transaction = self.snapshot().await?;
        staff::require(&mut transaction, staff).await?;
        let now = self.clock(&mut transaction).await?;
        let days = days(&mut transaction, now).await?;
        let from = days.first().map_or(now - TimeDelta::days(DAYS.into()), |day| day.day);
        let (funnel, categories, regions) = shares(&mut transaction, from).await?;
        Ok(BusinessCharts { days, funnel, categories, regions, now })
    }
}

/// Each day in Seoul from its midnight, also those on which nothing happened.
async fn days(connection: &mut PgConnection, now: Instant) -> Result<Vec<BusinessDay>> {
    let rows = sqlx::query!(
        r#"WITH days AS (
               SELECT day AT TIME ZONE 'Asia/Seoul' AS day,
                      (day + interval '1 day') AT TIME ZONE 'Asia/Seoul' AS next
               FROM generate_series(date_trunc('day', $1::timestamptz AT TIME ZONE 'Asia/Seoul')
                                        - make_interval(days => $2 - 1),
                                    date_trunc('day', $1::timestamptz AT TIME ZONE 'Asia/Seoul'),
                                    interval '1 day') AS day)
           SELECT d.day AS "day!", b.bids AS "bids!", a.turnover AS "turnover!", a.ended AS "ended!",
                  a.sold AS "sold!"
           FROM days d,
                LATERAL (SELECT count(*) AS bids FROM bids WHERE at >= d.day AND at < d.next) b,
                LATERAL (SELECT coalesce(sum(price_paid), 0) AS turnover, count(winner_id) AS sold,
                                count(*) FILTER (WHERE status <> 'cancelled') AS ended
                         FROM auctions WHERE closed_at >= d.day AND closed_at < d.next) a
           ORDER BY d.day"#,
        now,
        DAYS
    );
    let rows = rows.fetch_all(connection).await?;
    rows.into_iter()
        .map(|row| {
            let turnover = money(row.turnover)?;
            Ok(BusinessDay { day: row.day, bids: row.bids, turnover, ended: row.ended, sold: row.sold })
        })
        .collect()
}

/// The funnel of what was opened since `from`, and whose turnover what ended since then was: one statement,
/// a row each.
async fn shares(connection: &mut PgConnection, from: Instant) -> Result<(Funnel, Vec<Share>, Vec<Share>)> {
    let rows = sqlx::query!(
        r#"WITH sold AS MATERIALIZED (
               SELECT category_id, left(region_code, 2) AS province, price_paid FROM auctions
               WHERE closed_at >= $1 AND winner_id IS NOT NULL)
           (SELECT 'category' AS "kind!", c.name_ko AS "name_ko?", c.name_en AS "name_en?",
                   count(*) AS "sold!", sum(s.price_paid) AS "turnover!", NULL::bigint AS opened,
                   NULL::bigint AS with_bids, NULL::bigint AS settled
            FROM sold s JOIN categories c ON c.id = s.category_id
            GROUP BY c.id ORDER BY 5 DESC, c.id LIMIT $2)
           UNION ALL
           (SELECT 'region', r.name, r.name, count(*), sum(s.price_paid), NULL, NULL, NULL
            FROM sold s JOIN regions r ON r.code = s.province
            GROUP BY r.code ORDER BY 5 DESC, r.code LIMIT $2)
           UNION ALL
           SELECT 'funnel', NULL, NULL, count(winner_id), 0, count(*),
                  count(*) FILTER (WHERE bid_count > 0 OR winner_id IS NOT NULL),
                  count(*) FILTER (WHERE status = 'settled')
           FROM auctions WHERE opened_at >= $1"#,
        from,
        SHARES
    );
    let mut funnel = Funnel { opened: 0, with_bids: 0, sold: 0, settled: 0 };
    let (mut categories, mut regions) = (Vec::new(), Vec::new());
    for row in rows.fetch_all(connection).await? {
        if let (Some(opened), Some(with_bids), Some(settled)) = (row.opened, row.with_bids, row.settled) {
            funnel = Funnel { opened, with_bids, sold: row.sold, settled };
            continue;
        }
        let share = share(row.name_ko, row.name_en, row.sold, row.turnover)?;
        if row.kind == "category" { categories.push(share) } else { regions.push(share) }
    }
    Ok((funnel, categories, regions))
}

fn share(name_ko: Option<String>, name_en: Option<String>, sold: i64, turnover: Decimal) -> Result<Share> {
    let names = name_ko.zip(name_en).ok_or_else(|| Error::Broken("a share without a name".to_owned()))?;
    Ok(Share { name_ko: names.0, name_en: names.1, sold, turnover: money(turnover)? })
}
