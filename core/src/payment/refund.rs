use super::action::{PayBack, PayOut, Refund, RefundDeclined, RefundOrder, Refunded, ToAccount};
use super::cash_book::{CashBook, ReceiptState};
use super::decide::{BookRules, Events, refuse, ruling};
use super::{BookEvent, PaymentError};
use crate::audit::{AuditError, Stamp, derived_id};
use crate::calendar::Date;
use crate::finding::Refusal;
use crate::id::Id;
use crate::money::Amount;

impl CashBook {
    /// Money of a receipt goes back: at most what is neither reserved nor paid back.
    pub(super) fn refund(&self, rules: BookRules<'_>, refund: &Refund, stamp: &Stamp) -> Events {
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
            id: refund.id.clone(),
            order: None,
            payee: refund.payee.clone(),
            reason: refund.reason.clone(),
            receipt: refund.receipt.clone(),
        };
        self.check_refund(&refunded).map_err(|error| Refusal::because(&error))?;
        ruling(vec![BookEvent::Refunded(refunded)])
    }

    /// An account approved that money goes back: it is paid, or the account is told that it cannot be.
    pub(super) fn pay_back(&self, order: &PayBack, stamp: &Stamp) -> Events {
        check_ready(stamp)?;
        let id = refund_id(&order.account, &order.refund);
        if self.is_refund(&id) {
            return refuse(&PaymentError::RefundTwice { id: id.to_string() });
        }
        match self.paid_back(order, id, stamp) {
            Ok(refunded) => ruling(vec![BookEvent::Refunded(refunded)]),
            // The answer is a record, so that a second delivery cannot get another one.
            Err(error) => {
                let declined = RefundDeclined {
                    account: order.account.clone(),
                    book: self.chain().address().id.clone(),
                    code: error.code().number,
                    name: error.code().name.to_owned(),
                    receipt: order.receipt.clone(),
                    refund: order.refund.clone(),
                };
                let told = ToAccount::DeclineRefund(declined.clone());
                let about = [&self.chain().address().id, &order.account, &order.refund];
                let about = derived_id(&about.map(Id::as_str));
                let id = derived_id(&["decline_refund", about.as_str()]);
                let told = self.tell_account(&order.account, id, stamp, told);
                ruling(vec![BookEvent::RefundDeclined(declined), BookEvent::Intent(told)])
            }
        }
    }

    fn paid_back(&self, order: &PayBack, id: Id, stamp: &Stamp) -> Result<Refunded, PaymentError> {
        let receipt = self.receipt(&order.receipt)?;
        if receipt.customer.as_ref() != Some(&order.customer) {
            let (customer, receipt) = (order.customer.to_string(), order.receipt.to_string());
            return Err(PaymentError::RefundCustomer { customer, receipt });
        }
        let refunded = Refunded {
            amount: order.amount,
            currency: order.currency,
            effective: self.paid_back_on(receipt, stamp.effective),
            id,
            order: Some(RefundOrder { account: order.account.clone(), refund: order.refund.clone() }),
            payee: order.payee.clone(),
            reason: order.reason.clone(),
            receipt: order.receipt.clone(),
        };
        self.check_refund(&refunded)?;
        Ok(refunded)
    }

    /// The day of an ordered refund: an order that comes late pays on the first open day.
    pub(super) fn paid_back_on(&self, receipt: &ReceiptState, effective: Date) -> Date {
        self.counts_from(effective).max(receipt.value_date)
    }

    /// Checks that a refund is one that was decided here: a ready command under the id of its order, or one
    /// that nobody ordered, on its day.
    pub(super) fn check_refunded(&self, refund: &Refunded, stamp: &Stamp) -> Result<(), Refusal> {
        let receipt = self.receipt(&refund.receipt).map_err(|error| Refusal::because(&error))?;
        let fits = match &refund.order {
            Some(order) => {
                check_ready(stamp)?;
                receipt.customer.is_some()
                    && refund.id == refund_id(&order.account, &order.refund)
                    && refund.effective == self.paid_back_on(receipt, stamp.effective)
            }
            None => refund.effective == stamp.effective.max(receipt.value_date),
        };
        if !fits {
            let (what, id) = ("refund", refund.id.to_string());
            let reason = "is not what was ordered, or of another day";
            return refuse(&AuditError::StateMismatch { what, id, reason });
        }
        self.check_refund(refund).map_err(|error| Refusal::because(&error))
    }

    /// Whether money was paid, or was not, under an id.
    pub(super) fn is_refund(&self, id: &Id) -> bool {
        self.refunds.contains_key(id) || self.payouts.contains_key(id) || self.declined.contains_key(id)
    }

    /// Whether a refund is new, in the currency of its receipt and within what is left.
    pub(super) fn check_refund(&self, refund: &Refunded) -> Result<(), PaymentError> {
        let receipt = self.receipt(&refund.receipt)?;
        if self.is_refund(&refund.id) {
            return Err(PaymentError::RefundTwice { id: refund.id.to_string() });
        }
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
        let free = self.free_from(receipt, refund.effective);
        if refund.amount > free {
            let (left, got) = (shown(free), shown(refund.amount));
            return Err(PaymentError::Overspent { receipt: refund.receipt.to_string(), left, got });
        }
        Ok(())
    }

    /// An account pays unused credit out: its record is what says how much, this one that it was sent.
    pub(super) fn pay_out(&self, pay_out: &PayOut, stamp: &Stamp) -> Events {
        check_ready(stamp)?;
        self.check_pay_out(pay_out).map_err(|error| Refusal::because(&error))?;
        ruling(vec![BookEvent::PaidOut(pay_out.clone())])
    }

    pub(super) fn check_pay_out(&self, pay_out: &PayOut) -> Result<(), PaymentError> {
        if self.is_refund(&pay_out.id) {
            return Err(PaymentError::RefundTwice { id: pay_out.id.to_string() });
        }
        if !pay_out.amount.is_positive() {
            return Err(PaymentError::Amount {
                got: Amount::new(pay_out.amount, pay_out.currency).to_string(),
            });
        }
        Ok(())
    }
}

/// The id under which a book pays what an account ordered.
pub(super) fn refund_id(account: &Id, refund: &Id) -> Id {
    derived_id(&["refund", account.as_str(), refund.as_str()])
}

/// What an account approved comes as its ready command.
pub(crate) fn check_ready(stamp: &Stamp) -> Result<(), Refusal> {
    match stamp.is_system() {
        true => Ok(()),
        false => refuse(&PaymentError::RefundOrder { actor: stamp.actor.to_string() }),
    }
}
