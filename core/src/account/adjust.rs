use super::decide::because;
use super::state::Account;
use crate::calendar::Date;
use crate::finding::{Finding, Refusal};
use crate::ledger::{Adjustment, AdjustmentKind, OpenItem};
use crate::money::{Amount, Minor, Price};
use crate::payment::{PaymentError, Reservation};
use crate::rulebook::Rulebook;

impl Account {
    /// What an account judges of adjustments: how much may be withheld, written off or taken as discount.
    /// What the book judges, it has judged.
    pub(super) fn check_adjustments(
        &self,
        rulebook: &Rulebook,
        reservation: &Reservation,
    ) -> Result<(), Refusal> {
        let mut findings = Vec::new();
        for (place, allocation) in reservation.allocations.iter().enumerate() {
            let Ok(item) = self.ledger.item(&allocation.item) else { continue };
            for adjustment in &allocation.adjustments {
                let most = self.most(rulebook, item, adjustment.kind, reservation.effective)?;
                if let Some(most) = most.filter(|most| adjustment.amount > *most) {
                    let error = over(item, adjustment, most);
                    let path = format!("/action/allocations/{place}/adjustments");
                    findings.push(Finding::block(&error).about(&allocation.item).at(path));
                }
            }
        }
        Refusal::unless_empty(findings)
    }

    /// Most of an adjustment that policy and terms allow on an item; nothing for what the book judges.
    fn most(
        &self,
        rulebook: &Rulebook,
        item: &OpenItem,
        kind: AdjustmentKind,
        paid: Date,
    ) -> Result<Option<Minor>, Refusal> {
        let policy = rulebook.policy().adjustments();
        match kind {
            AdjustmentKind::Fee | AdjustmentKind::ExchangeDifference => Ok(None),
            AdjustmentKind::Withholding => {
                share(item.terms().total, policy.withholding_percent).map(Some).map_err(because)
            }
            AdjustmentKind::WriteOff => {
                let most =
                    Amount::from_decimal(policy.write_off_tolerance.to_decimal(), item.terms().currency);
                Ok(Some(most.map_or(Minor::ZERO, |amount| amount.minor())))
            }
            AdjustmentKind::Discount => self.discount(rulebook, item, paid).map(Some),
        }
    }

    /// The early-payment discount that the terms of an item allow on the date it is paid.
    ///
    /// Terms carry no discount yet: the rule of payment terms answers here once there is one.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "terms of discount answer here")]
    fn discount(&self, _rulebook: &Rulebook, _item: &OpenItem, _paid: Date) -> Result<Minor, Refusal> {
        Ok(Minor::ZERO)
    }
}

/// A share of an amount in percent, rounded down: nothing is allowed beyond it.
fn share(total: Minor, percent: Price) -> Result<Minor, crate::money::MoneyError> {
    let whole = i128::from(total.units()).saturating_mul(percent.coefficient().into());
    let over = crate::money::decimal::power(percent.scale()).saturating_mul(100);
    Minor::from_wide(whole.checked_div(over).unwrap_or(0))
}

fn over(item: &OpenItem, adjustment: &Adjustment, most: Minor) -> PaymentError {
    let shown = |minor| Amount::new(minor, item.terms().currency).to_string();
    PaymentError::AdjustmentAmount {
        kind: adjustment.kind.word(),
        most: shown(most),
        got: shown(adjustment.amount),
    }
}
