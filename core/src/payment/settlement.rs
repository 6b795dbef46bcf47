//! What a payment provider settles in one bank line: charges less fees, refunds and chargebacks.

use std::collections::{BTreeMap, BTreeSet};

use super::action::{BookEvent, Received, Refunded, Reversed};
use super::cash_book::{CashBook, ReceiptState};
use super::refund::is_order;
use super::{PaymentError, StatementEntry};
use crate::audit::Stamp;
use crate::canon::{shape, union};
use crate::id::Id;
use crate::ledger::Moment;
use crate::money::{Amount, Currency, Minor, MoneyError};

shape! {
    /// A fee of a payment provider that belongs to no single receipt.
    pub struct GatewayFee {
        /// How much; below nothing where it is given back.
        pub amount: Minor,
        /// What for: a code of the provider or the host.
        pub reason: Id,
    }
}

shape! {
    /// A provider paid money of a receipt back that nobody had recorded.
    pub struct ProviderRefund {
        /// How much.
        pub amount: Minor,
        /// What the provider charged for it; below nothing where it gave a fee back.
        pub fee: Option<Minor>,
        /// Id of the refund, unique in its book.
        pub id: Id,
        /// Who got it.
        pub payee: Id,
        /// Why: a code of the provider or the host.
        pub reason: Id,
        /// The receipt.
        pub receipt: Id,
    }
}

shape! {
    /// A provider paid what the book had recorded: a refund, or credit that was paid out.
    pub struct SettledRefund {
        /// How much.
        pub amount: Minor,
        /// What the provider charged for it; below nothing where it gave a fee back.
        pub fee: Option<Minor>,
        /// The refund, by its id in this book.
        pub refund: Id,
    }
}

shape! {
    /// A payer's bank took a receipt back from the provider, in whole.
    pub struct Chargeback {
        /// How much: all of the receipt.
        pub amount: Minor,
        /// What the provider charged for it; below nothing where it gave a fee back.
        pub fee: Option<Minor>,
        /// Why: the code of the card scheme or the host.
        pub reason: Id,
        /// The receipt.
        pub receipt: Id,
    }
}

union! {
    /// What a provider took back of a pay-out.
    pub enum Debit {
        /// The payer's bank took a receipt back.
        Chargeback(Chargeback) = "chargeback",
        /// Money went back that nobody had recorded.
        Refund(ProviderRefund) = "refund",
        /// Money went back as it was recorded.
        Settled(SettledRefund) = "settled",
    }
}

impl Debit {
    /// How much went back.
    #[must_use]
    pub const fn amount(&self) -> Minor {
        match self {
            Self::Chargeback(one) => one.amount,
            Self::Refund(one) => one.amount,
            Self::Settled(one) => one.amount,
        }
    }

    /// What the provider charged for it.
    #[must_use]
    pub const fn fee(&self) -> Option<Minor> {
        match self {
            Self::Chargeback(one) => one.fee,
            Self::Refund(one) => one.fee,
            Self::Settled(one) => one.fee,
        }
    }
}

shape! {
    /// What a payment provider kept and took back of a pay-out, beside the fees of its receipts.
    pub struct ProviderSettlement {
        /// What it took back.
        pub debits: Vec<Debit>,
        /// Fees that belong to no single receipt.
        pub fees: Vec<GatewayFee>,
    }
}

impl StatementEntry {
    /// What its payers paid, before anything was kept back.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn gross(&self) -> Result<Minor, MoneyError> {
        Minor::sum(self.receipts.iter().map(|receipt| receipt.amount))
    }

    /// Every fee of the line: of its receipts, of what was taken back, and of the line itself.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn fees(&self) -> Result<Minor, MoneyError> {
        let receipts = self.receipts.iter().filter_map(|receipt| receipt.fee);
        let debits = self.debits().filter_map(Debit::fee);
        let own = self.settlement.iter().flat_map(|settlement| &settlement.fees).map(|fee| fee.amount);
        Minor::sum(receipts.chain(debits).chain(own))
    }

    /// What was taken back in it, without fees.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn debited(&self) -> Result<Minor, MoneyError> {
        Minor::sum(self.debits().map(Debit::amount))
    }

    /// What comes in by its parts: gross less fees and what was taken back.
    pub(super) fn net(&self) -> Result<Minor, MoneyError> {
        self.gross()?.minus(self.fees()?)?.minus(self.debited()?)
    }

    /// Whether a payment provider kept or took back something of it.
    #[must_use]
    pub fn is_settlement(&self) -> bool {
        self.settlement.is_some() || self.receipts.iter().any(|receipt| receipt.fee.is_some())
    }

    /// What was taken back in it.
    pub fn debits(&self) -> impl Iterator<Item = &Debit> {
        self.settlement.iter().flat_map(|settlement| &settlement.debits)
    }

    /// A receipt says what was kept back of it only where that is something.
    pub(super) fn check_fees(&self) -> Result<(), PaymentError> {
        let receipts = self.receipts.iter().filter_map(|receipt| receipt.fee);
        let wrong = receipts.into_iter().find(|fee| !fee.is_positive());
        let own = self.settlement.iter().flat_map(|settlement| &settlement.fees).map(|fee| fee.amount);
        match wrong.or_else(|| own.chain(self.debits().filter_map(Debit::fee)).find(|fee| fee.is_zero())) {
            Some(fee) => Err(PaymentError::GatewayFee { got: Amount::new(fee, self.currency).to_string() }),
            None => Ok(()),
        }
    }
}

/// What the debits of a line have come to so far.
#[derive(Default)]
struct SoFar<'r> {
    /// Receipts of the line itself: a charge may be paid back in the pay-out it came with.
    own: BTreeMap<&'r Id, ReceiptState>,
    refunded: BTreeMap<&'r Id, Minor>,
    reversed: BTreeSet<&'r Id>,
    settled: BTreeSet<&'r Id>,
}

