//! What is kept how long, what is erased, and that erasing breaks nothing.

use std::collections::{BTreeMap, BTreeSet};

use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::month::{Host, address, approve, command, january, pay};

const CLERK: (&str, &str) = ("clara", "billing");
const LAWYER: (&str, &str) = ("lena", "legal");
const INVOICE: &str = "monthly:2026-01-31:EUR";

/// January, approved and paid on the 20th of February; one item of the old system is open.
fn host() -> Host {
    let mut host = Host::new();
    let item = json!({ "id": "OLD-7", "number": "2025-0007", "customer": "acme", "currency": "EUR",
        "issued": "2025-12-01", "due": "2025-12-31", "open": "90.00", "total": "190.00" });
    let opening = json!({ "kind": "import_opening", "cutover": "2026-01-01", "items": [item] });
    host.deliver(command("account", "acme", "opening", "2026-01-01", CLERK, opening)).unwrap();
    january(&mut host);
    approve(&mut host, "acme");
    pay(&mut host);
    host
}

fn give(host: &mut Host, id: &str, date: &str, who: (&str, &str), action: Value) -> Result<(), Vec<String>> {
    host.deliver(command("account", "acme", id, date, who, action))
        .map_err(|refusal| refusal.findings().map(|finding| finding.code.name.to_owned()).collect())
}

fn file(id: &str, class: &str, kind: &str, about: &str, hash: u8) -> Value {
    json!({ "id": id, "class": class, "about": { "kind": kind, "id": about }, "hash": format!("{hash:064x}"),
        "media_type": "image/png", "size": 2048 })
}

fn register(host: &mut Host, id: &str, files: &[Value]) -> Result<(), Vec<String>> {
    give(host, id, "2026-02-21", CLERK, json!({ "kind": "register_attachments", "attachments": files }))
}

fn view(host: &Host, as_of: &str) -> Value {
    host.report("account", "acme", json!({ "kind": "retention", "as_of": as_of }))
}

/// Action, reason and due date of a piece of content.
fn planned(host: &Host, as_of: &str, id: &str) -> (String, String, String) {
    let view = view(host, as_of);
    let item = view["plan"].as_array().unwrap().iter().find(|item| item["id"] == id);
    let item = item.unwrap_or_else(|| panic!("{id} is not in the plan: {view:#}"));
    let text = |key: &str| item[key].as_str().unwrap_or("").to_owned();
    (text("action"), text("because"), text("due"))
}

fn says(action: &str, because: &str, due: &str) -> (String, String, String) {
    (action.to_owned(), because.to_owned(), due.to_owned())
}

fn purge(host: &mut Host, id: &str, date: &str, items: &[&str]) -> Result<(), Vec<String>> {
    give(host, id, date, CLERK, json!({ "kind": "purge", "items": items }))
}

/// The events of the last record, tasks by their action.
fn last(host: &Host) -> Vec<String> {
    let stored = host.stored[&address("account", "acme").to_string()].last().unwrap();
    let name = |event: &Value| match event["kind"].as_str().unwrap() {
        "task_emitted" => format!("task {}", event["action"].as_str().unwrap()),
        other => other.to_owned(),
    };
    stored["record"]["events"].as_array().unwrap().iter().map(name).collect()
}

fn lines(host: &Host) -> String {
    let stored = &host.stored[&address("account", "acme").to_string()];
    let line = |one: &Value| format!("{} {}\n", one["hash"].as_str().unwrap(), one["record"]);
    stored.iter().map(line).collect()
}

/// The log, loaded again with the words that a host still has.
fn reload(host: &Host, words: impl Fn(&Value) -> String) -> Log {
    let mut log = wire::open(address("account", "acme").to_string().as_bytes()).unwrap();
    for one in &host.stored[&address("account", "acme").to_string()] {
        let (record, hash) = (one["record"].to_string(), one["hash"].as_str().unwrap());
        wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), words(&one["detached"]).as_bytes())
            .unwrap();
    }
    log
}

#[test]
fn ordinary_attachments_go_ninety_days_after_the_invoice_is_settled() {
    let mut host = host();
    let files = [
        file("A-doc", "ordinary", "document", INVOICE, 1),
        file("A-ticket", "ordinary", "ticket", "T-1", 2),
        file("A-entry", "ordinary", "entry", "E-2", 3),
        file("A-open", "ordinary", "document", "OLD-7", 4),
        file("A-unbilled", "ordinary", "ticket", "T-3", 5),
    ];
    register(&mut host, "files", &files).unwrap();
    for id in ["A-doc", "A-ticket", "A-entry"] {
        assert_eq!(planned(&host, "2026-02-19", id), says("keep", "not_started", ""), "{id}");
        assert_eq!(planned(&host, "2026-05-20", id), says("keep", "not_due", "2026-05-21"), "{id}");
        assert_eq!(planned(&host, "2026-05-21", id), says("purge", "due", "2026-05-21"), "{id}");
    }
    for id in ["A-open", "A-unbilled"] {
        assert_eq!(planned(&host, "2036-01-01", id), says("keep", "not_started", ""), "{id}");
    }
    let plan = view(&host, "2026-05-21");
    let reason = &plan["plan"][0]["reason"];
    assert_eq!(reason, "the rule of ordinary counts from invoice_settled (2026-02-20), due 2026-05-21");
    assert_eq!(purge(&mut host, "early", "2026-05-20", &["A-doc"]).unwrap_err(), ["retention-early"]);
    purge(&mut host, "due", "2026-05-21", &["A-doc", "A-open"]).unwrap();
    assert_eq!(last(&host), ["purged", "task purge", "purge_refused"]);
    // Twice is once, and nothing that is gone comes back.
    purge(&mut host, "twice", "2026-05-21", &["A-doc"]).unwrap();
    assert_eq!(last(&host), [""; 0]);
    register(&mut host, "again", &files).unwrap();
    assert_eq!(last(&host), [""; 0]);
    let gone = view(&host, "2026-05-21");
    assert_eq!(
        (&gone["contents"][0]["id"], &gone["contents"][0]["state"]),
        (&json!("A-doc"), &json!("erased"))
    );
    assert!(gone["plan"].as_array().unwrap().iter().all(|item| item["id"] != "A-doc"));
}

