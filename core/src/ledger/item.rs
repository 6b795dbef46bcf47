use std::collections::BTreeMap;

use super::{Allocation, LedgerError};
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::invoice::{DiscountOffer, Instalment};
use crate::money::{Amount, Currency, Minor};

words! {
    /// Where an open item comes from.
    pub enum ItemKind {
        /// An invoice issued here.
        Invoice = "invoice",
        /// An open invoice that moved in from another system; it has no lines here.
        Opening = "opening",
    }
}

shape! {
    /// What an open item is opened with.
    pub struct ItemTerms {
        /// Its currency.
        pub currency: Currency,
        /// The customer it belongs to.
        pub customer: Id,
        /// What may be left out when it is paid early.
        pub discount: Option<DiscountOffer>,
        /// When all of it is due.
        pub due: Date,
        /// Its id: that of its invoice.
        pub id: Id,
        /// Its parts with their dates, which add up to the total; empty when it is due in one sum.
        pub instalments: Vec<Instalment>,
        /// When it was issued.
        pub issued: Date,
        /// The number that payers quote.
        pub number: Id,
        /// What was open when it came.
        pub open: Minor,
        /// What it was for.
        pub total: Minor,
    }
}

words! {
    /// Why an open balance moved.
    pub enum MovementKind {
        /// A receipt was allocated.
        Allocation = "allocation",
        /// The invoice was voided.
        Void = "void",
    }
}

/// One dated fall of an open balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// Why.
    pub kind: MovementKind,
    /// The date it counts from.
    pub effective: Date,
    /// By how much the open balance falls.
    pub fall: Minor,
    /// What caused it: the reservation or the invoice.
    pub cause: Id,
}

/// An open item with its dated movements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    kind: ItemKind,
    terms: ItemTerms,
    opened: Date,
    movements: Vec<Movement>,
    open: Minor,
    /// Disputed parts: the dispute, its amount, from when to when.
    disputes: Vec<(Id, Minor, Date, Option<Date>)>,
}

impl OpenItem {
    /// Where it comes from.
    #[must_use]
    pub const fn kind(&self) -> ItemKind {
        self.kind
    }

    /// What it was opened with.
    #[must_use]
    pub const fn terms(&self) -> &ItemTerms {
        &self.terms
    }

    /// The date it counts from: the issue date, or the cut-over for one that moved in.
    #[must_use]
    pub const fn opened(&self) -> Date {
        self.opened
    }

    /// Its movements, in the order they were recorded.
    #[must_use]
    pub fn movements(&self) -> &[Movement] {
        &self.movements
    }

    /// What is open now.
    #[must_use]
    pub const fn open(&self) -> Minor {
        self.open
    }

    /// What was open at the end of a day; nothing before it was opened.
    #[must_use]
    pub fn open_at(&self, date: Date) -> Minor {
        if date < self.opened {
            return Minor::ZERO;
        }
        let fallen = self.movements.iter().filter(|movement| movement.effective <= date);
        let sum = fallen.fold(0_i64, |sum, movement| sum.saturating_add(movement.fall.units()));
        Minor::new(self.terms.open.units().saturating_sub(sum)).unwrap_or(Minor::ZERO)
    }

    /// What of the open amount was disputed at the end of a day.
    #[must_use]
    pub fn disputed_at(&self, date: Date) -> Minor {
        let live =
            self.disputes.iter().filter(|(_, _, from, to)| *from <= date && to.is_none_or(|to| date < to));
        let sum = live.fold(0_i64, |sum, (_, amount, _, _)| sum.saturating_add(amount.units()));
        let disputed = Minor::new(sum).unwrap_or(Minor::ZERO);
        disputed.min(self.open_at(date))
    }

    /// What is disputed now, in whole, whatever was paid since.
    fn disputed_now(&self) -> i64 {
        let live = self.disputes.iter().filter(|(_, _, _, to)| to.is_none());
        live.fold(0_i64, |sum, (_, amount, _, _)| sum.saturating_add(amount.units()))
    }

    /// What closed it, when nothing is open.
    #[must_use]
    pub fn closed_by(&self) -> Option<MovementKind> {
        if self.open.is_zero() { self.movements.last().map(|movement| movement.kind) } else { None }
    }

