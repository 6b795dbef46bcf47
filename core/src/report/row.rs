use std::collections::BTreeMap;

use super::consent_row as consent;
use super::custody_row as custody;
use super::work_row as work;
use crate::account::{AccountEvent, FactRecorded, fee_entry};
use crate::approval::SubjectKind;
use crate::audit::{Intent, Record};
use crate::canon::{Canonical, Reader, Shapes, Writer, words};
use crate::id::Id;
use crate::invoice::DocumentFact;
use crate::ledger::ItemTerms;
use crate::money::{Amount, Currency, Minor, MoneyError};
use crate::payment::{BookEvent, Debit, PaidOut, Received};
use crate::rulebook::PublicationEvent;
use crate::series::{ImportedNumber, SeriesEvent};
use crate::work::Entry;

/// The version of the row shapes: another one where a table or a column comes, goes or means something else. A host that
/// keeps rows of another version makes them again from its records.
pub const ROWS_VERSION: u32 = 1;

words! {
    /// Tables of the read model that a host keeps beside its records.
    pub enum RowTable {
        /// Tickets.
        Ticket = "ticket",
        /// Work.
        Entry = "entry",
        /// Invoices.
        Invoice = "invoice",
        /// Credit notes.
        CreditNote = "credit_note",
        /// Disputes.
        Dispute = "dispute",
        /// Write-offs.
        WriteOff = "write_off",
        /// Lines of invoices.
        Line = "line",
        /// Open items.
        Item = "item",
        /// Sales of prepaid blocks.
        Sale = "sale",
        /// Periods of recurring fees.
        Fee = "fee",
        /// Down payments.
        Deposit = "deposit",
        /// What invoices deduct of down payments.
        Deduction = "deduction",
        /// Plans that were carried out.
        Plan = "plan",
        /// Milestones that were reached.
        Milestone = "milestone",
        /// Receipts.
        Receipt = "receipt",
        /// Money paid back.
        Refund = "refund",
        /// Reserved money.
        Reservation = "reservation",
        /// What payment providers settled in bank lines.
        Settlement = "settlement",
        /// Assigned numbers.
        Number = "number",
        /// Requests for approval.
        Approval = "approval",
        /// Estimates.
        Estimate = "estimate",
        /// What is known of documents besides content and money.
        Life = "life",
        /// What somebody outside should do.
        Task = "task",
        /// Files of the host.
        Attachment = "attachment",
        /// Legal holds.
        LegalHold = "legal_hold",
        /// Ready commands for other logs.
        Intent = "intent",
    }
}

/// A flat upsert: the columns that a record sets on one row; others stay as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The table.
    pub table: RowTable,
    /// The key, unique in its table and log.
    pub key: Id,
    /// Columns with their new values; empty where a value is cleared.
    pub set: BTreeMap<&'static str, String>,
}

impl Row {
    pub(super) fn new(table: RowTable, key: &Id) -> Self {
        Self { table, key: key.clone(), set: BTreeMap::new() }
    }

    pub(super) fn set(mut self, column: &'static str, value: impl core::fmt::Display) -> Self {
        self.set.insert(column, value.to_string());
        self
    }

    pub(super) fn amount(self, column: &'static str, minor: Minor, currency: Currency) -> Self {
        self.set(column, Amount::new(minor, currency).plain())
    }
}

impl Canonical for Row {
    fn write(&self, out: &mut Writer) {
        out.object(|fields| {
            fields.field("key", &self.key);
            fields.with("set".into(), |writer| {
                writer.object(|columns| {
                    for (column, value) in &self.set {
                        columns.with((*column).into(), |writer| writer.text(value));
                    }
                });
            });
            fields.field("table", &self.table);
        });
    }

    fn read(at: &mut Reader<'_>) -> Option<Self> {
        // Rows are answers; no document carries one in.
        at.wrong("no row")
    }

