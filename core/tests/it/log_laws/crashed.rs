//! Storage that fails at any step leaves the old log or the new one, never a mix; and what was under way goes on.

use std::collections::{BTreeMap, VecDeque};

use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use serde_json::Value;

use super::history::{History, Story, at, empty, over, story};

/// Where storage fails, as a power cut would: before a record is written, with a part of its bytes, when it is
/// written and nothing else was done, or between two of the commands that follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    Before,
    Torn(usize),
    After,
    Delivering,
}

/// A host that keeps lines, as in a file, and words beside them.
struct Disk {
    rulebook: Rulebook,
    files: BTreeMap<String, Vec<u8>>,
    words: BTreeMap<String, Vec<String>>,
    /// How many records are written before storage fails, and how.
    fails: Option<(usize, Failure)>,
    written: usize,
}

/// The power is gone: what was in memory is lost.
struct Lost;

impl Disk {
    /// Every log as the files have it. What a file ends with may be torn: verifying says where, and it is cut off
    /// there.
    fn read(&mut self) -> BTreeMap<String, Log> {
        let mut logs = BTreeMap::new();
        for (at, file) in &mut self.files {
            let answer: Value = serde_json::from_slice(&wire::verify(file, None).unwrap()).unwrap();
            let words = self.words.get_mut(at).unwrap();
            if let Some(broken) = answer["seq"].as_u64() {
                let keep = usize::try_from(broken).unwrap() - 1;
                let lines: Vec<&[u8]> = file.split_inclusive(|byte| *byte == b'\n').collect();
                assert_eq!(lines.len(), keep + 1, "only the last record can be torn");
                *file = lines[..keep].concat();
            }
            let text = String::from_utf8(file.clone()).unwrap();
            words.truncate(text.lines().count());
            let mut log = empty(at);
            for (line, words) in text.lines().zip(words) {
                let (hash, record) = line.split_once(' ').unwrap();
                wire::apply(&mut log, record.as_bytes(), hash.as_bytes(), words.as_bytes()).unwrap();
            }
            logs.insert(at.clone(), log);
        }
        logs
    }

    fn fails(&self, how: fn(Failure) -> bool) -> bool {
        self.fails.is_some_and(|(count, failure)| count == self.written && how(failure))
    }

    fn write(&mut self, at: &str, answer: &Value) -> Result<(), Lost> {
        if self.fails(|failure| failure == Failure::Before) {
            return Err(Lost);
        }
        let line = format!("{} {}\n", answer["hash"].as_str().unwrap(), answer["record"]);
        self.words.entry(at.to_owned()).or_default().push(answer["detached"].to_string());
        let file = self.files.entry(at.to_owned()).or_default();
        if let Some((count, Failure::Torn(part))) = self.fails
            && count == self.written
        {
            // At least the line feed is missing.
            file.extend(&line.as_bytes()[..part % (line.len() - 1)]);
            return Err(Lost);
        }
        file.extend(line.as_bytes());
        if self.fails(|failure| failure == Failure::After) {
            return Err(Lost);
        }
        self.written += 1;
        Ok(())
    }

    /// Delivers commands and what follows from them; one that was recorded gives again what follows from it.
    fn run(&mut self, commands: &[Value]) -> Result<BTreeMap<String, Log>, Lost> {
        let mut logs = self.read();
        for command in commands {
            let mut queue = VecDeque::from([command.clone()]);
            while let Some(command) = queue.pop_front() {
                let at = command["log"].to_string();
                let log = logs.entry(at.clone()).or_insert_with(|| empty(&at));
                let Ok(answer) = wire::decide(log, &self.rulebook, command.to_string().as_bytes()) else {
                    continue;
                };
                let answer: Value = serde_json::from_slice(&answer).unwrap();
                let record = if answer["outcome"] == "repeated" {
                    let place = usize::try_from(answer["seq"].as_u64().unwrap()).unwrap() - 1;
                    let line = String::from_utf8(self.files[&at].clone()).unwrap();
                    serde_json::from_str(&line.lines().nth(place).unwrap()[65..]).unwrap()
                } else {
                    self.write(&at, &answer)?;
                    let (record, hash) = (answer["record"].to_string(), answer["hash"].as_str().unwrap());
                    let words = answer["detached"].to_string();
                    wire::apply(log, record.as_bytes(), hash.as_bytes(), words.as_bytes()).unwrap();
                    answer["record"].clone()
                };
                let events = record["events"].as_array().unwrap().iter();
                let intents = events.filter(|event| event["kind"] == "intent");
                queue.extend(intents.map(|intent| intent["command"].clone()));
                if !queue.is_empty() && self.fails(|failure| failure == Failure::Delivering) {
                    return Err(Lost);
                }
            }
        }
        Ok(logs)
    }
}

/// The commands of a history that nobody else's record caused, in the order in which they came.
pub fn asked(told: &History) -> Vec<Value> {
    let all = told.commands.values().flatten();
    let mut own: Vec<Value> = all.filter(|command| command["stamp"]["actor"] != "duebill").cloned().collect();
    own.sort_by_key(|command| {
        let text = |key: &str| command["stamp"][key].as_str().unwrap().to_owned();
        (text("at"), command["id"].as_str().unwrap().len(), command["id"].to_string())
    });
    own
}

#[test]
fn storage_that_fails_leaves_the_old_or_the_new_and_what_was_under_way_goes_on() {
    over(20, (story(), 0..10_000_usize), |(story, one): (Story, usize)| {
        if matches!(story, Story::Published(_)) {
            return;
        }
        let told = story.tell();
        let commands = asked(&told);
        let disk = |fails| Disk {
            rulebook: told.rulebook.clone(),
            files: BTreeMap::new(),
            words: BTreeMap::new(),
            fails,
            written: 0,
        };
        let mut undisturbed = disk(None);
        let Ok(whole) = undisturbed.run(&commands) else { panic!("nothing failed") };
        // What moved in is there, whatever was refused afterwards.
        assert!(undisturbed.written > 1);
        for (turn, failure) in
            [Failure::Before, Failure::Torn(one), Failure::Torn(one * 7), Failure::After, Failure::Delivering]
                .into_iter()
                .enumerate()
        {
            let count = (one + turn * 13) % undisturbed.written;
            let mut disk = disk(Some((count, failure)));
            let lost = disk.run(&commands).is_err();
            assert!(lost || failure == Failure::Delivering, "{failure:?} at {count}");
            disk.fails = None;
            // What is there is what was there before, or that and one record: the beginning of the whole.
            for (at, log) in disk.read() {
                let file = &disk.files[&at];
                assert!(undisturbed.files[&at].starts_with(file), "{failure:?} at {count}: {at} is a mix");
                assert_eq!(
                    file.iter().filter(|byte| **byte == b'\n').count(),
                    usize::try_from(log.chain().head().seq).unwrap()
                );
            }
            let Ok(logs) = disk.run(&commands) else { panic!("nothing fails any more") };
            assert!(disk.files == undisturbed.files && logs == whole, "{failure:?} at {count}: another end");
        }
        assert!(whole.contains_key(&at("account", "acme")));
    });
}
