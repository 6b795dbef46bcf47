//! Nothing is issued without exactly the approvals that its policy required for exactly that content:
//! random commands against a naive reference that knows the rules and nothing of the core.

use std::collections::{BTreeMap, BTreeSet};

use duebill::wire;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::month::{Host, address};

/// A rule as the reference knows it: cents, hours and words.
#[derive(Debug, Clone, PartialEq)]
struct Rule {
    id: &'static str,
    above: i64,
    steps: &'static [(&'static str, usize)],
    sequence: bool,
    escalation: Option<(i64, &'static str)>,
    expiry: Option<(i64, &'static str)>,
    denied: &'static str,
    delegation: bool,
    high: bool,
    carries: bool,
}

const PLAIN: Rule = Rule {
    id: "manager",
    above: 25_000,
    steps: &[("manager", 1)],
    sequence: false,
    escalation: None,
    expiry: None,
    denied: "return",
    delegation: true,
    high: false,
    carries: false,
};

/// The policies that a run changes between.
fn policies() -> Vec<Vec<Rule>> {
    let director = Rule { id: "director", above: 50_000, steps: &[("director", 1)], ..PLAIN };
    let pair = Rule { id: "pair", above: 10_000, steps: &[("manager", 2), ("director", 1)], ..PLAIN };
    vec![
        vec![PLAIN],
        vec![PLAIN, director],
        vec![Rule { sequence: true, escalation: Some((24, "board")), ..pair.clone() }],
        vec![Rule { expiry: Some((48, "hold")), high: true, ..PLAIN }, Rule { carries: true, ..pair }],
        vec![Rule { carries: true, denied: "hold", delegation: false, above: 9_999, ..PLAIN }],
        vec![Rule { denied: "bill_covered", expiry: Some((24, "write_off")), ..PLAIN }],
        vec![],
    ]
}

/// Who let whom decide for them, all as managers, all year.
const DELEGATIONS: [(&str, &str); 3] = [("mia", "dave"), ("boris", "dave"), ("clara", "dora")];
const PEOPLE: [&str; 7] = ["clara", "mia", "boris", "dave", "dora", "dan", "ada"];
const ROLES: [&str; 4] = ["manager", "director", "board", "billing"];

fn document(policy: &[Rule]) -> Vec<u8> {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    let rules = policy.iter().map(|rule| {
        let steps = rule.steps.iter().map(|(role, quorum)| json!({ "roles": [role], "quorum": quorum }));
        let mut one = json!({
            "id": rule.id, "above": euros(rule.above), "delegation": rule.delegation, "carries": rule.carries,
            "denied": rule.denied, "order": if rule.sequence { "sequence" } else { "parallel" },
            "steps": steps.map(|mut step| {
                if rule.high { step["assurance"] = json!("high"); }
                step
            }).collect::<Vec<_>>(),
        });
        if let Some((hours, role)) = rule.escalation {
            one["escalation"] = json!({ "after_hours": hours, "roles": [role] });
        }
        if let Some((hours, then)) = rule.expiry {
            one["expiry"] = json!({ "after_hours": hours, "then": then });
        }
        one
    });
    document["policy"]["approvals"] = rules.collect();
    let delegations = DELEGATIONS.iter().map(|(from, to)| {
        json!({ "by": "hr", "from": from, "to": to, "roles": ["manager"], "from_date": "2026-01-01",
            "to_date": "2026-12-31" })
    });
    document["policy"]["delegations"] = delegations.collect();
    document.to_string().into_bytes()
}

/// The date some days after the first of February.
fn date(mut days: i64) -> String {
    for (month, length) in [(2, 28), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31), (8, 31), (9, 30), (10, 31)]
    {
        if days < length {
            return format!("2026-{month:02}-{:02}", days + 1);
        }
        days -= length;
    }
    panic!("a run waits too long")
}

