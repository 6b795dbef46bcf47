use super::{Rounding, divide};

/// A power of ten with what divides by it: `n / ten == n * multiplier >> shift` for every `n` below 2^63.
struct Power {
    ten: u64,
    multiplier: u64,
    shift: u32,
}

/// 10^0 to 10^18. Amounts meet a power of ten at every line, and prices of one document have
/// different scales: a multiplication is a third of a division's cost and no branch to mispredict.
#[rustfmt::skip]
const POWERS: [Power; 19] = [
    Power { ten: 1, multiplier: 0x8000000000000000, shift: 63 },
    Power { ten: 10, multiplier: 0xcccccccccccccccd, shift: 67 },
    Power { ten: 100, multiplier: 0xa3d70a3d70a3d70b, shift: 70 },
    Power { ten: 1_000, multiplier: 0x83126e978d4fdf3c, shift: 73 },
    Power { ten: 10_000, multiplier: 0xd1b71758e219652c, shift: 77 },
    Power { ten: 100_000, multiplier: 0xa7c5ac471b478424, shift: 80 },
    Power { ten: 1_000_000, multiplier: 0x8637bd05af6c69b6, shift: 83 },
    Power { ten: 10_000_000, multiplier: 0xd6bf94d5e57a42bd, shift: 87 },
    Power { ten: 100_000_000, multiplier: 0xabcc77118461cefd, shift: 90 },
    Power { ten: 1_000_000_000, multiplier: 0x89705f4136b4a598, shift: 93 },
    Power { ten: 10_000_000_000, multiplier: 0xdbe6fecebdedd5bf, shift: 97 },
    Power { ten: 100_000_000_000, multiplier: 0xafebff0bcb24aaff, shift: 100 },
    Power { ten: 1_000_000_000_000, multiplier: 0x8cbccc096f5088cc, shift: 103 },
    Power { ten: 10_000_000_000_000, multiplier: 0xe12e13424bb40e14, shift: 107 },
    Power { ten: 100_000_000_000_000, multiplier: 0xb424dc35095cd810, shift: 110 },
    Power { ten: 1_000_000_000_000_000, multiplier: 0x901d7cf73ab0acda, shift: 113 },
    Power { ten: 10_000_000_000_000_000, multiplier: 0xe69594bec44de15c, shift: 117 },
    Power { ten: 100_000_000_000_000_000, multiplier: 0xb877aa3236a4b44a, shift: 120 },
    Power { ten: 1_000_000_000_000_000_000, multiplier: 0x9392ee8e921d5d08, shift: 123 },
];

impl Power {
    #[inline]
    fn quotient(&self, n: u64) -> u64 {
        let wide = u128::from(n).wrapping_mul(u128::from(self.multiplier)).wrapping_shr(self.shift);
        // The quotient of a value below 2^63 is below 2^63.
        u64::try_from(wide).unwrap_or(u64::MAX)
    }
}

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
    if rounding != Rounding::HalfUp || numerator == i64::MIN {
        return divide_by_power_slowly(numerator, digits, rounding);
    }
    let power = POWERS.get(usize::from(digits))?;
    let size = numerator.unsigned_abs();
    let quotient = power.quotient(size);
    let remainder = size.wrapping_sub(quotient.wrapping_mul(power.ten));
    // The remainder is below 10^18, so its double fits.
    let away = u64::from(remainder.wrapping_mul(2) >= power.ten);
    let rounded = i64::try_from(quotient.wrapping_add(away)).ok()?;
    Some(if numerator < 0 { rounded.wrapping_neg() } else { rounded })
}

#[cold]
fn divide_by_power_slowly(numerator: i64, digits: u8, rounding: Rounding) -> Option<i64> {
    let ten = POWERS.get(usize::from(digits))?.ten;
    i64::try_from(divide(numerator.into(), ten.into(), rounding)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{POWERS, divide_by_power, divide_by_power_slowly};
    use crate::money::Rounding;

    #[test]
    fn every_reciprocal_is_exact_below_two_to_the_63rd() {
        for (exponent, power) in POWERS.iter().enumerate() {
            assert_eq!(u128::from(power.ten), 10_u128.pow(u32::try_from(exponent).unwrap()));
            // multiplier x ten exceeds 2^shift by an error that no n below 2^63 can carry into the quotient.
            let product = u128::from(power.multiplier) * u128::from(power.ten);
            let error = product - (1_u128 << power.shift);
            assert!(error << 63 <= 1_u128 << power.shift, "10^{exponent}");
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
                }
            }
        }
    }
}
