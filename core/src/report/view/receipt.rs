use super::viewer::Viewer;
use super::work::{ViewWork, work};
use crate::account::{Account, Invoice};
use crate::approval::{ApprovalStatus, Decision, Request, Verdict};
use crate::calendar::Instant;
use crate::canon::{Digest, shape};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{DocumentFact, Line, PriceAdjustment};
use crate::money::{Currency, Minor, Price};
use crate::rating::{Charge, Unit};
use crate::report::ReportError;
use crate::report::explain::{Step, steps};
use crate::retention::AboutKind;
use crate::role::{Capability, Reach};
use crate::tax::LineTax;
use crate::work::{Ticket, Work};

shape! {
    /// The entry that a charge was made from, as it stands now.
    pub struct ReceiptEntry {
        /// What was recorded: times, who worked, what may be read of the note.
        pub entry: ViewWork,
        /// The price that came with a part.
        pub stated_price: Option<Price>,
    }
}

shape! {
    /// A charge of a line with what it was made from.
    pub struct ReceiptCharge {
        /// Seconds or pieces that are billed: rounded, and not covered.
        pub billed: Price,
        /// The charge with all its facts: price, factor, rows, rounding, coverage.
        pub charge: Charge,
        /// Seconds that a prepaid block took over.
        pub covered_seconds: u64,
        /// The entry; none for sales and fees.
        pub entry: Option<ReceiptEntry>,
        /// Worked seconds before rounding.
        pub raw_seconds: u32,
        /// Seconds after rounding, covered ones too.
        pub rounded_seconds: u64,
        /// Why the amount is what it is, step by step.
        pub steps: Vec<Step>,
    }
}

shape! {
    /// The ticket of a line.
    pub struct ReceiptTicket {
        /// When it was closed.
        pub closed: Option<Instant>,
        /// Whom the work is for.
        pub customer: Id,
        /// Its id.
        pub id: Id,
        /// Its priority.
        pub priority: Option<Id>,
        /// The project it belongs to.
        pub project: Option<Id>,
        /// The purchase order it is billed under.
        pub purchase_order: Option<Id>,
        /// Where the work is done.
        pub site: Option<Id>,
        /// Its status at its source.
        pub status: Option<Id>,
        /// What it is about.
        pub subject: Option<String>,
        /// Its type.
        pub ticket_type: Option<Id>,
    }
}

shape! {
    /// A decision on the document of a line.
    pub struct ReceiptDecision {
        /// When.
        pub at: Instant,
        /// Who.
        pub by: Id,
        /// Digest of what was shown.
        pub digest: Digest,
        /// Who was decided for.
        pub on_behalf_of: Option<Id>,
        /// In which role.
        pub role: Id,
        /// What.
        pub verdict: Verdict,
    }
}

shape! {
    /// The approval that a line was issued under.
    pub struct ReceiptApproval {
        /// When it was asked.
        pub asked: Instant,
        /// Who made what was asked for.
        pub author: Id,
        /// What was decided, in order.
        pub decisions: Vec<ReceiptDecision>,
        /// Digest of exactly the document.
        pub digest: Digest,
        /// The rules that asked; none where nothing was needed.
        pub rules: Vec<Id>,
        /// Where the request stands.
        pub status: ApprovalStatus,
    }
}

shape! {
    /// A file that belongs to a line: what it is, not what it says.
    pub struct ReceiptAttachment {
        /// SHA-256 of its bytes.
        pub hash: Digest,
        /// What it belongs to: the document, dispute, ticket or work.
        pub of: Id,
        /// Where the host finds it; of a registered one its id.
        pub reference: Option<Id>,
    }
}