    fn schema(shapes: &mut Shapes) -> serde_json::Value {
        shapes.named("Row", |shapes| {
            serde_json::json!({
                "description": "A flat upsert: the columns that a record sets on one row; others stay as they are.",
                "type": "object",
                "additionalProperties": false,
                "required": ["key", "set", "table"],
                "properties": {
                    "key": Id::schema(shapes),
                    "set": { "type": "object", "additionalProperties": { "type": "string" } },
                    "table": RowTable::schema(shapes),
                },
            })
        })
    }
}

fn intent(intent: &Intent) -> Row {
    Row::new(RowTable::Intent, &intent.id).set("log", &intent.log)
}

/// The upserts of an account's record, a pure function of its events.
#[must_use]
pub fn account_rows(record: &Record<AccountEvent>) -> Vec<Row> {
    record.events.iter().flat_map(account_event).collect()
}

fn account_event(event: &AccountEvent) -> Vec<Row> {
    match event {
        AccountEvent::OpeningImported(opening) => opening.items.iter().map(item).collect(),
        AccountEvent::Captured(captured) => work::captured(captured),
        AccountEvent::CustomerReleased(released) => {
            let gone = |item: &ItemTerms| {
                Row::new(RowTable::Item, &item.id).amount("open", Minor::ZERO, item.currency)
            };
            let left = |entry: &Entry| Row::new(RowTable::Entry, &entry.id).set("moved_to", &released.to);
            let items = released.belongings.items.iter().map(gone);
            items.chain(released.belongings.entries.iter().map(left)).collect()
        }
        AccountEvent::CustomerAdmitted(admitted) => {
            let mut rows: Vec<Row> = admitted.items.iter().map(item).collect();
            if let Some(came) = admitted.released().map(|released| released.belongings) {
                rows.extend(came.tickets.iter().map(work::ticket));
                rows.extend(came.entries.iter().map(|entry| work::entry(entry, &came.tickets)));
            }
            rows
        }
        AccountEvent::BlockSold(sold) => vec![
            Row::new(RowTable::Sale, &sold.sale)
                .set("agreement", &sold.agreement)
                .set("seconds", sold.seconds),
        ],
        AccountEvent::DepositRequested(asked) => {
            let named = |id: &Option<Id>| id.as_ref().map_or(String::new(), ToString::to_string);
            vec![
                Row::new(RowTable::Deposit, &asked.id)
                    .set("agreement", named(&asked.agreement))
                    .amount("asked", asked.amount, asked.currency)
                    .set("currency", asked.currency)
                    .set("customer", &asked.customer)
                    .set("estimate", named(&asked.estimate))
                    .set("project", named(&asked.project)),
            ]
        }
        AccountEvent::Drafted(drafted) => draft_rows(drafted),
        AccountEvent::ApprovalDecided(_)
        | AccountEvent::DecisionRefused(_)
        | AccountEvent::ApprovalExpired(_)
        | AccountEvent::ConsentLapsed(_)
        | AccountEvent::HoldReleased(_)
        | AccountEvent::EstimateProposed(_)
        | AccountEvent::EstimateWithdrawn(_)
        | AccountEvent::RefundProposed(_)
        | AccountEvent::VoidProposed(_) => consent::rows(event),
        AccountEvent::PlanCommitted(plan) => vec![
            Row::new(RowTable::Plan, &plan.key)
                .set("by", plan.by.word())
                .set("carried", plan.carried.len())
                .set("from", plan.period.from)
                .set("invoices", plan.invoices.len())
                .set("to", plan.period.to)
                .set("trigger", &plan.trigger),
        ],
        AccountEvent::FeeSkipped(skipped) => vec![
            Row::new(RowTable::Fee, &fee_entry(&skipped.agreement, &skipped.fee, skipped.from))
                .set("from", skipped.from)
                .set("outcome", skipped.outcome.word())
                .set("to", skipped.to),
        ],
        AccountEvent::FeeRestored(restored) => vec![
            Row::new(RowTable::Fee, &fee_entry(&restored.agreement, &restored.fee, restored.from))
                .set("outcome", ""),
        ],
        AccountEvent::MilestoneReached(reached) => vec![
            Row::new(RowTable::Milestone, &reached.milestone)
                .set("project", &reached.project)
                .set("reached", reached.effective),
        ],
        AccountEvent::NumberRequested(requested) => vec![
            Row::new(RowTable::Invoice, &requested.invoice)
                .set("due", requested.due)
                .set("issued", requested.date)
                .set("state", "approved"),
        ],
        AccountEvent::Issued(issued) => vec![
            Row::new(RowTable::Invoice, &issued.invoice)
                .set("due", issued.item.due)
                .set("issued", issued.item.issued)
                .set("number", &issued.item.number)
                .set("state", "issued"),
            item(&issued.item),
        ],
        AccountEvent::Voided(voided) => {
            let invoice = Row::new(RowTable::Invoice, &voided.invoice);
            let item =
                || Row::new(RowTable::Item, &voided.invoice).amount("open", Minor::ZERO, voided.currency);
            let mut rows = vec![invoice.set("state", "void").set("void_reason", &voided.reason)];
            rows.extend(voided.voiding.as_ref().map(|_| item()));
            rows
        }
        AccountEvent::DisputeOpened(opened) => vec![
            Row::new(RowTable::Dispute, &opened.dispute)
                .amount("amount", opened.amount, opened.currency)
                .set("by", &opened.by)
                .set("item", &opened.invoice)
                .set("reason", &opened.reason_code)
                .set("since", opened.effective)
                .set("state", "opened"),
            Row::new(RowTable::Item, &opened.invoice).amount("disputed", opened.disputed, opened.currency),
        ],
        AccountEvent::DisputeAdvanced(advanced) => {
            vec![Row::new(RowTable::Dispute, &advanced.dispute).set("state", advanced.to.word())]
        }
        AccountEvent::FactRecorded(recorded) => fact(recorded),
        AccountEvent::RefundDeclined(_)
        | AccountEvent::AllocationDeclined(_)
        | AccountEvent::PeriodClosed(_)
        | AccountEvent::PeriodReopened(_)
        | AccountEvent::ReopenAsked(_) => Vec::new(),
        AccountEvent::DisputeClosed(closed) => vec![
            Row::new(RowTable::Dispute, &closed.dispute)
                .amount("accepted", closed.accepted, closed.currency)
                .set("closed", closed.effective)
                .set("extension_days", closed.extension.as_ref().map_or(0, |extension| extension.days))
                .set("state", closed.outcome.word()),
            Row::new(RowTable::Item, &closed.invoice).amount("disputed", closed.disputed, closed.currency),
        ],
        AccountEvent::Allocated(allocated) => balances(&allocated.balances),
        AccountEvent::AllocationUndone(undone) => balances(&undone.balances),
        AccountEvent::ReservationWithdrawn(_) => Vec::new(),
        AccountEvent::CreditDrafted(drafted) => credit_rows(&drafted.credit),
        AccountEvent::CreditNumberRequested(requested) => vec![
            Row::new(RowTable::CreditNote, &requested.credit)
                .set("issued", requested.date)
                .set("state", "approved"),
        ],
        AccountEvent::CreditIssued(issued) => {
            let mut rows = vec![
                Row::new(RowTable::CreditNote, &issued.credit)
                    .set("issued", issued.item.issued)
                    .set("number", &issued.item.number)
                    .set("state", "issued"),
                item(&issued.item),
            ];
            rows.extend(balances(&issued.balances));
            rows
        }
        AccountEvent::CreditVoided(voided) => {
            let note = Row::new(RowTable::CreditNote, &voided.credit);
            vec![note.set("state", "void").set("void_reason", &voided.reason)]
        }
        AccountEvent::CreditApplied(applied) => balances(&applied.balances),
        AccountEvent::CreditRefunded(refunded) => balances(&refunded.balances),
        AccountEvent::WriteOffProposed(proposed) => {
            let write_off = &proposed.write_off;
            vec![
                Row::new(RowTable::WriteOff, &write_off.id)
                    .amount("amount", write_off.amount, write_off.currency)
                    .set("item", &write_off.item)
                    .set("reason", &write_off.reason)
                    .set("state", "awaiting_approval"),
            ]
        }
        AccountEvent::WrittenOff(written) => {
            let mut rows = balances(&written.balances);
            let row = Row::new(RowTable::WriteOff, &written.write_off);
            rows.push(row.set("effective", written.effective).set("state", "written_off"));
            rows
        }
        AccountEvent::Recovered(recovered) => balances(&recovered.balances),
        AccountEvent::Intent(told) => vec![intent(told)],
        AccountEvent::TaskEmitted(_)
        | AccountEvent::TaskConfirmed(_)
        | AccountEvent::TaskFailed(_)
        | AccountEvent::TaskRetried(_)
        | AccountEvent::ApprovalEscalated(_)
        | AccountEvent::AttachmentsRegistered(_)
        | AccountEvent::LegalHoldPlaced(_)
        | AccountEvent::LegalHoldLifted(_)
        | AccountEvent::ErasureRequested(_)
        | AccountEvent::Purged(_)
        | AccountEvent::Anonymised(_)
        | AccountEvent::PurgeRefused(_) => custody::rows(event),
    }
}

