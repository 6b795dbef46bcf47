//! Applying what was asked and decided.

use std::sync::Arc;

use super::action::WithdrawEstimate;
use super::apply::{Change, Done, mismatch};
use super::asking::work_key;
use super::consent::{Lapsed, ended, lapsed_work};
use super::decide::{because, refuse};
use super::estimate::Estimate;
use super::event::{ApprovalDecided, ApprovalExpired, ConsentLapsed, Draw, EstimateProposed, HoldReleased};
use super::running::{Job, Running, counts, counts_by_month, jobs};
use crate::approval::{ApprovalError, ApprovalStatus, Asked, Lapse, Request, Requirement, SubjectKind};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{DocumentState, Draft};
use crate::money::Minor;

impl Change<'_> {
    /// Opens the request of a new subject and counts what it asks for.
    pub(super) fn asked(&mut self, kind: SubjectKind, id: &Id, asked: &Asked, jobs: &[Job]) -> Done {
        if self.account.requests.contains_key(id) {
            return mismatch("subject", id, "stands already");
        }
        let stamp = self.stamp;
        if (asked.at, asked.date, &asked.author) != (stamp.at, stamp.effective, &stamp.actor) {
            return mismatch("subject", id, "was asked by somebody else or at another time");
        }
        if kind != SubjectKind::Invoice && !asked.carried.is_empty() {
            return mismatch("subject", id, "carries decisions, as invoices alone do");
        }
        let of_kind = |one: &Requirement| one.rule.kinds.contains(&kind);
        if !asked.needed.iter().all(of_kind) {
            return mismatch("subject", id, "needs approval by a rule for something else");
        }
        let request = Request::open(kind, asked.clone()).map_err(because)?;
        let mut rows = Vec::new();
        let counts = counts(kind, asked.currency, asked.net, asked.date, jobs);
        for (key, net) in counts {
            let row = self.account.running.entry(key.clone()).or_default().push(net);
            rows.push((key.clone(), row));
            self.undo(move |account| {
                let left = account.running.get_mut(&key).map(|running| {
                    running.pop();
                    *running == Running::default()
                });
                if left == Some(true) {
                    account.running.remove(&key);
                }
            });
        }
        self.set(|account| &mut account.rows, id, Some(Arc::new(rows)));
        self.decided(id, &request);
        self.set(|account| &mut account.requests, id, Some(request));
        Ok(())
    }

    /// What a draft asks for.
    pub(super) fn draft_asked(&mut self, asked: &Asked, draft: &Draft) -> Done {
        if (asked.currency, asked.net) != (draft.currency, draft.totals.net) {
            return mismatch("invoice", &draft.id, "asks for the approval of another amount");
        }
        let mut carried = Asked { carried: Vec::new(), ..asked.clone() };
        self.account.carry(draft, &mut carried);
        if carried.carried != asked.carried {
            return mismatch("invoice", &draft.id, "carries other decisions than its work was shown for");
        }
        let deposit = self.account.deposits.get(&draft.id).map(|deposit| Arc::clone(&deposit.asked));
        self.asked(SubjectKind::Invoice, &draft.id, asked, &jobs(draft, deposit.as_deref()))
    }

    /// Where a request got all it needed, what it showed counts no more for the rules that asked.
    fn decided(&mut self, subject: &Id, request: &Request) {
        if request.status() != ApprovalStatus::Approved || request.needed().is_empty() {
            return;
        }
        let rows = self.account.rows.get(subject).cloned().unwrap_or_default();
        // The last row is the month's, which no decision ends.
        let months = usize::from(counts_by_month(request.kind()));
        for (key, row) in rows.iter().rev().skip(months) {
            for rule in request.needed().iter().map(|one| one.rule.id.clone()) {
                let Some(running) = self.account.running.get_mut(key) else { continue };
                let before = running.decide(&rule, *row);
                let key = key.clone();
                self.undo(move |account| {
                    if let Some(running) = account.running.get_mut(&key) {
                        running.restore(&rule, before);
                    }
                });
            }
        }
    }

    /// A document that came to nothing counts no more.
    pub(super) fn uncount(&mut self, subject: &Id) {
        self.recount(subject, Minor::ZERO);
    }

    /// A document counts for less, or no more.
    pub(super) fn recount(&mut self, subject: &Id, net: Minor) {
        let net = net.magnitude().units().into();
        let rows = self.account.rows.get(subject).cloned().unwrap_or_default();
        for (key, row) in rows.iter() {
            let (key, row) = (key.clone(), *row);
            let Some(running) = self.account.running.get_mut(&key) else { continue };
            let before = running.replace(row, net);
            self.undo(move |account| {
                if let Some(running) = account.running.get_mut(&key) {
                    running.replace(row, before);
                }
            });
        }
    }

    pub(super) fn approval_decided(&mut self, decided: &ApprovalDecided) -> Done {
        let subject = &decided.subject;
        let before = self.account.request(subject).map_err(because)?;
        self.account.check_decidable(before.kind(), subject)?;
        let mut request = before.clone();
        request.add(decided.decision.clone(), self.stamp.effective).map_err(because)?;
        let (decision, stamp) = (&decided.decision, self.stamp);
        decision.check_reason().map_err(because)?;
        let who = (&decision.actor, &decision.role, &decision.assurance, &decision.ip, decision.at);
        if who != (&stamp.actor, &stamp.role, &stamp.assurance, &stamp.ip, stamp.at) {
            return mismatch("subject", subject, "was decided on by somebody else or at another time");
        }
        if (decided.subject_kind, decided.status) != (request.kind(), request.status()) {
            return mismatch("subject", subject, "stands elsewhere after the decision");
        }
        let follows = self.account.after_decision(before, &request, decision, subject, stamp)?;
        self.follow(subject, follows);
        self.decisions = self.decisions.saturating_add(1);
        self.decided(subject, &request);
        self.end(subject, request)
    }

    pub(super) fn approval_expired(&mut self, expired: &ApprovalExpired) -> Done {
        let subject = &expired.subject;
        let mut request = self.account.request(subject).map_err(because)?.clone();
        self.account.check_decidable(request.kind(), subject)?;
        if expired.at != self.stamp.at {
            return mismatch("subject", subject, "ended at another time than its record");
        }
        let (rule, _) = request.lapse(self.moment(self.stamp.effective)).map_err(because)?;
        if rule.id != expired.rule || request.kind() != expired.subject_kind {
            return mismatch("subject", subject, "was ended by another rule");
        }
        let follows = self.account.after_expiry(&request, &expired.rule, subject, self.stamp);
        self.follow(subject, follows);
        self.end(subject, request)
    }

    /// Keeps a request, and the state of its document where it ended without approval.
    fn end(&mut self, subject: &Id, request: Request) -> Done {
        if let (SubjectKind::Invoice, Some(state)) = (request.kind(), ended(request.status())) {
            let invoice = self.account.invoice(subject).map_err(because)?;
            let mut invoice = invoice.clone();
            invoice.enter(state, self.moment(self.stamp.effective));
            self.set(|account| &mut account.invoices, subject, Some(invoice));
        }
        if request.kind() == SubjectKind::CreditNote && ended(request.status()).is_some() {
            self.credit_rejected(subject)?;
        }
        let is_counted =
            matches!(request.kind(), SubjectKind::WriteOff | SubjectKind::Refund | SubjectKind::Void);
        if is_counted && ended(request.status()).is_some() {
            self.uncount(subject);
        }
        if request.kind() == SubjectKind::Refund {
            let refund = Arc::clone(&self.account.refund(subject).map_err(because)?.refund);
            self.tell_refund(&refund, &request);
        }
        self.set(|account| &mut account.requests, subject, Some(request));
        Ok(())
    }

    /// The work is exactly what its rule asked about on a voided draft, and the rule says what became of it.
    pub(super) fn consent_lapsed(&mut self, lapsed: &ConsentLapsed) -> Done {
        let request = self.account.request(&lapsed.subject).map_err(because)?;
        let invoice = self.account.invoice(&lapsed.subject).map_err(because)?;
        let of_rule = |one: &&Requirement| {
            let then = match request.status() {
                ApprovalStatus::Expired => one.rule.expiry.as_ref().map(|expiry| expiry.then),
                ApprovalStatus::Rejected => Some(one.rule.denied),
                ApprovalStatus::Pending | ApprovalStatus::Approved => None,
            };
            one.rule.id == lapsed.rule && then == Some(lapsed.lapse) && lapsed.lapse != Lapse::Return
        };
        let work = request.needed().iter().find(of_rule).map(|one| lapsed_work(&invoice.draft, one));
        let same = work.as_ref().is_some_and(|work| work.iter().map(|(work, _)| work).eq(&lapsed.work));
        if !same || invoice.state != DocumentState::Void {
            return mismatch("subject", &lapsed.subject, "was not asked about this work");
        }
        for (work, customer) in work.into_iter().flatten() {
            let (key, subject) = (work.key(), lapsed.subject.clone());
            let one = Lapsed { customer, lapse: lapsed.lapse, subject, work };
            self.set(|account| &mut account.lapsed, &key, Some(one));
        }
        Ok(())
    }

    pub(super) fn hold_released(&mut self, released: &HoldReleased) -> Done {
        if self.account.held_for(&released.subject) != released.work {
            return refuse(&ApprovalError::HoldNone { got: released.subject.to_string() });
        }
        for work in &released.work {
            self.set(|account| &mut account.lapsed, &work.key(), None);
        }
        Ok(())
    }

    pub(super) fn estimate_proposed(&mut self, proposed: &EstimateProposed) -> Done {
        let (estimate, asked) = (&proposed.estimate, &proposed.approval);
        self.account.check_estimate(estimate, asked.date).map_err(because)?;
        let content = (asked.digest, asked.net, asked.currency);
        let consent = asked.needed.iter().any(|one| one.rule.asks_customer());
        if content != (estimate.digest(), estimate.cap, estimate.currency) || !consent {
            return mismatch("estimate", &estimate.estimate, "asks for consent to other content");
        }
        self.asked(SubjectKind::Estimate, &estimate.estimate, asked, &[])?;
        let proposed = Arc::new(estimate.clone());
        self.estimated(Estimate { proposed, drawn: Minor::ZERO, moved: None, withdrawn: false });
        Ok(())
    }

    pub(super) fn estimate_withdrawn(&mut self, withdraw: &WithdrawEstimate) -> Done {
        let mut estimate = self.account.standing_estimate(&withdraw.estimate).map_err(because)?.clone();
        estimate.withdrawn = true;
        self.estimated(estimate);
        Ok(())
    }

    /// Takes what a draft draws from its estimates.
    pub(super) fn drawn(&mut self, draft: &Draft, draws: &[Draw]) -> Done {
        self.account.check_draws(draft, draws)?;
        draws.iter().try_for_each(|draw| self.draw(draw, draw.amount))
    }

    /// Gives back what a voided invoice drew.
    pub(super) fn undrawn(&mut self, draws: &[Draw]) -> Done {
        draws.iter().try_for_each(|draw| self.draw(draw, draw.amount.negated()))
    }

    fn draw(&mut self, draw: &Draw, amount: Minor) -> Done {
        let mut estimate = self.account.estimate(&draw.estimate).map_err(because)?.clone();
        estimate.drawn = estimate.drawn.plus(amount).map_err(|error| Refusal::because(&error))?;
        self.estimated(estimate);
        Ok(())
    }

    /// Keeps an estimate as it stands now.
    pub(super) fn estimated(&mut self, estimate: Estimate) {
        let id = estimate.proposed.estimate.clone();
        let is_open = !estimate.withdrawn && estimate.moved.is_none() && estimate.left().is_positive();
        let key = (estimate.proposed.currency, estimate.proposed.expires, id.clone());
        self.set(|account| &mut account.estimates, &id, Some(estimate));
        let open = &mut self.account.open_estimates;
        let was = if is_open { !open.insert(key.clone()) } else { open.remove(&key) };
        self.undo(move |account| {
            let open = &mut account.open_estimates;
            if was {
                open.insert(key);
            } else {
                open.remove(&key);
            }
        });
    }

    /// Remembers which draft was shown of work, where somebody decided on it.
    pub(super) fn remember_shown(&mut self, draft: &Draft) {
        if self.account.requests.get(&draft.id).is_none_or(|request| request.decisions().is_empty()) {
            return;
        }
        for charge in draft.lines.iter().flat_map(|line| &line.charges) {
            self.set(|account| &mut account.shown, &work_key(charge), Some(draft.id.clone()));
        }
    }
}
