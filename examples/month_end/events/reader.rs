//! From a log's rows to time entries: a row in a working state is work until the ticket's next row.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use duebill::calendar::Instant;
use duebill::canon::{Digest, sha256};
use duebill::id::Id;
use tables::{Findings, Row, Rows};

use super::mapping::Mapping;
use crate::Outcome;

/// A time entry.
#[derive(Debug, Clone)]
pub struct Worked {
    /// Who worked.
    pub agent: Option<Id>,
    /// The instant after the last.
    pub end: Instant,
    /// The ticket, a number sign, and the place of the row among the rows of its ticket.
    pub id: Id,
    /// How urgent the ticket was.
    pub priority: Option<Id>,
    /// The first instant.
    pub start: Instant,
    /// The ticket.
    pub ticket: Id,
}

/// What a log holds.
#[derive(Debug, Default)]
pub struct Events {
    /// Entries by customer, in the order in which they ended in the file.
    pub accounts: BTreeMap<Id, Vec<Worked>>,
    /// What is wrong with it.
    pub findings: Findings,
    /// Columns without which no row can be read.
    pub lacking: Vec<String>,
    /// Rows, repeated ones left out.
    pub rows: u64,
    /// Tickets.
    pub tickets: usize,
}

/// What is kept of a ticket while the log is read.
#[derive(Default)]
struct Ticket {
    /// Rows so far.
    rows: u64,
    /// Work that lasts until the next row.
    working: Option<(Id, Worked)>,
}

/// Where the columns stand.
struct Places {
    ticket: usize,
    state: usize,
    time: usize,
    customer: usize,
    agent: Option<usize>,
    priority: Option<usize>,
}

/// Reads a log, row by row; memory grows with its tickets and its work.
///
/// # Errors
/// Whatever the file system refuses; what is wrong with the log is a finding.
pub fn read(path: &Path, mapping: &Mapping) -> Outcome<Events> {
    let mut reader = Reader { mapping, events: Events::default(), tickets: HashMap::new() };
    let mut rows = Rows::open(path, &mut reader.events.findings)?;
    let Some(places) = reader.places(&rows) else {
        return Ok(reader.events);
    };
    // Of each row sixteen bytes of its digest stay, so that a log may be appended to itself.
    let mut seen: HashSet<[u8; 16]> = HashSet::new();
    let mut bytes = Vec::new();
    while let Some(row) = rows.next(&mut reader.events.findings)? {
        if seen.insert(fingerprint(&row, &mut bytes)) {
            reader.row(&row, &places);
        } else {
            reader.events.findings.add("duplicate-row", "", row.line, &row.shown(places.ticket));
        }
    }
    reader.events.tickets = reader.tickets.len();
    Ok(reader.events)
}

/// Half of the digest of a row's fields, told apart by their lengths.
fn fingerprint(row: &Row<'_>, bytes: &mut Vec<u8>) -> [u8; 16] {
    bytes.clear();
    for field in row.fields {
        bytes.extend_from_slice(&field.len().to_le_bytes());
        bytes.extend_from_slice(field);
    }
    let digest: Digest = sha256(bytes);
    digest.bytes().first_chunk().copied().unwrap_or_default()
}

struct Reader<'m> {
    mapping: &'m Mapping,
    events: Events,
    tickets: HashMap<Id, Ticket>,
}

impl Reader<'_> {
    /// Finds the columns; work can be done without an agent or a priority, but not without the others.
    fn places(&mut self, rows: &Rows) -> Option<Places> {
        let columns = &self.mapping.columns;
        let events = &mut self.events;
        let mut place = |name: &String, needed: bool| {
            let place = rows.column(name, &mut events.findings);
            if needed && place.is_none() {
                events.lacking.push(name.clone());
            }
            place
        };
        let (ticket, state) = (place(&columns.ticket, true), place(&columns.state, true));
        let (time, customer) = (place(&columns.time, true), place(&columns.customer, true));
        let (agent, priority) = (place(&columns.agent, false), place(&columns.priority, false));
        Some(Places { ticket: ticket?, state: state?, time: time?, customer: customer?, agent, priority })
    }

    fn row(&mut self, row: &Row<'_>, places: &Places) {
        self.events.rows = self.events.rows.saturating_add(1);
        if !row.is_whole(&mut self.events.findings) {
            return;
        }
        let columns = &self.mapping.columns;
        let Some(ticket) = self.id(row, places.ticket, &columns.ticket) else {
            return;
        };
        let known = self.tickets.entry(ticket.clone()).or_default();
        let Some(at) = row.text(places.time).and_then(|text| self.mapping.time.instant(text)) else {
            self.events.findings.add("bad-time", &columns.time, row.line, &row.shown(places.time));
            return;
        };
        if let Some((customer, mut worked)) = known.working.take() {
            if at < worked.start {
                let message = format!("{at} after {}", worked.start);
                self.events.findings.add("time-order", &columns.time, row.line, &message);
                known.working = Some((customer, worked));
                return;
            }
            let limit = worked.start.plus_seconds(i64::from(self.mapping.maximum_minutes).saturating_mul(60));
            worked.end = limit.map_or(at, |limit| at.min(limit));
            self.events.accounts.entry(customer).or_default().push(worked);
        }
        let place = known.rows;
        known.rows = known.rows.saturating_add(1);
        let state = row.text(places.state).unwrap_or_default();
        if self.mapping.working_states.iter().any(|working| working == state) {
            let working = self.working(row, places, (&ticket, place), at);
            if let Some(known) = self.tickets.get_mut(&ticket) {
                known.working = working;
            }
        }
    }

    /// The work that begins with a row.
    fn working(
        &mut self,
        row: &Row<'_>,
        places: &Places,
        (ticket, place): (&Id, u64),
        at: Instant,
    ) -> Option<(Id, Worked)> {
        let columns = &self.mapping.columns;
        let customer = self.id(row, places.customer, &columns.customer)?;
        let agent = places.agent.and_then(|agent| self.id(row, agent, &columns.agent));
        let id = format!("{ticket}#{place}");
        let Ok(id) = Id::new(&id) else {
            self.events.findings.add("bad-id", &columns.ticket, row.line, &id);
            return None;
        };
        let priority = places.priority.and_then(|priority| self.priority(row, priority));
        let worked = Worked { agent, end: at, id, priority, start: at, ticket: ticket.clone() };
        Some((customer, worked))
    }

    /// A priority; one without a rate is a finding, and its work stays unbilled.
    fn priority(&mut self, row: &Row<'_>, place: usize) -> Option<Id> {
        let known = row.text(place).map_or("", |text| self.mapping.priority(text));
        if !self.mapping.rates.contains_key(known) {
            let column = &self.mapping.columns.priority;
            self.events.findings.add("unknown-priority", column, row.line, &row.shown(place));
        }
        Id::new(known).ok()
    }

    /// An id in a field; a text that can be none is a finding.
    fn id(&mut self, row: &Row<'_>, place: usize, column: &str) -> Option<Id> {
        let id = row.text(place).and_then(|text| Id::new(text).ok());
        if id.is_none() {
            self.events.findings.add("bad-id", column, row.line, &row.shown(place));
        }
        id
    }
}
