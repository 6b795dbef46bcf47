/// The key of a field as it stands in a document, with the comma before it, its quotes and its colon: copied and
/// compared at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    written: &'static str,
    /// Whether it comes after the tag of a union.
    after_tag: bool,
}

/// The name of a field from its key, which needs no escape.
macro_rules! name {
    ($key:literal) => {
        const { $crate::canon::Name::new(concat!(",\"", $key, "\":")) }
    };
}
pub(crate) use name;

/// The field that tells the shapes of a union apart.
pub(super) const TAG: Name = name!("kind");

impl Name {
    /// A key with all that stands around it; [`name!`] and [`shape!`](super::shape) make them.
    pub(crate) const fn new(written: &'static str) -> Self {
        let after_tag = match written.as_bytes() {
            [_, _, key @ .., _, _] => comes_before(b"kind", key),
            _ => false,
        };
        Self { written, after_tag }
    }

    /// Whether it comes after the tag of a union.
    #[inline]
    pub(super) const fn is_after_tag(self) -> bool {
        self.after_tag
    }

    /// As it stands behind another field.
    pub(super) const fn after_others(self) -> &'static str {
        self.written
    }

    /// As it stands at the start of an object.
    #[inline]
    pub(super) fn quoted(self) -> &'static str {
        self.written.get(1..).unwrap_or("")
    }

    /// What stands between the quotes.
    #[inline]
    pub(super) fn key(self) -> &'static str {
        self.written.get(2..self.written.len().saturating_sub(2)).unwrap_or("")
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

/// How the key of a shape's first field begins: its first eight bytes with the quote behind it, so that it is found among
/// many by one look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening {
    bytes: u64,
    mask: u64,
}

impl Opening {
    /// That of a shape by its keys among those of all shapes of a union; one that no document has, where the key is in
    /// several shapes or there is none.
    pub(crate) const fn among(own: &[&str], all: &[&[&str]]) -> Self {
        match own {
            [first, ..] if count(first, all) == 1 => Self::of(first.as_bytes()),
            _ => Self { bytes: 1, mask: 0 },
        }
    }

    /// That of a key.
    pub(super) const fn of(mut key: &[u8]) -> Self {
        let (mut bytes, mut mask) = ([0; 8], [0; 8]);
        let (mut places, mut masks): (&mut [u8], &mut [u8]) = (&mut bytes, &mut mask);
        while let ([place, further @ ..], [seen, others @ ..]) = (places, masks) {
            *seen = 0xff;
            let [first, rest @ ..] = key else {
                *place = b'"';
                break;
            };
            *place = *first;
            (key, places, masks) = (rest, further, others);
        }
        Self { bytes: u64::from_le_bytes(bytes), mask: u64::from_le_bytes(mask) }
    }

    /// Whether the eight bytes behind a quote begin so.
    #[inline]
    pub(super) const fn begins(self, bytes: u64) -> bool {
        bytes & self.mask == self.bytes
    }
}

/// In how many shapes a key is.
const fn count(key: &str, mut all: &[&[&str]]) -> usize {
    let mut count = 0_usize;
    while let [shape, rest @ ..] = all {
        let mut keys = *shape;
        while let [other, others @ ..] = keys {
            if is_same(key.as_bytes(), other.as_bytes()) {
                count = count.saturating_add(1);
                break;
            }
            keys = others;
        }
        all = rest;
    }
    count
}

const fn is_same(mut key: &[u8], mut other: &[u8]) -> bool {
    if key.len() != other.len() {
        return false;
    }
    while let ([first, keys @ ..], [second, others @ ..]) = (key, other) {
        if *first != *second {
            return false;
        }
        (key, other) = (keys, others);
    }
    true
}
