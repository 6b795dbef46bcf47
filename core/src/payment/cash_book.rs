use std::collections::{BTreeMap, BTreeSet};

use super::action::{Assigned, Matched, Matches, Receive, Reserve, ToAccount};
use super::{
    BookAction, BookEvent, Confirm, MatchDecision, MatchPolicy, PaymentError, Plan, Receipt, Release,
    Reservation, StatementEntry,
};
use crate::audit::{
    AuditError, Basis, Chain, ClosePeriod, Closeness, Command, Decided, Detached, Document, PeriodEvent, Intent, LogAddress, LogKind, Note,
    Recorded, Ruling, Stamp, decide, derived_id,
};
use crate::calendar::Date;
use crate::canon::words;
use crate::error_code::Coded;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::ledger::{AdjustmentKind, Allocation};
use crate::money::{Amount, Currency, Minor, MoneyError};

words! {
    /// Where a reservation stands.
    pub enum ReservationStatus {
        /// The account has not answered.
        Pending = "pending",
        /// The account applied it.
        Confirmed = "confirmed",
        /// The account refused it.
        Released = "released",
    }
}

/// A reservation with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReservationState {
    /// The reservation.
    pub reservation: Reservation,
    /// Where it stands.
    pub status: ReservationStatus,
}

/// A receipt with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptState {
    /// The receipt as it came.
    pub receipt: Receipt,
    /// The bank line it came in.
    pub entry: Id,
    /// Its currency.
    pub currency: Currency,
    /// When it counts.
    pub value_date: Date,
    /// The customer, once known.
    pub customer: Option<Id>,
    /// What matching said, while nothing of it is applied.
    pub plan: Option<Plan>,
    /// Reserved and not released, pending or applied.
    pub spent: Minor,
}

impl ReceiptState {
    /// What can still be reserved.
    #[must_use]
    pub fn left(&self) -> Minor {
        // Spent never passes the amount: each reservation is checked against what is left.
        self.receipt.amount.minus(self.spent).unwrap_or(Minor::ZERO)
    }
}

/// A seller's bank account as a log: what came in, whose it is, where it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashBook {
    chain: Chain,
    entries: BTreeMap<Id, StatementEntry>,
    receipts: BTreeMap<Id, ReceiptState>,
    reservations: BTreeMap<Id, ReservationState>,
    texts: Detached,
}

type Events = Result<Ruling<BookEvent>, Refusal>;

fn refuse<T>(error: &impl Coded) -> Result<T, Refusal> {
    Err(Refusal::because(error))
}

fn ruling(events: Vec<BookEvent>) -> Events {
    Ok(Ruling { events, findings: Vec::new() })
}

impl CashBook {
    /// An empty cash book of a seller.
    #[must_use]
    pub fn new(seller: Id, id: Id) -> Self {
        Self {
            chain: Chain::new(LogAddress { id, kind: LogKind::CashBook, seller }),
            entries: BTreeMap::new(),
            receipts: BTreeMap::new(),
            reservations: BTreeMap::new(),
            texts: Detached::default(),
        }
    }

    /// The log of the cash book.
    #[must_use]
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Every receipt, by id.
    pub fn receipts(&self) -> impl Iterator<Item = &ReceiptState> {
        self.receipts.values()
    }

    /// Every reservation, by key.
    pub fn reservations(&self) -> impl Iterator<Item = &ReservationState> {
        self.reservations.values()
    }

    /// The words of a sealed note, unless they were erased.
    #[must_use]
    pub fn words<'a>(&'a self, note: Option<&'a Note>) -> Option<&'a str> {
        match note? {
            Note::Text(text) => Some(text),
            Note::Sealed(commitment) => self.texts.get(commitment),
        }
    }

    /// What of a receipt was not applied at the end of a day. A pending reservation counts as applied
    /// when its account is known to have applied it, else as unapplied.
    #[must_use]
    pub fn unapplied_at(&self, receipt: &ReceiptState, date: Date, applied_by: &BTreeSet<&Id>) -> Minor {
        if receipt.value_date > date {
            return Minor::ZERO;
        }
        let applied = self.reservations.values().filter(|state| {
            (state.status == ReservationStatus::Confirmed || applied_by.contains(&state.reservation.id))
                && state.reservation.receipt == receipt.receipt.id
                && state.reservation.effective <= date
        });
        let cash = applied.flat_map(|state| &state.reservation.allocations);
        let sum = cash.fold(0_i64, |sum, allocation| sum.saturating_add(allocation.cash.units()));
        Minor::new(receipt.receipt.amount.units().saturating_sub(sum)).unwrap_or(Minor::ZERO)
    }

