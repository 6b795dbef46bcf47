//! Where the work of a ticket is, and what was written off of an item: found without looking at all there is.

use std::collections::BTreeSet;

use super::apply::Change;
use super::state::Account;
use crate::id::Id;
use crate::invoice::Draft;
use crate::work::Entry;

/// Ids of what was ever captured and billed of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Whereabouts {
    entries: BTreeSet<Id>,
    invoices: BTreeSet<Id>,
}

/// One of the two.
type Ids = fn(&mut Whereabouts) -> &mut BTreeSet<Id>;

impl Account {
    /// Unbilled entries of a ticket, by id.
    pub(super) fn unbilled_of<'a>(&'a self, ticket: &Id) -> impl Iterator<Item = &'a Entry> {
        let ticket = ticket.clone();
        let known = self.whereabouts.get(&ticket).into_iter().flat_map(|known| &known.entries);
        // An entry may have moved to another ticket since.
        let here = known.filter_map(|id| self.unbilled.get(id)).map(AsRef::as_ref);
        here.filter(move |entry| entry.ticket.as_ref() == Some(&ticket))
    }

    /// Ids of the invoices that ever billed work of some tickets, void ones among them.
    pub(super) fn invoices_of<'t>(&self, tickets: impl Iterator<Item = &'t Id>) -> BTreeSet<&Id> {
        tickets.filter_map(|ticket| self.whereabouts.get(ticket)).flat_map(|known| &known.invoices).collect()
    }
}

impl Change<'_> {
    /// Remembers the ticket of an entry.
    pub(super) fn note_entry(&mut self, entry: &Entry) {
        if let Some(ticket) = &entry.ticket {
            self.note(ticket, |known| &mut known.entries, &entry.id);
        }
    }

    /// Remembers the tickets of a draft.
    pub(super) fn note_draft(&mut self, draft: &Draft) {
        let charges = draft.lines.iter().flat_map(|line| &line.charges);
        let tickets: BTreeSet<&Id> = charges.filter_map(|charge| charge.ticket.as_ref()).collect();
        for ticket in tickets {
            self.note(ticket, |known| &mut known.invoices, &draft.id);
        }
    }

    fn note(&mut self, ticket: &Id, ids: Ids, id: &Id) {
        let known = self.account.whereabouts.entry(ticket.clone()).or_default();
        if !ids(known).insert(id.clone()) {
            return;
        }
        let (ticket, id) = (ticket.clone(), id.clone());
        self.undo(move |account| {
            let Some(known) = account.whereabouts.get_mut(&ticket) else { return };
            ids(known).remove(&id);
            if *known == Whereabouts::default() {
                account.whereabouts.remove(&ticket);
            }
        });
    }
}
