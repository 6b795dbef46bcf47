use crate::canon::sha256;
use crate::id::{Id, Marked};

/// What a log finds an id by, as long as the log is: a short id as it is, so that ids made one after another lie side by
/// side in an ordered map; a long one by half its digest, which is enough against chance and forgery, and small.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Short(Id),
    Digest([u8; 16]),
}

impl Key {
    pub(super) fn of(id: &Id) -> Self {
        if id.in_place().is_some() {
            return Self::Short(id.clone());
        }
        Self::Digest(half_digest(id))
    }

    /// Half the digest of the id.
    pub(super) fn half_digest(&self) -> [u8; 16] {
        match self {
            Self::Short(id) => half_digest(id),
            Self::Digest(half) => *half,
        }
    }
}

impl Marked for Key {
    fn mark(&self) -> u32 {
        match self {
            Self::Short(id) => id.mark(),
            Self::Digest(half) => half.first_chunk().map_or(0, |first| u32::from_be_bytes(*first)),
        }
    }
}

fn half_digest(id: &Id) -> [u8; 16] {
    sha256(id.as_bytes()).bytes().first_chunk().copied().unwrap_or_default()
}
