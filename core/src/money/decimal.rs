//! Decimals at the edge: a grammar and limits of our own in front of [`rust_decimal::Decimal`].
//!
//! The crate's own parser rounds a 31st digit away in silence and takes `1e5`, `1_000` and `1.`;
//! money may not. Here a decimal is `-?digits(.digits)?`, at most 28 significant digits, exact.

use rust_decimal::Decimal;

use super::{Minor, MoneyError, Rounding, divide};

/// Most significant digits of a decimal in any document.
pub const MAX_DIGITS: usize = 28;

fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Reads a decimal in plain notation, exactly.
///
/// # Errors
/// [`MoneyError::NumberForm`] for anything but `-?digits(.digits)?`;
/// [`MoneyError::NumberRange`] beyond 28 digits.
///
/// ```
/// use duebill::money::decimal;
/// assert_eq!(decimal::parse("-12.50")?.to_string(), "-12.50");
/// for bad in ["1e5", "1_000", "1.", ".5", "+1", "", "-", "١"] {
///     assert!(decimal::parse(bad).is_err(), "{bad}");
/// }
/// # Ok::<(), duebill::money::MoneyError>(())
/// ```
pub fn parse(text: &str) -> Result<Decimal, MoneyError> {
    let form = || MoneyError::NumberForm { got: shown(text) };
    let range = || MoneyError::NumberRange { limit: "28 digits", got: shown(text) };
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits_only(whole) || !fraction.is_none_or(digits_only) {
        return Err(form());
    }
    let significant = whole.trim_start_matches('0').len();
    let decimals = fraction.map_or(0, str::len);
    if significant.saturating_add(decimals) > MAX_DIGITS {
        return Err(range());
    }
    let mut coefficient: i128 = 0;
    for byte in whole.bytes().chain(fraction.unwrap_or("").bytes()) {
        let digit = i128::from(byte.saturating_sub(b'0'));
        coefficient = coefficient.checked_mul(10).and_then(|c| c.checked_add(digit)).ok_or_else(range)?;
    }
    if text.starts_with('-') {
        coefficient = coefficient.saturating_neg();
    }
    let scale = u32::try_from(decimals).map_err(|_| range())?;
    Decimal::try_from_i128_with_scale(coefficient, scale).map_err(|_| range())
}

/// Coefficient and scale of a decimal with its trailing zeros removed.
pub(super) fn parts(value: Decimal) -> (i128, u8) {
    let plain = value.normalize();
    (plain.mantissa(), u8::try_from(plain.scale()).unwrap_or(u8::MAX))
}

/// Rounds a decimal to so many places; the result counts units of the last of them.
///
/// # Errors
/// [`MoneyError::Overflow`] beyond [`Minor::LIMIT`].
///
/// ```
/// use duebill::money::{Rounding, decimal};
/// let value = decimal::parse("-8328.578947368")?;
/// assert_eq!(decimal::round(value, 2, Rounding::HalfUp)?.units(), -832_858);
/// # Ok::<(), duebill::money::MoneyError>(())
/// ```
pub fn round(value: Decimal, digits: u8, rounding: Rounding) -> Result<Minor, MoneyError> {
    let overflow = || MoneyError::Overflow { limit: Minor::LIMIT };
    let (coefficient, scale) = parts(value);
    let raised = coefficient.checked_mul(power(digits.saturating_sub(scale))).ok_or_else(overflow)?;
    divide(raised, power(scale.saturating_sub(digits)), rounding)
        .ok_or_else(overflow)
        .and_then(Minor::from_wide)
}

/// Writes `coefficient / 10^scale` in plain notation with exactly `scale` decimals.
///
/// ```
/// assert_eq!(duebill::money::decimal::plain(-5, 2), "-0.05");
/// ```
#[must_use]
pub fn plain(coefficient: i128, scale: u8) -> String {
    let digits = coefficient.unsigned_abs().to_string();
    let scale = usize::from(scale);
    let sign = if coefficient < 0 { "-" } else { "" };
    if scale == 0 {
        return format!("{sign}{digits}");
    }
    let width = scale.saturating_add(1);
    let padded = format!("{digits:0>width$}");
    let (whole, fraction) = padded.split_at(padded.len().saturating_sub(scale));
    format!("{sign}{whole}.{fraction}")
}

/// Ten to the power of `exponent`, for exponents up to 28.
#[must_use]
pub fn power(exponent: u8) -> i128 {
    10_i128.checked_pow(u32::from(exponent)).unwrap_or(i128::MAX)
}