#[test]
fn what_proves_something_is_kept_ten_years() {
    let mut host = host();
    let evidence = json!([{ "hash": "ab".repeat(32), "media_type": "image/png", "size": 7 }]);
    let open = json!({ "kind": "open_dispute", "dispute": "D-1", "invoice": "OLD-7", "amount": "15.00",
        "currency": "EUR", "reason_code": "quality", "evidence": evidence });
    give(&mut host, "dispute", "2026-02-21", CLERK, open).unwrap();
    register(
        &mut host,
        "files",
        &[
            file("S", "signed_approval", "approval", INVOICE, 1),
            file("C", "consent", "approval", INVOICE, 2),
            file("I", "issued_document", "document", INVOICE, 3),
        ],
    )
    .unwrap();
    assert_eq!(planned(&host, "2036-01-31", "S"), says("keep", "not_due", "2036-02-01"));
    assert_eq!(planned(&host, "2036-02-01", "S"), says("purge", "due", "2036-02-01"));
    assert_eq!(planned(&host, "2036-02-01", "C"), says("purge", "due", "2036-02-01"));
    assert_eq!(planned(&host, "2036-02-01", "I"), says("purge", "due", "2036-02-01"));
    // What was shown when the dispute was opened is kept with it; the dispute is open, so nothing counts yet.
    assert_eq!(planned(&host, "2040-01-01", "evidence:D-1:1"), says("keep", "open_dispute", ""));
    let close = json!({ "kind": "close_dispute", "dispute": "D-1", "outcome": "withdrawn" });
    give(&mut host, "close", "2026-03-01", CLERK, close).unwrap();
    assert_eq!(planned(&host, "2036-02-29", "evidence:D-1:1"), says("keep", "not_due", "2036-03-01"));
    assert_eq!(planned(&host, "2036-03-01", "evidence:D-1:1"), says("purge", "due", "2036-03-01"));
}

#[test]
fn a_legal_hold_and_an_open_dispute_win() {
    let mut host = host();
    register(
        &mut host,
        "files",
        &[
            file("A", "ordinary", "ticket", "T-1", 1),
            file("B", "ordinary", "document", INVOICE, 2),
            file("C", "ordinary", "ticket", "T-2", 3),
        ],
    )
    .unwrap();
    let hold = |hold: &str, about: Value| {
        let mut action =
            json!({ "kind": "place_legal_hold", "hold": hold, "reason_code": "lawsuit", "note": "by phone" });
        if !about.is_null() {
            action["about"] = about;
        }
        action
    };
    let ticket = json!({ "kind": "ticket", "id": "T-1" });
    assert_eq!(
        give(&mut host, "h0", "2026-06-01", CLERK, hold("H", ticket.clone())).unwrap_err(),
        ["legal-hold-role"]
    );
    give(&mut host, "h1", "2026-06-01", LAWYER, hold("H", ticket.clone())).unwrap();
    assert_eq!(
        give(&mut host, "h2", "2026-06-01", LAWYER, hold("H", ticket)).unwrap_err(),
        ["legal-hold-twice"]
    );
    let nothing = json!({ "kind": "ticket", "id": "nothing" });
    assert_eq!(
        give(&mut host, "h3", "2026-06-01", LAWYER, hold("H-2", nothing)).unwrap_err(),
        ["about-unknown"]
    );
    // The ticket was billed on the invoice, so what belongs to that is held too; the other ticket is not.
    assert_eq!(planned(&host, "2026-06-01", "A").1, "legal_hold");
    assert_eq!(planned(&host, "2026-06-01", "B").1, "legal_hold");
    assert_eq!(planned(&host, "2026-06-01", "C").1, "due");
    assert_eq!(purge(&mut host, "p1", "2026-06-01", &["A"]).unwrap_err(), ["under-legal-hold"]);
    let lift = json!({ "kind": "lift_legal_hold", "hold": "H", "reason_code": "over" });
    assert_eq!(give(&mut host, "l0", "2026-06-02", CLERK, lift.clone()).unwrap_err(), ["legal-hold-role"]);
    give(&mut host, "l1", "2026-06-02", LAWYER, lift.clone()).unwrap();
    assert_eq!(give(&mut host, "l2", "2026-06-02", LAWYER, lift).unwrap_err(), ["legal-hold-unknown"]);
    assert_eq!(planned(&host, "2026-06-02", "A").1, "due");

    // Everything paid is reopened by taking the money back, and disputed: all of it is needed again.
    let stored = &host.stored[&address("account", "acme").to_string()];
    let mut events = stored.iter().flat_map(|one| one["record"]["events"].as_array().unwrap());
    let paid = events.find(|event| event["kind"] == "allocated").unwrap()["reservation"]["id"].clone();
    let unapply = json!({ "kind": "unapply", "reservation": paid, "reason": "wrong" });
    give(&mut host, "unapply", "2026-06-03", CLERK, unapply).unwrap();
    assert_eq!(planned(&host, "2026-06-03", "A").1, "not_started");
    let open = json!({ "kind": "open_dispute", "dispute": "D-2", "invoice": INVOICE, "amount": "1.00",
        "currency": "EUR", "reason_code": "price" });
    give(&mut host, "dispute", "2026-06-03", CLERK, open).unwrap();
    for id in ["A", "B", "C"] {
        assert_eq!(planned(&host, "2040-01-01", id).1, "open_dispute", "{id}");
    }
    assert_eq!(purge(&mut host, "p2", "2026-06-04", &["C"]).unwrap_err(), ["under-dispute"]);
    // A hold on everything comes before that.
    give(&mut host, "h4", "2026-06-04", LAWYER, hold("ALL", Value::Null)).unwrap();
    let view = view(&host, "2040-01-01");
    assert!(view["plan"].as_array().unwrap().iter().all(|item| item["because"] == "legal_hold"), "{view:#}");
    assert_eq!(view["holds"][0]["hold"], "ALL");
}

