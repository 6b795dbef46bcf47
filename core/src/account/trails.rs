//! What commits an account to which of its records are about what.

use super::state::Account;
use crate::audit::TrailProof;
use crate::canon::Digest;
use crate::id::Id;

impl Account {
    /// What commits the first records to what they are about: the root of the tree over their trails.
    #[must_use]
    pub fn trails_root(&self, size: u64) -> Digest {
        self.trail.root(self.known(size))
    }

    /// Proves which of the first records are about a document, all of them; `None` where none is.
    #[must_use]
    pub fn prove_trail(&self, document: &Id, size: u64) -> Option<TrailProof> {
        self.trail.prove(self.chain.address(), document, self.known(size))
    }

    /// So many records, or all that there are.
    fn known(&self, size: u64) -> u64 {
        size.min(self.chain.head().seq)
    }
}