impl CashBook {
    /// What a line brings about beside its receipts, in order: refunds that nobody had recorded, and receipts that
    /// were taken back, with what accounts are told.
    pub(super) fn follows(&self, received: &Received, stamp: &Stamp) -> Result<Vec<BookEvent>, PaymentError> {
        let entry = &received.entry;
        let own = entry.receipts.iter();
        let own = own.map(|receipt| (&receipt.id, ReceiptState::new(received, receipt, stamp.at)));
        let mut so_far = SoFar { own: own.collect(), ..SoFar::default() };
        let mut events = Vec::new();
        for debit in entry.debits() {
            match debit {
                Debit::Refund(one) => {
                    let refunded = self.provider_refund(received, one, &so_far)?;
                    let sum = so_far.refunded.entry(&one.receipt).or_insert(Minor::ZERO);
                    // Within what is left, so within every limit.
                    *sum = sum.plus(one.amount).unwrap_or(*sum);
                    so_far.settled.insert(&one.id);
                    events.push(BookEvent::Refunded(refunded));
                }
                Debit::Settled(one) => {
                    self.check_settled(one, entry.currency)?;
                    if !so_far.settled.insert(&one.refund) {
                        return Err(settled_twice(&one.refund, &entry.id));
                    }
                }
                Debit::Chargeback(one) => {
                    if let Some(reversed) = self.charged_back(received, one, &so_far)? {
                        events.push(BookEvent::Reversed(reversed));
                        let told = self.withdrawals(&one.receipt, &one.reason, stamp);
                        events.extend(told.into_iter().map(BookEvent::Intent));
                    }
                    so_far.reversed.insert(&one.receipt);
                }
            }
        }
        Ok(events)
    }

    fn receipt_of<'s>(&'s self, id: &Id, so_far: &'s SoFar<'_>) -> Result<&'s ReceiptState, PaymentError> {
        so_far.own.get(id).map_or_else(|| self.receipt(id), Ok)
    }

    fn provider_refund(
        &self,
        received: &Received,
        one: &ProviderRefund,
        so_far: &SoFar<'_>,
    ) -> Result<Refunded, PaymentError> {
        if is_order(&one.id) {
            return Err(PaymentError::RefundReserved { id: one.id.to_string() });
        }
        let mut receipt = self.receipt_of(&one.receipt, so_far)?.clone();
        if so_far.settled.contains(&one.id) {
            return Err(PaymentError::RefundTwice { id: one.id.to_string() });
        }
        if so_far.reversed.contains(&one.receipt) {
            receipt.reversed = Some(Moment { effective: received.counts_from, recorded: receipt.recorded });
        }
        let refunded = Refunded {
            amount: one.amount,
            currency: received.entry.currency,
            effective: received.counts_from.max(receipt.value_date),
            entry: Some(received.entry.id.clone()),
            id: one.id.clone(),
            order: None,
            payee: one.payee.clone(),
            reason: one.reason.clone(),
            receipt: one.receipt.clone(),
        };
        let before = so_far.refunded.get(&one.receipt).copied().unwrap_or(Minor::ZERO);
        self.check_refund(&refunded, &receipt, before)?;
        Ok(refunded)
    }

    /// Checks that a line settles what was recorded, once.
    fn check_settled(&self, one: &SettledRefund, currency: Currency) -> Result<(), PaymentError> {
        let refunded = self.refunds.get(&one.refund).map(|(refund, _)| (refund.amount, refund.currency));
        let paid_out = || {
            let (paid_out, _) = self.payouts.get(&one.refund)?;
            Some((paid_out.order.amount, paid_out.order.currency))
        };
        let unknown = || PaymentError::RefundUnknown { got: one.refund.to_string() };
        let (amount, of) = refunded.or_else(paid_out).ok_or_else(unknown)?;
        if (one.amount, currency) != (amount, of) {
            let expected = Amount::new(amount, of).to_string();
            let got = Amount::new(one.amount, currency).to_string();
            return Err(PaymentError::DebitAmount { of: one.refund.to_string(), expected, got });
        }
        match self.settled.get(&one.refund) {
            Some(entry) => Err(settled_twice(&one.refund, entry)),
            None => Ok(()),
        }
    }

    /// The receipt that a chargeback takes back; none where that was recorded before and no line has settled it.
    fn charged_back(
        &self,
        received: &Received,
        one: &Chargeback,
        so_far: &SoFar<'_>,
    ) -> Result<Option<Reversed>, PaymentError> {
        let receipt = self.receipt_of(&one.receipt, so_far)?;
        let currency = received.entry.currency;
        if (one.amount, currency) != (receipt.receipt.amount, receipt.currency) {
            let expected = Amount::new(receipt.receipt.amount, receipt.currency).to_string();
            let got = Amount::new(one.amount, currency).to_string();
            return Err(PaymentError::DebitAmount { of: one.receipt.to_string(), expected, got });
        }
        if so_far.reversed.contains(&one.receipt) || receipt.charged_back.is_some() {
            return Err(PaymentError::Reversed { receipt: one.receipt.to_string() });
        }
        Ok(receipt.reversed.is_none().then(|| Reversed {
            amount: one.amount,
            currency,
            effective: received.counts_from.max(receipt.value_date),
            entry: Some(received.entry.id.clone()),
            reason: one.reason.clone(),
            receipt: one.receipt.clone(),
        }))
    }
}

fn settled_twice(refund: &Id, entry: &Id) -> PaymentError {
    PaymentError::RefundSettled { refund: refund.to_string(), entry: entry.to_string() }
}
