//! The public surface, tested as a host uses it.

mod blessed;
mod cases;
mod golden;
mod layers;
mod model;
mod month;
mod records;
mod schemas;
