use super::{Currency, Minor, MoneyError, Power, Price, Rounding, decimal, divide, divide_by_power};

/// A multiplier in ten-thousandths: 10,000 is once, 15,000 is one and a half times.
pub type Factor = u32;

/// The factor that changes nothing.
pub const FACTOR_ONE: Factor = 10_000;

/// What one price unit is worth in quantity units.
///
/// A price per hour over seconds is [`Per::HOUR`]; a price per piece over pieces is [`Per::UNIT`].
/// "Decimal hours" is not another calculation but another quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Per(pub u32);

impl Per {
    /// The quantity counts what the price prices.
    pub const UNIT: Self = Self(1);
    /// The quantity counts seconds, the price an hour.
    pub const HOUR: Self = Self(3_600);
}

/// The one place where a product becomes an amount: `price x quantity x factor / per`, rounded once
/// to the currency's digits.
///
/// The widest product is 10^15 x 10^15 x 10^5, below the 1.7 x 10^38 of the integer it is made in;
/// quantities that would exceed it are refused.
///
/// # Errors
/// [`MoneyError::Overflow`] when the product or the result leaves its limit.
///
/// ```
/// use duebill::money::{Currency, FACTOR_ONE, Per, Price, Rounding, extend};
/// let usd = Currency::new("USD")?;
/// let exact = extend(Price::parse("7360")?, Price::whole(1_234)?, FACTOR_ONE, Per::HOUR, usd, Rounding::HalfUp)?;
/// assert_eq!(exact.units(), 252_284); // 2,522.84: exact seconds
/// let decimal_hours = extend(Price::parse("7360")?, Price::parse("0.34")?, FACTOR_ONE, Per::UNIT, usd, Rounding::HalfUp)?;
/// assert_eq!(decimal_hours.units(), 250_240); // 2,502.40: hours rounded first
/// # Ok::<(), duebill::money::MoneyError>(())
/// ```
#[inline]
pub fn extend(
    price: Price,
    quantity: Price,
    factor: Factor,
    per: Per,
    currency: Currency,
    rounding: Rounding,
) -> Result<Minor, MoneyError> {
    extend_to(price, quantity, factor, per, currency.digits(), rounding)
}

/// The same product rounded once to as many decimals as asked for; the result counts units of the
/// last of them.
///
/// An amount of an invoice has its currency's digits ([`extend`]); this is for quantities and for
/// amounts that are not to be paid.
///
/// # Errors
/// [`MoneyError::Overflow`] when the product or the result leaves its limit.
///
/// ```
/// use duebill::money::{FACTOR_ONE, Per, Price, Rounding, extend_to};
/// let hours = extend_to(Price::whole(1)?, Price::whole(1_234)?, FACTOR_ONE, Per::HOUR, 2, Rounding::HalfUp)?;
/// assert_eq!(hours.units(), 34); // 0.34 hours
/// # Ok::<(), duebill::money::MoneyError>(())
/// ```
#[inline]
pub fn extend_to(
    price: Price,
    quantity: Price,
    factor: Factor,
    per: Per,
    digits: u8,
    rounding: Rounding,
) -> Result<Minor, MoneyError> {
    let common = factor == FACTOR_ONE && per == Per::UNIT && rounding == Rounding::HalfUp;
    match if common { common_product(price, quantity, digits) } else { None } {
        Some(amount) => Ok(amount),
        None => any_product(price, quantity, factor, per, digits, rounding),
    }
}

/// The product of a price and a quantity that counts what it prices, half up, where it is above zero and no
/// larger than an amount may be: what nearly every line is, small enough to stand in the loop over them.
#[inline]
fn common_product(price: Price, quantity: Price, digits: u8) -> Option<Minor> {
    // Fewer decimals than asked for wrap to more than any power has.
    let down = price.scale().wrapping_add(quantity.scale()).wrapping_sub(digits);
    Power::new(down)?.above_zero(price.coefficient().checked_mul(quantity.coefficient())?)
}

/// Every other product: in 64 bits where it fits, else in 128.
#[inline(never)]
fn any_product(
    price: Price,
    quantity: Price,
    factor: Factor,
    per: Per,
    digits: u8,
    rounding: Rounding,
) -> Result<Minor, MoneyError> {
    let plain = factor == FACTOR_ONE && per == Per::UNIT;
    match if plain { plain_product(price, quantity, digits, rounding) } else { None } {
        Some(units) => Minor::new(units),
        None => wide_product(price, quantity, factor, per, digits, rounding),
    }
}

/// The product of a price and a quantity that counts what it prices, where it fits 64 bits.
fn plain_product(price: Price, quantity: Price, digits: u8, rounding: Rounding) -> Option<i64> {
    let down = price.scale().wrapping_add(quantity.scale()).checked_sub(digits)?;
    divide_by_power(price.coefficient().checked_mul(quantity.coefficient())?, down, rounding)
}

fn wide_product(
    price: Price,
    quantity: Price,
    factor: Factor,
    per: Per,
    digits: u8,
    rounding: Rounding,
) -> Result<Minor, MoneyError> {
    let overflow = MoneyError::Overflow { limit: Minor::LIMIT };
    let product = i128::from(price.coefficient())
        .checked_mul(i128::from(quantity.coefficient()))
        .and_then(|p| p.checked_mul(i128::from(factor)));
    let scale = price.scale().saturating_add(quantity.scale());
    let (up, down) = (digits.saturating_sub(scale), scale.saturating_sub(digits));
    let numerator = product.and_then(|p| p.checked_mul(decimal::power(up)));
    let denominator = i128::from(per.0)
        .checked_mul(i128::from(FACTOR_ONE))
        .and_then(|d| d.checked_mul(decimal::power(down)));
    match (numerator, denominator) {
        (Some(n), Some(d)) => divide(n, d, rounding).map_or(Err(overflow), Minor::from_wide),
        _ => Err(overflow),
    }
}
