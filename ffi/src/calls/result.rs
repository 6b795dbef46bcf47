//! Results: the whole document, or one value of it by JSON pointer.

use std::ffi::c_char;

use duebill::canon::{Limits, Node};

use super::hand_over;
use crate::answer::Answer;
use crate::error::DuebillError;
use crate::guard::{guard, guard_status};
use crate::handle::{DuebillResult, Kind};
use crate::input::{self, Out};
use crate::status::DuebillStatus;
use crate::table::TABLE;
use crate::tape::Found;

/// A stretch of UTF-8 that the library owns. It does not end in NUL. `data` is never NULL, also when `length` is 0.
#[repr(C)]
pub struct DuebillText {
    /// The first byte.
    pub data: *const c_char,
    /// How many bytes.
    pub length: usize,
}

impl DuebillText {
    fn of(bytes: &[u8]) -> Self {
        Self { data: bytes.as_ptr().cast(), length: bytes.len() }
    }
}

/// One value inside a result. The texts stay valid until that result is freed.
#[repr(C)]
pub struct DuebillView {
    /// One of `DUEBILL_KIND_*`.
    pub kind: u32,
    /// Always 0.
    pub reserved: u32,
    /// Exactly the value's bytes in the document: what to store and to hash.
    pub raw: DuebillText,
    /// The content of a string, without quotes and escapes; else empty.
    pub text: DuebillText,
    /// A whole number; 1 or 0 for a boolean; else 0.
    pub integer: i64,
    /// How many elements or members; else 0.
    pub count: usize,
}

impl DuebillView {
    fn of(found: &Found<'_>) -> Self {
        Self {
            kind: found.kind,
            reserved: 0,
            raw: DuebillText::of(found.raw),
            text: DuebillText::of(found.text),
            integer: found.integer,
            count: found.count,
        }
    }
}

/// Reads any JSON document of the host, so that `duebill_result_get` serves for it too.
///
/// Limits are the core's: 64 MiB, 32 levels, 1,000,000 elements in one array or object, 64 KiB in one text; duplicate
/// keys and control characters other than tab and line feed are refused.
/// Ownership: `*parsed` holds a copy of the bytes as they stand, and is yours until `duebill_result_free`. Threads: any.
/// Errors: the core's codes for the shape of documents. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_document_parse(
    document: *const c_char,
    document_length: usize,
    parsed: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(parsed, "parsed")?;
            let document = input::document(document, document_length, "document")?;
            Node::parse(document, Limits::default())?;
            hand_over(place, document.to_vec())
        })
    }
}

/// Shows the whole document of a result: canonical JSON (RFC 8785), but for schemas, which are indented, and for what
/// `duebill_document_parse` was given.
///
/// Ownership: `*view` points into the result and stays valid until `duebill_result_free`. Threads: any.
/// On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_result_data(
    result: DuebillResult,
    view: *mut DuebillText,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(view, "view")?;
            place.set(DuebillText::of(TABLE.result(result)?.bytes()));
            Ok(())
        })
    }
}

/// Shows one value of a result by JSON pointer (RFC 6901), like `/lines/0/net`; the empty pointer is the whole document.
///
/// The first call on a result indexes it; each call then costs time by the length of the pointer, not of the document.
/// Ownership: `*view` points into the result and stays valid until `duebill_result_free`. Threads: any.
/// Errors: `DUEBILL_NOT_FOUND`, `DUEBILL_INVALID_POINTER`. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_result_get(
    result: DuebillResult,
    pointer: *const c_char,
    pointer_length: usize,
    view: *mut DuebillView,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(view, "view")?;
            let pointer = input::text(pointer, pointer_length, "pointer")?;
            let answer: &Answer = &*TABLE.result(result)?;
            place.set(DuebillView::of(&answer.get(pointer)?));
            Ok(())
        })
    }
}

/// Ends a result handle and every view into it. 0 is fine; a second free returns `DUEBILL_STALE_HANDLE` and touches nothing.
///
/// Threads: any; but no thread may still read a view of this result.
#[unsafe(no_mangle)]
pub extern "C" fn duebill_result_free(result: DuebillResult) -> DuebillStatus {
    guard_status(|| TABLE.free(result, Kind::Result))
}
