//! The amount as it is typed: grouped by thousands, the caret where it was.

use market::{Money, text};
use web_sys::HtmlInputElement;

/// Regroups what stands in the field; what it shows then.
pub fn retype(input: &HtmlInputElement) -> String {
    let typed = input.value();
    let caret = input.selection_start().ok().flatten().and_then(|caret| usize::try_from(caret).ok());
    let (grouped, caret) = regroup(&typed, caret.unwrap_or(typed.len()));
    if grouped != typed {
        input.set_value(&grouped);
        if let Ok(caret) = u32::try_from(caret) {
            // Fails only for fields without a caret.
            let _ = input.set_selection_range(caret, caret);
        }
    }
    grouped
}

/// `1290000` → `1,290,000`; what is no amount stays as it is, and is refused with its reason when sent.
fn regroup(typed: &str, caret: usize) -> (String, usize) {
    let Some(amount) = Money::parse(typed).filter(|amount| !amount.is_negative()) else {
        return (typed.to_owned(), caret);
    };
    let grouped = text::digits(amount);
    let mut behind = typed.chars().skip(caret).filter(char::is_ascii_digit).count();
    let mut position = grouped.len();
    for digit in grouped.chars().rev() {
        if behind == 0 {
            break;
        }
        behind -= usize::from(digit.is_ascii_digit());
        position -= 1;
    }
    (grouped, position)
}

/// The chips: so many steps more.
pub const CHIPS: [i64; 4] = [1, 3, 5, 10];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_and_the_caret_stays_with_its_digit() {
        assert_eq!(regroup("1290000", 7), ("1,290,000".into(), 9));
        assert_eq!(regroup("12,90000", 4), ("1,290,000".into(), 4));
        assert_eq!(regroup("1,290,0005", 10), ("12,900,005".into(), 10));
        assert_eq!(regroup("abc", 1), ("abc".into(), 1));
        assert_eq!(regroup("", 0), (String::new(), 0));
    }
}