shape! {
    /// A line with everything its amount was made from: from this alone it can be recomputed.
    pub struct LineReceipt {
        /// The payer.
        pub account: Id,
        /// Allowances and charges of the line.
        pub adjustments: Vec<PriceAdjustment>,
        /// The charges' amounts and its adjustments, as prices are stated.
        pub amount: Option<Minor>,
        /// The approval of its document.
        pub approval: Option<ReceiptApproval>,
        /// Files that belong to it, as far as they are known.
        pub attachments: Vec<ReceiptAttachment>,
        /// What it was made from.
        pub charges: Vec<ReceiptCharge>,
        /// Charge code.
        pub code: Id,
        /// The currency of every amount.
        pub currency: Currency,
        /// The customer the work was for.
        pub customer: Id,
        /// What it is called.
        pub description: String,
        /// The invoice.
        pub invoice: Id,
        /// The line.
        pub line: Id,
        /// Before tax.
        pub net: Option<Minor>,
        /// The number of the invoice, once issued.
        pub number: Option<Id>,
        /// Unit price, where all charges share one.
        pub price: Option<Price>,
        /// Seconds or pieces of all charges; none where the viewer sees only some of them.
        pub quantity: Option<Price>,
        /// The taxes it bears.
        pub taxes: Vec<LineTax>,
        /// The ticket.
        pub ticket: Option<ReceiptTicket>,
        /// What the quantity counts.
        pub unit: Unit,
        /// Release of the time-zone data that the work was cut with.
        pub zone_data: String,
    }
}

/// The receipt of a line, as far as a viewer sees it: who reaches only their own work sees their charges
/// of it and no other.
///
/// # Errors
/// [`ReportError::LineUnknown`] for a line that the viewer does not see.
pub fn line_receipt(viewer: &Viewer<'_>, id: &Id) -> Result<LineReceipt, Refusal> {
    let unknown = || Refusal::because(&ReportError::LineUnknown { got: id.to_string() });
    viewer.needs(Capability::Time)?;
    let (invoice, line) = viewer.account.line(id).ok_or_else(unknown)?;
    let own = |charge: &&Charge| is_own(viewer, invoice, charge);
    let charges: Vec<&Charge> = line.charges.iter().filter(own).collect();
    let shown = match viewer.role.reach {
        Reach::OwnWork => !charges.is_empty(),
        Reach::Account | Reach::OwnDocuments => viewer.sees_invoice(invoice),
    };
    if !shown {
        return Err(unknown());
    }
    let whole = charges.len() == line.charges.len();
    let draft = &invoice.draft;
    let ticket = line.ticket.as_ref().and_then(|ticket| viewer.account.ticket(ticket));
    Ok(LineReceipt {
        account: viewer.account.payer().clone(),
        adjustments: if whole { line.adjustments.clone() } else { Vec::new() },
        amount: whole.then_some(line.amount),
        approval: viewer.account.request(&draft.id).ok().filter(|_| whole).map(approval),
        attachments: if whole { attachments(viewer.account, invoice, line) } else { Vec::new() },
        charges: charges.into_iter().map(|one| charge(viewer, one, draft.currency)).collect(),
        code: line.code.clone(),
        currency: draft.currency,
        customer: line.customer.clone(),
        description: line.description.clone(),
        invoice: draft.id.clone(),
        line: line.id.clone(),
        net: whole.then_some(line.net),
        number: invoice.number.clone(),
        price: line.price.filter(|_| whole),
        quantity: whole.then_some(line.quantity),
        taxes: if whole { line.taxes.clone() } else { Vec::new() },
        ticket: ticket.map(|one| self::ticket(viewer, one)),
        unit: line.unit,
        zone_data: draft.zone_data.clone(),
    })
}

/// Whether a charge is the viewer's to see, once they see its line.
fn is_own(viewer: &Viewer<'_>, invoice: &Invoice, charge: &Charge) -> bool {
    match viewer.role.reach {
        Reach::OwnWork => charge.agent.as_ref() == Some(viewer.who),
        Reach::Account | Reach::OwnDocuments => viewer.sees_invoice(invoice),
    }
}

fn charge(viewer: &Viewer<'_>, charge: &Charge, currency: Currency) -> ReceiptCharge {
    let entry = viewer.account.entry(&charge.entry).filter(|(entry, _)| viewer.sees_entry(entry));
    let billed = charge.billed_seconds();
    let covered = if charge.coverage.is_some() { billed } else { 0 };
    // The sentence about the work names who worked: only for who sees that too.
    let named = viewer.lens().shows("Charge", "agent");
    let explained = if named { charge.clone() } else { Charge { agent: None, ..charge.clone() } };
    ReceiptCharge {
        billed: if charge.coverage.is_some() { Price::ZERO } else { charge.quantity },
        charge: charge.clone(),
        covered_seconds: covered,
        entry: entry.map(|(entry, invoice)| ReceiptEntry {
            entry: work(viewer, entry, invoice),
            stated_price: if let Work::Part(part) = &entry.work { part.unit_price } else { None },
        }),
        raw_seconds: charge.raw_seconds,
        rounded_seconds: billed,
        steps: steps(&explained, currency),
    }
}

