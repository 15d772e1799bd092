//! What one does in the panel: what is typed, what is asked back, what was answered. It outlives the forms,
//! which change with how one stands.

use leptos::{html, prelude::*};
use market::{Money, Refusal, bidding::Reply, opening::Reach, text, view::BidReceipt};

use super::{
    here::Here,
    offer::{self, Question},
    sheet::{Sheet, focus},
};
use crate::{
    api::{ApiError, BuyNow, PlaceBid},
    key::FormKey,
    reply::{self, reply_to},
};

/// The last answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It was accepted.
    Done(Reply),
    /// It was not.
    Refused(ApiError),
}

/// A bid that waits for a second yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// As typed.
    pub amount: Money,
    /// Whether it is a maximum.
    pub automatic: bool,
}

/// The panel's own state.
#[derive(Clone, Copy)]
pub struct Bidding {
    /// The auction.
    pub here: Here,
    /// The amount's field.
    pub field: NodeRef<html::Input>,
    /// Bids.
    pub bid: ServerAction<PlaceBid>,
    /// Purchases.
    pub buy: ServerAction<BuyNow>,
    /// Of the next bid.
    pub bid_key: FormKey,
    /// Of the next purchase.
    pub buy_key: FormKey,
    /// The amount as typed; `None` as long as it follows the next bid.
    pub typed: RwSignal<Option<String>>,
    /// Whether the amount is a maximum.
    pub automatic: RwSignal<bool>,
    /// What is asked back before it is sent.
    pub asked: RwSignal<Option<Asked>>,
    /// The last answer.
    pub answer: RwSignal<Option<Answer>>,
    sheet: Sheet,
}

impl Bidding {
    /// With the answer that a plain form has just got, if this page shows one.
    #[must_use]
    pub fn new(here: Here, sheet: Sheet) -> Self {
        let reply = reply_to("place_bid");
        let refused = reply.as_ref().filter(|reply| reply.status >= 400);
        let typed = refused.and_then(|reply| reply.field("amount"));
        let automatic = refused.and_then(|reply| reply.field("automatic"));
        let bidding = Self {
            here,
            sheet,
            field: NodeRef::new(),
            bid: ServerAction::new(),
            buy: ServerAction::new(),
            bid_key: FormKey::new(),
            buy_key: FormKey::new(),
            typed: RwSignal::new(typed),
            automatic: RwSignal::new(automatic.as_deref() == Some("true")),
            asked: RwSignal::new(None),
            answer: RwSignal::new(reply.or_else(|| reply_to("buy_now")).as_ref().and_then(answer_of)),
        };
        Effect::new(move |_| {
            if let Some(answer) = bidding.bid.value().get() {
                bidding.hear(answer, bidding.bid_key);
            }
        });
        Effect::new(move |_| {
            if let Some(answer) = bidding.buy.value().get() {
                bidding.hear(answer, bidding.buy_key);
            }
        });
        bidding.start_over_when_standing_turns();
        bidding
    }

    /// What was typed to lead says nothing about a maximum, and the other way round.
    fn start_over_when_standing_turns(self) {
        Effect::new(move |before: Option<bool>| {
            let leads = self.here.stand.get().leads();
            if before.is_some_and(|before| before != leads) {
                self.typed.set(None);
                self.asked.set(None);
                if untrack(|| self.refused()).is_some() {
                    self.answer.set(None);
                }
            }
            leads
        });
    }

    /// Something is on its way.
    #[must_use]
    pub fn pending(self) -> bool {
        self.bid.pending().get() || self.buy.pending().get()
    }

    /// What the field shows before anybody types: the leader's maximum, the next bid for everybody else.
    #[must_use]
    pub fn suggested(self) -> Money {
        let stand = self.here.stand.get();
        if stand.leads() {
            stand.maximum().unwrap_or_else(|| self.here.price())
        } else {
            self.here.next_bid.get()
        }
    }

