//! Letters, by SMTP when a mail server is configured.

mod letter;

use std::time::Duration;

use anyhow::{Context, anyhow};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::extension::ClientId,
};
use market::store::outbox::{Contents, Destination, Parcel};

use crate::{Config, errands::Failure};
use letter::Page;

/// How long a mail server may take for a letter; far below the outbox's lease.
const LONGEST: Duration = Duration::from_secs(20);

/// Sends letters; cheap to clone.
#[derive(Debug, Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    base_url: String,
}

impl Mailer {
    /// For the mail server that is configured, if one is.
    ///
    /// # Errors
    /// When its address or the sender's is none.
    pub fn of(config: &Config) -> anyhow::Result<Option<Self>> {
        let Some(url) = config.smtp_url() else { return Ok(None) };
        Self::new(url, &config.mail_from, &config.base_url()).map(Some)
    }

    /// For the mail server at `url`, with links to the site at `base_url`.
    ///
    /// # Errors
    /// When an address is none.
    pub fn new(url: &str, from: &str, base_url: &str) -> anyhow::Result<Self> {
        // The URL holds a password: its text stays out of the error.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| anyhow!("SMTP_URL is not understood"))?;
        let from: Mailbox = from.parse().context("MAIL_FROM is not understood")?;
        let hello = ClientId::Domain(from.email.domain().to_owned());
        let transport = transport.hello_name(hello).timeout(Some(LONGEST)).build();
        Ok(Self { transport, from, base_url: base_url.to_owned() })
    }

    /// Sends a letter.
    ///
    /// # Errors
    /// When the mail server does not take it.
    pub async fn send(&self, parcel: &Parcel) -> Result<(), Failure> {
        let message = self.message(parcel)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => {
                // The server's words may repeat the address: they are kept with the letter, not logged.
                let code = error.status().map_or_else(|| "no answer".to_owned(), |code| code.to_string());
                let for_good = error.is_permanent();
                let text = std::iter::successors(std::error::Error::source(&error), |error| error.source())
                    .fold(error.to_string(), |text, cause| format!("{text}: {cause}"));
                Err(Failure { code, text, for_good, is_gone: false })
            }
        }
    }

    fn message(&self, parcel: &Parcel) -> Result<Message, Failure> {
        let (address, page) = self.page(parcel)?;
        let to: Mailbox = address.parse().map_err(|_| Failure::for_good("address"))?;
        let domain = self.from.email.domain();
        // The same letter, tried again, has the same number: who got it twice is shown it once.
        let number = format!("<{}.{}.outbox@{domain}>", parcel.id, parcel.version);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.email))
            .subject(page.subject.clone())
            .message_id(Some(number))
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(settings) = &page.settings {
            message = message.raw_header(header("List-Unsubscribe", &format!("<{settings}>")));
        }
        let body = MultiPart::alternative_plain_html(page.text(), page.html());
        message.multipart(body).map_err(|error| Failure::for_good(&error.to_string()))
    }

    fn page<'a>(&self, parcel: &'a Parcel) -> Result<(&'a str, Page), Failure> {
        match &parcel.contents {
            Contents::Letter { address, subject, body } => Ok((address, Page::written(subject, body))),
            Contents::Notice { notice, language, to: Destination::Address(address) } => {
                let told = app::letters::told(notice, *language);
                Ok((address, Page::told(&told, &self.base_url)))
            }
            Contents::Notice { .. } => Err(Failure::for_good("not a letter")),
        }
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
