//! Documents as data: whoever may see one sees all of it, and nobody else sees any of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::secrets::full;
use super::world::{DAY, Happening, LOOKS, World};

/// Every document that somebody could ask for.
fn documents(world: &World) -> Vec<Value> {
    let view = world.account();
    let mut asked = Vec::new();
    for (list, id, kind) in [
        ("invoices", "id", "invoice"),
        ("credits", "id", "credit_note"),
        ("disputes", "dispute", "dispute_reply"),
    ] {
        asked.extend(view[list].as_array().unwrap().iter().map(|one| json!({ "kind": kind, "id": one[id] })));
    }
    for one in view["approvals"].as_array().unwrap() {
        asked.push(json!({ "kind": "consent", "subject": one["subject"] }));
    }
    for customer in ["rootco", "childa", "childb"] {
        asked.push(json!({ "kind": "statement", "customer": customer }));
        asked.push(json!({ "kind": "reminder", "customer": customer }));
    }
    for place in 0..200 {
        asked.push(json!({ "kind": "receipt", "id": format!("pay:bank:TX{place}:rootco:0") }));
    }
    asked
}

fn ask(world: &World, (role, viewer): (&str, &str), document: &Value) -> Result<Value, String> {
    world.try_ask(&json!({ "kind": "document", "as_of": DAY, "role": role, "viewer": viewer,
        "document": document }))
}

#[test]
fn a_document_is_shown_whole_or_not_at_all() {
    let mut world = full();
    // What is held is nobody's to remind of.
    for place in 0..8 {
        world.happen(&Happening::Say { place, what: 3 });
    }
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for document in documents(&world) {
        let kind = document["kind"].as_str().unwrap().to_owned();
        let billing = ask(&world, ("billing_specialist", "clerk-clara"), &document);
        for (role, viewer) in LOOKS {
            let answer = match ask(&world, (role, viewer), &document) {
                Ok(answer) => answer,
                Err(code) => {
                    let known = ["role-capability", "document-unknown", "nothing-overdue", "viewer-unknown"];
                    assert!(known.contains(&code.as_str()), "{role} {viewer} {document}: {code}");
                    continue;
                }
            };
            *seen.entry((role.to_owned(), kind.clone())).or_default() += 1;
            // A page of consent tells each role of its own rules; everything else is one document.
            if kind != "consent" {
                assert_eq!(Ok(&answer), billing.as_ref(), "{role} {viewer} {document}");
            }
            let text = answer.to_string();
            let mut forbidden = vec![
                "clerk-clara",
                "boss-boris",
                "person-carol",
                "agent-amy\"",
                "agent-bob\"",
                "NOTE",
                "REMARK",
                "HELD-internal",
                "PAYER NAME",
                "IP-203",
                "REASON of",
                "SUBJECT",
            ];
            if viewer.starts_with("child") {
                forbidden.push(if viewer == "childa" { "childb" } else { "childa" });
                forbidden.extend(["T-rootco", "E-rootco", "N-rootco", "OLD-rootco"]);
            }
            for word in forbidden.into_iter().filter(|_| role == "customer") {
                assert!(!text.contains(word), "{viewer} reads `{word}` in {document}: {answer:#}");
            }
        }
    }
    let count = |role: &str, kind: &str| seen.get(&(role.to_owned(), kind.to_owned())).copied().unwrap_or(0);
    for kind in ["invoice", "consent", "statement", "reminder", "receipt", "dispute_reply"] {
        assert!(count("billing_specialist", kind) > 0, "billing saw no {kind}");
        assert!(count("customer", kind) > 0, "no customer saw a {kind}");
        for role in ["engineer", "support_manager", "porter"] {
            assert_eq!(count(role, kind), 0, "{role} saw a {kind}");
        }
    }
    assert_eq!(count("account_manager", "invoice"), 0, "who sees no amounts of lines sees no invoice");
}

#[test]
fn a_customer_asks_for_its_own_pages_only() {
    let world = full();
    for (viewer, customer, right) in [
        ("rootco", "childa", true),
        ("childa", "childa", true),
        ("childa", "childb", false),
        ("childa", "rootco", false),
    ] {
        let answer = ask(&world, ("customer", viewer), &json!({ "kind": "statement", "customer": customer }));
        assert_eq!(answer.is_ok(), right, "{viewer} asks for the statement of {customer}");
    }
    // Who names nobody gets their own.
    let own = ask(&world, ("customer", "childb"), &json!({ "kind": "statement" })).unwrap();
    assert_eq!(own["model"]["document"], "childb");
}
