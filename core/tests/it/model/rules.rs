//! A naive model of publishing rules, beside the core: who may agree to what, which rules decide from when.

use std::collections::{BTreeMap, BTreeSet};

use duebill::rulebook::Rulebook;
use duebill::wire;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::check::date;
use crate::month::{Host, address, command};

/// Sections of the rulebook by place: the policy, and the terms of the customers of one account.
const SECTIONS: [Option<&str>; 3] = [None, Some("acme"), Some("acme-berlin")];
const PEOPLE: [&str; 4] = ["anna", "bea", "ben", "cem"];

/// A section as it was and as it should be, both by their variants.
type Change = (u8, Option<u8>, u8);

/// A section, a variant in place of the one that is published, and the variant that it should be.
type Wished = (u8, Option<u8>, u8);

#[derive(Debug, Clone)]
pub enum RulesWish {
    Require {
        who: u8,
        approvals: u8,
        board: bool,
    },
    Propose {
        id: u8,
        who: u8,
        from: i64,
        changes: Vec<Wished>,
        requirement: Option<(u8, bool)>,
    },
    Decide {
        id: u8,
        who: u8,
        board: bool,
        right: bool,
        approve: bool,
    },
    /// A command under rules of some variants, to an account, a cash book or a series, by somebody or as what
    /// follows from another log.
    Use {
        log: u8,
        rules: [u8; 3],
        current: bool,
        day: i64,
        system: bool,
    },
}

pub fn rules_wish() -> impl Strategy<Value = RulesWish> {
    let change = (0..3_u8, prop::option::weighted(0.2, 0..3_u8), 0..3_u8);
    prop_oneof![
        1 => (0..2_u8, 0..3_u8, any::<bool>())
            .prop_map(|(who, approvals, board)| RulesWish::Require { who, approvals, board }),
        6 => (0..12_u8, 0..3_u8, 1..20_i64, prop::collection::vec(change, 0..4), prop::option::weighted(0.15, (0..3_u8, any::<bool>())))
            .prop_map(|(id, who, from, changes, requirement)| RulesWish::Propose { id, who, from, changes, requirement }),
        9 => (0..12_u8, 0..4_u8, prop::bool::weighted(0.8), prop::bool::weighted(0.9), prop::bool::weighted(0.85))
            .prop_map(|(id, who, board, right, approve)| RulesWish::Decide { id, who, board, right, approve }),
        6 => (0..3_u8, [0..3_u8, 0..3_u8, 0..3_u8], any::<bool>(), 1..20_i64, prop::bool::weighted(0.2))
            .prop_map(|(log, rules, current, day, system)| RulesWish::Use { log, rules, current, day, system }),
    ]
}

/// Rules that wait: what they change, from when, and who agreed.
#[derive(Debug, Clone)]
struct Proposed {
    author: u8,
    from: i64,
    changes: Vec<Change>,
    requirement: Option<(u8, bool)>,
    agreed: BTreeSet<u8>,
}

/// How many people must agree, and whether only those of the board may.
#[derive(Debug, Default)]
struct Published {
    required: bool,
    requirement: Option<(u8, bool)>,
    known: BTreeSet<u8>,
    pending: BTreeMap<u8, Proposed>,
    /// Variants by section, as they were published last.
    current: BTreeMap<u8, u8>,
    /// The first day of each variant of a section.
    from: BTreeMap<(u8, u8), i64>,
    /// Everything that was published: section, variant and first day.
    all: Vec<(u8, u8, i64)>,
}

type Said = Result<(), &'static str>;

/// The day on which everything is recorded, whatever day it takes effect on.
const TODAY: i64 = 10;

impl Published {
    fn require(&mut self, asked: (u8, bool)) -> Said {
        if self.required {
            return Err("publication-required");
        }
        if asked.0 == 0 {
            return Err("publication-approvals");
        }
        (self.required, self.requirement) = (true, Some(asked));
        Ok(())
    }

    fn is_stale(&self, changes: &[Change]) -> bool {
        changes.iter().any(|(section, before, _)| self.current.get(section) != before.as_ref())
    }

