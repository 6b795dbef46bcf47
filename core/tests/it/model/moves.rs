//! Two payers and a customer that goes from one to the other and back, with work, hours, fees and an
//! estimate of its own: whatever is billed, voided, credited and released on the way, and however late the
//! other side learns of it, everything stands once, and nothing is lost.

use std::collections::{BTreeMap, BTreeSet};

use duebill::wire;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::shares::{self, Shares};
use crate::assembly::deliver;
use crate::month::{Host, address};

const PAYERS: [&str; 2] = ["acme", "globex"];
/// Accounts that a release names by mistake; they send the customer on.
const WRONG: [&str; 3] = ["initech", "hooli", "umbrella"];
const DAYS: [&str; 3] = ["2026-01-31", "2026-02-28", "2026-03-31"];

#[derive(Debug, Clone)]
enum Wish {
    Capture {
        entry: u8,
        at: usize,
    },
    Sell {
        sale: u8,
        at: usize,
    },
    Bill {
        at: usize,
        to: usize,
    },
    Void {
        at: usize,
        invoice: usize,
    },
    Credit {
        at: usize,
        invoice: usize,
        rebill: bool,
    },
    Skip {
        at: usize,
        month: usize,
    },
    Restore {
        at: usize,
        month: usize,
    },
    /// A release, and how many wrong accounts it names before the right one.
    Release {
        at: usize,
        wrong: usize,
    },
    Admit,
}

fn wish() -> impl Strategy<Value = Wish> {
    let at = || 0..2_usize;
    prop_oneof![
        4 => (0..8_u8, at()).prop_map(|(entry, at)| Wish::Capture { entry, at }),
        1 => (0..2_u8, at()).prop_map(|(sale, at)| Wish::Sell { sale, at }),
        4 => (at(), 0..3_usize).prop_map(|(at, to)| Wish::Bill { at, to }),
        3 => (at(), 0..4_usize).prop_map(|(at, invoice)| Wish::Void { at, invoice }),
        3 => (at(), 0..4_usize, any::<bool>())
            .prop_map(|(at, invoice, rebill)| Wish::Credit { at, invoice, rebill }),
        1 => (at(), 0..3_usize).prop_map(|(at, month)| Wish::Skip { at, month }),
        1 => (at(), 0..3_usize).prop_map(|(at, month)| Wish::Restore { at, month }),
        4 => (at(), prop_oneof![2 => Just(0_usize), 1 => 1..4_usize])
            .prop_map(|(at, wrong)| Wish::Release { at, wrong }),
        5 => Just(Wish::Admit),
    ]
}

/// The golden rulebook with Berlin under one payer or the other.
fn rulebook(parent: &str) -> duebill::rulebook::Rulebook {
    let mut book: Value = serde_json::from_slice(include_bytes!("../../../golden/rulebook.json")).unwrap();
    book["policy"]["approvals"] = json!([]);
    book["terms"][0]["agreements"] = json!([]);
    book["terms"][1]["parent"] = json!(parent);
    let fee =
        json!({ "id": "care", "anchor": "2026-01-01", "code": "prepaid", "price": "50.00", "catch_up": 12 });
    book["terms"][1]["agreements"] = json!([{ "id": "block", "kind": "prepaid_hours", "hours": "2", "price": "180.00",
        "code": "prepaid", "fees": [fee] }]);
    book["terms"][2]["currency"] = json!("EUR");
    book["terms"][2]["rounding"] = json!("quarter");
    book["terms"][2]["rates"] = json!([]);
    wire::compile(book.to_string().as_bytes()).unwrap()
}

/// Where something of Berlin is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// Billable at a payer.
    Free(usize),
    /// On a document of a payer.
    On(usize, String),
    /// In a release that nobody admitted yet.
    UnderWay,
}

/// Where a month of the fee is that is not simply due.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Month {
    On(usize, String),
    Skipped,
    /// Its document gave it back at a payer where the customer is not.
    Freed(usize),
    /// The release that says so is on its way.
    Told(usize, usize),
}

struct Moves {
    host: Host,
    shares: Shares,
    count: usize,
    home: Option<usize>,
    /// From whom, when, the command, and what of work and sales it tells.
    on_the_way: Vec<(usize, usize, Value, BTreeSet<String>)>,
    entries: BTreeMap<String, Place>,
    sales: BTreeMap<String, Place>,
    months: BTreeMap<usize, Month>,
    credited: BTreeSet<String>,
    void: BTreeSet<String>,
    /// Work and sales that a payer has heard of.
    known: [BTreeSet<String>; 2],
    invoices: [Vec<String>; 2],
    been: [bool; 2],
}

