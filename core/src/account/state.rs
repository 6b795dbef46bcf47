use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

use super::action::{OpeningBalance, OpeningCash, OpeningLevel, PaidInvoice, WriteOff};
use super::consent::Lapsed;
use super::custody::Custody;
use super::deposit::DownPayment;
use super::estimate::Estimate;
use super::event::{
    BlockSold, CreditNumberRequested, DisputeClosed, DisputeOpened, Draw, MilestoneReached, NumberRequested,
    PlanCommitted, Voided, Voiding,
};
use super::passed::History;
use super::refund::Refunding;
use super::register::Register;
use super::reparent::Transfer;
use super::running::Running;
use super::whereabouts::Whereabouts;
use crate::agreement::Standing;
use crate::approval::{ApprovalError, Request};
use crate::audit::{Chain, Detached, LogAddress, LogKind, Note, Trail, derived_id};
use crate::calendar::{Date, Dated, Viewpoint};
use crate::id::Id;
use crate::invoice::{CreditNote, DisputeState, DocumentLife, DocumentState, Draft, InvoiceError, Line};
use crate::ledger::{Ledger, Moment};
use crate::money::{Currency, Minor};
use crate::payment::{Application, Reservation};
use crate::rating::Standings;
use crate::work::{Entry, Ticket};

/// An invoice with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Its frozen content.
    pub draft: Arc<Draft>,
    /// What it draws on estimates.
    pub draws: Vec<Draw>,
    /// Where the document stands.
    pub state: DocumentState,
    /// Where it stood before, and from when.
    pub(super) states: Dated<DocumentState>,
    /// What it asked its series for once it was approved, each on another date.
    pub asked: Vec<NumberRequested>,
    /// Its number, once issued.
    pub number: Option<Id>,
    /// What became of it when it was voided, and why.
    pub voided: Option<Voided>,
}

impl Invoice {
    /// Where it stood at the end of a day, as far as was known; nothing before it was drafted.
    #[must_use]
    pub fn state_at(&self, at: impl Into<Viewpoint>) -> Option<DocumentState> {
        self.states.at(at)
    }

    pub(super) fn enter(&mut self, state: DocumentState, from: Moment) {
        self.state = state;
        self.states.push(from, state);
    }
}

/// An entry that stands on a live invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billed {
    /// The entry.
    pub entry: Arc<Entry>,
    /// The invoice.
    pub invoice: Id,
}

/// A sale of a prepaid block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// The sale.
    pub sold: Arc<BlockSold>,
    /// The live invoice it stands on.
    pub invoice: Option<Id>,
}

/// Why days of a recurring fee are not due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeePlace {
    /// They stand on a live invoice.
    Invoice(Id),
    /// They were skipped.
    Skipped,
    /// They stand on a document of another account, which billed them before the customer came from there.
    Elsewhere(Id),
}

/// Days of a recurring fee that are not due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeDays {
    /// The last day.
    pub to: Date,
    /// Why.
    pub place: FeePlace,
}

/// The days of a recurring fee that are not due, by the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FeeStanding {
    pub(super) agreement: Id,
    pub(super) customer: Id,
    pub(super) days: BTreeMap<Date, FeeDays>,
    pub(super) fee: Id,
}

/// Where work is that this account must not bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// It was billed before an account moved in.
    Before,
    /// It left with its customer.
    Left,
    /// It stands on a document of another account.
    Standing {
        /// The account.
        account: Id,
        /// Whose work it is.
        customer: Id,
    },
}

/// The way of a customer that left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Departure {
    /// Where it is; none when it came back.
    pub(super) to: Option<Id>,
    /// The last transfer to each account.
    pub(super) last: BTreeMap<Id, Id>,
}

/// A dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// What is disputed, from when.
    pub opened: DisputeOpened,
    /// Sequence of the record that opened it.
    pub opened_in: u64,
    /// Where it stands.
    pub state: DisputeState,
    /// Where it stood before, and from when.
    pub(super) states: Dated<DisputeState>,
    /// How it ended.
    pub closed: Option<DisputeClosed>,
}

impl Dispute {
    /// Where it stood at the end of a day, as far as was known; nothing before it was opened.
    #[must_use]
    pub fn state_at(&self, at: impl Into<Viewpoint>) -> Option<DisputeState> {
        self.states.at(at)
    }

    pub(super) fn enter(&mut self, state: DisputeState, from: Moment) {
        self.state = state;
        self.states.push(from, state);
    }
}

