//! The committed JSON Schemas are those that the code describes.

use std::collections::BTreeSet;

use super::blessed;

#[test]
fn committed_schemas_are_the_described_ones() {
    let mut names = BTreeSet::new();
    for (name, schema) in duebill::wire::schemas() {
        blessed::compare(&format!("schemas/{name}.json"), &schema);
        assert!(names.insert(format!("{name}.json")), "{name} twice");
    }
    let folder = std::fs::read_dir(blessed::path("schemas")).unwrap();
    let committed: BTreeSet<_> =
        folder.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(committed, names, "a schema is committed that no document has");
}

#[test]
fn every_named_field_is_described() {
    for (name, schema) in duebill::wire::schemas() {
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        for (shape, definition) in schema["$defs"].as_object().unwrap() {
            for (field, property) in definition["properties"].as_object().into_iter().flatten() {
                let described = property.get("description").or_else(|| property.get("const"));
                assert!(
                    described.is_some()
                        || ["Finding", "Row", "Sealed"].contains(&shape.trim_start_matches("Seen")),
                    "{name}: {shape}.{field}"
                );
            }
        }
    }
}

#[test]
fn codes_are_unique_and_ascending() {
    let codes = duebill::wire::codes();
    assert!(codes.windows(2).all(|pair| pair[0].number < pair[1].number));
    let names: BTreeSet<_> = codes.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), codes.len());
    assert!(
        names
            .iter()
            .all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
    );
}
