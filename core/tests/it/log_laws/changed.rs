//! Nothing of a stored log can be changed unseen.

use duebill::wire::{self, Log};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::history::{History, Story, lines, load, over, replayed, seq, story};

/// What verifying says: the name of the finding, and at which record.
fn verdict(lines: &[String], head: &[u8]) -> (String, Option<u64>) {
    let answer: Value =
        serde_json::from_slice(&wire::verify(lines.concat().as_bytes(), Some(head)).unwrap()).unwrap();
    (answer["finding"]["name"].as_str().unwrap_or("consistent").to_owned(), answer["seq"].as_u64())
}

fn number(place: usize) -> Option<u64> {
    u64::try_from(place + 1).ok()
}

/// A record with another content under the hash of its new bytes.
fn forged(line: &str) -> String {
    let mut record: Value = serde_json::from_str(&line[65..]).unwrap();
    record["stamp"]["actor"] = json!("mallory");
    let bytes = record.to_string();
    format!("{} {bytes}\n", duebill::canon::sha256(bytes.as_bytes()))
}

#[test]
fn every_damage_is_found_where_it_is() {
    over(24, (story(), 0..10_000_usize, 0..10_000_usize), |(story, one, other)| {
        let told: History = story.tell();
        for (at, records) in &told.stored {
            let whole = lines(records);
            let head = wire::head(&told.logs[at]);
            let count = whole.len();
            let (a, b) = (one % count, other % count);
            assert_eq!(verdict(&whole, &head).0, "consistent");
            let found = |what: &str, lines: &[String], place: usize| {
                let (name, seq) = verdict(lines, &head);
                assert_ne!(name, "consistent", "{at}: {what} {place}");
                assert_eq!(seq, number(place), "{at}: {what} {place}: {name}");
            };
            for step in 0..40 {
                let (place, bit) = ((one + step * 7_919) % whole[a].len(), (other + step) % 8);
                let mut line = whole[a].clone().into_bytes();
                line[place] ^= 1 << bit;
                let mut export = whole[..a].concat().into_bytes();
                export.extend(line);
                export.extend(whole[a + 1..].concat().into_bytes());
                let answer: Value =
                    serde_json::from_slice(&wire::verify(&export, Some(&head)).unwrap()).unwrap();
                assert_eq!(
                    (&answer["verdict"], answer["seq"].as_u64()),
                    (&json!("broken"), number(a)),
                    "{at}: bit {bit} of byte {place}"
                );
            }
            let mut removed = whole.clone();
            removed.remove(a);
            found("removed", &removed, a);
            found("cut", &whole[..a], a);
            let mut put_in = whole.clone();
            put_in.insert(a, whole[b].clone());
            // The record itself stands there still where it is doubled.
            found("put in", &put_in, if a == b { a + 1 } else { a });
            let mut put_in = whole.clone();
            put_in.insert(a, forged(&whole[a]));
            found("forged and put in", &put_in, (a + 1).min(count - 1));
            if a != b {
                let mut swapped = whole.clone();
                swapped.swap(a, b);
                found("swapped", &swapped, a.min(b));
            }
            let mut rewritten = whole.clone();
            rewritten[a] = forged(&whole[a]);
            // A record that was written anew is seen by the next one, the last by the saved head.
            found("written anew", &rewritten, (a + 1).min(count - 1));
        }
    });
}

/// A whole log that was written anew, with right hashes, is another log than the one whose head was saved.
#[test]
fn a_log_that_is_written_anew_is_another() {
    over(12, (story(), 0..10_000_usize), |(story, one): (Story, usize)| {
        let told = story.tell();
        for (at, records) in &told.stored {
            let head = wire::head(&told.logs[at]);
            let from = one % records.len();
            let mut rewritten = lines(&records[..from]);
            let mut previous = None;
            for line in &lines(records)[from..] {
                let mut record: Value = serde_json::from_str(&line[65..]).unwrap();
                record["stamp"]["actor"] = json!("mallory");
                if let Some(previous) = previous {
                    record["previous"] = json!(previous);
                }
                let hash = duebill::canon::sha256(record.to_string().as_bytes()).to_string();
                rewritten.push(format!("{hash} {record}\n"));
                previous = Some(hash);
            }
            assert_eq!(verdict(&rewritten, &head), ("head-mismatch".to_owned(), Some(seq(&told.logs[at]))));
        }
    });
}

