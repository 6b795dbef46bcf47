use crate::canon::sha256;
use crate::id::Id;

/// What a log finds an id by, as long as the log is: a short id as it is; a long one by half its digest, which is enough
/// against chance and forgery, and small.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Short(Id),
    Digest([u8; 16]),
}

impl Key {
    pub(super) fn of(id: &Id) -> Self {
        if id.in_place().is_some() {
            return Self::Short(id.clone());
        }
        Self::Digest(half_digest(id))
    }

    /// A number that ids, however they are made, are spread evenly over.
    pub(super) fn spread(&self) -> u32 {
        let number = |bytes: Option<&[u8; 8]>| bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes));
        let [first, second, last] = match self {
            Self::Short(id) => {
                let bytes = id.in_place().map_or([0; 22], |(bytes, _)| *bytes);
                let [first, second] = [bytes.first_chunk(), bytes.get(8..).and_then(<[u8]>::first_chunk)];
                [first, second, bytes.last_chunk()].map(number)
            }
            Self::Digest(half) => [half.first_chunk(), half.last_chunk(), None].map(number),
        };
        // The constants are those of SplitMix64; any that are odd and irregular will do.
        let mixed = folded(first ^ 0x9e37_79b9_7f4a_7c15, second ^ 0xbf58_476d_1ce4_e5b9);
        let [a, b, c, d, ..] = folded(mixed ^ last, 0x94d0_49bb_1331_11eb).to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    /// Half the digest of the id.
    pub(super) fn half_digest(&self) -> [u8; 16] {
        match self {
            Self::Short(id) => half_digest(id),
            Self::Digest(half) => *half,
        }
    }
}

/// The two halves of a product, laid over each other: every digit of the factors moves all of them.
fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a).wrapping_mul(u128::from(b));
    let half = |wide: u128| u64::try_from(wide & u128::from(u64::MAX)).unwrap_or(0);
    half(product) ^ half(product.wrapping_shr(64))
}

fn half_digest(id: &Id) -> [u8; 16] {
    sha256(id.as_bytes()).bytes().first_chunk().copied().unwrap_or_default()
}
