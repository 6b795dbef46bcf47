use super::decide::{Events, because, refuse, ruling};
use super::state::Account;
use crate::audit::{AuditError, ClosePeriod, Closeness, ReopenPeriod, Stamp};
use crate::calendar::Date;
use crate::invoice::DocumentState;
use crate::rulebook::Rulebook;

impl Account {
    /// Closes days. What asked for its number on one of them would still be issued on it, so it comes
    /// first.
    pub(super) fn close_period(&self, asked: &ClosePeriod) -> Events {
        let is_in = |state: DocumentState, date: Option<Date>| {
            state == DocumentState::Approved && date.is_some_and(|date| date <= asked.through)
        };
        let invoices = self.invoices.values().filter_map(|invoice| {
            let date = invoice.asked.as_ref().map(|number| number.date);
            is_in(invoice.state, date).then_some(&invoice.draft.id)
        });
        let credits = self.credits.values().filter_map(|credit| {
            let date = credit.asked.as_ref().map(|number| number.date);
            is_in(credit.state, date).then_some(&credit.note.id)
        });
        if let Some(id) = invoices.chain(credits).next().filter(|_| asked.how == Closeness::Hard) {
            return refuse(&AuditError::PeriodUnderWay {
                through: asked.through.to_string(),
                what: "the number of",
                id: id.to_string(),
            });
        }
        self.chain.close(asked).map_err(because).and_then(|event| ruling(vec![event.into()]))
    }

    pub(super) fn reopen_period(&self, rulebook: &Rulebook, asked: &ReopenPeriod, stamp: &Stamp) -> Events {
        let roles = &rulebook.policy().closing().reopen_roles;
        self.chain.reopen(asked, stamp, roles).map_err(because).and_then(|event| ruling(vec![event.into()]))
    }
}
