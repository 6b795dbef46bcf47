use crate::canon::{Digest, sha256, sha256_joined};

/// The hash of a leaf: SHA-256 of a zero byte and the leaf (RFC 6962, 2.1).
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Digest {
    sha256_joined(&[&[0], leaf])
}

/// The hash of a node: SHA-256 of a one byte and the hashes of its two halves (RFC 6962, 2.1).
#[must_use]
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    sha256_joined(&[&[1], left.bytes(), right.bytes()])
}

/// A Merkle tree in the shape of RFC 6962 that grows at its end.
///
/// It keeps the hash of every complete subtree, about two per leaf, so that the root of any size and every
/// proof cost as many hashes as the tree is high.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MerkleTree {
    /// Hashes by height, from the leaves up; the n-th of a height stands over the n-th such run of leaves.
    levels: Vec<Vec<Digest>>,
}

impl MerkleTree {
    /// An empty tree.
    #[must_use]
    pub const fn new() -> Self {
        Self { levels: Vec::new() }
    }

    /// How many leaves it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| u64::try_from(leaves.len()).unwrap_or(u64::MAX))
    }

    /// Adds a leaf by its hash.
    pub fn push(&mut self, leaf: Digest) {
        let mut hash = leaf;
        for height in 0_usize.. {
            if self.levels.len() <= height {
                self.levels.push(Vec::new());
            }
            let Some(level) = self.levels.get_mut(height) else { return };
            level.push(hash);
            // An even count closes a pair, whose node stands one higher.
            let (true, [.., left, right]) = (level.len() & 1 == 0, level.as_slice()) else { return };
            hash = node_hash(left, right);
        }
    }

    /// The root over the first leaves; `None` beyond the last. The root over none is SHA-256 of nothing.
    #[must_use]
    pub fn root_at(&self, size: u64) -> Option<Digest> {
        if size == 0 { Some(sha256(b"")) } else { self.range(0, size) }
    }

    /// The audit path of a leaf in the tree over the first leaves (RFC 6962, 2.1.1), from the leaf up.
    #[must_use]
    pub fn path(&self, place: u64, size: u64) -> Option<Vec<Digest>> {
        if place >= size {
            return None;
        }
        let (mut start, mut size, mut place) = (0_u64, size, place);
        let mut path = Vec::new();
        while size > 1 {
            let half = half(size);
            let (rest, middle) = (size.saturating_sub(half), start.saturating_add(half));
            if place < half {
                path.push(self.range(middle, rest)?);
                size = half;
            } else {
                path.push(self.range(start, half)?);
                (start, size, place) = (middle, rest, place.saturating_sub(half));
            }
        }
        path.reverse();
        Some(path)
    }

    /// The proof that the tree over the first `to` leaves extends the one over the first `from`
    /// (RFC 6962, 2.1.2).
    #[must_use]
    pub fn extension(&self, from: u64, to: u64) -> Option<Vec<Digest>> {
        if from > to || to > self.size() {
            return None;
        }
        if from == 0 || from == to {
            return Some(Vec::new());
        }
        let (mut start, mut size, mut old) = (0_u64, to, from);
        let mut path = Vec::new();
        while old < size {
            let half = half(size);
            let (rest, middle) = (size.saturating_sub(half), start.saturating_add(half));
            if old <= half {
                path.push(self.range(middle, rest)?);
                size = half;
            } else {
                path.push(self.range(start, half)?);
                (start, size, old) = (middle, rest, old.saturating_sub(half));
            }
        }
        // Who checks knows the old root; where the old tree is not a whole subtree from the start, its part is told.
        if start > 0 {
            path.push(self.range(start, size)?);
        }
        path.reverse();
        Some(path)
    }

    /// The hash over some leaves; they start at a multiple of the next power of two.
    fn range(&self, start: u64, size: u64) -> Option<Digest> {
        let half = half(size);
        if size > 1 && half.checked_mul(2) != Some(size) {
            let rest = self.range(start.saturating_add(half), size.saturating_sub(half))?;
            return Some(node_hash(&self.range(start, half)?, &rest));
        }
        let height = size.trailing_zeros();
        let place = usize::try_from(start.checked_shr(height)?).ok()?;
        self.levels.get(usize::try_from(height).ok()?)?.get(place).copied()
    }
}

/// The largest power of two below a size.
fn half(size: u64) -> u64 {
    let below = size.saturating_sub(1);
    below.checked_ilog2().and_then(|height| 1_u64.checked_shl(height)).unwrap_or(0)
}

/// Whether a leaf stands at a place of the tree with this root (RFC 9162, 2.1.3.2).
#[must_use]
pub fn is_included(leaf: Digest, place: u64, size: u64, path: &[Digest], root: &Digest) -> bool {
    if place >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (place, size.saturating_sub(1), leaf);
    for other in path {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(other, &hash);
            let idle = if place == 0 { 0 } else { place.trailing_zeros() };
            (place, last) = (place.wrapping_shr(idle), last.wrapping_shr(idle));
        } else {
            hash = node_hash(&hash, other);
        }
        (place, last) = (place.wrapping_shr(1), last.wrapping_shr(1));
    }
    last == 0 && hash == *root
}

/// Whether the tree with the second root and size extends the first (RFC 9162, 2.1.4.2).
#[must_use]
pub fn is_extension(first: (u64, &Digest), second: (u64, &Digest), path: &[Digest]) -> bool {
    let ((old, old_root), (new, new_root)) = (first, second);
    if old == 0 {
        return path.is_empty() && *old_root == sha256(b"");
    }
    if old >= new {
        return old == new && path.is_empty() && old_root == new_root;
    }
    let (mut place, mut last) = (old.saturating_sub(1), new.saturating_sub(1));
    let whole = place.trailing_ones();
    (place, last) = (place.wrapping_shr(whole), last.wrapping_shr(whole));
    // A whole subtree is the old root itself, which is not told again.
    let (mut from, rest) = match (old.is_power_of_two(), path.split_first()) {
        (true, _) => (*old_root, path),
        (false, Some((told, rest))) => (*told, rest),
        (false, None) => return false,
    };
    let mut to = from;
    for other in rest {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            from = node_hash(other, &from);
            to = node_hash(other, &to);
            let idle = if place == 0 { 0 } else { place.trailing_zeros() };
            (place, last) = (place.wrapping_shr(idle), last.wrapping_shr(idle));
        } else {
            to = node_hash(&to, other);
        }
        (place, last) = (place.wrapping_shr(1), last.wrapping_shr(1));
    }
    last == 0 && from == *old_root && to == *new_root
}
