//! Lines of bytes as commands, delivered in turn to one log of each kind, intents included: what a host does.
#![no_main]

use std::collections::VecDeque;

use duebill::wire::{self, Log};
use duebill_fuzz::{answered, logs, refused, rulebook};
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Deliveries in one run; intents that call for intents end here.
const DELIVERIES: usize = 64;

#[derive(Deserialize)]
struct Recorded<'a> {
    outcome: &'a str,
    hash: &'a str,
    seq: u64,
    #[serde(borrow)]
    record: Option<&'a RawValue>,
    #[serde(borrow)]
    detached: Option<&'a RawValue>,
    #[serde(borrow, default)]
    intents: Vec<Intent<'a>>,
}

#[derive(Deserialize)]
struct Intent<'a> {
    #[serde(borrow)]
    command: &'a RawValue,
}

fuzz_target!(|lines: &[u8]| {
    let mut logs = logs();
    let mut queue: VecDeque<Vec<u8>> = lines.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    for _ in 0..DELIVERIES {
        let Some(command) = queue.pop_front() else {
            return;
        };
        for log in &mut logs {
            queue.extend(deliver(log, &command));
        }
    }
});

/// Decides and applies one command; gives the commands of its intents.
fn deliver(log: &mut Log, command: &[u8]) -> Vec<Vec<u8>> {
    let Some(answer) = answered(|| wire::decide(log, rulebook(), command)) else {
        return Vec::new();
    };
    let decided = read(&answer);
    if decided.outcome == "repeated" {
        return Vec::new();
    }
    let record = decided.record.expect("a recorded outcome holds its record").get().as_bytes();
    let detached = decided.detached.map_or("", RawValue::get).as_bytes();
    assert_eq!(decided.hash, duebill_fuzz::hash(record), "not the hash of the record's bytes");
    if let Err(refusal) = wire::apply(log, record, decided.hash.as_bytes(), detached) {
        refused(&refusal);
        panic!("decided, but it does not apply: {}", String::from_utf8_lossy(&wire::refusal(&refusal)));
    }
    let again = answered(|| wire::decide(log, rulebook(), command)).expect("a repeated command succeeds");
    let again = read(&again);
    assert_eq!((again.outcome, again.seq), ("repeated", decided.seq), "the same command, twice");
    decided.intents.iter().map(|intent| intent.command.get().as_bytes().to_vec()).collect()
}

fn read(answer: &[u8]) -> Recorded<'_> {
    match serde_json::from_slice(answer) {
        Ok(decided) => decided,
        Err(error) => panic!("not an outcome: {error}: {}", String::from_utf8_lossy(answer)),
    }
}
