//! The loop of a host on files: decide, store, apply, deliver.

use std::collections::VecDeque;
use std::path::Path;

use duebill::rulebook::Rulebook;
use duebill::wire::{self, Answer, Log};
use serde_json::{Value, json};

use crate::sample::{ACCOUNT, RULEBOOK, SALT, SERIES};
use crate::store::Store;
use crate::{Outcome, at};

/// A payer's account and a number series, as replayed from their files.
pub struct Host {
    rulebook: Rulebook,
    logs: [(&'static str, Log); 2],
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
        let mut host = Self { rulebook, logs: [open(ACCOUNT, "account")?, open(SERIES, "series")?], store };
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

    /// Asks a question about the account.
    ///
    /// # Errors
    /// What the core refuses.
    pub fn question(&self, question: Value) -> Outcome<Value> {
        let [(_, account), _] = &self.logs;
        Ok(serde_json::from_slice(&wire::report(account, &self.rulebook, question.to_string().as_bytes())?)?)
    }

    /// Gives the account a command, and delivers what follows.
    ///
    /// # Errors
    /// What the core and the file system refuse.
    pub fn ask(&mut self, id: &str, date: &str, who: (&str, &str), action: Value) -> Outcome<()> {
        let command = json!({
            "schema": "duebill/command/1", "id": id, "salt": SALT, "action": action,
            "log": { "id": ACCOUNT, "kind": "account", "seller": "lighthouse" },
            "stamp": { "actor": who.0, "role": who.1, "at": format!("{date}T12:00:00Z"), "effective": date },
        });
        self.deliver(VecDeque::from([command]))
    }

    fn deliver(&mut self, mut ready: VecDeque<Value>) -> Outcome<()> {
        while let Some(command) = ready.pop_front() {
            let place = usize::from(at(&command, "/log/kind") != "account");
            let (name, log) = self.logs.get_mut(place).ok_or("no such log")?;
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
