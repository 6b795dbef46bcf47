//! WIP to cash in seconds: where the time that was recorded stands, each second in one place.

use std::collections::{BTreeMap, BTreeSet};

use crate::account::{Account, Credited, Invoice};
use crate::approval::Lapse;
use crate::calendar::{Date, Zone};
use crate::canon::shape;
use crate::id::Id;
use crate::invoice::{CreditEffect, DocumentState};
use crate::rating::{Charge, ChargeSource};
use crate::rulebook::Rulebook;
use crate::work::{Billable, Entry, Work};

shape! {
    /// Recorded seconds before increments, by where they stand; all of them together are what was recorded.
    pub struct WorkSeconds {
        /// On issued invoices, to be paid.
        pub billed: u64,
        /// On issued invoices, drawn from prepaid blocks.
        pub covered: u64,
        /// Not charged: because whoever captured or approved it said so, or on issued invoices for nothing.
        pub no_charge: u64,
        /// All that was recorded.
        pub recorded: u64,
        /// On drafts that nobody approved yet, or somebody rejected, and work that is held until a customer consents.
        pub unapproved: u64,
        /// Work in progress: not billed yet, or on an approved draft that waits for its number.
        pub wip: u64,
        /// Given up: without consent, or credited and never billed again.
        pub written_down: u64,
    }
}

shape! {
    /// Where the work of an account stands.
    pub struct AccountWork {
        /// The payer.
        pub account: Id,
        /// Its recorded seconds.
        pub seconds: WorkSeconds,
    }
}

/// Where a part of an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Billed,
    Covered,
    NoCharge,
    Unapproved,
    Wip,
    WrittenDown,
}

impl WorkSeconds {
    pub(super) const NONE: Self =
        Self { billed: 0, covered: 0, no_charge: 0, recorded: 0, unapproved: 0, wip: 0, written_down: 0 };

    fn add(&mut self, place: Place, seconds: u64) {
        let at = match place {
            Place::Billed => &mut self.billed,
            Place::Covered => &mut self.covered,
            Place::NoCharge => &mut self.no_charge,
            Place::Unapproved => &mut self.unapproved,
            Place::Wip => &mut self.wip,
            Place::WrittenDown => &mut self.written_down,
        };
        *at = at.saturating_add(seconds);
    }

    /// Adds other seconds.
    pub(super) fn plus(&mut self, other: &Self) {
        for (sum, more) in [
            (&mut self.billed, other.billed),
            (&mut self.covered, other.covered),
            (&mut self.no_charge, other.no_charge),
            (&mut self.recorded, other.recorded),
            (&mut self.unapproved, other.unapproved),
            (&mut self.wip, other.wip),
            (&mut self.written_down, other.written_down),
        ] {
            *sum = sum.saturating_add(more);
        }
    }
}

