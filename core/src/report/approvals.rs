//! What waits for approval, of whom, until when, and why.

use super::late::{WaitingItem, overdue, unused};
use super::statement::is_open;
use crate::account::Account;
use crate::approval::{
    ApprovalError, ApprovalRule, ApprovalStatus, Decision, OpenStep, Request, Seen, SubjectKind,
};
use crate::calendar::{Date, Instant, Viewpoint};
use crate::canon::{Digest, shape};
use crate::id::Id;
use crate::money::{Currency, Minor};
use crate::task::Task;

shape! {
    /// A request that somebody must still decide.
    pub struct OpenRequest {
        /// When it was made.
        pub asked: Instant,
        /// Who made what is asked for.
        pub author: Id,
        /// Currency of the net.
        pub currency: Currency,
        /// Digest that a decision must quote.
        pub digest: Digest,
        /// Whether an escalation has begun.
        pub escalated: bool,
        /// When the first escalation begins, or began.
        pub escalates: Option<Instant>,
        /// People who may not decide: the author, and whoever decided.
        pub excluded: Vec<Id>,
        /// Whether nobody may decide any more: it can only be ended.
        pub expired: bool,
        /// When it is over unless somebody decides.
        pub expires: Option<Instant>,
        /// What kind of thing waits.
        pub kind: SubjectKind,
        /// Its net before tax.
        pub net: Minor,
        /// Steps that can be decided now, with who may.
        pub next: Vec<OpenStep>,
        /// What waits.
        pub subject: Id,
        /// Why, for people to read: one sentence for each requirement.
        pub why: Vec<String>,
    }
}

shape! {
    /// What waits at an instant: for approval, for money, for somebody to use it, and what could not be done outside.
    pub struct Worklist {
        /// The payer.
        pub account: Id,
        /// The instant.
        pub at: Instant,
        /// Tasks that stand failed, by id.
        pub failed: Vec<Task>,
        /// What is overdue on the day of the instant, by item: neither disputed nor held, nor promised for later.
        pub overdue: Vec<WaitingItem>,
        /// Open requests, the one that ends first before others.
        pub requests: Vec<OpenRequest>,
        /// Credits that are not used up, by item.
        pub unused_credits: Vec<WaitingItem>,
    }
}

shape! {
    /// Why a rule asked for approval, and whether it has it.
    pub struct RuleExplanation {
        /// Whether it has all it needs.
        pub met: bool,
        /// The rule as it stood when it asked.
        pub rule: ApprovalRule,
        /// The values that made its conditions hold.
        pub seen: Vec<Seen>,
        /// Who must approve, for people to read.
        pub who: String,
        /// Why, for people to read.
        pub why: String,
    }
}

shape! {
    /// Why something needs approval, and what was decided.
    pub struct ApprovalExplanation {
        /// When it was asked.
        pub asked: Instant,
        /// Who made what is asked for.
        pub author: Id,
        /// Currency of the net.
        pub currency: Currency,
        /// What was decided, in order.
        pub decisions: Vec<Decision>,
        /// Digest of what was shown.
        pub digest: Digest,
        /// What kind of thing it is.
        pub kind: SubjectKind,
        /// Its net before tax.
        pub net: Minor,
        /// The rules that asked; none where nothing was needed.
        pub rules: Vec<RuleExplanation>,
        /// Where the request stands.
        pub status: ApprovalStatus,
        /// What was asked for.
        pub subject: Id,
    }
}

/// What waits for approval at an instant.
#[must_use]
pub fn worklist(account: &Account, at: Instant) -> Worklist {
    let open = account.requests().filter(|(subject, request)| is_open(account, subject, request));
    let mut requests: Vec<OpenRequest> =
        open.map(|(subject, request)| waiting(subject, request, at)).collect();
    requests.sort_by(|a, b| {
        (a.expires.is_none(), a.expires, &a.subject).cmp(&(b.expires.is_none(), b.expires, &b.subject))
    });
    let failed = super::tasks::failed(account).map(|life| life.task.as_ref().clone()).collect();
    let day = Date::new(at.utc().date_naive()).map(Viewpoint::from).ok();
    Worklist {
        account: account.payer().clone(),
        at,
        failed,
        overdue: day.map_or_else(Vec::new, |day| overdue(account, day).collect()),
        requests,
        unused_credits: day.map_or_else(Vec::new, |day| unused(account, day).collect()),
    }
}

fn waiting(subject: &Id, request: &Request, at: Instant) -> OpenRequest {
    let asked = request.asked();
    let expires = request.expires().map(|(over, _, _)| over);
    let escalates = request.escalates();
    let expired = expires.is_some_and(|over| at >= over);
    let mut excluded = vec![asked.author.clone()];
    for person in request.decisions().iter().flat_map(Decision::people) {
        if !excluded.contains(person) {
            excluded.push(person.clone());
        }
    }
    OpenRequest {
        asked: asked.at,
        author: asked.author.clone(),
        currency: asked.currency,
        digest: asked.digest,
        escalated: escalates.is_some_and(|begins| at >= begins),
        escalates,
        excluded,
        expired,
        expires,
        kind: request.kind(),
        net: asked.net,
        next: if expired { Vec::new() } else { request.open_steps(at) },
        subject: subject.clone(),
        why: asked.needed.iter().map(|one| one.needed().to_string()).collect(),
    }
}

/// Explains why something needs approval, from what was written down when it was asked: no rulebook is
/// needed, none could change it.
///
/// # Errors
/// [`ApprovalError::Unknown`].
pub fn explain_approval(account: &Account, subject: &Id) -> Result<ApprovalExplanation, ApprovalError> {
    let request = account.request(subject)?;
    let asked = request.asked();
    let open = request.open_steps(asked.at);
    let rules = asked.needed.iter().map(|one| RuleExplanation {
        met: !open.iter().any(|step| step.rule == one.rule.id),
        rule: one.rule.clone(),
        seen: one.seen.clone(),
        who: one.rule.who(),
        why: one.why(),
    });
    Ok(ApprovalExplanation {
        asked: asked.at,
        author: asked.author.clone(),
        currency: asked.currency,
        decisions: request.decisions().to_vec(),
        digest: asked.digest,
        kind: request.kind(),
        net: asked.net,
        rules: rules.collect(),
        status: request.status(),
        subject: subject.clone(),
    })
}
