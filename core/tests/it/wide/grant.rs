//! What is wished for, as a command: asked of the model first, then of the core.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::ahead::Asked;
use super::book::{Day, Invoice, Item, Purpose, Work};
use super::owed::Extent;
use super::rules::{WITHHELD, day};
use super::run::{CLERK, DAYS, KINDS, Step, Wide};
use super::work::{customer_of, project_of};

fn amount(cents: i64) -> String {
    format!("{}{}.{:02}", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100)
}

pub fn ticket(place: u8, closed: bool) -> Value {
    let mut ticket = json!({ "id": format!("T{place}"), "customer": customer_of(place),
        "project": format!("P{}", project_of(place)) });
    if place == 1 {
        ticket["agreement"] = json!("g-acme");
    }
    if closed {
        ticket["closed"] = json!("2026-02-05T10:00:00Z");
    }
    ticket
}

/// One of some things.
fn choose<T: Clone>(things: &[T], place: u8) -> Option<T> {
    things.get(usize::from(place) % things.len().max(1)).cloned()
}

impl Wide {
    /// An invoice of any state, by preference one that is issued; at times one that deducts or draws something.
    fn invoice(&self, place: u8) -> String {
        let is_special = |one: &Invoice| !one.deposits.is_empty() || !one.draws.is_empty();
        let any_special = self.model.invoices.iter().any(|one| is_special(one) && one.state == "issued");
        let issued = self.model.invoices.iter().filter(|one| match place % 4 {
            3 => true,
            2 if any_special => is_special(one) && one.state == "issued",
            _ => one.state == "issued",
        });
        let ids: Vec<String> = issued.map(|one| one.id.clone()).collect();
        choose(&ids, place / 4).filter(|_| place < 190).unwrap_or_else(|| "none".to_owned())
    }

    pub fn take(&mut self, (kind, a, b, c, d): Step) {
        // Time goes by, mostly: what comes late or early is refused more than it is granted.
        let now = if d % 6 == 0 { usize::from(d / 6) } else { self.count / 16 };
        let (name, on) = (
            KINDS[usize::from(kind)],
            day(DAYS[if d % 6 == 0 { now % DAYS.len() } else { now.min(DAYS.len() - 1) }]),
        );
        match name {
            "capture" | "capture_parts" | "close_ticket" => self.work(name, on, (a, b, c)),
            "sell_block" => {
                let (sale, agreement) =
                    (format!("S{}", a % 4), ["block", "block", "g-acme", "none"][usize::from(b) % 4]);
                let action =
                    json!({ "kind": name, "agreement": agreement, "customer": "acme", "sale": sale });
                let said = self.model.sell(&sale, agreement, on);
                self.ask(name, on, CLERK, action, said);
            }
            "bill" | "commit_plan" => self.bill(name, on, (a, b, c)),
            "skip_fee" | "restore_fee" => self.fee(name, on, (a, b, c)),
            "reach_milestone" => self.milestone(name, on, (a, b, c)),
            "propose_estimate" | "withdraw_estimate" => self.estimate(name, on, (a, b, c)),
            "request_deposit" => self.deposit(name, on, (a, b, c)),
            "decide" => self.decide(name, on, (a, b, c)),
            "pay" => self.pay(name, on, (a, b, c)),
            "unapply" => {
                let known: Vec<String> = self.model.payments.keys().cloned().collect();
                let key = choose(&known, a).filter(|_| a < 180).unwrap_or_else(|| "none".to_owned());
                let said = self.model.unapply(&key, on);
                let action = json!({ "kind": name, "reservation": key, "reason": "r" });
                self.ask(name, on, CLERK, action, said);
            }
            _ => self.owed(name, on, (a, b, c)),
        }
    }

