use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use super::key::Key;

/// Which record answers which command. Each command is looked for twice, mostly in vain, and never in order: an ordered
/// map would touch new memory at each of its levels where ids come in no order. What is kept is only ever looked
/// up, and hashed without a secret, so that the same records give the same state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Commands {
    sequences: HashMap<Key, u64, BuildHasherDefault<DefaultHasher>>,
}

impl Commands {
    /// The sequence of the record of a command.
    pub(super) fn find(&self, key: &Key) -> Option<u64> {
        self.sequences.get(key).copied()
    }

    /// Adds the command of the next record, which must not be there.
    pub(super) fn insert(&mut self, key: Key, seq: u64) {
        self.sequences.insert(key, seq);
    }
}
