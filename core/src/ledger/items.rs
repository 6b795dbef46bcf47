use std::collections::BTreeMap;
use std::ops::Bound;

use super::item::{Disputed, DueExtension, ItemKind, ItemTerms, Mark, OpenItem};
use super::movement::{Movement, MovementKind};
use super::{Allocation, LedgerError};
use crate::calendar::{Date, Moment};
use crate::id::Id;
use crate::money::{Amount, Minor};

/// The open items of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    items: BTreeMap<Id, OpenItem>,
}

impl Ledger {
    /// Every item, by id.
    pub fn items(&self) -> impl Iterator<Item = &OpenItem> {
        self.items.values()
    }

    /// Items with an id after another, by id; all of them after none.
    pub fn items_after<'a>(&'a self, after: Option<&Id>) -> impl Iterator<Item = &'a OpenItem> + use<'a> {
        let begin = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.items.range::<Id, _>((begin, Bound::Unbounded)).map(|(_, item)| item)
    }

    /// An item by its id.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`].
    pub fn item(&self, id: &Id) -> Result<&OpenItem, LedgerError> {
        self.items.get(id).ok_or_else(|| LedgerError::Unknown { got: id.to_string() })
    }

    /// Whether an item could be opened: what is open lies between nothing and its total.
    ///
    /// # Errors
    /// [`LedgerError::Twice`], [`LedgerError::Opening`] or [`LedgerError::Instalments`].
    pub fn check_open(&self, terms: &ItemTerms) -> Result<(), LedgerError> {
        if self.items.contains_key(&terms.id) {
            return Err(LedgerError::Twice { got: terms.id.to_string() });
        }
        terms.check_instalments()?;
        let (least, most) = (terms.total.min(Minor::ZERO), terms.total.max(Minor::ZERO));
        if terms.open > most || terms.open < least {
            let shown = |minor| Amount::new(minor, terms.currency).to_string();
            return Err(LedgerError::Opening {
                item: terms.id.to_string(),
                open: shown(terms.open),
                total: shown(terms.total),
            });
        }
        Ok(())
    }

    /// Opens an item that counts from a moment.
    ///
    /// # Errors
    /// What [`Ledger::check_open`] refuses.
    pub fn open(&mut self, kind: ItemKind, terms: ItemTerms, opened: Moment) -> Result<(), LedgerError> {
        self.check_open(&terms)?;
        let (movements, disputes) = (Vec::new(), Vec::new());
        let item = OpenItem { kind, opened, movements, open: terms.open, risen: None, disputes, terms };
        self.items.insert(item.terms.id.clone(), item);
        Ok(())
    }

    /// Whether an allocation could fall on its item from a date on, after other falls of the same
    /// command; returns the fall.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`], [`LedgerError::Currency`], [`LedgerError::Sign`],
    /// [`LedgerError::Over`] or [`LedgerError::Early`].
    pub fn check_allocation(
        &self,
        allocation: &Allocation,
        before: Minor,
        effective: Date,
    ) -> Result<Minor, LedgerError> {
        let item = self.item(&allocation.item)?;
        let id = || allocation.item.to_string();
        if allocation.currency != item.terms.currency {
            return Err(LedgerError::Currency {
                item: id(),
                expected: item.terms.currency.to_string(),
                got: allocation.currency.to_string(),
            });
        }
        let fall = allocation.fall();
        let wrong_sign = allocation.cash < Minor::ZERO || fall.as_ref().is_ok_and(|fall| !fall.is_positive());
        if wrong_sign || item.is_credit() {
            return Err(LedgerError::Sign { item: id(), got: item.shown(fall.unwrap_or(allocation.cash)) });
        }
        match fall.and_then(|fall| Ok((fall, fall.plus(before)?))) {
            Ok((fall, whole)) => self.check_fall(&allocation.item, whole, effective).map(|()| fall),
            Err(error) => {
                Err(LedgerError::Over { item: id(), open: item.shown(item.open), got: error.to_string() })
            }
        }
    }

    /// Whether an item could fall by an absolute amount from a date on: on no later day less than
    /// nothing may be open.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`], [`LedgerError::Early`], [`LedgerError::Sign`] or [`LedgerError::Over`].
    pub fn check_fall(&self, id: &Id, amount: Minor, effective: Date) -> Result<(), LedgerError> {
        let item = self.item(id)?;
        if !amount.is_positive() {
            return Err(LedgerError::Sign { item: id.to_string(), got: item.shown(amount) });
        }
        let available = item.available_from(effective);
        if amount > available {
            let (open, got) = (item.shown(available), item.shown(amount));
            return Err(LedgerError::Over { item: id.to_string(), open, got });
        }
        self.check_date(id, effective)
    }

    /// Whether something may count for an item from a date on.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`] or [`LedgerError::Early`].
    pub fn check_date(&self, id: &Id, effective: Date) -> Result<(), LedgerError> {
        let opened = self.item(id)?.opened();
        if effective >= opened {
            return Ok(());
        }
        let (opened, got) = (opened.to_string(), effective.to_string());
        Err(LedgerError::Early { item: id.to_string(), opened, got })
    }

    /// Lowers an item by an absolute amount: an invoice towards nothing from above, a credit from below.
    ///
    /// # Errors
    /// What [`Ledger::check_fall`] refuses.
    pub fn lower(
        &mut self,
        id: &Id,
        kind: MovementKind,
        amount: Minor,
        cause: &Id,
        moment: Moment,
    ) -> Result<(), LedgerError> {
        self.check_fall(id, amount, moment.effective)?;
        let credit = self.item(id)?.is_credit();
        self.push(id, kind, if credit { amount.negated() } else { amount }, cause, moment)
    }

    /// Takes a fall of an item back, by an absolute amount: what it had paid is open again.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`], [`LedgerError::Early`], or [`LedgerError::Risen`] beyond what was open at first.
    pub fn raise(
        &mut self,
        id: &Id,
        kind: MovementKind,
        amount: Minor,
        cause: &Id,
        moment: Moment,
    ) -> Result<(), LedgerError> {
        self.check_date(id, moment.effective)?;
        let item = self.item(id)?;
        let fallen = item.terms.open.minus(item.open).unwrap_or(Minor::ZERO).magnitude();
        if amount < Minor::ZERO || amount > fallen {
            let (fallen, got) = (item.shown(fallen), item.shown(amount));
            return Err(LedgerError::Risen { item: id.to_string(), fallen, got });
        }
        let credit = item.is_credit();
        self.push(id, kind, if credit { amount } else { amount.negated() }, cause, moment)?;
        if let Some(item) = self.items.get_mut(id) {
            item.risen = item.risen.max(Some(moment.effective));
        }
        Ok(())
    }

    /// Takes a voided invoice's item to nothing.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`].
    pub fn void(&mut self, id: &Id, moment: Moment) -> Result<(), LedgerError> {
        let fall = self.item(id)?.open;
        self.push(id, MovementKind::Void, fall, id, moment)
    }

    fn push(
        &mut self,
        id: &Id,
        kind: MovementKind,
        fall: Minor,
        cause: &Id,
        Moment { effective, recorded }: Moment,
    ) -> Result<(), LedgerError> {
        let unknown = || LedgerError::Unknown { got: id.to_string() };
        let item = self.items.get_mut(id).ok_or_else(unknown)?;
        // The fall was checked against the open amount, so the difference stays within limits.
        item.open = item.open.minus(fall).unwrap_or(Minor::ZERO);
        item.movements.push(Movement { kind, effective, recorded, fall, cause: cause.clone() });
        Ok(())
    }

    /// Whether a part of an item could be disputed.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`] or [`LedgerError::Dispute`].
    pub fn check_dispute(&self, id: &Id, amount: Minor) -> Result<(), LedgerError> {
        let item = self.item(id)?;
        let free = item.open.units().saturating_sub(item.disputed_now().units());
        if amount.is_positive() && amount.units() <= free {
            return Ok(());
        }
        Err(LedgerError::Dispute {
            item: id.to_string(),
            open: item.shown(Minor::new(free.max(0)).unwrap_or(Minor::ZERO)),
            got: item.shown(amount),
        })
    }

    /// Marks a part of an item as disputed; neither open nor total change.
    ///
    /// # Errors
    /// What [`Ledger::check_dispute`] refuses.
    pub fn dispute(&mut self, id: &Id, dispute: Id, amount: Minor, from: Moment) -> Result<(), LedgerError> {
        self.check_dispute(id, amount)?;
        if let Some(item) = self.items.get_mut(id) {
            item.disputes.push(Disputed { dispute, amount, from, to: None, extension: None });
        }
        Ok(())
    }

    /// Ends a dispute from a date; what comes back may be due later.
    pub fn settle(&mut self, id: &Id, dispute: &Id, from: Moment, extension: Option<&DueExtension>) {
        let disputes = self.items.get_mut(id).map(|item| &mut item.disputes);
        for disputed in disputes.into_iter().flatten().filter(|disputed| disputed.dispute == *dispute) {
            disputed.to = Some(from);
            disputed.extension = extension.cloned();
        }
    }

    /// What it takes to put an item back as it is now; nothing when it is not there.
    pub(crate) fn mark(&self, id: &Id) -> Option<Mark> {
        self.items.get(id).map(OpenItem::mark)
    }

    /// Puts an item back as it was, or takes it away when it was not there.
    pub(crate) fn restore(&mut self, id: &Id, mark: Option<Mark>) {
        match (mark, self.items.get_mut(id)) {
            (Some(mark), Some(item)) => item.back_to(mark),
            (None, _) => drop(self.items.remove(id)),
            (Some(_), None) => {}
        }
    }
}
