use std::collections::BTreeSet;

use super::action::Bill;
use super::asking::Asking;
use super::assembly::{DuePlan, Scope, Selection};
use super::decide::{Events, refuse};
use super::error::AccountError;
use super::event::{AccountEvent, PlanCommitted, PlanKind};
use super::state::Account;
use crate::approval::ExchangeRate;
use crate::audit::{Ruling, Stamp, derived_id, numbered_id};
use crate::calendar::Date;
use crate::canon::Digest;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::invoice::{Draft, InvoiceError};
use crate::rating::{Charge, ChargeSource};
use crate::rulebook::Rulebook;

impl Account {
    /// Bills by hand: everything that is ready. A run whose key is used up gets one that is counted on, because
    /// it bills what the first could not.
    pub(super) fn bill(&self, rulebook: &Rulebook, bill: &Bill, stamp: &Stamp) -> Events {
        let plan = self.plan_by_hand(rulebook, bill, stamp.effective)?;
        let digests = plan.digests();
        self.carry_out(rulebook, stamp, (plan, digests), &bill.exchange)
    }

    /// What billing by hand would draft on a day, as a plan: a dry run, without asking who must approve it.
    ///
    /// # Errors
    /// [`InvoiceError::PeriodOrder`], and what stands in the way of assembling.
    pub fn plan_by_hand(&self, rulebook: &Rulebook, bill: &Bill, on: Date) -> Result<DuePlan, Refusal> {
        if bill.period.to < bill.period.from {
            let (from, to) = (bill.period.from.to_string(), bill.period.to.to_string());
            return refuse(&InvoiceError::PeriodOrder { from, to });
        }
        let selection = Selection {
            below_minimum: bill.below_minimum,
            catch_up: bill.catch_up,
            name: vec![bill.run.as_str()],
            on,
            one_off: &bill.adjustments,
            period: bill.period.clone(),
            scope: Scope::All,
            taken: &BTreeSet::new(),
            work: rulebook.policy().billing().trigger,
            zone: None,
        };
        let assembly = self.assemble(rulebook, &selection)?;
        Ok(DuePlan {
            carried: assembly.carried,
            drafts: assembly.drafts,
            due: bill.period.to,
            findings: assembly.findings,
            key: self.run_key(&bill.run, bill.period.to),
            kind: PlanKind::Manual,
            period: bill.period.clone(),
            trigger: bill.run.clone(),
            unplaced: assembly.unplaced,
        })
    }

    /// The key of a run by hand, counted on where it is used up.
    pub(super) fn run_key(&self, run: &Id, to: Date) -> Id {
        let base = derived_id(&[self.payer().as_str(), run.as_str(), &to.to_string()]);
        let mut key = base.clone();
        let mut count = 1_usize;
        while self.plans.contains_key(&key) {
            count = count.saturating_add(1);
            key = numbered_id(&base, count);
        }
        key
    }

    /// Drafts the invoices of a plan, whose digests come with it, and uses its key up.
    pub(super) fn carry_out(
        &self,
        rulebook: &Rulebook,
        stamp: &Stamp,
        (plan, digests): (DuePlan, Vec<Digest>),
        exchange: &[ExchangeRate],
    ) -> Events {
        plan.drafts.iter().try_for_each(|draft| check_done(draft, stamp.effective))?;
        let mut findings = plan.findings;
        if !plan.unplaced.is_empty() {
            // What kept an invoice from being drafted is the cause, and comes first.
            findings.retain(|one| one.severity == Severity::Block);
            findings.extend(plan.unplaced);
            Refusal::unless_empty(findings.clone())?;
        }
        let mut asking = Asking::new(rulebook, stamp, exchange)?;
        let mut events = Vec::new();
        for draft in digests.into_iter().zip(plan.drafts) {
            self.request_approval(&mut asking, draft, &mut events, &mut findings)?;
        }
        if events.is_empty() && plan.carried.is_empty() {
            let nothing = InvoiceError::NothingToBill { to: plan.period.to.to_string() };
            // What stood in the way is the cause, and comes first.
            let causes = findings.iter().filter(|one| one.severity == Severity::Block).count();
            findings.sort_by_key(|one| one.severity != Severity::Block);
            findings.insert(causes, Finding::block(&nothing));
            Refusal::unless_empty(findings.clone())?;
        }
        let drafted = |event: &AccountEvent| {
            if let AccountEvent::Drafted(drafted) = event { Some(drafted.draft.id.clone()) } else { None }
        };
        events.push(AccountEvent::PlanCommitted(PlanCommitted {
            by: plan.kind,
            carried: plan.carried,
            invoices: events.iter().filter_map(drafted).collect(),
            key: plan.key,
            period: plan.period,
            trigger: plan.trigger,
        }));
        Ok(Ruling { events, findings })
    }
}

/// Work and sales are billed on their day or later; fees may be billed ahead.
fn check_done(draft: &Draft, on: Date) -> Result<(), Refusal> {
    let charges = draft.lines.iter().flat_map(|line| &line.charges);
    let early = charges.filter(|charge| charge.source != ChargeSource::Fee && charge.date > on);
    let finding = |charge: &Charge| {
        let (entry, done, got) = (charge.entry.to_string(), charge.date.to_string(), on.to_string());
        Finding::block(&AccountError::BillBeforeWork { entry, done, got }).about(&charge.entry)
    };
    Refusal::unless_empty(early.map(finding).collect())
}
