use super::credit::{CreditView, RefundView, WriteOffView, credit, refund, write_off};
use super::deposit::{DepositView, deposit};
use super::label::{Label, LabelFacts, Labelled, Tone, expired, label, labelled, seen};
use super::settlement::{Settlement, settlement};
use crate::account::{Account, Credited, Draw, Estimate, EstimateScope, Invoice};
use crate::agreement::Standing;
use crate::approval::{ApprovalStatus, Decision, Lapse, Request, Requirement, SubjectKind};
use crate::calendar::{Date, Instant};
use crate::canon::{Digest, shape};
use crate::finding::{Finding, Severity};
use crate::id::Id;
use crate::invoice::{
    DeliveryStatus, Deposit, DisputeEvidence, DisputeOutcome, DisputeState, DocumentLife, DocumentState,
    Header, KnownFact, Line, Period, PriceAdjustment,
};
use crate::ledger::{DueExtension, ItemKind, Viewpoint};
use crate::money::{Currency, Minor};
use crate::rating::{Job, Rules, WorkedBefore, rate};
use crate::rulebook::Rulebook;
use crate::tax::TaxRow;
use crate::work::{Entry, WorkError};

shape! {
    /// The approvals that something needs and has.
    pub struct ApprovalView {
        /// Currency of the net.
        pub currency: Currency,
        /// What was decided.
        pub decisions: Vec<Decision>,
        /// Digest that a decision must quote.
        pub digest: Digest,
        /// What kind of thing waits.
        pub kind: SubjectKind,
        /// What is needed.
        pub needed: Vec<Requirement>,
        /// The net judged.
        pub net: Minor,
        /// Whether somebody must still decide.
        pub open: bool,
        /// What waits, such as an invoice.
        pub subject: Id,
    }
}

shape! {
    /// A prepaid block.
    pub struct BlockView {
        /// The agreement.
        pub agreement: Id,
        /// Seconds drawn.
        pub drawn: u64,
        /// Seconds left.
        pub left: u64,
        /// Seconds bought.
        pub purchased: u64,
    }
}

shape! {
    /// A dispute.
    pub struct DisputeView {
        /// How much the seller agreed to, once it ended.
        pub accepted: Option<Minor>,
        /// How much.
        pub amount: Minor,
        /// Who says so.
        pub by: Id,
        /// Its currency.
        pub currency: Currency,
        /// The dispute.
        pub dispute: Id,
        /// What proves it.
        pub evidence: Vec<DisputeEvidence>,
        /// By how much later what is owed again is due.
        pub extension: Option<DueExtension>,
        /// Digest of exactly this evidence, as it was opened.
        pub frozen: Digest,
        /// The invoice.
        pub invoice: Id,
        /// Lines of the invoice that are named.
        pub lines: Vec<Id>,
        /// How it ended.
        pub outcome: Option<DisputeOutcome>,
        /// Reason code.
        pub reason_code: Id,
        /// What took the accepted part back.
        pub remedy: Option<Id>,
        /// From when.
        pub since: Date,
        /// Where it stands.
        pub state: DisputeState,
    }
}

shape! {
    /// What is known of a document besides its content and its money.
    pub struct LifeView {
        /// Whether the customer accepted it.
        pub accepted: bool = false,
        /// How far it came on its way.
        pub delivery: Option<DeliveryStatus>,
        /// Every fact, in the order it became known.
        pub facts: Vec<KnownFact>,
        /// Why nothing of it is collected.
        pub held: Option<Id>,
        /// The host's own label.
        pub host_label: Option<Id>,
        /// When it was first opened.
        pub viewed: Option<Instant>,
    }
}

