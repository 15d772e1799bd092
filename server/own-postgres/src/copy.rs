//! A folder copied whole, or not at all.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process;

use crate::error::Error;

/// Copies files, links and folders, readable for all. The result appears in one step: another process that
/// does the same at the same time, or a stop in the middle, leaves no half.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), Error> {
    let unfinished = to.with_added_extension(process::id().to_string());
    let _ = fs::remove_dir_all(&unfinished);
    copy_into(from, &unfinished)?;
    match fs::rename(&unfinished, to) {
        Err(_) if to.exists() => {
            fs::remove_dir_all(&unfinished).map_err(|source| Error::file("remove", &unfinished, source))
        }
        moved => moved.map_err(|source| Error::file("create", to, source)),
    }
}

fn copy_into(from: &Path, to: &Path) -> Result<(), Error> {
    let failed = |source| Error::file("copy", from, source);
    fs::create_dir(to).map_err(failed)?;
    fs::set_permissions(to, fs::Permissions::from_mode(0o755)).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            copy_into(&source, &target)?;
        } else if kind.is_symlink() {
            let goal = fs::read_link(&source).map_err(failed)?;
            symlink(goal, &target).map_err(failed)?;
        } else {
            fs::copy(&source, &target).map_err(failed)?;
            let mode = entry.metadata().map_err(failed)?.permissions().mode() | 0o444;
            fs::set_permissions(&target, fs::Permissions::from_mode(mode)).map_err(failed)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_files_and_the_links_and_is_readable_for_all() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("18.4"));
        fs::create_dir_all(from.join("lib")).unwrap();
        fs::write(from.join("lib/a.so.1"), "a").unwrap();
        fs::set_permissions(from.join("lib/a.so.1"), fs::Permissions::from_mode(0o600)).unwrap();
        symlink("a.so.1", from.join("lib/a.so")).unwrap();
        copy_folder(&from, &to).unwrap();
        copy_folder(&from, &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("lib/a.so")).unwrap(), "a");
        assert_eq!(fs::metadata(to.join("lib/a.so.1")).unwrap().permissions().mode() & 0o777, 0o644);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
