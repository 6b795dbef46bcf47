//! Laws that every log keeps, whatever was asked of it: accounts, cash books, series and publications, over the
//! random histories of the models and of everything that can be billed.

mod changed;
mod closed;
mod crashed;
mod given;
pub mod history;
mod known;
mod order;
mod reconciled;
mod rows;
mod stated;
mod told;
