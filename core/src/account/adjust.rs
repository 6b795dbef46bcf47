use std::collections::BTreeSet;

use super::decide::because;
use super::state::Account;
use crate::calendar::Date;
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::ledger::{Adjustment, AdjustmentKind, Allocation, OpenItem};
use crate::money::{Amount, Minor, MoneyError, Price};
use crate::payment::{PaymentError, Reservation};
use crate::rulebook::Rulebook;

impl Account {
    /// What an account judges of adjustments: how much may be kept back as fees, withheld, written off or taken
    /// as discount on an item in all, however many payments it comes in.
    pub(super) fn check_adjustments(
        &self,
        rulebook: &Rulebook,
        reservation: &Reservation,
    ) -> Result<(), Refusal> {
        let mut findings = Vec::new();
        for (place, allocation) in reservation.allocations.iter().enumerate() {
            let Ok(item) = self.ledger.item(&allocation.item) else { continue };
            for adjustment in &allocation.adjustments {
                let kind = adjustment.kind;
                let taken = self.taken(item, kind, reservation, place);
                let most = self.most(rulebook, item, kind, reservation, place)?;
                if let Some(most) = most.filter(|most| taken.is_none_or(|taken| taken > *most)) {
                    let error = over(item, adjustment, most, taken);
                    let path = format!("/action/allocations/{place}/adjustments");
                    findings.push(Finding::block(&error).about(&allocation.item).at(path));
                }
            }
        }
        Refusal::unless_empty(findings)
    }

    /// Allocations of an item that stand, with the day their money came: those applied before, then
    /// those of a reservation up to a place.
    fn allocations<'a>(
        &'a self,
        item: &'a OpenItem,
        reservation: &'a Reservation,
        place: usize,
    ) -> impl Iterator<Item = (Date, &'a Allocation)> {
        let causes: BTreeSet<&Id> = item.movements().iter().map(|movement| &movement.cause).collect();
        let applied = causes.into_iter().filter_map(|cause| self.applied.get(cause));
        let standing = applied.filter(|applied| applied.unapplied.is_none());
        let earlier = standing.map(|applied| (applied.reservation.as_ref(), usize::MAX));
        earlier
            .chain([(reservation, place)])
            .flat_map(|(one, last)| {
                let upto = one.allocations.iter().take(last.saturating_add(1));
                upto.map(move |allocation| (one.paid, allocation))
            })
            .filter(|(_, allocation)| allocation.item == item.terms().id)
    }

    /// What one kind of adjustment took of an item in all; nothing where it is beyond counting.
    fn taken(
        &self,
        item: &OpenItem,
        kind: AdjustmentKind,
        reservation: &Reservation,
        place: usize,
    ) -> Option<Minor> {
        let allocations = self.allocations(item, reservation, place);
        let all = allocations.flat_map(|(_, allocation)| &allocation.adjustments);
        Minor::sum(all.filter(|one| one.kind == kind).map(|one| one.amount)).ok()
    }

    /// Most of an adjustment that policy and terms allow on an item in all; nothing for what no book lets pass.
    fn most(
        &self,
        rulebook: &Rulebook,
        item: &OpenItem,
        kind: AdjustmentKind,
        reservation: &Reservation,
        place: usize,
    ) -> Result<Option<Minor>, Refusal> {
        let (policy, currency) = (rulebook.policy().adjustments(), item.terms().currency);
        let tolerance = |tolerance: Price| {
            Amount::from_decimal(tolerance.to_decimal(), currency)
                .map_or(Minor::ZERO, |amount| amount.minor())
        };
        match kind {
            AdjustmentKind::ExchangeDifference => Ok(None),
            AdjustmentKind::Fee => Ok(Some(tolerance(rulebook.policy().matching().fee_tolerance))),
            AdjustmentKind::Withholding => {
                share(item.terms().total, policy.withholding_percent).map(Some).map_err(because)
            }
            AdjustmentKind::WriteOff => Ok(Some(tolerance(policy.write_off_tolerance))),
            AdjustmentKind::Discount => self.discount(item, reservation, place).map(Some).map_err(because),
        }
    }

    /// The early-payment discount that an item earned by what was paid in time: all of what its terms
    /// offer when all of it was, and in proportion, rounded down, when a part was.
    fn discount(
        &self,
        item: &OpenItem,
        reservation: &Reservation,
        place: usize,
    ) -> Result<Minor, MoneyError> {
        let terms = item.terms();
        let Some(offer) = &terms.discount else { return Ok(Minor::ZERO) };
        let in_time = self.allocations(item, reservation, place).filter(|(paid, _)| *paid <= offer.until);
        let mut settled = Minor::ZERO;
        for (_, allocation) in in_time {
            settled = settled.plus(allocation.fall()?)?;
        }
        let settled = i128::from(settled.min(terms.total).max(Minor::ZERO).units());
        let whole = i128::from(terms.total.units());
        let earned = settled.saturating_mul(offer.amount.units().into()).checked_div(whole);
        Minor::from_wide(earned.unwrap_or(0))
    }
}

/// A share of an amount in percent, rounded down: nothing is allowed beyond it.
fn share(total: Minor, percent: Price) -> Result<Minor, MoneyError> {
    let whole = i128::from(total.units()).saturating_mul(percent.coefficient().into());
    let over = crate::money::decimal::power(percent.scale()).saturating_mul(100);
    Minor::from_wide(whole.checked_div(over).unwrap_or(0))
}

fn over(item: &OpenItem, adjustment: &Adjustment, most: Minor, taken: Option<Minor>) -> PaymentError {
    let shown = |minor| Amount::new(minor, item.terms().currency).to_string();
    match adjustment.kind {
        AdjustmentKind::Fee => {
            PaymentError::FeeOver { tolerance: shown(most), got: shown(taken.unwrap_or(adjustment.amount)) }
        }
        AdjustmentKind::Discount
        | AdjustmentKind::ExchangeDifference
        | AdjustmentKind::Withholding
        | AdjustmentKind::WriteOff => PaymentError::AdjustmentAmount {
            kind: adjustment.kind.word(),
            most: shown(most),
            got: shown(adjustment.amount),
        },
    }
}
