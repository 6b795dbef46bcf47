//! What each record of a cash book did, for whoever looks for exceptions.

use super::BookEvent;
use crate::audit::Deed;

/// What an event did to receipts and reservations.
pub(super) fn deeds(event: &BookEvent) -> Vec<Deed> {
    match event {
        BookEvent::Received(received) => {
            received.entry.receipts.iter().map(|receipt| Deed::new("received", &receipt.id)).collect()
        }
        BookEvent::Reserved(reservation) => {
            let by_hand = reservation.method.is_none();
            let kind = if by_hand { "reserved_by_hand" } else { "reserved" };
            vec![Deed { person: reservation.by.clone(), ..Deed::new(kind, &reservation.id) }]
        }
        BookEvent::Assigned(assigned) => vec![Deed::new("assigned", &assigned.receipt)],
        BookEvent::Refunded(refund) => vec![Deed::new("refunded", &refund.receipt)],
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
        | BookEvent::PaidOut(_)
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
