use crate::calendar::{CalendarError, Date, Zone};
use crate::rulebook::{BillingPolicy, Trigger};
use crate::work::{Entry, Ticket, Work};

/// When an entry becomes billable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::account) enum Ready {
    /// On a date; before it the work is not done, its ticket may be reopened, or it waits.
    On {
        /// The day it is done.
        done: Date,
        /// The day the grace of its ticket is over.
        graced: Date,
        /// The day it is billable.
        ready: Date,
    },
    /// When its ticket is closed or gets another status.
    Ticket,
}

impl Ready {
    /// Whether it is billable at the end of a day.
    pub(super) fn by(self, day: Date) -> bool {
        matches!(self, Self::On { ready, .. } if ready <= day)
    }
}

/// The local day an entry is done.
pub(super) fn done_on(entry: &Entry, zone: Zone) -> Result<Date, CalendarError> {
    match &entry.work {
        Work::Time(time) => zone.date(time.start),
        Work::Part(part) => Ok(part.date),
    }
}

/// When an entry becomes billable under a policy.
pub(super) fn readiness(
    entry: &Entry,
    ticket: Option<&Ticket>,
    zone: Zone,
    policy: &BillingPolicy,
    work: Trigger,
) -> Result<Ready, CalendarError> {
    let done = done_on(entry, zone)?;
    let (Trigger::TicketClosed, Some(ticket)) = (work, ticket) else {
        return Ok(Ready::On { done, graced: done, ready: done });
    };
    let reached = if policy.statuses.is_empty() {
        ticket.closed
    } else {
        let named = ticket.status.as_ref().is_some_and(|status| policy.statuses.contains(status));
        ticket.status_since.filter(|_| named)
    };
    let Some(reached) = reached else {
        return Ok(Ready::Ticket);
    };
    let graced = zone.date(reached)?.plus_days(policy.reopen_grace_days)?;
    let ready = graced.plus_days(policy.delay_days)?.max(done);
    Ok(Ready::On { done, graced, ready })
}