    fn shown(&self, amount: Minor) -> String {
        Amount::new(amount, self.terms.currency).to_string()
    }
}

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

    /// An item by its id.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`].
    pub fn item(&self, id: &Id) -> Result<&OpenItem, LedgerError> {
        self.items.get(id).ok_or_else(|| LedgerError::Unknown { got: id.to_string() })
    }

    /// Whether an item could be opened.
    ///
    /// # Errors
    /// [`LedgerError::Twice`], [`LedgerError::Opening`] or [`LedgerError::Instalments`].
    pub fn check_open(&self, terms: &ItemTerms) -> Result<(), LedgerError> {
        if self.items.contains_key(&terms.id) {
            return Err(LedgerError::Twice { got: terms.id.to_string() });
        }
        terms.check_instalments()?;
        if terms.open > terms.total || terms.open < Minor::ZERO {
            let shown = |minor| Amount::new(minor, terms.currency).to_string();
            return Err(LedgerError::Opening {
                item: terms.id.to_string(),
                open: shown(terms.open),
                total: shown(terms.total),
            });
        }
        Ok(())
    }

    /// Opens an item that counts from a date.
    ///
    /// # Errors
    /// What [`Ledger::check_open`] refuses.
    pub fn open(&mut self, kind: ItemKind, terms: ItemTerms, opened: Date) -> Result<(), LedgerError> {
        self.check_open(&terms)?;
        let item =
            OpenItem { kind, opened, movements: Vec::new(), open: terms.open, disputes: Vec::new(), terms };
        self.items.insert(item.terms.id.clone(), item);
        Ok(())
    }

    /// Whether an allocation fits its item; returns the fall.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`], [`LedgerError::Currency`], [`LedgerError::Sign`] or
    /// [`LedgerError::Over`].
    pub fn check_allocation(&self, allocation: &Allocation) -> Result<Minor, LedgerError> {
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
        if wrong_sign {
            return Err(LedgerError::Sign { item: id(), got: item.shown(fall.unwrap_or(allocation.cash)) });
        }
        match fall {
            Ok(fall) if fall <= item.open => Ok(fall),
            other => Err(LedgerError::Over {
                item: id(),
                open: item.shown(item.open),
                got: other.map_or_else(|error| error.to_string(), |fall| item.shown(fall)),
            }),
        }
    }

    /// Lowers an item by an allocation.
    ///
    /// # Errors
    /// What [`Ledger::check_allocation`] refuses, and [`LedgerError::Early`].
    pub fn allocate(
        &mut self,
        allocation: &Allocation,
        cause: Id,
        effective: Date,
    ) -> Result<(), LedgerError> {
        let fall = self.check_allocation(allocation)?;
        let opened = self.item(&allocation.item)?.opened;
        if effective < opened {
            return Err(LedgerError::Early {
                item: allocation.item.to_string(),
                opened: opened.to_string(),
                got: effective.to_string(),
            });
        }
        self.lower(&allocation.item, Movement { kind: MovementKind::Allocation, effective, fall, cause })
    }

    /// Takes a voided invoice's item to nothing.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`].
    pub fn void(&mut self, id: &Id, effective: Date) -> Result<(), LedgerError> {
        let fall = self.item(id)?.open;
        self.lower(id, Movement { kind: MovementKind::Void, effective, fall, cause: id.clone() })
    }

    fn lower(&mut self, id: &Id, movement: Movement) -> Result<(), LedgerError> {
        let unknown = || LedgerError::Unknown { got: id.to_string() };
        let item = self.items.get_mut(id).ok_or_else(unknown)?;
        // The fall was checked against the open amount, so the difference stays within limits.
        item.open = item.open.minus(movement.fall).unwrap_or(Minor::ZERO);
        item.movements.push(movement);
        Ok(())
    }

    /// Whether a part of an item could be disputed.
    ///
    /// # Errors
    /// [`LedgerError::Unknown`] or [`LedgerError::Dispute`].
    pub fn check_dispute(&self, id: &Id, amount: Minor) -> Result<(), LedgerError> {
        let item = self.item(id)?;
        let free = item.open.units().saturating_sub(item.disputed_now());
        if amount.is_positive() && amount.units() <= free {
            return Ok(());
        }
        Err(LedgerError::Dispute {
            item: id.to_string(),
            open: item.shown(Minor::new(free).unwrap_or(Minor::ZERO)),
            got: item.shown(amount),
        })
    }

    /// Marks a part of an item as disputed; neither open nor total change.
    ///
    /// # Errors
    /// What [`Ledger::check_dispute`] refuses.
    pub fn dispute(&mut self, id: &Id, dispute: Id, amount: Minor, from: Date) -> Result<(), LedgerError> {
        self.check_dispute(id, amount)?;
        if let Some(item) = self.items.get_mut(id) {
            item.disputes.push((dispute, amount, from, None));
        }
        Ok(())
    }

    /// Ends a dispute from a date.
    pub fn settle(&mut self, id: &Id, dispute: &Id, from: Date) {
        let disputes = self.items.get_mut(id).map(|item| &mut item.disputes);
        for (open, _, _, to) in disputes.into_iter().flatten() {
            if open == dispute {
                *to = Some(from);
            }
        }
    }

    /// A ledger of just the items named, for trying something out.
    #[must_use]
    pub fn only<'i>(&self, ids: impl IntoIterator<Item = &'i Id>) -> Self {
        let found = ids.into_iter().filter_map(|id| Some((id.clone(), self.items.get(id)?.clone())));
        Self { items: found.collect() }
    }

    /// Puts an item back as it was, or takes it away when it was not there.
    pub(crate) fn restore(&mut self, id: &Id, before: Option<OpenItem>) {
        match before {
            Some(item) => drop(self.items.insert(id.clone(), item)),
            None => drop(self.items.remove(id)),
        }
    }
}
