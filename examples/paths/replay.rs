//! The replay: each activity becomes the commands of its map, and the core decides.

use std::collections::BTreeMap;

use duebill::account::Account;
use duebill::calendar::Date;
use duebill::canon::Digest;
use duebill::id::Id;
use duebill::invoice::DocumentState;
use duebill::money::{Amount, Currency, Minor};
use duebill::report;
use serde_json::{Value, json};
use tables::Outcome;

use crate::host::{Done, Host, address};
use crate::mapping::{Action, BOOK, Change, Mapping, Step};
use crate::reader::{Event, History};
use crate::tally::{Place, Tally};

/// What is kept of a case beside its account.
#[derive(Debug, Default)]
struct Case {
    /// Work that was captured: how often its last part was corrected, and how many parts there are.
    parts: u32,
    revision: u32,
    amount: Minor,
    is_free: bool,
    closed: Option<String>,
    status: Option<String>,
    /// Its first and its last day.
    days: Option<(Date, Date)>,
    /// Its invoices, in the order they were drafted.
    invoices: Vec<Id>,
    /// Its disputes, and whether each is open.
    disputes: Vec<(String, bool)>,
    /// Whether money came in for it.
    is_paid_there: bool,
}

/// A replay under way.
pub struct Replay<'r> {
    mapping: &'r Mapping,
    history: &'r History,
    currency: Currency,
    host: Host,
    /// By place in the history.
    cases: BTreeMap<usize, Case>,
    tally: Tally,
}

/// A row in its case, as a command needs it.
struct Row<'r> {
    event: &'r Event,
    id: &'r Id,
    date: Date,
    /// The command's own part of its id.
    step: usize,
}

/// Replays a whole log.
///
/// # Errors
/// A rulebook that does not compile, or a command that is none.
pub fn replay(mapping: &Mapping, history: &History, host: Host) -> Outcome<(Host, Tally)> {
    let currency = mapping.currency()?;
    let mut replay =
        Replay { mapping, history, currency, host, cases: BTreeMap::new(), tally: Tally::default() };
    for event in &history.events {
        replay.event(event)?;
    }
    replay.finish();
    Ok((replay.host, replay.tally))
}

