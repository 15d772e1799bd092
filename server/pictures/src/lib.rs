//! People's pictures: what somebody sends becomes what everybody may be shown (defect S9).
//!
//! A file passes these steps, or is refused with a [`PictureFault`]:
//!
//! 1. [`judge`]: at most 10 MB; JPEG, PNG or WebP by its first bytes, whatever its name and its sender say;
//!    its header says how many pixels it has, and too many are refused before any is decoded.
//! 2. [`render`]: decoded with bounded memory, turned upright as its EXIF says, its colours brought to sRGB,
//!    laid on white where it is transparent, and encoded anew as JPEG in three widths, never larger than it
//!    came. Nothing else of the file is kept: neither EXIF, which may know where the sender lives, nor what
//!    hides behind the picture.
//! 3. [`store`]: the files go into an object store, a local folder or S3, under the SHA-256 of the largest
//!    one. The same picture sent twice is one, and a name never changes its content.
//!
//! Pixels are worked on apart from the threads that answer requests, for two pictures at a time at most, and
//! only one if it is large; so memory stays bounded too.

mod jpeg;
pub mod judge;
pub mod render;
pub mod store;

use std::sync::Arc;

use bytes::Bytes;
use market::{refusal::PictureFault, view::Picture};
use tokio::sync::Semaphore;
use tracing::error;

use crate::{
    judge::judge,
    render::{Renditions, render},
    store::Store,
};

/// Turns of work at a time: a picture takes one, a large one all.
const TURNS: u32 = 2;

/// Why a picture was not taken or not found.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its sender's affair, not a failure.
    #[error("refused: {0:?}")]
    Refused(PictureFault),
    /// The object store failed, or there is none where the configuration says.
    #[error("the pictures' store: {0}")]
    Store(#[from] object_store::Error),
    /// What was decoded cannot be encoded.
    #[error("a picture cannot be encoded: {0}")]
    Encoding(String),
    /// The work ended early, as it does when the process stops.
    #[error("the work on a picture broke off")]
    BrokenOff,
}

impl From<PictureFault> for Error {
    fn from(fault: PictureFault) -> Self {
        Self::Refused(fault)
    }
}

/// The outcome of work on a picture.
pub type Result<T> = std::result::Result<T, Error>;

/// Takes pictures and gives them back; cheap to clone.
#[derive(Clone)]
pub struct Pictures {
    store: Store,
    turns: Arc<Semaphore>,
}

impl Pictures {
    /// Pictures kept in `store`.
    #[must_use]
    pub fn kept_in(store: Store) -> Self {
        Self { store, turns: Arc::new(Semaphore::new(TURNS as usize)) }
    }

    /// Judges, renders and stores what somebody sent.
    ///
    /// # Errors
    /// [`Error::Refused`] says what is wrong with the file; the others are failures.
    pub async fn take(&self, file: Bytes) -> Result<Picture> {
        let renditions = self.render(file).await?;
        self.store.put(&renditions).await?;
        Ok(renditions.picture)
    }

    /// Judges and renders what somebody sent; nothing is stored yet.
    ///
    /// # Errors
    /// As [`Pictures::take`].
    pub async fn render(&self, file: Bytes) -> Result<Renditions> {
        let judged = judge(&file)?;
        let turns = if judged.is_large() { TURNS } else { 1 };
        let turn = Arc::clone(&self.turns).acquire_many_owned(turns).await.map_err(|_| Error::BrokenOff)?;
        let work = tokio::task::spawn_blocking(move || {
            // Held until the work ends, even if nobody waits for it any longer.
            let _turn = turn;
            render(judged, &file)
        });
        match work.await {
            Ok(rendered) => rendered,
            Err(end) if end.is_panic() => {
                error!(error = %end, "a decoder panicked over a picture");
                Err(PictureFault::Broken.into())
            }
            Err(_) => Err(Error::BrokenOff),
        }
    }

    /// Where they are kept.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }
}
