//! Which lines there are which lines here.

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

/// Lines that bill the same: one here and one there, or several that bill the same work in other parts.
#[derive(Debug, Default)]
pub(super) struct Group<'a> {
    pub(super) entries: BTreeSet<&'a Id>,
    pub(super) ours: BTreeMap<usize, &'a Line>,
    pub(super) theirs: BTreeMap<usize, Theirs<'a>>,
}

impl<'a> Group<'a> {
    fn ours(place: usize, line: &'a Line) -> Self {
        Self { entries: entries(line), ours: BTreeMap::from([(place, line)]), theirs: BTreeMap::new() }
    }

    fn theirs(place: usize, theirs: Theirs<'a>) -> Self {
        let entries = theirs.line.entries.iter().collect();
        Self { entries, ours: BTreeMap::new(), theirs: BTreeMap::from([(place, theirs)]) }
    }

    fn join(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.ours.extend(other.ours);
        self.theirs.extend(other.theirs);
    }

    fn is_paired(&self) -> bool {
        !self.ours.is_empty() && !self.theirs.is_empty()
    }

    /// Theirs come in their order, then what is only ours.
    fn place(&self) -> (usize, usize) {
        let first = |place: Option<usize>| place.unwrap_or(usize::MAX);
        (first(self.theirs.keys().next().copied()), first(self.ours.keys().next().copied()))
    }
}

/// The work of one of our lines.
pub(super) fn entries(line: &Line) -> BTreeSet<&Id> {
    let work = line.charges.iter().filter(|charge| charge.source == ChargeSource::Entry);
    work.map(|charge| &charge.entry).collect()
}

/// What lines are found by: an amount, where it has to be equal too, and ids.
type Key<'a> = (Option<Minor>, Vec<&'a Id>);

/// Groups lines, the surest reason first: work that both bill, ticket and code, the ticket, the code where nothing else is
/// said. Work may stand on one line here and on several there, or the other way round; otherwise one line is one line:
/// among those with one reason those of one amount, then those that come first.
pub(super) fn grouped<'a>(ours: &[&'a Line], theirs: &[Theirs<'a>]) -> Vec<Group<'a>> {
    let (mut groups, mut left) = by_work(ours, theirs);
    for reason in [ticket_and_code, ticket, code] {
        for with_net in [true, false] {
            left.claim(&mut groups, reason, with_net);
        }
    }
    groups.extend(left.ours.into_iter().map(|(place, line)| Group::ours(place, line)));
    groups.extend(left.theirs.into_iter().map(|(place, theirs)| Group::theirs(place, theirs)));
    groups.sort_by_key(Group::place);
    groups
}

/// Groups that bill common work, and the lines that are in none.
fn by_work<'a>(ours: &[&'a Line], theirs: &[Theirs<'a>]) -> (Vec<Group<'a>>, Left<'a>) {
    let theirs = theirs.iter().enumerate().map(|(place, theirs)| Group::theirs(place, *theirs));
    let ours = ours.iter().enumerate().map(|(place, line)| Group::ours(place, line));
    let mut groups: BTreeMap<usize, Group<'_>> = BTreeMap::new();
    let mut owners: BTreeMap<&Id, usize> = BTreeMap::new();
    for (next, mut group) in theirs.chain(ours).enumerate() {
        let known: BTreeSet<usize> = group.entries.iter().filter_map(|id| owners.get(id).copied()).collect();
        for other in known.iter().filter_map(|known| groups.remove(known)) {
            group.join(other);
        }
        owners.extend(group.entries.iter().map(|id| (*id, next)));
        groups.insert(next, group);
    }
    let (paired, alone): (Vec<_>, Vec<_>) = groups.into_values().partition(Group::is_paired);
    let mut left = Left { ours: BTreeMap::new(), theirs: BTreeMap::new() };
    for group in alone {
        left.ours.extend(group.ours);
        left.theirs.extend(group.theirs);
    }
    (paired, left)
}

/// Why two lines may be one: the keys of a line here, or of one there.
type Reason = for<'a> fn(Either<'a>) -> Option<Vec<&'a Id>>;

#[derive(Clone, Copy)]
enum Either<'a> {
    Ours(&'a Line),
    Theirs(&'a OldLine),
}

impl<'a> Either<'a> {
    fn ticket(self) -> Option<&'a Id> {
        match self {
            Self::Ours(line) => line.ticket.as_ref(),
            Self::Theirs(line) => line.ticket.as_ref(),
        }
    }

    fn code(self) -> Option<&'a Id> {
        match self {
            Self::Ours(line) => Some(&line.code),
            Self::Theirs(line) => line.code.as_ref(),
        }
    }

    fn net(self) -> Option<Minor> {
        match self {
            Self::Ours(line) => Some(line.net),
            Self::Theirs(line) => line.net,
        }
    }
}

fn ticket_and_code(line: Either<'_>) -> Option<Vec<&Id>> {
    Some(vec![line.ticket()?, line.code()?])
}

fn ticket(line: Either<'_>) -> Option<Vec<&Id>> {
    line.ticket().map(|ticket| vec![ticket])
}

fn code(line: Either<'_>) -> Option<Vec<&Id>> {
    match line {
        Either::Theirs(theirs) if theirs.ticket.is_some() || !theirs.entries.is_empty() => None,
        Either::Ours(_) | Either::Theirs(_) => line.code().map(|code| vec![code]),
    }
}

/// Lines without a pair, by place.
struct Left<'a> {
    ours: BTreeMap<usize, &'a Line>,
    theirs: BTreeMap<usize, Theirs<'a>>,
}

impl<'a> Left<'a> {
    fn claim(&mut self, groups: &mut Vec<Group<'a>>, reason: Reason, with_net: bool) {
        let key = |line: Either<'a>| -> Option<Key<'a>> {
            let net = if with_net { Some(line.net()?) } else { None };
            Some((net, reason(line)?))
        };
        let mut free: BTreeMap<Key<'a>, VecDeque<usize>> = BTreeMap::new();
        for (place, line) in &self.ours {
            if let Some(key) = key(Either::Ours(line)) {
                free.entry(key).or_default().push_back(*place);
            }
        }
        for (place, theirs) in core::mem::take(&mut self.theirs) {
            let found = key(Either::Theirs(theirs.line)).and_then(|key| free.get_mut(&key)?.pop_front());
            match found.and_then(|found| Some((found, self.ours.remove(&found)?))) {
                Some((found, line)) => {
                    let mut group = Group::theirs(place, theirs);
                    group.join(Group::ours(found, line));
                    groups.push(group);
                }
                None => drop(self.theirs.insert(place, theirs)),
            }
        }
    }
}