impl Moves {
    fn new() -> Self {
        let mut moves = Self {
            host: Host::new(),
            shares: Shares::default(),
            count: 0,
            home: Some(0),
            on_the_way: Vec::new(),
            entries: BTreeMap::new(),
            sales: BTreeMap::new(),
            months: BTreeMap::new(),
            credited: BTreeSet::new(),
            void: BTreeSet::new(),
            known: [BTreeSet::new(), BTreeSet::new()],
            invoices: [Vec::new(), Vec::new()],
            been: [true, false],
        };
        moves.host.rulebook = rulebook(PAYERS[0]);
        for at in 0..2 {
            moves
                .send(at, json!({ "kind": "reach_milestone", "milestone": "start", "project": "none" }))
                .unwrap();
        }
        let tickets = json!([{ "id": "T", "customer": "acme-berlin", "closed": "2026-01-20T10:00:00Z" }]);
        moves.send(0, json!({ "kind": "capture", "tickets": tickets })).unwrap();
        let scope = json!({ "tickets": ["T"] });
        moves
            .send(
                0,
                json!({ "kind": "propose_estimate", "estimate": "EST", "cap": "10000.00", "currency": "EUR",
            "expires": "2026-12-31", "scope": scope }),
            )
            .unwrap();
        let why =
            moves.host.report("account", "acme", json!({ "kind": "explain_approval", "subject": "EST" }));
        let yes = json!({ "kind": "decide_approval", "subject": "EST", "digest": why["digest"], "verdict": "approve" });
        let mut yes =
            crate::month::command("account", "acme", "yes", "2026-03-31", ("carol", "customer"), yes);
        yes["stamp"]["at"] = json!("2026-03-31T13:00:00Z");
        moves.host.deliver(yes).unwrap();
        moves
    }

