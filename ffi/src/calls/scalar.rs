//! Calls by value: no handle and no document. Each calls the same function of the core that documents reach.

use std::ffi::{CStr, c_char};

use duebill::calendar::Date;
use duebill::error_code::Coded;
use duebill::finding::{Finding, Refusal};
use duebill::id::Id;
use duebill::invoice::PaymentTerms;
use duebill::money::{Currency, Per, Price, Rounding, extend};
use duebill::rating::{Scope, TimeMode, TimeRounding};
use duebill::receivables::{AgeBasis, AgingPolicy, bucket};

use crate::error::DuebillError;
use crate::guard::{guard, guard_value};
use crate::input::{self, Out};
use crate::status::{DUEBILL_UNKNOWN_CONSTANT, DuebillStatus, Failure};

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

/// Seconds: up to the next multiple of the increment.
pub const DUEBILL_SECONDS_UP: u32 = 0;
/// Seconds: down to the multiple before.
pub const DUEBILL_SECONDS_DOWN: u32 = 1;
/// Seconds: to the nearest multiple, halves up.
pub const DUEBILL_SECONDS_NEAREST: u32 = 2;
/// Seconds: to the nearest multiple, halves to the even one.
pub const DUEBILL_SECONDS_NEAREST_HALF_EVEN: u32 = 3;
/// Seconds: stay as they are, but for minimum and maximum.
pub const DUEBILL_SECONDS_AS_WORKED: u32 = 4;

/// Money: to the nearest, ties away from zero.
pub const DUEBILL_ROUND_HALF_UP: u32 = 0;
/// Money: to the nearest, ties to the even unit.
pub const DUEBILL_ROUND_HALF_EVEN: u32 = 1;
/// Money: away from zero.
pub const DUEBILL_ROUND_UP: u32 = 2;
/// Money: toward zero.
pub const DUEBILL_ROUND_DOWN: u32 = 3;
/// Money: toward positive infinity.
pub const DUEBILL_ROUND_CEILING: u32 = 4;
/// Money: toward negative infinity.
pub const DUEBILL_ROUND_FLOOR: u32 = 5;

/// The quantity counts what the price prices.
pub const DUEBILL_PER_UNIT: u32 = 0;
/// The quantity counts seconds, the price an hour.
pub const DUEBILL_PER_HOUR: u32 = 1;

/// A factor that changes nothing: factors are in ten-thousandths.
pub const DUEBILL_FACTOR_ONE: u32 = 10_000;
/// No maximum of seconds; no end of a month to count from.
pub const DUEBILL_NONE: u32 = 0xffff_ffff;

/// Rounds worked seconds to billed seconds: first `grace`, then the increment, `minimum`, `maximum`.
///
/// `mode` is one of `DUEBILL_SECONDS_*`; `increment` is 1 to 86,400 seconds; a remainder of at most `grace` seconds over
/// a multiple is dropped, but never down to zero; `maximum` is `DUEBILL_NONE` where there is none. 0 stays 0.
/// Threads: any. Errors: the core's codes; `DUEBILL_UNKNOWN_CONSTANT`. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_round_seconds(
    worked: u64,
    increment: u32,
    mode: u32,
    grace: u32,
    minimum: u32,
    maximum: u32,
    billed: *mut u64,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(billed, "billed")?;
            let rule = TimeRounding {
                grace_seconds: grace,
                id: nameless()?,
                increment_seconds: increment,
                maximum_seconds: given(maximum),
                minimum_seconds: minimum,
                mode: time_mode(mode)?,
                scope: Scope::Entry,
            };
            Refusal::unless_empty(rule.check().iter().map(Finding::block).collect())?;
            place.set(rule.round(worked));
            Ok(())
        })
    }
}

/// Extends a price by a quantity and a factor to an amount in minor units of the currency, rounded once.
///
/// Price and quantity are integers whose last `scale` digits are decimals (7990 and 2 are 79.90), up to 8 decimals and
/// 15 digits. `per` is one of `DUEBILL_PER_*`, `factor` is in ten-thousandths, `rounding` is one of `DUEBILL_ROUND_*`,
/// `currency` points to the three capitals of an ISO 4217 code.
/// Threads: any. Errors: the core's codes; `DUEBILL_UNKNOWN_CONSTANT`. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_line_amount(
    price: i64,
    price_scale: u8,
    quantity: i64,
    quantity_scale: u8,
    per: u32,
    factor: u32,
    currency: *const c_char,
    rounding: u32,
    minor: *mut i64,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(minor, "minor")?;
            let currency = self::currency(currency)?;
            let (per, rounding) = (self::per(per)?, self::rounding(rounding)?);
            let price = Price::of_parts(price, price_scale).map_err(refused)?;
            let quantity = Price::of_parts(quantity, quantity_scale).map_err(refused)?;
            let amount = extend(price, quantity, factor, per, currency, rounding).map_err(refused)?;
            place.set(amount.units());
            Ok(())
        })
    }
}

