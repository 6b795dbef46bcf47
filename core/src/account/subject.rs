use super::asking::{Asking, needs};
use super::decide::because;
use super::facts::fact;
use super::running::{Counted, Job};
use super::state::Account;
use crate::approval::{ApprovalStatus, Asked, Fact, Request, Subject, SubjectKind, SubjectLine};
use crate::canon::Digest;
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::money::{Currency, Minor};

/// What is to be approved besides invoices.
pub(super) struct About<'a> {
    pub(super) currency: Currency,
    pub(super) facts: Vec<Fact>,
    pub(super) id: &'a Id,
    /// What earlier ones add up over.
    pub(super) item: &'a Id,
    pub(super) kind: SubjectKind,
    pub(super) lines: Vec<SubjectLine>,
    pub(super) net: Minor,
}

/// A request for approval that was judged, before anything of it is recorded.
pub(super) struct Judged {
    /// What is needed, and on what.
    pub(super) approval: Asked,
    /// Whether nothing is needed.
    pub(super) complete: bool,
    /// What is needed, for people to read.
    pub(super) findings: Vec<Finding>,
}

impl Account {
    /// The approvals that a credit note, a write-off, a void or a refund needs.
    pub(super) fn judge(
        &self,
        asking: &Asking<'_>,
        about: About<'_>,
        digest: Digest,
    ) -> Result<Judged, Refusal> {
        let About { currency, facts, id, item, kind, lines, net } = about;
        let jobs = [Job::of_item(kind, currency, item, net)];
        let (earlier, month) = self.earlier(kind, currency, asking.stamp.effective, &jobs, &Counted::new());
        let subject = Subject {
            author: asking.stamp.actor.clone(),
            currency,
            digest,
            earlier,
            facts,
            id: id.clone(),
            kind,
            lines,
            month,
            net,
            payer: self.payer().clone(),
        };
        let approval = asking.of(&subject).map_err(|findings| {
            // Something could not be judged: nothing passes unjudged.
            Refusal::unless_empty(findings)
                .err()
                .unwrap_or_else(|| because(crate::approval::ApprovalError::Unknown { got: id.to_string() }))
        })?;
        let request = Request::open(kind, approval.clone()).map_err(because)?;
        let complete = request.status() == ApprovalStatus::Approved;
        let findings = if complete { Vec::new() } else { needs(id, &approval.needed).collect() };
        Ok(Judged { approval, complete, findings })
    }

    /// What is the case with what is taken back or written off of an item, and the lines it stands on; none
    /// for an item that moved in.
    pub(super) fn facts_of_item(&self, item: &Id, reason: &Id) -> Vec<Fact> {
        let mut facts = vec![fact("reason", Some(reason.clone()))];
        match (self.invoices.get(item), self.ledger.item(item)) {
            (Some(invoice), _) => facts.push(fact("terms", Some(invoice.draft.terms.id.clone()))),
            (None, Ok(item)) => facts.push(fact("customer", Some(item.terms().customer.clone()))),
            (None, Err(_)) => {}
        }
        facts
    }
}
