//! Calculations over documents and over many logs at once; nothing is changed by them.

use std::ffi::c_char;

use duebill::wire;

use super::{hand_over, logs};
use crate::error::DuebillError;
use crate::guard::guard;
use crate::handle::{DuebillLog, DuebillResult, DuebillRulebook};
use crate::input::{self, Out};
use crate::log::SharedLog;
use crate::status::{DUEBILL_NOT_FOUND, DuebillStatus, Failure};
use crate::table::TABLE;

/// Prices tickets and their entries: charges with their receipts, no account needed.
///
/// Ownership: `*charges` is yours until `duebill_result_free`. Threads: any.
/// Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_rate(
    rulebook: DuebillRulebook,
    work: *const c_char,
    work_length: usize,
    charges: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(charges, "charges")?;
            let work = input::document(work, work_length, "work")?;
            let rulebook = TABLE.rulebook(rulebook)?;
            hand_over(place, wire::rate(&rulebook, work)?)
        })
    }
}

/// Proposes how the receipts of a cash book settle the open items of accounts.
///
/// `accounts` points to `account_count` log handles and may be NULL if that is 0.
/// Ownership: `*plan` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons `book`. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_match_receipts(
    rulebook: DuebillRulebook,
    book: DuebillLog,
    accounts: *const DuebillLog,
    account_count: usize,
    request: *const c_char,
    request_length: usize,
    plan: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(plan, "plan")?;
            let request = input::document(request, request_length, "request")?;
            let accounts = logs(input::list(accounts, account_count, "accounts")?)?;
            let (rulebook, book) = (TABLE.rulebook(rulebook)?, TABLE.log(book)?);
            let plan = SharedLog::read_all(&book, &accounts, |book, accounts| {
                wire::match_receipts(&rulebook, book, accounts, request)
            })?;
            hand_over(place, plan?)
        })
    }
}

/// Ages the open items of logs at a date.
///
/// `logs` points to `log_count` log handles and may be NULL if that is 0.
/// Ownership: `*report` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_aging(
    rulebook: DuebillRulebook,
    logs: *const DuebillLog,
    log_count: usize,
    request: *const c_char,
    request_length: usize,
    report: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(report, "report")?;
            let request = input::document(request, request_length, "request")?;
            let logs = self::logs(input::list(logs, log_count, "logs")?)?;
            let rulebook = TABLE.rulebook(rulebook)?;
            let report = SharedLog::read_each(&logs, |logs| wire::aging(&rulebook, logs, request))?;
            hand_over(place, report?)
        })
    }
}

/// Says what some days come to over logs: a journal, how balances went, and the head of every log.
///
/// `logs` points to `log_count` log handles and may be NULL if that is 0.
/// Ownership: `*pack` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_closing(
    rulebook: DuebillRulebook,
    logs: *const DuebillLog,
    log_count: usize,
    request: *const c_char,
    request_length: usize,
    pack: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(pack, "pack")?;
            let request = input::document(request, request_length, "request")?;
            let logs = self::logs(input::list(logs, log_count, "logs")?)?;
            let rulebook = TABLE.rulebook(rulebook)?;
            let pack = SharedLog::read_each(&logs, |logs| wire::closing(&rulebook, logs, request))?;
            hand_over(place, pack?)
        })
    }
}

/// Says what the billing plans of accounts would bill: one outcome per plan, each with a ready command.
///
/// `accounts` points to `account_count` log handles, in any order, and may be NULL if that is 0.
/// Ownership: `*run` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_plan_run(
    rulebook: DuebillRulebook,
    accounts: *const DuebillLog,
    account_count: usize,
    request: *const c_char,
    request_length: usize,
    run: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(run, "run")?;
            let request = input::document(request, request_length, "request")?;
            let accounts = logs(input::list(accounts, account_count, "accounts")?)?;
            let rulebook = TABLE.rulebook(rulebook)?;
            let run =
                SharedLog::read_each(&accounts, |accounts| wire::plan_run(&rulebook, accounts, request))?;
            hand_over(place, run?)
        })
    }
}

/// Says what closes a period of a seller: each log with its pack, and the ready command that it still needs.
///
/// `logs` points to `log_count` log handles, in any order, and may be NULL if that is 0.
/// Ownership: `*run` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_close_run(
    rulebook: DuebillRulebook,
    logs: *const DuebillLog,
    log_count: usize,
    request: *const c_char,
    request_length: usize,
    run: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(run, "run")?;
            let request = input::document(request, request_length, "request")?;
            let logs = self::logs(input::list(logs, log_count, "logs")?)?;
            let rulebook = TABLE.rulebook(rulebook)?;
            let run = SharedLog::read_each(&logs, |logs| wire::close_run(&rulebook, logs, request))?;
            hand_over(place, run?)
        })
    }
}

