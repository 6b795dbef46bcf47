use std::sync::Arc;

use super::kept::Kept;
use super::key::Key;
use super::merkle::{MerkleTree, leaf_hash};
use super::period::{self, ClosePeriod, Closed, Closeness, PeriodEvent, ReopenPeriod};
use super::{
    AuditError, Command, Extension, Head, Intent, LogAddress, Ready, Record, Recorded, Sender, Stamp, ready,
};
use crate::calendar::{Date, Instant};
use crate::canon::{Canonical, Digest};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::{Id, Places};

/// How far the clocks of two hosts that write one log may lie apart, in seconds: the five minutes that
/// Kerberos (RFC 4120) allows.
const CLOCK_TOLERANCE: i64 = 300;

/// What a log remembers of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Done {
    command: Key,
    content: Digest,
    hash: Digest,
}

/// The spine of a log: its address, its head, and which commands it has recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    address: LogAddress,
    head: Head,
    /// By sequence, from 1.
    done: Vec<Done>,
    /// Where each command stands among them.
    commands: Places<Key>,
    closed: Option<Closed>,
    /// What it handed on to other logs, with the sequence of the record, in order.
    told: Vec<(u64, Arc<Intent>)>,
    /// When the last record was written.
    written: Option<Instant>,
    /// Over the hashes of the records, as far as somebody asked for it: most who decide never do.
    tree: Kept<Arc<MerkleTree>>,
}

impl Chain {
    /// An empty log.
    #[must_use]
    pub fn new(address: LogAddress) -> Self {
        Self {
            address,
            head: Head { hash: Digest::ZERO, seq: 0 },
            done: Vec::new(),
            commands: Places::new(),
            closed: None,
            told: Vec::new(),
            written: None,
            tree: Kept::default(),
        }
    }

    /// The log's address.
    #[must_use]
    pub const fn address(&self) -> &LogAddress {
        &self.address
    }

    /// The last record.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// The sequence after the last.
    #[must_use]
    pub const fn next(&self) -> u64 {
        self.head.seq.saturating_add(1)
    }

    /// The Merkle tree over the hashes of the records. It grows by those that came since somebody last asked.
    #[must_use]
    pub fn tree(&self) -> Arc<MerkleTree> {
        self.tree.with(|tree| {
            let known = usize::try_from(tree.size()).unwrap_or(usize::MAX);
            if known < self.done.len() {
                let grown = Arc::make_mut(tree);
                let leaves = self.done.iter().skip(known);
                leaves.for_each(|done| grown.push(leaf_hash(done.hash.bytes())));
            }
            Arc::clone(tree)
        })
    }

    /// The hash of a record, by its sequence.
    #[must_use]
    pub fn hash_at(&self, seq: u64) -> Option<Digest> {
        let place = usize::try_from(seq).ok()?.checked_sub(1)?;
        self.done.get(place).map(|done| done.hash)
    }

    /// Proves that the log only grew from one sequence to another; to the last when left out.
    ///
    /// # Errors
    /// [`AuditError::SequenceUnknown`].
    pub fn extension(&self, from: u64, to: Option<u64>) -> Result<Extension, AuditError> {
        let last = self.head.seq;
        let to = to.unwrap_or(last);
        let unknown = |least, got| AuditError::SequenceUnknown { least, last, got };
        if to > last {
            return Err(unknown(from, to));
        }
        let path = self.tree().extension(from, to).ok_or_else(|| unknown(0, from))?;
        Ok(Extension { from, log: self.address.clone(), path, to })
    }

    /// Which days are closed.
    #[must_use]
    pub const fn closed(&self) -> Option<&Closed> {
        self.closed.as_ref()
    }

    /// The first day from a date on that is not closed hard: from when something counts that belongs to a closed
    /// day.
    #[must_use]
    pub fn first_open(&self, date: Date) -> Date {
        let hard = self.closed.as_ref().and_then(|closed| closed.hard);
        let open = hard.and_then(|through| through.plus_days(1).ok());
        open.map_or(date, |open| open.max(date))
    }