    fn propose(&mut self, id: u8, proposed: Proposed) -> Said {
        if self.known.contains(&id) {
            return Err("publication-twice");
        }
        if proposed.changes.is_empty() && proposed.requirement.is_none() {
            return Err("publication-empty");
        }
        if proposed.requirement.is_some_and(|(approvals, _)| approvals == 0) {
            return Err("publication-approvals");
        }
        if self.is_stale(&proposed.changes) {
            return Err("publication-base");
        }
        let mut seen = BTreeSet::new();
        for (section, before, after) in &proposed.changes {
            if !seen.insert(section) {
                return Err("id-twice");
            }
            if *before == Some(*after) {
                return Err("publication-empty");
            }
        }
        self.known.insert(id);
        self.pending.insert(id, proposed);
        Ok(())
    }

    fn decide(&mut self, id: u8, who: u8, board: bool, right: bool, approve: bool) -> Said {
        let (most, only_board) = self.requirement.unwrap_or((1, false));
        let proposed = self.pending.get(&id).ok_or("publication-unknown")?;
        if proposed.author == who {
            return Err("publication-author");
        }
        if only_board && !board {
            return Err("publication-role");
        }
        if proposed.agreed.contains(&who) {
            return Err("publication-again");
        }
        if !right {
            return Err("publication-digest");
        }
        if !approve {
            self.pending.remove(&id);
            return Ok(());
        }
        if self.is_stale(&proposed.changes) {
            return Err("publication-base");
        }
        let mut proposed = self.pending.remove(&id).unwrap();
        proposed.agreed.insert(who);
        if proposed.agreed.len() < usize::from(most) {
            self.pending.insert(id, proposed);
            return Ok(());
        }
        for (section, _, after) in &proposed.changes {
            self.current.insert(*section, *after);
            self.all.push((*section, *after, proposed.from));
            let first = self.from.entry((*section, *after)).or_insert(proposed.from);
            *first = proposed.from.min(*first);
        }
        self.requirement = proposed.requirement.or(self.requirement);
        Ok(())
    }

    fn may_use(&self, account: bool, rules: &[u8; 3], day: i64, system: bool) -> Said {
        if !self.required {
            return Ok(());
        }
        for (section, variant) in (0_u8..).zip(rules).take(if account { 3 } else { 1 }) {
            // The policy of today says who is asked; terms are those of the day.
            let day = if section == 0 { TODAY } else { day };
            match self.from.get(&(section, *variant)) {
                None => return Err("rulebook-unpublished"),
                Some(_) if system => {}
                Some(from) if day < *from => return Err("rulebook-not-in-force"),
                Some(_) => {
                    // Of what had begun by the day the last publication counts.
                    let mut begun = self.all.iter().filter(|(of, _, from)| *of == section && *from <= day);
                    if begun.next_back().unwrap().1 != *variant {
                        return Err("rulebook-superseded");
                    }
                }
            }
        }
        Ok(())
    }
}

/// A run of the core and the model side by side.
pub struct RulesRun {
    pub host: Host,
    published: Published,
    books: BTreeMap<[u8; 3], Rulebook>,
    count: usize,
    /// How often each answer was given.
    pub answers: BTreeMap<&'static str, usize>,
}

impl RulesRun {
    pub fn new() -> Self {
        let mut host = Host::new();
        let at = address("rulebook", "northwind").to_string();
        host.logs.insert(at.clone(), wire::open(at.as_bytes()).unwrap());
        let (books, answers) = (BTreeMap::new(), BTreeMap::new());
        Self { host, published: Published::default(), books, count: 0, answers }
    }

    fn give(&mut self, log: (&str, &str), day: i64, who: (&str, &str), action: Value, said: Said) {
        self.count += 1;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let id = match (who.0, action["kind"].as_str()) {
            ("duebill", Some("receive")) => format!("ready:receive:{}", text(&action["entry"]["id"])),
            ("duebill", Some("assign")) => {
                format!("ready:assign:acme:{}:{}", date(day), text(&action["invoice"]))
            }
            _ => format!("r{}", self.count),
        };
        let mut sent = command(log.0, log.1, &id, &date(day), who, action);
        sent["stamp"]["at"] =
            json!(format!("{}T{:02}:{:02}:00Z", date(TODAY), self.count / 60, self.count % 60));
        let before = self.host.logs.clone();
        let got = self.host.step(&sent).map(drop).map_err(|refusal| refusal.code().name);
        *self.answers.entry(said.err().unwrap_or("done")).or_default() += 1;
        assert_eq!(got, said, "{sent}");
        for (at, known) in before.iter().filter(|_| said.is_err()) {
            assert!(self.host.logs[at] == *known, "a refusal left a trace");
        }
    }

