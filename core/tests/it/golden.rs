//! Golden records: logs as the first release wrote them. They load for ever, to the same state.

use std::collections::BTreeSet;

use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::blessed;
use super::month::{Host, address, approve, command, january, pay};

const CLERK: (&str, &str) = ("clara", "billing");

/// Work on site needs the customer's consent; nobody answers, so it waits until it is released. A batch
/// of two decisions on an estimate leaves one that is refused, and the estimate is taken back.
fn consent(host: &mut Host) {
    let deliver = |host: &mut Host, id: &str, date: &str, actor: (&str, &str), action: Value| {
        host.deliver(command("account", "acme", id, date, actor, action)).unwrap();
    };
    let visit = json!({ "kind": "time", "start": "2026-02-03T09:00:00Z", "end": "2026-02-03T10:00:00Z" });
    deliver(
        host,
        "visit",
        "2026-02-21",
        CLERK,
        json!({
            "kind": "capture", "tickets": [{ "id": "T-4", "customer": "acme", "closed": "2026-02-04T10:00:00Z" }],
            "entries": [{ "id": "E-5", "ticket": "T-4", "work_type": "onsite", "work": visit }],
        }),
    );
    let period = json!({ "from": "2026-02-01", "to": "2026-02-28" });
    deliver(
        host,
        "bill-visits",
        "2026-02-21",
        CLERK,
        json!({ "kind": "bill", "run": "visits", "period": period }),
    );
    let subject = "visits:2026-02-28:EUR";
    let escalate = json!({ "kind": "escalate_approval", "subject": subject });
    deliver(host, "escalate", "2026-02-23", CLERK, escalate);
    deliver(host, "expire", "2026-03-21", CLERK, json!({ "kind": "expire_approval", "subject": subject }));
    deliver(host, "release", "2026-03-21", CLERK, json!({ "kind": "release_hold", "subject": subject }));
    deliver(
        host,
        "propose",
        "2026-03-21",
        CLERK,
        json!({
            "kind": "propose_estimate", "estimate": "EST-1", "cap": "500.00", "currency": "EUR", "expires": "2026-04-30",
            "scope": { "tickets": ["T-4"] },
        }),
    );
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-03-21" }));
    let all = view["approvals"].as_array().unwrap();
    let digest = &all.iter().find(|one| one["subject"] == "EST-1").unwrap()["digest"];
    let decider = json!({ "person": "carol", "role": "customer" });
    let page = json!({ "kind": "document", "as_of": "2026-03-22", "role": "billing_specialist", "viewer": "clara",
        "document": { "kind": "consent", "subject": "EST-1", "decider": decider } });
    let shown = &host.report("account", "acme", page)["digest"];
    let yes = json!({ "digest": digest, "subject": "EST-1", "verdict": "approve", "consent": "I agree", "method": "mail",
        "evidence": { "reference": "mail-7" }, "shown": shown });
    let decisions = json!([yes, { "digest": digest, "subject": "EST-2", "verdict": "approve" }]);
    let customer = ("carol", "customer");
    deliver(
        host,
        "agree",
        "2026-03-22",
        customer,
        json!({ "kind": "decide_approvals", "decisions": decisions }),
    );
    let bill = json!({ "kind": "bill", "run": "again", "period": period });
    deliver(host, "bill-again", "2026-03-23", CLERK, bill);
    deliver(
        host,
        "withdraw",
        "2026-03-24",
        CLERK,
        json!({ "kind": "withdraw_estimate", "estimate": "EST-1" }),
    );
}

