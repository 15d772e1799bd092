//! What types with their own notation look like on the wire; the others derive it. For the description of the
//! API alone.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{Band, Money, PictureId, SoftClose};

impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "format": "int64", "description": "Whole won." })
    }
}

impl JsonSchema for PictureId {
    fn schema_name() -> Cow<'static, str> {
        "PictureId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
            "description": "The SHA-256 of a picture; it is shown at /pictures/{id}-{320,800,1600}.jpg.",
        })
    }
}

impl JsonSchema for SoftClose {
    fn schema_name() -> Cow<'static, str> {
        "SoftClose".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "items": { "type": "integer", "minimum": 0 },
            "minItems": 3,
            "maxItems": 3,
            "description": "Window, extension and hard stop, in seconds.",
        })
    }
}

impl JsonSchema for Band {
    fn schema_name() -> Cow<'static, str> {
        "Band".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "prefixItems": [{ "type": ["integer", "null"] }, { "type": "integer" }],
            "minItems": 2,
            "maxItems": 2,
            "description": "The upper limit (null: none) of its prices, and their step, in won.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_picture_is_described_as_it_is_read() {
        let schema = schemars::schema_for!(PictureId);
        assert_eq!(schema.get("pattern").and_then(|pattern| pattern.as_str()), Some("^[0-9a-f]{64}$"));
    }
}
