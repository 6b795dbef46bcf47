//! What left the ordinary way in a cash book or a number series.

use std::collections::BTreeMap;

use super::overrides::{Duty, HeldDuty, OverrideRow, OverridesAsked, is_between, paged};
use crate::account::OverrideKind;
use crate::audit::{Chain, Deed, LogAddress, Passage};
use crate::calendar::Date;
use crate::canon::{Digest, shape};
use crate::finding::Refusal;
use crate::id::Id;
use crate::money::{Currency, Minor};
use crate::payment::CashBook;
use crate::role::{Capability, Role};
use crate::series::Series;

shape! {
    /// What left the ordinary way in a cash book or a number series.
    pub struct LogOverrides {
        /// The first day.
        pub from: Date,
        /// The log.
        pub log: LogAddress,
        /// The token of the next page; none after the last.
        pub next: Option<String>,
        /// What left it, in the order in which it was recorded.
        pub rows: Vec<OverrideRow>,
        /// The last day.
        pub through: Date,
    }
}

/// What a deed is as an exception: how, how much, and what it belongs to.
struct Found {
    kind: OverrideKind,
    amount: Option<(Minor, Currency)>,
    document: Option<Id>,
}

/// What left the ordinary way in a cash book: money put on items by hand, refunds that a payment provider paid unasked, lines booked long after they count,
/// days opened again, and people who held duties over one receipt that belong apart.
///
/// # Errors
/// [`RoleError::Capability`](crate::role::RoleError::Capability) for a role that does not audit, and
/// [`ReportError`](crate::report::ReportError) for a page of no or too many rows and a token of none.
pub fn book_overrides(book: &CashBook, role: &Role, asked: &OverridesAsked) -> Result<LogOverrides, Refusal> {
    let look = Look { asked, chain: book.chain(), passages: book.passages() };
    let found = |_: &Passage, deed: &Deed| match deed.kind {
        "reserved_by_hand" => {
            let one = book.reserved_under(&deed.subject)?;
            let first = one.allocations.first()?;
            let amount = Some((one.cash().ok()?, first.currency));
            Some(Found { kind: OverrideKind::ManualMatch, amount, document: Some(one.receipt.clone()) })
        }
        "refunded_by_provider" => {
            let refund = book.refunded_under(&deed.subject)?;
            let amount = Some((refund.amount, refund.currency));
            Some(Found { kind: OverrideKind::ProviderRefund, amount, document: Some(refund.receipt.clone()) })
        }
        "reopened" => Some(Found { kind: OverrideKind::PeriodReopened, amount: None, document: None }),
        _ => None,
    };
    let counts = |passage: &Passage, deed: &Deed| match deed.kind {
        "received" => book.receipt(&deed.subject).map_or(passage.effective, |state| state.value_date),
        "charged" => book.entry(&deed.subject).map_or(passage.effective, |booked| booked.moment.effective),
        _ => passage.effective,
    };
    let mut rows = look.rows(found, counts);
    if asked.wants(OverrideKind::Duties) {
        rows.extend(look.duties(|deed| match deed.kind {
            "received" => Some((deed.subject.clone(), Duty::RecordedPayment)),
            "reserved_by_hand" => {
                book.reserved_under(&deed.subject).map(|one| (one.receipt.clone(), Duty::Matched))
            }
            "refunded" => Some((deed.subject.clone(), Duty::PaidBack)),
            "refund_asked" => Some((deed.subject.clone(), Duty::AskedBack)),
            "refund_approved" => Some((deed.subject.clone(), Duty::Approved)),
            _ => None,
        }));
    }
    look.answer(role, rows)
}

/// What left the ordinary way in a number series: numbers that were taken in, and days that were opened again.
///
/// # Errors
/// As [`book_overrides`].
pub fn series_overrides(
    series: &Series,
    role: &Role,
    asked: &OverridesAsked,
) -> Result<LogOverrides, Refusal> {
    let look = Look { asked, chain: series.chain(), passages: series.passages() };
    let found = |_: &Passage, deed: &Deed| {
        let kind = match deed.kind {
            "imported" => OverrideKind::NumberImported,
            "reopened" => OverrideKind::PeriodReopened,
            _ => return None,
        };
        Some(Found { kind, amount: None, document: None })
    };
    // What moves in is old by nature, and what an account asks for it asks on its day.
    let counts = |passage: &Passage, _: &Deed| passage.effective;
    let rows = look.rows(found, counts);
    look.answer(role, rows)
}