fn ticket(viewer: &Viewer<'_>, ticket: &Ticket) -> ReceiptTicket {
    // What a ticket is about is in a person's words and has no class of its own.
    let words = viewer.account.words(ticket.subject.as_ref()).filter(|_| viewer.reads(None));
    ReceiptTicket {
        closed: ticket.closed,
        customer: ticket.customer.clone(),
        id: ticket.id.clone(),
        priority: ticket.priority.clone(),
        project: ticket.project.clone(),
        purchase_order: ticket.purchase_order.clone(),
        site: ticket.site.clone(),
        status: ticket.status.clone(),
        subject: words.map(str::to_owned),
        ticket_type: ticket.ticket_type.clone(),
    }
}

fn approval(request: &Request) -> ReceiptApproval {
    let asked = request.asked();
    let decision = |decision: &Decision| ReceiptDecision {
        at: decision.at,
        by: decision.actor.clone(),
        digest: decision.digest,
        on_behalf_of: decision.delegation.as_ref().map(|delegation| delegation.from.clone()),
        role: decision.role.clone(),
        verdict: decision.verdict,
    };
    ReceiptApproval {
        asked: asked.at,
        author: asked.author.clone(),
        decisions: request.decisions().iter().map(decision).collect(),
        digest: asked.digest,
        rules: asked.needed.iter().map(|one| one.rule.id.clone()).collect(),
        status: request.status(),
    }
}

/// Files that prove decisions on the document, what of it was delivered, the evidence of disputes about it or
/// the line, and what was registered about the document, the line's tickets and its work and still stands.
fn attachments(account: &Account, invoice: &Invoice, line: &Line) -> Vec<ReceiptAttachment> {
    let id = &invoice.draft.id;
    let mut found = Vec::new();
    let decisions = account.request(id).map(Request::decisions).unwrap_or_default();
    for evidence in decisions.iter().filter_map(|decision| decision.evidence.as_ref()) {
        let reference = Some(evidence.reference.clone());
        let of = id.clone();
        found.extend(evidence.digest.map(|hash| ReceiptAttachment { hash, of, reference }));
    }
    for known in account.life(id).map(crate::invoice::DocumentLife::facts).unwrap_or_default() {
        if let DocumentFact::Delivery(delivery) = &known.fact {
            let of = id.clone();
            found.extend(delivery.document.map(|hash| ReceiptAttachment { hash, of, reference: None }));
        }
    }
    let about = account.disputes().map(|dispute| &dispute.opened);
    let about =
        about.filter(|one| one.invoice == *id && (one.lines.is_empty() || one.lines.contains(&line.id)));
    found.extend(about.flat_map(|opened| {
        let of = &opened.dispute;
        opened.evidence.iter().map(|evidence| ReceiptAttachment {
            hash: evidence.hash,
            of: of.clone(),
            reference: None,
        })
    }));
    let registered = account.attachments().filter(|one| one.erased.is_none()).map(|one| &one.attachment);
    let registered = registered.filter(|one| {
        let about = &one.about.id;
        match one.about.kind {
            AboutKind::Approval | AboutKind::Document => about == id,
            AboutKind::Entry => line.charges.iter().any(|charge| charge.entry == *about),
            AboutKind::Ticket => {
                let worked = line.charges.iter().filter_map(|charge| charge.ticket.as_ref());
                line.ticket.iter().chain(worked).any(|ticket| ticket == about)
            }
            AboutKind::Dispute | AboutKind::Receipt | AboutKind::Record => false,
        }
    });
    found.extend(registered.map(|one| ReceiptAttachment {
        hash: one.hash,
        of: one.about.id.clone(),
        reference: Some(one.id.clone()),
    }));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|one| seen.insert((one.hash, one.of.clone())));
    found
}
