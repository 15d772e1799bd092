//! One operation: what it is sent, what it answers, and how to try it.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::{shapes::type_of, words};

/// Folded; its line says what it is and what it takes.
pub fn operation(path: &str, method: &str, described: &Value, base_url: &str) -> AnyView {
    let scope = described.pointer("/security/0/token/0").and_then(Value::as_str).unwrap_or_default();
    let ways = described.get("security").and_then(Value::as_array);
    let is_open = ways.is_some_and(|ways| ways.contains(&json!({})));
    let open = is_open.then(|| view! { <span class="tag is-line">{tr!(developers.open)}</span> });
    let id = path.trim_start_matches("/api/").to_owned();
    view! {
        <details class="box api-operation" id=id>
            <summary>
                <code>
                    <b>{method.to_uppercase()}</b>
                    " "
                    {path.to_owned()}
                </code>
                <span>{words(described, "summary")}</span>
                <span class="row-tags">
                    <span class="tag is-line">{scope.to_owned()}</span>
                    {open}
                </span>
            </summary>
            {fields_of(described)}
            {answers_of(described)}
            <h3>{tr!(developers.example)}</h3>
            <pre class="api-code" tabindex="0">
                {curl(path, method, described, base_url)}
            </pre>
        </details>
    }
    .into_any()
}

/// A field's name, its schema and what it is.
struct Line {
    name: String,
    schema: Value,
    says: String,
}

/// Of the address, or of the form.
fn lines(described: &Value) -> Vec<Line> {
    let form = "/requestBody/content/application~1x-www-form-urlencoded/schema/properties";
    let query = described.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let query = query.filter_map(|parameter| {
        let name = parameter.get("name")?.as_str()?.to_owned();
        Some(Line { name, schema: parameter.get("schema")?.clone(), says: words(parameter, "description") })
    });
    let form = described.pointer(form).and_then(Value::as_object).into_iter().flatten();
    let form = form.map(|(name, schema)| Line {
        name: name.clone(),
        schema: schema.clone(),
        says: words(schema, "description"),
    });
    query.chain(form).collect()
}

fn fields_of(described: &Value) -> AnyView {
    let lines = lines(described);
    if lines.is_empty() {
        return ().into_any();
    }
    let rows = lines.into_iter().map(|line| {
        view! {
            <tr>
                <td>
                    <code>{line.name}</code>
                </td>
                <td class="is-wide">{line.says}</td>
            </tr>
        }
    });
    view! {
        <h3>{tr!(developers.fields)}</h3>
        <div class="table-box" tabindex="0">
            <table class="data-table">
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn answers_of(described: &Value) -> AnyView {
    let answers = described.get("responses").and_then(Value::as_object).into_iter().flatten();
    let rows: Vec<AnyView> = answers
        .map(|(status, answer)| {
            let named = answer.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
            let named = named.map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
            let schema = answer.pointer("/content/application~1json/schema").cloned().or(named);
            view! {
                <tr>
                    <td>
                        <code>{status.clone()}</code>
                    </td>
                    <td class="is-wide">{schema.as_ref().map(type_of)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <h3>{tr!(developers.answers)}</h3>
        <div class="table-box" tabindex="0">
            <table class="data-table">
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// With the example of each field that has one.
fn curl(path: &str, method: &str, described: &Value, base_url: &str) -> String {
    let filled = lines(described).into_iter().filter_map(|line| {
        let example = line.schema.pointer("/examples/0")?.as_str()?.to_owned();
        Some(format!(" \\\n  --data-urlencode '{}={example}'", line.name))
    });
    let filled: String = filled.collect();
    let how = match (method, filled.is_empty()) {
        ("get", false) => " -G",
        ("post", true) => " -X POST",
        _ => "",
    };
    format!("curl{how} -H 'Authorization: Bearer nb_…'{filled} \\\n  {base_url}{path}")
}
