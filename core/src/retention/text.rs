use super::About;
use crate::calendar::Date;
use crate::canon::Digest;
use crate::id::Id;

/// Words beside a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalText {
    /// What they are about.
    pub about: About,
    /// Their class.
    pub class: Id,
    /// Their commitment.
    pub commitment: Digest,
    /// Whether they were erased.
    pub erased: bool,
    /// Whose they are, where that is known.
    pub person: Option<Id>,
    /// The date of their record.
    pub recorded: Date,
    /// The sequence of the first record that holds the commitment; their words stand beside it.
    pub seq: u64,
}

impl PersonalText {
    /// Their id: the commitment.
    #[must_use]
    pub fn id(&self) -> Id {
        Id::of_digits(&self.commitment.to_string())
    }
}
