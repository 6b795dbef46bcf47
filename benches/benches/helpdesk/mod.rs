//! The logs of an ordinary helpdesk: every customer has an account of its own, whose work is captured day by day,
//! billed once a month, approved, numbered, and paid in the next month.

use std::collections::{BTreeMap, VecDeque};

use duebill::account::Account;
use duebill::audit::{LogKind, Stored};
use duebill::money::Amount;
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

const CUSTOMERS: usize = 300;
const MONTHS: u32 = 12;
/// Days of a month on which somebody works.
const DAYS: u32 = 20;
/// Tickets of a customer and a day; on each somebody works three times.
const TICKETS: usize = 2;

/// What a host keeps of each account.
pub(crate) fn logs(golden: &[u8]) -> Vec<Vec<Stored>> {
    let mut host = Host { rulebook: rulebook(golden), logs: BTreeMap::new(), kept: BTreeMap::new() };
    for month in 1..=MONTHS {
        for customer in 0..CUSTOMERS {
            if month > 1 {
                host.pay(customer, month);
            }
        }
        for day in 1..=DAYS {
            (0..CUSTOMERS).for_each(|customer| host.capture(customer, month, day));
        }
        (0..CUSTOMERS).for_each(|customer| host.bill(customer, month));
    }
    host.kept.into_values().collect()
}

fn name(customer: usize) -> String {
    format!("C{customer:03}")
}

fn rulebook(golden: &[u8]) -> Rulebook {
    let mut rulebook: Value = serde_json::from_slice(golden).unwrap();
    rulebook["policy"]["numbering"][0]["pattern"] = json!("INV-{year}-{counter:6}");
    let terms = |customer| {
        json!({ "customer": name(customer), "name": format!("Customer {customer}"), "currency": "EUR",
            "calendar": "office", "rounding": "quarter", "payment_terms": "net30" })
    };
    rulebook["terms"] = (0..CUSTOMERS).map(terms).collect();
    wire::compile(rulebook.to_string().as_bytes()).unwrap()
}

struct Host {
    rulebook: Rulebook,
    logs: BTreeMap<String, Log>,
    /// Records of accounts.
    kept: BTreeMap<String, Vec<Stored>>,
}

impl Host {
    /// Delivers a command and all that follows from it.
    fn deliver(&mut self, command: Value) {
        let mut queue = VecDeque::from([command]);
        while let Some(command) = queue.pop_front() {
            let address = command["log"].to_string();
            let opened = || wire::open(address.as_bytes()).unwrap();
            let log = self.logs.entry(address.clone()).or_insert_with(opened);
            let answer = log.decide(&self.rulebook, command.to_string().as_bytes()).unwrap();
            let wire::Answer::Recorded(answered) = answer else { continue };
            log.apply(&answered.recorded).unwrap();
            if log.kind() == LogKind::Account {
                let stored = answered.recorded.stored().clone();
                self.kept.entry(address).or_default().push(stored);
            }
            let told = answered.intents.iter();
            queue.extend(told.map(|intent| serde_json::from_slice::<Value>(intent.command.bytes()).unwrap()));
        }
    }

    fn account(&self, customer: usize) -> &Account {
        match &self.logs[&address("account", &name(customer)).to_string()] {
            Log::Account(account) => account,
            Log::CashBook(_) | Log::Rulebook(_) | Log::Series(_) => unreachable!("an account"),
        }
    }

    /// The work of a day, handed over in the evening.
    fn capture(&mut self, customer: usize, month: u32, day: u32) {
        let date = format!("2026-{month:02}-{day:02}");
        let id = |place: usize| format!("{}-{month:02}{day:02}-{place}", name(customer));
        let tickets: Vec<Value> = (0..TICKETS)
            .map(|ticket| {
                json!({ "id": id(ticket), "customer": name(customer), "priority": "normal",
                    "closed": format!("{date}T16:00:00Z") })
            })
            .collect();
        let entries: Vec<Value> = (0..TICKETS * 3)
            .map(|entry| {
                let hour = 9 + entry;
                json!({ "id": format!("E{}", id(entry)), "ticket": id(entry / 3), "agent": "anna", "work": {
                    "kind": "time", "start": format!("{date}T{hour:02}:00:00Z"),
                    "end": format!("{date}T{hour:02}:25:00Z") } })
            })
            .collect();
        let action = json!({ "kind": "capture", "tickets": tickets, "entries": entries });
        let log = address("account", &name(customer));
        self.deliver(command(&format!("capture-{date}"), &log, "billing", &date, action));
    }

    /// Bills a month; a manager approves it at once, and it is issued.
    fn bill(&mut self, customer: usize, month: u32) {
        let (from, to) = (format!("2026-{month:02}-01"), format!("2026-{month:02}-28"));
        let log = address("account", &name(customer));
        let action =
            json!({ "kind": "bill", "run": format!("m{month:02}"), "period": { "from": from, "to": to } });
        self.deliver(command(&format!("bill-{to}"), &log, "billing", &to, action));
        let drafts: Vec<(String, String)> = {
            let waiting = self.account(customer).invoices().filter(|invoice| invoice.number.is_none());
            waiting
                .map(|invoice| (invoice.draft.id.to_string(), invoice.draft.digest().to_string()))
                .collect()
        };
        for (id, digest) in drafts {
            let action =
                json!({ "kind": "decide_approval", "subject": id, "digest": digest, "verdict": "approve" });
            self.deliver(command(&format!("approve-{id}"), &log, "manager", &to, action));
        }
    }

    /// The customer pays what was billed last.
    fn pay(&mut self, customer: usize, month: u32) {
        let date = format!("2026-{month:02}-01");
        let invoice = self.account(customer).invoices().last().unwrap();
        let amount = Amount::new(invoice.draft.totals.payable, invoice.draft.currency).plain();
        let number = invoice.number.clone().unwrap();
        let (line, book) = (format!("L{}-{month:02}", name(customer)), address("cash_book", "bank"));
        let receipt = json!({ "id": line, "amount": amount, "text": number.as_str() });
        let entry = json!({ "id": line, "currency": "EUR", "amount": amount, "value_date": date,
            "receipts": [receipt] });
        self.deliver(command(
            &format!("receive-{line}"),
            &book,
            "billing",
            &date,
            json!({ "kind": "receive", "entry": entry }),
        ));
        let logs = [&book, &address("account", &name(customer))].map(|log| &self.logs[&log.to_string()]);
        let matched = wire::match_receipts(&self.rulebook, logs[0], &logs[1..], b"{}").unwrap();
        let plans = serde_json::from_slice::<Value>(&matched).unwrap()["plans"].take();
        assert_eq!(plans.as_array().map(Vec::len), Some(1), "{plans}");
        let action = json!({ "kind": "match", "plans": plans });
        self.deliver(command(&format!("match-{line}"), &book, "billing", &date, action));
    }
}

fn address(kind: &str, id: &str) -> Value {
    json!({ "id": id, "kind": kind, "seller": "northwind" })
}

fn command(id: &str, log: &Value, role: &str, date: &str, action: Value) -> Value {
    let actor = if role == "manager" { "max" } else { "clara" };
    // One for all, so that the logs are the same every time: a real host draws it at random for each command.
    let salt = "00112233445566778899aabbccddeeff";
    json!({ "action": action, "id": id, "log": log, "salt": salt, "schema": "duebill/command/1", "stamp": {
        "actor": actor, "role": role, "at": format!("{date}T18:00:00Z"), "effective": date } })
}
