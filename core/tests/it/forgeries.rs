//! Records of which a log knows better. `core/tests/forgeries.json` has histories, each with what a forger writes
//! into one of their records under a right hash: the record as it was decided is taken, and each forgery refused.

use duebill::wire;
use serde_json::Value;

use super::blessed;
use super::forging::rehash;
use super::month::Host;

/// Writes a value to a place, which need not be there.
fn set(document: &mut Value, pointer: &str, value: &Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.insert(name.to_owned(), value.clone())),
        list => list[name.parse::<usize>().unwrap()] = value.clone(),
    }
}

/// The record with what a forger wrote into it; the digests of changed content follow.
fn forged(record: &Value, forgery: &Value) -> Value {
    let mut forged = record.clone();
    for (pointer, value) in forgery["set"].as_object().unwrap() {
        set(&mut forged, pointer, value);
    }
    forged["events"].as_array_mut().unwrap().iter_mut().for_each(|event| rehash(event, ""));
    assert_ne!(forged, *record, "{forgery} changes nothing");
    forged
}

#[test]
fn a_log_knows_better_than_a_forger() {
    let file = std::fs::read(blessed::path("tests/forgeries.json")).unwrap();
    let file: Value = serde_json::from_slice(&file).unwrap();
    for history in file["histories"].as_array().unwrap() {
        let mut host = Host::new();
        host.rulebook = wire::compile(history["rulebook"].to_string().as_bytes()).unwrap();
        for command in history["commands"].as_array().unwrap() {
            // What is refused is a part of the history.
            drop(host.deliver(command.clone()));
        }
        let at = history["log"].to_string();
        let mut log = wire::open(at.as_bytes()).unwrap();
        let mut tried = 0;
        for (command, stored) in host.commands[&at].iter().zip(&host.stored[&at]) {
            let all = history["forged"].as_array().unwrap().iter();
            for forgery in all.filter(|forgery| forgery["record"] == command["id"]) {
                let bytes = forged(&stored["record"], forgery).to_string();
                let hash = duebill::canon::sha256(bytes.as_bytes()).to_string();
                let mut other = log.clone();
                let refusal = wire::apply(&mut other, bytes.as_bytes(), hash.as_bytes(), b"");
                let code = refusal.err().map(|refusal| refusal.code().name);
                assert_eq!(code, forgery["refused"].as_str(), "{}: {forgery}", history["id"]);
                assert_eq!(other, log, "{}: {forgery} left a trace", history["id"]);
                tried += 1;
            }
            let [record, hash, words] = ["record", "hash", "detached"].map(|part| stored[part].to_string());
            wire::apply(&mut log, record.as_bytes(), hash.trim_matches('"').as_bytes(), words.as_bytes())
                .unwrap();
        }
        assert_eq!(tried, history["forged"].as_array().unwrap().len(), "{}", history["id"]);
    }
}
