/// The key of a field as it stands in a document, with the comma before it, its quotes and its colon: copied and
/// compared at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name(&'static str);

/// The name of a field from its key, which needs no escape.
macro_rules! name {
    ($key:literal) => {
        $crate::canon::Name::new(concat!(",\"", $key, "\":"))
    };
}
pub(crate) use name;

impl Name {
    /// A key with all that stands around it; [`name!`] and [`shape!`](super::shape) make them.
    pub(crate) const fn new(written: &'static str) -> Self {
        Self(written)
    }

    /// As it stands behind another field.
    pub(super) const fn after_others(self) -> &'static str {
        self.0
    }

    /// As it stands at the start of an object.
    #[inline]
    pub(super) fn quoted(self) -> &'static str {
        self.0.get(1..).unwrap_or("")
    }

    /// What stands between the quotes.
    #[inline]
    pub(super) fn key(self) -> &'static str {
        self.0.get(2..self.0.len().saturating_sub(2)).unwrap_or("")
    }
}

/// Whether keys stand in canonical order: every shape declares its fields so, and nobody has to sort them again.
pub(crate) const fn ascend(mut keys: &[&str]) -> bool {
    while let [first, rest @ ..] = keys {
        if let [second, ..] = rest
            && !comes_before(first.as_bytes(), second.as_bytes())
        {
            return false;
        }
        keys = rest;
    }
    true
}

/// Whether a key of letters comes before another.
const fn comes_before(mut key: &[u8], mut other: &[u8]) -> bool {
    while let ([first, keys @ ..], [second, others @ ..]) = (key, other) {
        if *first != *second {
            return *first < *second;
        }
        (key, other) = (keys, others);
    }
    key.len() < other.len()
}
