//! Browsers that let themselves be woken, as they say it.

use crate::Refusal;

/// Whether a push service's address can be one: `https`, a host, and nothing that is no part of an address.
/// Where it leads is looked at when something is sent.
#[must_use]
pub fn is_endpoint(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    let sound = host.is_some_and(|host| host.contains('.') && !host.contains(['@', '[', ']', '\\']));
    sound && text.len() <= 1_000 && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The keys of a browser that lets itself be woken, as it gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// Its push service's address for it.
    pub endpoint: String,
    /// Its public key, an uncompressed point on P-256 in URL-safe base64.
    pub public_key: String,
    /// Its secret, 16 bytes in URL-safe base64.
    pub secret: String,
}

impl Keys {
    /// From the browser's own text.
    ///
    /// # Errors
    /// `malformed`: they can be no such thing.
    pub fn check(endpoint: &str, public_key: &str, secret: &str) -> Result<Self, Refusal> {
        let key = |text: &str, length: usize| {
            let text = text.trim_end_matches('=');
            let sound = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
            (sound && text.len() == length).then(|| text.to_owned())
        };
        let endpoint = Some(endpoint.trim().to_owned()).filter(|endpoint| is_endpoint(endpoint));
        // The first byte of an uncompressed point is 4, which is a B in base64.
        let public_key = key(public_key, 87).filter(|key| key.starts_with('B'));
        let keys = endpoint.zip(public_key).zip(key(secret, 22));
        let keys = keys.map(|((endpoint, public_key), secret)| Self { endpoint, public_key, secret });
        keys.ok_or(Refusal::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_with_a_host_is_an_endpoint() {
        assert!(is_endpoint("https://fcm.googleapis.com/fcm/send/abc:DEF-_"));
        let long = format!("https://push.example.org/{}", "a".repeat(1_000));
        for bad in ["", "http://push.example.org/1", "https://", "https://localhost/1", "https://a@b.org/"] {
            assert!(!is_endpoint(bad), "{bad}");
        }
        assert!(!is_endpoint("https://push.example.org/a b"));
        assert!(!is_endpoint("https://[::1]/"));
        assert!(!is_endpoint(&long));
    }

    #[test]
    fn keys_are_those_of_a_browser_or_none() {
        let (endpoint, public_key) = ("https://push.example.org/1", format!("B{}", "a".repeat(86)));
        let (secret, short) = ("a".repeat(22), "a".repeat(21));
        let keys = Keys::check(endpoint, &format!("{public_key}="), &format!("{secret}==")).expect("keys");
        assert_eq!((keys.public_key.as_str(), keys.secret.as_str()), (public_key.as_str(), secret.as_str()));
        let refused = |endpoint, key: &str, secret: &str| Keys::check(endpoint, key, secret).is_err();
        assert!(refused("http://push.example.org/1", &public_key, &secret));
        assert!(refused(endpoint, &"a".repeat(87), &secret));
        assert!(refused(endpoint, &public_key, &short));
        assert!(refused(endpoint, &public_key, &"é".repeat(11)));
    }
}
