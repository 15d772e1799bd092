//! A new password, with how good it is.

use leptos::prelude::*;
use market::people::password_fault;

use super::{Field, Icon, field::described, form_check::alive};

/// The best there is.
const BEST: usize = 4;

/// The field, the meter, and with scripts a button to see what was typed.
#[component]
pub fn PasswordField(
    /// Its name in the form, and its id.
    name: &'static str,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What is wrong with it.
    #[prop(into)]
    fault: Signal<Option<&'static str>>,
    /// See [`strength`].
    #[prop(into)]
    score: Signal<usize>,
) -> impl IntoView {
    let (seen, set_seen) = signal(false);
    let alive = alive();
    let eye = move || {
        view! {
            <button
                type="button"
                class="btn-icon"
                aria-label=tr!(people.password.show)
                aria-pressed=move || seen.get().to_string()
                on:click=move |_| set_seen.update(|seen| *seen = !*seen)
            >
                <Icon name="eye" />
            </button>
        }
    };
    view! {
        <Field id=name label=label hint=tr!(people.password.hint) fault>
            <div class="input-group">
                <input
                    type=move || if seen.get() { "text" } else { "password" }
                    id=name
                    name=name
                    required
                    minlength="8"
                    maxlength="256"
                    autocomplete="new-password"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=move || fault.get().map(|_| "true")
                    aria-describedby=described(name, true, fault)
                />
                {move || alive.get().then(eye)}
            </div>
            <Meter score />
        </Field>
    }
}

/// Four bars.
#[component]
fn Meter(score: Signal<usize>) -> impl IntoView {
    let label = move || tr!(people.password.strength, score = score.get(), best = BEST).to_string();
    let bars = (0..BEST).map(|bar| view! { <i class:is-on=move || bar < score.get()></i> });
    view! {
        <div class="strength" role="img" aria-label=label>
            {bars.collect_view()}
        </div>
    }
}

/// 0 for none, 1 for one that is refused, up to 4: length counts most, a mixture of letters, digits and
/// signs too.
#[must_use]
pub fn strength(password: &str, username: &str) -> usize {
    if password.is_empty() {
        return 0;
    }
    if password_fault(password, username).is_some() {
        return 1;
    }
    let kinds: [fn(char) -> bool; 4] = [
        |c| c.is_lowercase() || (c.is_alphabetic() && !c.is_uppercase()),
        char::is_uppercase,
        char::is_numeric,
        |c| !c.is_alphanumeric(),
    ];
    let mixed = kinds.into_iter().filter(|kind| password.chars().any(kind)).count() >= 3;
    let length = password.chars().count();
    (2 + usize::from(length >= 12) + usize::from(length >= 16 || mixed)).min(BEST)
}

#[cfg(test)]
mod tests {
    use super::strength;

    #[test]
    fn a_refused_password_is_never_better_than_one() {
        assert_eq!(strength("", "minji"), 0);
        assert_eq!(strength("12345678901234567890", "minji"), 1);
        assert_eq!(strength("minji의 자전거 한 대", "minji"), 1);
    }

    #[test]
    fn length_counts_and_mixture_too() {
        assert_eq!(strength("mangwon-", "minji"), 2);
        assert_eq!(strength("Mangwon-1", "minji"), 3);
        assert_eq!(strength("망원동 한강 자전거 타기", "minji"), 3);
        assert_eq!(strength("망원동 한강 자전거 7대 타기", "minji"), 4);
    }
}