    /// A stamp as this log records it. What another log has recorded is carried out whatever is closed here,
    /// because refusing it would strand money: it takes effect on the first open day and keeps its own beside
    /// it. The time never goes back, so that what was known at a moment stays what was known: it waits for a clock
    /// that is a little late, and for a ready command, which says when its cause was recorded.
    /// Nothing where the stamp stays as it is.
    pub(super) fn stamped(&self, stamp: &Stamp) -> Result<Option<Stamp>, AuditError> {
        let system = stamp.is_system();
        let written = self.written.filter(|written| stamp.at < *written);
        if let Some(written) = written.filter(|written| written.seconds_since(stamp.at) > CLOCK_TOLERANCE)
            && !system
        {
            return Err(behind(written, stamp.at));
        }
        let effective = if system { self.first_open(stamp.effective) } else { stamp.effective };
        self.check_open(effective)?;
        if written.is_none() && effective == stamp.effective {
            return Ok(None);
        }
        let moved = (effective != stamp.effective).then_some(stamp.effective);
        Ok(Some(Stamp {
            at: written.unwrap_or(stamp.at),
            effective,
            occurred: stamp.occurred.or(moved),
            ..stamp.clone()
        }))
    }

    /// Whether a record with this stamp may stand next in the log.
    fn check_stamp(&self, stamp: &Stamp) -> Result<(), AuditError> {
        match self.written.filter(|written| stamp.at < *written) {
            Some(written) => Err(behind(written, stamp.at)),
            None => self.check_open(stamp.effective),
        }
    }

    /// Whether something may take effect on a date.
    ///
    /// # Errors
    /// [`AuditError::PeriodClosed`] on a day that is closed hard.
    pub fn check_open(&self, effective: Date) -> Result<(), AuditError> {
        self.closed.as_ref().map_or(Ok(()), |closed| closed.check(Closeness::Hard, effective))
    }

    /// What is to be said of a record that takes effect on a day that is closed softly.
    pub(super) fn softly_closed(&self, effective: Date) -> Option<Finding> {
        let closed = self.closed.as_ref()?;
        closed.check(Closeness::Soft, effective).err().map(|error| Finding::new(Severity::Warn, &error))
    }

    /// Decides at a time to close days: later ones than before, or the same ones more firmly.
    ///
    /// # Errors
    /// [`AuditError::PeriodOrder`] or [`AuditError::PeriodAhead`].
    pub fn close(&self, asked: &ClosePeriod, at: Instant) -> Result<PeriodEvent, AuditError> {
        period::close(self.closed.as_ref(), asked, at)
    }

    /// Decides to reopen days: one person asks with a reason, a second with one of the roles agrees.
    ///
    /// # Errors
    /// [`AuditError::PeriodOpen`], [`AuditError::ReopenRole`], [`AuditError::ReopenReason`] or
    /// [`AuditError::ReopenTwice`].
    pub fn reopen(
        &self,
        asked: &ReopenPeriod,
        stamp: &Stamp,
        roles: &[Id],
    ) -> Result<PeriodEvent, AuditError> {
        period::reopen(self.closed.as_ref(), asked, stamp, roles)
    }

    /// Applies an event about closed days that was recorded at a time; gives what stood before, for taking it back.
    ///
    /// # Errors
    /// [`AuditError::StateMismatch`], [`AuditError::PeriodOrder`] or [`AuditError::PeriodAhead`] when the event does
    /// not fit.
    pub fn change_period(&mut self, event: &PeriodEvent, at: Instant) -> Result<Option<Closed>, AuditError> {
        let after = period::after(self.closed.as_ref(), event, (self.next(), at))?;
        Ok(core::mem::replace(&mut self.closed, after))
    }

    /// Takes back a change of the closed days.
    pub(crate) fn restore_period(&mut self, closed: Option<Closed>) {
        self.closed = closed;
    }

    /// The ready commands that its records handed on to other logs, each with the sequence of its record, in order.
    pub fn told(&self) -> impl Iterator<Item = (u64, &Intent)> {
        self.told.iter().map(|(seq, intent)| (*seq, intent.as_ref()))
    }

    /// Where a command was recorded.
    #[must_use]
    pub fn recorded(&self, command: &Id) -> Option<Head> {
        self.find(command).map(|(seq, done)| Head { hash: done.hash, seq })
    }

    /// Whether an id is the sequence of a record here, written as its number is: `7`, not `07`.
    pub(crate) fn holds(&self, id: &Id) -> bool {
        let seq = id.as_str().parse::<u64>().ok().filter(|seq| seq.to_string() == id.as_str());
        seq.is_some_and(|seq| (1..=self.head.seq).contains(&seq))
    }