#[test]
fn bytes_that_something_else_needs_stay() {
    let mut host = host();
    register(
        &mut host,
        "files",
        &[
            file("A", "ordinary", "ticket", "T-1", 7),
            file("B", "ordinary", "document", "OLD-7", 7),
            file("C", "ordinary", "document", INVOICE, 8),
            file("D", "ordinary", "ticket", "T-2", 8),
        ],
    )
    .unwrap();
    assert_eq!(planned(&host, "2026-06-01", "A"), says("keep", "shared_bytes", "2026-05-21"));
    assert_eq!(planned(&host, "2026-06-01", "C").0, "purge");
    // One of two that are due: the other still needs the bytes. Both together can go.
    assert_eq!(purge(&mut host, "one", "2026-06-01", &["C"]).unwrap_err(), ["bytes-shared"]);
    purge(&mut host, "both", "2026-06-01", &["C", "D"]).unwrap();
    assert_eq!(last(&host), ["purged", "task purge", "purged", "task purge"]);
}

#[test]
fn a_plan_is_carried_out_as_it_was_shown() {
    let mut host = host();
    let none = view(&host, "2026-06-01")["digest"].clone();
    let with = |digest: &Value| json!({ "kind": "purge", "digest": digest });
    assert_eq!(give(&mut host, "p0", "2026-06-01", CLERK, with(&none)).unwrap_err(), ["retention-nothing"]);
    register(
        &mut host,
        "files",
        &[
            file("A", "ordinary", "ticket", "T-1", 1),
            file("B", "ordinary", "ticket", "T-2", 2),
            file("C", "ordinary", "document", "OLD-7", 2),
        ],
    )
    .unwrap();
    assert_eq!(
        give(&mut host, "p1", "2026-06-01", CLERK, with(&none)).unwrap_err(),
        ["retention-plan-changed"]
    );
    let shown = view(&host, "2026-06-01")["digest"].clone();
    let both = json!({ "kind": "purge", "digest": shown, "items": ["A"] });
    assert_eq!(give(&mut host, "p2", "2026-06-01", CLERK, both).unwrap_err(), ["purge-what"]);
    assert_eq!(
        give(&mut host, "p3", "2026-06-01", CLERK, json!({ "kind": "purge" })).unwrap_err(),
        ["purge-what"]
    );
    assert_eq!(purge(&mut host, "p4", "2026-06-01", &["Z"]).unwrap_err(), ["content-unknown"]);
    give(&mut host, "p5", "2026-06-01", CLERK, with(&shown)).unwrap();
    // B is due but for its bytes, and that is on record; C is not due, so there is nothing to say.
    assert_eq!(last(&host), ["purged", "task purge", "purge_refused"]);
    let task = host.report("account", "acme", json!({ "kind": "tasks", "as_of": "2026-06-01" }));
    let task = &task["tasks"][0]["task"];
    assert_eq!(
        (&task["audience"]["kind"], &task["digest"]),
        (&json!("storage"), &json!(format!("{:064x}", 1)))
    );
}

