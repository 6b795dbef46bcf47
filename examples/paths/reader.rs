//! From a log's rows to the events of its cases, in the order of their times.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use duebill::calendar::{Date, Instant};
use duebill::id::Id;
use duebill::money::{Currency, Minor, Rounding, decimal};
use tables::{Findings, Outcome, Row, Rows};

use crate::mapping::{Action, Mapping, Route};

/// A row that was understood.
#[derive(Debug, Clone)]
pub struct Event {
    /// The place of its activity in [`History::activities`].
    pub activity: usize,
    /// What its case comes to, where a column says so.
    pub amount: Option<Minor>,
    /// When.
    pub at: Instant,
    /// The place of its case in [`History::cases`].
    pub case: usize,
    /// Its line in the file.
    pub line: u64,
    /// Who did it.
    pub resource: Option<Id>,
    /// In which role.
    pub role: Option<Id>,
    /// The place in [`History::routes`] of those who are asked about what is submitted here.
    pub route: usize,
}

impl Event {
    /// Its date.
    ///
    /// # Errors
    /// A year that no calendar has.
    pub fn date(&self) -> Outcome<Date> {
        Ok(Date::new(self.at.utc().date_naive())?)
    }

    /// The rule that a decision is for: the one that its step names, or the role of the row.
    #[must_use]
    pub fn rule<'e>(&'e self, named: Option<&'e String>) -> &'e str {
        named.map(String::as_str).or(self.role.as_ref().map(Id::as_str)).unwrap_or("unstated")
    }
}

/// What a log holds.
#[derive(Debug, Default)]
pub struct History {
    /// What happened, by name, in the order of the file.
    pub activities: Vec<String>,
    /// Cases, in the order of the file.
    pub cases: Vec<Id>,
    /// Rows that were understood, by time; of one time in the order of the file.
    pub events: Vec<Event>,
    /// What is wrong with the file.
    pub findings: Findings,
    /// Columns without which no row can be read.
    pub lacking: Vec<String>,
    /// Every way in which somebody is asked; the first asks nobody beside those that are always asked.
    pub routes: Vec<Route>,
    /// Rows.
    pub rows: u64,
}

/// Where the columns stand.
struct Places {
    case: usize,
    activity: usize,
    time: usize,
    role: Option<usize>,
    resource: Option<usize>,
    amount: Option<usize>,
}

struct Reader<'m> {
    mapping: &'m Mapping,
    currency: Currency,
    history: History,
    activities: HashMap<String, usize>,
    cases: HashMap<Id, usize>,
    /// The time of the last row of each case.
    last: Vec<Instant>,
    /// The amount that each case had last, as it stood there.
    amounts: HashMap<usize, String>,
}

/// Reads a log; memory grows with its rows.
///
/// # Errors
/// Whatever the file system refuses; what is wrong with the log is a finding.
pub fn read(path: &Path, mapping: &Mapping) -> Outcome<History> {
    let mut reader = Reader {
        mapping,
        currency: mapping.currency()?,
        history: History::default(),
        activities: HashMap::new(),
        cases: HashMap::new(),
        last: Vec::new(),
        amounts: HashMap::new(),
    };
    let mut rows = Rows::open(path, &mut reader.history.findings)?;
    if let Some(places) = reader.places(&rows) {
        while let Some(row) = rows.next(&mut reader.history.findings)? {
            reader.row(&row, &places);
        }
    }
    let mut history = reader.history;
    history.events.sort_by_key(|event| event.at);
    find_routes(mapping, &mut history);
    Ok(history)
}