/// A month that leaves every kind of event in the logs, by every kind of action.
pub fn everything() -> Host {
    let mut host = Host::new();
    host.deliver(command("account", "acme", "opening", "2026-01-01", CLERK, json!({
        "kind": "import_opening", "cutover": "2026-01-01", "billed_elsewhere": ["E-0"],
        "items": [{ "id": "OLD-7", "number": "2025-0007", "customer": "acme", "currency": "EUR", "issued": "2025-12-01",
            "due": "2025-12-31", "open": "90.00", "total": "190.00" }],
        "cash": [{ "id": "OLD-CASH", "book": "bank", "amount": "10.00", "currency": "EUR", "customer": "acme",
            "value_date": "2025-12-30" }],
    }))).unwrap();
    january(&mut host);
    approve(&mut host, "acme");
    pay(&mut host);
    let deliver = |host: &mut Host, kind: &str, log: &str, id: &str, action: Value| {
        host.deliver(command(kind, log, id, "2026-02-21", CLERK, action)).unwrap();
    };
    deliver(
        &mut host,
        "account",
        "acme",
        "dispute",
        json!({
            "kind": "open_dispute", "dispute": "D-1", "invoice": "OLD-7", "amount": "15.00", "currency": "EUR",
            "reason_code": "quality",
        }),
    );
    deliver(
        &mut host,
        "account",
        "acme",
        "settle",
        json!({
            "kind": "close_dispute", "dispute": "D-1", "outcome": "withdrawn",
        }),
    );
    deliver(
        &mut host,
        "account",
        "acme",
        "close-t3",
        json!({
            "kind": "capture", "tickets": [{ "id": "T-3", "customer": "acme", "closed": "2026-02-02T10:00:00Z" }],
        }),
    );
    deliver(
        &mut host,
        "account",
        "acme",
        "bill-2026-02",
        json!({
            "kind": "bill", "run": "monthly", "period": { "from": "2026-02-01", "to": "2026-02-28" },
        }),
    );
    consent(&mut host);
    deliver(
        &mut host,
        "account",
        "acme",
        "void",
        json!({ "kind": "void", "invoice": "monthly:2026-02-28:EUR", "reason": "wrong" }),
    );
    deliver(
        &mut host,
        "cash_book",
        "bank",
        "stranger",
        json!({
            "kind": "receive", "entry": { "id": "TX-3", "amount": "12.00", "currency": "EUR", "value_date": "2026-02-21",
                "receipts": [{ "id": "TX-3", "amount": "12.00", "payer_name": "Somebody" }] },
        }),
    );
    let plans = host.matches();
    deliver(&mut host, "cash_book", "bank", "match-2", json!({ "kind": "match", "plans": plans["plans"] }));
    deliver(
        &mut host,
        "cash_book",
        "bank",
        "assign",
        json!({
            "kind": "assign", "receipt": "TX-3", "customer": "acme",
        }),
    );
    let fee = json!({ "agreement": "acme-block", "customer": "acme", "fee": "care" });
    let mut skip = fee.clone();
    (skip["kind"], skip["period"]) = (json!("skip_fee"), json!("2026-07-30"));
    deliver(&mut host, "account", "acme", "skip", skip);
    let restore =
        json!({ "kind": "restore_fee", "agreement": "acme-block", "fee": "care", "from": "2026-07-30" });
    deliver(&mut host, "account", "acme", "restore", restore);
    let reach = json!({ "kind": "reach_milestone", "milestone": "M-1", "project": "P-1" });
    deliver(&mut host, "account", "acme", "reach", reach);
    let ahead = json!({ "kind": "request_deposit", "id": "ahead", "amount": "120.00", "currency": "EUR",
        "customer": "acme", "code": "prepaid" });
    // Its number is asked for again before the first answer is there.
    let asked = host.step(&command("account", "acme", "ahead", "2026-02-21", CLERK, ahead)).unwrap();
    let again = json!({ "kind": "request_number", "document": "ahead" });
    host.deliver(command("account", "acme", "ask-again", "2026-02-22", CLERK, again)).unwrap();
    for intent in asked {
        host.deliver(intent["command"].clone()).unwrap();
    }
    // Money for a void invoice: reserved, refused by the account, released.
    deliver(
        &mut host,
        "cash_book",
        "bank",
        "too-late",
        json!({
            "kind": "reserve", "account": "acme", "receipt": "TX-3",
            "allocations": [{ "item": "monthly:2026-02-28:EUR", "cash": "12.00", "currency": "EUR" }],
        }),
    );
    assert_eq!(host.declined, ["invoice-state"]);
    money_back(&mut host);
    known(&mut host);
    kept(&mut host);
    kept_in_the_book(&mut host);
    close(&mut host);
    planned(&mut host);
    published(&mut host);
    kept_of_people(&mut host, ("series", "invoices"), ["cora", "carl"]);
    kept_of_people(&mut host, ("rulebook", "northwind"), ["clara", "bea"]);
    host
}

