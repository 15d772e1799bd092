//! The user that runs PostgreSQL: oneself, or, for root, somebody else.

use std::fs::{self, Metadata};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::error::Error;

/// Users that root hands the cluster to: Debian's own for PostgreSQL, else the one that every system has.
/// (`initdb` insists on an entry in `/etc/passwd`, so a bare number would not do.)
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// Who runs PostgreSQL and owns its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Owner {
    uid: u32,
    gid: u32,
    /// Whether this process is root and must drop to the owner.
    drop: bool,
}

impl Owner {
    /// Whoever owns the data already, so that a user added later changes nothing; else oneself or a
    /// candidate.
    pub(crate) fn of(data: &Path) -> Result<Self, Error> {
        let me = me()?;
        if me.uid() != 0 {
            return Ok(Self { uid: me.uid(), gid: me.gid(), drop: false });
        }
        if let Some(before) = fs::metadata(data).ok().filter(|data| data.uid() != 0) {
            return Ok(Self { uid: before.uid(), gid: before.gid(), drop: true });
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let found = CANDIDATES.iter().find_map(|name| entry(&passwd, name));
        let (uid, gid) = found.ok_or(Error::NobodyToRunIt)?;
        Ok(Self { uid, gid, drop: true })
    }

    /// Whether root hands the cluster to somebody else.
    pub(crate) fn is_another(self) -> bool {
        self.drop
    }

    /// Whether the folder or file is the owner's.
    pub(crate) fn owns(self, file: &Metadata) -> bool {
        file.uid() == self.uid
    }

    /// Hands a folder to the owner.
    pub(crate) fn give(self, path: &Path) -> Result<(), Error> {
        if self.drop {
            chown(path, Some(self.uid), Some(self.gid))
                .map_err(|source| Error::file("hand over", path, source))?;
        }
        Ok(())
    }

    /// Makes the command run as the owner. Groups of root's are dropped by the standard library.
    pub(crate) fn run(self, command: &mut Command) {
        if self.drop {
            command.uid(self.uid).gid(self.gid);
        }
    }

    /// Whether the owner can walk to `path`: every folder on the way lets him through.
    pub(crate) fn reaches(self, path: &Path) -> bool {
        !self.drop
            || path.ancestors().skip(1).all(|folder| {
                fs::metadata(folder).is_ok_and(|folder| folder.mode() & self.passage(&folder) != 0)
            })
    }

    /// The bit that lets the owner through this folder.
    fn passage(self, folder: &Metadata) -> u32 {
        if folder.uid() == self.uid {
            0o100
        } else if folder.gid() == self.gid {
            0o010
        } else {
            0o001
        }
    }
}

/// Whether this process is root.
pub(crate) fn is_root() -> bool {
    me().is_ok_and(|me| me.uid() == 0)
}

/// The process's own entry in `/proc`, which belongs to its user.
fn me() -> Result<Metadata, Error> {
    let me = Path::new("/proc/self");
    fs::metadata(me).map_err(|source| Error::file("read", me, source))
}

/// `name:x:uid:gid:…` of passwd(5).
fn entry(passwd: &str, name: &str) -> Option<(u32, u32)> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some((uid, gid))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let passwd = "postgres2:x:9:9::/:/bin/sh\npostgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(entry(passwd, "postgres"), Some((101, 104)));
        assert_eq!(entry(passwd, "nobody"), None);
    }
}
