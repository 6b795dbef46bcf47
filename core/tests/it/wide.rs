//! Thousands of random commands over everything an account can bill: time and parts of several rates and two
//! currencies, fees, blocks, plans of every kind, agreed amounts, estimates, down payments, discounts. What the
//! core decides is not foretold here; what must hold of whatever it decided is counted again from the records.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use duebill::account::Account;
use duebill::calendar::Date;
use duebill::invoice::{DocumentState, Draft, Line};
use duebill::ledger::ItemKind;
use duebill::money::Minor;
use duebill::rating::{Charge, ChargeSource};
use duebill::wire::{self, Log};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::month::{Host, address, command};

const CLERK: (&str, &str) = ("clara", "billing");
const BOSS: (&str, &str) = ("boris", "manager");
const DAYS: [&str; 6] = ["2026-01-20", "2026-01-31", "2026-02-10", "2026-02-28", "2026-03-15", "2026-03-31"];

/// What is asked, and numbers that choose among what there is.
type Step = (u8, u8, u8, u8);

const KINDS: [&str; 18] = [
    "capture",
    "capture_parts",
    "close_ticket",
    "sell_block",
    "bill",
    "commit_plan",
    "skip_fee",
    "restore_fee",
    "reach_milestone",
    "propose_estimate",
    "withdraw_estimate",
    "request_deposit",
    "decide",
    "void",
    "credit",
    "pay",
    "unapply",
    "write_off",
];

/// How often each is wished for, beside the others.
const WEIGHTS: [u8; 18] = [6, 3, 4, 1, 2, 6, 1, 2, 2, 2, 1, 3, 6, 2, 3, 8, 2, 4];

fn kind() -> impl Strategy<Value = u8> {
    let bag: Vec<u8> = (0_u8..).zip(WEIGHTS).flat_map(|(kind, weight)| vec![kind; weight.into()]).collect();
    prop::sample::select(bag)
}

fn rulebook(policy: u8) -> Value {
    let plans = [
        json!([{ "id": "monthly", "when": { "kind": "schedule", "anchor": "2026-01-31" } }]),
        json!([{ "id": "each", "when": { "kind": "ticket" } }, { "id": "stones", "when": { "kind": "milestone" }, "work": "work_done" },
            { "id": "monthly", "when": { "kind": "schedule", "anchor": "2026-01-31", "zone": "Asia/Tokyo" } }]),
        json!([{ "id": "much", "when": { "kind": "balance", "above": "200" } }, { "id": "stones", "when": { "kind": "milestone" } }]),
    ];
    let discount = ["included", "excluded", "mixed"][usize::from(policy % 3)];
    let terms = |customer: &str, currency: &str, parent: Option<&str>| {
        let mut terms = json!({ "customer": customer, "name": customer, "currency": currency, "calendar": "c", "rounding": "r",
            "payment_terms": "t", "agreements": [{ "id": format!("g-{customer}"), "kind": "time_and_materials",
                "fees": [{ "id": "care", "anchor": "2026-01-31", "code": "care", "price": "30.00" },
                    { "id": "seats", "anchor": "2026-01-15", "code": "care", "price": "7.00", "quantity": "3", "proration": "days" }] }] });
        if let Some(parent) = parent {
            terms["parent"] = json!(parent);
        } else {
            terms["agreements"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "id": "block", "kind": "prepaid_hours", "hours": "2",
                "price": "180.00", "code": "down" }));
        }
        terms
    };
    json!({ "schema": "duebill/rulebook/1",
        "terms": [terms("acme", "EUR", None), terms("usa", "USD", Some("acme"))],
        "policy": {
            "seller": { "id": "northwind", "name": "N" },
            "calendars": [{ "id": "c", "zone": "Europe/Berlin", "otherwise": "day" }],
            "rounding": [{ "id": "r", "increment_seconds": 900, "mode": "up", "scope": if policy == 1 { "ticket" } else { "entry" } }],
            "codes": [{ "id": "work", "kind": "labour", "name": "Work", "tax_category": "vat" },
                { "id": "book", "kind": "part", "name": "Book", "tax_category": "reduced" },
                { "id": "care", "kind": "fee", "name": "Care" },
                { "id": "down", "kind": "fee", "name": "Ahead", "tax_category": "vat" }],
            "mapping": [{ "code": "work", "kind": "labour" }, { "code": "book", "kind": "part" }],
            "taxes": [{ "category": "vat", "percent": "19" }, { "category": "reduced", "percent": "7" }],
            "rates": [{ "id": "e", "currency": "EUR", "value": "95.55" }, { "id": "u", "currency": "USD", "value": "110" }],
            "payment_terms": [{ "id": "t", "days": 30, "discount": { "days": 20, "percent": "2.5", "tax": discount } }],
            "approvals": [{ "id": "big", "above": "250.00", "kinds": ["invoice", "credit_note", "write_off"], "roles": ["manager"] }],
            "numbering": [{ "series": "invoices", "pattern": "R{counter:4}", "reset": "never" }],
            "adjustments": { "write_off_tolerance": "0.05" },
            "matching": { "fee_tolerance": "5" },
            "billing": { "series": "invoices", "plans": plans[usize::from(policy)] } } })
}

