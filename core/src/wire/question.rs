//! Questions about logs, and their answers as documents.

use super::answer::document;
use super::evidence::{TrailRequest, trail};
use super::views::{self, ActionsAsked, DeskAsked, FieldsAsked, ReceiptAsked};
use super::{Log, WireError};
use crate::audit::{self, Head, LogKind, Verdict};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, Writer, from_bytes, shape, union};
use crate::finding::{Finding, Refusal};
use crate::id::Id;
use crate::invoice::InvoiceError;
use crate::ledger::{Moment, Viewpoint};
use crate::money::{Currency, Minor};
use crate::payment::{self, Application, CashBook, MatchReceipt, Plan};
use crate::rating::{Charge, Job, Rules, Standings, WorkedBefore};
use crate::receivables::{AgeBasis, AgedItem, AgingPolicy, UnappliedCash};
use crate::report::{
    self, DocumentAsked, HomeAsked, OverridesAsked, PlansAsked, ReportError, TimelineAsked, ViewAsked,
};
use crate::rulebook::{Proposal, Publication, Rulebook};
use crate::series::{Assigned, NumberAudit, Series};
use crate::work::{Entry, Ticket, WorkError};

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

shape! {
    /// Work to be priced without an account.
    pub struct WorkDocument {
        /// Time and parts.
        pub entries: Vec<Entry>,
        /// Their tickets.
        pub tickets: Vec<Ticket>,
    }
}

shape! {
    /// The priced work of one customer.
    pub struct RatedCustomer {
        /// The charges.
        pub charges: Vec<Charge>,
        /// The currency of its terms.
        pub currency: Currency,
        /// The customer.
        pub customer: Id,
        /// Sum of the charges.
        pub net: Minor,
    }
}

shape! {
    /// Priced work.
    pub struct RatedDocument {
        /// Customers by id.
        pub customers: Vec<RatedCustomer>,
        /// What somebody should look at.
        pub findings: Vec<Finding>,
    }
}

shape! {
    /// Asks for an aging.
    pub struct AgingRequest {
        /// The date.
        pub as_of: Date,
        /// From which date items age; the policy's when left out.
        pub basis: Option<AgeBasis>,
        /// As far as was known at this moment; as is known now when left out.
        pub known: Option<Instant>,
    }
}

shape! {
    /// What matching says of every receipt with money left.
    pub struct Plans {
        /// One plan per receipt, by receipt.
        pub plans: Vec<Plan>,
    }
}

fn wrong_kind<T>(expected: LogKind, got: &Log) -> Result<T, Refusal> {
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

/// Prices work under a rulebook, without an account: no block is drawn, nothing was billed before.
///
/// # Errors
/// Every shape error, and [`WorkError`] for every entry that cannot be read as work.
pub fn rate(rulebook: &Rulebook, work: &[u8]) -> Result<Vec<u8>, Refusal> {
    let work = from_bytes::<WorkDocument>(work)?;
    let mut findings = Vec::new();
    let mut rules: std::collections::BTreeMap<Id, Rules<'_>> = std::collections::BTreeMap::new();
    let mut owners = Vec::with_capacity(work.entries.len());
    for (place, entry) in work.entries.iter().enumerate() {
        let mut find =
            |finding: Finding| findings.push(finding.about(&entry.id).at(format!("/entries/{place}")));
        let ticket = entry.ticket.as_ref().and_then(|id| work.tickets.iter().find(|ticket| ticket.id == *id));
        if let Err(error) = entry.check() {
            find(Finding::block(&error));
        }
        match (&entry.ticket, ticket) {
            (Some(id), None) => find(Finding::block(&WorkError::TicketUnknown { got: id.to_string() })),
            _ => {
                let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref());
                match customer.map(|customer| rulebook.rules(customer)) {
                    Some(Ok(found)) => drop(rules.insert(found.customer.clone(), found)),
                    Some(Err(error)) => find(Finding::block(&error)),
                    None => {}
                }
                owners.push((entry, ticket, customer));
            }
        }
    }
    Refusal::unless_empty(findings)?;
    let jobs: Vec<Job<'_>> = owners
        .into_iter()
        .filter_map(|(entry, ticket, customer)| Some(Job { entry, rules: rules.get(customer?)?, ticket }))
        .collect();
    rated_document(&jobs).map(|rated| document(&rated))
}