    fn publish(&mut self, who: u8, role: &str, action: Value, said: Said) {
        self.give(("rulebook", "northwind"), 1, (PEOPLE[usize::from(who)], role), action, said);
    }

    pub fn grant(&mut self, wish: &RulesWish) {
        match wish.clone() {
            RulesWish::Require { who, approvals, board } => {
                let action =
                    json!({ "kind": "require_publication", "approvals": approvals, "roles": roles(board) });
                let said = self.published.require((approvals, board));
                self.publish(who, "pricing", action, said);
            }
            RulesWish::Propose { id, who, from, changes, requirement } => {
                let own = &self.published.current;
                let of =
                    |(section, other, after): Wished| (section, other.or(own.get(&section).copied()), after);
                let changes: Vec<Change> = changes.into_iter().map(of).collect();
                let sections: Vec<Value> = changes.iter().map(change).collect();
                let mut action = json!({ "kind": "propose_rules", "publication": format!("R{id:02}"),
                    "effective_from": date(from), "sections": sections });
                if let Some((approvals, board)) = requirement {
                    action["requirement"] = json!({ "approvals": approvals, "roles": roles(board) });
                }
                let agreed = BTreeSet::new();
                let proposed = Proposed { author: who, from, changes, requirement, agreed };
                let said = self.published.propose(id, proposed);
                self.publish(who, "pricing", action, said);
            }
            RulesWish::Decide { id, who, board, right, approve } => {
                let id = self.pending(id);
                let digest = self.digest(id).filter(|_| right).unwrap_or_else(|| "0".repeat(64));
                let action = json!({ "kind": "decide_rules", "publication": format!("R{id:02}"), "digest": digest,
                    "verdict": if approve { "approve" } else { "reject" } });
                let said = self.published.decide(id, who, board, right, approve);
                self.publish(who, if board { "board" } else { "sales" }, action, said);
            }
            RulesWish::Use { log, mut rules, current, day, system } => {
                for (section, variant) in self.published.current.iter().filter(|_| current) {
                    rules[usize::from(*section)] = *variant;
                }
                self.use_rules(log, rules, day, system);
            }
        }
    }

    /// One that waits, by preference.
    fn pending(&self, id: u8) -> u8 {
        let waiting =
            self.published.pending.keys().nth(usize::from(id) % self.published.pending.len().max(1));
        waiting.copied().filter(|_| id != 11).unwrap_or(id)
    }

    fn digest(&self, id: u8) -> Option<String> {
        let view = self.view();
        let mut pending = view["pending"].as_array().unwrap().iter();
        let one = pending.find(|one| one["proposal"]["publication"] == format!("R{id:02}"))?;
        Some(one["digest"].as_str().unwrap().to_owned())
    }

    fn view(&self) -> Value {
        self.host.report("rulebook", "northwind", json!({ "kind": "publications" }))
    }

    fn use_rules(&mut self, log: u8, rules: [u8; 3], day: i64, system: bool) {
        let book = self.books.entry(rules).or_insert_with(|| rulebook(&rules));
        let publication = &self.host.logs[&address("rulebook", "northwind").to_string()];
        self.host.rulebook = wire::published(book, publication).unwrap();
        let count = self.count;
        let (log, action) = match log {
            0 => (
                ("account", "acme"),
                json!({ "kind": "capture", "tickets": [{ "id": format!("T{count}"), "customer": "acme" }] }),
            ),
            1 => (
                ("cash_book", "bank"),
                json!({ "kind": "receive", "entry": { "id": format!("TX{count}"), "amount": "1.00",
                "currency": "EUR", "value_date": date(day), "receipts": [{ "id": format!("TX{count}"), "amount": "1.00" }] } }),
            ),
            _ => (
                ("series", "invoices"),
                json!({ "kind": "assign", "account": "acme", "date": date(day), "invoice": format!("I{count}") }),
            ),
        };
        let account = log.0 == "account";
        let said = self.published.may_use(account, &rules, day, system);
        // No log hands work on to an account.
        let said = if account && system { Err("ready-command") } else { said };
        // A number is asked for by the account that needs it.
        let said = if log.0 == "series" && !system { said.and(Err("ready-only")) } else { said };
        let who = if system { ("duebill", "system") } else { ("clara", "billing") };
        self.give(log, day, who, action, said);
        if said.is_ok() {
            let stored = self.host.stored[&address(log.0, log.1).to_string()].last().unwrap();
            assert_eq!(
                stored["record"]["policy"],
                json!(digest(&section(0, rules[0]))),
                "the rules it names"
            );
        }
    }

