//! Records with a right hash that deciding would not have written: every value of every record of the golden logs
//! and of the histories of the cases is changed alone into another plausible one. Applying refuses the record and
//! leaves no trace, or the value is one of those that are believed, which are listed with why.

use std::collections::{BTreeMap, BTreeSet};

use duebill::finding::Refusal;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::blessed;
use super::following::{each_record, hosts};
use super::golden::everything;
use super::month::Host;

/// What is believed, field by field and why: `core/tests/believed.json`. An account knows no rulebook and no other log
/// when it replays, so it cannot hold these against anything. What a ready command of the same record states too is
/// not among them: forged alone it is refused, and with its command it is for the log that gets this to judge. A
/// field is named behind the kind of its event; those around the events behind `record`.
fn believed() -> BTreeSet<String> {
    let file = std::fs::read(blessed::path("tests/believed.json")).unwrap();
    let file: Value = serde_json::from_slice(&file).unwrap();
    let mut fields = BTreeSet::new();
    for part in file["believed"].as_array().unwrap() {
        for (kind, names) in part["fields"].as_object().unwrap() {
            for name in names.as_array().unwrap() {
                let what = format!("{kind} {}", name.as_str().unwrap());
                assert!(fields.insert(what.clone()), "{what} stands twice");
            }
        }
    }
    fields
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
            let mut plausible = pool.iter().filter(|other| *other != text);
            others.extend(plausible.clone().take(2).map(|other| json!(other)));
            others.extend(plausible.next_back().map(|other| json!(other)));
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

/// What was forged so far, by kind of event and field.
#[derive(Default)]
struct Forged {
    /// What was taken, with how.
    accepted: BTreeMap<String, String>,
    /// How many places were tried of what was refused.
    tried: BTreeMap<String, u32>,
}

/// In how many places a field is forged of which nothing was taken yet.
const PLACES: u32 = 4;

/// A record under a right hash, taken or refused; a refused one must leave no trace.
fn try_record(before: &Log, record: &Value) -> Result<(), Refusal> {
    let bytes = record.to_string();
    let hash = duebill::canon::sha256(bytes.as_bytes()).to_string();
    let mut log = before.clone();
    let answer = wire::apply(&mut log, bytes.as_bytes(), hash.as_bytes(), b"").map(drop);
    assert!(answer.is_ok() || log == *before, "a refused record left a trace: {record}");
    answer
}

impl Forged {
    /// Whether a field has to be forged once more.
    fn wants(&mut self, what: &str) -> bool {
        let tried = self.tried.entry(what.to_owned()).or_default();
        *tried += 1;
        *tried <= PLACES && !self.accepted.contains_key(what)
    }

    /// Forges every value of a record that is not known well enough yet.
    fn record(&mut self, before: &Log, record: &Value, pools: &BTreeMap<String, BTreeSet<String>>) {
        let mut paths = Vec::new();
        leaves(record, "", &mut paths);
        for path in paths.iter().filter(|path| *path != "/events") {
            let mut event = None;
            let mut field = path.trim_start_matches('/');
            if let Some((place, rest)) = field.strip_prefix("events/").and_then(|rest| rest.split_once('/')) {
                (event, field) = (place.parse::<usize>().ok(), rest);
            }
            let kind = event.map_or("record", |place| record["events"][place]["kind"].as_str().unwrap());
            let field: Vec<&str> = field.split('/').filter(|part| part.parse::<usize>().is_err()).collect();
            let what = format!("{kind} {}", field.join("/"));
            if !self.wants(&what) {
                continue;
            }
            let value = record.pointer(path).unwrap();
            let empty = BTreeSet::new();
            for other in others(value, pools.get(name(path)).unwrap_or(&empty)) {
                let mut forged = record.clone();
                *forged.pointer_mut(path).unwrap() = other.clone();
                if let Some(place) = event {
                    let within = path.trim_start_matches("/events/").trim_start_matches(char::is_numeric);
                    rehash(&mut forged["events"][place], within);
                }
                if try_record(before, &forged).is_ok() {
                    self.accepted.insert(what, format!("{value} -> {other}"));
                    break;
                }
            }
        }
    }

    /// Forges the logs of a host.
    fn host(&mut self, host: &Host) {
        for (at, records) in &host.stored {
            let mut pools: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for record in records {
                let mut paths = Vec::new();
                leaves(&record["record"], "", &mut paths);
                for path in paths {
                    if let Some(text) = record["record"].pointer(&path).unwrap().as_str() {
                        pools.entry(name(&path).to_owned()).or_default().insert(text.to_owned());
                    }
                }
            }
            // One decision alone names its page: here is another page.
            pools.entry("shown".to_owned()).or_default().insert("0".repeat(64));
            let mut log = wire::open(at.as_bytes()).unwrap();
            for stored in records {
                self.record(&log, &stored["record"], &pools);
                let record = stored["record"].to_string();
                wire::apply(&mut log, record.as_bytes(), stored["hash"].as_str().unwrap().as_bytes(), b"")
                    .unwrap();
            }
        }
    }
}

#[test]
fn what_is_forged_is_refused_or_known_to_be_believed() {
    let mut forged = Forged::default();
    for host in hosts() {
        forged.host(&host);
    }
    let believed = believed();
    let checked: Vec<&String> = believed.iter().filter(|what| !forged.accepted.contains_key(*what)).collect();
    forged.accepted.retain(|what, _| !believed.contains(what));
    assert!(forged.accepted.is_empty(), "believed without being listed: {:#?}", forged.accepted);
    assert!(checked.is_empty(), "checked by now: {checked:#?}");
}

/// What only people do, another log alone, or either: what each says first where either may have sent it.
const OF_EITHER: &[&str] = &["allocation_undone", "nothing", "numbering_set", "received"];

/// What a record says first.
fn says(record: &Value) -> String {
    record["events"][0]["kind"].as_str().unwrap_or("nothing").to_owned()
}

/// The record as somebody sends it, under an id.
fn sent(record: &Value, actor: &str, role: &str, id: &str) -> Value {
    let mut forged = record.clone();
    forged["stamp"]["actor"] = json!(actor);
    forged["stamp"]["role"] = json!(role);
    forged["command"]["id"] = json!(id);
    forged
}

#[test]
fn a_ready_command_is_known_by_what_its_record_says() {
    let (mut of_either, mut of_nothing) = (BTreeSet::new(), BTreeSet::new());
    each_record(|log, record, _| {
        let (id, kind) = (record["command"]["id"].as_str().unwrap(), says(record));
        let refused = |forged: &Value, expected: &str| {
            let code = try_record(log, forged).map_err(|refusal| refusal.code().name);
            assert_eq!(code, Err(expected), "{id} of {kind}: {forged}");
        };
        if record["stamp"]["role"] != "system" {
            refused(&sent(record, "duebill", "system", "ready:other"), "ready-command");
            refused(&sent(record, "duebill", "system", id), "ready-command");
            refused(&sent(record, "clara", "clerk", &format!("ready:{id}")), "ready-reserved");
            return;
        }
        refused(&sent(record, "duebill", "system", "ready:other"), "ready-command");
        refused(&sent(record, "duebill", "system", "other"), "ready-command");
        match try_record(log, &sent(record, "eve", "customer", "mine")) {
            Ok(()) => drop(of_either.insert(kind.clone())),
            Err(refusal) => assert_eq!(refusal.code().name, "ready-only", "{id} of {kind}"),
        }
        let mut nothing = record.clone();
        nothing["events"] = json!([]);
        match try_record(log, &nothing) {
            Ok(()) => drop(of_nothing.insert(kind)),
            Err(refusal) => assert_eq!(refusal.code().name, "ready-command", "{id} of {kind}"),
        }
    });
    assert_eq!(of_either.iter().map(String::as_str).collect::<Vec<_>>(), OF_EITHER);
    // Which numbers were handed over, their digest alone says: that all of them were known is believed.
    of_nothing.retain(|kind| kind != "numbering_set" && kind != "numbers_imported");
    assert_eq!(of_nothing.iter().map(String::as_str).collect::<Vec<_>>(), ["nothing"]);
}

/// The places of the commitments to personal texts.
fn sealed(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) if fields.contains_key("sealed") => found.push(path.to_owned()),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| sealed(field, &format!("{path}/{name}"), found));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(place, item)| sealed(item, &format!("{path}/{place}"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn no_record_holds_personal_words() {
    let mut tried = BTreeSet::new();
    each_record(|log, record, _| {
        let mut places = Vec::new();
        sealed(record, "", &mut places);
        for place in places {
            let mut forged = record.clone();
            *forged.pointer_mut(&place).unwrap() = json!("plain words");
            let refusal = try_record(log, &forged).unwrap_err();
            let names: Vec<&str> = refusal.findings().map(|finding| finding.code.name).collect();
            assert_eq!(names, ["note-open"], "{place} of {}", says(record));
            assert_eq!(refusal.findings().next().unwrap().path, place);
            tried
                .insert(place.trim_start_matches("/events/").trim_start_matches(char::is_numeric).to_owned());
        }
    });
    assert!(tried.len() >= 8, "{tried:?}");
}

/// Whether a record is taken with these events under a right hash; a refused one must leave no trace.
pub fn is_taken(before: &Log, record: &Value, events: Vec<Value>) -> bool {
    let mut forged = record.clone();
    forged["events"] = json!(events);
    try_record(before, &forged).is_ok()
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
