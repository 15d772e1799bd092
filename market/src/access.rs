//! What programs may do with a person's access token: less than he himself, and only what he chose.

use serde::{Deserialize, Serialize};

use crate::{
    Refusal,
    refusal::{FieldFault, Reason},
    text::clean,
};

/// Tokens that one person may have at a time.
pub const TOKENS_MAX: usize = 10;
/// The longest name of a token, in characters.
pub const TOKEN_NAME_MAX: usize = 50;
/// For how many days a token may be made.
pub const TOKEN_DAYS: [i64; 4] = [7, 30, 90, 365];
/// How many days a form offers first.
pub const TOKEN_DAYS_USUAL: i64 = 90;

/// What a token may do. None contains another one; who does not sign in with one needs none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Reading: auctions, and what its owner has here.
    Read,
    /// Bidding, buying and watching.
    Bid,
    /// Opening auctions, and what their seller may do.
    Sell,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Read, Self::Bid, Self::Sell];

    /// Its name in the books, in forms and in the description.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Bid => "bid",
            Self::Sell => "sell",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

/// A token that may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What its owner calls it.
    pub name: String,
    /// What it may do: at least one, each once.
    pub scopes: Vec<Scope>,
    /// Until when, from now.
    pub days: i64,
}

impl Wanted {
    /// From the form: its name, the names of the scopes that are on, and one of [`TOKEN_DAYS`].
    ///
    /// # Errors
    /// `fields`, with every fault.
    pub fn check(name: &str, scopes: &[String], days: &str) -> Result<Self, Refusal> {
        let name = clean(name);
        let known: Vec<Scope> =
            Scope::ALL.into_iter().filter(|scope| scopes.iter().any(|on| on == scope.as_str())).collect();
        let strange = scopes.iter().any(|name| Scope::from_name(name).is_none());
        let days = days.trim().parse().ok().filter(|days| TOKEN_DAYS.contains(days));
        let faults: Vec<FieldFault> = [
            ("name", name_fault(&name)),
            ("scopes", scopes_fault(&known, strange)),
            ("days", days.is_none().then_some(Reason::Unknown)),
        ]
        .into_iter()
        .filter_map(|(field, fault)| Some(FieldFault::new(field, fault?)))
        .collect();
        match days {
            Some(days) if faults.is_empty() => Ok(Self { name, scopes: known, days }),
            _ => Err(Refusal::Fields { faults }),
        }
    }
}

fn name_fault(name: &str) -> Option<Reason> {
    match name.chars().count() {
        0 => Some(Reason::Required),
        1..=TOKEN_NAME_MAX => None,
        _ => Some(Reason::TooLong),
    }
}

fn scopes_fault(known: &[Scope], strange: bool) -> Option<Reason> {
    if strange {
        return Some(Reason::Unknown);
    }
    known.is_empty().then_some(Reason::Required)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, scopes: &[&str], days: &str) -> Result<Wanted, Refusal> {
        let scopes: Vec<String> = scopes.iter().map(|&scope| scope.to_owned()).collect();
        Wanted::check(name, &scopes, days)
    }

    #[test]
    fn a_token_has_a_name_some_scopes_and_an_end() {
        let wanted = check(" 가격 알리미 ", &["bid", "read", "bid"], "30").expect("sound");
        let expected =
            Wanted { name: "가격 알리미".to_owned(), scopes: vec![Scope::Read, Scope::Bid], days: 30 };
        assert_eq!(wanted, expected);
    }

    #[test]
    fn what_is_no_token_is_refused_with_every_fault() {
        let refused = check("", &[], "0");
        let Err(Refusal::Fields { faults }) = refused else { panic!("{refused:?}") };
        let faults: Vec<_> = faults.iter().map(|fault| (fault.field.as_str(), fault.reason)).collect();
        let expected = [("name", Reason::Required), ("scopes", Reason::Required), ("days", Reason::Unknown)];
        assert_eq!(faults, expected);
        assert_eq!(check("a", &["all"], "30"), Err(Refusal::field("scopes", Reason::Unknown)));
        assert_eq!(check(&"가".repeat(51), &["bid"], "30"), Err(Refusal::field("name", Reason::TooLong)));
    }
}