    /// What is published, and what waits with whom, is what the model says.
    pub fn compare(&self) {
        let (view, own) = (self.view(), &self.published);
        let sections: Vec<Value> = own
            .current
            .iter()
            .map(|(section, variant)| {
                let mut shown = json!({ "digest": digest(&self::section(*section, *variant)),
                "effective_from": date(own.from[&(*section, *variant)]) });
                if let Some(customer) = SECTIONS[usize::from(*section)] {
                    shown["customer"] = json!(customer);
                }
                shown
            })
            .collect();
        assert_eq!(view["sections"], json!(sections));
        let pending: Vec<Value> = own
            .pending
            .iter()
            .map(|(id, one)| {
                let agreed: BTreeSet<&str> = one.agreed.iter().map(|who| PEOPLE[usize::from(*who)]).collect();
                json!([format!("R{id:02}"), PEOPLE[usize::from(one.author)], agreed, date(one.from)])
            })
            .collect();
        let shown = view["pending"].as_array().unwrap().iter().map(|one| {
            let agreed: BTreeSet<&str> =
                one["agreed"].as_array().unwrap().iter().map(|who| who.as_str().unwrap()).collect();
            json!([
                one["proposal"]["publication"],
                one["proposal"]["author"],
                agreed,
                one["proposal"]["effective_from"]
            ])
        });
        assert_eq!(shown.collect::<Vec<_>>(), pending);
        let (approvals, board) = own.requirement.unwrap_or((1, false));
        assert_eq!((&view["required"], &view["approvals"]), (&json!(own.required), &json!(approvals)));
        assert_eq!(view["roles"], roles(board));
    }
}

fn roles(board: bool) -> Value {
    if board { json!(["board"]) } else { json!([]) }
}

fn golden() -> Value {
    serde_json::from_slice(include_bytes!("../../../golden/rulebook.json")).unwrap()
}

/// A variant of a section: another price, or another name.
fn section(section: u8, variant: u8) -> Value {
    let mut book = golden();
    match SECTIONS[usize::from(section)] {
        None => {
            let mut policy = book["policy"].take();
            policy["rates"][0]["value"] = json!(format!("{}", 100 + variant));
            policy
        }
        Some(customer) => {
            let mut all = book["terms"].as_array().unwrap().iter();
            let mut terms = all.find(|terms| terms["customer"] == customer).cloned().unwrap();
            terms["name"] = json!(format!("{customer} {variant}"));
            terms
        }
    }
}

fn change((section, before, after): &Change) -> Value {
    let mut change = json!({ "after": self::section(*section, *after) });
    if let Some(before) = before {
        change["before"] = self::section(*section, *before);
    }
    if let Some(customer) = SECTIONS[usize::from(*section)] {
        change["customer"] = json!(customer);
    }
    change
}

/// The digest of a section with its defaults written out.
fn digest(section: &Value) -> String {
    let text = section.to_string();
    let bytes = if section.get("customer").is_some() {
        let terms: duebill::rulebook::TermsDocument = duebill::canon::from_bytes(text.as_bytes()).unwrap();
        duebill::canon::to_bytes(&terms)
    } else {
        let policy: duebill::rulebook::PolicyDocument = duebill::canon::from_bytes(text.as_bytes()).unwrap();
        duebill::canon::to_bytes(&policy)
    };
    duebill::canon::sha256(&bytes).to_string()
}

fn rulebook(rules: &[u8; 3]) -> Rulebook {
    let mut book = golden();
    book["policy"] = section(0, rules[0]);
    for place in 1..3_u8 {
        let customer = SECTIONS[usize::from(place)].unwrap();
        let terms = book["terms"].as_array_mut().unwrap();
        *terms.iter_mut().find(|terms| terms["customer"] == customer).unwrap() =
            section(place, rules[usize::from(place)]);
    }
    wire::compile(book.to_string().as_bytes()).unwrap()
}
