//! The loop of a host: decide, store, apply, deliver what is ready; the same in every language.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use duebill::audit::{LogAddress, LogKind};
use duebill::canon::{from_bytes, to_bytes};
use duebill::finding::{Finding, Refusal};
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Answer, Log};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::Outcome;
use crate::steps::{Approve, Setting, Step};
use crate::storage::Storage;

/// A command that was refused, and why.
pub struct Refused {
    /// Id of the command.
    pub command: String,
    /// The log it was for.
    pub log: LogAddress,
    /// Every finding.
    pub refusal: Refusal,
}

/// What every command says, whatever its action.
#[derive(Deserialize)]
struct Envelope<'a> {
    id: String,
    #[serde(borrow)]
    log: &'a RawValue,
}

/// A host: its rules, its storage, and its logs as replayed from there.
pub struct Host {
    rulebook: Rulebook,
    storage: Storage,
    /// By their address in canonical form.
    logs: BTreeMap<String, Log>,
    refused: Vec<Refused>,
    found: BTreeSet<(&'static str, String, String)>,
    clock: Clock,
}

impl Host {
    /// Replays every stored record, then delivers what an earlier run left undelivered.
    ///
    /// # Errors
    /// A rulebook that does not compile, a record that was changed, and whatever the storage refuses.
    pub fn start(rulebook: &[u8], setting: &Setting, storage: Storage) -> Outcome<Self> {
        let clock = Clock::default();
        let mut host = Self {
            rulebook: clock.time(|| wire::compile(rulebook))?,
            storage,
            logs: BTreeMap::new(),
            refused: Vec::new(),
            found: BTreeSet::new(),
            clock,
        };
        let books = setting.books.iter().map(|id| ("cash_book", id));
        let series = setting.series.iter().map(|id| ("series", id));
        for (kind, id) in books.chain(series) {
            let address = json!({ "id": id, "kind": kind, "seller": setting.seller }).to_string();
            host.logs.insert(address.clone(), wire::open(address.as_bytes())?);
        }
        for stored in host.storage.records()? {
            let log = open(&mut host.logs, &stored.log)?;
            let (hash, detached) = (stored.hash.as_bytes(), stored.detached.as_bytes());
            host.clock.time(|| wire::apply(log, &stored.record, hash, detached))?;
        }
        host.deliver_ready()?;
        Ok(host)
    }

    /// Does one step. Doing it again, after a crash or on another day, changes nothing.
    ///
    /// # Errors
    /// Whatever the storage refuses; what the core refuses is kept in [`Host::refused`].
    pub fn step(&mut self, step: &Step) -> Outcome<()> {
        match step {
            Step::Deliver { command } => self.deliver(&command.to_string()),
            Step::Approve(approve) => self.approve(approve),
            Step::Match { command } => self.match_receipts(command),
        }
    }

    /// Delivers a command document, and all that follows from it.
    ///
    /// # Errors
    /// Whatever the storage refuses; what the core refuses is kept in [`Host::refused`].
    pub fn deliver(&mut self, command: &str) -> Outcome<()> {
        if let Err(refused) = self.record(command, None)? {
            self.refused.push(refused);
        }
        self.deliver_ready()
    }

    /// Decides one command, stores its record with all that belongs to it, and applies it.
    fn record(&mut self, command: &str, answers: Option<i64>) -> Outcome<Result<(), Refused>> {
        let envelope: Envelope<'_> = serde_json::from_str(command)?;
        let address: LogAddress = from_bytes(envelope.log.get().as_bytes())?;
        let key = String::from_utf8(to_bytes(&address))?;
        let log = open(&mut self.logs, &key)?;
        let decided = self.clock.time(|| log.decide(&self.rulebook, command.as_bytes()));
        let answered = match decided {
            Ok(Answer::Recorded(answered)) => answered,
            Ok(Answer::Repeated(_)) => {
                // Recorded before: at most its answer was not marked.
                answers.map_or(Ok(()), |position| self.storage.delivered(position))?;
                return Ok(Ok(()));
            }
            Err(refusal) => {
                note(&mut self.found, &key, refusal.findings());
                return Ok(Err(Refused { command: envelope.id, log: address, refusal }));
            }
        };
        self.storage.append(&key, &answered, answers)?;
        note(&mut self.found, &key, &answered.findings);
        self.clock.time(|| log.apply(&answered.recorded))?;
        Ok(Ok(()))
    }

    /// Delivers ready commands in the order they were made, until none is left.
    fn deliver_ready(&mut self) -> Outcome<()> {
        let mut after = 0;
        while let Some(pending) = self.storage.pending(after)? {
            if let Err(refused) = self.record(&pending.command, Some(pending.position))? {
                // It stays in the outbox and is tried again at the next start.
                self.refused.push(refused);
                after = pending.position;
            }
        }
        Ok(())
    }

