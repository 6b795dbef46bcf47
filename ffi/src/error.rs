//! The error struct that the caller owns and a failed call fills.

use std::ffi::c_char;

use duebill::wire;

use crate::answer::Answer;
use crate::handle::DuebillResult;
use crate::status::Failure;
use crate::table::TABLE;

/// What went wrong. The caller owns the struct; a failed call writes every field, a successful one writes none.
///
/// `name`, `pointer` and `message` end in NUL and are cut at a character border if they do not fit; `details` has them whole.
/// Test the returned status, show `message`, and never take a message apart: it may change, codes do not.
#[repr(C)]
pub struct DuebillError {
    /// The status that the call returned.
    pub code: u32,
    /// How many findings `details` holds; 0 for a code of the boundary.
    pub findings: u32,
    /// For `DUEBILL_INVALID_UTF8` the byte offset of the first bad byte; else 0.
    pub offset: u64,
    /// The whole refusal as JSON (`{"code","findings":[..],"name"}`); release it by `duebill_result_free`. 0 for a code of the boundary.
    pub details: DuebillResult,
    /// The code's stable name in kebab case, like `stale-handle`.
    pub name: [c_char; 48],
    /// JSON pointer to the first finding's place in the input; empty if it concerns the whole.
    pub pointer: [c_char; 256],
    /// One sentence about the first finding, in English.
    pub message: [c_char; 512],
}

impl DuebillError {
    /// An error with its code and every other field empty.
    pub(crate) fn bare(code: u32) -> Self {
        Self { code, findings: 0, offset: 0, details: 0, name: [0; 48], pointer: [0; 256], message: [0; 512] }
    }

    /// Everything the caller learns about a failure, with a details handle where the core refused.
    pub(crate) fn of(failure: &Failure) -> Self {
        let mut error = Self::bare(failure.number());
        put(&mut error.name, failure.name());
        match failure {
            Failure::Boundary { message, offset, .. } => {
                error.offset = *offset;
                put(&mut error.message, message);
            }
            Failure::Refused(refusal) => {
                error.findings = u32::try_from(refusal.findings().count()).unwrap_or(u32::MAX);
                put(&mut error.pointer, &refusal.first().path);
                put(&mut error.message, &refusal.first().message);
                // A full table costs the details and not the code.
                error.details = TABLE.insert(Answer::new(wire::refusal(refusal)).into()).unwrap_or(0);
            }
        }
        error
    }
}

/// Writes a text and its NUL into a field, cut at a character border; a NUL inside the text becomes `?`.
fn put(field: &mut [c_char], text: &str) {
    let room = field.len().saturating_sub(1);
    let end = (0..=room.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    let bytes = text.bytes().take(end).map(|byte| if byte == 0 { b'?' } else { byte });
    for (place, byte) in field.iter_mut().zip(bytes.chain(std::iter::once(0))) {
        *place = c_char::from_ne_bytes([byte]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_back(field: &[c_char]) -> String {
        let bytes: Vec<u8> = field.iter().map(|c| c.to_ne_bytes()[0]).take_while(|&byte| byte != 0).collect();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_text_is_cut_before_the_character_that_does_not_fit() {
        let mut field = [1; 5];
        put(&mut field, "ab€d");
        assert_eq!(read_back(&field), "ab");
        put(&mut field, "abcd");
        assert_eq!(read_back(&field), "abcd");
        put(&mut field, "a\0b");
        assert_eq!(read_back(&field), "a?b");
    }

    proptest! {
        #[test]
        fn a_field_always_ends_in_nul_and_holds_a_prefix(text in "[^\0]{0,80}") {
            let mut field = [1; 48];
            put(&mut field, &text);
            prop_assert!(field.contains(&0));
            prop_assert!(text.starts_with(&read_back(&field)));
            prop_assert!(text.len() < 44 || read_back(&field).len() >= 44);
        }
    }
}