shape! {
    /// An invoice with its lines, each with the charges it was made from.
    pub struct InvoiceView {
        /// Its own allowances and charges.
        pub adjustments: Vec<PriceAdjustment>,
        /// The currency of every amount.
        pub currency: Currency,
        /// Down payments deducted from what is to be paid.
        pub deposits: Vec<Deposit>,
        /// Of what is open, how much is disputed.
        pub disputed: Minor,
        /// What it draws on estimates.
        pub draws: Vec<Draw>,
        /// When it is due, once issued.
        pub due: Option<Date>,
        /// Whether BR-CO-10 to 17 of EN 16931 hold to the last minor unit.
        pub en16931: bool,
        /// Net and tax.
        pub gross: Minor,
        /// What it says besides lines and sums.
        pub header: Box<Header>,
        /// Its id.
        pub id: Id,
        /// When it was issued.
        pub issued: Option<Date>,
        /// What people call its state.
        pub label: Labelled,
        /// What is known of it besides content and money.
        pub life: LifeView,
        /// Its lines.
        pub lines: Vec<Line>,
        /// Before tax.
        pub net: Minor,
        /// Its number, once issued.
        pub number: Option<Id>,
        /// What is open.
        pub open: Minor,
        /// What is to be paid: gross less withheld and prepaid, plus rounding.
        pub payable: Minor,
        /// The reference that payments of it carry, once issued.
        pub payment_reference: Option<Id>,
        /// The days whose work it bills.
        pub period: Period,
        /// What was paid ahead.
        pub prepaid: Minor,
        /// What was added to round what is to be paid.
        pub rounding: Minor,
        /// What became of what it asks for, once issued.
        pub settlement: Option<Settlement>,
        /// Where the document stands.
        pub state: DocumentState,
        /// Tax.
        pub tax: Minor,
        /// Tax by category and rate.
        pub taxes: Vec<TaxRow>,
        /// Why it was voided.
        pub void_reason: Option<Id>,
        /// Taxes that the buyer keeps back.
        pub withheld: Minor,
    }
}

shape! {
    /// An open item that moved in from another system.
    pub struct ItemView {
        /// The currency of every amount.
        pub currency: Currency,
        /// The customer.
        pub customer: Id,
        /// Of what is open, how much is disputed.
        pub disputed: Minor,
        /// When it is due.
        pub due: Date,
        /// How far reminding had gone when it moved in.
        pub dunning_level: Option<u32>,
        /// Its id.
        pub id: Id,
        /// What people call its state.
        pub label: Label,
        /// Its number.
        pub number: Id,
        /// What is open.
        pub open: Minor,
        /// The reference that payments of it carry.
        pub payment_reference: Option<Id>,
        /// What became of it.
        pub settlement: Option<Settlement>,
        /// How that feels.
        pub tone: Tone,
        /// What it was for.
        pub total: Minor,
    }
}

shape! {
    /// An entry on no live invoice.
    pub struct UnbilledView {
        /// The entry.
        pub entry: Id,
        /// Worked seconds.
        pub seconds: u32,
        /// The ticket.
        pub ticket: Option<Id>,
    }
}

shape! {
    /// An estimate.
    pub struct EstimateView {
        /// Most that may be billed.
        pub cap: Minor,
        /// The currency of every amount.
        pub currency: Currency,
        /// What live invoices drew.
        pub drawn: Minor,
        /// The estimate.
        pub estimate: Id,
        /// Last day on which an invoice may draw on it.
        pub expires: Date,
        /// What is left to draw.
        pub left: Minor,
        /// The work.
        pub scope: EstimateScope,
        /// Whether the customer consented.
        pub status: ApprovalStatus,
        /// Whether it was taken back.
        pub withdrawn: bool,
    }
}

shape! {
    /// Work to which consent was denied, or not given in time.
    pub struct WithheldView {
        /// The entry or sale.
        pub id: Id,
        /// What became of it.
        pub lapse: Lapse,
        /// What consent was asked for.
        pub subject: Id,
    }
}