#[test]
fn only_the_roles_of_the_policy_erase() {
    let mut host = host();
    let mut file = file("A", "ordinary", "ticket", "T-1", 1);
    file["person"] = json!("anna");
    register(&mut host, "files", &[file]).unwrap();
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["policy"]["retention"]["erase_roles"] = json!(["archivist", "legal"]);
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let digest = view(&host, "2026-06-01")["digest"].clone();
    let asked = [
        json!({ "kind": "purge", "digest": digest }),
        json!({ "kind": "purge", "items": ["A"] }),
        json!({ "kind": "erase_subject", "person": "anna" }),
    ];
    for (place, action) in asked.iter().enumerate() {
        for who in [CLERK, ("anna", "auditor")] {
            let id = format!("no-{place}-{}", who.0);
            assert_eq!(give(&mut host, &id, "2026-06-01", who, action.clone()).unwrap_err(), ["erase-role"]);
        }
    }
    let asked_by_a_clerk = command("account", "acme", "no", "2026-06-01", CLERK, asked[1].clone());
    let refusal = host.deliver(asked_by_a_clerk).unwrap_err();
    let message = &refusal.findings().next().unwrap().message;
    assert!(message.contains("one of the roles [archivist, legal] to purge"), "{message}");
    assert_eq!(planned(&host, "2026-06-01", "A").1, "due");
    give(&mut host, "yes", "2026-06-01", ("arne", "archivist"), asked[0].clone()).unwrap();
    assert_eq!(last(&host), ["purged", "task purge"]);
}

/// A rule that erases needs a time that can be counted; what is kept for ever needs none.
#[test]
fn a_rule_says_how_long_content_is_kept() {
    let compiled = |rule: Value| {
        let mut document: Value =
            serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
        document["policy"]["retention"]["rules"] = json!([rule]);
        let compiled = wire::compile(document.to_string().as_bytes());
        compiled.map(drop).map_err(|refusal| {
            let findings = refusal.findings();
            findings.map(|one| format!("{} {}", one.code.name, one.path)).collect::<Vec<_>>()
        })
    };
    let rule = |action: &str, period: Value| {
        let mut rule = json!({ "action": action, "class": "scan", "since": "ticket_closed" });
        rule.as_object_mut().unwrap().extend(period.as_object().unwrap().clone());
        rule
    };
    for action in ["purge", "anonymise"] {
        for good in [
            json!({ "days": 1 }),
            json!({ "months": 1_200 }),
            json!({ "years": 100 }),
            json!({ "days": 36_600 }),
        ] {
            assert_eq!(compiled(rule(action, good)), Ok(()));
        }
        for bad in [
            json!({}),
            json!({ "days": 36_601 }),
            json!({ "months": 1_201 }),
            json!({ "years": 101 }),
            json!({ "days": 0 }),
        ] {
            let said = compiled(rule(action, bad)).unwrap_err();
            assert_eq!(said, ["retention-period /policy/retention/rules/0"]);
        }
    }
    assert_eq!(compiled(rule("keep", json!({}))), Ok(()));
    assert!(compiled(rule("keep", json!({ "years": 101 }))).is_err());
}

