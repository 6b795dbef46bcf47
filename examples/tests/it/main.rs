//! The jobs as their users run them: twice, killed, exported, on damaged files, and beside the hosts in C and Python.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics, and says where"
)]

mod aging;
mod damage;
mod database;
mod documents;
mod events;
mod hosts;
mod killed;
mod pages;
mod paths;
mod program;
mod retention;
mod schema;
mod twice;
