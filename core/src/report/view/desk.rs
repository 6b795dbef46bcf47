use super::viewer::Viewer;
use crate::account::{Account, Dispute};
use crate::approval::Request;
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape, words};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{DeliveryStatus, DisputeState, DocumentFact, DocumentLife, DocumentState};
use crate::money::{Currency, Minor};
use crate::report::late::{WaitingItem, overdue, unused};
use crate::report::tasks::tasks;
use crate::role::Capability;
use crate::task::TaskStatus;

words! {
    /// Why something waits on a desk.
    pub enum DeskKind {
        /// It waits for a decision that the viewer may make.
        Approval = "approval",
        /// A dispute to be handled.
        Dispute = "dispute",
        /// A delivery came back.
        Bounced = "bounced",
        /// Somebody said no, or nobody decided in time: it is to be voided and made again.
        Rejected = "rejected",
        /// Collection is held.
        Hold = "hold",
        /// Work waits because nobody consented to it.
        WorkHeld = "work_held",
        /// Something of it is past its due date, neither disputed nor held, and not promised for a later day.
        Overdue = "overdue",
        /// The customer promised to pay by a day that is over.
        PromiseBroken = "promise_broken",
        /// Credit that is not used up.
        UnusedCredit = "unused_credit",
        /// What the outside world was asked to do could not be done.
        TaskFailed = "task_failed",
    }
}

shape! {
    /// One thing that waits for somebody.
    pub struct DeskItem {
        /// How much it is about.
        pub amount: Option<Minor>,
        /// Currency of the amount.
        pub currency: Option<Currency>,
        /// Digest that a decision must quote.
        pub digest: Option<Digest>,
        /// The document it belongs to.
        pub document: Id,
        /// When it is over unless somebody decides.
        pub expires: Option<Instant>,
        /// Why it waits.
        pub kind: DeskKind,
        /// Who is decided for, under a delegation.
        pub on_behalf_of: Option<Id>,
        /// The reason code of a dispute or hold.
        pub reason: Option<Id>,
        /// In which role the viewer decides.
        pub role: Option<Id>,
        /// Since when it waits.
        pub since: Option<Date>,
        /// What waits.
        pub subject: Id,
        /// Why approval is needed, for people to read.
        pub why: Vec<String>,
    }
}

shape! {
    /// What waits for somebody as of a date.
    pub struct Desk {
        /// The payer.
        pub account: Id,
        /// The date.
        pub as_of: Date,
        /// What waits: by kind, then what ends first, then what waits longest.
        pub items: Vec<DeskItem>,
        /// The role.
        pub role: Id,
    }
}

impl DeskItem {
    fn new(kind: DeskKind, subject: &Id, document: &Id) -> Self {
        Self {
            amount: None,
            currency: None,
            digest: None,
            document: document.clone(),
            expires: None,
            kind,
            on_behalf_of: None,
            reason: None,
            role: None,
            since: None,
            subject: subject.clone(),
            why: Vec::new(),
        }
    }
}

/// What waits for a viewer.
///
/// # Errors
/// [`RoleError::Capability`](crate::role::RoleError::Capability) for a role that has no desk: it sees no
/// documents.
pub fn desk(viewer: &Viewer<'_>) -> Result<Desk, Refusal> {
    viewer.needs(Capability::Documents)?;
    let mut items = approvals(viewer);
    if viewer.may(Capability::Settle) {
        let at = viewer.viewpoint();
        let is_live = |one: &&Dispute| one.state_at(at).is_some_and(|state| state != DisputeState::Closed);
        let live = viewer.account.disputes().filter(is_live);
        items.extend(live.filter(|one| viewer.sees(&one.opened.invoice)).map(dispute));
    }
    for (document, life) in viewer.account.lives() {
        items.extend(known(viewer, document, life));
    }
    if viewer.may(Capability::Collect) {
        let late = overdue(viewer.account, viewer.viewpoint()).filter(|one| viewer.sees(&one.item));
        items.extend(late.map(|one| match one.promised {
            Some(_) => waiting(DeskKind::PromiseBroken, &one),
            None => waiting(DeskKind::Overdue, &one),
        }));
    }
    if viewer.may(Capability::Deliver) {
        items.extend(failed(viewer));
    }
    if viewer.may(Capability::Bill) {
        let credits = unused(viewer.account, viewer.viewpoint()).filter(|one| viewer.sees(&one.item));
        items.extend(credits.map(|one| waiting(DeskKind::UnusedCredit, &one)));
        items.extend(rejected(viewer));
        let all = viewer.reaches_all() && !viewer.is_customer();
        items.extend(all.then(|| held_work(viewer.account)).into_iter().flatten());
    }
    items.sort_by(|a, b| {
        let key = |item: &DeskItem| (item.kind, item.expires.is_none(), item.expires, item.since);
        (key(a), &a.subject).cmp(&(key(b), &b.subject))
    });
    let (account, as_of) = (viewer.account.payer().clone(), viewer.as_of);
    Ok(Desk { account, as_of, items, role: viewer.role.id.clone() })
}

