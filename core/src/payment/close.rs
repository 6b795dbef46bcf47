use super::cash_book::{CashBook, ReservationState, ReservationStatus};
use super::decide::{Events, refuse, ruling};
use crate::audit::{AuditError, ClosePeriod, Closeness, ReopenPeriod, Stamp};
use crate::calendar::Date;
use crate::id::Id;

impl CashBook {
    /// Closes days. Money reserved on one of them would still be applied on it, so it comes first.
    pub(super) fn close_period(&self, asked: &ClosePeriod, stamp: &Stamp) -> Events {
        let under_way = |state: &&ReservationState| {
            state.status == ReservationStatus::Pending && state.reservation.effective <= asked.through
        };
        let pending = self.reservations.values().find(under_way);
        if let Some(state) = pending.filter(|_| asked.how == Closeness::Hard) {
            return refuse(&AuditError::PeriodUnderWay {
                through: asked.through.to_string(),
                what: "the reservation",
                id: state.reservation.id.to_string(),
            });
        }
        match self.chain.close(asked, stamp.at) {
            Ok(event) => ruling(vec![event.into()]),
            Err(error) => refuse(&error),
        }
    }

    /// Reopens closed days; `roles` may.
    pub(super) fn reopen_period(&self, asked: &ReopenPeriod, stamp: &Stamp, roles: &[Id]) -> Events {
        match self.chain.reopen(asked, stamp, roles) {
            Ok(event) => ruling(vec![event.into()]),
            Err(error) => refuse(&error),
        }
    }

    /// The day from which money with a value date counts: a bank line that comes late, with a value date
    /// on a day that is closed hard, counts from the first open day and keeps its own date.
    pub(super) fn counts_from(&self, value_date: Date) -> Date {
        self.chain.first_open(value_date)
    }
}
