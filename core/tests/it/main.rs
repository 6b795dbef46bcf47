//! The public surface, tested as a host uses it.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    unreachable_pub,
    reason = "a test that fails panics, and says where"
)]

mod assembly;
mod approvals;
mod amounts;
mod bad_input;
mod bank_lines;
mod batches;
mod blessed;
mod case_files;
mod cases;
mod falls;
mod fees;
mod forgeries;
mod following;
mod forging;
mod closing;
mod credits;
mod daily;
mod disputes;
mod effort;
mod evidence;
mod estimates;
mod golden;
mod histories;
mod laws;
mod layers;
mod life;
mod log_laws;
mod model;
mod money_back;
mod money_laws;
mod month;
mod moving;
mod plan_keys;
mod publication;
mod reckoned;
mod published;
mod records;
mod refusals;
mod render;
mod retention;
mod reading;
mod rulebook;
mod scenarios;
mod schemas;
mod shadow;
mod tasks;
mod taxes;
mod terms;
mod trails;
mod vectors;
mod views;
mod wide;
