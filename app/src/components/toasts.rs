//! A short word at the edge: something has happened to me, wherever I am.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use market::{
    NoticeId, UserId,
    live::{IN_PASSING, MyState},
    notice::Group,
    view::Notice,
};

use super::{Icon, notice_words};
use crate::live::live;

/// How long a toast stays.
const STAYS: Duration = Duration::from_secs(8);

/// A notice on its way past. One that is counted up stays the same toast: an outbid war is one.
#[derive(Clone)]
struct Toast {
    id: NoticeId,
    /// Lives as long as the toast: the effect that makes it runs again.
    notice: ArcRwSignal<Notice>,
}

/// What this page has shown: whose inbox, and up to which number.
type Shown = (UserId, i64);

/// The region where toasts come in; politely read out.
#[component]
pub fn Toasts() -> impl IntoView {
    let (live, location) = (live(), use_location());
    let toasts = RwSignal::new(Vec::<Toast>::new());
    Effect::new(move |shown: Option<Option<Shown>>| {
        let state = live.me.get()?;
        for notice in fresh(&state, shown.flatten()) {
            let here = location.pathname.get_untracked();
            if !is_told_here(&notice, &here) {
                show(toasts, notice);
            }
        }
        Some((state.user, state.inbox_seq))
    });
    view! {
        <div class="toasts" role="status">
            <For each=move || toasts.get() key=|toast| toast.id let:toast>
                <ToastView notice=toast.notice />
            </For>
        </div>
    }
}

#[component]
fn ToastView(notice: ArcRwSignal<Notice>) -> impl IntoView {
    let notice = RwSignal::from(notice);
    let icon = Signal::derive(move || notice.with(|notice| notice_words::icon(notice.kind)));
    view! {
        <p class="toast">
            <Icon name=icon />
            <span>{move || notice.with(words)}</span>
            <a href=move || notice.with(notice_words::href)>{tr!(common.look)}</a>
        </p>
    }
}

fn words(notice: &Notice) -> String {
    let (head, title) = (notice_words::head(notice), notice.title.clone());
    match notice_words::more(notice) {
        Some(more) => tr!(notices.toast.more, head = head, title = title, more = more).to_string(),
        None => tr!(notices.toast.plain, head = head, title = title).to_string(),
    }
}

/// What came since `shown`, oldest first. What lay in the inbox when the page was opened is no news.
fn fresh(state: &MyState, shown: Option<Shown>) -> Vec<Notice> {
    let Some((_, newest)) = shown.filter(|(user, _)| *user == state.user) else { return Vec::new() };
    state.news.iter().rev().filter(|notice| notice.seq > newest).cloned().collect()
}

/// A page of talk shows by itself what comes in.
fn is_told_here(notice: &Notice, here: &str) -> bool {
    let leads_to = notice_words::href(notice);
    let page = leads_to.split('#').next().unwrap_or_default();
    Group::of(notice.kind) == Group::Talk && page == here
}

/// Shows a notice for a while, in the place of what it counts up; the oldest make room.
fn show(toasts: RwSignal<Vec<Toast>>, notice: Notice) {
    let (id, number) = (notice.id, notice.seq);
    let known = toasts.with_untracked(|toasts| toasts.iter().find(|toast| toast.id == id).cloned());
    if let Some(toast) = known {
        toast.notice.set(notice);
    } else {
        let toast = Toast { id, notice: ArcRwSignal::new(notice) };
        toasts.update(|toasts| {
            toasts.push(toast);
            let excess = toasts.len().saturating_sub(IN_PASSING);
            toasts.drain(..excess);
        });
    }
    set_timeout(
        move || {
            // One that was counted up meanwhile has a time of its own.
            let is_it =
                |toast: &Toast| toast.id == id && toast.notice.with_untracked(|notice| notice.seq == number);
            toasts.try_update(|toasts| toasts.retain(|toast| !is_it(toast)));
        },
        STAYS,
    );
}

#[cfg(test)]
mod tests {
    use market::{AuctionId, Instant, Money, view::NoticeKind};

    use super::*;

    fn notice(seq: i64, kind: NoticeKind) -> Notice {
        Notice {
            id: NoticeId(seq),
            kind,
            auction: AuctionId(7),
            title: "라디오".to_owned(),
            times: 1,
            amount: Some(Money::won(21_000)),
            at: Instant::UNIX_EPOCH,
            read: false,
            seq,
        }
    }

    fn state(numbers: &[i64]) -> MyState {
        MyState {
            user: UserId(1),
            wallet_seq: 1,
            available: Money::ZERO,
            held: Money::ZERO,
            inbox_seq: numbers.first().copied().unwrap_or(0),
            unread: 0,
            unread_messages: 0,
            news: numbers.iter().map(|&number| notice(number, NoticeKind::Outbid)).collect(),
            outbid: Vec::new(),
        }
    }

    fn numbers(notices: &[Notice]) -> Vec<i64> {
        notices.iter().map(|notice| notice.seq).collect()
    }

    #[test]
    fn only_what_came_since_comes_in_oldest_first() {
        let state = state(&[9, 8, 5]);
        assert_eq!(numbers(&fresh(&state, None)), [0; 0], "the page was just opened");
        assert_eq!(numbers(&fresh(&state, Some((UserId(1), 5)))), [8, 9]);
        assert_eq!(numbers(&fresh(&state, Some((UserId(1), 9)))), [0; 0]);
        assert_eq!(numbers(&fresh(&state, Some((UserId(2), 5)))), [0; 0], "somebody else's");
    }

    #[test]
    fn a_message_is_not_announced_in_its_own_conversation() {
        let message = notice(1, NoticeKind::Message);
        assert!(is_told_here(&message, "/chat/7"));
        assert!(!is_told_here(&message, "/chat/8"));
        assert!(!is_told_here(&notice(1, NoticeKind::Outbid), "/auctions/7"));
    }

    #[test]
    fn a_toast_says_what_and_where_and_how_much() {
        assert_eq!(words(&notice(1, NoticeKind::Outbid)), "밀렸어요. 라디오, 지금 21,000원");
        assert_eq!(words(&notice(1, NoticeKind::Message)), "새 메시지가 왔어요. 라디오");
    }
}
