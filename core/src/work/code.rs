use std::collections::{BTreeMap, BTreeSet};

use super::WorkError;
use crate::canon::{shape, words};
use crate::id::Id;

words! {
    /// What a charge code stands for.
    pub enum ChargeKind {
        /// Time of people.
        Labour = "labour",
        /// Goods.
        Part = "part",
        /// A fee, such as a prepaid block.
        Fee = "fee",
    }
}

shape! {
    /// A charge code: what appears on invoices, in taxes and in the accounts.
    pub struct ChargeCode {
        /// Whether work under it is billed unless the entry says otherwise.
        pub billable: bool = true,
        /// Id of the code.
        pub id: Id,
        /// What it stands for.
        pub kind: ChargeKind,
        /// What it is called on invoices; issued lines keep the name they had.
        pub name: String,
        /// The code above it.
        pub parent: Option<Id>,
        /// Its tax category; untaxed when left out here and above.
        pub tax_category: Option<Id>,
    }
}

shape! {
    /// Which work falls under a charge code; each condition it names must match.
    pub struct MappingRule {
        /// The charge code.
        pub code: Id,
        /// Only work of this kind.
        pub kind: Option<ChargeKind>,
        /// Only in this role.
        pub role: Option<Id>,
        /// Only parts with this stock-keeping unit.
        pub sku: Option<Id>,
        /// Only tickets with this tag.
        pub tag: Option<Id>,
        /// Only tickets of this type.
        pub ticket_type: Option<Id>,
        /// Only this type of work.
        pub work_type: Option<Id>,
    }
}

impl MappingRule {
    /// Which conditions it names, the weightiest as the highest bit.
    fn weight(&self) -> u8 {
        let named = [
            self.sku.is_some(),
            self.work_type.is_some(),
            self.role.is_some(),
            self.ticket_type.is_some(),
            self.tag.is_some(),
            self.kind.is_some(),
        ];
        named.into_iter().fold(0, |weight, named| weight.wrapping_shl(1) | u8::from(named))
    }

    fn conditions(&self) -> (Option<ChargeKind>, [Option<&Id>; 5]) {
        let ids = [&self.sku, &self.work_type, &self.role, &self.ticket_type, &self.tag];
        (self.kind, ids.map(Option::as_ref))
    }
}

/// What is known of a piece of work when its charge code is sought.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// Labour or part.
    pub kind: ChargeKind,
    /// Stock-keeping unit of a part.
    pub sku: Option<&'a Id>,
    /// Type of work.
    pub work_type: Option<&'a Id>,
    /// Role of the agent.
    pub role: Option<&'a Id>,
    /// Type of the ticket.
    pub ticket_type: Option<&'a Id>,
    /// Tags of the ticket.
    pub tags: &'a [Id],
}

/// The charge codes of a rulebook with their mapping, compiled once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodeMap {
    codes: BTreeMap<Id, ChargeCode>,
    /// Heaviest first.
    rules: Vec<MappingRule>,
}

