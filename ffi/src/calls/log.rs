//! Logs: decide without changing, store, then apply.

use std::ffi::c_char;

use duebill::wire;

use super::hand_over;
use crate::error::DuebillError;
use crate::guard::{guard, guard_status};
use crate::handle::{DuebillLog, DuebillResult, DuebillRulebook, Kind};
use crate::input::{self, Out};
use crate::log::SharedLog;
use crate::status::{DUEBILL_NOT_FOUND, DuebillStatus, Failure};
use crate::table::{Entry, TABLE};

/// Opens an empty log at an address, like `{"id":"acme","kind":"account","seller":"s1"}`; kinds are `account`,
/// `cash_book`, `rulebook` (the publication of rules) and `series`. A log that exists is loaded by applying its stored records in order.
///
/// Ownership: `*log` is yours until `duebill_log_free`. Threads: any.
/// Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_log_open(
    address: *const c_char,
    address_length: usize,
    log: *mut DuebillLog,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(log, "log")?;
            let address = input::document(address, address_length, "address")?;
            let opened = SharedLog::new(wire::open(address)?);
            place.set(TABLE.insert(Entry::Log(opened))?);
            Ok(())
        })
    }
}

/// Decides one command: the answer is the record to store, or that the command was already recorded. The log stays as
/// it is until `duebill_log_apply`, so this is also the dry run.
///
/// Answer: `{"outcome":"recorded","record","hash","detached","intents","rows","rows_version","seq"}`, or
/// `{"outcome":"repeated","hash","seq"}`. Store the bytes of the view at `/record` exactly as they stand.
/// Ownership: `*decision` is yours until `duebill_result_free`. Threads: any; beside other readers of the log.
/// Errors: the core's codes; `DUEBILL_POISONED`. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_log_decide(
    log: DuebillLog,
    rulebook: DuebillRulebook,
    command: *const c_char,
    command_length: usize,
    decision: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(decision, "decision")?;
            let command = input::document(command, command_length, "command")?;
            let (log, rulebook) = (TABLE.log(log)?, TABLE.rulebook(rulebook)?);
            hand_over(place, log.read(|log| wire::decide(log, &rulebook, command))??)
        })
    }
}

/// Applies one stored record: everything is checked, then the log moves to the record's sequence.
///
/// `record` is the stored bytes, `hash` their 64 hex digits, `detached` the JSON object kept beside them, or NULL and 0
/// if there is none or it was erased.
/// Threads: any; waits for calls on this log to finish and runs alone.
/// Errors: the core's codes (a break in the chain is one); `DUEBILL_POISONED`. On failure the log is as it was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_log_apply(
    log: DuebillLog,
    record: *const c_char,
    record_length: usize,
    hash: *const c_char,
    hash_length: usize,
    detached: *const c_char,
    detached_length: usize,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let record = input::document(record, record_length, "record")?;
            let hash = input::document(hash, hash_length, "hash")?;
            let detached = input::optional(detached, detached_length, "detached")?.unwrap_or_default();
            let log = TABLE.log(log)?;
            log.write(|log| wire::apply(log, record, hash, detached))??;
            Ok(())
        })
    }
}

/// The head of the log: `{"hash":"..","seq":n}`. Keep it apart from the records: it is what finds a truncation.
///
/// Ownership: `*head` is yours until `duebill_result_free`. Threads: any; beside other readers of the log.
/// Errors: `DUEBILL_POISONED`. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_log_head(
    log: DuebillLog,
    head: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(head, "head")?;
            hand_over(place, TABLE.log(log)?.read(wire::head)?)
        })
    }
}

/// The sequence of the record that a command made.
///
/// Threads: any; beside other readers of the log.
/// Errors: `DUEBILL_NOT_FOUND` if the command is not recorded; `DUEBILL_CONTROL_CHARACTER`; `DUEBILL_POISONED`.
/// On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_log_recorded(
    log: DuebillLog,
    command_id: *const c_char,
    command_id_length: usize,
    sequence: *mut u64,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(sequence, "sequence")?;
            let id = input::identifier(command_id, command_id_length, "command_id")?;
            let found = TABLE.log(log)?.read(|log| wire::recorded(log, id))?;
            place
                .set(found.ok_or_else(|| {
                    Failure::new(DUEBILL_NOT_FOUND, "command_id: not recorded in this log")
                })?);
            Ok(())
        })
    }
}

/// Answers a read-only question about the log; its `kind` says which.
///
/// Ownership: `*answer` is yours until `duebill_result_free`. Threads: any; beside other readers of the log.
/// Errors: the core's codes; `DUEBILL_POISONED`. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_log_report(
    log: DuebillLog,
    rulebook: DuebillRulebook,
    request: *const c_char,
    request_length: usize,
    answer: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(answer, "answer")?;
            let request = input::document(request, request_length, "request")?;
            let (log, rulebook) = (TABLE.log(log)?, TABLE.rulebook(rulebook)?);
            hand_over(place, log.read(|log| wire::report(log, &rulebook, request))??)
        })
    }
}

/// Ends a log handle, poisoned or not. 0 is fine; a second free returns `DUEBILL_STALE_HANDLE` and touches nothing.
///
/// Threads: any, also while calls with this handle run: they finish on their own reference.
#[unsafe(no_mangle)]
pub extern "C" fn duebill_log_free(log: DuebillLog) -> DuebillStatus {
    guard_status(|| TABLE.free(log, Kind::Log))
}
