//! The one guard around every export: a panic becomes a status, and nothing unwinds into C.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::DuebillError;
use crate::status::{DUEBILL_MISALIGNED_POINTER, DUEBILL_OK, DUEBILL_PANIC, DuebillStatus, Failure};

/// Runs the body of an export and reports how it ended. No panic hook is touched: the host's own still sees the panic.
///
/// Unwind safety is asserted because what a panic may leave half-changed is a log, and a log poisons itself.
///
/// # Safety
/// `error` is null or may be written.
pub(crate) unsafe fn guard(
    error: *mut DuebillError,
    body: impl FnOnce() -> Result<(), Failure>,
) -> DuebillStatus {
    if !error.is_null() && !error.is_aligned() {
        return DUEBILL_MISALIGNED_POINTER;
    }
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return DUEBILL_OK,
        Ok(Err(failure)) => failure,
        Err(payload) => Failure::panicked(payload),
    };
    let number = failure.number();
    if !error.is_null() {
        let report = catch_unwind(AssertUnwindSafe(|| DuebillError::of(&failure)));
        // SAFETY: not null and aligned as checked above, and writable by the caller's promise.
        unsafe { error.write(report.unwrap_or_else(|_| DuebillError::bare(number))) };
    }
    number
}

/// Runs the body of an export that returns a value instead of a status.
pub(crate) fn guard_value<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or(fallback)
}

/// Runs the body of an export that has no error struct.
pub(crate) fn guard_status(body: impl FnOnce() -> Result<(), Failure>) -> DuebillStatus {
    guard_value(DUEBILL_PANIC, || body().map_or_else(|failure| failure.number(), |()| DUEBILL_OK))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::DUEBILL_NOT_FOUND;

    fn run(body: impl FnOnce() -> Result<(), Failure>) -> (u32, DuebillError) {
        let mut error = DuebillError::bare(u32::MAX);
        // SAFETY: a live local.
        let status = unsafe { guard(&raw mut error, body) };
        (status, error)
    }

    #[test]
    fn success_leaves_the_error_as_it_was() {
        let (status, error) = run(|| Ok(()));
        assert_eq!((status, error.code), (DUEBILL_OK, u32::MAX));
    }

    #[test]
    fn a_panic_is_a_status() {
        let (status, error) = run(|| panic!("torn"));
        assert_eq!((status, error.code, error.details), (DUEBILL_PANIC, DUEBILL_PANIC, 0));
        assert_eq!(guard_status(|| panic!("torn")), DUEBILL_PANIC);
        assert_eq!(guard_value(5, || panic!("torn")), 5);
    }

    #[test]
    fn a_failure_needs_no_error_struct() {
        // SAFETY: null is allowed.
        let status =
            unsafe { guard(std::ptr::null_mut(), || Err(Failure::new(DUEBILL_NOT_FOUND, "no such name"))) };
        assert_eq!(status, DUEBILL_NOT_FOUND);
    }

    #[test]
    fn a_misaligned_error_is_neither_written_nor_acted_on() {
        let mut room = [0_u64; 120];
        let odd = room.as_mut_ptr().cast::<u8>().wrapping_add(1).cast::<DuebillError>();
        // SAFETY: the guard must not write through it, which is the point.
        let status = unsafe { guard(odd, || panic!("the body ran")) };
        assert_eq!(status, DUEBILL_MISALIGNED_POINTER);
        assert!(room.iter().all(|&word| word == 0));
    }
}
