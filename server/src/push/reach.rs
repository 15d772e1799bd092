//! Where pushes may go. The address comes from a browser, so from anybody: it must not reach into our own
//! network. It is looked at twice: as it is written, and as its name is resolved, at each connection.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
};

/// The longest address, in bytes; the books take no longer one either.
const LONGEST: usize = 1_000;

/// Which machines may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Those of the public internet, over https.
    Public,
    /// This one, for tests.
    Loopback,
}

impl Reach {
    /// The endpoint as an address that may be asked.
    pub(super) fn endpoint(self, text: &str) -> Option<Url> {
        if text.len() > LONGEST {
            return None;
        }
        let url = Url::parse(text).ok()?;
        let scheme = match self {
            Self::Public => "https",
            Self::Loopback => "http",
        };
        let plain = url.scheme() == scheme && url.username().is_empty() && url.password().is_none();
        // Who writes a number asks no resolver.
        let host = url.host_str()?.trim_matches(['[', ']']);
        let allowed = host.parse().map_or(true, |address| self.allows(address));
        (plain && allowed).then_some(url)
    }

    fn allows(self, address: IpAddr) -> bool {
        match self {
            Self::Public => is_public(address),
            Self::Loopback => address.is_loopback(),
        }
    }
}

/// Resolves names to those of their addresses that may be reached.
pub(super) struct PublicOnly(pub(super) Reach);

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> = found.filter(|found| reach.allows(found.ip())).collect();
            if allowed.is_empty() {
                return Err("no address that may be reached".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// All but what the IANA has set aside (RFC 6890).
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let set_aside = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b));
    !set_aside
}

/// Global unicast, without what carries an address of version 4 inside, and without examples.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_global = first & 0xe000 == 0x2000;
    let is_tunnel = first == 0x2002 || (first == 0x2001 && second < 0x0200);
    let is_example = (first == 0x2001 && second == 0x0db8) || (first == 0x3fff && second < 0x1000);
    is_global && !is_tunnel && !is_example
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_to_public_machines_is_an_endpoint() {
        assert!(Reach::Public.endpoint("https://fcm.googleapis.com/fcm/send/a:b").is_some());
        assert!(Reach::Public.endpoint("https://8.8.8.8/a").is_some());
        for bad in [
            "http://fcm.googleapis.com/a",
            "https://user@fcm.googleapis.com/a",
            "https://127.0.0.1/a",
            "https://0x7f000001/a",
            "https://2130706433/a",
            "https://10.1.2.3:8443/a",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/a",
            "https://[::ffff:10.0.0.1]/a",
            "https://[fd00::1]/a",
            "https://[64:ff9b::a00:1]/a",
            "file:///etc/passwd",
            "",
        ] {
            assert!(Reach::Public.endpoint(bad).is_none(), "{bad}");
        }
        assert!(Reach::Public.endpoint(&format!("https://a.example/{}", "a".repeat(1_000))).is_none());
    }

    #[test]
    fn what_is_set_aside_is_not_public() {
        let private = ["0.0.0.0", "100.64.0.1", "172.16.9.9", "192.168.0.1", "198.18.0.1", "224.0.0.1"];
        let private_6 = ["::", "fe80::1", "2002:a00:1::", "2001::1", "2001:db8::1", "ff02::1"];
        for address in private.into_iter().chain(private_6) {
            assert!(!is_public(address.parse().expect("an address")), "{address}");
        }
        for address in ["1.1.1.1", "142.250.76.10", "2404:6800:4004:80a::200a"] {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_home_is_not_resolved() {
        let resolve = |reach| PublicOnly(reach).resolve("localhost".parse().expect("a name"));
        assert!(resolve(Reach::Public).await.is_err());
        assert!(resolve(Reach::Loopback).await.expect("addresses").next().is_some());
    }
}
