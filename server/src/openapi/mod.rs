//! What programs may ask, in one table: [`table`]. The table is the description (OpenAPI 3.1 at
//! `/api/openapi.json`, which the page `/developers` shows), and it is the door: a request with an access
//! token passes only if its path stands here with a scope that the token has ([`crate::access`]).
//!
//! What is sent and answered comes from the types: arguments from the struct of the server function, answers
//! from `schemars` on the view models (feature `schema` of `market`), refusals from the variants of `Refusal`
//! with the status that each has.

mod answers;
mod fields;
mod page_only;
mod table;

use std::sync::{Arc, LazyLock};

use axum::{
    Json,
    extract::State,
    http::header::CACHE_CONTROL,
    response::{IntoResponse, Response},
};
use market::access::Scope;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

pub use page_only::PAGE_ONLY;
pub use table::{Group, Operation, Wire};

use crate::state::AppState;

/// Every operation that a program may use.
pub static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(table::all);

/// The operation at a path.
#[must_use]
pub fn operation(path: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.path == path)
}

/// `GET /api/openapi.json`
pub async fn openapi(State(state): State<AppState>) -> Response {
    let kept = [(CACHE_CONTROL, "public, max-age=3600")];
    (kept, Json(Arc::clone(&state.context.description))).into_response()
}

/// The description of a market that people find at `base_url`.
#[must_use]
pub fn description(base_url: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for operation in OPERATIONS.iter() {
        let schema = (operation.answer)(&mut generator).to_value();
        let method = operation.method.as_str().to_ascii_lowercase();
        paths.insert(operation.path.to_owned(), json!({ method: described(operation, schema) }));
    }
    let refusals = answers::refusals(&mut generator);
    let mut schemas = generator.take_definitions(true);
    // Told by status instead.
    schemas.remove("Refusal");
    schemas.extend(refusals);
    schemas.values_mut().for_each(plain_words);
    json!({
        "openapi": "3.1.0",
        "info": info(),
        "servers": [{ "url": base_url }],
        "tags": Group::ALL.map(Group::described),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": answers::responses(),
            "headers": answers::headers(),
            "securitySchemes": security_schemes(),
        },
    })
}

fn info() -> Value {
    json!({
        "title": "NeighborBid",
        "version": env!("CARGO_PKG_VERSION"),
        "license": { "name": "MIT", "identifier": "MIT" },
        "description": "Forms in, JSON out. Amounts are whole won, instants RFC 3339 in UTC. A refusal is an \
            answer with its reason; of several the first counts: no_session, too_many, scope, then what was \
            asked. A request with an access token is judged by the token alone, whatever cookie it has; a \
            token that is not known is refused everywhere with 401. Requests that a browser sends from \
            another site are refused with 403 before anything else. Whatever takes a key does a key once.",
    })
}

fn security_schemes() -> Value {
    let scopes = Scope::ALL.map(Scope::as_str).join(", ");
    json!({
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "nb_ and 64 hexadecimal digits",
            "description": format!("An access token from /settings, with scopes: {scopes}."),
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "__Host-session",
            "description": "A signed-in browser; it may do everything its person may.",
        },
    })
}

fn described(operation: &Operation, answer: Value) -> Value {
    let token = json!({ "token": [operation.scope.as_str()] });
    let mut security = vec![token, json!({ "session": [] })];
    if !operation.needs_user {
        security.push(json!({}));
    }
    let [korean, english] = operation.says;
    let mut described = json!({
        "operationId": operation.name(),
        "tags": [operation.group.name()],
        "summary": english,
        "x-summary-ko": korean,
        "security": security,
        "responses": answers::of(operation, answer),
    });
    match operation.wire {
        Wire::Query => described["parameters"] = fields::parameters(operation),
        Wire::Form => described["requestBody"] = fields::body(operation),
        Wire::File => described["requestBody"] = fields::file(),
    }
    described
}

/// Comments of the code name other things of the code in brackets; here they are words.
fn plain_words(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "description" => {
                        *text = text.replace("[`", "").replace("`]", "").replace("crate::", "");
                    }
                    other => plain_words(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(plain_words),
        _ => {}
    }
}
