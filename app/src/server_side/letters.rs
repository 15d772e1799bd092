//! Letters that are written in full at once, in the language of who asked for them.

use leptos::prelude::expect_context;
use market::{people::RESET_MINUTES, store::resets::Forgotten};

use super::AppContext;
use crate::paths;

/// The subject and the text of a letter with which a new password can be set.
#[must_use]
pub fn forgotten_password(forgotten: &Forgotten) -> (String, String) {
    let base = expect_context::<AppContext>().base_url;
    let link = format!("{base}{}", paths::reset_password(forgotten.token.as_str()));
    let body = tr!(
        people.reset.letter,
        nickname = forgotten.nickname.clone(),
        username = forgotten.username.clone(),
        link = link,
        minutes = RESET_MINUTES
    );
    (tr!(people.reset.letter_subject).to_owned(), body.clone())
}
