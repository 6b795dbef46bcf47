//! What each record of a number series did, for whoever looks for exceptions.

use super::SeriesEvent;
use crate::audit::Deed;

/// What an event did.
pub(super) fn deeds(event: &SeriesEvent) -> Vec<Deed> {
    match event {
        SeriesEvent::Assigned(given) => vec![Deed::new("assigned", &given.number)],
        SeriesEvent::NumbersImported(imported) => {
            imported.numbers.iter().map(|one| Deed::new("imported", &one.number)).collect()
        }
        SeriesEvent::PeriodReopened(reopened) => {
            vec![Deed {
                person: Some(reopened.approver.clone()),
                ..Deed::new("reopened", &reopened.asked_by)
            }]
        }
        SeriesEvent::NumberingSet(_)
        | SeriesEvent::PeriodClosed(_)
        | SeriesEvent::ReopenAsked(_)
        | SeriesEvent::LegalHoldPlaced(_)
        | SeriesEvent::LegalHoldLifted(_)
        | SeriesEvent::ErasureRequested(_)
        | SeriesEvent::Purged(_)
        | SeriesEvent::PurgeRefused(_)
        | SeriesEvent::Intent(_) => Vec::new(),
    }
}
