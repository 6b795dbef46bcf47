//! One run: the core and the model side by side.

use serde_json::{Value, json};

use super::check::{date, euros};
use super::owed::Extent;
use super::state::{Line, Message, Model, Said, Worked};
use super::wish::{Cents, DAYS, Wish};
use crate::month::{Host, address, command};

const CLERK: (&str, &str) = ("clara", "billing");

pub struct Run {
    pub host: Host,
    pub model: Model,
    /// What one log told another and nobody delivered yet.
    pub waiting: Vec<(Message, i64, Value)>,
    delivered: Vec<Value>,
    recorded: Vec<Value>,
    count: usize,
}

impl Run {
    pub fn new() -> Self {
        let (host, model) = (Host::new(), Model::new());
        let mut run =
            Self { host, model, waiting: Vec::new(), delivered: Vec::new(), recorded: Vec::new(), count: 0 };
        for (kind, id) in [("account", "acme"), ("cash_book", "bank"), ("series", "invoices")] {
            let at = address(kind, id).to_string();
            run.host.logs.insert(at.clone(), duebill::wire::open(at.as_bytes()).unwrap());
        }
        let item = |id: &str, open: &str| {
            json!({ "id": id, "number": format!("N-{id}"), "customer": "acme", "currency": "EUR",
                "issued": "2025-12-01", "due": "2025-12-31", "open": open, "total": open })
        };
        let items = json!([item("I0", "400.00"), item("I1", "50.00"), item("I2", "-60.00")]);
        let opening = json!({ "kind": "import_opening", "cutover": "2026-01-01", "items": items });
        let tickets = json!([ticket(0, false), ticket(1, false), ticket(2, false)]);
        run.send("account", CLERK, 4, opening, Ok(Vec::new()));
        run.send("account", CLERK, 4, json!({ "kind": "capture", "tickets": tickets }), Ok(Vec::new()));
        run
    }

    pub fn heads(&self) -> Vec<Vec<u8>> {
        self.host.logs.values().map(duebill::wire::head).collect()
    }

    /// Gives a command to the core: it must succeed exactly when the model did, refuse for the same
    /// reason, and tell other logs the same.
    fn give(&mut self, sent: &Value, day: i64, said: &Said) -> bool {
        let before = self.heads();
        let got = self.host.step(sent);
        match (&got, said) {
            (Ok(told), Ok(messages)) => {
                assert_eq!(told.len(), messages.len(), "{sent}: {told:?}, expected {messages:?}");
                for (intent, message) in told.iter().zip(messages) {
                    let sent = &intent["command"];
                    let route =
                        (sent["log"]["kind"].as_str().unwrap(), sent["action"]["kind"].as_str().unwrap());
                    assert_eq!(route, message.route(), "{sent}");
                    self.waiting.push((message.clone(), day, sent.clone()));
                }
                true
            }
            (Err(refusal), Err(reasons)) => {
                let name = refusal.code().name;
                assert!(
                    reasons.split('|').any(|reason| reason == name),
                    "{sent}: {name}, expected {reasons}"
                );
                assert_eq!(self.heads(), before, "a refusal left a trace");
                false
            }
            _ => panic!("{sent}: {got:?}, expected {said:?}"),
        }
    }

    fn send(&mut self, kind: &str, who: (&str, &str), day: i64, action: Value, said: Said) {
        self.send_with(kind, who, day, action, None, said);
    }

    fn send_with(
        &mut self,
        kind: &str,
        who: (&str, &str),
        day: i64,
        action: Value,
        reason: Option<&str>,
        said: Said,
    ) {
        let log = if kind == "account" { "acme" } else { "bank" };
        let mut sent = command(kind, log, &format!("c{}", self.count), &date(day), who, action);
        sent["stamp"]["at"] = json!(format!("2026-03-01T{:02}:{:02}:00Z", self.count / 60, self.count % 60));
        if let Some(reason) = reason {
            sent["stamp"]["reason"] = json!(reason);
        }
        self.count += 1;
        if self.give(&sent, day, &said) {
            self.recorded.push(sent);
        }
    }

