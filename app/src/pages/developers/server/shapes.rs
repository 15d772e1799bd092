//! The shapes of what is answered.

use leptos::prelude::*;
use serde_json::Value;

use super::words;

/// How the address of a shape in the description begins.
const SCHEMAS: &str = "#/components/schemas/";

/// Every shape, folded.
pub fn shapes(description: &Value) -> AnyView {
    let schemas = description.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten();
    let rows: Vec<AnyView> = schemas.map(|(name, schema)| shape(name, schema)).collect();
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{tr!(developers.shapes)}</h2>
            </div>
            <div class="api-list">{rows}</div>
        </section>
    }
    .into_any()
}

fn shape(name: &str, schema: &Value) -> AnyView {
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let rows: Vec<AnyView> = properties.map(|(name, schema)| property(name, schema)).collect();
    let whole = if rows.is_empty() {
        view! { <p>{type_of(schema)}</p> }.into_any()
    } else {
        view! {
            <div class="table-box" tabindex="0">
                <table class="data-table">
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <details class="box api-operation" id=format!("schema-{name}")>
            <summary>
                <code>
                    <b>{name.to_owned()}</b>
                </code>
                <span lang="en">{words(schema, "description")}</span>
            </summary>
            {whole}
        </details>
    }
    .into_any()
}

fn property(name: &str, schema: &Value) -> AnyView {
    view! {
        <tr>
            <td>
                <code>{name.to_owned()}</code>
            </td>
            <td>{type_of(schema)}</td>
            <td class="is-wide is-dim" lang="en">
                {words(schema, "description")}
            </td>
        </tr>
    }
    .into_any()
}

/// `[Card]`, `integer | null`, `"live" | "sold"`; a shape that it names is a link.
pub fn type_of(schema: &Value) -> AnyView {
    let text = text_of(schema);
    match first_shape(schema) {
        Some(shape) => view! {
            <a class="text-link" href=format!("#schema-{shape}")>
                <code>{text}</code>
            </a>
        }
        .into_any(),
        None => view! { <code>{text}</code> }.into_any(),
    }
}

fn first_shape(schema: &Value) -> Option<String> {
    let own = schema.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix(SCHEMAS));
    let either = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    let inside = schema.get("items").into_iter().chain(either);
    own.map(str::to_owned).or_else(|| inside.into_iter().find_map(first_shape))
}

fn text_of(schema: &Value) -> String {
    let all = |schemas: &[Value], between: &str| -> String {
        schemas.iter().map(text_of).collect::<Vec<_>>().join(between)
    };
    let list = |name: &str| schema.get(name).and_then(Value::as_array);
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return name.trim_start_matches(SCHEMAS).to_owned();
    }
    if let Some(only) = schema.get("const") {
        return only.to_string();
    }
    if let Some(schemas) = list("anyOf").or_else(|| list("oneOf")) {
        return all(schemas, " | ");
    }
    if let Some(words) = list("enum") {
        return words.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
    }
    if let Some(parts) = list("prefixItems") {
        return format!("[{}]", all(parts, ", "));
    }
    if let Some(items) = schema.get("items") {
        return format!("[{}]", text_of(items));
    }
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        let fields = fields.iter().map(|(name, schema)| format!("{name}: {}", text_of(schema)));
        return format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "));
    }
    match schema.get("type") {
        Some(Value::String(one)) => one.clone(),
        Some(Value::Array(several)) => {
            several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_type_is_told_in_few_words() {
        let money = json!({ "$ref": "#/components/schemas/Money" });
        assert_eq!(text_of(&json!({ "type": "array", "items": money })), "[Money]");
        assert_eq!(text_of(&json!({ "anyOf": [money, { "type": "null" }] })), "Money | null");
        assert_eq!(text_of(&json!({ "type": ["integer", "null"] })), "integer | null");
        assert_eq!(
            text_of(&json!({ "properties": { "refused": { "const": "ended" } } })),
            "{ refused: \"ended\" }"
        );
        assert_eq!(first_shape(&json!({ "items": money })).as_deref(), Some("Money"));
    }
}
