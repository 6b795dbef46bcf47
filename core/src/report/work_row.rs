//! The upserts of tickets and of work.

use core::borrow::Borrow;

use super::row::{Row, RowTable};
use crate::account::Captured;
use crate::calendar::Date;
use crate::id::Id;
use crate::rating::{Charge, ChargeSource};
use crate::work::{Entry, Ticket, Work};

/// The rows of what was captured.
pub(super) fn captured(captured: &Captured) -> Vec<Row> {
    let entries = captured.entries.iter().map(|one| entry(one, &captured.tickets));
    captured.tickets.iter().map(|one| ticket(one)).chain(entries).collect()
}

/// The row of a ticket: whose its work is, and what it is billed by.
pub(super) fn ticket(ticket: &Ticket) -> Row {
    let named = |id: &Option<Id>| id.as_ref().map_or(String::new(), ToString::to_string);
    Row::new(RowTable::Ticket, &ticket.id)
        .set("agreement", named(&ticket.agreement))
        .set("closed", ticket.closed.map_or(String::new(), |at| at.to_string()))
        .set("customer", &ticket.customer)
        .set("priority", named(&ticket.priority))
        .set("project", named(&ticket.project))
        .set("site", named(&ticket.site))
        .set("status", named(&ticket.status))
        .set("type", named(&ticket.ticket_type))
}

/// The row of an entry. Its customer is its own, or that of its ticket among some: of a ticket that came
/// before, the row of the ticket says it.
pub(super) fn entry(entry: &Entry, tickets: &[impl Borrow<Ticket>]) -> Row {
    let named = |id: &Option<Id>| id.as_ref().map_or(String::new(), ToString::to_string);
    let ticket = entry
        .ticket
        .as_ref()
        .and_then(|id| tickets.iter().map(Borrow::borrow).find(|ticket: &&Ticket| ticket.id == *id));
    let row = Row::new(RowTable::Entry, &entry.id)
        .set("agent", named(&entry.agent))
        .set("code", named(&entry.code))
        .set("revision", entry.revision)
        .set("seconds", entry.seconds())
        .set("ticket", named(&entry.ticket));
    let row = match &entry.work {
        Work::Part(part) => row.set("date", part.date),
        Work::Time(time) => {
            let day = Date::new(time.start.utc().date_naive()).map_or(String::new(), |day| day.to_string());
            row.set("date", day).set("end", time.end).set("start", time.start)
        }
    };
    match ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref()) {
        Some(customer) => row.set("customer", customer),
        None => row,
    }
}

/// What a charge of a line makes known of what it was made from.
pub(super) fn charged(charge: &Charge, customer: &Id, invoice: &Id) -> Row {
    let row = Row::new(source_table(charge.source), &charge.entry).set("invoice", invoice);
    match charge.source {
        // The day of work is that of its customer's zone, which is known since it is priced.
        ChargeSource::Entry => row.set("customer", customer).set("date", charge.date),
        ChargeSource::Sale | ChargeSource::Fee | ChargeSource::Deposit => row,
    }
}

/// The table of what a charge was made from.
pub(super) const fn source_table(source: ChargeSource) -> RowTable {
    match source {
        ChargeSource::Entry => RowTable::Entry,
        ChargeSource::Sale => RowTable::Sale,
        ChargeSource::Fee => RowTable::Fee,
        ChargeSource::Deposit => RowTable::Deposit,
    }
}
