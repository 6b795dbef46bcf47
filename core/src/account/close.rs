use super::decide::{Events, because, refuse, ruling};
use super::state::Account;
use crate::audit::{AuditError, ClosePeriod, Closeness, ReopenPeriod, Stamp};
use crate::invoice::DocumentState;
use crate::rulebook::Rulebook;

impl Account {
    /// Closes days. What asked for its number on one of them would still be issued on it, so it comes
    /// first.
    pub(super) fn close_period(&self, asked: &ClosePeriod) -> Events {
        let under_way = |invoice: &&super::Invoice| {
            invoice.state == DocumentState::Approved
                && invoice.asked.as_ref().is_some_and(|number| number.date <= asked.through)
        };
        if let Some(invoice) = self.invoices.values().find(under_way).filter(|_| asked.how == Closeness::Hard)
        {
            return refuse(&AuditError::PeriodUnderWay {
                through: asked.through.to_string(),
                what: "the number of",
                id: invoice.draft.id.to_string(),
            });
        }
        self.chain.close(asked).map_err(because).and_then(|event| ruling(vec![event.into()]))
    }

    pub(super) fn reopen_period(&self, rulebook: &Rulebook, asked: &ReopenPeriod, stamp: &Stamp) -> Events {
        let roles = &rulebook.policy().closing().reopen_roles;
        self.chain.reopen(asked, stamp, roles).map_err(because).and_then(|event| ruling(vec![event.into()]))
    }
}
