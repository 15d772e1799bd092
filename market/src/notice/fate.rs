//! What becomes of what waits to leave the house.

use chrono::TimeDelta;

use super::{Channel, Quiet};
use crate::{Instant, view::NoticeKind};

/// What waits longer than this was of yesterday.
pub const STALE: TimeDelta = TimeDelta::days(1);

/// A notice that waits to be sent, as it stands now.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Waiting {
    /// What it tells.
    pub kind: NoticeKind,
    /// Which way.
    pub channel: Channel,
    /// The receiver still wants it and can still be reached.
    pub is_wanted: bool,
    /// The receiver has seen it in his inbox.
    pub is_read: bool,
    /// The auction takes bids.
    pub is_running: bool,
    /// The receiver leads it.
    pub leads: bool,
    /// When it became due.
    pub due: Instant,
    /// The receiver's quiet hours.
    pub quiet: Option<Quiet>,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is sent.
    Send,
    /// Not before.
    Hold(Instant),
    /// Never: it is no longer true, or no longer of use.
    Drop,
}

impl Waiting {
    /// What becomes of it at `now`.
    #[must_use]
    pub fn fate(&self, now: Instant) -> Fate {
        let is_late = match self.kind {
            NoticeKind::Outbid => !self.is_running || self.leads,
            NoticeKind::EndingSoon => !self.is_running,
            _ => false,
        };
        // A letter is a record and comes all the same; waking somebody for what he has read is of no use.
        let is_known = self.is_read && self.channel == Channel::Push;
        if !self.is_wanted || is_late || is_known || now - self.due > STALE {
            return Fate::Drop;
        }
        self.quiet.and_then(|quiet| quiet.until(now)).map_or(Fate::Send, Fate::Hold)
    }
}

/// How long to wait after so many attempts have failed; `None`: no more of them.
#[must_use]
pub fn retry_after(attempts: i16) -> Option<TimeDelta> {
    const PAUSES_MINUTES: [i64; 5] = [1, 5, 30, 2 * 60, 12 * 60];
    let pause = usize::try_from(attempts).ok()?.checked_sub(1)?;
    PAUSES_MINUTES.get(pause).copied().map(TimeDelta::minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::parse_local;

    fn at(text: &str) -> Instant {
        parse_local(text).expect("a time")
    }

    fn waiting(kind: NoticeKind) -> Waiting {
        Waiting {
            kind,
            channel: Channel::Push,
            is_wanted: true,
            is_read: false,
            is_running: true,
            leads: false,
            due: at("2026-11-22T23:00"),
            quiet: None,
        }
    }

    #[test]
    fn what_is_no_longer_true_or_of_use_is_dropped() {
        let now = at("2026-11-22T23:01");
        assert_eq!(waiting(NoticeKind::Outbid).fate(now), Fate::Send);
        assert_eq!(Waiting { is_running: false, ..waiting(NoticeKind::Outbid) }.fate(now), Fate::Drop);
        assert_eq!(Waiting { leads: true, ..waiting(NoticeKind::Outbid) }.fate(now), Fate::Drop);
        assert_eq!(Waiting { is_running: false, ..waiting(NoticeKind::EndingSoon) }.fate(now), Fate::Drop);
        assert_eq!(Waiting { is_running: false, ..waiting(NoticeKind::Won) }.fate(now), Fate::Send);
        assert_eq!(Waiting { is_wanted: false, ..waiting(NoticeKind::Won) }.fate(now), Fate::Drop);
        assert_eq!(Waiting { is_read: true, ..waiting(NoticeKind::Won) }.fate(now), Fate::Drop);
        let letter = Waiting { is_read: true, channel: Channel::Mail, ..waiting(NoticeKind::Won) };
        assert_eq!(letter.fate(now), Fate::Send);
        assert_eq!(letter.fate(now + STALE), Fate::Drop);
    }

    #[test]
    fn in_quiet_hours_it_waits_for_their_end() {
        let now = at("2026-11-22T23:01");
        let held = Waiting { quiet: Some(Quiet::NIGHT), ..waiting(NoticeKind::Won) };
        assert_eq!(held.fate(now), Fate::Hold(at("2026-11-23T08:00")));
        assert_eq!(held.fate(at("2026-11-23T08:00")), Fate::Send);
        let over = Waiting { quiet: Some(Quiet::NIGHT), is_running: false, ..waiting(NoticeKind::Outbid) };
        assert_eq!(over.fate(now), Fate::Drop);
    }

    #[test]
    fn the_pauses_grow_and_then_it_is_given_up() {
        let pauses: Vec<_> = (1..=6).map(|attempts| retry_after(attempts).map(|p| p.num_minutes())).collect();
        assert_eq!(pauses, [Some(1), Some(5), Some(30), Some(120), Some(720), None]);
        assert_eq!(retry_after(0), None);
    }
}