/// Publication is turned on, and the policy is published by two people.
fn published(host: &mut Host) {
    let because = |id: &str, date: &str, actor: (&str, &str), action: Value| {
        let mut command = command("rulebook", "northwind", id, date, actor, action);
        command["stamp"]["reason"] = json!(format!("{id}: prices rise"));
        command["salt"] = json!("00112233445566778899aabbccddeeff");
        command
    };
    let mut step = |id: &str, actor: (&str, &str), action: Value| {
        host.deliver(because(id, "2026-04-03", actor, action)).unwrap();
    };
    let board = json!({ "kind": "require_publication", "approvals": 2, "roles": ["board"] });
    step("require", CLERK, board);
    let document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    let mut later = document["policy"].clone();
    later["rates"][0]["value"] = json!("105");
    let propose = json!({ "kind": "propose_rules", "publication": "R-1", "effective_from": "2026-05-01",
        "requirement": { "approvals": 1, "roles": ["board"] },
        "sections": [{ "after": later }, { "customer": "acme", "after": document["terms"][0] }] });
    step("propose", CLERK, propose);
    let view = host.report("rulebook", "northwind", json!({ "kind": "publications" }));
    let digest = &view["pending"][0]["digest"];
    for person in ["bea", "ben"] {
        let agree =
            json!({ "kind": "decide_rules", "publication": "R-1", "digest": digest, "verdict": "approve" });
        host.deliver(because(person, "2026-04-04", (person, "board"), agree)).unwrap();
    }
}

/// Under a policy that keeps what stamps say for a week, the words of one person are held when erasure is asked for, and
/// those of another are purged.
fn kept_of_people(host: &mut Host, (kind, log): (&str, &str), [held, gone]: [&str; 2]) {
    let before = host.rulebook.clone();
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    let week = json!({ "class": "actor_trace", "since": "decision_made", "days": 7 });
    document["policy"]["retention"]["rules"].as_array_mut().unwrap().push(week);
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let kept = host.report(kind, log, json!({ "kind": "retention", "as_of": "2026-04-20" }));
    let text = kept["contents"].as_array().unwrap().iter().find(|one| one["person"] == gone).unwrap();
    let hold = json!({ "kind": "place_legal_hold", "hold": "H-1", "person": held, "reason_code": "lawsuit" });
    let steps = [
        ("hold", ("lena", "legal"), hold),
        ("forget", CLERK, json!({ "kind": "erase_subject", "person": held })),
        (
            "lift",
            ("lena", "legal"),
            json!({ "kind": "lift_legal_hold", "hold": "H-1", "reason_code": "over" }),
        ),
        ("purge", CLERK, json!({ "kind": "purge", "items": [text["id"]] })),
    ];
    for (id, actor, action) in steps {
        host.deliver(command(kind, log, id, "2026-04-20", actor, action)).unwrap();
    }
    host.rulebook = before;
}

/// A plan of the policy is carried out, once there is one.
fn planned(host: &mut Host) {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["terms"][1]["parent"] = json!("globex");
    document["policy"]["billing"]["plans"] = json!([{ "id": "tickets", "when": { "kind": "ticket" } }]);
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let work = json!({ "kind": "time", "start": "2026-04-01T09:00:00Z", "end": "2026-04-01T10:00:00Z" });
    let capture = json!({
        "kind": "capture", "tickets": [{ "id": "G-2", "customer": "globex", "closed": "2026-04-01T11:00:00Z" }],
        "entries": [{ "id": "GE-3", "ticket": "G-2", "work": work }],
    });
    host.deliver(command("account", "globex", "capture-2", "2026-04-02", CLERK, capture)).unwrap();
    let due = host.report("account", "globex", json!({ "kind": "plans", "as_of": "2026-04-02" }));
    let commit = json!({ "kind": "commit_plan", "plan": due["plans"][0]["key"] });
    host.deliver(command("account", "globex", "commit", "2026-04-02", CLERK, commit)).unwrap();
}

/// An invoice is sent, and somebody speaks with the customer about it.
fn known(host: &mut Host) {
    let sent = json!({ "kind": "delivery", "channel": "mail", "status": "sent" });
    let said = json!({ "kind": "contacted", "channel": "phone", "note": "she pays on Friday" });
    for (id, fact) in [("mailed", sent), ("called", said)] {
        let action = json!({ "kind": "record_fact", "document": "OLD-7", "fact": fact });
        let mut command = command("account", "acme", id, "2026-03-30", CLERK, action);
        command["salt"] = json!("00112233445566778899aabbccddeeff");
        host.deliver(command).unwrap();
    }
}

