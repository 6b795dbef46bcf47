//! One run: the core and the model side by side.

use duebill::account::Account;
use duebill::wire::{self, Log};
use serde_json::{Value, json};

use super::book::{Book, Day, Invoice, Said};
use super::compare::compare_draft;
use super::consent::Who;
use super::grant::ticket;
use super::rules::{Rules, day};
use crate::model::shares::Shares;
use crate::month::{Host, address, command};

pub const CLERK: Who = ("clara", "billing");
pub const DAYS: [&str; 6] =
    ["2026-01-20", "2026-01-31", "2026-02-10", "2026-02-28", "2026-03-15", "2026-03-31"];

/// What is asked, and numbers that choose among what there is.
pub type Step = (u8, u8, u8, u8, u8);

pub const KINDS: [&str; 18] = [
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
pub const WEIGHTS: [u8; 18] = [7, 3, 4, 1, 2, 6, 1, 2, 2, 2, 1, 3, 8, 2, 3, 7, 2, 3];

pub struct Wide {
    pub host: Host,
    pub model: Book,
    pub count: usize,
    pub shares: Shares,
}

impl Wide {
    pub fn new(policy: u8) -> Self {
        let rules = Rules { number: policy };
        let rulebook = wire::compile(rules.document().to_string().as_bytes()).unwrap();
        let host = Host { rulebook, ..Host::new() };
        let mut wide = Self { host, model: Book::new(rules), count: 0, shares: Shares::default() };
        let tickets: Vec<Value> = (0..4).map(|place| ticket(place, false)).collect();
        wide.ask(
            "close_ticket",
            day(DAYS[0]),
            CLERK,
            json!({ "kind": "capture", "tickets": tickets, "entries": [] }),
            Ok(()),
        );
        wide
    }

    /// What was done before a run: nothing; work that an estimate covers in part; or work, and a down payment
    /// that was paid.
    pub fn before(&mut self, start: u8) {
        if start == 0 {
            return;
        }
        if start == 1 {
            // Caps of 67.50 and 12.50 in euros, 40.00 in dollars; the customer says yes.
            for step in [
                (9, 0, 31, 4, 0),
                (9, 1, 9, 10, 0),
                (9, 2, 20, 25, 0),
                (12, 0, 3, 1, 0),
                (12, 0, 3, 1, 0),
                (12, 0, 3, 1, 0),
            ] {
                self.take(step);
            }
        } else {
            // Of work, of parts and of what is not taxed; all are paid.
            let deposits = [(11, 0, 61, 3, 0), (11, 1, 43, 8, 0), (11, 2, 25, 14, 0)];
            for step in deposits.into_iter().chain([(15, 0, 5, 1, 0); 3]).chain([(3, 0, 0, 0, 0)]) {
                self.take(step);
            }
        }
        for entry in 0..8 {
            self.take((0, 7 + entry * 3, entry * 3, 4 + entry % 3, 0));
            self.take((1, 1 + entry % 4, entry * 2, entry, 0));
        }
        for ticket in 0..4 {
            self.take((2, ticket, 0, 0, 0));
        }
    }

    pub fn account(&self) -> &Account {
        match &self.host.logs[&address("account", "acme").to_string()] {
            Log::Account(account) => account,
            _ => panic!("no account"),
        }
    }

    /// Counts what the run came to.
    pub fn note_reached(&self) {
        let model = &self.model;
        let charges = || model.invoices.iter().flat_map(|one| &one.lines).flat_map(|line| &line.charges);
        let reached = [
            ("discount", model.payments.values().any(|one| one.discount > 0)),
            ("deducted", model.invoices.iter().any(|one| !one.deposits.is_empty())),
            ("drawn", model.invoices.iter().any(|one| !one.draws.is_empty())),
            ("carried", model.carried > 0),
            ("held", model.invoices.iter().any(|one| one.request.needed.len() > 1)),
            ("rebilled", model.credits.iter().any(|(_, one)| one.rebill && one.state == "issued")),
            ("evening", charges().any(|one| one.factor > 100)),
            ("covered", charges().any(|one| one.covered)),
            ("two rates", model.invoices.iter().any(Invoice::has_two_rates)),
            ("instalments", model.items.values().any(|one| one.parts.len() > 1)),
            ("inclusive", model.rules.is_inclusive() && model.invoices.iter().any(|one| one.sums.tax() > 0)),
            ("withheld", model.payments.values().any(|one| one.withheld > 0)),
            ("drawn within", charges().any(|one| one.drawn > 0)),
            ("dollars", model.invoices.iter().any(|one| one.currency == "USD")),
        ];
        for (what, is_reached) in reached {
            if is_reached {
                self.shares.count(what, None);
            }
        }
    }

    /// Gives the account a command: it must say what the model said, and then be as the model is.
    pub fn ask(&mut self, kind: &'static str, on: Day, who: Who, action: Value, said: Said) {
        let drafted = self.account_or_none().map_or(0, |account| account.invoices().count());
        let answer = self.tell(("account", "acme"), on, who, action.clone());
        let name = answer.err().unwrap_or("accepted");
        match said {
            Ok(()) => assert_eq!(name, "accepted", "{on} {who:?} {action}"),
            Err(reasons) => {
                assert!(
                    reasons.split('|').any(|one| one == name),
                    "{on} {who:?} {action}: {name}, expected {reasons}"
                );
            }
        }
        self.shares.count(kind, answer.err());
        let account = self.account();
        for invoice in self.model.invoices.iter().skip(drafted) {
            compare_draft(account, invoice);
        }
        self.model.compare(account);
    }

    fn account_or_none(&self) -> Option<&Account> {
        match self.host.logs.get(&address("account", "acme").to_string()) {
            Some(Log::Account(account)) => Some(account),
            _ => None,
        }
    }

    pub fn tell(
        &mut self,
        (log, id): (&str, &str),
        on: Day,
        who: Who,
        action: Value,
    ) -> Result<(), &'static str> {
        self.count += 1;
        let mut sent = command(log, id, &format!("w{}", self.count), &on.to_string(), who, action);
        sent["stamp"]["at"] =
            json!(format!("2026-04-01T{:02}:{:02}:00Z", self.count / 60 % 24, self.count % 60));
        self.host.deliver(sent).map_err(|refusal| refusal.code().name)
    }
}
