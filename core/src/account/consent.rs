use std::collections::BTreeSet;

use super::action::{ApprovalDecision, DecideApprovals, ExpireApproval, ReleaseHold};
use super::decide::{Events, because, refuse, ruling};
use super::event::{
    AccountEvent, ApprovalDecided, ApprovalExpired, ConsentLapsed, DecisionRefused, HoldReleased, LapsedWork,
};
use super::state::Account;
use crate::approval::{
    ApprovalError, ApprovalStatus, Decision, Delegation, Lapse, Request, Requirement, Statement, SubjectKind,
};
use crate::audit::{Ruling, Stamp};
use crate::calendar::Moment;
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{DocumentState, Draft, InvoiceCommand, allow, allow_credit};
use crate::rating::Charge;
use crate::rulebook::Rulebook;

/// Work to which consent was denied, or not given in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapsed {
    /// Whose work it is.
    pub customer: Id,
    /// What became of it.
    pub lapse: Lapse,
    /// What consent was asked for.
    pub subject: Id,
    /// The work.
    pub work: LapsedWork,
}

impl Account {
    pub(super) fn decide_approval(
        &self,
        rulebook: &Rulebook,
        asked: &ApprovalDecision,
        stamp: &Stamp,
    ) -> Events {
        let request = self.request(&asked.subject).map_err(because)?;
        ruling(self.decide_one(rulebook, asked, stamp, request)?.1)
    }

    /// Decides on several things: what is refused is recorded as refused, and the others stand.
    pub(super) fn decide_approvals(
        &self,
        rulebook: &Rulebook,
        batch: &DecideApprovals,
        stamp: &Stamp,
    ) -> Events {
        let (mut events, mut findings) = (Vec::new(), Vec::new());
        // Each decision is made on what those before it left: two refunds may be paid from one credit.
        let mut left = self.clone();
        for (asked, place) in batch.decisions.iter().zip(0_u32..) {
            let outcome = left
                .request(&asked.subject)
                .map_err(because)
                .and_then(|request| left.decide_one(rulebook, asked, stamp, request));
            let outcome = outcome.and_then(|(_, one)| left.go_on(&one, stamp).map(|()| one));
            match outcome {
                Ok(mut one) => events.append(&mut one),
                Err(refusal) => {
                    let at = format!("/action/decisions/{place}");
                    let located = refusal.below(&at);
                    findings.extend(located.findings().map(|finding| finding.clone().about(&asked.subject)));
                    events.push(AccountEvent::DecisionRefused(DecisionRefused {
                        code: located.code().number,
                        name: located.code().name.to_owned(),
                        place,
                        subject: asked.subject.clone(),
                    }));
                }
            }
        }
        if !events.iter().any(|event| matches!(event, AccountEvent::ApprovalDecided(_))) {
            Refusal::unless_empty(findings)?;
            return refuse(&ApprovalError::DecisionsNone);
        }
        Ok(Ruling { events, findings })
    }

    /// One decision on a request as it stands: what becomes of the request, and what follows.
    fn decide_one(
        &self,
        rulebook: &Rulebook,
        asked: &ApprovalDecision,
        stamp: &Stamp,
        request: &Request,
    ) -> Result<(Request, Vec<AccountEvent>), Refusal> {
        let (kind, subject) = (request.kind(), &asked.subject);
        self.check_decidable(kind, subject)?;
        let decision = self.decision(rulebook, asked, stamp, request)?;
        let mut after = request.clone();
        after.add(decision.clone(), stamp.effective).map_err(because)?;
        decision.check_reason().map_err(because)?;
        let follows = self.after_decision(request, &after, &decision, subject, stamp)?;
        let decided = ApprovalDecided {
            decision,
            status: after.status(),
            subject: subject.clone(),
            subject_kind: kind,
        };
        let mut events = vec![AccountEvent::ApprovalDecided(Box::new(decided))];
        events.extend(follows);
        Ok((after, events))
    }

    /// What follows from a decision, by its request before and after it.
    pub(super) fn after_decision(
        &self,
        before: &Request,
        after: &Request,
        decision: &Decision,
        subject: &Id,
        stamp: &Stamp,
    ) -> Result<Vec<AccountEvent>, Refusal> {
        match after.status() {
            ApprovalStatus::Approved => self.approved(after, subject, stamp),
            ApprovalStatus::Rejected => {
                let denied = before.served_by(decision).into_iter().map(|one| (one, one.rule.denied));
                Ok(self.after_lapse(after.kind(), subject, denied, stamp))
            }
            ApprovalStatus::Pending | ApprovalStatus::Expired => Ok(Vec::new()),
        }
    }

