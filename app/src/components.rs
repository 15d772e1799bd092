//! The parts that pages are made of; `style/README.md` shows their classes, `/dev/components` all of them.

pub mod art;
pub mod card;
pub mod countdown;
pub mod failure;
pub mod field;
pub mod footer;
pub mod form_check;
pub mod header;
pub mod icon;
pub mod in_view;
pub mod money;
pub mod notice_words;
pub mod page_title;
pub mod preferences;
pub mod region_picker;
pub mod sign_in_first;
pub mod tabbar;
pub mod text_area;
pub mod toasts;
pub mod watch;

pub use art::Art;
pub use card::AuctionCard;
pub use countdown::{Countdown, LeftShort};
pub use failure::{FailureNotice, error_text};
pub use field::{Field, TextInput};
pub use icon::Icon;
pub use money::{MoneyText, PriceText};
pub use page_title::PageTitle;
pub use sign_in_first::SignInFirst;
pub use text_area::TextArea;
