//! One run: the core and the model side by side.

use serde_json::{Value, json};

use super::check::{date, euros};
use super::outside::Outside;
use super::shares::Shares;
use super::state::{Message, Model, Said};
use crate::month::{Host, address, command};

/// How much money each receipt is of that moves in.
pub const OPENING_CASH: i64 = 7_500;

pub const CLERK: (&str, &str) = ("clara", "billing");

pub struct Run {
    pub host: Host,
    pub model: Model,
    pub outside: Outside,
    /// What one log told another and nobody delivered yet.
    pub waiting: Vec<(Message, i64, Value)>,
    pub delivered: Vec<Value>,
    recorded: Vec<Value>,
    count: usize,
    pub shares: Shares,
}

impl Run {
    pub fn new() -> Self {
        Self::under(false)
    }

    /// A run in which refunds are approved by the rule for much money, or by nobody.
    pub fn under(refunds_approved: bool) -> Self {
        let (mut host, model, outside) = (Host::new(), Model::new(), Outside::default());
        let model = Model { refunds_approved, ..model };
        // What is issued is not voided by one person alone, where it is much: the rule for credit notes is for
        // voids too. Tasks are asked for on the way.
        let mut document: Value =
            serde_json::from_slice(include_bytes!("../../../golden/rulebook.json")).unwrap();
        let kinds = document["policy"]["approvals"][0]["kinds"].as_array_mut().unwrap();
        kinds.extend(refunds_approved.then(|| json!("refund")));
        document["policy"]["tasks"] =
            serde_json::from_slice(include_bytes!("../../../../examples/sample/tasks.json")).unwrap();
        host.rulebook = duebill::wire::compile(document.to_string().as_bytes()).unwrap();
        let (waiting, delivered, recorded) = (Vec::new(), Vec::new(), Vec::new());
        let (count, shares) = (0, Shares::default());
        let mut run = Self { host, model, outside, waiting, delivered, recorded, count, shares };
        for (kind, id) in [("account", "acme"), ("cash_book", "bank"), ("series", "invoices")] {
            let at = address(kind, id).to_string();
            run.host.logs.insert(at.clone(), duebill::wire::open(at.as_bytes()).unwrap());
        }
        let items = [("I0", 40_000), ("I1", 5_000), ("I2", -6_000)].map(|(id, open)| opening_item(id, open));
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
        let refusal = got.as_ref().err().map(|refusal| refusal.code().name);
        self.shares.count(sent["action"]["kind"].as_str().unwrap(), refusal);
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
                self.learn_tasks();
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

    pub fn send(&mut self, kind: &str, who: (&str, &str), day: i64, action: Value, said: Said) {
        self.send_with(kind, who, day, action, None, said);
    }

    pub fn send_with(
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

    /// Delivers what waits, late and in any order. What another log recorded is carried out on closed days too.
    pub fn deliver(&mut self, place: usize) {
        if self.waiting.is_empty() {
            return;
        }
        let (message, day, sent) = self.waiting.remove(place % self.waiting.len());
        // What comes late counts from the first open day.
        let day = self.model.first_open(message.route().0, day);
        let said = match &message {
            // One number for each document, on the day of the request that came first.
            Message::Assign(id, asked) => {
                let given = *self.model.numbers.entry(id.clone()).or_insert(*asked);
                Ok(vec![Message::Issue(id.clone(), given)])
            }
            Message::Issue(id, given) => self.model.issue(id, *given),
            Message::Allocate(key) => self.model.allocate(key, day),
            Message::Withdraw(key) => self.model.withdraw(key, day),
            Message::Receive(id) => self.model.receive(*id, (OPENING_CASH, 1, true, 0)),
            Message::PayBack(id) => self.model.order(id, day),
            Message::DeclineRefund(id, why) => self.model.declined(id, why),
            _ => self.model.answer(&message),
        };
        if self.give(&sent, day, &said) {
            self.delivered.push(sent);
        } else {
            self.waiting.push((message, day, sent));
        }
    }

    /// A person says what one log told another: nobody but that log says it.
    pub fn say(&mut self, place: usize) {
        let waiting = self.waiting.iter().map(|(_, _, sent)| sent);
        let told: Vec<&Value> = waiting.chain(&self.delivered).collect();
        let Some(sent) = told.get(place % told.len().max(1)) else { return };
        let mut said = (*sent).clone();
        said["id"] = json!(format!("c{}", self.count));
        (said["stamp"]["actor"], said["stamp"]["role"]) = (json!(CLERK.0), json!(CLERK.1));
        self.count += 1;
        let before = self.heads();
        let refusal = self.host.step(&said).unwrap_err();
        assert_eq!(refusal.code().name, "ready-only", "{said}");
        assert_eq!(self.heads(), before, "a refusal left a trace");
    }

    /// A recorded command again does nothing; with other content it is refused.
    pub fn repeat(&mut self, back: u8, changed: bool) {
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

/// An item that moves in.
pub fn opening_item(id: &str, open: i64) -> Value {
    json!({ "id": id, "number": format!("N-{id}"), "customer": "acme", "currency": "EUR",
        "issued": "2025-12-01", "due": "2025-12-31", "open": euros(open), "total": euros(open) })
}

pub fn ticket(place: u8, closed: bool) -> Value {
    let mut ticket =
        json!({ "id": format!("T{place}"), "customer": if place == 1 { "acme-berlin" } else { "acme" } });
    if closed {
        ticket["closed"] = json!("2026-01-30T10:00:00Z");
    }
    ticket
}
