//! Signing up and changing it later: what a name, an address and a password must be.

use serde::{Deserialize, Serialize};

use crate::{
    Refusal,
    refusal::{FieldFault, Reason},
    text::clean,
};

/// The shortest password, in characters.
pub const PASSWORD_MIN: usize = 8;
/// The longest password, in bytes: argon2 reads all of it, so there is a limit.
pub const PASSWORD_MAX: usize = 256;

/// The longest nickname, in characters.
pub const NICKNAME_MAX: usize = 50;
/// The longest e-mail address, in characters.
pub const EMAIL_MAX: usize = 254;
/// How long a letter for a forgotten password opens something, in minutes.
pub const RESET_MINUTES: i64 = 30;
/// What stands in the place of the name of who has closed his account; nobody else may have it.
pub const GONE: &str = "탈퇴한 이웃";

/// The form as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUp {
    /// 3–30 of `\w.@+-`.
    pub username: String,
    /// 1–50 characters; empty: the username.
    pub nickname: String,
    /// Optional.
    pub email: String,
    /// The code of a region.
    pub region: String,
    /// At least 8 characters, not one everybody tries.
    pub password: String,
}

/// A sign-up that may be done, but for what only the books know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// Unique without regard to case.
    pub username: String,
    /// Shown to others.
    pub nickname: String,
    /// For notices.
    pub email: Option<String>,
    /// The code of the region of residence.
    pub region: Option<String>,
    /// Never stored; its hash is.
    pub password: String,
}

impl SignUp {
    /// The person, if nothing is wrong with the form.
    ///
    /// # Errors
    /// `fields`, with every fault.
    pub fn check(&self) -> Result<NewPerson, Refusal> {
        let username = clean(&self.username);
        let nickname = Some(clean(&self.nickname)).filter(|name| !name.is_empty());
        let nickname = nickname.unwrap_or_else(|| username.clone());
        let email = Some(clean(&self.email)).filter(|email| !email.is_empty());
        let region = Some(clean(&self.region)).filter(|region| !region.is_empty());
        let faults: Vec<FieldFault> = [
            ("username", username_fault(&username)),
            ("nickname", nickname_fault(&nickname)),
            ("email", email.as_deref().and_then(email_fault)),
            ("region", region.is_none().then_some(Reason::Required)),
            ("password", password_fault(&self.password, &username)),
        ]
        .into_iter()
        .filter_map(|(field, fault)| Some(FieldFault::new(field, fault?)))
        .collect();
        if faults.is_empty() {
            Ok(NewPerson { username, nickname, email, region, password: self.password.clone() })
        } else {
            Err(Refusal::Fields { faults })
        }
    }
}

/// What others see of a person, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileDraft {
    /// 1–50 characters.
    pub nickname: String,
    /// The code of a region.
    pub region: String,
}

/// A profile that may be saved, but for what only the books know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Shown to others.
    pub nickname: String,
    /// The code of the region of residence.
    pub region: String,
}

impl ProfileDraft {
    /// The profile, if nothing is wrong with the form.
    ///
    /// # Errors
    /// `fields`, with every fault.
    pub fn check(&self) -> Result<Profile, Refusal> {
        let (nickname, region) = (clean(&self.nickname), clean(&self.region));
        let no_name = nickname.is_empty().then_some(Reason::Required);
        let faults: Vec<FieldFault> = [
            ("nickname", no_name.or_else(|| nickname_fault(&nickname))),
            ("region", region.is_empty().then_some(Reason::Required)),
        ]
        .into_iter()
        .filter_map(|(field, fault)| Some(FieldFault::new(field, fault?)))
        .collect();
        if faults.is_empty() { Ok(Profile { nickname, region }) } else { Err(Refusal::Fields { faults }) }
    }
}

/// An address as typed; `None` for no address.
///
/// # Errors
/// `fields`: `email`.
pub fn check_email(typed: &str) -> Result<Option<String>, Refusal> {
    let email = Some(clean(typed)).filter(|email| !email.is_empty());
    match email.as_deref().and_then(email_fault) {
        Some(reason) => Err(Refusal::field("email", reason)),
        None => Ok(email),
    }
}

/// A new password for `username`.
///
/// # Errors
/// `fields`: `new_password`.
pub fn check_new_password(password: &str, username: &str) -> Result<(), Refusal> {
    match password_fault(password, username) {
        Some(reason) => Err(Refusal::field("new_password", reason)),
        None => Ok(()),
    }
}

