//! The form written by us: for an auction that is there, and as it is kept between two visits.

use super::{DESCRIPTION_MAX, Draft, OFFERED_MINUTES, Opening, TITLE_MAX, notation};
use crate::{Instant, Money, PictureId, Settlement, SoftClose, text, view::MOST_PICTURES};

/// An auction as the form would say it; its end exactly.
impl From<&Opening> for Draft {
    fn from(opening: &Opening) -> Self {
        let Opening { listing, pictures, terms, starts_at, ends_at } = opening;
        let amount = |amount: Option<Money>| amount.map(text::digits).unwrap_or_default();
        let seconds = |value: fn(SoftClose) -> i64| {
            terms.soft_close.map(|soft| value(soft).to_string()).unwrap_or_default()
        };
        let pictures: Vec<&str> = pictures.iter().map(PictureId::as_str).collect();
        Self {
            title: listing.title.clone(),
            description: listing.description.clone(),
            category: listing.category.clone(),
            condition: listing.condition.as_str().to_owned(),
            shipping: listing.shipping.as_str().to_owned(),
            pictures: pictures.join(","),
            reach: listing.reach.as_str().to_owned(),
            region: listing.region.clone().unwrap_or_default(),
            start_price: text::digits(terms.start_price),
            increment: notation::increment_text(&terms.increment),
            buy_now: amount(terms.buy_now),
            reserve: amount(terms.reserve),
            start: "scheduled".to_owned(),
            starts_at: text::local_input(*starts_at),
            duration: "exact".to_owned(),
            ends_at: text::local_input(*ends_at),
            soft_close: notation::soft_close_name(terms.soft_close).to_owned(),
            soft_window: seconds(|soft| soft.window),
            soft_extension: seconds(|soft| soft.extension),
            soft_hard_stop: seconds(|soft| soft.hard_stop),
            settlement: match terms.settlement {
                Settlement::OnClose => "on_close",
                Settlement::OnHandover => "on_handover",
            }
            .to_owned(),
        }
    }
}

impl Draft {
    /// An auction as the form would list it again: from now on, and as long as it was.
    #[must_use]
    pub fn again(opening: &Opening, now: Instant) -> Self {
        let again = opening.again(now);
        let minutes = (again.ends_at - again.starts_at).num_minutes();
        let offered = OFFERED_MINUTES.contains(&minutes);
        Self {
            start: "now".to_owned(),
            starts_at: String::new(),
            duration: if offered { minutes.to_string() } else { "exact".to_owned() },
            ..Self::from(&again)
        }
    }

    /// The draft as it is kept between two visits: without what no field can hold.
    #[must_use]
    pub fn kept(&self) -> Self {
        let cut = |text: &String, most: usize| -> String { text::clean(text).chars().take(most).collect() };
        let word = |text: &String| cut(text, 100);
        Self {
            title: cut(&self.title, TITLE_MAX),
            description: cut(&self.description, DESCRIPTION_MAX),
            category: word(&self.category),
            condition: word(&self.condition),
            shipping: word(&self.shipping),
            // A name has 64 digits and its comma.
            pictures: cut(&self.pictures, MOST_PICTURES * 65),
            reach: word(&self.reach),
            region: word(&self.region),
            start_price: word(&self.start_price),
            increment: cut(&self.increment, 600),
            buy_now: word(&self.buy_now),
            reserve: word(&self.reserve),
            start: word(&self.start),
            starts_at: word(&self.starts_at),
            duration: word(&self.duration),
            ends_at: word(&self.ends_at),
            soft_close: word(&self.soft_close),
            soft_window: word(&self.soft_window),
            soft_extension: word(&self.soft_extension),
            soft_hard_stop: word(&self.soft_hard_stop),
            settlement: word(&self.settlement),
        }
    }
}