/// A day, and what is said of it: what becomes of a file, and why.
type Said = (&'static str, &'static str, &'static str);

/// On each day of a century the plan says one of three things of each file, and once it says that it goes it
/// goes on saying so.
#[test]
fn a_plan_says_of_every_day_what_becomes_of_what_and_why() {
    let mut host = host();
    let files = [
        file("A", "ordinary", "document", INVOICE, 1),
        file("B", "issued_document", "document", INVOICE, 2),
        file("C", "screenshot", "ticket", "T-1", 3),
        file("D", "ordinary", "document", "OLD-7", 4),
    ];
    register(&mut host, "files", &files).unwrap();
    // The invoice was issued on the 1st of February and settled on the 20th; the ticket was closed on the 20th
    // of January. A screenshot is anonymised after 30 days.
    let expected: [(&str, &[Said]); 4] = [
        (
            "A",
            &[
                ("2026-02-19", "keep", "not_started"),
                ("2026-02-20", "keep", "not_due"),
                ("2026-05-20", "keep", "not_due"),
                ("2026-05-21", "purge", "due"),
                ("2099-01-01", "purge", "due"),
            ],
        ),
        (
            "B",
            &[
                ("2026-01-31", "keep", "not_started"),
                ("2026-02-01", "keep", "not_due"),
                ("2036-01-31", "keep", "not_due"),
                ("2036-02-01", "purge", "due"),
            ],
        ),
        (
            "C",
            &[
                ("2026-02-18", "keep", "not_due"),
                ("2026-02-19", "anonymise", "due"),
                ("2099-01-01", "anonymise", "due"),
            ],
        ),
        ("D", &[("2026-02-19", "keep", "not_started"), ("2099-01-01", "keep", "not_started")]),
    ];
    for (id, days) in expected {
        for (day, action, because) in days {
            let (got, why, _) = planned(&host, day, id);
            assert_eq!((got.as_str(), why.as_str()), (*action, *because), "{id} on {day}");
        }
    }
}

#[test]
fn a_file_is_registered_once_under_a_class_that_the_policy_knows() {
    let mut host = host();
    let good = file("A", "scan", "ticket", "T-1", 1);
    register(&mut host, "f0", std::slice::from_ref(&good)).unwrap();
    register(&mut host, "f1", std::slice::from_ref(&good)).unwrap();
    assert_eq!(last(&host), [""; 0]);
    let wrong = [
        file("A", "scan", "ticket", "T-1", 2),
        file("B", "photo", "ticket", "T-1", 3),
        file("C", "ordinary", "ticket", "T-99", 4),
        file("D", "ordinary", "dispute", "D-99", 4),
        file("E", "ordinary", "record", "99", 4),
        file("F", "ordinary", "entry", "E-99", 4),
        file("G", "ordinary", "approval", "I-99", 4),
        file("H", "ordinary", "document", "I-99", 4),
    ];
    let unknown = "about-unknown";
    let expected =
        ["attachment-twice", "class-unknown", unknown, unknown, unknown, unknown, unknown, unknown];
    assert_eq!(register(&mut host, "f2", &wrong).unwrap_err(), expected);
    let twice = [file("I", "scan", "ticket", "T-1", 2), file("I", "scan", "ticket", "T-1", 3)];
    assert_eq!(register(&mut host, "f3", &twice).unwrap_err(), ["attachment-twice"]);
}

#[test]
fn erased_words_leave_a_log_that_verifies_and_replays() {
    let mut host = host();
    let key = address("account", "acme").to_string();
    let words = |host: &Host| {
        let view = view(host, "2026-03-01");
        let texts = view["contents"].as_array().unwrap().clone();
        let worked =
            texts.into_iter().filter(|one| one["content"] == "text" && one["about"]["kind"] == "entry");
        worked
            .map(|one| (one["id"].as_str().unwrap().to_owned(), one["state"].clone(), one["words"].clone()))
            .collect::<Vec<_>>()
    };
    let before = words(&host);
    assert_eq!(before.len(), 4);
    assert!(
        before
            .iter()
            .all(|(_, state, words)| *state == "kept" && words.as_str().unwrap().starts_with("worked on"))
    );
    let head = wire::head(&host.logs[&key]);
    let dry = command(
        "account",
        "acme",
        "dry",
        "2026-03-01",
        CLERK,
        json!({ "kind": "erase_subject", "person": "anna" }),
    );
    let dry = wire::decide(&host.logs[&key], &host.rulebook, dry.to_string().as_bytes()).unwrap();
    assert!(!dry.is_empty());
    assert_eq!(wire::head(&host.logs[&key]), head, "a dry run leaves no trace");

    give(&mut host, "erase", "2026-03-01", CLERK, json!({ "kind": "erase_subject", "person": "anna" }))
        .unwrap();
    assert_eq!(last(&host)[..3], ["erasure_requested", "purged", "task purge"]);
    let after = words(&host);
    assert!(after.iter().all(|(_, state, words)| *state == "erased" && words.is_null()), "{after:?}");
    // The chain verifies as before, against the head of before; a log loaded with the words, without any, and
    // with those of others is the same.
    let verdict: Value =
        serde_json::from_slice(&wire::verify(lines(&host).as_bytes(), Some(&head)).unwrap()).unwrap();
    assert_eq!((&verdict["verdict"], &verdict["anchored"]), (&json!("consistent"), &json!(true)));
    let whole = reload(&host, Value::to_string);
    assert!(whole == host.logs[&key], "the host still has the words: they stay erased");
    let erased: BTreeSet<String> = after.into_iter().map(|(id, ..)| id).collect();
    let left = reload(&host, |detached| {
        let mut detached = detached.clone();
        detached.as_object_mut().unwrap().retain(|key, _| !erased.contains(key));
        detached.to_string()
    });
    assert!(left == host.logs[&key], "the host erased the words");
    assert_eq!(wire::head(&left), wire::head(&whole));
    // A host that uses its salt again brings the same commitment: the words do not come back with it.
    let work = json!({ "kind": "time", "start": "2026-02-12T09:00:00Z", "end": "2026-02-12T09:40:00Z" });
    let entry = json!({ "id": "E-9", "ticket": "T-3", "note": "worked on T-1", "work": work });
    give(&mut host, "salted", "2026-03-01", CLERK, json!({ "kind": "capture", "entries": [entry] })).unwrap();
    assert!(words(&host).iter().all(|(_, state, words)| *state == "erased" && words.is_null()));
    // Nothing is left to erase: the request is answered by what was done.
    let again =
        give(&mut host, "again", "2026-03-02", CLERK, json!({ "kind": "erase_subject", "person": "anna" }));
    assert_eq!(again.unwrap_err(), ["person-unknown"]);
}

#[test]
fn a_person_is_forgotten_but_for_what_must_be_kept() {
    let mut host = host();
    let mut files = vec![
        file("A", "ordinary", "ticket", "T-1", 1),
        file("S", "signed_approval", "approval", INVOICE, 2),
        file("H", "ordinary", "ticket", "T-2", 3),
        file("O", "ordinary", "ticket", "T-2", 4),
    ];
    for (place, one) in files.iter_mut().enumerate() {
        one["person"] = json!(if place == 3 { "otto" } else { "ada" });
        one["name"] = json!("Ada's page.png");
    }
    register(&mut host, "files", &files).unwrap();
    let hold = json!({ "kind": "place_legal_hold", "hold": "H-1", "about": { "kind": "ticket", "id": "T-2" },
        "person": "ada", "reason_code": "lawsuit" });
    give(&mut host, "hold", "2026-02-22", LAWYER, hold).unwrap();
    give(&mut host, "erase", "2026-03-01", CLERK, json!({ "kind": "erase_subject", "person": "ada" }))
        .unwrap();
    // The bytes and the name, which stands beside a record: two things to delete.
    let events =
        ["erasure_requested", "purged", "task purge", "task purge", "purge_refused", "purge_refused"];
    assert_eq!(last(&host), events);
    let stored = host.stored[&address("account", "acme").to_string()].last().unwrap();
    let events = stored["record"]["events"].as_array().unwrap();
    assert_eq!((&events[1]["id"], &events[1]["because"]), (&json!("A"), &json!("requested")));
    assert_eq!((&events[4]["item"]["id"], &events[4]["name"]), (&json!("H"), &json!("under-legal-hold")));
    let kept = &events[5]["item"];
    assert_eq!((&kept["id"], &kept["due"]), (&json!("S"), &json!("2036-02-01")));
    let view = view(&host, "2026-03-01");
    let words: BTreeMap<&str, &Value> = view["contents"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["content"] == "attachment")
        .map(|one| (one["id"].as_str().unwrap(), &one["words"]))
        .collect();
    assert!(words["A"].is_null(), "the name went with the file");
    assert_eq!((words["S"], words["O"]), (&json!("Ada's page.png"), &json!("Ada's page.png")));
}

/// Whether the account takes a record of these events in place of the last one, which deciding gave.
fn takes(host: &Host, change: impl Fn(&mut Vec<Value>)) -> Result<(), &'static str> {
    let (last, before) = host.stored[&address("account", "acme").to_string()].split_last().unwrap();
    let mut log = wire::open(address("account", "acme").to_string().as_bytes()).unwrap();
    for one in before {
        let (record, hash) = (one["record"].to_string(), one["hash"].as_str().unwrap());
        wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), b"").unwrap();
    }
    let mut record = last["record"].clone();
    change(record["events"].as_array_mut().unwrap());
    let bytes = record.to_string();
    let hash = duebill::canon::sha256(bytes.as_bytes()).to_string();
    wire::apply(&mut log, bytes.as_bytes(), hash.as_bytes(), b"").map(drop).map_err(|no| no.code().name)
}