/// Shows what is under way between logs: ready commands to be delivered again, money, numbers. `request` is `{}`.
///
/// `logs` points to `log_count` log handles, in any order, and may be NULL if that is 0.
/// Ownership: `*shown` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_reconcile(
    rulebook: DuebillRulebook,
    logs: *const DuebillLog,
    log_count: usize,
    request: *const c_char,
    request_length: usize,
    shown: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(shown, "shown")?;
            let request = input::document(request, request_length, "request")?;
            let logs = self::logs(input::list(logs, log_count, "logs")?)?;
            let rulebook = TABLE.rulebook(rulebook)?;
            let shown = SharedLog::read_each(&logs, |logs| wire::reconcile(&rulebook, logs, request))?;
            hand_over(place, shown?)
        })
    }
}

/// Compares what would be billed with the invoices of another system, line by line.
///
/// `accounts` points to `account_count` log handles, in any order, and may be NULL if that is 0.
/// Ownership: `*run` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_shadow_run(
    rulebook: DuebillRulebook,
    accounts: *const DuebillLog,
    account_count: usize,
    request: *const c_char,
    request_length: usize,
    run: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(run, "run")?;
            let request = input::document(request, request_length, "request")?;
            let accounts = self::logs(input::list(accounts, account_count, "accounts")?)?;
            let rulebook = TABLE.rulebook(rulebook)?;
            let run =
                SharedLog::read_each(&accounts, |accounts| wire::shadow_run(&rulebook, accounts, request))?;
            hand_over(place, run?)
        })
    }
}

/// Sums accounts up: how much work became how many invoices, per currency, where the recorded seconds of each account
/// stand, and which ids several of them have.
///
/// `accounts` points to `account_count` log handles and may be NULL if that is 0. `request` is `{}`, or names a day:
/// `{"as_of": "2026-01-31"}`.
/// Ownership: `*summary` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
/// Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_summary(
    rulebook: DuebillRulebook,
    accounts: *const DuebillLog,
    account_count: usize,
    request: *const c_char,
    request_length: usize,
    summary: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(summary, "summary")?;
            let request = input::document(request, request_length, "request")?;
            let accounts = logs(input::list(accounts, account_count, "accounts")?)?;
            let rulebook = TABLE.rulebook(rulebook)?;
            let summary =
                SharedLog::read_each(&accounts, |accounts| wire::summary(&rulebook, accounts, request))?;
            hand_over(place, summary?)
        })
    }
}

/// Verifies the stored records of one log: `lines` holds `<64 hex> <record bytes>` and a newline for each, in order.
///
/// `head` is the JSON that `duebill_log_head` gave when it was saved, or NULL and 0: then the best answer is
/// `consistent, unanchored`. `lines_length` goes up to `DUEBILL_MAX_STORED`.
/// Ownership: `*finding` is yours until `duebill_result_free`. Threads: any.
/// Errors: the core's codes, for what is not even lines. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_verify(
    lines: *const c_char,
    lines_length: usize,
    head: *const c_char,
    head_length: usize,
    finding: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(finding, "finding")?;
            let lines = input::stored(lines, lines_length, "lines")?;
            let head = input::optional(head, head_length, "head")?;
            hand_over(place, wire::verify(lines, head)?)
        })
    }
}

/// Gives the rows and ready commands of stored records again, as they were given when these were decided: `lines` holds
/// `<64 hex> <record bytes>` and a newline for each, of one log or of several.
///
/// `lines_length` goes up to `DUEBILL_MAX_STORED`.
/// Ownership: `*rows` is yours until `duebill_result_free`. Threads: any.
/// Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_rows(
    lines: *const c_char,
    lines_length: usize,
    rows: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(rows, "rows")?;
            let lines = input::stored(lines, lines_length, "lines")?;
            hand_over(place, wire::rows(lines)?)
        })
    }
}

/// Runs one pure calculation, `{"in":{..},"kind":".."}`.
///
/// Ownership: `*answer` is yours until `duebill_result_free`. Threads: any.
/// Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_calculate(
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
            hand_over(place, wire::calculate(request)?)
        })
    }
}

/// The JSON Schema of a document type by its file name; the empty name gives the array of all names.
///
/// Ownership: `*schema` is yours until `duebill_result_free`. Threads: any.
/// Errors: `DUEBILL_NOT_FOUND`, `DUEBILL_CONTROL_CHARACTER`. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_schema(
    name: *const c_char,
    name_length: usize,
    schema: *mut DuebillResult,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(schema, "schema")?;
            let name = input::identifier(name, name_length, "name")?;
            let schemas = wire::schemas();
            if name.is_empty() {
                let names: Vec<&str> = schemas.iter().map(|(name, _)| *name).collect();
                return hand_over(place, serde_json::json!(names).to_string().into_bytes());
            }
            let found = schemas.into_iter().find(|(known, _)| *known == name);
            let (_, text) =
                found.ok_or_else(|| Failure::new(DUEBILL_NOT_FOUND, "name: no schema is called so"))?;
            hand_over(place, text.into_bytes())
        })
    }
}
