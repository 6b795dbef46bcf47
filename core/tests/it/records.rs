//! Records that were changed, lost, swapped, forged, or written by a later library.

use duebill::finding::Refusal;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::golden::everything;
use super::month::{Host, address};

/// The stored records of one log as hash and bytes.
fn records(host: &Host, kind: &str, id: &str) -> Vec<(String, String)> {
    let stored = &host.stored[&address(kind, id).to_string()];
    stored.iter().map(|one| (one["hash"].as_str().unwrap().to_owned(), one["record"].to_string())).collect()
}

fn lines(records: &[(String, String)]) -> Vec<u8> {
    records.iter().map(|(hash, record)| format!("{hash} {record}\n")).collect::<String>().into_bytes()
}

fn verdict(lines: &[u8], head: Option<&[u8]>) -> (String, Option<u64>) {
    let answer: Value = serde_json::from_slice(&wire::verify(lines, head).unwrap()).unwrap();
    let name = match answer["finding"]["name"].as_str() {
        Some(name) => name.to_owned(),
        None => format!("{} anchored={}", answer["verdict"].as_str().unwrap(), answer["anchored"]),
    };
    (name, answer["seq"].as_u64())
}

fn load(records: &[(String, String)], kind: &str, id: &str) -> Result<Log, Refusal> {
    let mut log = wire::open(address(kind, id).to_string().as_bytes()).unwrap();
    for (hash, record) in records {
        wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), b"")?;
    }
    Ok(log)
}

/// A record with something put in place of something, under the hash of its new bytes.
fn forged(record: &(String, String), change: impl FnOnce(&mut Value)) -> (String, String) {
    let mut value: Value = serde_json::from_str(&record.1).unwrap();
    change(&mut value);
    let bytes = value.to_string();
    (duebill::canon::sha256(bytes.as_bytes()).to_string(), bytes)
}

#[test]
fn damage_is_found_with_the_first_broken_sequence() {
    let host = everything();
    let whole = records(&host, "account", "acme");
    let head = wire::head(&host.logs[&address("account", "acme").to_string()]);
    let count = whole.len() as u64;
    assert_eq!(verdict(&lines(&whole), None), ("consistent anchored=false".into(), None));
    assert_eq!(verdict(&lines(&whole), Some(&head)), ("consistent anchored=true".into(), None));
    let first = serde_json::to_vec(&json!({ "hash": whole[0].0, "seq": 1 })).unwrap();
    assert_eq!(verdict(&lines(&whole), Some(&first)), ("consistent anchored=true".into(), None));

    let empty = |hash: String| serde_json::to_vec(&json!({ "hash": hash, "seq": 0 })).unwrap();
    let none = empty("0".repeat(64));
    assert_eq!(verdict(b"", Some(&none)), ("consistent anchored=true".into(), None));
    assert_eq!(verdict(&lines(&whole), Some(&none)), ("consistent anchored=true".into(), None));
    for text in [b"".to_vec(), lines(&whole)] {
        let other = empty(whole[0].0.clone());
        assert_eq!(verdict(&text, Some(&other)), ("head-mismatch".into(), Some(0)));
    }

    let without = |gone: usize| [&whole[..gone], &whole[gone + 1..]].concat();
    assert_eq!(verdict(&lines(&without(2)), None), ("sequence-gap".into(), Some(3)));
    let cut = &whole[..whole.len() - 1];
    assert_eq!(verdict(&lines(cut), None), ("consistent anchored=false".into(), None));
    assert_eq!(verdict(&lines(cut), Some(&head)), ("log-truncated".into(), Some(count)));
    let mut swapped = whole.clone();
    swapped.swap(1, 2);
    assert_eq!(verdict(&lines(&swapped), None), ("sequence-gap".into(), Some(2)));
    let mut twice = whole.clone();
    twice.insert(1, whole[0].clone());
    assert_eq!(verdict(&lines(&twice), None), ("sequence-gap".into(), Some(2)));
    let mut altered = whole.clone();
    altered[3].1 = altered[3].1.replacen("clara", "klara", 1);
    assert_eq!(verdict(&lines(&altered), None), ("record-hash".into(), Some(4)));
    let mut rewritten = whole.clone();
    rewritten[3] = forged(&whole[3], |record| record["stamp"]["actor"] = json!("mallory"));
    assert_eq!(verdict(&lines(&rewritten), None), ("previous-hash".into(), Some(5)));
    let last = whole.len() - 1;
    let mut rewritten = whole.clone();
    rewritten[last] = forged(&whole[last], |record| record["stamp"]["actor"] = json!("mallory"));
    assert_eq!(verdict(&lines(&rewritten), Some(&head)), ("head-mismatch".into(), Some(count)));
}

#[test]
fn every_flipped_bit_is_found() {
    let host = everything();
    let records = records(&host, "series", "invoices");
    let head = wire::head(&host.logs[&address("series", "invoices").to_string()]);
    let whole = lines(&records);
    for place in 0..whole.len() {
        for bit in 0..8 {
            let mut flipped = whole.clone();
            flipped[place] ^= 1 << bit;
            let (answer, _) = verdict(&flipped, Some(&head));
            assert!(!answer.starts_with("consistent"), "bit {bit} of byte {place}");
        }
    }
}

