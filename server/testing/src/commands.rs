//! The commands, one struct each.

use anyhow::{Context, bail};
use chrono::TimeDelta;
use clap::{Args, ValueEnum};
use market::{
    AuctionId, Increment, Money, Settlement, SoftClose, Terms, UserId,
    access::{Scope, TOKEN_DAYS, Wanted},
    opening::{Condition, Listing, Opening, Reach, Shipping},
    people::NewPerson,
    store::{Market, accounts::fresh_key},
};

/// Where people of tests live: 서울특별시 마포구 망원1동.
const HOME: &str = "11440123";

/// An auction as the rules' *Opening* allows it, and shorter.
#[derive(Debug, Args)]
pub struct Open {
    /// The seller's username.
    #[arg(long)]
    seller: String,
    /// Whom it is shown to, and how.
    #[arg(long, value_enum)]
    reach: ReachName,
    /// Seconds from its start to its end.
    #[arg(long)]
    ends_in: i64,
    /// The start price in won.
    #[arg(long)]
    start: i64,
    /// The unit of its bids in won.
    #[arg(long)]
    unit: i64,
    /// Window, extension and hard stop in seconds; without it the ending is exact.
    #[arg(long, value_name = "W/E/H", value_parser = soft_close)]
    soft: Option<SoftClose>,
    /// The buy-now price in won.
    #[arg(long)]
    buy_now: Option<i64>,
    /// The hidden reserve in won.
    #[arg(long)]
    reserve: Option<i64>,
    /// Seconds until it starts.
    #[arg(long, default_value_t = 0)]
    starts_in: i64,
    /// The money waits in escrow for the handover.
    #[arg(long)]
    on_handover: bool,
    /// What stands on its card.
    #[arg(long, default_value = "시험 삼아 파는 물건")]
    title: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ReachName {
    National,
    Neighbourhood,
}

impl Open {
    /// Its number.
    pub async fn run(self, market: &Market) -> anyhow::Result<AuctionId> {
        let seller = user(market, &self.seller).await?;
        let starts_at = market.now().await? + TimeDelta::seconds(self.starts_in);
        let settlement = if self.on_handover { Settlement::OnHandover } else { Settlement::OnClose };
        let opening = Opening {
            listing: Listing {
                title: self.title,
                description: String::new(),
                category: "기타".to_owned(),
                condition: Condition::A,
                shipping: Shipping::Seller,
                reach: match self.reach {
                    ReachName::National => Reach::National,
                    ReachName::Neighbourhood => Reach::Neighbourhood,
                },
                region: None,
            },
            pictures: Vec::new(),
            terms: Terms {
                start_price: Money::won(self.start),
                increment: Increment::Fixed { unit: Money::won(self.unit) },
                buy_now: self.buy_now.map(Money::won),
                reserve: self.reserve.map(Money::won),
                soft_close: self.soft,
                settlement,
            },
            starts_at,
            ends_at: starts_at + TimeDelta::seconds(self.ends_in),
        };
        Ok(market.open_auction(seller, &fresh_key()?, &opening).await?)
    }
}

/// Somebody with an account.
#[derive(Debug, Args)]
pub struct Person {
    /// 3–30 characters; also the nickname.
    #[arg(long)]
    username: String,
    /// What opens the account.
    #[arg(long)]
    password: String,
    /// What is in the wallet, in won.
    #[arg(long, default_value_t = 0)]
    deposit: i64,
    /// The code of the region.
    #[arg(long, default_value = HOME)]
    region: String,
}

impl Person {
    /// Its number.
    pub async fn run(self, market: &Market) -> anyhow::Result<UserId> {
        let hash = market.hash_password(self.password).await?;
        let person = NewPerson {
            nickname: self.username.clone(),
            username: self.username,
            email: None,
            region: Some(self.region),
            password: String::new(),
        };
        let user = market.add_person(&person, Some(&hash)).await?;
        if self.deposit > 0 {
            market.post_deposit(user, Money::won(self.deposit)).await?;
        }
        Ok(user)
    }
}

/// A program of somebody's.
#[derive(Debug, Args)]
pub struct Token {
    /// The name of the account.
    #[arg(long)]
    username: String,
    /// What opens it.
    #[arg(long)]
    password: String,
}

impl Token {
    /// Its secret; it may do everything that a program may.
    pub async fn run(self, market: &Market) -> anyhow::Result<String> {
        let user = user(market, &self.username).await?;
        let wanted = Wanted { name: "testing".to_owned(), scopes: Scope::ALL.to_vec(), days: TOKEN_DAYS[0] };
        let made = market.create_access(user, &self.password, &wanted, &fresh_key()?).await?;
        made.ok.context("a fresh form makes a token")
    }
}

/// Whose wallet.
#[derive(Debug, Args)]
pub struct Wallet {
    /// The name of the account.
    #[arg(long)]
    username: String,
}

impl Wallet {
    /// `available held`, in won.
    pub async fn run(self, market: &Market) -> anyhow::Result<String> {
        let state = market.my_state(user(market, &self.username).await?).await?;
        Ok(format!("{} {}", state.available.to_won(), state.held.to_won()))
    }
}

/// Who becomes staff.
#[derive(Debug, Args)]
pub struct Staff {
    /// The name of the account.
    username: String,
}

impl Staff {
    /// Its number.
    pub async fn run(self, market: &Market) -> anyhow::Result<UserId> {
        let user = user(market, &self.username).await?;
        market.make_staff(user).await?;
        Ok(user)
    }
}

/// Prints every violation.
pub async fn audit(market: &Market) -> anyhow::Result<()> {
    let violations = market.audit().await?;
    for violation in &violations {
        println!("{}: {}", violation.subject, violation.invariant);
    }
    if violations.is_empty() { Ok(()) } else { bail!("{} violations", violations.len()) }
}

async fn user(market: &Market, username: &str) -> anyhow::Result<UserId> {
    market.user_named(username).await?.with_context(|| format!("there is nobody called {username}"))
}

fn soft_close(text: &str) -> Result<SoftClose, String> {
    let parts: Result<Vec<i64>, _> = text.split('/').map(str::parse).collect();
    match parts.as_deref() {
        Ok(&[window, extension, hard_stop]) => Ok(SoftClose { window, extension, hard_stop }),
        _ => Err("three whole seconds such as 10/10/300".to_owned()),
    }
}
