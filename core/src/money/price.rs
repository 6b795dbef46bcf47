use rust_decimal::Decimal;

use super::{MoneyError, decimal};

/// A unit price, quantity or threshold: a decimal with up to eight places, kept without trailing zeros.
///
/// ```
/// use duebill::money::Price;
/// assert_eq!(Price::parse("25.0")?, Price::parse("25")?);
/// assert_eq!(Price::parse("0.10")?.to_string(), "0.1");
/// # Ok::<(), duebill::money::MoneyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Price {
    /// Coefficient x 16 + scale: half the room of two fields, and still equal where both are.
    packed: i64,
}

impl Price {
    /// Nothing.
    pub const ZERO: Self = Self { packed: 0 };
    /// One.
    pub const ONE: Self = Self { packed: 16 };
    /// Most decimals of a price.
    pub const MAX_SCALE: u8 = 8;
    /// Largest absolute coefficient: 10^15, so that the product with any quantity fits 128 bits.
    pub const LIMIT: i64 = 1_000_000_000_000_000;

    /// Reads a price in plain notation.
    ///
    /// # Errors
    /// [`MoneyError::NumberForm`], [`MoneyError::Precision`] beyond eight places,
    /// [`MoneyError::NumberRange`] beyond 15 digits.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        Self::from_decimal(decimal::parse(text)?)
    }

    /// A price from a decimal.
    ///
    /// # Errors
    /// [`MoneyError::Precision`] beyond eight places, [`MoneyError::NumberRange`] beyond 15 digits.
    pub fn from_decimal(value: Decimal) -> Result<Self, MoneyError> {
        let (coefficient, scale) = decimal::parts(value);
        if scale > Self::MAX_SCALE {
            return Err(MoneyError::Precision { digits: Self::MAX_SCALE, got: value.to_string() });
        }
        match i64::try_from(coefficient) {
            Ok(coefficient) if (-Self::LIMIT..=Self::LIMIT).contains(&coefficient) => {
                // 10^15 x 16 is far below the limit of the integer.
                Ok(Self { packed: coefficient.wrapping_mul(16).wrapping_add(scale.into()) })
            }
            _ => Err(MoneyError::NumberRange { limit: "15 digits", got: value.to_string() }),
        }
    }

    /// A price from an integer whose last `scale` digits are decimals.
    ///
    /// # Errors
    /// [`MoneyError::Precision`] beyond eight places, [`MoneyError::NumberRange`] beyond 15 digits.
    ///
    /// ```
    /// use duebill::money::Price;
    /// assert_eq!(Price::of_parts(7_990, 2)?, Price::parse("79.9")?);
    /// # Ok::<(), duebill::money::MoneyError>(())
    /// ```
    pub fn of_parts(coefficient: i64, scale: u8) -> Result<Self, MoneyError> {
        let value = Decimal::try_from_i128_with_scale(coefficient.into(), scale.into());
        let got = || format!("{coefficient} with {scale} decimals");
        let precision = |_| MoneyError::Precision { digits: Self::MAX_SCALE, got: got() };
        Self::from_decimal(value.map_err(precision)?)
    }

    /// A whole number as a price or quantity.
    ///
    /// # Errors
    /// [`MoneyError::NumberRange`] beyond 15 digits.
    pub fn whole(value: i64) -> Result<Self, MoneyError> {
        Self::from_decimal(Decimal::from(value))
    }

    /// The integer whose last `scale` digits are decimals.
    #[must_use]
    pub const fn coefficient(self) -> i64 {
        self.packed.wrapping_shr(4)
    }

    /// How many digits of the coefficient are decimals.
    #[must_use]
    pub const fn scale(self) -> u8 {
        let [low, ..] = self.packed.to_le_bytes();
        low & 0x0f
    }

    /// The price as a decimal.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.coefficient(), u32::from(self.scale()))
    }
}

impl PartialOrd for Price {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Price {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.to_decimal().cmp(&other.to_decimal())
    }
}

impl core::fmt::Debug for Price {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(self, f)
    }
}

impl core::fmt::Display for Price {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        decimal::Plain { coefficient: i128::from(self.coefficient()), scale: self.scale() }.fmt(f)
    }
}
