use rust_decimal::Decimal;

use super::{Currency, Minor, MoneyError, decimal};

/// An exact amount of one currency.
///
/// ```
/// use duebill::money::{Amount, Currency};
/// let (eur, usd) = (Currency::new("EUR")?, Currency::new("USD")?);
/// let fee = Amount::parse("12.50", eur)?;
/// assert_eq!(fee.to_string(), "12.50 EUR");
/// assert!(Amount::parse("12.505", eur).is_err()); // nothing is rounded at the door
/// assert!(fee.plus(Amount::parse("1.00", usd)?).is_err()); // a refusal, never a guess
/// # Ok::<(), duebill::money::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    minor: Minor,
    currency: Currency,
}

impl Amount {
    /// An amount from its minor units.
    #[must_use]
    pub const fn new(minor: Minor, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads an amount in plain notation; decimals beyond the currency's digits must be zeros.
    ///
    /// # Errors
    /// [`MoneyError::NumberForm`], [`MoneyError::NumberRange`], [`MoneyError::Precision`] or
    /// [`MoneyError::Overflow`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        Self::from_decimal(decimal::parse(text)?, currency)
    }

    /// An amount from a decimal of major units.
    ///
    /// # Errors
    /// [`MoneyError::Precision`] when it is finer than the currency, [`MoneyError::Overflow`]
    /// beyond the limit.
    pub fn from_decimal(value: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let digits = currency.digits();
        let (coefficient, scale) = decimal::parts(value);
        let Some(missing) = digits.checked_sub(scale) else {
            return Err(MoneyError::Precision { digits, got: value.to_string() });
        };
        let units = coefficient
            .checked_mul(decimal::power(missing))
            .ok_or(MoneyError::Overflow { limit: Minor::LIMIT })?;
        Ok(Self::new(Minor::from_wide(units)?, currency))
    }

    /// The count of minor units.
    #[must_use]
    pub const fn minor(self) -> Minor {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount in major units, with exactly the currency's digits.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor.units(), u32::from(self.currency.digits()))
    }

    /// The sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMixed`] or [`MoneyError::Overflow`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMixed {
                left: self.currency.to_string(),
                right: other.currency.to_string(),
            });
        }
        Ok(Self::new(self.minor.plus(other.minor)?, self.currency))
    }

    /// The amount in plain notation without its currency, such as `-0.05`.
    #[must_use]
    pub fn plain(self) -> String {
        decimal::Plain { coefficient: i128::from(self.minor.units()), scale: self.currency.digits() }
            .to_string()
    }
}

impl core::fmt::Display for Amount {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} {}", self.plain(), self.currency)
    }
}
