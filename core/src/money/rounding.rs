/// How a result between two units becomes one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rounding {
    /// To the nearest, ties away from zero: the commercial rule.
    #[default]
    HalfUp,
    /// To the nearest, ties to the even unit.
    HalfEven,
    /// Away from zero.
    Up,
    /// Toward zero.
    Down,
    /// Toward positive infinity.
    Ceiling,
    /// Toward negative infinity.
    Floor,
}

/// The integer quotient of `numerator / denominator`, rounded; `None` when the denominator is not
/// positive.
///
/// ```
/// use duebill::money::{Rounding, divide};
/// assert_eq!(divide(-5, 2, Rounding::HalfUp), Some(-3));
/// assert_eq!(divide(-5, 2, Rounding::HalfEven), Some(-2));
/// assert_eq!(divide(-5, 2, Rounding::Ceiling), Some(-2));
/// ```
#[must_use]
pub fn divide(numerator: i128, denominator: i128, rounding: Rounding) -> Option<i128> {
    if denominator <= 0 {
        return None;
    }
    let quotient = numerator.checked_div(denominator)?;
    let remainder = numerator.checked_rem(denominator)?;
    if remainder == 0 {
        return Some(quotient);
    }
    let away = quotient.checked_add(numerator.signum())?;
    let past_half =
        remainder.unsigned_abs().cmp(&denominator.unsigned_abs().checked_sub(remainder.unsigned_abs())?);
    let is_even = quotient.checked_rem(2)? == 0;
    let goes_away = match rounding {
        Rounding::HalfUp => past_half.is_ge(),
        Rounding::HalfEven => past_half.is_gt() || (past_half.is_eq() && !is_even),
        Rounding::Up => true,
        Rounding::Down => false,
        Rounding::Ceiling => numerator > 0,
        Rounding::Floor => numerator < 0,
    };
    Some(if goes_away { away } else { quotient })
}
