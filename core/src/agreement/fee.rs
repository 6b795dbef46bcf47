use super::{Agreement, AgreementError, Cadence, PeriodUnit};
use crate::calendar::{Calendar, CalendarError, Date, Shift};
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Currency, FACTOR_ONE, Minor, MoneyError, Per, Price, Rounding, extend};

words! {
    /// Whether a period is billed before or after it.
    pub enum FeeTiming {
        /// Before: on its first day, or some days ahead.
        Advance = "advance",
        /// After: on its last day.
        Arrears = "arrears",
    }
}

words! {
    /// What a part of a period costs.
    pub enum Proration {
        /// The share of its days.
        Days = "days",
        /// The share of its days where every month has thirty.
        Thirty = "thirty",
        /// The whole price, however short the first or the last period is.
        Whole = "whole",
    }
}

words! {
    /// What a new price does to a period that began under the old one.
    pub enum PriceChange {
        /// Nothing: it counts from the next period.
        NextPeriod = "next_period",
        /// It cuts the period: the days from then on cost the new price.
        Split = "split",
    }
}

shape! {
    /// A price from a date.
    pub struct FeePrice {
        /// The first day it counts.
        pub from: Date,
        /// The price of a whole period, before tax.
        pub price: Minor,
    }
}

shape! {
    /// A fee for every period of an agreement.
    pub struct RecurringFee {
        /// First day of the first period; the others start on the same day of their month or week.
        pub anchor: Date,
        /// Whether a period is billed before or after it.
        pub billed: FeeTiming = FeeTiming::Advance,
        /// Most periods that one run bills late without being told to.
        pub catch_up: u32 = 12,
        /// What a new price does to a period that began under the old one.
        pub change: PriceChange = PriceChange::NextPeriod,
        /// The charge code.
        pub code: Id,
        /// How long a period is.
        pub every: Cadence = Cadence::MONTHLY,
        /// Id of the fee, unique in its agreement.
        pub id: Id,
        /// Later prices, in the order of their dates.
        pub increases: Vec<FeePrice>,
        /// Days ahead that a period billed in advance may be billed.
        pub lead_days: u32 = 0,
        /// Price of a whole period, before tax.
        pub price: Minor,
        /// What a part of a period costs.
        pub proration: Proration = Proration::Days,
        /// How many are billed, such as seats.
        pub quantity: Price = Price::ONE,
        /// Where its billing day goes when that is no business day.
        pub shift: Shift = Shift::None,
    }
}

shape! {
    /// The days that a fee is for, and their share of its period.
    pub struct FeePart {
        /// Days of the period up to the last of these, as the convention counts.
        pub end: u32,
        /// The fee.
        pub fee: Id,
        /// The first day.
        pub from: Date,
        /// Days of the whole period, as the convention counts.
        pub of: u32,
        /// The convention.
        pub proration: Proration,
        /// Days of the period before these, as the convention counts.
        pub start: u32,
        /// The last day.
        pub to: Date,
    }
}

impl FeePart {
    /// The amount of these days: the price up to the last less the price up to the first, each rounded half
    /// up, so that the parts of a period add up to its price.
    ///
    /// # Errors
    /// [`MoneyError`].
    pub fn amount(&self, price: Price, quantity: Price, currency: Currency) -> Result<Minor, MoneyError> {
        let up_to = |days: u32| {
            let overflow = MoneyError::Overflow { limit: Price::LIMIT };
            let product = quantity.to_decimal().checked_mul(days.into()).ok_or(overflow)?;
            let per = Per(self.of.max(1));
            extend(price, Price::from_decimal(product)?, FACTOR_ONE, per, currency, Rounding::HalfUp)
        };
        up_to(self.end)?.minus(up_to(self.start)?)
    }
}

/// A part of a fee that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueFee {
    /// The day it is billed.
    pub bill_on: Date,
    /// First day of its period.
    pub period: Date,
    /// Its days.
    pub part: FeePart,
    /// The price of a whole period.
    pub price: Minor,
}

/// Days of a month where every month has thirty.
fn thirties(date: Date) -> i64 {
    let months = i64::from(date.year()).saturating_mul(12).saturating_add(date.month().into());
    months.saturating_mul(30).saturating_add(date.day().min(30).into())
}

