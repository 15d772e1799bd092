//! Who wakes browsers: a token signed with our key, which a browser's subscription is bound to (RFC 8292).

use anyhow::anyhow;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use market::Instant;
use p256::SecretKey;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use serde_json::json;

/// How long a token holds; push services allow a day at most.
const HOLDS: TimeDelta = TimeDelta::hours(12);

/// The key, and whom push services turn to.
pub(super) struct Vapid {
    key: EcdsaKeyPair,
    public_key: String,
    subject: String,
    random: SystemRandom,
}

impl Vapid {
    /// From 32 bytes in URL-safe base64.
    pub(super) fn new(private_key: &str, subject: &str) -> anyhow::Result<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(private_key.trim().trim_end_matches('='));
        let bytes = bytes.map_err(|_| anyhow!("it is no URL-safe base64"))?;
        let secret = SecretKey::from_slice(&bytes).map_err(|_| anyhow!("it is no key of P-256"))?;
        let public = secret.public_key().to_sec1_bytes();
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &bytes,
            &public,
            &random,
        );
        let key = key.map_err(|_| anyhow!("it is no key of P-256"))?;
        let public_key = URL_SAFE_NO_PAD.encode(public);
        Ok(Self { key, public_key, subject: subject.to_owned(), random })
    }

    /// The public half, an uncompressed point in URL-safe base64.
    pub(super) fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The header for the push service of that origin.
    pub(super) fn authorization(&self, origin: &str, now: Instant) -> String {
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        let claims = json!({ "aud": origin, "exp": (now + HOLDS).timestamp(), "sub": self.subject });
        let part = |json: serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let said = format!("{}.{}", part(head), part(claims));
        // Without randomness there is no signature; the push service then refuses it, and it is tried again.
        let signature = self.key.sign(&self.random, said.as_bytes());
        let signature = signature.map(|signature| URL_SAFE_NO_PAD.encode(signature)).unwrap_or_default();
        format!("vapid t={said}.{signature}, k={}", self.public_key)
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    const KEY: &str = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";

    #[test]
    fn a_token_is_signed_by_the_key_that_it_names() {
        let vapid = Vapid::new(KEY, "mailto:staff@example.org").expect("a key");
        let now = market::Instant::UNIX_EPOCH;
        let header = vapid.authorization("https://push.example.org", now);
        let token = header.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k="));
        let (token, key) = token.expect("a token and its key");
        let (said, signature) = token.rsplit_once('.').expect("a signature");
        let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64");
        let known = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decoded(key));
        known.verify(said.as_bytes(), &decoded(signature)).expect("our signature");
        let claims = decoded(said.split_once('.').expect("claims").1);
        let claims: serde_json::Value = serde_json::from_slice(&claims).expect("JSON");
        assert_eq!(claims["aud"], "https://push.example.org");
        assert_eq!(claims["exp"], 12 * 60 * 60);
        assert_eq!(claims["sub"], "mailto:staff@example.org");
    }

    #[test]
    fn what_is_no_key_is_told_at_the_start() {
        for bad in ["", "abc", "!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(Vapid::new(bad, "").is_err(), "{bad}");
        }
        assert!(Vapid::new(&format!("{KEY}="), "").is_ok(), "padding does no harm");
    }
}
