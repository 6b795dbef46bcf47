use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::decide::because;
use super::deposit::RequestDeposit;
use super::event::{AccountEvent, Drafted};
use super::facts::{document_facts, facts, subject_line};
use super::running::{Counted, counts, jobs};
use super::state::{Account, Invoice};
use crate::approval::{
    ApprovalRule, ApprovalStatus, Asked, Carried, Decision, ExchangeRate, Request, Requirement, Seen,
    Subject, SubjectKind, is_within, requirements,
};
use crate::audit::Stamp;
use crate::canon::{Digest, sha256, to_bytes};
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::invoice::{Draft, Line, PriceAdjustment};
use crate::money::{Amount, Minor, Price};
use crate::rating::Charge;
use crate::rulebook::Rulebook;

/// What the drafts of one command share: what those before count and draw already.
pub(super) struct Asking<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) stamp: &'a Stamp,
    pub(super) exchange: &'a [ExchangeRate],
    /// The down payment that is asked for, where it is one.
    pub(super) deposit: Option<&'a RequestDeposit>,
    counted: Counted,
    drawn: BTreeMap<Id, Minor>,
}

impl<'a> Asking<'a> {
    /// The request of a command for its documents.
    ///
    /// # Errors
    /// Exchange rates that cannot be used, each with its place.
    pub(super) fn new(
        rulebook: &'a Rulebook,
        stamp: &'a Stamp,
        exchange: &'a [ExchangeRate],
    ) -> Result<Self, Refusal> {
        let found = ExchangeRate::check(exchange).err().unwrap_or_default().into_iter();
        let days = rulebook.policy().exchange_rate_days();
        let dated = exchange.iter().enumerate();
        let dated =
            dated.filter_map(|(place, rate)| Some((place, rate.check_date(stamp.effective, days).err()?)));
        let findings = found
            .chain(dated)
            .map(|(place, error)| Finding::block(&error).at(format!("/action/exchange/{place}")));
        Refusal::unless_empty(findings.collect())?;
        Ok(Self { rulebook, stamp, exchange, deposit: None, counted: Counted::new(), drawn: BTreeMap::new() })
    }

    /// The request for approval of a subject under the policy as it stands.
    ///
    /// # Errors
    /// What [`requirements`] cannot judge, as blocking findings about the subject.
    pub(super) fn of(&self, subject: &Subject) -> Result<Asked, Vec<Finding>> {
        let rules = self.rulebook.policy().approvals();
        let needed = requirements(rules, subject, self.exchange).map_err(|errors| {
            errors.iter().map(|error| Finding::block(error).about(&subject.id)).collect::<Vec<_>>()
        })?;
        let is_used = |rate: &&ExchangeRate| {
            let asks =
                |rule: &ApprovalRule| rule.currency == Some(rate.to) && rule.kinds.contains(&subject.kind);
            rate.from == subject.currency && rules.iter().any(asks)
        };
        Ok(Asked {
            at: self.stamp.at,
            author: subject.author.clone(),
            carried: Vec::new(),
            currency: subject.currency,
            date: self.stamp.effective,
            digest: subject.digest,
            exchange: self.exchange.iter().filter(is_used).cloned().collect(),
            needed,
            net: subject.net,
        })
    }
}

/// What must be decided, as findings for people to read.
pub(super) fn needs(subject: &Id, needed: &[Requirement]) -> impl Iterator<Item = Finding> {
    needed.iter().map(move |one| Finding::new(Severity::Info, &one.needed()).about(subject))
}

impl Account {
    /// Says which approvals a draft needs, to whose digest they are bound; one that has all asks for its number at once.
    ///
    /// # Errors
    /// What asking for a number refuses.
    pub(super) fn request_approval(
        &self,
        asking: &mut Asking<'_>,
        (digest, draft): (Digest, Draft),
        events: &mut Vec<AccountEvent>,
        findings: &mut Vec<Finding>,
    ) -> Result<(), Refusal> {
        let (rulebook, stamp) = (asking.rulebook, asking.stamp);
        let mut draws = Vec::new();
        let mut drawn = asking.drawn.clone();
        let mut lines = Vec::with_capacity(draft.lines.len());
        let estimates = self.drawable(draft.currency, stamp.effective);
        // Facts are gathered where a rule could ask for one: thresholds alone need none.
        let asks = rulebook.policy().approvals().iter().any(|rule| rule.when.is_some());
        let mut exceeding = Vec::new();
        for line in &draft.lines {
            let beyond = self.draw(rulebook, &estimates, &draft, line, &mut drawn, &mut draws);
            let facts = if asks { facts(rulebook, &draft, line, beyond.all) } else { Vec::new() };
            lines.push(subject_line(&draft, line, facts));
            if beyond.consented.is_positive() {
                exceeding.push((line.id.clone(), beyond.consented));
            }
        }
        let jobs = jobs(&draft, asking.deposit);
        let kind = SubjectKind::Invoice;
        let (earlier, month) = self.earlier(kind, draft.currency, stamp.effective, &jobs, &asking.counted);
        let subject = Subject {
            author: stamp.actor.clone(),
            currency: draft.currency,
            digest,
            earlier,
            facts: if asks { document_facts(&draft) } else { Vec::new() },
            id: draft.id.clone(),
            kind,
            lines,
            month,
            net: draft.totals.net,
            payer: draft.payer.clone(),
        };
        let mut approval = match asking.of(&subject) {
            Ok(approval) => approval,
            Err(mut blocked) => {
                findings.append(&mut blocked);
                return Ok(());
            }
        };
        ask_customer(&draft, &exceeding, &mut approval.needed);
        self.carry(&draft, &mut approval);
        let request = Request::open(SubjectKind::Invoice, approval.clone()).map_err(because)?;
        let complete = request.status() == ApprovalStatus::Approved;
        if !complete {
            findings.extend(needs(&draft.id, &approval.needed));
        }
        let ask = if complete { Some(self.request_number(&draft, stamp)?) } else { None };
        asking.drawn = drawn;
        for (key, net) in counts(kind, draft.currency, draft.totals.net, stamp.effective, &jobs) {
            let sum = asking.counted.entry(key).or_default();
            *sum = sum.saturating_add(net.magnitude().units().into());
        }
        let draft = Arc::new(draft);
        events.push(AccountEvent::Drafted(Box::new(Drafted { approval, draft, draws })));
        events.extend(ask.into_iter().flatten());
        Ok(())
    }