fn credit_rows(note: &crate::invoice::CreditNote) -> Vec<Row> {
    vec![
        Row::new(RowTable::CreditNote, &note.id)
            .set("currency", note.currency)
            .set("effect", note.effect.word())
            .amount("gross", note.totals.payable, note.currency)
            .set("invoice", &note.invoice)
            .amount("net", note.totals.net, note.currency)
            .set("reason", &note.reason)
            .set("state", "awaiting_approval")
            .amount("tax", note.totals.tax, note.currency),
    ]
}

/// What is open on items.
fn balances(balances: &[crate::account::ItemBalance]) -> Vec<Row> {
    let row = |balance: &crate::account::ItemBalance| {
        Row::new(RowTable::Item, &balance.item).amount("open", balance.open, balance.currency)
    };
    balances.iter().map(row).collect()
}

fn fact(recorded: &FactRecorded) -> Vec<Row> {
    let row = Row::new(RowTable::Life, &recorded.document);
    let at = recorded.known.at;
    vec![match &recorded.known.fact {
        DocumentFact::Delivery(delivery) => {
            row.set("channel", &delivery.channel).set(delivery.status.word(), at)
        }
        DocumentFact::Accepted(_) => row.set("accepted", at),
        DocumentFact::Promised(promise) => row.set("promised", promise.by),
        DocumentFact::Held(hold) => row.set("held", &hold.reason_code),
        DocumentFact::HoldEnded(_) => row.set("held", ""),
        DocumentFact::Reviewed(_) => row.set("reviewed", at),
        DocumentFact::Contacted(_) => row.set("contacted", at),
        DocumentFact::Remarked(_) => row.set("remarked", at),
        DocumentFact::Labelled(labelled) => row.set("label", &labelled.label),
    }]
}

