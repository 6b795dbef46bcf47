use std::collections::BTreeMap;

use super::actions::{Acted, DocumentAction, allowed};
use super::page::{no_token, page};
use super::viewer::Viewer;
use super::work::{ViewWork, work_page};
use crate::account::{Account, Credited, Invoice};
use crate::calendar::{Date, Instant};
use crate::canon::{shape, words};
use crate::finding::Refusal;
use crate::id::Id;
use crate::invoice::{DeliveryStatus, DocumentLife, DocumentState, Totals};
use crate::ledger::{MovementKind, OpenItem, Viewpoint};
use crate::money::{Currency, Minor, MoneyError, Price};
use crate::rating::Unit;
use crate::report::label::{Label, LabelFacts, Labelled, expired, label, labelled, seen, unissued};
use crate::report::settlement::{Settlement, settlement};
use crate::role::Capability;

words! {
    /// What kind of document it is.
    pub enum DocumentKind {
        /// An invoice.
        Invoice = "invoice",
        /// A credit note.
        CreditNote = "credit_note",
        /// An invoice or credit that moved in.
        Opening = "opening",
    }
}

words! {
    /// Where a document belongs on the page of whoever pays it.
    pub enum Bucket {
        /// Not issued yet.
        Preparing = "preparing",
        /// Open and not due.
        Pending = "pending",
        /// Open past its due date.
        Overdue = "overdue",
        /// A part of what is open is disputed.
        Disputed = "disputed",
        /// Paid.
        Paid = "paid",
        /// Credit that is not used up.
        Credit = "credit",
        /// Closed by something else than money, or void.
        Closed = "closed",
    }
}

shape! {
    /// Which documents are looked for; every one where nothing is said.
    pub struct ViewFilter {
        /// Where they belong.
        pub buckets: Vec<Bucket>,
        /// The currency.
        pub currency: Option<Currency>,
        /// Issued on this day or later.
        pub from: Option<Date>,
        /// What they are.
        pub kinds: Vec<DocumentKind>,
        /// Issued on this day or earlier.
        pub through: Option<Date>,
    }
}

shape! {
    /// Asks for a page of what a role sees of an account.
    pub struct ViewAsked {
        /// Further roles in which the viewer decides.
        pub acting: Vec<Id>,
        /// The token that ended the page before.
        pub after: Option<String>,
        /// The day.
        pub as_of: Date,
        /// The moment of the day, for what runs out by the hour; its end when left out.
        pub at: Option<Instant>,
        /// Whether the page says what is owed by currency, for which every open item is looked at.
        pub balances: bool = false,
        /// Which documents.
        pub filter: ViewFilter = ViewFilter {
            buckets: Vec::new(), currency: None, from: None, kinds: Vec::new(), through: None,
        },
        /// As far as was known at this moment; as is known now when left out.
        pub known: Option<Instant>,
        /// Most things of the page: 1 to 1,000.
        pub limit: u32 = 100,
        /// Whether each document comes with its lines.
        pub lines: bool = false,
        /// Items for which a cash book has reserved money that is not applied yet.
        pub reserved: Vec<Id>,
        /// The role.
        pub role: Id,
        /// Who looks: a person, or the customer whose documents are looked at.
        pub viewer: Id,
    }
}

shape! {
    /// A line of a document.
    pub struct ViewLine {
        /// The charge code.
        pub code: Id,
        /// The customer the work was for.
        pub customer: Id,
        /// What it is called.
        pub description: String,
        /// Its id.
        pub id: Id,
        /// Before tax.
        pub net: Minor,
        /// Unit price, where all of it shares one.
        pub price: Option<Price>,
        /// Seconds or pieces.
        pub quantity: Price,
        /// The stock-keeping unit, where all of it is one article.
        pub sku: Option<Id>,
        /// The ticket.
        pub ticket: Option<Id>,
        /// What the quantity counts.
        pub unit: Unit,
    }
}

