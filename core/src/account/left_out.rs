//! What payments left out of an item as early discount or remainder, and how a credit note takes it back: who is
//! given all of an invoice back gets what was paid, and the invoice is mirrored to the cent.

use std::collections::BTreeSet;

use super::event::Reversal;
use super::state::{Account, Applied};
use crate::audit::derived_id;
use crate::id::Id;
use crate::invoice::{CreditNote, DocumentState};
use crate::ledger::{Adjustment, AdjustmentKind, Allocation, OpenItem};
use crate::money::{Minor, MoneyError, Rounding, divide};
use crate::payment::Reservation;

/// Names what credit notes took back of a reservation on an item.
pub(super) fn reversal_key(reservation: &Id, item: &Id, kind: AdjustmentKind) -> Id {
    derived_id(&[reservation.as_str(), item.as_str(), kind.word()])
}

impl Account {
    /// What credit notes took back of the discount or remainder of one allocation of a reservation.
    #[must_use]
    pub fn reversed(&self, reservation: &Reservation, place: usize, kind: AdjustmentKind) -> Minor {
        let Some(own) = reservation.allocations.get(place) else { return Minor::ZERO };
        let all = self.reversed.get(&reversal_key(&reservation.id, &own.item, kind));
        let mut left = all.copied().unwrap_or(Minor::ZERO);
        for allocation in reservation.allocations.iter().take(place).filter(|one| one.item == own.item) {
            let before = allocation.adjusted(kind).unwrap_or_default();
            left = left.minus(before).unwrap_or_default();
        }
        left.min(own.adjusted(kind).unwrap_or_default()).max(Minor::ZERO)
    }

    /// By how much the item of one allocation of a reservation rises when it no longer stands: what a credit
    /// note took back of it has risen before.
    pub(super) fn rise(&self, reservation: &Reservation, place: usize) -> Result<Minor, MoneyError> {
        let fall = reservation.allocations.get(place).map_or(Ok(Minor::ZERO), Allocation::fall)?;
        let back = Adjustment::LEFT_OUT.map(|kind| self.reversed(reservation, place, kind));
        fall.minus(Minor::sum(back)?)
    }

    /// Money that stands on an item, by reservation.
    fn standing_on<'a>(&'a self, item: &'a OpenItem) -> impl Iterator<Item = &'a Applied> {
        let causes: BTreeSet<&Id> = item.movements().iter().map(|movement| &movement.cause).collect();
        let applied = causes.into_iter().filter_map(|cause| self.applied.get(cause));
        applied.filter(|applied| applied.unapplied.is_none())
    }

    /// What banks kept back of the payments that stand on an item.
    #[must_use]
    pub fn fees(&self, item: &Id) -> Minor {
        let Ok(known) = self.ledger.item(item) else { return Minor::ZERO };
        let allocations = self.standing_on(known).flat_map(|applied| &applied.reservation.allocations);
        let own = allocations.filter(|allocation| allocation.item == *item);
        let fees = own.map(|allocation| allocation.adjusted(AdjustmentKind::Fee).unwrap_or_default());
        fees.fold(Minor::ZERO, |sum, fee| sum.plus(fee).unwrap_or(sum))
    }

    /// What each payment that stands still leaves out of an item: nobody paid it.
    fn reversible(&self, item: &OpenItem) -> Result<Vec<Reversal>, MoneyError> {
        let id = &item.terms().id;
        let mut left = Vec::new();
        for applied in self.standing_on(item) {
            let reservation = &applied.reservation;
            for kind in Adjustment::LEFT_OUT {
                let own = reservation.allocations.iter().filter(|allocation| allocation.item == *id);
                let own = own.map(|allocation| allocation.adjusted(kind)).collect::<Result<Vec<_>, _>>()?;
                let back = self.reversed.get(&reversal_key(&reservation.id, id, kind));
                let amount = Minor::sum(own)?.minus(back.copied().unwrap_or(Minor::ZERO))?;
                if amount.is_positive() {
                    let (currency, reservation) = (item.terms().currency, reservation.id.clone());
                    left.push(Reversal { amount, currency, kind, reservation });
                }
            }
        }
        Ok(left)
    }

