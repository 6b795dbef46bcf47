//! Status numbers: 0, the boundary's own codes below 100, and the core's codes, passed on as they are.

use std::any::Any;

use duebill::finding::Refusal;

/// 0 is success, 1-99 a `DUEBILL_*` code of the boundary, 100 and above a `DUEBILL_E_*` code of the core.
pub type DuebillStatus = u32;

/// The call did what it says, and its outputs are written.
pub const DUEBILL_OK: u32 = 0;
/// A required pointer is NULL. (A handle that is 0 is `DUEBILL_STALE_HANDLE`.)
pub const DUEBILL_NULL_ARGUMENT: u32 = 1;
/// The handle is 0, was freed, or was never given out.
pub const DUEBILL_STALE_HANDLE: u32 = 2;
/// The handle is alive but of another type than the function takes.
pub const DUEBILL_WRONG_HANDLE_TYPE: u32 = 3;
/// A text is not UTF-8; `offset` of the error counts the good bytes before the first bad one.
pub const DUEBILL_INVALID_UTF8: u32 = 4;
/// A length or a count is over the documented limit; nothing was read.
pub const DUEBILL_LENGTH_LIMIT: u32 = 5;
/// A pointer to a struct, a handle or an integer is not aligned for it.
pub const DUEBILL_MISALIGNED_POINTER: u32 = 6;
/// A defect of the library: it panicked, was caught, and the log that the call was made on is poisoned.
pub const DUEBILL_PANIC: u32 = 7;
/// An earlier call on this log panicked: free it and replay the stored records into a new one.
pub const DUEBILL_POISONED: u32 = 8;
/// In a forked child: another thread of the parent was inside a call on this handle at the moment of the fork.
pub const DUEBILL_FORKED: u32 = 9;
/// The JSON pointer, the schema name or the command id names nothing here.
pub const DUEBILL_NOT_FOUND: u32 = 10;
/// A name or an id holds a control character (U+0000 to U+001F, U+007F).
pub const DUEBILL_CONTROL_CHARACTER: u32 = 11;
/// The text is not a JSON pointer (RFC 6901): empty, or `/` before each part, with only `~0` and `~1` as escapes.
pub const DUEBILL_INVALID_POINTER: u32 = 12;
/// `DUEBILL_MAX_LIVE_HANDLES` are alive; free some.
pub const DUEBILL_TOO_MANY_HANDLES: u32 = 13;
/// A defect of the library: a document it made cannot be read as JSON.
pub const DUEBILL_UNREADABLE_RESULT: u32 = 14;
/// An argument that takes one of some `DUEBILL_*` constants has another value.
pub const DUEBILL_UNKNOWN_CONSTANT: u32 = 15;

/// Why a call did nothing.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The boundary refused before, or instead of, calling the core.
    Boundary {
        /// One of the `DUEBILL_*` numbers above.
        number: u32,
        /// What was wrong with which argument, as a sentence.
        message: String,
        /// Byte offset into the text named by `message`; 0 where none applies.
        offset: u64,
    },
    /// The core refused, with its own code and findings.
    Refused(Refusal),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Failure {
    /// A refusal of the boundary that has no offset.
    pub(crate) fn new(number: u32, message: impl Into<String>) -> Self {
        Self::Boundary { number, message: message.into(), offset: 0 }
    }

    /// What is reported of a caught panic.
    pub(crate) fn panicked(payload: Box<dyn Any + Send>) -> Self {
        let text = if let Some(text) = payload.downcast_ref::<&str>() {
            (*text).to_owned()
        } else if let Some(text) = payload.downcast_ref::<String>() {
            text.clone()
        } else {
            // An unknown payload may panic again when it is dropped, so it is left where it is.
            std::mem::forget(payload);
            "a payload without text".to_owned()
        };
        Self::new(DUEBILL_PANIC, format!("the library panicked: {text}"))
    }

    /// The number that the export returns.
    pub(crate) fn number(&self) -> u32 {
        match self {
            Self::Boundary { number, .. } => *number,
            Self::Refused(refusal) => u32::from(refusal.code().number),
        }
    }

    /// The kebab name of that number.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Boundary { number, .. } => boundary_name(*number),
            Self::Refused(refusal) => refusal.code().name,
        }
    }
}

/// The kebab name of a code of the boundary.
fn boundary_name(number: u32) -> &'static str {
    match number {
        DUEBILL_OK => "ok",
        DUEBILL_NULL_ARGUMENT => "null-argument",
        DUEBILL_STALE_HANDLE => "stale-handle",
        DUEBILL_WRONG_HANDLE_TYPE => "wrong-handle-type",
        DUEBILL_INVALID_UTF8 => "invalid-utf8",
        DUEBILL_LENGTH_LIMIT => "length-limit",
        DUEBILL_MISALIGNED_POINTER => "misaligned-pointer",
        DUEBILL_PANIC => "panic",
        DUEBILL_POISONED => "poisoned",
        DUEBILL_FORKED => "forked",
        DUEBILL_NOT_FOUND => "not-found",
        DUEBILL_CONTROL_CHARACTER => "control-character",
        DUEBILL_INVALID_POINTER => "invalid-pointer",
        DUEBILL_TOO_MANY_HANDLES => "too-many-handles",
        DUEBILL_UNREADABLE_RESULT => "unreadable-result",
        DUEBILL_UNKNOWN_CONSTANT => "unknown-constant",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_code_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> =
            (DUEBILL_OK..=DUEBILL_UNKNOWN_CONSTANT).map(boundary_name).collect();
        assert_eq!(names.len(), 16);
        assert!(!names.contains("unknown"));
        assert_eq!(boundary_name(DUEBILL_UNKNOWN_CONSTANT + 1), "unknown");
    }

    #[test]
    fn the_core_leaves_the_boundary_its_numbers() {
        assert!(duebill::wire::codes().iter().all(|code| code.number >= 100));
    }

    #[test]
    fn a_panic_payload_of_any_type_is_described() {
        assert!(matches!(Failure::panicked(Box::new(7_u8)), Failure::Boundary { number: DUEBILL_PANIC, .. }));
        let Failure::Boundary { message, .. } = Failure::panicked(Box::new("torn".to_owned())) else {
            panic!("refused")
        };
        assert_eq!(message, "the library panicked: torn");
    }
}
