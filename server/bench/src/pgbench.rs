//! The references: PostgreSQL's own `pgbench`, with the statements of one bid and a commit for each.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, bail};

use crate::place::Place;

/// What one bid does to the books, one commit each.
pub const BID: &str = include_str!("bid.pgbench.sql");

/// Transactions a second of `script` by so many clients.
pub fn run(
    place: &Place,
    script: &str,
    clients: usize,
    span: Duration,
    variables: &[(&str, i64)],
) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("script.sql");
    std::fs::write(&file, script)?;
    let mut command = Command::new(program()?);
    command.args(["--no-vacuum", "--protocol=prepared", "--jobs=1"]);
    command.arg(format!("--client={clients}")).arg(format!("--time={}", span.as_secs().max(1)));
    for (name, value) in variables {
        command.arg(format!("--define={name}={value}"));
    }
    let output = command.arg(format!("--file={}", file.display())).arg(place.url()).output();
    let output = output.context("running pgbench")?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() || said.contains("aborted") {
        bail!("pgbench failed: {said}{}", String::from_utf8_lossy(&output.stderr));
    }
    let tps = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let tps = tps.and_then(|rest| rest.split_whitespace().next()).context("pgbench said no tps")?;
    Ok(tps.parse()?)
}

/// Where PATH or Debian's packages have it; the npm package of PostgreSQL has none.
fn program() -> anyhow::Result<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let debian = debian.filter_map(|version| Some(version.ok()?.path().join("bin")));
    let folders = std::env::split_paths(&path).chain(debian);
    let found = folders.map(|folder| folder.join("pgbench")).find(|file: &PathBuf| Path::is_file(file));
    found.context("no pgbench: install PostgreSQL's client programs (Debian: postgresql)")
}