    /// What the field shows.
    #[must_use]
    pub fn shown(self) -> String {
        self.typed.get().unwrap_or_else(|| text::digits(self.suggested()))
    }

    /// The amount in the field, if it is one.
    #[must_use]
    pub fn amount(self) -> Option<Money> {
        self.typed.with(|typed| match typed {
            Some(typed) => Money::parse(typed),
            None => Some(self.suggested()),
        })
    }

    /// So many steps more.
    pub fn raise(self, steps: i64) {
        let amount = untrack(|| {
            let base =
                self.amount().filter(|amount| amount.is_positive()).unwrap_or_else(|| self.suggested());
            self.here.about.with_value(|about| offer::raised(about, self.here.price(), base, steps))
        });
        self.typed.set(Some(text::digits(amount.min(Money::ceiling()))));
    }

    /// The first press: what the rules would surely refuse is refused at once, the rest is asked back.
    pub fn ask(self) {
        if untrack(|| self.pending()) {
            return;
        }
        let amount = untrack(|| self.amount());
        let automatic = self.automatic.get_untracked() || self.here.stand.get_untracked().leads();
        match (self.refusal(amount), amount) {
            (None, Some(amount)) => {
                self.answer.set(None);
                self.asked.set(Some(Asked { amount, automatic }));
            }
            (refusal, _) => {
                let refusal = refusal.unwrap_or(Refusal::InvalidAmount);
                self.answer.set(Some(Answer::Refused(refusal.into())));
            }
        }
    }

    /// Back from the question to the amount.
    pub fn retract(self) {
        self.asked.set(None);
        request_animation_frame(move || focus(self.field.try_get_untracked().flatten().as_deref()));
    }

    /// What is asked back about a bid, as the auction stands.
    #[must_use]
    pub fn question(self, asked: Asked) -> Question {
        let (price, stand) = (self.here.price(), self.here.stand.get());
        self.here
            .about
            .with_value(|about| offer::question(about, price, stand, asked.amount, asked.automatic))
    }

    /// The last answer's refusal, if it was one.
    #[must_use]
    pub fn refused(self) -> Option<Refusal> {
        self.answer.with(|answer| match answer {
            Some(Answer::Refused(error)) => error.refusal().cloned(),
            _ => None,
        })
    }

    fn refusal(self, amount: Option<Money>) -> Option<Refusal> {
        let stand = self.here.stand.get_untracked();
        self.here.state.with_untracked(|state| {
            self.here.about.with_value(|about| offer::refuse(about, state, stand, amount))
        })
    }

    fn hear(self, answer: Result<BidReceipt, ApiError>, key: FormKey) {
        key.answered(&answer);
        if self.asked.get_untracked().is_some() {
            // The button that had the focus goes.
            focus(self.sheet.panel.get_untracked().as_ref());
            self.asked.set(None);
        }
        match answer {
            Ok(receipt) => {
                self.typed.set(None);
                self.answer.set(Some(Answer::Done(receipt.reply)));
                self.here.take(receipt.state, receipt.mine);
            }
            Err(error) => {
                if self.here.reach == Reach::Neighbourhood || needs_reading(&error) {
                    self.here.reread();
                }
                self.answer.set(Some(Answer::Refused(error)));
            }
        }
    }
}

/// Whether the refusal says that the page is behind.
fn needs_reading(error: &ApiError) -> bool {
    matches!(
        error.refusal(),
        Some(
            Refusal::Ended
                | Refusal::NotStarted
                | Refusal::KeyReused
                | Refusal::NoSession
                | Refusal::SellerCannotBid
                | Refusal::SameMaximum
        )
    )
}

fn answer_of(reply: &reply::Reply) -> Option<Answer> {
    if let Some(error) = reply.error() {
        return Some(Answer::Refused(error));
    }
    let code = reply.answer.get("ok")?.as_str()?;
    Reply::from_name(code).map(Answer::Done)
}
