//! A month of three customers through the documents, as a host runs it: every command decided,
//! stored, applied, and every ready command delivered until none is left.

use std::collections::{BTreeMap, VecDeque};

use duebill::finding::Refusal;
use duebill::rulebook::Rulebook;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

/// A host in memory: logs by address, and what it stored of each.
pub struct Host {
    pub rulebook: Rulebook,
    pub logs: BTreeMap<String, Log>,
    pub stored: BTreeMap<String, Vec<Value>>,
    /// The commands that were recorded, by log.
    pub commands: BTreeMap<String, Vec<Value>>,
    /// Why reserved money could not be applied.
    pub declined: Vec<String>,
}

impl Host {
    pub fn new() -> Self {
        let rulebook = wire::compile(include_bytes!("../../golden/rulebook.json")).unwrap();
        Self {
            rulebook,
            logs: BTreeMap::new(),
            stored: BTreeMap::new(),
            commands: BTreeMap::new(),
            declined: Vec::new(),
        }
    }

    fn log(&mut self, address: &Value) -> &mut Log {
        let key = address.to_string();
        self.logs.entry(key).or_insert_with(|| wire::open(address.to_string().as_bytes()).unwrap())
    }

    /// Delivers a command and everything that follows from it.
    pub fn deliver(&mut self, command: Value) -> Result<(), Refusal> {
        let first = self.step(&command)?;
        let mut queue: VecDeque<Value> = first.into();
        while let Some(intent) = queue.pop_front() {
            queue.extend(self.step(&intent["command"])?);
        }
        Ok(())
    }

    /// Delivers one command; what follows from it is the caller's.
    pub fn step(&mut self, command: &Value) -> Result<Vec<Value>, Refusal> {
        let address = command["log"].clone();
        let mut command = command.clone();
        // The clock of this host never goes back, whatever day a test is about.
        let last = self.stored.get(&address.to_string()).and_then(|stored| stored.last());
        if let Some(last) = last.map(|last| &last["record"]["stamp"]["at"]) {
            let at = &mut command["stamp"]["at"];
            if at.as_str() < last.as_str() {
                *at = last.clone();
            }
        }
        let rulebook = self.rulebook.clone();
        let log = self.log(&address);
        let answer = wire::decide(log, &rulebook, command.to_string().as_bytes())?;
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        if answer["outcome"] == "repeated" {
            return Ok(Vec::new());
        }
        let record = answer["record"].to_string();
        let hash = answer["hash"].as_str().unwrap();
        let detached = answer["detached"].to_string();
        wire::apply(log, record.as_bytes(), hash.as_bytes(), detached.as_bytes())
            .expect("what was decided is applied");
        let events = answer["record"]["events"].as_array().unwrap().iter();
        let declined = events.filter(|event| event["kind"] == "allocation_declined");
        self.declined.extend(declined.map(|event| event["name"].as_str().unwrap().to_owned()));
        self.commands.entry(address.to_string()).or_default().push(command);
        self.stored.entry(address.to_string()).or_default().push(answer.clone());
        Ok(answer["intents"].as_array().unwrap().clone())
    }

    pub fn report(&self, kind: &str, id: &str, question: Value) -> Value {
        self.try_report(kind, id, question).unwrap()
    }

    pub fn try_report(&self, kind: &str, id: &str, question: Value) -> Result<Value, Refusal> {
        let log = &self.logs[&address(kind, id).to_string()];
        let answer = wire::report(log, &self.rulebook, question.to_string().as_bytes())?;
        Ok(serde_json::from_slice(&answer).unwrap())
    }

    pub fn aging(&self, as_of: &str) -> Value {
        let logs: Vec<&Log> =
            self.logs.values().filter(|log| matches!(log, Log::Account(_) | Log::CashBook(_))).collect();
        let request = json!({ "as_of": as_of }).to_string();
        serde_json::from_slice(&wire::aging(&self.rulebook, &logs, request.as_bytes()).unwrap()).unwrap()
    }

    pub fn closing(&self, from: &str, through: &str) -> Value {
        let logs: Vec<&Log> = self.logs.values().collect();
        let request = json!({ "from": from, "through": through }).to_string();
        serde_json::from_slice(&wire::closing(&self.rulebook, &logs, request.as_bytes()).unwrap()).unwrap()
    }