struct Wide {
    host: Host,
    count: usize,
    /// What was recorded, by kind.
    done: BTreeMap<&'static str, usize>,
}

impl Wide {
    fn new(policy: u8) -> Self {
        let rulebook = wire::compile(rulebook(policy).to_string().as_bytes()).unwrap();
        let mut wide = Self { host: Host { rulebook, ..Host::new() }, count: 0, done: BTreeMap::new() };
        let tickets: Vec<Value> = (0..4).map(|place| ticket(place, false)).collect();
        wide.send("start", DAYS[0], CLERK, json!({ "kind": "capture", "tickets": tickets, "entries": [] }));
        wide
    }

    fn account(&self) -> &Account {
        match &self.host.logs[&address("account", "acme").to_string()] {
            Log::Account(account) => account,
            _ => panic!("no account"),
        }
    }

    fn send(&mut self, kind: &'static str, day: &str, who: (&str, &str), action: Value) -> bool {
        self.tell("account", "acme", kind, day, who, action)
    }

    fn tell(
        &mut self,
        log: &str,
        id: &str,
        kind: &'static str,
        day: &str,
        who: (&str, &str),
        action: Value,
    ) -> bool {
        self.count += 1;
        let mut sent = command(log, id, &format!("w{}", self.count), day, who, action);
        sent["stamp"]["at"] =
            json!(format!("2026-04-01T{:02}:{:02}:00Z", self.count / 60 % 24, self.count % 60));
        let done = self.host.deliver(sent).is_ok();
        *self.done.entry(kind).or_default() += usize::from(done);
        done
    }

    /// An invoice; at times one that deducts something.
    fn invoice(&self, place: u8) -> String {
        let deducts = |one: &&duebill::account::Invoice| {
            place % 2 == 1 || (!one.draft.deposits.is_empty() && one.state != DocumentState::Void)
        };
        let ids: Vec<String> =
            self.account().invoices().filter(deducts).map(|one| one.draft.id.to_string()).collect();
        ids.get(usize::from(place / 2) % ids.len().max(1)).cloned().unwrap_or_else(|| "none".to_owned())
    }

