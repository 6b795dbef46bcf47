use super::action::{
    PaidOut, PayBack, PayOut, Refund, RefundDeclined, RefundOrder, Refunded, ToAccount, Unpayable,
};
use super::cash_book::{CashBook, ReceiptState};
use super::decide::{BookRules, Events, refuse, ruling};
use super::{BookEvent, PaymentError};
use crate::audit::{AuditError, Intent, Stamp, derived_id};
use crate::calendar::Date;
use crate::finding::Refusal;
use crate::id::Id;
use crate::money::{Amount, Minor};

impl CashBook {
    /// Money of a receipt goes back: at most what is neither reserved nor paid back.
    pub(super) fn refund(&self, rules: BookRules<'_>, refund: &Refund, stamp: &Stamp) -> Events {
        if is_order(&refund.id) {
            return refuse(&PaymentError::RefundReserved { id: refund.id.to_string() });
        }
        let receipt = self.receipt(&refund.receipt).map_err(|error| Refusal::because(&error))?;
        let returns =
            receipt.customer.is_none() && receipt.receipt.payer_account == Some(refund.payee.clone());
        // Where refunds are approved, nobody's money goes back to where it came from and nowhere else.
        if rules.refunds_approved && !returns {
            let (receipt, payee) = (refund.receipt.to_string(), refund.payee.to_string());
            return refuse(&PaymentError::RefundUnapproved { receipt, payee });
        }
        let refunded = Refunded {
            amount: refund.amount,
            currency: refund.currency,
            // Money counts nowhere before it came.
            effective: stamp.effective.max(receipt.value_date),
            entry: None,
            id: refund.id.clone(),
            order: None,
            payee: refund.payee.clone(),
            reason: refund.reason.clone(),
            receipt: refund.receipt.clone(),
        };
        self.check_refund(&refunded, receipt, Minor::ZERO).map_err(|error| Refusal::because(&error))?;
        ruling(vec![BookEvent::Refunded(refunded)])
    }

    /// An account approved that money goes back: it is paid, or the account is told that it cannot be.
    pub(super) fn pay_back(&self, order: &PayBack, stamp: &Stamp) -> Events {
        match self.paid_back(order, stamp) {
            Ok(refunded) => ruling(vec![BookEvent::Refunded(refunded)]),
            // The answer is a record, so that a second delivery cannot get another one.
            Err(error) => {
                let reason = Unpayable::of(&error).ok_or_else(|| Refusal::because(&error))?;
                let book = self.chain().address().id.clone();
                let declined = RefundDeclined { book, order: order.clone(), reason };
                let told = self.decline_refund(&declined, stamp);
                ruling(vec![BookEvent::RefundDeclined(declined), BookEvent::Intent(told)])
            }
        }
    }

    /// The ready command that tells an account that its order cannot be paid.
    pub(super) fn decline_refund(&self, declined: &RefundDeclined, stamp: &Stamp) -> Intent {
        let told = ToAccount::DeclineRefund(declined.clone());
        self.tell_account(&declined.order.account, declined.ready_id(), stamp, told)
    }

    fn paid_back(&self, order: &PayBack, stamp: &Stamp) -> Result<Refunded, PaymentError> {
        let id = pay_back_id(order);
        // An order that was answered is not judged again, nor one whose id the account used for credit.
        self.check_new_refund(&id)?;
        self.check_new_refund(&order_id(PAY_OUT, &order.account, &order.refund))?;
        let receipt = self.receipt(&order.receipt)?;
        if receipt.customer.as_ref() != Some(&order.customer) {
            let (customer, receipt) = (order.customer.to_string(), order.receipt.to_string());
            return Err(PaymentError::RefundCustomer { customer, receipt });
        }
        let refunded = Refunded {
            amount: order.amount,
            currency: order.currency,
            effective: self.paid_back_on(receipt, stamp.effective),
            entry: None,
            id,
            order: Some(RefundOrder {
                account: order.account.clone(),
                approved_by: order.approved_by.clone(),
                asked_by: order.asked_by.clone(),
                refund: order.refund.clone(),
            }),
            payee: order.payee.clone(),
            reason: order.reason.clone(),
            receipt: order.receipt.clone(),
        };
        self.check_refund(&refunded, receipt, Minor::ZERO)?;
        Ok(refunded)
    }

    /// Checks that an order was declined as this book declines it.
    pub(super) fn check_declined(&self, declined: &RefundDeclined, stamp: &Stamp) -> Result<(), Refusal> {
        let reason = self.paid_back(&declined.order, stamp).err();
        let own = self.chain().address().id == declined.book;
        if own && reason.as_ref().and_then(Unpayable::of) == Some(declined.reason) {
            return Ok(());
        }
        let (what, id) = ("refund", declined.order.refund.to_string());
        let reason = "could be paid, or is declined for another reason";
        refuse(&AuditError::StateMismatch { what, id, reason })
    }

    /// The day of an ordered refund: an order that comes late pays on the first open day.
    pub(super) fn paid_back_on(&self, receipt: &ReceiptState, effective: Date) -> Date {
        self.counts_from(effective).max(receipt.value_date)
    }

