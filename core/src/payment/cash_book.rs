use std::collections::BTreeMap;

use super::action::{PaidOut, Received, Refunded};
use super::{PaymentError, Plan, Receipt, Reservation, StatementEntry};
use crate::audit::{Chain, Detached, LogAddress, LogKind, Note, Passage};
use crate::calendar::{Date, Dated, Instant};
use crate::canon::words;
use crate::id::Id;
use crate::ledger::{Moment, Viewpoint};
use crate::money::{Currency, Minor};
use crate::retention::Words;

words! {
    /// Where a reservation stands.
    pub enum ReservationStatus {
        /// The account has not answered.
        Pending = "pending",
        /// The account applied it.
        Confirmed = "confirmed",
        /// The account refused it.
        Released = "released",
        /// The account took it back.
        Unapplied = "unapplied",
    }
}

/// A reservation with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReservationState {
    /// The reservation.
    pub reservation: Reservation,
    /// Where it stands.
    pub status: ReservationStatus,
    /// Where it stood before, and from when.
    pub(super) statuses: Dated<ReservationStatus>,
    /// From when the account had applied it, and when the book knew.
    pub confirmed: Option<Moment>,
    /// From when the account had taken it back.
    pub unapplied: Option<Moment>,
}

impl ReservationState {
    /// Where it stood at the end of a day, as far as was known; nothing before it was made.
    #[must_use]
    pub fn status_at(&self, at: impl Into<Viewpoint>) -> Option<ReservationStatus> {
        self.statuses.at(at)
    }

    pub(super) fn enter(&mut self, status: ReservationStatus, from: Moment) {
        self.status = status;
        self.statuses.push(from, status);
    }

    /// The cash of all its allocations.
    #[must_use]
    pub fn cash(&self) -> Minor {
        // Checked when it was reserved.
        self.reservation.cash().unwrap_or(Minor::ZERO)
    }

    /// Whether its money is spent: reserved or applied.
    pub(super) const fn is_live(&self) -> bool {
        matches!(self.status, ReservationStatus::Pending | ReservationStatus::Confirmed)
    }
}

/// What an account says of a reservation: from when it applied it, and from when it took it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Application {
    /// From when it is applied.
    pub applied: Moment,
    /// From when it is no longer.
    pub unapplied: Option<Moment>,
}

/// A receipt with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptState {
    /// The receipt as it came.
    pub receipt: Receipt,
    /// The bank line it came in.
    pub entry: Id,
    /// Its currency.
    pub currency: Currency,
    /// When it counts.
    pub value_date: Date,
    /// When it was recorded.
    pub recorded: Instant,
    /// The customer, once known.
    pub customer: Option<Id>,
    /// Whom it was assigned to, and when that was recorded.
    pub(super) assigned: Vec<(Instant, Id)>,
    /// What matching said, while nothing of it is applied.
    pub plan: Option<Plan>,
    /// Reserved and neither released nor taken back, pending or applied.
    pub spent: Minor,
    /// Paid back, in all.
    pub refunded: Minor,
    /// Since when the bank has taken it back.
    pub reversed: Option<Moment>,
    /// The line of a payment provider that settled that.
    pub charged_back: Option<Id>,
    /// How many reservations it has had.
    pub reservations: u32,
    /// The last date from which spent money was free again.
    pub(super) freed: Option<Date>,
}

impl ReceiptState {
    /// A receipt of a line that was just booked.
    pub(super) fn new(received: &Received, receipt: &Receipt, recorded: Instant) -> Self {
        Self {
            receipt: receipt.clone(),
            entry: received.entry.id.clone(),
            currency: received.entry.currency,
            value_date: received.counts_from,
            recorded,
            customer: receipt.customer.clone(),
            assigned: Vec::new(),
            plan: None,
            spent: Minor::ZERO,
            refunded: Minor::ZERO,
            reversed: None,
            charged_back: None,
            reservations: 0,
            freed: None,
        }
    }

    /// The customer, as far as was known: whose money it is counts from the day it came.
    #[must_use]
    pub fn customer_at(&self, at: Viewpoint) -> Option<&Id> {
        let Some(known) = at.known else { return self.customer.as_ref() };
        let assigned = self.assigned.iter().rev().find(|(recorded, _)| *recorded <= known);
        assigned.map(|(_, customer)| customer).or(self.receipt.customer.as_ref())
    }

