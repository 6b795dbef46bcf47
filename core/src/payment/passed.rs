//! What each record of a cash book did, for whoever looks for exceptions.

use super::{BookEvent, PaidOut};
use crate::audit::Deed;
use crate::id::Id;

/// What an event did to receipts and reservations.
pub(super) fn deeds(event: &BookEvent) -> Vec<Deed> {
    match event {
        BookEvent::Received(received) => {
            let receipts = &received.entry.receipts;
            let charged = Some(Deed::new("charged", &received.entry.id)).filter(|_| receipts.is_empty());
            charged.into_iter().chain(receipts.iter().map(|one| Deed::new("received", &one.id))).collect()
        }
        BookEvent::Reserved(reservation) => {
            let by_hand = reservation.method.is_none();
            let kind = if by_hand { "reserved_by_hand" } else { "reserved" };
            vec![Deed { person: reservation.by.clone(), ..Deed::new(kind, &reservation.id) }]
        }
        BookEvent::Assigned(assigned) => vec![Deed::new("assigned", &assigned.receipt)],
        BookEvent::Refunded(refund) if refund.entry.is_some() => {
            vec![Deed::new("refunded_by_provider", &refund.id)]
        }
        BookEvent::Refunded(refund) => {
            let ordered = refund.order.iter();
            let ordered =
                ordered.flat_map(|order| people(&refund.receipt, &order.asked_by, &order.approved_by));
            core::iter::once(Deed::new("refunded", &refund.receipt)).chain(ordered).collect()
        }
        BookEvent::PaidOut(PaidOut { id, order, .. }) => {
            let ordered = people(id, &order.asked_by, &order.approved_by);
            core::iter::once(Deed::new("paid_out", id)).chain(ordered).collect()
        }
        BookEvent::Reversed(reversed) => vec![Deed::new("reversed", &reversed.receipt)],
        BookEvent::PeriodReopened(reopened) => {
            vec![Deed {
                person: Some(reopened.approver.clone()),
                ..Deed::new("reopened", &reopened.asked_by)
            }]
        }
        // What another log is told or has answered is no deed of the book's own.
        BookEvent::Matched(_)
        | BookEvent::Confirmed(_)
        | BookEvent::Released(_)
        | BookEvent::Unapplied(_)
        | BookEvent::RefundDeclined(_)
        | BookEvent::Intent(_)
        | BookEvent::PeriodClosed(_)
        | BookEvent::ReopenAsked(_)
        | BookEvent::LegalHoldPlaced(_)
        | BookEvent::LegalHoldLifted(_)
        | BookEvent::ErasureRequested(_)
        | BookEvent::Purged(_)
        | BookEvent::PurgeRefused(_) => Vec::new(),
    }
}

/// Who asked for what an account ordered, and who approved it.
fn people<'p>(subject: &'p Id, asked_by: &'p Id, approved_by: &'p [Id]) -> impl Iterator<Item = Deed> + 'p {
    let by = |kind, person: &Id| Deed { person: Some(person.clone()), ..Deed::new(kind, subject) };
    let approved = approved_by.iter().map(move |person| by("refund_approved", person));
    core::iter::once(by("refund_asked", asked_by)).chain(approved)
}
