//! What a browser says it is, as far as its owner needs it to know his devices apart. The names are the
//! makers' own, the same in every language.

/// A browser and the system it runs on; `None` for what does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// `Firefox`
    pub browser: Option<&'static str>,
    /// `Android`
    pub system: Option<&'static str>,
    /// It is held in a hand.
    pub is_phone: bool,
}

/// Who borrows another's name stands before him: all but Firefox say that they are Safari or Chrome.
const BROWSERS: [(&str, &str); 11] = [
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER(", "NAVER"),
    ("Whale/", "Whale"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// An Android says that it is a Linux, and an iPhone that it is like a Mac.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

impl Device {
    /// What `agent`, a `User-Agent`, names.
    #[must_use]
    pub fn of(agent: &str) -> Self {
        let named = |names: &[(&str, &'static str)]| {
            names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
        };
        let system = named(&SYSTEMS);
        let is_phone = matches!(system, Some("iPhone" | "iPad" | "Android"));
        Self { browser: named(&BROWSERS), system, is_phone }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_by_the_most_particular_of_its_names() {
        let of = |agent: &str| {
            let device = Device::of(agent);
            (device.browser, device.system, device.is_phone)
        };
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                      Chrome/140.0.0.0 Safari/537.36";
        assert_eq!(of(chrome), (Some("Chrome"), Some("Windows"), false));
        assert_eq!(of(&format!("{chrome} Edg/140.0")), (Some("Edge"), Some("Windows"), false));
        assert_eq!(of(&format!("{chrome} Whale/4.0")), (Some("Whale"), Some("Windows"), false));
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 \
                      (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(of(iphone), (Some("Safari"), Some("iPhone"), true));
        let android = "Mozilla/5.0 (Linux; Android 15; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) \
                       SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36";
        assert_eq!(of(android), (Some("Samsung Internet"), Some("Android"), true));
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
        assert_eq!(of(firefox), (Some("Firefox"), Some("Linux"), false));
        assert_eq!(of(""), (None, None, false));
        assert_eq!(of("curl/8.5.0"), (None, None, false));
    }
}
