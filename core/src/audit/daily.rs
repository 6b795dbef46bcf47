use super::merkle::{MerkleTree, is_extension, is_included, leaf_hash};
use super::{AuditError, Chain, LogAddress};
use crate::calendar::Date;
use crate::canon::{Digest, shape, to_bytes};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;

shape! {
    /// Where one log stands; its canonical bytes are a leaf of a daily head.
    pub struct LogHead {
        /// Hash of its last record; zeros before the first.
        pub hash: Digest,
        /// The log.
        pub log: LogAddress,
        /// Merkle root over the hashes of its records.
        pub root: Digest,
        /// Sequence of its last record.
        pub seq: u64,
        /// Root of the tree over the trails that say which of its records are about what; of an account alone.
        pub trails: Option<Digest>,
    }
}

impl LogHead {
    /// Where a log stands now.
    #[must_use]
    pub fn of(chain: &Chain, trails: Option<Digest>) -> Self {
        let super::Head { hash, seq } = *chain.head();
        // The tree holds what the head counts.
        let root = chain.tree().root_at(seq).unwrap_or(Digest::ZERO);
        Self { hash, log: chain.address().clone(), root, seq, trails }
    }

    fn leaf(&self) -> Digest {
        leaf_hash(&to_bytes(self))
    }
}

shape! {
    /// What a seller publishes of a day: one digest over all its logs, so that none of them can be lost or
    /// rewritten unseen.
    pub struct DailyHead {
        /// The day at whose end the logs stood so.
        pub day: Date,
        /// How many logs it covers.
        pub logs: u64,
        /// Merkle root (RFC 6962) over the heads of the logs, ordered by the canonical bytes of their addresses.
        pub root: Digest,
        /// The seller.
        pub seller: Id,
    }
}

shape! {
    /// A daily head with the log heads under it, in order.
    pub struct DailyLogs {
        /// What is published.
        pub head: DailyHead,
        /// The heads of all logs of the seller.
        pub logs: Vec<LogHead>,
    }
}

shape! {
    /// Proves that a log stood so in a daily head.
    pub struct LogProof {
        /// Where the log stood.
        pub head: LogHead,
        /// Hashes beside the way up to the root, from the leaf.
        pub path: Vec<Digest>,
        /// The place of its head among all, from 0.
        pub place: u64,
    }
}

shape! {
    /// Proves that a log only grew between two sequences.
    pub struct Extension {
        /// The earlier sequence.
        pub from: u64,
        /// The log.
        pub log: LogAddress,
        /// Hashes that lead to both roots (RFC 6962, 2.1.2).
        pub path: Vec<Digest>,
        /// The later sequence.
        pub to: u64,
    }
}

fn tree(logs: &[LogHead]) -> MerkleTree {
    let mut tree = MerkleTree::new();
    for head in logs {
        tree.push(head.leaf());
    }
    tree
}

impl DailyLogs {
    /// The daily head over the heads of all logs of a seller, in any order.
    ///
    /// # Errors
    /// [`AuditError::DailySeller`] and [`AuditError::DailyTwice`] for every head that does not belong there.
    pub fn of(day: Date, seller: Id, heads: Vec<LogHead>) -> Result<Self, Refusal> {
        let mut keyed: Vec<(Vec<u8>, LogHead)> =
            heads.into_iter().map(|head| (to_bytes(&head.log), head)).collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
        let mut findings = Vec::new();
        for (_, head) in keyed.iter().filter(|(_, head)| head.log.seller != seller) {
            let (expected, got) = (seller.to_string(), head.log.to_string());
            findings.push(Finding::block(&AuditError::DailySeller { expected, got }));
        }
        for pair in keyed.windows(2) {
            if let [(first, head), (second, _)] = pair
                && first == second
            {
                findings.push(Finding::block(&AuditError::DailyTwice { log: head.log.to_string() }));
            }
        }
        Refusal::unless_empty(findings)?;
        let logs: Vec<LogHead> = keyed.into_iter().map(|(_, head)| head).collect();
        let tree = tree(&logs);
        let root = tree.root_at(tree.size()).unwrap_or(Digest::ZERO);
        Ok(Self { head: DailyHead { day, logs: tree.size(), root, seller }, logs })
    }

