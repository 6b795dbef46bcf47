use super::{TaxRole, TaxRow, percent_of};
use crate::canon::{shape, words};
use crate::money::{Currency, Minor, MoneyError, Price, Rounding};

words! {
    /// A rule of EN 16931 about the sums of a document.
    pub enum SumRule {
        /// The sum of the lines is the sum of their nets.
        Lines = "BR-CO-10",
        /// The sum of the allowances is theirs.
        Allowances = "BR-CO-11",
        /// The sum of the charges is theirs.
        Charges = "BR-CO-12",
        /// The net is lines less allowances plus charges.
        Net = "BR-CO-13",
        /// The tax is the sum of the rows.
        Tax = "BR-CO-14",
        /// The gross is net plus tax.
        Gross = "BR-CO-15",
        /// What is to be paid is gross less what was prepaid, plus rounding.
        Payable = "BR-CO-16",
        /// The tax of every row is its base times its rate, rounded half up to the currency.
        Rows = "BR-CO-17",
    }
}

impl SumRule {
    /// Every rule, ascending.
    pub const ALL: [Self; 8] = [
        Self::Lines,
        Self::Allowances,
        Self::Charges,
        Self::Net,
        Self::Tax,
        Self::Gross,
        Self::Payable,
        Self::Rows,
    ];
}

shape! {
    /// A tax row as a document states it.
    pub struct StatedRow {
        /// The base.
        pub base: Minor = Minor::ZERO,
        /// The rate in percent; without one the tax must be 0.
        pub percent: Option<Price>,
        /// The tax.
        pub tax: Minor,
    }
}

shape! {
    /// The sums of a document as it states them; what is left out is 0.
    pub struct Statement {
        /// Sum of the allowances.
        pub allowance: Minor = Minor::ZERO,
        /// Each allowance of the document.
        pub allowances: Vec<Minor>,
        /// Sum of the charges.
        pub charge: Minor = Minor::ZERO,
        /// Each charge of the document.
        pub charges: Vec<Minor>,
        /// The currency of every amount.
        pub currency: Currency,
        /// Net and tax.
        pub gross: Minor = Minor::ZERO,
        /// Sum of the lines.
        pub lines: Minor = Minor::ZERO,
        /// Before tax.
        pub net: Minor = Minor::ZERO,
        /// The net of each line.
        pub nets: Vec<Minor>,
        /// What is to be paid.
        pub payable: Minor = Minor::ZERO,
        /// What was paid ahead.
        pub prepaid: Minor = Minor::ZERO,
        /// What was added to round what is to be paid.
        pub rounding: Minor = Minor::ZERO,
        /// Tax by category and rate.
        pub rows: Vec<StatedRow>,
        /// The tax.
        pub tax: Minor = Minor::ZERO,
    }
}

impl From<&TaxRow> for StatedRow {
    fn from(row: &TaxRow) -> Self {
        Self { base: row.base, percent: Some(row.percent), tax: row.tax }
    }
}

impl Statement {
    /// The rows that a document of these tax rows states: what is withheld is none.
    #[must_use]
    pub fn rows_of(rows: &[TaxRow]) -> Vec<StatedRow> {
        rows.iter().filter(|row| row.role != TaxRole::Withheld).map(StatedRow::from).collect()
    }

    fn holds(&self, rule: SumRule) -> Result<bool, MoneyError> {
        let sum = |parts: &[Minor]| Minor::sum(parts.iter().copied());
        Ok(match rule {
            SumRule::Lines => self.lines == sum(&self.nets)?,
            SumRule::Allowances => self.allowance == sum(&self.allowances)?,
            SumRule::Charges => self.charge == sum(&self.charges)?,
            SumRule::Net => self.net == self.lines.minus(self.allowance)?.plus(self.charge)?,
            SumRule::Tax => self.tax == Minor::sum(self.rows.iter().map(|row| row.tax))?,
            SumRule::Gross => self.gross == self.net.plus(self.tax)?,
            SumRule::Payable => self.payable == self.gross.minus(self.prepaid)?.plus(self.rounding)?,
            SumRule::Rows => {
                let mut all = true;
                for row in &self.rows {
                    let percent = row.percent.unwrap_or(Price::ZERO);
                    all &= row.tax == percent_of(row.base, percent, Rounding::HalfUp)?;
                }
                all
            }
        })
    }
}

/// The rules that a document violates, to the last minor unit: validators allow more.
///
/// A sum beyond the limit of an amount equals nothing that is stated.
///
/// ```
/// use duebill::{canon, tax::{Statement, SumRule, violated}};
/// let stated: Statement = canon::from_bytes(
///     br#"{"currency":"EUR","gross":"119.00","lines":"100.00","net":"100.00","nets":["100.00"],"payable":"119.00","rows":[{"base":"100.00","percent":"19","tax":"19.01"}],"tax":"19.01"}"#,
/// )?;
/// assert_eq!(violated(&stated), [SumRule::Gross, SumRule::Rows]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn violated(stated: &Statement) -> Vec<SumRule> {
    SumRule::ALL.into_iter().filter(|&rule| stated.holds(rule) != Ok(true)).collect()
}
