//! Questions about logs, and their answers as documents.

use super::answer::document;
use super::evidence::{TrailRequest, trail};
use super::views::{self, ActionsAsked, DeskAsked, FieldsAsked, ReceiptAsked};
use super::{Log, WireError};
use crate::audit::LogKind;
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, from_bytes, shape, union};
use crate::finding::Refusal;
use crate::id::Id;
use crate::ledger::Viewpoint;
use crate::report::{
    self, DocumentAsked, HomeAsked, OverridesAsked, PlansAsked, ReportError, TimelineAsked, ViewAsked,
};
use crate::rulebook::{Proposal, Publication, Rulebook};
use crate::series::{Assigned, NumberAudit, Series};

shape! {
    /// Asks for a log as of a date.
    pub struct AsOf {
        /// The date.
        pub as_of: Date,
        /// As far as was known at this moment; as is known now when left out.
        pub known: Option<Instant>,
    }
}

shape! {
    /// Asks for an account as of a date.
    pub struct AccountAsked {
        /// The date.
        pub as_of: Date,
        /// As far as was known at this moment; as is known now when left out.
        pub known: Option<Instant>,
        /// Items for which a cash book has reserved money that is not applied yet.
        pub reserved: Vec<Id>,
    }
}

impl AsOf {
    const fn viewpoint(&self) -> Viewpoint {
        Viewpoint { date: self.as_of, known: self.known }
    }
}

shape! {
    /// Asks why a line is what it is.
    pub struct Explain {
        /// The line.
        pub line: Id,
    }
}

shape! {
    /// Asks what waits for approval.
    pub struct At {
        /// The instant.
        pub at: Instant,
    }
}

shape! {
    /// Asks why something needs approval.
    pub struct ExplainApproval {
        /// The invoice, credit note, write-off or estimate.
        pub subject: Id,
    }
}

shape! {
    /// Asks what was paid without an approval that stood.
    pub struct UnapprovedAt {
        /// The date: what was paid by the end of it.
        pub as_of: Date,
        /// The rule whose approval is sought; of any rule when left out.
        pub rule: Option<Id>,
    }
}

shape! {
    /// Asks for nothing more.
    pub struct Everything {}
}

shape! {
    /// Asks for the proof that a log only grew between two sequences.
    pub struct Grown {
        /// The earlier sequence.
        pub from: u64,
        /// The later sequence; the last when left out.
        pub to: Option<u64>,
    }
}

union! {
    /// A question about one log.
    pub enum Question {
        /// An account as of a date.
        Account(AccountAsked) = "account",
        /// A cash book as of a date.
        CashBook(AsOf) = "cash_book",
        /// The explanation of a line.
        Explain(Explain) = "explain",
        /// Why something needs approval, and what was decided.
        ExplainApproval(ExplainApproval) = "explain_approval",
        /// The proof that a log of any kind only grew.
        Extension(Grown) = "extension",
        /// What somebody may do with a document now.
        Actions(ActionsAsked) = "actions",
        /// The page on which a customer begins.
        CustomerHome(HomeAsked) = "customer_home",
        /// What waits for somebody as of a date.
        Desk(DeskAsked) = "desk",
        /// A document as data that a template prints.
        Document(DocumentAsked) = "document",
        /// What a role sees of every shape.
        Fields(FieldsAsked) = "fields",
        /// The receipt of a line.
        LineReceipt(ReceiptAsked) = "line_receipt",
        /// What left the ordinary way.
        Overrides(OverridesAsked) = "overrides",
        /// What happened, in order.
        Timeline(TimelineAsked) = "timeline",
        /// A page of what a role sees.
        View(ViewAsked) = "view",
        /// The numbers of a series.
        Numbers(Everything) = "numbers",
        /// What is due of an account as of a date, and what waits.
        Plans(PlansAsked) = "plans",
        /// What a seller has published of its rules, and what waits.
        Publications(Everything) = "publications",
        /// What becomes of attachments and personal words of a log as of a date.
        Retention(AsOf) = "retention",
        /// What the outside world should do, and what became of it, as of a date.
        Tasks(AsOf) = "tasks",
        /// Which records of an account made and changed documents.
        Trail(TrailRequest) = "trail",
        /// What was paid without an approval that stood.
        UnapprovedPayments(UnapprovedAt) = "unapproved_payments",
        /// What waits for approval at an instant.
        Worklist(At) = "worklist",
    }
}

shape! {
    /// The numbers that a series has given out.
    pub struct NumbersView {
        /// What an auditor asks of the numbers: gaps, foreign ones, dates out of order.
        pub audit: NumberAudit,
        /// Each number with its invoice, by account and invoice.
        pub numbers: Vec<Assigned>,
        /// The series.
        pub series: Id,
    }
}

shape! {
    /// A section of the rulebook as it was published last.
    pub struct PublishedSection {
        /// The customer of the terms; the section is the policy when left out.
        pub customer: Option<Id>,
        /// Digest of the section.
        pub digest: Digest,
        /// The first day on which one may decide under it.
        pub effective_from: Date,
    }
}

shape! {
    /// Proposed rules that wait for somebody to agree.
    pub struct PendingRules {
        /// Who agreed so far.
        pub agreed: Vec<Id>,
        /// Digest of the proposal, to which a decision is bound.
        pub digest: Digest,
        /// The proposal.
        pub proposal: Proposal,
    }
}

shape! {
    /// What a seller has published of its rules, and what waits.
    pub struct PublicationsView {
        /// How many people must agree.
        pub approvals: u32,
        /// What waits, by publication.
        pub pending: Vec<PendingRules>,
        /// Whether nothing may be decided under rules that are not published.
        pub required: bool,
        /// Roles that may agree; every role when empty.
        pub roles: Vec<Id>,
        /// The sections as published last: the policy, then terms by customer.
        pub sections: Vec<PublishedSection>,
    }
}

