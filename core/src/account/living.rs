//! What an account has of its own: beside it nothing moves in any more.

use std::collections::BTreeMap;

use super::action::OpeningBalance;
use super::error::AccountError;
use super::event::OpeningImported;
use super::state::Account;
use crate::id::Id;
use crate::invoice::DocumentState;
use crate::ledger::ItemKind;

/// The documents of an account, by customer and by number.
pub(super) struct Living<'a> {
    account: &'a Account,
    customers: BTreeMap<&'a Id, &'a Id>,
    numbers: BTreeMap<&'a Id, &'a Id>,
}

impl Account {
    /// What stands here of the account's own.
    pub(super) fn living(&self) -> Living<'_> {
        let mut living = Living { account: self, customers: BTreeMap::new(), numbers: BTreeMap::new() };
        for invoice in self.invoices.values() {
            let id = &invoice.draft.id;
            living.numbers.extend(invoice.number.iter().map(|number| (number, id)));
            // A draft that was given up bills nobody.
            if invoice.state == DocumentState::Void && invoice.number.is_none() {
                continue;
            }
            let named = invoice.draft.lines.iter().map(|line| &line.customer);
            for customer in named.chain([&invoice.draft.payer]) {
                living.customers.entry(customer).or_insert(id);
            }
        }
        for credit in self.credits.values() {
            living.numbers.extend(credit.number.iter().map(|number| (number, &credit.note.id)));
        }
        living
    }
}

impl Living<'_> {
    /// Whether a customer has no document here yet.
    pub(super) fn is_new(&self, customer: &Id) -> Result<(), AccountError> {
        let Some(document) = self.customers.get(customer) else { return Ok(()) };
        Err(AccountError::OpeningLate { customer: customer.to_string(), document: document.to_string() })
    }

    /// Whether a number was not given here.
    pub(super) fn is_foreign(&self, number: &Id) -> Result<(), AccountError> {
        let Some(document) = self.numbers.get(number) else { return Ok(()) };
        Err(AccountError::OpeningNumber { document: document.to_string(), number: number.to_string() })
    }

    /// Whether work was neither captured nor sold here.
    pub(super) fn is_absent(&self, work: &Id) -> Result<(), AccountError> {
        let here = self.account.latest(work).is_some() || self.account.sales.contains_key(work);
        if here { Err(AccountError::OpeningWork { got: work.to_string() }) } else { Ok(()) }
    }

    /// Whether the hours of an agreement are of another system alone.
    pub(super) fn is_unsold(&self, balance: &OpeningBalance) -> Result<(), AccountError> {
        let id = &balance.agreement;
        let account = self.account;
        if account.owners.contains_key(id) && !account.opening.balances.contains_key(id) {
            return Err(AccountError::OpeningBlock { got: id.to_string() });
        }
        Ok(())
    }

    /// Whether an item moved in.
    pub(super) fn is_opening(&self, item: &Id) -> Result<(), AccountError> {
        match self.account.ledger.item(item) {
            Ok(known) if known.kind() != ItemKind::Opening => {
                Err(AccountError::OpeningOwn { got: item.to_string() })
            }
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Whether all of what a record says moved in could.
    pub(super) fn admits(&self, opening: &OpeningImported) -> Result<(), AccountError> {
        for item in &opening.items {
            self.is_new(&item.customer)?;
            self.is_foreign(&item.number)?;
        }
        for cash in &opening.cash {
            self.is_new(&cash.customer)?;
        }
        for balance in &opening.balances {
            self.is_new(&balance.customer)?;
            self.is_unsold(balance)?;
        }
        for paid in &opening.history {
            self.is_new(&paid.customer)?;
            self.is_foreign(&paid.number)?;
        }
        for level in &opening.dunning {
            self.is_opening(&level.item)?;
        }
        opening.billed_elsewhere.iter().try_for_each(|id| self.is_absent(id))
    }
}
