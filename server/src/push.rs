//! Web push, when a key is configured: a browser is woken through its maker's push service (RFC 8030), which
//! sees neither what is told (RFC 8291) nor who else is told (RFC 8292 says only that it is us).

mod reach;
pub mod seal;
mod vapid;

use std::{sync::Arc, time::Duration};

use anyhow::{Context, anyhow};
use app::letters;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use market::{
    Instant,
    store::outbox::{Contents, Destination, Device, Parcel},
    text::Language,
    view::Notice,
};
use reqwest::{Client, StatusCode, Url, redirect::Policy};
use serde_json::json;

use crate::{Config, errands::Failure};
use reach::{PublicOnly, Reach};
use seal::Subscription;
use vapid::Vapid;

/// How long a push service may take; far below the outbox's lease.
const LONGEST: Duration = Duration::from_secs(10);
/// How long a push service keeps something for a browser that sleeps, in seconds: a day, …
const KEPT: &str = "86400";
/// … or, of what is urgent, as long as it is of use.
const KEPT_URGENT: &str = "600";

/// Wakes browsers; cheap to clone.
#[derive(Clone)]
pub struct Pusher {
    client: Client,
    vapid: Arc<Vapid>,
    reach: Reach,
}

/// What browsers ask for before they let themselves be woken: the public half of the key.
///
/// # Errors
/// When the key is none.
pub fn public_key(private_key: &str) -> anyhow::Result<String> {
    Ok(Vapid::new(private_key, "")?.public_key().to_owned())
}

impl Pusher {
    /// With the key that is configured, if one is.
    ///
    /// # Errors
    /// When the key or the subject is none.
    pub fn of(config: &Config) -> anyhow::Result<Option<Self>> {
        let Some(key) = config.vapid_private_key() else { return Ok(None) };
        Self::new(key, &config.vapid_subject, Reach::Public).map(Some)
    }

    /// For tests: push services on this machine, over plain http.
    ///
    /// # Errors
    /// As [`Pusher::of`].
    pub fn to_loopback(private_key: &str, subject: &str) -> anyhow::Result<Self> {
        Self::new(private_key, subject, Reach::Loopback)
    }

    fn new(private_key: &str, subject: &str, reach: Reach) -> anyhow::Result<Self> {
        if !(subject.starts_with("mailto:") || subject.starts_with("https://")) {
            return Err(anyhow!("VAPID_SUBJECT must be a mailto: or https: address"));
        }
        let vapid = Vapid::new(private_key, subject).context("VAPID_PRIVATE_KEY is not understood")?;
        // Nobody else can have chosen another: one that is there already is the same.
        let _chosen = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .timeout(LONGEST)
            .redirect(Policy::none())
            .no_proxy()
            .https_only(reach == Reach::Public)
            .dns_resolver(Arc::new(PublicOnly(reach)))
            .build()?;
        Ok(Self { client, vapid: Arc::new(vapid), reach })
    }

    /// Wakes a browser.
    ///
    /// # Errors
    /// When its push service does not take it.
    pub async fn send(&self, parcel: &Parcel, now: Instant) -> Result<(), Failure> {
        let Contents::Notice { notice, language, to: Destination::Device(device) } = &parcel.contents else {
            return Err(Failure::for_good("not a push"));
        };
        let url = self.reach.endpoint(&device.endpoint).ok_or_else(|| Failure::for_good("endpoint"))?;
        let sealed = seal(device, notice, *language)?;
        let is_urgent = letters::is_urgent(notice.kind);
        let request = self
            .client
            .post(url.clone())
            .header("authorization", self.vapid.authorization(&origin(&url), now))
            .header("content-type", "application/octet-stream")
            .header("content-encoding", "aes128gcm")
            .header("ttl", if is_urgent { KEPT_URGENT } else { KEPT })
            .header("urgency", if is_urgent { "high" } else { "normal" })
            .header("topic", letters::tag(notice))
            .body(sealed);
        // The error's text holds the address, which is a secret.
        let answer = request.send().await.map_err(|error| {
            let code = if error.is_timeout() { "timeout" } else { "no answer" };
            Failure::for_now(code)
        })?;
        judged(answer.status())
    }
}

/// 404 and 410: the browser will never be woken there again. What the service says of the request itself it
/// says again; all else may pass.
fn judged(status: StatusCode) -> Result<(), Failure> {
    let code = status.as_u16().to_string();
    match status {
        status if status.is_success() => Ok(()),
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            Err(Failure { is_gone: true, ..Failure::for_good(&code) })
        }
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Err(Failure::for_now(&code)),
        status if status.is_server_error() => Err(Failure::for_now(&code)),
        _ => Err(Failure::for_good(&code)),
    }
}

fn seal(device: &Device, notice: &Notice, language: Language) -> Result<Vec<u8>, Failure> {
    let told = letters::told(notice, language);
    let (title, body, url, tag) = (&told.head, told.line(), &told.path, letters::tag(notice));
    let said = json!({ "title": title, "body": body, "url": url, "tag": tag, "lang": told.lang });
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let keys = decoded(&device.public_key).zip(decoded(&device.secret));
    let subscription = keys.and_then(|(key, secret)| Subscription::new(&key, &secret));
    let subscription = subscription.ok_or_else(|| Failure::for_good("keys"))?;
    subscription.seal(said.to_string().as_bytes()).ok_or_else(|| Failure::for_good("too long"))
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