    /// What follows when a rule ended a request that nobody decided in time.
    pub(super) fn after_expiry(
        &self,
        request: &Request,
        rule: &Id,
        subject: &Id,
        stamp: &Stamp,
    ) -> Vec<AccountEvent> {
        let expired = request.needed().iter().filter(|one| one.rule.id == *rule);
        let expired = expired.filter_map(|one| Some((one, one.rule.expiry.as_ref()?.then)));
        self.after_lapse(request.kind(), subject, expired, stamp)
    }

    /// The decision with all that is known about it: delegation and signature are looked up and checked
    /// under the policy of this moment.
    fn decision(
        &self,
        rulebook: &Rulebook,
        asked: &ApprovalDecision,
        stamp: &Stamp,
        request: &Request,
    ) -> Result<Decision, Refusal> {
        // Mandates and keys hold on the day of the decision, whenever its actor lets it count from.
        let (policy, actor, today) = (rulebook.policy(), &stamp.actor, stamp.at.day());
        let allowed = |from: &Id| -> Option<&Delegation> {
            let mut all = policy.delegations().iter();
            all.find(|one| one.allows(from, actor, &stamp.role, today))
        };
        let author = &request.asked().author;
        if allowed(author).is_some() {
            // Whoever the author made a deputy in this role decides with the author's voice.
            return refuse(&ApprovalError::Author { author: author.to_string() });
        }
        let delegation = asked.on_behalf_of.as_ref().map(|from| {
            let unknown = || ApprovalError::DelegationUnknown {
                from: from.to_string(),
                to: actor.to_string(),
                role: stamp.role.to_string(),
            };
            allowed(from).cloned().ok_or_else(unknown)
        });
        if let Some(shown) = asked.shown {
            let people: Vec<&Id> = core::iter::once(actor).chain(&asked.on_behalf_of).collect();
            self.check_shown(rulebook, &asked.subject, (&stamp.role, &people), shown)?;
        }
        let statement = Statement {
            account: self.payer().clone(),
            actor: actor.clone(),
            digest: asked.digest,
            on_behalf_of: asked.on_behalf_of.clone(),
            role: stamp.role.clone(),
            seller: self.chain.address().seller.clone(),
            subject: asked.subject.clone(),
            verdict: asked.verdict,
        };
        let verified = asked.signature.as_ref();
        let verified = verified.map(|value| statement.verify(value, policy.signers(), today));
        Ok(Decision {
            actor: actor.clone(),
            assurance: stamp.assurance,
            at: stamp.at,
            carried: None,
            consent: asked.consent.clone(),
            delegation: delegation.transpose().map_err(because)?,
            digest: asked.digest,
            evidence: asked.evidence.clone(),
            ip: stamp.ip.clone(),
            method: asked.method.clone(),
            reason: stamp.reason.clone(),
            role: stamp.role.clone(),
            shown: asked.shown,
            signature: verified.transpose().map_err(because)?,
            verdict: asked.verdict,
        })
    }

    /// Whether the state of the subject allows a decision.
    pub(super) fn check_decidable(&self, kind: SubjectKind, subject: &Id) -> Result<(), Refusal> {
        match kind {
            SubjectKind::Invoice => {
                let invoice = self.invoice(subject).map_err(because)?;
                allow(subject, invoice.state, InvoiceCommand::DecideApproval).map_err(because)
            }
            SubjectKind::CreditNote => {
                let credit = self.credit_note(subject).map_err(because)?;
                allow_credit(subject, credit.state, InvoiceCommand::DecideApproval).map_err(because)
            }
            SubjectKind::Estimate => self.standing_estimate(subject).map(drop).map_err(because),
            SubjectKind::Void => {
                let voiding = self.voiding(subject).map_err(because)?;
                let invoice = self.invoice(&voiding.invoice).map_err(because)?;
                allow(&voiding.invoice, invoice.state, InvoiceCommand::Void).map_err(because)
            }
            // The request itself says whether anything is left to decide.
            SubjectKind::WriteOff | SubjectKind::Refund => Ok(()),
        }
    }

    /// What follows when a subject has everything it needed.
    fn approved(&self, request: &Request, subject: &Id, stamp: &Stamp) -> Result<Vec<AccountEvent>, Refusal> {
        match request.kind() {
            SubjectKind::Invoice => {
                let invoice = self.invoice(subject).map_err(because)?;
                self.request_number(&invoice.draft, stamp).map(Vec::from)
            }
            SubjectKind::CreditNote => {
                let note = &self.credit_note(subject).map_err(because)?.note;
                self.request_credit_number(note, stamp).map(Vec::from)
            }
            SubjectKind::WriteOff => {
                let asked = &self.write_off(subject).map_err(because)?.write_off;
                self.written_off_on(asked, stamp.effective)
                    .map(|written| vec![AccountEvent::WrittenOff(written)])
            }
            SubjectKind::Refund => self.approved_refund(subject, request, stamp),
            SubjectKind::Void => self.approved_void(subject, stamp.effective),
            SubjectKind::Estimate => Ok(Vec::new()),
        }
    }

