use crate::canon::sha256;
use crate::id::Id;

/// What a log finds an id by, as long as the log is: a short id as it is, so that what was made one after another
/// lies side by side however long the log is; a long one by half its digest, which is enough against chance and
/// forgery, and small.
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
        let digest = sha256(id.as_bytes());
        Self::Digest(digest.bytes().first_chunk().copied().unwrap_or_default())
    }
}
