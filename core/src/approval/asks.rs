use super::when::{Conditions, HasFact, NetOf, When};
use super::{ApprovalError, SubjectKind};
use crate::id::Id;

/// A fact that rules can ask for, and whether it has a value and a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KnownFact {
    /// Its name.
    pub(crate) name: &'static str,
    /// Whether it has a size.
    pub(crate) sized: bool,
    /// Whether it names something.
    pub(crate) valued: bool,
}

/// A fact that is the case or not.
const fn flag(name: &'static str) -> KnownFact {
    KnownFact { name, sized: false, valued: false }
}

/// A fact that names something.
pub(crate) const fn value(name: &'static str) -> KnownFact {
    KnownFact { name, sized: false, valued: true }
}

/// A fact with a size.
const fn size(name: &'static str, valued: bool) -> KnownFact {
    KnownFact { name, sized: true, valued }
}

/// What is known of something that conditions look at: a rule that asks for anything else would never hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    /// The facts.
    pub(crate) facts: &'static [KnownFact],
    /// Whether it has lines with charge codes.
    pub(crate) codes: bool,
    /// Whether the lines have nets of their own.
    pub(crate) lines: bool,
    /// Whether it counts to what was asked before.
    pub(crate) sums: bool,
}

/// What rules can ask of an invoice, behind what only approvals know.
const ASKED_INVOICE: &[KnownFact] = &[
    size("beyond_estimate", false),
    size("allowance", true),
    size("discount", true),
    value("agreement"),
    value("customer"),
    value("multiplier"),
    flag("no_charge"),
    flag("out_of_scope"),
    flag("rate_override"),
    value("terms"),
];

/// What tasks can ask of something that waits: of what kind it is, and what is known of an invoice.
const WAITING: &[KnownFact] = &[
    value("subject"),
    size("allowance", true),
    size("discount", true),
    value("agreement"),
    value("customer"),
    value("multiplier"),
    flag("no_charge"),
    flag("out_of_scope"),
    flag("rate_override"),
    value("terms"),
];

/// What rules can ask of what takes back an invoice, or a part of it.
const TAKEN_BACK: &[KnownFact] = &[
    value("effect"),
    value("reason"),
    value("agreement"),
    value("customer"),
    value("multiplier"),
    flag("no_charge"),
    flag("out_of_scope"),
    flag("rate_override"),
    value("terms"),
];

const REFUND: &[KnownFact] = &[value("customer"), value("reason")];

/// What an estimate is about.
const ESTIMATE: &[KnownFact] = &[value("agreement"), value("customer"), value("ticket")];

impl SubjectKind {
    /// What approval rules can ask of subjects of this kind.
    pub(crate) const fn known(self) -> Known {
        match self {
            Self::Invoice => Known { facts: ASKED_INVOICE, codes: true, lines: true, sums: true },
            Self::CreditNote | Self::Void => {
                Known { facts: TAKEN_BACK, codes: true, lines: true, sums: true }
            }
            // Of what an amount is written off, not how much of which line.
            Self::WriteOff => {
                Known { facts: TAKEN_BACK.split_at(1).1, codes: true, lines: false, sums: true }
            }
            Self::Refund => Known { facts: REFUND, codes: false, lines: false, sums: true },
            Self::Estimate => Known { facts: ESTIMATE, codes: true, lines: false, sums: false },
        }
    }
}

impl Known {
    /// An invoice that tasks are asked about: what is drawn on estimates and what was asked before is known to
    /// approvals only.
    pub(crate) const INVOICE: Self =
        Self { facts: ASKED_INVOICE.split_at(1).1, codes: true, lines: true, sums: false };

    /// Something that waits for approval, mostly an invoice, that tasks are asked about.
    pub(crate) const ASKED: Self = Self { facts: WAITING, codes: true, lines: true, sums: false };

    /// Something with facts and no lines.
    pub(crate) const fn plain(facts: &'static [KnownFact]) -> Self {
        Self { facts, codes: false, lines: false, sums: false }
    }

