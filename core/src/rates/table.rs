use std::collections::BTreeMap;

use super::row::DIMENSIONS;
use super::{RateError, RateKind, RateRow, Situation};
use crate::id::Id;
use crate::money::{FACTOR_ONE, Factor, Price};

/// Interned values of the dimensions that a group of rows names; 0 where it names none.
type Key = [u32; DIMENSIONS];

/// Rows that name the same dimensions, sorted by their values and then by who wins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    /// Which dimensions are named; the weightiest is the highest bit.
    mask: u16,
    kind: RateKind,
    /// Values of the named dimensions, and the place of the row in the table.
    rows: Vec<(Key, usize)>,
}

/// A rate table, compiled once: groups by dimensions, weightiest first, each searched by value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RateTable {
    rows: Vec<RateRow>,
    groups: Vec<Group>,
    ids: BTreeMap<Id, u32>,
}

impl RateTable {
    /// Compiles rows.
    ///
    /// # Errors
    /// Every [`RateError`], with the place of the row it was found at.
    pub fn new(rows: Vec<RateRow>) -> Result<Self, Vec<(usize, RateError)>> {
        let mut table = Self { rows, ..Self::default() };
        let mut errors = table.check_rows();
        for (place, row) in table.rows.iter().enumerate() {
            let mut key = [0; DIMENSIONS];
            let mask = row.mask();
            for (slot, id) in key.iter_mut().zip(row.dimensions()) {
                if let Some(id) = id {
                    let next = u32::try_from(table.ids.len()).unwrap_or(u32::MAX).saturating_add(1);
                    *slot = *table.ids.entry(id.clone()).or_insert(next);
                }
            }
            let same = |group: &&mut Group| group.mask == mask && group.kind == row.kind;
            match table.groups.iter_mut().find(same) {
                Some(group) => group.rows.push((key, place)),
                None => table.groups.push(Group { mask, kind: row.kind, rows: vec![(key, place)] }),
            }
        }
        table.groups.sort_by_key(|group| core::cmp::Reverse(group.mask));
        let (rows, groups) = (&table.rows, &mut table.groups);
        for group in groups {
            sort_group(rows, group, &mut errors);
        }
        errors.sort_by_key(|(place, _)| *place);
        if errors.is_empty() { Ok(table) } else { Err(errors) }
    }

    /// Every row, in the order of the rulebook.
    #[must_use]
    pub fn rows(&self) -> &[RateRow] {
        &self.rows
    }

    /// The error of a row that one of these could not be told apart from.
    #[must_use]
    pub fn conflict(&self, row: &RateRow) -> Option<RateError> {
        let tie = |other: &&RateRow| {
            other.kind == row.kind
                && other.dimensions() == row.dimensions()
                && (other.precedence, other.from) == (row.precedence, row.from)
                && (other.currency, other.per) == (row.currency, row.per)
        };
        let other = self.rows.iter().find(tie)?;
        Some(RateError::Equal { first: other.id.to_string(), second: row.id.to_string() })
    }

    /// A row by its id.
    #[must_use]
    pub fn row(&self, id: &Id) -> Option<&RateRow> {
        self.rows.iter().find(|row| row.id == *id)
    }

    fn check_rows(&self) -> Vec<(usize, RateError)> {
        let mut errors = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let hundred = Price::whole(100).unwrap_or_default();
        for (place, row) in self.rows.iter().enumerate() {
            if !seen.insert(&row.id) {
                errors.push((place, RateError::IdTwice { id: row.id.to_string() }));
            }
            if row.value < Price::ZERO {
                errors.push((place, RateError::Negative { got: row.value.to_string() }));
            }
            if let (Some(from), Some(to)) = (row.from, row.to)
                && to < from
            {
                errors.push((place, RateError::Period { from: from.to_string(), to: to.to_string() }));
            }
            if row.kind == RateKind::Multiplier && (row.value > hundred || row.value.scale() > 4) {
                errors.push((place, RateError::Multiplier { got: row.value.to_string() }));
            }
        }
        errors
    }

    /// The price row of a situation: the first group with a row in force.
    ///
    /// # Errors
    /// [`RateError::Missing`].
    pub fn price(&self, situation: &Situation<'_>) -> Result<&RateRow, RateError> {
        let key = self.key(situation);
        self.groups
            .iter()
            .filter(|group| group.kind == RateKind::Price)
            .find_map(|group| self.best(group, &key, situation))
            .ok_or_else(|| RateError::Missing {
                currency: situation.currency.to_string(),
                date: situation.date.to_string(),
            })
    }

    /// The largest multiplier of a situation with its row; once when none applies.
    #[must_use]
    pub fn multiplier(&self, situation: &Situation<'_>) -> (Factor, Option<&RateRow>) {
        let key = self.key(situation);
        let largest = self
            .groups
            .iter()
            .filter(|group| group.kind == RateKind::Multiplier)
            .filter_map(|group| self.best(group, &key, situation))
            // Of equal factors the weightier group's row is named, so the answer has one form.
            .reduce(|best, row| if row.value > best.value { row } else { best });
        match largest {
            Some(row) => (factor(row.value), Some(row)),
            None => (FACTOR_ONE, None),
        }
    }

    /// Interned values of a situation; one that no row names can match no row.
    fn key(&self, situation: &Situation<'_>) -> Key {
        let mut key = [0; DIMENSIONS];
        for (slot, id) in key.iter_mut().zip(situation.dimensions()) {
            *slot = id.and_then(|id| self.ids.get(id).copied()).unwrap_or(0);
        }
        key
    }

