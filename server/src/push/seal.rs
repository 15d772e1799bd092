//! What a browser is told, sealed so that only it can read it: RFC 8291, which is RFC 8188 (`aes128gcm`) with
//! a key that both ends compute from their key pairs and a shared secret.

use p256::{PublicKey, SecretKey};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Salt},
    rand::{SecureRandom, SystemRandom},
};

/// The most that is told, in bytes: push services take 4,096 with everything around it.
const LONGEST: usize = 3_000;
/// The size of a record; there is one, and it is shorter.
const RECORD: u32 = 4_096;
const SALT: usize = 16;

/// The keys of a browser that lets itself be woken.
pub struct Subscription {
    key: PublicKey,
    secret: [u8; 16],
}

impl Subscription {
    /// From the browser's public key, an uncompressed point, and its secret.
    #[must_use]
    pub fn new(key: &[u8], secret: &[u8]) -> Option<Self> {
        let key = PublicKey::from_sec1_bytes(key).ok()?;
        Some(Self { key, secret: secret.try_into().ok()? })
    }

    /// Sealed under a key pair and a salt of its own; `None` if it is too long.
    #[must_use]
    pub fn seal(&self, told: &[u8]) -> Option<Vec<u8>> {
        let random = SystemRandom::new();
        let mut salt = [0; SALT];
        random.fill(&mut salt).ok()?;
        self.seal_with(told, &fresh(&random)?, salt)
    }

    fn seal_with(&self, told: &[u8], ours: &SecretKey, salt: [u8; SALT]) -> Option<Vec<u8>> {
        if told.len() > LONGEST {
            return None;
        }
        let our_key = ours.public_key().to_sec1_bytes();
        let shared = ours.diffie_hellman(&self.key);
        let info = [b"WebPush: info\0", &*self.key.to_sec1_bytes(), &our_key].concat();
        let input: [u8; 32] = derive(&self.secret, shared.raw_secret_bytes(), &info)?;
        let key: [u8; 16] = derive(&salt, &input, b"Content-Encoding: aes128gcm\0")?;
        let nonce: [u8; 12] = derive(&salt, &input, b"Content-Encoding: nonce\0")?;

        // One record, the last: its padding is the delimiter alone.
        let mut record = [told, &[2]].concat();
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).ok()?);
        let nonce = Nonce::assume_unique_for_key(nonce);
        key.seal_in_place_append_tag(nonce, Aad::empty(), &mut record).ok()?;
        let length = u8::try_from(our_key.len()).ok()?;
        Some([&salt[..], &RECORD.to_be_bytes(), &[length], &our_key, &record].concat())
    }
}

/// A key pair for one message.
fn fresh(random: &SystemRandom) -> Option<SecretKey> {
    let mut bytes = [0; 32];
    // One in 2³² numbers of 256 bits is no key of this curve.
    (0..4).find_map(|_| {
        random.fill(&mut bytes).ok()?;
        SecretKey::from_slice(&bytes).ok()
    })
}

/// HKDF with SHA-256 (RFC 5869): extracted with a salt, expanded to `N` bytes.
fn derive<const N: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> Option<[u8; N]> {
    struct Length(usize);
    impl KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut output = [0; N];
    let key = Salt::new(HKDF_SHA256, salt).extract(input);
    key.expand(&[info], Length(N)).ok()?.fill(&mut output).ok()?;
    Some(output)
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    fn decoded(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).expect("base64")
    }

    /// RFC 8291, section 5 and appendix A.
    #[test]
    fn the_example_of_the_standard_comes_out_byte_by_byte() {
        let browser = decoded(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        );
        let subscription = Subscription::new(&browser, &decoded("BTBZMqHH6r4Tts7J_aSIgg")).expect("keys");
        let ours = SecretKey::from_slice(&decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
        let salt = decoded("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("16 bytes");
        let told = b"When I grow up, I want to be a watermelon";
        let sealed = subscription.seal_with(told, &ours.expect("a key"), salt).expect("sealed");
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
                        mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
                        pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(URL_SAFE_NO_PAD.encode(sealed), expected);
    }

    #[test]
    fn keys_that_are_none_seal_nothing() {
        assert!(Subscription::new(&[4; 65], &[0; 16]).is_none(), "not on the curve");
        assert!(Subscription::new(&[], &[0; 16]).is_none());
    }
}