shape! {
    /// An account as of a date.
    pub struct AccountView {
        /// The payer.
        pub account: Id,
        /// Approvals, needed and given.
        pub approvals: Vec<ApprovalView>,
        /// The date.
        pub as_of: Date,
        /// Prepaid blocks.
        pub blocks: Vec<BlockView>,
        /// Credit notes.
        pub credits: Vec<CreditView>,
        /// Down payments.
        pub deposits: Vec<DepositView>,
        /// Disputes.
        pub disputes: Vec<DisputeView>,
        /// Estimates.
        pub estimates: Vec<EstimateView>,
        /// What somebody should look at.
        pub findings: Vec<Finding>,
        /// Invoices.
        pub invoices: Vec<InvoiceView>,
        /// Items that moved in.
        pub opening_items: Vec<ItemView>,
        /// Refunds, those that wait for approval among them.
        pub refunds: Vec<RefundView>,
        /// Work on no live invoice.
        pub unbilled: Vec<UnbilledView>,
        /// Work to which consent was denied, or not given in time.
        pub withheld: Vec<WithheldView>,
        /// Write-offs.
        pub write_offs: Vec<WriteOffView>,
    }
}

/// Shows an account as of a date. Documents, disputes, approvals, refunds and write-offs are shown as they stood;
/// blocks, down payments, work and findings as they stand. `reserved` names the items for which a cash book has
/// reserved money that is not applied yet, which an account does not know.
#[must_use]
pub fn account(
    account: &Account,
    rulebook: &Rulebook,
    as_of: impl Into<Viewpoint>,
    reserved: &[Id],
) -> AccountView {
    let as_of = as_of.into();
    let moved_in = |kind: ItemKind| matches!(kind, ItemKind::Opening | ItemKind::Admitted);
    let opening =
        account.ledger().items().filter(|item| moved_in(item.kind()) && as_of.sees(item.opened_at()));
    AccountView {
        account: account.payer().clone(),
        approvals: account
            .requests()
            .filter(|(_, request)| !request.needed().is_empty())
            .filter_map(|(subject, request)| approval(account, subject, &request.at(as_of)?, as_of))
            .collect(),
        as_of: as_of.date,
        blocks: account.standings().map(block).collect(),
        credits: account.credits().filter_map(|one| credit(account, one, as_of)).collect(),
        deposits: account.deposits().filter_map(|one| deposit(account, one)).collect(),
        disputes: account.disputes().filter_map(|one| dispute(one, as_of)).collect(),
        estimates: account.estimates().filter_map(|one| estimate(account, one, as_of)).collect(),
        findings: findings(account, rulebook),
        invoices: account.invoices().filter_map(|one| invoice(account, one, reserved, as_of)).collect(),
        opening_items: opening
            .map(|item| {
                let id = &item.terms().id;
                let (life, reserved) = (account.life(id), reserved.contains(id));
                let facts = LabelFacts { expired: false, item: Some(item), life, reserved };
                let Labelled { label, tone, .. } = labelled(item, facts, as_of);
                ItemView {
                    currency: item.terms().currency,
                    customer: item.terms().customer.clone(),
                    disputed: item.disputed_at(as_of),
                    due: item.all_due_at(as_of),
                    dunning_level: account.dunning_level(&item.terms().id).map(|level| level.level),
                    id: item.terms().id.clone(),
                    label,
                    number: item.terms().number.clone(),
                    open: item.open_at(as_of),
                    payment_reference: item.terms().payment_reference.clone(),
                    settlement: settlement(account, item, reserved, as_of),
                    tone,
                    total: item.terms().total,
                }
            })
            .collect(),
        refunds: account.refunds().filter_map(|one| refund(account, one, as_of)).collect(),
        unbilled: account
            .unbilled()
            .map(|entry| UnbilledView {
                entry: entry.id.clone(),
                seconds: entry.seconds(),
                ticket: entry.ticket.clone(),
            })
            .collect(),
        withheld: account
            .lapsed()
            .map(|one| WithheldView {
                id: one.work.id.clone(),
                lapse: one.lapse,
                subject: one.subject.clone(),
            })
            .collect(),
        write_offs: account.write_offs().filter_map(|one| write_off(account, one, as_of)).collect(),
    }
}

/// Whether somebody must still decide.
pub(super) fn is_open(account: &Account, subject: &Id, request: &Request) -> bool {
    waits(account, subject, request, |invoice| Some(invoice.state), |credit| Some(credit.state))
}