    fn send(&mut self, at: usize, action: Value) -> Result<(), &'static str> {
        self.count += 1;
        let (id, kind) = (format!("c{}", self.count), action["kind"].as_str().unwrap().to_owned());
        let said = deliver(&mut self.host, PAYERS[at], &id, "2026-03-31", action);
        let said = said.map_err(|refusal| refusal.code().name);
        self.shares.count(&kind, said.err());
        said
    }

    fn view(&self, at: usize) -> Value {
        self.host.report("account", PAYERS[at], json!({ "kind": "account", "as_of": "2026-12-31" }))
    }

    fn grant(&mut self, wish: &Wish) {
        match *wish {
            Wish::Capture { entry, at } => {
                let id = format!("E{entry}");
                let time = json!({ "kind": "time", "start": format!("2026-01-12T{:02}:00:00Z", 8 + entry),
                    "end": format!("2026-01-12T{:02}:00:00Z", 9 + entry) });
                let what = json!({ "id": id, "ticket": "T", "work": time });
                let said = self.send(at, json!({ "kind": "capture", "entries": [what] }));
                // Late work goes to where the customer is; what is known is taken in nowhere again.
                let is_known = self.known[at].contains(&id);
                let expected = match (self.been[at], is_known, self.home == Some(at)) {
                    (false, ..) => Err("ticket-unknown"),
                    (true, false, false) => Err("customer-left"),
                    _ => Ok(()),
                };
                assert_eq!(said, expected, "{id} at {at}");
                if said.is_ok() && !is_known {
                    self.known[at].insert(id.clone());
                    self.entries.insert(id, Place::Free(at));
                }
            }
            Wish::Sell { sale, at } => {
                let id = format!("S{sale}");
                let action = json!({ "kind": "sell_block", "agreement": "block", "customer": "acme-berlin", "sale": id });
                let said = self.send(at, action);
                let is_known = self.known[at].contains(&id);
                assert_eq!(
                    said,
                    self.is_here(at).and(if is_known { Err("sale-twice") } else { Ok(()) }),
                    "{id} at {at}"
                );
                if said.is_ok() {
                    self.known[at].insert(id.clone());
                    self.sales.insert(id, Place::Free(at));
                }
            }
            Wish::Bill { at, to } => self.bill(at, to),
            Wish::Void { at, invoice } => {
                let Some(id) = self.some_invoice(at, invoice) else { return };
                let said = self.send(at, json!({ "kind": "void", "invoice": id, "reason": "x" }));
                let expected = match (self.void.contains(&id), self.credited.contains(&id)) {
                    (true, _) => Err("invoice-state"),
                    (false, true) => Err("invoice-credited"),
                    (false, false) => Ok(()),
                };
                assert_eq!(said, expected, "{id}");
                if said.is_ok() {
                    self.void.insert(id.clone());
                    self.free(at, &id);
                }
            }
            Wish::Credit { at, invoice, rebill } => {
                let Some(id) = self.some_invoice(at, invoice) else { return };
                let note = format!("C{}", self.count);
                let effect = if rebill { "rebill" } else { "forgive" };
                let said = self.send(
                    at,
                    json!({ "kind": "credit", "id": note, "invoice": id, "effect": effect,
                    "keeps_hours": true, "reason": "x", "scope": { "kind": "whole" } }),
                );
                let expected = match (self.void.contains(&id), self.credited.contains(&id)) {
                    (true, _) => Err("invoice-state"),
                    (false, true) => Err("credit-nothing"),
                    (false, false) => Ok(()),
                };
                assert_eq!(said, expected, "{id}");
                if said.is_ok() {
                    self.credited.insert(id.clone());
                    if rebill {
                        self.free(at, &id);
                    }
                }
            }
            Wish::Skip { at, month } => {
                let action = json!({ "kind": "skip_fee", "agreement": "block", "customer": "acme-berlin",
                    "fee": "care", "period": format!("2026-{:02}-01", month + 1) });
                let said = self.send(at, action);
                let free = if self.months.contains_key(&month) { Err("fee-period") } else { Ok(()) };
                assert_eq!(said, self.is_here(at).and(free), "{month} at {at}");
                if said.is_ok() {
                    self.months.insert(month, Month::Skipped);
                }
            }
            Wish::Restore { at, month } => {
                let skipped = self.months.iter().filter(|(_, place)| **place == Month::Skipped);
                let month = skipped.map(|(month, _)| *month).next().unwrap_or(month);
                let action = json!({ "kind": "restore_fee", "agreement": "block", "fee": "care",
                    "from": format!("2026-{:02}-01", month + 1) });
                let said = self.send(at, action);
                let skipped = self.home == Some(at) && self.months.get(&month) == Some(&Month::Skipped);
                assert_eq!(said, if skipped { Ok(()) } else { Err("fee-days") }, "{month} at {at}");
                if skipped {
                    self.months.remove(&month);
                }
            }
            Wish::Release { at, wrong } => self.release(at, wrong),
            Wish::Admit => self.admit(),
        }
    }

    /// An invoice of a payer, of its last ones.
    fn some_invoice(&self, at: usize, place: usize) -> Option<String> {
        let all = &self.invoices[at];
        all.get(all.len().checked_sub(1 + place % all.len().max(1))?).cloned()
    }

    fn bill(&mut self, at: usize, to: usize) {
        let run = format!("r{}", self.count);
        let settled = self.on_the_way.is_empty() && self.owing().is_empty();
        let left = (settled && self.home == Some(at)).then(|| self.left(at));
        let period = json!({ "from": "2026-01-01", "to": DAYS[to] });
        let said = self.send(at, json!({ "kind": "bill", "run": run, "period": period }));
        let here = self.home == Some(at);
        let free = |places: &BTreeMap<String, Place>| -> BTreeSet<String> {
            let free = places.iter().filter(|(_, place)| **place == Place::Free(at) && here);
            free.map(|(id, _)| id.clone()).collect()
        };
        let entries = free(&self.entries);
        // A sale is billed from its day on.
        let sales = if to == 2 { free(&self.sales) } else { BTreeSet::new() };
        let months: BTreeSet<usize> =
            (0..=to).filter(|month| here && !self.months.contains_key(month)).collect();
        if entries.is_empty() && sales.is_empty() && months.is_empty() {
            assert_eq!(said, Err("nothing-to-bill"));
            return;
        }
        assert_eq!(said, Ok(()));
        let id = format!("{run}:{}:EUR", DAYS[to]);
        let on = charges(&self.view(at), &id);
        let expected = entries.iter().chain(&sales).cloned();
        let expected: BTreeSet<String> = expected
            .chain(months.iter().map(|month| format!("fee:block:care:2026-{:02}-01", month + 1)))
            .collect();
        assert_eq!(on, expected, "{id}");
        self.check_amounts(at, &id, (entries.len(), sales.len(), months.len()), left);
        for entry in entries {
            self.entries.insert(entry, Place::On(at, id.clone()));
        }
        for sale in sales {
            self.sales.insert(sale, Place::On(at, id.clone()));
        }
        for month in months {
            self.months.insert(month, Month::On(at, id.clone()));
        }
        self.invoices[at].push(id);
    }

    /// Nothing new of the customer belongs to a payer that it left, or to one where it never was.
    fn is_here(&self, at: usize) -> Result<(), &'static str> {
        match (self.home == Some(at), self.been[at]) {
            (true, _) => Ok(()),
            (false, true) => Err("customer-left"),
            (false, false) => Err("customer-outside"),
        }
    }

    /// An hour costs 100.00 but for those the block covers: as many as are left where all is heard of.
    fn check_amounts(
        &self,
        at: usize,
        id: &str,
        (hours, sales, months): (usize, usize, usize),
        left: Option<i64>,
    ) {
        let view = self.view(at);
        let invoice = view["invoices"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
        let covered = covered(invoice);
        let worked = 3_600 * hours as i64;
        if let Some(left) = left {
            assert_eq!(covered, worked.min(left), "covered on {id}");
        }
        let net = (worked - covered) * 10_000 / 3_600 + 18_000 * sales as i64 + 5_000 * months as i64;
        let open = if invoice["state"] == "issued" { net + (net * 19 + 50) / 100 } else { 0 };
        let shown = ["net", "gross", "open"].map(|field| cents(&invoice[field]));
        assert_eq!(shown, [net, net + (net * 19 + 50) / 100, open], "{id}");
    }

    /// Everything on a document is billable again, at the payer of the document.
    fn free(&mut self, at: usize, id: &str) {
        for place in self.entries.values_mut().chain(self.sales.values_mut()) {
            if *place == Place::On(at, id.to_owned()) {
                *place = Place::Free(at);
            }
        }
        for month in self.months.values_mut().filter(|month| **month == Month::On(at, id.to_owned())) {
            *month = Month::Freed(at);
        }
        self.due_at_home();
    }

    /// What a payer gave back is due where the customer is, as soon as that is the same payer.
    fn due_at_home(&mut self) {
        let home = self.home;
        self.months
            .retain(|_, month| !matches!(month, Month::Freed(at) | Month::Told(at, _) if Some(*at) == home));
    }

    fn release(&mut self, at: usize, wrong: usize) {
        let before = self.control();
        let wrong = &WRONG[..wrong];
        let way: Vec<&str> = wrong.iter().copied().chain([PAYERS[1 - at]]).collect();
        let (to, transfer) = (way[0], format!("M{}", self.count));
        let said = self.send(
            at,
            json!({ "kind": "release_customer", "customer": "acme-berlin", "to": to,
            "transfer": transfer }),
        );
        if !self.been[at] {
            assert_eq!(said, Err("customer-outside"));
            return;
        }
        assert_eq!(said, Ok(()), "a customer can always go on, and what came up since follows it");
        for place in self.entries.values_mut().chain(self.sales.values_mut()) {
            if *place == Place::Free(at) {
                *place = Place::UnderWay;
            }
        }
        for month in self.months.values_mut().filter(|month| **month == Month::Freed(at)) {
            *month = Month::Told(at, self.count);
        }
        let (told, mut action) = (self.count, self.admission(PAYERS[at]));
        for (here, to) in wrong.iter().zip(&way[1..]) {
            action["send_on"] = json!({ "to": to, "transfer": format!("M{}", self.count) });
            self.count += 1;
            deliver(&mut self.host, here, &format!("c{}", self.count), "2026-03-31", action).unwrap();
            assert_eq!(self.control(), before, "at {here}");
            action = self.admission(here);
        }
        self.on_the_way.push((at, told, action, self.known[at].clone()));
        if self.home == Some(at) {
            self.home = None;
        }
        assert_eq!(self.control(), before);
    }

    /// The command that admits what an account released last.
    fn admission(&self, from: &str) -> Value {
        let stored = self.host.stored[&address("account", from).to_string()].last().unwrap();
        json!({ "kind": "admit_customer", "hash": stored["hash"], "release": stored["record"] })
    }

    /// The oldest of what is on its way arrives.
    fn admit(&mut self) {
        if self.on_the_way.is_empty() {
            return;
        }
        let before = self.control();
        let (from, told, action, heard) = self.on_the_way.remove(0);
        self.known[1 - from].extend(heard);
        let events = action["release"]["events"].as_array().unwrap();
        let released = events.iter().find(|event| event["kind"] == "customer_released").unwrap();
        let follows = released["follows"] == true;
        if !follows {
            self.host.rulebook = rulebook(PAYERS[1 - from]);
            self.been[1 - from] = true;
        }
        self.send(1 - from, action.clone()).unwrap();
        let said = self.send(1 - from, action.clone());
        assert_eq!(said, Err("transfer-twice"));
        let belongings = &released["belongings"];
        let ids = |list: &str, field: &str| -> Vec<String> {
            let all = belongings[list].as_array().into_iter().flatten();
            all.map(|one| one[field].as_str().unwrap().to_owned()).collect()
        };
        for entry in ids("entries", "id") {
            self.entries.insert(entry, Place::Free(1 - from));
        }
        for sale in ids("sales", "sale") {
            self.sales.insert(sale, Place::Free(1 - from));
        }
        self.months.retain(|_, month| *month != Month::Told(from, told));
        if !follows {
            self.home = Some(1 - from);
        }
        self.due_at_home();
        assert_eq!(self.control(), before);
    }

    fn control(&self) -> Vec<Value> {
        let total = |day| {
            let aging = self.host.aging(day);
            json!(
                aging["sections"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|one| one["control_total"].clone())
                    .collect::<Vec<_>>()
            )
        };
        ["2026-03-30", "2026-03-31", "2026-04-30"].map(total).to_vec()
    }

    /// Everything stands once over both payers, and hours and estimate add up.
    fn compare(&self) {
        let (mut hours, mut drawn) = (0, 0);
        let mut standing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (at, payer) in PAYERS.iter().enumerate() {
            let view = self.view(at);
            let rebilled = |invoice: &str| {
                let live = view["credits"].as_array().unwrap().iter();
                live.clone().any(|one| one["invoice"] == invoice && one["effect"] == "rebill")
            };
            for invoice in view["invoices"].as_array().unwrap() {
                let id = invoice["id"].as_str().unwrap();
                if invoice["state"] == "void" || rebilled(id) {
                    continue;
                }
                for entry in charges(&view, id) {
                    standing.entry(entry).or_default().push(id.to_owned());
                }
                hours += covered(invoice);
                let draws = invoice["draws"].as_array().unwrap().iter();
                drawn += draws.map(|draw| cents(&draw["amount"])).sum::<i64>();
            }
            let unbilled: BTreeSet<String> = view["unbilled"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["entry"].as_str().unwrap().to_owned())
                .collect();
            let expected = self.entries.iter().filter(|(_, place)| **place == Place::Free(at));
            assert_eq!(unbilled, expected.map(|(id, _)| id.clone()).collect(), "unbilled at {payer}");
        }
        assert!(standing.values().all(|invoices| invoices.len() == 1), "{standing:?}");
        for (id, place) in self.entries.iter().chain(&self.sales) {
            if let Place::On(_, on) = place {
                assert_eq!(standing.get(id), Some(&vec![on.clone()]), "{id}");
            } else {
                assert_eq!(standing.get(id), None, "{id}");
            }
        }
        // All is at home and heard of: then every hour and cent is accounted for.
        let settled = self.on_the_way.is_empty() && self.owing().is_empty();
        if let (Some(home), true) = (self.home, settled) {
            let view = self.view(home);
            let sold = 7_200 * self.sales.len() as i64;
            assert_eq!(self.left(home), sold - hours, "hours");
            let estimates = view["estimates"].as_array().unwrap();
            assert_eq!(cents(&estimates[0]["left"]), 1_000_000 - drawn, "estimate");
        }
    }

    /// Seconds that a payer knows of the block.
    fn left(&self, at: usize) -> i64 {
        let view = self.view(at);
        view["blocks"].as_array().unwrap().iter().map(|one| one["left"].as_i64().unwrap()).sum()
    }

    /// Payers that freed something of a customer that is no longer theirs, or heard of it.
    fn owing(&self) -> Vec<usize> {
        let mut owing = Vec::new();
        for at in (0..2).filter(|at| Some(*at) != self.home) {
            let stored = &self.host.stored[&address("account", PAYERS[at]).to_string()];
            let since = stored
                .iter()
                .rev()
                .take_while(|one| one["record"]["events"][0]["kind"] != "customer_released");
            let kinds = since.flat_map(|one| one["record"]["events"].as_array().unwrap());
            // What followed a customer that had gone on waits here as well.
            let freeing = ["voided", "credit_issued", "customer_admitted"];
            if kinds.filter(|event| freeing.contains(&event["kind"].as_str().unwrap())).count() > 0 {
                owing.push(at);
            }
        }
        owing
    }
}

