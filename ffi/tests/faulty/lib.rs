//! The library with one export more, for the C test of the guard; the shipped library cannot be asked to panic.

#![allow(unsafe_code, reason = "the boundary to C; each block says why it is sound")]
#![allow(clippy::missing_safety_doc, reason = "as in the library's root")]
#![allow(clippy::panic, reason = "the one purpose of this library")]

#[path = "../../src/answer.rs"]
pub mod answer;
#[path = "../../src/calls/mod.rs"]
pub mod calls;
#[path = "../../src/error.rs"]
pub mod error;
#[path = "../../src/fork.rs"]
pub mod fork;
#[path = "../../src/guard.rs"]
pub mod guard;
#[path = "../../src/handle.rs"]
pub mod handle;
#[path = "../../src/input.rs"]
pub mod input;
#[path = "../../src/log.rs"]
pub mod log;
#[path = "../../src/status.rs"]
pub mod status;
#[path = "../../src/table.rs"]
pub mod table;
#[path = "../../src/tape.rs"]
pub mod tape;

/// Panics inside a call on a log: 0 while reading it, 1 while changing it, anything else before it is looked up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn duebill_fault_panic(
    log: handle::DuebillLog,
    place: u32,
    error: *mut error::DuebillError,
) -> status::DuebillStatus {
    // SAFETY: as for every export.
    unsafe {
        guard::guard(error, || match place {
            0 => table::TABLE.log(log)?.read(|_| panic!("a fault was asked for")),
            1 => table::TABLE.log(log)?.write(|_| panic!("a fault was asked for")),
            _ => panic!("a fault was asked for"),
        })
    }
}
