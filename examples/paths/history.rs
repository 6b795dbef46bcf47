//! The import: what another system did moves in as it says it was, and is not decided again.

use duebill::calendar::{Date, Instant};
use duebill::id::Id;
use duebill::money::{Amount, Minor};
use serde_json::{Value, json};
use tables::Outcome;

use crate::host::{Host, address};
use crate::mapping::{Action, Mapping};
use crate::reader::{Event, History};

/// The account, and its only customer, that a history moves into.
pub const ACCOUNT: &str = "history";

/// Most invoices that one command brings.
const AT_ONCE: usize = 1_000;

/// What a log says of one case.
#[derive(Debug, Default)]
struct Said {
    amount: Minor,
    /// When, by whom, under which rule, what.
    decisions: Vec<(Instant, String, String, &'static str)>,
    first: Option<Date>,
    issued: Option<Date>,
    /// From when on it is owed, unless it was taken back.
    owed: Option<Date>,
    paid: Option<Date>,
}

/// What moved in.
#[derive(Debug, Default)]
pub struct Imported {
    /// What was asked of it: paid invoices without an approval that stood, by rule.
    pub audits: Vec<Value>,
    /// Decisions that came with them.
    pub decisions: u64,
    /// Cases of which nothing was owed or paid in the end.
    pub left_out: u64,
    /// Invoices that were open.
    pub open: u64,
    /// Invoices that were paid.
    pub paid: u64,
}

/// Moves a log in and audits it.
///
/// # Errors
/// What the core refuses.
pub fn import(mapping: &Mapping, history: &History, host: &mut Host) -> Outcome<Imported> {
    let mut cases: Vec<Said> = Vec::new();
    cases.resize_with(history.cases.len(), Said::default);
    for event in &history.events {
        if let Some(said) = cases.get_mut(event.case) {
            said.note(mapping, history, event)?;
        }
    }
    let last = history.events.iter().map(|event| event.at).max();
    let Some(last) = last.map(|last| Date::new(last.utc().date_naive())).transpose()? else {
        return Ok(Imported::default());
    };
    let mut imported = Imported::default();
    let (mut paid, mut open) = (Vec::new(), Vec::new());
    for (said, id) in cases.iter().zip(&history.cases) {
        match (said.paid, said.owed) {
            (Some(date), _) => {
                imported.decisions = imported.decisions.saturating_add(u64::try_from(said.decisions.len())?);
                paid.push(said.paid_invoice(mapping, id, date)?);
            }
            (None, Some(date)) if said.amount.is_positive() => open.push(said.item(mapping, id, date)?),
            (None, Some(_) | None) => imported.left_out = imported.left_out.saturating_add(1),
        }
    }
    (imported.paid, imported.open) = (u64::try_from(paid.len())?, u64::try_from(open.len())?);
    for (list, parts) in [("history", &paid), ("items", &open)] {
        for (part, number) in parts.chunks(AT_ONCE).zip(1..) {
            let mut action = json!({ "cutover": last.to_string(), "kind": "import_opening" });
            if let Some(action) = action.as_object_mut() {
                action.insert(list.to_owned(), part.to_vec().into());
            }
            host.give(&command(&format!("{list}-{number}"), last, &action))??;
        }
    }
    if imported.paid > 0 {
        imported.audits = audits(mapping, host, last)?;
    }
    Ok(imported)
}

/// Asks what was paid without an approval that stood, under each rule that always asks.
fn audits(mapping: &Mapping, host: &Host, as_of: Date) -> Outcome<Vec<Value>> {
    let account = Id::new(ACCOUNT)?;
    let ask = |rule: &String| {
        let question = json!({ "as_of": as_of.to_string(), "kind": "unapproved_payments", "rule": rule });
        host.ask(&account, &question)
    };
    mapping.always.iter().map(ask).collect()
}

fn command(id: &str, date: Date, action: &Value) -> Value {
    json!({
        "action": action,
        "id": id,
        "log": address("account", ACCOUNT),
        "schema": "duebill/command/1",
        "stamp": { "actor": "import", "at": format!("{date}T23:59:59Z"), "effective": date.to_string(), "role": "clerk" },
    })
}

impl Said {
    fn note(&mut self, mapping: &Mapping, history: &History, event: &Event) -> Outcome<()> {
        let date = event.date()?;
        let name = history.activities.get(event.activity).map(String::as_str).unwrap_or_default();
        self.first = self.first.or(Some(date));
        let steps = mapping.activities.get(name).map(Vec::as_slice).unwrap_or_default();
        // What is billed says what it comes to; a payment may be a part.
        let bills = steps.iter().any(|step| matches!(step.action, Action::Bill {} | Action::Capture { .. }));
        if self.amount.is_zero() || (bills && event.amount.is_some()) {
            self.amount = event.amount.map_or_else(|| mapping.stated(&mapping.amount), Ok)?;
        }
        let by = || event.resource.as_ref().or(event.role.as_ref()).map_or("clerk", Id::as_str).to_owned();
        let mut decided =
            |rule: &str, verdict| self.decisions.push((event.at, by(), rule.to_owned(), verdict));
        for step in steps {
            match &step.action {
                Action::Approve { rule } => decided(event.rule(rule.as_ref()), "approve"),
                Action::Reject { rule } => decided(event.rule(rule.as_ref()), "reject"),
                Action::Bill {} => self.issued = Some(date),
                Action::Pay { .. } => self.paid = Some(date),
                // Taken back: whatever was approved stands no longer. A step for some states is a way in
                // which the core gets there, and no word of the log.
                Action::Void {} if step.only.is_empty() => {
                    decided(event.rule(None), "reject");
                    self.owed = None;
                }
                Action::Capture { .. }
                | Action::Void {}
                | Action::Credit { .. }
                | Action::RecordFact { .. }
                | Action::OpenDispute { .. }
                | Action::AdvanceDispute { .. }
                | Action::CloseDispute { .. }
                | Action::WriteOff { .. } => {}
            }
        }
        if mapping.owed.iter().any(|owed| owed == name) {
            self.owed = Some(date);
        }
        Ok(())
    }

    /// When it was issued: with its last bill, or else on its first day.
    fn issued(&self, by: Date) -> Date {
        self.issued.or(self.first).map_or(by, |issued| issued.min(by))
    }

    fn paid_invoice(&self, mapping: &Mapping, id: &Id, paid: Date) -> Outcome<Value> {
        let issued = self.issued(paid);
        let decision = |(at, by, rule, verdict): &(Instant, String, String, &str)| json!({ "at": at.to_string(), "by": by, "rule": rule, "verdict": verdict });
        Ok(json!({
            "amount": Amount::new(self.amount, mapping.currency()?).plain(),
            "currency": mapping.currency,
            "customer": ACCOUNT,
            "decisions": self.decisions.iter().map(decision).collect::<Vec<_>>(),
            "due": issued.plus_days(mapping.payment_days)?.to_string(),
            "issued": issued.to_string(),
            "number": id.as_str(),
            "paid": paid.to_string(),
        }))
    }

    fn item(&self, mapping: &Mapping, id: &Id, owed: Date) -> Outcome<Value> {
        let amount = Amount::new(self.amount, mapping.currency()?).plain();
        Ok(json!({
            "currency": mapping.currency,
            "customer": ACCOUNT,
            "due": owed.plus_days(mapping.payment_days)?.to_string(),
            "id": id.as_str(),
            "issued": owed.to_string(),
            "number": id.as_str(),
            "open": amount,
            "total": amount,
        }))
    }
}
