use super::{TaxRule, Treatment};
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::{Minor, Price};

words! {
    /// What a tax row does to what is to be paid.
    pub enum TaxRole {
        /// The tax on the base: added.
        Tax = "tax",
        /// A second tax on the same base: added.
        Surcharge = "surcharge",
        /// Kept back by the buyer, who pays it to the state for the seller: taken off.
        Withheld = "withheld",
    }
}

shape! {
    /// The tax of one category and rate of a document.
    pub struct TaxRow {
        /// Sum of what is taxed, before tax.
        pub base: Minor,
        /// The category.
        pub category: Id,
        /// Why nothing is charged.
        pub exemption: Option<String>,
        /// The same reason as a code of the VATEX list.
        pub exemption_code: Option<Id>,
        /// The rate in percent.
        pub percent: Price,
        /// What it does to what is to be paid.
        pub role: TaxRole = TaxRole::Tax,
        /// The tax, rounded as the document says.
        pub tax: Minor,
        /// How the law treats it.
        pub treatment: Treatment = Treatment::Standard,
    }
}

shape! {
    /// A tax that a line bears; its amount stands in the row of the same category, rate and role.
    pub struct LineTax {
        /// The category.
        pub category: Id,
        /// The rate in percent.
        pub percent: Price,
        /// What it does to what is to be paid.
        pub role: TaxRole = TaxRole::Tax,
    }
}

impl TaxRow {
    /// Whether a row is of the same category, rate and role.
    #[must_use]
    pub fn is_of(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    /// Whether it can be treated as it says: what is not standard bears nothing, and says why where it must.
    #[must_use]
    pub fn is_treated(&self) -> bool {
        let unsaid = self.exemption.is_none() && self.exemption_code.is_none();
        let free = self.treatment == Treatment::Standard || self.percent == Price::ZERO;
        free && !(unsaid && self.treatment.needs_reason())
    }

    /// What rows are told apart and ordered by.
    pub(crate) fn key(&self) -> (TaxRole, &Id, Price) {
        (self.role, &self.category, self.percent)
    }
}

/// What a position is taxed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taxed<'r> {
    /// The rule of its category; untaxed when left out.
    pub rule: Option<&'r TaxRule>,
    /// Whether the buyer bears the rule's surcharge.
    pub surcharged: bool,
    /// What the buyer keeps back.
    pub withholding: Option<&'r TaxRule>,
}

impl<'r> Taxed<'r> {
    /// The same under one rule alone.
    #[must_use]
    pub const fn by(rule: &'r TaxRule) -> Self {
        Self { rule: Some(rule), surcharged: false, withholding: None }
    }

    /// Every tax with the rule and rate that it comes from.
    pub fn taxes(self) -> impl Iterator<Item = (TaxRole, &'r TaxRule, Price)> {
        let tax = self.rule.map(|rule| (TaxRole::Tax, rule, rule.percent));
        let surcharge = self
            .rule
            .filter(|_| self.surcharged)
            .and_then(|rule| rule.surcharge.map(|percent| (TaxRole::Surcharge, rule, percent)));
        let withheld = self.withholding.map(|rule| (TaxRole::Withheld, rule, rule.percent));
        [tax, surcharge, withheld].into_iter().flatten()
    }

    /// Whether it is taxed like another: categories and rates are compared by value.
    #[must_use]
    pub fn is_like(self, other: Taxed<'_>) -> bool {
        self.keys().eq(other.keys())
    }

    /// What it is told apart by.
    pub(crate) fn keys(self) -> impl Iterator<Item = (TaxRole, &'r Id, Price)> {
        self.taxes().map(|(role, rule, percent)| (role, &rule.category, percent))
    }

    /// The same for the record of a line.
    #[must_use]
    pub fn line_taxes(self) -> Vec<LineTax> {
        let line_tax = |(role, rule, percent): (TaxRole, &TaxRule, Price)| LineTax {
            category: rule.category.clone(),
            percent,
            role,
        };
        self.taxes().map(line_tax).collect()
    }
}
