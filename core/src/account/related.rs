//! What content belongs to: the documents, tickets and disputes behind what it is about.

use std::collections::{BTreeMap, BTreeSet};

use super::state::Account;
use crate::calendar::{Date, Instant};
use crate::canon::Digest;
use crate::id::Id;
use crate::invoice::DocumentState;
use crate::rating::ChargeSource;
use crate::retention::{About, AboutKind, Candidate, ContentKind};

/// Which invoices bill which tickets and entries, void ones among them.
pub(super) struct Links<'a> {
    entries: BTreeMap<&'a Id, BTreeSet<&'a Id>>,
    tickets: BTreeMap<&'a Id, BTreeSet<&'a Id>>,
}

/// Everything that content belongs to.
pub(super) struct Related {
    disputes: BTreeSet<Id>,
    pub(super) documents: BTreeSet<Id>,
    own: About,
    tickets: BTreeSet<Id>,
}

impl Related {
    /// Whether something that a hold is about is among it.
    pub(super) fn covers(&self, about: &About) -> bool {
        let id = &about.id;
        self.own == *about
            || match about.kind {
                AboutKind::Approval | AboutKind::Document => self.documents.contains(id),
                AboutKind::Dispute => self.disputes.contains(id),
                AboutKind::Ticket => self.tickets.contains(id),
                AboutKind::Entry | AboutKind::Receipt | AboutKind::Record => false,
            }
    }
}

impl<'a> Links<'a> {
    pub(super) fn of(account: &'a Account) -> Self {
        let mut links = Self { entries: BTreeMap::new(), tickets: BTreeMap::new() };
        for invoice in account.invoices.values() {
            let id = &invoice.draft.id;
            for line in &invoice.draft.lines {
                if let Some(ticket) = &line.ticket {
                    links.tickets.entry(ticket).or_default().insert(id);
                }
                let worked = line.charges.iter().filter(|charge| charge.source == ChargeSource::Entry);
                for charge in worked {
                    links.entries.entry(&charge.entry).or_default().insert(id);
                    if let Some(ticket) = &charge.ticket {
                        links.tickets.entry(ticket).or_default().insert(id);
                    }
                }
            }
        }
        links
    }

    /// Everything behind what content is about.
    pub(super) fn related(&self, account: &Account, about: &About) -> Related {
        let id = &about.id;
        let named = |found: Option<&BTreeSet<&Id>>| -> BTreeSet<Id> {
            found.into_iter().flatten().map(|id| (*id).clone()).collect()
        };
        let of_item = |id: &Id| core::iter::once(id.clone()).chain(account.taken_from(id).cloned()).collect();
        let (documents, own_ticket) = match about.kind {
            AboutKind::Approval | AboutKind::Document => (of_item(id), None),
            AboutKind::Dispute => {
                let dispute = account.disputes.get(id);
                (dispute.into_iter().map(|dispute| dispute.opened.invoice.clone()).collect(), None)
            }
            AboutKind::Entry => (named(self.entries.get(id)), account.entry_ticket(id)),
            AboutKind::Receipt | AboutKind::Record => (BTreeSet::new(), None),
            AboutKind::Ticket => (named(self.tickets.get(id)), Some(id.clone())),
        };
        let mut tickets: BTreeSet<Id> = own_ticket.into_iter().collect();
        if !matches!(about.kind, AboutKind::Entry | AboutKind::Ticket) {
            let invoices = documents.iter().filter_map(|id| account.invoices.get(id));
            let lines = invoices.flat_map(|invoice| &invoice.draft.lines);
            tickets.extend(lines.filter_map(|line| line.ticket.clone()));
        }
        let disputes = account.disputes.values().filter(|one| documents.contains(&one.opened.invoice));
        let disputes = disputes.map(|one| one.opened.dispute.clone()).collect();
        Related { disputes, documents, own: about.clone(), tickets }
    }
}

impl Account {
    /// The document that a credit note, write-off, refund or void takes from.
    pub(super) fn taken_from(&self, id: &Id) -> Option<&Id> {
        let credited = self.credits.get(id).map(|credit| &credit.note.invoice);
        let written = || self.write_offs.get(id).map(|down| &down.write_off.item);
        let refunded = || self.refunds.get(id).and_then(|one| one.refund.item());
        let voided = || self.voidings.get(id).map(|voiding| &voiding.invoice);
        credited.or_else(written).or_else(refunded).or_else(voided)
    }