fn nickname_fault(nickname: &str) -> Option<Reason> {
    match nickname {
        name if name.chars().count() > NICKNAME_MAX => Some(Reason::TooLong),
        GONE => Some(Reason::Taken),
        _ => None,
    }
}

fn username_fault(username: &str) -> Option<Reason> {
    let allowed = |c: char| c.is_alphanumeric() || "_.@+-".contains(c);
    match username.chars().count() {
        0 => Some(Reason::Required),
        1..=2 => Some(Reason::TooShort),
        3..=30 => (!username.chars().all(allowed)).then_some(Reason::Malformed),
        _ => Some(Reason::TooLong),
    }
}

/// Something before and after one `@`, no blanks: whether it exists, only a letter to it can tell.
fn email_fault(email: &str) -> Option<Reason> {
    if email.chars().count() > EMAIL_MAX {
        return Some(Reason::TooLong);
    }
    let sound = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !email.contains(char::is_whitespace)
    });
    (!sound).then_some(Reason::Malformed)
}

/// The usual strength checks: length, not only digits, not one everybody tries, not the username.
#[must_use]
pub fn password_fault(password: &str, username: &str) -> Option<Reason> {
    const COMMON: [&str; 16] = [
        "password",
        "passw0rd",
        "password1",
        "password123",
        "qwerty123",
        "qwertyuiop",
        "iloveyou",
        "1q2w3e4r",
        "1q2w3e4r!",
        "q1w2e3r4",
        "qwer1234",
        "asdf1234",
        "abcd1234",
        "abc12345",
        "aaaaaaaa",
        "sunshine",
    ];
    let length = password.chars().count();
    let lower = password.to_lowercase();
    let username = username.to_lowercase();
    if length == 0 {
        Some(Reason::Required)
    } else if length < PASSWORD_MIN {
        Some(Reason::TooShort)
    } else if password.len() > PASSWORD_MAX {
        Some(Reason::TooLong)
    } else if COMMON.contains(&lower.as_str())
        || password.chars().all(|c| c.is_ascii_digit())
        || (username.len() >= 4 && lower.contains(&username))
    {
        Some(Reason::TooCommon)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(form: &SignUp) -> Vec<(String, Reason)> {
        match form.check() {
            Err(Refusal::Fields { faults }) => faults.into_iter().map(|f| (f.field, f.reason)).collect(),
            other => panic!("expected faults, got {other:?}"),
        }
    }

    #[test]
    fn a_name_a_region_and_a_password_are_enough() {
        let form = SignUp {
            username: "민지.kim".into(),
            region: "1144012300".into(),
            password: "망원동 한강 자전거".into(),
            ..SignUp::default()
        };
        let person = form.check().expect("sound");
        assert_eq!(person.nickname, "민지.kim");
        assert_eq!(person.email, None);
    }

    #[test]
    fn nobody_takes_the_name_of_those_who_have_left() {
        let draft = |nickname: &str| ProfileDraft { nickname: nickname.into(), region: "11440".into() };
        assert_eq!(draft(GONE).check(), Err(Refusal::field("nickname", Reason::Taken)));
        assert_eq!(draft(" ").check(), Err(Refusal::field("nickname", Reason::Required)));
        let long = draft(&"가".repeat(NICKNAME_MAX + 1)).check();
        assert_eq!(long, Err(Refusal::field("nickname", Reason::TooLong)));
        assert_eq!(draft(" 민지\0 ").check().expect("sound").nickname, "민지");
    }

    #[test]
    fn an_address_may_be_left_out_but_not_be_half_of_one() {
        assert_eq!(check_email(" "), Ok(None));
        assert_eq!(check_email(" minji@example.org "), Ok(Some("minji@example.org".to_owned())));
        for half in ["minji", "@example.org", "minji@example", "minji@a@example.org", "min ji@example.org"] {
            assert_eq!(check_email(half), Err(Refusal::field("email", Reason::Malformed)), "{half}");
        }
    }

    #[test]
    fn s13_each_fault_is_told_with_its_field() {
        let form = SignUp {
            username: "a b".into(),
            email: "nobody".into(),
            password: "12345678".into(),
            ..SignUp::default()
        };
        assert_eq!(
            faults(&form),
            [
                ("username".into(), Reason::Malformed),
                ("email".into(), Reason::Malformed),
                ("region".into(), Reason::Required),
                ("password".into(), Reason::TooCommon),
            ]
        );
    }
}
