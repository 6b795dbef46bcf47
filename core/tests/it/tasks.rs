//! What the outside world is asked to do: by rules, once, and what becomes of it.

use std::collections::{BTreeMap, BTreeSet};

use duebill::finding::Refusal;
use duebill::wire;
use serde_json::{Value, json};

use super::golden::everything;
use super::month::{Host, address, approve, command, january, pay};

const CLERK: (&str, &str) = ("clara", "billing");
const INVOICE: &str = "monthly:2026-01-31:EUR";

/// A rulebook with the rules that the examples offer.
fn rulebook(rules: Option<Value>) -> Result<duebill::rulebook::Rulebook, Refusal> {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    let offered = || serde_json::from_slice(include_bytes!("../../../examples/sample/tasks.json")).unwrap();
    document["policy"]["tasks"] = rules.unwrap_or_else(offered);
    wire::compile(document.to_string().as_bytes())
}

fn host() -> Host {
    let mut host = Host::new();
    host.rulebook = rulebook(None).unwrap();
    host
}

/// Every emitted task with the kinds of the events of its record, up to it.
fn emitted(host: &Host, account: &str) -> Vec<(Value, Vec<String>)> {
    let mut tasks = Vec::new();
    for stored in &host.stored[&address("account", account).to_string()] {
        let mut before = Vec::new();
        for event in stored["record"]["events"].as_array().unwrap() {
            let kind = event["kind"].as_str().unwrap().to_owned();
            if kind == "task_emitted" {
                tasks.push((event.clone(), before.clone()));
            }
            before.push(kind);
        }
    }
    tasks
}

fn rules(tasks: &[(Value, Vec<String>)]) -> Vec<String> {
    let name = |(task, _): &(Value, Vec<String>)| match task["ticket"].as_str() {
        Some(ticket) => {
            format!("{} {} {ticket}", task["rule"].as_str().unwrap(), task["document"].as_str().unwrap())
        }
        None => format!("{} {}", task["rule"].as_str().unwrap(), task["document"].as_str().unwrap()),
    };
    tasks.iter().map(name).collect()
}

fn give(host: &mut Host, id: &str, action: Value) -> Result<(), String> {
    let sent = command("account", "acme", id, "2026-02-05", CLERK, action);
    host.deliver(sent).map_err(|refusal| refusal.code().name.to_owned())
}

/// The events of the last record.
fn last(host: &Host) -> Vec<String> {
    let stored = host.stored[&address("account", "acme").to_string()].last().unwrap();
    let events = stored["record"]["events"].as_array().unwrap();
    events.iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}

fn statuses(host: &Host, as_of: &str) -> BTreeMap<String, String> {
    let view = host.report("account", "acme", json!({ "kind": "tasks", "as_of": as_of }));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = view["tasks"].as_array().unwrap().iter();
    all.map(|one| (text(&one["task"]["id"]), text(&one["status"]))).collect()
}

/// The id of a task of the invoice.
fn of_invoice(host: &Host, rule: &str) -> String {
    let tasks = emitted(host, "acme");
    let found = tasks.iter().find(|(task, _)| task["rule"] == rule).unwrap_or_else(|| panic!("{rule}"));
    found.0["id"].as_str().unwrap().to_owned()
}

#[test]
fn without_a_rule_nothing_is_asked_for() {
    let mut host = Host::new();
    january(&mut host);
    approve(&mut host, "acme");
    assert!(emitted(&host, "acme").is_empty());
    assert!(statuses(&host, "2026-12-31").is_empty());
}