impl CodeMap {
    /// Compiles codes and rules.
    ///
    /// # Errors
    /// Every [`WorkError`], with `codes` or `mapping` and the place it was found at.
    pub fn new(
        codes: Vec<ChargeCode>,
        rules: Vec<MappingRule>,
    ) -> Result<Self, Vec<(&'static str, usize, WorkError)>> {
        let mut errors = Vec::new();
        let mut by_id = BTreeMap::new();
        let places: Vec<Id> = codes.iter().map(|code| code.id.clone()).collect();
        for (place, code) in codes.into_iter().enumerate() {
            let id = code.id.clone();
            if by_id.insert(id.clone(), code).is_some() {
                errors.push(("codes", place, WorkError::CodeIdTwice { got: id.to_string() }));
            }
        }
        for (place, id) in places.iter().enumerate() {
            errors.extend(check_parents(&by_id, id).err().map(|error| ("codes", place, error)));
        }
        let mut seen: BTreeMap<_, &Id> = BTreeMap::new();
        for (place, rule) in rules.iter().enumerate() {
            if !by_id.contains_key(&rule.code) {
                errors.push(("mapping", place, WorkError::CodeUnknown { got: rule.code.to_string() }));
            }
            if let Some(first) = seen.insert(rule.conditions(), &rule.code) {
                let (first, second) = (first.to_string(), rule.code.to_string());
                errors.push(("mapping", place, WorkError::MappingEqual { first, second }));
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut rules = rules;
        rules.sort_by_key(|rule| core::cmp::Reverse(rule.weight()));
        Ok(Self { codes: by_id, rules })
    }

    /// A code by its id.
    ///
    /// # Errors
    /// [`WorkError::CodeUnknown`].
    pub fn code(&self, id: &Id) -> Result<&ChargeCode, WorkError> {
        self.codes.get(id).ok_or_else(|| WorkError::CodeUnknown { got: id.to_string() })
    }

    /// Every code, by id.
    pub fn codes(&self) -> impl Iterator<Item = &ChargeCode> {
        self.codes.values()
    }

    /// The code of a piece of work: the weightiest rule whose conditions all match, by stock-keeping
    /// unit, type of work, role, ticket type, tag, kind in this order. Of two tags of one ticket
    /// the rule that sorts first by tag applies.
    ///
    /// # Errors
    /// [`WorkError::Unmapped`].
    pub fn map(&self, sought: &Sought<'_>) -> Result<&ChargeCode, WorkError> {
        let same = |condition: &Option<Id>, value: Option<&Id>| {
            condition.as_ref().is_none_or(|wanted| Some(wanted) == value)
        };
        let matching = self.rules.iter().filter(|rule| {
            rule.kind.is_none_or(|kind| kind == sought.kind)
                && same(&rule.sku, sought.sku)
                && same(&rule.work_type, sought.work_type)
                && same(&rule.role, sought.role)
                && same(&rule.ticket_type, sought.ticket_type)
                && rule.tag.as_ref().is_none_or(|tag| sought.tags.contains(tag))
        });
        let best = matching.min_by_key(|rule| (core::cmp::Reverse(rule.weight()), rule.tag.clone()));
        best.ok_or(WorkError::Unmapped).and_then(|rule| self.code(&rule.code))
    }

    /// A code and all codes below it, by id.
    #[must_use]
    pub fn below(&self, id: &Id) -> Vec<Id> {
        self.codes.keys().filter(|code| self.is_below(code, id)).cloned().collect()
    }

    /// Whether a code is another, or stands below it.
    fn is_below(&self, code: &Id, above: &Id) -> bool {
        let mut at = Some(code);
        while let Some(id) = at {
            if id == above {
                return true;
            }
            // Circles were refused when the map was made.
            at = self.codes.get(id).and_then(|code| code.parent.as_ref());
        }
        false
    }

    /// The tax category of a code, its own or the nearest one above.
    #[must_use]
    pub fn tax_category(&self, id: &Id) -> Option<&Id> {
        let mut at = self.codes.get(id);
        while let Some(code) = at {
            if code.tax_category.is_some() {
                return code.tax_category.as_ref();
            }
            // Circles were refused when the map was made.
            at = code.parent.as_ref().and_then(|parent| self.codes.get(parent));
        }
        None
    }
}

/// Walks up from a code to the top.
fn check_parents(codes: &BTreeMap<Id, ChargeCode>, id: &Id) -> Result<(), WorkError> {
    let mut seen = BTreeSet::new();
    let mut at = id;
    while let Some(parent) = codes.get(at).and_then(|code| code.parent.as_ref()) {
        if !codes.contains_key(parent) {
            return Err(WorkError::CodeUnknown { got: parent.to_string() });
        }
        if parent == id || !seen.insert(parent) {
            return Err(WorkError::CodeCircular { got: id.to_string() });
        }
        at = parent;
    }
    Ok(())
}