    /// Whether these logs, in this order, give this head.
    ///
    /// # Errors
    /// What [`DailyLogs::of`] refuses, and [`AuditError::DailyRoot`].
    pub fn check(&self) -> Result<(), Refusal> {
        let again = Self::of(self.head.day, self.head.seller.clone(), self.logs.clone())?;
        if again == *self {
            return Ok(());
        }
        let (expected, got) = (self.head.root.to_string(), again.head.root.to_string());
        Err(Refusal::because(&AuditError::DailyRoot { expected, got }))
    }

    /// Proves of each of some logs that it stood so.
    ///
    /// # Errors
    /// [`AuditError::DailyUnknown`] for every log that is not among them.
    pub fn prove(&self, asked: &[LogAddress]) -> Result<Vec<LogProof>, Refusal> {
        let (mut proofs, mut findings) = (Vec::new(), Vec::new());
        let tree = if asked.is_empty() { MerkleTree::new() } else { tree(&self.logs) };
        for address in asked {
            let key = to_bytes(address);
            let found = self.logs.binary_search_by(|head| to_bytes(&head.log).cmp(&key)).ok();
            let proof = found.and_then(|index| {
                let place = u64::try_from(index).ok()?;
                let path = tree.path(place, tree.size())?;
                Some(LogProof { head: self.logs.get(index)?.clone(), path, place })
            });
            match proof {
                Some(proof) => proofs.push(proof),
                None => {
                    findings.push(Finding::block(&AuditError::DailyUnknown { log: address.to_string() }));
                }
            }
        }
        Refusal::unless_empty(findings).map(|()| proofs)
    }
}

impl LogProof {
    /// Whether the log stood so in a daily head.
    ///
    /// # Errors
    /// [`AuditError::InclusionBroken`].
    pub fn check(&self, daily: &DailyHead) -> Result<(), AuditError> {
        let own = self.head.log.seller == daily.seller;
        if own && is_included(self.head.leaf(), self.place, daily.logs, &self.path, &daily.root) {
            return Ok(());
        }
        Err(AuditError::InclusionBroken { what: self.head.log.to_string(), root: daily.root.to_string() })
    }
}

/// Compares two daily heads of a seller: every log that vanished, went back or was rewritten is named, and
/// every one that grew without a proof that it only grew.
///
/// # Errors
/// What [`DailyLogs::check`] refuses of either, and [`AuditError::DailyOrder`] for two sellers or for days
/// that do not follow each other.
pub fn compare(
    earlier: &DailyLogs,
    later: &DailyLogs,
    extensions: &[Extension],
) -> Result<Vec<Finding>, Refusal> {
    earlier.check()?;
    later.check()?;
    if earlier.head.seller != later.head.seller || earlier.head.day > later.head.day {
        let said = |head: &DailyHead| format!("{} of `{}`", head.day, head.seller);
        let (earlier, later) = (said(&earlier.head), said(&later.head));
        return Err(Refusal::because(&AuditError::DailyOrder { earlier, later }));
    }
    let mut findings = Vec::new();
    for old in &earlier.logs {
        let log = old.log.to_string();
        let key = to_bytes(&old.log);
        let new = later.logs.binary_search_by(|head| to_bytes(&head.log).cmp(&key));
        let finding = match new.ok().and_then(|index| later.logs.get(index)) {
            None => Some(Finding::block(&AuditError::LogVanished { log: log.clone(), seq: old.seq })),
            Some(new) => compare_log(old, new, extensions),
        };
        findings.extend(finding.map(|finding| finding.about(log)));
    }
    Ok(findings)
}

fn compare_log(old: &LogHead, new: &LogHead, extensions: &[Extension]) -> Option<Finding> {
    let log = old.log.to_string();
    if new.seq < old.seq {
        return Some(Finding::block(&AuditError::LogWentBack { log, from: old.seq, to: new.seq }));
    }
    if new.seq == old.seq {
        return (new != old).then(|| Finding::block(&AuditError::LogRewritten { log, seq: old.seq }));
    }
    // Every log extends an empty one.
    if old.seq == 0 {
        return None;
    }
    let of = |extension: &&Extension| {
        extension.log == old.log && (extension.from, extension.to) == (old.seq, new.seq)
    };
    match extensions.iter().find(of) {
        None => {
            let error = AuditError::ExtensionMissing { log, from: old.seq, to: new.seq };
            Some(Finding::new(Severity::Warn, &error))
        }
        Some(proof) => {
            let holds = is_extension((old.seq, &old.root), (new.seq, &new.root), &proof.path);
            (!holds).then(|| Finding::block(&AuditError::LogRewritten { log, seq: old.seq }))
        }
    }
}