    /// Decides a command; `reopeners` are the roles that may reopen closed days.
    ///
    /// # Errors
    /// [`PaymentError`] and what [`decide`] refuses.
    pub fn decide(
        &self,
        policy: &MatchPolicy,
        reopeners: &[Id],
        basis: Basis,
        command: &Command<BookAction>,
    ) -> Result<Decided<BookEvent>, Refusal> {
        decide(
            &self.chain,
            command,
            || Ok(basis),
            |command| match &command.action {
                BookAction::Receive(receive) => self.receive(receive),
                BookAction::Assign(assigned) => self.assign(assigned),
                BookAction::Match(matches) => self.apply_matches(policy, &command.stamp, matches),
                BookAction::Reserve(reserve) => self.reserve(policy, &command.stamp, reserve),
                BookAction::Confirm(confirm) => {
                    self.pending(&confirm.reservation)?;
                    ruling(vec![BookEvent::Confirmed(confirm.clone())])
                }
                BookAction::Release(release) => {
                    self.pending(&release.reservation)?;
                    ruling(vec![BookEvent::Released(release.clone())])
                }
                BookAction::ClosePeriod(close) => self.close_period(close),
                BookAction::ReopenPeriod(reopen) => {
                    let event = self.chain.reopen(reopen, &command.stamp, reopeners);
                    event.map_err(|error| Refusal::because(&error)).and_then(|event| ruling(vec![event.into()]))
                }
            },
        )
    }

    /// Closes days. Money reserved on one of them would still be applied on it, so it comes first.
    fn close_period(&self, asked: &ClosePeriod) -> Events {
        let under_way = |state: &&ReservationState| {
            state.status == ReservationStatus::Pending && state.reservation.effective <= asked.through
        };
        let pending = self.reservations.values().find(under_way);
        if let Some(state) = pending.filter(|_| asked.how == Closeness::Hard) {
            return refuse(&AuditError::PeriodUnderWay {
                through: asked.through.to_string(),
                what: "the reservation",
                id: state.reservation.id.to_string(),
            });
        }
        match self.chain.close(asked) {
            Ok(event) => ruling(vec![event.into()]),
            Err(error) => refuse(&error),
        }
    }

    fn receive(&self, receive: &Receive) -> Events {
        let entry = &receive.entry;
        let shown = |minor| Amount::new(minor, entry.currency).to_string();
        if let Some(known) = self.entries.get(&entry.id) {
            if known == entry {
                let finding = Finding::new(Severity::Info, &PaymentError::Known { id: entry.id.to_string() });
                return Ok(Ruling { events: Vec::new(), findings: vec![finding.about(&entry.id)] });
            }
            return refuse(&PaymentError::Conflict { id: entry.id.to_string() });
        }
        for (index, receipt) in entry.receipts.iter().enumerate() {
            let twice = entry.receipts.iter().take(index).any(|other| other.id == receipt.id);
            if twice || self.receipts.contains_key(&receipt.id) {
                return refuse(&PaymentError::Conflict { id: receipt.id.to_string() });
            }
            if !receipt.amount.is_positive() {
                return refuse(&PaymentError::Amount { got: shown(receipt.amount) });
            }
        }
        let sum = Minor::sum(entry.receipts.iter().map(|receipt| receipt.amount));
        match sum {
            Ok(sum) if sum == entry.amount => ruling(vec![BookEvent::Received(receive.clone())]),
            other => refuse(&PaymentError::StatementSum {
                entry: shown(entry.amount),
                receipts: other.map_or_else(|error| error.to_string(), shown),
            }),
        }
    }

    fn assign(&self, assigned: &Assigned) -> Events {
        let receipt = self.receipt(&assigned.receipt).map_err(|error| Refusal::because(&error))?;
        match &receipt.customer {
            Some(customer) if *customer != assigned.customer && receipt.spent.is_positive() => {
                refuse(&PaymentError::Assigned {
                    receipt: assigned.receipt.to_string(),
                    customer: customer.to_string(),
                })
            }
            _ => ruling(vec![BookEvent::Assigned(assigned.clone())]),
        }
    }

