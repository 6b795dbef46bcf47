//! Whether the allowances and charges of a draft follow from its lines.

use super::adjustment::{AdjustmentShare, of_line};
use super::{Draft, Line, PriceAdjustment};
use crate::money::{Minor, MoneyError};
use crate::tax::LineTax;

/// All that is taxed alike.
struct Cell<'d> {
    taxes: &'d [LineTax],
    /// Its lines.
    lines: Vec<&'d Line>,
    /// What stands in it: its lines, and what was charged and allowed so far.
    standing: Minor,
}

impl Draft {
    /// Whether the allowances and charges of the lines and of the document are what they come to: a percentage is of
    /// what it falls on, less is taken off only where nothing is left, and the shares are in proportion.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn adjustments_follow(&self) -> Result<bool, MoneyError> {
        for line in self.lines.iter().filter(|line| !line.adjustments.is_empty()) {
            let charged = Minor::sum(line.charges.iter().map(|charge| charge.net))?;
            if !of_line(charged, &line.adjustments)? {
                return Ok(false);
            }
        }
        if self.adjustments.is_empty() {
            return Ok(true);
        }
        let mut cells: Vec<Cell<'_>> = Vec::new();
        for line in &self.lines {
            put(&mut cells, &line.taxes, line.amount, Some(line))?;
        }
        for adjustment in &self.adjustments {
            let before: Vec<Minor> = cells.iter().map(|cell| cell.standing).collect();
            for share in &adjustment.shares {
                put(&mut cells, &share.taxes, adjustment.kind.signed(share.amount), None)?;
            }
            // The lines that it names stand in their order, each once.
            let named = self.lines.iter().map(|line| &line.id).filter(|id| adjustment.lines.contains(id));
            if !named.eq(&adjustment.lines) || !follows(adjustment, &cells, &before)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Puts an amount to what is taxed like it.
fn put<'d>(
    cells: &mut Vec<Cell<'d>>,
    taxes: &'d [LineTax],
    amount: Minor,
    line: Option<&'d Line>,
) -> Result<(), MoneyError> {
    match cells.iter_mut().find(|cell| cell.taxes == taxes) {
        Some(cell) => {
            cell.standing = cell.standing.plus(amount)?;
            cell.lines.extend(line);
        }
        None => cells.push(Cell { taxes, lines: line.into_iter().collect(), standing: amount }),
    }
    Ok(())
}

/// Whether one of the document follows, given what stands in each cell after it and stood there before.
fn follows(adjustment: &PriceAdjustment, cells: &[Cell<'_>], before: &[Minor]) -> Result<bool, MoneyError> {
    let shares = &adjustment.shares;
    let shared = Minor::sum(shares.iter().map(|share| share.amount))?;
    let twice = |place: usize, share: &AdjustmentShare| {
        shares.iter().take(place).any(|other| other.taxes == share.taxes)
    };
    let odd =
        shares.iter().enumerate().any(|(place, share)| share.amount == Minor::ZERO || twice(place, share));
    let Some(whole) = adjustment.whole()? else { return Ok(false) };
    if shared != adjustment.amount || odd || !is_of_lines(adjustment, cells)? {
        return Ok(false);
    }
    let takes = adjustment.kind.signed(whole) < Minor::ZERO;
    Ok(is_whole(adjustment, whole, takes, cells) && is_spread(adjustment, takes, cells, before)?)
}

/// Whether its base is the sum of what it falls on. Of lines that bear no share of it none can say whether it concerns
/// them: the base is as much as they can make it, and no more.
fn is_of_lines(adjustment: &PriceAdjustment, cells: &[Cell<'_>]) -> Result<bool, MoneyError> {
    let Some(base) = adjustment.base else { return Ok(true) };
    let (mut least, mut most) = (base.negated(), base.negated());
    for cell in cells {
        for line in &cell.lines {
            match (bears(adjustment, cell), concerns(adjustment, line)) {
                (true, true) => (least, most) = (least.plus(line.amount)?, most.plus(line.amount)?),
                (true, false) => {}
                (false, _) => {
                    least = least.plus(line.amount.min(Minor::ZERO))?;
                    most = most.plus(line.amount.max(Minor::ZERO))?;
                }
            }
        }
    }
    Ok(least <= Minor::ZERO && most >= Minor::ZERO)
}

/// Whether it comes to all that it would be, or takes all that is left.
fn is_whole(adjustment: &PriceAdjustment, whole: Minor, takes: bool, cells: &[Cell<'_>]) -> bool {
    if adjustment.amount == whole {
        return true;
    }
    let smaller = adjustment.amount.magnitude() < whole.magnitude();
    let same_way = adjustment.amount == Minor::ZERO || adjustment.amount.is_positive() == whole.is_positive();
    let is_used_up = |cell: &Cell<'_>| cell.standing <= Minor::ZERO;
    let used_up = match adjustment.shares.is_empty() {
        true => cells.is_empty() || cells.iter().any(is_used_up),
        false => cells.iter().filter(|cell| bears(adjustment, cell)).all(is_used_up),
    };
    takes && smaller && same_way && used_up
}

/// Whether its shares are in proportion to the lines that it falls on, or to what is left there, to the last minor
/// unit. One share says that it falls on nothing else.
fn is_spread(
    adjustment: &PriceAdjustment,
    takes: bool,
    cells: &[Cell<'_>],
    before: &[Minor],
) -> Result<bool, MoneyError> {
    let positive = |cell: &&Cell<'_>| cell.lines.iter().any(|line| line.amount.is_positive());
    let unborne = cells.iter().filter(positive).any(|cell| !bears(adjustment, cell));
    if adjustment.shares.len() < 2 || unborne {
        return Ok(true);
    }
    let (mut own, mut left, mut counted) = (Vec::new(), Vec::new(), Vec::new());
    for (place, cell) in cells.iter().enumerate() {
        let lines = cell.lines.iter().filter(|line| concerns(adjustment, line));
        let count = lines.clone().filter(|_| bears(adjustment, cell)).count();
        counted.push(i64::try_from(count).unwrap_or(i64::MAX));
        own.push(Minor::sum(lines.map(|line| line.amount))?.units().max(0));
        left.push(before.get(place).map_or(0, |standing| standing.units().max(0)));
    }
    let nothing = own.iter().all(|&weight| weight == 0);
    let shares: Vec<i64> = cells.iter().map(|cell| share_of(adjustment, cell)).collect();
    Ok(in_proportion(&shares, &own)
        || takes && in_proportion(&shares, &left)
        || !takes && nothing && in_proportion(&shares, &counted))
}

/// Whether each share is less than a minor unit away from its part by weight.
fn in_proportion(shares: &[i64], weights: &[i64]) -> bool {
    let wide = |values: &[i64]| values.iter().fold(0_i128, |sum, one| sum.saturating_add((*one).into()));
    let (all, weight) = (wide(shares), wide(weights));
    let near = |(share, own): (&i64, &i64)| {
        let (share, own) = (i128::from(*share).saturating_mul(weight), all.saturating_mul((*own).into()));
        share.saturating_sub(own).abs() < weight
    };
    weight > 0 && shares.iter().zip(weights).all(near)
}

fn share_of(adjustment: &PriceAdjustment, cell: &Cell<'_>) -> i64 {
    let own = adjustment.shares.iter().find(|share| share.taxes == cell.taxes);
    own.map_or(0, |share| share.amount.units())
}

/// Whether a share of it falls on a cell.
fn bears(adjustment: &PriceAdjustment, cell: &Cell<'_>) -> bool {
    adjustment.shares.iter().any(|share| share.taxes == cell.taxes)
}

/// Whether it falls on a line of what bears it.
fn concerns(adjustment: &PriceAdjustment, line: &Line) -> bool {
    adjustment.lines.is_empty() || adjustment.lines.contains(&line.id)
}