    /// What can still be reserved or paid back; below nothing when the bank took back what is spent.
    #[must_use]
    pub fn left(&self) -> Minor {
        let came = if self.reversed.is_some() { Minor::ZERO } else { self.receipt.amount };
        // Spent and refunded never pass the amount: each is checked against what is left.
        came.minus(self.spent).and_then(|left| left.minus(self.refunded)).unwrap_or(Minor::ZERO)
    }
}

/// A bank line as it was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The line.
    pub entry: StatementEntry,
    /// From when it counts, and when it was recorded.
    pub moment: Moment,
}

/// A seller's bank account as a log: what came in, whose it is, where it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashBook {
    pub(super) chain: Chain,
    pub(super) entries: BTreeMap<Id, Booked>,
    pub(super) receipts: BTreeMap<Id, ReceiptState>,
    pub(super) reservations: BTreeMap<Id, ReservationState>,
    /// The reservations of each receipt, in the order they were made.
    pub(super) by_receipt: BTreeMap<Id, Vec<Id>>,
    pub(super) refunds: BTreeMap<Id, (Refunded, Instant)>,
    pub(super) refunds_of: BTreeMap<Id, Vec<Id>>,
    pub(super) payouts: BTreeMap<Id, (PaidOut, Instant)>,
    /// The line that settled a refund or a credit that was paid out.
    pub(super) settled: BTreeMap<Id, Id>,
    /// Refunds that were ordered and could not be paid.
    pub(super) declined: BTreeMap<Id, ()>,
    pub(super) texts: Detached,
    /// Where words stand, and what keeps them.
    pub(super) kept: Words,
    /// What each record did.
    pub(super) passages: Vec<Passage>,
}

impl CashBook {
    /// An empty cash book of a seller.
    #[must_use]
    pub fn new(seller: Id, id: Id) -> Self {
        Self {
            chain: Chain::new(LogAddress { id, kind: LogKind::CashBook, seller }),
            entries: BTreeMap::new(),
            receipts: BTreeMap::new(),
            reservations: BTreeMap::new(),
            by_receipt: BTreeMap::new(),
            refunds: BTreeMap::new(),
            refunds_of: BTreeMap::new(),
            payouts: BTreeMap::new(),
            settled: BTreeMap::new(),
            declined: BTreeMap::new(),
            texts: Detached::default(),
            kept: Words::default(),
            passages: Vec::new(),
        }
    }

    /// The log of the cash book.
    #[must_use]
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Every bank line, by id.
    pub fn entries(&self) -> impl Iterator<Item = &Booked> {
        self.entries.values()
    }

    /// A bank line.
    #[must_use]
    pub fn entry(&self, id: &Id) -> Option<&Booked> {
        self.entries.get(id)
    }

    /// Every receipt, by id.
    pub fn receipts(&self) -> impl Iterator<Item = &ReceiptState> {
        self.receipts.values()
    }

    /// A receipt.
    ///
    /// # Errors
    /// [`PaymentError::Unknown`].
    pub fn receipt(&self, id: &Id) -> Result<&ReceiptState, PaymentError> {
        self.receipts.get(id).ok_or_else(|| PaymentError::Unknown { got: id.to_string() })
    }

    /// Every reservation, by key.
    pub fn reservations(&self) -> impl Iterator<Item = &ReservationState> {
        self.reservations.values()
    }

    /// A reservation, by its key.
    #[must_use]
    pub fn reserved_under(&self, id: &Id) -> Option<&Reservation> {
        self.reservations.get(id).map(|state| &state.reservation)
    }

