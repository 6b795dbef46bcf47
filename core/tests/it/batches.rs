//! Several decisions in one command: each is made on what those before it left.

use duebill::id::Id;
use duebill::money::Amount;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

use crate::month::{Host, address, command};

const CLERK: (&str, &str) = ("clara", "billing");
const BOSS: (&str, &str) = ("boris", "manager");

/// An account with an open invoice and a credit of 100.00 each, and a manager who decides on what goes back.
fn moved_in() -> Host {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["policy"]["approvals"] = json!([{ "id": "back", "kinds": ["refund", "write_off"],
        "when": { "kind": "all", "of": [] }, "roles": ["manager"] }]);
    let mut host = Host::new();
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let item = |id: &str, total: &str| {
        json!({ "currency": "EUR", "customer": "acme", "due": "2026-01-31", "id": id,
        "issued": "2026-01-01", "number": id, "open": total, "total": total })
    };
    let opening = json!({ "kind": "import_opening", "cutover": "2026-01-01",
        "items": [item("OLD", "100.00"), item("CN", "-100.00")] });
    host.deliver(command("account", "acme", "opening", "2026-01-01", CLERK, opening)).unwrap();
    host
}

fn approve_all(host: &mut Host, subjects: [&str; 2]) {
    let decisions: Vec<Value> = subjects
        .iter()
        .map(|subject| {
            let why =
                host.report("account", "acme", json!({ "kind": "explain_approval", "subject": subject }));
            json!({ "subject": subject, "digest": why["digest"], "verdict": "approve" })
        })
        .collect();
    let batch = json!({ "kind": "decide_approvals", "decisions": decisions });
    // What is decided is applied as well.
    host.deliver(command("account", "acme", "batch", "2026-02-12", BOSS, batch)).unwrap();
}

fn open(host: &Host, id: &str) -> String {
    let Log::Account(account) = &host.logs[&address("account", "acme").to_string()] else {
        panic!("no account")
    };
    let item = account.ledger().item(&Id::new(id).unwrap()).unwrap();
    Amount::new(item.open(), item.terms().currency).to_string()
}

#[test]
fn refunds_of_one_credit_are_paid_while_it_lasts() {
    for (amount, left) in [("10.00", "-80.00 EUR"), ("80.00", "-20.00 EUR")] {
        let mut host = moved_in();
        for id in ["X1", "X2"] {
            let refund = json!({ "kind": "refund_credit", "id": id, "item": "CN", "amount": amount, "currency": "EUR",
                "book": "bank", "reason": "asked-for" });
            host.deliver(command("account", "acme", id, "2026-02-11", CLERK, refund)).unwrap();
        }
        approve_all(&mut host, ["X1", "X2"]);
        assert_eq!(open(&host, "CN"), left, "two of {amount}");
    }
}

#[test]
fn write_offs_of_one_invoice_are_taken_while_it_lasts() {
    for (amount, left) in [("10.00", "80.00 EUR"), ("80.00", "20.00 EUR")] {
        let mut host = moved_in();
        for id in ["X1", "X2"] {
            let down = json!({ "kind": "write_off", "id": id, "item": "OLD", "amount": amount, "currency": "EUR",
                "reason": "small" });
            host.deliver(command("account", "acme", id, "2026-02-11", CLERK, down)).unwrap();
        }
        approve_all(&mut host, ["X1", "X2"]);
        assert_eq!(open(&host, "OLD"), left, "two of {amount}");
    }
}