/// Files are registered, held and erased; the host could not delete one at first; somebody asks for erasure.
fn kept(host: &mut Host) {
    let mut deliver = |id: &str, actor: (&str, &str), action: Value| {
        host.deliver(command("account", "acme", id, "2026-03-30", actor, action)).unwrap();
    };
    let file = |id: &str, class: &str, ticket: &str| {
        json!({ "id": id, "class": class, "about": { "kind": "ticket", "id": ticket }, "hash": format!("{:0>64}", id.len()),
            "media_type": "image/png", "size": 2048, "name": format!("{id}.png"), "person": "ada" })
    };
    let files = [file("A-1", "screenshot", "T-1"), file("A-02", "scan", "T-1"), file("A-003", "scan", "T-2")];
    deliver("files", CLERK, json!({ "kind": "register_attachments", "attachments": files }));
    let hold = json!({ "kind": "place_legal_hold", "hold": "H-1", "about": { "kind": "ticket", "id": "T-2" },
        "reason_code": "lawsuit", "note": "their lawyer wrote" });
    deliver("hold", ("lena", "legal"), hold);
    deliver("purge", CLERK, json!({ "kind": "purge", "items": ["A-1", "A-02", "A-003"] }));
    let task = "task:acme:content_erased:A-02:scan";
    let failed =
        json!({ "kind": "fail_task", "task": task, "reason": "disk", "retry_after": "2026-03-31T00:00:00Z" });
    deliver("failed", CLERK, failed);
    deliver("again", CLERK, json!({ "kind": "retry_task", "task": task }));
    deliver("done", CLERK, json!({ "kind": "confirm_task", "task": task, "reference": "rm-7" }));
    deliver(
        "lift",
        ("lena", "legal"),
        json!({ "kind": "lift_legal_hold", "hold": "H-1", "reason_code": "settled" }),
    );
    deliver("forget", CLERK, json!({ "kind": "erase_subject", "person": "anna" }));
}

/// Under a policy that keeps bank lines for a week, words of receipts are held, erased, and asked to be erased.
fn kept_in_the_book(host: &mut Host) {
    let before = host.rulebook.clone();
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    let week = json!({ "class": "bank_line", "since": "receipt_settled", "days": 7 });
    document["policy"]["retention"]["rules"].as_array_mut().unwrap().push(week);
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let kept = host.report("cash_book", "bank", json!({ "kind": "retention", "as_of": "2026-03-30" }));
    let words = |receipt: &str| {
        let mut contents = kept["contents"].as_array().unwrap().iter();
        contents.find(|one| one["about"]["id"] == receipt).unwrap()["id"].clone()
    };
    let mut deliver = |id: &str, actor: (&str, &str), action: Value| {
        host.deliver(command("cash_book", "bank", id, "2026-03-30", actor, action)).unwrap();
    };
    let hold = json!({ "kind": "place_legal_hold", "hold": "H-1", "about": { "kind": "receipt", "id": "TX-1" },
        "reason_code": "lawsuit", "note": "their bank wrote" });
    deliver("hold", ("lena", "legal"), hold);
    deliver("purge", CLERK, json!({ "kind": "purge", "items": [words("TX-1"), words("TX-2")] }));
    deliver(
        "lift",
        ("lena", "legal"),
        json!({ "kind": "lift_legal_hold", "hold": "H-1", "reason_code": "settled" }),
    );
    deliver("forget", CLERK, json!({ "kind": "erase_subject", "person": "globex" }));
    host.rulebook = before;
}

