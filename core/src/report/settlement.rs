use crate::account::Account;
use crate::canon::words;
use crate::ledger::{Movement, MovementKind, OpenItem, Viewpoint};
use crate::payment::MatchMethod;

words! {
    /// What became of what is owed.
    pub enum Settlement {
        /// Nothing of it is closed.
        Unpaid = "unpaid",
        /// A cash book has reserved money for it that is not applied yet.
        Processing = "processing",
        /// A part of it is closed.
        Partial = "partial",
        /// Money closed it.
        Paid = "paid",
        /// Money closed it, and more came than was open: the rest stands on account.
        Overpaid = "overpaid",
        /// A credit note closed it, or a credit was set against what was owed.
        Credited = "credited",
        /// What was left was written off.
        WrittenOff = "written_off",
        /// A credit was paid out.
        Refunded = "refunded",
    }
}

/// What became of an item by the end of a day; nothing before it was opened, and of one that was voided or moved.
pub(super) fn settlement(
    account: &Account,
    item: &OpenItem,
    reserved: bool,
    as_of: Viewpoint,
) -> Option<Settlement> {
    if !as_of.sees(item.opened_at()) {
        return None;
    }
    let open = item.open_at(as_of);
    if !open.is_zero() {
        return Some(match open == item.terms().total {
            _ if reserved => Settlement::Processing,
            true => Settlement::Unpaid,
            false => Settlement::Partial,
        });
    }
    match item.closed_by(as_of) {
        Some(MovementKind::Void | MovementKind::Transfer) => None,
        Some(MovementKind::WriteOff) => Some(Settlement::WrittenOff),
        Some(MovementKind::Refund) => Some(Settlement::Refunded),
        Some(MovementKind::Credit) => Some(Settlement::Credited),
        Some(
            MovementKind::Allocation
            | MovementKind::DiscountReversed
            | MovementKind::Unapplied
            | MovementKind::Recovery,
        )
        | None => {
            let over = item.movements().iter().any(|one| has_surplus(account, one, as_of));
            Some(if over { Settlement::Overpaid } else { Settlement::Paid })
        }
    }
}

/// Whether a movement is of money that was more than was open, and stands.
fn has_surplus(account: &Account, movement: &Movement, as_of: Viewpoint) -> bool {
    movement.kind == MovementKind::Allocation
        && account.application(&movement.cause).is_some_and(|applied| {
            applied.reservation.method == Some(MatchMethod::ReferenceSurplus)
                && as_of.sees(applied.applied)
                && !applied.unapplied.is_some_and(|moment| as_of.sees(moment))
        })
}
