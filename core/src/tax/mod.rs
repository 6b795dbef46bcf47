//! Tax: which rate stands on a date, and rows that add up.
//!
//! Tax is rounded once per category and rate over the whole document (EN 16931, BR-CO-17), or once
//! per line where the policy says so; either way the rows add up to the total. A [`Tally`] is the
//! one place where it happens; [`violated`] says which sums of EN 16931 a document misses.

mod en16931;
mod error;
mod row;
mod rule;
mod tally;

pub use en16931::{StatedRow, Statement, SumRule, violated};
pub use error::{TaxError, Untallied};
pub use row::{LineTax, TaxRole, TaxRow, Taxed};
pub use rule::{TaxRule, Treatment, check, rule_on};
pub use tally::{GroupId, Prices, Tally, TaxRounding, Taxes, percent_of, tax_on, tax_within};

use crate::money::Minor;

/// The tax rows of lines from their rules and nets: grouped by category and rate, in that order, each
/// rounded once.
///
/// # Errors
/// [`Untallied::Money`].
///
/// ```
/// use duebill::{canon, money::Minor, tax::{TaxRule, rows}};
/// let vat: TaxRule = canon::from_bytes(br#"{"category":"standard","percent":"20"}"#)?;
/// let net = Minor::new(333)?;
/// let rows = rows([(&vat, net), (&vat, net)])?;
/// assert_eq!((rows[0].base.units(), rows[0].tax.units()), (666, 133)); // not 67 + 67
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rows<'r>(lines: impl IntoIterator<Item = (&'r TaxRule, Minor)>) -> Result<Vec<TaxRow>, Untallied> {
    let mut tally = Tally::new(Prices::Exclusive, TaxRounding::Group);
    for (rule, net) in lines {
        let group = tally.group(TaxRole::Tax, rule, rule.percent);
        tally.add(group, net)?;
    }
    Ok(tally.rows()?)
}
