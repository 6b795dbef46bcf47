//! How records of moving in change an account.

use super::action::OpeningBalance;
use super::apply::{Change, Done, mismatch};
use super::decide::because;
use super::event::OpeningImported;
use super::opening::{cash_key, totals};
use super::state::Elsewhere;
use crate::agreement::AgreementError;
use crate::id::Id;
use crate::ledger::{ItemKind, ItemTerms};

impl Change<'_> {
    pub(super) fn opening(&mut self, opening: &OpeningImported) -> Done {
        if totals(&opening.items, &opening.cash).map_err(because)? != opening.totals {
            return mismatch("account", &self.account.payer().clone(), "moved in with other totals");
        }
        self.account.living().admits(opening).map_err(because)?;
        for item in &opening.items {
            self.open_item(ItemKind::Opening, item, opening.cutover)?;
        }
        for id in &opening.billed_elsewhere {
            self.set(|account| &mut account.elsewhere, id, Some(Elsewhere::Before));
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
        for one in &opening.numbers {
            let of_item =
                opening.items.iter().any(|item| (&item.number, item.issued) == (&one.number, one.date));
            let of_paid =
                opening.history.iter().any(|paid| (&paid.number, paid.issued) == (&one.number, one.date));
            if !of_item && !of_paid {
                return mismatch("number", &one.number, "is of nothing that moved in");
            }
        }
        for told in self.account.told_of(opening, self.stamp) {
            self.tell(told);
        }
        for level in &opening.dunning {
            self.set(|account| &mut account.opening.dunning, &level.item, Some(level.clone()));
        }
        for paid in &opening.history {
            self.set(|account| &mut account.opening.history, &paid.number, Some(paid.clone()));
        }
        Ok(())
    }

    pub(super) fn open_item(
        &mut self,
        kind: ItemKind,
        item: &ItemTerms,
        from: crate::calendar::Date,
    ) -> Done {
        if self.account.check_new(&item.id).is_err() {
            return mismatch("item", &item.id, "stands in this account already");
        }
        let moment = self.moment(from);
        self.item(&item.id, |ledger| ledger.open(kind, item.clone(), moment))
    }

    pub(super) fn add_standing(&mut self, balance: &OpeningBalance) -> Done {
        let id = &balance.agreement;
        if balance.drawn > balance.purchased {
            return Err(because(AgreementError::Overdrawn { id: id.to_string() }));
        }
        self.own(id, &balance.customer)?;
        let mut standing = self.account.standings.get(id).copied().unwrap_or_default();
        standing.purchased = standing.purchased.saturating_add(balance.purchased);
        standing.drawn = standing.drawn.saturating_add(balance.drawn);
        self.set(|account| &mut account.standings, id, Some(standing));
        Ok(())
    }

    /// Keeps whose an agreement is: it is one customer's.
    pub(super) fn own(&mut self, agreement: &Id, customer: &Id) -> Done {
        match self.account.owners.get(agreement) {
            Some(owner) if owner != customer => mismatch("agreement", agreement, "is of another customer"),
            Some(_) => Ok(()),
            None => {
                self.set(|account| &mut account.owners, agreement, Some(customer.clone()));
                Ok(())
            }
        }
    }
}
