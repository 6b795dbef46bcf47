use super::{DueRule, InvoiceError};
use crate::calendar::{CalendarError, Date};
use crate::canon::{shape, union, words};
use crate::error_code::{Code, Coded};
use crate::money::{Currency, FACTOR_ONE, Minor, MoneyError, Per, Price, Rounding, divide, extend_to};
use crate::tax::percent_of;

words! {
    /// From which date an instalment counts.
    pub enum CountsFrom {
        /// The issue date.
        Issue = "issue",
        /// The date of the instalment before.
        Previous = "previous",
    }
}

shape! {
    /// A part of an invoice by percent.
    pub struct SharedPart {
        /// From which date it counts.
        pub counts_from: CountsFrom = CountsFrom::Issue,
        /// When it is due.
        pub due: DueRule = DueRule::AT_ONCE,
        /// Its percent of the total; may be left out on the last, which takes the balance.
        pub percent: Option<Price>,
        /// Rounds it half up to a multiple of this; to the minor unit when left out.
        pub round_to: Option<Price>,
    }
}

shape! {
    /// Parts by percent; the last takes the balance.
    pub struct SharedParts {
        /// The parts in the order they are due.
        pub parts: Vec<SharedPart>,
    }
}

shape! {
    /// Equal parts at equal distances; the last takes the balance.
    pub struct EqualParts {
        /// How many.
        pub count: u32,
        /// Days from one to the next.
        pub days: u32 = 0,
        /// When the first is due.
        pub first: DueRule = DueRule::AT_ONCE,
        /// Months from one to the next, counted from the first, so that Jan 31 comes before Feb 28 and Mar 31.
        pub months: u32 = 0,
    }
}

union! {
    /// How an invoice is split into instalments.
    pub enum InstalmentTerms {
        /// By percent.
        Shares(SharedParts) = "shares",
        /// In equal parts.
        Equal(EqualParts) = "equal",
    }
}

shape! {
    /// A part of an invoice with its date.
    pub struct Instalment {
        /// How much.
        pub amount: Minor,
        /// When it is due; never before the one before.
        pub due: Date,
    }
}

/// Why an invoice could not be given its dates and amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unscheduled {
    /// A date left the supported years.
    Date(CalendarError),
    /// An amount left its limit.
    Money(MoneyError),
    /// The terms do not fit the currency.
    Terms(InvoiceError),
}

impl core::error::Error for Unscheduled {}

impl core::fmt::Display for Unscheduled {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Date(error) => error.fmt(f),
            Self::Money(error) => error.fmt(f),
            Self::Terms(error) => error.fmt(f),
        }
    }
}

impl Coded for Unscheduled {
    fn code(&self) -> Code {
        match self {
            Self::Date(error) => error.code(),
            Self::Money(error) => error.code(),
            Self::Terms(error) => error.code(),
        }
    }
}

impl From<CalendarError> for Unscheduled {
    fn from(error: CalendarError) -> Self {
        Self::Date(error)
    }
}

impl From<MoneyError> for Unscheduled {
    fn from(error: MoneyError) -> Self {
        Self::Money(error)
    }
}

impl InstalmentTerms {
    /// Most instalments of one invoice.
    pub const LIMIT: usize = 120;

    /// Whether the parts make a whole and their dates are within limits.
    ///
    /// # Errors
    /// [`InvoiceError::InstalmentCount`], [`InvoiceError::InstalmentShares`],
    /// [`InvoiceError::InstalmentInterval`], and what [`DueRule::check`] refuses.
    pub fn check(&self) -> Result<(), InvoiceError> {
        let count = match self {
            Self::Shares(shares) => shares.parts.len(),
            Self::Equal(equal) => usize::try_from(equal.count).unwrap_or(usize::MAX),
        };
        if !(2..=Self::LIMIT).contains(&count) {
            return Err(InvoiceError::InstalmentCount { limit: Self::LIMIT, got: count });
        }
        match self {
            Self::Shares(shares) => shares.check(),
            Self::Equal(equal) => equal.check(),
        }
    }

    /// The instalments of an invoice: every part between nothing and what is left, the balance on the last,
    /// dates in order and never before the issue date.
    ///
    /// # Errors
    /// [`Unscheduled`].
    pub fn instalments(
        &self,
        issued: Date,
        total: Minor,
        currency: Currency,
    ) -> Result<Vec<Instalment>, Unscheduled> {
        let wanted = match self {
            Self::Shares(shares) => shares.wanted(issued, total, currency)?,
            Self::Equal(equal) => equal.wanted(issued, total)?,
        };
        let last = wanted.len().saturating_sub(1);
        let mut left = total;
        let mut instalments = Vec::with_capacity(wanted.len());
        for (place, (due, share)) in wanted.into_iter().enumerate() {
            let within = if total < Minor::ZERO { share.max(left).min(Minor::ZERO) } else { share.min(left) };
            let amount = if place == last { left } else { within };
            left = left.minus(amount)?;
            instalments.push(Instalment { amount, due });
        }
        Ok(instalments)
    }
}