/// Ids of what stands on an invoice.
fn charges(view: &Value, id: &str) -> BTreeSet<String> {
    let invoices = view["invoices"].as_array().unwrap();
    let invoice = invoices.iter().find(|one| one["id"] == id).unwrap();
    let lines = invoice["lines"].as_array().unwrap().iter();
    let charges = lines.flat_map(|line| line["charges"].as_array().unwrap());
    charges.map(|charge| charge["entry"].as_str().unwrap().to_owned()).collect()
}

/// Seconds that an invoice draws of the block.
fn covered(invoice: &Value) -> i64 {
    let lines = invoice["lines"].as_array().unwrap().iter();
    let charges = lines.flat_map(|line| line["charges"].as_array().unwrap());
    let covered = charges.filter(|charge| !charge["coverage"].is_null());
    covered.map(|one| one["quantity"].as_str().unwrap().parse::<i64>().unwrap()).sum()
}

fn cents(shown: &Value) -> i64 {
    shown.as_str().unwrap().replace('.', "").parse().unwrap()
}

/// What is asked of a payer.
const KINDS: [&str; 9] = [
    "admit_customer",
    "bill",
    "capture",
    "credit",
    "release_customer",
    "restore_fee",
    "sell_block",
    "skip_fee",
    "void",
];

