//! Records with a right hash that deciding would not have written: every value of every event of the golden
//! logs is changed alone into another plausible one. Applying refuses the record and leaves no trace, or the
//! value is one of those that are believed, which are listed here with why.

use std::collections::{BTreeMap, BTreeSet};

use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::following;
use super::golden::everything;
use super::month::Host;

/// What is believed: event, and field, of which the last may stand for all that begin with it; and why. An
/// account knows no rulebook and no other log when it replays, so it cannot hold these against anything. What a
/// ready command of the same record states too is not among them: forged alone it is refused, and with its command
/// it is for the log that gets this to judge.
const BELIEVED: &[(&str, &[&str])] = &[
    // What the host says of the world: work, customers, banks, evidence, the reasons people give.
    ("captured", &["entries*", "tickets*"]),
    ("opening_imported", &["billed_elsewhere", "cutover", "items/*"]),
    ("milestone_reached", &["milestone", "project"]),
    ("attachments_registered", &["attachments*"]),
    ("deposit_requested", &["includes_tax"]),
    ("dispute_opened", &["by", "invoice", "reason_code"]),
    ("legal_hold_lifted", &["reason_code"]),
    ("legal_hold_placed", &["hold", "note/*", "person", "reason_code"]),
    ("task_confirmed", &["reference"]),
    ("task_failed", &["reason"]),
    ("publication_required", &["approvals", "roles"]),
    ("credit_voided", &["reason"]),
    ("fact_recorded", &["known/fact/*"]),
    ("customer_released", &["to", "transfer"]),
    ("credit_drafted", &["credit/id", "credit/keeps_hours", "credit/reason", "credit/series"]),
    ("recovered", &["reason"]),
    ("allocation_undone", &["reason"]),
    ("reservation_withdrawn", &["reason"]),
    ("approval_decided", &["decision/consent/*", "decision/evidence/*", "decision/method", "decision/shown"]),
    ("period_closed", &["through"]),
    ("period_reopened", &["approver"]),
    ("reopen_asked", &["by"]),
    ("numbers_imported", &["numbers", "numbers/number"]),
    ("received", &["entry/*"]),
    ("refunded", &["amount", "id", "order/asked_by", "payee", "reason", "receipt"]),
    // What a rulebook said on that day; the record names its digest.
    ("numbering_set", &["fiscal_start"]),
    ("block_sold", &["charge/code", "customer", "seconds"]),
    ("fee_skipped", &["agreement", "customer", "fee", "from"]),
    ("drafted", &["approval/needed*", "draft/header/*", "draft/period/*", "draws*"]),
    ("credit_drafted", &["credit/header/*"]),
    ("plan_committed", &["by", "key", "trigger"]),
    ("task_emitted", &["action", "audience/role", "channel"]),
    // Parts of a rule that decided nothing here. Of two texts about the same thing either may have been named.
    ("anonymised", &["rule/duty"]),
    ("purge_refused", &["item/rule/action", "item/rule/duty"]),
    ("purged", &["id", "rule/action", "rule/duty"]),
    ("credit_drafted", &["approval/needed*"]),
    ("estimate_proposed", &["approval/needed*", "estimate/*"]),
    (
        "drafted",
        &[
            "draft/lines/charges*",
            "draft/lines/description",
            "draft/lines/taxes",
            "draft/series",
            "draft/terms/*",
            "draft/totals/rule/en16931",
            "draft/zone_data",
        ],
    ),
    // What another log recorded: numbers, reservations, answers.
    ("issued", &["item/number"]),
    ("credit_issued", &["item/number"]),
    ("allocated", &["reservation/*"]),
    ("assigned", &["customer", "receipt"]),
    ("confirmed", &["effective", "reservation"]),
    ("unapplied", &["unapplied/*"]),
    ("paid_out", &["*"]),
    // What the book was told to do, under its own rules of matching.
    ("matched", &["plan/*"]),
    // Answers that change nothing: that something was refused.
    ("allocation_declined", &["*"]),
    ("decision_refused", &["code", "name", "subject"]),
];

/// Whether a field of an event is believed.
fn is_believed(what: &str) -> bool {
    let (kind, field) = what.split_once(' ').unwrap();
    BELIEVED.iter().any(|(of, fields)| {
        *of == kind
            && fields.iter().any(|known| match known.strip_suffix('*') {
                Some(start) => field.starts_with(start),
                None => field == *known,
            })
    })
}

