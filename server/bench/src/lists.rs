//! The list with few and with very many auctions.

use std::time::Instant;

use anyhow::{Context, ensure};
use hyper::StatusCode;
use market::{
    store::Market,
    view::{Filter, ListQuery},
};

use crate::{
    crowd::Crowd,
    load::Load,
    place::Place,
    report::{Report, Row},
    shapes::shapes,
    site::{Client, Site},
};

/// Each list is read so often.
const ROUNDS: usize = 40;
/// Behind so many pages a list is deep.
const DEEP: usize = 100;
/// What the issue of the list asks of a query, in milliseconds. We ask it of both of a list together.
const LIMIT: f64 = 5.0;

/// Pages whose time is compared, as they stand in the URL; a deep one comes on top.
const PAGES: [(&str, &str); 3] = [
    ("front", "/?sort=new"),
    ("search", "/?sort=new&q=%EC%9D%98%EC%9E%90"),
    ("region", "/?sort=new&region=11440"),
];

/// Measures the statements of every list and whole pages, in a market of its own.
pub async fn measure(report: &mut Report) -> anyhow::Result<()> {
    let [few, many, most] = if report.is_short() { [500, 2_000, 4_000] } else { [1_000, 200_000, 1_000_000] };
    let place = Place::start().await?;
    let mut crowd = Crowd::new(&place).await?;
    crowd.grow(&place, few).await?;
    let small = pages(&place).await?;
    crowd.grow(&place, many).await?;
    report.add(statements(&place.market, &crowd).await?);
    crowd.grow(&place, most).await?;
    let large = pages(&place).await?;
    place.discard().await?;
    let pairs = || small.iter().zip(&large).map(|((name, small), (_, large))| (*name, *small, *large));
    let ratios: Vec<(&str, f64)> = pairs().map(|(name, small, large)| (name, large / small)).collect();
    let words =
        pairs().map(|(name, small, large)| format!("{name} {:.2} ({small:.1} → {large:.1})", large / small));
    let words: Vec<String> = words.collect();
    let (front, others) = ratios.split_first().context("pages")?;
    report.add(Row {
        work: "list page, 1,000,000 auctions against 1,000",
        ours: large.first().context("pages")?.1,
        reference: small.first().map(|(_, p50)| *p50),
        unit: "ms",
        goal: "p50 ≤ 1.3 ×; deep, search, region ≤ 2 ×",
        reached: Some(front.1 <= 1.3 && others.iter().all(|(_, ratio)| *ratio <= 2.0)),
        note: format!("p50 one after the other, times the small market's: {}", words.join(", ")),
    });
    Ok(())
}

/// Both statements of every list, one after the other.
async fn statements(market: &Market, crowd: &Crowd) -> anyhow::Result<Row> {
    let mut medians = Vec::new();
    for (name, query) in shapes() {
        let mut load = Load::new()?;
        for round in 0..=ROUNDS {
            let began = Instant::now();
            market.list(&Filter::read(&query), Some(crowd.viewer)).await?;
            // The first one warms what the others are measured with.
            if round > 0 {
                load.took(began, Instant::now())?;
            }
        }
        let (p50, p99, _) = load.quantiles();
        eprintln!("    {name:34} p50 {p50:6.2} ms  p99 {p99:6.2} ms");
        medians.push((p50, name));
    }
    medians.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let (slowest, name) = *medians.last().context("lists")?;
    let (median, _) = medians.get(medians.len() / 2).context("lists")?;
    Ok(Row {
        work: "both statements of a list, 200,000 auctions",
        ours: slowest,
        reference: None,
        unit: "ms",
        goal: "each ≤ 5 ms",
        reached: Some(slowest <= LIMIT),
        note: format!(
            "p50 of the slowest of {} lists ({name}); the median list {median:.1} ms",
            medians.len()
        ),
    })
}

/// Whole pages over HTTP; their medians in milliseconds.
async fn pages(place: &Place) -> anyhow::Result<Vec<(&'static str, f64)>> {
    let site = Site::start(place, &[]).await?;
    let mut client = Client::connect(site.address).await?;
    let mut found = Vec::new();
    for (name, path) in PAGES {
        found.push((name, median(&mut client, path).await?));
    }
    let deep = deep(&place.market).await?;
    found.push(("deep", median(&mut client, &format!("/?sort=new&after={deep}")).await?));
    site.stop().await?;
    Ok(found)
}

async fn median(client: &mut Client, path: &str) -> anyhow::Result<f64> {
    let mut load = Load::new()?;
    for round in 0..=ROUNDS {
        let began = Instant::now();
        let (status, _) = client.get(path, "").await?;
        ensure!(status == StatusCode::OK, "{path}: {status}");
        if round > 0 {
            load.took(began, Instant::now())?;
        }
    }
    Ok(load.quantiles().0)
}

/// Where a page begins that is reached by a hundred others, or by all there are.
async fn deep(market: &Market) -> anyhow::Result<String> {
    let mut query = ListQuery { sort: "new".to_owned(), ..ListQuery::default() };
    for _ in 0..DEEP {
        match market.list(&Filter::read(&query), None).await?.next {
            // The last page is not full: the one before it is compared.
            Some(next) if next == query.after => break,
            Some(next) => query.after = next,
            None => break,
        }
    }
    Ok(query.after)
}
