//! Case files: `{"cases": [{"id", "kind", "in", "out" | "refused"}]}`, the same that C and Python run.

use serde_json::{Value, json};

use super::blessed;

#[test]
fn every_case_gives_what_it_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in std::fs::read_dir(blessed::path("cases")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        for case in document["cases"].as_array().unwrap() {
            count += 1;
            let request = json!({ "in": case["in"], "kind": case["kind"] }).to_string();
            let answer = match duebill::wire::calculate(request.as_bytes()) {
                Ok(bytes) => json!({ "out": serde_json::from_slice::<Value>(&bytes).unwrap() }),
                Err(refusal) => json!({ "refused": refusal.code().name }),
            };
            let expected = match case.get("refused") {
                // A build that cannot verify lets no signature pass.
                _ if case["kind"] == "decision_signature" && !cfg!(feature = "signatures") => {
                    json!({ "refused": "signatures-off" })
                }
                Some(name) => json!({ "refused": name }),
                None => json!({ "out": case["out"] }),
            };
            if answer != expected {
                wrong.push(format!("{}: {answer}", case["id"]));
            }
        }
    }
    assert!(count > 100, "only {count} cases were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
