//! From the sample's tables to the steps of a host: what a helpdesk's own integration would do.

use std::collections::{BTreeMap, BTreeSet};

use duebill::canon::sha256;
use duebill::id::Id;
use duebill::rulebook::Rulebook;
use duebill::task::{Task, TaskCause};
use serde_json::{Map, Value, json};

use crate::Outcome;
use crate::sample::{Act, EntryRow, PartRow, ReceiptRow, Sample, Scene, TicketRow, day};
use crate::steps::{Approve, Documents, Setting, Step};

/// Turns the sample into documents.
///
/// # Errors
/// A rulebook that does not compile, and a customer or person that the sample does not name.
pub fn documents(sample: &Sample) -> Outcome<Documents> {
    let rulebook = duebill::wire::compile(&sample.rulebook)?;
    let mut writer =
        Writer { sample, rulebook: &rulebook, steps: Vec::new(), captured: BTreeSet::new(), booked: 0 };
    for scene in &sample.scenario.scenes {
        writer.scene(scene)?;
    }
    let scenario = &sample.scenario;
    let setting = Setting {
        as_of: scenario.as_of.clone(),
        books: scenario.books.clone(),
        seller: rulebook.policy().seller().to_string(),
        series: scenario.series.clone(),
    };
    Ok(Documents { rulebook: sample.rulebook.clone(), setting, steps: writer.steps })
}

/// What was written so far, so that work and bank lines are handed over once.
struct Writer<'s> {
    sample: &'s Sample,
    rulebook: &'s Rulebook,
    steps: Vec<Step>,
    /// Versions of tickets, entries and parts.
    captured: BTreeSet<String>,
    /// Rows of `receipts.csv`.
    booked: usize,
}

/// Tickets and entries of one account, as documents.
#[derive(Default)]
struct Work {
    tickets: Vec<Value>,
    entries: Vec<Value>,
}

impl Writer<'_> {
    fn scene(&mut self, scene: &Scene) -> Outcome<()> {
        match &scene.act {
            Act::Capture => self.capture(scene),
            Act::Bill { id, run, from, to, accounts } => {
                let action = json!({ "kind": "bill", "run": run, "period": { "from": from, "to": to } });
                accounts.iter().try_for_each(|account| self.deliver(scene, "account", account, id, &action))
            }
            Act::Approve { id, verdict, reason, accounts, invoices } => {
                accounts.iter().try_for_each(|account| {
                    self.approve(scene, id, (verdict, reason.as_deref()), account, invoices)
                })
            }
            Act::Receive => self.receive(scene),
            Act::Match { book } => {
                let id = format!("match-{}", scene.on);
                let action = json!({ "kind": "match", "plans": [] });
                let command = self.command(scene, "cash_book", book, &id, &action)?;
                self.steps.push(Step::Match { command });
                Ok(())
            }
            Act::Task { id, rule, accounts, document, action } => {
                let (rule, document) = (Id::new(rule)?, Id::new(document)?);
                accounts.iter().try_for_each(|account| {
                    let account = Id::new(account)?;
                    let task =
                        Task::id_of(&account, TaskCause::InvoiceIssued, &document, &rule, [None, None]);
                    let mut action = action.clone();
                    action.insert("task".to_owned(), json!(task.as_str()));
                    self.deliver(scene, "account", account.as_str(), id, &Value::Object(action))
                })
            }
            Act::Deliver { id, account: Some(account), book: None, action } => {
                self.deliver(scene, "account", account, id, action)
            }
            Act::Deliver { id, account: None, book: Some(book), action } => {
                self.deliver(scene, "cash_book", book, id, action)
            }
            Act::Deliver { id, .. } => Err(format!("`{id}` is for an account or for a book").into()),
        }
    }

    /// A whole command document.
    fn command(&self, scene: &Scene, kind: &str, log: &str, id: &str, action: &Value) -> Outcome<Value> {
        let role = self.role(scene)?;
        Ok(json!({
            "action": action,
            "id": id,
            "log": { "id": log, "kind": kind, "seller": self.rulebook.policy().seller().as_str() },
            "salt": salt(kind, log, id),
            "schema": "duebill/command/1",
            "stamp": { "actor": scene.by, "at": noon(scene), "effective": scene.on, "role": role },
        }))
    }

    fn deliver(&mut self, scene: &Scene, kind: &str, log: &str, id: &str, action: &Value) -> Outcome<()> {
        let command = self.command(scene, kind, log, id, action)?;
        self.steps.push(Step::Deliver { command });
        Ok(())
    }

    fn approve(
        &mut self,
        scene: &Scene,
        id: &str,
        (verdict, reason): (&str, Option<&str>),
        account: &str,
        invoices: &[String],
    ) -> Outcome<()> {
        self.steps.push(Step::Approve(Box::new(Approve {
            account: account.to_owned(),
            actor: scene.by.clone(),
            at: noon(scene),
            effective: scene.on.clone(),
            id: id.to_owned(),
            invoices: invoices.to_vec(),
            reason: reason.map(str::to_owned),
            role: self.role(scene)?.to_owned(),
            salt: reason.map(|_| salt("account", account, id)),
            verdict: verdict.to_owned(),
        })));
        Ok(())
    }

    fn role(&self, scene: &Scene) -> Outcome<&str> {
        let role = self.sample.scenario.people.get(&scene.by);
        role.map(String::as_str).ok_or_else(|| format!("`{}` is nobody of the scenario", scene.by).into())
    }

    /// One command per account with all that is new since the last time.
    fn capture(&mut self, scene: &Scene) -> Outcome<()> {
        let sample = self.sample;
        let until = scene.on.as_str();
        let mut accounts: BTreeMap<String, Work> = BTreeMap::new();
        for row in sample.tickets.iter().filter(|row| day(&row.opened) <= until) {
            let closed =
                Some(row.closed.as_str()).filter(|closed| !closed.is_empty() && day(closed) <= until);
            if self.captured.insert(format!("{} {closed:?}", row.id)) {
                accounts.entry(self.payer(&row.customer)?).or_default().tickets.push(ticket(row, closed));
            }
        }
        for row in sample.entries.iter().filter(|row| row.known() <= until) {
            if self.captured.insert(format!("{} {}", row.id, row.revision)) {
                accounts.entry(self.payer_of(&row.ticket)?).or_default().entries.push(entry(row));
            }
        }
        for row in sample.parts.iter().filter(|row| row.date.as_str() <= until) {
            if self.captured.insert(row.id.clone()) {
                accounts.entry(self.payer_of(&row.ticket)?).or_default().entries.push(part(row));
            }
        }
        let id = format!("capture-{until}");
        for (account, Work { tickets, entries }) in accounts {
            let action = json!({ "kind": "capture", "tickets": tickets, "entries": entries });
            self.deliver(scene, "account", &account, &id, &action)?;
        }
        Ok(())
    }

    /// The account that pays for a customer.
    fn payer(&self, customer: &str) -> Outcome<String> {
        let payer = self.rulebook.payers().billed_to.get(customer);
        payer.map(ToString::to_string).ok_or_else(|| format!("customer `{customer}` has no terms").into())
    }

    fn payer_of(&self, ticket: &str) -> Outcome<String> {
        let row = self.sample.tickets.iter().find(|row| row.id == ticket);
        self.payer(&row.ok_or_else(|| format!("ticket `{ticket}` is not in tickets.csv"))?.customer)
    }

    /// One command per bank line.
    fn receive(&mut self, scene: &Scene) -> Outcome<()> {
        let rows = self.sample.receipts.get(self.booked..).unwrap_or_default();
        let due: Vec<&ReceiptRow> =
            rows.iter().take_while(|row| row.value_date.as_str() <= scene.on.as_str()).collect();
        self.booked = self.booked.saturating_add(due.len());
        for line in due.chunk_by(|a, b| (&a.book, &a.line) == (&b.book, &b.line)) {
            let Some(first) = line.first() else { continue };
            let receipts: Vec<Value> = line.iter().map(|row| receipt(row)).collect();
            let amount = total(line)?;
            let entry = json!({
                "id": first.line, "amount": amount, "currency": first.currency, "value_date": first.value_date,
                "receipts": receipts,
            });
            let id = format!("receive-{}", first.line);
            let action = json!({ "kind": "receive", "entry": entry });
            self.deliver(scene, "cash_book", &first.book, &id, &action)?;
        }
        Ok(())
    }
}

