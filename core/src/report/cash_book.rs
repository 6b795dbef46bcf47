use std::collections::BTreeMap;

use crate::calendar::Date;
use crate::canon::shape;
use crate::id::Id;
use crate::ledger::{Allocation, Moment, Viewpoint};
use crate::money::{Currency, Minor};
use crate::payment::{
    Booked, CashBook, Debit, GatewayFee, PaidOut, Plan, ReceiptState, Refunded, ReservationStatus,
};

shape! {
    /// Money of a receipt that was reserved for an account.
    pub struct ReservationView {
        /// The account.
        pub account: Id,
        /// What goes where.
        pub allocations: Vec<Allocation>,
        /// Key of the reservation.
        pub id: Id,
        /// Where it stands.
        pub status: ReservationStatus,
    }
}

shape! {
    /// A receipt with what became of it.
    pub struct ReceiptView {
        /// How much came in.
        pub amount: Minor,
        /// The currency of every amount.
        pub currency: Currency,
        /// The customer, once known.
        pub customer: Option<Id>,
        /// The bank line.
        pub entry: Id,
        /// What a payment provider kept back of it.
        pub fee: Option<Minor>,
        /// Its id.
        pub id: Id,
        /// The payer's name, unless it was erased.
        pub payer_name: Option<String>,
        /// What matching said, while nothing of it is applied.
        pub plan: Option<Plan>,
        /// What was paid back, in all.
        pub refunded: Minor,
        /// Refunds, in order.
        pub refunds: Vec<Refunded>,
        /// Where its money went.
        pub reservations: Vec<ReservationView>,
        /// Since when the bank has taken it back.
        pub reversed: Option<Date>,
        /// What is not applied at the end of the day.
        pub unapplied: Minor,
        /// When it counts.
        pub value_date: Date,
    }
}

shape! {
    /// A bank line of a payment provider: gross less fees and what was taken back is what came in.
    pub struct SettlementView {
        /// What came in.
        pub amount: Minor,
        /// The currency of every amount.
        pub currency: Currency,
        /// What was taken back, in all.
        pub debited: Minor,
        /// What was taken back, one by one.
        pub debits: Vec<Debit>,
        /// When it counts.
        pub effective: Date,
        /// The bank line.
        pub entry: Id,
        /// Every fee: of receipts, of what was taken back, and of the line.
        pub fees: Minor,
        /// What payers paid.
        pub gross: Minor,
        /// Fees of the line alone.
        pub own_fees: Vec<GatewayFee>,
    }
}

shape! {
    /// A cash book as of a date.
    pub struct CashBookView {
        /// The date.
        pub as_of: Date,
        /// The bank account.
        pub book: Id,
        /// Unused credits that were paid out, by id.
        pub payouts: Vec<PaidOut>,
        /// Receipts, by id.
        pub receipts: Vec<ReceiptView>,
        /// What payment providers settled, by bank line.
        pub settlements: Vec<SettlementView>,
    }
}

/// Shows a cash book as of a date.
#[must_use]
pub fn cash_book(book: &CashBook, at: impl Into<Viewpoint>) -> CashBookView {
    let at = at.into();
    let came =
        |state: &&ReceiptState| at.sees(Moment { effective: state.value_date, recorded: state.recorded });
    let receipts = book.receipts().filter(came).map(|state| receipt(book, state, at));
    let settled = |booked: &&Booked| booked.entry.is_settlement() && at.sees(booked.moment);
    let settlements = book.entries().filter(settled).map(settlement);
    CashBookView {
        as_of: at.date,
        book: book.chain().address().id.clone(),
        payouts: book.payouts_at(at).cloned().collect(),
        receipts: receipts.collect(),
        settlements: settlements.collect(),
    }
}

fn settlement(booked: &Booked) -> SettlementView {
    let entry = &booked.entry;
    SettlementView {
        amount: entry.amount,
        currency: entry.currency,
        debited: entry.debited().unwrap_or_default(),
        debits: entry.debits().cloned().collect(),
        effective: booked.moment.effective,
        entry: entry.id.clone(),
        fees: entry.fees().unwrap_or_default(),
        gross: entry.gross().unwrap_or_default(),
        own_fees: entry.settlement.iter().flat_map(|settlement| settlement.fees.iter().cloned()).collect(),
    }
}

fn receipt(book: &CashBook, state: &ReceiptState, at: Viewpoint) -> ReceiptView {
    let own = book.reservations_of(&state.receipt.id);
    let refunds: Vec<Refunded> = book.refunds_at(&state.receipt.id, at).cloned().collect();
    ReceiptView {
        amount: state.receipt.amount,
        currency: state.currency,
        customer: state.customer_at(at).cloned(),
        entry: state.entry.clone(),
        fee: state.receipt.fee,
        id: state.receipt.id.clone(),
        payer_name: book.words(state.receipt.payer_name.as_ref()).map(str::to_owned),
        plan: state.plan.clone(),
        refunded: Minor::sum(refunds.iter().map(|refund| refund.amount)).unwrap_or(state.refunded),
        refunds,
        reversed: state.reversed.filter(|moment| at.sees(*moment)).map(|moment| moment.effective),
        reservations: own
            .filter_map(|own| {
                Some(ReservationView {
                    account: own.reservation.account.clone(),
                    allocations: own.reservation.allocations.clone(),
                    id: own.reservation.id.clone(),
                    status: own.status_at(at)?,
                })
            })
            .collect(),
        unapplied: book.unapplied_at(state, at, &BTreeMap::new()),
        value_date: state.value_date,
    }
}
