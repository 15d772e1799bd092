//! Everything the books hold about a person, as one JSON file for himself.

use app::{paths, server_side::Viewer};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use futures::{Stream, stream};
use market::{
    UserId,
    store::{
        Error, Market,
        my_data::{DataPage, DataPart},
    },
};

use crate::state::AppState;

/// `GET /api/my_data`: written while it is read, page by page. When the books fail in the middle the
/// connection breaks, so that nobody takes half of a file for all of it.
pub async fn my_data(State(state): State<AppState>, Extension(viewer): Extension<Viewer>) -> Response {
    let Some((me, _)) = viewer.0 else {
        return Redirect::to(&paths::sign_in_then(paths::SETTINGS)).into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"neighborbid-my-data.json\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    (StatusCode::OK, headers, Body::from_stream(file(state.context.market, me.id))).into_response()
}

/// Where the file stands: in a part, behind a row.
#[derive(Clone, Copy)]
struct Place {
    part: usize,
    after: i64,
}

/// `{"account":[…],"sessions":[…],…}`
fn file(market: Market, user: UserId) -> impl Stream<Item = Result<Bytes, Error>> {
    stream::try_unfold(Place { part: 0, after: 0 }, move |place| {
        let market = market.clone();
        async move {
            let Some(part) = DataPart::ALL.get(place.part) else { return Ok(None) };
            let page = market.my_data(user, *part, place.after).await?;
            let is_last = place.part + 1 == DataPart::ALL.len();
            let text = piece(*part, place, &page, is_last);
            let next = match page.next {
                Some(after) => Place { after, ..place },
                None => Place { part: place.part + 1, after: 0 },
            };
            Ok(Some((text.into(), next)))
        }
    })
}

/// A page of a part, with what stands around and between.
fn piece(part: DataPart, place: Place, page: &DataPage, is_last: bool) -> String {
    let rows = page.rows.join(",\n");
    let before = match place {
        Place { part: 0, after: 0 } => format!("{{\"{}\":[\n", part.as_str()),
        Place { after: 0, .. } => format!(",\n\"{}\":[\n", part.as_str()),
        Place { .. } if rows.is_empty() => String::new(),
        Place { .. } => ",\n".to_owned(),
    };
    let after = match page.next {
        Some(_) => "",
        None if is_last => "]}\n",
        None => "]",
    };
    format!("{before}{rows}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_parts_make_one_json() {
        let page =
            |rows: &[&str], next| DataPage { rows: rows.iter().map(|&row| row.to_owned()).collect(), next };
        let text = [
            piece(DataPart::Account, Place { part: 0, after: 0 }, &page(&["{\"a\":1}"], None), false),
            piece(DataPart::Bids, Place { part: 1, after: 0 }, &page(&["1", "2"], Some(2)), false),
            piece(DataPart::Bids, Place { part: 1, after: 2 }, &page(&["3"], Some(3)), false),
            piece(DataPart::Bids, Place { part: 1, after: 3 }, &page(&[], None), false),
            piece(DataPart::Reports, Place { part: 2, after: 0 }, &page(&[], None), true),
        ]
        .concat();
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json, serde_json::json!({ "account": [{ "a": 1 }], "bids": [1, 2, 3], "reports": [] }));
    }
}
