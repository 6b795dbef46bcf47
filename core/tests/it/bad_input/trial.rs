//! One bad input on its way through the library: what was refused, under which name, and whether
//! anything changed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use duebill::finding::Refusal;
use duebill::wire;
use serde_json::{Value, json};

use super::super::month::{Host, address};

/// A check of one bad input.
pub type Run = fn(&Trial);

/// What a check saw.
#[derive(Debug, Default)]
pub struct Trial {
    names: RefCell<BTreeSet<String>>,
    wrong: RefCell<Vec<String>>,
    checked: Cell<usize>,
}

/// The codes that a catalogue proposes, and ours that answer them. A code of ours stands for itself.
const PROPOSED: &[(&str, &[&str])] = &[
    (
        "E_AUDIT_BROKEN",
        &[
            "record-hash",
            "previous-hash",
            "sequence-gap",
            "log-truncated",
            "line-form",
            "digest-form",
            "head-mismatch",
            "invalid-utf8",
        ],
    ),
    ("E_CLOCK or flagged", &["number-date-order", "approval-early"]),
    ("E_CONTROL_CHAR", &["control-character"]),
    ("E_CURRENCY_MIXED", &["currency-mixed", "receipt-currency", "allocation-currency"]),
    ("E_CURRENCY_UNKNOWN", &["currency-unknown"]),
    ("E_CYCLE", &["parent-circular", "parent-depth"]),
    ("E_DATE", &["date-form", "instant-form"]),
    ("E_DEPTH", &["depth-limit"]),
    ("E_DUP_KEY", &["duplicate-key"]),
    ("E_LIMIT", &["size-limit", "id-length"]),
    (
        "E_NOT_FOUND",
        &[
            "ticket-unknown",
            "customer-unknown",
            "customer-outside",
            "invoice-unknown",
            "receipt-unknown",
            "item-unknown",
            "reference-unknown",
        ],
    ),
    ("E_NUMBER_FORM", &["number-form", "number-whole", "wrong-type"]),
    ("E_OVERPAY", &["over-allocation", "receipt-overspent"]),
    (
        "E_POLICY",
        &["rounding-increment", "split-weights", "tax-percent", "discount-percent", "adjustment-range"],
    ),
    ("E_PRECISION", &["precision"]),
    (
        "E_RANGE",
        &[
            "number-range",
            "amount-overflow",
            "date-range",
            "entry-ends-before-start",
            "entry-too-long",
            "number-limit",
            "part-quantity",
        ],
    ),
    ("E_RATE", &["approval-rate"]),
    ("E_SIGNATURE", &["approval-content"]),
    ("E_STATE", &["invoice-state", "invoice-allocated"]),
    ("E_SYNTAX", &["syntax", "invalid-utf8"]),
    ("E_TEXT or flagged", &["id-character"]),
    ("E_TIMEZONE", &["zone-unknown"]),
    ("E_TIME_GAP", &["local-time-absent"]),
    ("E_TYPE", &["wrong-type"]),
    ("E_UNKNOWN_FIELD (strict) / kept (lenient)", &["unknown-field"]),
    ("E_UTF8", &["syntax", "invalid-utf8"]),
    ("E_VERSION", &["schema-version", "record-version", "missing-field"]),
    ("OK", &[]),
    ("OK (no change)", &["receipt-conflict"]),
    ("OK in bounded time", &["unknown-field"]),
];

impl Trial {
    /// Says what should have been otherwise.
    pub fn holds(&self, what: &str, holds: bool) {
        self.checked.set(self.checked.get() + 1);
        if !holds {
            self.wrong.borrow_mut().push(what.to_owned());
        }
    }

    /// Notes under which name something was refused or reported, and which was right.
    pub fn named(&self, what: &str, expected: &str, got: &str) {
        self.names.borrow_mut().insert(got.to_owned());
        self.holds(&format!("{what}: expected {expected}, got {got}"), expected == got);
    }

    /// Something that must be refused under a name.
    pub fn refuses<T>(&self, what: &str, answer: Result<T, Refusal>, expected: &str) {
        match answer {
            Ok(_) => self.holds(&format!("{what}: expected {expected}, it was accepted"), false),
            Err(refusal) => {
                self.named(what, expected, refusal.code().name);
            }
        }
    }

