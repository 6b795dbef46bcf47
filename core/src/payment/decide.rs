use std::collections::{BTreeMap, BTreeSet};

use super::action::{Assigned, Matched, Matches, Receive, Received, Reserve, ToAccount};
use super::adjustment::{check_adjustments, check_forms};
use super::cash_book::{CashBook, ReceiptState, ReservationState, ReservationStatus};
use super::{
    BookAction, BookEvent, Confirm, MatchDecision, MatchMethod, MatchPolicy, Payers, PaymentError, Plan,
    Reservation,
};
use crate::audit::{
    AuditError, Basis, Command, Decided, Intent, LogAddress, LogKind, Ruling, Stamp, decide, derived_id,
};
use crate::error_code::Coded;
use crate::finding::{Finding, Refusal, Severity};
use crate::id::Id;
use crate::ledger::Allocation;
use crate::money::{Amount, Minor, MoneyError};
use crate::retention::{RetentionPolicy, WordsAction};

/// What deciding gives.
pub(super) type Events = Result<Ruling<BookEvent>, Refusal>;

pub(super) fn refuse<T>(error: &impl Coded) -> Result<T, Refusal> {
    Err(Refusal::because(error))
}

pub(super) fn ruling(events: Vec<BookEvent>) -> Events {
    Ok(Ruling { events, findings: Vec::new() })
}

/// What a policy says to a cash book.
#[derive(Debug, Clone, Copy)]
pub struct BookRules<'p> {
    /// How money is matched.
    pub matching: &'p MatchPolicy,
    /// Who pays from which bank account or under which name, and for whom.
    pub payers: &'p Payers,
    /// Whether refunds are approved: then an account asks for them and this book pays what it approved.
    pub refunds_approved: bool,
    /// The roles that may reopen closed days.
    pub reopeners: &'p [Id],
    /// How long words are kept.
    pub retention: &'p RetentionPolicy,
}