shape! {
    /// A document as one role sees it.
    pub struct ViewDocument {
        /// Whether the customer accepted it.
        pub accepted: bool = false,
        /// What the viewer may do with it now.
        pub actions: Vec<DocumentAction>,
        /// Where it belongs.
        pub bucket: Bucket,
        /// The currency of every amount.
        pub currency: Currency,
        /// Who pays it.
        pub customer: Id,
        /// How far it came on its way.
        pub delivery: Option<DeliveryStatus>,
        /// Of what is open, how much is disputed.
        pub disputed: Minor,
        /// When it is due, once issued.
        pub due: Option<Date>,
        /// Net and tax.
        pub gross: Option<Minor>,
        /// Why nothing of it is collected.
        pub held: Option<Id>,
        /// The host's own label.
        pub host_label: Option<Id>,
        /// Its id.
        pub id: Id,
        /// When it was issued.
        pub issued: Option<Date>,
        /// What it is.
        pub kind: DocumentKind,
        /// What people call its state.
        pub label: Labelled,
        /// Its lines, where they were asked for.
        pub lines: Vec<ViewLine>,
        /// Before tax.
        pub net: Option<Minor>,
        /// Its number, once issued.
        pub number: Option<Id>,
        /// What is open; below 0 for an unused credit.
        pub open: Minor,
        /// What payments closed of it.
        pub paid: Minor,
        /// By when the customer promised to pay.
        pub promised: Option<Date>,
        /// What became of what is owed, once issued.
        pub settlement: Option<Settlement>,
        /// Where the document stands.
        pub state: DocumentState,
        /// Tax.
        pub tax: Option<Minor>,
        /// What is to be paid, or was credited.
        pub total: Minor,
        /// When it was first opened.
        pub viewed: Option<Instant>,
    }
}

shape! {
    /// What is owed in one currency.
    pub struct ViewBalance {
        /// Less unused credits: what is owed in all.
        pub balance: Minor,
        /// Unused credits, below 0.
        pub credits: Minor,
        /// The currency.
        pub currency: Currency,
        /// Of what is open, how much is disputed.
        pub disputed: Minor,
        /// What is open.
        pub open: Minor,
        /// Of that, past its due date.
        pub overdue: Minor,
    }
}

shape! {
    /// A page of what a role sees of an account.
    pub struct View {
        /// The payer.
        pub account: Id,
        /// The day.
        pub as_of: Date,
        /// What is owed by currency, where it was asked for.
        pub balances: Vec<ViewBalance>,
        /// Documents, by id.
        pub documents: Vec<ViewDocument>,
        /// The token of the next page; none after the last.
        pub next: Option<String>,
        /// The role.
        pub role: Id,
        /// Work, by id, for who reaches only their own.
        pub work: Vec<ViewWork>,
    }
}

/// A page of what a viewer sees: documents, or where they reach only their own work, that.
///
/// # Errors
/// [`ReportError`](crate::report::ReportError) for a page of no or too many things and for a token that
/// ended no page of theirs; [`RoleError`](crate::role::RoleError) for a role that sees neither;
/// [`MoneyError::Overflow`] for balances beyond every limit.
pub fn view(viewer: &Viewer<'_>, asked: &ViewAsked) -> Result<View, Refusal> {
    let because = |error| Refusal::because(&error);
    let limit = page(asked.limit).map_err(because)?;
    let mut answer = View {
        account: viewer.account.payer().clone(),
        as_of: asked.as_of,
        balances: Vec::new(),
        documents: Vec::new(),
        next: None,
        role: viewer.role.id.clone(),
        work: Vec::new(),
    };
    let after = asked.after.as_deref();
    if !viewer.may(Capability::Documents) {
        viewer.needs(Capability::Time)?;
        (answer.work, answer.next) = work_page(viewer, after, limit).map_err(because)?;
        return Ok(answer);
    }
    let as_of = Viewpoint { date: asked.as_of, known: asked.known };
    let after = match after {
        None => None,
        Some(text) => {
            let known = Id::new(text).ok().filter(|id| viewer.sees(id));
            Some(known.ok_or_else(|| because(no_token(text)))?)
        }
    };
    if asked.balances && viewer.may(Capability::Totals) {
        answer.balances = balances(viewer, as_of)?;
    }
    let mut found = Documents::after(viewer, after.as_ref(), as_of, asked.lines);
    let fits = |document: &ViewDocument| asked.filter.fits(document);
    while let Some(document) = found.find(fits) {
        if answer.documents.len() == limit {
            answer.next = answer.documents.last().map(|last| last.id.to_string());
            break;
        }
        answer.documents.push(document);
    }
    Ok(answer)
}

