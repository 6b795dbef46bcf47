//! Words of bank lines: how long a cash book keeps them, and what a forged record cannot make it forget.

use duebill::canon::sha256;
use duebill::wire;
use serde_json::{Value, json};

use super::month::{Host, address, command};

const CLERK: (&str, &str) = ("clara", "billing");
const LAWYER: (&str, &str) = ("lena", "legal");

/// A cash book with a receipt of the 5th of January, under a policy that keeps bank lines for a week.
fn host() -> Host {
    let mut host = Host::new();
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    let week = json!({ "class": "bank_line", "since": "receipt_settled", "days": 7 });
    document["policy"]["retention"]["rules"].as_array_mut().unwrap().push(week);
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let receipt = json!({ "id": "TX", "amount": "10.00", "payer_account": "DE1", "payer_name": "Ada",
        "text": "for the printer" });
    let entry = json!({ "id": "TX", "amount": "10.00", "currency": "EUR", "value_date": "2026-01-05",
        "receipts": [receipt] });
    give(&mut host, "in", "2026-01-05", CLERK, json!({ "kind": "receive", "entry": entry })).unwrap();
    host
}

fn give(host: &mut Host, id: &str, date: &str, who: (&str, &str), action: Value) -> Result<(), String> {
    let refused = host.deliver(command("cash_book", "bank", id, date, who, action));
    refused.map_err(|refusal| refusal.code().name.to_owned())
}

/// The commitments of the two texts of the receipt.
fn words(host: &Host) -> Vec<Value> {
    let view = host.report("cash_book", "bank", json!({ "kind": "retention", "as_of": "2026-01-05" }));
    let contents = view["contents"].as_array().unwrap().iter();
    let words: Vec<Value> =
        contents.filter(|one| one["class"] == "bank_line").map(|one| one["id"].clone()).collect();
    assert_eq!(words.len(), 2);
    words
}

/// What can become of the money of a receipt, and the day on which nothing of it is left.
const FATES: [(&str, Option<&str>); 7] = [
    ("waits", None),
    ("refunded in part", None),
    ("reserved", None),
    ("refunded", Some("2026-01-10")),
    ("applied and refunded", Some("2026-01-11")),
    ("taken back by the bank", Some("2026-01-12")),
    ("paid back in part and all taken back by the bank", Some("2026-01-12")),
];

fn become_of(host: &mut Host, fate: &str) {
    let refund = |id: &str, amount: &str| {
        json!({ "kind": "refund", "id": id, "receipt": "TX", "amount": amount, "currency": "EUR",
            "payee": "DE1", "reason": "wrong" })
    };
    let paid = json!([{ "item": "OLD", "cash": "4.00", "currency": "EUR" }]);
    let reserve = json!({ "kind": "reserve", "account": "acme", "receipt": "TX", "allocations": paid });
    match fate {
        "waits" => {}
        "refunded in part" => give(host, "back", "2026-01-10", CLERK, refund("R", "9.99")).unwrap(),
        "reserved" => {
            // Nobody delivers it: the account has not answered.
            let reserve = command("cash_book", "bank", "reserve", "2026-01-10", CLERK, reserve);
            host.step(&reserve).unwrap();
            give(host, "back", "2026-01-10", CLERK, refund("R", "6.00")).unwrap();
        }
        "refunded" => give(host, "back", "2026-01-10", CLERK, refund("R", "10.00")).unwrap(),
        "applied and refunded" => {
            let item = json!({ "id": "OLD", "number": "7", "customer": "acme", "currency": "EUR",
                "issued": "2025-12-01", "due": "2025-12-31", "open": "4.00", "total": "4.00" });
            let import = json!({ "kind": "import_opening", "cutover": "2026-01-01", "items": [item] });
            host.deliver(command("account", "acme", "import", "2026-01-01", CLERK, import)).unwrap();
            give(host, "back", "2026-01-10", CLERK, refund("R", "6.00")).unwrap();
            give(host, "pay", "2026-01-11", CLERK, reserve).unwrap();
        }
        "paid back in part and all taken back by the bank" => {
            become_of(host, "refunded in part");
            become_of(host, "taken back by the bank");
        }
        "taken back by the bank" => {
            let reverse = json!({ "kind": "reverse", "receipt": "TX", "reason": "returned" });
            give(host, "reverse", "2026-01-12", CLERK, reverse).unwrap();
        }
        other => panic!("{other}"),
    }
}

/// Whatever became of the money and whoever holds what: words go when nothing of it is left, a week has gone by,
/// and no hold is on them, and at no other time.
#[test]
fn words_go_a_week_after_the_money_unless_they_are_held() {
    let holds = [
        (json!(null), false),
        (json!({ "about": { "kind": "receipt", "id": "TX" } }), true),
        (json!({ "about": { "kind": "record", "id": "1" } }), false),
        (json!({ "person": "acme" }), true),
        (json!({ "person": "globex" }), false),
        (json!({}), true),
    ];
    for (fate, spent) in FATES {
        for (hold, holds) in &holds {
            let mut host = host();
            let assign = json!({ "kind": "assign", "receipt": "TX", "customer": "acme" });
            give(&mut host, "assign", "2026-01-06", CLERK, assign).unwrap();
            become_of(&mut host, fate);
            if let Some(hold) = hold.as_object() {
                let mut action = json!({ "kind": "place_legal_hold", "hold": "H", "reason_code": "lawsuit" });
                action.as_object_mut().unwrap().extend(hold.clone());
                give(&mut host, "hold", "2026-01-13", LAWYER, action).unwrap();
            }
            let purge = json!({ "kind": "purge", "items": words(&host) });
            let due = spent.map(|day| format!("2026-01-{:02}", day[8..].parse::<u8>().unwrap() + 7));
            for day in ["2026-01-16", "2026-01-17", "2026-01-18", "2026-01-19", "2026-01-20"] {
                let log = &host.logs[&address("cash_book", "bank").to_string()];
                let dry = command("cash_book", "bank", "purge", day, CLERK, purge.clone());
                let said = wire::decide(log, &host.rulebook, dry.to_string().as_bytes());
                let said = said.map(drop).map_err(|refusal| refusal.code().name);
                let over = due.as_deref().is_some_and(|due| due <= day);
                let expected = match (holds, over) {
                    (true, _) => Err("under-legal-hold"),
                    (false, false) => Err("retention-early"),
                    (false, true) => Ok(()),
                };
                assert_eq!(said, expected, "{fate}, {hold}, {day}");
            }
        }
    }
}

