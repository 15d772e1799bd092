//! What is answered: the shape of success, and for each status the refusals that have it, told from the
//! variants of [`Refusal`] itself.

use std::collections::BTreeMap;

use axum::http::Method;
use market::Refusal;
use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use super::Operation;

/// Every status but success, with what it means. 413 has no JSON: nobody reads a body that is too large.
const MEANINGS: [(u16, &str); 7] = [
    (401, "No token, no session, or one that is not known any more."),
    (403, "The token's scopes, or the person, do not allow it."),
    (404, "There is no such thing."),
    (409, "A rule says no, and what it would take."),
    (422, "Something cannot be read, or is not valid."),
    (429, "Too often; Retry-After says when to come back."),
    (503, "The market is busy; nothing was written. The same request may be sent again."),
];

/// Of an operation, by status.
pub(super) fn of(operation: &Operation, answer: Value) -> Value {
    let mut responses = Map::new();
    let success = json!({
        "description": "Done.",
        "headers": limit_headers(),
        "content": { "application/json": { "schema": answer } },
    });
    responses.insert("200".to_owned(), success);
    for (status, _) in MEANINGS {
        let possible = match status {
            404 => operation.may_miss,
            409 => operation.has_rules,
            _ => true,
        };
        if possible {
            responses.insert(
                status.to_string(),
                json!({ "$ref": format!("#/components/responses/{}", name(status)) }),
            );
        }
    }
    if operation.method == Method::POST {
        responses.insert("413".to_owned(), json!({ "$ref": "#/components/responses/TooLarge" }));
    }
    responses.insert("500".to_owned(), json!({ "$ref": "#/components/responses/Failed" }));
    Value::Object(responses)
}

/// `Refused409`
fn name(status: u16) -> String {
    format!("Refused{status}")
}

fn limit_headers() -> Value {
    let header = |name: &str| json!({ "$ref": format!("#/components/headers/{name}") });
    json!({
        "RateLimit-Limit": header("RateLimit-Limit"),
        "RateLimit-Remaining": header("RateLimit-Remaining"),
        "RateLimit-Reset": header("RateLimit-Reset"),
    })
}

/// The answers that operations share.
pub(super) fn responses() -> Value {
    let mut responses = Map::new();
    for (status, meaning) in MEANINGS {
        let schema = json!({ "$ref": format!("#/components/schemas/{}", name(status)) });
        let mut response =
            json!({ "description": meaning, "content": { "application/json": { "schema": schema } } });
        if status == 429 {
            response["headers"] = limit_headers();
            response["headers"]["Retry-After"] = json!({ "$ref": "#/components/headers/Retry-After" });
        }
        responses.insert(name(status), response);
    }
    let failed = json!({ "$ref": "#/components/schemas/Failed" });
    let failed = json!({
        "description": "Something broke; the log has the cause under the reference.",
        "content": { "application/json": { "schema": failed } },
    });
    responses.insert("Failed".to_owned(), failed);
    let text = json!({ "text/plain": { "schema": { "type": "string" } } });
    let large = json!({ "description": "More than a form or a picture may be.", "content": text });
    responses.insert("TooLarge".to_owned(), large);
    Value::Object(responses)
}

/// What says how often one may ask. Present whenever a request was counted: always with a token, and for
/// whatever changes something.
pub(super) fn headers() -> Value {
    let number = |words: &str| json!({ "description": words, "schema": { "type": "integer", "minimum": 0 } });
    json!({
        "RateLimit-Limit": number("How many requests at once, at most."),
        "RateLimit-Remaining": number("How many of them are left."),
        "RateLimit-Reset": number("In how many seconds all of them are there again."),
        "Retry-After": number("In how many seconds to come back."),
    })
}

/// The shapes of refusals, one for each status, and that of a failure.
pub(super) fn refusals(generator: &mut SchemaGenerator) -> Map<String, Value> {
    generator.subschema_for::<Refusal>();
    let definitions = generator.definitions().clone();
    let variants =
        definitions.get("Refusal").and_then(|schema| schema.get("oneOf")).and_then(Value::as_array);
    let mut by_status: BTreeMap<u16, Vec<Value>> = BTreeMap::new();
    for variant in variants.into_iter().flatten() {
        // A sample of it knows its status.
        if let Ok(refusal) = serde_json::from_value::<Refusal>(sample(variant, &definitions)) {
            by_status.entry(refusal.status()).or_default().push(variant.clone());
        }
    }
    let shape = |(status, variants)| (name(status), json!({ "oneOf": variants }));
    let mut shapes: Map<String, Value> = by_status.into_iter().map(shape).collect();
    let failed = json!({
        "type": "object",
        "properties": {
            "reference": { "type": "string", "description": "To be told to whoever runs the market." },
        },
        "required": ["reference"],
    });
    shapes.insert("Failed".to_owned(), failed);
    shapes
}

/// Some value that fits a schema.
fn sample(schema: &Value, definitions: &Map<String, Value>) -> Value {
    let first = |name: &str| schema.get(name).and_then(|list| list.get(0));
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next()) {
        return definitions.get(name).map_or(Value::Null, |schema| sample(schema, definitions));
    }
    if let Some(only) = schema.get("const").or_else(|| first("enum")) {
        return only.clone();
    }
    if let Some(schema) = first("anyOf").or_else(|| first("oneOf")) {
        return sample(schema, definitions);
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => {
            let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
            fields.map(|(name, schema)| (name.clone(), sample(schema, definitions))).collect()
        }
        Some("array") => json!([]),
        Some("integer") => json!(0),
        Some("string") => json!(""),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use schemars::generate::SchemaSettings;

    use super::*;

    #[test]
    fn every_refusal_is_described_under_its_status() {
        let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let shapes = refusals(&mut generator);
        let count =
            |name: &str| shapes.get(name).and_then(|shape| shape["oneOf"].as_array()).map_or(0, Vec::len);
        let described: usize = MEANINGS.iter().map(|(status, _)| count(&name(*status))).sum();
        let variants = generator.definitions()["Refusal"]["oneOf"].as_array().map_or(0, Vec::len);
        assert_eq!(described, variants);
        assert!(described > 30, "{described}");
    }
}