/// A change of the events of a record.
type Forgery = dyn Fn(&mut Vec<Value>);

#[test]
fn a_record_erases_what_follows_and_answers_a_person_with_all_that_is_theirs() {
    let mut host = host();
    let mut files = vec![
        file("A", "ordinary", "ticket", "T-1", 1),
        file("B", "ordinary", "ticket", "T-2", 2),
        file("S", "signed_approval", "approval", INVOICE, 3),
    ];
    files.iter_mut().for_each(|one| one["person"] = json!("ada"));
    register(&mut host, "files", &files).unwrap();
    give(&mut host, "erase", "2026-03-01", CLERK, json!({ "kind": "erase_subject", "person": "ada" }))
        .unwrap();
    assert_eq!(
        last(&host),
        ["erasure_requested", "purged", "task purge", "purged", "task purge", "purge_refused"]
    );
    assert_eq!(takes(&host, |_| {}), Ok(()));
    let forged: [(&str, &Forgery); 7] = [
        ("one piece is kept silently", &|events| drop(events.drain(1..3))),
        ("what must be kept is not answered", &|events| drop(events.pop())),
        ("asked twice", &|events| events.insert(0, events[0].clone())),
        ("the host is not told", &|events| drop(events.remove(2))),
        ("the host is told alone", &|events| *events = vec![events[2].clone()]),
        ("two rules for one class", &|events| {
            events[3]["rule"]["days"] = json!(30);
            events[3]["due"] = json!("2026-03-22");
            let reason = "asked for by the person; the rule of ordinary counts from invoice_settled \
                (2026-02-20), due 2026-03-22";
            events[3]["reason"] = json!(reason);
        }),
        ("a duty that was none", &|events| {
            events.remove(4);
            let mut item = events[3].clone();
            item.as_object_mut().unwrap().remove("kind");
            item["action"] = json!("keep");
            item["because"] = json!("not_due");
            events[3] =
                json!({ "kind": "purge_refused", "code": 2511, "item": item, "name": "retention-early" });
        }),
    ];
    for (what, change) in forged {
        assert_eq!(takes(&host, change), Err("state-mismatch"), "{what}");
    }
    // Without a request it was too early.
    assert_eq!(takes(&host, |events| drop(events.remove(0))), Err("retention-early"));
    // Nothing else happens where something is erased.
    let hold = json!({ "kind": "legal_hold_placed", "by": "clara", "effective": "2026-03-01", "hold": "H",
        "reason_code": "lawsuit" });
    assert_eq!(takes(&host, |events| events.push(hold.clone())), Err("state-mismatch"));
    assert_eq!(takes(&host, |events| *events = vec![hold.clone()]), Ok(()));
    // A refusal is an answer to a person, or stands beside what is erased.
    assert_eq!(takes(&host, |events| *events = vec![events[5].clone()]), Err("state-mismatch"));
}

