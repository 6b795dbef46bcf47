use std::collections::{BTreeMap, BTreeSet};

use super::{
    About, ContentKind, RetentionAction, RetentionError, RetentionPolicy, RetentionRule, RetentionStart,
};
use crate::calendar::Date;
use crate::canon::{Digest, sha256, shape, to_bytes, words};
use crate::id::Id;

/// Content with everything that decides how long it is kept, as its log knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it is about.
    pub about: About,
    /// Its class.
    pub class: Id,
    /// When its ticket was closed.
    pub closed: Option<Date>,
    /// What it is.
    pub content: ContentKind,
    /// When somebody decided on what it is about.
    pub decided: Option<Date>,
    /// Open disputes that it may be needed for.
    pub disputes: Vec<Id>,
    /// SHA-256 of its bytes; none for words.
    pub hash: Option<Digest>,
    /// Legal holds that it is under.
    pub holds: Vec<Id>,
    /// Its id: that of the attachment, or the commitment of the words.
    pub id: Id,
    /// When its document was issued.
    pub issued: Option<Date>,
    /// Commitment of the name of an attachment.
    pub name: Option<Digest>,
    /// Whose personal data it holds.
    pub person: Option<Id>,
    /// From when nothing is open on any invoice that it belongs to.
    pub settled: Option<Date>,
    /// From when nothing of its receipt is left to apply or pay back.
    pub spent: Option<Date>,
}

words! {
    /// Why content is kept or erased.
    pub enum KeepReason {
        /// A legal hold is on it.
        LegalHold = "legal_hold",
        /// It may be needed for an open dispute.
        OpenDispute = "open_dispute",
        /// Something that must be kept has the same bytes.
        SharedBytes = "shared_bytes",
        /// Its rule keeps it for ever.
        Forever = "forever",
        /// What its time counts from has not happened.
        NotStarted = "not_started",
        /// Its time is not over.
        NotDue = "not_due",
        /// Its time is over.
        Due = "due",
        /// The person asked for it, and no duty keeps it.
        Requested = "requested",
    }
}

shape! {
    /// What becomes of a piece of content as of a date, and why.
    pub struct PlanItem {
        /// What it is about.
        pub about: About,
        /// What becomes of it now.
        pub action: RetentionAction,
        /// Why.
        pub because: KeepReason,
        /// The holds, disputes or other content that keep it.
        pub blockers: Vec<Id>,
        /// What it is.
        pub content: ContentKind,
        /// The first day on which its time is over.
        pub due: Option<Date>,
        /// SHA-256 of its bytes; none for words.
        pub hash: Option<Digest>,
        /// Its id.
        pub id: Id,
        /// Commitment of the name of an attachment, which goes with it.
        pub name: Option<Digest>,
        /// Why, for people to read.
        pub reason: String,
        /// The rule of its class.
        pub rule: RetentionRule,
        /// The day its time counts from.
        pub since: Option<Date>,
    }
}

impl PlanItem {
    /// Whether it is to be erased.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.action != RetentionAction::Keep
    }

    /// Keeps what would be erased, for a reason that is stronger.
    fn keep(&mut self, because: KeepReason, blockers: Vec<Id>) {
        (self.action, self.because, self.blockers) = (RetentionAction::Keep, because, blockers);
        self.reason = self.said();
    }

    fn said(&self) -> String {
        let names: Vec<&str> = self.blockers.iter().map(Id::as_str).collect();
        let names = names.join(", ");
        let since = self.since.map_or("nothing yet".to_owned(), |since| since.to_string());
        let rule =
            format!("the rule of {} counts from {} ({since})", self.rule.class, self.rule.since.word());
        let due = self.due.map_or("never".to_owned(), |due| due.to_string());
        match self.because {
            KeepReason::LegalHold => format!("held by {names}; {rule}"),
            KeepReason::OpenDispute => format!("needed for the open dispute {names}; {rule}"),
            KeepReason::SharedBytes => format!("{names} has the same bytes and is kept; {rule}"),
            KeepReason::Forever => format!("kept for ever; {rule}"),
            KeepReason::NotStarted | KeepReason::NotDue | KeepReason::Due => format!("{rule}, due {due}"),
            KeepReason::Requested => format!("asked for by the person; {rule}, due {due}"),
        }
    }

    /// Why it cannot be erased; nothing where it can.
    #[must_use]
    pub fn refusal(&self) -> Option<RetentionError> {
        let id = self.id.to_string();
        let first = || self.blockers.first().map_or(String::new(), |one| format!("`{one}`"));
        let early = |until: String| RetentionError::Early {
            class: self.rule.class.to_string(),
            id: id.clone(),
            until,
        };
        match self.because {
            KeepReason::LegalHold => Some(RetentionError::Held { hold: first(), id }),
            KeepReason::OpenDispute => Some(RetentionError::Disputed { dispute: first(), id }),
            KeepReason::SharedBytes => Some(RetentionError::Shared { id, other: first() }),
            KeepReason::Forever => Some(early("for ever".to_owned())),
            KeepReason::NotStarted => Some(early(format!("from {} on", self.rule.since.word()))),
            KeepReason::NotDue => {
                Some(early(self.due.map_or("for ever".to_owned(), |due| format!("until {due}"))))
            }
            KeepReason::Due | KeepReason::Requested => None,
        }
    }
}

