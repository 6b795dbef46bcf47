use sha2::{Digest as _, Sha256};

use super::CanonError;

/// A SHA-256 digest; text form is 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// The SHA-256 digest of some bytes.
///
/// ```
/// let empty = duebill::canon::sha256(b"");
/// assert!(empty.to_string().starts_with("e3b0c44298fc1c14"));
/// ```
#[must_use]
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// The SHA-256 digest of some bytes that stand in several places, one after another.
#[must_use]
pub fn sha256_joined(parts: &[&[u8]]) -> Digest {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    Digest(hasher.finalize().into())
}

impl Digest {
    /// The digest before the first record of a log.
    pub const ZERO: Self = Self([0; 32]);

    /// The 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// [`CanonError::DigestForm`].
    pub fn parse(text: &str) -> Result<Self, CanonError> {
        let form = || CanonError::DigestForm { got: text.chars().take(70).collect() };
        text.as_bytes().try_into().ok().and_then(Self::of_digits).ok_or_else(form)
    }

    /// Reads 64 digits.
    #[inline]
    pub(super) fn of_digits(digits: &[u8; 64]) -> Option<Self> {
        // Every digit is looked at, with no way out in between: a chain of records is full of digests.
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => byte.wrapping_sub(b'0'),
            b'a'..=b'f' => byte.wrapping_sub(b'a').wrapping_add(10),
            _ => 0xff,
        };
        let (pairs, _) = digits.as_chunks();
        let mut bytes = [0_u8; 32];
        let mut seen = 0;
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            let (high, low) = (digit(*high), digit(*low));
            seen |= high | low;
            *byte = high.wrapping_shl(4) | low;
        }
        (seen <= 15).then_some(Self(bytes))
    }
}

impl Digest {
    /// Hands over the digest as 64 hexadecimal digits.
    pub(crate) fn written<T>(self, take: impl FnOnce(&[u8]) -> T) -> T {
        let digit =
            |nibble: u8| nibble.saturating_add(if nibble < 10 { b'0' } else { b'a'.saturating_sub(10) });
        let mut text = [0_u8; 64];
        for (pair, byte) in text.as_chunks_mut().0.iter_mut().zip(self.0) {
            *pair = [digit(byte.wrapping_shr(4)), digit(byte & 15)];
        }
        take(&text)
    }
}

impl core::fmt::Display for Digest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.written(|text| f.write_str(core::str::from_utf8(text).unwrap_or("")))
    }
}

impl core::fmt::Debug for Digest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(self, f)
    }
}