    fn take(&mut self, (kind, a, b, c): Step) {
        let (name, day) = (KINDS[usize::from(kind)], DAYS[usize::from(c) % DAYS.len()]);
        let fee = ["care", "seats"][usize::from(a % 2)];
        let from = [["2026-01-31", "2026-02-28"], ["2026-01-15", "2026-02-15"]][usize::from(a % 2)]
            [usize::from(b % 2)];
        let action = match name {
            "capture" => entry(
                a % 14,
                b % 5,
                c % 3,
                json!({ "kind": "time",
                "start": format!("2026-0{}-{:02}T{:02}:{:02}:00Z", 1 + a % 2, 5 + b % 20, 8 + a % 14, b % 60),
                "end": format!("2026-0{}-{:02}T{:02}:59:00Z", 1 + a % 2, 5 + b % 20, 8 + (a % 14) + c % 2) }),
            ),
            "capture_parts" => entry(
                20 + a % 6,
                b % 4,
                c % 2,
                json!({ "kind": "part", "date": format!("2026-02-{:02}", 1 + b % 28),
                "description": "Book", "sku": "b", "quantity": format!("{}", 1 + a % 3), "unit_price": format!("{}.{:02}", b, c % 100) }),
            ),
            "close_ticket" => json!({ "kind": "capture", "tickets": [ticket(a % 4, true)], "entries": [] }),
            "sell_block" => {
                json!({ "kind": "sell_block", "agreement": "block", "customer": "acme", "sale": format!("S{}", a % 3) })
            }
            "bill" => json!({ "kind": "bill", "run": "hand", "period": { "from": "2026-01-01", "to": day } }),
            "commit_plan" => {
                let book = self.account().plans(&self.host.rulebook, Date::parse(day).unwrap()).unwrap();
                let key = book.due.get(usize::from(a) % book.due.len().max(1)).map(|due| due.key.to_string());
                json!({ "kind": "commit_plan", "plan": key.unwrap_or_else(|| "acme:monthly:2026-01-31".to_owned()) })
            }
            "skip_fee" => json!({ "kind": "skip_fee", "agreement": "g-acme", "customer": "acme", "fee": fee,
                "period": from }),
            "restore_fee" => json!({ "kind": "restore_fee", "agreement": "g-acme", "fee": fee,
                "from": from }),
            "reach_milestone" => {
                let mut reach = json!({ "kind": "reach_milestone", "milestone": format!("M{}", a % 5), "project": format!("P{}", b % 2) });
                if b % 3 == 0 {
                    reach["fixed"] = json!({ "agreement": "g-acme", "amount": format!("{}.50", 10 + c), "code": "down",
                        "currency": "EUR", "customer": "acme" });
                }
                reach
            }
            "propose_estimate" => {
                json!({ "kind": "propose_estimate", "estimate": format!("Q{}", a % 4), "cap": format!("{}.00", 20 + b),
                "currency": "EUR", "expires": "2026-03-20", "scope": {} })
            }
            "withdraw_estimate" => json!({ "kind": "withdraw_estimate", "estimate": format!("Q{}", a % 4) }),
            "request_deposit" => {
                let mut asked = json!({ "kind": "request_deposit", "id": format!("D{}", a % 6), "amount": format!("{}.{:02}", b, c % 100),
                    "currency": if a % 5 == 4 { "USD" } else { "EUR" }, "customer": "acme", "code": if b % 4 == 0 { "care" } else { "down" },
                    "includes_tax": b % 2 == 0 });
                if c % 4 == 0 {
                    asked["project"] = json!("P0");
                }
                asked
            }
            "void" => json!({ "kind": "void", "invoice": self.invoice(a), "reason": "wrong" }),
            "credit" => {
                json!({ "kind": "credit", "id": format!("C{}", self.count), "invoice": self.invoice(a), "reason": "r",
                "effect": if b % 3 == 0 { "rebill" } else { "forgive" },
                "scope": if c % 3 == 0 { json!({ "kind": "gross", "amount": format!("{b}.25"), "currency": "EUR" }) } else { json!({ "kind": "whole" }) } })
            }
            "write_off" => {
                json!({ "kind": "write_off", "id": format!("W{}", self.count), "item": self.invoice(a), "amount": format!("{b}.05"),
                "currency": "EUR", "reason": "r" })
            }
            "decide" => return self.decide(a, b, day),
            "pay" => return self.pay(a, b, day),
            "unapply" => return self.unapply(a, day),
            other => panic!("{other}"),
        };
        self.send(name, day, CLERK, action);
    }

    fn decide(&mut self, place: u8, how: u8, day: &str) {
        let open: Vec<(String, String, bool)> = self
            .account()
            .requests()
            .filter(|(_, request)| request.status().word() == "pending")
            .map(|(id, request)| {
                (id.to_string(), request.digest().to_string(), self.account().estimate(id).is_ok())
            })
            .collect();
        if let Some((subject, digest, estimate)) = open.get(usize::from(place) % open.len().max(1)).cloned() {
            let verdict = if how.is_multiple_of(6) { "reject" } else { "approve" };
            let who = if estimate { ("kim", "customer") } else { BOSS };
            self.send("decide", day, who, json!({ "kind": "decide_approval", "subject": subject, "digest": digest, "verdict": verdict }));
        }
    }