    /// One record for the whole batch: what is applied is reserved, the rest is kept as proposed.
    fn apply_matches(&self, policy: &MatchPolicy, stamp: &Stamp, matches: &Matches) -> Events {
        let mut events = Vec::new();
        let mut findings = Vec::new();
        let mut spent: BTreeMap<&Id, Minor> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for (index, plan) in matches.plans.iter().enumerate() {
            if !seen.insert(&plan.receipt) {
                let error = PaymentError::PlanTwice { receipt: plan.receipt.to_string() };
                findings.push(Finding::block(&error).at(format!("/action/plans/{index}/receipt")));
                continue;
            }
            let step = self.apply_plan(policy, stamp, plan, &mut spent);
            match step {
                Ok(mut step) => events.append(&mut step),
                Err(finding) => findings.push(finding.at(format!("/action/plans/{index}"))),
            }
        }
        Refusal::unless_empty(findings)?;
        ruling(events)
    }

    fn apply_plan<'p>(
        &self,
        policy: &MatchPolicy,
        stamp: &Stamp,
        plan: &'p Plan,
        spent: &mut BTreeMap<&'p Id, Minor>,
    ) -> Result<Vec<BookEvent>, Box<Finding>> {
        let receipt = self.receipt(&plan.receipt).map_err(|error| Box::new(Finding::block(&error)))?;
        let mut events = Vec::new();
        if let Some(customer) = plan.customer.as_ref().filter(|_| receipt.customer.is_none()) {
            let (customer, receipt) = (customer.clone(), plan.receipt.clone());
            events.push(BookEvent::Assigned(Assigned { customer, receipt }));
        }
        if plan.decision != MatchDecision::Auto {
            events.push(BookEvent::Matched(Matched { plan: plan.clone() }));
            return Ok(events);
        }
        let mut accounts: BTreeMap<&Id, Vec<Allocation>> = BTreeMap::new();
        for target in &plan.targets {
            accounts.entry(&target.account).or_default().push(target.allocation.clone());
        }
        for (account, allocations) in accounts {
            let before = spent.get(&plan.receipt).copied().unwrap_or(Minor::ZERO);
            let (reservation, cash) = self
                .reservation(policy, stamp, receipt, before, account, allocations)
                .map_err(|error| Box::new(Finding::block(&error)))?;
            let sum = before.plus(cash).map_err(|error| Box::new(Finding::block(&error)))?;
            spent.insert(&plan.receipt, sum);
            events.extend(self.reserved(stamp, reservation));
        }
        Ok(events)
    }

    fn reserve(&self, policy: &MatchPolicy, stamp: &Stamp, reserve: &Reserve) -> Events {
        let receipt = self.receipt(&reserve.receipt).map_err(|error| Refusal::because(&error))?;
        let (reservation, _) = self
            .reservation(policy, stamp, receipt, Minor::ZERO, &reserve.account, reserve.allocations.clone())
            .map_err(|error| Refusal::because(&error))?;
        ruling(self.reserved(stamp, reservation))
    }

    /// Checks and builds a reservation; its key is made of the book, the receipt, the account and how
    /// many reservations the receipt has had: two banks may use the same transaction ids.
    fn reservation(
        &self,
        policy: &MatchPolicy,
        stamp: &Stamp,
        receipt: &ReceiptState,
        spent: Minor,
        account: &Id,
        allocations: Vec<Allocation>,
    ) -> Result<(Reservation, Minor), PaymentError> {
        let shown = |minor| Amount::new(minor, receipt.currency).to_string();
        let id = &receipt.receipt.id;
        if let Some(other) = allocations.iter().find(|allocation| allocation.currency != receipt.currency) {
            return Err(PaymentError::Currency {
                receipt: id.to_string(),
                expected: receipt.currency.to_string(),
                got: other.currency.to_string(),
            });
        }
        check_adjustments(policy, &allocations)?;
        let book = &self.chain.address().id;
        let earlier = self.reservations.values().filter(|state| state.reservation.receipt == *id).count();
        let reservation = Reservation {
            account: account.clone(),
            allocations,
            book: book.clone(),
            // Money counts nowhere before it came.
            effective: stamp.effective.max(receipt.value_date),
            id: derived_id(&["pay", book.as_str(), id.as_str(), account.as_str(), &earlier.to_string()]),
            receipt: id.clone(),
        };
        let overspent = |got: String| PaymentError::Overspent {
            receipt: id.to_string(),
            left: shown(receipt.left()),
            got,
        };
        let cash = reservation.cash().map_err(|error: MoneyError| overspent(error.to_string()))?;
        let negative = reservation.allocations.iter().any(|allocation| allocation.cash < Minor::ZERO);
        if reservation.allocations.is_empty() || !cash.is_positive() || negative {
            return Err(PaymentError::ReservationEmpty);
        }
        let whole = spent.plus(cash).map_err(|error| overspent(error.to_string()))?;
        if whole > receipt.left() {
            return Err(overspent(shown(whole)));
        }
        Ok((reservation, cash))
    }

    /// The reservation and the ready command for its account, which answers with a confirmation or a release.
    fn reserved(&self, stamp: &Stamp, reservation: Reservation) -> Vec<BookEvent> {
        let address = self.chain.address();
        let log = LogAddress {
            id: reservation.account.clone(),
            kind: LogKind::Account,
            seller: address.seller.clone(),
        };
        let command = Command {
            action: ToAccount::Allocate(reservation.clone()),
            expect: None,
            id: reservation.id.clone(),
            log: log.clone(),
            salt: None,
            stamp: stamp.as_system(),
        };
        let intent = Intent { command: Document::of(&command), id: reservation.id.clone(), log };
        vec![BookEvent::Reserved(reservation), BookEvent::Intent(intent)]
    }

    fn receipt(&self, id: &Id) -> Result<&ReceiptState, PaymentError> {
        self.receipts.get(id).ok_or_else(|| PaymentError::Unknown { got: id.to_string() })
    }

    fn pending(&self, id: &Id) -> Result<&ReservationState, Refusal> {
        match self.reservations.get(id) {
            None => refuse(&PaymentError::ReservationUnknown { got: id.to_string() }),
            Some(state) if state.status != ReservationStatus::Pending => {
                refuse(&PaymentError::ReservationSettled { id: id.to_string(), status: state.status.word() })
            }
            Some(state) => Ok(state),
        }
    }

    /// Applies a record, wholly or not at all.
    ///
    /// # Errors
    /// What [`Chain::check`] refuses, and the [`PaymentError`] of an event that does not fit.
    pub fn apply(&mut self, recorded: &Recorded<BookEvent>) -> Result<(), Refusal> {
        self.chain.check(recorded.record())?;
        // What a record touches is small: it is changed in a copy of just that, then put in place.
        let mut touched = Touched::default();
        for event in &recorded.record().events {
            touched.event(self, event)?;
        }
        if let Some(event) = &touched.period {
            self.chain.change_period(event).map_err(|error| Refusal::because(&error))?;
        }
        self.entries.append(&mut touched.entries);
        self.receipts.append(&mut touched.receipts);
        self.reservations.append(&mut touched.reservations);
        self.texts.extend(&recorded.stored().detached);
        self.chain.advance(recorded);
        Ok(())
    }
}