/// Whether somebody still had to decide on a request as it stood at the end of a day.
pub(super) fn was_open(account: &Account, subject: &Id, request: &Request, at: Viewpoint) -> bool {
    waits(account, subject, request, |invoice| invoice.state_at(at), |credit| credit.state_at(at))
}

fn waits(
    account: &Account,
    subject: &Id,
    request: &Request,
    of_invoice: impl Fn(&Invoice) -> Option<DocumentState>,
    of_credit: impl Fn(&Credited) -> Option<DocumentState>,
) -> bool {
    let waiting = Some(DocumentState::AwaitingApproval);
    let waits = match request.kind() {
        SubjectKind::Invoice => account.invoice(subject).is_ok_and(|invoice| of_invoice(invoice) == waiting),
        SubjectKind::Estimate => account.estimate(subject).is_ok_and(|estimate| !estimate.withdrawn),
        SubjectKind::CreditNote => {
            account.credit_note(subject).is_ok_and(|credit| of_credit(credit) == waiting)
        }
        SubjectKind::Void => account
            .voiding(subject)
            .and_then(|voiding| account.invoice(&voiding.invoice))
            .is_ok_and(|invoice| of_invoice(invoice) == Some(DocumentState::Issued)),
        SubjectKind::WriteOff | SubjectKind::Refund => true,
    };
    waits && request.status() == ApprovalStatus::Pending
}

/// A request as it stood, with whether its subject still waited for it.
fn approval(account: &Account, subject: &Id, request: &Request, as_of: Viewpoint) -> Option<ApprovalView> {
    Some(ApprovalView {
        currency: request.asked().currency,
        decisions: request.decisions().to_vec(),
        digest: request.digest(),
        kind: request.kind(),
        needed: request.needed().to_vec(),
        net: request.asked().net,
        open: was_open(account, subject, request, as_of),
        subject: subject.clone(),
    })
}

fn estimate(account: &Account, estimate: &Estimate, as_of: Viewpoint) -> Option<EstimateView> {
    let proposed = &estimate.proposed;
    let request = account.request(&proposed.estimate).ok()?.at(as_of)?;
    Some(EstimateView {
        cap: proposed.cap,
        currency: proposed.currency,
        drawn: estimate.drawn,
        estimate: proposed.estimate.clone(),
        expires: proposed.expires,
        left: estimate.left(),
        scope: proposed.scope.clone(),
        status: request.status(),
        withdrawn: estimate.withdrawn,
    })
}

fn block((agreement, standing): (&Id, &Standing)) -> BlockView {
    BlockView {
        agreement: agreement.clone(),
        drawn: standing.drawn,
        left: standing.left(),
        purchased: standing.purchased,
    }
}

/// A dispute as it stood at the end of a day; none before it was opened.
fn dispute(dispute: &crate::account::Dispute, as_of: Viewpoint) -> Option<DisputeView> {
    let state = dispute.state_at(as_of)?;
    let (opened, closed) = (&dispute.opened, dispute.closed.as_ref());
    let closed = closed.filter(|_| state == DisputeState::Closed);
    Some(DisputeView {
        accepted: closed.map(|closed| closed.accepted),
        amount: opened.amount,
        by: opened.by.clone(),
        currency: opened.currency,
        dispute: opened.dispute.clone(),
        evidence: opened.evidence.clone(),
        extension: closed.and_then(|closed| closed.extension.clone()),
        frozen: opened.frozen,
        invoice: opened.invoice.clone(),
        lines: opened.lines.clone(),
        outcome: closed.map(|closed| closed.outcome),
        reason_code: opened.reason_code.clone(),
        remedy: closed.and_then(|closed| closed.remedy.clone()),
        since: opened.effective,
        state,
    })
}

/// What is known of a document, axis by axis, at the end of a day.
fn life_view(account: &Account, document: &Id, state: DocumentState, as_of: Viewpoint) -> LifeView {
    let none = DocumentLife::default();
    let life = account.life(document).unwrap_or(&none);
    LifeView {
        accepted: life.accepted(as_of),
        delivery: life.delivery(as_of),
        facts: life.until(as_of).cloned().collect(),
        held: life.held(as_of).cloned(),
        host_label: life.label(as_of, state).cloned(),
        viewed: life.viewed(as_of),
    }
}

