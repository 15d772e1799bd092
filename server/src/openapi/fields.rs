//! What is sent: the names come from the server functions, their meaning from here. Everything is text as in
//! a form; what cannot be read is refused with its reason.

use serde_json::{Map, Value, json};

use super::Operation;

/// What a field is, in Korean and in English, and an example of it.
struct About(&'static str, &'static str, &'static str);

/// Of a reader: in the address.
pub(super) fn parameters(operation: &Operation) -> Value {
    let parameters = (operation.fields)().into_iter().map(|name| {
        let about = about(operation, &name);
        json!({
            "name": name,
            "in": "query",
            "description": about.1,
            "x-description-ko": about.0,
            "schema": text(&about),
        })
    });
    parameters.collect()
}

/// Of what changes something: as a form. Nothing is required of the form itself, so that an answer can say
/// what is wrong with each field.
pub(super) fn body(operation: &Operation) -> Value {
    let mut properties = Map::new();
    for name in (operation.fields)() {
        let about = about(operation, &name);
        let mut schema = text(&about);
        schema["description"] = about.1.into();
        schema["x-description-ko"] = about.0.into();
        properties.insert(name, schema);
    }
    let schema = json!({ "type": "object", "properties": properties });
    json!({ "content": { "application/x-www-form-urlencoded": { "schema": schema } } })
}

/// A form with a file.
pub(super) fn file() -> Value {
    let picture = json!({
        "type": "string",
        "format": "binary",
        "description": "JPEG, PNG or WebP, at most 10 MB.",
        "x-description-ko": "JPEG, PNG, WebP 파일 하나, 10MB까지.",
    });
    let schema = json!({ "type": "object", "properties": { "picture": picture }, "required": ["picture"] });
    json!({ "required": true, "content": { "multipart/form-data": { "schema": schema } } })
}

fn text(about: &About) -> Value {
    let mut schema = json!({ "type": "string" });
    if !about.2.is_empty() {
        schema["examples"] = json!([about.2]);
    }
    schema
}

/// What a field means in an operation; a test finds one without words.
fn about(operation: &Operation, name: &str) -> About {
    let field = name.strip_prefix("query[").and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    match (operation.name(), field) {
        ("list" | "save_search", field) => search(field),
        ("wallet", field) => statement(field),
        ("seller", "id") => About("이웃의 번호.", "A person's id.", "1"),
        ("bids_before", "number") => {
            About("이 번호보다 앞선 입찰.", "Bids before the one with this number.", "20")
        }
        ("find_regions", "typed") => {
            About("찾는 이름이나 초성.", "A name, or its leading consonants.", "망원")
        }
        ("seller" | "mine" | "inbox", field) => shelf(operation.name(), field),
        ("answer", "answer") => About("답.", "The answer.", "네, 있어요."),
        ("add_to_auction", "addition") => About("덧붙일 내용.", "The note.", "충전기도 드려요."),
        ("hand_over", "note") => About("송장 번호나 메모.", "The parcel's number, or a note.", "1234-5678"),
        ("open_auction" | "edit_auction" | "add_to_auction", field) if goods(field).is_some() => {
            goods(field).unwrap_or(NOTHING)
        }
        (_, field) => common(field),
    }
}

const NOTHING: About = About("", "", "");

fn common(field: &str) -> About {
    match field {
        "auction_id" | "id" => About("경매 번호.", "An auction's id.", "1"),
        "question_id" => About("질문 번호.", "A question's id.", "1"),
        "search_id" => About("저장한 검색의 번호.", "A kept search's id.", "1"),
        "from" => About("다시 열 내 경매. 비우면 없음.", "An auction of mine to list again, or empty.", ""),
        "key" => About(
            "한 번만 처리하게 하는 값, 1–100자.",
            "Does it once: 1–100 printable ASCII.",
            "my-program-1",
        ),
        "amount" => About("금액(원).", "An amount in won.", "12000"),
        "price" => {
            About("화면에서 본 즉시 구매가. 더 비싸면 거절해요.", "The price seen; the most to pay.", "50000")
        }
        "automatic" => {
            About("true면 금액을 한도로 자동 입찰해요.", "true: the amount is a maximum.", "false")
        }
        "accept_buy_now" => {
            About("즉시 구매가에 닿아도 좋으면 true.", "true: reaching the buy-now price buys.", "false")
        }
        "watching" => About("true면 켜고 아니면 꺼요.", "true: watch; else no longer.", "true"),
        _ => NOTHING,
    }
}

fn shelf(operation: &str, field: &str) -> About {
    match (operation, field) {
        (_, "after") => About("앞 쪽의 next.", "The page before's next.", ""),
        ("mine", "shelf") => About(
            "leading · outbid · won …",
            "leading, outbid, won, lost, watching, selling or sold.",
            "leading",
        ),
        ("seller", "shelf") => {
            About("all · running · sold …", "all, running, sold, selling or buying.", "all")
        }
        ("inbox", "group") => About("소식의 갈래.", "A group of notices, or empty.", ""),
        _ => NOTHING,
    }
}

fn search(field: &str) -> About {
    match field {
        "q" => About("찾는 말.", "Words.", "카메라"),
        "region" => About("지역 코드, 또는 all.", "A region's code, or all.", "all"),
        "category" => About("분류의 slug.", "A category's slug.", ""),
        "min_price" => About("최저가(원).", "From this price, in won.", ""),
        "max_price" => About("최고가(원).", "Up to this price, in won.", ""),
        "condition" => About("new · S · A · B · C", "new, S, A, B or C.", ""),
        "reach" => About("national · neighbourhood", "national or neighbourhood.", ""),
        "status" => About("running · scheduled · ended", "running, scheduled or ended.", "running"),
        "sort" => {
            About("ending_soon · new …", "ending_soon, new, price_up, price_down, most_bids or near.", "new")
        }
        "after" => About("앞 쪽의 next.", "The page before's next.", ""),
        other => common(other),
    }
}

fn statement(field: &str) -> About {
    match field {
        "kind" => About("내역의 종류.", "A kind of ledger rows.", ""),
        "from" => About("이날부터 (YYYY-MM-DD).", "From this day in Seoul (YYYY-MM-DD).", ""),
        "to" => About("이날까지 (YYYY-MM-DD).", "To this day in Seoul (YYYY-MM-DD).", ""),
        "auction" => About("경매 번호.", "An auction's id.", ""),
        "after" => About("앞 쪽의 next.", "The page before's next.", ""),
        _ => NOTHING,
    }
}

/// The form of selling.
fn goods(field: &str) -> Option<About> {
    Some(match field {
        "title" => About("제목, 1–100자.", "The title, 1–100 characters.", "캠핑 의자"),
        "description" => About("설명.", "Free text.", "두 번 썼어요."),
        "category" => About("분류의 slug.", "A category's slug.", "기타"),
        "condition" => About("new · S · A · B · C", "new, S, A, B or C.", "A"),
        "shipping" => About("seller · buyer", "Who pays for shipping: seller or buyer.", "seller"),
        "pictures" => About("사진 이름들, 쉼표로.", "Names of pictures, with commas between them.", ""),
        "reach" => About("national · neighbourhood", "national or neighbourhood.", "national"),
        "region" => About("지역 코드. 비우면 내 동네.", "A region's code; empty: mine.", ""),
        "start_price" => About("시작가(원).", "Where bids begin, in won.", "10000"),
        "increment" => About("단위(원), 또는 ladder.", "The unit in won, ladder, or its bands.", "1000"),
        "buy_now" => About("즉시 구매가(원), 없으면 비워요.", "The purchase price in won, or empty.", ""),
        "reserve" => About("숨은 최저가(원), 없으면 비워요.", "The hidden reserve in won, or empty.", ""),
        "start" => About("now · scheduled", "now or scheduled.", "now"),
        "starts_at" => About("시작 (서울, YYYY-MM-DDTHH:MM).", "When it starts, in Seoul.", ""),
        "duration" => About("길이(분), 또는 exact.", "How long in minutes, or exact.", "1440"),
        "ends_at" => About("마감 (서울, YYYY-MM-DDTHH:MM).", "When it ends, in Seoul.", ""),
        "soft_close" => About("usual · live_show · none · own", "usual, live_show, none or own.", "usual"),
        "soft_window" | "soft_extension" | "soft_hard_stop" => {
            About("own일 때, 초.", "Of an own soft close, in seconds.", "")
        }
        "settlement" => About("on_close · on_handover", "on_close or on_handover.", "on_close"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::OPERATIONS;

    #[test]
    fn every_field_has_its_words() {
        for operation in OPERATIONS.iter() {
            for name in (operation.fields)() {
                let About(korean, english, _) = about(operation, &name);
                let file = name == "picture";
                assert!(file || !(korean.is_empty() || english.is_empty()), "{} {name}", operation.path);
            }
        }
    }
}
