use std::collections::BTreeMap;

use crate::account::AccountEvent;
use crate::approval::Verdict;
use crate::audit::{Intent, Record};
use crate::canon::{Canonical, Node, Reader, Shapes, Writer, words};
use crate::id::Id;
use crate::money::{Amount, Currency, Minor};
use crate::payment::BookEvent;
use crate::rating::ChargeSource;
use crate::series::SeriesEvent;

words! {
    /// Tables of the read model that a host keeps beside its records.
    pub enum RowTable {
        /// Work.
        Entry = "entry",
        /// Invoices.
        Invoice = "invoice",
        /// Lines of invoices.
        Line = "line",
        /// Open items.
        Item = "item",
        /// Sales of prepaid blocks.
        Sale = "sale",
        /// Receipts.
        Receipt = "receipt",
        /// Reserved money.
        Reservation = "reservation",
        /// Assigned numbers.
        Number = "number",
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
    fn new(table: RowTable, key: &Id) -> Self {
        Self { table, key: key.clone(), set: BTreeMap::new() }
    }

    fn set(mut self, column: &'static str, value: impl core::fmt::Display) -> Self {
        self.set.insert(column, value.to_string());
        self
    }

    fn amount(self, column: &'static str, minor: Minor, currency: Currency) -> Self {
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

    fn read(node: &Node<'_>, at: &mut Reader) -> Option<Self> {
        // Rows are answers; no document carries one in.
        at.wrong("no row", node)
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
        AccountEvent::Captured(captured) => captured
            .entries
            .iter()
            .map(|entry| {
                Row::new(RowTable::Entry, &entry.id)
                    .set("revision", entry.revision)
                    .set("seconds", entry.seconds())
                    .set("ticket", entry.ticket.as_ref().map_or("", |ticket| ticket.as_str()))
            })
            .collect(),
        AccountEvent::BlockSold(sold) => vec![
            Row::new(RowTable::Sale, &sold.sale)
                .set("agreement", &sold.agreement)
                .set("seconds", sold.seconds),
        ],
        AccountEvent::Drafted(drafted) => draft_rows(drafted),
        AccountEvent::ApprovalDecided(decided) => {
            let state = match decided.decision.verdict {
                Verdict::Approve => None,
                Verdict::Reject => Some("rejected"),
            };
            let row =
                Row::new(RowTable::Invoice, &decided.invoice).set("decided_by", &decided.decision.actor);
            vec![match state {
                Some(state) => row.set("state", state),
                None => row,
            }]
        }
        AccountEvent::NumberRequested(requested) => vec![
            Row::new(RowTable::Invoice, &requested.invoice)
                .set("due", requested.due)
                .set("issued", requested.date)
                .set("state", "approved"),
        ],
        AccountEvent::Issued(issued) => vec![
            Row::new(RowTable::Invoice, &issued.invoice)
                .set("number", &issued.item.number)
                .set("state", "issued"),
            item(&issued.item),
        ],
        AccountEvent::Voided(voided) => {
            vec![Row::new(RowTable::Invoice, &voided.invoice).set("state", "void")]
        }
        AccountEvent::DisputeOpened(opened) => {
            let dispute = &opened.dispute;
            vec![Row::new(RowTable::Item, &dispute.invoice).set("dispute", &dispute.dispute).amount(
                "disputed",
                dispute.amount,
                dispute.currency,
            )]
        }
        AccountEvent::DisputeClosed(closed) => {
            vec![Row::new(RowTable::Item, &closed.invoice).set("dispute", "").set("disputed", "")]
        }
        AccountEvent::Allocated(allocated) => allocated
            .balances
            .iter()
            .map(|balance| {
                Row::new(RowTable::Item, &balance.item).amount("open", balance.open, balance.currency)
            })
            .collect(),
        AccountEvent::AllocationDeclined(_) => Vec::new(),
        AccountEvent::Intent(told) => vec![intent(told)],
    }
}

fn item(item: &crate::ledger::ItemTerms) -> Row {
    Row::new(RowTable::Item, &item.id)
        .set("currency", item.currency)
        .set("customer", &item.customer)
        .set("due", item.due)
        .set("issued", item.issued)
        .set("number", &item.number)
        .amount("open", item.open, item.currency)
        .amount("total", item.total, item.currency)
}

/// The table of what a charge was made from.
const fn source_table(source: ChargeSource) -> RowTable {
    match source {
        ChargeSource::Entry => RowTable::Entry,
        ChargeSource::Sale => RowTable::Sale,
    }
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
        rows.extend(
            line.charges
                .iter()
                .map(|charge| Row::new(source_table(charge.source), &charge.entry).set("invoice", &draft.id)),
        );
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
                    Row::new(RowTable::Receipt, &receipt.id)
                        .amount("amount", receipt.amount, entry.currency)
                        .set("currency", entry.currency)
                        .set("customer", receipt.customer.as_ref().map_or("", |customer| customer.as_str()))
                        .set("entry", &entry.id)
                        .set("value_date", entry.value_date)
                }));
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
                rows.push(Row::new(RowTable::Reservation, &confirm.reservation).set("status", "confirmed"));
            }
            BookEvent::Released(release) => {
                rows.push(Row::new(RowTable::Reservation, &release.reservation).set("status", "released"));
            }
            BookEvent::Intent(told) => rows.push(intent(told)),
        }
    }
    rows
}

/// The upserts of a number series' record.
#[must_use]
pub fn series_rows(record: &Record<SeriesEvent>) -> Vec<Row> {
    let row = |event: &SeriesEvent| match event {
        SeriesEvent::Assigned(assigned) => Row::new(RowTable::Number, &assigned.number)
            .set("account", &assigned.account)
            .set("date", assigned.date)
            .set("invoice", &assigned.invoice),
        SeriesEvent::Intent(told) => intent(told),
    };
    record.events.iter().map(row).collect()
}
