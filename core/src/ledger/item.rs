use super::movement::{Movement, MovementKind};
use crate::calendar::Date;
use crate::calendar::{Moment, Viewpoint};
use crate::canon::{shape, words};
use crate::id::Id;
use crate::invoice::{DiscountOffer, DisputeClock, Instalment};
use crate::money::{Amount, Currency, Minor};

words! {
    /// Where an open item comes from.
    pub enum ItemKind {
        /// An invoice issued here.
        Invoice = "invoice",
        /// A credit note issued here: its total is negative.
        CreditNote = "credit_note",
        /// An open invoice or credit that moved in from another system; it has no lines here.
        Opening = "opening",
        /// An item that moved in from another account; its document stays there.
        Admitted = "admitted",
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
        /// Its id: that of its invoice or credit note.
        pub id: Id,
        /// Its parts with their dates, which add up to the total; empty when it is due in one sum.
        pub instalments: Vec<Instalment>,
        /// When it was issued.
        pub issued: Date,
        /// The number that payers quote.
        pub number: Id,
        /// What was open when it came; negative for a credit.
        pub open: Minor,
        /// The reference that payments of it carry, with check digits; its number when left out.
        pub payment_reference: Option<Id>,
        /// What it was for; negative for a credit.
        pub total: Minor,
    }
}

shape! {
    /// By how much the due date of what came back from a dispute moved.
    pub struct DueExtension {
        /// How much came back.
        pub amount: Minor,
        /// Why.
        pub clock: DisputeClock,
        /// How many days later it is due.
        pub days: u32,
    }
}

/// A disputed part of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Disputed {
    pub(super) dispute: Id,
    pub(super) amount: Minor,
    pub(super) from: Moment,
    pub(super) to: Option<Moment>,
    pub(super) extension: Option<DueExtension>,
}

/// An open item with its dated movements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    pub(super) kind: ItemKind,
    pub(super) terms: ItemTerms,
    pub(super) opened: Moment,
    pub(super) movements: Vec<Movement>,
    pub(super) open: Minor,
    /// The last date from which an earlier fall no longer counts.
    pub(super) risen: Option<Date>,
    pub(super) disputes: Vec<Disputed>,
}

/// What it takes to put an item back as it was.
#[derive(Debug)]
pub(crate) struct Mark {
    movements: usize,
    open: Minor,
    risen: Option<Date>,
    disputes: Vec<Disputed>,
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
        self.opened.effective
    }

    /// The same, with when it was recorded.
    #[must_use]
    pub const fn opened_at(&self) -> Moment {
        self.opened
    }

    /// Its movements, in the order they were recorded.
    #[must_use]
    pub fn movements(&self) -> &[Movement] {
        &self.movements
    }

    /// What is open now; negative for an unused credit.
    #[must_use]
    pub const fn open(&self) -> Minor {
        self.open
    }

    /// Whether it is owed to the customer.
    #[must_use]
    pub fn is_credit(&self) -> bool {
        self.terms.total < Minor::ZERO
    }

    /// What was open at the end of a day, as far as was known; nothing before it was opened.
    #[must_use]
    pub fn open_at(&self, at: impl Into<Viewpoint>) -> Minor {
        let at = at.into();
        if !at.sees(self.opened) {
            return Minor::ZERO;
        }
        let fallen = self.movements.iter().filter(|movement| at.sees(movement.moment()));
        let sum = fallen.fold(0_i64, |sum, movement| sum.saturating_add(movement.fall.units()));
        Minor::new(self.terms.open.units().saturating_sub(sum)).unwrap_or(Minor::ZERO)
    }

    /// The least that is open on any day from a date on, as an absolute amount: what may still fall.
    #[must_use]
    pub fn available_from(&self, date: Date) -> Minor {
        let now = self.open.magnitude();
        if self.risen.is_none_or(|risen| risen <= date) {
            return now;
        }
        // Something that fell counts no longer from a later day than this: days in between are looked at.
        let mut later: Vec<&Movement> =
            self.movements.iter().filter(|movement| movement.effective > date).collect();
        later.sort_by_key(|movement| movement.effective);
        let sign = self.terms.total.units().signum();
        let mut open = self.open_at(date).units().saturating_mul(sign);
        let mut least = open;
        let mut days = later.as_slice();
        while let Some(first) = days.first() {
            let same = days.partition_point(|movement| movement.effective <= first.effective);
            let (day, rest) = days.split_at(same);
            let fall = day.iter().fold(0_i64, |sum, movement| sum.saturating_add(movement.fall.units()));
            open = open.saturating_sub(fall.saturating_mul(sign));
            least = least.min(open);
            days = rest;
        }
        Minor::new(least.max(0)).unwrap_or(Minor::ZERO).min(now)
    }

    /// What of the open amount was disputed at the end of a day. Money that came goes to the
    /// undisputed part first.
    #[must_use]
    pub fn disputed_at(&self, at: impl Into<Viewpoint>) -> Minor {
        if self.disputes.is_empty() {
            return Minor::ZERO;
        }
        let at = at.into();
        let live = self
            .disputes
            .iter()
            .filter(|disputed| at.sees(disputed.from) && !disputed.to.is_some_and(|to| at.sees(to)));
        let sum = live.fold(0_i64, |sum, disputed| sum.saturating_add(disputed.amount.units()));
        let disputed = Minor::new(sum).unwrap_or(Minor::ZERO);
        disputed.min(self.open_at(at)).max(Minor::ZERO)
    }

    /// What is disputed now, in whole, whatever was paid since.
    #[must_use]
    pub fn disputed_now(&self) -> Minor {
        let live = self.disputes.iter().filter(|disputed| disputed.to.is_none());
        // Each was checked against what was open, and no item passes the limit.
        Minor::sum(live.map(|disputed| disputed.amount)).unwrap_or(Minor::ZERO)
    }

    /// What closed it, when nothing was open at the end of a day; of several on the last day the one
    /// recorded last.
    #[must_use]
    pub fn closed_by(&self, at: impl Into<Viewpoint>) -> Option<MovementKind> {
        let at = at.into();
        if !self.open_at(at).is_zero() {
            return None;
        }
        let seen = self.movements.iter().filter(|movement| at.sees(movement.moment()));
        seen.max_by_key(|movement| movement.effective).map(|movement| movement.kind)
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            movements: self.movements.len(),
            open: self.open,
            risen: self.risen,
            disputes: self.disputes.clone(),
        }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        self.movements.truncate(mark.movements);
        self.open = mark.open;
        self.risen = mark.risen;
        self.disputes = mark.disputes;
    }

    pub(super) fn shown(&self, amount: Minor) -> String {
        Amount::new(amount, self.terms.currency).to_string()
    }
}
