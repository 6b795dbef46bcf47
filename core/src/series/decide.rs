use std::collections::{BTreeMap, BTreeSet};

use super::{Numbering, SeriesError};
use crate::audit::{
    AuditError, Basis, Chain, Command, Decided, Document, Intent, LogAddress, LogKind, Recorded, Ruling,
    Seal, decide, derived_id,
};
use crate::calendar::Date;
use crate::canon::{shape, union};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;

shape! {
    /// Asks for the number of an invoice.
    pub struct Assign {
        /// The account that asks.
        pub account: Id,
        /// The issue date.
        pub date: Date,
        /// The invoice, unique in its account.
        pub invoice: Id,
    }
}

shape! {
    /// A number was assigned to an invoice, for good.
    pub struct Assigned {
        /// The account of the invoice.
        pub account: Id,
        /// The counter in its period.
        pub counter: u32,
        /// The issue date.
        pub date: Date,
        /// The invoice.
        pub invoice: Id,
        /// The number.
        pub number: Id,
        /// The period in which the counter counts.
        pub period: String,
        /// The series.
        pub series: Id,
    }
}

union! {
    /// What a host asks of a number series.
    pub enum SeriesAction {
        /// Assign a number.
        Assign(Assign) = "assign",
    }
}

impl Seal for SeriesAction {}

union! {
    /// What happened in a number series.
    pub enum SeriesEvent {
        /// A number was assigned.
        Assigned(Assigned) = "assigned",
        /// The account is told its number.
        Intent(Intent) = "intent",
    }
}

impl SeriesEvent {
    /// The ready command that it carries.
    #[must_use]
    pub const fn intent(&self) -> Option<&Intent> {
        if let Self::Intent(intent) = self { Some(intent) } else { None }
    }
}

union! {
    /// The answer to an account that asked for a number.
    enum Reply {
        Issue(Assigned) = "issue",
    }
}

impl Seal for Reply {}

/// A number series: its log and what it has given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    chain: Chain,
    counters: BTreeMap<String, u32>,
    assigned: BTreeMap<(Id, Id), Assigned>,
    numbers: BTreeSet<Id>,
    last: Option<Date>,
}

impl Series {
    /// An empty series of a seller.
    #[must_use]
    pub const fn new(seller: Id, id: Id) -> Self {
        Self {
            chain: Chain::new(LogAddress { id, kind: LogKind::Series, seller }),
            counters: BTreeMap::new(),
            assigned: BTreeMap::new(),
            numbers: BTreeSet::new(),
            last: None,
        }
    }

    /// The log of the series.
    #[must_use]
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Every number given out, by account and invoice.
    pub fn assigned(&self) -> impl Iterator<Item = &Assigned> {
        self.assigned.values()
    }

    /// Decides a command under the numbering of this series.
    ///
    /// # Errors
    /// [`SeriesError`] and what [`decide`] refuses.
    pub fn decide(
        &self,
        numbering: Option<&Numbering>,
        basis: Basis,
        command: &Command<SeriesAction>,
    ) -> Result<Decided<SeriesEvent>, Refusal> {
        decide(
            &self.chain,
            command,
            || Ok(basis),
            |command| {
                let unknown = SeriesError::Unknown { got: self.chain.address().id.to_string() };
                let numbering = numbering.ok_or_else(|| Refusal::because(&unknown))?;
                match &command.action {
                    SeriesAction::Assign(ask) => {
                        self.assign(numbering, command, ask).map_err(|error| Refusal::because(&error))
                    }
                }
            },
        )
    }

    fn assign(
        &self,
        numbering: &Numbering,
        command: &Command<SeriesAction>,
        ask: &Assign,
    ) -> Result<Ruling<SeriesEvent>, SeriesError> {
        let key = (ask.account.clone(), ask.invoice.clone());
        if let Some(given) = self.assigned.get(&key) {
            let events = vec![SeriesEvent::Intent(self.reply(command, given))];
            return Ok(Ruling { events, findings: Vec::new() });
        }
        let period = numbering.period(ask.date);
        let last = self.counters.get(&period).copied().unwrap_or(0);
        let counter = last.checked_add(1).ok_or(SeriesError::Exhausted { limit: u32::MAX })?;
        let given = Assigned {
            account: ask.account.clone(),
            counter,
            date: ask.date,
            invoice: ask.invoice.clone(),
            number: numbering.number(counter, ask.date)?,
            period,
            series: self.chain.address().id.clone(),
        };
        if self.numbers.contains(&given.number) {
            return Err(SeriesError::Taken { number: given.number.to_string() });
        }
        let findings = match self.last {
            Some(last) if ask.date < last => {
                let error = SeriesError::DateOrder { last: last.to_string(), got: ask.date.to_string() };
                vec![Finding::new(Severity::Warn, &error).about(&given.number)]
            }
            _ => Vec::new(),
        };
        let intent = self.reply(command, &given);
        Ok(Ruling { events: vec![SeriesEvent::Assigned(given), SeriesEvent::Intent(intent)], findings })
    }

    /// The ready command that tells the account its number.
    fn reply(&self, command: &Command<SeriesAction>, given: &Assigned) -> Intent {
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: given.account.clone(), kind: LogKind::Account, seller };
        let id = derived_id(&["issue", given.account.as_str(), given.invoice.as_str()]);
        let reply = Command {
            action: Reply::Issue(given.clone()),
            expect: None,
            id: id.clone(),
            log: log.clone(),
            salt: None,
            stamp: command.stamp.as_system(),
        };
        Intent { command: Document::of(&reply), id, log }
    }

    /// Applies a record, wholly or not at all.
    ///
    /// # Errors
    /// What [`Chain::check`] refuses, and [`AuditError::StateMismatch`] for a number or a counter
    /// that the series has given out already.
    pub fn apply(&mut self, recorded: &Recorded<SeriesEvent>) -> Result<(), Refusal> {
        self.chain.check(recorded.record())?;
        let mut given = None;
        for event in &recorded.record().events {
            match event {
                SeriesEvent::Intent(_) => {}
                SeriesEvent::Assigned(assigned) => {
                    self.check(assigned, given.is_some())?;
                    given = Some(assigned.clone());
                }
            }
        }
        if let Some(assigned) = given {
            self.counters.insert(assigned.period.clone(), assigned.counter);
            self.last = self.last.max(Some(assigned.date));
            self.numbers.insert(assigned.number.clone());
            self.assigned.insert((assigned.account.clone(), assigned.invoice.clone()), assigned);
        }
        self.chain.advance(recorded);
        Ok(())
    }

    fn check(&self, assigned: &Assigned, second: bool) -> Result<(), Refusal> {
        let mismatch = |reason| {
            let id = assigned.number.to_string();
            Err(Refusal::because(&AuditError::StateMismatch { what: "number", id, reason }))
        };
        let last = self.counters.get(&assigned.period).copied().unwrap_or(0);
        let key = (assigned.account.clone(), assigned.invoice.clone());
        if self.numbers.contains(&assigned.number) {
            return mismatch("was given out before");
        }
        if second {
            return mismatch("is the second in its record");
        }
        if self.assigned.contains_key(&key) {
            return mismatch("is the second of its invoice");
        }
        if assigned.series != self.chain.address().id {
            return mismatch("is of another series");
        }
        if Some(assigned.counter) != last.checked_add(1) {
            return mismatch("does not continue the counter");
        }
        Ok(())
    }
}