    fn work(&mut self, name: &'static str, on: Day, (a, b, c): (u8, u8, u8)) {
        if name == "close_ticket" {
            let mut action = json!({ "kind": "capture", "tickets": [ticket(a % 4, true)], "entries": [] });
            let mut said = Ok(());
            if a >= 190 {
                action["tickets"][0]["customer"] = json!("nobody");
                said = Err("customer-outside");
            } else {
                self.model.closed.insert(a % 4);
            }
            return self.ask(name, on, CLERK, action, said);
        }
        let (place, revision) = (b % 21 / 5, 1 + c % 3);
        let (id, work, shown) = if name == "capture" {
            let start = (i64::from(a % 50) * 1_440) + i64::from(7 + b % 14) * 60 + i64::from(c % 60);
            let end = start + [0, 7, 20, 45, 60, 95, 125, -5][usize::from(c) % 8];
            let senior = b % 3 == 0;
            let at = |minute: i64| {
                let on = super::work::on_day(minute, 0);
                format!("{on}T{:02}:{:02}:00Z", minute / 60 % 24, minute % 60)
            };
            let shown = json!({ "kind": "time", "start": at(start), "end": at(end) });
            (format!("E{}", a % 14), Work::Time { start, end, senior }, shown)
        } else {
            let (count, price) = (i64::from(a % 5), i64::from(b) * 100 + i64::from(c % 100));
            let done = day("2026-02-01") + chrono::Days::new((b % 40).into());
            let shown = json!({ "kind": "part", "date": done.to_string(), "description": "Book", "sku": "b",
                "quantity": count.to_string(), "unit_price": amount(price) });
            (format!("P{}", c % 6), Work::Parts { on: done, count, price }, shown)
        };
        let mut entry = json!({ "id": id, "ticket": format!("T{place}"), "agent": "anna", "revision": revision, "work": shown });
        if let Work::Time { senior: true, .. } = work {
            entry["role"] = json!("senior");
        }
        let said = self.model.capture(&id, place, revision, work);
        self.ask(name, on, CLERK, json!({ "kind": "capture", "tickets": [], "entries": [entry] }), said);
    }

    fn bill(&mut self, name: &'static str, on: Day, (a, b, c): (u8, u8, u8)) {
        if name == "bill" {
            let from = day(["2026-01-01", "2026-01-01", "2026-03-01"][usize::from(a) % 3]);
            let to = if b % 5 == 0 { day(DAYS[usize::from(c) % DAYS.len()]) } else { on };
            let (below, catch_up) = (b % 2 == 0, if c % 3 == 0 { Some(usize::from(c % 4)) } else { None });
            let mut action = json!({ "kind": name, "run": "hand", "below_minimum": below,
                "period": { "from": from.to_string(), "to": to.to_string() } });
            if let Some(most) = catch_up {
                action["catch_up"] = json!(most);
            }
            let said = self.model.bill(from, to, below, catch_up, on);
            return self.ask(name, on, CLERK, action, said);
        }
        let due = self.model.due(on);
        self.compare_due(on, &due);
        let known: Vec<String> = self.model.plans.iter().cloned().collect();
        let keys: Vec<String> = due.into_iter().map(|due| due.key).collect();
        let key = if b % 8 == 0 { choose(&known, a) } else { choose(&keys, a) };
        let key = key.unwrap_or_else(|| "acme:monthly:2026-01-31".to_owned());
        let book = self
            .account()
            .plans(&self.host.rulebook, duebill::calendar::Date::parse(&on.to_string()).unwrap())
            .unwrap();
        let digest = book.due.iter().find(|due| due.key.as_str() == key).map(|due| due.digest().to_string());
        let is_right = c % 8 != 0;
        let mut action = json!({ "kind": name, "plan": key });
        if c % 3 == 0 || !is_right {
            action["digest"] = json!(digest.filter(|_| is_right).unwrap_or_else(|| "0".repeat(64)));
        }
        let said = self.model.commit(&key, is_right, on);
        self.ask(name, on, CLERK, action, said);
    }

    /// What is due is what the model finds due, with the same drafts.
    fn compare_due(&self, on: Day, due: &[super::plans::Due]) {
        let book = self
            .account()
            .plans(&self.host.rulebook, duebill::calendar::Date::parse(&on.to_string()).unwrap())
            .unwrap();
        let core: BTreeMap<String, String> = book
            .due
            .iter()
            .map(|due| {
                let drafts =
                    due.drafts.iter().map(|one| format!("{} {}", one.id, one.totals.payable.units()));
                let carried = due.carried.iter().map(|one| format!("{} {}", one.currency, one.net.units()));
                (due.key.to_string(), format!("{} {:?}", due.due, drafts.chain(carried).collect::<Vec<_>>()))
            })
            .collect();
        let model = due.iter().map(|due| {
            let drafts = due.assembly.drafts.iter().map(|one| format!("{} {}", one.id, one.sums.payable));
            let carried = due.assembly.carried.iter().map(|(currency, net)| format!("{currency} {net}"));
            (due.key.clone(), format!("{} {:?}", due.on, drafts.chain(carried).collect::<Vec<_>>()))
        });
        assert_eq!(core, model.collect(), "due on {on}");
    }