/// One document as a viewer sees it now.
pub(super) fn document(viewer: &Viewer<'_>, id: &Id) -> Option<ViewDocument> {
    let at = viewer.viewpoint();
    if let Ok(invoice) = viewer.account.invoice(id) {
        return viewer.sees_invoice(invoice).then(|| of_invoice(viewer, invoice, at, false)).flatten();
    }
    if let Ok(credit) = viewer.account.credit_note(id) {
        return viewer.sees_credit(credit).then(|| of_credit(viewer, credit, at)).flatten();
    }
    let item = viewer.account.ledger().item(id).ok()?;
    viewer.sees_item(item).then(|| of_item(viewer, item, at)).flatten()
}

impl ViewFilter {
    fn fits(&self, document: &ViewDocument) -> bool {
        let day = document.issued;
        (self.buckets.is_empty() || self.buckets.contains(&document.bucket))
            && (self.kinds.is_empty() || self.kinds.contains(&document.kind))
            && self.currency.is_none_or(|currency| currency == document.currency)
            && self.from.is_none_or(|from| day.is_some_and(|day| day >= from))
            && self.through.is_none_or(|through| day.is_some_and(|day| day <= through))
    }
}

/// The documents that a viewer sees, by id: invoices, credit notes and what moved in, each read from its
/// own place and none of them before it is asked for.
pub(super) struct Documents<'d> {
    viewer: &'d Viewer<'d>,
    as_of: Viewpoint,
    lines: bool,
    invoices: core::iter::Peekable<Box<dyn Iterator<Item = &'d Invoice> + 'd>>,
    credits: core::iter::Peekable<Box<dyn Iterator<Item = &'d Credited> + 'd>>,
    items: core::iter::Peekable<Box<dyn Iterator<Item = &'d OpenItem> + 'd>>,
}

impl<'d> Documents<'d> {
    pub(super) fn after(viewer: &'d Viewer<'d>, after: Option<&Id>, as_of: Viewpoint, lines: bool) -> Self {
        let account: &'d Account = viewer.account;
        let invoices: Box<dyn Iterator<Item = _>> = Box::new(account.invoices_after(after));
        let credits: Box<dyn Iterator<Item = _>> = Box::new(account.credits_after(after));
        let items: Box<dyn Iterator<Item = _>> = Box::new(account.ledger().items_after(after));
        let (invoices, credits, items) = (invoices.peekable(), credits.peekable(), items.peekable());
        Self { viewer, as_of, lines, invoices, credits, items }
    }

    /// The next document, seen or not.
    fn step(&mut self) -> Option<Option<ViewDocument>> {
        let viewer = self.viewer;
        let ids = [
            self.invoices.peek().map(|invoice| &invoice.draft.id),
            self.credits.peek().map(|credit| &credit.note.id),
            self.items.peek().map(|item| &item.terms().id),
        ];
        let first = ids.into_iter().flatten().min()?.clone();
        // An item of an invoice or credit note stands under its id.
        let item = self.items.next_if(|item| item.terms().id == first);
        if let Some(invoice) = self.invoices.next_if(|invoice| invoice.draft.id == first) {
            let seen = viewer.sees_invoice(invoice);
            return Some(seen.then(|| of_invoice(viewer, invoice, self.as_of, self.lines)).flatten());
        }
        if let Some(credit) = self.credits.next_if(|credit| credit.note.id == first) {
            return Some(viewer.sees_credit(credit).then(|| of_credit(viewer, credit, self.as_of)).flatten());
        }
        Some(item.filter(|item| viewer.sees_item(item)).and_then(|item| of_item(viewer, item, self.as_of)))
    }
}