    /// Every journal of a period balances, its balances are explained, and they are those of the aging.
    pub fn check_period(&self, from: &str, through: &str) {
        let pack = self.closing(from, through);
        let aging = self.aging(through);
        for section in pack["sections"].as_array().unwrap() {
            let journal = section["journal"].as_array().unwrap();
            let sum = |side: &str| journal.iter().map(|line| cents(&line[side])).sum::<i64>();
            assert_eq!(sum("debit"), sum("credit"), "{from} to {through}: {section:#}");
            // A tax is posted to an account of its own: by role, category and rate.
            let taxes = journal.iter().filter(|line| line["account"] == "tax_payable");
            let mut keys: Vec<String> = taxes.map(|line| line["tax"].to_string()).collect();
            let posted = keys.len();
            keys.sort();
            keys.dedup();
            assert!(keys.len() == posted && !keys.contains(&"null".to_owned()), "{section:#}");
            for balance in ["receivables", "unapplied_cash"] {
                assert_eq!(section[balance]["unexplained"], "0.00", "{from} to {through}: {section:#}");
            }
            let aged = aging["sections"]
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["currency"] == section["currency"]);
            let net =
                cents(&section["receivables"]["closing"]) - cents(&section["unapplied_cash"]["closing"]);
            assert_eq!(net, aged.map_or(0, |aged| cents(&aged["control_total"])), "{from} to {through}");
        }
    }

    pub fn matches(&self) -> Value {
        let book = &self.logs[&address("cash_book", "bank").to_string()];
        let accounts: Vec<&Log> = self.logs.values().filter(|log| matches!(log, Log::Account(_))).collect();
        serde_json::from_slice(&wire::match_receipts(&self.rulebook, book, &accounts, b"{}").unwrap())
            .unwrap()
    }
}

pub fn cents(amount: &Value) -> i64 {
    amount.as_str().unwrap().replace('.', "").parse().unwrap()
}

pub fn address(kind: &str, id: &str) -> Value {
    json!({ "id": id, "kind": kind, "seller": "northwind" })
}

pub fn command(kind: &str, log: &str, id: &str, date: &str, actor: (&str, &str), action: Value) -> Value {
    let rejects = action["verdict"] == "reject";
    let mut command = json!({
        "action": action,
        "id": id,
        "log": address(kind, log),
        "salt": "00112233445566778899aabbccddeeff",
        "schema": "duebill/command/1",
        "stamp": {
            "actor": actor.0, "role": actor.1, "at": format!("{date}T12:00:00Z"), "effective": date,
        },
    });
    if rejects {
        command["stamp"]["reason"] = json!("not as agreed");
    }
    command
}

/// The ready command of an account that asks the series of invoices for a number.
pub fn number_asked(account: &str, invoice: &str, date: &str) -> Value {
    let ask = json!({ "kind": "assign", "account": account, "invoice": invoice, "date": date });
    let id = format!("ready:assign:{account}:{date}:{invoice}");
    command("series", "invoices", &id, date, ("duebill", "system"), ask)
}

const CLERK: (&str, &str) = ("clara", "billing");
const BOSS: (&str, &str) = ("boris", "manager");

fn time(id: &str, ticket: &str, start: &str, end: &str) -> Value {
    json!({
        "id": id, "ticket": ticket, "agent": "anna", "note": format!("worked on {ticket}"),
        "work": { "kind": "time", "start": start, "end": end },
    })
}