    /// Checks that a refund is one that was decided here: under the id of its order, or one
    /// that nobody ordered, on its day.
    pub(super) fn check_refunded(&self, refund: &Refunded, stamp: &Stamp) -> Result<(), Refusal> {
        let receipt = self.receipt(&refund.receipt).map_err(|error| Refusal::because(&error))?;
        let fits = match &refund.order {
            Some(order) => {
                receipt.customer.is_some()
                    && refund.id == order_id(PAY_BACK, &order.account, &order.refund)
                    && refund.effective == self.paid_back_on(receipt, stamp.effective)
            }
            None => !is_order(&refund.id) && refund.effective == stamp.effective.max(receipt.value_date),
        };
        if !fits || refund.entry.is_some() {
            let (what, id) = ("refund", refund.id.to_string());
            let reason = "is not what was ordered, or of another day";
            return refuse(&AuditError::StateMismatch { what, id, reason });
        }
        self.check_refund(refund, receipt, Minor::ZERO).map_err(|error| Refusal::because(&error))
    }

    /// Whether money was paid, or was not, under an id.
    pub(super) fn is_refund(&self, id: &Id) -> bool {
        self.refunds.contains_key(id) || self.payouts.contains_key(id) || self.declined.contains_key(id)
    }

    /// Whether nothing was paid or declined under an id.
    pub(super) fn check_new_refund(&self, id: &Id) -> Result<(), PaymentError> {
        match self.is_refund(id) {
            true => Err(PaymentError::RefundTwice { id: id.to_string() }),
            false => Ok(()),
        }
    }

    /// Whether a refund is new, in the currency of its receipt and within what is left, where so much was paid
    /// back just before.
    pub(super) fn check_refund(
        &self,
        refund: &Refunded,
        receipt: &ReceiptState,
        before: Minor,
    ) -> Result<(), PaymentError> {
        self.check_new_refund(&refund.id)?;
        if refund.currency != receipt.currency {
            return Err(PaymentError::Currency {
                receipt: refund.receipt.to_string(),
                expected: receipt.currency.to_string(),
                got: refund.currency.to_string(),
            });
        }
        let shown = |minor| Amount::new(minor, receipt.currency).to_string();
        if !refund.amount.is_positive() {
            return Err(PaymentError::Amount { got: shown(refund.amount) });
        }
        if receipt.reversed.is_some() {
            return Err(PaymentError::Reversed { receipt: refund.receipt.to_string() });
        }
        let free = self.free_from(receipt, refund.effective).minus(before).unwrap_or(Minor::ZERO);
        if refund.amount > free {
            let (left, got) = (shown(free), shown(refund.amount));
            return Err(PaymentError::Overspent { receipt: refund.receipt.to_string(), left, got });
        }
        Ok(())
    }

    /// An account pays unused credit out: its record is what says how much, this one that it was sent.
    pub(super) fn pay_out(&self, pay_out: &PayOut) -> Events {
        self.check_pay_out(pay_out).map_err(|error| Refusal::because(&error))?;
        ruling(vec![BookEvent::PaidOut(self.paid_out(pay_out))])
    }

    /// What an account ordered as it is paid out here: an order that comes late pays on the first open day.
    pub(super) fn paid_out(&self, order: &PayOut) -> PaidOut {
        PaidOut {
            effective: self.counts_from(order.effective),
            id: order_id(PAY_OUT, &order.account, &order.refund),
            order: order.clone(),
        }
    }

    pub(super) fn check_pay_out(&self, pay_out: &PayOut) -> Result<(), PaymentError> {
        for kind in [PAY_OUT, PAY_BACK] {
            self.check_new_refund(&order_id(kind, &pay_out.account, &pay_out.refund))?;
        }
        if !pay_out.amount.is_positive() {
            return Err(PaymentError::Amount {
                got: Amount::new(pay_out.amount, pay_out.currency).to_string(),
            });
        }
        Ok(())
    }
}

impl Unpayable {
    /// Why money of a receipt cannot be paid back by itself; none where no order of an account is like that.
    pub(super) fn of(error: &PaymentError) -> Option<Self> {
        let all = [
            Self::ReceiptUnknown,
            Self::RefundCustomer,
            Self::ReceiptCurrency,
            Self::ReceiptReversed,
            Self::ReceiptOverspent,
        ];
        all.into_iter().find(|one| one.word() == error.code().name)
    }
}

/// What the id of money of a receipt begins with that an account ordered.
const PAY_BACK: &str = "refund";

/// What the id of a credit begins with that an account ordered to be paid out.
const PAY_OUT: &str = "credit";

/// The id under which a book pays what an account ordered, or declines it: nobody else can take it.
pub(super) fn order_id(kind: &str, account: &Id, refund: &Id) -> Id {
    let id = derived_id(&[kind, account.as_str(), refund.as_str()]);
    if is_order(&id) { id } else { Id::of_digits(&format!("{kind}:{id}")) }
}

/// The id under which an order to pay money of a receipt back is answered.
pub(super) fn pay_back_id(order: &PayBack) -> Id {
    order_id(PAY_BACK, &order.account, &order.refund)
}

/// Whether an id is one of an order.
pub(super) fn is_order(id: &Id) -> bool {
    [PAY_BACK, PAY_OUT]
        .iter()
        .any(|kind| id.as_str().split_once(':').is_some_and(|(start, _)| start == *kind))
}
