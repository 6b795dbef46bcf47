//! What comes over the border, checked before any work is done: texts, handle lists and places for outputs.

use std::ffi::c_char;
use std::ptr::NonNull;

use crate::status::{
    DUEBILL_CONTROL_CHARACTER, DUEBILL_INVALID_UTF8, DUEBILL_LENGTH_LIMIT, DUEBILL_MISALIGNED_POINTER,
    DUEBILL_NULL_ARGUMENT, Failure,
};

/// The longest document, name or hash, in bytes: 64 MiB.
pub const DUEBILL_MAX_DOCUMENT: usize = 67_108_864;
/// The longest text of stored records that `duebill_verify` takes, in bytes: 1 GiB.
pub const DUEBILL_MAX_STORED: usize = 1_073_741_824;
/// The most handles or numbers in one list: 1,048,576.
pub const DUEBILL_MAX_LIST: usize = 1_048_576;

/// A text that must be there, of at most `limit` bytes.
///
/// # Safety
/// `data` is null or readable for `length` bytes while `'a` lasts.
unsafe fn bounded<'a>(
    data: *const c_char,
    length: usize,
    limit: usize,
    name: &str,
) -> Result<&'a str, Failure> {
    if length > limit {
        let message = format!("{name}: a length of {length} bytes is over the limit of {limit}");
        return Err(Failure::new(DUEBILL_LENGTH_LIMIT, message));
    }
    if data.is_null() {
        return Err(null(name));
    }
    // SAFETY: not null, readable for `length` bytes by the caller's promise, and far below isize::MAX.
    let bytes = unsafe { std::slice::from_raw_parts(data.cast::<u8>(), length) };
    std::str::from_utf8(bytes).map_err(|error| Failure::Boundary {
        number: DUEBILL_INVALID_UTF8,
        message: format!("{name}: not UTF-8 at byte {}", error.valid_up_to()),
        offset: u64::try_from(error.valid_up_to()).unwrap_or(u64::MAX),
    })
}

/// A JSON document or another text whose content the core judges.
///
/// # Safety
/// As for [`bounded`].
pub(crate) unsafe fn document<'a>(
    data: *const c_char,
    length: usize,
    name: &str,
) -> Result<&'a [u8], Failure> {
    // SAFETY: the caller's promise, passed on.
    unsafe { bounded(data, length, DUEBILL_MAX_DOCUMENT, name) }.map(str::as_bytes)
}

/// A document that may be absent: null.
///
/// # Safety
/// As for [`bounded`].
pub(crate) unsafe fn optional<'a>(
    data: *const c_char,
    length: usize,
    name: &str,
) -> Result<Option<&'a [u8]>, Failure> {
    if data.is_null() && length == 0 {
        return Ok(None);
    }
    // SAFETY: the caller's promise, passed on.
    unsafe { document(data, length, name) }.map(Some)
}

/// The stored lines of a whole log.
///
/// # Safety
/// As for [`bounded`].
pub(crate) unsafe fn stored<'a>(data: *const c_char, length: usize, name: &str) -> Result<&'a [u8], Failure> {
    // SAFETY: the caller's promise, passed on.
    unsafe { bounded(data, length, DUEBILL_MAX_STORED, name) }.map(str::as_bytes)
}

/// A short text whose content somebody else judges: a JSON pointer, a currency.
///
/// # Safety
/// As for [`bounded`].
pub(crate) unsafe fn text<'a>(data: *const c_char, length: usize, name: &str) -> Result<&'a str, Failure> {
    // SAFETY: the caller's promise, passed on.
    unsafe { bounded(data, length, DUEBILL_MAX_DOCUMENT, name) }
}

/// A name or an id: a text without control characters, so an interior NUL is refused and not cut at.
///
/// # Safety
/// As for [`bounded`].
pub(crate) unsafe fn identifier<'a>(
    data: *const c_char,
    length: usize,
    name: &str,
) -> Result<&'a str, Failure> {
    // SAFETY: the caller's promise, passed on.
    let text = unsafe { bounded(data, length, DUEBILL_MAX_DOCUMENT, name) }?;
    match text.bytes().position(|byte| byte.is_ascii_control()) {
        None => Ok(text),
        Some(at) => {
            Err(Failure::new(DUEBILL_CONTROL_CHARACTER, format!("{name}: a control character at byte {at}")))
        }
    }
}

/// A list of handles or numbers, which may be null if it is empty.
///
/// # Safety
/// `data` is null or readable for `count` elements while `'a` lasts.
pub(crate) unsafe fn list<'a, T: Copy>(data: *const T, count: usize, name: &str) -> Result<&'a [T], Failure> {
    if count > DUEBILL_MAX_LIST {
        let message = format!("{name}: {count} elements are over the limit of {DUEBILL_MAX_LIST}");
        return Err(Failure::new(DUEBILL_LENGTH_LIMIT, message));
    }
    if count == 0 {
        return Ok(&[]);
    }
    if data.is_null() {
        return Err(null(name));
    }
    if !data.is_aligned() {
        return Err(misaligned(name));
    }
    // SAFETY: not null, aligned, readable for `count` elements by the caller's promise, and far below isize::MAX bytes.
    Ok(unsafe { std::slice::from_raw_parts(data, count) })
}

/// A place for one output, known to be writable before the work begins, so that no result is lost.
pub(crate) struct Out<T>(NonNull<T>);

impl<T> Out<T> {
    /// Checks the place.
    ///
    /// # Safety
    /// `place` is null or stays writable for one `T` until [`Out::set`].
    pub(crate) unsafe fn new(place: *mut T, name: &str) -> Result<Self, Failure> {
        let place = NonNull::new(place).ok_or_else(|| null(name))?;
        if place.is_aligned() { Ok(Self(place)) } else { Err(misaligned(name)) }
    }

    /// Writes the output: the last step of a call that succeeds.
    pub(crate) fn set(self, value: T) {
        // SAFETY: checked and promised in `new`.
        unsafe { self.0.write(value) }
    }
}

fn null(name: &str) -> Failure {
    Failure::new(DUEBILL_NULL_ARGUMENT, format!("{name}: a pointer was expected, NULL came"))
}

fn misaligned(name: &str) -> Failure {
    Failure::new(DUEBILL_MISALIGNED_POINTER, format!("{name}: the pointer is not aligned for its type"))
}
