//! The unit tests of the library: its modules, compiled as part of a test, because the library itself has no harness.

#![allow(unsafe_code, reason = "as in the library's root")]
#![allow(clippy::missing_safety_doc, reason = "as in the library's root")]
#![allow(clippy::as_conversions, clippy::arithmetic_side_effects, reason = "tests")]

#[path = "../src/answer.rs"]
pub mod answer;
#[path = "../src/calls/mod.rs"]
pub mod calls;
#[path = "../src/error.rs"]
pub mod error;
#[path = "../src/fork.rs"]
pub mod fork;
#[path = "../src/guard.rs"]
pub mod guard;
#[path = "../src/handle.rs"]
pub mod handle;
#[path = "../src/input.rs"]
pub mod input;
#[path = "../src/log.rs"]
pub mod log;
#[path = "../src/status.rs"]
pub mod status;
#[path = "../src/table.rs"]
pub mod table;
#[path = "../src/tape.rs"]
pub mod tape;
