//! What goes on without anybody asking: letters and pushes are sent, watchers reminded, saved searches looked
//! up, payments finished whose server died, pictures tidied away that nobody shows, and what is of no use any
//! more forgotten (closing has a task of its own, [`crate::closer`]).
//!
//! No cron, no minute tick: an errand is run at once when something of interest was committed here, when its
//! next piece falls due, and after [`LONGEST_SLEEP`] at the latest, for what other servers have left. Several
//! servers may run the same one: the books let one of them through.

use std::time::Duration;

use market::{
    Instant,
    notice::Channel,
    store::{
        Change, Market, Result,
        outbox::{Contents, Destination, Parcel, Taken},
        retention::Stale,
    },
};
use pictures::{Pictures, store::Store};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    task::JoinSet,
    time::{Instant as Moment, sleep_until},
};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use crate::{Config, auditor, mail::Mailer, push::Pusher, stop::Stop, watching};

/// See the module.
const LONGEST_SLEEP: Duration = Duration::from_secs(10);
/// However much happens, there is a pause between two rounds.
const SHORTEST_SLEEP: Duration = Duration::from_millis(250);
/// A round that failed is run again after this.
const FAILED_PAUSE: Duration = Duration::from_secs(2);
/// The most letters, or pushes, on their way at once.
const AT_ONCE: usize = 8;
/// Between two rounds of what nobody waits for.
const LEISURE: Duration = Duration::from_hours(1);
/// Pictures tidied away in one round.
const PICTURES: i64 = 256;
/// What is stale goes so many rows at a time: bids hardly notice.
const ROWS: u32 = 1_000;
/// Payments taken up in one round.
const PAYMENTS: i64 = 64;
/// Auctions reminded of, or compared with saved searches, in one transaction.
const AUCTIONS: i64 = 16;

/// Why something could not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// For the log: nothing in it comes from a person.
    pub code: String,
    /// Kept with what was to be sent.
    pub text: String,
    /// Trying again is of no use.
    pub for_good: bool,
    /// There is nobody at the other end, and never will be.
    pub is_gone: bool,
}

impl Failure {
    /// It may go better next time.
    #[must_use]
    pub fn for_now(code: &str) -> Self {
        Self { code: code.to_owned(), text: code.to_owned(), for_good: false, is_gone: false }
    }

    /// It will go no better.
    #[must_use]
    pub fn for_good(code: &str) -> Self {
        Self { for_good: true, ..Self::for_now(code) }
    }
}

/// Who carries what leaves the house.
#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "there are two of them")]
pub enum Carrier {
    /// Letters.
    Mail(Mailer),
    /// Pushes.
    Push(Pusher),
}

impl Carrier {
    fn channel(&self) -> Channel {
        match self {
            Self::Mail(_) => Channel::Mail,
            Self::Push(_) => Channel::Push,
        }
    }

    async fn carry(&self, parcel: &Parcel, now: Instant) -> std::result::Result<(), Failure> {
        match self {
            Self::Mail(mailer) => mailer.send(parcel).await,
            Self::Push(pusher) => pusher.send(parcel, now).await,
        }
    }
}

/// Starts all of them: letters and pushes as far as they are configured.
///
/// # Errors
/// When what is configured is not understood.
pub fn start(config: &Config, market: &Market, pictures: &Pictures, stop: &Stop) -> anyhow::Result<()> {
    let mail = Mailer::of(config)?.map(Carrier::Mail);
    let push = Pusher::of(config)?.map(Carrier::Push);
    for carrier in mail.into_iter().chain(push) {
        run(Errand::Deliver(carrier), market, stop);
    }
    run(Errand::Remind, market, stop);
    run(Errand::Find, market, stop);
    run(Errand::Pay, market, stop);
    run(Errand::Tidy(pictures.store().clone()), market, stop);
    run(Errand::Forget, market, stop);
    run(Errand::Audit, market, stop);
    Ok(())
}

/// Runs an errand until the end.
pub fn run(errand: Errand, market: &Market, stop: &Stop) {
    let changes = market.changes();
    stop.tasks.spawn(errand.keep(market.clone(), changes, stop.token.clone()));
}

