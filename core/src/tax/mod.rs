//! Tax: which rate stands on a date, and rows that add up.
//!
//! Tax is rounded once per category and rate over the whole document (EN 16931, BR-CO-17), so
//! that the rows always add up to the total tax.

use crate::calendar::Date;
use crate::canon::shape;
use crate::error_code::errors;
use crate::id::Id;
use crate::money::{Minor, MoneyError, Price, Rounding, decimal, divide};

errors! {
    /// What can be wrong with taxes.
    pub enum TaxError {
        701 "tax-rate-missing" "expected a rate of the tax category `{category}` on {date}, found none"
        /// No rule of the category is in force on the date of supply.
        RateMissing {
            /// The category.
            category: String,
            /// The date of supply.
            date: String,
        },
        702 "tax-rules-overlap" "expected one rate of the tax category `{category}` at a time, got two from {from}"
        /// Two rules of one category are in force on one date.
        RulesOverlap {
            /// The category.
            category: String,
            /// First date on which both are.
            from: String,
        },
        703 "tax-percent" "expected a tax rate from 0 to 100 percent, got {got}"
        /// A rate that is no percentage.
        Percent {
            /// The rate.
            got: String
        },
        704 "tax-category-unknown" "expected a tax category of the rulebook, got `{got}`"
        /// A charge code or customer names a category that no rule defines.
        CategoryUnknown {
            /// The category.
            got: String
        },
    }
}

shape! {
    /// The rate of a tax category in a period.
    pub struct TaxRule {
        /// The category that charge codes name.
        pub category: Id,
        /// Why nothing is charged, as the invoice must say, where the rate is 0.
        pub exemption: Option<String>,
        /// First date of supply; open when left out.
        pub from: Option<Date>,
        /// The rate in percent.
        pub percent: Price,
        /// Last date of supply; open when left out.
        pub to: Option<Date>,
    }
}

shape! {
    /// The tax of one category and rate of a document.
    pub struct TaxRow {
        /// Sum of the line nets.
        pub base: Minor,
        /// The category.
        pub category: Id,
        /// Why nothing is charged.
        pub exemption: Option<String>,
        /// The rate in percent.
        pub percent: Price,
        /// The tax, rounded once.
        pub tax: Minor,
    }
}

/// The rule of a category in force on a date of supply.
///
/// # Errors
/// [`TaxError::RateMissing`].
pub fn rule_on<'r>(rules: &'r [TaxRule], category: &Id, date: Date) -> Result<&'r TaxRule, TaxError> {
    rules
        .iter()
        .find(|rule| {
            rule.category == *category
                && rule.from.is_none_or(|from| from <= date)
                && rule.to.is_none_or(|to| date <= to)
        })
        .ok_or_else(|| TaxError::RateMissing { category: category.to_string(), date: date.to_string() })
}

/// A percentage of an amount, rounded once.
///
/// # Errors
/// [`MoneyError::Overflow`].
pub fn percent_of(base: Minor, percent: Price, rounding: Rounding) -> Result<Minor, MoneyError> {
    let overflow = || MoneyError::Overflow { limit: Minor::LIMIT };
    let product = i128::from(base.units()).checked_mul(percent.coefficient().into());
    let whole = decimal::power(percent.scale()).checked_mul(100);
    match (product, whole) {
        (Some(product), Some(whole)) => {
            divide(product, whole, rounding).ok_or_else(overflow).and_then(Minor::from_wide)
        }
        _ => Err(overflow()),
    }
}

/// The tax rows of a document from its lines' rules and nets: grouped by category and rate, in
/// that order, each rounded once.
///
/// # Errors
/// [`MoneyError::Overflow`].
///
/// ```
/// use duebill::{id::Id, money::{Minor, Price}, tax::{TaxRule, rows}};
/// let vat = TaxRule { category: Id::new("standard")?, exemption: None, from: None, percent: Price::parse("20")?, to: None };
/// let net = Minor::new(333)?;
/// let rows = rows([(&vat, net), (&vat, net)])?;
/// assert_eq!((rows[0].base.units(), rows[0].tax.units()), (666, 133)); // not 67 + 67
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rows<'r>(lines: impl IntoIterator<Item = (&'r TaxRule, Minor)>) -> Result<Vec<TaxRow>, MoneyError> {
    let mut rows: Vec<TaxRow> = Vec::new();
    for (rule, net) in lines {
        let same = |row: &TaxRow| (&row.category, row.percent).cmp(&(&rule.category, rule.percent));
        match rows.binary_search_by(same) {
            Ok(index) => {
                if let Some(row) = rows.get_mut(index) {
                    row.base = row.base.plus(net)?;
                }
            }
            Err(index) => rows.insert(
                index,
                TaxRow {
                    base: net,
                    category: rule.category.clone(),
                    exemption: rule.exemption.clone(),
                    percent: rule.percent,
                    tax: Minor::ZERO,
                },
            ),
        }
    }
    for row in &mut rows {
        row.tax = percent_of(row.base, row.percent, Rounding::HalfUp)?;
    }
    Ok(rows)
}

/// Checks a rulebook's tax rules: percentages, and one rule of a category at a time.
#[must_use]
pub fn check(rules: &[TaxRule]) -> Vec<(usize, TaxError)> {
    let mut errors = Vec::new();
    let hundred = Price::whole(100).unwrap_or_default();
    for (index, rule) in rules.iter().enumerate() {
        if rule.percent < Price::ZERO || rule.percent > hundred {
            errors.push((index, TaxError::Percent { got: rule.percent.to_string() }));
        }
    }
    // By category and start, a rule can only overlap the one before it that lasts longest.
    let mut sorted: Vec<(usize, &TaxRule)> = rules.iter().enumerate().collect();
    sorted.sort_by_key(|(index, rule)| (&rule.category, rule.from, *index));
    let mut lasting: Option<(usize, &TaxRule)> = None;
    for (index, rule) in sorted {
        let same = lasting.filter(|(_, before)| before.category == rule.category);
        let ended = |before: &TaxRule| matches!((before.to, rule.from), (Some(to), Some(from)) if to < from);
        if let Some((other, _)) = same.filter(|(_, before)| !ended(before)) {
            errors.push((
                index.max(other),
                TaxError::RulesOverlap {
                    category: rule.category.to_string(),
                    from: rule.from.map_or_else(|| "the beginning".to_owned(), |from| from.to_string()),
                },
            ));
        }
        let outlasts = |before: &TaxRule| match (before.to, rule.to) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(before), Some(after)) => after > before,
        };
        if same.is_none_or(|(_, before)| outlasts(before)) {
            lasting = Some((index, rule));
        }
    }
    errors.sort_by_key(|(index, error)| (*index, error.code().number));
    errors
}