    /// An amount, or all that is open of an item.
    fn cents(&self, amount: Cents, item: &str) -> i64 {
        amount.unwrap_or_else(|| self.model.items.get(item).map_or(1, |item| item.open()))
    }

    /// Asks the model first, unless the day is closed, then the core.
    fn ask(&mut self, log: &str, day: i64, action: Value, act: impl FnOnce(&mut Model) -> Said) {
        let said = self.model.check_day(log, day).and_then(|()| act(&mut self.model));
        self.send(log, CLERK, day, action, said);
    }

    pub fn grant(&mut self, wish: &Wish, day: i64) {
        match *wish {
            Wish::Capture { entry, work, revision } => {
                let (ticket, on, hour, minutes) = work;
                let time = json!({ "kind": "time", "start": instant(on, hour, 0), "end": instant(on, hour, minutes) });
                let what = json!({
                    "id": format!("E{entry}"), "ticket": format!("T{ticket}"), "revision": revision, "work": time,
                });
                let action = json!({ "kind": "capture", "entries": [what] });
                self.ask("account", day, action, |model| model.capture(entry, work, revision));
            }
            Wish::CloseTicket(place) => {
                let action = json!({ "kind": "capture", "tickets": [ticket(place, true)] });
                self.ask("account", day, action, |model| {
                    model.closed_tickets.insert(place, true);
                    Ok(Vec::new())
                });
            }
            Wish::Sell(sale) => {
                let action = json!({
                    "kind": "sell_block", "agreement": "acme-block", "customer": "acme", "sale": format!("S{sale}"),
                });
                self.ask("account", day, action, |model| model.sell(sale));
            }
            Wish::Bill => self.bill(day),
            Wish::Decide { subject, who, right, approve } => self.decide(subject, who, right, approve, day),
            Wish::Void(place) => {
                let id = self.model.pick(place);
                let action = json!({ "kind": "void", "invoice": id });
                self.ask("account", day, action, |model| model.void(&id, day));
            }
            Wish::Deliver(place) => self.deliver(place.into()),
            Wish::DeliverAgain(place) => {
                if let Some(sent) = self.delivered.get(usize::from(place)).cloned() {
                    let before = self.heads();
                    assert_eq!(self.host.step(&sent).unwrap(), Vec::<Value>::new(), "{sent}");
                    assert_eq!(self.heads(), before, "a second delivery left a trace");
                }
            }
            Wish::Repeat { back, changed } => self.repeat(back, changed),
            Wish::Close { book, hard, through } => {
                let (log, through) = (log(book), DAYS[usize::from(through)]);
                let how = if hard { "hard" } else { "soft" };
                let action = json!({ "kind": "close_period", "how": how, "through": date(through) });
                self.ask(log, day, action, |model| model.close(log, hard, through));
            }
            Wish::Reopen { book, to, who, controller, reason } => {
                let (log, to) = (log(book), to.map(|to| DAYS[usize::from(to)]));
                let who = ["carl", "cora"][usize::from(who)];
                let role = if controller { "controller" } else { "billing" };
                let mut action = json!({ "kind": "reopen_period" });
                if let Some(to) = to {
                    action["to"] = json!(date(to));
                }
                let act = |model: &mut Model| model.reopen(log, to, (who, controller), reason);
                let said = self.model.check_day(log, day).and_then(|()| act(&mut self.model));
                self.send_with(log, (who, role), day, action, reason.then_some("late work"), said);
            }
            _ => self.grant_money(wish, day),
        }
    }

