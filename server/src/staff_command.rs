//! Who is of the staff: `server staff add NAME` and `server staff remove NAME`. No page makes anybody staff.

use anyhow::{Context, bail};
use clap::Subcommand;
use market::{
    Refusal,
    store::{Clock, Error, Market},
};
use tracing::info;

use crate::{Config, database::Database};

/// What the program does instead of serving.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Who is of the staff.
    #[command(subcommand)]
    Staff(StaffCommand),
}

/// Who is of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum StaffCommand {
    /// Makes the person of that username staff.
    Add {
        /// What he signs in with.
        username: String,
    },
    /// The person of that username is no longer staff, and signed out everywhere.
    Remove {
        /// What he signs in with.
        username: String,
    },
}

/// Does it in the database that a server with the same settings uses.
///
/// # Errors
///
/// When there is no such person, or the database cannot be had.
pub async fn run(config: &Config, command: &Command) -> anyhow::Result<()> {
    let Command::Staff(command) = command;
    let database = Database::open(config).await?;
    let done = change(&database, command).await;
    let closed = database.close().await;
    done.and(closed)
}

async fn change(database: &Database, command: &StaffCommand) -> anyhow::Result<()> {
    let options = database.url().parse().context("DATABASE_URL is not understood")?;
    let market = Market::connect(options, 1, Clock::Database).await?;
    market.migrate().await.context("the database's schema cannot be brought up to date")?;
    let changed = change_in(&market, command).await;
    market.disconnect().await;
    changed
}

async fn change_in(market: &Market, command: &StaffCommand) -> anyhow::Result<()> {
    let (StaffCommand::Add { username } | StaffCommand::Remove { username }) = command;
    let user = market.user_named(username).await?;
    let user = user.with_context(|| format!("nobody has the username {username}"))?;
    let done = match command {
        StaffCommand::Add { .. } => market.make_staff(user).await,
        StaffCommand::Remove { .. } => market.remove_staff(user).await,
    };
    match (done, command) {
        (Ok(()), StaffCommand::Add { .. }) => info!(%user, username, "is of the staff now"),
        (Ok(()), StaffCommand::Remove { .. }) => info!(%user, username, "is no longer of the staff"),
        (Err(Error::Refused(Refusal::NotFound)), StaffCommand::Add { .. }) => {
            bail!("the account of {username} is closed")
        }
        (Err(Error::Refused(Refusal::NotFound)), StaffCommand::Remove { .. }) => {
            bail!("{username} is not of the staff")
        }
        (Err(Error::Refused(Refusal::Suspended)), _) => bail!("{username} is suspended"),
        (Err(error), _) => return Err(error.into()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn without_a_command_the_server_serves() {
        assert_eq!(Config::parse_from(["server"]).command, None);
        let add = Command::Staff(StaffCommand::Add { username: "minji".to_owned() });
        assert_eq!(Config::parse_from(["server", "staff", "add", "minji"]).command, Some(add));
        assert!(Config::try_parse_from(["server", "staff", "promote", "minji"]).is_err());
    }
}
