//! What answers: pages and server functions of the app, files of the site, probes.

use app::App;
use app::paths;
use app::shell::shell;
use axum::Router;
use axum::http::HeaderValue;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use leptos_axum::{ErrorHandler, LeptosRoutes, generate_route_list};
use tower_http::services::ServeDir;

use crate::layers::{A_DAY, A_YEAR, files_are_kept, with_layers};
use crate::state::AppState;
use crate::{api_answers, client, limits, live, plain_forms, policy, probes, sessions};

/// Everything, behind the layers that every request passes.
pub fn router(state: AppState) -> Router {
    let options = state.leptos.clone();
    let pages = {
        let options = options.clone();
        move || shell(options.clone())
    };
    let context = state.context.clone();
    let provide = move || policy::provide(&context);
    // Files whose name has no hash (pictures, icons); what is none either is answered by the page for that.
    let not_found = ErrorHandler::new_with_context(provide.clone(), shell, options.clone());
    let other_files = ServeDir::new(&*options.site_root)
        .append_index_html_on_directories(false)
        .call_fallback_on_method_not_allowed(true)
        .precompressed_br()
        .fallback(not_found);
    let router = Router::new()
        .route("/livez", get(probes::live))
        .route("/readyz", get(probes::ready))
        .leptos_routes_with_context(&state, generate_route_list(App), provide.clone(), pages)
        .nest(paths::PKG, kept(&options.site_root, paths::PKG, A_YEAR))
        .nest(paths::FONTS, kept(&options.site_root, paths::FONTS, A_YEAR))
        .nest(paths::ART, kept(&options.site_root, paths::ART, A_DAY))
        .nest(paths::ICONS, kept(&options.site_root, paths::ICONS, A_DAY))
        .fallback_service(other_files)
        .layer(from_fn(api_answers::right_status))
        .layer(from_fn_with_state(state.limits.clone(), limits::limit))
        .layer(from_fn_with_state(state.clone(), sessions::find_viewer))
        .layer(from_fn_with_state(state.clone(), plain_forms::plain_forms))
        // After those layers: a socket looks after its session and its limits itself.
        .merge(live::routes());
    let router = if state.behind_proxy { router.layer(from_fn(client::believe_the_proxy)) } else { router };
    with_layers(router.with_state(state))
}

/// A folder of files that caches may keep.
fn kept(site: &str, folder: &str, how_long: HeaderValue) -> Router<AppState> {
    let files = ServeDir::new(format!("{site}{folder}")).precompressed_br();
    Router::new().fallback_service(files).layer(files_are_kept(how_long))
}