    fn fee(&mut self, name: &'static str, on: Day, (a, b, c): (u8, u8, u8)) {
        let fee = ["care", "seats", "lease", "none"][if a >= 190 { 3 } else { usize::from(a % 3) }];
        let (customer, agreement) = [
            ("acme", "g-acme"),
            ("usa", "g-usa"),
            ("acme", "g-usa"),
            ("acme", "block"),
            ("nobody", "g-acme"),
        ][if b >= 180 { usize::from(b % 5) } else { usize::from(b % 2) }];
        let periods: [&[&str]; 3] = [
            &["2026-01-31", "2026-02-28", "2026-03-01"],
            &["2026-01-15", "2026-02-15", "2026-03-15"],
            &["2026-01-10", "2026-01-20", "2025-12-20", "2026-02-20"],
        ];
        let period = day(choose(periods[usize::from(a % 3)], c).unwrap());
        if name == "skip_fee" {
            let action = json!({ "kind": name, "agreement": agreement, "customer": customer, "fee": fee,
                "period": period.to_string() });
            let said = self.model.skip(customer, agreement, fee, period);
            return self.ask(name, on, CLERK, action, said);
        }
        let skipped: Vec<_> = self
            .model
            .taken
            .iter()
            .filter(|one| one.on.is_none())
            .map(|one| (one.agreement, one.fee, one.from))
            .collect();
        let known = choose(&skipped, b).filter(|_| a < 150);
        let (agreement, fee, from) = known.unwrap_or((agreement, fee, period));
        let action = json!({ "kind": name, "agreement": agreement, "fee": fee, "from": from.to_string() });
        let said = self.model.restore(agreement, fee, from);
        self.ask(name, on, CLERK, action, said);
    }

    fn milestone(&mut self, name: &'static str, on: Day, (a, b, c): (u8, u8, u8)) {
        let (milestone, project) = (format!("M{}", a % 6), b % 2);
        let mut action = json!({ "kind": name, "milestone": milestone, "project": format!("P{project}") });
        let mut fixed = None;
        if b % 3 == 0 {
            let agreement = ["g-acme", "g-acme", "block", "none"][usize::from(c) % 4];
            let (code, cents) = (if c % 9 == 0 { "none" } else { "down" }, i64::from(c) * 150 - 1_500);
            action["fixed"] = json!({ "agreement": agreement, "amount": amount(cents), "code": code, "currency": "EUR",
                "customer": "acme" });
            fixed = Some((agreement, code, cents));
        }
        let said = self.model.reach(&milestone, project, fixed, on);
        self.ask(name, on, CLERK, action, said);
    }

    fn estimate(&mut self, name: &'static str, on: Day, (a, b, c): (u8, u8, u8)) {
        let id = format!("Q{}", a % 6);
        if name == "withdraw_estimate" {
            let said = self.model.withdraw(&id);
            return self.ask(name, on, CLERK, json!({ "kind": name, "estimate": id }), said);
        }
        let (cap, expires) =
            (i64::from(b) * 250 - 1_000, day(["2026-02-15", "2026-03-20", "2026-05-01"][usize::from(c) % 3]));
        let currency = if c % 5 == 0 { "USD" } else { "EUR" };
        let ticket = if b % 3 == 0 { Some(c % 4) } else { None };
        let scope = ticket.map_or_else(|| json!({}), |ticket| json!({ "tickets": [format!("T{ticket}")] }));
        let action = json!({ "kind": name, "estimate": id, "cap": amount(cap), "currency": currency,
            "expires": expires.to_string(), "scope": scope });
        let said = self.model.propose(&id, currency, cap, expires, ticket, on);
        self.ask(name, on, CLERK, action, said);
    }

