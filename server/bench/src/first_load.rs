//! What a first visit brings over the line: the page, its scripts and its style, as compressed as served.

use anyhow::{Context, ensure};
use hyper::StatusCode;

use crate::{
    fill,
    place::Place,
    report::{Report, Row},
    site::{Client, Site},
};

/// An empty Leptos application's WASM, brotli (stack paper).
const EMPTY: f64 = 142.0;

/// Measures the two pages that people land on.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let auction = *fill::auctions(place, 30, "load seller").await?.first().context("an auction")?;
    let site = Site::start(place, &[]).await?;
    for (work, path) in
        [("first load of /", "/".to_owned()), ("first load of an auction", format!("/auctions/{auction}"))]
    {
        let mut client = Client::connect(site.address).await?;
        let (status, page) = client.get(&path, "").await?;
        ensure!(status == StatusCode::OK, "{path}: {status}");
        let page = String::from_utf8(page.to_vec())?;
        let mut parts = vec![("HTML".to_owned(), client.compressed(&path).await?)];
        for file in files(&page) {
            parts.push((file.clone(), client.compressed(&file).await?));
        }
        let sum = kilobytes(parts.iter().map(|(_, size)| size).sum());
        let note: Vec<_> =
            parts.iter().map(|(name, size)| format!("{name} {:.1}", kilobytes(*size))).collect();
        report.add(Row {
            work,
            ours: sum,
            reference: Some(EMPTY),
            unit: "kB",
            goal: "≤ 300 kB",
            reached: Some(sum <= 300.0),
            note: format!("{}; reference: the WASM of an empty Leptos application", note.join(", ")),
        });
    }
    site.stop().await
}

/// Scripts, WASM and styles that a page names.
fn files(page: &str) -> Vec<String> {
    let mut files: Vec<String> = page
        .split(['"', '\''])
        .filter(|text| text.starts_with("/pkg/"))
        .filter(|text| [".js", ".wasm", ".css"].iter().any(|end| text.ends_with(end)))
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    files
}

#[expect(clippy::cast_precision_loss, reason = "no page has 2^52 bytes")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}
