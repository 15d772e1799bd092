//! What browser tests ask of a market behind its back, in a program of its own: the shipped one has no such
//! door.
//!
//! It opens auctions close to their end, which no form may, makes people with money, and asks whether the
//! books are sound. Each command prints one line. It works on the market that `DATABASE_URL` names.

mod commands;

use anyhow::Context;
use clap::{Parser, Subcommand};
use market::store::{Clock, Market};

/// A few: a command is one transaction.
const CONNECTIONS: u32 = 2;

/// Prepares a market for browser tests.
#[derive(Debug, Parser)]
struct Arguments {
    /// The market's PostgreSQL.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    database_url: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Opens an auction and prints its number.
    Open(commands::Open),
    /// Makes an account with money and prints its number.
    Person(commands::Person),
    /// Makes an access token for everything and prints it.
    Token(commands::Token),
    /// Makes somebody staff and prints the account's number.
    Staff(commands::Staff),
    /// Prints what somebody has: `available held`.
    Wallet(commands::Wallet),
    /// Prints what is broken in the books; fails if anything is.
    Audit,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let options = arguments.database_url.parse().context("DATABASE_URL is not a URL of a PostgreSQL")?;
    let market = Market::connect(options, CONNECTIONS, Clock::Database).await?;
    match arguments.command {
        Command::Open(open) => println!("{}", open.run(&market).await?),
        Command::Person(person) => println!("{}", person.run(&market).await?),
        Command::Token(token) => println!("{}", token.run(&market).await?),
        Command::Staff(staff) => println!("{}", staff.run(&market).await?),
        Command::Wallet(wallet) => println!("{}", wallet.run(&market).await?),
        Command::Audit => commands::audit(&market).await?,
    }
    market.disconnect().await;
    Ok(())
}
