//! The statement as a file: CSV (RFC 4180) with a byte order mark, by which spreadsheets know UTF-8.

use app::{paths, server_side::Viewer};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use futures::{Stream, stream};
use market::{
    UserId,
    store::{Error, Market},
    text::{self, Language},
    view::{StatementFilter, StatementQuery, StatementRow},
};

use crate::{policy, state::AppState};

/// Rows that are read at a time: whoever has a million of them costs no more memory.
const AT_A_TIME: i64 = 1_000;

/// `GET /wallet/statement.csv`: all rows the filters let through, newest first, written while they are read.
pub async fn statement_file(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    headers: HeaderMap,
    Query(query): Query<StatementQuery>,
) -> Response {
    let Some((me, _)) = viewer.0 else {
        return Redirect::to(&paths::sign_in_then(paths::WALLET)).into_response();
    };
    let filter = StatementFilter { after: None, ..StatementFilter::read(&query) };
    let rows = rows(state.context.market, me.id, filter, policy::language_of(&headers));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"neighborbid-statement.csv\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (StatusCode::OK, headers, Body::from_stream(rows)).into_response()
}

enum Step {
    Head,
    Rows(StatementFilter),
    Over,
}

fn rows(
    market: Market,
    user: UserId,
    filter: StatementFilter,
    language: Language,
) -> impl Stream<Item = Result<Bytes, Error>> {
    stream::try_unfold(Step::Head, move |step| {
        let (market, first) = (market.clone(), filter.clone());
        async move {
            let mut filter = match step {
                Step::Head => return Ok(Some((head(language).into(), Step::Rows(first)))),
                Step::Rows(filter) => filter,
                Step::Over => return Ok(None),
            };
            let rows = market.statement(user, &filter, AT_A_TIME).await?;
            let Some(last) = rows.last() else { return Ok(None) };
            filter.after = Some(last.id);
            let is_last = i64::try_from(rows.len()).is_ok_and(|found| found < AT_A_TIME);
            let lines: String = rows.iter().map(line).collect();
            Ok(Some((lines.into(), if is_last { Step::Over } else { Step::Rows(filter) })))
        }
    })
}

fn head(language: Language) -> String {
    let columns = match language {
        Language::Ko => "번호,일시,종류,경매,제목,사용 가능,예치,잔액,예치 잔액",
        Language::En => "number,time,kind,auction,title,available,held,available after,held after",
    };
    format!("\u{feff}{columns}\r\n")
}

fn line(row: &StatementRow) -> String {
    let (auction, title) = match &row.auction {
        Some((id, title)) => (id.to_string(), quoted(title)),
        None => (String::new(), String::new()),
    };
    format!(
        "{},{},{},{auction},{title},{},{},{},{}\r\n",
        row.id,
        text::local_input(row.at),
        row.kind.as_str(),
        row.available.to_won(),
        row.held.to_won(),
        row.available_after.to_won(),
        row.held_after.to_won(),
    )
}

/// A title between quotation marks. Spreadsheets run what begins like a formula: an apostrophe in front keeps
/// it text (OWASP, *CSV Injection*).
fn quoted(title: &str) -> String {
    let guard = if title.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", title.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_can_neither_end_its_field_nor_run_as_a_formula() {
        assert_eq!(quoted("라이카 \"M3\", 필름"), "\"라이카 \"\"M3\"\", 필름\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
        assert_eq!(quoted("-10% 할인"), "\"'-10% 할인\"");
    }
}