    fn deposit(&mut self, name: &'static str, on: Day, (a, b, c): (u8, u8, u8)) {
        let id = format!("D{}", a % 8);
        let asked = Asked {
            customer: if c % 13 == 0 { "nobody" } else { "acme" },
            currency: if a % 5 == 4 { "USD" } else { "EUR" },
            code: ["care", "down", "down", "book", "work", "none"]
                [if b >= 190 { 5 } else { usize::from(b % 5) }],
            amount: i64::from(b) * 220 + i64::from(c % 100) - 500,
            with_tax: b % 2 == 0,
            purpose: match c % 5 {
                0 => Purpose::Project(0),
                1 => Purpose::Agreement(["block", "g-acme", "g-usa"][usize::from(b) % 3]),
                2 => Purpose::Estimate(b % 6),
                _ => Purpose::All,
            },
        };
        let mut action = json!({ "kind": name, "id": id, "amount": amount(asked.amount), "currency": asked.currency,
            "customer": asked.customer, "code": asked.code, "includes_tax": asked.with_tax });
        match asked.purpose {
            Purpose::All => {}
            Purpose::Agreement(agreement) => action["agreement"] = json!(agreement),
            Purpose::Estimate(number) => action["estimate"] = json!(format!("Q{number}")),
            Purpose::Project(project) => action["project"] = json!(format!("P{project}")),
        }
        let said = self.model.request_deposit(&id, &asked, on);
        self.ask(name, on, CLERK, action, said);
    }

    fn decide(&mut self, name: &'static str, on: Day, (a, b, c): (u8, u8, u8)) {
        let pending = |one: &(String, String, bool)| one.2 || b >= 180;
        let all: Vec<(String, String, bool)> = self
            .account()
            .requests()
            .map(|(id, request)| {
                (id.to_string(), request.digest().to_string(), request.status().word() == "pending")
            })
            .filter(|(id, ..)| !id.starts_with("void:"))
            .filter(pending)
            .collect();
        let (subject, digest, _) =
            choose(&all, a).unwrap_or_else(|| ("none".to_owned(), "0".repeat(64), false));
        let (is_right, approve) = (c % 16 != 0, c % 7 != 0);
        let who = match b % 16 {
            0 => ("clara", "manager"),
            1 => ("boris", "clerk"),
            2 => ("boris", "customer"),
            3..=8 => ("kim", "customer"),
            _ => ("boris", "manager"),
        };
        let digest = if is_right { digest } else { "0".repeat(64) };
        let verdict = if approve { "approve" } else { "reject" };
        let action =
            json!({ "kind": "decide_approval", "subject": subject, "digest": digest, "verdict": verdict });
        let said = self.model.decide(&subject, who, is_right, approve, on);
        self.ask(name, on, who, action, said);
    }

