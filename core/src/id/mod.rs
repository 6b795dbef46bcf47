//! Identifiers: the host makes them, the core only keeps and compares them.
//!
//! One type serves every kind of thing; the name of the field says which. An id is never made,
//! parsed for meaning, case-folded or normalised here.

use std::sync::Arc;

use crate::error_code::errors;

errors! {
    /// What can be wrong with an identifier.
    pub enum IdError {
        201 "id-length" "expected an id of 1 to {limit} bytes, got {got}"
        /// Empty, or longer than [`Id::MAX_BYTES`].
        Length {
            /// Bytes allowed.
            limit: usize,
            /// Bytes that came.
            got: usize,
        },
        202 "id-character" "expected an id without control, bidirectional or invisible characters or outer blanks, got U+{codepoint:04X} in `{got}`"
        /// A character that a person cannot see, or that changes how the rest is read.
        Character {
            /// The first such character.
            codepoint: u32,
            /// The id with such characters escaped.
            got: String,
        },
    }
}

/// A host's identifier: 1 to 128 bytes of visible text; cheap to clone.
///
/// ```
/// use duebill::id::Id;
/// assert_eq!(Id::new("T-1001")?.as_str(), "T-1001");
/// assert!(Id::new("ACME\u{202e}gpj.exe").is_err());
/// # Ok::<(), duebill::id::IdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// Longest id in bytes.
    pub const MAX_BYTES: usize = 128;

    /// Checks and keeps an id.
    ///
    /// # Errors
    /// [`IdError::Length`] or [`IdError::Character`].
    pub fn new(text: &str) -> Result<Self, IdError> {
        if text.is_empty() || text.len() > Self::MAX_BYTES {
            return Err(IdError::Length { limit: Self::MAX_BYTES, got: text.len() });
        }
        let outer_blank = |c: Option<char>| c.filter(|c| c.is_whitespace());
        let hidden = hidden_character(text)
            .or_else(|| outer_blank(text.chars().next()))
            .or_else(|| outer_blank(text.chars().next_back()));
        match hidden {
            Some(c) => {
                Err(IdError::Character { codepoint: u32::from(c), got: text.escape_default().to_string() })
            }
            None => Ok(Self(Arc::from(text))),
        }
    }

    /// An id from digits that are valid by construction, such as a digest in hexadecimal.
    pub(crate) fn of_digits(digits: &str) -> Self {
        Self(Arc::from(digits))
    }

    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The first character of a text that a person cannot see, or that changes how the rest is read.
#[must_use]
pub fn hidden_character(text: &str) -> Option<char> {
    text.chars().find(|&c| c.is_control() || is_invisible(c))
}

/// Zero-width, bidirectional and other formatting characters that make two ids look alike.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

impl core::fmt::Display for Id {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl core::fmt::Debug for Id {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Debug::fmt(self.as_str(), f)
    }
}

impl core::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}