/// Something that goes on.
#[expect(clippy::large_enum_variant, reason = "there are six of them")]
pub enum Errand {
    /// What waits in the outbox is sent.
    Deliver(Carrier),
    /// Watchers are reminded of an auction's end.
    Remind,
    /// New auctions are compared with the searches that people keep.
    Find,
    /// Payments that nobody finishes are taken up again.
    Pay,
    /// Pictures that were sent and never shown go, with their files.
    Tidy(Store),
    /// What is kept no longer than it is of use goes.
    Forget,
    /// The books are audited.
    Audit,
}

impl Errand {
    fn name(&self) -> &'static str {
        match self {
            Self::Deliver(Carrier::Mail(_)) => "letters",
            Self::Deliver(Carrier::Push(_)) => "pushes",
            Self::Remind => "reminders",
            Self::Find => "finds",
            Self::Pay => "payments",
            Self::Tidy(_) => "pictures",
            Self::Forget => "retention",
            Self::Audit => "audit",
        }
    }

    /// After so long it is run again, whatever happens.
    fn longest_sleep(&self) -> Duration {
        match self {
            Self::Tidy(_) | Self::Forget => LEISURE,
            Self::Audit => auditor::EVERY,
            _ => LONGEST_SLEEP,
        }
    }

    fn concerns(&self, change: &Change) -> bool {
        match self {
            Self::Deliver(_) => matches!(change, Change::People(_)),
            // An auction that opens has an end.
            Self::Remind | Self::Find => matches!(change, Change::End(_)),
            Self::Pay | Self::Tidy(_) | Self::Forget | Self::Audit => false,
        }
    }

    /// Does what is due; how long until the next is, if one is known of.
    ///
    /// # Errors
    /// When the books fail; what was not done is done in a later round.
    pub async fn round(&self, market: &Market, stop: &CancellationToken) -> Result<Option<Duration>> {
        let (next, now) = match self {
            Self::Deliver(carrier) => {
                deliver(market, carrier, stop).await?;
                market.next_parcel(carrier.channel()).await?
            }
            Self::Remind => {
                while market.remind(AUCTIONS).await? > 0 {}
                market.next_reminder().await?
            }
            Self::Find => {
                while market.match_saved_searches(AUCTIONS).await? > 0 {}
                return Ok(None);
            }
            Self::Pay => {
                market.resume_payments(PAYMENTS).await?;
                return Ok(None);
            }
            Self::Tidy(files) => {
                tidy(market, files, stop).await?;
                return Ok(None);
            }
            Self::Forget => {
                forget(market, stop).await?;
                return Ok(None);
            }
            Self::Audit => {
                auditor::round(market).await?;
                return Ok(None);
            }
        };
        Ok(next.map(|next| (next - now).to_std().unwrap_or_default()))
    }

    async fn keep(self, market: Market, mut changes: Receiver<Change>, stop: CancellationToken) {
        let mut is_blind = false;
        while !stop.is_cancelled() {
            let began = Moment::now();
            let pause = match self.round(&market, &stop).await {
                Ok(next) => {
                    if std::mem::take(&mut is_blind) {
                        info!(errand = self.name(), "goes on again");
                    }
                    next.unwrap_or(Duration::MAX).clamp(SHORTEST_SLEEP, self.longest_sleep())
                }
                Err(failure) => {
                    metrics::counter!(watching::ERRAND_FAILURES, "errand" => self.name()).increment(1);
                    if !std::mem::replace(&mut is_blind, true) {
                        error!(errand = self.name(), error = %failure, "does not go on; tried again");
                    }
                    FAILED_PAUSE
                }
            };
            let next_round = Moment::now() + pause;
            self.until(next_round, began + SHORTEST_SLEEP, &mut changes, &stop).await;
        }
    }

    /// Waits for the next round; something of interest brings it forward, though not before `soonest`.
    async fn until(
        &self,
        mut wake: Moment,
        soonest: Moment,
        changes: &mut Receiver<Change>,
        stop: &CancellationToken,
    ) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = sleep_until(wake) => return,
                change = changes.recv() => match change {
                    Ok(change) if self.concerns(&change) => wake = wake.min(soonest),
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => wake = wake.min(soonest),
                    Err(RecvError::Closed) => return stop.cancelled().await,
                },
            }
        }
    }
}