/// An invoice as it stood at the end of a day; none before it was drafted.
fn invoice(account: &Account, invoice: &Invoice, reserved: &[Id], as_of: Viewpoint) -> Option<InvoiceView> {
    let draft = &invoice.draft;
    let item = seen(account.ledger().item(&draft.id).ok(), as_of);
    let state = invoice.state_at(as_of)?;
    let (life, reserved) = (account.life(&draft.id), reserved.contains(&draft.id));
    let expired = expired(account, &draft.id, as_of);
    let voided = invoice.voided.as_ref().filter(|_| state == DocumentState::Void);
    Some(InvoiceView {
        adjustments: draft.adjustments.clone(),
        currency: draft.currency,
        disputed: item.map_or(Minor::ZERO, |item| item.disputed_at(as_of)),
        deposits: draft.deposits.clone(),
        draws: invoice.draws.clone(),
        due: item.map(|item| item.all_due_at(as_of)),
        en16931: draft.totals.en16931,
        gross: draft.totals.gross,
        header: draft.header.clone(),
        id: draft.id.clone(),
        issued: item.map(|item| item.terms().issued),
        label: label(invoice, LabelFacts { expired, item, life, reserved }, as_of)?,
        life: life_view(account, &draft.id, state, as_of),
        lines: draft.lines.clone(),
        net: draft.totals.net,
        number: item.map(|item| item.terms().number.clone()),
        open: item.map_or(Minor::ZERO, |item| item.open_at(as_of)),
        payable: draft.totals.payable,
        payment_reference: item.and_then(|item| item.terms().payment_reference.clone()),
        period: draft.period.clone(),
        prepaid: draft.totals.prepaid,
        rounding: draft.totals.rounding,
        settlement: item.and_then(|item| settlement(account, item, reserved, as_of)),
        state,
        tax: draft.totals.tax,
        taxes: draft.totals.taxes.clone(),
        void_reason: voided.map(|voided| voided.reason.clone()),
        withheld: draft.totals.withheld,
    })
}

/// What somebody should look at, derived from the account as it stands: entries without time,
/// unbilled work that cannot be rated, approvals that are open, and tasks that failed.
#[must_use]
pub fn findings(account: &Account, rulebook: &Rulebook) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_empty = |entry: &&Entry| matches!(entry.work, crate::work::Work::Time(_)) && entry.seconds() == 0;
    let billed = account.billed().map(|billed| billed.entry.as_ref());
    for entry in billed.filter(is_empty) {
        findings.push(Finding::new(Severity::Warn, &WorkError::ZeroLength).about(&entry.id));
    }
    let rules: std::collections::BTreeMap<&Id, Rules<'_>> = rulebook
        .family(account.payer())
        .into_iter()
        .flatten()
        .filter_map(|customer| Some((customer, rulebook.rules(customer).ok()?)))
        .collect();
    let jobs: Vec<Job<'_>> = account
        .unbilled()
        .filter_map(|entry| {
            let ticket = entry.ticket.as_ref().and_then(|id| account.ticket(id));
            let customer = ticket.map(|ticket| &ticket.customer).or(entry.customer.as_ref())?;
            Some(Job { entry, rules: rules.get(customer)?, ticket })
        })
        .collect();
    let standings = account.standings().map(|(id, standing)| (id.clone(), *standing)).collect();
    findings.append(&mut rate(&jobs, &standings, &WorkedBefore::new()).findings);
    for (subject, request) in account.requests().filter(|(id, request)| is_open(account, id, request)) {
        let needed = request.needed().iter();
        findings.extend(needed.map(|one| Finding::new(Severity::Info, &one.needed()).about(subject)));
    }
    let failed = super::tasks::failed(account).filter_map(|life| Some((&life.task.id, life.failure()?)));
    findings.extend(failed.map(|(id, error)| Finding::new(Severity::Warn, &error).about(id)));
    findings.sort();
    findings
}
