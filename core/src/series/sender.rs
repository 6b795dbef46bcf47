//! Who sent the command of a record, by what the record says.

use super::decide::answered;
use super::import::ImportNumbers;
use super::{Assign, Series, SeriesEvent};
use crate::audit::{AuditError, Record, Sender, Stamp};
use crate::calendar::Date;
use crate::id::Id;

impl Series {
    /// Who sends a command that is recorded like this.
    pub(super) fn sender(&self, record: &Record<SeriesEvent>) -> Sender {
        let id = &record.command.id;
        let mut events = record.events.iter();
        let event = events.find(|event| !matches!(event, SeriesEvent::NumberingSet(_)));
        match event {
            Some(SeriesEvent::Assigned(given)) => {
                Sender::Log(asked(&given.account, &given.invoice, given.date))
            }
            // The answer to a second request, which was for another day.
            Some(SeriesEvent::Intent(intent)) => answered(intent).map_or(Sender::Person, |given| {
                let stamp = &record.stamp;
                let days = [Some(stamp.effective), stamp.occurred].into_iter().flatten();
                let mut ids = days.map(|date| asked(&given.account, &given.invoice, date));
                let first = || asked(&given.account, &given.invoice, stamp.effective);
                Sender::Log(ids.find(|one| one == id).unwrap_or_else(first))
            }),
            // What was known before is not said again, so that what was handed over cannot be told from it.
            Some(SeriesEvent::NumbersImported(_)) | None if ImportNumbers::is_handed(id) => {
                Sender::Either(id.clone())
            }
            Some(
                SeriesEvent::NumbersImported(_)
                | SeriesEvent::PeriodClosed(_)
                | SeriesEvent::PeriodReopened(_)
                | SeriesEvent::ReopenAsked(_)
                | SeriesEvent::NumberingSet(_)
                | SeriesEvent::LegalHoldPlaced(_)
                | SeriesEvent::LegalHoldLifted(_)
                | SeriesEvent::ErasureRequested(_)
                | SeriesEvent::Purged(_)
                | SeriesEvent::PurgeRefused(_),
            )
            | None => Sender::Person,
        }
    }
}

/// Whether an account asks for a number of the day that it says.
///
/// # Errors
/// [`AuditError::ReadyCommand`].
pub(super) fn check_dated(stamp: &Stamp, date: Date) -> Result<(), AuditError> {
    if !stamp.is_system() || date == stamp.effective || stamp.occurred == Some(date) {
        return Ok(());
    }
    let expected = format!("a request for a number of {}", stamp.effective);
    Err(AuditError::ReadyCommand { expected, got: date.to_string() })
}

/// The id under which an account asks for a number.
fn asked(account: &Id, invoice: &Id, date: Date) -> Id {
    Assign { account: account.clone(), date, invoice: invoice.clone() }.ready_id()
}