/// A bank fee within the tolerance is the one difference that needs nobody's approval; every other kind
/// waits for rules of its own.
fn check_adjustments(policy: &MatchPolicy, allocations: &[Allocation]) -> Result<(), PaymentError> {
    for allocation in allocations {
        let mut fee = Minor::ZERO;
        for adjustment in &allocation.adjustments {
            if adjustment.kind != AdjustmentKind::Fee {
                return Err(PaymentError::AdjustmentKind { got: adjustment.kind.word() });
            }
            fee = fee.plus(adjustment.amount).unwrap_or_default();
        }
        let over = Amount::new(fee, allocation.currency).to_decimal() > policy.fee_tolerance.to_decimal();
        if over || allocation.adjustments.iter().any(|adjustment| !adjustment.amount.is_positive()) {
            return Err(PaymentError::FeeOver {
                tolerance: policy.fee_tolerance.to_string(),
                got: Amount::new(fee, allocation.currency).to_string(),
            });
        }
    }
    Ok(())
}

/// Copies of what a record changes.
#[derive(Default)]
struct Touched {
    entries: BTreeMap<Id, StatementEntry>,
    receipts: BTreeMap<Id, ReceiptState>,
    reservations: BTreeMap<Id, ReservationState>,
    period: Option<PeriodEvent>,
}

