//! How a letter looks: plain text, and the same as simple HTML. Mail programs know no stylesheets, so the few
//! styles stand in the elements; everything that comes from people is escaped.

use app::letters::{Told, settings_path};

/// The longest subject, in characters.
const SUBJECT_MAX: usize = 200;
const GROUND: &str = "background:#f7f3ea;padding:24px 12px;\
                      font-family:-apple-system,'Apple SD Gothic Neo','Malgun Gothic',sans-serif";
const CARD: &str = "max-width:520px;margin:0 auto;background:#fffdf8;border:1px solid #e6dfd0;\
                    border-radius:16px;padding:24px;color:#26231d;line-height:1.6;font-size:16px";
const BUTTON: &str = "display:inline-block;background:#1f5c46;color:#ffffff;text-decoration:none;\
                      font-weight:bold;border-radius:12px;padding:12px 20px";
const FOOT: &str =
    "color:#6b6456;font-size:13px;border-top:1px solid #e6dfd0;margin-top:24px;padding-top:12px";

/// What a letter says.
pub(super) struct Page {
    pub(super) subject: String,
    /// Where its reader chooses what he is told of; none in letters that he asked for.
    pub(super) settings: Option<String>,
    lang: &'static str,
    paragraphs: Vec<String>,
    /// The words and the address of the button.
    way: Option<(&'static str, String)>,
    /// Why it came, and the words of the link to the settings.
    foot: Option<(&'static str, &'static str)>,
}

impl Page {
    /// Somebody's own words: paragraphs with empty lines between them. Addresses in them become links.
    pub(super) fn written(subject: &str, body: &str) -> Self {
        let paragraphs = body.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
        Self {
            subject: line(subject),
            settings: None,
            lang: "ko",
            paragraphs: paragraphs.map(str::to_owned).collect(),
            way: None,
            foot: None,
        }
    }

    /// A notice.
    pub(super) fn told(told: &Told, base_url: &str) -> Self {
        Self {
            subject: line(&told.subject()),
            settings: Some(format!("{base_url}{}", settings_path())),
            lang: told.lang,
            paragraphs: vec![told.head.clone(), told.line()],
            way: Some((told.open, format!("{base_url}{}", told.path))),
            foot: Some((told.why, told.settings)),
        }
    }

    pub(super) fn text(&self) -> String {
        let mut parts = self.paragraphs.clone();
        parts.extend(self.way.as_ref().map(|(words, url)| format!("{words}: {url}")));
        let foot = self.foot.zip(self.settings.as_ref());
        parts.extend(foot.map(|((why, words), url)| format!("-- \n{why}\n{words}: {url}")));
        parts.join("\n\n") + "\n"
    }

    pub(super) fn html(&self) -> String {
        let paragraphs: Vec<String> =
            self.paragraphs.iter().map(|text| format!("<p>{}</p>", linked(text))).collect();
        let paragraphs = paragraphs.concat();
        let way = self.way.as_ref().map_or_else(String::new, |(words, url)| {
            format!("<p><a href=\"{}\" style=\"{BUTTON}\">{}</a></p>", escaped(url), escaped(words))
        });
        let foot = self.foot.zip(self.settings.as_ref()).map_or_else(String::new, |((why, words), url)| {
            let (why, url, words) = (escaped(why), escaped(url), escaped(words));
            format!("<p style=\"{FOOT}\">{why}<br><a href=\"{url}\" style=\"color:inherit\">{words}</a></p>")
        });
        format!(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
             <body style=\"margin:0\"><div style=\"{GROUND}\"><div style=\"{CARD}\">{paragraphs}{way}{foot}\
             </div></div></body></html>",
            self.lang,
            escaped(&self.subject)
        )
    }
}

/// On one line, and not too long for one.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(SUBJECT_MAX).collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

/// Escaped, with links where addresses stand alone.
fn linked(text: &str) -> String {
    let is_address = |word: &str| word.starts_with("https://") || word.starts_with("http://");
    let word = |word: &str| {
        let safe = escaped(word);
        if is_address(word) { format!("<a href=\"{safe}\">{safe}</a>") } else { safe }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect::<Vec<_>>().join("<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s10_what_people_wrote_is_escaped() {
        let page =
            Page::written("a\r\nBcc: b@example.org", "<script>\"x\"</script>\n\nhttps://a.example/?b&c");
        assert_eq!(page.subject, "a Bcc: b@example.org");
        let html = page.html();
        assert!(html.contains("<p>&lt;script&gt;&quot;x&quot;&lt;/script&gt;</p>"), "{html}");
        assert!(html.contains("<a href=\"https://a.example/?b&amp;c\">"), "{html}");
        assert_eq!(page.text(), "<script>\"x\"</script>\n\nhttps://a.example/?b&c\n");
    }
}