    /// What payments that stand leave out of an item as a remainder.
    pub(super) fn remainder(&self, item: &OpenItem) -> Result<Minor, MoneyError> {
        let left = self.reversible(item)?;
        let remainder = left.iter().filter(|one| one.kind == AdjustmentKind::WriteOff);
        Minor::sum(remainder.map(|one| one.amount))
    }

    /// What payments that stand leave out of an item in all.
    pub(super) fn left_out(&self, item: &OpenItem) -> Result<Minor, MoneyError> {
        Minor::sum(self.reversible(item)?.iter().map(|one| one.amount))
    }

    /// What of a discount or remainder a credit note takes back: of a discount the share of what is given back of
    /// what was settled with it, so that nobody gets back more than was paid for it; of both as much as would else be
    /// given back to whom nobody took it from.
    pub(super) fn reversals(&self, note: &CreditNote) -> Result<Vec<Reversal>, MoneyError> {
        let (Ok(item), Some(invoice)) = (self.ledger.item(&note.invoice), self.invoices.get(&note.invoice))
        else {
            return Ok(Vec::new());
        };
        let left = self.reversible(item)?;
        if left.is_empty() {
            return Ok(left);
        }
        let others = self.credits_of(&note.invoice).filter(|one| one.state == DocumentState::Issued);
        let others = others.filter(|one| one.note.id != note.id).map(|one| one.note.totals.payable);
        let credited = Minor::sum(others.chain([note.totals.payable]))?;
        let deducted = Minor::sum(self.deductions(&note.invoice).map(|(_, part)| part.amount))?;
        let gone = Minor::sum([credited, deducted, self.written_off(&note.invoice)])?;
        // What of it nobody is asked for any more, over what nobody owes.
        let beyond = |settled: Minor| gone.plus(settled)?.minus(invoice.draft.totals.payable);
        let mut share = self.discount_share(item, &left, beyond)?;
        let mut over = beyond(self.left_out(item)?)?;
        let mut taken = Vec::new();
        for one in left {
            let least = if one.kind == AdjustmentKind::Discount { share } else { Minor::ZERO };
            let amount = one.amount.min(over.max(least));
            if amount.is_positive() {
                over = over.minus(amount)?;
                share = share.minus(amount.min(least))?;
                taken.push(Reversal { amount, ..one });
            }
        }
        Ok(taken)
    }

    /// The share of a discount that goes with what is given back of what was settled with it, less what credit notes
    /// took back before; rounded up, against whoever gets the rest.
    fn discount_share(
        &self,
        item: &OpenItem,
        left: &[Reversal],
        beyond: impl Fn(Minor) -> Result<Minor, MoneyError>,
    ) -> Result<Minor, MoneyError> {
        let id = &item.terms().id;
        let (mut settled, mut discount) = (Minor::ZERO, Minor::ZERO);
        for applied in self.standing_on(item) {
            for allocation in applied.reservation.allocations.iter().filter(|one| one.item == *id) {
                settled = settled.plus(allocation.fall()?)?;
                discount = discount.plus(allocation.adjusted(AdjustmentKind::Discount)?)?;
            }
        }
        let of_discount = left.iter().filter(|one| one.kind == AdjustmentKind::Discount);
        let before = discount.minus(Minor::sum(of_discount.map(|one| one.amount))?)?;
        let back = beyond(settled)?.min(settled).max(Minor::ZERO);
        let product = i128::from(discount.units()).saturating_mul(back.units().into());
        let share = divide(product, settled.units().into(), Rounding::Up).unwrap_or(0);
        Ok(Minor::from_wide(share)?.minus(before)?.max(Minor::ZERO))
    }
}