/// Every value below a place, with its path.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                leaves(field, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            if !items.is_empty() {
                found.push(path.to_owned());
            }
            for (place, item) in items.iter().enumerate() {
                leaves(item, &format!("{path}/{place}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => found.push(path.to_owned()),
    }
}

fn name(path: &str) -> &str {
    let parts = path.rsplit('/');
    parts.into_iter().find(|part| part.parse::<usize>().is_err()).unwrap_or("")
}

/// Values that could stand in place of one: what stands under the same name elsewhere, the next amount or day.
fn others(value: &Value, pool: &BTreeSet<String>) -> Vec<Value> {
    let mut others: Vec<Value> = Vec::new();
    match value {
        Value::Bool(yes) => others.push(json!(!yes)),
        Value::Number(number) => others.push(json!(number.as_u64().unwrap() + 1)),
        Value::Array(items) => {
            others.push(json!(items[1..]));
            let mut twice = items.clone();
            twice.push(items.last().unwrap().clone());
            others.push(json!(twice));
        }
        Value::String(text) => {
            let cents = text.replace('.', "").parse::<i64>();
            if let (true, Ok(cents)) =
                (text.rsplit_once('.').is_some_and(|(_, digits)| digits.len() == 2), cents)
            {
                let more = cents + 1;
                let sign = if more < 0 { "-" } else { "" };
                others.push(json!(format!("{sign}{}.{:02}", more.abs() / 100, more.abs() % 100)));
            }
            let plausible = pool.iter().filter(|other| *other != text).take(2);
            others.extend(plausible.map(|other| json!(other)));
            others.push(json!("2026-02-17"));
            others.push(json!("other"));
        }
        Value::Null | Value::Object(_) => {}
    }
    others
}

/// States the digest of the forged content, as a careful forger would.
pub fn rehash(event: &mut Value, path: &str) {
    let content =
        ["draft", "credit", "estimate", "refund", "write_off"].iter().find(|name| event[**name].is_object());
    if let (Some(content), false, true) =
        (content, path.starts_with("/approval"), event["approval"].is_object())
    {
        let digest = duebill::canon::sha256(event[*content].to_string().as_bytes()).to_string();
        event["approval"]["digest"] = json!(digest);
    }
}

/// What is forged in one record: event kind and field, and whether it was refused.
fn forge(
    before: &Log,
    record: &Value,
    pools: &BTreeMap<String, BTreeSet<String>>,
    of: impl Fn(&str) -> bool,
    accepted: &mut BTreeMap<String, String>,
) {
    for (place, event) in record["events"].as_array().unwrap().iter().enumerate() {
        let kind = event["kind"].as_str().unwrap();
        if !of(kind) {
            continue;
        }
        let mut paths = Vec::new();
        leaves(event, "", &mut paths);
        for path in paths {
            let value = event.pointer(&path).unwrap();
            let empty = BTreeSet::new();
            let field: Vec<&str> = path.split('/').filter(|part| part.parse::<usize>().is_err()).collect();
            let what = format!("{kind} {}", field.join("/").trim_start_matches('/'));
            for other in others(value, pools.get(name(&path)).unwrap_or(&empty)) {
                let mut forged = record.clone();
                *forged["events"][place].pointer_mut(&path).unwrap() = other.clone();
                rehash(&mut forged["events"][place], &path);
                let bytes = forged.to_string();
                let hash = duebill::canon::sha256(bytes.as_bytes()).to_string();
                let mut log = before.clone();
                match wire::apply(&mut log, bytes.as_bytes(), hash.as_bytes(), b"") {
                    Ok(_) => {
                        accepted.entry(what.clone()).or_insert_with(|| format!("{value} -> {other}"));
                    }
                    Err(_) => assert_eq!(log, *before, "{what} left a trace"),
                }
            }
        }
    }
}

/// Every field of an event that a forger could change unnoticed in the logs of a host, with how.
fn unnoticed(host: &Host, of: impl Fn(&str) -> bool + Copy) -> BTreeMap<String, String> {
    let mut accepted = BTreeMap::new();
    for (at, records) in &host.stored {
        let mut pools: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for record in records {
            let mut paths = Vec::new();
            leaves(&record["record"]["events"], "", &mut paths);
            for path in paths {
                if let Some(text) = record["record"]["events"].pointer(&path).unwrap().as_str() {
                    pools.entry(name(&path).to_owned()).or_default().insert(text.to_owned());
                }
            }
        }
        // One decision alone names its page: here is another page.
        pools.entry("shown".to_owned()).or_default().insert("0".repeat(64));
        let mut log = wire::open(at.as_bytes()).unwrap();
        for stored in records {
            forge(&log, &stored["record"], &pools, of, &mut accepted);
            let record = stored["record"].to_string();
            wire::apply(&mut log, record.as_bytes(), stored["hash"].as_str().unwrap().as_bytes(), b"")
                .unwrap();
        }
    }
    accepted
}

#[test]
fn what_is_forged_is_refused_or_known_to_be_believed() {
    let mut accepted = unnoticed(&everything(), |_| true);
    let listed = BELIEVED.iter().flat_map(|(kind, fields)| fields.iter().map(move |field| (kind, field)));
    let listed = listed.map(|(kind, field)| format!("{kind} {}", field.trim_end_matches('*')));
    let checked: Vec<String> =
        listed.filter(|start| !accepted.keys().any(|what| what.starts_with(start))).collect();
    assert!(checked.is_empty(), "checked by now: {checked:#?}");
    accepted.retain(|what, _| !is_believed(what));
    assert!(accepted.is_empty(), "believed without being listed: {accepted:#?}");
}

/// The golden logs deduct no down payment: the cases of them do.
#[test]
fn down_payments_are_not_forged() {
    let file: Value = serde_json::from_slice(include_bytes!("../../cases/deposits.json")).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let mut host = Host::new();
        host.rulebook = wire::compile(case["in"]["rulebook"].to_string().as_bytes()).unwrap();
        for command in case["in"]["commands"].as_array().unwrap() {
            // What is refused is a part of the case.
            drop(host.deliver(command.clone()));
        }
        host.stored.retain(|at, _| at.contains("account"));
        let mut accepted = unnoticed(&host, |_| true);
        accepted.retain(|what, _| what.starts_with("drafted draft/deposits") || what.contains("/prepaid"));
        assert!(accepted.is_empty(), "{}: {accepted:#?}", case["id"]);
    }
}