    /// What each record did, in order.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The reservations of a receipt, in the order they were made.
    pub fn reservations_of<'a>(&'a self, receipt: &Id) -> impl Iterator<Item = &'a ReservationState> {
        let own = self.by_receipt.get(receipt).into_iter().flatten();
        own.filter_map(|id| self.reservations.get(id))
    }

    /// What was paid back of a receipt, in order.
    pub fn refunds_of<'a>(&'a self, receipt: &Id) -> impl Iterator<Item = &'a Refunded> {
        self.dated_refunds(receipt).map(|(refund, _)| refund)
    }

    /// What was paid back under an id.
    #[must_use]
    pub fn refunded_under(&self, id: &Id) -> Option<&Refunded> {
        self.refunds.get(id).map(|(refund, _)| refund)
    }

    fn dated_refunds<'a>(&'a self, receipt: &Id) -> impl Iterator<Item = &'a (Refunded, Instant)> {
        let own = self.refunds_of.get(receipt).into_iter().flatten();
        own.filter_map(|id| self.refunds.get(id))
    }

    /// Unused credits that were paid out, by id.
    pub fn payouts(&self) -> impl Iterator<Item = &PaidOut> {
        self.payouts.values().map(|(paid_out, _)| paid_out)
    }

    /// Unused credits that were paid out by the end of a day, by id.
    pub fn payouts_at(&self, at: impl Into<Viewpoint>) -> impl Iterator<Item = &PaidOut> {
        let at = at.into();
        let seen = move |(paid_out, recorded): &&(PaidOut, Instant)| {
            at.sees(Moment { effective: paid_out.effective, recorded: *recorded })
        };
        self.payouts.values().filter(seen).map(|(paid_out, _)| paid_out)
    }

    /// What was paid back of a receipt by the end of a day, in order.
    pub fn refunds_at<'a>(
        &'a self,
        receipt: &Id,
        at: impl Into<Viewpoint>,
    ) -> impl Iterator<Item = &'a Refunded> {
        let at = at.into();
        let seen = move |(refund, recorded): &&(Refunded, Instant)| {
            at.sees(Moment { effective: refund.effective, recorded: *recorded })
        };
        self.dated_refunds(receipt).filter(seen).map(|(refund, _)| refund)
    }

    /// The words of a sealed note, unless they were erased.
    #[must_use]
    pub fn words<'a>(&'a self, note: Option<&'a Note>) -> Option<&'a str> {
        match note? {
            Note::Text(text) => Some(text),
            Note::Sealed(commitment) => self.texts.get(commitment),
        }
    }

    /// What of a receipt was neither applied nor paid back at the end of a day. What accounts say of
    /// a reservation goes before what this book has heard; one that is pending counts as unapplied.
    #[must_use]
    pub fn unapplied_at(
        &self,
        receipt: &ReceiptState,
        at: impl Into<Viewpoint>,
        said: &BTreeMap<&Id, Application>,
    ) -> Minor {
        let at = at.into();
        if !at.sees(Moment { effective: receipt.value_date, recorded: receipt.recorded }) {
            return Minor::ZERO;
        }
        let id = &receipt.receipt.id;
        let is_applied = |state: &&ReservationState| {
            let heard = state.confirmed.map(|applied| Application { applied, unapplied: state.unapplied });
            let one = said.get(&state.reservation.id).copied().or(heard);
            one.is_some_and(|one| {
                at.sees(one.applied) && !one.unapplied.is_some_and(|moment| at.sees(moment))
            })
        };
        let applied = self.reservations_of(id).filter(is_applied);
        let spent = applied.fold(0_i64, |sum, state| sum.saturating_add(state.cash().units()));
        let paid_back =
            self.refunds_at(id, at).fold(0_i64, |sum, refund| sum.saturating_add(refund.amount.units()));
        let reversed = receipt.reversed.is_some_and(|moment| at.sees(moment));
        let came = if reversed { 0 } else { receipt.receipt.amount.units() };
        Minor::new(came.saturating_sub(spent).saturating_sub(paid_back)).unwrap_or(Minor::ZERO)
    }

    /// The least that is left of a receipt on any day from a date on: what may still be reserved or
    /// paid back from then.
    pub(super) fn free_from(&self, receipt: &ReceiptState, date: Date) -> Minor {
        let now = receipt.left();
        if receipt.freed.is_none_or(|freed| freed <= date) {
            return now;
        }
        // Money was free again only from a later day than this: the days in between are looked at.
        let id = &receipt.receipt.id;
        let mut steps: Vec<(Date, i64)> = Vec::new();
        for state in self.reservations_of(id).filter(|state| state.status != ReservationStatus::Released) {
            let cash = state.cash().units();
            steps.push((state.reservation.effective, cash));
            if let Some(moment) = state.unapplied {
                steps.push((moment.effective, cash.saturating_neg()));
            }
        }
        steps.extend(self.refunds_of(id).map(|refund| (refund.effective, refund.amount.units())));
        steps.sort_unstable();
        let mut left = receipt.receipt.amount.units();
        let mut least = now.units();
        let mut steps = steps.iter().peekable();
        while let Some((day, step)) = steps.next() {
            left = left.saturating_sub(*step);
            let last_of_day = steps.peek().is_none_or(|(next, _)| next != day);
            let reaches = steps.peek().is_none_or(|(next, _)| *next > date);
            if last_of_day && reaches {
                least = least.min(left);
            }
        }
        Minor::new(least).unwrap_or(Minor::ZERO)
    }
}
