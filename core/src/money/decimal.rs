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

/// Whether the text of a decimal is the shortest one: no zeros before or behind it, and no sign before zero.
pub(crate) fn is_shortest(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "1"));
    text != "-0" && (whole.len() == 1 || !whole.starts_with('0')) && !fraction.ends_with('0')
}

/// Reads an amount that is written with exactly as many decimals as its currency has, no zeros before it, and no sign
/// before zero; `None` for all others, which may still be amounts.
pub(crate) fn minor_as_written(text: &str, digits: u8) -> Option<Minor> {
    let unsigned = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let (whole, fraction) = match unsigned.len().checked_sub(usize::from(digits).saturating_add(1)) {
        Some(point) if digits > 0 => {
            let (whole, rest) = unsigned.split_at_checked(point)?;
            (whole, rest.strip_prefix(b".")?)
        }
        _ => (unsigned, &[][..]),
    };
    let plain = matches!(whole, [b'0'] | [b'1'..=b'9', ..]) && fraction.len() == usize::from(digits);
    // 18 digits fit, whatever they are.
    if !plain || unsigned.len() > 19 {
        return None;
    }
    let units = whole.iter().chain(fraction).try_fold(0_i64, |units, digit| {
        let digit = digit.is_ascii_digit().then(|| i64::from(digit.wrapping_sub(b'0')))?;
        units.checked_mul(10)?.checked_add(digit)
    })?;
    let negative = text.starts_with('-');
    let signed = if negative { units.checked_neg()? } else { units };
    (!negative || units > 0).then(|| Minor::from_wide(signed.into()).ok())?
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

/// A decimal that is written in plain notation with exactly `scale` decimals.
///
/// ```
/// use duebill::money::decimal::Plain;
/// assert_eq!(Plain { coefficient: -5, scale: 2 }.to_string(), "-0.05");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plain {
    /// The digits, as a whole number.
    pub coefficient: i128,
    /// How many of them are decimals.
    pub scale: u8,
}

impl Plain {
    /// Hands over the text.
    pub(crate) fn written<T>(self, take: impl FnOnce(&[u8]) -> T) -> T {
        // Filled from the end: 39 digits, a point and a sign have room.
        let mut room = [b'0'; 48];
        let scale = usize::from(self.scale).min(MAX_DIGITS);
        // At least one digit stands before the point.
        let least = if scale == 0 { 1 } else { scale.saturating_add(2) };
        let size = self.coefficient.unsigned_abs();
        let mut wide = size;
        let mut narrow = u64::try_from(size);
        let (mut places, mut left) = (0_usize, room.len());
        for place in room.iter_mut().rev() {
            left = left.saturating_sub(1);
            if scale > 0 && places == scale {
                *place = b'.';
            } else if places >= least && matches!(narrow, Ok(0)) {
                *place = b'-';
                left = left.saturating_add(usize::from(self.coefficient >= 0));
                break;
            } else {
                // Division of 64 bits is many times faster than of 128.
                let digit = match &mut narrow {
                    Ok(rest) => {
                        let digit = rest.rem_euclid(10);
                        *rest = rest.div_euclid(10);
                        u8::try_from(digit)
                    }
                    Err(_) => {
                        let digit = wide.rem_euclid(10);
                        wide = wide.div_euclid(10);
                        narrow = u64::try_from(wide);
                        u8::try_from(digit)
                    }
                };
                *place = b'0'.saturating_add(digit.unwrap_or(0));
            }
            places = places.saturating_add(1);
        }
        take(room.get(left..).unwrap_or(&[]))
    }
}

impl core::fmt::Display for Plain {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.written(|text| f.write_str(core::str::from_utf8(text).unwrap_or("")))
    }
}

/// Ten to the power of `exponent`, for exponents up to 28.
#[must_use]
pub fn power(exponent: u8) -> i128 {
    10_i128.checked_pow(u32::from(exponent)).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::Plain;

    #[test]
    fn every_digit_stands() {
        for (coefficient, scale, expected) in [
            (0, 0, "0"),
            (7, 0, "7"),
            (-7, 0, "-7"),
            (0, 2, "0.00"),
            (5, 2, "0.05"),
            (-5, 2, "-0.05"),
            (12_345, 2, "123.45"),
            (100, 2, "1.00"),
            (i128::MAX, 0, "170141183460469231731687303715884105727"),
            (i128::MIN, 28, "-17014118346.0469231731687303715884105728"),
            (i128::from(u64::MAX), 4, "1844674407370955.1615"),
        ] {
            assert_eq!(Plain { coefficient, scale }.to_string(), expected);
        }
    }
}