/// Requests that the viewer may decide now.
pub(super) fn approvals(viewer: &Viewer<'_>) -> Vec<DeskItem> {
    let item = |(subject, request): (&Id, &Request)| {
        let request = &request.at(viewer.viewpoint())?;
        let open = viewer.decides(subject, request)?;
        let asked = request.asked();
        let voided = viewer.account.voiding(subject).map(|voiding| &voiding.invoice).ok();
        Some(DeskItem {
            amount: Some(asked.net),
            currency: Some(asked.currency),
            digest: Some(asked.digest),
            expires: request.expires().map(|(over, _, _)| over),
            on_behalf_of: open.on_behalf_of,
            role: Some(open.role),
            since: Some(asked.date),
            why: asked.needed.iter().map(|one| one.needed().to_string()).collect(),
            ..DeskItem::new(DeskKind::Approval, subject, voided.unwrap_or(subject))
        })
    };
    viewer.account.requests().filter_map(item).collect()
}

/// An item on which somebody should act.
fn waiting(kind: DeskKind, one: &WaitingItem) -> DeskItem {
    DeskItem {
        amount: Some(one.amount),
        currency: Some(one.currency),
        since: Some(one.promised.unwrap_or(one.since)),
        ..DeskItem::new(kind, &one.item, &one.item)
    }
}

/// Tasks that stood failed.
fn failed(viewer: &Viewer<'_>) -> Vec<DeskItem> {
    let tasks = tasks(viewer.account, viewer.viewpoint()).tasks.into_iter();
    let failed = tasks.filter(|one| one.status == TaskStatus::Failed && viewer.sees(&one.task.document));
    failed
        .map(|one| DeskItem {
            reason: one.reason,
            since: Some(one.task.effective),
            ..DeskItem::new(DeskKind::TaskFailed, &one.task.id, &one.task.document)
        })
        .collect()
}

fn dispute(dispute: &Dispute) -> DeskItem {
    let opened = &dispute.opened;
    DeskItem {
        amount: Some(opened.amount),
        currency: Some(opened.currency),
        reason: Some(opened.reason_code.clone()),
        since: Some(opened.effective),
        ..DeskItem::new(DeskKind::Dispute, &opened.dispute, &opened.invoice)
    }
}

/// What is known of a document that somebody should act on.
fn known(viewer: &Viewer<'_>, document: &Id, life: &DocumentLife) -> Vec<DeskItem> {
    let mut items = Vec::new();
    let since = |wanted: &dyn Fn(&DocumentFact) -> bool| {
        let mut facts = life.until(viewer.viewpoint()).rev();
        facts.find(|known| wanted(&known.fact)).map(|known| known.effective)
    };
    let bounced = life.delivery(viewer.viewpoint()) == Some(DeliveryStatus::Bounced);
    if bounced && viewer.may(Capability::Deliver) && viewer.sees(document) {
        let since = since(&|fact| fact.delivered() == Some(DeliveryStatus::Bounced));
        items.push(DeskItem { since, ..DeskItem::new(DeskKind::Bounced, document, document) });
    }
    let held = life.held(viewer.viewpoint());
    let held = held.filter(|_| viewer.may(Capability::Collect) && viewer.sees(document));
    if let Some(reason) = held {
        let (since, reason) = (since(&|fact| matches!(fact.hold(), Some(Some(_)))), Some(reason.clone()));
        items.push(DeskItem { reason, since, ..DeskItem::new(DeskKind::Hold, document, document) });
    }
    items
}

/// Drafts that somebody said no to.
fn rejected(viewer: &Viewer<'_>) -> Vec<DeskItem> {
    let account = viewer.account;
    let (at, rejected) = (viewer.viewpoint(), Some(DocumentState::Rejected));
    let invoices = account.invoices().filter(|one| one.state_at(at) == rejected && viewer.sees_invoice(one));
    let credits = account.credits().filter(|one| one.state_at(at) == rejected && viewer.sees_credit(one));
    let ids = invoices.map(|one| &one.draft.id).chain(credits.map(|one| &one.note.id));
    ids.map(|id| {
        let asked = account.request(id).map(Request::asked).ok();
        DeskItem {
            amount: asked.map(|asked| asked.net),
            currency: asked.map(|asked| asked.currency),
            since: asked.map(|asked| asked.date),
            ..DeskItem::new(DeskKind::Rejected, id, id)
        }
    })
    .collect()
}

/// Subjects whose work waits because nobody consented.
fn held_work(account: &Account) -> Vec<DeskItem> {
    let held = account.lapsed().filter(|one| one.lapse == crate::approval::Lapse::Hold);
    let subjects: std::collections::BTreeSet<&Id> = held.map(|one| &one.subject).collect();
    subjects.into_iter().map(|subject| DeskItem::new(DeskKind::WorkHeld, subject, subject)).collect()
}
