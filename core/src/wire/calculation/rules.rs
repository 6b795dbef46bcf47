//! Rulebooks: what somebody should look at although they compile.

use crate::canon::shape;
use crate::finding::{Finding, Refusal};
use crate::rulebook::{Rulebook, RulebookDocument};

shape! {
    /// A rulebook to be looked at.
    pub struct WarningsIn {
        /// The rulebook.
        pub rulebook: RulebookDocument,
    }
}

shape! {
    /// What somebody should look at.
    pub struct WarningsOut {
        /// Every warning.
        pub findings: Vec<Finding>,
    }
}

/// The warnings of a rulebook.
pub(super) fn warnings(asked: WarningsIn) -> Result<WarningsOut, Refusal> {
    let rulebook = Rulebook::compile(&asked.rulebook).map_err(|refusal| refusal.below("/rulebook"))?;
    Ok(WarningsOut { findings: rulebook.warnings() })
}