impl Iterator for Documents<'_> {
    type Item = ViewDocument;

    fn next(&mut self) -> Option<ViewDocument> {
        loop {
            if let Some(document) = self.step()? {
                return Some(document);
            }
        }
    }
}

/// Where a document with a label belongs.
const fn bucket(label: Label) -> Bucket {
    match label {
        Label::AwaitingApproval | Label::Rejected | Label::Approved => Bucket::Preparing,
        Label::Issued
        | Label::Sent
        | Label::Received
        | Label::Viewed
        | Label::Accepted
        | Label::Bounced
        | Label::Processing
        | Label::PartiallyPaid => Bucket::Pending,
        Label::Disputed => Bucket::Disputed,
        Label::Overdue => Bucket::Overdue,
        Label::Paid => Bucket::Paid,
        Label::UnusedCredit => Bucket::Credit,
        Label::Credited | Label::WrittenOff | Label::Moved | Label::UsedCredit | Label::Void => {
            Bucket::Closed
        }
    }
}

/// What payments closed of an item, as far as they stand.
fn paid(item: &OpenItem, as_of: Viewpoint) -> Minor {
    let paid = item.movements().iter().filter(|movement| {
        let money = matches!(movement.kind, MovementKind::Allocation | MovementKind::Unapplied);
        money && as_of.sees(movement.moment())
    });
    Minor::sum(paid.map(|movement| movement.fall)).unwrap_or_default()
}

/// What all kinds of documents have in common.
struct Common<'c> {
    currency: Currency,
    customer: &'c Id,
    id: &'c Id,
    item: Option<&'c OpenItem>,
    kind: DocumentKind,
    label: Labelled,
    state: DocumentState,
    total: Minor,
    totals: Option<&'c Totals>,
}

impl Common<'_> {
    fn document(self, viewer: &Viewer<'_>, as_of: Viewpoint) -> ViewDocument {
        let none = DocumentLife::default();
        let life = viewer.account.life(self.id).unwrap_or(&none);
        let is_credit = self.kind == DocumentKind::CreditNote;
        let (id, item, state) = (self.id, self.item, self.state);
        let actions = allowed(viewer, Acted { id, is_credit, item, life: Some(life), state });
        ViewDocument {
            accepted: life.accepted(as_of),
            actions,
            bucket: bucket(self.label.label),
            currency: self.currency,
            customer: self.customer.clone(),
            delivery: life.delivery(as_of),
            disputed: item.map_or(Minor::ZERO, |item| item.disputed_at(as_of)),
            due: item.map(|item| item.all_due_at(as_of)),
            gross: self.totals.map(|totals| totals.gross),
            held: life.held(as_of).cloned(),
            host_label: life.label(as_of, state).cloned(),
            id: id.clone(),
            issued: item.map(|item| item.terms().issued),
            kind: self.kind,
            label: self.label,
            lines: Vec::new(),
            net: self.totals.map(|totals| totals.net),
            number: item.map(|item| item.terms().number.clone()),
            open: item.map_or(Minor::ZERO, |item| item.open_at(as_of)),
            paid: item.map_or(Minor::ZERO, |item| paid(item, as_of)),
            promised: life.promised(as_of),
            settlement: item
                .and_then(|item| settlement(viewer.account, item, viewer.reserved.contains(id), as_of)),
            state,
            tax: self.totals.map(|totals| totals.tax),
            total: self.total,
            viewed: life.viewed(as_of),
        }
    }
}

/// An invoice as it stood; none before it was drafted.
fn of_invoice(viewer: &Viewer<'_>, invoice: &Invoice, as_of: Viewpoint, lines: bool) -> Option<ViewDocument> {
    let draft = &invoice.draft;
    let item = seen(viewer.account.ledger().item(&draft.id).ok(), as_of);
    let common = Common {
        currency: draft.currency,
        customer: &draft.payer,
        id: &draft.id,
        item,
        kind: DocumentKind::Invoice,
        label: label(invoice, facts(viewer, &draft.id, item), as_of)?,
        state: invoice.state_at(as_of)?,
        total: draft.totals.payable,
        totals: Some(&draft.totals),
    };
    let mut document = common.document(viewer, as_of);
    if lines {
        document.lines = draft.lines.iter().map(line).collect();
    }
    Some(document)
}