impl Proration {
    /// Days from a date up to another, and days of the period between two others; the last of each is not
    /// counted.
    ///
    /// # Errors
    /// [`AgreementError::PeriodOrder`] for times that end before they begin, and for a period of nothing.
    pub fn share(self, (from, to): (Date, Date), period: (Date, Date)) -> Result<(i64, i64), AgreementError> {
        let order = |(from, to): (Date, Date)| AgreementError::PeriodOrder {
            from: from.to_string(),
            to: to.to_string(),
        };
        if to < from {
            return Err(order((from, to)));
        }
        let days = |(from, to): (Date, Date)| match self {
            Self::Days | Self::Whole => to.days_since(from),
            Self::Thirty => thirties(to).saturating_sub(thirties(from)),
        };
        let of = days(period);
        if of <= 0 { Err(order(period)) } else { Ok((days((from, to)), of)) }
    }
}

/// One period of a fee with the days of it that the agreement covers; both ends are counted.
struct Period {
    whole: (Date, Date),
    served: (Date, Date),
}

impl RecurringFee {
    /// Most periods that are looked at in one go.
    pub const LIMIT: usize = 10_000;

    /// What is wrong with it.
    #[must_use]
    pub fn check(&self) -> Vec<AgreementError> {
        let mut errors: Vec<AgreementError> = self.every.check().err().into_iter().collect();
        if self.quantity <= Price::ZERO {
            errors.push(AgreementError::FeeQuantity { got: self.quantity.to_string() });
        }
        let prices = || core::iter::once(self.price).chain(self.increases.iter().map(|later| later.price));
        let dates = self.increases.iter().map(|later| later.from);
        let rising = dates.clone().zip(dates.skip(1)).all(|(earlier, later)| earlier < later);
        if !rising || prices().any(|price| price < Minor::ZERO) {
            errors.push(AgreementError::FeePrices { fee: self.id.to_string() });
        }
        if self.lead_days > Self::LEAD_LIMIT {
            errors.push(AgreementError::Interval { limit: Self::LEAD_LIMIT, got: self.lead_days });
        }
        errors
    }

    /// Most days that a fee is billed ahead.
    pub const LEAD_LIMIT: u32 = 400;

    /// The price of a period on a day.
    #[must_use]
    pub fn price_on(&self, date: Date) -> Minor {
        let later = self.increases.iter().rev().find(|later| later.from <= date);
        later.map_or(self.price, |later| later.price)
    }

    /// First day of the agreement's time under this fee, and the last where there is one.
    fn span(&self, agreement: &Agreement) -> (Date, Option<Date>) {
        (agreement.from.map_or(self.anchor, |from| from.max(self.anchor)), agreement.to)
    }

    fn period(&self, number: i32, span: (Date, Option<Date>)) -> Result<Option<Period>, CalendarError> {
        let whole = (
            self.every.start(self.anchor, number)?,
            self.every.start(self.anchor, number.saturating_add(1))?.minus_days(1)?,
        );
        let served = (whole.0.max(span.0), span.1.map_or(whole.1, |to| to.min(whole.1)));
        Ok((served.0 <= served.1).then_some(Period { whole, served }))
    }

    /// The day a period is billed.
    fn bill_on(&self, period: &Period, calendar: &Calendar) -> Result<Date, CalendarError> {
        let day = match self.billed {
            FeeTiming::Advance => period.served.0.minus_days(self.lead_days)?,
            FeeTiming::Arrears => period.served.1,
        };
        calendar.shift(day, self.shift)
    }

    /// What of the fee is due by a day: every day of the agreement's time exactly once, less those that
    /// stand on live lines or were skipped. `taken` holds these, first and last day, in order.
    ///
    /// # Errors
    /// [`FeeFault`].
    pub fn due(
        &self,
        agreement: &Agreement,
        taken: &[(Date, Date)],
        calendar: &Calendar,
        by: Date,
    ) -> Result<Vec<DueFee>, FeeFault> {
        let span = self.span(agreement);
        let mut gap = span.0;
        for (from, to) in taken {
            if *from <= gap && gap <= *to {
                gap = to.plus_days(1)?;
            }
        }
        let first = self.every.whole_periods(self.anchor, gap)?;
        let mut due = Vec::new();
        for step in 0..Self::LIMIT {
            let number = first.saturating_add(i32::try_from(step).unwrap_or(i32::MAX));
            let Some(period) = self.period(number, span)? else {
                return Ok(due);
            };
            let bill_on = self.bill_on(&period, calendar)?;
            if bill_on > by {
                return Ok(due);
            }
            for (from, to) in self.pieces(&period, taken)? {
                let price = match self.change {
                    PriceChange::NextPeriod => self.price_on(period.served.0),
                    PriceChange::Split => self.price_on(from),
                };
                let part = self.part(&period, from, to)?;
                due.push(DueFee { bill_on, period: period.whole.0, part, price });
            }
        }
        let got = Self::LIMIT.saturating_add(1);
        Err(AgreementError::FeeCatchUp { fee: self.id.to_string(), limit: Self::LIMIT, got }.into())
    }