#[test]
fn events_ask_for_what_the_rules_say_in_their_own_record() {
    let mut host = host();
    january(&mut host);
    // Ordered as the rules are; the manager is asked because the net is above 250.00.
    let asked = emitted(&host, "acme");
    assert_eq!(rules(&asked), [format!("heads-up {INVOICE}"), format!("ask {INVOICE}")]);
    assert_eq!(asked[0].0["because"][0]["fact"], "out_of_scope");
    assert_eq!(asked[1].0["deciders"][0]["step"]["roles"], json!(["manager"]));
    assert_eq!(asked[1].1.last().map(String::as_str), Some("task_emitted"));
    assert_eq!(asked[0].1.last().map(String::as_str), Some("drafted"));
    assert_eq!(
        statuses(&host, "2026-01-31").into_values().collect::<BTreeSet<_>>(),
        BTreeSet::from(["pending".to_owned()])
    );
    assert!(statuses(&host, "2026-01-30").is_empty(), "asked for before its date");

    approve(&mut host, "acme");
    let issued = emitted(&host, "acme").split_off(2);
    let expected = ["send-invoice", "archive-invoice", "high-value"].map(|rule| format!("{rule} {INVOICE}"));
    let written = ["T-1", "T-2"].map(|ticket| format!("billed {INVOICE} {ticket}"));
    assert_eq!(rules(&issued), [expected.as_slice(), written.as_slice()].concat());
    assert!(issued.iter().all(|(_, before)| before[0] == "issued"), "{issued:#?}");
    // The block at 180.00 and the disks at 159.80 are lines above 150.00; the work at 112.50 is not.
    let seen: Vec<&Value> =
        issued[2].0["because"].as_array().unwrap().iter().map(|seen| &seen["net"]).collect();
    assert_eq!(seen, ["180.00", "159.80"]);
    // Who was asked has decided: nobody need ask again.
    let stands = statuses(&host, "2026-02-01");
    assert_eq!(stands[&of_invoice(&host, "ask")], "obsolete", "{stands:#?}");

    pay(&mut host);
    let paid = emitted(&host, "acme").pop().unwrap();
    assert_eq!(
        (paid.0["rule"].as_str(), paid.0["cause"].as_str()),
        (Some("send-receipt"), Some("payment_applied"))
    );
    let rows = host.stored[&address("account", "acme").to_string()]
        .iter()
        .flat_map(|one| one["rows"].as_array().unwrap());
    let rows: Vec<&Value> = rows.filter(|row| row["table"] == "task").collect();
    assert_eq!(rows.len(), 8);
    assert_eq!(rows[2]["set"]["who"], "billing");
}

#[test]
fn what_is_confirmed_as_sent_has_left() {
    let mut host = host();
    january(&mut host);
    approve(&mut host, "acme");
    let send = of_invoice(&host, "send-invoice");
    let confirm = json!({ "kind": "confirm_task", "task": send, "reference": "msg-1" });
    give(&mut host, "sent", confirm.clone()).unwrap();
    assert_eq!(last(&host), ["task_confirmed", "fact_recorded"]);
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-02-05" }));
    assert_eq!(view["invoices"][0]["label"]["label"], "sent");
    assert_eq!(statuses(&host, "2026-02-05")[&send], "confirmed");
    assert_eq!(statuses(&host, "2026-02-04")[&send], "pending");

    // The same again says nothing new; something else is refused.
    give(&mut host, "sent-again", confirm).unwrap();
    assert_eq!(last(&host), [""; 0]);
    let other = json!({ "kind": "confirm_task", "task": send, "reference": "msg-2" });
    assert_eq!(give(&mut host, "sent-otherwise", other).unwrap_err(), "task-confirmed");
    let fail = json!({ "kind": "fail_task", "task": send, "reason": "smtp" });
    assert_eq!(give(&mut host, "fail", fail).unwrap_err(), "task-confirmed");
    let retry = json!({ "kind": "retry_task", "task": send });
    assert_eq!(give(&mut host, "retry", retry.clone()).unwrap_err(), "task-confirmed");

    // It comes back: the same task is done again, and the document is on its way once more.
    let bounced = json!({ "kind": "delivery", "channel": "mail", "status": "bounced" });
    let record = json!({ "kind": "record_fact", "document": INVOICE, "fact": bounced });
    give(&mut host, "bounced", record).unwrap();
    give(&mut host, "retry-bounced", retry).unwrap();
    assert_eq!(statuses(&host, "2026-02-05")[&send], "pending");
    give(&mut host, "sent-anew", json!({ "kind": "confirm_task", "task": send, "reference": "msg-2" }))
        .unwrap();
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-02-05" }));
    assert_eq!(view["invoices"][0]["label"]["label"], "sent");
}

#[test]
fn what_was_sent_otherwise_need_not_be_sent() {
    let mut host = host();
    january(&mut host);
    approve(&mut host, "acme");
    let send = of_invoice(&host, "send-invoice");
    let mut step = |id: &str, channel: &str, status: &str| {
        let fact = json!({ "kind": "delivery", "channel": channel, "status": status });
        give(&mut host, id, json!({ "kind": "record_fact", "document": INVOICE, "fact": fact })).unwrap();
        statuses(&host, "2026-02-05")[&send].clone()
    };
    assert_eq!(step("seen", "portal", "viewed"), "pending");
    assert_eq!(step("queued", "mail", "queued"), "pending");
    assert_eq!(step("sent", "mail", "sent"), "obsolete");
    assert_eq!(step("back", "mail", "bounced"), "pending");
}

