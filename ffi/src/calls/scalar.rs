//! Calls by value: no handle, no document, no allocation.

use std::ffi::{CStr, c_char};

use crate::guard::guard_value;

/// What may change: nothing that this header says, as long as this number stays. New functions and new codes may come.
pub const DUEBILL_ABI_VERSION: u32 = 1;

const VERSION: Result<&CStr, std::ffi::FromBytesWithNulError> =
    CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes());

/// The version of the loaded library, like "0.1.0": compare it with `DUEBILL_VERSION` of the header.
///
/// Ownership: static text, ends in NUL, never freed. Threads: any. Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn duebill_version() -> *const c_char {
    guard_value(c"".as_ptr(), || VERSION.unwrap_or(c"").as_ptr())
}

/// The ABI version of the loaded library: refuse to run if it is not `DUEBILL_ABI_VERSION` of the header.
///
/// Threads: any. Errors: none.
#[unsafe(no_mangle)]
pub extern "C" fn duebill_abi_version() -> u32 {
    guard_value(0, || DUEBILL_ABI_VERSION)
}
