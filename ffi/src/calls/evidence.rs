//! What an auditor asks: daily heads over logs, and evidence of documents that is checked without the logs.

use std::ffi::c_char;

use duebill::wire;

use super::{hand_over, logs};
use crate::error::DuebillError;
use crate::guard::guard;
use crate::handle::{DuebillLog, DuebillResult};
use crate::input::{self, Out};
use crate::log::SharedLog;
use crate::status::DuebillStatus;

/// One digest over all logs of a seller at a day, with the log heads under it and the proofs that are asked for.
///
/// `logs` points to `log_count` log handles and may be NULL if that is 0; heads of logs that are not loaded stand in the
/// request.
/// Ownership: `*daily` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_daily_head(
    logs: *const DuebillLog,
    log_count: usize,
    request: *const c_char,
    request_length: usize,
    daily: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(daily, "daily")?;
            let request = input::document(request, request_length, "request")?;
            let logs = self::logs(input::list(logs, log_count, "logs")?)?;
            let daily = SharedLog::read_each(&logs, |logs| wire::daily_head(logs, request))?;
            hand_over(place, daily?)
        })
    }
}

/// Checks that a log stood under a daily head: `{"daily":{..},"proof":{..}}`. A broken proof is an answer.
///
/// Ownership: `*checked` is yours until `duebill_result_free`. Threads: any.
/// Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_check_inclusion(
    request: *const c_char,
    request_length: usize,
    checked: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(checked, "checked")?;
            let request = input::document(request, request_length, "request")?;
            hand_over(place, wire::check_inclusion(request)?)
        })
    }
}

/// Compares two daily heads of a seller: names every log that vanished, went back or was rewritten.
///
/// Ownership: `*checked` is yours until `duebill_result_free`. Threads: any.
/// Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_compare_daily(
    request: *const c_char,
    request_length: usize,
    checked: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(checked, "checked")?;
            let request = input::document(request, request_length, "request")?;
            hand_over(place, wire::compare_daily(request)?)
        })
    }
}

/// Puts the evidence of documents together: how they came about, in one document that a stranger can check.
///
/// `logs` points to `log_count` log handles: the account and the logs of its numbers.
/// Ownership: `*package` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_evidence(
    logs: *const DuebillLog,
    log_count: usize,
    request: *const c_char,
    request_length: usize,
    package: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(package, "package")?;
            let request = input::document(request, request_length, "request")?;
            let logs = self::logs(input::list(logs, log_count, "logs")?)?;
            let package = SharedLog::read_each(&logs, |logs| wire::evidence(logs, request))?;
            hand_over(place, package?)
        })
    }
}

/// Checks evidence, byte by byte, against the daily head that was published. What is wrong is an answer; of evidence that
/// is sound `/findings` says which words, rules and numbers it does not show.
///
/// Ownership: `*checked` is yours until `duebill_result_free`. Threads: any.
/// Errors: the core's codes, for what is no daily head. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_check_evidence(
    package: *const c_char,
    package_length: usize,
    daily: *const c_char,
    daily_length: usize,
    checked: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(checked, "checked")?;
            let package = input::document(package, package_length, "package")?;
            let daily = input::document(daily, daily_length, "daily")?;
            hand_over(place, wire::check_evidence(package, daily)?)
        })
    }
}