/// A hold on a record that nobody can have meant would hold nothing.
#[test]
fn a_hold_names_a_record_by_its_number_as_it_is_written() {
    for id in ["01", "+1", "0", "2", "1.0"] {
        let about = json!({ "kind": "record", "id": id });
        let hold =
            json!({ "kind": "place_legal_hold", "hold": "H", "reason_code": "lawsuit", "about": about });
        let told = give(&mut host(), "hold", "2026-01-13", LAWYER, hold.clone());
        assert_eq!(told, Err("about-unknown".to_owned()), "{id}");
        let mut accounts = host();
        let capture = json!({ "kind": "capture", "tickets": [], "entries": [] });
        drop(accounts.deliver(command("account", "acme", "work", "2026-01-06", CLERK, capture)));
        let told = accounts.deliver(command("account", "acme", "hold", "2026-01-13", LAWYER, hold));
        assert_eq!(told.unwrap_err().code().name, "about-unknown", "{id}");
    }
}

/// A record as somebody would forge it: put behind the head of the log, under a right hash.
fn forged(host: &Host, mut record: Value) -> Result<(), &'static str> {
    let key = address("cash_book", "bank").to_string();
    let mut log = host.logs[&key].clone();
    let head: Value = serde_json::from_slice(&wire::head(&log)).unwrap();
    record["command"]["id"] = json!("forged");
    record["previous"] = head["hash"].clone();
    record["seq"] = json!(head["seq"].as_u64().unwrap() + 1);
    let bytes = record.to_string();
    let hash = sha256(bytes.as_bytes()).to_string();
    wire::apply(&mut log, bytes.as_bytes(), hash.as_bytes(), b"").map_err(|refusal| refusal.code().name)
}

#[test]
fn a_forged_purge_erases_nothing_that_is_held_or_gone() {
    let mut host = host();
    become_of(&mut host, "refunded");
    let key = address("cash_book", "bank").to_string();
    let purge = json!({ "kind": "purge", "items": words(&host) });
    let purge = command("cash_book", "bank", "purge", "2026-02-01", CLERK, purge);
    let decided = wire::decide(&host.logs[&key], &host.rulebook, purge.to_string().as_bytes()).unwrap();
    let record = serde_json::from_slice::<Value>(&decided).unwrap()["record"].clone();
    assert_eq!(forged(&host, record.clone()), Ok(()));
    let mut twice = record.clone();
    twice["events"][1] = twice["events"][0].clone();
    assert_eq!(forged(&host, twice), Err("state-mismatch"));
    let hold = json!({ "kind": "place_legal_hold", "hold": "H", "reason_code": "lawsuit" });
    let placed = command("cash_book", "bank", "hold", "2026-02-01", LAWYER, hold);
    let hold = wire::decide(&host.logs[&key], &host.rulebook, placed.to_string().as_bytes()).unwrap();
    let hold = serde_json::from_slice::<Value>(&hold).unwrap()["record"].clone();
    let mut other = hold.clone();
    other["events"][0]["by"] = json!("clara");
    assert_eq!(forged(&host, other), Err("state-mismatch"));
    host.deliver(placed).unwrap();
    assert_eq!(forged(&host, record.clone()), Err("under-legal-hold"));
    assert_eq!(forged(&host, hold), Err("legal-hold-twice"));
    let lift = json!({ "kind": "lift_legal_hold", "hold": "H", "reason_code": "over" });
    give(&mut host, "lift", "2026-02-02", LAWYER, lift).unwrap();
    host.deliver(purge).unwrap();
    let mut record = record;
    record["stamp"]["at"] = json!("2026-02-02T12:00:00Z");
    assert_eq!(forged(&host, record), Err("content-unknown"));
}

/// A host may have deleted the words beside the record or not yet: the log loads to the same state.
#[test]
fn a_book_that_erased_words_loads_the_same_with_and_without_them() {
    let mut host = host();
    become_of(&mut host, "refunded");
    let purge = json!({ "kind": "purge", "items": words(&host) });
    give(&mut host, "purge", "2026-02-01", CLERK, purge).unwrap();
    let key = address("cash_book", "bank").to_string();
    for keeps in [true, false] {
        let mut log = wire::open(address("cash_book", "bank").to_string().as_bytes()).unwrap();
        for one in &host.stored[&key] {
            let words = if keeps { one["detached"].to_string() } else { String::new() };
            let (record, hash) = (one["record"].to_string(), one["hash"].as_str().unwrap());
            wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), words.as_bytes()).unwrap();
        }
        assert!(log == host.logs[&key], "words kept: {keeps}");
    }
    let book = host.report("cash_book", "bank", json!({ "kind": "cash_book", "as_of": "2026-02-01" }));
    assert_eq!(book["receipts"][0].get("payer_name"), None);
}
