//! Rulebooks: compiled once, immutable, shared by all threads.

use std::ffi::c_char;
use std::sync::Arc;

use duebill::wire;

use crate::error::DuebillError;
use crate::guard::{guard, guard_status};
use crate::handle::{DuebillLog, DuebillRulebook, Kind};
use crate::input::{self, Out};
use crate::status::DuebillStatus;
use crate::table::{Entry, TABLE};

/// Compiles a whole rulebook document: policy and the terms of every customer.
///
/// Ownership: `*rulebook` is yours until `duebill_rulebook_free`. Threads: any.
/// Errors: the core's codes, with every finding in `details`. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_rulebook_compile(
    document: *const c_char,
    document_length: usize,
    rulebook: *mut DuebillRulebook,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(rulebook, "rulebook")?;
            let document = input::document(document, document_length, "document")?;
            let compiled = Arc::new(wire::compile(document)?);
            place.set(TABLE.insert(Entry::Rulebook(compiled))?);
            Ok(())
        })
    }
}

/// Makes a rulebook with one customer's terms added or replaced, without reading the rest again.
///
/// Ownership: `*extended` is a second rulebook and yours until `duebill_rulebook_free`; `rulebook` stays as it was.
/// Threads: any. Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_rulebook_add_terms(
    rulebook: DuebillRulebook,
    document: *const c_char,
    document_length: usize,
    extended: *mut DuebillRulebook,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(extended, "extended")?;
            let document = input::document(document, document_length, "document")?;
            let rulebook = TABLE.rulebook(rulebook)?;
            let compiled = Arc::new(wire::add_terms(&rulebook, document)?);
            place.set(TABLE.insert(Entry::Rulebook(compiled))?);
            Ok(())
        })
    }
}

/// Makes a rulebook that knows what the publication log of its seller says: where publication is on, nothing is decided
/// under sections that are not published, or not in force. Call it again when something was published.
///
/// Ownership: `*known` is a second rulebook and yours until `duebill_rulebook_free`; `rulebook` stays as it was.
/// Threads: any; beside other readers of the log. Errors: the core's codes; `DUEBILL_POISONED`. On failure only `*error`
/// is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_rulebook_published(
    rulebook: DuebillRulebook,
    publication: DuebillLog,
    known: *mut DuebillRulebook,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(known, "known")?;
            let (rulebook, publication) = (TABLE.rulebook(rulebook)?, TABLE.log(publication)?);
            let known = Arc::new(publication.read(|log| wire::published(&rulebook, log))??);
            place.set(TABLE.insert(Entry::Rulebook(known))?);
            Ok(())
        })
    }
}

/// Ends a rulebook handle. 0 is fine; a second free returns `DUEBILL_STALE_HANDLE` and touches nothing.
///
/// Threads: any, also while calls with this handle run: they finish on their own reference.
#[unsafe(no_mangle)]
pub extern "C" fn duebill_rulebook_free(rulebook: DuebillRulebook) -> DuebillStatus {
    guard_status(|| TABLE.free(rulebook, Kind::Rulebook))
}