/// A credit note with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credited {
    /// Its frozen content.
    pub note: Arc<CreditNote>,
    /// Where the document stands.
    pub state: DocumentState,
    /// Where it stood before, and from when.
    pub(super) states: Dated<DocumentState>,
    /// What it asked its series for once it was approved, each on another date.
    pub asked: Vec<CreditNumberRequested>,
    /// Sequence of the record that issued it.
    pub issued_in: Option<u64>,
    /// Its number, once issued.
    pub number: Option<Id>,
}

impl Credited {
    /// Whether it stands, or could come to stand.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        match self.state {
            DocumentState::AwaitingApproval | DocumentState::Approved | DocumentState::Issued => true,
            DocumentState::Rejected | DocumentState::Void => false,
        }
    }
}

impl Credited {
    /// Where it stood at the end of a day, as far as was known; nothing before it was drafted.
    #[must_use]
    pub fn state_at(&self, at: impl Into<Viewpoint>) -> Option<DocumentState> {
        self.states.at(at)
    }

    pub(super) fn enter(&mut self, state: DocumentState, from: Moment) {
        self.state = state;
        self.states.push(from, state);
    }
}

/// A write-off with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDown {
    /// What was proposed.
    pub write_off: Arc<WriteOff>,
    /// From when it counts, once approved.
    pub done: Option<Date>,
    /// Sequence of the record that did it.
    pub done_in: Option<u64>,
    /// What of it is owed again.
    pub recovered: Minor,
}

/// A reservation that was applied here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The reservation.
    pub reservation: Arc<Reservation>,
    /// From when it counts, and when it was recorded.
    pub applied: Moment,
    /// From when it was taken back.
    pub unapplied: Option<Moment>,
}

impl Applied {
    /// From when it counts, and from when no longer.
    #[must_use]
    pub fn application(&self) -> Application {
        Application { applied: self.applied, unapplied: self.unapplied }
    }
}

/// Where a range that goes on after an id begins.
fn beyond(after: Option<&Id>) -> Bound<&Id> {
    after.map_or(Bound::Unbounded, Bound::Excluded)
}

/// Names a fee among all agreements of the account.
pub(super) fn fee_key(agreement: &Id, fee: &Id) -> Id {
    derived_id(&[agreement.as_str(), fee.as_str()])
}

/// What an account moved in with, beside its open items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Opening {
    pub(super) balances: BTreeMap<Id, OpeningBalance>,
    pub(super) cash: BTreeMap<Id, OpeningCash>,
    pub(super) dunning: BTreeMap<Id, OpeningLevel>,
    pub(super) history: BTreeMap<Id, PaidInvoice>,
}

