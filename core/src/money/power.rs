use super::{Minor, Rounding, divide};

/// A power of ten with what divides by it: `n / ten` is `2n * multiplier`, its upper 64 bits shifted
/// right, for every `n` below 2^63.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Power {
    ten: u64,
    multiplier: u64,
    shift: u32,
}

/// 10^0 to 10^18. Amounts meet a power of ten at every line, and prices of one document have
/// different scales: a multiplication is a third of a division's cost and no branch to mispredict.
#[rustfmt::skip]
const POWERS: [Power; 19] = [
    Power { ten: 1, multiplier: 0x8000000000000000, shift: 0 },
    Power { ten: 10, multiplier: 0xcccccccccccccccd, shift: 4 },
    Power { ten: 100, multiplier: 0xa3d70a3d70a3d70b, shift: 7 },
    Power { ten: 1_000, multiplier: 0x83126e978d4fdf3c, shift: 10 },
    Power { ten: 10_000, multiplier: 0xd1b71758e219652c, shift: 14 },
    Power { ten: 100_000, multiplier: 0xa7c5ac471b478424, shift: 17 },
    Power { ten: 1_000_000, multiplier: 0x8637bd05af6c69b6, shift: 20 },
    Power { ten: 10_000_000, multiplier: 0xd6bf94d5e57a42bd, shift: 24 },
    Power { ten: 100_000_000, multiplier: 0xabcc77118461cefd, shift: 27 },
    Power { ten: 1_000_000_000, multiplier: 0x89705f4136b4a598, shift: 30 },
    Power { ten: 10_000_000_000, multiplier: 0xdbe6fecebdedd5bf, shift: 34 },
    Power { ten: 100_000_000_000, multiplier: 0xafebff0bcb24aaff, shift: 37 },
    Power { ten: 1_000_000_000_000, multiplier: 0x8cbccc096f5088cc, shift: 40 },
    Power { ten: 10_000_000_000_000, multiplier: 0xe12e13424bb40e14, shift: 44 },
    Power { ten: 100_000_000_000_000, multiplier: 0xb424dc35095cd810, shift: 47 },
    Power { ten: 1_000_000_000_000_000, multiplier: 0x901d7cf73ab0acda, shift: 50 },
    Power { ten: 10_000_000_000_000_000, multiplier: 0xe69594bec44de15c, shift: 54 },
    Power { ten: 100_000_000_000_000_000, multiplier: 0xb877aa3236a4b44a, shift: 57 },
    Power { ten: 1_000_000_000_000_000_000, multiplier: 0x9392ee8e921d5d08, shift: 60 },
];

impl Power {
    /// 10^digits; none beyond 10^18.
    #[inline]
    pub(crate) fn new(digits: u8) -> Option<Self> {
        POWERS.get(usize::from(digits)).copied()
    }

    /// `numerator / ten` as an amount, half up; `None` below zero, and where what is divided is above every
    /// amount already: one comparison keeps the quick way, the limit and the sign.
    #[inline]
    pub(crate) fn above_zero(&self, numerator: i64) -> Option<Minor> {
        // What is negative is larger than any limit when its sign is read as a digit.
        let size = numerator.cast_unsigned();
        if size > Minor::LIMIT.unsigned_abs() {
            return None;
        }
        // A quotient is not above what was divided.
        Some(Minor::within(self.nearest(size).cast_signed()))
    }

    /// `n / ten` to the nearest, ties up: the half is added before, so that nothing is left to compare.
    #[inline]
    fn nearest(&self, n: u64) -> u64 {
        let doubled = n.wrapping_shl(1).wrapping_add(self.ten);
        let wide = u128::from(doubled).wrapping_mul(u128::from(self.multiplier));
        // Half of 128 bits fits 64.
        u64::try_from(wide.wrapping_shr(64)).unwrap_or(0).wrapping_shr(self.shift)
    }
}

/// Up to here the half of any power can be added without leaving what the multipliers divide.
const QUICK: u64 = 1 << 62;

/// `numerator / 10^digits`, rounded; `None` beyond 10^18, where the wide division has to do.
///
/// ```
/// use duebill::money::{Rounding, divide_by_power};
/// assert_eq!(divide_by_power(-12_345, 1, Rounding::HalfUp), Some(-1_235));
/// assert_eq!(divide_by_power(12_345, 1, Rounding::HalfEven), Some(1_234));
/// assert_eq!(divide_by_power(1, 19, Rounding::HalfUp), None);
/// ```
#[inline]
#[must_use]
pub fn divide_by_power(numerator: i64, digits: u8, rounding: Rounding) -> Option<i64> {
    let power = POWERS.get(usize::from(digits))?;
    if rounding == Rounding::HalfUp && numerator.unsigned_abs() <= QUICK {
        // A quotient is not above what was divided.
        let size = power.nearest(numerator.unsigned_abs()).cast_signed();
        return Some(if numerator < 0 { size.wrapping_neg() } else { size });
    }
    divide_by_power_slowly(numerator, digits, rounding)
}

#[cold]
fn divide_by_power_slowly(numerator: i64, digits: u8, rounding: Rounding) -> Option<i64> {
    let ten = POWERS.get(usize::from(digits))?.ten;
    i64::try_from(divide(numerator.into(), ten.into(), rounding)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{POWERS, Power, divide_by_power, divide_by_power_slowly};
    use crate::money::{Minor, Rounding};

    #[test]
    fn every_reciprocal_is_exact_below_two_to_the_63rd() {
        for (exponent, power) in POWERS.iter().enumerate() {
            assert_eq!(u128::from(power.ten), 10_u128.pow(u32::try_from(exponent).unwrap()));
            // multiplier x ten exceeds 2^(63 + shift) by an error that no n below 2^63 can carry into the quotient.
            let product = u128::from(power.multiplier) * u128::from(power.ten);
            let whole = 1_u128 << (63 + power.shift);
            assert!(
                (product - whole).checked_mul(1 << 63).is_some_and(|error| error <= whole),
                "10^{exponent}"
            );
        }
    }

    #[test]
    fn the_quick_way_gives_what_the_wide_division_gives() {
        let edges = [0, 1, 4, 5, 6, 49, 50, 51, 99, 100, 12_345, i64::MAX / 2, i64::MAX - 1, i64::MAX];
        let tens = POWERS.iter().filter_map(|power| i64::try_from(power.ten).ok());
        let near = tens.flat_map(|ten| [ten - 1, ten, ten + 1, ten / 2, ten.saturating_mul(3) / 2]);
        for n in edges.into_iter().chain(near) {
            for n in [n, -n] {
                for digits in 0..=19 {
                    let slow = divide_by_power_slowly(n, digits, Rounding::HalfUp);
                    assert_eq!(divide_by_power(n, digits, Rounding::HalfUp), slow, "{n} / 10^{digits}");
                    let within = (0..=Minor::LIMIT).contains(&n);
                    let amount = Power::new(digits).and_then(|power| power.above_zero(n)).map(Minor::units);
                    assert_eq!(amount, slow.filter(|_| within), "{n} / 10^{digits}");
                }
            }
        }
    }
}