    fn grant_money(&mut self, wish: &Wish, day: i64) {
        match *wish {
            Wish::Receive { receipt, amount, earlier, assigned } => {
                let (id, amount, value) = (format!("R{receipt}"), amount, day - earlier);
                let shown = euros(amount);
                let mut one = json!({ "id": id, "amount": shown });
                if assigned {
                    one["customer"] = json!("acme");
                }
                let entry = json!({ "id": id, "amount": shown, "currency": "EUR", "value_date": date(value), "receipts": [one] });
                let action = json!({ "kind": "receive", "entry": entry });
                self.ask("cash_book", day, action, |model| model.receive(receipt, (amount, value, assigned)));
            }
            Wish::Assign { receipt, other } => {
                let customer = if other { "acme-berlin" } else { "acme" };
                let action =
                    json!({ "kind": "assign", "receipt": format!("R{receipt}"), "customer": customer });
                self.ask("cash_book", day, action, |model| model.assign(receipt, customer));
            }
            Wish::Reserve { receipt, item, amount, more } => {
                let id = self.model.pick(item);
                let mut parts = vec![(id.clone(), self.cents(amount, &id))];
                parts.extend(more.map(|(item, cash)| (self.model.pick(item), cash)));
                let allocation = |(item, cash): &(String, i64)| json!({ "item": item, "cash": euros(*cash), "currency": "EUR" });
                let allocations: Vec<Value> = parts.iter().map(allocation).collect();
                let action = json!({
                    "kind": "reserve", "account": "acme", "receipt": format!("R{receipt}"), "allocations": allocations,
                });
                self.ask("cash_book", day, action, |model| model.reserve(receipt, parts, day));
            }
            Wish::Unapply { receipt, count } => {
                let key = format!("pay:bank:R{receipt}:acme:{count}");
                let action = json!({ "kind": "unapply", "reservation": key, "reason": "wrong" });
                self.ask("account", day, action, |model| model.unapply(&key, day));
            }
            Wish::Refund { new, receipt, amount } => {
                let left = self.model.receipts.contains_key(&receipt).then(|| self.model.left_now(receipt));
                let amount = amount.or(left).unwrap_or(1);
                let action = json!({ "kind": "refund", "id": format!("F{new}"), "receipt": format!("R{receipt}"),
                    "amount": euros(amount), "currency": "EUR", "payee": "acme", "reason": "surplus" });
                self.ask("cash_book", day, action, |model| model.refund(new, receipt, amount, day));
            }
            Wish::Reverse(receipt) => {
                let action = json!({ "kind": "reverse", "receipt": format!("R{receipt}"), "reason": "MD06" });
                self.ask("cash_book", day, action, |model| model.reverse(receipt, day));
            }
            _ => self.grant_owed(wish, day),
        }
    }