/// The aging bucket of an item `days` past the date it ages from: 0 is not due, then one per limit, then one beyond.
///
/// `limits` points to the last day of each of `limit_count` buckets, ascending, 1 to 12 of them.
/// Threads: any. Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_bucket(
    days: i64,
    limits: *const u32,
    limit_count: usize,
    number: *mut u32,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(number, "number")?;
            let limits = input::list(limits, limit_count, "limits")?;
            let policy =
                AgingPolicy { basis: AgeBasis::Due, day_zero_in_first: None, limits: limits.to_vec() };
            policy.check().map_err(refused)?;
            place.set(u32::try_from(bucket(limits, days)).unwrap_or(u32::MAX));
            Ok(())
        })
    }
}

/// The due date of what was issued at a date; both are days since 1970-01-01, negative before it.
///
/// `end_of_month` counts the days from the end of the month so many months after the issue month, or is `DUEBILL_NONE`
/// to count from the issue date. Days and months go up to 3,650, dates from 1900 to 9999.
/// Threads: any. Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_due_date(
    issued: i32,
    days: u32,
    end_of_month: u32,
    due: *mut i32,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(due, "due")?;
            let terms = PaymentTerms::net(nameless()?, days, given(end_of_month));
            terms.check().map_err(refused)?;
            let issued = Date::of_epoch_days(issued).map_err(refused)?;
            place.set(terms.due(issued).map_err(refused)?.epoch_days());
            Ok(())
        })
    }
}

/// How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD.
///
/// `currency` points to the three capitals of an ISO 4217 code.
/// Threads: any. Errors: the core's codes. On failure only `*error` is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_currency_digits(
    currency: *const c_char,
    digits: *mut u32,
    error: *mut DuebillError,
) -> DuebillStatus {
    // SAFETY: pointers as the caller promises them to every export.
    unsafe {
        guard(error, || {
            let place = Out::new(digits, "digits")?;
            place.set(self::currency(currency)?.digits().into());
            Ok(())
        })
    }
}

/// # Safety
/// `code` is null or readable for three bytes.
unsafe fn currency(code: *const c_char) -> Result<Currency, Failure> {
    // SAFETY: the caller's promise, passed on.
    let code = unsafe { input::text(code, 3, "currency") }?;
    Currency::new(code).map_err(refused)
}

fn time_mode(mode: u32) -> Result<TimeMode, Failure> {
    match mode {
        DUEBILL_SECONDS_UP => Ok(TimeMode::Up),
        DUEBILL_SECONDS_DOWN => Ok(TimeMode::Down),
        DUEBILL_SECONDS_NEAREST => Ok(TimeMode::Nearest),
        DUEBILL_SECONDS_NEAREST_HALF_EVEN => Ok(TimeMode::NearestHalfEven),
        DUEBILL_SECONDS_AS_WORKED => Ok(TimeMode::None),
        other => Err(unknown("mode", "DUEBILL_SECONDS", other)),
    }
}

fn rounding(rounding: u32) -> Result<Rounding, Failure> {
    match rounding {
        DUEBILL_ROUND_HALF_UP => Ok(Rounding::HalfUp),
        DUEBILL_ROUND_HALF_EVEN => Ok(Rounding::HalfEven),
        DUEBILL_ROUND_UP => Ok(Rounding::Up),
        DUEBILL_ROUND_DOWN => Ok(Rounding::Down),
        DUEBILL_ROUND_CEILING => Ok(Rounding::Ceiling),
        DUEBILL_ROUND_FLOOR => Ok(Rounding::Floor),
        other => Err(unknown("rounding", "DUEBILL_ROUND", other)),
    }
}

fn per(per: u32) -> Result<Per, Failure> {
    match per {
        DUEBILL_PER_UNIT => Ok(Per::UNIT),
        DUEBILL_PER_HOUR => Ok(Per::HOUR),
        other => Err(unknown("per", "DUEBILL_PER", other)),
    }
}

/// Rules have ids, for their receipts; a call by value has no receipt.
fn nameless() -> Result<Id, Failure> {
    Id::new("by-value").map_err(refused)
}

fn given(value: u32) -> Option<u32> {
    (value != DUEBILL_NONE).then_some(value)
}

fn refused(error: impl Coded) -> Failure {
    Failure::Refused(Refusal::because(&error))
}

fn unknown(name: &str, prefix: &str, got: u32) -> Failure {
    Failure::new(DUEBILL_UNKNOWN_CONSTANT, format!("{name}: one of {prefix}_* was expected, {got} came"))
}
