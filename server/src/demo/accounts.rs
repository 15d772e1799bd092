//! The accounts of the demo and their money.

use std::collections::HashMap;

use anyhow::Context;
use chrono::TimeDelta;
use market::{
    Instant, Money, UserId,
    people::NewPerson,
    store::{Clock, Market},
};

use super::{
    PASSWORD,
    files::{People, Person},
};

/// Since when bidders are here: before the first auction of the demo.
const BIDDERS_SINCE: TimeDelta = TimeDelta::days(30);
/// What somebody has who may run out of it, and below how much he gets it again.
struct Means {
    won: i64,
    floor: i64,
}
/// A visitor may bid what he likes, and the next start mends it.
const DEMO: Means = Means { won: 3_000_000, floor: 1_000_000 };
/// Enough to lead everything at once.
const BIDDER: Means = Means { won: 40_000_000, floor: 25_000_000 };

/// Everybody's account.
#[derive(Debug)]
pub struct Accounts {
    ids: HashMap<String, UserId>,
    /// Who bids in the histories, in the order of the file.
    pub bidders: Vec<UserId>,
    /// Whose auctions are the demo's.
    pub sellers: Vec<UserId>,
    /// Who decides disputes.
    pub staff: UserId,
    /// How many are new.
    pub added: usize,
}

impl Accounts {
    /// Finds them, adds who is missing, and fills up who has too little.
    pub async fn ensure(
        market: &Market,
        clock: &Clock,
        people: &People,
        now: Instant,
    ) -> anyhow::Result<Self> {
        let mut hiring = Hiring { market, clock, now, added: 0 };
        let mut ids = HashMap::new();
        let mut sellers = Vec::new();
        for (number, person) in (0..).zip(&people.sellers) {
            let since = TimeDelta::days(90 + number * 53 % 400);
            sellers.push(hiring.account(person, since, None).await?);
            ids.insert(person.username.clone(), sellers[sellers.len() - 1]);
        }
        for person in &people.robots {
            hiring.account(person, BIDDERS_SINCE, None).await?;
        }
        let staff = hiring.account(&people.staff, BIDDERS_SINCE, None).await?;
        market.make_staff(staff).await?;
        let mut bidders = Vec::new();
        for person in &people.bidders {
            let id = hiring.account(person, BIDDERS_SINCE, None).await?;
            hiring.fill_up(id, &BIDDER).await?;
            bidders.push(id);
        }
        let mut hash = None;
        for person in &people.demo {
            if hash.is_none() && market.user_named(&person.username).await?.is_none() {
                hash = Some(market.hash_password(PASSWORD.to_owned()).await?);
            }
            let id = hiring.account(person, BIDDERS_SINCE, hash.as_deref()).await?;
            hiring.fill_up(id, &DEMO).await?;
            ids.insert(person.username.clone(), id);
            sellers.push(id);
        }
        Ok(Self { ids, bidders, sellers, staff, added: hiring.added })
    }

    /// The account of a seller or of somebody a visitor can be.
    pub fn named(&self, username: &str) -> anyhow::Result<UserId> {
        self.ids.get(username).copied().with_context(|| format!("people.json lacks {username}"))
    }
}

struct Hiring<'a> {
    market: &'a Market,
    clock: &'a Clock,
    now: Instant,
    added: usize,
}

impl Hiring<'_> {
    /// Leaves the clock at the time the account was made, or now if it was here.
    async fn account(
        &mut self,
        person: &Person,
        since: TimeDelta,
        hash: Option<&str>,
    ) -> anyhow::Result<UserId> {
        self.clock.set(self.now);
        if let Some(known) = self.market.user_named(&person.username).await? {
            return Ok(known);
        }
        self.clock.set(self.now - since);
        self.added += 1;
        let new = NewPerson {
            username: person.username.clone(),
            nickname: person.nickname.clone(),
            email: None,
            region: Some(person.region.clone()),
            password: String::new(),
        };
        let id = self.market.add_person(&new, hash).await;
        id.with_context(|| format!("the account of {}", person.username))
    }

    async fn fill_up(&self, user: UserId, means: &Means) -> anyhow::Result<()> {
        let state = self.market.my_state(user).await?;
        if state.available + state.held < Money::won(means.floor) {
            self.market.post_deposit(user, Money::won(means.won)).await?;
        }
        Ok(())
    }
}
