//! The pictures of a form, in their order.

use leptos::prelude::*;
use market::{PictureId, Refusal, refusal::PictureFault, view::MOST_PICTURES};

use super::upload::{self, Told};
use crate::{api::ApiError, components::error_text};

/// The largest file that is sent, in bytes: the server takes no larger one.
const LARGEST: f64 = 10.0 * 1024.0 * 1024.0;

/// How a picture stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// On its way: so many per cent.
    Sending(u8),
    /// There.
    Ready(PictureId),
    /// Not taken, and why.
    Failed(String),
}

/// A picture of the form.
#[derive(Clone)]
pub struct Photo {
    /// Tells it from the others of this page.
    pub number: u32,
    /// The file's name, for who cannot see the picture before it is there.
    pub name: String,
    /// How it stands.
    pub standing: ArcRwSignal<Standing>,
}

/// The pictures of a form.
#[derive(Clone, Copy)]
pub struct Tray {
    /// In their order, the cover first.
    pub photos: RwSignal<Vec<Photo>>,
    /// How many there may be.
    pub most: usize,
    /// The one that is being dragged.
    pub dragged: RwSignal<Option<u32>>,
    /// Files are being dragged over it.
    pub over: RwSignal<bool>,
    /// The last change, for who hears the page.
    pub said: RwSignal<String>,
    next: StoredValue<u32>,
}

impl Tray {
    /// A tray with pictures that are there already.
    #[must_use]
    pub fn new(pictures: Vec<PictureId>) -> Self {
        let ready = |(number, picture)| Photo {
            number,
            name: String::new(),
            standing: ArcRwSignal::new(Standing::Ready(picture)),
        };
        let photos: Vec<Photo> = (0..).zip(pictures).map(ready).collect();
        Self {
            next: StoredValue::new(u32::try_from(photos.len()).unwrap_or(u32::MAX)),
            photos: RwSignal::new(photos),
            most: MOST_PICTURES,
            dragged: RwSignal::new(None),
            over: RwSignal::new(false),
            said: RwSignal::new(String::new()),
        }
    }

    /// An empty one beside `shown` pictures that stay.
    #[must_use]
    pub fn beside(shown: usize) -> Self {
        Self { most: MOST_PICTURES.saturating_sub(shown), ..Self::new(Vec::new()) }
    }

    /// The names of those that are there, as the form carries them.
    #[must_use]
    pub fn names(self) -> String {
        let name = |photo: &Photo| match photo.standing.get() {
            Standing::Ready(picture) => Some(picture.to_string()),
            Standing::Sending(_) | Standing::Failed(_) => None,
        };
        self.photos.with(|photos| photos.iter().filter_map(name).collect::<Vec<_>>().join(","))
    }

    /// Whether one is on its way.
    #[must_use]
    pub fn busy(self) -> Memo<bool> {
        let sending = |photo: &Photo| matches!(photo.standing.get(), Standing::Sending(_));
        Memo::new(move |_| self.photos.with(|photos| photos.iter().any(sending)))
    }

    /// Which place a picture has, from 0.
    #[must_use]
    pub fn place(self, number: u32) -> Option<usize> {
        self.photos.with(|photos| photos.iter().position(|photo| photo.number == number))
    }

    /// Sends files, as many as there is room for.
    pub fn take(self, files: Vec<web_sys::File>) {
        let room = self.most.saturating_sub(self.photos.with_untracked(Vec::len));
        if files.len() > room {
            self.said.set(tr!(sell.photos.full, most = MOST_PICTURES).to_string());
        }
        for file in files.into_iter().take(room) {
            self.send(&file);
        }
    }

    fn send(self, file: &web_sys::File) {
        let number = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let standing = ArcRwSignal::new(Standing::Sending(0));
        let photo = Photo { number: number.unwrap_or(0), name: file.name(), standing: standing.clone() };
        self.photos.update(|photos| photos.push(photo));
        if file.size() > LARGEST {
            let refusal = ApiError::Refused(Refusal::Picture { fault: PictureFault::TooLarge });
            standing.set(Standing::Failed(error_text(&refusal)));
            return;
        }
        upload::send(file, move |told| {
            standing.set(match told {
                Told::Progress(percent) => Standing::Sending(percent),
                Told::Taken(picture) if self.has(&picture) => {
                    Standing::Failed(tr!(sell.photos.twice).to_owned())
                }
                Told::Taken(picture) => Standing::Ready(picture),
                Told::Refused(error) => Standing::Failed(error_text(&error)),
            });
        });
    }

    /// Whether the same picture is there already: its name says what it shows.
    fn has(self, picture: &PictureId) -> bool {
        let same = |photo: &Photo| *photo.standing.read_untracked() == Standing::Ready(picture.clone());
        self.photos.try_with_untracked(|photos| photos.iter().any(same)) == Some(true)
    }

    /// Takes one out.
    pub fn remove(self, number: u32) {
        self.photos.update(|photos| photos.retain(|photo| photo.number != number));
        self.said.set(tr!(sell.photos.removed).to_owned());
    }

    /// Moves one by a place, to the front or to the back.
    pub fn shift(self, number: u32, forward: bool) {
        let Some(place) = untrack(|| self.place(number)) else { return };
        let target = if forward { place.checked_sub(1) } else { Some(place + 1) };
        if let Some(target) = target {
            self.put(number, target);
        }
    }

    /// Moves one to a place.
    pub fn put(self, number: u32, target: usize) {
        let Some(place) = untrack(|| self.place(number)) else { return };
        if target == place || target >= self.photos.with_untracked(Vec::len) {
            return;
        }
        self.photos.update(|photos| {
            let photo = photos.remove(place);
            photos.insert(target, photo);
        });
        self.said.set(tr!(sell.photos.moved, place = target + 1).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(digit: &str) -> PictureId {
        digit.repeat(64).parse().expect("a name")
    }

    fn order(tray: Tray) -> String {
        tray.names().split(',').map(|name| &name[..1]).collect()
    }

    #[test]
    fn the_form_carries_the_names_in_their_order() {
        let owner = Owner::new();
        owner.with(|| {
            let tray = Tray::new(["a", "b", "c"].map(picture).to_vec());
            assert_eq!(order(tray), "abc");
            let numbers =
                tray.photos.with_untracked(|photos| photos.iter().map(|p| p.number).collect::<Vec<_>>());
            tray.photos.with_untracked(|photos| photos[1].standing.set(Standing::Sending(40)));
            assert!(tray.busy().get_untracked());
            assert_eq!(order(tray), "ac", "what is on its way is not in it yet");
            tray.photos.with_untracked(|photos| photos[1].standing.set(Standing::Failed("damaged".into())));
            assert!(!tray.busy().get_untracked());
            assert_eq!((order(tray).as_str(), numbers.len()), ("ac", 3));
        });
    }
}