impl SharedParts {
    fn check(&self) -> Result<(), InvoiceError> {
        let shares = |got: String| InvoiceError::InstalmentShares { got };
        let mut sum = rust_decimal::Decimal::ZERO;
        for (place, part) in self.parts.iter().enumerate() {
            part.due.check()?;
            let is_last = place.saturating_add(1) == self.parts.len();
            match part.percent {
                Some(percent) if percent > Price::ZERO => {
                    let more = sum.checked_add(percent.to_decimal());
                    sum = more.ok_or_else(|| shares("too much".to_owned()))?;
                }
                Some(percent) => return Err(shares(format!("a part of {percent}"))),
                None if is_last && sum < rust_decimal::Decimal::ONE_HUNDRED => {
                    sum = rust_decimal::Decimal::ONE_HUNDRED;
                }
                None => return Err(shares("a part without percent".to_owned())),
            }
            if let Some(step) = part.round_to.filter(|step| *step <= Price::ZERO) {
                return Err(InvoiceError::InstalmentStep { got: step.to_string() });
            }
        }
        if sum == rust_decimal::Decimal::ONE_HUNDRED {
            Ok(())
        } else {
            Err(shares(sum.normalize().to_string()))
        }
    }

    fn wanted(
        &self,
        issued: Date,
        total: Minor,
        currency: Currency,
    ) -> Result<Vec<(Date, Minor)>, Unscheduled> {
        let mut before = issued;
        let mut wanted = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let from = match part.counts_from {
                CountsFrom::Issue => issued,
                CountsFrom::Previous => before,
            };
            before = part.due.date(from)?.max(before);
            let share = part.percent.map_or(Ok(total), |percent| part.share(total, percent, currency))?;
            wanted.push((before, share));
        }
        Ok(wanted)
    }
}

impl SharedPart {
    fn share(&self, total: Minor, percent: Price, currency: Currency) -> Result<Minor, Unscheduled> {
        let Some(step) = self.round_to else {
            return Ok(percent_of(total, percent, Rounding::HalfUp)?);
        };
        let unit =
            extend_to(step, Price::whole(1)?, FACTOR_ONE, Per::UNIT, currency.digits(), Rounding::Down)?;
        let overflow = || MoneyError::Overflow { limit: Minor::LIMIT };
        let none = || Unscheduled::Terms(InvoiceError::InstalmentStep { got: step.to_string() });
        if !unit.is_positive() {
            return Err(none());
        }
        let hundredths = 10_i128.checked_pow(percent.scale().into()).and_then(|power| power.checked_mul(100));
        let numerator = i128::from(total.units()).checked_mul(percent.coefficient().into());
        let denominator = hundredths.and_then(|whole| whole.checked_mul(unit.units().into()));
        let (Some(numerator), Some(denominator)) = (numerator, denominator) else {
            return Err(overflow().into());
        };
        let steps = divide(numerator, denominator, Rounding::HalfUp).ok_or_else(overflow)?;
        Ok(Minor::from_wide(steps.checked_mul(unit.units().into()).ok_or_else(overflow)?)?)
    }
}

impl EqualParts {
    fn check(&self) -> Result<(), InvoiceError> {
        self.first.check()?;
        if self.days == 0 && self.months == 0 {
            return Err(InvoiceError::InstalmentInterval);
        }
        let longest = self.days.max(self.months);
        if longest > DueRule::LIMIT {
            return Err(InvoiceError::TermsDays { limit: DueRule::LIMIT, got: longest });
        }
        Ok(())
    }

    fn wanted(&self, issued: Date, total: Minor) -> Result<Vec<(Date, Minor)>, Unscheduled> {
        let first = self.first.date(issued)?;
        let part = total.units().checked_div(self.count.into()).unwrap_or(0);
        let mut wanted = Vec::new();
        for number in 0..self.count {
            let months = i32::try_from(self.months.saturating_mul(number)).unwrap_or(i32::MAX);
            let due = first.plus_months(months)?.plus_days(self.days.saturating_mul(number))?;
            wanted.push((due, Minor::new(part)?));
        }
        Ok(wanted)
    }
}

/// What stands of an instalment after money came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalmentStanding {
    /// How much it was.
    pub amount: Minor,
    /// When it is due.
    pub due: Date,
    /// What each fall took of it.
    pub fallen: Vec<Minor>,
    /// What is open.
    pub open: Minor,
}

/// Spreads falls of an open balance over instalments, the oldest first, one fall after the other. What
/// exceeds them all is left out.
#[must_use]
pub fn spread(instalments: &[Instalment], falls: &[Minor]) -> Vec<InstalmentStanding> {
    let mut standings: Vec<InstalmentStanding> = instalments
        .iter()
        .map(|part| InstalmentStanding {
            amount: part.amount,
            due: part.due,
            fallen: Vec::with_capacity(falls.len()),
            open: part.amount,
        })
        .collect();
    for fall in falls {
        let mut left = *fall;
        for standing in &mut standings {
            let open = standing.open;
            let taken = if left < Minor::ZERO {
                left.max(open).min(Minor::ZERO)
            } else {
                left.min(open).max(Minor::ZERO)
            };
            // What is taken lies between nothing and both, so neither difference leaves its limit.
            left = left.minus(taken).unwrap_or(Minor::ZERO);
            standing.open = open.minus(taken).unwrap_or(Minor::ZERO);
            standing.fallen.push(taken);
        }
    }
    standings
}
