//! Rating: captured work becomes priced charges, every cent explained.
//!
//! Time is cut at band borders and local midnights, rounded over the scope that the terms name,
//! shared back to its slices, drawn from prepaid blocks in the order of work, and priced by the
//! one row that applies. A [`Charge`] carries all it was made from: its amount can be recomputed
//! from the charge alone.

mod charge;
mod error;
mod rate;
mod time_rounding;

pub use charge::{Article, Charge, ChargeSource, Coverage, Rounded, Unit};
pub use error::RatingError;
pub use rate::{Job, Rated, Rules, Standings, WorkedBefore, rate};
pub use time_rounding::{Scope, ScopeKey, TimeMode, TimeRounding};
