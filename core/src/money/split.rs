use super::MoneyError;

/// Splits `whole` in proportion to `weights` by largest remainder: every part is within one unit of
/// its exact share, the parts add up to the whole, and ties go to the earlier element.
///
/// # Errors
/// [`MoneyError::SplitWeights`] when a weight is negative or none is positive while the whole is not
/// zero; [`MoneyError::Overflow`] when a product leaves 128 bits.
///
/// ```
/// use duebill::money::split;
/// assert_eq!(split(101, &[1, 1, 1])?, [34, 34, 33]);
/// assert_eq!(split(-101, &[1, 1, 1])?, [-34, -34, -33]);
/// # Ok::<(), duebill::money::MoneyError>(())
/// ```
pub fn split(whole: i64, weights: &[i64]) -> Result<Vec<i64>, MoneyError> {
    let overflow = || MoneyError::Overflow { limit: i64::MAX };
    let sum: i128 = weights.iter().map(|&w| i128::from(w)).sum();
    if weights.iter().any(|&w| w < 0) || (sum <= 0 && whole != 0) {
        return Err(MoneyError::SplitWeights { sum });
    }
    if whole == 0 {
        return Ok(vec![0; weights.len()]);
    }
    let size = i128::from(whole.unsigned_abs());
    let mut shares = Vec::with_capacity(weights.len());
    let mut given: i128 = 0;
    for (index, &weight) in weights.iter().enumerate() {
        let product = size.checked_mul(i128::from(weight)).ok_or_else(overflow)?;
        let floor = product.checked_div(sum).ok_or_else(overflow)?;
        let remainder = product.checked_rem(sum).ok_or_else(overflow)?;
        given = given.checked_add(floor).ok_or_else(overflow)?;
        shares.push((index, floor, remainder));
    }
    let left = usize::try_from(size.saturating_sub(given)).map_err(|_| overflow())?;
    shares.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    for share in shares.iter_mut().take(left) {
        share.1 = share.1.saturating_add(1);
    }
    shares.sort_by_key(|share| share.0);
    let sign = i128::from(whole.signum());
    shares
        .into_iter()
        .map(|(_, part, _)| i64::try_from(part.saturating_mul(sign)).map_err(|_| overflow()))
        .collect()
}
