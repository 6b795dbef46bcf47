use super::receipt::{Plan, Reservation, StatementEntry};
use crate::audit::{
    ClosePeriod, Intent, PeriodClosed, PeriodEvent, PeriodReopened, ReopenAsked, ReopenPeriod, Seal, Sealer,
};
use crate::calendar::Date;
use crate::canon::{shape, union, words};
use crate::id::Id;
use crate::money::{Currency, Minor};
use crate::retention::{
    EraseSubject, ErasureRequested, LegalHoldLifted, LegalHoldPlaced, LiftLegalHold, PlaceLegalHold,
    PlanItem, Purge, PurgeRefused,
};

shape! {
    /// A bank line came in.
    pub struct Receive {
        /// The line.
        pub entry: StatementEntry,
    }
}

shape! {
    /// A bank line was booked.
    pub struct Received {
        /// The day from which its money counts: its value date, or the first open day where that is closed.
        pub counts_from: Date,
        /// The line.
        pub entry: StatementEntry,
    }
}

shape! {
    /// A receipt belongs to a customer.
    pub struct Assigned {
        /// The customer.
        pub customer: Id,
        /// The receipt.
        pub receipt: Id,
    }
}

shape! {
    /// Applies what matching says of several receipts, in one record.
    pub struct Matches {
        /// One plan per receipt.
        pub plans: Vec<Plan>,
    }
}

shape! {
    /// Reserves money of a receipt for an account, by hand.
    pub struct Reserve {
        /// The account.
        pub account: Id,
        /// What goes where.
        pub allocations: Vec<crate::ledger::Allocation>,
        /// The receipt.
        pub receipt: Id,
    }
}

shape! {
    /// What matching said of a receipt that is not applied.
    pub struct Matched {
        /// The plan.
        pub plan: Plan,
    }
}

shape! {
    /// The account applied a reservation.
    pub struct Confirm {
        /// The date from which it is applied.
        pub effective: Date,
        /// The reservation.
        pub reservation: Id,
    }
}

shape! {
    /// The account refused a reservation: its money is free again.
    pub struct Release {
        /// The reservation.
        pub reservation: Id,
    }
}

shape! {
    /// The account took a reservation back: its money is unapplied again.
    pub struct Unapplied {
        /// The date from which it was applied.
        pub applied: Date,
        /// The date it takes effect.
        pub effective: Date,
        /// The reservation.
        pub reservation: Id,
    }
}

shape! {
    /// Money that an account took back is unapplied again.
    pub struct TakenBack {
        /// The day from which it counts here: that of the account, or the first open day where that is closed.
        pub counts_from: Date,
        /// What the account said.
        pub unapplied: Unapplied,
    }
}

shape! {
    /// Pays money of a receipt back.
    pub struct Refund {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// Id of the refund, unique in its book.
        pub id: Id,
        /// Who gets it: a customer, or the bank account it came from.
        pub payee: Id,
        /// Why: a code of the host.
        pub reason: Id,
        /// The receipt.
        pub receipt: Id,
    }
}

shape! {
    /// What an account approved and ordered.
    pub struct RefundOrder {
        /// The account.
        pub account: Id,
        /// Who approved it there, for themselves or others.
        pub approved_by: Vec<Id>,
        /// Who asked for it.
        pub asked_by: Id,
        /// Id of the refund in its account.
        pub refund: Id,
    }
}

shape! {
    /// Money of a receipt was paid back.
    pub struct Refunded {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// The bank line of a payment provider that says so, where nobody had recorded it.
        pub entry: Option<Id>,
        /// Id of the refund.
        pub id: Id,
        /// What an account ordered; left out where nobody was asked.
        pub order: Option<RefundOrder>,
        /// Who gets it.
        pub payee: Id,
        /// Why.
        pub reason: Id,
        /// The receipt.
        pub receipt: Id,
    }
}

shape! {
    /// The bank took a receipt back: a returned debit, a bounced cheque, a chargeback.
    pub struct Reverse {
        /// Why: the bank's or the host's code.
        pub reason: Id,
        /// The receipt.
        pub receipt: Id,
    }
}