impl Reader<'_> {
    fn places(&mut self, rows: &Rows) -> Option<Places> {
        let columns = &self.mapping.columns;
        let history = &mut self.history;
        let mut place = |name: Option<&String>, needed: bool| {
            let place = rows.column(name?, &mut history.findings);
            if needed && place.is_none() {
                history.lacking.extend(name.cloned());
            }
            place
        };
        let case = place(Some(&columns.case), true);
        let (activity, time) = (place(Some(&columns.activity), true), place(Some(&columns.time), true));
        let (role, resource) = (place(columns.role.as_ref(), false), place(columns.resource.as_ref(), false));
        let amount = place(columns.amount.as_ref(), false);
        Some(Places { case: case?, activity: activity?, time: time?, role, resource, amount })
    }

    fn row(&mut self, row: &Row<'_>, places: &Places) {
        self.history.rows = self.history.rows.saturating_add(1);
        if !row.is_whole(&mut self.history.findings) {
            return;
        }
        let columns = &self.mapping.columns;
        let Some(id) = self.id(row, places.case, &columns.case) else { return };
        let Some(at) = row.text(places.time).and_then(|text| self.mapping.time.instant(text)) else {
            self.history.findings.add("bad-time", &columns.time, row.line, &row.shown(places.time));
            return;
        };
        let name = row.shown(places.activity).into_owned();
        let case = self.case(id, at);
        let Ok(amount) = places.amount.map(|place| self.amount(row, place, case)).transpose() else { return };
        if self.last.get(case).is_some_and(|last| at < *last) {
            self.history.findings.add("time-order", &columns.time, row.line, &at.to_string());
        }
        if let Some(last) = self.last.get_mut(case) {
            *last = at.max(*last);
        }
        if !self.mapping.activities.contains_key(&name) {
            self.history.findings.add("unknown-activity", &columns.activity, row.line, &name);
        }
        let column = |column: &Option<String>| column.clone().unwrap_or_default();
        let role = places.role.and_then(|place| self.id(row, place, &column(&columns.role)));
        let resource = places.resource.and_then(|place| self.id(row, place, &column(&columns.resource)));
        let activity = self.activity(name);
        let event = Event { activity, amount, at, case, line: row.line, resource, role, route: 0 };
        self.history.events.push(event);
    }

    /// The place of a case, which is new with its first row.
    fn case(&mut self, id: Id, at: Instant) -> usize {
        if let Some(&place) = self.cases.get(&id) {
            return place;
        }
        let place = self.history.cases.len();
        self.cases.insert(id.clone(), place);
        self.history.cases.push(id);
        self.last.push(at);
        place
    }

    fn activity(&mut self, name: String) -> usize {
        if let Some(&place) = self.activities.get(&name) {
            return place;
        }
        let place = self.history.activities.len();
        self.activities.insert(name.clone(), place);
        self.history.activities.push(name);
        place
    }

    /// An amount, rounded half up to the digits of the currency. That it was rounded is a finding, once
    /// for each amount of a case; what is no amount leaves the row out.
    fn amount(&mut self, row: &Row<'_>, place: usize, case: usize) -> Result<Minor, ()> {
        let column = self.mapping.columns.amount.as_deref().unwrap_or_default();
        let text = row.text(place).unwrap_or_default();
        let digits = self.currency.digits();
        let read = decimal::parse(text).and_then(|value| decimal::round(value, digits, Rounding::HalfUp));
        let Some(minor) = read.ok().filter(|minor| *minor >= Minor::ZERO) else {
            self.history.findings.add("bad-amount", column, row.line, &row.shown(place));
            return Err(());
        };
        let is_new = self.amounts.get(&case).is_none_or(|known| known != text);
        if is_new {
            let decimals = text.split_once('.').map_or("", |(_, decimals)| decimals);
            if decimals.trim_end_matches('0').len() > usize::from(digits) {
                self.history.findings.add("amount-rounded", column, row.line, text);
            }
            self.amounts.insert(case, text.to_owned());
        }
        Ok(minor)
    }

    /// An id in a field; a text that can be none is a finding.
    fn id(&mut self, row: &Row<'_>, place: usize, column: &str) -> Option<Id> {
        let id = row.text(place).and_then(|text| Id::new(text).ok());
        if id.is_none() {
            self.history.findings.add("bad-id", column, row.line, &row.shown(place));
        }
        id
    }
}

/// Who was asked: everybody who decided on what was submitted until the next was.
fn find_routes(mapping: &Mapping, history: &mut History) {
    let steps = |event: &Event| {
        let name = history.activities.get(event.activity);
        name.and_then(|name| mapping.activities.get(name)).map(Vec::as_slice).unwrap_or_default()
    };
    // From the last row to the first: those who decide stand behind what they decide on.
    let mut asked: Vec<BTreeSet<String>> = vec![BTreeSet::new(); history.cases.len()];
    let mut routes = vec![Route::asking(BTreeSet::new())];
    let mut places: HashMap<String, usize> = HashMap::from([("case".to_owned(), 0)]);
    let mut found = Vec::with_capacity(history.events.len());
    for event in history.events.iter().rev() {
        let Some(rules) = asked.get_mut(event.case) else { continue };
        let mut route = 0;
        for step in steps(event) {
            match &step.action {
                Action::Approve { rule } | Action::Reject { rule } => {
                    let rule = event.rule(rule.as_ref());
                    if !mapping.always.iter().any(|always| always == rule) {
                        rules.insert(rule.to_owned());
                    }
                }
                Action::Bill {} => {
                    let asking = Route::asking(core::mem::take(rules));
                    route = *places.entry(asking.code.clone()).or_insert_with(|| {
                        routes.push(asking);
                        routes.len().saturating_sub(1)
                    });
                }
                Action::Capture { .. }
                | Action::Void {}
                | Action::Credit { .. }
                | Action::RecordFact { .. }
                | Action::Pay { .. }
                | Action::OpenDispute { .. }
                | Action::AdvanceDispute { .. }
                | Action::CloseDispute { .. }
                | Action::WriteOff { .. } => {}
            }
        }
        found.push(route);
    }
    for (event, route) in history.events.iter_mut().zip(found.into_iter().rev()) {
        event.route = route;
    }
    history.routes = routes;
}