pub(super) fn wrong_kind<T>(expected: LogKind, got: &Log) -> Result<T, Refusal> {
    Err(Refusal::because(&WireError::LogKind { expected: expected.word(), got: got.kind().word() }))
}

fn because(error: &impl crate::error_code::Coded) -> Refusal {
    Refusal::because(error)
}

/// Answers a question about one log; nothing changes.
///
/// # Errors
/// Every shape error; [`WireError::LogKind`] for a question about another kind of log; what the
/// rooms below refuse.
pub fn report(log: &Log, rulebook: &Rulebook, request: &[u8]) -> Result<Vec<u8>, Refusal> {
    rulebook.check_seller(log.chain().address()).map_err(|error| because(&error))?;
    match (from_bytes::<Question>(request)?, log) {
        (Question::Account(asked), Log::Account(account)) => {
            let at = Viewpoint { date: asked.as_of, known: asked.known };
            Ok(document(&report::account(account, rulebook, at, &asked.reserved)))
        }
        (Question::Explain(asked), Log::Account(account)) => {
            let explained =
                report::explain(account, &asked.line).map_err(|error: ReportError| because(&error))?;
            Ok(document(&explained))
        }
        (Question::Plans(asked), Log::Account(account)) => {
            report::plans(account, rulebook, &asked).map(|view| document(&view))
        }
        (Question::ExplainApproval(asked), Log::Account(account)) => {
            let explained = report::explain_approval(account, &asked.subject);
            Ok(document(&explained.map_err(|error| because(&error))?))
        }
        (Question::Trail(asked), Log::Account(account)) => trail(account, &asked).map(|view| document(&view)),
        (Question::Worklist(asked), Log::Account(account)) => {
            Ok(document(&report::worklist(account, asked.at)))
        }
        (Question::Actions(asked), Log::Account(account)) => views::actions(account, rulebook, &asked),
        (Question::CustomerHome(asked), Log::Account(account)) => views::home(account, rulebook, &asked),
        (Question::Desk(asked), Log::Account(account)) => views::desk(account, rulebook, &asked),
        (Question::Document(asked), Log::Account(account)) => views::document(account, rulebook, &asked),
        (Question::LineReceipt(asked), Log::Account(account)) => views::receipt(account, rulebook, &asked),
        (Question::Overrides(asked), Log::Account(account)) => views::overrides(account, rulebook, &asked),
        (Question::Overrides(asked), Log::CashBook(book)) => views::book_overrides(book, rulebook, &asked),
        (Question::Overrides(asked), Log::Series(series)) => {
            views::series_overrides(series, rulebook, &asked)
        }
        (Question::Timeline(asked), Log::Account(account)) => views::timeline(account, rulebook, &asked),
        (Question::View(asked), Log::Account(account)) => views::view(account, rulebook, &asked),
        (Question::Fields(asked), _) => views::fields(rulebook, &asked),
        (Question::Tasks(asked), Log::Account(account)) => {
            Ok(document(&report::tasks(account, asked.viewpoint())))
        }
        (Question::Retention(asked), log) => Ok(document(&log.retention(rulebook, asked.as_of))),
        (Question::UnapprovedPayments(asked), Log::Account(account)) => {
            Ok(document(&report::unapproved_payments(account, asked.as_of, asked.rule.as_ref())))
        }
        (Question::CashBook(asked), Log::CashBook(book)) => {
            Ok(document(&report::cash_book(book, asked.viewpoint())))
        }
        (Question::Extension(asked), log) => {
            let extension = log.chain().extension(asked.from, asked.to);
            Ok(document(&extension.map_err(|error| because(&error))?))
        }
        (Question::Publications(_), Log::Rulebook(publication)) => Ok(document(&publications(publication))),
        (Question::Publications(_), _) => wrong_kind(LogKind::Rulebook, log),
        (Question::Numbers(_), Log::Series(series)) => Ok(document(&numbers(series))),
        (
            Question::Account(_)
            | Question::Explain(_)
            | Question::ExplainApproval(_)
            | Question::Actions(_)
            | Question::CustomerHome(_)
            | Question::Desk(_)
            | Question::Document(_)
            | Question::LineReceipt(_)
            | Question::Overrides(_)
            | Question::Plans(_)
            | Question::Timeline(_)
            | Question::View(_)
            | Question::Tasks(_)
            | Question::Trail(_)
            | Question::UnapprovedPayments(_)
            | Question::Worklist(_),
            _,
        ) => wrong_kind(LogKind::Account, log),
        (Question::CashBook(_), _) => wrong_kind(LogKind::CashBook, log),
        (Question::Numbers(_), _) => wrong_kind(LogKind::Series, log),
    }
}

fn numbers(series: &Series) -> NumbersView {
    NumbersView {
        audit: series.audit(),
        numbers: series.assigned().cloned().collect(),
        series: series.chain().address().id.clone(),
    }
}

fn publications(log: &Publication) -> PublicationsView {
    let sections = log.current().filter_map(|(customer, digest)| {
        let effective_from = *log.effective().get(&digest)?;
        Some(PublishedSection { customer: customer.cloned(), digest, effective_from })
    });
    let pending = log.pending().map(|pending| PendingRules {
        agreed: pending.approvals.iter().map(|one| one.by.clone()).collect(),
        digest: pending.digest,
        proposal: pending.proposal.clone(),
    });
    PublicationsView {
        approvals: log.requirement().approvals,
        pending: pending.collect(),
        required: log.is_required(),
        roles: log.requirement().roles.clone(),
        sections: sections.collect(),
    }
}