#[test]
fn a_customer_that_moves_is_billed_once() {
    let all = Shares::default();
    shares::run(48, &prop::collection::vec(wish(), 1..50), |wishes| {
        let mut moves = Moves::new();
        for wish in &wishes {
            moves.grant(wish);
            moves.compare();
        }
        // In the end all is told, and all that is free is billed where the customer is.
        while !moves.on_the_way.is_empty() {
            moves.admit();
        }
        if let Some(home) = moves.home {
            moves.release(1 - home, 0);
            moves.admit();
            moves.compare();
            moves.bill(home, 2);
            moves.compare();
            let all = moves.entries.values().chain(moves.sales.values());
            assert!(all.into_iter().all(|place| matches!(place, Place::On(..))));
            assert_eq!(moves.months.len(), 3);
        }
        all.absorb(&moves.shares);
    });
    all.check(&KINDS);
}

/// Whoever passed a customer on says again what others said: a payer that heard these before believes the news.
#[test]
fn what_is_handed_on_is_news() {
    let there = |wrong| [Wish::Release { at: 0, wrong }, Wish::Admit];
    let back = [Wish::Release { at: 1, wrong: 0 }, Wish::Admit];
    let mut wishes = Vec::from(there(0));
    wishes.extend(back);
    wishes.extend([Wish::Capture { entry: 0, at: 0 }, Wish::Bill { at: 0, to: 1 }]);
    wishes.extend(there(2));
    wishes.extend([
        Wish::Capture { entry: 0, at: 1 },
        Wish::Bill { at: 1, to: 1 },
        Wish::Bill { at: 1, to: 2 },
    ]);
    let mut moves = Moves::new();
    for wish in &wishes {
        moves.grant(wish);
        moves.compare();
    }
}

/// What was sold to a customer that left, and is free since, is not billed where it was sold.
#[test]
fn a_sale_that_is_free_after_its_customer_left_follows_it() {
    let mut moves = Moves::new();
    for wish in [
        Wish::Sell { sale: 0, at: 0 },
        Wish::Bill { at: 0, to: 2 },
        Wish::Release { at: 0, wrong: 0 },
        Wish::Void { at: 0, invoice: 0 },
        Wish::Bill { at: 0, to: 2 },
        Wish::Admit,
        Wish::Release { at: 0, wrong: 0 },
        Wish::Admit,
        Wish::Bill { at: 1, to: 2 },
    ] {
        moves.grant(&wish);
        moves.compare();
    }
    assert!(matches!(moves.sales.values().next(), Some(Place::On(1, _))), "{:?}", moves.sales);
}