/// Judges one piece of content as of a date; on the request of its person, what no duty keeps goes at once.
fn judge(candidate: &Candidate, rule: RetentionRule, as_of: Date, requested: bool) -> PlanItem {
    let since = match rule.since {
        RetentionStart::InvoiceSettled => candidate.settled,
        RetentionStart::DocumentIssued => candidate.issued,
        RetentionStart::TicketClosed => candidate.closed,
        RetentionStart::DecisionMade => candidate.decided,
        RetentionStart::ReceiptSettled => candidate.spent,
    };
    let since = since.filter(|since| *since <= as_of);
    // A date beyond the calendar never comes.
    let due = since.and_then(|since| rule.due(since).ok());
    let (because, blockers) = if !candidate.holds.is_empty() {
        (KeepReason::LegalHold, candidate.holds.clone())
    } else if !candidate.disputes.is_empty() {
        (KeepReason::OpenDispute, candidate.disputes.clone())
    } else if requested && !rule.duty {
        (KeepReason::Requested, Vec::new())
    } else if rule.action == RetentionAction::Keep {
        (KeepReason::Forever, Vec::new())
    } else {
        let because = match due {
            Some(due) if due <= as_of => KeepReason::Due,
            Some(_) => KeepReason::NotDue,
            None => KeepReason::NotStarted,
        };
        (because, Vec::new())
    };
    let action = match (because, rule.action) {
        (KeepReason::Due | KeepReason::Requested, RetentionAction::Anonymise) => RetentionAction::Anonymise,
        (KeepReason::Due | KeepReason::Requested, RetentionAction::Purge | RetentionAction::Keep) => {
            RetentionAction::Purge
        }
        (
            KeepReason::LegalHold
            | KeepReason::OpenDispute
            | KeepReason::SharedBytes
            | KeepReason::Forever
            | KeepReason::NotStarted
            | KeepReason::NotDue,
            _,
        ) => RetentionAction::Keep,
    };
    // Words have nothing in them that is not personal: what is left of them is their commitment.
    let action = match (candidate.content, action) {
        (ContentKind::Text, RetentionAction::Anonymise) => RetentionAction::Purge,
        (ContentKind::Text | ContentKind::Attachment, action) => action,
    };
    let mut item = PlanItem {
        about: candidate.about.clone(),
        action,
        because,
        blockers,
        content: candidate.content,
        due,
        hash: candidate.hash,
        id: candidate.id.clone(),
        name: candidate.name,
        reason: String::new(),
        rule,
        since,
    };
    item.reason = item.said();
    item
}

/// Keeps what has the same bytes as something that is kept: deleting them would delete that too.
fn share(items: &mut [PlanItem], stays: impl Fn(&PlanItem) -> bool) {
    let mut kept: BTreeMap<Digest, Vec<Id>> = BTreeMap::new();
    for item in items.iter().filter(|item| stays(item)) {
        if let Some(hash) = item.hash {
            kept.entry(hash).or_default().push(item.id.clone());
        }
    }
    for item in items.iter_mut().filter(|item| item.is_erased()) {
        let others = item.hash.and_then(|hash| kept.get(&hash)).filter(|others| !others.contains(&item.id));
        if let Some(others) = others.cloned() {
            item.keep(KeepReason::SharedBytes, others);
        }
    }
}

/// What becomes of everything as of a date. A class that no rule knows is kept.
#[must_use]
pub fn plan(policy: &RetentionPolicy, candidates: &[Candidate], as_of: Date) -> Vec<PlanItem> {
    let mut items = judged(policy, candidates, as_of, |_| false);
    share(&mut items, |item| !item.is_erased());
    items
}

/// The same for some of it, by name or because its person asks: what is left out stays, and so do its bytes.
#[must_use]
pub fn select(
    policy: &RetentionPolicy,
    candidates: &[Candidate],
    as_of: Date,
    wanted: &BTreeSet<Id>,
    requested: bool,
) -> Vec<PlanItem> {
    let mut items = judged(policy, candidates, as_of, |id| requested && wanted.contains(id));
    share(&mut items, |item| !item.is_erased() || !wanted.contains(&item.id));
    items.retain(|item| wanted.contains(&item.id));
    items
}

fn judged(
    policy: &RetentionPolicy,
    candidates: &[Candidate],
    as_of: Date,
    requested: impl Fn(&Id) -> bool,
) -> Vec<PlanItem> {
    let one = |candidate: &Candidate| {
        let forever = |_| RetentionRule {
            action: RetentionAction::Keep,
            class: candidate.class.clone(),
            days: 0,
            duty: true,
            months: 0,
            since: RetentionStart::InvoiceSettled,
            years: 0,
        };
        let rule = policy.rule(&candidate.class).unwrap_or_else(forever);
        judge(candidate, rule, as_of, requested(&candidate.id))
    };
    candidates.iter().map(one).collect()
}

/// The digest of what a plan erases: what a purge quotes, so that nothing else is erased than was shown.
#[must_use]
pub fn plan_digest(items: &[PlanItem]) -> Digest {
    let erased: Vec<Id> = items
        .iter()
        .filter(|item| item.is_erased())
        .flat_map(|item| [item.id.clone(), Id::of_digits(item.action.word())])
        .collect();
    sha256(&to_bytes(&erased))
}