    fn entry_ticket(&self, id: &Id) -> Option<Id> {
        let billed = self.billed.get(id).map(|billed| &billed.entry);
        self.unbilled.get(id).or(billed)?.ticket.clone()
    }

    /// Content with everything that decides how long it is kept, as of a date.
    pub(super) fn candidate(
        &self,
        links: &Links<'_>,
        (content, id, hash): (ContentKind, Id, Option<Digest>),
        about: &About,
        class: &Id,
        person: Option<&Id>,
        as_of: Date,
    ) -> Candidate {
        let related = links.related(self, about);
        Candidate {
            about: about.clone(),
            class: class.clone(),
            closed: self.closed_on(about),
            content,
            decided: self.decided_on(about, &related),
            disputes: self.disputes_on(&related),
            hash,
            holds: self.holds_on(&related, person),
            id,
            issued: self.issued_on(&related),
            name: None,
            person: person.cloned(),
            settled: self.settled_on(about, &related, as_of),
            spent: None,
        }
    }

    fn closed_on(&self, about: &About) -> Option<Date> {
        let ticket = match about.kind {
            AboutKind::Ticket => Some(about.id.clone()),
            AboutKind::Entry => self.entry_ticket(&about.id),
            AboutKind::Approval
            | AboutKind::Dispute
            | AboutKind::Document
            | AboutKind::Receipt
            | AboutKind::Record => None,
        };
        day(self.tickets.get(&ticket?)?.closed?)
    }

    /// The last day on which somebody decided on what content is about.
    fn decided_on(&self, about: &About, related: &Related) -> Option<Date> {
        if about.kind == AboutKind::Dispute {
            return self.disputes.get(&about.id)?.closed.as_ref().map(|closed| closed.effective);
        }
        let requests = related.documents.iter().filter_map(|id| self.requests.get(id));
        let times = requests.filter_map(|request| {
            let last = request.decisions().last().map(|decision| decision.at);
            last.max(request.lapsed().map(|lapsed| lapsed.at.recorded))
        });
        times.max().and_then(day)
    }

    /// The last day on which a document of it was issued, once all are.
    fn issued_on(&self, related: &Related) -> Option<Date> {
        let items = self.live(related).map(|id| self.ledger.item(id).ok().map(|item| item.terms().issued));
        items.collect::<Option<Vec<Date>>>()?.into_iter().max()
    }

    /// Documents that stand, or could come to stand; a void one bills nothing.
    fn live<'r>(&'r self, related: &'r Related) -> impl Iterator<Item = &'r Id> {
        let is_void = |id: &Id| self.invoices.get(id).is_some_and(|one| one.state == DocumentState::Void);
        related.documents.iter().filter(move |id| !is_void(id) || related.own.id == **id)
    }

    /// From when nothing is open on any document of it, and nothing of it is left to bill. A ticket that
    /// never comes on an invoice counts from the day it was closed.
    fn settled_on(&self, about: &About, related: &Related, as_of: Date) -> Option<Date> {
        let waits = match about.kind {
            AboutKind::Entry => self.unbilled.contains_key(&about.id),
            AboutKind::Ticket => self.unbilled.values().any(|entry| entry.ticket.as_ref() == Some(&about.id)),
            AboutKind::Approval
            | AboutKind::Dispute
            | AboutKind::Document
            | AboutKind::Receipt
            | AboutKind::Record => false,
        };
        if waits {
            return None;
        }
        let settled = self.live(related).map(|id| self.item_settled(id, as_of));
        let settled = settled.collect::<Option<Vec<Date>>>()?.into_iter().max();
        settled.or_else(|| self.closed_on(about))
    }

    fn item_settled(&self, id: &Id, as_of: Date) -> Option<Date> {
        let item = self.ledger.item(id).ok().filter(|item| item.opened() <= as_of)?;
        if !item.open_at(as_of).is_zero() {
            return None;
        }
        let days = item.movements().iter().map(|movement| movement.effective).filter(|day| *day <= as_of);
        Some(days.max().unwrap_or_else(|| item.opened()))
    }
}

/// The day of an instant, in universal time.
fn day(at: Instant) -> Option<Date> {
    Date::new(at.utc().date_naive()).ok()
}
