//! What `make bench` runs: every figure beside its reference, measured in the same minute on the same
//! machine, as one table and as JSON.
//!
//! Load and database share the cores with what is measured, so that a figure says little alone; the ratio
//! says what the design is worth. Nothing here fails for being slow: a figure that is missed is reported.

mod closing;
mod crowd;
mod desk;
mod fill;
mod first_load;
mod http;
mod lists;
mod load;
mod pages;
mod pgbench;
mod place;
mod redis;
mod report;
mod servers;
mod shapes;
mod site;
mod sockets;
mod spread;
mod storm;

use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, ValueEnum};

use crate::{place::Place, report::Report};

/// Measures the market.
#[derive(Debug, Parser)]
struct Arguments {
    /// What to measure; everything when nothing is named.
    #[arg(value_enum)]
    works: Vec<Work>,
    /// A second of each instead of several: whether it works, not how fast it is.
    #[arg(long)]
    short: bool,
    /// Where the figures go as JSON too.
    #[arg(long)]
    json: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Work {
    /// Bids on one auction through the desk.
    Desk,
    /// The same over HTTP.
    Http,
    /// Bids spread over a thousand auctions.
    Spread,
    /// The list and an auction, as served.
    Pages,
    /// A thousand auctions that end at once.
    Closing,
    /// Many sockets on one auction, and memory.
    Sockets,
    /// Many bids on an auction that thousands watch, some of them slowly.
    Storm,
    /// Two servers beside one.
    Servers,
    /// What a first visit brings over the line.
    FirstLoad,
    /// The list with few and with very many auctions.
    Lists,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let all = Work::value_variants();
    let works = if arguments.works.is_empty() { all } else { &arguments.works };
    let mut report = Report::new(arguments.short);
    let place = Place::start().await.context("a PostgreSQL for the bench")?;
    for work in works {
        let measured = match work {
            Work::Desk => desk::measure(&place, &mut report).await,
            Work::Http => http::measure(&place, &mut report).await,
            Work::Spread => spread::measure(&place, &mut report).await,
            Work::Pages => pages::measure(&place, &mut report).await,
            Work::Sockets => sockets::measure(&place, &mut report).await,
            Work::Storm => storm::measure(&place, &mut report).await,
            Work::Servers => servers::measure(&place, &mut report).await,
            Work::Lists => lists::measure(&mut report).await,
            Work::FirstLoad => first_load::measure(&place, &mut report).await,
            Work::Closing => closing::measure(&place, &mut report).await,
        };
        measured.with_context(|| format!("measuring {work:?}"))?;
    }
    place.discard().await?;
    print!("{report}");
    if let Some(path) = arguments.json {
        std::fs::write(&path, report.json()?).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}
