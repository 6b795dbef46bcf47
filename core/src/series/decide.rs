use std::collections::BTreeMap;

use super::import::{ImportNumbers, NumbersImported};
use super::sender::check_dated;
use super::{DateOrder, Numbering, SeriesError};
use crate::audit::{
    AuditError, Basis, Chain, ClosePeriod, Command, Decided, Intent, LogAddress, LogKind, Passage,
    PeriodClosed, PeriodEvent, PeriodReopened, Ready, Record, Recorded, ReopenAsked, ReopenPeriod, Ruling,
    Seal, Sealer, Sender, Stamp, decide, ready_id,
};
use crate::calendar::{Date, Instant};
use crate::canon::{from_bytes, shape, union};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::retention::{
    EraseSubject, ErasureRequested, Gather, KeepsWords, LegalHoldLifted, LegalHoldPlaced, LiftLegalHold,
    PlaceLegalHold, PlanItem, Purge, PurgeRefused, RetentionPolicy, Words, WordsAction, WordsEvent,
};

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
        /// Close days: no number is given on them any more.
        ClosePeriod(ClosePeriod) = "close_period",
        /// Take in the numbers of the system it continues.
        ImportNumbers(ImportNumbers) = "import_numbers",
        /// Reopen closed days.
        ReopenPeriod(ReopenPeriod) = "reopen_period",
        /// Keep words whatever their rule says.
        PlaceLegalHold(PlaceLegalHold) = "place_legal_hold",
        /// End such a hold.
        LiftLegalHold(LiftLegalHold) = "lift_legal_hold",
        /// Erase what is due.
        Purge(Purge) = "purge",
        /// Erase what is of a person.
        EraseSubject(EraseSubject) = "erase_subject",
    }
}

impl Seal for SeriesAction {
    fn seal(&mut self, sealer: &mut Sealer) {
        if let Self::PlaceLegalHold(place) = self {
            sealer.seal(&mut place.note);
        }
    }
}

impl Ready for SeriesAction {
    fn sender(&self) -> Sender {
        match self {
            Self::Assign(ask) => Sender::Log(ask.ready_id()),
            Self::ImportNumbers(import) => Sender::Either(import.ready_id()),
            Self::ClosePeriod(_)
            | Self::EraseSubject(_)
            | Self::LiftLegalHold(_)
            | Self::PlaceLegalHold(_)
            | Self::Purge(_)
            | Self::ReopenPeriod(_) => Sender::Person,
        }
    }
}

impl Assign {
    /// The id under which an account asks for this number: once for a day.
    pub(crate) fn ready_id(&self) -> Id {
        ready_id(&["assign", self.account.as_str(), &self.date.to_string(), self.invoice.as_str()])
    }

    /// An account asks on the date of the number, whenever its request comes.
    fn check(&self, stamp: &Stamp) -> Result<(), SeriesError> {
        let day = stamp.occurred.unwrap_or(stamp.effective);
        if day == self.date {
            return Ok(());
        }
        Err(SeriesError::AskedDate { date: self.date.to_string(), got: day.to_string() })
    }
}

impl Assigned {
    /// The id under which the account is told, whenever it asked.
    pub(crate) fn ready_id(&self) -> Id {
        issue_id(&self.account, &self.invoice)
    }
}

/// The id under which an account is told the number of an invoice.
pub(crate) fn issue_id(account: &Id, invoice: &Id) -> Id {
    ready_id(&["issue", account.as_str(), invoice.as_str()])
}

union! {
    /// What happened in a number series.
    pub enum SeriesEvent {
        /// A number was assigned.
        Assigned(Assigned) = "assigned",
        /// Numbers were taken in.
        NumbersImported(NumbersImported) = "numbers_imported",
        /// Days were closed.
        PeriodClosed(PeriodClosed) = "period_closed",
        /// Days are open again.
        PeriodReopened(PeriodReopened) = "period_reopened",
        /// Somebody asked to reopen days.
        ReopenAsked(ReopenAsked) = "reopen_asked",
        /// From now on numbers are given by this pattern.
        NumberingSet(Numbering) = "numbering_set",
        /// The account is told its number.
        Intent(Intent) = "intent",
        /// A legal hold was placed.
        LegalHoldPlaced(Box<LegalHoldPlaced>) = "legal_hold_placed",
        /// A legal hold was lifted.
        LegalHoldLifted(LegalHoldLifted) = "legal_hold_lifted",
        /// A person asked for erasure.
        ErasureRequested(ErasureRequested) = "erasure_requested",
        /// Words were erased.
        Purged(Box<PlanItem>) = "purged",
        /// Words could not be erased.
        PurgeRefused(Box<PurgeRefused>) = "purge_refused",
    }
}