/// Every value of a record alone into another.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| places(field, &format!("{path}/{name}"), found));
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(place, item)| places(item, &format!("{path}/{place}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

fn other(value: &Value, one: usize) -> Value {
    match value {
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_u64().unwrap() + 1),
        _ => [json!("other"), json!("2026-02-17"), json!("7777.00"), json!([])][one % 4].clone(),
    }
}

/// A record that deciding would not have written is refused whole, or it is applied whole; a record of another
/// place, log or hash is refused.
#[test]
fn a_record_that_is_refused_leaves_no_trace() {
    over(24, (story(), 0..10_000_usize), |(story, one): (Story, usize)| {
        let told = story.tell();
        for (at, records) in &told.stored {
            let place = one % records.len();
            let before = replayed(at, &records[..place]);
            let refused = |what: &str, stored: &Value| {
                let mut log = before.clone();
                let answer = load(&mut log, stored);
                assert!(answer.is_err() == (log == before), "{at}: {what}");
                answer.is_err()
            };
            let good = &records[place];
            assert!(!refused("itself", good));
            for foreign in told.stored.values().flat_map(|records| records.iter().step_by(5)) {
                if foreign["hash"] != good["hash"] {
                    assert!(refused("a record of another place", foreign));
                    let mut mixed = good.clone();
                    mixed["hash"] = foreign["hash"].clone();
                    assert!(refused("under the hash of another", &mixed));
                }
            }
            let mut all = Vec::new();
            places(&good["record"], "", &mut all);
            for step in 0..60 {
                let path = &all[(one + step * 7_919) % all.len()];
                let mut stored = good.clone();
                let value = stored["record"].pointer_mut(path).unwrap();
                *value = other(value, step);
                let hash = duebill::canon::sha256(stored["record"].to_string().as_bytes()).to_string();
                stored["hash"] = json!(hash);
                refused(path, &stored);
            }
        }
    });
}

/// Words that are not the ones committed to, or that nobody committed to, are refused.
#[test]
fn words_that_were_not_committed_to_are_refused() {
    over(8, prop::collection::vec("[a-z ]{1,12}", 1..5), |words| {
        let mut host = crate::month::Host::new();
        let tickets = json!([{ "id": "T", "customer": "acme" }]);
        for (place, words) in words.iter().enumerate() {
            let work =
                json!({ "kind": "time", "start": "2026-01-12T09:00:00Z", "end": "2026-01-12T10:10:00Z" });
            let entries = json!([{ "id": format!("E{place}"), "ticket": "T", "note": words, "work": work }]);
            let action = json!({ "kind": "capture", "tickets": tickets, "entries": entries });
            let sent = crate::month::command(
                "account",
                "acme",
                &format!("c{place}"),
                "2026-01-31",
                ("clara", "billing"),
                action,
            );
            host.deliver(sent).unwrap();
        }
        let at = super::history::at("account", "acme");
        let records = &host.stored[&at];
        for (place, good) in records.iter().enumerate() {
            let before = replayed(&at, &records[..place]);
            let mut changed = good.clone();
            let text = good["detached"].to_string();
            changed["detached"] =
                serde_json::from_str(&text.replacen(&words[place], &format!("{}x", words[place]), 1))
                    .unwrap();
            let mut log = before.clone();
            assert_eq!(load(&mut log, &changed).unwrap_err().code().name, "detached-mismatch");
            assert!(log == before);
            // Without its words a record is what it was.
            changed["detached"] = json!({});
            load(&mut log, &changed).unwrap();
            assert_eq!(wire::head(&log), wire::head(&replayed(&at, &records[..=place])));
            assert!(matches!(log, Log::Account(_)));
        }
    });
}