    /// The names of the facts, for people to read.
    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self.facts.iter().map(|fact| fact.name).collect();
        names.join(", ")
    }

    /// Whether a condition asks for nothing but what is known.
    pub(crate) fn answers(&self, when: &When) -> bool {
        match when {
            When::All(of) | When::Any(of) | When::None(of) => of.of.iter().all(|one| self.answers(one)),
            When::Net(net) => match net.of {
                NetOf::Subject => true,
                NetOf::Line | NetOf::Ticket => self.lines,
                NetOf::Job | NetOf::Month => self.sums,
            },
            When::Fact(fact) => self.knows(fact),
            When::Code(_) => self.codes,
            When::Payer(_) => true,
        }
    }

    fn knows(&self, wanted: &HasFact) -> bool {
        let fits = |fact: &&KnownFact| {
            let sized = wanted.above.is_none() || fact.sized;
            let valued = wanted.any_of.is_empty() || fact.valued;
            fact.name == wanted.name.as_str() && sized && valued
        };
        self.facts.iter().any(|fact| fits(&fact))
    }
}

/// What a condition without others in it asks for, for people to read.
fn asked_for(when: &When) -> String {
    match when {
        When::All(_) => "all".to_owned(),
        When::Any(_) => "any".to_owned(),
        When::None(_) => "none".to_owned(),
        When::Net(net) => format!("the net of the {}", net.of.word()),
        When::Fact(fact) => {
            let (size, value) = (fact.above.is_some(), !fact.any_of.is_empty());
            let with = match (size, value) {
                (false, false) => "",
                (true, false) => " with a size",
                (false, true) => " with a value",
                (true, true) => " with a size and a value",
            };
            format!("the fact {}{with}", fact.name)
        }
        When::Code(_) => "a charge code".to_owned(),
        When::Payer(_) => "the payer".to_owned(),
    }
}

impl When {
    /// The conditions in it that have no others in them.
    pub(crate) fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::All(of) | Self::Any(of) | Self::None(of) => of.of.iter().flat_map(Self::leaves).collect(),
            Self::Net(_) | Self::Fact(_) | Self::Code(_) | Self::Payer(_) => vec![self],
        }
    }

    /// What it asks for that is not known.
    pub(crate) fn unanswered(&self, known: &Known) -> Vec<(&Self, String)> {
        let unknown = self.leaves().into_iter().filter(|leaf| !known.answers(leaf));
        unknown.map(|leaf| (leaf, asked_for(leaf))).collect()
    }

    /// The same condition where each charge code stands for all that `below` gives of it.
    pub(crate) fn with_codes(&self, below: &impl Fn(&Id) -> Vec<Id>) -> Self {
        let each =
            |of: &Conditions| Conditions { of: of.of.iter().map(|one| one.with_codes(below)).collect() };
        match self {
            Self::All(of) => Self::All(each(of)),
            Self::Any(of) => Self::Any(each(of)),
            Self::None(of) => Self::None(each(of)),
            Self::Code(codes) => {
                let mut any_of: Vec<Id> = Vec::new();
                for code in codes.any_of.iter().flat_map(below) {
                    if !any_of.contains(&code) {
                        any_of.push(code);
                    }
                }
                Self::Code(super::OneOf { any_of })
            }
            Self::Net(_) | Self::Fact(_) | Self::Payer(_) => self.clone(),
        }
    }
}

/// What a rule asks for that its kinds do not know.
pub(super) fn unanswered(kinds: &[SubjectKind], when: &When) -> Vec<ApprovalError> {
    let mut errors = Vec::new();
    for kind in kinds {
        let known = kind.known();
        errors.extend(when.unanswered(&known).into_iter().map(|(_, got)| ApprovalError::RuleUnanswered {
            facts: known.names(),
            got,
            kind: kind.word(),
        }));
    }
    errors
}
