//! The documents of a log: its rulebook, and for each customer one command that captures all work
//! and one command per calendar month that bills it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use duebill::calendar::Date;
use duebill::id::Id;
use serde_json::{Value, json};

use super::mapping::Mapping;
use super::reader::{Events, Worked};
use crate::Outcome;
use crate::steps::{Setting, line};

/// The seller of all that a log holds.
const SELLER: &str = "helpdesk";
/// The number series.
const SERIES: &str = "invoices";

/// The rulebook of a log: one hour costs what its priority costs, whenever and whoever.
#[must_use]
pub fn rulebook(mapping: &Mapping, events: &Events) -> Value {
    let rates = mapping.rates.iter().map(|(priority, price)| {
        let id = format!("priority-{priority}");
        json!({ "currency": mapping.currency, "id": id, "priority": priority, "value": price })
    });
    let terms = events.accounts.keys().map(|customer| {
        json!({
            "calendar": "always", "currency": mapping.currency, "customer": customer.as_str(),
            "name": customer.as_str(), "payment_terms": "net", "rounding": "log",
        })
    });
    json!({
        "policy": {
            "approvals": [{
                    "above": mapping.approval_above, "id": "manager", "roles": ["manager"], "split_proof": false,
                }],
            "billing": { "series": SERIES, "trigger": "work_done" },
            "calendars": [{ "id": "always", "otherwise": "normal", "zone": "UTC" }],
            "codes": [{ "id": "support", "kind": "labour", "name": "Support" }],
            "mapping": [{ "code": "support", "kind": "labour" }],
            "numbering": [{ "pattern": "{counter}", "series": SERIES }],
            "payment_terms": [{ "days": mapping.payment_days, "id": "net" }],
            "rates": rates.collect::<Vec<_>>(),
            "rounding": [mapping.rounding.document()],
            "seller": { "id": SELLER, "name": "Helpdesk" },
        },
        "schema": "duebill/rulebook/1",
        "terms": terms.collect::<Vec<_>>(),
    })
}

/// The commands of one customer: everything is captured, then each month is billed, all of it on one day `at`, because
/// the time of a log never goes back and customers share a series.
///
/// # Errors
/// Work in years that no calendar has.
pub fn commands(customer: &Id, work: &[Worked], at: &str) -> Outcome<Vec<Value>> {
    let mut months = BTreeSet::new();
    for worked in work {
        months.insert(Date::new(worked.start.utc().date_naive())?.end_of_month(0)?);
    }
    let tickets: BTreeSet<&Id> = work.iter().map(|worked| &worked.ticket).collect();
    let tickets = tickets.into_iter();
    let tickets = tickets.map(|ticket| json!({ "customer": customer.as_str(), "id": ticket.as_str() }));
    let capture = json!({
        "entries": work.iter().map(entry).collect::<Vec<_>>(),
        "kind": "capture",
        "tickets": tickets.collect::<Vec<_>>(),
    });
    let first = months.first().copied();
    let mut commands: Vec<Value> =
        first.into_iter().map(|month| command(customer, "capture", month, &capture, at)).collect();
    for month in months {
        let (from, id) = (format!("{}-{:02}-01", month.year(), month.month()), format!("bill:{month}"));
        let period = json!({ "from": from, "to": month.to_string() });
        let bill = json!({ "kind": "bill", "period": period, "run": "monthly" });
        commands.push(command(customer, &id, month, &bill, at));
    }
    Ok(commands)
}

fn entry(worked: &Worked) -> Value {
    let mut entry = json!({
        "id": worked.id.as_str(),
        "ticket": worked.ticket.as_str(),
        "work": { "end": worked.end.to_string(), "kind": "time", "start": worked.start.to_string() },
    });
    let optional = [("agent", &worked.agent), ("priority", &worked.priority)];
    if let Some(entry) = entry.as_object_mut() {
        entry.extend(optional.into_iter().filter_map(|(key, id)| {
            let id = id.as_ref()?;
            Some((key.to_owned(), id.as_str().into()))
        }));
    }
    entry
}

fn command(customer: &Id, id: &str, month: Date, action: &Value, at: &str) -> Value {
    let date = month.to_string();
    json!({
        "action": action,
        "id": id,
        "log": { "id": customer.as_str(), "kind": "account", "seller": SELLER },
        "schema": "duebill/command/1",
        "stamp": { "actor": "month-end", "at": format!("{at}T00:00:00Z"), "effective": date, "role": "billing" },
    })
}

/// The logs besides accounts, as of the end of the last month with work.
///
/// # Errors
/// Work in years that no calendar has.
pub fn setting(events: &Events) -> Outcome<Setting> {
    let last = events.accounts.values().flatten().map(|worked| worked.start).max();
    let as_of = match last {
        Some(last) => Date::new(last.utc().date_naive())?.end_of_month(0)?,
        None => Date::of_epoch_days(0)?,
    };
    let (seller, series) = (SELLER.to_owned(), vec![SERIES.to_owned()]);
    Ok(Setting { as_of: as_of.to_string(), books: Vec::new(), seller, series })
}

/// Writes the folder that hosts in other languages read; `host.json` says what the file held.
///
/// # Errors
/// Whatever the file system refuses.
pub fn export(mapping: &Mapping, events: &Events, summary: &Value, folder: &Path) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("rulebook.json"), line(&rulebook(mapping, events))?)?;
    let setting = setting(events)?;
    let mut host = serde_json::to_value(&setting)?;
    if let Some(host) = host.as_object_mut() {
        host.insert("summary".to_owned(), summary.clone());
    }
    fs::write(folder.join("host.json"), line(&host)?)?;
    let mut steps = BufWriter::new(File::create(folder.join("steps.jsonl"))?);
    for (customer, work) in &events.accounts {
        for command in commands(customer, work, &setting.as_of)? {
            steps.write_all(line(&json!({ "command": command, "step": "deliver" }))?.as_bytes())?;
        }
    }
    Ok(steps.flush()?)
}
