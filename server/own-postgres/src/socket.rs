//! The folder of the Unix socket: private, and short.

use std::fs::{self, DirBuilder};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::place::Place;

/// The socket's name; 5432 is PostgreSQL's default port, and no other listens in a private folder.
const NAME: &str = ".s.PGSQL.5432";

/// `sun_path` of unix(7) holds 108 bytes with the terminating zero.
const LONGEST: usize = 107;

/// `home/socket`, or for a long home a folder in `/tmp` with the hash of its path.
pub(crate) fn prepare(place: &Place) -> Result<PathBuf, Error> {
    let mut socket = place.home.join("socket");
    if socket.join(NAME).as_os_str().as_bytes().len() > LONGEST {
        let mut hasher = DefaultHasher::new();
        place.home.hash(&mut hasher);
        socket = PathBuf::from(format!("/tmp/neighborbid-{:016x}", hasher.finish()));
    }
    match DirBuilder::new().mode(0o700).create(&socket) {
        Ok(()) => place.owner.give(&socket)?,
        Err(error) if !socket.is_dir() => return Err(Error::file("create", &socket, error)),
        Err(_) => {}
    }
    // In `/tmp` anybody may have made it first, to stand between us and the database.
    let folder = fs::symlink_metadata(&socket).map_err(|source| Error::file("read", &socket, source))?;
    if folder.is_dir() && place.owner.owns(&folder) { Ok(socket) } else { Err(Error::ForeignSocket(socket)) }
}

/// Whether PostgreSQL answers there.
pub(crate) fn answers(socket: &Path) -> bool {
    UnixStream::connect(socket.join(NAME)).is_ok()
}
