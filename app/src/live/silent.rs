//! On the server there is no socket: pages are written once.

use market::live::Topic;

use super::Live;

pub(super) fn start(_live: Live) {}

pub(super) fn subscribe(_topic: Topic) {}

pub(super) fn unsubscribe(_topic: Topic) {}
