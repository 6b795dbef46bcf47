//! What was stored is all there is: it gives the same state, answers and bytes again, whoever reads it and when.

use duebill::audit::is_extension;
use duebill::wire::{self, Answer, Log};
use serde_json::{Value, json};

use super::history::{History, Story, answers, empty, lines, load, over, replayed, seq, story};

/// Replay gives the state: from the stored bytes after every record, and from the records as they were decided.
#[test]
fn what_is_stored_gives_the_same_state_after_every_record() {
    over(24, story(), |story: Story| {
        let History { rulebook, logs, stored, commands, moments } = story.tell();
        for (at, records) in &stored {
            let (mut read, mut decided) = (empty(at), empty(at));
            for (place, one) in records.iter().enumerate() {
                load(&mut read, one).unwrap();
                let number = u64::try_from(place + 1).unwrap();
                let then = moments.iter().filter_map(|logs| logs.get(at)).find(|log| seq(log) == number);
                if let Some(then) = then {
                    assert!(*then == read, "{at} after record {number}");
                    assert_eq!(answers(then, &rulebook), answers(&read, &rulebook), "{at} after {number}");
                    assert_eq!(wire::head(then), wire::head(&read));
                }
                // Publications change the rules on the way, so those histories are not decided again here.
                if let (false, Ok(Answer::Recorded(answer))) = (
                    matches!(story, Story::Published(_)),
                    decided.decide(&rulebook, commands[at][place].to_string().as_bytes()),
                ) {
                    decided.apply(&answer.recorded).unwrap();
                    assert!(decided == read, "{at}: what was decided is not what was stored, {number}");
                }
            }
            assert!(read == logs[at], "{at} at the end");
            assert!(matches!(story, Story::Published(_)) || seq(&decided) == seq(&read), "{at}");
        }
    });
}

/// A snapshot with the rest of the records is the whole.
#[test]
fn a_snapshot_and_the_rest_give_the_whole() {
    over(24, story(), |story: Story| {
        let told = story.tell();
        for (at, records) in &told.stored {
            let snapshots = told.moments.iter().filter_map(|logs| logs.get(at)).step_by(5);
            for snapshot in snapshots {
                let mut log = snapshot.clone();
                for one in &records[usize::try_from(seq(snapshot)).unwrap()..] {
                    load(&mut log, one).unwrap();
                }
                assert!(log == told.logs[at], "{at} from {}", seq(snapshot));
                assert_eq!(answers(&log, &told.rulebook), answers(&told.logs[at], &told.rulebook));
            }
        }
    });
}

/// A later head extends an earlier one: the earlier one is found in the log, and proved by a few hashes.
#[test]
fn every_later_head_extends_every_earlier_one() {
    over(16, story(), |story: Story| {
        let told = story.tell();
        for (at, records) in &told.stored {
            let now = &told.logs[at];
            let export = lines(records).concat();
            for then in told.moments.iter().filter_map(|logs| logs.get(at)).step_by(3) {
                let answer = wire::verify(export.as_bytes(), Some(&wire::head(then))).unwrap();
                let answer: Value = serde_json::from_slice(&answer).unwrap();
                assert_eq!((&answer["verdict"], &answer["anchored"]), (&json!("consistent"), &json!(true)));
                let (from, to) = (seq(then), seq(now));
                let root = |log: &Log, size: u64| log.chain().tree().root_at(size).unwrap();
                let proof = now.chain().extension(from, None).unwrap();
                let (old, new) = (root(then, from), root(now, to));
                assert!(is_extension((from, &old), (to, &new), &proof.path), "{at} {from} to {to}");
                if from > 0 && from < to {
                    // The same proof for a log that was another one then.
                    assert!(!is_extension((from, &new), (to, &new), &proof.path), "{at} {from} to {to}");
                }
            }
        }
    });
}

/// The tree of a log and its trails grow when somebody asks: a log that is asked after every record says of each
/// size what one says that is asked of it only when it is whole.
#[test]
fn it_makes_no_difference_when_somebody_asks() {
    let heads = |log: &Log, size: u64| {
        let trails = if let Log::Account(account) = log { Some(account.trails_root(size)) } else { None };
        (log.chain().tree().root_at(size).unwrap(), trails)
    };
    over(16, story(), |story: Story| {
        let told = story.tell();
        for (at, records) in &told.stored {
            let mut log = empty(at);
            for one in records {
                load(&mut log, one).unwrap();
                let size = seq(&log);
                assert_eq!(heads(&log, size), heads(&told.logs[at], size), "{at} at {size}");
                assert_eq!(
                    heads(&log, size - 1),
                    heads(&told.logs[at], size - 1),
                    "{at} at {size} of one less"
                );
            }
            assert!(log == told.logs[at]);
        }
    });
}

/// Nothing that was recorded is ever another: hashes stay, and bytes that were stored stay what they were.
#[test]
fn what_was_recorded_stays_as_it_was() {
    over(16, story(), |story: Story| {
        let told = story.tell();
        for (at, records) in &told.stored {
            for then in told.moments.iter().filter_map(|logs| logs.get(at)) {
                for number in 1..=seq(then) {
                    let hash = then.chain().hash_at(number).unwrap();
                    assert_eq!(Some(hash), told.logs[at].chain().hash_at(number), "{at} record {number}");
                    let place = usize::try_from(number - 1).unwrap();
                    assert_eq!(records[place]["hash"], hash.to_string());
                    let bytes = records[place]["record"].to_string();
                    assert_eq!(duebill::canon::sha256(bytes.as_bytes()), hash);
                }
            }
            // An earlier record does not come again, as it was or as another.
            for one in records.iter().step_by(3) {
                let mut log = told.logs[at].clone();
                assert_eq!(load(&mut log, one).unwrap_err().code().name, "sequence-gap");
                assert!(log == told.logs[at]);
            }
        }
    });
}

/// The same bytes on every run, and on every one of several threads that run at once.
#[test]
fn a_history_gives_the_same_bytes_on_every_thread() {
    over(8, story(), |story: Story| {
        let first = story.tell();
        let bytes = |told: &History| -> Vec<u8> {
            let stored = told.stored.values().flatten().map(Value::to_string);
            stored.collect::<String>().into_bytes()
        };
        let expected = bytes(&first);
        let said: Vec<_> = first.logs.values().map(|log| answers(log, &first.rulebook)).collect();
        std::thread::scope(|scope| {
            let tell = || {
                let told = story.tell();
                let said: Vec<_> = told.logs.values().map(|log| answers(log, &told.rulebook)).collect();
                (bytes(&told), said)
            };
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(tell)).collect();
            for thread in threads {
                let (bytes, again) = thread.join().unwrap();
                assert!(bytes == expected && again == said, "another thread, other bytes");
            }
            // One log on each thread.
            let logs: Vec<_> =
                first.stored.iter().map(|(at, stored)| scope.spawn(|| replayed(at, stored))).collect();
            for (thread, log) in logs.into_iter().zip(first.stored.keys().map(|at| &first.logs[at])) {
                assert!(thread.join().unwrap() == *log);
            }
        });
    });
}
