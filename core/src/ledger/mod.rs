//! Open items: what is owed, by dated movements.
//!
//! An allocation is the fall of an item's open balance: cash plus every explained difference, each
//! with its reason. Open balances at any date are folds over the movements, never replays.

mod allocation;
mod error;
mod item;
mod items;
mod movement;
mod parts;

pub use crate::calendar::{Moment, Viewpoint};
pub use allocation::{Adjustment, AdjustmentKind, Allocation};
pub use error::LedgerError;
pub use item::{DueExtension, ItemKind, ItemTerms, OpenItem};
pub use items::Ledger;
pub use movement::{Movement, MovementKind};
pub use parts::ItemPart;