fn item(item: &ItemTerms) -> Row {
    Row::new(RowTable::Item, &item.id)
        .set("currency", item.currency)
        .set("customer", &item.customer)
        .set("due", item.due)
        .set("issued", item.issued)
        .set("number", &item.number)
        .amount("open", item.open, item.currency)
        .set("payment_reference", item.payment_reference.as_ref().map_or("", Id::as_str))
        .amount("total", item.total, item.currency)
}

fn draft_rows(drafted: &crate::account::Drafted) -> Vec<Row> {
    let draft = &drafted.draft;
    let mut rows = vec![
        Row::new(RowTable::Invoice, &draft.id)
            .set("currency", draft.currency)
            .amount("gross", draft.totals.gross, draft.currency)
            .amount("net", draft.totals.net, draft.currency)
            .amount("payable", draft.totals.payable, draft.currency)
            .set("state", "awaiting_approval")
            .amount("tax", draft.totals.tax, draft.currency),
    ];
    rows.extend(draft.deposits.iter().map(|part| {
        Row::new(RowTable::Deduction, &crate::audit::derived_id(&[draft.id.as_str(), part.document.as_str()]))
            .amount("amount", part.amount, draft.currency)
            .set("deposit", &part.document)
            .set("invoice", &draft.id)
    }));
    rows.extend(consent::asked(&draft.id, SubjectKind::Invoice, &drafted.approval));
    for line in &draft.lines {
        rows.push(
            Row::new(RowTable::Line, &line.id)
                .set("code", &line.code)
                .set("customer", &line.customer)
                .set("description", &line.description)
                .set("invoice", &draft.id)
                .amount("net", line.net, draft.currency)
                .set("quantity", line.quantity)
                .set("ticket", line.ticket.as_ref().map_or("", |ticket| ticket.as_str())),
        );
        rows.extend(line.charges.iter().map(|charge| work::charged(charge, &line.customer, &draft.id)));
    }
    rows
}