#[test]
fn every_personal_text_is_known_to_retention() {
    let host = super::golden::everything();
    let view = host.report("account", "acme", json!({ "kind": "retention", "as_of": "2026-04-01" }));
    let known: BTreeSet<&str> =
        view["contents"].as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect();
    let mut count = 0;
    for one in &host.stored[&address("account", "acme").to_string()] {
        for commitment in one["detached"].as_object().unwrap().keys() {
            assert!(known.contains(commitment.as_str()), "a text stands in no plan: {}", one["record"]);
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}

/// Content of the properties: what it is about, and from when its ninety days count.
const ABOUTS: [(&str, &str, Option<&str>); 5] = [
    ("document", INVOICE, Some("2026-02-20")),
    ("ticket", "T-1", Some("2026-02-20")),
    ("ticket", "T-2", Some("2026-02-20")),
    ("ticket", "T-3", None),
    ("document", "OLD-7", None),
];

#[derive(Debug, Clone)]
enum Step {
    Register { id: u8, about: u8, hash: u8 },
    Hold { id: u8, about: Option<u8> },
    Lift(u8),
    Dispute { id: u8, old: bool },
    Settle(u8),
    Purge { ids: Vec<u8>, late: bool },
    PurgePlan { late: bool },
    Erase,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..8_u8, 0..5_u8, 0..4_u8).prop_map(|(id, about, hash)| Step::Register { id, about, hash }),
        2 => (0..3_u8, prop::option::weighted(0.8, 0..5_u8)).prop_map(|(id, about)| Step::Hold { id, about }),
        2 => (0..3_u8).prop_map(Step::Lift),
        2 => (0..3_u8, any::<bool>()).prop_map(|(id, old)| Step::Dispute { id, old }),
        2 => (0..3_u8).prop_map(Step::Settle),
        3 => (prop::collection::vec(0..8_u8, 1..4), any::<bool>()).prop_map(|(ids, late)| Step::Purge { ids, late }),
        2 => any::<bool>().prop_map(|late| Step::PurgePlan { late }),
        1 => Just(Step::Erase),
    ]
}

/// The same by hand: what stands, what is held, what is disputed.
#[derive(Default)]
struct Naive {
    files: BTreeMap<u8, (u8, u8, bool)>,
    holds: BTreeMap<u8, Option<u8>>,
    used: BTreeSet<u8>,
    disputes: BTreeMap<u8, (bool, bool)>,
}

const DATES: [&str; 2] = ["2026-04-01", "2026-06-01"];

impl Naive {
    /// Whether a hold or an open dispute stands on what content is about. The invoice bills T-1 and T-2.
    fn is_held(&self, about: u8) -> bool {
        let meets = |held: Option<u8>| match held {
            None => true,
            Some(held) if held == about => true,
            Some(0) => about <= 2,
            Some(1 | 2) => about == 0,
            Some(_) => false,
        };
        self.holds.values().any(|held| meets(*held))
            || self.disputes.values().any(|(old, open)| *open && if *old { about == 4 } else { about <= 2 })
    }

    fn is_due(&self, about: u8, late: bool) -> bool {
        ABOUTS[usize::from(about)].2.is_some() && late && !self.is_held(about)
    }

    /// Whether one of these can go: it is due, and no other live one that stays has its bytes.
    fn goes(&self, id: u8, together: Option<&BTreeSet<u8>>, late: bool, requested: bool) -> bool {
        let ready = |about: u8| if requested { !self.is_held(about) } else { self.is_due(about, late) };
        let (about, hash, gone) = self.files[&id];
        let stays = |other: &u8, own: u8| !ready(own) || together.is_some_and(|all| !all.contains(other));
        !gone
            && ready(about)
            && !self.files.iter().any(|(other, (own, same, gone))| {
                !gone && *other != id && *same == hash && stays(other, *own)
            })
    }
}

struct Run {
    host: Host,
    naive: Naive,
    count: usize,
}