    /// Lets decisions on a voided draft stand for this one, where their rule says so: the amount is not
    /// larger and the lines are a subset of those that were shown.
    pub(super) fn carry(&self, draft: &Draft, approval: &mut Asked) {
        let Some((before, request)) = self.shown_before(draft) else { return };
        let contents = |draft: &Draft| draft.lines.iter().map(content).collect::<Vec<_>>();
        let same_currency = before.draft.currency == draft.currency;
        // What is given anew was not shown: a smaller amount for that reason is another content.
        let shown = |one: &PriceAdjustment| {
            let mut given = before.draft.adjustments.iter().filter(|shown| shown.one_off);
            given.any(|shown| {
                let alike =
                    (shown.kind, shown.percent, &shown.reason) == (one.kind, one.percent, &one.reason);
                alike && one.amount <= shown.amount && shown.reason_code == one.reason_code
            })
        };
        let mut given = draft.adjustments.iter().filter(|one| one.one_off);
        if !given.all(shown)
            || !same_currency
            || !is_within(
                draft.totals.net,
                &contents(draft),
                before.draft.totals.net,
                &contents(&before.draft),
            )
        {
            return;
        }
        for decision in request.decisions() {
            let counted = request.counted_for(decision);
            let stands = |needed: &&Requirement| {
                needed.rule.carries && counted.iter().any(|then| then.rule == needed.rule)
            };
            let rules: Vec<Id> =
                approval.needed.iter().filter(stands).map(|one| one.rule.id.clone()).collect();
            if rules.is_empty() {
                continue;
            }
            let carried = Carried { from: before.draft.id.clone(), rules };
            let mut with = approval.clone();
            with.carried.push(Decision { carried: Some(carried), ..decision.clone() });
            // A decision that could not be made on this request, such as one of its author, stays behind.
            if Request::open(SubjectKind::Invoice, with.clone()).is_ok() {
                *approval = with;
            }
        }
    }

    /// The one voided draft, decided upon, on which all the work of this one stood.
    fn shown_before(&self, draft: &Draft) -> Option<(&Invoice, &Request)> {
        if self.shown.is_empty() {
            return None;
        }
        let charges = draft.lines.iter().flat_map(|line| &line.charges);
        let shown: BTreeSet<Option<&Id>> = charges.map(|charge| self.shown.get(&work_key(charge))).collect();
        let mut shown = shown.into_iter();
        match (shown.next(), shown.next()) {
            (Some(Some(id)), None) => Some((self.invoices.get(id)?, self.requests.get(id)?)),
            _ => None,
        }
    }
}

/// What goes beyond an estimate that a customer consented to needs new consent, unless a rule of the policy
/// asks a customer about all of it.
fn ask_customer(draft: &Draft, exceeding: &[(Id, Minor)], needed: &mut Vec<Requirement>) {
    let rule = ApprovalRule::customer_consent(SubjectKind::Invoice);
    let asked = |line: &Id| {
        let mut asking = needed.iter().filter(|one| one.rule.asks_customer()).flat_map(|one| &one.seen);
        asking.any(|seen| {
            let is_beyond = seen.fact.as_ref().is_some_and(|fact| fact.as_str() == "beyond_estimate");
            is_beyond && seen.line.as_ref() == Some(line)
        })
    };
    if exceeding.iter().all(|(line, _)| asked(line)) {
        return;
    }
    let seen = exceeding.iter().map(|(line, beyond)| {
        let size = Price::from_decimal(Amount::new(*beyond, draft.currency).to_decimal()).ok();
        Seen::of_fact("beyond_estimate", draft.currency, size, Some(line.clone()))
    });
    needed.push(Requirement { rule, seen: seen.collect() });
}

/// Names an entry or a sale among all work.
pub(super) fn work_key(charge: &Charge) -> Id {
    crate::audit::derived_id(&[charge.source.word(), charge.entry.as_str()])
}

/// The digest of all of a line but its id.
fn content(line: &Line) -> Digest {
    let line = Line { id: Id::of_digits("line"), ..line.clone() };
    sha256(&to_bytes(&line))
}
