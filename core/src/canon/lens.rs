use super::words;

words! {
    /// How a field may be handled, from what anybody concerned may read to what nobody needs to.
    pub enum FieldClass {
        /// For whoever the document is for.
        Public = "public",
        /// For the seller's own people.
        Internal = "internal",
        /// Names a person or quotes one.
        Personal = "personal",
        /// Says something of a person's health.
        Health = "health",
        /// Keys, salts, credentials.
        Secret = "secret",
    }
}

impl FieldClass {
    /// Every class.
    pub const ALL: [Self; 5] = [Self::Public, Self::Internal, Self::Personal, Self::Health, Self::Secret];
}

/// The fields of one shape with what a reader must have for each, as bits.
pub type FieldNeeds = &'static [(&'static str, u64)];

/// Through what a document is written for one reader: fields are left out for which the reader lacks
/// something, and so is every field that the table does not know.
#[derive(Debug, Clone, Copy)]
pub struct Lens {
    /// What the reader has, as bits.
    pub has: u64,
    /// The table: what each field of a shape needs.
    pub needs: fn(&str) -> Option<FieldNeeds>,
}

impl Lens {
    /// Whether a field of a shape is shown.
    #[must_use]
    pub fn shows(&self, shape: &str, field: &str) -> bool {
        (self.needs)(shape).is_some_and(|fields| self.shows_of(fields, field))
    }

    /// Whether a field is shown, of those of its shape.
    pub(super) fn shows_of(&self, fields: FieldNeeds, field: &str) -> bool {
        fields.iter().any(|(name, needs)| *name == field && self.has & needs == *needs)
    }
}