/// The upserts of a cash book's record.
#[must_use]
pub fn book_rows(record: &Record<BookEvent>) -> Vec<Row> {
    let mut rows = Vec::new();
    for event in &record.events {
        match event {
            BookEvent::Received(receive) => {
                let entry = &receive.entry;
                rows.extend(entry.receipts.iter().map(|receipt| {
                    let row = Row::new(RowTable::Receipt, &receipt.id);
                    let row = match receipt.fee {
                        Some(fee) => row.amount("fee", fee, entry.currency),
                        None => row,
                    };
                    row.amount("amount", receipt.amount, entry.currency)
                        .set("currency", entry.currency)
                        .set("customer", receipt.customer.as_ref().map_or("", |customer| customer.as_str()))
                        .set("entry", &entry.id)
                        .set("value_date", entry.value_date)
                }));
                rows.extend(settlement(receive));
            }
            BookEvent::Assigned(assigned) => {
                rows.push(Row::new(RowTable::Receipt, &assigned.receipt).set("customer", &assigned.customer));
            }
            BookEvent::Matched(matched) => {
                let plan = &matched.plan;
                rows.push(
                    Row::new(RowTable::Receipt, &plan.receipt)
                        .set("decision", plan.decision.word())
                        .set("method", plan.method.word()),
                );
            }
            BookEvent::Reserved(reservation) => rows.push(
                Row::new(RowTable::Reservation, &reservation.id)
                    .set("account", &reservation.account)
                    .set("receipt", &reservation.receipt)
                    .set("status", "pending"),
            ),
            BookEvent::Confirmed(confirm) => {
                let row = Row::new(RowTable::Reservation, &confirm.reservation);
                rows.push(row.set("effective", confirm.effective).set("status", "confirmed"));
            }
            BookEvent::Released(release) => {
                rows.push(Row::new(RowTable::Reservation, &release.reservation).set("status", "released"));
            }
            BookEvent::Unapplied(taken) => {
                let row = Row::new(RowTable::Reservation, &taken.unapplied.reservation);
                rows.push(row.set("status", "unapplied").set("unapplied", taken.counts_from));
            }
            BookEvent::Refunded(refund) => rows.push(settled_by(
                refund.entry.as_ref(),
                Row::new(RowTable::Refund, &refund.id)
                    .amount("amount", refund.amount, refund.currency)
                    .set("currency", refund.currency)
                    .set("effective", refund.effective)
                    .set("payee", &refund.payee)
                    .set("reason", &refund.reason)
                    .set("receipt", &refund.receipt),
            )),
            BookEvent::Reversed(reversed) => rows.push(settled_by(
                reversed.entry.as_ref(),
                Row::new(RowTable::Receipt, &reversed.receipt)
                    .set("reversed", reversed.effective)
                    .set("reversed_for", &reversed.reason),
            )),
            BookEvent::PaidOut(PaidOut { effective, id, order }) => rows.push(
                Row::new(RowTable::Refund, id)
                    .set("account", &order.account)
                    .amount("amount", order.amount, order.currency)
                    .set("currency", order.currency)
                    .set("effective", *effective)
                    .set("item", &order.item)
                    .set("payee", &order.customer)
                    .set("reason", &order.reason),
            ),
            BookEvent::Intent(told) => rows.push(intent(told)),
            BookEvent::LegalHoldPlaced(placed) => rows.push(custody::hold_placed(placed)),
            BookEvent::LegalHoldLifted(lifted) => rows.push(custody::hold_lifted(lifted)),
            BookEvent::RefundDeclined(_)
            | BookEvent::PeriodClosed(_)
            | BookEvent::PeriodReopened(_)
            | BookEvent::ReopenAsked(_)
            | BookEvent::ErasureRequested(_)
            | BookEvent::Purged(_)
            | BookEvent::PurgeRefused(_) => {}
        }
    }
    rows
}