/// A later library is named where it knows other events, not where something in a known event is of another kind.
#[test]
fn what_is_unknown_in_an_event_is_not_an_unknown_event() {
    let whole = records(&everything(), "account", "acme");
    let captured = whole.iter().find(|(_, record)| record.contains(r#""kind":"captured""#)).unwrap();
    let refused = |record: &(String, String)| {
        let mut log = wire::open(address("account", "acme").to_string().as_bytes()).unwrap();
        let refusal = wire::apply(&mut log, record.1.as_bytes(), record.0.as_bytes(), b"").unwrap_err();
        refusal.code().name
    };
    let event = |kind: &str| json!({ "kind": kind });
    assert_eq!(
        refused(&forged(captured, |r| r["events"][0]["entries"][0]["work"] = event("rocket"))),
        "unknown-word"
    );
    assert_eq!(refused(&forged(captured, |r| r["events"][0] = event("teleported"))), "record-kind");
    assert_eq!(
        refused(&forged(captured, |r| {
            r["events"][0]["entries"][0]["work"] = event("rocket");
            r["events"].as_array_mut().unwrap().push(event("teleported"));
        })),
        "record-kind"
    );
}

#[test]
fn what_does_not_continue_the_log_is_refused_and_changes_nothing() {
    let host = everything();
    let whole = records(&host, "account", "acme");
    let good = load(&whole[..4], "account", "acme").unwrap();
    let refused = |record: &(String, String)| {
        let mut log = good.clone();
        let refusal = wire::apply(&mut log, record.1.as_bytes(), record.0.as_bytes(), b"").unwrap_err();
        assert_eq!(log, good, "a refused record left a trace");
        refusal.code().name
    };
    let next = &whole[4];
    assert_eq!(refused(&whole[5]), "sequence-gap");
    assert_eq!(refused(&whole[3]), "sequence-gap");
    assert_eq!(refused(&(whole[5].0.clone(), next.1.clone())), "record-hash");
    assert_eq!(refused(&("xyz".into(), next.1.clone())), "digest-form");
    assert_eq!(refused(&forged(next, |r| r["previous"] = json!("0".repeat(64)))), "previous-hash");
    assert_eq!(refused(&forged(next, |r| r["log"]["seller"] = json!("other"))), "log-mismatch");
    assert_eq!(refused(&forged(next, |r| r["version"] = json!(2))), "record-version");
    assert_eq!(refused(&forged(next, |r| r["events"][0]["kind"] = json!("teleported"))), "record-kind");
    assert_eq!(refused(&forged(next, |r| r["surprise"] = json!(1))), "unknown-field");
    assert_eq!(refused(&forged(next, |r| r["command"]["id"] = json!("opening"))), "command-conflict");
    for end in 0..next.1.len() {
        let cut = next.1[..end].to_owned();
        let hash = duebill::canon::sha256(cut.as_bytes()).to_string();
        assert_eq!(refused(&(hash, cut)), "syntax", "cut at {end}");
    }
}

/// Changes a record before it is hashed again.
type Forge = dyn Fn(&mut Value);

/// Events that deciding would never write are undone whole, also behind ones that fit.
#[test]
fn a_forged_record_is_undone_whole() {
    let host = everything();
    let whole = records(&host, "account", "acme");
    let place = whole.iter().position(|(_, record)| record.contains(r#""kind":"drafted""#)).unwrap();
    let before = load(&whole[..place], "account", "acme").unwrap();
    let forgeries: [(&str, &Forge); 13] = [
        ("state-mismatch", &|r| r["events"][0]["approval"]["digest"] = json!("0".repeat(64))),
        ("charge-mismatch", &|r| {
            let lines = r["events"][0]["draft"]["lines"].as_array_mut().unwrap();
            let charges = lines.iter_mut().flat_map(|line| line["charges"].as_array_mut().unwrap());
            for charge in charges.filter(|charge| charge["net"] != "0.00") {
                charge["price"] = json!("0.01");
            }
        }),
        ("draft-sums", &|r| r["events"][0]["draft"]["totals"]["net"] = json!("0.01")),
        ("draft-sums", &|r| r["events"][0]["draft"]["lines"][0]["net"] = json!("7777.00")),
        ("draft-sums", &|r| r["events"][0]["draft"]["totals"]["payable"] = json!("7777.00")),
        ("draft-sums", &|r| r["events"][0]["draft"]["totals"]["en16931"] = json!(false)),
        ("draft-sums", &|r| r["events"][0]["draft"]["header"]["buyer"]["id"] = json!("globex")),
        ("draft-sums", &|r| r["events"][0]["draft"]["header"]["type_code"] = json!("381")),
        ("draft-sums", &|r| r["events"][0]["draft"]["lines"][0]["unit_code"] = json!("HUR")),
        ("state-mismatch", &|r| r["events"][0]["draft"]["lines"][0]["charges"][0]["entry"] = json!("E-999")),
        ("state-mismatch", &|r| {
            let twice = r["events"][0].clone();
            r["events"].as_array_mut().unwrap().push(twice);
        }),
        ("state-mismatch", &|r| {
            let number = json!({ "kind": "number_requested", "currency": "EUR", "invoice": r["events"][0]["draft"]["id"],
                "date": "2026-01-31", "due": "2026-03-02", "instalments": [], "series": "invoices" });
            r["events"].as_array_mut().unwrap().push(number);
        }),
        ("state-mismatch", &|r| {
            let issued = json!({ "kind": "issued", "invoice": r["events"][0]["draft"]["id"], "item": {
                "id": r["events"][0]["draft"]["id"], "number": "N", "customer": "acme", "currency": "EUR",
                "issued": "2026-01-31", "due": "2026-03-02", "instalments": [], "open": "1.00", "total": "1.00" } });
            r["events"].as_array_mut().unwrap().push(issued);
        }),
    ];
    for (name, forge) in forgeries {
        let mut log = before.clone();
        let (hash, record) = forged(&whole[place], forge);
        let refusal = wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), b"").unwrap_err();
        assert_eq!(refusal.code().name, name);
        assert_eq!(log, before, "{name} left a trace");
    }
}

#[test]
fn personal_text_can_be_erased_and_not_changed() {
    let host = everything();
    let stored = &host.stored[&address("account", "acme").to_string()];
    let capture = stored.iter().find(|one| one["detached"] != json!({})).unwrap();
    let text = capture["detached"].to_string();
    assert!(text.contains("worked on T-1") && !capture["record"].to_string().contains("worked on T-1"));
    let changed = text.replacen("worked on T-1", "slept on T-1", 1);
    let whole = records(&host, "account", "acme");
    let place = whole.iter().position(|(hash, _)| capture["hash"] == hash.as_str()).unwrap();
    let mut log = load(&whole[..place], "account", "acme").unwrap();
    let (hash, record) = &whole[place];
    let refusal = wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), changed.as_bytes()).unwrap_err();
    assert_eq!(refusal.code().name, "detached-mismatch");
    wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), b"").unwrap();
}