/// Every kind of log is closed and reopened by two people; a series takes numbers in.
fn close(host: &mut Host) {
    let close = json!({ "kind": "close_period", "through": "2025-12-31", "how": "hard" });
    let reopen = json!({ "kind": "reopen_period" });
    for (kind, log) in [("account", "acme"), ("cash_book", "bank"), ("series", "invoices")] {
        host.deliver(command(kind, log, "close", "2026-03-31", CLERK, close.clone())).unwrap();
        for (id, actor) in [("reopen", "cora"), ("agree-to-reopen", "carl")] {
            let mut ask = command(kind, log, id, "2026-04-01", (actor, "controller"), reopen.clone());
            ask["stamp"]["reason"] = json!(format!("{actor}: an invoice of December was missed"));
            ask["salt"] = json!("00112233445566778899aabbccddeeff");
            host.deliver(ask).unwrap();
        }
    }
    let legacy = json!([{ "number": "RE-77", "date": "2025-11-30" }]);
    let import = json!({ "kind": "import_numbers", "numbers": legacy });
    host.deliver(command("series", "invoices", "numbers", "2026-04-01", CLERK, import)).unwrap();
}

/// Money that is applied, taken back, paid back and taken back by the bank.
fn money_back(host: &mut Host) {
    let deliver = |host: &mut Host, kind: &str, log: &str, id: &str, action: Value| {
        host.deliver(command(kind, log, id, "2026-02-22", CLERK, action)).unwrap();
    };
    let pay = json!([{ "item": "OLD-7", "cash": "12.00", "currency": "EUR" }]);
    let reserve = json!({ "kind": "reserve", "account": "acme", "receipt": "TX-3", "allocations": pay });
    deliver(host, "cash_book", "bank", "pay-old", reserve.clone());
    let key = "pay:bank:TX-3:acme:1";
    let unapply = json!({ "kind": "unapply", "reservation": key, "reason": "wrong-invoice" });
    deliver(host, "account", "acme", "unapply", unapply);
    deliver(
        host,
        "cash_book",
        "bank",
        "refund",
        json!({ "kind": "refund", "id": "RF-1", "receipt": "TX-3",
        "amount": "1.00", "currency": "EUR", "payee": "acme", "reason": "paid-too-much" }),
    );
    // What an account asks for is paid, or declined where it is more than is left.
    for (id, amount) in [("RF-3", "1.00"), ("RF-4", "1000.00")] {
        let ask = json!({ "kind": "refund_receipt", "id": id, "book": "bank", "receipt": "TX-3", "customer": "acme",
            "amount": amount, "currency": "EUR", "payee": "acme", "reason": "paid-too-much" });
        deliver(host, "account", "acme", id, ask);
    }
    // Taken back while the request to apply it is still under way: the account declines what comes late.
    let late = json!([{ "item": "OLD-7", "cash": "10.00", "currency": "EUR" }]);
    let reserve = json!({ "kind": "reserve", "account": "acme", "receipt": "TX-3", "allocations": late });
    let waiting = host.step(&command("cash_book", "bank", "pay-late", "2026-02-22", CLERK, reserve)).unwrap();
    deliver(
        host,
        "cash_book",
        "bank",
        "reverse",
        json!({ "kind": "reverse", "receipt": "TX-3", "reason": "MD06" }),
    );
    for intent in waiting {
        host.deliver(intent["command"].clone()).unwrap();
    }
    credit_and_write_off(host);
}

/// Credit that is issued, used, paid out and given up; a part written off and owed again.
fn credit_and_write_off(host: &mut Host) {
    let mut deliver = |id: &str, action: Value| {
        host.deliver(command("account", "acme", id, "2026-02-23", CLERK, action)).unwrap();
    };
    let invoice = "monthly:2026-01-31:EUR";
    let credit = |id: &str, scope: Value| {
        json!({ "kind": "credit", "id": id, "invoice": invoice, "effect": "forgive",
        "reason": "goodwill", "scope": scope })
    };
    deliver("credit-1", credit("CN-1", json!({ "kind": "gross", "amount": "30.00", "currency": "EUR" })));
    deliver("credit-2", credit("CN-2", json!({ "kind": "whole" })));
    deliver("void-credit", json!({ "kind": "void", "invoice": "CN-2", "reason": "wrong" }));
    deliver(
        "use-credit",
        json!({ "kind": "apply_credit", "from": "CN-1", "to": "OLD-7", "amount": "10.00", "currency": "EUR" }),
    );
    deliver(
        "pay-credit",
        json!({ "kind": "refund_credit", "id": "RF-2", "item": "CN-1", "amount": "5.00", "currency": "EUR",
        "book": "bank", "reason": "asked-for" }),
    );
    deliver(
        "write-off",
        json!({ "kind": "write_off", "id": "WO-1", "item": "OLD-7", "amount": "8.00", "currency": "EUR",
        "reason": "small" }),
    );
    deliver(
        "recover",
        json!({ "kind": "recover", "write_off": "WO-1", "amount": "3.00", "currency": "EUR", "reason": "paid" }),
    );
    dispute_and_move(host);
}