/// What a line of a payment provider comes to, and which recorded refunds and chargebacks it settles.
fn settlement(received: &Received) -> Vec<Row> {
    let entry = &received.entry;
    if !entry.is_settlement() {
        return Vec::new();
    }
    let amount = |row: Row, column, minor: Result<Minor, MoneyError>| {
        row.amount(column, minor.unwrap_or_default(), entry.currency)
    };
    let row = Row::new(RowTable::Settlement, &entry.id)
        .amount("amount", entry.amount, entry.currency)
        .set("currency", entry.currency)
        .set("effective", received.counts_from)
        .set("value_date", entry.value_date);
    let row = amount(row, "debited", entry.debited());
    let row = amount(row, "fees", entry.fees());
    let settled = entry.debits().filter_map(|debit| match debit {
        Debit::Settled(one) => Some(Row::new(RowTable::Refund, &one.refund)),
        Debit::Chargeback(one) => Some(Row::new(RowTable::Receipt, &one.receipt)),
        Debit::Refund(_) => None,
    });
    let settled = settled.map(|row| settled_by(Some(&entry.id), row));
    core::iter::once(amount(row, "gross", entry.gross())).chain(settled).collect()
}

/// A row with the bank line of a payment provider that settled it.
fn settled_by(entry: Option<&Id>, row: Row) -> Row {
    match entry {
        Some(entry) => row.set("settled", entry),
        None => row,
    }
}

/// The upserts of a publication log's record: its legal holds.
#[must_use]
pub fn publication_rows(record: &Record<PublicationEvent>) -> Vec<Row> {
    let row = |event: &PublicationEvent| match event {
        PublicationEvent::LegalHoldPlaced(placed) => Some(custody::hold_placed(placed)),
        PublicationEvent::LegalHoldLifted(lifted) => Some(custody::hold_lifted(lifted)),
        PublicationEvent::PublicationRequired(_)
        | PublicationEvent::RulesProposed(_)
        | PublicationEvent::RulesDecided(_)
        | PublicationEvent::RulesPublished(_)
        | PublicationEvent::ErasureRequested(_)
        | PublicationEvent::Purged(_)
        | PublicationEvent::PurgeRefused(_) => None,
    };
    record.events.iter().filter_map(row).collect()
}

/// The upserts of a number series' record.
#[must_use]
pub fn series_rows(record: &Record<SeriesEvent>) -> Vec<Row> {
    let mut rows = Vec::new();
    for event in &record.events {
        match event {
            SeriesEvent::Assigned(assigned) => rows.push(
                Row::new(RowTable::Number, &assigned.number)
                    .set("account", &assigned.account)
                    .set("date", assigned.date)
                    .set("invoice", &assigned.invoice),
            ),
            SeriesEvent::NumbersImported(imported) => {
                let row = |number: &ImportedNumber| {
                    Row::new(RowTable::Number, &number.number).set("date", number.date)
                };
                rows.extend(imported.numbers.iter().map(row));
            }
            SeriesEvent::Intent(told) => rows.push(intent(told)),
            SeriesEvent::LegalHoldPlaced(placed) => rows.push(custody::hold_placed(placed)),
            SeriesEvent::LegalHoldLifted(lifted) => rows.push(custody::hold_lifted(lifted)),
            SeriesEvent::NumberingSet(_)
            | SeriesEvent::PeriodClosed(_)
            | SeriesEvent::PeriodReopened(_)
            | SeriesEvent::ReopenAsked(_)
            | SeriesEvent::ErasureRequested(_)
            | SeriesEvent::Purged(_)
            | SeriesEvent::PurgeRefused(_) => {}
        }
    }
    rows
}