/// Decisions that nobody could make are refused when a record holds them, whoever wrote it.
#[test]
fn a_forged_decision_is_no_decision() {
    let host = everything();
    let whole = records(&host, "account", "acme");
    let decided = r#""kind":"approval_decided""#;
    let place = whole.iter().position(|(_, record)| record.contains(decided)).unwrap();
    let before = load(&whole[..place], "account", "acme").unwrap();
    let forgeries: [(&str, &Forge); 7] = [
        ("approval-author", &|r| r["events"][0]["decision"]["actor"] = json!("clara")),
        ("approval-role", &|r| r["events"][0]["decision"]["role"] = json!("billing")),
        ("approval-content", &|r| r["events"][0]["decision"]["digest"] = json!("0".repeat(64))),
        ("approval-early", &|r| r["events"][0]["decision"]["at"] = json!("2026-01-01T00:00:00Z")),
        ("approval-content", &|r| {
            r["events"][0]["decision"]["carried"] = json!({ "from": "X", "rules": ["manager"] });
        }),
        ("state-mismatch", &|r| r["events"][0]["status"] = json!("pending")),
        ("state-mismatch", &|r| drop(r["events"].as_array_mut().unwrap().remove(0))),
    ];
    for (name, forge) in forgeries {
        let mut log = before.clone();
        let (hash, record) = forged(&whole[place], forge);
        let refusal = wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), b"").unwrap_err();
        assert_eq!(refusal.code().name, name);
        assert_eq!(log, before, "{name} left a trace");
    }
}

/// What follows from the draft and the number is what the record says.
#[test]
fn a_forged_issue_is_refused() {
    let host = everything();
    let whole = records(&host, "account", "acme");
    let forgeries: [(&str, &str, &Forge); 5] = [
        ("number_requested", "state-mismatch", &|event| event["due"] = json!("2027-01-01")),
        ("number_requested", "state-mismatch", &|event| event["series"] = json!("others")),
        ("issued", "state-mismatch", &|event| event["item"]["payment_reference"] = json!("RF18539007547034")),
        ("issued", "state-mismatch", &|event| event["item"]["due"] = json!("2027-01-01")),
        ("issued", "state-mismatch", &|event| event["item"]["issued"] = json!("2026-01-15")),
    ];
    for (kind, name, forge) in forgeries {
        let place =
            whole.iter().position(|(_, record)| record.contains(&format!(r#""kind":"{kind}""#))).unwrap();
        let before = load(&whole[..place], "account", "acme").unwrap();
        let (hash, record) = forged(&whole[place], |record| {
            let mut events = record["events"].as_array_mut().unwrap().iter_mut();
            forge(events.find(|event| event["kind"] == kind).unwrap());
        });
        let mut log = before.clone();
        let refusal = wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), b"").unwrap_err();
        assert_eq!((refusal.code().name, &log), (name, &before), "{kind}");
    }
}
