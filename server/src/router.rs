//! What answers: pages and server functions of the app, files of the site, probes.

use app::App;
use app::paths;
use app::shell::shell;
use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use leptos_axum::{ErrorHandler, LeptosRoutes, generate_route_list};
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::layers::{A_DAY, A_YEAR, files_are_kept, with_layers};
use crate::shared_pages::Drawings;
use crate::state::AppState;
use crate::to_the_end::to_the_end;
use crate::{
    access, api_answers, client, limits, live, my_data, openapi, pictures, plain_forms, policy, probes,
    sessions, shared_pages, statement_file,
};

/// Everything, behind the layers that every request passes.
pub fn router(state: AppState) -> Router {
    let options = state.leptos.clone();
    let page = {
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
    let drawn = Router::new()
        .leptos_routes_with_context(&state, generate_route_list(App), provide.clone(), page)
        .layer(from_fn_with_state(Drawings::default(), shared_pages::share));
    let pages = drawn
        .route("/livez", get(probes::live))
        .route("/readyz", get(probes::ready))
        .route(paths::STATEMENT_FILE, get(statement_file::statement_file))
        .route(paths::MY_DATA, get(my_data::my_data))
        .nest(paths::PKG, kept(&options.site_root, paths::PKG, A_YEAR))
        .nest(paths::FONTS, kept(&options.site_root, paths::FONTS, A_YEAR))
        .nest(paths::ART, kept(&options.site_root, paths::ART, A_DAY))
        .nest(paths::ICONS, kept(&options.site_root, paths::ICONS, A_DAY))
        .merge(pictures::files())
        .merge(service_worker(&options.site_root))
        .fallback_service(other_files);
    // Not behind the callers' layers: a socket looks after its session and its limits itself.
    let router = with_callers(pages, &state).merge(live::routes()).merge(described());
    let uploads = with_callers(pictures::uploads(), &state);
    let behind_proxy = state.behind_proxy;
    let addressed = |router: Router<AppState>| {
        if behind_proxy { router.layer(from_fn(client::believe_the_proxy)) } else { router }
    };
    with_layers(addressed(router).with_state(state.clone()), addressed(uploads).with_state(state))
}

/// What programs may ask: the same for everybody, with or without a token.
fn described() -> Router<AppState> {
    Router::new().route(paths::DESCRIPTION, get(openapi::openapi))
}

/// Who asks, how often, within what, and how; what changes something is done to its end.
fn with_callers(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    router
        .layer(from_fn(api_answers::right_status))
        .layer(from_fn(access::within_scope))
        .layer(from_fn_with_state(state.limits.clone(), limits::limit))
        .layer(from_fn_with_state(state.clone(), sessions::find_viewer))
        .layer(from_fn_with_state(state.clone(), plain_forms::plain_forms))
        .layer(from_fn_with_state(state.clone(), to_the_end))
}

/// What a browser runs to be woken: it lies at the root, and may ask for pages of this site.
fn service_worker(site: &str) -> Router<AppState> {
    let file = ServeFile::new(format!("{site}{}", paths::SERVICE_WORKER)).precompressed_br();
    let policy = SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, policy::OF_WORKER);
    Router::new().route_service(paths::SERVICE_WORKER, file).layer(policy)
}

/// A folder of files that caches may keep.
fn kept(site: &str, folder: &str, how_long: HeaderValue) -> Router<AppState> {
    let files = ServeDir::new(format!("{site}{folder}")).precompressed_br();
    Router::new().fallback_service(files).layer(files_are_kept(how_long))
}