    /// The hash of a record by its sequence.
    #[must_use]
    pub fn hash(&self, seq: u64) -> Option<Digest> {
        let place = usize::try_from(seq).ok()?.checked_sub(1)?;
        self.done.get(place).map(|done| done.hash)
    }

    fn find(&self, command: &Id) -> Option<(u64, &Done)> {
        self.find_key(&Key::of(command))
    }

    fn find_key(&self, key: &Key) -> Option<(u64, &Done)> {
        let place =
            self.commands.find(key, |place| self.done.get(place).is_some_and(|one| one.command == *key))?;
        let seq = u64::try_from(place).ok()?.checked_add(1)?;
        self.done.get(place).map(|done| (seq, done))
    }

    /// Whether a command is a repetition of a recorded one, and fits the log at all.
    ///
    /// # Errors
    /// [`AuditError::LogMismatch`], [`AuditError::ReadyReserved`], [`AuditError::ReadyCommand`],
    /// [`AuditError::ReadyOnly`], [`AuditError::CommandConflict`] or [`AuditError::HeadConflict`].
    pub(super) fn admit<A: Ready>(
        &self,
        command: &Command<A>,
        content: Digest,
    ) -> Result<Option<Head>, AuditError> {
        if command.log != self.address {
            return Err(AuditError::LogMismatch {
                expected: self.address.to_string(),
                got: command.log.to_string(),
            });
        }
        ready::check(&command.id, &command.stamp, &command.action.sender())?;
        if let Some((seq, done)) = self.find(&command.id) {
            if done.content == content {
                return Ok(Some(Head { hash: done.hash, seq }));
            }
            return Err(AuditError::CommandConflict { id: command.id.to_string(), seq });
        }
        match &command.expect {
            Some(expected) if *expected != self.head => {
                Err(AuditError::HeadConflict { expected: expected.seq, actual: self.head.seq })
            }
            _ => Ok(None),
        }
    }

    /// Whether a record continues this log, given who sends a command that does what it says; gives what
    /// [`Chain::advance`] asks for.
    ///
    /// # Errors
    /// [`AuditError::LogMismatch`], [`AuditError::SequenceGap`], [`AuditError::PreviousHash`],
    /// [`AuditError::ReadyReserved`], [`AuditError::ReadyCommand`] or [`AuditError::ReadyOnly`] when its command
    /// could not have that id and stamp, [`AuditError::CommandConflict`] when it is recorded already, [`AuditError::ClockBehind`] or
    /// [`AuditError::PeriodClosed`].
    pub fn check<E>(&self, record: &Record<E>, sender: &Sender) -> Result<Continues, Refusal> {
        let command = Key::of(&record.command.id);
        let error = if record.log != self.address {
            AuditError::LogMismatch { expected: self.address.to_string(), got: record.log.to_string() }
        } else if record.seq != self.next() {
            AuditError::SequenceGap { expected: self.next(), got: record.seq }
        } else if record.previous != self.head.hash {
            AuditError::PreviousHash {
                expected: self.head.hash.to_string(),
                got: record.previous.to_string(),
            }
        } else if let Err(error) = ready::check(&record.command.id, &record.stamp, sender) {
            error
        } else if let Some((seq, _)) = self.find_key(&command) {
            AuditError::CommandConflict { id: record.command.id.to_string(), seq }
        } else if let Err(error) = self.check_stamp(&record.stamp) {
            error
        } else {
            return Ok(Continues { command });
        };
        Err(Refusal::because(&error))
    }

    /// Moves the head over a record that was checked; `intent` gives the ready command that an event carries.
    pub fn advance<E: Canonical>(
        &mut self,
        recorded: &Recorded<E>,
        continues: Continues,
        intent: impl Fn(&E) -> Option<&Intent>,
    ) {
        let record = recorded.record();
        let told = record.events.iter().filter_map(intent);
        self.told.extend(told.map(|intent| (record.seq, Arc::new(intent.clone()))));
        self.head = Head { hash: recorded.stored().hash, seq: record.seq };
        self.commands.add(&continues.command, self.done.len());
        let Continues { command } = continues;
        self.done.push(Done { command, content: record.command.digest, hash: self.head.hash });
        self.written = Some(record.stamp.at);
    }
}

fn behind(written: Instant, got: Instant) -> AuditError {
    AuditError::ClockBehind { head: written.to_string(), tolerance: CLOCK_TOLERANCE, got: got.to_string() }
}

/// That a record was found to continue its log.
#[derive(Debug)]
pub struct Continues {
    command: Key,
}