fn euros(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[derive(Debug, Clone)]
struct Vote {
    /// Counted from the latest.
    invoice: usize,
    actor: usize,
    role: usize,
    on_behalf_of: Option<usize>,
    right_digest: bool,
    high: bool,
    approve: bool,
}

#[derive(Debug, Clone)]
enum Wish {
    Work { ticket: u8, hours: u8 },
    Bill { author: usize },
    Vote(Vote),
    Batch(Vec<Vote>),
    Again { invoice: usize, author: usize },
    Void { invoice: usize },
    Expire { invoice: usize },
    Late { invoice: usize, hours: i64 },
    Release { invoice: usize },
    Wait { hours: u8 },
    Policy { policy: usize },
}

/// Who decides in which role, mostly those who may.
fn voter() -> impl Strategy<Value = (usize, usize)> {
    let place = |person: &str, role: &str| {
        let person = PEOPLE.iter().position(|one| *one == person).unwrap();
        (person, ROLES.iter().position(|one| *one == role).unwrap())
    };
    prop_oneof![
        4 => Just(place("mia", "manager")),
        4 => Just(place("boris", "manager")),
        5 => Just(place("dan", "director")),
        3 => Just(place("dave", "manager")),
        1 => Just(place("dora", "manager")),
        1 => Just(place("clara", "manager")),
        1 => Just(place("ada", "manager")),
        1 => Just(place("dan", "board")),
        1 => Just(place("mia", "director")),
        1 => (0..PEOPLE.len(), 0..ROLES.len()),
    ]
}

fn vote() -> impl Strategy<Value = Vote> {
    let behalf = prop_oneof![5 => Just(None), 1 => (0..3_usize).prop_map(Some)];
    let likely = |yes| prop::bool::weighted(yes);
    let invoice = prop_oneof![4 => Just(0_usize), 1 => 0..4_usize];
    (invoice, voter(), behalf, likely(0.97), likely(0.8), likely(0.92)).prop_map(
        |(invoice, (actor, role), on_behalf_of, right_digest, high, approve)| Vote {
            invoice,
            actor,
            role,
            on_behalf_of,
            right_digest,
            high,
            approve,
        },
    )
}

fn wish() -> impl Strategy<Value = Wish> {
    let author = || prop_oneof![4 => Just(0_usize), 1 => Just(6)];
    let invoice = || prop_oneof![3 => Just(0_usize), 1 => 0..4_usize];
    prop_oneof![
        5 => (0..3_u8, 1..5_u8).prop_map(|(ticket, hours)| Wish::Work { ticket, hours }),
        4 => author().prop_map(|author| Wish::Bill { author }),
        2 => (invoice(), author()).prop_map(|(invoice, author)| Wish::Again { invoice, author }),
        12 => vote().prop_map(Wish::Vote),
        2 => prop::collection::vec(vote(), 0..4).prop_map(Wish::Batch),
        1 => invoice().prop_map(|invoice| Wish::Void { invoice }),
        1 => invoice().prop_map(|invoice| Wish::Expire { invoice }),
        2 => (invoice(), prop_oneof![Just(24_i64), Just(48)]).prop_map(|(invoice, hours)| Wish::Late { invoice, hours }),
        1 => invoice().prop_map(|invoice| Wish::Void { invoice }),
        2 => invoice().prop_map(|invoice| Wish::Release { invoice }),
        2 => (1..30_u8).prop_map(|hours| Wish::Wait { hours }),
        1 => (0..7_usize).prop_map(|policy| Wish::Policy { policy }),
    ]
}

#[derive(Debug, Clone, PartialEq)]
struct Decided {
    people: Vec<&'static str>,
    role: &'static str,
    at: i64,
    approve: bool,
    delegated: bool,
    high: bool,
    carried: Option<Vec<&'static str>>,
}

#[derive(Debug, Clone)]
struct Invoice {
    id: String,
    author: &'static str,
    asked: i64,
    /// Entries with their cents, by ticket.
    work: BTreeMap<u8, Vec<(usize, i64)>>,
    needed: Vec<Rule>,
    decided: Vec<Decided>,
    state: &'static str,
    approved: bool,
}

impl Invoice {
    fn net(&self) -> i64 {
        self.work.values().flatten().map(|(_, cents)| cents).sum()
    }

    /// Approvals of each step of a rule, after the decisions so far.
    fn given(&self, rule: &Rule) -> (Vec<usize>, BTreeSet<&'static str>) {
        let (mut given, mut people) = (vec![0; rule.steps.len()], BTreeSet::new());
        for decided in self.decided.iter().filter(|decided| decided.approve) {
            if let Some(step) = self.step(rule, decided, &given, &people) {
                given[step] += 1;
                people.extend(decided.people.clone());
            }
        }
        (given, people)
    }

    /// The step that a decision serves.
    fn step(&self, rule: &Rule, d: &Decided, given: &[usize], people: &BTreeSet<&str>) -> Option<usize> {
        let stands = d.carried.as_ref().is_none_or(|rules| rule.carries && rules.contains(&rule.id));
        let known = d.people.iter().any(|person| people.contains(person));
        let fits = (rule.delegation || !d.delegated) && (d.high || !rule.high);
        if !stands || known || !fits {
            return None;
        }
        let escalated = |role| {
            d.carried.is_none()
                && rule.escalation.is_some_and(|(hours, who)| who == role && d.at >= self.asked + hours)
        };
        let mut open = (0..rule.steps.len()).filter(|step| given[*step] < rule.steps[*step].1);
        let serves = |step: &usize| rule.steps[*step].0 == d.role || escalated(d.role);
        if rule.sequence { open.next().filter(serves) } else { open.find(serves) }
    }

    fn is_met(&self, rule: &Rule) -> bool {
        self.given(rule).0.iter().zip(rule.steps).all(|(given, (_, quorum))| given >= quorum)
    }

    fn is_complete(&self) -> bool {
        self.needed.iter().all(|rule| self.is_met(rule))
    }

    /// When the first rule that is open ends the request.
    fn over(&self) -> Option<(i64, &Rule)> {
        let open = self.needed.iter().filter(|rule| !self.is_met(rule));
        open.filter_map(|rule| Some((self.asked + rule.expiry?.0, rule))).min_by_key(|(at, _)| *at)
    }

    fn served(&self, decided: &Decided) -> Vec<Rule> {
        let serves = |rule: &&Rule| {
            let (given, people) = self.given(rule);
            self.step(rule, decided, &given, &people).is_some()
        };
        self.needed.iter().filter(serves).cloned().collect()
    }
}

#[derive(Default)]
struct Model {
    policy: Vec<Rule>,
    /// Ticket, cents, and what became of the work.
    work: Vec<(u8, i64, &'static str)>,
    /// Which voided invoice showed an entry.
    shown: BTreeMap<usize, usize>,
    held: BTreeMap<usize, usize>,
    invoices: Vec<Invoice>,
}

impl Model {
    /// What a rule has seen of a ticket since it last decided.
    fn earlier(&self, rule: &Rule, ticket: u8) -> i64 {
        let decided = |invoice: &Invoice| {
            invoice.approved
                && invoice.work.contains_key(&ticket)
                && invoice.needed.iter().any(|one| one.id == rule.id)
        };
        let from = self.invoices.iter().rposition(decided).map_or(0, |place| place + 1);
        let live = self.invoices.iter().skip(from).filter(|invoice| invoice.state != "void");
        live.filter_map(|invoice| invoice.work.get(&ticket)).flatten().map(|(_, cents)| cents).sum()
    }

    fn bill(&mut self, author: &'static str, at: i64) -> bool {
        let mut work: BTreeMap<u8, Vec<(usize, i64)>> = BTreeMap::new();
        for (place, (ticket, cents, state)) in self.work.iter_mut().enumerate() {
            match *state {
                "open" | "free" => {
                    let cents = if *state == "free" { 0 } else { *cents };
                    work.entry(*ticket).or_default().push((place, cents));
                    *state = if *state == "free" { "billed_free" } else { "billed" };
                }
                _ => {}
            }
        }
        if work.is_empty() {
            return false;
        }
        let count = self.invoices.len();
        let id = if count == 0 {
            "r:2026-01-31:EUR".to_owned()
        } else {
            format!("r:2026-01-31:EUR:{}", count + 1)
        };
        let mut invoice = Invoice {
            id,
            author,
            asked: at,
            work,
            needed: Vec::new(),
            decided: Vec::new(),
            state: "awaiting_approval",
            approved: false,
        };
        let net = invoice.net();
        let needs = |rule: &&Rule| {
            let split = invoice.work.iter().any(|(ticket, all)| {
                let (before, now): (i64, i64) =
                    (self.earlier(rule, *ticket), all.iter().map(|(_, cents)| cents).sum());
                before > 0 && before + now > rule.above
            });
            net > rule.above || split
        };
        invoice.needed = self.policy.iter().filter(needs).cloned().collect();
        self.carry(&mut invoice);
        if invoice.is_complete() {
            (invoice.state, invoice.approved) = ("issued", !invoice.needed.is_empty());
        }
        self.invoices.push(invoice);
        true
    }

    /// Decisions on a voided draft stand where the rule says so and nothing but lines went away.
    fn carry(&self, invoice: &mut Invoice) {
        let shown: BTreeSet<_> =
            invoice.work.values().flatten().map(|(place, _)| self.shown.get(place)).collect();
        let mut shown = shown.into_iter();
        let (Some(Some(before)), None) = (shown.next(), shown.next()) else { return };
        let before = &self.invoices[*before];
        if !invoice.work.iter().all(|(ticket, work)| before.work.get(ticket) == Some(work)) {
            return;
        }
        for (place, decided) in before.decided.iter().enumerate().filter(|(_, decided)| decided.approve) {
            let then = Invoice { decided: before.decided[..place].to_vec(), ..before.clone() };
            let counted = then.served(decided);
            let stands = |rule: &&Rule| rule.carries && counted.contains(rule);
            let rules: Vec<_> = invoice.needed.iter().filter(stands).map(|rule| rule.id).collect();
            let carried = Decided { carried: Some(rules.clone()), ..decided.clone() };
            if !rules.is_empty()
                && !carried.people.contains(&invoice.author)
                && !invoice.served(&carried).is_empty()
            {
                invoice.decided.push(carried);
            }
        }
    }

    fn vote(&mut self, vote: &Vote, at: i64) -> bool {
        let (actor, role) = (PEOPLE[vote.actor], ROLES[vote.role]);
        let delegated = |from: &str| role == "manager" && DELEGATIONS.contains(&(from, actor));
        let Some(invoice) = self.invoices.get(vote.invoice) else { return false };
        let mut people = vec![actor];
        people.extend(vote.on_behalf_of.map(|from| PEOPLE[from]));
        let decided = Decided {
            people,
            role,
            at,
            approve: vote.approve,
            delegated: vote.on_behalf_of.is_some(),
            high: vote.high,
            carried: None,
        };
        let own = invoice.decided.iter().filter(|one| one.carried.is_none());
        let twice = own.flat_map(|one| &one.people).any(|person| decided.people.contains(person));
        let served = invoice.served(&decided);
        let refused = invoice.state != "awaiting_approval"
            || !vote.right_digest
            || invoice.over().is_some_and(|(over, _)| at >= over)
            || decided.people.contains(&invoice.author)
            || delegated(invoice.author)
            || vote.on_behalf_of.is_some_and(|from| !delegated(PEOPLE[from]))
            || twice
            || served.is_empty();
        if refused {
            return false;
        }
        let invoice = &mut self.invoices[vote.invoice];
        invoice.decided.push(decided);
        if !vote.approve {
            invoice.state = "rejected";
            let lapse = served.iter().map(|rule| rule.denied).find(|denied| *denied != "return");
            self.lapse(vote.invoice, lapse.unwrap_or("return"));
        } else if invoice.is_complete() {
            (invoice.state, invoice.approved) = ("issued", true);
        }
        true
    }

    fn void(&mut self, place: usize) -> bool {
        let Some(invoice) = self.invoices.get_mut(place).filter(|invoice| invoice.state != "void") else {
            return false;
        };
        invoice.state = "void";
        let decided = !invoice.decided.is_empty();
        for (entry, _) in invoice.work.values().flatten() {
            let state = &mut self.work[*entry].2;
            *state = if *state == "billed_free" { "free" } else { "open" };
            if decided {
                self.shown.insert(*entry, place);
            }
        }
        true
    }

    fn lapse(&mut self, place: usize, lapse: &str) {
        let state = match lapse {
            "hold" => "held",
            "bill_covered" => "free",
            "write_off" => "gone",
            _ => return,
        };
        self.void(place);
        for (entry, _) in self.invoices[place].work.values().flatten() {
            self.work[*entry].2 = state;
            self.held.insert(*entry, place);
        }
    }

    fn expire(&mut self, place: usize, at: i64) -> bool {
        let Some(invoice) = self.invoices.get(place).filter(|invoice| invoice.state == "awaiting_approval")
        else {
            return false;
        };
        let Some((_, rule)) = invoice.over().filter(|(over, _)| at >= *over) else { return false };
        let then = rule.expiry.unwrap().1;
        self.invoices[place].state = "rejected";
        self.lapse(place, then);
        true
    }

    fn release(&mut self, place: usize) -> bool {
        let mut released = false;
        for (entry, subject) in &self.held {
            if *subject == place && self.work[*entry].2 == "held" {
                self.work[*entry].2 = "open";
                released = true;
            }
        }
        released
    }
}

/// The core and the reference, driven by the same wishes.
struct Run {
    host: Host,
    model: Model,
    hour: i64,
    sent: usize,
    /// The facts of issued invoices as they were issued.
    frozen: BTreeMap<String, Value>,
}

impl Run {
    fn new() -> Self {
        let mut run =
            Self { host: Host::new(), model: Model::default(), hour: 0, sent: 0, frozen: BTreeMap::new() };
        run.policy(0);
        let tickets: Vec<_> = (0..3)
            .map(|t| json!({ "id": format!("T{t}"), "customer": "acme", "closed": "2026-01-01T10:00:00Z" }))
            .collect();
        run.send(("clara", "billing"), false, json!({ "kind": "capture", "tickets": tickets })).unwrap();
        run
    }

    fn policy(&mut self, policy: usize) {
        self.model.policy = policies()[policy].clone();
        self.host.rulebook = wire::compile(&document(&self.model.policy)).unwrap();
    }

    fn send(
        &mut self,
        who: (&str, &str),
        high: bool,
        action: Value,
    ) -> Result<(), duebill::finding::Refusal> {
        self.sent += 1;
        let (date, hour) = (date(self.hour / 24), self.hour % 24);
        let mut command = json!({
            "action": action, "id": format!("c{}", self.sent), "log": address("account", "acme"),
            "salt": "00112233445566778899aabbccddeeff", "schema": "duebill/command/1",
            "stamp": { "reason": "as it should be", "actor": who.0, "role": who.1, "at": format!("{date}T{hour:02}:00:00Z"), "effective": date },
        });
        if high {
            command["stamp"]["assurance"] = json!("high");
        }
        self.host.deliver(command)
    }

    fn digest(&self, vote: &Vote) -> (String, String) {
        let id =
            self.model.invoices.get(vote.invoice).map_or("nothing".to_owned(), |invoice| invoice.id.clone());
        let question = json!({ "kind": "explain_approval", "subject": id });
        let digest = match self.model.invoices.get(vote.invoice) {
            Some(_) => self.host.report("account", "acme", question)["digest"].as_str().unwrap().to_owned(),
            None => "0".repeat(64),
        };
        (id, if vote.right_digest { digest } else { "f".repeat(64) })
    }

    fn decision(&self, vote: &Vote) -> Value {
        let (subject, digest) = self.digest(vote);
        let verdict = if vote.approve { "approve" } else { "reject" };
        let mut decision = json!({ "digest": digest, "subject": subject, "verdict": verdict });
        if let Some(from) = vote.on_behalf_of {
            decision["on_behalf_of"] = json!(PEOPLE[from]);
        }
        decision
    }

    /// Which invoice is meant: the latest, the one before.
    fn place(&self, back: usize) -> usize {
        self.model.invoices.len().checked_sub(back + 1).unwrap_or(usize::MAX)
    }

    fn grant(&mut self, wish: &Wish) {
        let at = |vote: &Vote| Vote { invoice: self.place(vote.invoice), ..vote.clone() };
        let wish = &match wish {
            Wish::Vote(vote) => Wish::Vote(at(vote)),
            Wish::Batch(votes) => Wish::Batch(votes.iter().map(at).collect()),
            Wish::Void { invoice } => Wish::Void { invoice: self.place(*invoice) },
            Wish::Expire { invoice } => Wish::Expire { invoice: self.place(*invoice) },
            Wish::Again { invoice, author } => {
                self.grant(&Wish::Void { invoice: *invoice });
                return self.grant(&Wish::Bill { author: *author });
            }
            Wish::Late { invoice, hours } => {
                self.hour += hours;
                return self.grant(&Wish::Expire { invoice: *invoice });
            }
            Wish::Work { .. }
            | Wish::Bill { .. }
            | Wish::Release { .. }
            | Wish::Wait { .. }
            | Wish::Policy { .. } => wish.clone(),
        };
        let id = |run: &Self, place: usize| {
            run.model.invoices.get(place).map_or("nothing".to_owned(), |i| i.id.clone())
        };
        let clerk = ("clara", "billing");
        match wish {
            Wish::Work { ticket, hours } => {
                let place = self.model.work.len();
                self.model.work.push((*ticket, i64::from(*hours) * 10_000, "open"));
                let start = format!("2026-01-{:02}T09:00:00Z", 5 + place % 5);
                let end = format!("2026-01-{:02}T{:02}:00:00Z", 5 + place % 5, 9 + hours);
                let work = json!({ "kind": "time", "start": start, "end": end });
                let entry =
                    json!({ "id": format!("E{place:03}"), "ticket": format!("T{ticket}"), "work": work });
                self.send(clerk, false, json!({ "kind": "capture", "entries": [entry] })).unwrap();
            }
            Wish::Bill { author } => {
                let expected = self.model.bill(PEOPLE[*author], self.hour);
                let period = json!({ "from": "2026-01-01", "to": "2026-01-31" });
                let action = json!({ "kind": "bill", "run": "r", "period": period });
                let got = self.send((PEOPLE[*author], "billing"), false, action);
                assert_eq!(got.is_ok(), expected, "bill: {got:?}");
            }
            Wish::Vote(vote) => {
                let mut action = self.decision(vote);
                action["kind"] = json!("decide_approval");
                let expected = self.model.vote(vote, self.hour);
                let got = self.send((PEOPLE[vote.actor], ROLES[vote.role]), vote.high, action);
                assert_eq!(got.is_ok(), expected, "{vote:?}: {got:?}");
            }
            Wish::Batch(votes) => {
                // One person decides; what differs is on what, and how.
                let Some(first) = votes.first().cloned() else { return };
                let with = |vote: &Vote| Vote {
                    actor: first.actor,
                    role: first.role,
                    high: first.high,
                    ..vote.clone()
                };
                let votes: Vec<Vote> = votes.iter().map(with).collect();
                let decisions: Vec<Value> = votes.iter().map(|vote| self.decision(vote)).collect();
                let any = votes.iter().filter(|vote| self.model.vote(vote, self.hour)).count() > 0;
                let action = json!({ "kind": "decide_approvals", "decisions": decisions });
                let got = self.send((PEOPLE[first.actor], ROLES[first.role]), first.high, action);
                assert_eq!(got.is_ok(), any, "{votes:?}: {got:?}");
            }
            Wish::Void { invoice } => {
                let action = json!({ "kind": "void", "invoice": id(self, *invoice), "reason": "wrong" });
                let expected = self.model.void(*invoice);
                assert_eq!(self.send(clerk, false, action).is_ok(), expected);
            }
            Wish::Expire { invoice } => {
                let action = json!({ "kind": "expire_approval", "subject": id(self, *invoice) });
                let expected = self.model.expire(*invoice, self.hour);
                let got = self.send(clerk, false, action);
                assert_eq!(got.is_ok(), expected, "{got:?}");
            }
            Wish::Release { invoice } => {
                let action = json!({ "kind": "release_hold", "subject": id(self, *invoice) });
                let expected = self.model.release(*invoice);
                assert_eq!(self.send(clerk, false, action).is_ok(), expected);
            }
            Wish::Again { .. } | Wish::Late { .. } => {}
            Wish::Wait { hours } => self.hour += i64::from(*hours),
            Wish::Policy { policy } => self.policy(*policy),
        }
        self.check();
    }

    /// Every invoice stands where the reference says, and none is issued that lacks an approval.
    fn check(&mut self) {
        let view = self.host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-04-30" }));
        let mut states = BTreeMap::new();
        for shown in view["invoices"].as_array().unwrap() {
            let (id, state) = (shown["id"].as_str().unwrap(), shown["state"].as_str().unwrap());
            states.insert(id.to_owned(), (shown["net"].as_str().unwrap().to_owned(), state.to_owned()));
        }
        let expected: BTreeMap<_, _> = self
            .model
            .invoices
            .iter()
            .map(|invoice| (invoice.id.clone(), (euros(invoice.net()), invoice.state.to_owned())))
            .collect();
        assert_eq!(states, expected);
        for invoice in self.model.invoices.iter().filter(|invoice| invoice.state == "issued") {
            assert!(invoice.is_complete(), "{} was issued without its approvals", invoice.id);
            let why = self.host.report(
                "account",
                "acme",
                json!({ "kind": "explain_approval", "subject": invoice.id }),
            );
            assert_eq!(why["status"], "approved");
            let rules: Vec<_> = why["rules"]
                .as_array()
                .unwrap()
                .iter()
                .map(|rule| rule["rule"]["id"].as_str().unwrap())
                .collect();
            assert_eq!(rules, invoice.needed.iter().map(|rule| rule.id).collect::<Vec<_>>());
            // A later policy changes nothing of what was decided.
            let first = self.frozen.entry(invoice.id.clone()).or_insert_with(|| why.clone());
            assert_eq!(*first, why);
        }
    }
}

/// A request for a rule, decided by people one after the other.
fn stands(rules: &[Value], net: &str, voters: &[(usize, usize)]) -> bool {
    let subject = json!({ "author": "clara", "currency": "EUR", "digest": "d".repeat(64), "id": "I", "kind": "invoice",
        "net": net, "payer": "acme" });
    let asked = |kind: &str, input: Value| -> Value {
        let request = json!({ "kind": kind, "in": input }).to_string();
        serde_json::from_slice(&wire::calculate(request.as_bytes()).unwrap()).unwrap()
    };
    let needed = asked("approval_needed", json!({ "rules": rules, "subject": subject }));
    let needed: Vec<Value> = needed["needed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let rule = rules.iter().find(|rule| rule["id"] == one["rule"]).unwrap();
            json!({ "rule": rule, "seen": one["seen"] })
        })
        .collect();
    let decisions: Vec<Value> = voters.iter().map(|(actor, role)| json!({
        "actor": PEOPLE[*actor], "role": ROLES[*role], "at": "2026-02-01T10:00:00Z", "digest": "d".repeat(64),
        "verdict": "approve",
    })).collect();
    let request = json!({ "at": "2026-02-01T09:00:00Z", "author": "clara", "currency": "EUR", "date": "2026-02-01",
        "digest": "d".repeat(64), "needed": needed, "net": net });
    let status = asked(
        "approval_status",
        json!({ "asked": request, "at": "2026-02-01T11:00:00Z", "decisions": decisions }),
    );
    status["status"] == "approved"
}

proptest! {
    #![proptest_config(crate::effort::cases(256))]

    #[test]
    fn a_tighter_policy_never_lets_more_through(
        net in 0..60_000_i64, above in 0..60_000_i64, lower in 0..30_000_i64, quorum in 1..3_u32, more in 0..2_u32,
        second in any::<bool>(), voters in prop::collection::vec(voter(), 0..6),
    ) {
        let rule = |id: &str, above: i64, quorum: u32| json!({ "id": id, "above": euros(above), "quorum": quorum,
            "roles": ["manager"] });
        let loose = vec![rule("one", above, quorum)];
        let mut tight = vec![rule("one", (above - lower).max(0), quorum + more)];
        if second {
            let steps = json!([{ "roles": ["manager"] }, { "roles": ["director"] }]);
            tight.push(json!({ "id": "two", "above": "0", "order": "sequence", "steps": steps }));
        }
        let net = euros(net);
        prop_assert!(!stands(&tight, &net, &voters) || stands(&loose, &net, &voters));
    }
}

proptest! {
    #![proptest_config(crate::effort::cases(96))]

    #[test]
    fn nothing_is_issued_without_its_approvals(policy in 0..7_usize, wishes in prop::collection::vec(wish(), 10..60)) {
        let mut run = Run::new();
        run.policy(policy);
        for wish in &wishes {
            run.grant(wish);
        }
        // Replaying the records gives the same account.
        let stored = &run.host.stored[&address("account", "acme").to_string()];
        let mut log = wire::open(address("account", "acme").to_string().as_bytes()).unwrap();
        for one in stored {
            let record = one["record"].to_string();
            wire::apply(&mut log, record.as_bytes(), one["hash"].as_str().unwrap().as_bytes(), b"").unwrap();
        }
        prop_assert_eq!(wire::head(&log), wire::head(&run.host.logs[&address("account", "acme").to_string()]));
        let question = json!({ "kind": "account", "as_of": "2026-04-30" }).to_string();
        let again = wire::report(&log, &run.host.rulebook, question.as_bytes()).unwrap();
        let view = run.host.report("account", "acme", json!({ "kind": "account", "as_of": "2026-04-30" }));
        prop_assert_eq!(serde_json::from_slice::<Value>(&again).unwrap(), view);
    }
}

/// Of the rates a host gives, a request keeps those by which its own rules judge it.
#[test]
fn a_request_keeps_the_rates_of_its_own_rules() {
    let mut document: Value = serde_json::from_slice(include_bytes!("../../golden/rulebook.json")).unwrap();
    let rule = |id: &str, kind: &str, currency: &str| json!({ "id": id, "kinds": [kind], "currency": currency, "above": "10", "roles": ["manager"] });
    document["policy"]["approvals"] =
        json!([rule("own", "invoice", "GBP"), rule("other", "credit_note", "USD")]);
    let mut host = Host::new();
    host.rulebook = wire::compile(document.to_string().as_bytes()).unwrap();
    let mut deliver = |id: &str, action: Value| {
        let clerk = ("clara", "billing");
        host.deliver(super::month::command("account", "acme", id, "2026-01-31", clerk, action)).unwrap();
    };
    let work = json!({ "kind": "time", "start": "2026-01-12T09:00:00Z", "end": "2026-01-12T10:00:00Z" });
    let entries = json!([{ "id": "E", "ticket": "T", "work": work }]);
    let tickets = json!([{ "id": "T", "customer": "acme", "closed": "2026-01-20T10:00:00Z" }]);
    deliver("work", json!({ "kind": "capture", "entries": entries, "tickets": tickets }));
    let rate = |from: &str, to: &str| json!({ "date": "2026-01-31", "from": from, "rate": "1.25", "source": "ecb", "to": to });
    let period = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    let rates = json!([rate("EUR", "GBP"), rate("EUR", "USD"), rate("CHF", "GBP")]);
    deliver("bill", json!({ "kind": "bill", "run": "monthly", "period": period, "exchange": rates }));
    let record = &host.stored[&address("account", "acme").to_string()].last().unwrap()["record"];
    assert_eq!(record["events"][0]["approval"]["exchange"], json!([rate("EUR", "GBP")]));
}