impl Run {
    fn send(&mut self, date: &str, who: (&str, &str), action: Value) -> bool {
        self.count += 1;
        let id = format!("s{}", self.count);
        give(&mut self.host, &id, date, who, action).is_ok()
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Register { id, about, hash } => {
                let (kind, of, _) = ABOUTS[usize::from(*about)];
                let mut one = file(&format!("F{id}"), "ordinary", kind, of, *hash);
                one["person"] = json!("ada");
                let known = self.naive.files.get(id).copied();
                let fits = known.is_none_or(|(own, same, _)| (own, same) == (*about, *hash));
                let action = json!({ "kind": "register_attachments", "attachments": [one] });
                assert_eq!(self.send("2026-03-01", CLERK, action), fits, "{step:?}");
                if known.is_none() {
                    self.naive.files.insert(*id, (*about, *hash, false));
                }
            }
            Step::Hold { id, about } => {
                let mut action =
                    json!({ "kind": "place_legal_hold", "hold": format!("H{id}"), "reason_code": "x" });
                if let Some(about) = about {
                    let (kind, of, _) = ABOUTS[usize::from(*about)];
                    action["about"] = json!({ "kind": kind, "id": of });
                }
                let fits = self.naive.used.insert(*id);
                assert_eq!(self.send("2026-03-01", LAWYER, action), fits, "{step:?}");
                if fits {
                    self.naive.holds.insert(*id, *about);
                }
            }
            Step::Lift(id) => {
                let action =
                    json!({ "kind": "lift_legal_hold", "hold": format!("H{id}"), "reason_code": "x" });
                let fits = self.naive.holds.remove(id).is_some();
                assert_eq!(self.send("2026-03-01", LAWYER, action), fits, "{step:?}");
            }
            Step::Dispute { id, old } => {
                // The invoice is paid, so nothing of it can be disputed.
                let invoice = if *old { "OLD-7" } else { INVOICE };
                let action = json!({ "kind": "open_dispute", "dispute": format!("D{id}"), "invoice": invoice,
                    "amount": "1.00", "currency": "EUR", "reason_code": "x" });
                let fits = *old && !self.naive.disputes.contains_key(id);
                assert_eq!(self.send("2026-03-01", CLERK, action), fits, "{step:?}");
                if fits {
                    self.naive.disputes.insert(*id, (*old, true));
                }
            }
            Step::Settle(id) => {
                let action =
                    json!({ "kind": "close_dispute", "dispute": format!("D{id}"), "outcome": "withdrawn" });
                let live = self.naive.disputes.get_mut(id).filter(|(_, open)| *open);
                let fits = live.map(|(_, open)| *open = false).is_some();
                assert_eq!(self.send("2026-03-01", CLERK, action), fits, "{step:?}");
            }
            Step::Purge { ids, late } => {
                let wanted: BTreeSet<u8> = ids.iter().copied().collect();
                let known = wanted.iter().all(|id| self.naive.files.contains_key(id));
                let goes = |run: &Self, id: &u8| run.naive.goes(*id, Some(&wanted), *late, false);
                let going: Vec<u8> = wanted.iter().copied().filter(|id| known && goes(self, id)).collect();
                let all_gone = known && wanted.iter().all(|id| self.naive.files[id].2);
                let items: Vec<String> = wanted.iter().map(|id| format!("F{id}")).collect();
                let action = json!({ "kind": "purge", "items": items });
                let fits = known && (all_gone || !going.is_empty());
                assert_eq!(self.send(DATES[usize::from(*late)], CLERK, action), fits, "{step:?}");
                self.gone(&going);
            }
            Step::PurgePlan { late } => {
                let going: Vec<u8> = self.going(*late);
                let digest = view(&self.host, DATES[usize::from(*late)])["digest"].clone();
                let action = json!({ "kind": "purge", "digest": digest });
                assert_eq!(
                    self.send(DATES[usize::from(*late)], CLERK, action),
                    !going.is_empty(),
                    "{step:?}"
                );
                self.gone(&going);
            }
            Step::Erase => {
                let live: BTreeSet<u8> =
                    self.naive.files.iter().filter(|(_, (.., gone))| !gone).map(|(id, _)| *id).collect();
                let going: Vec<u8> =
                    live.iter().copied().filter(|id| self.naive.goes(*id, Some(&live), true, true)).collect();
                let action = json!({ "kind": "erase_subject", "person": "ada" });
                assert_eq!(self.send("2026-03-01", CLERK, action), !live.is_empty(), "{step:?}");
                self.gone(&going);
            }
        }
    }

    fn going(&self, late: bool) -> Vec<u8> {
        self.naive.files.keys().copied().filter(|id| self.naive.goes(*id, None, late, false)).collect()
    }

    fn gone(&mut self, ids: &[u8]) {
        for id in ids {
            self.naive.files.get_mut(id).unwrap().2 = true;
        }
    }

    /// The plan purges exactly what the naive one does, and never what is held or disputed.
    fn compare(&self) {
        for (late, date) in [(false, DATES[0]), (true, DATES[1])] {
            let view = view(&self.host, date);
            let purged: BTreeSet<String> = view["plan"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|item| item["action"] != "keep")
                .map(|item| item["id"].as_str().unwrap().to_owned())
                .collect();
            let expected: BTreeSet<String> = self.going(late).iter().map(|id| format!("F{id}")).collect();
            assert_eq!(purged, expected, "{date}: {view:#}");
        }
    }
}

proptest! {
    #![proptest_config(crate::effort::cases(24))]

    #[test]
    fn a_purge_takes_what_is_due_and_nothing_that_is_held(steps in prop::collection::vec(step(), 1..40)) {
        let mut run = Run { host: host(), naive: Naive::default(), count: 0 };
        let key = address("account", "acme").to_string();
        for step in &steps {
            run.take(step);
            let head = wire::head(&run.host.logs[&key]);
            run.compare();
            prop_assert_eq!(wire::head(&run.host.logs[&key]), head, "a plan left a trace");
        }
        // One task for each erased file, none twice.
        let tasks = run.host.report("account", "acme", json!({ "kind": "tasks", "as_of": "2026-12-31" }));
        let tasks: BTreeSet<&str> = tasks["tasks"].as_array().unwrap().iter()
            .filter(|one| one["task"]["cause"] == "content_erased")
            .map(|one| one["task"]["document"].as_str().unwrap()).collect();
        let gone: BTreeSet<String> =
            run.naive.files.iter().filter(|(_, file)| file.2).map(|(id, _)| format!("F{id}")).collect();
        prop_assert_eq!(tasks, gone.iter().map(String::as_str).collect::<BTreeSet<_>>());
        let plan = view(&run.host, DATES[1]);
        // What another customer does changes nothing here.
        let other = json!({ "kind": "place_legal_hold", "hold": "X", "reason_code": "x" });
        run.host.deliver(command("account", "globex", "other", "2026-03-01", LAWYER, other)).unwrap();
        prop_assert_eq!(view(&run.host, DATES[1]), plan);
        prop_assert!(reload(&run.host, Value::to_string) == run.host.logs[&key]);
    }
}