fn rated_document(jobs: &[Job<'_>]) -> Result<RatedDocument, Refusal> {
    let mut answer = RatedDocument { customers: Vec::new(), findings: Vec::new() };
    let mut by_customer: std::collections::BTreeMap<&Id, Vec<Job<'_>>> = std::collections::BTreeMap::new();
    for job in jobs {
        by_customer.entry(job.rules.customer).or_default().push(*job);
    }
    for (customer, jobs) in by_customer {
        let Some(currency) = jobs.first().map(|job| job.rules.currency) else { continue };
        let rated = crate::rating::rate(&jobs, &Standings::new(), &WorkedBefore::new());
        answer.findings.extend(rated.findings);
        let net =
            Minor::sum(rated.charges.iter().map(|charge| charge.net)).map_err(|error| because(&error))?;
        answer.customers.push(RatedCustomer {
            charges: rated.charges,
            currency,
            customer: customer.clone(),
            net,
        });
    }
    Ok(answer)
}

/// Matches every receipt of a cash book that has money left to the open items of accounts. The
/// plans are the body of a `match` command on the cash book.
///
/// # Errors
/// Every shape error, and [`WireError::LogKind`].
pub fn match_receipts(
    rulebook: &Rulebook,
    book: &Log,
    accounts: &[&Log],
    request: &[u8],
) -> Result<Vec<u8>, Refusal> {
    from_bytes::<Everything>(request)?;
    let Log::CashBook(book) = book else {
        return wrong_kind(LogKind::CashBook, book);
    };
    rulebook.check_seller(book.chain().address()).map_err(|error| because(&error))?;
    let mut items = Vec::new();
    for log in accounts {
        let Log::Account(account) = log else {
            return wrong_kind(LogKind::Account, log);
        };
        rulebook.check_seller(account.chain().address()).map_err(|error| because(&error))?;
        let open = account.ledger().items().filter(|item| item.open().is_positive());
        items.extend(open.map(|item| payment::Candidate {
            account: account.payer().clone(),
            customer: item.terms().customer.clone(),
            item: item.terms().id.clone(),
            number: item.terms().number.clone(),
            currency: item.terms().currency,
            open: item.open(),
            fees: account.fees(&item.terms().id),
        }));
    }
    items.sort_by(|a, b| (&a.account, &a.item).cmp(&(&b.account, &b.item)));
    let policy = rulebook.policy().matching();
    let plans = payment::match_receipts(policy, rulebook.payers(), &items, &waiting(book));
    Ok(document(&Plans { plans }))
}

/// Receipts with money left, with their words.
fn waiting(book: &CashBook) -> Vec<MatchReceipt> {
    let open = book.receipts().filter(|state| state.left().is_positive());
    open.map(|state| book.to_match(state)).collect()
}

/// Ages the open items of accounts beside the unapplied cash of cash books; the columns tie to the
/// control total.
///
/// # Errors
/// Every shape error, [`WireError::LogKind`] for a series, and what aging refuses.
pub fn aging(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let request = from_bytes::<AgingRequest>(request)?;
    let mut items = Vec::new();
    let accounts =
        logs.iter().filter_map(|log| if let Log::Account(account) = log { Some(account) } else { None });
    let said: std::collections::BTreeMap<&Id, Application> = accounts
        .flat_map(|account| account.applied())
        .map(|applied| (&applied.reservation.id, applied.application()))
        .collect();
    let at = Viewpoint { date: request.as_of, known: request.known };
    let accounts =
        logs.iter().filter_map(|log| if let Log::Account(account) = log { Some(account) } else { None });
    let admitted: std::collections::BTreeMap<&Id, Moment> =
        accounts.clone().flat_map(|account| account.admissions()).collect();
    for (key, transfer) in accounts.flat_map(|account| account.transfers()) {
        // What left one account and did not arrive in another is still owed.
        let arrived = admitted.get(&key).is_some_and(|moment| at.sees(*moment));
        let under_way =
            transfer.released.belongings.items.iter().filter(|_| at.sees(transfer.moment) && !arrived);
        items.extend(under_way.map(|item| AgedItem {
            customer: &item.customer,
            currency: item.currency,
            issued: item.issued,
            due: item.due,
            open: item.open,
            disputed: Minor::ZERO,
        }));
    }
    let mut cash = Vec::new();
    for log in logs {
        rulebook.check_seller(log.chain().address()).map_err(|error| because(&error))?;
        match log {
            Log::Account(account) => items.extend(account.ledger().items().flat_map(|item| {
                // An invoice with instalments ages by instalment.
                item.parts_at(at).into_iter().map(|part| AgedItem {
                    customer: &item.terms().customer,
                    currency: item.terms().currency,
                    issued: item.terms().issued,
                    due: part.due,
                    open: part.open,
                    disputed: part.disputed,
                })
            })),
            Log::CashBook(book) => cash.extend(book.receipts().map(|state| UnappliedCash {
                customer: state.customer_at(at),
                currency: state.currency,
                amount: book.unapplied_at(state, at, &said),
            })),
            Log::Rulebook(_) | Log::Series(_) => return wrong_kind(LogKind::Account, log),
        }
    }
    let own = rulebook.policy().aging();
    let policy = AgingPolicy { basis: request.basis.unwrap_or(own.basis), ..own.clone() };
    let aged = crate::receivables::aging(&policy, request.as_of, items, cash);
    let report = aged.map_err(|error| because(&error))?;
    Ok(document(&report))
}

shape! {
    /// Asks what some days come to.
    pub struct ClosingRequest {
        /// The first day.
        pub from: Date,
        /// The last day.
        pub through: Date,
    }
}

/// What accounts and cash books come to over some days: postings by account of the general ledger, how
/// receivables and unapplied cash went, and the head of every log.
///
/// # Errors
/// Every shape error, [`InvoiceError::PeriodOrder`] for days that end before they start, and sums beyond
/// every limit.
pub fn closing(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    let ClosingRequest { from, through } = from_bytes(request)?;
    if through < from {
        let (from, to) = (from.to_string(), through.to_string());
        return Err(because(&InvoiceError::PeriodOrder { from, to }));
    }
    let (mut accounts, mut books, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for log in logs {
        rulebook.check_seller(log.chain().address()).map_err(|error| because(&error))?;
        match log {
            Log::Account(account) => accounts.push(account.as_ref()),
            Log::CashBook(book) => books.push(book.as_ref()),
            Log::Rulebook(publication) => others.push(publication.chain()),
            Log::Series(series) => others.push(series.chain()),
        }
    }
    let pack =
        report::closing(&accounts, &books, others, (from, through)).map_err(|error| because(&error))?;
    Ok(document(&pack))
}

/// Sums accounts up: how much work became how many invoices.
///
/// # Errors
/// Every shape error, and [`WireError::LogKind`] for a log that is no account.
pub fn summary(rulebook: &Rulebook, logs: &[&Log], request: &[u8]) -> Result<Vec<u8>, Refusal> {
    from_bytes::<Everything>(request)?;
    let mut accounts = Vec::with_capacity(logs.len());
    for log in logs {
        let Log::Account(account) = log else {
            return wrong_kind(LogKind::Account, log);
        };
        rulebook.check_seller(account.chain().address()).map_err(|error| because(&error))?;
        accounts.push(account.as_ref());
    }
    let summary = report::summary(accounts).map_err(|error| because(&error))?;
    Ok(document(&summary))
}

/// Verifies an exported log, one line per record: its hash, a blank, its bytes; against a saved
/// head when one is given.
///
/// # Errors
/// Shape errors of the head; a broken log is an answer, not an error.
pub fn verify(lines: &[u8], head: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
    let saved = head.map(from_bytes::<Head>).transpose()?;
    let mut writer = Writer::new();
    writer.object(|fields| match audit::verify(lines, saved.as_ref()) {
        Verdict::Consistent { head, anchored } => {
            fields.field("anchored", &anchored);
            fields.field("head", &head);
            fields.with("verdict".into(), |writer| writer.text("consistent"));
        }
        Verdict::Broken { seq, finding } => {
            fields.field("finding", &*finding);
            fields.field("seq", &seq);
            fields.with("verdict".into(), |writer| writer.text("broken"));
        }
    });
    Ok(writer.into_bytes())
}
