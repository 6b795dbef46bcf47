//! What the 64 bits of a handle mean. Only the table gives them out.

/// A compiled rulebook; immutable, shared by any number of threads. 0 is none.
pub type DuebillRulebook = u64;
/// An account, a cash book, a publication of rules or a series; readers run beside each other, `duebill_log_apply` runs alone. 0 is none.
pub type DuebillLog = u64;
/// A document made by the library, or read by `duebill_document_parse`; immutable, shared by any number of threads. 0 is none.
pub type DuebillResult = u64;

/// The type tag in the top byte of a handle, never 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// An immutable rulebook.
    Rulebook,
    /// A log that changes by applying.
    Log,
    /// An immutable document.
    Result,
}

impl Kind {
    /// The number in the handle.
    pub(crate) const fn tag(self) -> u8 {
        match self {
            Self::Rulebook => 1,
            Self::Log => 2,
            Self::Result => 3,
        }
    }

    /// The word in messages.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Rulebook => "rulebook",
            Self::Log => "log",
            Self::Result => "result",
        }
    }
}

/// The parts of a handle: tag (8 bits), slot (24 bits), generation (32 bits).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Parts {
    /// Of a [`Kind`], if the handle is ours.
    pub(crate) tag: u8,
    /// Place in the table.
    pub(crate) slot: u32,
    /// How often that place was given out before, plus one.
    pub(crate) generation: u32,
}

impl Parts {
    /// The number that the host holds.
    pub(crate) fn pack(self) -> u64 {
        (u64::from(self.tag) << 56) | (u64::from(self.slot) << 32) | u64::from(self.generation)
    }

    /// What a number would stand for; any number has parts.
    pub(crate) fn unpack(handle: u64) -> Self {
        let [tag, a, b, c, d, e, f, g] = handle.to_be_bytes();
        Self { tag, slot: u32::from_be_bytes([0, a, b, c]), generation: u32::from_be_bytes([d, e, f, g]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_survive_packing(handle: u64) {
            prop_assert_eq!(Parts::unpack(handle).pack(), handle);
        }
    }
}
