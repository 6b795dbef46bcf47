//! Ready commands: what a record hands on to another log, under an id that nobody else can take.

use super::{AuditError, Command, Document, Intent, LogAddress, Stamp, derived_id};
use crate::canon::{Canonical, sha256};
use crate::id::Id;

/// What the id of every ready command begins with, and that of no other.
const READY: &str = "ready:";

/// Who sends a command, by what it asks or by what its record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// People.
    Person,
    /// Another log, by a ready command under this id: its kind and what it is about.
    Log(Id),
    /// Either of them.
    Either(Id),
}

/// An action that people ask for, or that one log hands on to another.
pub trait Ready {
    /// Who sends it.
    fn sender(&self) -> Sender;
}

/// The id of a ready command of a kind about something; a digest of them where they would be too long together
/// or could be read in two ways.
pub(crate) fn ready_id(parts: &[&str]) -> Id {
    let id = derived_id(parts);
    Id::new(&format!("{READY}{id}"))
        .unwrap_or_else(|_| Id::of_digits(&format!("{READY}{}", sha256(id.as_str().as_bytes()))))
}

impl Intent {
    /// A ready command with an action for another log, under the stamp of the system.
    pub(crate) fn new(id: Id, action: impl Canonical, log: LogAddress, stamp: Stamp) -> Self {
        let command = Command { action, expect: None, id: id.clone(), log: log.clone(), salt: None, stamp };
        Self { command: Document::of(&command), id, log }
    }
}

/// Whether a command is a ready command by its id, by its stamp and by its sender, or by none of them.
pub(super) fn check(id: &Id, stamp: &Stamp, sender: &Sender) -> Result<(), AuditError> {
    let starts = id.as_str().starts_with(READY);
    if !stamp.is_system() {
        let (actor, role) = (stamp.actor.to_string(), stamp.role.to_string());
        return match sender {
            _ if starts => Err(AuditError::ReadyReserved { id: id.to_string(), actor, role }),
            Sender::Log(ready) => Err(AuditError::ReadyOnly { id: ready.to_string(), actor, role }),
            Sender::Person | Sender::Either(_) => Ok(()),
        };
    }
    match sender {
        _ if !starts => Err(expected(format!("an id that begins with `{READY}`"), id)),
        Sender::Log(ready) | Sender::Either(ready) if ready == id => Ok(()),
        Sender::Log(ready) | Sender::Either(ready) => Err(expected(format!("the id `{ready}`"), id)),
        Sender::Person => Err(expected("what a record hands on".to_owned(), id)),
    }
}

fn expected(expected: String, got: &Id) -> AuditError {
    AuditError::ReadyCommand { expected, got: got.to_string() }
}