fn line(line: &crate::invoice::Line) -> ViewLine {
    ViewLine {
        code: line.code.clone(),
        customer: line.customer.clone(),
        description: line.description.clone(),
        id: line.id.clone(),
        net: line.net,
        price: line.price,
        quantity: line.quantity,
        sku: line.sku.clone(),
        ticket: line.ticket.clone(),
        unit: line.unit,
    }
}

/// A credit note as it stood; none before it was drafted.
fn of_credit(viewer: &Viewer<'_>, credit: &Credited, as_of: Viewpoint) -> Option<ViewDocument> {
    let note = &credit.note;
    let state = credit.state_at(as_of)?;
    let item = seen(viewer.account.ledger().item(&note.id).ok(), as_of);
    let common = Common {
        currency: note.currency,
        customer: &note.payer,
        id: &note.id,
        item,
        kind: DocumentKind::CreditNote,
        label: item.map_or_else(
            || unissued(state, expired(viewer.account, &note.id, as_of)),
            |item| labelled(item, facts(viewer, &note.id, Some(item)), as_of),
        ),
        state,
        total: note.totals.payable.negated(),
        totals: Some(&note.totals),
    };
    Some(common.document(viewer, as_of))
}

/// What the label of a document is made from.
fn facts<'f>(viewer: &Viewer<'f>, id: &Id, item: Option<&'f OpenItem>) -> LabelFacts<'f> {
    LabelFacts {
        expired: expired(viewer.account, id, viewer.viewpoint()),
        item,
        life: viewer.account.life(id),
        reserved: viewer.reserved.contains(id),
    }
}

/// What moved in as it stood; none before that day.
fn of_item(viewer: &Viewer<'_>, item: &OpenItem, as_of: Viewpoint) -> Option<ViewDocument> {
    let item = seen(Some(item), as_of)?;
    let terms = item.terms();
    let common = Common {
        currency: terms.currency,
        customer: &terms.customer,
        id: &terms.id,
        item: Some(item),
        kind: DocumentKind::Opening,
        label: labelled(item, facts(viewer, &terms.id, Some(item)), as_of),
        // What moved in was issued elsewhere.
        state: DocumentState::Issued,
        total: terms.total,
        totals: None,
    };
    Some(common.document(viewer, as_of))
}

/// What is owed of what a viewer sees, by currency.
pub(super) fn balances(viewer: &Viewer<'_>, as_of: Viewpoint) -> Result<Vec<ViewBalance>, Refusal> {
    let mut sums: BTreeMap<Currency, [i64; 4]> = BTreeMap::new();
    let all = viewer.reaches_all();
    for item in viewer.account.ledger().items() {
        let open = item.open_at(as_of);
        if open.is_zero() || !(all || viewer.sees(&item.terms().id)) {
            continue;
        }
        let [debts, credits, disputed, overdue] = sums.entry(item.terms().currency).or_default();
        let add = |sum: &mut i64, amount: Minor| *sum = sum.saturating_add(amount.units());
        if open < Minor::ZERO {
            add(credits, open);
            continue;
        }
        add(debts, open);
        add(disputed, item.disputed_at(as_of));
        if as_of.date > item.due_at(as_of) {
            add(overdue, open);
        }
    }
    let row = |(currency, [open, credits, disputed, overdue]): (Currency, [i64; 4])| {
        Ok(ViewBalance {
            balance: Minor::new(open.saturating_add(credits))?,
            credits: Minor::new(credits)?,
            currency,
            disputed: Minor::new(disputed)?,
            open: Minor::new(open)?,
            overdue: Minor::new(overdue)?,
        })
    };
    let rows: Result<Vec<ViewBalance>, MoneyError> = sums.into_iter().map(row).collect();
    rows.map_err(|error| Refusal::because(&error))
}
