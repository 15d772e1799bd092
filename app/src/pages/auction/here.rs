//! What the page knows of its auction: what moves, how I stand, and how it is read again.

use leptos::prelude::*;
use market::{
    AuctionId, Instant, Money,
    alias::Alias,
    live::{AuctionState, Phase},
    opening::Reach,
    text,
    view::{About, AuctionPage, Mine, Standing},
};

use super::{
    course::Course,
    history::History,
    over::After,
    pace::Pace,
    stand::{Stand, stand},
    talk::Talk,
};
use crate::{
    api::{self, ApiError},
    live::{Connection, Live, live},
    paths,
};

/// The page as it was read.
pub type Source = Resource<Result<AuctionPage, ApiError>>;

/// What is mine here, and with which state it was read.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    mine: Option<Mine>,
    seq: i64,
}

/// The auction of the page, for all its parts.
#[derive(Clone, Copy)]
pub struct Here {
    /// Which.
    pub id: AuctionId,
    /// What does not move.
    pub about: StoredValue<About>,
    /// What moves.
    pub state: RwSignal<AuctionState>,
    /// The price over time.
    pub course: RwSignal<Course>,
    /// The list of bids.
    pub history: RwSignal<History>,
    /// How fast bids come; followed for the seller alone.
    pub pace: RwSignal<Pace>,
    /// Questions and answers.
    pub talk: RwSignal<Talk>,
    /// The sale after the end, as its two see it.
    pub after: RwSignal<After>,
    /// People who watch it.
    pub watchers: RwSignal<i32>,
    /// The page's time.
    pub opened: Instant,
    /// When the books were last read for this page.
    pub read_at: RwSignal<Instant>,
    /// Who is shown it.
    pub reach: Reach,
    /// How it stands.
    pub phase: Memo<Phase>,
    /// How I stand.
    pub stand: Memo<Stand>,
    /// The least the next challenger may bid.
    pub next_bid: Memo<Money>,
    mine: RwSignal<Known>,
    source: Source,
    reading: Action<(), Result<AuctionPage, ApiError>>,
    live: Live,
}

impl Here {
    /// From the page as it was read. It is listened to as long as the owner lives.
    #[must_use]
    pub fn new(page: AuctionPage, source: Source) -> Self {
        let live = live();
        let (id, seq, opened, reach) = (page.state.id, page.state.seq, page.now, page.about.reach);
        let (course, speed) = (RwSignal::new(Course::of(&page)), RwSignal::new(Pace::of(&page)));
        let history = RwSignal::new(History::of(&page.state.bids));
        let after = RwSignal::new(After::of(&page));
        let talk = RwSignal::new(Talk::of(page.questions));
        let about = StoredValue::new(page.about);
        let mine = RwSignal::new(Known { mine: page.mine, seq });
        let state = RwSignal::from(live.auction(page.state, reach));
        Self {
            id,
            about,
            state,
            course,
            history,
            pace: speed,
            talk,
            after,
            watchers: RwSignal::new(page.watcher_count),
            opened,
            read_at: RwSignal::new(opened),
            reach,
            phase: Memo::new(move |_| {
                let now = live.now(opened);
                state.with(|state| state.phase(now))
            }),
            stand: Memo::new(move |_| {
                state.with(|state| mine.with(|known| stand(state, known.mine.as_ref())))
            }),
            next_bid: Memo::new(move |_| about.with_value(|about| about.next_bid(state.read().price))),
            mine,
            source,
            reading: Action::new(move |(): &()| api::auction(id.to_string())),
            live,
        }
    }

    /// The price now; 0 before the first bid.
    #[must_use]
    pub fn price(self) -> Money {
        self.state.read().price
    }

    /// Whether bids are taken.
    #[must_use]
    pub fn running(self) -> bool {
        self.phase.get() == Phase::Running
    }

    /// When it ends or ended: a purchase ends it before its time, and it alone reaches the buy-now price.
    #[must_use]
    pub fn ended_at(self) -> Instant {
        let buy_now = self.about.with_value(|about| about.buy_now);
        self.state.with(|state| {
            let purchase = state.bids.first().filter(|_| state.winner.is_some());
            purchase.filter(|bid| Some(bid.price) == buy_now).map_or(state.ends_at, |bid| bid.at)
        })
    }

    /// My alias here, once I have bid.
    #[must_use]
    pub fn alias(self) -> Option<Alias> {
        self.mine.with(|known| known.mine.as_ref().and_then(|mine| mine.alias))
    }

    /// What I bid last here: my maximum while I led, as far as this page knows.
    #[must_use]
    pub fn last_bid(self) -> Option<Money> {
        self.mine.with(|known| {
            known.mine.as_ref().and_then(|mine| match mine.standing {
                Standing::Leading { maximum } => Some(maximum),
                _ => mine.last,
            })
        })
    }