/// A payer with the customers it pays for: replayed from its records, changed only by applying one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub(super) chain: Chain,
    pub(super) tickets: BTreeMap<Id, Arc<Ticket>>,
    pub(super) unbilled: Register<Arc<Entry>>,
    pub(super) billed: BTreeMap<Id, Billed>,
    /// Later revisions of work that stands on a document: they count once it is free again.
    pub(super) revised: BTreeMap<Id, Arc<Entry>>,
    pub(super) elsewhere: BTreeMap<Id, Elsewhere>,
    pub(super) sold_elsewhere: BTreeMap<Id, Elsewhere>,
    pub(super) sales: BTreeMap<Id, Sale>,
    /// By agreement and fee.
    pub(super) fees: BTreeMap<Id, FeeStanding>,
    pub(super) milestones: BTreeMap<Id, Arc<MilestoneReached>>,
    pub(super) plans: BTreeMap<Id, Arc<PlanCommitted>>,
    pub(super) standings: Standings,
    /// The customer of each agreement that was sold or moved here.
    pub(super) owners: BTreeMap<Id, Id>,
    /// Seconds that documents gave back to blocks which had left.
    pub(super) returned: BTreeMap<Id, u64>,
    pub(super) invoices: BTreeMap<Id, Invoice>,
    pub(super) requests: BTreeMap<Id, Request>,
    pub(super) estimates: BTreeMap<Id, Estimate>,
    /// Estimates that stand and have something left, by currency and the day they end.
    pub(super) open_estimates: BTreeSet<(Currency, Date, Id)>,
    /// Down payments by their invoice.
    pub(super) deposits: BTreeMap<Id, DownPayment>,
    /// What is known of documents besides content and money.
    pub(super) lives: BTreeMap<Id, DocumentLife>,
    /// Work that consent was denied to or not given for, by its key.
    pub(super) lapsed: BTreeMap<Id, Lapsed>,
    /// The voided draft on which somebody decided, by the key of its work.
    pub(super) shown: BTreeMap<Id, Id>,
    /// What was asked for each job and month.
    pub(super) running: BTreeMap<Id, Running>,
    /// Where each subject counts among these.
    pub(super) rows: BTreeMap<Id, Arc<Vec<(Id, usize)>>>,
    pub(super) credits: BTreeMap<Id, Credited>,
    /// The credit notes of each invoice or item, in the order they were drafted.
    pub(super) credits_of: BTreeMap<Id, Vec<Id>>,
    /// Lines whose work was released by a credit note.
    pub(super) rebilled: BTreeMap<Id, ()>,
    /// What is proposed to void issued invoices.
    pub(super) voidings: BTreeMap<Id, Arc<Voiding>>,
    pub(super) write_offs: BTreeMap<Id, WrittenDown>,
    /// The write-offs of each item, in the order they were proposed.
    pub(super) write_offs_of: BTreeMap<Id, Vec<Id>>,
    /// What settled a dispute.
    pub(super) remedies: BTreeMap<Id, ()>,
    /// Where the work of each ticket is.
    pub(super) whereabouts: BTreeMap<Id, Whereabouts>,
    /// Money that is to go back.
    pub(super) refunds: BTreeMap<Id, Refunding>,
    pub(super) disputes: BTreeMap<Id, Dispute>,
    pub(super) applied: BTreeMap<Id, Applied>,
    /// What credit notes took back of discounts and remainders, by reservation, item and kind.
    pub(super) reversed: BTreeMap<Id, Minor>,
    /// Reservations that were declined, or taken back before they were applied: they never are.
    pub(super) refused: BTreeMap<Id, ()>,
    pub(super) opening: Opening,
    pub(super) transfers: BTreeMap<Id, Transfer>,
    pub(super) admissions: BTreeMap<Id, Moment>,
    pub(super) departures: BTreeMap<Id, Departure>,
    /// Accounts that said of a customer what stands on their documents.
    pub(super) heard: BTreeMap<Id, ()>,
    pub(super) ledger: Ledger,
    pub(super) custody: Custody,
    pub(super) texts: Detached,
    /// What each record did, by sequence.
    pub(super) history: History,
    pub(super) trail: Trail,
}

impl Account {
    /// An empty account of a seller.
    #[must_use]
    pub fn new(seller: Id, payer: Id) -> Self {
        Self {
            chain: Chain::new(LogAddress { id: payer, kind: LogKind::Account, seller }),
            tickets: BTreeMap::new(),
            unbilled: Register::new(),
            billed: BTreeMap::new(),
            revised: BTreeMap::new(),
            elsewhere: BTreeMap::new(),
            sold_elsewhere: BTreeMap::new(),
            owners: BTreeMap::new(),
            returned: BTreeMap::new(),
            sales: BTreeMap::new(),
            fees: BTreeMap::new(),
            milestones: BTreeMap::new(),
            plans: BTreeMap::new(),
            standings: Standings::new(),
            invoices: BTreeMap::new(),
            requests: BTreeMap::new(),
            credits: BTreeMap::new(),
            credits_of: BTreeMap::new(),
            estimates: BTreeMap::new(),
            open_estimates: BTreeSet::new(),
            deposits: BTreeMap::new(),
            lives: BTreeMap::new(),
            lapsed: BTreeMap::new(),
            rebilled: BTreeMap::new(),
            refunds: BTreeMap::new(),
            rows: BTreeMap::new(),
            running: BTreeMap::new(),
            shown: BTreeMap::new(),
            voidings: BTreeMap::new(),
            write_offs: BTreeMap::new(),
            write_offs_of: BTreeMap::new(),
            remedies: BTreeMap::new(),
            whereabouts: BTreeMap::new(),
            disputes: BTreeMap::new(),
            applied: BTreeMap::new(),
            reversed: BTreeMap::new(),
            refused: BTreeMap::new(),
            opening: Opening::default(),
            transfers: BTreeMap::new(),
            admissions: BTreeMap::new(),
            departures: BTreeMap::new(),
            heard: BTreeMap::new(),
            ledger: Ledger::default(),
            custody: Custody::default(),
            texts: Detached::default(),
            history: History::default(),
            trail: Trail::new(),
        }
    }