    /// The days of the period that begins, or is first served, on a day, less those that are taken.
    ///
    /// # Errors
    /// [`AgreementError::FeePeriod`] when none begins there or nothing of it is left.
    pub fn free_days(
        &self,
        agreement: &Agreement,
        taken: &[(Date, Date)],
        first: Date,
    ) -> Result<Vec<(Date, Date)>, FeeFault> {
        let none = || AgreementError::FeePeriod { fee: self.id.to_string(), got: first.to_string() };
        let number = self.every.whole_periods(self.anchor, first).map_err(|_| none())?;
        let period = self.period(number, self.span(agreement))?.ok_or_else(none)?;
        if period.whole.0 != first && period.served.0 != first {
            return Err(none().into());
        }
        let free = minus(period.served, taken)?;
        if free.is_empty() { Err(none().into()) } else { Ok(free) }
    }

    /// The days of a period that are left, cut where a price cuts them.
    fn pieces(&self, period: &Period, taken: &[(Date, Date)]) -> Result<Vec<(Date, Date)>, CalendarError> {
        let free = minus(period.served, taken)?;
        if self.change == PriceChange::NextPeriod {
            return Ok(free);
        }
        let mut pieces = Vec::with_capacity(free.len());
        for (mut from, to) in free {
            for cut in self.increases.iter().map(|later| later.from) {
                if from < cut && cut <= to {
                    pieces.push((from, cut.minus_days(1)?));
                    from = cut;
                }
            }
            pieces.push((from, to));
        }
        Ok(pieces)
    }

    fn part(&self, period: &Period, from: Date, to: Date) -> Result<FeePart, FeeFault> {
        let proration = self.proration;
        let within = if proration == Proration::Whole { period.served } else { period.whole };
        let whole = (within.0, within.1.plus_days(1)?);
        let (start, days) = proration.share((within.0, from), whole)?;
        let of = match (proration, self.every.unit) {
            (Proration::Thirty, PeriodUnit::Month) => i64::from(self.every.count).saturating_mul(30),
            (Proration::Thirty, PeriodUnit::Day | PeriodUnit::Week) => whole.1.days_since(whole.0),
            (Proration::Days | Proration::Whole, _) => days,
        };
        let end = if to == within.1 { of } else { proration.share((within.0, to.plus_days(1)?), whole)?.0 };
        let days = |days: i64| u32::try_from(days.clamp(0, of)).unwrap_or(0);
        Ok(FeePart {
            end: days(end),
            fee: self.id.clone(),
            from,
            of: days(of),
            proration,
            start: days(start),
            to,
        })
    }
}

/// What is left of some days when others are taken; both in order, both ends counted.
fn minus(days: (Date, Date), taken: &[(Date, Date)]) -> Result<Vec<(Date, Date)>, CalendarError> {
    let mut left = Vec::new();
    let mut at = days.0;
    for (from, to) in taken {
        if *to < at || *from > days.1 {
            continue;
        }
        if *from > at {
            left.push((at, from.minus_days(1)?));
        }
        at = to.plus_days(1)?;
    }
    if at <= days.1 {
        left.push((at, days.1));
    }
    Ok(left)
}

/// Why the periods of a fee could not be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeFault {
    /// The fee or the period is at fault.
    Agreement(AgreementError),
    /// A date left the supported years, or no business day is near.
    Calendar(CalendarError),
}

impl core::fmt::Display for FeeFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Agreement(error) => error.fmt(f),
            Self::Calendar(error) => error.fmt(f),
        }
    }
}

impl crate::error_code::Coded for FeeFault {
    fn code(&self) -> crate::error_code::Code {
        match self {
            Self::Agreement(error) => error.code(),
            Self::Calendar(error) => error.code(),
        }
    }
}

impl From<AgreementError> for FeeFault {
    fn from(error: AgreementError) -> Self {
        Self::Agreement(error)
    }
}

impl From<CalendarError> for FeeFault {
    fn from(error: CalendarError) -> Self {
        Self::Calendar(error)
    }
}