/// What rules say of a task: whom it is for, how, and why; and how an issued document is printed, of which an old
/// record says what an old version printed.
const BELIEVED_OF_TASKS: &[&str] =
    &["action", "audience/purpose", "audience/role", "because", "channel", "digest", "template"];

/// The golden logs have no rules of tasks: the cases of tasks do.
#[test]
fn tasks_say_of_their_document_what_is_known() {
    let file: Value = serde_json::from_slice(include_bytes!("../../cases/tasks.json")).unwrap();
    let mut accepted = BTreeSet::new();
    for case in file["cases"].as_array().unwrap().iter().filter(|case| case["kind"] == "simulation") {
        let host = following::history(case);
        for (what, how) in unnoticed(&host, |kind| kind == "task_emitted") {
            let field = what.split_once(' ').unwrap().1;
            let known = BELIEVED_OF_TASKS.iter().find(|known| field.starts_with(**known));
            accepted.insert(known.map_or_else(|| format!("{field}: {how}"), |known| (*known).to_owned()));
        }
    }
    assert_eq!(accepted.iter().map(String::as_str).collect::<Vec<_>>(), BELIEVED_OF_TASKS);
}

/// Whether a record is taken with these events under a right hash; a refused one must leave no trace.
pub fn is_taken(before: &Log, record: &Value, events: Vec<Value>) -> bool {
    let mut forged = record.clone();
    forged["events"] = json!(events);
    let bytes = forged.to_string();
    let hash = duebill::canon::sha256(bytes.as_bytes()).to_string();
    let mut log = before.clone();
    let taken = wire::apply(&mut log, bytes.as_bytes(), hash.as_bytes(), b"").is_ok();
    assert!(taken || log == *before, "a refused record left a trace: {forged}");
    taken
}