    /// A command that must be refused under a name and change nothing, in any log.
    pub fn refuses_command(&self, host: &mut Host, command: Value, expected: &str) {
        let before = host.logs.clone();
        let what = command.to_string();
        let what = what.get(..120).unwrap_or(&what);
        self.refuses(what, host.deliver(command.clone()), expected);
        for (key, log) in &host.logs {
            let unchanged =
                before.get(key).map_or_else(|| log.chain().head().seq == 0, |before| before == log);
            self.holds(&format!("{what}: {key} has changed"), unchanged);
        }
    }

    /// A command that is no document, to an account that is not empty.
    pub fn refuses_bytes(&self, host: &Host, bytes: &[u8], expected: &str) {
        let log = &host.logs[&address("account", "acme").to_string()];
        let before = log.clone();
        let what = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        self.refuses(&what, wire::decide(log, &host.rulebook, bytes), expected);
        self.holds(&format!("{what}: the account has changed"), *log == before);
    }

    /// A calculation, which must not be refused.
    pub fn calculates(&self, kind: &str, input: Value) -> Value {
        let request = json!({ "in": input, "kind": kind }).to_string();
        match wire::calculate(request.as_bytes()) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap(),
            Err(refusal) => {
                self.holds(&format!("{kind} of {input} is refused: {refusal}"), false);
                Value::Null
            }
        }
    }

    /// A calculation that must be refused under a name.
    pub fn refuses_calculation(&self, kind: &str, input: Value, expected: &str) {
        let request = json!({ "in": input, "kind": kind }).to_string();
        self.refuses(&request, wire::calculate(request.as_bytes()), expected);
    }

    /// A rulebook with a change, which must be refused under a name.
    pub fn refuses_rulebook(&self, change: impl FnOnce(&mut Value), expected: &str) {
        let mut document = rulebook();
        change(&mut document);
        self.refuses("a rulebook", wire::compile(document.to_string().as_bytes()), expected);
    }

    /// What is wrong: with the check, or between it and the code and the effect that a case names.
    pub fn faults(self, code: &str, state_unchanged: bool) -> Vec<String> {
        let mut faults = self.wrong.into_inner();
        if self.checked.get() == 0 {
            faults.push("nothing was checked".to_owned());
        }
        let names = self.names.into_inner();
        let own = duebill::wire::codes().iter().any(|own| own.name == code);
        let single = [code];
        match PROPOSED.iter().find(|(proposed, _)| *proposed == code) {
            Some((_, ours)) => {
                let foreign = names.iter().filter(|name| !ours.contains(&name.as_str()));
                faults.extend(foreign.map(|name| format!("{name} is no answer to {code}")));
                if !code.starts_with("OK") && names.is_empty() {
                    faults.push(format!("nothing was refused, expected {code}"));
                }
            }
            None if own => {
                if !names.iter().any(|name| single.contains(&name.as_str())) {
                    faults.push(format!("{code} did not come, got {names:?}"));
                }
            }
            None => faults.push(format!("no refusal of ours is known for {code}")),
        }
        // A case that changes the state is one that goes through.
        if !state_unchanged && !code.starts_with("OK") {
            faults.push(format!("{code} and a change of state"));
        }
        faults
    }
}

/// The rulebook of the tests, as a document.
pub fn rulebook() -> Value {
    serde_json::from_slice(include_bytes!("../../../golden/rulebook.json")).unwrap()
}

/// Who sends commands.
pub const CLERK: (&str, &str) = ("clara", "billing");

/// A command to the account of Acme.
pub fn account(id: &str, date: &str, action: Value) -> Value {
    super::super::month::command("account", "acme", id, date, CLERK, action)
}

/// A command to the cash book.
pub fn book(id: &str, date: &str, action: Value) -> Value {
    super::super::month::command("cash_book", "bank", id, date, CLERK, action)
}

/// A host with January billed.
pub fn billed() -> Host {
    let mut host = Host::new();
    super::super::month::january(&mut host);
    host
}

/// A capture of one entry, on a ticket of Acme.
pub fn capture(id: &str, work: Value) -> Value {
    let tickets = json!([{ "id": "T", "customer": "acme" }]);
    let entries = json!([{ "id": format!("E-{id}"), "ticket": "T", "work": work }]);
    account(id, "2026-02-05", json!({ "kind": "capture", "tickets": tickets, "entries": entries }))
}

/// A capture of time from one instant to another.
pub fn worked(id: &str, start: &str, end: &str) -> Value {
    capture(id, json!({ "kind": "time", "start": start, "end": end }))
}
