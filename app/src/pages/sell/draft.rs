//! What stands in the form at first, and how it is read.

use chrono::TimeDelta;
use market::{
    Instant, Money, SoftClose,
    opening::Draft,
    text,
    view::{Prefill, Region, SellPage},
};

use super::filling::Start;
use crate::{components::region_picker::Chosen, reply::Reply};

/// The form's fields as a draft.
pub fn read(field: &dyn Fn(&str) -> String) -> Draft {
    Draft {
        title: field("title"),
        description: field("description"),
        category: field("category"),
        condition: field("condition"),
        shipping: field("shipping"),
        pictures: field("pictures"),
        reach: field("reach"),
        region: field("region"),
        start_price: field("start_price"),
        increment: field("increment"),
        buy_now: field("buy_now"),
        reserve: field("reserve"),
        start: field("start"),
        starts_at: field("starts_at"),
        duration: field("duration"),
        ends_at: field("ends_at"),
        soft_close: field("soft_close"),
        soft_window: field("soft_window"),
        soft_extension: field("soft_extension"),
        soft_hard_stop: field("soft_hard_stop"),
        settlement: field("settlement"),
    }
}

/// What the form of opening begins with: what was refused just now, an auction that is listed again, what was
/// kept, else little. A refused form was kept, whole: its cookie may lack what is long.
pub fn first(page: SellPage, reply: Option<&Reply>) -> Start {
    let refused = reply.filter(|_| page.saved.is_none()).map(|reply| {
        let before = |name: &str| reply.field(name).unwrap_or_default();
        let draft = read(&before);
        let region = Chosen { code: draft.region.clone(), name: before("region_name") };
        (draft, region)
    });
    let prefilled = match reply {
        Some(_) => page.saved,
        None => page.again.or(page.saved),
    };
    let (draft, region) = refused
        .or_else(|| prefilled.map(prefill))
        .unwrap_or_else(|| (empty(page.home.as_ref(), page.now), chosen(page.home.clone())));
    Start { draft, region, home: page.home, categories: page.categories, opened: None, now: page.now }
}

/// A form that is filled in already.
pub fn prefill(form: Prefill) -> (Draft, Chosen) {
    (form.draft, chosen(form.region))
}

fn chosen(region: Option<Region>) -> Chosen {
    region.map(Chosen::from).unwrap_or_default()
}

/// Nothing is said of the thing's condition unasked. What is hidden behind another choice starts with what is
/// usual.
fn empty(home: Option<&Region>, now: Instant) -> Draft {
    let SoftClose { window, extension, hard_stop } = SoftClose::USUAL;
    Draft {
        region: home.map(|home| home.code.clone()).unwrap_or_default(),
        shipping: "seller".to_owned(),
        reach: "national".to_owned(),
        increment: "1000".to_owned(),
        start: "now".to_owned(),
        duration: "4320".to_owned(),
        ends_at: usual_end(now),
        soft_close: "usual".to_owned(),
        soft_window: window.to_string(),
        soft_extension: extension.to_string(),
        soft_hard_stop: hard_stop.to_string(),
        settlement: "on_close".to_owned(),
        ..Draft::default()
    }
}

/// In three days, at nine in the evening in Seoul: when people are at home.
fn usual_end(now: Instant) -> String {
    let then = text::local_input(now + TimeDelta::days(3));
    let day = then.split('T').next().unwrap_or_default();
    format!("{day}T21:00")
}

/// Where bids would begin, if that can be read.
pub fn start_price(draft: &Draft) -> Option<Money> {
    Money::parse(&draft.start_price).filter(|price| price.is_positive())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Instant {
        text::parse_local("2026-11-22T12:00").expect("a time")
    }

    fn page(saved: Option<Prefill>, again: Option<Prefill>) -> SellPage {
        SellPage { home: None, categories: Vec::new(), saved, again, now: now() }
    }

    #[expect(clippy::unnecessary_wraps, reason = "a page has one or none")]
    fn form(title: &str) -> Option<Prefill> {
        let draft = Draft { title: title.to_owned(), ..Draft::default() };
        Some(Prefill { draft, region: None, at: now() })
    }

    fn reply() -> Reply {
        let fields = vec![("title".to_owned(), "refused".to_owned())];
        Reply { form: "open_auction".into(), status: 422, answer: serde_json::Value::Null, fields }
    }

    #[test]
    fn what_the_form_starts_with_lacks_only_what_the_seller_alone_knows() {
        let draft = Draft {
            title: "라이카 M3".into(),
            category: "디지털".into(),
            condition: "A".into(),
            start_price: "300,000".into(),
            ..empty(None, now())
        };
        let opening = draft.check(now()).expect("sound");
        assert_eq!(opening.ends_at - opening.starts_at, TimeDelta::days(3));
        let own = Draft { soft_close: "own".into(), duration: "exact".into(), ..draft };
        let exact = own.check(now()).expect("sound");
        assert_eq!(exact.ends_at, text::parse_local("2026-11-25T21:00").expect("a time"));
        assert_eq!(exact.terms.soft_close, Some(SoftClose::USUAL));
    }

    #[test]
    fn a_usual_end_is_in_three_days_in_the_evening() {
        let late = text::parse_local("2026-11-29T23:50").expect("a time");
        assert_eq!(usual_end(late), "2026-12-02T21:00");
    }

    #[test]
    fn the_newest_words_stand_in_the_form() {
        let title = |page: SellPage, reply: Option<&Reply>| first(page, reply).draft.title;
        let (saved, again) = (form("saved"), form("again"));
        assert_eq!(title(page(None, None), None), "");
        assert_eq!(title(page(saved.clone(), None), None), "saved");
        assert_eq!(title(page(saved.clone(), again.clone()), None), "again");
        assert_eq!(title(page(saved, again.clone()), Some(&reply())), "saved");
        assert_eq!(title(page(None, again), Some(&reply())), "refused");
    }
}
