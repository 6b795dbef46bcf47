//! Amounts: digits, rounding, products, splits.

use rust_decimal::Decimal;

use crate::canon::{CanonError, shape};
use crate::finding::Refusal;
use crate::money::{
    Currency, FACTOR_ONE, Minor, MoneyError, Per, Price, Rounding, decimal, extend_to, split,
};
use crate::rates::RatePer;

shape! {
    /// Digits of a currency.
    pub struct CurrencyIn {
        /// The code.
        pub code: Currency,
    }
}

shape! {
    /// Digits of a currency.
    pub struct CurrencyOut {
        /// Decimals of its minor unit.
        pub exponent: u8,
    }
}

shape! {
    /// A decimal to be rounded.
    pub struct RoundIn {
        /// The currency; may be left out where digits are said.
        pub currency: Option<Currency>,
        /// Decimals to round to; the currency's when left out.
        pub digits: Option<u8>,
        /// How.
        pub rounding: Rounding = Rounding::HalfUp,
        /// The decimal.
        pub value: Decimal,
    }
}

shape! {
    /// A rounded amount.
    pub struct AmountOut {
        /// The amount, with exactly the decimals it was rounded to.
        pub amount: String,
        /// Its currency, where one was said.
        pub currency: Option<Currency>,
    }
}

shape! {
    /// A price to be extended by a quantity.
    pub struct LineIn {
        /// The currency; may be left out where digits are said.
        pub currency: Option<Currency>,
        /// Decimals to round to; the currency's when left out.
        pub digits: Option<u8>,
        /// The multiplier in ten-thousandths.
        pub factor: u32 = FACTOR_ONE,
        /// What the price is for; an hour takes the quantity in seconds.
        pub per: RatePer = RatePer::Unit,
        /// The unit price.
        pub price: Price,
        /// The quantity.
        pub quantity: Price,
        /// How.
        pub rounding: Rounding = Rounding::HalfUp,
    }
}

shape! {
    /// A whole to be split by weights.
    pub struct SplitIn {
        /// The weights.
        pub weights: Vec<i64>,
        /// The whole.
        pub whole: i64,
    }
}

shape! {
    /// Parts that add up.
    pub struct SplitOut {
        /// The parts.
        pub parts: Vec<i64>,
    }
}

pub(super) const fn per(per: RatePer) -> Per {
    match per {
        RatePer::Hour => Per::HOUR,
        RatePer::Unit => Per::UNIT,
    }
}

pub(super) fn line_amount(asked: LineIn) -> Result<AmountOut, Refusal> {
    rounded(asked.currency, asked.digits, |digits| {
        extend_to(asked.price, asked.quantity, asked.factor, per(asked.per), digits, asked.rounding)
    })
}

/// Rounds to the digits that are said, or to those of the currency.
fn rounded(
    currency: Option<Currency>,
    digits: Option<u8>,
    round: impl FnOnce(u8) -> Result<Minor, MoneyError>,
) -> Result<AmountOut, Refusal> {
    let missing = || Refusal::because(&CanonError::MissingField { key: "currency".to_owned() });
    let digits = digits.or(currency.map(|currency| currency.digits())).ok_or_else(missing)?;
    if digits > Price::MAX_SCALE {
        let error = MoneyError::Precision { digits: Price::MAX_SCALE, got: digits.to_string() };
        return Err(Refusal::because(&error).below("/digits"));
    }
    let units = round(digits).map_err(|error| Refusal::because(&error))?.units();
    Ok(AmountOut {
        amount: decimal::Plain { coefficient: units.into(), scale: digits }.to_string(),
        currency,
    })
}

pub(super) fn currency_minor_units(asked: CurrencyIn) -> Result<CurrencyOut, Refusal> {
    Ok(CurrencyOut { exponent: asked.code.digits() })
}

pub(super) fn round_amount(asked: RoundIn) -> Result<AmountOut, Refusal> {
    rounded(asked.currency, asked.digits, |digits| decimal::round(asked.value, digits, asked.rounding))
}

pub(super) fn split_whole(asked: SplitIn) -> Result<SplitOut, Refusal> {
    let parts = split(asked.whole, &asked.weights).map_err(|error| Refusal::because(&error))?;
    Ok(SplitOut { parts })
}
