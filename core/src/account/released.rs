//! How what stood on a document is free again.

use std::sync::Arc;

use super::apply::Change;
use super::state::Sale;
use crate::id::Id;
use crate::rating::{Charge, ChargeSource};

impl Change<'_> {
    pub(super) fn release(&mut self, charge: &Charge, invoice: &Id) {
        let id = &charge.entry;
        match charge.source {
            ChargeSource::Entry => {
                let billed = self.account.billed.get(id).filter(|billed| billed.invoice == *invoice);
                if let Some(entry) = billed.map(|billed| Arc::clone(&billed.entry)) {
                    let revised = self.account.revised.get(id).map(Arc::clone);
                    self.set(|account| &mut account.billed, id, None);
                    if revised.is_some() {
                        self.set(|account| &mut account.revised, id, None);
                    }
                    self.set(|account| &mut account.unbilled, id, Some(revised.unwrap_or(entry)));
                }
            }
            ChargeSource::Sale => {
                let sale = self.account.sales.get(id).filter(|sale| sale.invoice.as_ref() == Some(invoice));
                if let Some(sale) = sale.cloned() {
                    self.set(|account| &mut account.sales, id, Some(Sale { invoice: None, ..sale }));
                }
            }
            ChargeSource::Fee => self.release_fee(charge, invoice),
            // What was asked for stays asked for; nothing is billable again.
            ChargeSource::Deposit => {}
        }
        if let Some(coverage) = &charge.coverage {
            self.give_back(&coverage.agreement, charge.billed_seconds());
        }
    }

    /// Hours that no document draws any more are left again; those of a block that left wait for it.
    pub(super) fn give_back(&mut self, agreement: &Id, seconds: u64) {
        match self.account.standings.get(agreement).copied() {
            Some(mut standing) => {
                standing.drawn = standing.drawn.saturating_sub(seconds);
                self.set(|account| &mut account.standings, agreement, Some(standing));
            }
            None => {
                let returned = self.account.returned.get(agreement).copied().unwrap_or(0);
                let returned = returned.saturating_add(seconds);
                self.set(|account| &mut account.returned, agreement, Some(returned));
            }
        }
    }
}
