//! What becomes known of a document besides its money: delivery, acceptance, holds, remarks, labels;
//! and the tables of what each state allows, printed to be read.

use duebill::id::Id;
use duebill::invoice::{DocumentState, InvoiceCommand, allow, allow_credit};
use serde_json::{Value, json};

use super::blessed;
use super::month::{Host, command, january};

const CLERK: (&str, &str) = ("clara", "billing");
const INVOICE: &str = "monthly:2026-01-31:EUR";

fn fact(host: &mut Host, id: &str, date: &str, fact: Value) -> Result<(), String> {
    let action = json!({ "kind": "record_fact", "document": INVOICE, "fact": fact });
    let mut command = command("account", "acme", id, date, CLERK, action);
    command["salt"] = json!("00112233445566778899aabbccddeeff");
    host.deliver(command).map_err(|refusal| refusal.code().name.to_owned())
}

fn delivery(status: &str) -> Value {
    json!({ "kind": "delivery", "channel": "mail", "status": status })
}

fn shown(host: &Host, date: &str) -> (String, String, Value) {
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": date }));
    let invoice = view["invoices"].as_array().unwrap().iter().find(|one| one["id"] == INVOICE).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&invoice["label"]["label"]), text(&invoice["label"]["next_step"]), invoice["life"].clone())
}

fn issued() -> Host {
    let mut host = Host::new();
    january(&mut host);
    super::month::approve(&mut host, "acme");
    host
}

#[test]
fn a_document_is_called_by_how_far_it_came() {
    let mut host = issued();
    assert_eq!(shown(&host, "2026-02-01").0, "issued");
    let steps = [
        ("queued", "issued"),
        ("sent", "sent"),
        ("bounced", "bounced"),
        ("sent", "sent"),
        ("delivered", "received"),
        ("viewed", "viewed"),
        ("delivered", "viewed"),
    ];
    for (place, (status, label)) in steps.into_iter().enumerate() {
        fact(&mut host, &format!("way-{place}"), "2026-02-02", delivery(status)).unwrap();
        assert_eq!(shown(&host, "2026-02-02").0, label, "after {status}");
    }
    fact(&mut host, "accept", "2026-02-03", json!({ "kind": "accepted" })).unwrap();
    assert_eq!(
        fact(&mut host, "again", "2026-02-03", json!({ "kind": "accepted" })),
        Err("accepted-twice".into())
    );
    assert_eq!(shown(&host, "2026-02-02").0, "viewed");
    let (label, next, life) = shown(&host, "2026-02-03");
    assert_eq!((label.as_str(), next.as_str()), ("accepted", "wait for payment"));
    assert_eq!(
        (&life["accepted"], &life["delivery"], &life["viewed"]),
        (&json!(true), &json!("viewed"), &json!("2026-02-02T12:00:00Z"))
    );
    // What is known before a date is known; money and due dates go before the way it took.
    assert_eq!(life["facts"].as_array().unwrap().len(), 8);
    assert_eq!(shown(&host, "2026-06-30").0, "overdue");
}

#[test]
fn a_hold_is_placed_once_and_ends() {
    let mut host = issued();
    let hold = json!({ "kind": "held", "reason_code": "lawyer" });
    assert_eq!(fact(&mut host, "h0", "2026-02-02", json!({ "kind": "hold_ended" })), Err("not-held".into()));
    fact(&mut host, "h1", "2026-02-02", hold.clone()).unwrap();
    assert_eq!(fact(&mut host, "h2", "2026-02-02", hold), Err("held-twice".into()));
    let (_, next, life) = shown(&host, "2026-06-30");
    assert_eq!((next.as_str(), &life["held"]), ("settle what it is held for", &json!("lawyer")));
    fact(&mut host, "h3", "2026-07-01", json!({ "kind": "hold_ended" })).unwrap();
    assert_eq!(shown(&host, "2026-07-01").1, "remind the customer");
    assert_eq!(shown(&host, "2026-06-30").1, "settle what it is held for");
}

#[test]
fn a_label_of_the_host_stands_under_its_state_only() {
    let mut host = Host::new();
    january(&mut host);
    // The invoice waits for approval: nothing can be delivered, a label under another state is refused.
    assert_eq!(fact(&mut host, "d", "2026-02-01", delivery("sent")), Err("invoice-state".into()));
    let label = |id: &str| json!({ "kind": "labelled", "label": id });
    assert_eq!(fact(&mut host, "l1", "2026-02-01", label("with-lawyer")), Err("label-unknown".into()));
    assert_eq!(fact(&mut host, "l2", "2026-02-01", label("nonsense")), Err("label-unknown".into()));
    fact(&mut host, "l3", "2026-02-01", label("on-the-desk")).unwrap();
    assert_eq!(shown(&host, "2026-02-01").2["host_label"], "on-the-desk");
    super::month::approve(&mut host, "acme");
    assert_eq!(shown(&host, "2026-03-01").2["host_label"], Value::Null, "its state is another now");
    fact(&mut host, "l4", "2026-02-05", label("with-lawyer")).unwrap();
    assert_eq!(shown(&host, "2026-03-01").2["host_label"], "with-lawyer");
}

#[test]
fn words_about_a_document_are_sealed() {
    let mut host = issued();
    let said = json!({ "kind": "contacted", "channel": "phone", "note": "she pays on Friday" });
    fact(&mut host, "c", "2026-02-02", said).unwrap();
    let stored =
        host.stored.values().flatten().find(|stored| stored["record"]["command"]["id"] == "c").unwrap();
    assert!(!stored["record"].to_string().contains("Friday"));
    assert!(stored["detached"].to_string().contains("Friday"));
}

#[test]
fn every_state_answers_every_command() {
    let id = Id::new("X").unwrap();
    let mut table = String::from("state command invoice credit_note\n");
    for state in DocumentState::ALL {
        for command in InvoiceCommand::ALL {
            let word = |answer: Result<(), duebill::invoice::InvoiceError>| match answer {
                Ok(()) => "allowed",
                Err(error) => error.code().name,
            };
            let (invoice, credit) =
                (word(allow(&id, state, command)), word(allow_credit(&id, state, command)));
            table.push_str(&format!("{} {} {invoice} {credit}\n", state.word(), command.word()));
        }
    }
    blessed::compare("tests/states.txt", &table);
}
