//! A PostgreSQL of one's own.
//!
//! The market is one command to start, so the server brings its database when nobody gives it one
//! (`DATABASE_URL`): a cluster in a folder, served by whatever PostgreSQL this machine has, reachable through
//! a Unix socket that only its user can open, never over the network. The same code serves tests, which throw
//! theirs away ([`Purpose::Test`]).
//!
//! What is unusual, and why:
//! - PostgreSQL refuses to run as root. Root therefore hands the cluster to another user ([`owner`]), and
//!   data and binaries must lie where that user can walk to ([`place`]).
//! - Several servers may use one folder. The last one to leave stops PostgreSQL ([`lease`]), and a PostgreSQL
//!   that outlived a killed server is used again.

mod binaries;
mod cluster;
mod copy;
mod error;
mod lease;
mod owner;
mod place;
mod settings;
mod socket;

use std::path::{Path, PathBuf};

pub use error::Error;

use binaries::Binaries;
use cluster::Cluster;
use lease::Lease;
use place::Place;

/// The database and the role in every cluster made here.
pub const NAME: &str = "neighborbid";

/// Where a market's things lie when nobody says where: `data` here, or for root where others can reach them.
pub fn default_folder() -> &'static Path {
    Path::new(if owner::is_root() { place::REACHABLE } else { "data" })
}

/// What the cluster is for: how careful PostgreSQL is with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// People's money: what was committed survives a power cut.
    Market,
    /// Thrown away afterwards: nothing waits for the disk, and many connections are welcome.
    Test,
}

/// A running PostgreSQL that this process uses; ends with [`OwnPostgres::stop`].
///
/// Dropping it without stopping leaves PostgreSQL running: the next start uses it again.
#[derive(Debug)]
pub struct OwnPostgres {
    cluster: Cluster,
    lease: Lease,
    url: String,
}

impl OwnPostgres {
    /// Starts, or joins, the PostgreSQL of `folder`, and makes its cluster when there is none.
    ///
    /// Blocks for about two seconds the first time and half a second later; at most for
    /// [`cluster::PATIENCE`].
    ///
    /// # Errors
    ///
    /// When no fitting binaries exist, the folder cannot be used, or PostgreSQL does not come up; the text
    /// says what to do, with the end of PostgreSQL's own log.
    pub fn start(folder: &Path, purpose: Purpose) -> Result<Self, Error> {
        let place = Place::prepare(folder)?;
        let turn = Lease::turn(&place)?;
        let binaries = Binaries::find(&place)?;
        let cluster = Cluster::new(place, binaries, purpose);
        let socket = cluster.ensure_running()?;
        let lease = turn.into_lease()?;
        Ok(Self { url: url(&socket), cluster, lease })
    }

    /// How to reach it: a URL for `sqlx` or `psql`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where the cluster really lies, which may not be below the folder given ([`place`]).
    pub fn home(&self) -> &Path {
        self.cluster.home()
    }

    /// Leaves; the last user of the folder stops PostgreSQL.
    ///
    /// # Errors
    ///
    /// When PostgreSQL does not end within [`cluster::PATIENCE`].
    pub fn stop(self) -> Result<(), Error> {
        let Some(_turn) = self.lease.leave()? else {
            return Ok(());
        };
        self.cluster.stop()
    }

    /// Stops and deletes everything: the end of a test's cluster.
    ///
    /// # Errors
    ///
    /// As [`OwnPostgres::stop`], or when files cannot be removed.
    pub fn discard(self) -> Result<(), Error> {
        let home: PathBuf = self.home().to_owned();
        self.stop()?;
        std::fs::remove_dir_all(&home).map_err(|source| Error::file("remove", &home, source))
    }
}

/// The socket's folder goes into the query, where every byte but the plainest is escaped.
fn url(socket: &Path) -> String {
    use std::fmt::Write;
    use std::os::unix::ffi::OsStrExt;

    let mut url = format!("postgres://{NAME}@localhost/{NAME}?host=");
    for byte in socket.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            url.push(char::from(*byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_folder_is_escaped_in_the_url() {
        let url = url(Path::new("/tmp/이웃 a"));
        assert_eq!(url, "postgres://neighborbid@localhost/neighborbid?host=%2Ftmp%2F%EC%9D%B4%EC%9B%83%20a");
    }

    #[test]
    fn two_users_of_a_folder_share_one_postgresql_and_the_last_one_stops_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = OwnPostgres::start(folder.path(), Purpose::Test).unwrap();
        let second = OwnPostgres::start(folder.path(), Purpose::Test).unwrap();
        assert_eq!(first.url(), second.url());
        let pid_file = second.home().join("data/postmaster.pid");
        first.stop().unwrap();
        assert!(pid_file.exists());
        second.stop().unwrap();
        assert!(!pid_file.exists());
    }

    #[test]
    fn a_postgresql_left_by_a_killed_server_is_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let left = OwnPostgres::start(folder.path(), Purpose::Test).unwrap();
        let pid_file = left.home().join("data/postmaster.pid");
        let before = std::fs::read_to_string(&pid_file).unwrap();
        drop(left);
        let again = OwnPostgres::start(folder.path(), Purpose::Test).unwrap();
        assert_eq!(before, std::fs::read_to_string(&pid_file).unwrap());
        again.discard().unwrap();
    }
}