/// Forgets pictures that nobody needs, then removes their files, one after the other. If the store fails,
/// files are left that no row names, which harms nobody; the next are not begun.
async fn tidy(market: &Market, files: &Store, stop: &CancellationToken) -> Result<()> {
    for picture in market.unused_pictures(PICTURES).await? {
        if stop.is_cancelled() {
            break;
        }
        let Some(_alone) = market.forget_picture(&picture).await? else { continue };
        if let Err(failure) = files.remove(&picture).await {
            error!(%picture, error = %failure, "files of a picture that is gone are left");
            break;
        }
        debug!(%picture, "a picture that nobody needed is gone");
    }
    Ok(())
}

/// Forgets all that is stale, batch after batch.
async fn forget(market: &Market, stop: &CancellationToken) -> Result<()> {
    for stale in Stale::ALL {
        while !stop.is_cancelled() {
            let gone = market.forget_stale(stale, ROWS.into()).await?;
            metrics::counter!("neighborbid_retention_rows_total", "what" => stale.as_str()).increment(gone);
            if gone < ROWS.into() {
                break;
            }
        }
    }
    Ok(())
}

/// Sends what is due. At the orderly end nothing new is taken, and what is on its way arrives.
async fn deliver(market: &Market, carrier: &Carrier, stop: &CancellationToken) -> Result<()> {
    let mut on_their_way = JoinSet::new();
    loop {
        let free = AT_ONCE - on_their_way.len();
        let taken = if free > 0 && !stop.is_cancelled() {
            market.take_parcels(carrier.channel(), i64::try_from(free).unwrap_or(0)).await?
        } else {
            Taken::default()
        };
        for parcel in taken.parcels {
            let (market, carrier) = (market.clone(), carrier.clone());
            on_their_way.spawn(async move { deliver_one(&market, &carrier, &parcel).await });
        }
        if taken.due > 0 && on_their_way.len() < AT_ONCE {
            continue;
        }
        match on_their_way.join_next().await {
            None => return Ok(()),
            Some(Ok(outcome)) => outcome?,
            // Its lease ends, and it is taken again.
            Some(Err(panic)) => error!(channel = carrier.channel().as_str(), %panic, "a parcel was not sent"),
        }
    }
}

async fn deliver_one(market: &Market, carrier: &Carrier, parcel: &Parcel) -> Result<()> {
    let channel = carrier.channel().as_str();
    let outcome = match carrier.carry(parcel, market.now().await?).await {
        Ok(()) => {
            if !market.parcel_sent(parcel).await? {
                warn!(channel, id = parcel.id, "sent after its lease had ended; it may be sent twice");
            }
            "sent"
        }
        Err(failure) => deliver_one_failed(market, channel, parcel, &failure).await?,
    };
    debug!(channel, id = parcel.id, attempt = parcel.attempts, outcome, "a parcel");
    metrics::counter!("neighborbid_outbox_total", "channel" => channel, "outcome" => outcome).increment(1);
    Ok(())
}

async fn deliver_one_failed(
    market: &Market,
    channel: &'static str,
    parcel: &Parcel,
    failure: &Failure,
) -> Result<&'static str> {
    let (id, attempt, code) = (parcel.id, parcel.attempts, &failure.code);
    if let (true, Contents::Notice { to: Destination::Device(device), .. }) =
        (failure.is_gone, &parcel.contents)
    {
        market.device_gone(device).await?;
        info!(channel, id, code, "a browser is gone");
        return Ok("gone");
    }
    let again = market.parcel_failed(parcel, &failure.text, failure.for_good).await?;
    if let Some(again) = again {
        warn!(channel, id, attempt, code, %again, "not sent; tried again");
        return Ok("failed");
    }
    error!(channel, id, attempt, code, "not sent; given up");
    Ok("given_up")
}