    /// The winning row of a group in force on the date, in the currency, for the unit.
    fn best(&self, group: &Group, key: &Key, situation: &Situation<'_>) -> Option<&RateRow> {
        let mut wanted = [0; DIMENSIONS];
        let bits = (0..u32::try_from(DIMENSIONS).unwrap_or(0)).rev();
        for ((slot, value), bit) in wanted.iter_mut().zip(key).zip(bits) {
            let named = group.mask.wrapping_shr(bit) & 1 == 1;
            if named && *value == 0 {
                return None;
            }
            *slot = if named { *value } else { 0 };
        }
        let from = group.rows.partition_point(|(key, _)| *key < wanted);
        let candidates = group.rows.get(from..)?.iter().take_while(|(key, _)| *key == wanted);
        candidates.filter_map(|(_, place)| self.rows.get(*place)).find(|row| {
            let currency = row.kind == RateKind::Multiplier || row.currency == Some(situation.currency);
            let unit = row.kind == RateKind::Multiplier || row.per == situation.per;
            currency
                && unit
                && row.from.is_none_or(|from| from <= situation.date)
                && row.to.is_none_or(|to| situation.date <= to)
        })
    }
}

/// Sorts a group by value and then by who wins, and finds rows that cannot be told apart.
fn sort_group(rows: &[RateRow], group: &mut Group, errors: &mut Vec<(usize, RateError)>) {
    let rank = |place: usize| {
        let row = rows.get(place);
        let precedence = row.map_or(0, |row| row.precedence);
        let from = row.and_then(|row| row.from);
        (core::cmp::Reverse(precedence), core::cmp::Reverse(from))
    };
    let unit = |place: usize| rows.get(place).map(|row| (row.currency, row.per));
    group.rows.sort_by_key(|(key, place)| (*key, rank(*place), unit(*place), *place));
    for pair in group.rows.windows(2) {
        let [(key, first), (other, second)] = pair else {
            continue;
        };
        if key != other || rank(*first) != rank(*second) || unit(*first) != unit(*second) {
            continue;
        }
        if let (Some(a), Some(b)) = (rows.get(*first), rows.get(*second)) {
            let error = RateError::Equal { first: a.id.to_string(), second: b.id.to_string() };
            errors.push((*second, error));
        }
    }
}

/// A multiplier in ten-thousandths; at most four decimals were checked when the table was made.
fn factor(value: Price) -> Factor {
    let missing = 4_u8.saturating_sub(value.scale());
    let scaled = value.coefficient().saturating_mul(10_i64.saturating_pow(missing.into()));
    Factor::try_from(scaled).unwrap_or(FACTOR_ONE)
}

#[cfg(test)]
mod tests {
    use super::{RateError, RateTable};
    use crate::calendar::Date;
    use crate::id::Id;
    use crate::money::{Currency, Price};
    use crate::rates::{RateKind, RatePer, RateRow, Situation};

    fn row(id: &str, value: &str) -> RateRow {
        RateRow {
            agreement: None,
            agent: None,
            band: None,
            code: None,
            currency: Some(Currency::new("EUR").unwrap()),
            customer: None,
            from: None,
            id: Id::new(id).unwrap(),
            kind: RateKind::Price,
            per: RatePer::Hour,
            precedence: 0,
            priority: None,
            role: None,
            site: None,
            to: None,
            value: Price::parse(value).unwrap(),
            work_type: None,
        }
    }

    fn some(text: &str) -> Option<Id> {
        Some(Id::new(text).unwrap())
    }

    #[test]
    fn the_weightiest_dimension_wins_then_precedence_then_the_latest_start() {
        let date = |text| Some(Date::parse(text).unwrap());
        let table = RateTable::new(vec![
            row("base", "90"),
            RateRow { role: some("senior"), priority: some("1"), ..row("senior-1", "150") },
            RateRow { customer: some("acme"), ..row("acme", "100") },
            RateRow { customer: some("acme"), from: date("2026-07-01"), ..row("acme-july", "110") },
            RateRow { customer: some("beta"), ..row("beta", "80") },
            RateRow {
                customer: some("beta"),
                precedence: 1,
                to: date("2026-03-31"),
                ..row("beta-promo", "70")
            },
        ])
        .unwrap();
        let (acme, beta, other, senior, one) =
            (some("acme"), some("beta"), some("zeta"), some("senior"), some("1"));
        for (customer, role, day, expected) in [
            (&acme, &senior, "2026-01-05", "acme"),
            (&acme, &None, "2026-07-01", "acme-july"),
            (&beta, &None, "2026-03-31", "beta-promo"),
            (&beta, &None, "2026-04-01", "beta"),
            (&other, &senior, "2026-01-05", "senior-1"),
            (&other, &None, "2026-01-05", "base"),
        ] {
            let situation = Situation {
                agreement: None,
                site: None,
                customer: customer.as_ref(),
                agent: None,
                role: role.as_ref(),
                code: None,
                work_type: None,
                priority: one.as_ref(),
                band: None,
                date: Date::parse(day).unwrap(),
                currency: Currency::new("EUR").unwrap(),
                per: RatePer::Hour,
            };
            assert_eq!(table.price(&situation).unwrap().id.as_str(), expected, "{day}");
        }
    }

    #[test]
    fn rows_that_cannot_be_told_apart_are_all_named() {
        let errors = RateTable::new(vec![
            row("a", "90"),
            row("b", "91"),
            RateRow { value: Price::parse("-1").unwrap(), precedence: 7, ..row("c", "1") },
            RateRow { kind: RateKind::Multiplier, ..row("d", "100.5") },
        ])
        .unwrap_err();
        assert_eq!(errors.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(errors[0].1, RateError::Equal { first: "a".into(), second: "b".into() });
    }
}
