//! A notice in words, the same on every page, in a toast and in a letter.

use market::view::{Notice, NoticeKind};

use crate::{language::won, paths};

/// The icon of a kind.
#[must_use]
pub fn icon(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Outbid => "outbid",
        NoticeKind::NewBid => "gavel",
        NoticeKind::Won => "lead",
        NoticeKind::Lost | NoticeKind::Unsold | NoticeKind::EndingSoon => "clock",
        NoticeKind::Sold | NoticeKind::HandedOver => "check",
        NoticeKind::Refunded | NoticeKind::Paid => "wallet",
        NoticeKind::Disputed => "flag",
        NoticeKind::Cancelled => "close",
        NoticeKind::Question | NoticeKind::Answer | NoticeKind::Message => "chat",
        NoticeKind::Found => "search",
        NoticeKind::Review => "star",
    }
}

/// Where a notice leads.
#[must_use]
pub fn href(notice: &Notice) -> String {
    match notice.kind {
        NoticeKind::Outbid | NoticeKind::Won | NoticeKind::HandedOver => {
            format!("{}#bid", paths::auction(notice.auction))
        }
        NoticeKind::Disputed => paths::dispute(notice.auction),
        NoticeKind::Question | NoticeKind::Answer => {
            format!("{}#questions", paths::auction(notice.auction))
        }
        NoticeKind::Message => paths::chat(notice.auction),
        NoticeKind::Review => paths::review(notice.auction),
        _ => paths::auction(notice.auction),
    }
}

/// What happened.
#[must_use]
pub fn head(notice: &Notice) -> String {
    let (often, times) = (notice.times > 1, notice.times);
    match notice.kind {
        NoticeKind::Outbid if often => tr!(notices.outbid_times, times = times).to_string(),
        NoticeKind::NewBid if often => tr!(notices.new_bid_times, times = times).to_string(),
        NoticeKind::Question if often => tr!(notices.question_times, times = times).to_string(),
        NoticeKind::Message if often => tr!(notices.message_times, times = times).to_string(),
        kind => once(kind).to_owned(),
    }
}

fn once(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Outbid => tr!(notices.outbid),
        NoticeKind::NewBid => tr!(notices.new_bid),
        NoticeKind::Won => tr!(notices.won),
        NoticeKind::Lost => tr!(notices.lost),
        NoticeKind::Sold => tr!(notices.sold),
        NoticeKind::Unsold => tr!(notices.unsold),
        NoticeKind::Refunded => tr!(notices.refunded),
        NoticeKind::Paid => tr!(notices.paid),
        NoticeKind::Disputed => tr!(notices.disputed),
        NoticeKind::Cancelled => tr!(notices.cancelled),
        NoticeKind::Question => tr!(notices.question),
        NoticeKind::Answer => tr!(notices.answer),
        NoticeKind::Message => tr!(notices.message),
        NoticeKind::EndingSoon => tr!(notices.ending_soon),
        NoticeKind::Found => tr!(notices.found),
        NoticeKind::HandedOver => tr!(notices.handed_over),
        NoticeKind::Review => tr!(notices.review),
    }
}

/// What follows the headline: the sum, or what it means for my money.
#[must_use]
pub fn more(notice: &Notice) -> Option<String> {
    let amount = notice.amount.map(won);
    match notice.kind {
        NoticeKind::Outbid | NoticeKind::NewBid => {
            amount.map(|amount| tr!(notices.now, amount = amount).to_string())
        }
        NoticeKind::Won | NoticeKind::Sold | NoticeKind::Refunded | NoticeKind::Paid => amount,
        NoticeKind::Lost => Some(tr!(notices.lost_more).to_owned()),
        NoticeKind::Unsold => Some(tr!(notices.unsold_more).to_owned()),
        NoticeKind::Disputed => Some(tr!(notices.disputed_more).to_owned()),
        NoticeKind::Cancelled => Some(tr!(notices.cancelled_more).to_owned()),
        NoticeKind::HandedOver => Some(tr!(notices.handed_over_more).to_owned()),
        NoticeKind::Review => Some(tr!(notices.review_more).to_owned()),
        NoticeKind::Question
        | NoticeKind::Answer
        | NoticeKind::Message
        | NoticeKind::EndingSoon
        | NoticeKind::Found => None,
    }
}
