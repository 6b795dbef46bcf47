use super::MoneyError;

/// A count of minor units, at most 10^15 either way; which currency is said by the document around it.
///
/// The limit lies far below the integer's own, so the sum of a few thousand of them cannot wrap
/// before it is noticed; every sum is checked all the same.
///
/// ```
/// use duebill::money::Minor;
/// let cents = Minor::new(1_250)?;
/// assert_eq!(cents.plus(Minor::new(-1_250)?)?, Minor::ZERO);
/// assert!(Minor::new(Minor::LIMIT + 1).is_err());
/// # Ok::<(), duebill::money::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Minor(i64);

impl Minor {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest absolute value: 10^15 minor units.
    pub const LIMIT: i64 = 1_000_000_000_000_000;

    /// Wraps a count of minor units.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] beyond [`Minor::LIMIT`].
    pub const fn new(units: i64) -> Result<Self, MoneyError> {
        if units > Self::LIMIT || units < -Self::LIMIT {
            Err(MoneyError::Overflow { limit: Self::LIMIT })
        } else {
            Ok(Self(units))
        }
    }

    /// Wraps a count of minor units of which the caller knows that it keeps the limit.
    pub(super) const fn within(units: i64) -> Self {
        Self(units)
    }

    /// Wraps a wide count of minor units.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] beyond [`Minor::LIMIT`].
    pub fn from_wide(units: i128) -> Result<Self, MoneyError> {
        i64::try_from(units).map_or(Err(MoneyError::Overflow { limit: Self::LIMIT }), Self::new)
    }

    /// The count itself.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.0
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] beyond the limit.
    pub const fn plus(self, other: Self) -> Result<Self, MoneyError> {
        // Two values within 10^15 cannot wrap an i64; the limit itself is checked.
        Self::new(self.0.wrapping_add(other.0))
    }

    /// The difference.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] beyond the limit.
    pub const fn minus(self, other: Self) -> Result<Self, MoneyError> {
        Self::new(self.0.wrapping_sub(other.0))
    }

    /// The same amount with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }

    /// The absolute amount.
    #[must_use]
    pub const fn magnitude(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether it is above nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The checked sum of many.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] as soon as a partial sum leaves the limit.
    pub fn sum(parts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        parts.into_iter().try_fold(Self::ZERO, Self::plus)
    }
}
