//! On the server: where people find the market.

use leptos::prelude::use_context;

use crate::server_side::AppContext;

/// The site's address without a path.
pub fn origin() -> String {
    use_context::<AppContext>().map(|context| context.base_url).unwrap_or_default()
}
