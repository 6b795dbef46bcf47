//! Ready commands: what a record hands on to another log, under an id that nobody else can take.

use super::{AuditError, Command, Document, Intent, LogAddress, Stamp, derived_id};
use crate::canon::{Canonical, sha256};
use crate::id::Id;

/// What the id of every ready command begins with, and that of no other.
const READY: &str = "ready:";

/// An action that one log can hand on to another, or a person can ask for.
pub trait Ready {
    /// The id of the ready command that hands this action on: its kind and what it is about. None for what no
    /// record hands on.
    fn ready_id(&self) -> Option<Id>;
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

/// Whether a command is a ready command by its id, by its stamp and by its action, or by none of them.
pub(super) fn check_command<A: Ready>(command: &Command<A>) -> Result<(), AuditError> {
    check_id(&command.id, &command.stamp)?;
    if !command.stamp.is_system() {
        return Ok(());
    }
    match command.action.ready_id() {
        Some(id) if id == command.id => Ok(()),
        Some(id) => Err(expected(format!("the id `{id}`"), &command.id)),
        None => Err(expected("an action that a record hands on".to_owned(), &command.id)),
    }
}

/// Whether a command is a ready command by its id and by its stamp, or by neither.
pub(super) fn check_id(id: &Id, stamp: &Stamp) -> Result<(), AuditError> {
    match (id.as_bytes().starts_with(READY.as_bytes()), stamp.is_system()) {
        (true, true) | (false, false) => Ok(()),
        (false, true) => Err(expected(format!("an id that begins with `{READY}`"), id)),
        (true, false) => {
            let (actor, role) = (stamp.actor.to_string(), stamp.role.to_string());
            Err(AuditError::ReadyReserved { id: id.to_string(), actor, role })
        }
    }
}

fn expected(expected: String, got: &Id) -> AuditError {
    AuditError::ReadyCommand { expected, got: got.to_string() }
}
