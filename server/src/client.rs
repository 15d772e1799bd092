//! Where a request comes from, when a proxy stands in front of us.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};

/// Puts the client's address in the place of the proxy's, for all who count by address. Only with
/// `BEHIND_PROXY`: else everybody could write what he likes.
pub async fn believe_the_proxy(mut request: Request, next: Next) -> Response {
    if let Some(client) = forwarded(request.headers()) {
        request.extensions_mut().insert(ConnectInfo(client));
    }
    next.run(request).await
}

/// A proxy appends the address it saw to what it was told: the last one is true.
fn forwarded(headers: &HeaderMap) -> Option<SocketAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let address = line.rsplit(',').next()?.trim().parse().ok()?;
    Some(SocketAddr::new(address, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&'static str]) -> Option<String> {
        let name = axum::http::HeaderName::from_static("x-forwarded-for");
        let line = |line: &&'static str| (name.clone(), axum::http::HeaderValue::from_static(line));
        forwarded(&lines.iter().map(line).collect()).map(|address| address.ip().to_string())
    }

    #[test]
    fn of_the_forwarded_addresses_the_last_is_true() {
        assert_eq!(told(&["203.0.113.9, 198.51.100.7"]).as_deref(), Some("198.51.100.7"));
        assert_eq!(told(&["203.0.113.9", "2001:db8::1"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(told(&["203.0.113.9, unknown"]), None);
        assert_eq!(told(&[]), None);
    }
}