impl CashBook {
    /// Decides a command under the rules of a policy.
    ///
    /// # Errors
    /// [`PaymentError`] and what [`decide`] refuses.
    pub fn decide(
        &self,
        rules: BookRules<'_>,
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
                BookAction::Match(matches) => self.apply_matches(rules, &command.stamp, matches),
                BookAction::Reserve(reserve) => self.reserve(rules.matching, &command.stamp, reserve),
                BookAction::Confirm(confirm) => self.confirm(confirm),
                BookAction::Release(release) => {
                    self.pending(&release.reservation)?;
                    ruling(vec![BookEvent::Released(release.clone())])
                }
                BookAction::Unapplied(unapplied) => self.take_back(unapplied),
                BookAction::Refund(refund) => self.refund(rules, refund, &command.stamp),
                BookAction::Reverse(reverse) => self.reverse(reverse, &command.stamp),
                BookAction::PayOut(pay_out) => self.pay_out(pay_out),
                BookAction::PayBack(pay_back) => self.pay_back(pay_back, &command.stamp),
                BookAction::ClosePeriod(close) => self.close_period(close),
                BookAction::ReopenPeriod(reopen) => {
                    self.reopen_period(reopen, &command.stamp, rules.reopeners)
                }
                BookAction::PlaceLegalHold(place) => {
                    self.words_decided(rules.retention, WordsAction::Place(place), &command.stamp)
                }
                BookAction::LiftLegalHold(lift) => {
                    self.words_decided(rules.retention, WordsAction::Lift(lift), &command.stamp)
                }
                BookAction::Purge(purge) => {
                    self.words_decided(rules.retention, WordsAction::Purge(purge), &command.stamp)
                }
                BookAction::EraseSubject(erase) => {
                    self.words_decided(rules.retention, WordsAction::Erase(erase), &command.stamp)
                }
            },
        )
    }

    pub(super) fn receive(&self, receive: &Receive) -> Events {
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
            Ok(sum) if sum == entry.amount => {
                let counts_from = self.counts_from(entry.value_date);
                ruling(vec![BookEvent::Received(Received { counts_from, entry: entry.clone() })])
            }
            other => refuse(&PaymentError::StatementSum {
                entry: shown(entry.amount),
                receipts: other.map_or_else(|error| error.to_string(), shown),
            }),
        }
    }

    pub(super) fn assign(&self, assigned: &Assigned) -> Events {
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
    fn apply_matches(&self, rules: BookRules<'_>, stamp: &Stamp, matches: &Matches) -> Events {
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
            let step = self.apply_plan(rules, stamp, plan, &mut spent);
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
        rules: BookRules<'_>,
        stamp: &Stamp,
        plan: &'p Plan,
        spent: &mut BTreeMap<&'p Id, Minor>,
    ) -> Result<Vec<BookEvent>, Box<Finding>> {
        let receipt = self.receipt(&plan.receipt).map_err(|error| Box::new(Finding::block(&error)))?;
        if plan.currency != receipt.currency {
            return Err(Box::new(Finding::block(&PaymentError::Currency {
                receipt: plan.receipt.to_string(),
                expected: receipt.currency.to_string(),
                got: plan.currency.to_string(),
            })));
        }
        let mut events = Vec::new();
        if let Some(customer) = plan.customer.as_ref().filter(|_| receipt.customer.is_none()) {
            let (customer, receipt) = (customer.clone(), plan.receipt.clone());
            events.push(BookEvent::Assigned(Assigned { customer, receipt }));
        }
        if plan.decision != MatchDecision::Auto {
            events.push(BookEvent::Matched(Matched { plan: plan.clone() }));
            return Ok(events);
        }
        // A plan that the receipt does not bear out was somebody's own.
        let explained = self.explained(rules.payers, receipt, plan);
        let mut accounts: BTreeMap<&Id, Vec<Allocation>> = BTreeMap::new();
        for target in &plan.targets {
            accounts.entry(&target.account).or_default().push(target.allocation.clone());
        }
        for (account, allocations) in accounts {
            let before = spent.get(&plan.receipt).copied().unwrap_or(Minor::ZERO);
            let (reservation, cash) = self
                .reservation(rules.matching, stamp, receipt, before, account, allocations)
                .map_err(|error| Box::new(Finding::block(&error)))?;
            let sum = before.plus(cash).map_err(|error| Box::new(Finding::block(&error)))?;
            spent.insert(&plan.receipt, sum);
            let named = explained.iter().flatten().filter(|meant| meant.account == *account);
            let named: BTreeSet<&Id> = named.map(|meant| &meant.number).collect();
            events.extend(self.reserved(
                stamp,
                Reservation {
                    method: explained.is_some().then_some(plan.method),
                    named: named.into_iter().cloned().collect(),
                    ..reservation
                },
            ));
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
        let reservation = self.framed(stamp, receipt, account, allocations);
        let free = self.free_from(receipt, reservation.effective);
        let overspent =
            |got: String| PaymentError::Overspent { receipt: id.to_string(), left: shown(free), got };
        let cash = reservation.cash().map_err(|error: MoneyError| overspent(error.to_string()))?;
        let negative = reservation.allocations.iter().any(|allocation| allocation.cash < Minor::ZERO);
        if reservation.allocations.is_empty() || !cash.is_positive() || negative {
            return Err(PaymentError::ReservationEmpty);
        }
        let whole = spent.plus(cash).map_err(|error| overspent(error.to_string()))?;
        if whole > free {
            return Err(overspent(shown(whole)));
        }
        Ok((reservation, cash))
    }

    /// A reservation of a receipt as the book frames it.
    fn framed(
        &self,
        stamp: &Stamp,
        receipt: &ReceiptState,
        account: &Id,
        allocations: Vec<Allocation>,
    ) -> Reservation {
        let (book, id) = (&self.chain.address().id, &receipt.receipt.id);
        let count = receipt.reservations.to_string();
        Reservation {
            account: account.clone(),
            allocations,
            book: book.clone(),
            by: Some(stamp.actor.clone()),
            // Money counts nowhere before it came.
            effective: stamp.effective.max(receipt.value_date),
            id: derived_id(&["pay", book.as_str(), id.as_str(), account.as_str(), &count]),
            method: None,
            named: Vec::new(),
            paid: self.entries.get(&receipt.entry).map_or(receipt.value_date, |entry| entry.value_date),
            receipt: id.clone(),
        }
    }

    /// Checks that a reservation is one that this book makes: of a receipt that stands, under its key, on its
    /// day, with money of its currency and differences that a book lets pass under some policy.
    pub(super) fn check_reserved(&self, reservation: &Reservation, stamp: &Stamp) -> Result<(), Refusal> {
        let receipt = self.receipt(&reservation.receipt).map_err(|error| Refusal::because(&error))?;
        let framed = self.framed(stamp, receipt, &reservation.account, reservation.allocations.clone());
        let fits = |one: &Allocation| one.currency == receipt.currency && one.cash >= Minor::ZERO;
        let all_fit = reservation.allocations.iter().all(fits);
        let explained =
            Reservation { method: reservation.method, named: reservation.named.clone(), ..framed };
        let unnamed = reservation.named.is_empty() || reservation.method.is_some_and(MatchMethod::names);
        if !all_fit || !unnamed || *reservation != explained {
            let (what, id) = ("reservation", reservation.id.to_string());
            let reason = "is not of its receipt, its book or its day, or has money of another currency or below nothing";
            return refuse(&AuditError::StateMismatch { what, id, reason });
        }
        check_forms(&reservation.allocations).map_err(|error| Refusal::because(&error))
    }

    /// The reservation and what its account is told, which answers with a confirmation or a release.
    fn reserved(&self, stamp: &Stamp, reservation: Reservation) -> Vec<BookEvent> {
        let intent = self.ask_account(&reservation, stamp);
        vec![BookEvent::Reserved(reservation), BookEvent::Intent(intent)]
    }

    /// The ready command that asks an account to apply a reservation.
    pub(super) fn ask_account(&self, reservation: &Reservation, stamp: &Stamp) -> Intent {
        let action = ToAccount::Allocate(reservation.clone());
        self.tell_account(&reservation.account, reservation.ready_id(), stamp, action)
    }

    /// A ready command for an account.
    pub(super) fn tell_account(&self, account: &Id, id: Id, stamp: &Stamp, action: ToAccount) -> Intent {
        let seller = self.chain.address().seller.clone();
        let log = LogAddress { id: account.clone(), kind: LogKind::Account, seller };
        Intent::new(id, action, log, stamp.as_system())
    }

    /// A confirmation of what was taken back since comes too late and changes nothing.
    fn confirm(&self, confirm: &Confirm) -> Events {
        match self.reservations.get(&confirm.reservation).map(|state| state.status) {
            Some(status @ (ReservationStatus::Unapplied | ReservationStatus::Confirmed)) => {
                let (id, status) = (confirm.reservation.to_string(), status.word());
                let error = PaymentError::ReservationSettled { id, status };
                let finding = Finding::new(Severity::Info, &error).about(&confirm.reservation);
                Ok(Ruling { events: Vec::new(), findings: vec![finding] })
            }
            Some(ReservationStatus::Pending | ReservationStatus::Released) | None => {
                let state = self.pending(&confirm.reservation)?;
                if confirm.effective < state.reservation.effective {
                    let (id, status) = (confirm.reservation.to_string(), state.status.word());
                    return refuse(&PaymentError::ReservationSettled { id, status });
                }
                ruling(vec![BookEvent::Confirmed(confirm.clone())])
            }
        }
    }

    pub(super) fn pending(&self, id: &Id) -> Result<&ReservationState, Refusal> {
        match self.reservations.get(id) {
            None => refuse(&PaymentError::ReservationUnknown { got: id.to_string() }),
            Some(state) if state.status != ReservationStatus::Pending => {
                refuse(&PaymentError::ReservationSettled { id: id.to_string(), status: state.status.word() })
            }
            Some(state) => Ok(state),
        }
    }
}
