use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Gathers the JSON Schema of a document and of every named shape it uses.
#[derive(Debug, Default)]
pub struct Shapes {
    definitions: BTreeMap<String, Value>,
}

impl Shapes {
    /// A reference to a named shape, which is described once.
    pub fn named(&mut self, name: &str, describe: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            // A shape may contain itself; the place is taken before it is described.
            self.definitions.insert(name.to_owned(), Value::Null);
            let shape = describe(self);
            self.definitions.insert(name.to_owned(), shape);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// The whole schema of a document whose shape is `root`.
    #[must_use]
    pub fn document(self, id: &str, title: &str, root: &Value) -> Value {
        let mut schema = Map::new();
        schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.insert("$id".into(), json!(id));
        schema.insert("title".into(), json!(title));
        if let Some(fields) = root.as_object() {
            schema.extend(fields.clone());
        }
        schema.insert("$defs".into(), json!(self.definitions));
        Value::Object(schema)
    }
}

/// Joins the lines of a doc comment into a description.
pub(crate) fn description(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ").trim().to_owned()
}