    fn grant_owed(&mut self, wish: &Wish, day: i64) {
        match *wish {
            Wish::Credit { new, of, scope, amount, rebill } => {
                let (new, of) = (format!("C{new}"), self.model.pick(of));
                let extent = match scope {
                    0 => Extent::Whole,
                    1 => Extent::Line(amount.unwrap_or(0).unsigned_abs() as u8),
                    _ => Extent::Gross(self.cents(amount, &of)),
                };
                let scope = self.scope(&of, extent);
                let effect = if rebill { "rebill" } else { "forgive" };
                let action = json!({ "kind": "credit", "id": new, "invoice": of, "effect": effect,
                    "reason": "goodwill", "scope": scope });
                self.ask("account", day, action, |model| model.credit(&new, &of, extent, rebill, day));
            }
            Wish::ApplyCredit { from, to, amount } => {
                let (from, to) = (self.model.pick(from), self.model.pick(to));
                let amount = self.cents(amount, &from);
                let action = json!({ "kind": "apply_credit", "from": from, "to": to, "amount": euros(amount), "currency": "EUR" });
                self.ask("account", day, action, |model| model.apply_credit(&from, &to, amount, day));
            }
            Wish::RefundCredit { new, from, amount } => {
                let from = self.model.pick(from);
                let amount = self.cents(amount, &from);
                let action = json!({ "kind": "refund_credit", "id": format!("P{new}"), "item": from,
                    "amount": euros(amount), "currency": "EUR", "book": "bank", "reason": "asked" });
                self.ask("account", day, action, |model| model.refund_credit(new, &from, amount, day));
            }
            Wish::WriteOff { new, item, amount } => {
                let (new, item) = (format!("W{new}"), self.model.pick(item));
                let amount = self.cents(amount, &item);
                let action = json!({ "kind": "write_off", "id": new, "item": item, "amount": euros(amount),
                    "currency": "EUR", "reason": "small" });
                self.ask("account", day, action, |model| model.write_off(&new, &item, amount, day));
            }
            Wish::Recover { written, amount } => {
                let id = format!("W{written}");
                let known = self.model.write_offs.get(&id);
                let amount = amount.or(known.map(|one| one.amount - one.recovered)).unwrap_or(1);
                let action = json!({ "kind": "recover", "write_off": id, "amount": euros(amount), "currency": "EUR", "reason": "paid" });
                self.ask("account", day, action, |model| model.recover(&id, amount, day));
            }
            Wish::OpenDispute { new, item, line, amount } => {
                let id = self.model.pick(item);
                let extent = line.map_or_else(|| Extent::Gross(self.cents(amount, &id)), Extent::Line);
                let mut action = json!({ "kind": "open_dispute", "dispute": format!("D{new}"), "invoice": id,
                    "currency": "EUR", "reason_code": "price" });
                match extent {
                    Extent::Gross(amount) => action["amount"] = json!(euros(amount)),
                    other => action["lines"] = self.scope(&id, other)["lines"].clone(),
                }
                self.ask("account", day, action, |model| model.open_dispute(new, &id, extent, day));
            }
            Wish::AdvanceDispute { dispute, to } => {
                let to = ["acknowledged", "investigating", "escalated"][usize::from(to)];
                let action = json!({ "kind": "advance_dispute", "dispute": format!("D{dispute}"), "to": to });
                self.ask("account", day, action, |model| model.advance_dispute(dispute, to));
            }
            Wish::CloseDispute { dispute, accept, remedy } => {
                let remedy = remedy.map(|place| self.model.pick(place));
                let outcome = if accept { "accepted" } else { "rejected" };
                let mut action =
                    json!({ "kind": "close_dispute", "dispute": format!("D{dispute}"), "outcome": outcome });
                if let Some(remedy) = &remedy {
                    action["remedy"] = json!(remedy);
                }
                self.ask("account", day, action, |model| {
                    model.close_dispute(dispute, accept, remedy.as_deref())
                });
            }
            _ => panic!("{wish:?} is granted elsewhere"),
        }
    }

    fn scope(&self, of: &str, extent: Extent) -> Value {
        match extent {
            Extent::Whole => json!({ "kind": "whole" }),
            Extent::Gross(amount) => json!({ "kind": "gross", "amount": euros(amount), "currency": "EUR" }),
            Extent::Line(place) => {
                let lines = self.model.invoice(of).map(|invoice| &invoice.lines);
                let line = lines.map(|lines| lines[usize::from(place) % lines.len()].id.clone());
                json!({ "kind": "lines", "lines": [line.unwrap_or("none".into())] })
            }
        }
    }

    fn bill(&mut self, day: i64) {
        let period = json!({ "from": "2026-01-01", "to": "2026-02-28" });
        let drafted = self.model.invoices.len();
        let action = json!({ "kind": "bill", "run": "monthly", "period": period });
        self.ask("account", day, action, |model| model.bill(day));
        let Some((id, _)) = self.model.invoices.get(drafted) else { return };
        let id = id.clone();
        let view = self.host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-03-31" }));
        let invoices = view["invoices"].as_array().unwrap();
        let invoice = invoices.iter().find(|invoice| invoice["id"] == id.as_str()).unwrap();
        let lines = invoice["lines"].as_array().unwrap().iter().map(line).collect();
        self.model.learn(&id, lines);
    }

