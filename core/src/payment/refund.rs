use super::action::{PayOut, Refund, Refunded};
use super::cash_book::CashBook;
use super::decide::{Events, ruling};
use super::{BookEvent, PaymentError};
use crate::audit::Stamp;
use crate::finding::Refusal;
use crate::money::Amount;

impl CashBook {
    /// Money of a receipt goes back: at most what is neither reserved nor paid back.
    pub(super) fn refund(&self, refund: &Refund, stamp: &Stamp) -> Events {
        let receipt = self.receipt(&refund.receipt).map_err(|error| Refusal::because(&error))?;
        let refunded = Refunded {
            amount: refund.amount,
            currency: refund.currency,
            // Money counts nowhere before it came.
            effective: stamp.effective.max(receipt.value_date),
            id: refund.id.clone(),
            payee: refund.payee.clone(),
            reason: refund.reason.clone(),
            receipt: refund.receipt.clone(),
        };
        self.check_refund(&refunded).map_err(|error| Refusal::because(&error))?;
        ruling(vec![BookEvent::Refunded(refunded)])
    }

    /// Whether a refund is new, in the currency of its receipt and within what is left.
    pub(super) fn check_refund(&self, refund: &Refunded) -> Result<(), PaymentError> {
        let receipt = self.receipt(&refund.receipt)?;
        if self.refunds.contains_key(&refund.id) || self.payouts.contains_key(&refund.id) {
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
    pub(super) fn pay_out(&self, pay_out: &PayOut) -> Events {
        self.check_pay_out(pay_out).map_err(|error| Refusal::because(&error))?;
        ruling(vec![BookEvent::PaidOut(pay_out.clone())])
    }

    pub(super) fn check_pay_out(&self, pay_out: &PayOut) -> Result<(), PaymentError> {
        if self.refunds.contains_key(&pay_out.id) || self.payouts.contains_key(&pay_out.id) {
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
