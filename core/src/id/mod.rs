//! Identifiers: the host makes them, the core only keeps and compares them.
//!
//! One type serves every kind of thing; the name of the field says which. An id is never made,
//! parsed for meaning, case-folded or normalised here.

mod look_alike;
mod places;

use std::sync::Arc;

pub(crate) use look_alike::look_alikes;
pub(crate) use places::{Marked, Places};

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
        203 "look-alike" "expected names that nobody takes for each other, got `{got}` beside `{other}`"
        /// Two things have names of which a person takes one for the other; they are kept as they are.
        LookAlike {
            /// The name, its characters beyond ASCII escaped.
            got: String,
            /// The other name, the same way.
            other: String,
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
#[derive(Clone)]
pub struct Id(Text);

/// Bytes of a text that stands in place: most ids are as short, and copying, comparing and dropping them then
/// touches no other memory.
const SHORT: usize = 22;
const SHORT_LENGTH: u8 = 22;
/// The places of some bytes that begin with such a text.
const PLACES: [u8; SHORT + 2] =
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23];

/// The text of an id. One that fits in place stands in place, so that each text has one form.
#[derive(Clone)]
enum Text {
    /// Zeros stand behind the text, which has none.
    Short { length: u8, bytes: [u8; SHORT] },
    /// A longer text is shared by its copies.
    Long(Arc<str>),
}

impl Text {
    fn new(text: &str) -> Self {
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short { length, bytes }
            }
            _ => Self::Long(Arc::from(text)),
        }
    }
}

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
        // Plain letters and digits, which most ids are made of, need no second look.
        if text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(Self(Text::new(text)));
        }
        let outer_blank = |c: Option<char>| c.filter(|c| c.is_whitespace());
        let hidden = hidden_character(text)
            .or_else(|| outer_blank(text.chars().next()))
            .or_else(|| outer_blank(text.chars().next_back()));
        match hidden {
            Some(c) => {
                Err(IdError::Character { codepoint: u32::from(c), got: text.escape_default().to_string() })
            }
            None => Ok(Self(Text::new(text))),
        }
    }

    /// An id of the first bytes of some, where it stands in place and is of plain letters and digits, of which none has to
    /// be escaped. All bytes are looked at, with no way out in between, so that several are looked at together.
    pub(crate) fn of_room(room: &[u8; SHORT + 2], length: usize) -> Option<Self> {
        let length = u8::try_from(length).ok().filter(|length| (1..=SHORT_LENGTH).contains(length))?;
        let (mut kept, mut odd) = ([0_u8; SHORT + 2], false);
        for ((kept, byte), place) in kept.iter_mut().zip(room).zip(PLACES) {
            let inside = place < length;
            odd |= inside & (!byte.is_ascii_graphic() | (*byte == b'\\'));
            *kept = if inside { *byte } else { 0 };
        }
        let bytes = *kept.first_chunk()?;
        (!odd).then_some(Self(Text::Short { length, bytes }))
    }

    /// An id from digits that are valid by construction, such as a digest in hexadecimal.
    pub(crate) fn of_digits(digits: &str) -> Self {
        Self(Text::new(digits))
    }

    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            // What was made of a text is one: the bytes are only looked at again.
            Text::Short { .. } => core::str::from_utf8(self.as_bytes()).unwrap_or(""),
            Text::Long(text) => text,
        }
    }

    /// The bytes of the id, without the look at them that a text costs.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Text::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or(&[]),
            Text::Long(text) => text.as_bytes(),
        }
    }

    /// A short id with the zeros behind it, and its length.
    pub(crate) const fn in_place(&self) -> Option<(&[u8; SHORT], u8)> {
        match &self.0 {
            Text::Short { length, bytes } => Some((bytes, *length)),
            Text::Long(_) => None,
        }
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Text::Short { bytes, .. }, Text::Short { bytes: others, .. }) => bytes == others,
            (Text::Long(text), Text::Long(other)) => text == other,
            (Text::Short { .. }, Text::Long(_)) | (Text::Long(_), Text::Short { .. }) => false,
        }
    }
}

impl Eq for Id {}

impl Ord for Id {
    /// In the order of the texts. Of short ids the zeros behind them are compared too, which come before every
    /// other byte, so that the order is the same and numbers are compared in place of bytes.
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        match (&self.0, &other.0) {
            (Text::Short { bytes, .. }, Text::Short { bytes: others, .. }) => {
                let first =
                    |bytes: &[u8; SHORT]| bytes.first_chunk().map_or(0, |first| u128::from_be_bytes(*first));
                let last =
                    |bytes: &[u8; SHORT]| bytes.last_chunk().map_or(0, |last| u64::from_be_bytes(*last));
                first(bytes).cmp(&first(others)).then_with(|| last(bytes).cmp(&last(others)))
            }
            (Text::Short { .. } | Text::Long(_), _) => self.as_bytes().cmp(other.as_bytes()),
        }
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl core::hash::Hash for Id {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
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