    /// What the rule says of work to which consent was denied or not given: the document is voided, and
    /// the lines that the rule asked about wait, are free, or are given up. The others are billable again. The
    /// first rule counts that says so.
    fn after_lapse<'r>(
        &self,
        kind: SubjectKind,
        subject: &Id,
        mut rules: impl Iterator<Item = (&'r Requirement, Lapse)>,
        stamp: &Stamp,
    ) -> Vec<AccountEvent> {
        let Some(invoice) = self.invoices.get(subject).filter(|_| kind == SubjectKind::Invoice) else {
            return Vec::new();
        };
        let Some((requirement, lapse)) = rules.find(|(_, lapse)| *lapse != Lapse::Return) else {
            return Vec::new();
        };
        let work = lapsed_work(&invoice.draft, requirement).into_iter().map(|(work, _)| work).collect();
        vec![
            AccountEvent::Voided(invoice.voided_on(stamp.effective, &Id::of_digits(lapse.word()), None)),
            AccountEvent::ConsentLapsed(ConsentLapsed {
                lapse,
                rule: requirement.rule.id.clone(),
                subject: subject.clone(),
                work,
            }),
        ]
    }

    /// Ends a request that nobody decided in time, as of the stamp.
    pub(super) fn expire_approval(&self, asked: &ExpireApproval, stamp: &Stamp) -> Events {
        let subject = &asked.subject;
        let mut request = self.request(subject).map_err(because)?.clone();
        self.check_decidable(request.kind(), subject)?;
        let lapsed = Moment { effective: stamp.effective, recorded: stamp.at };
        let (rule, _) = request.lapse(lapsed).map_err(because)?;
        let follows = self.after_expiry(&request, &rule.id, subject, stamp);
        let (at, subject_kind) = (stamp.at, request.kind());
        let expired = ApprovalExpired { at, rule: rule.id, subject: subject.clone(), subject_kind };
        let mut events = vec![AccountEvent::ApprovalExpired(expired)];
        events.extend(follows);
        ruling(events)
    }

    pub(super) fn release_hold(&self, release: &ReleaseHold) -> Events {
        let work = self.held_for(&release.subject);
        if work.is_empty() {
            return refuse(&ApprovalError::HoldNone { got: release.subject.to_string() });
        }
        ruling(vec![AccountEvent::HoldReleased(HoldReleased { subject: release.subject.clone(), work })])
    }

    /// The work that waits because of one subject.
    pub(super) fn held_for(&self, subject: &Id) -> Vec<LapsedWork> {
        let held = self.lapsed.values();
        let held = held.filter(|one| one.lapse == Lapse::Hold && one.subject == *subject);
        held.map(|one| one.work.clone()).collect()
    }

    /// Whether consent to this work was denied or not given so that it must not be billed.
    pub(super) fn is_withheld(&self, key: &Id) -> bool {
        self.lapsed.get(key).is_some_and(|one| matches!(one.lapse, Lapse::Hold | Lapse::WriteOff))
    }

    /// Makes charges free whose work is billed as covered.
    pub(super) fn cover(&self, charge: &mut Charge) {
        let key = super::asking::work_key(charge);
        if self.lapsed.get(&key).is_some_and(|one| one.lapse == Lapse::BillCovered) {
            charge.no_charge = true;
            charge.net = crate::money::Minor::ZERO;
        }
    }
}

/// The work of the lines that a rule asked about, each once, with its customer.
pub(super) fn lapsed_work(draft: &Draft, requirement: &Requirement) -> Vec<(LapsedWork, Id)> {
    let asked_about: BTreeSet<&Id> = requirement.seen.iter().filter_map(|seen| seen.line.as_ref()).collect();
    let lines = draft.lines.iter();
    let lines = lines.filter(|line| asked_about.is_empty() || asked_about.contains(&line.id));
    let mut work: Vec<(LapsedWork, Id)> = Vec::new();
    let charges = lines.flat_map(|line| line.charges.iter().map(move |charge| (charge, &line.customer)));
    for (Charge { entry, source, .. }, customer) in charges {
        let one = LapsedWork { id: entry.clone(), source: *source };
        if !work.iter().any(|(known, _)| *known == one) {
            work.push((one, customer.clone()));
        }
    }
    work
}

impl LapsedWork {
    /// Names it among all work.
    pub(super) fn key(&self) -> Id {
        crate::audit::derived_id(&[self.source.word(), self.id.as_str()])
    }
}

/// The state of a document whose request ended.
pub(super) const fn ended(status: ApprovalStatus) -> Option<DocumentState> {
    match status {
        ApprovalStatus::Rejected | ApprovalStatus::Expired => Some(DocumentState::Rejected),
        ApprovalStatus::Pending | ApprovalStatus::Approved => None,
    }
}