impl Replay<'_> {
    fn event(&mut self, event: &Event) -> Outcome<()> {
        let (mapping, history) = (self.mapping, self.history);
        let name = history.activities.get(event.activity).map(String::as_str).unwrap_or_default();
        let (Some(id), date) = (history.cases.get(event.case), event.date()?) else { return Ok(()) };
        self.tally.row(name, mapping.activities.contains_key(name));
        let case = self.case(event);
        case.days = Some((case.days.map_or(date, |(first, _)| first), date));
        for (step, place) in mapping.activities.get(name).into_iter().flatten().zip(0..) {
            if self.holds(id, event, step) {
                self.step(&Row { event, id, date, step: place }, name, &step.action)?;
            }
        }
        Ok(())
    }

    fn case(&mut self, event: &Event) -> &mut Case {
        self.cases.entry(event.case).or_default()
    }

    /// Whether the case is in one of the states that a step is for.
    fn holds(&self, id: &Id, event: &Event, step: &Step) -> bool {
        let drafted = self.cases.get(&event.case).is_some_and(|case| !case.invoices.is_empty());
        let state = match self.live(id, event) {
            Some((_, state)) => state.word(),
            None if drafted => DocumentState::Void.word(),
            None => "none",
        };
        let disputed =
            self.cases.get(&event.case).is_some_and(|case| case.disputes.iter().any(|(_, open)| *open));
        let disputed = if disputed { "disputed" } else { "undisputed" };
        step.only.is_empty() || step.only.iter().any(|word| word == state || word == disputed)
    }

    /// The last invoice that is not void, with its state.
    fn live(&self, id: &Id, event: &Event) -> Option<(Id, DocumentState)> {
        let (account, case) = (self.host.account(id)?, self.cases.get(&event.case)?);
        let states = case.invoices.iter().rev().filter_map(|id| Some((id, account.invoice(id).ok()?.state)));
        let mut live = states.filter(|(_, state)| *state != DocumentState::Void);
        live.next().map(|(id, state)| (id.clone(), state))
    }

    /// What a step is about: the live invoice, or the last one; where there is none the core says so.
    fn document(&self, row: &Row<'_>) -> String {
        let last = || self.cases.get(&row.event.case)?.invoices.last().cloned();
        let live = self.live(row.id, row.event).map(|(id, _)| id);
        live.or_else(last).map_or("none".to_owned(), |id| id.to_string())
    }

    /// The oldest invoice of which something is open, or what [`Replay::document`] gives.
    fn owed(&self, row: &Row<'_>) -> (String, Minor) {
        let open = self.open_items(row).into_iter().next();
        open.map_or_else(|| (self.document(row), Minor::ZERO), |(id, open)| (id.to_string(), open))
    }

    fn open_items(&self, row: &Row<'_>) -> Vec<(Id, Minor)> {
        let account = self.host.account(row.id);
        let invoices =
            self.cases.get(&row.event.case).map(|case| case.invoices.as_slice()).unwrap_or_default();
        let open = |id: &Id| Some((id.clone(), account?.ledger().item(id).ok()?.open()));
        invoices.iter().filter_map(open).filter(|(_, open)| open.is_positive()).collect()
    }

    fn step(&mut self, row: &Row<'_>, activity: &str, action: &Action) -> Outcome<()> {
        let kind = match action {
            Action::Capture { closed, status, work, amount } => {
                let amount = self.amount(row, amount.as_ref())?;
                let capture = self.capture(row, *closed, status.as_ref(), *work, amount);
                return self.give(row, activity, "capture", "", capture);
            }
            Action::Pay { amount } => {
                let amount = self.amount(row, amount.as_ref())?;
                return self.pay(row, activity, amount);
            }
            Action::Bill {} => ("bill", "", self.bill(row)),
            Action::Approve { rule } => {
                ("approve", row.event.rule(rule.as_ref()), self.decide(row, "approve"))
            }
            Action::Reject { rule } => ("reject", row.event.rule(rule.as_ref()), self.decide(row, "reject")),
            Action::Void {} => {
                ("void", "", json!({ "invoice": self.document(row), "kind": "void", "reason": "cancelled" }))
            }
            Action::Credit { effect } => {
                let credit = json!({
                    "effect": effect, "id": name(row, "credit"), "invoice": self.document(row), "kind": "credit",
                    "reason": "history", "scope": { "kind": "whole" },
                });
                ("credit", "", credit)
            }
            Action::RecordFact { fact } => {
                let fact = json!({ "document": self.document(row), "fact": fact, "kind": "record_fact" });
                ("record_fact", "", fact)
            }
            Action::WriteOff { reason } => {
                let (item, open) = self.owed(row);
                let write_off = json!({
                    "amount": self.shown(open), "currency": self.currency.code(), "id": name(row, "write-off"),
                    "item": item, "kind": "write_off", "reason": reason,
                });
                ("write_off", "", write_off)
            }
            Action::OpenDispute { .. } | Action::AdvanceDispute { .. } | Action::CloseDispute { .. } => {
                return self.dispute(row, activity, action);
            }
        };
        let (kind, role, action) = kind;
        self.give(row, activity, kind, role, action)
    }

    /// What is stated beside the row goes before what the map states.
    fn amount(&self, row: &Row<'_>, stated: Option<&String>) -> Outcome<Minor> {
        match (row.event.amount, stated) {
            (Some(amount), _) => Ok(amount),
            (None, Some(stated)) => self.mapping.stated(stated),
            (None, None) => self.mapping.stated(&self.mapping.amount),
        }
    }

    fn shown(&self, amount: Minor) -> String {
        Amount::new(amount, self.currency).plain()
    }

    fn capture(
        &mut self,
        row: &Row<'_>,
        closed: Option<bool>,
        status: Option<&String>,
        work: Option<Change>,
        amount: Minor,
    ) -> Value {
        let route = self.history.routes.get(row.event.route).map(|route| route.code.clone());
        let case = self.case(row.event);
        match closed {
            Some(true) => case.closed = Some(row.event.at.to_string()),
            Some(false) => case.closed = None,
            None => {}
        }
        case.status = status.cloned().or_else(|| case.status.take());
        if let Some(change) = work {
            if change == Change::New || case.parts == 0 {
                (case.parts, case.revision, case.amount) = (case.parts.saturating_add(1), 0, amount);
            }
            case.revision = case.revision.saturating_add(1);
            case.is_free = change == Change::Free;
            if row.event.amount.is_some() {
                case.amount = amount;
            }
        }
        let mut ticket = json!({ "customer": row.id.as_str(), "id": row.id.as_str() });
        let optional = [("closed", &case.closed), ("status", &case.status)];
        if let Some(ticket) = ticket.as_object_mut() {
            ticket.extend(
                optional.into_iter().filter_map(|(key, text)| Some((key.into(), text.clone()?.into()))),
            );
        }
        let entry = json!({
            "billable": if case.is_free { "no_charge" } else { "default" },
            "code": route,
            "id": format!("{}#{}", row.id, case.parts),
            "revision": case.revision,
            "ticket": row.id.as_str(),
            "work": {
                "date": row.date.to_string(), "description": "Case", "kind": "part", "quantity": "1", "sku": "case",
                "unit_price": Amount::new(case.amount, self.currency).plain(),
            },
        });
        let entries = if work.is_some() { vec![entry] } else { Vec::new() };
        json!({ "entries": entries, "kind": "capture", "tickets": [ticket] })
    }

    fn bill(&self, row: &Row<'_>) -> Value {
        let days = self.cases.get(&row.event.case).and_then(|case| case.days);
        let from = days.map_or(row.date, |(first, _)| first);
        let period = json!({ "from": from.to_string(), "to": row.date.to_string() });
        json!({ "kind": "bill", "period": period, "run": "case" })
    }

    /// A decision quotes the digest of what is there to be decided on.
    fn decide(&self, row: &Row<'_>, verdict: &str) -> Value {
        let subject = self.document(row);
        let asked = Id::new(&subject)
            .ok()
            .and_then(|subject| Some(self.host.account(row.id)?.request(&subject).ok()?.asked().digest));
        let digest = asked.unwrap_or(Digest::ZERO).to_string();
        json!({ "digest": digest, "kind": "decide_approval", "subject": subject, "verdict": verdict })
    }

    /// Money comes into the cash book, and is applied to what is open, the oldest invoice first. Where
    /// nothing is, it is offered to the invoice that is live, so that the core says why not; where none
    /// is, it waits.
    fn pay(&mut self, row: &Row<'_>, activity: &str, amount: Minor) -> Outcome<()> {
        self.case(row.event).is_paid_there = true;
        let (receipt, shown, currency) =
            (name(row, "receipt"), self.shown(amount), self.currency.code().to_owned());
        let entry = json!({
            "amount": shown, "currency": currency, "id": receipt, "value_date": row.date.to_string(),
            "receipts": [{ "amount": shown, "customer": row.id.as_str(), "id": receipt }],
        });
        let came = json!({ "entry": entry, "kind": "receive" });
        if !self.give_to(row, activity, ("receive", "cash_book", BOOK), "", came)? {
            return Ok(());
        }
        self.tally.receives(amount)?;
        let (mut left, mut parts) = (amount, Vec::new());
        for (item, open) in self.open_items(row) {
            let cash = open.min(left);
            if cash.is_positive() {
                parts.push((item, cash));
                left = left.minus(cash)?;
            }
        }
        let waits = self.live(row.id, row.event).filter(|(_, state)| *state != DocumentState::Issued);
        if let Some((item, _)) = waits.filter(|_| parts.is_empty()) {
            parts.push((item, amount));
        }
        if parts.is_empty() {
            self.tally.waits();
            return Ok(());
        }
        let part = |(item, cash): &(Id, Minor)| json!({ "cash": self.shown(*cash), "currency": currency, "item": item.as_str() });
        let allocations: Vec<Value> = parts.iter().map(part).collect();
        let reserve = json!({
            "account": row.id.as_str(), "allocations": allocations, "kind": "reserve", "receipt": receipt,
        });
        self.give_to(row, activity, ("allocate", "cash_book", BOOK), "", reserve).map(drop)
    }

    fn dispute(&mut self, row: &Row<'_>, activity: &str, action: &Action) -> Outcome<()> {
        let last = self
            .cases
            .get(&row.event.case)
            .and_then(|case| case.disputes.iter().rev().find(|(_, open)| *open));
        let dispute = last.map_or("none".to_owned(), |(id, _)| id.clone());
        if let Action::OpenDispute { reason } = action {
            let (item, open) = self.owed(row);
            let id = name(row, "dispute");
            let command = json!({
                "amount": self.shown(open), "currency": self.currency.code(), "dispute": id, "invoice": item,
                "kind": "open_dispute", "reason_code": reason,
            });
            if self.give_to(row, activity, ("open_dispute", "account", row.id.as_str()), "", command)? {
                self.case(row.event).disputes.push((id, true));
            }
        }
        if let Action::AdvanceDispute { to } = action {
            let command = json!({ "dispute": dispute, "kind": "advance_dispute", "to": to });
            self.give(row, activity, "advance_dispute", "", command)?;
        }
        if let Action::CloseDispute { outcome } = action {
            let command = json!({ "dispute": dispute, "kind": "close_dispute", "outcome": outcome });
            if self.give_to(row, activity, ("close_dispute", "account", row.id.as_str()), "", command)? {
                let disputes = &mut self.case(row.event).disputes;
                disputes.iter_mut().filter(|(id, _)| *id == dispute).for_each(|(_, open)| *open = false);
            }
        }
        Ok(())
    }

    /// Gives a command to the account of a case.
    fn give(
        &mut self,
        row: &Row<'_>,
        activity: &str,
        kind: &'static str,
        role: &str,
        action: Value,
    ) -> Outcome<()> {
        self.give_to(row, activity, (kind, "account", row.id.as_str()), role, action).map(drop)
    }

    /// Gives a command and counts what became of it; gives whether it was done.
    fn give_to(
        &mut self,
        row: &Row<'_>,
        activity: &str,
        (kind, log, id): (&'static str, &str, &str),
        role: &str,
        action: Value,
    ) -> Outcome<bool> {
        let event = row.event;
        let role = [role, event.role.as_ref().map_or("", Id::as_str), "clerk"]
            .into_iter()
            .find(|role| !role.is_empty());
        let actor = event.resource.as_ref().or(event.role.as_ref()).map(Id::as_str).or(role);
        let mut command = json!({
            "action": action,
            "id": format!("{kind}:{}", name(row, "row")),
            "log": address(log, id),
            "schema": "duebill/command/1",
            "stamp": {
                "actor": actor, "at": event.at.to_string(), "effective": row.date.to_string(), "role": role,
            },
        });
        if command.pointer("/action/verdict").is_some_and(|verdict| verdict == "reject") {
            // These logs say that somebody said no, and not why.
            for (place, key, value) in
                [("/stamp", "reason", json!(activity)), ("", "salt", json!("00".repeat(16)))]
            {
                if let Some(object) = command.pointer_mut(place).and_then(Value::as_object_mut) {
                    object.insert(key.to_owned(), value);
                }
            }
        }
        let answer = self.host.give(&command)?;
        let at = Place { activity, case: event.case, id: row.id, line: event.line };
        Ok(match answer {
            Ok(Done { drafted, declined, found }) => {
                self.case(event).invoices.extend(drafted);
                self.tally.given(kind, &at, declined.is_empty());
                for (code, why) in &declined {
                    self.tally.refused(code, why, &at);
                }
                self.tally.found(&found);
                declined.is_empty()
            }
            Err(refusal) => {
                self.tally.given(kind, &at, false);
                self.tally.refused(refusal.code().name, &refusal.to_string(), &at);
                false
            }
        })
    }

    /// Labels every case as of its last day.
    fn finish(&mut self) {
        for (case, id) in self.cases.values().zip(&self.history.cases) {
            let Some((_, last)) = case.days else { continue };
            let label = self.host.account(id).map_or("untouched", |account| label(account, case, last));
            self.tally.ends(id, label, case.is_paid_there);
        }
    }
}

/// The label of a case: that of its first invoice that is not settled, or of the last one.
fn label(account: &Account, case: &Case, last: Date) -> &'static str {
    let labels = case.invoices.iter().filter_map(|id| {
        let invoice = account.invoice(id).ok()?;
        let (item, life) = (account.ledger().item(id).ok(), account.life(id));
        let facts = report::LabelFacts { item, life, ..report::LabelFacts::default() };
        Some(report::label(invoice, facts, last)?.label.word())
    });
    let live: Vec<&'static str> = labels.filter(|label| *label != "void").collect();
    let settled = |label: &&&str| ["paid", "credited", "written_off"].contains(label);
    let open = live.iter().find(|label| !settled(label));
    match open.or(live.last()) {
        Some(label) => label,
        None if case.invoices.is_empty() => "unbilled",
        None => "void",
    }
}

/// A name for what a row makes, unique in the log.
fn name(row: &Row<'_>, what: &str) -> String {
    format!("{what}-{}-{}", row.event.line, row.step)
}