#[test]
fn a_failure_is_a_finding_until_it_is_tried_again() {
    let mut host = host();
    january(&mut host);
    approve(&mut host, "acme");
    let archive = of_invoice(&host, "archive-invoice");
    let fail = json!({ "kind": "fail_task", "task": archive, "reason": "disk", "retry_after": "2026-02-06T00:00:00Z" });
    give(&mut host, "fail", fail.clone()).unwrap();
    give(&mut host, "fail-again", fail).unwrap();
    assert_eq!(last(&host), [""; 0]);
    let other = json!({ "kind": "fail_task", "task": archive, "reason": "network" });
    assert_eq!(give(&mut host, "fail-otherwise", other).unwrap_err(), "task-failed-before");
    let findings = |host: &Host| {
        let view = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-02-05" }));
        let all = view["findings"].as_array().unwrap().clone();
        all.into_iter()
            .filter(|one| one["name"] == "task-failed")
            .map(|one| one["subject"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(findings(&host), [archive.as_str()]);
    let work = host.report("account", "acme", json!({ "kind": "worklist", "at": "2026-02-05T12:00:00Z" }));
    assert_eq!(work["failed"][0]["id"], archive.as_str());
    let retry = json!({ "kind": "retry_task", "task": archive });
    give(&mut host, "retry", retry.clone()).unwrap();
    assert!(findings(&host).is_empty());
    assert_eq!(give(&mut host, "retry-again", retry).unwrap_err(), "task-waits");
    let unknown = json!({ "kind": "confirm_task", "task": "nothing" });
    assert_eq!(give(&mut host, "unknown", unknown).unwrap_err(), "task-unknown");
    give(&mut host, "done", json!({ "kind": "confirm_task", "task": archive })).unwrap();
    // Nothing was sent, so nothing is known to have left.
    assert_eq!(last(&host), ["task_confirmed"]);
}

#[test]
fn a_void_takes_back_what_was_not_done_and_says_so_to_the_tickets() {
    let mut host = host();
    january(&mut host);
    approve(&mut host, "acme");
    give(&mut host, "void", json!({ "kind": "void", "invoice": INVOICE, "reason": "wrong" })).unwrap();
    let before = emitted(&host, "acme").len();
    // So much is not taken back by one person alone.
    let view = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-02-05" }));
    let waiting = view["approvals"].as_array().unwrap().iter().find(|one| one["open"] == true).unwrap();
    let yes = json!({ "kind": "decide_approval", "subject": waiting["subject"], "digest": waiting["digest"],
        "verdict": "approve" });
    host.deliver(command("account", "acme", "yes", "2026-02-05", ("boris", "manager"), yes)).unwrap();
    let told = emitted(&host, "acme").split_off(before);
    assert_eq!(rules(&told), ["T-1", "T-2"].map(|ticket| format!("not-billed {INVOICE} {ticket}")));
    let stands = statuses(&host, "2026-02-05");
    assert_eq!(stands[&of_invoice(&host, "send-invoice")], "obsolete");
    assert_eq!(stands.values().filter(|status| *status == "pending").count(), 2, "{stands:#?}");
    // Billed again the work stands on another invoice, which asks for its own tasks; no id comes twice.
    let bill =
        json!({ "kind": "bill", "run": "monthly", "period": { "from": "2026-01-01", "to": "2026-01-31" } });
    give(&mut host, "again", bill).unwrap();
    let ids: Vec<String> = emitted(&host, "acme").iter().map(|(task, _)| task["id"].to_string()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.len() >= before + 4, "{ids:#?}");
}

#[test]
fn an_escalation_is_recorded_once_and_in_its_time() {
    let mut host = host();
    january(&mut host);
    let visit = json!({ "kind": "time", "start": "2026-02-03T09:00:00Z", "end": "2026-02-03T10:00:00Z" });
    let capture = json!({ "kind": "capture",
        "tickets": [{ "id": "T-4", "customer": "acme", "closed": "2026-02-04T10:00:00Z" }],
        "entries": [{ "id": "E-5", "ticket": "T-4", "work_type": "onsite", "work": visit }] });
    give(&mut host, "visit", capture).unwrap();
    give(
        &mut host,
        "bill",
        json!({ "kind": "bill", "run": "visits", "period": { "from": "2026-02-01", "to": "2026-02-05" } }),
    )
    .unwrap();
    let mut escalate = |id: &str, date: &str, subject: &str| {
        let action = json!({ "kind": "escalate_approval", "subject": subject });
        let sent = command("account", "acme", id, date, CLERK, action);
        host.deliver(sent).map_err(|refusal| refusal.code().name.to_owned())
    };
    let subject = "visits:2026-02-05:EUR";
    assert_eq!(escalate("early", "2026-02-06", subject).unwrap_err(), "escalation-early");
    assert_eq!(escalate("never", "2026-02-06", INVOICE).unwrap_err(), "escalation-early");
    assert_eq!(escalate("nothing", "2026-02-07", "none").unwrap_err(), "approval-unknown");
    assert_eq!(escalate("over", "2026-02-08", subject).unwrap_err(), "approval-expired");
    escalate("now", "2026-02-07", subject).unwrap();
    assert_eq!(escalate("twice", "2026-02-07", subject).unwrap_err(), "escalation-twice");
    let (task, before) = emitted(&host, "acme").pop().unwrap();
    assert_eq!(
        (task["rule"].as_str(), before.as_slice()),
        (Some("ask-higher"), ["approval_escalated".to_owned()].as_slice())
    );
    assert_eq!(task["deciders"][0]["step"]["roles"], json!(["customer", "manager"]));
}

#[test]
fn a_rule_that_cannot_be_carried_out_is_refused() {
    let rule = |on: &str, action: &str, audience: Value, when: Value| {
        let mut rule =
            json!({ "id": "r", "on": on, "action": action, "audience": audience, "channel": "mail" });
        if !when.is_null() {
            rule["when"] = when;
        }
        match rulebook(Some(json!([rule]))) {
            Ok(_) => "fits".to_owned(),
            Err(refusal) => refusal.code().name.to_owned(),
        }
    };
    let role = || json!({ "kind": "role", "role": "x" });
    for (on, action, audience, when, expected) in [
        ("invoice_issued", "send", role(), Value::Null, "fits"),
        ("dispute_opened", "send", role(), Value::Null, "task-rule"),
        ("invoice_issued", "purge", role(), Value::Null, "task-rule"),
        ("content_erased", "notify", role(), Value::Null, "task-rule"),
        ("invoice_issued", "decide", role(), Value::Null, "task-rule"),
        ("invoice_issued", "notify", json!({ "kind": "deciders" }), Value::Null, "task-rule"),
        ("dispute_opened", "notify", json!({ "kind": "ticket" }), Value::Null, "task-rule"),
        ("invoice_issued", "notify", json!({ "kind": "storage" }), Value::Null, "task-rule"),
        (
            "invoice_issued",
            "send",
            role(),
            json!({ "kind": "net", "above": "1", "of": "month" }),
            "task-rule-net",
        ),
        (
            "invoice_issued",
            "send",
            role(),
            json!({ "kind": "none", "of": [{ "kind": "net", "above": "1", "of": "job" }] }),
            "task-rule-net",
        ),
    ] {
        assert_eq!(rule(on, action, audience, when), expected, "{on} {action}");
    }
    let twice =
        json!({ "id": "r", "on": "invoice_issued", "action": "send", "audience": role(), "channel": "mail" });
    assert_eq!(rulebook(Some(json!([twice, twice]))).unwrap_err().code().name, "id-twice");
}

#[test]
fn a_rule_for_one_currency_asks_in_no_other() {
    let mut host = Host::new();
    let rule = json!({ "id": "r", "on": "invoice_issued", "action": "notify", "channel": "mail", "currency": "USD",
        "audience": { "kind": "role", "role": "x" } });
    host.rulebook = rulebook(Some(json!([rule]))).unwrap();
    january(&mut host);
    approve(&mut host, "acme");
    assert!(emitted(&host, "acme").is_empty());
    assert_eq!(emitted(&host, "globex").len(), 1);
}

#[test]
fn a_forged_task_is_not_applied() {
    let host = everything();
    let stored = &host.stored[&address("account", "acme").to_string()];
    let place = stored.iter().position(|one| one["record"].to_string().contains("task_emitted")).unwrap();
    let mut log = wire::open(address("account", "acme").to_string().as_bytes()).unwrap();
    for one in &stored[..place] {
        wire::apply(
            &mut log,
            one["record"].to_string().as_bytes(),
            one["hash"].as_str().unwrap().as_bytes(),
            b"",
        )
        .unwrap();
    }
    let before = log.clone();
    for (field, value) in [("rule", json!("other")), ("id", json!("other")), ("document", json!("other"))] {
        let mut record = stored[place]["record"].clone();
        let events = record["events"].as_array_mut().unwrap();
        let task = events.iter_mut().find(|event| event["kind"] == "task_emitted").unwrap();
        task[field] = value;
        let hash = duebill::canon::sha256(record.to_string().as_bytes()).to_string();
        let refusal = wire::apply(&mut log, record.to_string().as_bytes(), hash.as_bytes(), b"").unwrap_err();
        assert_eq!(refusal.code().name, "state-mismatch", "{field}");
        assert!(log == before, "{field}");
    }
}
