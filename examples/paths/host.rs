//! A host in memory: it decides and applies commands, and delivers at once what they make ready.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use duebill::account::{Account, AccountEvent};
use duebill::audit::{LogAddress, LogKind};
use duebill::canon::{Digest, from_bytes, sha256};
use duebill::finding::Refusal;
use duebill::id::Id;
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Answer, Answered, AnyRecorded, Log};
use serde_json::{Value, json};
use tables::Outcome;

use crate::mapping::{BOOK, SELLER, SERIES};

/// What a command led to.
#[derive(Debug, Default)]
pub struct Done {
    /// Invoices that it drafted.
    pub drafted: Vec<Id>,
    /// What was not done after it, in whatever log: code and sentence.
    pub declined: Vec<(String, String)>,
    /// What was found: codes.
    pub found: Vec<&'static str>,
}

/// Rules and logs.
pub struct Host {
    rulebook: Rulebook,
    accounts: BTreeMap<Id, Log>,
    book: Log,
    series: Log,
    records: u64,
    core: Duration,
}

impl Host {
    /// Compiles a rulebook; every log is empty.
    ///
    /// # Errors
    /// Every fault of the rulebook.
    pub fn start(rulebook: &Value) -> Outcome<Self> {
        let log = |kind: &str, id: &str| wire::open(address(kind, id).to_string().as_bytes());
        let since = Instant::now();
        Ok(Self {
            rulebook: wire::compile(rulebook.to_string().as_bytes())?,
            accounts: BTreeMap::new(),
            book: log("cash_book", BOOK)?,
            series: log("series", SERIES)?,
            records: 0,
            core: since.elapsed(),
        })
    }

    /// Gives a command, and whatever it makes ready for other logs.
    ///
    /// # Errors
    /// A command that is none; what the core refuses stands inside.
    pub fn give(&mut self, command: &Value) -> Outcome<Result<Done, Refusal>> {
        let address = command.get("log").map(Value::to_string).unwrap_or_default();
        let address: LogAddress = from_bytes(address.as_bytes())?;
        let mut done = Done::default();
        let bytes = command.to_string().into_bytes();
        let mut ready = match self.record(&address, &bytes, &mut done) {
            Ok(ready) => ready,
            Err(refusal) => return Ok(Err(refusal)),
        };
        while let Some((address, bytes)) = ready.pop_front() {
            match self.record(&address, &bytes, &mut done) {
                Ok(more) => ready.extend(more),
                Err(refusal) => done.declined.push((refusal.code().name.to_owned(), refusal.to_string())),
            }
        }
        Ok(Ok(done))
    }

    fn record(
        &mut self,
        address: &LogAddress,
        command: &[u8],
        done: &mut Done,
    ) -> Result<VecDeque<(LogAddress, Vec<u8>)>, Refusal> {
        let log = match address.kind {
            LogKind::Account => {
                let open = || Log::new(address.clone());
                self.accounts.entry(address.id.clone()).or_insert_with(open)
            }
            LogKind::CashBook => &mut self.book,
            LogKind::Series => &mut self.series,
        };
        let since = Instant::now();
        let decided = log.decide(&self.rulebook, command).and_then(|answer| {
            if let Answer::Recorded(answered) = &answer {
                log.apply(&answered.recorded)?;
            }
            Ok(answer)
        });
        self.core = self.core.saturating_add(since.elapsed());
        let Answer::Recorded(answered) = decided? else { return Ok(VecDeque::new()) };
        self.records = self.records.saturating_add(1);
        told(&answered, done);
        Ok(answered
            .intents
            .iter()
            .map(|intent| (intent.log.clone(), intent.command.bytes().to_vec()))
            .collect())
    }

    /// An account; none before its first command.
    #[must_use]
    pub fn account(&self, id: &Id) -> Option<&Account> {
        if let Log::Account(account) = self.accounts.get(id)? { Some(account) } else { None }
    }

    /// Asks an account.
    ///
    /// # Errors
    /// What the core refuses.
    pub fn ask(&self, id: &Id, question: &Value) -> Outcome<Value> {
        let log = self.accounts.get(id).ok_or_else(|| format!("there is no account {id}"))?;
        Ok(serde_json::from_slice(&wire::report(log, &self.rulebook, question.to_string().as_bytes())?)?)
    }

    /// Asks for the aging of all accounts and the cash book.
    ///
    /// # Errors
    /// What the core refuses.
    pub fn aging(&self, as_of: &str) -> Outcome<Value> {
        let logs: Vec<&Log> = self.accounts.values().chain([&self.book]).collect();
        let request = json!({ "as_of": as_of }).to_string();
        Ok(serde_json::from_slice(&wire::aging(&self.rulebook, &logs, request.as_bytes())?)?)
    }

    /// How many records all logs hold.
    #[must_use]
    pub const fn records(&self) -> u64 {
        self.records
    }

    /// The time spent in the core.
    #[must_use]
    pub const fn core(&self) -> Duration {
        self.core
    }

    /// A digest of the heads of all logs: runs that give the same one did the same.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let logs = self.accounts.values().chain([&self.book, &self.series]);
        sha256(&logs.flat_map(wire::head).collect::<Vec<u8>>())
    }
}

/// The address of a log.
#[must_use]
pub fn address(kind: &str, id: &str) -> Value {
    json!({ "id": id, "kind": kind, "seller": SELLER })
}

/// Keeps what a record says that a replay goes by.
fn told(answered: &Answered, done: &mut Done) {
    let declined = done.declined.len();
    told_of_account(answered, done);
    if done.declined.len() == declined {
        done.found.extend(answered.findings.iter().map(|finding| finding.code.name));
    }
}

fn told_of_account(answered: &Answered, done: &mut Done) {
    let AnyRecorded::Account(recorded) = &answered.recorded else { return };
    for event in &recorded.record().events {
        if let AccountEvent::Drafted(drafted) = event {
            done.drafted.push(drafted.draft.id.clone());
        }
        if let AccountEvent::AllocationDeclined(declined) = event {
            let why = answered.findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
            done.declined.push((declined.name.clone(), why));
        }
    }
}