/// Captures, bills and issues January for Acme and Globex.
pub fn january(host: &mut Host) {
    host.deliver(command(
        "account",
        "acme",
        "sell-1",
        "2026-01-02",
        CLERK,
        json!({
            "kind": "sell_block", "agreement": "acme-block", "customer": "acme", "sale": "S-1",
        }),
    ))
    .unwrap();
    host.deliver(command("account", "acme", "capture-1", "2026-01-31", CLERK, json!({
        "kind": "capture",
        "tickets": [
            { "id": "T-1", "customer": "acme", "closed": "2026-01-20T10:00:00Z", "subject": "Printer on fire" },
            { "id": "T-2", "customer": "acme-berlin", "closed": "2026-01-21T10:00:00Z" },
            { "id": "T-3", "customer": "acme" },
        ],
        "entries": [
            time("E-1", "T-1", "2026-01-12T09:00:00Z", "2026-01-12T10:10:00Z"),
            time("E-2", "T-1", "2026-01-12T16:30:00Z", "2026-01-12T18:00:00Z"),
            time("E-3", "T-2", "2026-01-13T09:00:00Z", "2026-01-13T09:00:00Z"),
            time("E-4", "T-3", "2026-01-13T09:00:00Z", "2026-01-13T09:40:00Z"),
            { "id": "P-1", "ticket": "T-2", "work": {
                "kind": "part", "sku": "SSD-1", "description": "SSD 1 TB", "quantity": "2", "unit_price": "79.90",
                "date": "2026-01-13" } },
        ],
    }))).unwrap();
    host.deliver(command(
        "account",
        "globex",
        "capture-1",
        "2026-01-31",
        CLERK,
        json!({
            "kind": "capture",
            "tickets": [{ "id": "G-1", "customer": "globex", "closed": "2026-01-20T10:00:00Z" }],
            "entries": [
                time("GE-1", "G-1", "2026-01-12T09:00:00Z", "2026-01-12T09:05:00Z"),
                time("GE-2", "G-1", "2026-01-13T09:00:00Z", "2026-01-13T09:05:00Z"),
            ],
        }),
    ))
    .unwrap();
    for account in ["acme", "globex"] {
        host.deliver(command(
            "account",
            account,
            "bill-2026-01",
            "2026-01-31",
            CLERK,
            json!({
                "kind": "bill", "run": "monthly", "period": { "from": "2026-01-01", "to": "2026-01-31" },
            }),
        ))
        .unwrap();
    }
}

pub fn approve(host: &mut Host, account: &str) {
    let view = host.report("account", account, json!({ "kind": "account", "as_of": "2026-01-31" }));
    for approval in view["approvals"].as_array().unwrap().iter().filter(|approval| approval["open"] == true) {
        let id = format!("approve-{}", approval["subject"].as_str().unwrap());
        host.deliver(command(
            "account",
            account,
            &id,
            "2026-02-01",
            BOSS,
            json!({
                "kind": "decide_approval", "subject": approval["subject"], "digest": approval["digest"],
                "verdict": "approve",
            }),
        ))
        .unwrap();
    }
}

