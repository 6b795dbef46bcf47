use super::asking::{Asking, needs};
use super::decide::because;
use super::running::{Counted, Job};
use super::state::Account;
use crate::approval::{ApprovalStatus, Asked, Request, Subject, SubjectKind};
use crate::canon::Digest;
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::money::{Currency, Minor};

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
        kind: SubjectKind,
        id: &Id,
        digest: Digest,
        (currency, net, item): (Currency, Minor, &Id),
    ) -> Result<Judged, Refusal> {
        let jobs = [Job::of_item(kind, currency, item, net)];
        let (earlier, _) = self.earlier(currency, asking.stamp.effective, &jobs, &Counted::new());
        let subject = Subject {
            author: asking.stamp.actor.clone(),
            currency,
            digest,
            earlier,
            facts: Vec::new(),
            id: id.clone(),
            kind,
            lines: Vec::new(),
            month: Minor::ZERO,
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
}