/// A log that is looked through.
struct Look<'l> {
    asked: &'l OverridesAsked,
    chain: &'l Chain,
    passages: &'l [Passage],
}

impl Look<'_> {
    fn row(&self, seq: u64, passage: &Passage, deed: &Deed, found: Found) -> OverrideRow {
        OverrideRow {
            amount: found.amount.map(|(amount, _)| amount),
            at: passage.at,
            by: deed.person.as_ref().unwrap_or(&passage.by).clone(),
            currency: found.amount.map(|(_, currency)| currency),
            days: None,
            document: found.document,
            duties: Vec::new(),
            effective: passage.effective,
            hash: self.hash(seq),
            kind: found.kind,
            role: passage.role.clone(),
            seq,
            subject: deed.subject.clone(),
        }
    }

    fn hash(&self, seq: u64) -> Digest {
        self.chain.hash(seq).unwrap_or(Digest::ZERO)
    }

    fn rows(
        &self,
        found: impl Fn(&Passage, &Deed) -> Option<Found>,
        counts: impl Fn(&Passage, &Deed) -> Date,
    ) -> Vec<OverrideRow> {
        let mut rows = Vec::new();
        for (seq, passage) in (1..).zip(self.passages) {
            let Some(day) = is_between(self.asked, passage.at, passage.effective) else { continue };
            for deed in &passage.deeds {
                let effective = counts(passage, deed);
                // What another log recorded is backdated here only where its day was closed.
                let own = passage.occurred.or((!passage.system).then_some(effective));
                let late = own.and_then(|own| u32::try_from(day.days_since(own)).ok()).unwrap_or(0);
                let is_late = late > self.asked.backdated_days;
                if is_late && self.asked.wants(OverrideKind::Backdated) {
                    let found = Found { kind: OverrideKind::Backdated, amount: None, document: None };
                    let row = self.row(seq, passage, deed, found);
                    rows.push(OverrideRow { days: Some(late), effective, ..row });
                }
                if let Some(found) = found(passage, deed).filter(|found| self.asked.wants(found.kind)) {
                    rows.push(self.row(seq, passage, deed, found));
                }
            }
        }
        rows
    }

    /// People who held duties that belong apart over one thing, at the record with which they held the last of them.
    fn duties(&self, duty: impl Fn(&Deed) -> Option<(Id, Duty)>) -> Vec<OverrideRow> {
        let mut held: BTreeMap<(Id, Id), BTreeMap<Duty, u64>> = BTreeMap::new();
        for (seq, passage) in (1..).zip(self.passages) {
            // What another log ordered was done by the people whom it names.
            let actor = Some(&passage.by).filter(|_| !passage.system);
            for deed in &passage.deeds {
                if let (Some((thing, duty)), Some(person)) = (duty(deed), deed.person.as_ref().or(actor)) {
                    held.entry((thing, person.clone())).or_default().entry(duty).or_insert(seq);
                }
            }
        }
        let mut rows = Vec::new();
        for ((thing, person), duties) in held.into_iter().filter(|(_, duties)| duties.len() > 1) {
            let seq = duties.values().max().copied().unwrap_or_default();
            let place = usize::try_from(seq).ok().and_then(|seq| seq.checked_sub(1));
            let Some(passage) = place.and_then(|place| self.passages.get(place)) else { continue };
            if is_between(self.asked, passage.at, passage.effective).is_none() {
                continue;
            }
            let deed = Deed { kind: "held", person: Some(person), subject: thing };
            let found = Found { kind: OverrideKind::Duties, amount: None, document: None };
            let held = duties.iter();
            rows.push(OverrideRow {
                duties: held
                    .map(|(duty, seq)| HeldDuty { duty: *duty, hash: self.hash(*seq), seq: *seq })
                    .collect(),
                ..self.row(seq, passage, &deed, found)
            });
        }
        rows
    }

    fn answer(&self, role: &Role, rows: Vec<OverrideRow>) -> Result<LogOverrides, Refusal> {
        role.needs(Capability::Audit).map_err(|error| Refusal::because(&error))?;
        let (rows, next) = paged(rows, self.asked, self.chain.head().seq)?;
        let (from, through) = (self.asked.from, self.asked.through);
        Ok(LogOverrides { from, log: self.chain.address().clone(), next, rows, through })
    }
}
