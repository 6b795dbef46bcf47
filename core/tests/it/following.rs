//! Records with a right hash that leave out what deciding always says together, or say it in another order. They
//! are refused, but for what only a rulebook or another command could demand, which is listed here with why.

use std::collections::BTreeSet;

use duebill::wire::{self, Log};
use serde_json::Value;

use super::blessed;
use super::forging::is_taken;
use super::golden::everything;
use super::month::Host;

/// What may be left out of a record behind something else: of a batch what others have no part in, and what a
/// rulebook demands.
const LEFT_OUT: &[&str] = &[
    // What else is erased or kept, which the rules of retention say.
    "anonymised",
    "assigned",
    "block_sold",
    "decision_refused",
    "matched",
    "purge_refused",
    "purged",
    "reserved",
    "task_emitted",
];

/// What may change places with what stands next to it.
const IN_ANY_ORDER: &[(&str, &str)] =
    &[("matched", "assigned"), ("matched", "matched"), ("task_emitted", "task_emitted")];

/// The history of a case of the kind `simulation`; what is refused is a part of it.
pub fn history(case: &Value) -> Host {
    let mut host = Host::new();
    if let Ok(rulebook) = wire::compile(case["in"]["rulebook"].to_string().as_bytes()) {
        host.rulebook = rulebook;
        for command in case["in"]["commands"].as_array().into_iter().flatten() {
            if wire::open(command["log"].to_string().as_bytes()).is_ok() {
                drop(host.deliver(command.clone()));
            }
        }
    }
    host
}

/// The golden logs, and those of every history among the cases.
pub fn hosts() -> Vec<Host> {
    let mut hosts = vec![everything()];
    let mut files: Vec<_> =
        std::fs::read_dir(blessed::path("cases")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let cases = file["cases"].as_array().unwrap().iter();
        hosts.extend(cases.filter(|case| case["kind"] == "simulation").map(history));
    }
    hosts
}

/// Calls with every record of the logs, and its log before it.
pub fn each_record(mut look: impl FnMut(&Log, &Value, &[Value])) {
    for host in hosts() {
        for (at, records) in &host.stored {
            let mut log = wire::open(at.as_bytes()).unwrap();
            for stored in records {
                let record = &stored["record"];
                look(&log, record, record["events"].as_array().unwrap());
                let (hash, bytes) = (stored["hash"].as_str().unwrap(), record.to_string());
                wire::apply(&mut log, bytes.as_bytes(), hash.as_bytes(), b"").unwrap();
            }
        }
    }
}

fn kind(event: &Value) -> &str {
    event["kind"].as_str().unwrap()
}

#[test]
fn what_follows_is_not_left_out() {
    let mut taken = BTreeSet::new();
    let mut tried = BTreeSet::new();
    each_record(|log, record, events| {
        for place in 1..events.len() {
            let mut without = events.to_vec();
            let left_out = without.remove(place);
            tried.insert(kind(&left_out).to_owned());
            let cut = events[..place].to_vec();
            if is_taken(log, record, without) || is_taken(log, record, cut) {
                taken.insert(kind(&left_out).to_owned());
            }
        }
    });
    assert_eq!(taken.iter().map(String::as_str).collect::<Vec<_>>(), LEFT_OUT, "of {tried:?}");
}

#[test]
fn what_follows_is_said_in_its_order() {
    let mut taken = BTreeSet::new();
    let mut tried = BTreeSet::new();
    each_record(|log, record, events| {
        for place in 1..events.len() {
            let mut swapped = events.to_vec();
            swapped.swap(place - 1, place);
            let pair = (kind(&events[place - 1]).to_owned(), kind(&events[place]).to_owned());
            if events[place - 1] != events[place] && is_taken(log, record, swapped) {
                taken.insert(pair.clone());
            }
            tried.insert(pair);
        }
    });
    let taken: Vec<_> = taken.iter().map(|(one, other)| (one.as_str(), other.as_str())).collect();
    assert_eq!(taken, IN_ANY_ORDER, "of {tried:?}");
}
