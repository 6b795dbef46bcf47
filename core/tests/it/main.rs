//! The public surface, tested as a host uses it.

mod blessed;
mod layers;
mod month;
mod schemas;
