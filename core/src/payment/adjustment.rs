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
/// which knows the item, its terms, and what fees were kept back of it before. An exchange difference needs a receipt of another currency,
/// which no account takes.
pub(super) fn check_adjustments(
    policy: &MatchPolicy,
    allocations: &[Allocation],
) -> Result<(), PaymentError> {
    check_forms(allocations)?;
    for allocation in allocations {
        let fee = fee(allocation);
        if Amount::new(fee, allocation.currency).to_decimal() > policy.fee_tolerance.to_decimal() {
            let tolerance = policy.fee_tolerance.to_string();
            return Err(PaymentError::FeeOver {
                tolerance,
                got: Amount::new(fee, allocation.currency).to_string(),
            });
        }
    }
    Ok(())
}

/// What no policy lets pass.
pub(super) fn check_forms(allocations: &[Allocation]) -> Result<(), PaymentError> {
    for allocation in allocations {
        for adjustment in &allocation.adjustments {
            let (kind, amount) = (adjustment.kind.word(), adjustment.amount);
            let got = Amount::new(amount, allocation.currency).to_string();
            match adjustment.kind {
                AdjustmentKind::Fee if !amount.is_positive() => {
                    return Err(PaymentError::FeeOver { tolerance: "the tolerance".to_owned(), got });
                }
                AdjustmentKind::Fee => {}
                AdjustmentKind::ExchangeDifference => return Err(PaymentError::AdjustmentKind { got: kind }),
                AdjustmentKind::Discount | AdjustmentKind::Withholding | AdjustmentKind::WriteOff => {
                    if adjustment.reason.is_none() {
                        return Err(PaymentError::AdjustmentReason { kind });
                    }
                    if !amount.is_positive() {
                        let most = "what the account allows".to_owned();
                        return Err(PaymentError::AdjustmentAmount { kind, most, got });
                    }
                }
            }
        }
    }
    Ok(())
}

/// The bank's fees of an allocation.
fn fee(allocation: &Allocation) -> Minor {
    let fees = allocation.adjustments.iter().filter(|one| one.kind == AdjustmentKind::Fee);
    fees.fold(Minor::ZERO, |sum, one| sum.plus(one.amount).unwrap_or_default())
}
