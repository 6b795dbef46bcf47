//! How records of moving in, leaving and coming change an account.

use std::sync::Arc;

use super::action::OpeningBalance;
use super::apply::{Change, Done, mismatch};
use super::decide::because;
use super::event::{CustomerAdmitted, CustomerReleased, OpeningImported};
use super::opening::{cash_key, totals};
use super::reparent::{Transfer, transfer_key};
use crate::agreement::AgreementError;
use crate::id::Id;
use crate::ledger::{ItemKind, ItemTerms, MovementKind};

impl Change<'_> {
    pub(super) fn opening(&mut self, opening: &OpeningImported) -> Done {
        if totals(&opening.items, &opening.cash).map_err(because)? != opening.totals {
            return mismatch("account", &self.account.payer().clone(), "moved in with other totals");
        }
        for item in &opening.items {
            self.open_item(ItemKind::Opening, item, opening.cutover)?;
        }
        for id in &opening.billed_elsewhere {
            self.set(|account| &mut account.elsewhere, id, Some(()));
        }
        for balance in &opening.balances {
            if self.account.opening.balances.contains_key(&balance.agreement) {
                return mismatch("agreement", &balance.agreement, "moved in before");
            }
            self.add_standing(balance)?;
            self.set(|account| &mut account.opening.balances, &balance.agreement, Some(balance.clone()));
        }
        for cash in &opening.cash {
            self.set(|account| &mut account.opening.cash, &cash_key(cash), Some(cash.clone()));
        }
        for level in &opening.dunning {
            self.set(|account| &mut account.opening.dunning, &level.item, Some(level.clone()));
        }
        for paid in &opening.history {
            self.set(|account| &mut account.opening.history, &paid.number, Some(paid.clone()));
        }
        Ok(())
    }

    fn open_item(&mut self, kind: ItemKind, item: &ItemTerms, from: crate::calendar::Date) -> Done {
        if self.account.check_new(&item.id).is_err() {
            return mismatch("item", &item.id, "stands in this account already");
        }
        let moment = self.moment(from);
        self.item(&item.id, |ledger| ledger.open(kind, item.clone(), moment))
    }

    fn add_standing(&mut self, balance: &OpeningBalance) -> Done {
        let id = &balance.agreement;
        if balance.drawn > balance.purchased {
            return Err(because(AgreementError::Overdrawn { id: id.to_string() }));
        }
        let mut standing = self.account.standings.get(id).copied().unwrap_or_default();
        standing.purchased = standing.purchased.saturating_add(balance.purchased);
        standing.drawn = standing.drawn.saturating_add(balance.drawn);
        self.set(|account| &mut account.standings, id, Some(standing));
        Ok(())
    }

    pub(super) fn customer_released(&mut self, released: &CustomerReleased) -> Done {
        self.account.check_release(released)?;
        let moment = self.moment(released.effective);
        for ItemTerms { id, open, .. } in &released.items {
            self.item(id, |ledger| {
                ledger.lower(id, MovementKind::Transfer, open.magnitude(), &released.transfer, moment)
            })?;
        }
        for entry in &released.entries {
            self.set(|account| &mut account.unbilled, &entry.id, None);
            self.set(|account| &mut account.elsewhere, &entry.id, Some(()));
        }
        for balance in &released.balances {
            self.check_standing(&balance.agreement, balance)?;
            self.set(|account| &mut account.standings, &balance.agreement, None);
        }
        let transfer = Transfer { released: Arc::new(released.clone()), moment };
        self.set(|account| &mut account.transfers, &released.transfer, Some(transfer));
        Ok(())
    }

    fn check_standing(&self, id: &Id, balance: &OpeningBalance) -> Done {
        let same = self.account.standings.get(id).is_some_and(|standing| {
            (standing.purchased, standing.drawn) == (balance.purchased, balance.drawn)
        });
        if same { Ok(()) } else { mismatch("agreement", id, "has another balance") }
    }

    pub(super) fn customer_admitted(&mut self, admitted: &CustomerAdmitted) -> Done {
        self.account.check_admission(admitted)?;
        for item in &admitted.items {
            self.open_item(ItemKind::Admitted, item, admitted.effective)?;
        }
        for ticket in &admitted.tickets {
            self.set(|account| &mut account.tickets, &ticket.id, Some(Arc::new(ticket.clone())));
        }
        for entry in &admitted.entries {
            entry.check().map_err(because)?;
            // It may have left from here before.
            self.set(|account| &mut account.elsewhere, &entry.id, None);
            self.note_entry(entry);
            self.set(|account| &mut account.unbilled, &entry.id, Some(Arc::new(entry.clone())));
        }
        for balance in &admitted.balances {
            self.add_standing(balance)?;
        }
        let moment = self.moment(admitted.effective);
        let key = transfer_key(&admitted.from, &admitted.transfer);
        self.set(|account| &mut account.admissions, &key, Some(moment));
        Ok(())
    }
}