/// What stands on live invoices of a day: of each entry its invoice, and its seconds by place.
type Standing<'a> = BTreeMap<&'a Id, (&'a Invoice, Vec<(Place, u64)>)>;

/// Where the work of accounts stands at the end of a day, or as it stands, by payer. Work counts from the day it was done, where it
/// is now: what moved with its customer stands at its new payer, and what is on its way at the old one.
pub(super) fn work(accounts: &[&Account], rulebook: &Rulebook, as_of: Option<Date>) -> Vec<AccountWork> {
    let arrived: BTreeSet<&Id> =
        accounts.iter().flat_map(|account| account.admissions()).map(|(key, _)| key).collect();
    let row = |account: &&Account| AccountWork {
        account: account.payer().clone(),
        seconds: of_account(account, rulebook, as_of, &arrived),
    };
    let mut rows: Vec<AccountWork> = accounts.iter().map(row).collect();
    rows.sort_by(|a, b| a.account.cmp(&b.account));
    rows
}

fn of_account(
    account: &Account,
    rulebook: &Rulebook,
    as_of: Option<Date>,
    arrived: &BTreeSet<&Id>,
) -> WorkSeconds {
    let standing = standing(account, as_of);
    // The document that nobody consented to was voided on the day from which its work waits or is given up.
    let by_then = |subject: &Id| match (account.invoice(subject), as_of) {
        (Ok(invoice), Some(day)) => invoice.state_at(day) == Some(DocumentState::Void),
        _ => true,
    };
    let lapsed =
        account.lapsed().filter(|one| one.work.source == ChargeSource::Entry && by_then(&one.subject));
    let lapsed: BTreeMap<&Id, Lapse> = lapsed.map(|one| (&one.work.id, one.lapse)).collect();
    let mut sum = WorkSeconds::NONE;
    let billed = account.billed().map(|billed| (billed.entry.as_ref(), Some(&billed.invoice)));
    let unbilled = account.unbilled().map(|entry| (entry, None));
    let gone = account.transfers().filter(|(key, _)| !arrived.contains(key));
    let gone = gone.flat_map(|(_, transfer)| transfer.released.belongings.entries.iter());
    for (entry, invoice) in billed.chain(unbilled).chain(gone.map(|entry| (entry, None))) {
        let Some(done) = done_on(account, rulebook, entry) else { continue };
        if as_of.is_some_and(|day| done > day) {
            continue;
        }
        match standing.get(&entry.id) {
            Some((on, parts)) => {
                // What stood on an invoice of that day may have been corrected since.
                let stood = parts.iter().fold(0_u64, |sum, (_, seconds)| sum.saturating_add(*seconds));
                let is_now = invoice == Some(&on.draft.id);
                sum.recorded =
                    sum.recorded.saturating_add(if is_now { entry.seconds().into() } else { stood });
                for (place, seconds) in parts {
                    let is_free = entry.billable == Billable::NoCharge && *place != Place::WrittenDown;
                    sum.add(if is_free { Place::NoCharge } else { *place }, *seconds);
                }
            }
            None => {
                let place = match lapsed.get(&entry.id) {
                    _ if entry.billable == Billable::NoCharge => Place::NoCharge,
                    Some(Lapse::Hold) => Place::Unapproved,
                    Some(Lapse::WriteOff) => Place::WrittenDown,
                    Some(Lapse::BillCovered) => Place::NoCharge,
                    Some(Lapse::Return) | None => Place::Wip,
                };
                sum.recorded = sum.recorded.saturating_add(entry.seconds().into());
                sum.add(place, entry.seconds().into());
            }
        }
    }
    sum
}

/// The day on which work was done, in the zone of its customer.
fn done_on(account: &Account, rulebook: &Rulebook, entry: &Entry) -> Option<Date> {
    let Work::Time(time) = &entry.work else { return None };
    let ticket = entry.ticket.as_ref().and_then(|id| account.ticket(id));
    let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
    let rules = customer.and_then(|customer| rulebook.rules(customer).ok());
    rules.map_or(Zone::UTC, |rules| rules.calendar.zone()).date(time.start).ok()
}

/// Where the work on invoices that stood at the end of a day is: not what a credit note released again.
fn standing(account: &Account, as_of: Option<Date>) -> Standing<'_> {
    let mut standing = Standing::new();
    for invoice in account.invoices() {
        let Some(place) = place_of(invoice, as_of) else { continue };
        let issued = |credit: &&Credited| {
            as_of.map_or(Some(credit.state), |day| credit.state_at(day)) == Some(DocumentState::Issued)
        };
        let credits: Vec<&Credited> = account.credits_of(&invoice.draft.id).filter(issued).collect();
        let mut own: BTreeMap<&Id, Vec<(Place, &Charge)>> = BTreeMap::new();
        for line in &invoice.draft.lines {
            let whole = |credit: &&&Credited| {
                credit.note.lines.iter().any(|credited| credited.line == line.id && credited.whole)
            };
            let place = match credits.iter().find(whole).map(|credit| credit.note.effect) {
                Some(CreditEffect::Rebill) => continue,
                Some(CreditEffect::Forgive) => Some(Place::WrittenDown),
                None => place,
            };
            for charge in line.charges.iter().filter(|charge| charge.source == ChargeSource::Entry) {
                own.entry(&charge.entry).or_default().push((place.unwrap_or_else(|| worth(charge)), charge));
            }
        }
        for (entry, charges) in own {
            // Of two invoices that both stood on a day that was recorded later, the one counts that stands now.
            let parts = parts(&charges);
            if invoice.state == DocumentState::Void {
                standing.entry(entry).or_insert((invoice, parts));
            } else {
                standing.insert(entry, (invoice, parts));
            }
        }
    }
    standing
}

/// Where everything on an invoice is at the end of a day: nothing where it does not stand, and each charge by its
/// worth where it is issued.
fn place_of(invoice: &Invoice, as_of: Option<Date>) -> Option<Option<Place>> {
    match as_of.map_or(Some(invoice.state), |day| invoice.state_at(day))? {
        DocumentState::AwaitingApproval | DocumentState::Rejected => Some(Some(Place::Unapproved)),
        DocumentState::Approved => Some(Some(Place::Wip)),
        DocumentState::Issued => Some(None),
        DocumentState::Void => None,
    }
}

/// Where a charge of an issued invoice is.
const fn worth(charge: &Charge) -> Place {
    if charge.no_charge {
        Place::NoCharge
    } else if charge.coverage.is_some() {
        Place::Covered
    } else {
        Place::Billed
    }
}

/// The worked seconds of an entry by place. A block that ends within a stretch of work covers the first of it,
/// and the charge of the rest states the seconds of both.
fn parts(charges: &[(Place, &Charge)]) -> Vec<(Place, u64)> {
    let mut parts = Vec::with_capacity(charges.len());
    for (place, charge) in charges {
        let drawn = charges.iter().find(|(_, other)| {
            other.start == charge.start && other.coverage.is_some() && charge.coverage.is_none()
        });
        let raw = u64::from(charge.raw_seconds);
        let covered = drawn.map_or(0, |(_, drawn)| drawn.billed_seconds().min(raw));
        if let Some((of, _)) = drawn {
            parts.push((*of, covered));
        }
        parts.push((*place, raw.saturating_sub(covered)));
    }
    parts
}
