//! What a row of mine says: how it stands, what the sum is, and what I can do next. All of it follows from
//! the card and the phase.

use market::{
    Money,
    auction::StatusCode,
    live::Phase,
    opening::Reach,
    view::{Card, MyTrade, Standing},
};

use crate::{language::won, paths};

/// A small word with a state.
pub struct Tag {
    /// Its tone's class.
    pub tone: &'static str,
    /// Its icon, if any.
    pub icon: &'static str,
    /// Its words.
    pub text: String,
}

impl Tag {
    fn new(tone: &'static str, icon: &'static str, text: &str) -> Self {
        Self { tone, icon, text: text.to_owned() }
    }
}

/// The next step: a button that leads to where it is taken.
pub struct Step {
    /// The button's class.
    pub class: &'static str,
    /// Its words.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// The row's tags: its state first, then where it is shown, as long as it runs.
pub fn tags(card: &Card, phase: Phase) -> Vec<Tag> {
    let mut tags: Vec<Tag> = state(card, phase).into_iter().collect();
    if !matches!(phase, Phase::Over(_)) {
        tags.push(match card.reach {
            Reach::National if phase == Phase::Running => Tag::new("", "", tr!(common.national_live)),
            Reach::National => Tag::new("", "", tr!(mine.tag.national)),
            Reach::Neighbourhood => Tag::new("", "pin", &card.region),
        });
        if card.standing == Standing::Seller && card.bid_count == 0 && phase == Phase::Running {
            tags.push(Tag::new("is-line", "", tr!(mine.tag.no_bids)));
        }
    }
    tags
}

fn state(card: &Card, phase: Phase) -> Option<Tag> {
    let tag = match (card.standing, phase) {
        (_, Phase::Scheduled) => Tag::new("", "clock", tr!(mine.tag.scheduled)),
        (_, Phase::Closing) => Tag::new("is-moving", "clock", tr!(mine.closing)),
        (Standing::Leading { .. }, Phase::Running) => {
            Tag::new("is-leading", "lead", tr!(common.standing.leading))
        }
        (Standing::Outbid, Phase::Running) => Tag::new("is-outbid", "outbid", tr!(common.standing.outbid)),
        (_, Phase::Running) => return None,
        (Standing::Won { .. }, Phase::Over(status)) => bought(status),
        (Standing::Seller, Phase::Over(status)) => sold(status),
        (_, Phase::Over(status)) => over(status),
    };
    Some(tag)
}

fn bought(status: StatusCode) -> Tag {
    match status {
        StatusCode::Sold => Tag::new("is-moving", "clock", tr!(mine.tag.in_escrow)),
        StatusCode::Disputed => Tag::new("is-bad", "flag", tr!(mine.tag.disputed)),
        StatusCode::Settled => Tag::new("is-good", "check", tr!(mine.tag.done)),
        StatusCode::Refunded => Tag::new("", "check", tr!(mine.tag.refunded)),
        other => over(other),
    }
}

fn sold(status: StatusCode) -> Tag {
    match status {
        StatusCode::Sold => Tag::new("is-moving", "clock", tr!(mine.tag.waiting)),
        StatusCode::Disputed => Tag::new("is-bad", "flag", tr!(mine.tag.disputed)),
        StatusCode::Settled => Tag::new("is-good", "check", tr!(mine.tag.paid)),
        StatusCode::Refunded => Tag::new("", "", tr!(mine.tag.buyer_refunded)),
        other => over(other),
    }
}

fn over(status: StatusCode) -> Tag {
    match status {
        StatusCode::Unsold => Tag::new("is-line", "", tr!(mine.tag.unsold)),
        StatusCode::Cancelled => Tag::new("is-line", "", tr!(mine.tag.cancelled)),
        _ => Tag::new("is-line", "", tr!(mine.tag.over)),
    }
}

/// The sum on the right, and what it is.
pub fn sum(card: &Card, phase: Phase) -> (Money, String) {
    let price = card.shown_price();
    let note = match (card.standing, phase) {
        (Standing::Won { paid }, Phase::Over(status)) => return (paid, bought_note(status).to_owned()),
        (Standing::Seller, Phase::Over(status)) => sold_note(card, status).to_owned(),
        (_, Phase::Over(status)) => over_note(card, status).to_owned(),
        (Standing::Leading { maximum }, _) => tr!(common.standing.maximum, amount = won(maximum)).to_string(),
        (Standing::Seller, _) if !card.price.is_zero() => {
            tr!(mine.note.started_at, amount = won(card.start_price)).to_string()
        }
        (Standing::Outbid | Standing::None, Phase::Running) => {
            tr!(common.standing.from, amount = won(card.next_bid)).to_string()
        }
        _ if card.price.is_zero() => tr!(mine.note.start_price).to_owned(),
        _ => String::new(),
    };
    (price, note)
}

fn bought_note(status: StatusCode) -> &'static str {
    match status {
        StatusCode::Sold => tr!(mine.note.confirm),
        StatusCode::Disputed => tr!(mine.note.disputed),
        StatusCode::Refunded => tr!(mine.note.refunded),
        _ => tr!(mine.note.bought),
    }
}

