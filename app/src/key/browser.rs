//! In the browser: `crypto.getRandomValues`, which plain http has too (`randomUUID` it has not).

use leptos::prelude::window;

/// A fresh key. Without randomness it is empty, and the form is refused.
#[must_use]
pub fn fresh() -> String {
    let mut bytes = [0_u8; 16];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if filled.is_err() {
        return String::new();
    }
    u128::from_be_bytes(bytes).to_string()
}
