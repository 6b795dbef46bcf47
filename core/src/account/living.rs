//! What an account has of its own: beside it nothing moves in any more.

use std::collections::BTreeMap;

use super::action::OpeningBalance;
use super::error::AccountError;
use super::event::OpeningImported;
use super::state::Account;
use crate::id::Id;
use crate::invoice::DocumentState;
use crate::ledger::ItemKind;

/// The documents of an account: one of them, and all that have a number by it.
pub(super) struct Living<'a> {
    account: &'a Account,
    first: Option<&'a Id>,
    numbers: BTreeMap<&'a Id, &'a Id>,
}

impl Account {
    /// What stands here of the account's own.
    pub(super) fn living(&self) -> Living<'_> {
        let invoices = self.invoices.values();
        let invoices = invoices.map(|one| (&one.draft.id, one.state, one.number.as_ref()));
        let credits = self.credits.values();
        let credits = credits.map(|one| (&one.note.id, one.state, one.number.as_ref()));
        let documents = || invoices.clone().chain(credits.clone());
        // A draft that was given up bills nobody.
        let stands = |(_, state, number): &(_, DocumentState, Option<&Id>)| {
            *state != DocumentState::Void || number.is_some()
        };
        let first = documents().find(stands).map(|(id, ..)| id);
        let numbers = documents().filter_map(|(id, _, number)| Some((number?, id))).collect();
        Living { account: self, first, numbers }
    }
}

impl Living<'_> {
    /// Whether nothing was billed here yet: who pays for a customer lives here with all of them.
    pub(super) fn is_new(&self, customer: &Id) -> Result<(), AccountError> {
        let Some(document) = self.first else { return Ok(()) };
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
        self.is_new(self.account.payer())?;
        opening.items.iter().try_for_each(|item| self.is_foreign(&item.number))?;
        opening.balances.iter().try_for_each(|balance| self.is_unsold(balance))?;
        opening.history.iter().try_for_each(|paid| self.is_foreign(&paid.number))?;
        opening.dunning.iter().try_for_each(|level| self.is_opening(&level.item))?;
        opening.billed_elsewhere.iter().try_for_each(|id| self.is_absent(id))
    }
}
