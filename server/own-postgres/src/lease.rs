//! Who uses a cluster: locks that the system takes back from whoever dies.
//!
//! `turn.lock` is held while PostgreSQL is started or stopped, one process after the other. `users.lock` is
//! held, shared, by every process that uses it; who gets it alone was the last.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::place::Place;

/// The right to start or stop.
#[derive(Debug)]
pub(crate) struct Turn {
    home: PathBuf,
    /// Held until dropped.
    _lock: File,
}

/// The mark of a user.
#[derive(Debug)]
pub(crate) struct Lease {
    home: PathBuf,
    users: File,
}

impl Lease {
    /// Waits for the turn: bounded, since starting and stopping are.
    pub(crate) fn turn(place: &Place) -> Result<Turn, Error> {
        turn(place.home.clone())
    }

    /// Leaves; the last user gets the turn, and must stop PostgreSQL while he holds it.
    pub(crate) fn leave(self) -> Result<Option<Turn>, Error> {
        let path = self.home.join("users.lock");
        let turn = turn(self.home)?;
        self.users.unlock().map_err(|source| Error::file("unlock", &path, source))?;
        match self.users.try_lock() {
            Ok(()) => Ok(Some(turn)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(Error::file("lock", &path, source)),
        }
    }
}

impl Turn {
    /// Becomes a user and ends the turn.
    pub(crate) fn into_lease(self) -> Result<Lease, Error> {
        let path = self.home.join("users.lock");
        let users = open(&path)?;
        users.lock_shared().map_err(|source| Error::file("lock", &path, source))?;
        Ok(Lease { home: self.home, users })
    }
}

fn turn(home: PathBuf) -> Result<Turn, Error> {
    let path = home.join("turn.lock");
    let lock = open(&path)?;
    lock.lock().map_err(|source| Error::file("lock", &path, source))?;
    Ok(Turn { home, _lock: lock })
}

fn open(path: &Path) -> Result<File, Error> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(|source| Error::file("open", path, source))
}
