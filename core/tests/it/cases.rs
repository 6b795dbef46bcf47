//! Case files: `{"cases": [{"id", "kind", "in", "out" | "refused"}]}`, the same that C and Python run;
//! and those of the folder that `DUEBILL_CASES` names.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::blessed;
use super::case_files::{self, Shape};
use super::vectors::Tally;

/// The project's own files, and those of the folder.
fn files() -> Vec<(PathBuf, Value)> {
    let own = std::fs::read_dir(blessed::path("cases")).unwrap().map(|file| file.unwrap().path());
    let own = own.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let read = |path: PathBuf| {
        let document = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        (path, document)
    };
    let mut files: Vec<(PathBuf, Value)> = own.map(read).collect();
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    let others = case_files::files(Shape::Calculations);
    files.extend(others.into_iter().filter(|(path, _)| path.parent() != Some(&blessed::path("cases"))));
    files
}

/// What is wrong with our answer to a case, if anything.
fn fault(case: &Value) -> Option<String> {
    let request = json!({ "in": case["in"], "kind": case["kind"] }).to_string();
    let answer = match duebill::wire::calculate(request.as_bytes()) {
        Ok(bytes) => json!({ "out": serde_json::from_slice::<Value>(&bytes).unwrap() }),
        Err(refusal) => {
            if refusal.findings().any(|finding| finding.message.trim().is_empty()) {
                return Some(format!("{}: a refusal without words", case["id"]));
            }
            json!({ "refused": refusal.code().name })
        }
    };
    let expected = match case.get("refused") {
        // A build that cannot verify lets no signature pass.
        _ if case["kind"] == "decision_signature" && !cfg!(feature = "signatures") => {
            json!({ "refused": "signatures-off" })
        }
        Some(name) => json!({ "refused": name }),
        None => json!({ "out": case["out"] }),
    };
    (answer != expected).then(|| format!("{}: {answer}", case["id"]))
}

#[test]
fn every_case_gives_what_it_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (path, document) in files() {
        let mut kinds: BTreeMap<&str, Tally> = BTreeMap::new();
        for case in document["cases"].as_array().unwrap() {
            count += 1;
            let tally = kinds.entry(case["kind"].as_str().unwrap_or("no kind")).or_default();
            match fault(case) {
                None => tally.passed += 1,
                Some(fault) => {
                    tally.failed += 1;
                    wrong.push(fault);
                }
            }
        }
        let lines: Vec<String> = kinds.iter().map(|(kind, tally)| tally.line(kind)).collect();
        case_files::say(&format!("{}\nkind passed failed not_offered\n{}", path.display(), lines.join("\n")));
    }
    assert!(count > 100, "only {count} cases were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
