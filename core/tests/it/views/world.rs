//! An account of one payer with two more customers, worked for by two people, in which every value that
//! somebody must not see says whose it is.

use duebill::wire;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::month::{Host, address, command};

pub const CUSTOMERS: [&str; 3] = ["rootco", "childa", "childb"];
pub const AGENTS: [&str; 2] = ["agent-amy", "agent-bob"];
pub const CLASSES: [&str; 5] = ["public", "internal", "personal", "health", "secret"];
pub const CLERK: (&str, &str) = ("clerk-clara", "billing_specialist");
pub const BOSS: (&str, &str) = ("boss-boris", "support_manager");
pub const DAY: &str = "2026-03-31";

/// Something that happens.
#[derive(Debug, Clone)]
pub enum Happening {
    Work { customer: usize, agent: usize, class: usize, minutes: u32, onsite: bool },
    Part { customer: usize, agent: usize, count: u32 },
    Bill,
    Approve { place: usize, yes: bool },
    Consent { place: usize, customer: usize },
    Deliver { place: usize, status: usize },
    Say { place: usize, what: usize },
    Dispute { place: usize },
    Settle,
    Credit { place: usize },
    WriteOff { place: usize },
    Pay { place: usize, cents: u32 },
    Estimate { customer: usize },
    Void { place: usize },
    Moved,
}

pub fn happening() -> impl Strategy<Value = Happening> {
    let place = || 0..6_usize;
    prop_oneof![
        8 => (0..3_usize, 0..2_usize, 0..5_usize, 5..200_u32, prop::bool::weighted(0.3)).prop_map(
            |(customer, agent, class, minutes, onsite)| Happening::Work { customer, agent, class, minutes, onsite },
        ),
        2 => (0..3_usize, 0..2_usize, 1..4_u32).prop_map(|(customer, agent, count)| Happening::Part { customer, agent, count }),
        5 => Just(Happening::Bill),
        5 => (place(), prop::bool::weighted(0.85)).prop_map(|(place, yes)| Happening::Approve { place, yes }),
        3 => (place(), 0..3_usize).prop_map(|(place, customer)| Happening::Consent { place, customer }),
        3 => (place(), 0..4_usize).prop_map(|(place, status)| Happening::Deliver { place, status }),
        3 => (place(), 0..6_usize).prop_map(|(place, what)| Happening::Say { place, what }),
        2 => place().prop_map(|place| Happening::Dispute { place }),
        1 => Just(Happening::Settle),
        2 => place().prop_map(|place| Happening::Credit { place }),
        1 => place().prop_map(|place| Happening::WriteOff { place }),
        3 => (place(), 100..9_000_u32).prop_map(|(place, cents)| Happening::Pay { place, cents }),
        1 => (0..3_usize).prop_map(|customer| Happening::Estimate { customer }),
        1 => place().prop_map(|place| Happening::Void { place }),
        1 => Just(Happening::Moved),
    ]
}

/// Prices that occur nowhere else.
pub const RATE: &str = "87.6543";
pub const STATED: &str = "13.3771";

pub fn rulebook() -> Value {
    let mut rulebook: Value =
        serde_json::from_slice(include_bytes!("../../../golden/rulebook.json")).unwrap();
    let policy = &mut rulebook["policy"];
    policy["rates"] = json!([{ "id": "the-rate-row", "currency": "EUR", "value": RATE }]);
    policy["billing"] = json!({ "series": "invoices", "grouping": ["purchase_order"], "collapse": "ticket" });
    policy["approvals"] = json!([
        { "id": "boss", "above": "150.00", "kinds": ["invoice", "credit_note", "write_off"],
          "roles": ["support_manager"] },
        { "id": "consent", "when": { "kind": "code", "any_of": ["onsite"] }, "roles": ["customer"] },
        { "id": "agree", "above": "0", "kinds": ["estimate"], "roles": ["customer"] },
    ]);
    policy["roles"] = json!([{ "id": "porter", "capabilities": ["documents"], "classes": ["public"] }]);
    let terms = |customer: &str, more: Value| {
        let mut terms = json!({ "customer": customer, "name": format!("Name of {customer}"), "currency": "EUR",
            "calendar": "office", "rounding": "quarter", "payment_terms": "net30" });
        terms.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        terms
    };
    // The first child has invoices of its own, the second shares those of the payer.
    rulebook["terms"] = json!([
        terms("rootco", json!({})),
        terms("childa", json!({ "parent": "rootco", "purchase_order": "PO-childa" })),
        terms("childb", json!({ "parent": "rootco" })),
        terms("stranger", json!({})),
    ]);
    rulebook
}

pub struct World {
    pub host: Host,
    count: usize,
}

