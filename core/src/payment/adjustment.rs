use super::{MatchPolicy, PaymentError};
use crate::canon::shape;
use crate::ledger::{AdjustmentKind, Allocation};
use crate::money::{Amount, Minor, Price};

shape! {
    /// How far a payment may close an item with less cash than was open.
    pub struct AdjustmentPolicy {
        /// Most that a payer may withhold as tax, in percent of the item's total.
        pub withholding_percent: Price = Price::ZERO,
        /// Largest remainder that a payment may write off, in the item's currency.
        pub write_off_tolerance: Price = Price::ZERO,
    }
}

impl AdjustmentPolicy {
    /// Whether the limits are limits.
    ///
    /// # Errors
    /// [`PaymentError::WithholdingPercent`] or [`PaymentError::Tolerance`].
    pub fn check(&self) -> Result<(), PaymentError> {
        let hundred = Price::whole(100).unwrap_or_default();
        if self.withholding_percent < Price::ZERO || self.withholding_percent > hundred {
            return Err(PaymentError::WithholdingPercent { got: self.withholding_percent.to_string() });
        }
        if self.write_off_tolerance < Price::ZERO {
            return Err(PaymentError::Tolerance { got: self.write_off_tolerance.to_string() });
        }
        Ok(())
    }
}

/// What the book can judge of adjustments: a bank fee lies within the tolerance and needs no reason;
/// a discount, a withholding and a remainder written off have a reason and are judged by the account,
/// which knows the item and its terms. An exchange difference needs a receipt of another currency,
/// which no account takes.
pub(super) fn check_adjustments(
    policy: &MatchPolicy,
    allocations: &[Allocation],
) -> Result<(), PaymentError> {
    for allocation in allocations {
        let shown = |minor| Amount::new(minor, allocation.currency).to_string();
        let mut fee = Minor::ZERO;
        for adjustment in &allocation.adjustments {
            let kind = adjustment.kind.word();
            match adjustment.kind {
                AdjustmentKind::Fee => fee = fee.plus(adjustment.amount).unwrap_or_default(),
                AdjustmentKind::ExchangeDifference => return Err(PaymentError::AdjustmentKind { got: kind }),
                AdjustmentKind::Discount | AdjustmentKind::Withholding | AdjustmentKind::WriteOff => {
                    if adjustment.reason.is_none() {
                        return Err(PaymentError::AdjustmentReason { kind });
                    }
                    if !adjustment.amount.is_positive() {
                        let most = "what the account allows".to_owned();
                        let got = shown(adjustment.amount);
                        return Err(PaymentError::AdjustmentAmount { kind, most, got });
                    }
                }
            }
        }
        let fees = allocation.adjustments.iter().filter(|one| one.kind == AdjustmentKind::Fee);
        let over = Amount::new(fee, allocation.currency).to_decimal() > policy.fee_tolerance.to_decimal();
        if over || fees.clone().any(|adjustment| !adjustment.amount.is_positive()) {
            return Err(PaymentError::FeeOver {
                tolerance: policy.fee_tolerance.to_string(),
                got: shown(fee),
            });
        }
    }
    Ok(())
}
