//! What each role sees: nothing that it has no right to, and nothing of anybody else.

mod classes;
mod documents;
mod lanes;
mod receipts;
mod secrets;
mod world;