fn noon(scene: &Scene) -> String {
    format!("{}T12:00:00Z", scene.on)
}

/// An object of the fields that have a value.
fn fields(pairs: &[(&str, &str)]) -> Map<String, Value> {
    let filled = pairs.iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(key, value)| ((*key).to_owned(), json!(value))).collect()
}

fn ticket(row: &TicketRow, closed: Option<&str>) -> Value {
    let mut document = fields(&[
        ("closed", closed.unwrap_or("")),
        ("customer", &row.customer),
        ("id", &row.id),
        ("priority", &row.priority),
        ("subject", &row.subject),
        ("ticket_type", &row.ticket_type),
    ]);
    let tags: Vec<&str> = row.tags.split_whitespace().collect();
    document.insert("tags".to_owned(), json!(tags));
    Value::Object(document)
}

fn entry(row: &EntryRow) -> Value {
    let mut document = fields(&[
        ("agent", &row.agent),
        ("billable", &row.billable),
        ("id", &row.id),
        ("note", &row.note),
        ("role", &row.role),
        ("ticket", &row.ticket),
        ("work_type", &row.work_type),
    ]);
    document.insert("revision".to_owned(), json!(row.revision));
    document.insert("work".to_owned(), json!({ "kind": "time", "start": row.start, "end": row.end }));
    Value::Object(document)
}

fn part(row: &PartRow) -> Value {
    let mut work = fields(&[
        ("date", &row.date),
        ("description", &row.description),
        ("quantity", &row.quantity),
        ("sku", &row.sku),
        ("unit_price", &row.unit_price),
    ]);
    work.insert("kind".to_owned(), json!("part"));
    json!({ "id": row.id, "ticket": row.ticket, "work": work })
}

fn receipt(row: &ReceiptRow) -> Value {
    Value::Object(fields(&[
        ("amount", &row.amount),
        ("id", &row.id),
        ("payer_account", &row.payer_account),
        ("payer_name", &row.payer_name),
        ("text", &row.text),
    ]))
}

/// What a bank line comes to; one receipt is the line itself.
fn total(line: &[&ReceiptRow]) -> Outcome<String> {
    use duebill::money::{Amount, Currency, decimal};
    let mut sum: Option<Amount> = None;
    for row in line {
        let amount = Amount::from_decimal(decimal::parse(&row.amount)?, Currency::new(&row.currency)?)?;
        sum = Some(match sum {
            Some(before) => before.plus(amount)?,
            None => amount,
        });
    }
    sum.map(Amount::plain).ok_or_else(|| "a bank line has receipts".into())
}

/// A salt that is made of the id only so that the sample is the same every time: a real host draws it at random
/// for each command.
fn salt(kind: &str, log: &str, id: &str) -> String {
    sha256(format!("{kind}/{log}/{id}").as_bytes()).to_string().chars().take(32).collect()
}
