//! The JSON Schema of `--json`: the core's schemas in one document.

use serde_json::{Map, Value, json};

use super::program::{CRATE, json as answer, scratch};

/// Names a schema of the core.
fn core(name: &str) -> Value {
    json!({ "$ref": format!("https://duebill.dev/schemas/{name}.json") })
}

fn list(name: &str) -> Value {
    json!({ "type": "array", "items": core(name) })
}

fn schema() -> Value {
    let used = ["account_view", "aging", "cash_book_view", "log_address", "numbers", "refusal"];
    let schemas = duebill::wire::schemas().into_iter().filter(|(name, _)| used.contains(name));
    let parts: Map<String, Value> =
        schemas.map(|(name, schema)| (name.to_owned(), serde_json::from_str(&schema).unwrap())).collect();
    assert_eq!(parts.len(), used.len());
    let milliseconds = json!({ "type": "integer", "minimum": 0 });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://duebill.dev/schemas/month_end.json",
        "title": "All that a month end says",
        "type": "object",
        "additionalProperties": false,
        "required": ["accounts", "aging", "as_of", "cash_books", "numbers", "refused", "schema", "timings"],
        "properties": {
            "accounts": list("account_view"),
            "aging": core("aging"),
            "as_of": { "type": "string", "format": "date" },
            "cash_books": list("cash_book_view"),
            "numbers": list("numbers"),
            "refused": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["command", "log", "refusal"],
                    "properties": {
                        "command": { "type": "string", "minLength": 1, "maxLength": 128 },
                        "log": core("log_address"),
                        "refusal": core("refusal"),
                    },
                },
            },
            "schema": { "const": "duebill/month_end/1" },
            "timings": {
                "type": "object",
                "additionalProperties": false,
                "required": ["core_ms", "total_ms"],
                "properties": { "core_ms": milliseconds, "total_ms": milliseconds },
            },
        },
        "$defs": parts,
    })
}

#[test]
fn the_answer_is_as_its_schema_says() {
    let path = format!("{CRATE}/month_end.schema.json");
    let described = format!("{:#}\n", schema());
    if std::env::var_os("DUEBILL_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, &described).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == described,
        "{path} has drifted; look at what changed, then run: DUEBILL_BLESS=1 cargo test -p duebill-examples"
    );
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let line = answer(&scratch("schema").join("month_end.sqlite"));
    let good: Value = serde_json::from_str(&line).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&good).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // One line of canonical JSON, as RFC 8785 has it for ASCII keys.
    assert_eq!(format!("{good}\n"), line);

    // A schema that says nothing would pass everything.
    for (pointer, bad) in [
        ("/accounts/0/invoices/0/gross", json!(1047.2)),
        ("/aging/sections/0/control_total", Value::Null),
        ("/refused/0/refusal/code", json!("1205")),
        ("/timings/core_ms", json!(-1)),
    ] {
        let mut changed = good.clone();
        *changed.pointer_mut(pointer).unwrap() = bad;
        assert!(!validator.is_valid(&changed), "{pointer} passes");
    }
}
