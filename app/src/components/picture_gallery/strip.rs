//! Where a strip of pictures stands. The browser moves it, by a finger, a wheel or a link; what it shows is
//! read from how far it was moved.

use leptos::{ev, html, prelude::*};

/// A strip whose pictures are as wide as itself.
#[derive(Clone, Copy)]
pub struct Strip {
    /// What moves.
    pub node: NodeRef<html::Div>,
    /// The picture in sight, from 0.
    pub at: RwSignal<usize>,
    /// How many there are.
    pub count: usize,
}

impl Strip {
    /// At its first picture.
    #[must_use]
    pub fn new(count: usize) -> Self {
        Self { node: NodeRef::new(), at: RwSignal::new(0), count }
    }

    /// Brings a picture into sight, at once.
    pub fn show(self, index: usize) {
        let index = index.min(self.count.saturating_sub(1));
        if let (Some(node), Ok(steps)) = (self.node.get_untracked(), i32::try_from(index)) {
            node.set_scroll_left(steps * node.client_width());
        }
    }

    /// It was moved: another picture may be in sight.
    pub fn moved(self) {
        let Some(node) = self.node.get_untracked() else { return };
        let width = node.client_width().max(1);
        let index = usize::try_from((node.scroll_left() + width / 2) / width).unwrap_or(0);
        if self.at.get_untracked() != index && index < self.count {
            self.at.set(index);
        }
    }

    /// A picture back or on; stays at the ends.
    pub fn step(self, on: bool) {
        let at = self.at.get_untracked();
        self.show(if on { at + 1 } else { at.saturating_sub(1) });
    }

    /// The arrow keys, and the first and the last picture.
    pub fn press(self, event: &ev::KeyboardEvent) {
        if event.meta_key() || event.ctrl_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => self.step(false),
            "ArrowRight" => self.step(true),
            "Home" => self.show(0),
            "End" => self.show(self.count),
            _ => return,
        }
        event.prevent_default();
    }
}
