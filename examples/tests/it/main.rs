//! The month end as its users run it: twice, killed, exported, and beside the hosts in C and Python.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics, and says where"
)]

mod database;
mod documents;
mod hosts;
mod killed;
mod program;
mod schema;
mod twice;
