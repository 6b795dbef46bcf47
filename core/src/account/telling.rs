//! What a record tells other logs: the ready commands that follow from its other events, and no others.

use super::apply::{Change, Done, mismatch};
use super::event::AccountEvent;
use crate::audit::Intent;

impl Change<'_> {
    /// A ready command follows from an event: the record states it next.
    pub(super) fn tell(&mut self, intent: Intent) {
        self.told.push_back(intent);
    }

    /// A ready command is what follows from the event before it, to the last byte.
    pub(super) fn said(&mut self, intent: &Intent) -> Done {
        match self.told.pop_front() {
            Some(told) if told == *intent => Ok(()),
            _ => mismatch("intent", &intent.id, "does not follow from the event before it"),
        }
    }

    /// Every ready command stands behind the event that it follows from and its tasks, before any other event.
    pub(super) fn all_said(&self, next: Option<&AccountEvent>) -> Done {
        let goes_on = matches!(next, Some(AccountEvent::Intent(_) | AccountEvent::TaskEmitted(_)));
        match self.told.front() {
            Some(told) if !goes_on => mismatch("intent", &told.id, "is left out"),
            _ => Ok(()),
        }
    }
}
