use super::TaxError;
use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::id::Id;
use crate::money::Price;

words! {
    /// How the law treats what a category covers; each has its letter in EN 16931.
    pub enum Treatment {
        /// Taxed at its rate; S.
        Standard = "standard",
        /// Taxed at nothing; Z.
        Zero = "zero",
        /// Exempt, for a reason; E.
        Exempt = "exempt",
        /// The buyer owes the tax; AE.
        ReverseCharge = "reverse_charge",
        /// Delivered to a business in another member state; K.
        IntraCommunity = "intra_community",
        /// Exported; G.
        Export = "export",
        /// Outside the scope of the tax; O.
        OutsideScope = "outside_scope",
    }
}

impl Treatment {
    /// The code of the category in EN 16931 (UNCL 5305).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::Zero => "Z",
            Self::Exempt => "E",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
            Self::Export => "G",
            Self::OutsideScope => "O",
        }
    }

    /// Whether a document must say why nothing is charged.
    pub(super) const fn needs_reason(self) -> bool {
        match self {
            Self::Standard | Self::Zero => false,
            Self::Exempt | Self::ReverseCharge | Self::IntraCommunity | Self::Export | Self::OutsideScope => {
                true
            }
        }
    }
}

shape! {
    /// The rate of a tax category in a period.
    pub struct TaxRule {
        /// The category that charge codes name.
        pub category: Id,
        /// Why nothing is charged, as the invoice must say, where the rate is 0.
        pub exemption: Option<String>,
        /// The same reason as a code of the VATEX list.
        pub exemption_code: Option<Id>,
        /// First date of supply; open when left out.
        pub from: Option<Date>,
        /// The rate in percent.
        pub percent: Price,
        /// The rate in percent of a second tax on the same base, for buyers that bear one, such as the
        /// recargo de equivalencia.
        pub surcharge: Option<Price>,
        /// Last date of supply; open when left out.
        pub to: Option<Date>,
        /// How the law treats it.
        pub treatment: Treatment = Treatment::Standard,
    }
}

impl TaxRule {
    fn check_treatment(&self) -> Option<TaxError> {
        let (category, treatment) = (self.category.to_string(), self.treatment.word());
        let rates = core::iter::once(self.percent).chain(self.surcharge);
        if let Some(got) = rates.into_iter().find(|rate| *rate != Price::ZERO)
            && self.treatment != Treatment::Standard
        {
            return Some(TaxError::Treatment { category, treatment, got: got.to_string() });
        }
        let unsaid = self.exemption.is_none() && self.exemption_code.is_none();
        (self.treatment.needs_reason() && unsaid)
            .then_some(TaxError::ExemptionMissing { category, treatment })
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

/// Checks a rulebook's tax rules: percentages, and one rule of a category at a time.
#[must_use]
pub fn check(rules: &[TaxRule]) -> Vec<(usize, TaxError)> {
    let mut errors = Vec::new();
    let hundred = Price::whole(100).unwrap_or_default();
    for (index, rule) in rules.iter().enumerate() {
        if rule.percent < Price::ZERO || rule.percent > hundred {
            errors.push((index, TaxError::Percent { got: rule.percent.to_string() }));
        }
        if let Some(surcharge) = rule.surcharge.filter(|&rate| rate < Price::ZERO || rate > hundred) {
            errors.push((index, TaxError::Percent { got: surcharge.to_string() }));
        }
        errors.extend(rule.check_treatment().map(|error| (index, error)));
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