/// Fields of which the account knows enough to refuse these values, though others are believed.
const KNOWN_BETTER: &[(&str, &str, &str)] = &[
    // A charge is for a time within its work.
    ("drafted", "draft/lines/charges/start", "2025-01-01T00:00:00Z"),
    ("drafted", "draft/lines/charges/end", "2027-01-01T00:00:00Z"),
    // A credit note is of this seller, to this payer, and no invoice.
    ("credit_drafted", "credit/header/seller/id", "southwind"),
    ("credit_drafted", "credit/header/buyer/id", "globex"),
    ("credit_drafted", "credit/header/type_code", "380"),
    // A number is given out once.
    ("numbers_imported", "numbers/number", "INV-2026-0002"),
];

#[test]
fn what_the_account_knows_better_is_refused_in_what_is_believed() {
    let host = everything();
    let mut tried = BTreeSet::new();
    for (at, records) in &host.stored {
        let mut log = wire::open(at.as_bytes()).unwrap();
        for stored in records {
            let record = &stored["record"];
            let events = record["events"].as_array().unwrap();
            for (place, event) in events.iter().enumerate() {
                let mut paths = Vec::new();
                leaves(event, "", &mut paths);
                for path in paths {
                    let field: Vec<&str> =
                        path.split('/').filter(|part| part.parse::<usize>().is_err()).collect();
                    let field = field.join("/");
                    let known = KNOWN_BETTER.iter().filter(|(kind, of, _)| {
                        event["kind"] == *kind && *of == field.trim_start_matches('/')
                    });
                    for (kind, of, value) in known {
                        let mut forged = events.clone();
                        *forged[place].pointer_mut(&path).unwrap() = json!(value);
                        rehash(&mut forged[place], &path);
                        assert!(!is_taken(&log, record, forged), "{kind} {of} {value}");
                        tried.insert((kind, of));
                    }
                }
            }
            let bytes = record.to_string();
            wire::apply(&mut log, bytes.as_bytes(), stored["hash"].as_str().unwrap().as_bytes(), b"")
                .unwrap();
        }
    }
    assert_eq!(tried.len(), KNOWN_BETTER.len(), "{tried:?}");
}

#[test]
fn nothing_is_recorded_twice_in_one_record() {
    let host = everything();
    let mut taken = BTreeSet::new();
    for (at, records) in &host.stored {
        let mut log = wire::open(at.as_bytes()).unwrap();
        for stored in records {
            let record = &stored["record"];
            let events = record["events"].as_array().unwrap();
            for (place, event) in events.iter().enumerate() {
                let mut twice = events.clone();
                twice.insert(place + 1, event.clone());
                if is_taken(&log, record, twice) {
                    taken.insert(event["kind"].as_str().unwrap());
                }
            }
            // What the first half changed is taken back when the second cannot be.
            is_taken(&log, record, [&events[..], &events[..]].concat());
            let bytes = record.to_string();
            wire::apply(&mut log, bytes.as_bytes(), stored["hash"].as_str().unwrap().as_bytes(), b"")
                .unwrap();
        }
    }
    assert!(taken.is_empty(), "{taken:?}");
}

#[test]
fn a_part_is_charged_for_a_day_and_for_no_hours() {
    let cases: Value = serde_json::from_slice(include_bytes!("../../cases/parts.json")).unwrap();
    let history = &cases["cases"][0]["in"];
    let mut host = Host::new();
    host.rulebook = wire::compile(history["rulebook"].to_string().as_bytes()).unwrap();
    let mut tried = 0;
    for command in history["commands"].as_array().unwrap() {
        let at = command["log"].to_string();
        let before = host.logs.get(&at).cloned().unwrap_or_else(|| wire::open(at.as_bytes()).unwrap());
        if host.step(command).is_err() {
            continue;
        }
        let record = &host.stored[&at].last().unwrap()["record"];
        let events = record["events"].as_array().unwrap();
        for (place, event) in events.iter().enumerate().filter(|(_, event)| event["kind"] == "drafted") {
            let mut paths = Vec::new();
            leaves(event, "", &mut paths);
            for path in paths.iter().filter_map(|path| path.strip_suffix("/article/sku")) {
                for field in ["start", "end"] {
                    let mut forged = events.clone();
                    forged[place].pointer_mut(path).unwrap()[field] = json!("2026-01-05T10:00:00Z");
                    rehash(&mut forged[place], path);
                    assert!(!is_taken(&before, record, forged), "{path} {field}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 0, "no part was charged");
}
