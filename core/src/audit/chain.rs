use std::collections::BTreeMap;

use super::{AuditError, Command, Head, LogAddress, Record, Recorded};
use crate::canon::{Canonical, Digest, sha256};
use crate::finding::Refusal;
use crate::id::Id;

/// What a log remembers of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Done {
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
    /// Sequences by command; small, so that a long log is searched as fast as a short one.
    commands: BTreeMap<u128, u64>,
}

impl Chain {
    /// An empty log.
    #[must_use]
    pub const fn new(address: LogAddress) -> Self {
        Self { address, head: Head { hash: Digest::ZERO, seq: 0 }, done: Vec::new(), commands: BTreeMap::new() }
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

    /// Where a command was recorded.
    #[must_use]
    pub fn recorded(&self, command: &Id) -> Option<Head> {
        self.find(command).map(|(seq, done)| Head { hash: done.hash, seq })
    }

    fn find(&self, command: &Id) -> Option<(u64, &Done)> {
        let seq = *self.commands.get(&key(command))?;
        let place = usize::try_from(seq).ok()?.checked_sub(1)?;
        self.done.get(place).map(|done| (seq, done))
    }

    /// Whether a command is a repetition of a recorded one, and fits the log at all.
    ///
    /// # Errors
    /// [`AuditError::LogMismatch`], [`AuditError::CommandConflict`] or [`AuditError::HeadConflict`].
    pub(super) fn admit<A>(&self, command: &Command<A>, content: Digest) -> Result<Option<Head>, AuditError> {
        if command.log != self.address {
            return Err(AuditError::LogMismatch {
                expected: self.address.to_string(),
                got: command.log.to_string(),
            });
        }
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

    /// Whether a record continues this log.
    ///
    /// # Errors
    /// [`AuditError::LogMismatch`], [`AuditError::SequenceGap`], [`AuditError::PreviousHash`], or
    /// [`AuditError::CommandConflict`] when its command is recorded already.
    pub fn check<E>(&self, record: &Record<E>) -> Result<(), Refusal> {
        let error = if record.log != self.address {
            AuditError::LogMismatch { expected: self.address.to_string(), got: record.log.to_string() }
        } else if record.seq != self.next() {
            AuditError::SequenceGap { expected: self.next(), got: record.seq }
        } else if record.previous != self.head.hash {
            AuditError::PreviousHash {
                expected: self.head.hash.to_string(),
                got: record.previous.to_string(),
            }
        } else if let Some((seq, _)) = self.find(&record.command.id) {
            AuditError::CommandConflict { id: record.command.id.to_string(), seq }
        } else {
            return Ok(());
        };
        Err(Refusal::because(&error))
    }

    /// Moves the head over a record that was checked.
    pub fn advance<E: Canonical>(&mut self, recorded: &Recorded<E>) {
        let record = recorded.record();
        self.head = Head { hash: recorded.stored().hash, seq: record.seq };
        self.done.push(Done { content: record.command.digest, hash: self.head.hash });
        self.commands.insert(key(&record.command.id), record.seq);
    }
}

/// Half a digest of the id: enough against chance and forgery, half the memory.
fn key(id: &Id) -> u128 {
    let digest = sha256(id.as_str().as_bytes());
    digest.bytes().first_chunk().map_or(0, |half| u128::from_be_bytes(*half))
}
