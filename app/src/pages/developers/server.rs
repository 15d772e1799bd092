//! On the server: the description of the API, written as HTML.

mod operation;
mod shapes;

use leptos::{prelude::*, reactive::owner::Owner};
use market::{access::Scope, text::Language};
use serde_json::Value;

use self::{operation::operation, shapes::shapes};
use crate::{language::language, paths, server_side::AppContext};

/// The page as HTML.
pub fn sheet() -> Option<String> {
    let context = use_context::<AppContext>()?;
    // It never comes alive, so nothing in it may take part in hydration, nor anything around it be told so.
    let html = move || written(&context.description, &context.base_url).to_html();
    Some(Owner::new().with(|| Owner::with_no_hydration(html)))
}

/// Words of the description in the language of the page: an extension carries the Korean ones.
fn words(of: &Value, name: &str) -> String {
    let korean = of.get(format!("x-{name}-ko")).filter(|_| language() == Language::Ko);
    korean.or_else(|| of.get(name)).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What a scope lets a program do.
fn scope_text(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => tr!(settings.tokens.read),
        Scope::Bid => tr!(settings.tokens.bid),
        Scope::Sell => tr!(settings.tokens.sell),
    }
}

fn written(description: &Value, base_url: &str) -> AnyView {
    let tags = description.get("tags").and_then(Value::as_array).into_iter().flatten();
    let groups: Vec<AnyView> = tags.map(|tag| group(description, tag, base_url)).collect();
    view! {
        <div class="page-head">
            <div>
                <h1>{tr!(developers.title)}</h1>
                <p class="page-lead">{tr!(developers.lead)}</p>
            </div>
        </div>
        {beginning(base_url)}
        {groups}
        {shapes(description)}
    }
    .into_any()
}

fn beginning(base_url: &str) -> AnyView {
    let first = format!("curl -H 'Authorization: Bearer nb_…' {base_url}/api/me");
    let scopes = Scope::ALL.map(|scope| {
        view! {
            <li>
                <code>{scope.as_str()}</code>
                " · "
                {scope_text(scope)}
            </li>
        }
    });
    view! {
        <section class="section form-stack">
            <h2>{tr!(developers.begin)}</h2>
            <p>{tr!(developers.token)}</p>
            <pre class="api-code" tabindex="0">
                {first}
            </pre>
            <ul>{scopes.into_iter().collect_view()}</ul>
            <p>{tr!(developers.refusals)}</p>
            <p>{tr!(developers.limits)}</p>
            <p>{tr!(developers.key)}</p>
            <p class="btn-row">
                <a class="btn btn-ghost" href=paths::settings(paths::TOKENS)>
                    {tr!(settings.tokens.open)}
                </a>
                <a class="btn btn-ghost" href=paths::DESCRIPTION>
                    {tr!(developers.file)}
                </a>
            </p>
        </section>
    }
    .into_any()
}

/// The operations of a tag.
fn group(description: &Value, tag: &Value, base_url: &str) -> AnyView {
    let name = tag.get("name").and_then(Value::as_str);
    let paths = description.get("paths").and_then(Value::as_object).into_iter().flatten();
    let mut rows = Vec::new();
    for (path, methods) in paths {
        for (method, described) in methods.as_object().into_iter().flatten() {
            if described.pointer("/tags/0").and_then(Value::as_str) == name {
                rows.push(operation(path, method, described, base_url));
            }
        }
    }
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{words(tag, "description")}</h2>
            </div>
            <div class="api-list">{rows}</div>
        </section>
    }
    .into_any()
}