impl SeriesEvent {
    /// The ready command that it carries.
    #[must_use]
    pub const fn intent(&self) -> Option<&Intent> {
        if let Self::Intent(intent) = self { Some(intent) } else { None }
    }
}

impl From<PeriodEvent> for SeriesEvent {
    fn from(event: PeriodEvent) -> Self {
        match event {
            PeriodEvent::Closed(closed) => Self::PeriodClosed(closed),
            PeriodEvent::ReopenAsked(asked) => Self::ReopenAsked(asked),
            PeriodEvent::Reopened(reopened) => Self::PeriodReopened(reopened),
        }
    }
}

/// A number that was given out, here or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its date.
    pub date: Date,
    /// Its counter with the period it counts in; none for a legacy number of another pattern.
    pub counted: Option<(String, u32)>,
    /// Whether it was taken in from another system.
    pub imported: bool,
}

union! {
    /// The answer to an account that asked for a number.
    enum Reply {
        Issue(Assigned) = "issue",
    }
}

/// Which number an account is told.
pub(super) fn answered(intent: &Intent) -> Result<Assigned, Refusal> {
    let Reply::Issue(answered) = from_bytes::<Command<Reply>>(intent.command.bytes())?.action;
    Ok(answered)
}

/// A number series: its log and what it has given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    chain: Chain,
    counters: BTreeMap<String, u32>,
    pub(super) assigned: BTreeMap<(Id, Id), Assigned>,
    pub(super) numbers: BTreeMap<Id, Given>,
    last: Option<Date>,
    /// What the last number was given or taken in by.
    numbering: Option<Numbering>,
    /// What each record did.
    passages: Vec<Passage>,
    pub(super) kept: Words,
}

impl Series {
    /// An empty series of a seller.
    #[must_use]
    pub fn new(seller: Id, id: Id) -> Self {
        Self {
            chain: Chain::new(LogAddress { id, kind: LogKind::Series, seller }),
            counters: BTreeMap::new(),
            assigned: BTreeMap::new(),
            numbers: BTreeMap::new(),
            last: None,
            numbering: None,
            passages: Vec::new(),
            kept: Words::default(),
        }
    }

    /// The log of the series.
    #[must_use]
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// What each record did, in order.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Every number given out, by account and invoice.
    pub fn assigned(&self) -> impl Iterator<Item = &Assigned> {
        self.assigned.values()
    }

    /// The number that was given to a document of an account.
    #[must_use]
    pub fn assigned_to(&self, account: &Id, invoice: &Id) -> Option<&Assigned> {
        self.assigned.get(&(account.clone(), invoice.clone()))
    }

    /// Every number given out, here or before, by number.
    pub fn numbers(&self) -> impl Iterator<Item = (&Id, &Given)> {
        self.numbers.iter()
    }

