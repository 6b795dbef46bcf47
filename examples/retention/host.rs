//! The loop of a host on files: decide, store, apply, deliver.

use std::collections::VecDeque;
use std::path::Path;

use duebill::canon::sha256;
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Answer, Log};
use serde_json::{Value, json};

use crate::sample::{ACCOUNT, BOOK, RULEBOOK, SALT, SERIES};
use crate::store::Store;
use crate::{Outcome, at};

/// A payer's account, a number series and a cash book, as replayed from their files.
pub struct Host {
    rulebook: Rulebook,
    logs: Vec<(&'static str, Log)>,
    store: Store,
}

impl Host {
    /// Replays every stored record, then delivers again what they have ready: what was delivered repeats.
    ///
    /// # Errors
    /// A record that was changed, and whatever the file system refuses.
    pub fn start(folder: &Path) -> Outcome<Self> {
        let rulebook = wire::compile(RULEBOOK.as_bytes())?;
        let store = Store::open(folder)?;
        let open = |name: &'static str, kind: &str| -> Outcome<(&'static str, Log)> {
            let address = json!({ "id": name, "kind": kind, "seller": "lighthouse" });
            Ok((name, wire::open(address.to_string().as_bytes())?))
        };
        let logs = vec![open(ACCOUNT, "account")?, open(SERIES, "series")?, open(BOOK, "cash_book")?];
        let mut host = Self { rulebook, logs, store };
        let mut ready = VecDeque::new();
        for (name, log) in &mut host.logs {
            for record in host.store.records(name)? {
                wire::apply(log, &record.bytes, record.hash.as_bytes(), &record.words)?;
                let record: Value = serde_json::from_slice(&record.bytes)?;
                let events = at(&record, "/events").as_array().into_iter().flatten();
                ready.extend(
                    events
                        .filter(|event| at(event, "/kind") == "intent")
                        .map(|event| at(event, "/command").clone()),
                );
            }
        }
        host.deliver(ready)?;
        Ok(host)
    }

    /// The files.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Asks a question about a log.
    ///
    /// # Errors
    /// What the core refuses.
    pub fn question(&self, log: &str, question: Value) -> Outcome<Value> {
        let (_, log) = self.logs.iter().find(|(name, _)| *name == log).ok_or("no such log")?;
        Ok(serde_json::from_slice(&wire::report(log, &self.rulebook, question.to_string().as_bytes())?)?)
    }

    /// Gives a log a command, and delivers what follows.
    ///
    /// # Errors
    /// What the core and the file system refuse.
    pub fn ask(&mut self, log: &str, id: &str, date: &str, who: (&str, &str), action: Value) -> Outcome<()> {
        let kind = if log == BOOK { "cash_book" } else { "account" };
        // Fresh for each command, and the same when the command is sent again.
        let salt = sha256(format!("{SALT}:{log}:{id}").as_bytes()).to_string();
        let command = json!({
            "schema": "duebill/command/1", "id": id, "salt": salt, "action": action,
            "log": { "id": log, "kind": kind, "seller": "lighthouse" },
            "stamp": { "actor": who.0, "role": who.1, "at": format!("{date}T12:00:00Z"), "effective": date },
        });
        self.deliver(VecDeque::from([command]))
    }

    fn deliver(&mut self, mut ready: VecDeque<Value>) -> Outcome<()> {
        while let Some(command) = ready.pop_front() {
            let mut logs = self.logs.iter_mut();
            let (name, log) = logs.find(|(name, _)| at(&command, "/log/id") == name).ok_or("no such log")?;
            if let Answer::Recorded(answered) = log.decide(&self.rulebook, command.to_string().as_bytes())? {
                self.store.append(name, &answered.recorded)?;
                log.apply(&answered.recorded)?;
                for intent in &answered.intents {
                    ready.push_back(serde_json::from_slice(intent.command.bytes())?);
                }
            }
        }
        Ok(())
    }
}
