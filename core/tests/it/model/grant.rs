//! Wishes as commands: asked of the model first, then of the core.

use serde_json::{Value, json};

use super::check::{date, euros};
use super::owed::Extent;
use super::run::{CLERK, OPENING_CASH, Run, opening_item, ticket};
use super::state::{Back, Debit, Line, Model, PayoutLine, Reservation, Said, Worked};
use super::wish::{Cents, DAYS, Wish};

impl Run {
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
                self.ask("account", day, action, |model| model.sell(sale, day));
            }
            Wish::Bill => self.bill(day),
            Wish::Decide { subject, who, right, approve } => self.decide(subject, who, right, approve, day),
            Wish::Void(place) => {
                let id = self.model.prefer(self.model.voidable(), place);
                let action = json!({ "kind": "void", "invoice": id, "reason": "wrong" });
                self.ask("account", day, action, |model| model.void(&id, day));
            }
            Wish::RequestNumber(place) => {
                let id = self.model.prefer(self.model.unnumbered(), place);
                let action = json!({ "kind": "request_number", "document": id });
                self.ask("account", day, action, |model| model.request_number(&id, day));
            }
            Wish::Deliver(place) => self.deliver(place.into()),
            Wish::DeliverAll => (0..self.waiting.len() * 3).for_each(|_| self.deliver(0)),
            Wish::DeliverAgain(place) => {
                if let Some(sent) = self.delivered.get(usize::from(place)).cloned() {
                    let before = self.heads();
                    assert_eq!(self.host.step(&sent).unwrap(), Vec::<Value>::new(), "{sent}");
                    assert_eq!(self.heads(), before, "a second delivery left a trace");
                }
            }
            Wish::Say(place) => self.say(place.into()),
            Wish::Repeat { back, changed } => self.repeat(back, changed),
            Wish::Task { place, step } => self.task(place, step, day),
            Wish::MoveIn { new, paid } => {
                let mut action = json!({ "kind": "import_opening", "cutover": date(day) });
                let old = json!({ "amount": "1.00", "currency": "EUR", "customer": "acme-berlin", "due": "2025-12-31",
                    "issued": "2025-12-01", "number": format!("P{new}"), "paid": "2025-12-20" });
                match paid {
                    true => action["history"] = json!([old]),
                    false => action["billed_elsewhere"] = json!([format!("X{new}")]),
                }
                self.ask("account", day, action, |model| model.move_in(new, paid));
            }
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
            Wish::Receive { receipt, amount, earlier, assigned, fee } => {
                let (id, amount, value) = (format!("R{receipt}"), amount, day - earlier);
                let shown = euros(amount - fee);
                let mut one = json!({ "id": id, "amount": euros(amount) });
                if fee != 0 {
                    one["fee"] = json!(euros(fee));
                }
                if assigned {
                    one["customer"] = json!("acme");
                } else {
                    one["payer_account"] = json!("DE-X");
                }
                let entry = json!({ "id": id, "amount": shown, "currency": "EUR", "value_date": date(value), "receipts": [one] });
                let action = json!({ "kind": "receive", "entry": entry });
                self.ask("cash_book", day, action, |model| {
                    model.receive(receipt, (amount, value, assigned, fee))
                });
            }
            Wish::Import { item, amount, cash } => {
                let id = format!("I{item}");
                let items = json!([opening_item(&id, amount)]);
                let cash_of = |cash| {
                    json!({ "id": format!("R{cash}"), "amount": euros(OPENING_CASH), "book": "bank", "currency": "EUR",
                        "customer": "acme", "value_date": date(1) })
                };
                let handed: Vec<Value> = cash.iter().map(cash_of).collect();
                let action = json!({ "kind": "import_opening", "cutover": "2026-01-01", "items": items, "cash": handed });
                self.ask("account", day, action, |model| model.import(&id, amount, cash));
            }
            Wish::Settle { line, ref debits, earlier, fee, right } => {
                let debits: Vec<Debit> = debits.iter().map(|debit| self.debit(*debit)).collect();
                let sums = debits.iter().map(|debit| debit.sums()).map(|(amount, fee)| amount + fee);
                let amount = -fee - sums.sum::<i64>() + i64::from(!right);
                let line_of = PayoutLine { amount, value: day - earlier, debits, fee };
                let action = json!({ "kind": "receive", "entry": entry(line, &line_of) });
                self.ask("cash_book", day, action, |model| model.settle(line, line_of));
            }
            Wish::Assign { receipt, other } => {
                let customer = if other { "acme-berlin" } else { "acme" };
                let action =
                    json!({ "kind": "assign", "receipt": format!("R{receipt}"), "customer": customer });
                self.ask("cash_book", day, action, |model| model.assign(receipt, customer));
            }
            Wish::Reserve { receipt, item, amount, more } => {
                let receipt = self.model.known_receipt(receipt);
                let id = self.model.prefer(self.model.owed(), item);
                let left = self.model.receipts.contains_key(&receipt).then(|| self.model.left_now(receipt));
                // All that is open, as far as the money goes.
                let most = amount.is_none().then_some(left).flatten().filter(|left| *left > 0);
                let cash = self.cents(amount, &id);
                let mut parts = vec![(id, most.map_or(cash, |most| most.min(cash)))];
                parts.extend(more.map(|(item, cash)| (self.model.pick(item), cash)));
                let allocation = |(item, cash): &(String, i64)| json!({ "item": item, "cash": euros(*cash), "currency": "EUR" });
                let allocations: Vec<Value> = parts.iter().map(allocation).collect();
                let action = json!({
                    "kind": "reserve", "account": "acme", "receipt": format!("R{receipt}"), "allocations": allocations,
                });
                self.ask("cash_book", day, action, |model| model.reserve(receipt, parts, day));
            }
            Wish::Unapply { receipt, count } => {
                let stands = |one: &Reservation| one.applied && (count < 2 || one.undone.is_none());
                let live = self.model.reservations.iter().filter(|(_, one)| stands(one));
                let live: Vec<String> = live.map(|(key, _)| key.clone()).collect();
                let known =
                    live.get(usize::from(receipt * 3) % live.len().max(1)).filter(|_| count < 6).cloned();
                let key = known.unwrap_or_else(|| format!("pay:bank:R{receipt}:acme:{count}"));
                let action = json!({ "kind": "unapply", "reservation": key, "reason": "wrong" });
                self.ask("account", day, action, |model| model.unapply(&key, day));
            }
            Wish::RefundReceipt { new, receipt, amount, whose } => {
                let left = self.model.receipts.contains_key(&receipt).then(|| self.model.left_now(receipt));
                let (new, amount) = (format!("Q{new}"), amount.or(left).unwrap_or(1));
                // Mostly whose it is, sometimes somebody else's, seldom nobody's here.
                let known = self.model.receipts.get(&receipt).and_then(|one| one.customer);
                let customer = match whose {
                    0 => "globex",
                    1 | 2 => "acme-berlin",
                    _ => known.unwrap_or("acme"),
                };
                let action = json!({ "kind": "refund_receipt", "id": new, "receipt": format!("R{receipt}"),
                    "amount": euros(amount), "currency": "EUR", "customer": customer, "payee": customer,
                    "book": "bank", "reason": "surplus" });
                let of = Back::Receipt(receipt, customer);
                self.ask("account", day, action, |model| model.ask_back(&new, of, amount, day));
            }
            Wish::Refund { new, receipt, amount, home } => {
                let left = self.model.receipts.contains_key(&receipt).then(|| self.model.left_now(receipt));
                let amount = amount.or(left).unwrap_or(1);
                let action = json!({ "kind": "refund", "id": format!("F{new}"), "receipt": format!("R{receipt}"),
                    "amount": euros(amount), "currency": "EUR", "payee": if home { "DE-X" } else { "acme" },
                    "reason": "surplus" });
                self.ask("cash_book", day, action, |model| model.refund(new, receipt, amount, home, day));
            }
            Wish::Reverse(receipt) => {
                let action = json!({ "kind": "reverse", "receipt": format!("R{receipt}"), "reason": "MD06" });
                self.ask("cash_book", day, action, |model| model.reverse(receipt, day));
            }
            _ => self.grant_owed(wish, day),
        }
    }

    /// What a payment provider takes back: mostly what there is to take back.
    fn debit(&self, (kind, place, amount, fee): (u8, u8, Cents, i64)) -> Debit {
        let receipt = self.model.known_receipt(place % 4);
        match kind {
            0..=3 => {
                let known = self.model.receipts.iter();
                let told = known.filter(|(_, one)| one.reversed.is_some() && !one.charged_back);
                let told = told.map(|(id, _)| *id).next().filter(|_| kind < 2);
                let receipt = if kind == 3 { place % 4 } else { told.unwrap_or(receipt) };
                let whole = self.model.receipts.get(&receipt).map(|one| one.amount);
                Debit::Chargeback(receipt, whole.filter(|_| kind != 2).or(amount).unwrap_or(1), fee)
            }
            4..=7 => {
                let left = self.model.receipts.contains_key(&receipt).then(|| self.model.left_now(receipt));
                Debit::Refund(place % 4, receipt, amount.or(left).unwrap_or(1), fee)
            }
            _ => {
                let unsettled = |id: &&String| kind == 8 || !self.model.settled.contains(*id);
                let known: Vec<&String> = self.model.paid_back.keys().filter(unsettled).collect();
                let id = known.get(usize::from(place) % known.len().max(1)).map_or("F9", |id| id.as_str());
                let whole = self.model.paid_back.get(id).copied().filter(|_| kind != 9);
                Debit::Settled(id.to_owned(), whole.or(amount).unwrap_or(1), fee)
            }
        }
    }

    fn grant_owed(&mut self, wish: &Wish, day: i64) {
        match *wish {
            Wish::Credit { new, of, scope, amount, rebill } => {
                let (new, of) = (format!("C{new}"), self.model.prefer(self.model.billed(), of));
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
                let (from, to) = (self.model.prefer(self.model.unused(), from), self.model.pick(to));
                let amount = self.cents(amount, &from);
                let action = json!({ "kind": "apply_credit", "from": from, "to": to, "amount": euros(amount), "currency": "EUR" });
                self.ask("account", day, action, |model| model.apply_credit(&from, &to, amount, day));
            }
            Wish::RefundCredit { new, from, amount } => {
                let from = self.model.prefer(self.model.unused(), from);
                let (new, amount) = (format!("P{new}"), self.cents(amount, &from));
                let action = json!({ "kind": "refund_credit", "id": new, "item": from,
                    "amount": euros(amount), "currency": "EUR", "book": "bank", "reason": "asked" });
                self.ask("account", day, action, |model| {
                    model.ask_back(&new, Back::Credit(from), amount, day)
                });
            }
            Wish::WriteOff { new, item, amount } => {
                let (new, item) = (format!("W{new}"), self.model.prefer(self.model.owed(), item));
                let amount = self.cents(amount, &item);
                let action = json!({ "kind": "write_off", "id": new, "item": item, "amount": euros(amount),
                    "currency": "EUR", "reason": "small" });
                self.ask("account", day, action, |model| model.write_off(&new, &item, amount, day));
            }
            Wish::Recover { written, amount } => {
                let done = self.model.write_offs.iter().filter(|(_, one)| one.done.is_some());
                let id = self.model.prefer(done.map(|(id, _)| id.clone()).collect(), written);
                let known = self.model.write_offs.get(&id);
                let amount = amount.or(known.map(|one| one.amount - one.recovered)).unwrap_or(1);
                let action = json!({ "kind": "recover", "write_off": id, "amount": euros(amount), "currency": "EUR", "reason": "paid" });
                self.ask("account", day, action, |model| model.recover(&id, amount, day));
            }
            Wish::OpenDispute { new, item, line, amount } => {
                let id = self.model.prefer(self.model.owed(), item);
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
                let dispute = self.model.live_dispute(dispute);
                let to = ["acknowledged", "investigating", "escalated"][usize::from(to)];
                let action = json!({ "kind": "advance_dispute", "dispute": format!("D{dispute}"), "to": to });
                self.ask("account", day, action, |model| model.advance_dispute(dispute, to));
            }
            Wish::CloseDispute { dispute, accept, remedy } => {
                let dispute = self.model.live_dispute(dispute);
                let item = self.model.disputes.get(&dispute).map_or("none", |one| one.item.as_str());
                let remedy = remedy.map(|place| self.model.prefer(self.model.remedies(item), place));
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
        let id = self.model.prefer(self.model.undecided(), subject);
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
        let mut action =
            json!({ "kind": "decide_approval", "subject": id, "digest": digest, "verdict": verdict });
        if subject % 2 == 1 {
            // A decision that names the page which it was shown is a decision like any other.
            let document = json!({ "kind": "consent", "subject": id,
                "decider": { "person": who.0, "role": who.1 } });
            let page = json!({ "kind": "document", "as_of": "2026-03-31", "document": document,
                "role": "billing_specialist", "viewer": "clara" });
            if let Ok(page) = self.host.try_report("account", "acme", page) {
                action["shown"] = page["digest"].clone();
            }
        }
        self.send("account", who, day, action, said);
    }
}

/// A line of a payment provider as it is booked.
fn entry(id: u8, line: &PayoutLine) -> Value {
    let debits = line.debits.iter().map(|debit| {
        let (amount, fee) = debit.sums();
        let mut shown = match debit {
            Debit::Chargeback(receipt, ..) => {
                json!({ "kind": "chargeback", "receipt": format!("R{receipt}"), "reason": "fraudulent" })
            }
            Debit::Refund(new, receipt, ..) => json!({ "kind": "refund", "id": format!("F{new}"),
                "receipt": format!("R{receipt}"), "payee": "acme", "reason": "complaint" }),
            Debit::Settled(refund, ..) => json!({ "kind": "settled", "refund": refund }),
        };
        shown["amount"] = json!(euros(amount));
        if fee != 0 {
            shown["fee"] = json!(euros(fee));
        }
        shown
    });
    let fees = json!([{ "amount": euros(line.fee), "reason": "pay-out" }]);
    json!({ "id": format!("L{id}"), "amount": euros(line.amount), "currency": "EUR", "value_date": date(line.value),
        "receipts": [], "settlement": { "debits": debits.collect::<Vec<_>>(), "fees": fees } })
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

fn instant(day: u8, hour: u8, minutes: i16) -> String {
    let minutes = i32::from(hour) * 60 + i32::from(minutes);
    format!("2026-01-{day:02}T{:02}:{:02}:00Z", minutes / 60, minutes % 60)
}
