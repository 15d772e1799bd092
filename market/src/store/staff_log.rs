//! The log of what staff do, as they read it; and what waits for them.

use sqlx::PgConnection;

use super::{Error, Market, Result};
use crate::{
    AuctionId, Instant, UserId,
    staff::ActKind,
    view::{LogPage, LogRow, Neighbour, StaffHome},
};

/// Acts on a page of the log.
const PAGE: usize = 50;
/// Acts where they stand beside something else.
const FEW: usize = 10;

/// Which acts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Acts {
    /// All, or those of a sort, before a number.
    Log(Option<ActKind>, Option<i64>),
    /// The newest.
    Newest,
    /// The newest that concern somebody.
    Of(UserId),
    /// The newest about an auction.
    About(AuctionId),
}

impl Market {
    /// The log, newest first: acts of the sort `act` or all, those before the number `before`.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff.
    pub async fn staff_log(
        &self,
        staff: UserId,
        act: Option<ActKind>,
        before: Option<i64>,
    ) -> Result<LogPage> {
        let mut connection = self.connection().await?;
        self.enter(&mut connection, staff).await?;
        let mut rows = acts(&mut connection, Acts::Log(act, before)).await?;
        let next = cut(&mut rows, PAGE, |row| row.id);
        Ok(LogPage { rows, act, next })
    }

    /// What waits for staff, and what they did last.
    ///
    /// # Errors
    /// `not_yours` for everybody but staff.
    pub async fn staff_home(&self, staff: UserId) -> Result<StaffHome> {
        let mut connection = self.connection().await?;
        self.enter(&mut connection, staff).await?;
        let counts = sqlx::query!(
            r#"SELECT (SELECT count(*) FROM reports WHERE resolved_at IS NULL) AS "open_reports!",
                      (SELECT count(*) FROM auctions WHERE status = 'disputed') AS "open_disputes!",
                      (SELECT count(*) FROM users WHERE suspended_at IS NOT NULL) AS "suspended!",
                      (SELECT count(*) FROM auctions WHERE status = 'live') AS "live_auctions!",
                      (SELECT count(*) FROM questions WHERE hidden_at IS NOT NULL) AS "hidden_questions!""#
        );
        let counts = counts.fetch_one(&mut *connection).await?;
        Ok(StaffHome {
            open_reports: counts.open_reports,
            open_disputes: counts.open_disputes,
            suspended: counts.suspended,
            live_auctions: counts.live_auctions,
            hidden_questions: counts.hidden_questions,
            acts: acts(&mut connection, Acts::Newest).await?,
        })
    }
}

/// Cuts `rows`, of which one more was read than is shown; the number behind which the next page begins, if
/// there is one.
pub(super) fn cut<T>(rows: &mut Vec<T>, shown: usize, number: impl Fn(&T) -> i64) -> Option<i64> {
    let more = rows.len() > shown;
    rows.truncate(shown);
    rows.last().filter(|_| more).map(number)
}

/// The columns as they come.
struct Row {
    id: i64,
    act: String,
    detail: String,
    reason: String,
    at: Instant,
    staff_id: i64,
    staff: String,
    staff_left: bool,
    auction_id: Option<i64>,
    title: Option<String>,
    user_id: Option<i64>,
    nickname: Option<String>,
    user_left: Option<bool>,
    name_ko: Option<String>,
    name_en: Option<String>,
}

impl TryFrom<Row> for LogRow {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let act = ActKind::from_name(&row.act).ok_or_else(|| Error::Broken(format!("act {}", row.act)))?;
        let user = row.user_id.zip(row.nickname).zip(row.user_left);
        let user = user.map(|((id, nickname), has_left)| Neighbour { id: UserId(id), nickname, has_left });
        Ok(Self {
            id: row.id,
            staff: Neighbour { id: UserId(row.staff_id), nickname: row.staff, has_left: row.staff_left },
            act,
            auction: row.auction_id.map(AuctionId).zip(row.title),
            user,
            category: row.name_ko.zip(row.name_en),
            detail: row.detail,
            reason: row.reason,
            at: row.at,
        })
    }
}

/// Acts, newest first; of the log one more than a page shows.
pub(super) async fn acts(connection: &mut PgConnection, which: Acts) -> Result<Vec<LogRow>> {
    let (mut act, mut before, mut user, mut auction) = (None, None, None, None);
    match which {
        Acts::Log(kind, number) => (act, before) = (kind, number),
        Acts::Of(of) => user = Some(of.0),
        Acts::About(about) => auction = Some(about.0),
        Acts::Newest => {}
    }
    let limit = if matches!(which, Acts::Log(..)) { PAGE + 1 } else { FEW };
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT x.id AS "id!", x.act AS "act!", x.detail AS "detail!", x.reason AS "reason!", x.at AS "at!",
                  s.id AS staff_id, s.nickname AS staff, s.closed_at IS NOT NULL AS "staff_left!",
                  x.auction_id, a.title AS "title?", x.user_id, u.nickname AS "nickname?",
                  u.closed_at IS NOT NULL AS user_left, c.name_ko AS "name_ko?", c.name_en AS "name_en?"
           FROM ((SELECT * FROM staff_acts
                  WHERE $2::text IS NULL AND $3::bigint IS NULL AND $4::bigint IS NULL AND id < $1
                  ORDER BY id DESC LIMIT $5)
                 UNION ALL
                 (SELECT * FROM staff_acts WHERE act = $2 AND id < $1 ORDER BY id DESC LIMIT $5)
                 UNION ALL
                 (SELECT * FROM staff_acts WHERE user_id = $3 ORDER BY id DESC LIMIT $5)
                 UNION ALL
                 (SELECT * FROM staff_acts WHERE auction_id = $4 ORDER BY id DESC LIMIT $5)) x
                JOIN users s ON s.id = x.staff_id LEFT JOIN users u ON u.id = x.user_id
                LEFT JOIN auctions a ON a.id = x.auction_id LEFT JOIN categories c ON c.id = x.category_id
           ORDER BY x.id DESC"#,
        before.unwrap_or(i64::MAX),
        act.map(ActKind::as_str),
        user,
        auction,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    rows.fetch_all(connection).await?.into_iter().map(LogRow::try_from).collect()
}
