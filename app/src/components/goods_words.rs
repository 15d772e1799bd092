//! What is sold, in words: its category, its condition, who pays for sending it.

use market::{
    opening::{Condition, Shipping},
    text::Language,
    view::Category,
};

use crate::language::language;

/// A category's name in the language of the page.
#[must_use]
pub fn category_name(category: &Category) -> &str {
    match language() {
        Language::Ko => &category.name_ko,
        Language::En => &category.name_en,
    }
}

/// A condition in words.
#[must_use]
pub fn condition_name(condition: Condition) -> &'static str {
    match condition {
        Condition::New => tr!(common.condition.new),
        Condition::S => tr!(common.condition.s),
        Condition::A => tr!(common.condition.a),
        Condition::B => tr!(common.condition.b),
        Condition::C => tr!(common.condition.c),
    }
}

/// Who pays for sending it, as others read it. (The seller is asked in words of his own.)
#[must_use]
pub fn shipping_name(shipping: Shipping) -> &'static str {
    match shipping {
        Shipping::Seller => tr!(common.shipping.seller),
        Shipping::Buyer => tr!(common.shipping.buyer),
    }
}