shape! {
    /// A receipt is taken back, in whole; every account it was applied in is told.
    pub struct Reversed {
        /// How much.
        pub amount: Minor,
        /// Its currency.
        pub currency: Currency,
        /// The date it takes effect.
        pub effective: Date,
        /// The bank line of a payment provider that says so, where nobody had recorded it.
        pub entry: Option<Id>,
        /// Why.
        pub reason: Id,
        /// The receipt.
        pub receipt: Id,
    }
}

shape! {
    /// Unused credit that an account pays out of this bank account.
    pub struct PayOut {
        /// The account that owes it.
        pub account: Id,
        /// How much.
        pub amount: Minor,
        /// Who approved it there, for themselves or others.
        pub approved_by: Vec<Id>,
        /// Who asked for it.
        pub asked_by: Id,
        /// Its currency.
        pub currency: Currency,
        /// Whose it is.
        pub customer: Id,
        /// From when the credit is lower in its account.
        pub effective: Date,
        /// The credit it is paid from.
        pub item: Id,
        /// Why: a code of the host.
        pub reason: Id,
        /// Id of the refund, unique in its account.
        pub refund: Id,
    }
}

shape! {
    /// Unused credit was paid out.
    pub struct PaidOut {
        /// The date it takes effect here: that of its order, or the first open day where that is closed.
        pub effective: Date,
        /// Id of what was paid.
        pub id: Id,
        /// What the account ordered.
        pub order: PayOut,
    }
}

shape! {
    /// Money of a receipt that an account pays back: the ready command of a refund that it approved.
    pub struct PayBack {
        /// The account that approved it.
        pub account: Id,
        /// How much.
        pub amount: Minor,
        /// Who approved it there, for themselves or others.
        pub approved_by: Vec<Id>,
        /// Who asked for it.
        pub asked_by: Id,
        /// Its currency.
        pub currency: Currency,
        /// Whose money it is: the receipt must be its customer's.
        pub customer: Id,
        /// Who gets it.
        pub payee: Id,
        /// Why: a code of the host.
        pub reason: Id,
        /// The receipt.
        pub receipt: Id,
        /// Id of the refund, unique in its account.
        pub refund: Id,
    }
}

words! {
    /// Why a cash book cannot pay what an account ordered: the name of the code that would refuse it.
    pub enum Unpayable {
        /// The book has no such receipt.
        ReceiptUnknown = "receipt-unknown",
        /// The receipt is another customer's, or nobody's yet.
        RefundCustomer = "refund-customer",
        /// The receipt is of another currency.
        ReceiptCurrency = "receipt-currency",
        /// The bank took the receipt back.
        ReceiptReversed = "receipt-reversed",
        /// Less is left of the receipt.
        ReceiptOverspent = "receipt-overspent",
    }
}

shape! {
    /// Money that an account wanted to pay back cannot be paid.
    pub struct RefundDeclined {
        /// The cash book.
        pub book: Id,
        /// What the account ordered.
        pub order: PayBack,
        /// Why.
        pub reason: Unpayable,
    }
}

shape! {
    /// Tells an account that the bank took back what a reservation had spent.
    pub struct Withdraw {
        /// The cash book.
        pub book: Id,
        /// Why: the code of the reversal.
        pub reason: Id,
        /// The reservation.
        pub reservation: Id,
    }
}

union! {
    /// What a host asks of a cash book.
    pub enum BookAction {
        /// Book a bank line.
        Receive(Receive) = "receive",
        /// Say whose a receipt is.
        Assign(Assigned) = "assign",
        /// Apply what matching says.
        Match(Matches) = "match",
        /// Reserve by hand.
        Reserve(Reserve) = "reserve",
        /// The account applied it.
        Confirm(Confirm) = "confirm",
        /// The account refused it.
        Release(Release) = "release",
        /// Close days: nothing takes effect on them any more.
        ClosePeriod(ClosePeriod) = "close_period",
        /// Reopen closed days.
        ReopenPeriod(ReopenPeriod) = "reopen_period",
        /// The account took it back.
        Unapplied(Unapplied) = "unapplied",
        /// Pay money of a receipt back.
        Refund(Refund) = "refund",
        /// The bank took a receipt back.
        Reverse(Reverse) = "reverse",
        /// An account pays unused credit out.
        PayOut(PayOut) = "pay_out",
        /// An account pays money of a receipt back.
        PayBack(PayBack) = "pay_back",
        /// Keep words whatever their rule says.
        PlaceLegalHold(PlaceLegalHold) = "place_legal_hold",
        /// End such a hold.
        LiftLegalHold(LiftLegalHold) = "lift_legal_hold",
        /// Erase what is due.
        Purge(Purge) = "purge",
        /// Erase what is of a person.
        EraseSubject(EraseSubject) = "erase_subject",
    }
}