    /// What I can spend here besides my hold; `None` for visitors.
    #[must_use]
    pub fn available(self) -> Option<Money> {
        let known = self.mine.with(|known| known.mine.as_ref().map(|mine| mine.available))?;
        Some(self.live.me.with(|me| me.as_ref().map_or(known, |me| me.available)))
    }

    /// Whether I watched it when the page was read.
    #[must_use]
    pub fn watching(self) -> bool {
        self.mine.with_untracked(|known| known.mine.as_ref().is_some_and(|mine| mine.watching))
    }

    /// Whether what is shown may be old: the socket is gone.
    #[must_use]
    pub fn stale(self) -> bool {
        self.reach == Reach::National
            && self.live.connection.get() == Connection::Lost
            && !matches!(self.phase.get(), Phase::Over(_))
    }

    /// The server's time, for handlers and effects.
    #[must_use]
    pub fn now_untracked(self) -> Instant {
        untrack(|| self.live.now(self.opened))
    }

    /// The page's address.
    #[must_use]
    pub fn path(self) -> String {
        paths::auction(self.id)
    }

    /// `20:44`, with its day if that is not the page's.
    #[must_use]
    pub fn moment(self, at: Instant) -> String {
        moment(at, self.opened)
    }

    /// An answer to a bid: the state after it, and what is mine then.
    pub fn take(self, state: AuctionState, mine: Mine) {
        self.know(Some(mine), state.seq);
        self.live.offer(state);
    }

    /// Reads the books again, unless that is under way.
    pub fn reread(self) {
        if self.reading.pending().try_get_untracked() == Some(false) {
            self.reading.dispatch(());
        }
    }

    /// Reads and writes the whole page again, because what it is has changed.
    pub fn rewrite(self) {
        self.source.refetch();
    }

    /// Takes in what was read, whenever something was; the rest of following is in `follow`.
    pub(super) fn take_readings(self) {
        Effect::new(move |_| {
            if let Some(Ok(page)) = self.reading.value().get() {
                self.take_page(page);
            }
        });
    }

    /// Counts readings.
    pub(super) fn readings(self) -> usize {
        self.reading.version().get()
    }

    /// What I had to spend when the page was read.
    pub(super) fn available_as_read(self) -> Option<Money> {
        self.mine.with_untracked(|known| known.mine.as_ref().map(|mine| mine.available))
    }

    fn take_page(self, page: AuctionPage) {
        if page.about.reach != self.reach {
            self.rewrite();
            return;
        }
        let read = Course::of(&page);
        let behind = self.course.with_untracked(|known| known.is_ahead_of(&read));
        if !behind {
            self.course.set(read);
        }
        let speed = Pace::of(&page);
        if !self.pace.with_untracked(|known| known.is_ahead_of(&speed)) {
            self.pace.set(speed);
        }
        self.after.set(After::of(&page));
        self.talk.update(|talk| talk.take(page.questions));
        self.watchers.set(page.watcher_count);
        self.read_at.set(page.now);
        self.know(page.mine, page.state.seq);
        self.live.offer(page.state);
    }

    fn know(self, mine: Option<Mine>, seq: i64) {
        if self.mine.with_untracked(|known| known.seq <= seq) {
            self.mine.set(Known { mine, seq });
        }
    }

    /// Takes in the bids of a frame; `false` if bids between were missed.
    pub(super) fn follow_bids(self) -> bool {
        let selling = self.stand.get_untracked() == Stand::Seller;
        self.state.with(|state| {
            let whole = changed(self.course, |course| course.follow(&state.bids));
            changed(self.history, |history| history.follow(&state.bids));
            if selling {
                changed(self.pace, |pace| pace.follow(&state.bids));
            }
            whole
        })
    }
}

/// Follows, and tells those who look on only if there is something new.
fn changed<T: Clone + PartialEq + Send + Sync + 'static, R>(
    signal: RwSignal<T>,
    follow: impl FnOnce(&mut T) -> R,
) -> R {
    let mut value = signal.get_untracked();
    let answer = follow(&mut value);
    if signal.with_untracked(|known| *known != value) {
        signal.set(value);
    }
    answer
}

/// `20:44`, with its day if `now` is on another.
fn moment(at: Instant, now: Instant) -> String {
    let (full, today) = (text::day_time(at), text::day_time(now));
    match full.split_once(' ') {
        Some((day, time)) if today.starts_with(day) => time.to_owned(),
        _ => full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_needs_no_date() {
        let at = |text: &str| text::parse_local(text).expect("a time");
        assert_eq!(moment(at("2026-11-22T20:44"), at("2026-11-22T01:00")), "20:44");
        assert_eq!(moment(at("2026-11-23T00:10"), at("2026-11-22T23:00")), "11.23 00:10");
    }
}
