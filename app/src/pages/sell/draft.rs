//! What stands in the form at first, and how it is read.

use chrono::TimeDelta;
use market::{Instant, opening::Draft, text};

use crate::{api::SellBasis, components::region_picker::Chosen, reply::Reply};

/// The form's fields as a draft.
pub fn read(field: &dyn Fn(&str) -> String) -> Draft {
    Draft {
        title: field("title"),
        description: field("description"),
        category: field("category"),
        condition: field("condition"),
        shipping: field("shipping"),
        reach: field("reach"),
        region: field("region"),
        start_price: field("start_price"),
        increment: field("increment"),
        buy_now: field("buy_now"),
        reserve: field("reserve"),
        starts_at: field("starts_at"),
        ends_at: field("ends_at"),
        soft_close: field("soft_close"),
        settlement: field("settlement"),
    }
}

/// What was refused, else an empty form. Nothing is said of the thing's condition unasked.
pub fn first(page: &SellBasis, reply: Option<&Reply>) -> (Draft, Chosen) {
    let Some(reply) = reply else {
        let chosen = page.region.clone().map(Chosen::from).unwrap_or_default();
        return (empty(page.now, chosen.code.clone()), chosen);
    };
    let before = |name: &str| reply.field(name).unwrap_or_default();
    let draft = read(&before);
    let chosen = Chosen { code: draft.region.clone(), name: before("region_name") };
    (draft, chosen)
}

fn empty(now: Instant, region: String) -> Draft {
    Draft {
        region,
        shipping: "seller".to_owned(),
        reach: "national".to_owned(),
        increment: "1000".to_owned(),
        ends_at: usual_end(now),
        soft_close: "usual".to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auction_ends_in_three_days_in_the_evening() {
        let late = text::parse_local("2026-11-29T23:50").expect("a time");
        assert_eq!(usual_end(late), "2026-12-02T21:00");
    }

    #[test]
    fn what_the_form_starts_with_lacks_only_what_the_seller_alone_knows() {
        let now = text::parse_local("2026-11-22T12:00").expect("a time");
        let draft = Draft {
            title: "라이카 M3".into(),
            category: "디지털".into(),
            condition: "A".into(),
            start_price: "300,000".into(),
            ..empty(now, String::new())
        };
        assert!(draft.check(now).is_ok());
    }
}