    /// Decides on the approvals of an account that are open and were looked at.
    fn approve(&mut self, approve: &Approve) -> Outcome<()> {
        let seller = self.rulebook.policy().seller();
        let address = json!({ "id": approve.account, "kind": "account", "seller": seller.as_str() });
        let question = json!({ "as_of": approve.effective, "kind": "account" }).to_string();
        open(&mut self.logs, &address.to_string())?;
        let account = self.log(&address.to_string())?;
        let view: Value = serde_json::from_slice(&self.ask(account, &question)?)?;
        let approvals = view.get("approvals").and_then(Value::as_array);
        for approval in approvals.into_iter().flatten() {
            let text = |key: &str| approval.get(key).and_then(Value::as_str).unwrap_or_default();
            let invoice = text("subject");
            let open = approval.get("open").and_then(Value::as_bool) == Some(true);
            if !open || !approve.invoices.iter().any(|named| named == invoice) {
                continue;
            }
            let mut command = json!({
                "action": {
                    "digest": text("digest"), "kind": "decide_approval", "subject": invoice,
                    "verdict": approve.verdict,
                },
                "id": format!("{}:{invoice}", approve.id),
                "log": address,
                "schema": "duebill/command/1",
                "stamp": {
                    "actor": approve.actor, "at": approve.at, "effective": approve.effective,
                    "role": approve.role,
                },
            });
            for (place, key, value) in [("/stamp", "reason", &approve.reason), ("", "salt", &approve.salt)] {
                let object = command.pointer_mut(place).and_then(Value::as_object_mut);
                if let (Some(object), Some(value)) = (object, value) {
                    object.insert(key.to_owned(), json!(value));
                }
            }
            self.deliver(&command.to_string())?;
        }
        Ok(())
    }

    /// Puts what matching says into a command, unless that command was recorded before: by then the
    /// receipts it was about are spent.
    fn match_receipts(&mut self, command: &Value) -> Outcome<()> {
        let text = command.to_string();
        let envelope: Envelope<'_> = serde_json::from_str(&text)?;
        let book = open(&mut self.logs, envelope.log.get())?;
        if wire::recorded(book, &envelope.id).is_some() {
            return Ok(());
        }
        let book = self.log(envelope.log.get())?;
        let accounts: Vec<&Log> =
            self.logs().into_iter().filter(|log| log.kind() == LogKind::Account).collect();
        let plans = self.clock.time(|| wire::match_receipts(&self.rulebook, book, &accounts, b"{}"))?;
        let mut plans: Value = serde_json::from_slice(&plans)?;
        let mut command = command.clone();
        let slot = command.pointer_mut("/action/plans").ok_or("a match command has a list of plans")?;
        *slot = plans.get_mut("plans").map(Value::take).unwrap_or_default();
        self.deliver(&command.to_string())
    }

    /// Asks one log.
    ///
    /// # Errors
    /// What the core refuses.
    pub fn ask(&self, log: &Log, question: &str) -> Outcome<Vec<u8>> {
        Ok(self.clock.time(|| wire::report(log, &self.rulebook, question.as_bytes()))?)
    }

    /// Asks for the aging of all accounts and cash books.
    ///
    /// # Errors
    /// What the core refuses.
    pub fn aging(&self, as_of: &str) -> Outcome<Vec<u8>> {
        let logs: Vec<&Log> = self.logs.values().filter(|log| log.kind() != LogKind::Series).collect();
        let request = json!({ "as_of": as_of }).to_string();
        Ok(self.clock.time(|| wire::aging(&self.rulebook, &logs, request.as_bytes()))?)
    }

    /// Sums all accounts up.
    ///
    /// # Errors
    /// What the core refuses.
    pub fn summary(&self) -> Outcome<Vec<u8>> {
        let accounts: Vec<&Log> = self.logs.values().filter(|log| log.kind() == LogKind::Account).collect();
        Ok(self.clock.time(|| wire::summary(&self.rulebook, &accounts, b"{}"))?)
    }

    /// All logs, by id.
    pub fn logs(&self) -> Vec<&Log> {
        let mut logs: Vec<&Log> = self.logs.values().collect();
        logs.sort_by(|a, b| a.chain().address().id.cmp(&b.chain().address().id));
        logs
    }

    fn log(&self, address: &str) -> Outcome<&Log> {
        self.logs.get(address).ok_or_else(|| format!("there is no log {address}").into())
    }

    /// The rules.
    pub const fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// What was refused, in the order of the steps.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// What this run's commands found: codes, logs and subjects.
    pub const fn found(&self) -> &BTreeSet<(&'static str, String, String)> {
        &self.found
    }

    /// The database.
    pub const fn storage(&self) -> &Storage {
        &self.storage
    }

    /// The time spent in the core.
    pub const fn core(&self) -> Duration {
        self.clock.0.get()
    }
}

/// Keeps findings, each once however often it is found.
fn note<'f>(
    found: &mut BTreeSet<(&'static str, String, String)>,
    log: &str,
    findings: impl IntoIterator<Item = &'f Finding>,
) {
    let findings = findings.into_iter();
    found.extend(findings.map(|finding| (finding.code.name, log.to_owned(), finding.subject.clone())));
}

/// Adds up the time that the core takes.
#[derive(Default)]
struct Clock(Cell<Duration>);

impl Clock {
    fn time<T>(&self, work: impl FnOnce() -> T) -> T {
        let since = Instant::now();
        let done = work();
        self.0.set(self.0.get().saturating_add(since.elapsed()));
        done
    }
}

/// The log at an address; made when it is first addressed.
fn open<'l>(logs: &'l mut BTreeMap<String, Log>, address: &str) -> Outcome<&'l mut Log> {
    if !logs.contains_key(address) {
        logs.insert(address.to_owned(), wire::open(address.as_bytes())?);
    }
    logs.get_mut(address).ok_or_else(|| format!("there is no log {address}").into())
}