union! {
    /// What happened in a cash book.
    pub enum BookEvent {
        /// A bank line was booked.
        Received(Received) = "received",
        /// A receipt got its customer.
        Assigned(Assigned) = "assigned",
        /// A receipt waits for somebody's choice, or for more to be known.
        Matched(Matched) = "matched",
        /// Money was reserved for an account.
        Reserved(Reservation) = "reserved",
        /// The account applied it.
        Confirmed(Confirm) = "confirmed",
        /// The account refused it.
        Released(Release) = "released",
        /// The account took it back.
        Unapplied(TakenBack) = "unapplied",
        /// Money of a receipt was paid back.
        Refunded(Refunded) = "refunded",
        /// The bank took a receipt back.
        Reversed(Reversed) = "reversed",
        /// Unused credit was paid out.
        PaidOut(PaidOut) = "paid_out",
        /// Money that an account wanted to pay back cannot be paid.
        RefundDeclined(RefundDeclined) = "refund_declined",
        /// An account is told.
        Intent(Intent) = "intent",
        /// Days were closed.
        PeriodClosed(PeriodClosed) = "period_closed",
        /// Days are open again.
        PeriodReopened(PeriodReopened) = "period_reopened",
        /// Somebody asked to reopen days.
        ReopenAsked(ReopenAsked) = "reopen_asked",
        /// A legal hold was placed.
        LegalHoldPlaced(Box<LegalHoldPlaced>) = "legal_hold_placed",
        /// A legal hold was lifted.
        LegalHoldLifted(LegalHoldLifted) = "legal_hold_lifted",
        /// A person asked for erasure.
        ErasureRequested(ErasureRequested) = "erasure_requested",
        /// Words were erased.
        Purged(Box<PlanItem>) = "purged",
        /// Words could not be erased.
        PurgeRefused(Box<PurgeRefused>) = "purge_refused",
    }
}

impl From<PeriodEvent> for BookEvent {
    fn from(event: PeriodEvent) -> Self {
        match event {
            PeriodEvent::Closed(closed) => Self::PeriodClosed(closed),
            PeriodEvent::ReopenAsked(asked) => Self::ReopenAsked(asked),
            PeriodEvent::Reopened(reopened) => Self::PeriodReopened(reopened),
        }
    }
}

impl BookEvent {
    /// The ready command that it carries.
    #[must_use]
    pub const fn intent(&self) -> Option<&Intent> {
        if let Self::Intent(intent) = self { Some(intent) } else { None }
    }
}

impl Seal for BookAction {
    fn seal(&mut self, sealer: &mut Sealer) {
        match self {
            Self::Receive(receive) => {
                for receipt in &mut receive.entry.receipts {
                    sealer.seal(&mut receipt.payer_name);
                    sealer.seal(&mut receipt.text);
                }
            }
            Self::PlaceLegalHold(place) => sealer.seal(&mut place.note),
            Self::Assign(_)
            | Self::Match(_)
            | Self::Reserve(_)
            | Self::Confirm(_)
            | Self::Release(_)
            | Self::ClosePeriod(_)
            | Self::ReopenPeriod(_)
            | Self::Unapplied(_)
            | Self::Refund(_)
            | Self::Reverse(_)
            | Self::PayOut(_)
            | Self::PayBack(_)
            | Self::LiftLegalHold(_)
            | Self::Purge(_)
            | Self::EraseSubject(_) => {}
        }
    }
}

union! {
    /// What a cash book tells an account.
    pub(super) enum ToAccount {
        Allocate(Reservation) = "allocate",
        DeclineRefund(RefundDeclined) = "decline_refund",
        Withdraw(Withdraw) = "withdraw",
    }
}