    /// Decides a command under the numbering of this series; `reopeners` are the roles that may
    /// reopen closed days, `retention` says how long words are kept.
    ///
    /// # Errors
    /// [`SeriesError`] and what [`decide`] refuses.
    pub fn decide(
        &self,
        numbering: Option<&Numbering>,
        reopeners: &[Id],
        retention: &RetentionPolicy,
        basis: Basis,
        command: &Command<SeriesAction>,
    ) -> Result<Decided<SeriesEvent>, Refusal> {
        decide(
            &self.chain,
            command,
            || Ok(basis),
            |command| {
                let unknown = || SeriesError::Unknown { got: self.chain.address().id.to_string() };
                let numbering = || numbering.ok_or_else(unknown).map_err(|error| Refusal::because(&error));
                let period = |event: Result<PeriodEvent, AuditError>| match event {
                    Ok(event) => Ok(Ruling { events: vec![event.into()], findings: Vec::new() }),
                    Err(error) => Err(Refusal::because(&error)),
                };
                let words = |action| {
                    let Ruling { events, findings } = self.decide_words(retention, action, &command.stamp)?;
                    Ok(Ruling { events: events.into_iter().map(SeriesEvent::from).collect(), findings })
                };
                match &command.action {
                    SeriesAction::Assign(ask) => self.assign(numbering()?, command, ask),
                    SeriesAction::ImportNumbers(import) => self.import(numbering()?, import, &command.stamp),
                    SeriesAction::PlaceLegalHold(place) => words(WordsAction::Place(place)),
                    SeriesAction::LiftLegalHold(lift) => words(WordsAction::Lift(lift)),
                    SeriesAction::Purge(purge) => words(WordsAction::Purge(purge)),
                    SeriesAction::EraseSubject(erase) => words(WordsAction::Erase(erase)),
                    SeriesAction::ClosePeriod(close) => period(self.chain.close(close, command.stamp.at)),
                    SeriesAction::ReopenPeriod(reopen) => {
                        period(self.chain.reopen(reopen, &command.stamp, reopeners))
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
    ) -> Result<Ruling<SeriesEvent>, Refusal> {
        ask.check(&command.stamp).map_err(|error| Refusal::because(&error))?;
        let key = (ask.account.clone(), ask.invoice.clone());
        if let Some(given) = self.assigned.get(&key) {
            check_dated(&command.stamp, ask.date).map_err(|error| Refusal::because(&error))?;
            let events = vec![SeriesEvent::Intent(self.reply(given, &command.stamp))];
            return Ok(Ruling { events, findings: Vec::new() });
        }
        // No number is dated on a closed day: the account asks again, on a day that is open.
        self.chain.check_open(ask.date).map_err(|error| Refusal::because(&error))?;
        let because = |error| Refusal::because(&error);
        let period = numbering.period(ask.date);
        let last = self.last_in(numbering, &period);
        let full = || SeriesError::Exhausted { limit: numbering.last };
        let counter =
            last.checked_add(1).filter(|next| *next <= numbering.last).ok_or_else(full).map_err(because)?;
        let given = Assigned {
            account: ask.account.clone(),
            counter,
            date: ask.date,
            invoice: ask.invoice.clone(),
            number: numbering.number(counter, ask.date).map_err(because)?,
            period,
            series: self.chain.address().id.clone(),
        };
        let early = self.last.filter(|last| ask.date < *last);
        let order =
            early.map(|last| SeriesError::DateOrder { last: last.to_string(), got: ask.date.to_string() });
        let findings = match order {
            Some(error) if numbering.dates == DateOrder::Refuse => return Err(because(error)),
            Some(error) => vec![Finding::new(Severity::Warn, &error).about(&given.number)],
            None => Vec::new(),
        };
        let intent = self.reply(&given, &command.stamp);
        let numbered = self.numbered_by(numbering).into_iter();
        let events = numbered.chain([SeriesEvent::Assigned(given), SeriesEvent::Intent(intent)]);
        Ok(Ruling { events: events.collect(), findings })
    }

    /// The last counter of a period. Where the pattern or its reset is new, what was given out counts where it
    /// says that it does, so that no number is given again and none is in the way of the next.
    fn last_in(&self, numbering: &Numbering, period: &str) -> u32 {
        let last = self.counters.get(period).copied().unwrap_or(0);
        if self.numbering.as_ref() == Some(numbering) {
            return last;
        }
        let of_period = self.counted_by(numbering).filter(|(own, _)| own == period);
        of_period.map(|(_, counter)| counter).fold(last, u32::max)
    }

    /// Where each number that was given out counts by a pattern that gives it.
    fn counted_by<'n>(&'n self, numbering: &'n Numbering) -> impl Iterator<Item = (String, u32)> + 'n {
        self.numbers.iter().filter_map(|(number, given)| numbering.counted(number, given.date))
    }

    /// Counts what was given out by a new pattern, beside where it counted before.
    fn recount(&mut self, numbering: &Numbering) {
        let counted: Vec<(String, u32)> = self.counted_by(numbering).collect();
        for (period, counter) in counted {
            let last = self.counters.entry(period).or_default();
            *last = (*last).max(counter);
        }
    }

    /// What the series numbers by, where that is new: so a log can be checked by itself.
    pub(super) fn numbered_by(&self, numbering: &Numbering) -> Option<SeriesEvent> {
        let known = self.numbering.as_ref() == Some(numbering);
        (!known).then(|| SeriesEvent::NumberingSet(numbering.clone()))
    }

    /// The ready command that tells the account its number.
    fn reply(&self, given: &Assigned, stamp: &Stamp) -> Intent {
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: given.account.clone(), kind: LogKind::Account, seller };
        // The same answer to every request, so that a second one is a repetition.
        let stamp = Stamp { effective: given.date, ..stamp.as_system() };
        Intent::new(given.ready_id(), Reply::Issue(given.clone()), log, stamp)
    }

    /// Applies a record, wholly or not at all.
    ///
    /// # Errors
    /// What [`Chain::check`] refuses, and [`AuditError::StateMismatch`] for a number or a counter
    /// that the series has given out already.
    pub fn apply(&mut self, recorded: &Recorded<SeriesEvent>) -> Result<(), Refusal> {
        let record = recorded.record();
        let continues = self.chain.check(record, &self.sender(record))?;
        let words: Vec<WordsEvent> = record.events.iter().filter_map(SeriesEvent::of_words).collect();
        self.check_words(&words, record.events.len(), &record.stamp)?;
        if words.is_empty() {
            self.number(record)?;
        }
        let texts = Gather::new(record.seq, &record.stamp).all(&words);
        self.kept.keep(words, texts);
        self.passages.push(Passage::of(record, super::passed::deeds));
        self.chain.advance(recorded, continues, SeriesEvent::intent);
        Ok(())
    }

    /// Applies what a record says of numbers and periods.
    fn number(&mut self, record: &Record<SeriesEvent>) -> Result<(), Refusal> {
        let told = record.events.iter().rev().map_while(SeriesEvent::intent).count();
        let steps = record.events.split_at_checked(record.events.len().saturating_sub(told));
        let (steps, told) = steps.unwrap_or_default();
        let mut steps = steps.iter().peekable();
        let set = steps.next_if(|event| matches!(event, SeriesEvent::NumberingSet(_)));
        let set = set.and_then(|event| match event {
            SeriesEvent::NumberingSet(set) => Some(set),
            SeriesEvent::Assigned(_)
            | SeriesEvent::NumbersImported(_)
            | SeriesEvent::PeriodClosed(_)
            | SeriesEvent::PeriodReopened(_)
            | SeriesEvent::ReopenAsked(_)
            | SeriesEvent::LegalHoldPlaced(_)
            | SeriesEvent::LegalHoldLifted(_)
            | SeriesEvent::ErasureRequested(_)
            | SeriesEvent::Purged(_)
            | SeriesEvent::PurgeRefused(_)
            | SeriesEvent::Intent(_) => None,
        });
        if let Some(set) = set {
            self.check_numbering(set)?;
        }
        // A command of a series does one thing; a second one in a record was not decided here.
        let (step, second) = (steps.next(), steps.next());
        if second.is_some() {
            return self.unfit("does two things at once");
        }
        self.check_told(step, told, record)?;
        let numbering = set.or(self.numbering.as_ref());
        match (step, numbering) {
            (None, _) if set.is_none() => {}
            (Some(SeriesEvent::Assigned(assigned)), Some(numbering)) => {
                self.check(numbering, assigned)?;
                self.keep(assigned);
            }
            (Some(SeriesEvent::NumbersImported(imported)), Some(numbering)) => {
                self.check_imported(numbering, imported, &record.stamp)?;
                self.keep_imported(imported);
            }
            (Some(SeriesEvent::PeriodClosed(closed)), _) if set.is_none() => {
                self.period(&PeriodEvent::Closed(closed.clone()), record.stamp.at)?;
            }
            (Some(SeriesEvent::ReopenAsked(asked)), _) if set.is_none() => {
                self.period(&PeriodEvent::ReopenAsked(asked.clone()), record.stamp.at)?;
            }
            (Some(SeriesEvent::PeriodReopened(reopened)), _) if set.is_none() => {
                self.period(&PeriodEvent::Reopened(reopened.clone()), record.stamp.at)?;
            }
            _ => return self.unfit("gives numbers without a pattern, or a pattern without numbers"),
        }
        if let Some(set) = set {
            self.recount(set);
            self.numbering = Some(set.clone());
        }
        Ok(())
    }

    /// A number is told to its account, in the record that gives it or as the answer to a later request;
    /// nothing else is told.
    fn check_told(
        &self,
        step: Option<&SeriesEvent>,
        told: &[SeriesEvent],
        record: &Record<SeriesEvent>,
    ) -> Result<(), Refusal> {
        let given = match (step, told) {
            (Some(SeriesEvent::Assigned(assigned)), [SeriesEvent::Intent(_)]) => Some(assigned),
            (None, [SeriesEvent::Intent(intent)]) => {
                let answered = answered(intent)?;
                self.assigned.get(&(answered.account, answered.invoice))
            }
            (Some(SeriesEvent::Assigned(_)), []) => None,
            (_, []) => return Ok(()),
            _ => None,
        };
        let expected = given.map(|given| SeriesEvent::Intent(self.reply(given, &record.stamp)));
        if let Some(given) = given.filter(|_| expected.is_some_and(|expected| told == [expected])) {
            return self.check_asked(step.is_some(), given, record);
        }
        self.unfit("tells an account another number than it gave, or none")
    }

    /// A number is given, or told again, where the ready command of its account asks for it.
    fn check_asked(
        &self,
        is_new: bool,
        given: &Assigned,
        record: &Record<SeriesEvent>,
    ) -> Result<(), Refusal> {
        let stamp = &record.stamp;
        let date = stamp.occurred.unwrap_or(stamp.effective);
        let ask = Assign { account: given.account.clone(), date, invoice: given.invoice.clone() };
        if record.command.id == ask.ready_id() && (!is_new || given.date == date) {
            return Ok(());
        }
        self.unfit("gives a number that its account did not ask for")
    }

    fn unfit<T>(&self, reason: &'static str) -> Result<T, Refusal> {
        let (what, id) = ("series", self.chain.address().id.to_string());
        Err(Refusal::because(&AuditError::StateMismatch { what, id, reason }))
    }

    /// Whether a pattern is one of this series and another than before.
    fn check_numbering(&self, set: &Numbering) -> Result<(), Refusal> {
        set.check().map_err(|error| Refusal::because(&error))?;
        if set.series != self.chain.address().id || self.numbering.as_ref() == Some(set) {
            return self.unfit("is numbered by the pattern of another, or by the same anew");
        }
        Ok(())
    }

    fn period(&mut self, event: &PeriodEvent, at: Instant) -> Result<(), Refusal> {
        self.chain.change_period(event, at).map(drop).map_err(|error| Refusal::because(&error))
    }

    fn keep(&mut self, assigned: &Assigned) {
        let counted = Some((assigned.period.clone(), assigned.counter));
        let given = Given { date: assigned.date, counted, imported: false };
        self.count(&assigned.number, given);
        self.assigned.insert((assigned.account.clone(), assigned.invoice.clone()), assigned.clone());
    }

    /// Keeps a number; its counter and its date move the series forward, never back.
    pub(super) fn count(&mut self, number: &Id, given: Given) {
        if let Some((period, counter)) = &given.counted {
            let last = self.counters.entry(period.clone()).or_default();
            *last = (*last).max(*counter);
        }
        self.last = self.last.max(Some(given.date));
        self.numbers.insert(number.clone(), given);
    }

    fn check(&self, numbering: &Numbering, assigned: &Assigned) -> Result<(), Refusal> {
        let mismatch = |reason| {
            let id = assigned.number.to_string();
            Err(Refusal::because(&AuditError::StateMismatch { what: "number", id, reason }))
        };
        let last = self.last_in(numbering, &assigned.period);
        let key = (assigned.account.clone(), assigned.invoice.clone());
        if self.numbers.contains_key(&assigned.number) {
            return mismatch("was given out before");
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
        if self.chain.check_open(assigned.date).is_err() {
            return mismatch("is dated on a day that is closed");
        }
        let number = numbering.number(assigned.counter, assigned.date).ok();
        let fits = number.as_ref() == Some(&assigned.number) && assigned.counter <= numbering.last;
        if !fits || assigned.period != numbering.period(assigned.date) {
            return mismatch("is not what the pattern gives for its counter and date");
        }
        if numbering.dates == DateOrder::Refuse && self.last.is_some_and(|last| assigned.date < last) {
            return mismatch("is dated before the last of a series that keeps the order of dates");
        }
        Ok(())
    }
}