    /// Pays an invoice: whole, a part, too much, or whole less what may be left out by paying early.
    fn pay(&mut self, name: &'static str, on: Day, (a, b, c): (u8, u8, u8)) {
        let open: Vec<String> = self
            .model
            .items
            .iter()
            .filter(|(_, item)| !item.credit && item.open() > 0)
            .map(|(id, _)| id.clone())
            .collect();
        let item =
            if c % 10 == 0 { self.invoice(a) } else { choose(&open, a).unwrap_or_else(|| "none".to_owned()) };
        let known = self.model.items.get(&item);
        let (whole, currency) = known.map_or((1_000, "EUR"), |known| (known.open().max(1), known.currency));
        let offer = known.and_then(|known| known.discount).map_or(0, |offer| offer.amount);
        let discount = if b % 3 == 1 { (offer - i64::from(b % 2)).min(whole - 1).max(0) } else { 0 };
        // Within what a payer may keep back as tax, and seldom beyond.
        let percent = if c % 7 == 0 { WITHHELD + 1 } else { WITHHELD - i64::from(b % 6) };
        let most = known.map_or(0, |known| known.first * percent / 100);
        let withheld = if c % 4 == 1 { most.min(whole - discount - 1).max(0) } else { 0 };
        let cash = match b % 10 {
            0 | 1 => whole.min(1_000 + i64::from(b)),
            2 => whole + 1,
            _ => whole - discount - withheld,
        };
        let (id, key) = (format!("R{}", self.count), format!("pay:bank:R{}:acme:0", self.count));
        let entry = json!({ "id": id, "amount": amount(cash), "currency": currency, "value_date": on.to_string(),
            "receipts": [{ "id": id, "amount": amount(cash), "customer": "acme" }] });
        self.tell(("cash_book", "bank"), on, CLERK, json!({ "kind": "receive", "entry": entry })).unwrap();
        let mut allocation = json!({ "item": item, "cash": amount(cash), "currency": currency });
        let adjustments = [("discount", discount), ("withholding", withheld)].into_iter();
        let adjustments: Vec<Value> = adjustments
            .filter(|(_, cents)| *cents > 0)
            .map(|(kind, cents)| json!({ "kind": kind, "reason": "r", "amount": amount(cents) }))
            .collect();
        if !adjustments.is_empty() {
            allocation["adjustments"] = json!(adjustments);
        }
        let action =
            json!({ "kind": "reserve", "account": "acme", "receipt": id, "allocations": [allocation] });
        let declined = self.host.declined.len();
        self.tell(("cash_book", "bank"), on, CLERK, action.clone()).unwrap();
        let applied = self.model.pay(&key, &item, currency, (cash, discount, withheld), on);
        assert_eq!(self.host.declined.len() == declined, applied, "{on} {action}: {:?}", self.host.declined);
        self.shares.count(name, (!applied).then_some("declined"));
        self.model.compare(self.account());
    }

    fn owed(&mut self, name: &'static str, on: Day, (a, b, c): (u8, u8, u8)) {
        let of = self.invoice(a);
        let currency = self.model.invoice(&of).map_or("EUR", |one| one.currency);
        match name {
            "void" => {
                let credits: Vec<String> = self.model.credits.iter().map(|(id, _)| id.clone()).collect();
                let id = choose(&credits, a).filter(|_| b % 6 == 0).unwrap_or(of);
                let said = self.model.void(&id, on);
                self.ask(name, on, CLERK, json!({ "kind": name, "invoice": id, "reason": "wrong" }), said);
            }
            "write_off" => {
                let open = self.model.items.get(&of).map_or(1, Item::open);
                let cents = if b % 4 == 0 { open } else { i64::from(b) * 180 - 500 };
                let new = format!("W{}", c % 12);
                let currency = if c % 11 == 0 { "USD" } else { currency };
                let action = json!({ "kind": name, "id": new, "item": of, "amount": amount(cents), "currency": currency,
                    "reason": "r" });
                let said = self.model.write_off(&new, &of, cents, currency, on);
                self.ask(name, on, CLERK, action, said);
            }
            _ => {
                let lines = self.model.invoice(&of).map_or(0, |one| one.lines.len());
                let place = usize::from(c / 2) % lines.max(1);
                let extent = match b % 5 {
                    0 | 1 => Extent::Line(place),
                    2 => Extent::Net(place, i64::from(c) * 40 - 100),
                    3 => Extent::Gross(i64::from(c) * 97 - 300),
                    _ => Extent::Whole,
                };
                let line = self
                    .model
                    .invoice(&of)
                    .map_or_else(|| "none:1".to_owned(), |one| one.lines[place].id.clone());
                let scope = match extent {
                    Extent::Whole => json!({ "kind": "whole" }),
                    Extent::Gross(cents) => {
                        json!({ "kind": "gross", "currency": currency, "amount": amount(cents) })
                    }
                    Extent::Line(_) => json!({ "kind": "lines", "lines": [line] }),
                    Extent::Net(_, net) => json!({ "kind": "amounts", "currency": currency,
                        "amounts": [{ "line": line, "net": amount(net) }] }),
                };
                let (new, rebill) = (format!("C{}", (a ^ c) % 24), c % 3 == 0);
                let action = json!({ "kind": name, "id": new, "invoice": of, "reason": "r", "scope": scope,
                    "effect": if rebill { "rebill" } else { "forgive" } });
                let said = self.model.credit(&new, &of, extent, rebill, on);
                self.ask(name, on, CLERK, action, said);
            }
        }
    }
}
