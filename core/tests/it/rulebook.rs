//! A rulebook's faults come all together, each with its place.

use duebill::wire;
use serde_json::{Value, json};

fn golden() -> Value {
    serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap()
}

/// Code name and pointer of everything that is refused.
fn found(document: &Value) -> Vec<(&'static str, String)> {
    let refusal = wire::compile(document.to_string().as_bytes()).unwrap_err();
    refusal.findings().map(|finding| (finding.code.name, finding.path.clone())).collect()
}

#[test]
fn faults_of_the_shape_and_of_the_rules_are_listed_together() {
    let mut document = golden();
    document["policy"]["calendars"][0]["zone"] = json!("Mars/Base");
    let twin = json!({ "id": "eur-again", "currency": "EUR", "value": "90" });
    document["policy"]["rates"].as_array_mut().unwrap().push(twin);
    document["terms"][0]["parent"] = json!("acme-berlin");
    document["terms"][2]["currency"] = json!("XQX");
    let found = found(&document);
    for expected in [
        ("currency-unknown", "/terms/2/currency"),
        ("zone-unknown", "/policy/calendars/0/zone"),
        ("rates-equal", "/policy/rates/4"),
        ("parent-circular", "/terms/0/parent"),
    ] {
        assert!(
            found.iter().any(|(name, path)| (*name, path.as_str()) == expected),
            "{expected:?}: {found:?}"
        );
    }
}

#[test]
fn an_unknown_currency_causes_no_finding_but_its_own() {
    let mut document = golden();
    document["policy"]["rates"][0]["currency"] = json!("XQX");
    document["policy"]["rates"][2]["currency"] = json!("XQY");
    let unknown = |place| ("currency-unknown", format!("/policy/rates/{place}/currency"));
    assert_eq!(found(&document), [unknown(0), unknown(2)]);
}

#[test]
fn terms_list_their_faults_together() {
    let rulebook = wire::compile(golden().to_string().as_bytes()).unwrap();
    let mut terms = golden()["terms"][2].clone();
    terms["currency"] = json!("XQX");
    terms["calendar"] = json!("nowhere");
    let refusal = wire::add_terms(&rulebook, terms.to_string().as_bytes()).unwrap_err();
    let names: Vec<_> = refusal.findings().map(|finding| finding.code.name).collect();
    assert_eq!(names, ["currency-unknown", "reference-unknown"]);
}