/// A dispute that is settled, and a customer that goes from one payer to another.
fn dispute_and_move(host: &mut Host) {
    let mut deliver = |id: &str, action: Value| {
        host.deliver(command("account", "acme", id, "2026-02-24", CLERK, action)).unwrap();
    };
    let evidence = json!([{ "hash": "ab".repeat(32), "media_type": "image/png", "size": 7 }]);
    deliver(
        "dispute-2",
        json!({ "kind": "open_dispute", "dispute": "D-2", "invoice": "OLD-7", "amount": "1.00", "currency": "EUR",
            "reason_code": "price", "by": "ada@acme", "evidence": evidence }),
    );
    deliver("look", json!({ "kind": "advance_dispute", "dispute": "D-2", "to": "investigating" }));
    deliver(
        "give-in",
        json!({ "kind": "write_off", "id": "WO-2", "item": "OLD-7", "amount": "1.00", "currency": "EUR",
        "reason": "price" }),
    );
    deliver(
        "accept",
        json!({ "kind": "close_dispute", "dispute": "D-2", "outcome": "accepted", "remedy": "WO-2" }),
    );
    deliver(
        "let-go",
        json!({ "kind": "release_customer", "customer": "acme-berlin", "to": "globex", "transfer": "M-1" }),
    );
    let stored = host.stored[&address("account", "acme").to_string()].last().unwrap();
    let admit = json!({ "kind": "admit_customer", "hash": stored["hash"], "release": stored["record"] });
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    document["terms"][1]["parent"] = json!("globex");
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    host.deliver(command("account", "globex", "admit", "2026-02-24", CLERK, admit)).unwrap();
}

const LOGS: [(&str, &str); 5] = [
    ("account", "acme"),
    ("account", "globex"),
    ("cash_book", "bank"),
    ("rulebook", "northwind"),
    ("series", "invoices"),
];

fn lines(host: &Host, kind: &str, id: &str) -> (String, String) {
    let mut records = String::new();
    let mut detached = String::new();
    for stored in &host.stored[&address(kind, id).to_string()] {
        records.push_str(&format!("{} {}\n", stored["hash"].as_str().unwrap(), stored["record"]));
        detached.push_str(&format!("{}\n", stored["detached"]));
    }
    (records, detached)
}

fn view(host: &Host, kind: &str, log: &Log) -> Value {
    let question = match kind {
        "account" => json!({ "kind": "account", "as_of": "2026-03-10" }),
        "cash_book" => json!({ "kind": "cash_book", "as_of": "2026-03-10" }),
        "rulebook" => json!({ "kind": "publications" }),
        _ => json!({ "kind": "numbers" }),
    };
    serde_json::from_slice(&wire::report(log, &host.rulebook, question.to_string().as_bytes()).unwrap())
        .unwrap()
}

#[test]
fn the_same_month_gives_the_same_bytes() {
    let host = everything();
    for (kind, id) in LOGS {
        let (records, detached) = lines(&host, kind, id);
        blessed::compare_frozen(&format!("golden/v1/{kind}-{id}.log"), &records);
        blessed::compare_frozen(&format!("golden/v1/{kind}-{id}.detached"), &detached);
        let commands = &host.commands[&address(kind, id).to_string()];
        let commands: String = commands.iter().map(|command| format!("{command}\n")).collect();
        blessed::compare_frozen(&format!("golden/v1/{kind}-{id}.commands"), &commands);
        let view = view(&host, kind, &host.logs[&address(kind, id).to_string()]);
        blessed::compare_frozen(&format!("golden/v1/{kind}-{id}.view.json"), &format!("{view:#}\n"));
    }
}

