//! What has happened, newest first, in words.

use leptos::prelude::*;
use market::{
    text::{day_time, machine},
    view::{Notice, NoticeKind},
};

use crate::{components::Icon, language::won, paths};

/// The latest notices; nothing where there are none.
#[component]
pub fn News(
    /// Newest first.
    notices: Vec<Notice>,
) -> impl IntoView {
    if notices.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{tr!(mine.notice.title)}</h2>
            </div>
            <div class="table-box">
                <ul>{notices.into_iter().map(|notice| view! { <NoticeRow notice /> }).collect_view()}</ul>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn NoticeRow(notice: Notice) -> impl IntoView {
    let (icon, head, more) = (icon(notice.kind), head(&notice), more(&notice));
    let href = match notice.kind {
        NoticeKind::Outbid | NoticeKind::Won => format!("{}#bid", paths::auction(notice.auction)),
        _ => paths::auction(notice.auction),
    };
    let unread = (!notice.read).then(|| view! { <span class="sr-only">{tr!(mine.notice.unread)} " "</span> });
    view! {
        <li class="note-row" class:is-unread=!notice.read>
            <Icon name=icon />
            <div>
                <p>{unread} <b>{head}</b> {more.map(|more| format!(" · {more}"))}</p>
                <p class="dim">
                    <a class="quiet-link" href=href>
                        {notice.title}
                    </a>
                </p>
            </div>
            <time class="dim num whitespace-nowrap" datetime=machine(notice.at)>
                {day_time(notice.at)}
            </time>
        </li>
    }
}

fn icon(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Outbid => "outbid",
        NoticeKind::NewBid => "gavel",
        NoticeKind::Won => "lead",
        NoticeKind::Lost | NoticeKind::Unsold => "clock",
        NoticeKind::Sold => "check",
        NoticeKind::Refunded | NoticeKind::Paid => "wallet",
        NoticeKind::Disputed => "flag",
        NoticeKind::Cancelled => "close",
    }
}

fn head(notice: &Notice) -> String {
    let often = notice.times > 1;
    match notice.kind {
        NoticeKind::Outbid if often => tr!(mine.notice.outbid_times, times = notice.times).to_string(),
        NoticeKind::NewBid if often => tr!(mine.notice.new_bid_times, times = notice.times).to_string(),
        NoticeKind::Outbid => tr!(mine.notice.outbid).to_owned(),
        NoticeKind::NewBid => tr!(mine.notice.new_bid).to_owned(),
        NoticeKind::Won => tr!(mine.notice.won).to_owned(),
        NoticeKind::Lost => tr!(mine.notice.lost).to_owned(),
        NoticeKind::Sold => tr!(mine.notice.sold).to_owned(),
        NoticeKind::Unsold => tr!(mine.notice.unsold).to_owned(),
        NoticeKind::Refunded => tr!(mine.notice.refunded).to_owned(),
        NoticeKind::Paid => tr!(mine.notice.paid).to_owned(),
        NoticeKind::Disputed => tr!(mine.notice.disputed).to_owned(),
        NoticeKind::Cancelled => tr!(mine.notice.cancelled).to_owned(),
    }
}

/// What follows the headline: the sum, or what it means for my money.
fn more(notice: &Notice) -> Option<String> {
    let amount = notice.amount.map(won);
    match notice.kind {
        NoticeKind::Outbid | NoticeKind::NewBid => {
            amount.map(|amount| tr!(mine.notice.now, amount = amount).to_string())
        }
        NoticeKind::Won | NoticeKind::Sold | NoticeKind::Refunded | NoticeKind::Paid => amount,
        NoticeKind::Lost => Some(tr!(mine.notice.lost_more).to_owned()),
        NoticeKind::Unsold => Some(tr!(mine.notice.unsold_more).to_owned()),
        NoticeKind::Disputed => Some(tr!(mine.notice.disputed_more).to_owned()),
        NoticeKind::Cancelled => Some(tr!(mine.notice.cancelled_more).to_owned()),
    }
}