    /// Pays an open invoice: whole, a part, or whole less what may be left out by paying early.
    fn pay(&mut self, place: u8, how: u8, day: &str) {
        let open: Vec<(String, i64, i64, String)> = self
            .account()
            .ledger()
            .items()
            .filter(|item| item.open().is_positive())
            .map(|item| {
                let offer = item.terms().discount.as_ref().map_or(0, |offer| offer.amount.units());
                (item.terms().id.to_string(), item.open().units(), offer, item.terms().currency.to_string())
            })
            .collect();
        let Some((item, whole, offer, currency)) = open.get(usize::from(place) % open.len().max(1)).cloned()
        else {
            return;
        };
        let discount = if how % 3 == 1 { offer } else { 0 };
        let cash = if how % 5 == 2 { whole.min(1_000 + i64::from(how)) } else { whole - discount };
        let euros = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        let (id, count) = (format!("R{}", self.count), self.count);
        let entry = json!({ "id": id, "amount": euros(cash), "currency": currency, "value_date": day,
            "receipts": [{ "id": id, "amount": euros(cash), "customer": "acme" }] });
        if !self.tell(
            "cash_book",
            "bank",
            "receive",
            day,
            CLERK,
            json!({ "kind": "receive", "entry": entry }),
        ) {
            return;
        }
        let mut allocation = json!({ "item": item, "cash": euros(cash), "currency": currency });
        if cash == whole - discount && discount > 0 {
            allocation["adjustments"] =
                json!([{ "kind": "discount", "reason": "early", "amount": euros(discount) }]);
        }
        let action =
            json!({ "kind": "reserve", "account": "acme", "receipt": id, "allocations": [allocation] });
        let declined = self.host.declined.len();
        if self.tell("cash_book", "bank", "pay", day, CLERK, action)
            && declined == self.host.declined.len()
            && cash == whole - discount
        {
            let item = duebill::id::Id::new(&item).unwrap();
            assert!(
                self.account().ledger().item(&item).unwrap().open().is_zero(),
                "payment {count} closes {item}"
            );
            *self.done.entry("discount").or_default() += usize::from(discount > 0);
        }
    }

    fn unapply(&mut self, place: u8, day: &str) {
        let standing: Vec<String> = self
            .account()
            .applied()
            .filter(|applied| applied.unapplied.is_none())
            .map(|applied| applied.reservation.id.to_string())
            .collect();
        if let Some(key) = standing.get(usize::from(place) % standing.len().max(1)).cloned() {
            self.send("unapply", day, CLERK, json!({ "kind": "unapply", "reservation": key, "reason": "r" }));
        }
    }

    /// Entries as they were captured last, from the records alone.
    fn captured(&self) -> BTreeMap<String, (u64, u64)> {
        let mut known = BTreeMap::new();
        for stored in &self.host.stored[&address("account", "acme").to_string()] {
            for event in stored["record"]["events"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|event| event["kind"] == "captured")
            {
                for entry in event["entries"].as_array().into_iter().flatten() {
                    let entry: duebill::work::Entry =
                        duebill::canon::from_bytes(entry.to_string().as_bytes()).unwrap();
                    known.insert(entry.id.to_string(), (entry.revision.into(), entry.seconds().into()));
                }
            }
        }
        known
    }

    fn check(&self) {
        let account = self.account();
        self.check_work(account);
        check_fees(account);
        self.check_plans(account);
        check_estimates(account);
        check_deposits(account);
        for invoice in account.invoices() {
            check_sums(&invoice.draft);
        }
        for item in account.ledger().items() {
            let (open, total) = (item.open(), item.terms().total);
            let within = if item.kind() == ItemKind::CreditNote {
                total <= open && open <= Minor::ZERO
            } else {
                Minor::ZERO <= open && open <= total
            };
            assert!(within, "{}: {open:?} of {total:?}", item.terms().id);
        }
    }

    /// An entry stands on one live line at most; what was recorded is unbilled, or priced, covered or free.
    fn check_work(&self, account: &Account) {
        let mut on: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut seconds: BTreeMap<String, u64> = BTreeMap::new();
        for (draft, _, charge) in
            charges(account).filter(|(_, _, charge)| charge.source == ChargeSource::Entry)
        {
            on.entry(charge.entry.to_string()).or_default().insert(draft.id.to_string());
            *seconds.entry(charge.entry.to_string()).or_default() += u64::from(charge.raw_seconds);
        }
        assert!(on.values().all(|invoices| invoices.len() == 1), "{on:?}");
        let unbilled: BTreeMap<String, u64> =
            account.unbilled().map(|one| (one.id.to_string(), u64::from(one.seconds()))).collect();
        assert!(unbilled.keys().all(|id| !on.contains_key(id)), "{unbilled:?} {on:?}");
        let mut here = unbilled;
        here.extend(seconds);
        let recorded: BTreeMap<String, u64> =
            self.captured().into_iter().map(|(id, (_, seconds))| (id, seconds)).collect();
        assert_eq!(here, recorded);
    }

