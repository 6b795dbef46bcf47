//! Periods and the fees for them.

use rust_decimal::Decimal;

use crate::agreement::{Agreement, AgreementError, Cadence, FeePart, Proration};
use crate::calendar::Date;
use crate::canon::shape;
use crate::error_code::Coded;
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::Period;
use crate::money::{Amount, Currency, Minor, MoneyError, Price, Rounding, divide};
use crate::rulebook::CalendarDocument;

fn because(error: &impl Coded) -> Refusal {
    Refusal::because(error)
}

shape! {
    /// An anchor to count periods from.
    pub struct AdvanceIn {
        /// First day of the first period.
        pub anchor: Date,
        /// How long a period is.
        pub every: Cadence,
        /// How many periods to count; back where negative.
        pub number: i64,
    }
}

shape! {
    /// The first day of a period.
    pub struct AdvanceOut {
        /// The day.
        pub date: Date,
    }
}

pub(super) fn period_advance(asked: AdvanceIn) -> Result<AdvanceOut, Refusal> {
    asked.every.check().map_err(|error| because(&error))?;
    let number = i32::try_from(asked.number).unwrap_or(if asked.number < 0 { i32::MIN } else { i32::MAX });
    asked.every.start(asked.anchor, number).map(|date| AdvanceOut { date }).map_err(|error| because(&error))
}

shape! {
    /// A time to count whole periods in.
    pub struct WholePeriodsIn {
        /// First day of the first period.
        pub anchor: Date,
        /// The day after the last.
        pub end: Date,
        /// How long a period is.
        pub every: Cadence,
    }
}

shape! {
    /// Whole periods.
    pub struct WholePeriodsOut {
        /// How many.
        pub number: i64,
    }
}

pub(super) fn whole_periods(asked: WholePeriodsIn) -> Result<WholePeriodsOut, Refusal> {
    asked.every.check().map_err(|error| because(&error))?;
    let number = asked.every.whole_periods(asked.anchor, asked.end).map_err(|error| because(&error))?;
    Ok(WholePeriodsOut { number: number.into() })
}

shape! {
    /// Days and the period that they are a share of.
    pub struct ProrationIn {
        /// How days are counted.
        pub convention: Proration = Proration::Days,
        /// The first day.
        pub from: Date,
        /// First day of the period.
        pub period_from: Date,
        /// The day after the last of the period.
        pub period_to: Date,
        /// The day after the last.
        pub to: Date,
    }
}

shape! {
    /// A share of a period.
    pub struct ProrationOut {
        /// Days.
        pub days: i64,
        /// The share with nine decimals, rounded half up; amounts are made of the days and not of this.
        pub fraction: String,
        /// Days of the period.
        pub of: i64,
    }
}

pub(super) fn proration(asked: ProrationIn) -> Result<ProrationOut, Refusal> {
    let (period, part) = ((asked.period_from, asked.period_to), (asked.from, asked.to));
    let (days, of) = asked.convention.share(part, period).map_err(|error| because(&error))?;
    let units = i128::from(days).checked_mul(1_000_000_000);
    let units = units.and_then(|units| divide(units, of.into(), Rounding::HalfUp));
    let fraction = units.and_then(|units| Decimal::try_from_i128_with_scale(units, 9).ok());
    let overflow = || because(&MoneyError::Overflow { limit: Price::LIMIT });
    Ok(ProrationOut { days, fraction: fraction.ok_or_else(overflow)?.to_string(), of })
}

shape! {
    /// A fee of an agreement with the days that are billed or skipped.
    pub struct FeeIn {
        /// The agreement.
        pub agreement: Agreement,
        /// The last day to bill.
        pub by: Date,
        /// The calendar that says what a business day is.
        pub calendar: CalendarDocument,
        /// The currency of the prices.
        pub currency: Currency,
        /// The fee.
        pub fee: Id,
        /// Days that are billed or skipped, in order.
        pub taken: Vec<Period>,
    }
}

shape! {
    /// A part of a fee that is due.
    pub struct FeeDue {
        /// The amount before tax.
        pub amount: Minor,
        /// The day it is billed.
        pub bill_on: Date,
        /// Its days.
        pub part: FeePart,
        /// The price of a whole period.
        pub price: Minor,
    }
}

shape! {
    /// What is due of a fee.
    pub struct FeeOut {
        /// The currency of every amount.
        pub currency: Currency,
        /// The parts, by their days.
        pub due: Vec<FeeDue>,
    }
}

pub(super) fn fee_due(asked: FeeIn) -> Result<FeeOut, Refusal> {
    let agreement = &asked.agreement;
    let faults: Vec<_> = agreement.check().iter().map(because).collect();
    if let Some(fault) = faults.into_iter().next() {
        return Err(fault.below("/agreement"));
    }
    let calendar = asked.calendar.compile().map_err(|refusal| refusal.below("/calendar"))?;
    let unknown =
        || AgreementError::FeeUnknown { agreement: agreement.id.to_string(), got: asked.fee.to_string() };
    let fee = agreement.fees.iter().find(|fee| fee.id == asked.fee).ok_or_else(|| because(&unknown()))?;
    let taken: Vec<(Date, Date)> = asked.taken.iter().map(|days| (days.from, days.to)).collect();
    let found = fee.due(agreement, &taken, &calendar, asked.by).map_err(|error| because(&error))?;
    let mut due = Vec::with_capacity(found.len());
    for one in found {
        let price = Price::from_decimal(Amount::new(one.price, asked.currency).to_decimal());
        let amount = price.and_then(|price| one.part.amount(price, fee.quantity, asked.currency));
        let amount = amount.map_err(|error| because(&error))?;
        due.push(FeeDue { amount, bill_on: one.bill_on, part: one.part, price: one.price });
    }
    Ok(FeeOut { currency: asked.currency, due })
}
