use super::decide::{Events, because, refuse, ruling};
use super::state::Account;
use crate::audit::{AuditError, ClosePeriod, Closeness, ReopenPeriod, Stamp};
use crate::calendar::Date;
use crate::invoice::DocumentState;
use crate::rulebook::Rulebook;

impl Account {
    /// Closes days. What asked for its number on one of them would still be issued on it, so it comes
    /// first.
    pub(super) fn close_period(&self, asked: &ClosePeriod, stamp: &Stamp) -> Events {
        let in_days = |date: Date| date <= asked.through;
        let invoices = self.invoices.values().filter(|invoice| {
            invoice.state == DocumentState::Approved && invoice.asked.iter().any(|one| in_days(one.date))
        });
        let credits = self.credits.values().filter(|credit| {
            credit.state == DocumentState::Approved && credit.asked.iter().any(|one| in_days(one.date))
        });
        let under_way = invoices.map(|one| &one.draft.id).chain(credits.map(|one| &one.note.id));
        let mut under_way = under_way.filter(|_| asked.how == Closeness::Hard);
        if let Some(id) = under_way.next() {
            return refuse(&AuditError::PeriodUnderWay {
                through: asked.through.to_string(),
                what: "the number of",
                id: id.to_string(),
            });
        }
        self.chain.close(asked, stamp.at).map_err(because).and_then(|event| ruling(vec![event.into()]))
    }

    pub(super) fn reopen_period(&self, rulebook: &Rulebook, asked: &ReopenPeriod, stamp: &Stamp) -> Events {
        let roles = &rulebook.policy().closing().reopen_roles;
        self.chain.reopen(asked, stamp, roles).map_err(because).and_then(|event| ruling(vec![event.into()]))
    }
}