fn sold_note(card: &Card, status: StatusCode) -> &'static str {
    match status {
        StatusCode::Sold => tr!(mine.note.waiting),
        StatusCode::Disputed => tr!(mine.note.disputed),
        StatusCode::Settled => tr!(mine.note.paid),
        StatusCode::Refunded => tr!(mine.note.buyer_refunded),
        other => over_note(card, other),
    }
}

fn over_note(card: &Card, status: StatusCode) -> &'static str {
    match status {
        _ if card.price.is_zero() => tr!(mine.note.start_price),
        StatusCode::Unsold | StatusCode::Cancelled => tr!(mine.note.last_price),
        _ => tr!(mine.note.sold_for),
    }
}

/// What I can do next.
pub fn step(card: &Card, trade: Option<MyTrade>, phase: Phase) -> Step {
    let page = paths::auction(card.id);
    let panel = format!("{page}#bid");
    let (class, text, href) = match (card.standing, phase) {
        (Standing::Leading { .. }, Phase::Running) => {
            ("btn-ghost", tr!(mine.step.change_maximum).to_owned(), panel)
        }
        (Standing::Outbid | Standing::None, Phase::Running) => {
            ("btn-soft", tr!(mine.step.bid, amount = won(card.next_bid)).to_string(), panel)
        }
        (Standing::Seller, Phase::Running) if card.bid_count > 0 => {
            ("btn-ghost", tr!(mine.step.call_last_bids).to_owned(), panel)
        }
        (Standing::Seller, Phase::Over(StatusCode::Unsold | StatusCode::Cancelled)) => {
            ("btn-soft", tr!(mine.step.relist).to_owned(), panel)
        }
        (_, Phase::Over(status)) => match trade {
            Some(trade) => return trade_step(card, trade, status),
            None => ("btn-ghost", tr!(mine.step.result).to_owned(), page),
        },
        _ => ("btn-ghost", tr!(mine.step.look).to_owned(), page),
    };
    Step { class, text, href }
}

/// The next step of a sale. What the other one waits for comes first, then what he has said, then the review.
fn trade_step(card: &Card, trade: MyTrade, status: StatusCode) -> Step {
    let page = paths::auction(card.id);
    let panel = format!("{page}#bid");
    let buys = matches!(card.standing, Standing::Won { .. });
    let over = matches!(status, StatusCode::Settled | StatusCode::Refunded);
    let (class, text, href) = match status {
        StatusCode::Sold if !buys && !trade.handed_over => {
            ("btn-soft", tr!(mine.step.hand_over).to_owned(), panel)
        }
        _ if trade.unread > 0 => {
            ("btn-soft", tr!(mine.step.unread, count = trade.unread).to_string(), paths::chat(card.id))
        }
        StatusCode::Sold if buys => {
            let class = if trade.handed_over { "btn-soft" } else { "btn-ghost" };
            (class, tr!(mine.step.confirm).to_owned(), panel)
        }
        StatusCode::Disputed => ("btn-ghost", tr!(mine.step.result).to_owned(), panel),
        _ if over && !trade.reviewed => {
            ("btn-soft", tr!(mine.step.review).to_owned(), format!("{page}#review"))
        }
        _ => ("btn-ghost", tr!(mine.step.chat).to_owned(), paths::chat(card.id)),
    };
    Step { class, text, href }
}
