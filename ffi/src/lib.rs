//! The C ABI of duebill. `include/duebill.h` is generated from these modules and is the reference for callers.
//!
//! This shell holds no rule of the business: it checks pointers, resolves handles, calls [`duebill::wire`] and hands
//! back bytes. It is the one crate of the project with `unsafe` and with a static: the handle [`table`].
//!
//! Every export is `unsafe` for one reason, stated here once and at the head of the header: each pointer is either
//! null or valid for the length, or the type, that the parameter says, for the time of the call. Everything else a
//! caller can get wrong (null, misaligned, too long, not UTF-8, a stale or forged handle) is answered by a code.

#![allow(unsafe_code, reason = "the boundary to C; each block says why it is sound")]
#![deny(clippy::undocumented_unsafe_blocks)]
#![allow(
    clippy::missing_safety_doc,
    reason = "the promise common to all exports stands above and in the header"
)]

#[cfg(panic = "abort")]
compile_error!("duebill-ffi turns panics into status codes, so it must be built with panic = \"unwind\"");

pub mod answer;
pub mod calls;
pub mod error;
pub mod fork;
pub mod guard;
pub mod handle;
pub mod input;
pub mod log;
pub mod status;
pub mod table;
pub mod tape;
