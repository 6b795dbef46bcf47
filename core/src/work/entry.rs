use super::WorkError;
use crate::audit::Note;
use crate::calendar::{Date, Instant};
use crate::canon::{FieldClass, shape, union, words};
use crate::id::{Id, hidden_character};
use crate::money::Price;

words! {
    /// Whether an entry is billed.
    pub enum Billable {
        /// As its charge code says.
        Default = "default",
        /// Yes.
        Yes = "yes",
        /// Shown at no charge.
        NoCharge = "no_charge",
    }
}

shape! {
    /// Time that somebody worked.
    pub struct Time {
        /// The instant after the last.
        pub end: Instant,
        /// The first instant.
        pub start: Instant,
    }
}

shape! {
    /// A part that was delivered.
    pub struct Part {
        /// When it was delivered.
        pub date: Date,
        /// What it is called on the invoice.
        pub description: String,
        /// How many.
        pub quantity: Price,
        /// The stock-keeping unit.
        pub sku: Id,
        /// Price of one before tax, in the customer's currency; from the rate table when left out.
        pub unit_price: Option<Price>,
    }
}

impl Part {
    /// Most characters of a description.
    pub const LONGEST: usize = 500;

    /// Checks that its description can be printed on an invoice: one line that says something, all of it visible.
    fn check_description(&self) -> Result<(), WorkError> {
        let (text, limit) = (&self.description, Self::LONGEST);
        if text.chars().count() <= limit && !text.trim().is_empty() && hidden_character(text).is_none() {
            return Ok(());
        }
        Err(WorkError::PartDescription { limit, got: text.escape_default().take(60).collect() })
    }
}

impl Time {
    /// Checks that it ends after it starts, within [`Entry::MAX_HOURS`].
    ///
    /// # Errors
    /// [`WorkError::EndsBeforeStart`] or [`WorkError::TooLong`].
    pub fn check(&self) -> Result<(), WorkError> {
        if self.end < self.start {
            return Err(WorkError::EndsBeforeStart {
                start: self.start.to_string(),
                end: self.end.to_string(),
            });
        }
        let hours = self.end.seconds_since(self.start).div_euclid(3_600);
        if hours >= i64::from(Entry::MAX_HOURS) {
            return Err(WorkError::TooLong { limit: Entry::MAX_HOURS, got: hours });
        }
        Ok(())
    }
}

union! {
    /// What an entry records.
    pub enum Work {
        /// Time.
        Time(Time) = "time",
        /// A part.
        Part(Part) = "part",
    }
}

shape! {
    /// One recorded piece of work.
    pub struct Entry {
        /// Who worked.
        pub agent: Option<Id>,
        /// Whether it is billed.
        pub billable: Billable = Billable::Default,
        /// The charge code, when it is said and not mapped.
        pub code: Option<Id>,
        /// Whom it is for, when there is no ticket.
        pub customer: Option<Id>,
        /// Id of the entry.
        pub id: Id,
        /// What was done, in words, sealed.
        pub note: Option<Note>,
        /// Who may read the note; the seller's own people when left out.
        pub note_class: Option<FieldClass>,
        /// Priority of the ticket while this was done, where it changed since; the ticket's when left out.
        pub priority: Option<Id>,
        /// Revision of the entry at its source; a correction is a larger one.
        pub revision: u32 = 1,
        /// In which role the agent worked.
        pub role: Option<Id>,
        /// The ticket it belongs to.
        pub ticket: Option<Id>,
        /// What it records.
        pub work: Work,
        /// The type of work.
        pub work_type: Option<Id>,
    }
}

impl Entry {
    /// Longest entry in hours: a month of days and nights.
    pub const MAX_HOURS: u32 = 744;

    /// Checks what can be seen on the entry alone.
    ///
    /// # Errors
    /// [`WorkError::EndsBeforeStart`], [`WorkError::TooLong`], [`WorkError::PartQuantity`],
    /// [`WorkError::PartPrice`] or
    /// [`WorkError::CustomerMissing`].
    pub fn check(&self) -> Result<(), WorkError> {
        match &self.work {
            Work::Time(time) => time.check()?,
            Work::Part(part) if part.quantity <= Price::ZERO => {
                return Err(WorkError::PartQuantity { got: part.quantity.to_string() });
            }
            Work::Part(part) => {
                part.check_description()?;
                if let Some(price) = part.unit_price.filter(|price| *price < Price::ZERO) {
                    return Err(WorkError::PartPrice { got: price.to_string() });
                }
            }
        }
        if self.ticket.is_none() && self.customer.is_none() {
            return Err(WorkError::CustomerMissing);
        }
        Ok(())
    }

    /// Seconds between start and end; none for a part.
    #[must_use]
    pub fn seconds(&self) -> u32 {
        match &self.work {
            Work::Time(time) => u32::try_from(time.end.seconds_since(time.start)).unwrap_or(0),
            Work::Part(_) => 0,
        }
    }
}
