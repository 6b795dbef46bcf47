use std::sync::Arc;

use crate::canon::{Digest, sha256, sha256_joined, shape};

/// What a leaf stands under: the kind of a thing, and half the digest of its id.
pub(super) type Key = [u8; 17];

/// How many bits a key has.
const BITS: u8 = 136;

/// A leaf by its key; `None` takes it out.
pub(super) type Change = (Key, Option<Digest>);

shape! {
    /// Where the ways to two leaves part.
    pub struct Fork {
        /// The first bit in which their keys differ, from 0 for the highest of the first byte.
        pub bit: u64,
        /// The hash of the side that is not gone.
        pub other: Digest,
    }
}

/// The hash of a fork: SHA-256 of a two byte, the bit that decides as one byte, and the hashes of the sides where that
/// bit is 0 and where it is 1.
#[must_use]
pub fn fork_hash(bit: u8, zero: &Digest, one: &Digest) -> Digest {
    sha256_joined(&[&[2, bit], zero.bytes(), one.bytes()])
}

/// Whether a leaf stands under its key in the tree with this root: nothing else can, because the bits of a key say which
/// way to go at each fork.
#[must_use]
pub(super) fn is_under(key: &Key, leaf: Digest, path: &[Fork], root: &Digest) -> bool {
    let (mut below, mut hash) = (BITS, leaf);
    for Fork { bit, other } in path {
        let Some(bit) = u8::try_from(*bit).ok().filter(|bit| *bit < below) else { return false };
        let (zero, one) = if is_one(key, bit) { (*other, hash) } else { (hash, *other) };
        (below, hash) = (bit, fork_hash(bit, &zero, &one));
    }
    hash == *root
}

/// A Merkle tree whose leaves stand where their keys say, however they came there: it forks at each bit in which keys
/// differ, and only there. A change costs the hashes of one way, and a copy shares all that stays.
#[derive(Debug, Clone, Default)]
pub(super) struct PrefixTree {
    top: Option<Node>,
}

#[derive(Debug, Clone)]
struct Node {
    /// The bit at which it forks; the number of all bits for a leaf.
    bit: u8,
    hash: Digest,
    /// The key of a leaf below it, whose bits before `bit` are those of all of them.
    key: Key,
    sides: Option<Arc<[Node; 2]>>,
}

impl PrefixTree {
    /// The hash over all leaves; that over none is SHA-256 of nothing.
    pub(super) fn root(&self) -> Digest {
        self.top.as_ref().map_or_else(|| sha256(b""), |node| node.hash)
    }

    /// Sets leaves and takes leaves out; in the order of their keys, each once.
    pub(super) fn change(&mut self, changes: &[Change]) {
        self.top = changed(self.top.take(), changes);
    }

    /// The forks on the way from a leaf up to the root; `None` where no leaf has this key.
    pub(super) fn path(&self, key: &Key) -> Option<Vec<Fork>> {
        let mut node = self.top.as_ref()?;
        let mut path = Vec::new();
        while let Some(sides) = &node.sides {
            let [zero, one] = sides.as_ref();
            let (next, other) = if is_one(key, node.bit) { (one, zero) } else { (zero, one) };
            path.push(Fork { bit: node.bit.into(), other: other.hash });
            node = next;
        }
        path.reverse();
        (node.key == *key).then_some(path)
    }
}

/// What a tree becomes, as deep as a key is long.
fn changed(node: Option<Node>, changes: &[Change]) -> Option<Node> {
    let (Some((first, leaf)), Some((last, _))) = (changes.first(), changes.last()) else { return node };
    // In order, what the first and the last share with each other all share.
    let mut bit = parting(first, last);
    if let Some(node) = &node {
        bit = bit.min(parting(first, &node.key)).min(parting(last, &node.key)).min(node.bit);
    }
    if bit == BITS {
        return leaf.map(|hash| Node { bit, hash, key: *first, sides: None });
    }
    let (zero, one) = changes.split_at(changes.partition_point(|(key, _)| !is_one(key, bit)));
    let (left, right) = match node {
        None => (None, None),
        Some(Node { bit: at, sides: Some(sides), .. }) if at == bit => {
            let [left, right] = Arc::unwrap_or_clone(sides);
            (Some(left), Some(right))
        }
        Some(node) if is_one(&node.key, bit) => (None, Some(node)),
        Some(node) => (Some(node), None),
    };
    match (changed(left, zero), changed(right, one)) {
        (Some(left), Some(right)) => {
            let (hash, key) = (fork_hash(bit, &left.hash, &right.hash), left.key);
            Some(Node { bit, hash, key, sides: Some(Arc::new([left, right])) })
        }
        (one, other) => one.or(other),
    }
}

/// Whether a bit of a key is set.
fn is_one(key: &Key, bit: u8) -> bool {
    let byte = key.get(usize::from(bit.wrapping_shr(3))).copied().unwrap_or(0);
    byte.wrapping_shl(u32::from(bit & 7)) & 0x80 != 0
}

/// The first bit in which two keys differ; the number of all bits where they are equal.
fn parting(one: &Key, other: &Key) -> u8 {
    let mut bits = 0_u32;
    for (one, other) in one.iter().zip(other) {
        let same = (one ^ other).leading_zeros();
        bits = bits.saturating_add(same);
        if same < u8::BITS {
            break;
        }
    }
    u8::try_from(bits).unwrap_or(BITS)
}