#[test]
fn work_becomes_cash() {
    let mut host = Host::new();
    january(&mut host);
    let acme = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-01-31" }));
    // Two hours prepaid cover 1:15 of E-1, half an hour of E-2 before 18:00 in Berlin and a quarter
    // after; the other 45 minutes cost 100 x 1.5 an hour: 112.50; the block 180.00; SSDs 159.80.
    let invoice = &acme["invoices"][0];
    assert_eq!(invoice["net"], "452.30");
    assert_eq!(invoice["tax"], "85.94");
    assert_eq!(invoice["gross"], "538.24");
    assert_eq!(invoice["label"]["label"], "awaiting_approval");
    assert_eq!(acme["blocks"][0]["left"], 0);
    assert_eq!(acme["unbilled"][0]["entry"], "E-4");
    let codes: Vec<_> =
        acme["findings"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    assert_eq!(codes, ["entry-zero-length", "approval-needed"]);

    approve(&mut host, "acme");
    let acme = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-02-01" }));
    assert_eq!(acme["invoices"][0]["number"], "INV-2026-0002");
    // Globex rounds per ticket: five minutes twice are one half hour at its own 110.
    let globex = host.report("account", "globex", json!({ "kind": "account", "as_of": "2026-02-01" }));
    assert_eq!(globex["invoices"][0]["net"], "55.00");
    assert_eq!(globex["invoices"][0]["number"], "INV-2026-0001");

    pay(&mut host);
    let aging = host.aging("2026-03-10");
    // Acme owes nothing and nothing of its money waits: there is no section in euros.
    assert_eq!(aging["sections"].as_array().unwrap().len(), 1, "{aging:#}");
    assert_eq!(aging["sections"][0]["totals"]["open"], "35.45");
    assert_eq!(aging["sections"][0]["totals"]["buckets"], json!(["0.00", "35.45", "0.00", "0.00", "0.00"]));
    assert!(host.declined.is_empty(), "{:?}", host.declined);
}

/// Acme pays in full by reference and too much; Globex pays less than is open.
pub fn pay(host: &mut Host) {
    let receive = |id: &str, amount: &str, currency: &str, receipts: Value| {
        command(
            "cash_book",
            "bank",
            id,
            "2026-02-20",
            CLERK,
            json!({
                "kind": "receive",
                "entry": { "id": id, "amount": amount, "currency": currency, "value_date": "2026-02-20",
                    "receipts": receipts },
            }),
        )
    };
    host.deliver(receive("TX-1", "538.24", "EUR", json!([
        { "id": "TX-1", "amount": "538.24", "payer_account": "DE02120300000000202051", "text": "inv-2026-0002" },
    ]))).unwrap();
    host.deliver(receive(
        "TX-2",
        "30.00",
        "USD",
        json!([
            { "id": "TX-2", "amount": "30.00", "payer_name": "GLOBEX INC", "text": "INV-2026-0001 part" },
        ]),
    ))
    .unwrap();
    let plans = host.matches();
    host.deliver(command(
        "cash_book",
        "bank",
        "match-1",
        "2026-02-20",
        CLERK,
        json!({
            "kind": "match", "plans": plans["plans"],
        }),
    ))
    .unwrap();
}

#[test]
fn two_bank_accounts_may_use_the_same_ids() {
    let mut host = Host::new();
    host.deliver(command("account", "acme", "opening", "2026-01-01", CLERK, json!({
        "kind": "import_opening", "cutover": "2026-01-01",
        "items": [{ "id": "OLD-7", "number": "2025-0007", "customer": "acme", "currency": "EUR", "issued": "2025-12-01",
            "due": "2025-12-31", "open": "90.00", "total": "90.00" }],
    }))).unwrap();
    for book in ["bank", "till"] {
        host.deliver(command("cash_book", book, "in", "2026-01-05", CLERK, json!({
            "kind": "receive", "entry": { "id": "1", "amount": "30.00", "currency": "EUR", "value_date": "2026-01-05",
                "receipts": [{ "id": "1", "amount": "30.00", "customer": "acme" }] },
        }))).unwrap();
        host.deliver(command(
            "cash_book",
            book,
            "out",
            "2026-01-05",
            CLERK,
            json!({
                "kind": "reserve", "account": "acme", "receipt": "1",
                "allocations": [{ "item": "OLD-7", "cash": "30.00", "currency": "EUR" }],
            }),
        ))
        .unwrap();
    }
    assert!(host.declined.is_empty(), "{:?}", host.declined);
    let acme = host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-01-05" }));
    assert_eq!(acme["opening_items"][0]["open"], "30.00");
}

#[test]
fn ready_commands_of_a_series_are_told_apart_by_account() {
    let mut host = Host::new();
    january(&mut host);
    approve(&mut host, "acme");
    let series = &host.stored[&address("series", "invoices").to_string()];
    let ids: Vec<_> = series.iter().map(|stored| stored["rows"][1]["key"].as_str().unwrap()).collect();
    assert_eq!(ids, ["ready:issue:globex:monthly:2026-01-31:USD", "ready:issue:acme:monthly:2026-01-31:EUR"]);
}

#[test]
fn a_proposal_says_whose_item_could_be_meant() {
    let mut host = Host::new();
    january(&mut host);
    approve(&mut host, "acme");
    host.deliver(command("cash_book", "bank", "in", "2026-02-20", CLERK, json!({
        "kind": "receive", "entry": { "id": "TX-1", "amount": "55.00", "currency": "EUR", "value_date": "2026-02-20",
            "receipts": [{ "id": "TX-1", "amount": "55.00", "customer": "acme", "text": "INV-2026-0001" }] },
    }))).unwrap();
    let plan = &host.matches()["plans"][0];
    assert_eq!(plan["decision"], "propose");
    let globex = json!({ "account": "globex", "item": "monthly:2026-01-31:USD", "number": "INV-2026-0001" });
    assert_eq!(plan["candidates"], json!([globex]));
}