    /// The log of the account.
    #[must_use]
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The payer.
    #[must_use]
    pub const fn payer(&self) -> &Id {
        &self.chain.address().id
    }

    /// Every captured ticket, by id.
    pub fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.tickets.values().map(AsRef::as_ref)
    }

    /// A captured ticket.
    #[must_use]
    pub fn ticket(&self, id: &Id) -> Option<&Ticket> {
        self.tickets.get(id).map(AsRef::as_ref)
    }

    /// Entries on no live invoice, by id.
    pub fn unbilled(&self) -> impl Iterator<Item = &Entry> {
        self.unbilled.values().map(AsRef::as_ref)
    }

    /// Entries on live invoices, by id.
    pub fn billed(&self) -> impl Iterator<Item = &Billed> {
        self.billed.values()
    }

    /// The later revision of an entry that stands on a live invoice: it counts once the entry is free again.
    #[must_use]
    pub fn revised(&self, entry: &Id) -> Option<&Entry> {
        self.revised.get(entry).map(AsRef::as_ref)
    }

    /// An entry in the latest revision that was captured.
    pub(super) fn latest(&self, entry: &Id) -> Option<&Arc<Entry>> {
        let billed = || self.billed.get(entry).map(|billed| &billed.entry);
        self.revised.get(entry).or_else(billed).or_else(|| self.unbilled.get(entry))
    }

    /// Sales of prepaid blocks, by id.
    pub fn sales(&self) -> impl Iterator<Item = &Sale> {
        self.sales.values()
    }

    /// Days of a fee that are billed or skipped, by the first day.
    pub fn fee_days(&self, agreement: &Id, fee: &Id) -> impl Iterator<Item = (Date, &FeeDays)> {
        let standing = self.fees.get(&fee_key(agreement, fee));
        standing.into_iter().flat_map(|standing| &standing.days).map(|(from, days)| (*from, days))
    }

    /// Every milestone that was reached, by id.
    pub fn milestones(&self) -> impl Iterator<Item = &MilestoneReached> {
        self.milestones.values().map(AsRef::as_ref)
    }

    /// Every plan that was carried out, by key.
    pub fn committed_plans(&self) -> impl Iterator<Item = &PlanCommitted> {
        self.plans.values().map(AsRef::as_ref)
    }

    /// What is left of each prepaid block.
    pub fn standings(&self) -> impl Iterator<Item = (&Id, &Standing)> {
        self.standings.iter()
    }

    /// Every invoice, by id.
    pub fn invoices(&self) -> impl Iterator<Item = &Invoice> {
        self.invoices.values()
    }

    /// Invoices with an id after another, by id; all of them after none.
    pub fn invoices_after<'a>(&'a self, after: Option<&Id>) -> impl Iterator<Item = &'a Invoice> + use<'a> {
        self.invoices.range::<Id, _>((beyond(after), Bound::Unbounded)).map(|(_, invoice)| invoice)
    }

    /// Credit notes with an id after another, by id; all of them after none.
    pub fn credits_after<'a>(&'a self, after: Option<&Id>) -> impl Iterator<Item = &'a Credited> + use<'a> {
        self.credits.range::<Id, _>((beyond(after), Bound::Unbounded)).map(|(_, credit)| credit)
    }

    /// Entries with an id after another, by id, each with the live invoice it stands on.
    pub fn work_after<'a>(
        &'a self,
        after: Option<&Id>,
    ) -> impl Iterator<Item = (&'a Entry, Option<&'a Id>)> + use<'a> {
        let mut unbilled = self.unbilled.after(after).map(|(_, entry)| entry.as_ref()).peekable();
        let billed = self.billed.range::<Id, _>((beyond(after), Bound::Unbounded));
        let mut billed = billed.map(|(_, billed)| billed).peekable();
        // An entry stands in one of the two, so no id comes twice.
        core::iter::from_fn(move || match (unbilled.peek(), billed.peek()) {
            (Some(open), Some(done)) if open.id < done.entry.id => unbilled.next().map(|entry| (entry, None)),
            (Some(_), None) => unbilled.next().map(|entry| (entry, None)),
            (_, Some(_)) => billed.next().map(|billed| (billed.entry.as_ref(), Some(&billed.invoice))),
            (None, None) => None,
        })
    }

    /// An entry, with the live invoice it stands on.
    #[must_use]
    pub fn entry(&self, id: &Id) -> Option<(&Entry, Option<&Id>)> {
        let unbilled = self.unbilled.get(id).map(|entry| (entry.as_ref(), None));
        unbilled.or_else(|| self.billed.get(id).map(|billed| (billed.entry.as_ref(), Some(&billed.invoice))))
    }

    /// A line, with its invoice. Lines carry the id of their invoice in front: one place is looked at, and
    /// all of them only for ids that are digests.
    #[must_use]
    pub fn line(&self, id: &Id) -> Option<(&Invoice, &Line)> {
        let find = |invoice: &'_ Invoice| invoice.draft.lines.iter().position(|line| line.id == *id);
        let parent = id.as_str().rsplit_once(':').and_then(|(parent, _)| self.invoices.get(parent));
        let found = parent.and_then(|invoice| Some((invoice, find(invoice)?)));
        let found = found.or_else(|| self.invoices.values().find_map(|one| Some((one, find(one)?))));
        found.and_then(|(invoice, place)| Some((invoice, invoice.draft.lines.get(place)?)))
    }

    /// What each record did.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// A dispute.
    #[must_use]
    pub fn dispute(&self, id: &Id) -> Option<&Dispute> {
        self.disputes.get(id)
    }

    /// An invoice.
    ///
    /// # Errors
    /// [`InvoiceError::Unknown`].
    pub fn invoice(&self, id: &Id) -> Result<&Invoice, InvoiceError> {
        self.invoices.get(id).ok_or_else(|| InvoiceError::Unknown { got: id.to_string() })
    }

    /// Every request for approval, by what it is about: invoices, credit notes, write-offs and
    /// estimates share one namespace.
    pub fn requests(&self) -> impl Iterator<Item = (&Id, &Request)> {
        self.requests.iter()
    }

    /// The request for approval of anything that can be approved.
    ///
    /// # Errors
    /// [`ApprovalError::Unknown`].
    pub fn request(&self, subject: &Id) -> Result<&Request, ApprovalError> {
        self.requests.get(subject).ok_or_else(|| ApprovalError::Unknown { got: subject.to_string() })
    }

    /// Every estimate, by id.
    pub fn estimates(&self) -> impl Iterator<Item = &Estimate> {
        self.estimates.values()
    }

    /// Work to which consent was denied, or not given in time.
    pub fn lapsed(&self) -> impl Iterator<Item = &Lapsed> {
        self.lapsed.values()
    }

    /// Every credit note, by id.
    pub fn credits(&self) -> impl Iterator<Item = &Credited> {
        self.credits.values()
    }

    /// A credit note.
    ///
    /// # Errors
    /// [`InvoiceError::CreditUnknown`].
    pub fn credit_note(&self, id: &Id) -> Result<&Credited, InvoiceError> {
        self.credits.get(id).ok_or_else(|| InvoiceError::CreditUnknown { got: id.to_string() })
    }

    /// The credit notes of an invoice or item that stand, or could come to stand.
    pub fn credits_of<'a>(&'a self, item: &Id) -> impl Iterator<Item = &'a Credited> {
        let own = self.credits_of.get(item).into_iter().flatten();
        own.filter_map(|id| self.credits.get(id)).filter(|credit| credit.is_live())
    }

    /// Whether a credit note made the work of a line billable again.
    #[must_use]
    pub fn is_rebilled(&self, line: &Id) -> bool {
        self.rebilled.contains_key(line)
    }

    /// Every write-off, by id, those that wait for approval among them.
    pub fn write_offs(&self) -> impl Iterator<Item = &WrittenDown> {
        self.write_offs.values()
    }

    /// Every dispute, by id.
    pub fn disputes(&self) -> impl Iterator<Item = &Dispute> {
        self.disputes.values()
    }

    /// Every reservation that was applied, by key, those that were taken back among them.
    pub fn applied(&self) -> impl Iterator<Item = &Applied> {
        self.applied.values()
    }

    /// A reservation that was applied.
    #[must_use]
    pub fn application(&self, reservation: &Id) -> Option<&Applied> {
        self.applied.get(reservation)
    }

    /// The open items.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The words of a sealed note, unless they were erased.
    #[must_use]
    pub fn words<'a>(&'a self, note: Option<&'a Note>) -> Option<&'a str> {
        match note? {
            Note::Text(text) => Some(text),
            Note::Sealed(commitment) => self.texts.get(commitment),
        }
    }
}
