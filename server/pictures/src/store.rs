//! Where the files lie: a local folder, or S3.

use std::{fs, path::Path as FolderPath, sync::Arc};

use bytes::Bytes;
use futures::{TryStreamExt, stream::BoxStream};
use market::{PictureId, view::PICTURE_WIDTHS};
use object_store::{
    ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path, prefix::PrefixStore,
};
use url::Url;

use crate::{Result, render::Renditions};

/// Settings of S3 come from variables that begin so: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
/// `AWS_REGION`, `AWS_ENDPOINT` …
const SETTINGS: &str = "AWS_";

/// An object store, cheap to clone. What is written appears whole or not at all.
#[derive(Debug, Clone)]
pub struct Store(Arc<dyn ObjectStore>);

/// The name of a file: `<id>-<width>.jpg`, in exactly this form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName {
    id: PictureId,
    width: u32,
}

impl FileName {
    /// Reads it; everything else names no file.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (id, width) = text.strip_suffix(".jpg")?.split_once('-')?;
        let width = PICTURE_WIDTHS.into_iter().find(|known| known.to_string() == width)?;
        Some(Self { id: id.parse().ok()?, width })
    }

    fn path(&self) -> Path {
        Path::from(format!("{}-{}.jpg", self.id, self.width))
    }
}

/// A file of the store.
pub struct Found {
    /// In bytes.
    pub size: u64,
    /// Its content, as it comes.
    pub content: BoxStream<'static, Result<Bytes>>,
}

impl Store {
    /// A local folder, made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn folder(folder: &FolderPath) -> Result<Self> {
        let failed = |source: std::io::Error| object_store::Error::Generic {
            store: "the pictures' folder",
            source: format!("{}: {source}", folder.display()).into(),
        };
        fs::create_dir_all(folder).map_err(failed)?;
        // As durable as the books that name them.
        let files = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self(Arc::new(files)))
    }

    /// The store of a URL, `s3://bucket/prefix`, with the settings that the environment has for it.
    ///
    /// # Errors
    /// When it is no URL of a known kind, or a setting makes no sense. Nothing is asked of the store yet.
    pub fn url(url: &str) -> Result<Self> {
        let settings = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self::url_with(url, settings.filter(|(name, _)| name.starts_with(SETTINGS)))
    }

    /// The store of a URL, with these settings.
    ///
    /// # Errors
    /// As [`Store::url`].
    pub fn url_with(url: &str, settings: impl IntoIterator<Item = (String, String)>) -> Result<Self> {
        let failed = |source: url::ParseError| object_store::Error::Generic {
            store: "the pictures' URL",
            source: Box::new(source),
        };
        let url = Url::parse(url).map_err(failed)?;
        provide_tls();
        let (store, prefix) = object_store::parse_url_opts(&url, settings)?;
        Ok(Self(Arc::new(PrefixStore::new(store, prefix))))
    }

    /// Stores all renditions. The same name has the same content, so storing it again changes nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn put(&self, renditions: &Renditions) -> Result<()> {
        for (width, file) in &renditions.files {
            let name = FileName { id: renditions.picture.id.clone(), width: *width };
            self.0.put(&name.path(), PutPayload::from_bytes(file.clone())).await?;
        }
        Ok(())
    }

    /// Removes all renditions of a picture; one that is not there is gone already.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn remove(&self, id: &PictureId) -> Result<()> {
        for width in PICTURE_WIDTHS {
            match self.0.delete(&FileName { id: id.clone(), width }.path()).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// A file, if there is one of that name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn get(&self, name: &FileName) -> Result<Option<Found>> {
        match self.0.get(&name.path()).await {
            Ok(found) => {
                let size = found.meta.size;
                let content = Box::pin(found.into_stream().map_err(Into::into));
                Ok(Some(Found { size, content }))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// TLS by ring for the whole process, unless somebody has chosen already.
fn provide_tls() {
    // An error says just that.
    let _chosen = rustls::crypto::ring::default_provider().install_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_names_of_renditions_name_a_file() {
        let id = "0f".repeat(32);
        for width in PICTURE_WIDTHS {
            let name = format!("{id}-{width}.jpg");
            assert_eq!(FileName::read(&name).map(|name| name.path().to_string()), Some(name));
        }
        let tricks = ["", "-320.jpg", "../secret-320.jpg", "..%2f..%2fsecret", ".jpg"].map(str::to_owned);
        let forged = ["-321.jpg", "-0320.jpg", "-+320.jpg", "-320.jpeg", "-320.jpg/", "-320", "-320.jpg\0"];
        let forged = forged.into_iter().map(|end| format!("{id}{end}"));
        for trick in tricks.into_iter().chain(forged).chain([format!("{}-320.jpg", id.to_uppercase())]) {
            assert_eq!(FileName::read(&trick), None, "{trick:?}");
        }
    }

    #[test]
    fn a_url_names_a_bucket_or_is_refused_at_the_start() {
        assert!(Store::url("s3://bucket/some/prefix").is_ok());
        for wrong in ["", "bucket", "ftp://example.org/pictures", "s3:///"] {
            assert!(Store::url(wrong).is_err(), "{wrong}");
        }
    }
}