    /// A key is used once, and an invoice is of one plan at most.
    fn check_plans(&self, account: &Account) {
        let mut named = BTreeSet::new();
        for plan in account.committed_plans() {
            assert!(plan.invoices.iter().all(|invoice| named.insert(invoice.clone())), "{}", plan.key);
        }
        let stored = &self.host.stored[&address("account", "acme").to_string()];
        let events = stored.iter().flat_map(|one| one["record"]["events"].as_array().unwrap());
        let keys: Vec<&str> = events
            .filter(|event| event["kind"] == "plan_committed")
            .map(|event| event["key"].as_str().unwrap())
            .collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
        assert_eq!(keys.len(), account.committed_plans().count());
    }

    /// What was stored gives the same account again.
    fn replay(&self) {
        let at = address("account", "acme").to_string();
        let mut log = wire::open(at.as_bytes()).unwrap();
        for stored in &self.host.stored[&at] {
            let (record, hash) = (stored["record"].to_string(), stored["hash"].as_str().unwrap());
            wire::apply(
                &mut log,
                record.as_bytes(),
                hash.as_bytes(),
                stored["detached"].to_string().as_bytes(),
            )
            .unwrap();
        }
        assert_eq!(log, self.host.logs[&at]);
    }
}

fn ticket(place: u8, closed: bool) -> Value {
    let mut ticket = json!({ "id": format!("T{place}"), "customer": if place == 3 { "usa" } else { "acme" }, "project": format!("P{}", place % 2) });
    if closed {
        ticket["closed"] = json!("2026-02-05T10:00:00Z");
    }
    ticket
}

fn entry(id: u8, ticket: u8, revision: u8, work: Value) -> Value {
    json!({ "kind": "capture", "tickets": [], "entries": [{ "id": format!("E{id}"), "ticket": format!("T{ticket}"), "agent": "anna",
        "revision": 1 + revision, "work": work }] })
}

/// Lines that stand: of no void invoice, and not taken back to be billed again.
fn charges(account: &Account) -> impl Iterator<Item = (&Draft, &Line, &Charge)> {
    let live = account.invoices().filter(|invoice| invoice.state != DocumentState::Void);
    let lines =
        live.flat_map(|invoice| invoice.draft.lines.iter().map(move |line| (invoice.draft.as_ref(), line)));
    let standing = lines.filter(|(_, line)| !account.is_rebilled(&line.id));
    standing.flat_map(|(draft, line)| line.charges.iter().map(move |charge| (draft, line, charge)))
}

/// No day of a fee is billed twice, or billed and skipped.
fn check_fees(account: &Account) {
    let mut days: BTreeMap<(String, String), Vec<(Date, Date)>> = BTreeMap::new();
    for (_, _, charge) in charges(account) {
        if let (Some(part), Some(agreement)) = (&charge.fee, &charge.agreement) {
            days.entry((agreement.to_string(), part.fee.to_string())).or_default().push((part.from, part.to));
        }
    }
    for ((agreement, fee), days) in &mut days {
        let id = |text: &str| duebill::id::Id::new(text).unwrap();
        let (agreement, fee) = (id(agreement), id(fee));
        let skipped = account
            .fee_days(&agreement, &fee)
            .filter(|(_, days)| days.place == duebill::account::FeePlace::Skipped);
        days.extend(skipped.map(|(from, skipped)| (from, skipped.to)));
        days.sort_unstable();
        assert!(days.windows(2).all(|pair| pair[0].1 < pair[1].0), "{agreement} {fee}: {days:?}");
    }
}

/// What live invoices draw is what an estimate says was drawn, within its cap.
fn check_estimates(account: &Account) {
    for estimate in account.estimates() {
        let id = &estimate.proposed.estimate;
        let live = account.invoices().filter(|invoice| invoice.state != DocumentState::Void);
        let draws = live.flat_map(|invoice| &invoice.draws).filter(|draw| draw.estimate == *id);
        let drawn = Minor::sum(draws.map(|draw| draw.amount)).unwrap();
        assert_eq!(drawn, estimate.drawn, "{id}");
        assert!(drawn <= estimate.proposed.cap, "{id}");
    }
}

