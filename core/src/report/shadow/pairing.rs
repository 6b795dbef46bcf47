//! Which line there is which line here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::document::{OldInvoice, OldLine};
use crate::id::Id;
use crate::invoice::Line;
use crate::money::Minor;
use crate::rating::ChargeSource;

/// A line of theirs with where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theirs<'a> {
    pub(super) at: usize,
    pub(super) invoice: &'a OldInvoice,
    pub(super) line: &'a OldLine,
}

/// What lines are found by: an amount, where it has to be equal too, and ids.
type Key<'a> = (Option<Minor>, Vec<&'a Id>);

/// The work of one of our lines.
pub(super) fn entries(line: &Line) -> BTreeSet<&Id> {
    let work = line.charges.iter().filter(|charge| charge.source == ChargeSource::Entry);
    work.map(|charge| &charge.entry).collect()
}

/// Pairs by place: theirs with ours.
pub(super) struct Pairing<'a> {
    ours: &'a [&'a Line],
    pub(super) pairs: BTreeMap<usize, usize>,
    pub(super) taken: BTreeSet<usize>,
    theirs: &'a [Theirs<'a>],
}

impl<'a> Pairing<'a> {
    /// Pairs lines, the surest reason first: the same work, some of the same work, ticket and code, the ticket, the code
    /// where nothing else is said. Among lines with one reason those of one amount are pairs, then those that come first.
    pub(super) fn of(ours: &'a [&'a Line], theirs: &'a [Theirs<'a>]) -> Self {
        let mut pairing = Self { ours, pairs: BTreeMap::new(), taken: BTreeSet::new(), theirs };
        pairing.by(
            |line| vec![entries(line).into_iter().collect()],
            |line| vec![line.entries.iter().collect::<BTreeSet<_>>().into_iter().collect()],
        );
        pairing.by(
            |line| entries(line).into_iter().map(|id| vec![id]).collect(),
            |line| line.entries.iter().map(|id| vec![id]).collect(),
        );
        pairing.by(
            |line| line.ticket.iter().map(|ticket| vec![ticket, &line.code]).collect(),
            |line| line.ticket.iter().zip(&line.code).map(|(ticket, code)| vec![ticket, code]).collect(),
        );
        pairing.by(
            |line| line.ticket.iter().map(|ticket| vec![ticket]).collect(),
            |line| line.ticket.iter().map(|ticket| vec![ticket]).collect(),
        );
        let coded = |line: &'a OldLine| {
            line.code.as_ref().filter(|_| line.ticket.is_none() && line.entries.is_empty())
        };
        pairing.by(
            |line| vec![vec![&line.code]],
            |line| coded(line).into_iter().map(|code| vec![code]).collect(),
        );
        pairing
    }

    fn by(
        &mut self,
        of_ours: fn(&'a Line) -> Vec<Vec<&'a Id>>,
        of_theirs: impl Fn(&'a OldLine) -> Vec<Vec<&'a Id>>,
    ) {
        self.claim(
            |line| keyed(Some(line.net), of_ours(line)),
            |line| match line.net {
                Some(net) => keyed(Some(net), of_theirs(line)),
                None => Vec::new(),
            },
        );
        self.claim(|line| keyed(None, of_ours(line)), |line| keyed(None, of_theirs(line)));
    }

    fn claim(
        &mut self,
        of_ours: impl Fn(&'a Line) -> Vec<Key<'a>>,
        of_theirs: impl Fn(&'a OldLine) -> Vec<Key<'a>>,
    ) {
        let mut free: BTreeMap<Key<'a>, VecDeque<usize>> = BTreeMap::new();
        for (place, line) in self.ours.iter().enumerate().filter(|(place, _)| !self.taken.contains(place)) {
            for key in of_ours(line) {
                free.entry(key).or_default().push_back(place);
            }
        }
        for (place, theirs) in self.theirs.iter().enumerate() {
            if self.pairs.contains_key(&place) {
                continue;
            }
            let mut found = None;
            for key in of_theirs(theirs.line) {
                let Some(queue) = free.get_mut(&key) else { continue };
                while let (None, Some(next)) = (found, queue.pop_front()) {
                    found = Some(next).filter(|next| !self.taken.contains(next));
                }
            }
            if let Some(found) = found {
                self.pairs.insert(place, found);
                self.taken.insert(found);
            }
        }
    }
}

/// Keys with an amount; what names nothing is no key.
fn keyed(net: Option<Minor>, keys: Vec<Vec<&Id>>) -> Vec<Key<'_>> {
    keys.into_iter().filter(|key| !key.is_empty()).map(|key| (net, key)).collect()
}
