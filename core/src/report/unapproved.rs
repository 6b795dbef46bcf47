//! What was paid although no approval stood: of our own invoices none can be under a rule that asked,
//! of what moved in nobody knows before asking.

use std::collections::BTreeMap;

use crate::account::{Account, PaidInvoice};
use crate::approval::{ForeignDecision, Request, Verdict};
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::ledger::{ItemKind, MovementKind, OpenItem};
use crate::money::{Currency, Minor};

words! {
    /// Where a paid document comes from.
    pub enum PaidOrigin {
        /// An invoice issued here.
        Invoice = "invoice",
        /// An item that moved in open and was paid here; no decisions came with it.
        Opening = "opening",
        /// An item that came from another account; its decisions stayed there.
        Admitted = "admitted",
        /// An invoice that moved in paid, with the decisions that came with it.
        History = "history",
    }
}

shape! {
    /// A paid document without an approval that stood.
    pub struct UnapprovedPayment {
        /// What it was for.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// Its customer.
        pub customer: Id,
        /// Decisions by the day it was paid, under whatever rule.
        pub decisions: u32,
        /// What the last of them said; nothing was decided when left out.
        pub last: Option<Verdict>,
        /// Its number.
        pub number: Id,
        /// Where it comes from.
        pub origin: PaidOrigin,
        /// When it was paid in full.
        pub paid: Date,
    }
}

shape! {
    /// Paid documents of an account without an approval that stood.
    pub struct UnapprovedPayments {
        /// The payer.
        pub account: Id,
        /// The date.
        pub as_of: Date,
        /// How many paid documents were looked at.
        pub paid: u32,
        /// Those without, by number.
        pub payments: Vec<UnapprovedPayment>,
        /// The rule whose approval was sought; of any rule when left out.
        pub rule: Option<Id>,
    }
}

/// What is known of the decisions on a document when it was paid.
struct Standing {
    decisions: usize,
    last: Option<Verdict>,
    stood: bool,
}

/// What was paid by the end of a day without an approval of a rule, or of any rule when none is named.
///
/// An approval stands until somebody says no. An invoice that money closed counts as paid; one of
/// nothing, credited or written off does not.
#[must_use]
pub fn unapproved_payments(account: &Account, as_of: Date, rule: Option<&Id>) -> UnapprovedPayments {
    let (mut count, mut payments) = (0_u32, BTreeMap::new());
    let mut look = |payment: UnapprovedPayment, stood: bool| {
        count = count.saturating_add(1);
        if !stood {
            payments.insert((payment.number.clone(), payment.origin), payment);
        }
    };
    for paid in account.paid_history().filter(|paid| paid.paid <= as_of) {
        let standing = foreign(&paid.decisions, paid.paid, rule);
        look(of_history(paid, &standing), standing.stood);
    }
    let items = account.ledger().items();
    for item in items.filter(|item| item.closed_by(as_of) == Some(MovementKind::Allocation)) {
        let origin = match item.kind() {
            ItemKind::Invoice => PaidOrigin::Invoice,
            ItemKind::Opening => PaidOrigin::Opening,
            ItemKind::Admitted => PaidOrigin::Admitted,
            ItemKind::CreditNote => continue,
        };
        let standing = own(account.request(&item.terms().id).ok(), rule);
        look(of_item(item, origin, as_of, &standing), standing.stood);
    }
    UnapprovedPayments {
        account: account.payer().clone(),
        as_of,
        paid: count,
        payments: payments.into_values().collect(),
        rule: rule.cloned(),
    }
}

/// Decisions of another system in the order of their times; those after the payment came too late.
fn foreign(decisions: &[ForeignDecision], paid: Date, rule: Option<&Id>) -> Standing {
    let in_time = |decision: &&ForeignDecision| decision.at.day() <= paid;
    let mut known: Vec<&ForeignDecision> = decisions.iter().filter(in_time).collect();
    known.sort_by_key(|decision| decision.at);
    let stood = known.iter().fold(false, |stood, decision| match decision.verdict {
        Verdict::Approve => stood || rule.is_none_or(|rule| *rule == decision.rule),
        Verdict::Reject => false,
    });
    Standing { decisions: known.len(), last: known.last().map(|decision| decision.verdict), stood }
}

/// What was decided here: an invoice that was issued was rejected by nobody.
fn own(request: Option<&Request>, rule: Option<&Id>) -> Standing {
    let decisions = request.map(Request::decisions).unwrap_or_default();
    let counted = |decision| {
        let needed = request.map(|request| request.counted_for(decision)).unwrap_or_default();
        needed.iter().any(|one| rule.is_none_or(|rule| *rule == one.rule.id))
    };
    Standing {
        decisions: decisions.len(),
        last: decisions.last().map(|decision| decision.verdict),
        stood: decisions.iter().any(counted),
    }
}

fn of_history(paid: &PaidInvoice, standing: &Standing) -> UnapprovedPayment {
    UnapprovedPayment {
        amount: paid.amount,
        currency: paid.currency,
        customer: paid.customer.clone(),
        decisions: u32::try_from(standing.decisions).unwrap_or(u32::MAX),
        last: standing.last,
        number: paid.number.clone(),
        origin: PaidOrigin::History,
        paid: paid.paid,
    }
}

fn of_item(item: &OpenItem, origin: PaidOrigin, as_of: Date, standing: &Standing) -> UnapprovedPayment {
    let terms = item.terms();
    let movements = item.movements().iter().map(|movement| movement.effective);
    UnapprovedPayment {
        amount: terms.total,
        currency: terms.currency,
        customer: terms.customer.clone(),
        decisions: u32::try_from(standing.decisions).unwrap_or(u32::MAX),
        last: standing.last,
        number: terms.number.clone(),
        origin,
        paid: movements.filter(|date| *date <= as_of).max().unwrap_or(as_of),
    }
}