    fn decide(&mut self, subject: u8, who: (u8, u8), right: bool, approve: bool, day: i64) {
        let id = self.model.pick(subject);
        let view = self.host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-03-31" }));
        let approvals = view["approvals"].as_array().unwrap();
        let shown = approvals.iter().find(|approval| approval["subject"] == id.as_str());
        let digest = match shown.filter(|_| right) {
            Some(approval) => approval["digest"].as_str().unwrap().to_owned(),
            None => "0".repeat(64),
        };
        let said = self.model.check_day("account", day);
        let said = said.and_then(|()| self.model.decide(&id, who, right, approve, day));
        let who = (["clara", "boris", "bella"][usize::from(who.0)], ["manager", "clerk"][usize::from(who.1)]);
        let verdict = if approve { "approve" } else { "reject" };
        let action =
            json!({ "kind": "decide_approval", "subject": id, "digest": digest, "verdict": verdict });
        self.send("account", who, day, action, said);
    }

    /// Delivers what waits, late and in any order. On a day that is closed it keeps waiting.
    pub fn deliver(&mut self, place: usize) {
        if self.waiting.is_empty() {
            return;
        }
        let (message, day, sent) = self.waiting.remove(place % self.waiting.len());
        let said = self.model.check_day(message.route().0, day).and_then(|()| match &message {
            Message::Assign(id) => {
                self.model.numbers += 1;
                Ok(vec![Message::Issue(id.clone())])
            }
            Message::Issue(id) => self.model.issue(id),
            Message::Allocate(key) => self.model.allocate(key),
            Message::Withdraw(key) => self.model.withdraw(key, day),
            _ => self.model.answer(&message),
        });
        if self.give(&sent, day, &said) {
            self.delivered.push(sent);
        } else {
            self.waiting.push((message, day, sent));
        }
    }

    /// A recorded command again does nothing; with other content it is refused.
    fn repeat(&mut self, back: u8, changed: bool) {
        let place = self.recorded.len().checked_sub(1 + usize::from(back));
        let Some(sent) = place.and_then(|place| self.recorded.get(place)) else { return };
        let mut again = sent.clone();
        again["stamp"]["at"] = json!("2026-03-02T02:02:02Z");
        if changed {
            again["stamp"]["effective"] = json!("2026-03-02");
        }
        let before = self.heads();
        match self.host.step(&again) {
            Ok(told) => assert!(!changed && told.is_empty(), "{again}: {told:?}"),
            Err(refusal) => {
                assert!(changed && refusal.code().name == "command-conflict", "{again}: {refusal:?}")
            }
        }
        assert_eq!(self.heads(), before, "a repetition left a trace");
    }
}

const fn log(book: bool) -> &'static str {
    if book { "cash_book" } else { "account" }
}

/// A line as the core shows it: what it drew, and the work on it.
fn line(shown: &Value) -> Line {
    let (mut covered, mut work) = (0, Vec::new());
    for charge in shown["charges"].as_array().unwrap() {
        if !charge["coverage"].is_null() {
            covered += charge["quantity"].as_str().unwrap().parse::<i64>().unwrap();
        }
        let id = charge["entry"].as_str().unwrap();
        let place = id[1..].parse().unwrap();
        work.push(if id.starts_with('E') { Worked::Entry(place) } else { Worked::Sale(place) });
    }
    let net = shown["net"].as_str().unwrap().replace('.', "").parse().unwrap();
    Line { id: shown["id"].as_str().unwrap().to_owned(), net, covered, work }
}

fn ticket(place: u8, closed: bool) -> Value {
    let mut ticket =
        json!({ "id": format!("T{place}"), "customer": if place == 1 { "acme-berlin" } else { "acme" } });
    if closed {
        ticket["closed"] = json!("2026-01-30T10:00:00Z");
    }
    ticket
}

fn instant(day: u8, hour: u8, minutes: i16) -> String {
    let minutes = i32::from(hour) * 60 + i32::from(minutes);
    format!("2026-01-{day:02}T{:02}:{:02}:00Z", minutes / 60, minutes % 60)
}