/// What is deducted, credited and left of a down payment is what it billed, its tax likewise; nothing is
/// deducted that the invoice does not have.
fn check_deposits(account: &Account) {
    let tax = |rows: &[duebill::tax::TaxRow]| Minor::sum(rows.iter().map(|row| row.tax)).unwrap();
    for deposit in account.deposits() {
        let id = &deposit.asked.id;
        let Ok(invoice) = account.invoice(id) else { continue };
        let live = account.invoices().filter(|one| one.state != DocumentState::Void);
        let returned = |one: &Draft| {
            account
                .credits_of(&one.id)
                .any(|credit| credit.number.is_some() && credit.note.totals.prepaid.is_positive())
        };
        let parts: Vec<_> = live
            .filter(|one| !returned(&one.draft))
            .flat_map(|one| &one.draft.deposits)
            .filter(|part| part.document == *id)
            .collect();
        let noted: Vec<_> = account.credits_of(id).map(|credit| credit.note.totals.clone()).collect();
        let room = account.credit_room(&invoice.draft).unwrap().rest();
        let whole =
            |deducted: Minor, credited: Minor, left: Minor| Minor::sum([deducted, credited, left]).unwrap();
        let paid = Minor::sum(parts.iter().map(|part| part.amount)).unwrap();
        let credited = Minor::sum(noted.iter().map(|totals| totals.payable)).unwrap();
        assert_eq!(whole(paid, credited, room.payable), invoice.draft.totals.payable, "{id}");
        assert!(room.payable >= Minor::ZERO, "{id}");
        let taxed = Minor::sum(parts.iter().map(|part| tax(&part.taxes))).unwrap();
        let back = Minor::sum(noted.iter().map(|totals| totals.tax)).unwrap();
        assert_eq!(whole(taxed, back, room.tax), invoice.draft.totals.tax, "tax of {id}");
        assert!(parts.is_empty() || invoice.state == DocumentState::Issued, "{id}");
    }
    for invoice in account.invoices().filter(|invoice| !invoice.draft.deposits.is_empty()) {
        let totals = &invoice.draft.totals;
        assert!(totals.payable >= Minor::ZERO);
        assert_eq!(
            totals.prepaid,
            Minor::sum(invoice.draft.deposits.iter().map(|part| part.amount)).unwrap()
        );
        for row in &totals.taxes {
            let parts =
                invoice.draft.deposits.iter().flat_map(|part| &part.taxes).filter(|part| part.is_of(row));
            assert!(Minor::sum(parts.map(|part| part.tax)).unwrap() <= row.tax, "{}", invoice.draft.id);
        }
    }
}

/// Lines, allowances, taxes and what is to be paid add up.
fn check_sums(draft: &Draft) {
    let totals = &draft.totals;
    let lines = Minor::sum(draft.lines.iter().map(|line| line.net)).unwrap();
    let tax = Minor::sum(totals.taxes.iter().map(|row| row.tax)).unwrap();
    assert_eq!(totals.net, lines.minus(totals.allowance).unwrap().plus(totals.charge).unwrap());
    assert_eq!((totals.tax, totals.gross), (tax, totals.net.plus(tax).unwrap()));
    assert_eq!(totals.payable, totals.gross.minus(totals.prepaid).unwrap().plus(totals.rounding).unwrap());
    assert!(draft.follows().unwrap(), "{}", draft.id);
}

#[test]
fn whatever_is_billed_in_whatever_order_adds_up() {
    let done: RefCell<BTreeMap<&'static str, usize>> = RefCell::default();
    let steps = prop::collection::vec((kind(), 0..200_u8, 0..200_u8, 0..200_u8), 1..130);
    let config = crate::effort::cases(40);
    let is_whole = config.cases >= 40;
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let run = |(policy, steps): (u8, Vec<Step>)| {
        let mut wide = Wide::new(policy);
        for step in steps {
            wide.take(step);
            wide.check();
        }
        wide.replay();
        let (drafts, draws): (Vec<_>, Vec<_>) =
            wide.account().invoices().map(|one| (one.draft.deposits.len(), one.draws.len())).unzip();
        let here = [("deducted", drafts.iter().sum()), ("drawn", draws.iter().sum())];
        wide.done.extend(here);
        for (kind, count) in wide.done {
            *done.borrow_mut().entry(kind).or_default() += count;
        }
        Ok(())
    };
    runner.run(&(0..3_u8, steps), run).unwrap();
    let done = done.into_inner();
    // A wish that nothing ever grants tests nothing.
    for kind in KINDS.iter().chain(&["discount", "deducted", "drawn"]) {
        assert!(!is_whole || done.get(kind).is_some_and(|count| *count > 0), "{kind}: {done:?}");
    }
}
