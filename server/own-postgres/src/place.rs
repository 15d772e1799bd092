//! Where the cluster lies: below the folder given, or where the owner can reach it.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::error::Error;
use crate::owner::Owner;

/// Where root's own things lie that another user must reach: `/root` and most temporary folders are closed.
pub(crate) const REACHABLE: &str = "/var/lib/neighborbid";

/// A cluster's folder, with who owns it. `data`, `log`, the socket and the locks lie inside.
#[derive(Debug)]
pub(crate) struct Place {
    /// The folder.
    pub(crate) home: PathBuf,
    /// Who runs PostgreSQL here.
    pub(crate) owner: Owner,
}

impl Place {
    /// Makes `folder/postgres` usable for the owner.
    ///
    /// Root may have been given a folder behind a closed door (`/root/…`). Then `folder/postgres` becomes a
    /// symbolic link to a new folder below [`REACHABLE`]: whoever removes the folder starts afresh.
    pub(crate) fn prepare(folder: &Path) -> Result<Self, Error> {
        create(folder, 0o755)?;
        let folder = folder.canonicalize().map_err(|source| Error::file("find", folder, source))?;
        let link = folder.join("postgres");
        let owner = Owner::of(&link.join("data"))?;
        if owner.is_another() {
            open_door(&folder)?;
        }
        if !owner.reaches(&link) && !link.exists() {
            link_elsewhere(&link)?;
        }
        create(&link, 0o700)?;
        let home = link.canonicalize().map_err(|source| Error::file("find", &link, source))?;
        owner.give(&home)?;
        Ok(Self { home, owner })
    }

    /// PostgreSQL's own folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// The major version that made the data, if there are any.
    pub(crate) fn data_version(&self) -> Option<u32> {
        fs::read_to_string(self.data().join("PG_VERSION")).ok()?.trim().parse().ok()
    }
}

/// Lets others walk through the market's own folder (`mktemp -d` makes them closed), not read it.
fn open_door(folder: &Path) -> Result<(), Error> {
    let failed = |source| Error::file("open", folder, source);
    let mut permissions = fs::metadata(folder).map_err(failed)?.permissions();
    if permissions.mode() & 0o001 == 0 {
        permissions.set_mode(permissions.mode() | 0o011);
        fs::set_permissions(folder, permissions).map_err(failed)?;
    }
    Ok(())
}

/// A new folder below [`REACHABLE`], named after the inode and birth of the folder it stands for.
fn link_elsewhere(link: &Path) -> Result<(), Error> {
    let folder = link.parent().unwrap_or(link);
    let failed = |source| Error::file("find", folder, source);
    let folder = fs::metadata(folder).map_err(failed)?;
    let born = folder.created().ok().and_then(|born| born.duration_since(UNIX_EPOCH).ok());
    let name = format!("{}-{}", folder.ino(), born.unwrap_or_default().as_nanos());
    let elsewhere = Path::new(REACHABLE).join("clusters").join(name);
    create(&elsewhere, 0o700)?;
    let _ = fs::remove_file(link);
    symlink(&elsewhere, link).map_err(|source| Error::file("link", link, source))
}

/// Makes a folder with its parents, which stay open, unless it is there.
pub(crate) fn create(folder: &Path, mode: u32) -> Result<(), Error> {
    let failed = |source| Error::file("create", folder, source);
    if let Some(parent) = folder.parent() {
        DirBuilder::new().recursive(true).mode(0o755).create(parent).map_err(failed)?;
    }
    DirBuilder::new().recursive(true).mode(mode).create(folder).map_err(failed)
}