impl World {
    pub fn new() -> Self {
        let mut host = Host::new();
        host.rulebook = wire::compile(rulebook().to_string().as_bytes()).unwrap();
        let mut world = Self { host, count: 0 };
        let items = json!([
            { "id": "OLD-rootco", "number": "N-rootco", "customer": "rootco", "currency": "EUR", "issued": "2025-12-01",
              "due": "2025-12-31", "open": "400.00", "total": "400.00" },
            { "id": "OLD-childb", "number": "N-childb", "customer": "childb", "currency": "EUR", "issued": "2025-12-01",
              "due": "2025-12-31", "open": "50.00", "total": "50.00" },
        ]);
        world.send(CLERK, json!({ "kind": "import_opening", "cutover": "2026-01-01", "items": items }));
        world
    }

    /// Sends a command to the account; whether it was recorded.
    pub fn send(&mut self, who: (&str, &str), action: Value) -> bool {
        self.send_to("account", "rootco", who, action)
    }

    fn send_to(&mut self, kind: &str, log: &str, who: (&str, &str), action: Value) -> bool {
        self.count += 1;
        let mut sent = command(kind, log, &format!("c{}", self.count), DAY, who, action);
        sent["stamp"]["reason"] = json!("REASON of the clerk");
        sent["stamp"]["ip"] = json!("IP-203.0.113.7");
        self.host.deliver(sent).is_ok()
    }

    pub fn ask(&self, question: &Value) -> Value {
        self.try_ask(question).unwrap_or_else(|error| panic!("{question}: {error}"))
    }

    /// An answer, or the name of the code that refuses it.
    pub fn try_ask(&self, question: &Value) -> Result<Value, String> {
        let log = &self.host.logs[&address("account", "rootco").to_string()];
        let answer = wire::report(log, &self.host.rulebook, question.to_string().as_bytes());
        answer
            .map(|bytes| serde_json::from_slice(&bytes).unwrap())
            .map_err(|refusal| refusal.code().name.to_owned())
    }

    pub fn account(&self) -> Value {
        self.ask(&json!({ "kind": "account", "as_of": DAY }))
    }

    /// Documents by id: invoices, credit notes and what moved in.
    pub fn documents(&self) -> Vec<(String, Value)> {
        let view = self.account();
        let all = ["invoices", "credits", "opening_items"].map(|key| view[key].as_array().unwrap().clone());
        all.into_iter().flatten().map(|one| (one["id"].as_str().unwrap().to_owned(), one)).collect()
    }

    fn document(&self, place: usize) -> String {
        let all = self.documents();
        all[place % all.len()].0.clone()
    }

    pub fn happen(&mut self, what: &Happening) {
        match what {
            Happening::Work { customer, agent, class, minutes, onsite } => {
                let work = json!({ "kind": "time", "start": "2026-02-10T09:00:00Z",
                    "end": format!("2026-02-10T{:02}:{:02}:00Z", 9 + minutes / 60, minutes % 60) });
                let kind = if *onsite { json!("onsite") } else { Value::Null };
                self.capture(*customer, *agent, Some(*class), work, kind);
            }
            Happening::Part { customer, agent, count } => {
                let work = json!({ "kind": "part", "sku": "SSD-1", "description": "SSD", "quantity": count.to_string(),
                    "unit_price": STATED, "date": "2026-02-11" });
                self.capture(*customer, *agent, None, work, Value::Null);
            }
            Happening::Bill => {
                let period = json!({ "from": "2026-02-01", "to": "2026-02-28" });
                self.send(
                    CLERK,
                    json!({ "kind": "bill", "run": format!("run{}", self.count), "period": period }),
                );
            }
            Happening::Approve { place, yes } => self.decide(*place, BOSS, *yes),
            Happening::Consent { place, customer } => {
                self.decide(*place, (CUSTOMERS[*customer], "customer"), true)
            }
            Happening::Deliver { place, status } => {
                let status = ["sent", "delivered", "bounced", "viewed"][*status];
                let fact = json!({ "kind": "delivery", "channel": "mail", "status": status });
                self.fact(*place, fact);
            }
            Happening::Say { place, what } => {
                let fact = [
                    json!({ "kind": "accepted" }),
                    json!({ "kind": "promised", "by": "2026-04-10" }),
                    json!({ "kind": "held", "reason_code": "HELD-internal" }),
                    json!({ "kind": "hold_ended" }),
                    json!({ "kind": "remarked", "note": "REMARK internal" }),
                    json!({ "kind": "contacted", "channel": "phone", "note": "REMARK contact" }),
                ][*what]
                    .clone();
                self.fact(*place, fact);
            }
            Happening::Dispute { place } => {
                let (invoice, dispute) = (self.document(*place), format!("D{}", self.count));
                self.send(
                    CLERK,
                    json!({ "kind": "open_dispute", "dispute": dispute, "invoice": invoice, "amount": "1.00",
                    "currency": "EUR", "reason_code": "quality", "by": "person-carol" }),
                );
            }
            Happening::Settle => {
                let view = self.account();
                let live = view["disputes"].as_array().unwrap().iter().find(|one| one["outcome"].is_null());
                if let Some(one) = live.cloned() {
                    self.send(
                        CLERK,
                        json!({ "kind": "close_dispute", "dispute": one["dispute"], "outcome": "rejected" }),
                    );
                }
            }
            Happening::Credit { place } => {
                let (invoice, id) = (self.document(*place), format!("C{}", self.count));
                self.send(
                    CLERK,
                    json!({ "kind": "credit", "id": id, "invoice": invoice, "effect": "forgive",
                    "reason": "REASON-code", "scope": { "kind": "whole" } }),
                );
            }
            Happening::WriteOff { place } => {
                let (item, id) = (self.document(*place), format!("W{}", self.count));
                self.send(
                    CLERK,
                    json!({ "kind": "write_off", "id": id, "item": item, "amount": "2.00", "currency": "EUR",
                    "exchange": [], "reason": "REASON-code" }),
                );
            }
            Happening::Pay { place, cents } => self.pay(*place, *cents),
            Happening::Estimate { customer } => {
                let (estimate, ticket) =
                    (format!("EST{}", self.count), format!("T-{}", CUSTOMERS[*customer]));
                self.send(
                    CLERK,
                    json!({ "kind": "propose_estimate", "estimate": estimate, "cap": "99.00",
                    "currency": "EUR", "expires": "2026-12-31", "scope": { "tickets": [ticket] } }),
                );
            }
            Happening::Void { place } => {
                let invoice = self.document(*place);
                self.send(
                    CLERK,
                    json!({ "kind": "void", "exchange": [], "invoice": invoice, "reason": "made_in_error" }),
                );
            }
            Happening::Moved => {
                self.send(CLERK, json!({ "kind": "close_period", "through": "2025-12-31", "how": "soft" }));
            }
        }
    }