#[test]
fn golden_logs_load_to_the_golden_views() {
    let host = Host::new();
    for (kind, id) in LOGS {
        let read = |ending: &str| {
            std::fs::read_to_string(blessed::path(&format!("golden/v1/{kind}-{id}.{ending}"))).unwrap()
        };
        let mut log = wire::open(address(kind, id).to_string().as_bytes()).unwrap();
        for (line, detached) in read("log").lines().zip(read("detached").lines()) {
            let (hash, record) = line.split_once(' ').unwrap();
            wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), detached.as_bytes()).unwrap();
        }
        assert_eq!(format!("{:#}\n", view(&host, kind, &log)), read("view.json"), "{kind} {id}");
    }
}

/// The kinds of a union that the schemas of some documents name, each after the kind of its log.
fn all_kinds(document: &str, union: &str) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for (name, schema) in wire::schemas() {
        let Some(kind) = name.strip_prefix(document) else { continue };
        let schema: Value = serde_json::from_str(&schema).unwrap();
        let shapes = schema["$defs"].as_object().unwrap();
        let (_, choices) = shapes.iter().find(|(shape, _)| shape.ends_with(union)).unwrap();
        for choice in choices["oneOf"].as_array().unwrap() {
            known.insert(format!("{kind} {}", choice["properties"]["kind"]["const"].as_str().unwrap()));
        }
    }
    assert!(known.len() > 10, "{document}: {known:?}");
    known
}

fn golden(kind: &str, id: &str, ending: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(blessed::path(&format!("golden/v1/{kind}-{id}.{ending}"))).unwrap();
    let document =
        |line: &str| serde_json::from_str(line.get(65..).filter(|_| ending == "log").unwrap_or(line));
    text.lines().map(|line| document(line).unwrap()).collect()
}

#[test]
fn every_kind_of_event_is_golden() {
    let mut missing = all_kinds("record_", "Event");
    for (kind, id) in LOGS {
        for record in golden(kind, id, "log") {
            for event in record["events"].as_array().unwrap() {
                missing.remove(&format!("{kind} {}", event["kind"].as_str().unwrap()));
            }
        }
    }
    assert!(missing.is_empty(), "no golden record holds: {missing:?}");
}

#[test]
fn every_kind_of_action_is_golden() {
    let mut missing = all_kinds("command_", "Action");
    for (kind, id) in LOGS {
        for command in golden(kind, id, "commands") {
            missing.remove(&format!("{kind} {}", command["action"]["kind"].as_str().unwrap()));
        }
    }
    assert!(missing.is_empty(), "no golden command holds: {missing:?}");
}

/// The content of a command has the digest that it had when it was recorded: a retry is known as one.
#[test]
fn golden_commands_are_known_again() {
    let host = everything();
    for (kind, id) in LOGS {
        let log = &host.logs[&address(kind, id).to_string()];
        for (seq, command) in (1..).zip(golden(kind, id, "commands")) {
            let answer = wire::decide(log, &host.rulebook, command.to_string().as_bytes()).unwrap();
            let answer: Value = serde_json::from_slice(&answer).unwrap();
            assert_eq!((&answer["outcome"], &answer["seq"]), (&json!("repeated"), &json!(seq)), "{command}");
        }
    }
}

#[test]
fn stored_bytes_are_canonical_and_a_second_writing_gives_them_again() {
    for (kind, id) in LOGS {
        let log = std::fs::read_to_string(blessed::path(&format!("golden/v1/{kind}-{id}.log"))).unwrap();
        for line in log.lines() {
            let record = line.split_once(' ').unwrap().1;
            // serde_json keeps objects in order of keys, as RFC 8785 does for ASCII keys.
            let again = serde_json::from_str::<Value>(record).unwrap().to_string();
            assert_eq!(again, record, "not canonical");
        }
    }
}

#[test]
fn a_drafted_invoice_states_the_digest_of_its_own_bytes() {
    let mut drafts = 0;
    for (kind, id) in LOGS {
        let log = std::fs::read_to_string(blessed::path(&format!("golden/v1/{kind}-{id}.log"))).unwrap();
        for line in log.lines() {
            let record: Value = serde_json::from_str(line.split_once(' ').unwrap().1).unwrap();
            for event in
                record["events"].as_array().unwrap().iter().filter(|event| event["kind"] == "drafted")
            {
                let digest = duebill::canon::sha256(event["draft"].to_string().as_bytes());
                assert_eq!(event["approval"]["digest"], digest.to_string().as_str());
                drafts += 1;
            }
        }
    }
    assert!(drafts > 2);
}