impl Touched {
    fn event(&mut self, book: &CashBook, event: &BookEvent) -> Result<(), Refusal> {
        match event {
            BookEvent::Intent(_) => Ok(()),
            BookEvent::Received(receive) => self.received(book, &receive.entry),
            BookEvent::Assigned(assigned) => {
                self.receipt(book, &assigned.receipt)?.customer = Some(assigned.customer.clone());
                Ok(())
            }
            BookEvent::Matched(matched) => {
                self.receipt(book, &matched.plan.receipt)?.plan = Some(matched.plan.clone());
                Ok(())
            }
            BookEvent::Reserved(reservation) => self.reserved(book, reservation),
            BookEvent::Confirmed(Confirm { reservation }) => {
                self.settle(book, reservation, ReservationStatus::Confirmed).map(drop)
            }
            BookEvent::Released(Release { reservation }) => {
                let reservation = self.settle(book, reservation, ReservationStatus::Released)?;
                let cash = reservation.cash().map_err(|error| Refusal::because(&error))?;
                let receipt = self.receipt(book, &reservation.receipt)?;
                receipt.spent = receipt.spent.minus(cash).map_err(|error| Refusal::because(&error))?;
                Ok(())
            }
            BookEvent::PeriodClosed(closed) => self.period(PeriodEvent::Closed(closed.clone())),
            BookEvent::ReopenAsked(asked) => self.period(PeriodEvent::ReopenAsked(asked.clone())),
            BookEvent::PeriodReopened(reopened) => self.period(PeriodEvent::Reopened(reopened.clone())),
        }
    }

    fn period(&mut self, event: PeriodEvent) -> Result<(), Refusal> {
        if self.period.replace(event).is_none() {
            return Ok(());
        }
        let (what, id) = ("period", "closed".to_owned());
        refuse(&AuditError::StateMismatch { what, id, reason: "is changed twice in one record" })
    }

    fn received(&mut self, book: &CashBook, entry: &StatementEntry) -> Result<(), Refusal> {
        // The same checks as when it was decided: the whole line is new and adds up.
        let ruling = book.receive(&Receive { entry: entry.clone() })?;
        if ruling.events.is_empty() || self.entries.contains_key(&entry.id) {
            return refuse(&AuditError::StateMismatch {
                what: "bank transaction",
                id: entry.id.to_string(),
                reason: "was received before",
            });
        }
        for receipt in &entry.receipts {
            let state = ReceiptState {
                receipt: receipt.clone(),
                entry: entry.id.clone(),
                currency: entry.currency,
                value_date: entry.value_date,
                customer: receipt.customer.clone(),
                plan: None,
                spent: Minor::ZERO,
            };
            self.receipts.insert(receipt.id.clone(), state);
        }
        self.entries.insert(entry.id.clone(), entry.clone());
        Ok(())
    }

    fn reserved(&mut self, book: &CashBook, reservation: &Reservation) -> Result<(), Refusal> {
        let id = &reservation.id;
        if book.reservations.contains_key(id) || self.reservations.contains_key(id) {
            return refuse(&PaymentError::ReservationTwice { id: id.to_string() });
        }
        let cash = reservation.cash().map_err(|error| Refusal::because(&error))?;
        let receipt = self.receipt(book, &reservation.receipt)?;
        if cash > receipt.left() || !cash.is_positive() {
            let shown = |minor| Amount::new(minor, receipt.currency).to_string();
            return refuse(&PaymentError::Overspent {
                receipt: reservation.receipt.to_string(),
                left: shown(receipt.left()),
                got: shown(cash),
            });
        }
        receipt.spent = receipt.spent.plus(cash).map_err(|error| Refusal::because(&error))?;
        receipt.plan = None;
        let state = ReservationState { reservation: reservation.clone(), status: ReservationStatus::Pending };
        self.reservations.insert(id.clone(), state);
        Ok(())
    }

    fn receipt(&mut self, book: &CashBook, id: &Id) -> Result<&mut ReceiptState, Refusal> {
        if !self.receipts.contains_key(id) {
            let state = book.receipt(id).map_err(|error| Refusal::because(&error))?.clone();
            self.receipts.insert(id.clone(), state);
        }
        let unknown = PaymentError::Unknown { got: id.to_string() };
        self.receipts.get_mut(id).ok_or_else(|| Refusal::because(&unknown))
    }

    fn settle(
        &mut self,
        book: &CashBook,
        id: &Id,
        status: ReservationStatus,
    ) -> Result<Reservation, Refusal> {
        let state = match self.reservations.get(id) {
            Some(state) => state.clone(),
            None => book.pending(id)?.clone(),
        };
        if state.status != ReservationStatus::Pending {
            return refuse(&PaymentError::ReservationSettled {
                id: id.to_string(),
                status: state.status.word(),
            });
        }
        let reservation = state.reservation.clone();
        self.reservations.insert(id.clone(), ReservationState { status, ..state });
        Ok(reservation)
    }
}
