use super::{RatingError, TimeRounding};
use crate::agreement::FeePart;
use crate::calendar::{Date, Instant};
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Currency, FACTOR_ONE, Minor, MoneyError, Per, Price, Rounding, extend};
use crate::work::Work;

words! {
    /// What a charge was made from.
    pub enum ChargeSource {
        /// A captured entry.
        Entry = "entry",
        /// A sale of a prepaid block.
        Sale = "sale",
        /// A period of a recurring fee.
        Fee = "fee",
        /// A down payment: no work stands behind it yet.
        Deposit = "deposit",
    }
}

words! {
    /// What the quantity of a charge counts.
    pub enum Unit {
        /// Seconds, priced by the hour.
        Hour = "hour",
        /// Pieces.
        Unit = "unit",
    }
}

shape! {
    /// What a prepaid block took over.
    pub struct Coverage {
        /// Seconds left after.
        pub after: u64,
        /// The agreement.
        pub agreement: Id,
        /// Seconds left before.
        pub before: u64,
    }
}

shape! {
    /// How the scope of a charge was rounded, whole.
    pub struct Rounded {
        /// Seconds of the scope that live lines billed before.
        pub before: u64,
        /// Seconds of the scope that are billed now, shared over its slices.
        pub due: u64,
        /// Worked seconds of the whole scope.
        pub raw: u64,
        /// The rule with its defaults written out.
        pub rule: TimeRounding,
    }
}

shape! {
    /// What was delivered, as documents call it (EN 16931 BT-153, BT-155).
    pub struct Article {
        /// What it is called.
        pub name: String,
        /// The stock-keeping unit.
        pub sku: Id,
    }
}

impl Article {
    /// What an entry delivered; none where somebody worked.
    #[must_use]
    pub fn of(work: &Work) -> Option<Self> {
        match work {
            Work::Part(part) => Some(Self { name: part.description.clone(), sku: part.sku.clone() }),
            Work::Time(_) => None,
        }
    }
}

shape! {
    /// A priced piece of work with everything its amount was made from.
    pub struct Charge {
        /// Who worked.
        pub agent: Option<Id>,
        /// The agreement it fell under.
        pub agreement: Option<Id>,
        /// What was delivered; none for time, fees and sales.
        pub article: Option<Article>,
        /// The band of the calendar.
        pub band: Option<Id>,
        /// The charge code.
        pub code: Id,
        /// The block that covers it; then its net is 0.
        pub coverage: Option<Coverage>,
        /// The local day of the work; the first, where it went past midnight.
        pub date: Date,
        /// The instant after the last.
        pub end: Option<Instant>,
        /// Id of the entry, of the sale, of the days of a fee, or of the down payment.
        pub entry: Id,
        /// The multiplier in ten-thousandths.
        pub factor: u32,
        /// The days that a recurring fee is for.
        pub fee: Option<FeePart>,
        /// The multiplier's row.
        pub multiplier: Option<Id>,
        /// The amount before tax, rounded half up to the currency's digits.
        pub net: Minor,
        /// Whether it is shown at no charge; then its net is 0.
        pub no_charge: bool,
        /// The unit price.
        pub price: Price,
        /// Billed seconds, or pieces.
        pub quantity: Price,
        /// The price row; left out when the entry stated its price.
        pub rate: Option<Id>,
        /// Worked seconds before rounding.
        pub raw_seconds: u32,
        /// How its scope was rounded; left out for parts and fees.
        pub rounding: Option<Rounded>,
        /// What `entry` is an id of.
        pub source: ChargeSource,
        /// The first instant.
        pub start: Option<Instant>,
        /// The ticket.
        pub ticket: Option<Id>,
        /// What the quantity counts.
        pub unit: Unit,
    }
}

impl Charge {
    /// The day on which it was supplied, for an invoice of a day: what is for a stretch of days is supplied with the
    /// last of them, and nothing later than it is invoiced.
    #[must_use]
    pub fn supplied(&self, invoiced: Date) -> Date {
        self.fee.as_ref().map_or(self.date, |part| part.to).min(invoiced)
    }

    /// The amount that follows from the charge's own facts.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn recompute(&self, currency: Currency) -> Result<Minor, MoneyError> {
        if self.no_charge || self.coverage.is_some() {
            return Ok(Minor::ZERO);
        }
        if let Some(part) = &self.fee {
            return part.amount(self.price, self.quantity, currency);
        }
        let per = match self.unit {
            Unit::Hour => Per::HOUR,
            Unit::Unit => Per::UNIT,
        };
        extend(self.price, self.quantity, self.factor, per, currency, Rounding::HalfUp)
    }

    /// This charge and the one that follows it as one, where they differ in nothing but their times.
    /// Scopes that tell days apart are rounded apart and stay apart.
    ///
    /// # Errors
    /// [`MoneyError::NumberRange`] when the quantity leaves its limit.
    pub(super) fn join(&self, next: &Self) -> Result<Option<Self>, MoneyError> {
        // Most charges follow one of another entry; the costly comparison is for the few that do not.
        if self.entry != next.entry {
            return Ok(None);
        }
        let day_scope = self.rounding.as_ref().is_some_and(|rounded| rounded.rule.scope.tells_days_apart());
        let blocks_meet = match (&self.coverage, &next.coverage) {
            (Some(before), Some(after)) => {
                before.agreement == after.agreement && before.after == after.before
            }
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let one_time = self.end.is_some() && self.end == next.start && (self.date == next.date || !day_scope);
        let like_next = Self {
            coverage: next.coverage.clone(),
            date: next.date,
            end: next.end,
            net: next.net,
            quantity: next.quantity,
            raw_seconds: next.raw_seconds,
            start: next.start,
            ..self.clone()
        };
        if !one_time || !blocks_meet || like_next != *next {
            return Ok(None);
        }
        let overflow = MoneyError::Overflow { limit: Price::LIMIT };
        let quantity = self.quantity.to_decimal().checked_add(next.quantity.to_decimal()).ok_or(overflow)?;
        let coverage = self.coverage.clone().zip(next.coverage.as_ref());
        Ok(Some(Self {
            coverage: coverage.map(|(first, last)| Coverage { after: last.after, ..first }),
            end: next.end,
            quantity: Price::from_decimal(quantity)?,
            raw_seconds: self.raw_seconds.saturating_add(next.raw_seconds),
            ..self.clone()
        }))
    }

    /// Checks the stated amount against the facts.
    ///
    /// # Errors
    /// [`RatingError::Rounding`] or [`RatingError::Mismatch`].
    pub fn check(&self, currency: Currency) -> Result<(), RatingError> {
        if let Some(rounded) = &self.rounding {
            let expected = rounded.rule.round(rounded.raw).saturating_sub(rounded.before);
            if rounded.due != expected || self.billed_seconds() > expected {
                return Err(RatingError::Rounding { expected, got: rounded.due });
            }
        }
        match self.recompute(currency) {
            Ok(net) if net == self.net => Ok(()),
            other => Err(RatingError::Mismatch {
                expected: other.unwrap_or(Minor::ZERO).units(),
                got: self.net.units(),
            }),
        }
    }

    /// Billed seconds; none for pieces.
    #[must_use]
    pub fn billed_seconds(&self) -> u64 {
        match self.unit {
            Unit::Hour => u64::try_from(self.quantity.coefficient()).unwrap_or(0),
            Unit::Unit => 0,
        }
    }

    /// Whether the multiplier changes anything.
    #[must_use]
    pub const fn is_multiplied(&self) -> bool {
        self.factor != FACTOR_ONE
    }
}