    fn capture(
        &mut self,
        customer: usize,
        agent: usize,
        class: Option<usize>,
        work: Value,
        work_type: Value,
    ) {
        let (customer, agent) = (CUSTOMERS[customer], AGENTS[agent]);
        let ticket = format!("T-{customer}");
        let mut entry = json!({ "id": format!("E-{customer}-{agent}-{}", self.count), "ticket": ticket, "agent": agent,
            "work": work });
        if !work_type.is_null() {
            entry["work_type"] = work_type;
        }
        if let Some(class) = class {
            entry["note"] = json!(format!("NOTE {} of {customer} by {agent}.", CLASSES[class]));
            entry["note_class"] = json!(CLASSES[class]);
        }
        let tickets = json!([{ "id": ticket, "customer": customer, "closed": "2026-02-20T10:00:00Z",
            "priority": "PRIORITY-high", "subject": format!("SUBJECT of {customer}") }]);
        self.send(
            ("sync", "system-import"),
            json!({ "kind": "capture", "tickets": tickets, "entries": [entry] }),
        );
    }

    fn decide(&mut self, place: usize, who: (&str, &str), yes: bool) {
        let view = self.account();
        let open: Vec<&Value> =
            view["approvals"].as_array().unwrap().iter().filter(|one| one["open"] == true).collect();
        if open.is_empty() {
            return;
        }
        let one = open[place % open.len()];
        let verdict = if yes { "approve" } else { "reject" };
        let decision = json!({ "kind": "decide_approval", "subject": one["subject"], "digest": one["digest"],
            "verdict": verdict, "consent": "CONSENT words" });
        self.send(who, decision);
    }

    fn fact(&mut self, place: usize, fact: Value) {
        let document = self.document(place);
        self.send(CLERK, json!({ "kind": "record_fact", "document": document, "fact": fact }));
    }

    /// Money comes and is put on a document by hand.
    fn pay(&mut self, place: usize, cents: u32) {
        let (item, id) = (self.document(place), format!("TX{}", self.count));
        let amount = format!("{}.{:02}", cents / 100, cents % 100);
        let receipt = json!({ "id": id, "amount": amount, "customer": "rootco", "payer_name": "PAYER NAME" });
        let entry = json!({ "id": id, "amount": amount, "currency": "EUR", "value_date": "2026-03-01", "receipts": [receipt] });
        self.send_to("cash_book", "bank", CLERK, json!({ "kind": "receive", "entry": entry }));
        let allocation = json!({ "item": item, "cash": amount, "currency": "EUR" });
        let reserve =
            json!({ "kind": "reserve", "account": "rootco", "receipt": id, "allocations": [allocation] });
        self.send_to("cash_book", "bank", CLERK, reserve);
    }
}

/// A role with who looks in it.
pub const LOOKS: [(&str, &str); 11] = [
    ("engineer", "agent-amy"),
    ("engineer", "agent-bob"),
    ("engineer", "agent-nobody"),
    ("support_manager", "boss-boris"),
    ("billing_specialist", "clerk-clara"),
    ("account_manager", "manager-mia"),
    ("customer", "rootco"),
    ("customer", "childa"),
    ("customer", "childb"),
    ("auditor", "auditor-otto"),
    ("porter", "porter-paul"),
];
