//! What roles are shown.

use super::{Table, classed};

pub(super) const TABLE: Table = classed! {
    ActionsView {
        [Documents] Public: actions document state;
    }
    CustomerHome {
        [] Public: account as_of viewer;
        [Totals] Public: balances;
        [Documents] Public: consents parts;
    }
    Desk {
        [] Public: account as_of role;
        [Documents] Public: items;
    }
    DeskItem {
        [Approvals] Public: amount currency digest expires role;
        [Documents] Public: document kind since subject;
        [Documents] Personal: on_behalf_of;
        [Documents] Internal: reason;
        [Approvals] Internal: why;
    }
    HeldDuty {
        [Audit] Internal: duty hash seq;
    }
    HomePart {
        [Documents] Public: bucket count documents;
    }
    LineReceipt {
        [] Public: account code currency customer description invoice line;
        [Money] Public: adjustments amount net taxes;
        [Approvals] Internal: approval;
        [Audit] Internal: attachments;
        [Time] Public: charges quantity unit zone_data;
        [Documents] Public: number;
        [Rates] Public: price;
        [Scope] Public: ticket;
    }
    LogOverrides {
        [Audit] Internal: from log next rows through;
    }
    OverrideRow {
        [Audit Money] Internal: amount currency;
        [Audit] Internal: at days document duties effective hash kind role seq subject;
        [Audit] Personal: by;
    }
    Overrides {
        [] Public: account from next through;
        [Audit] Internal: rows;
    }
    ReceiptApproval {
        [Approvals] Internal: asked decisions digest rules status;
        [Approvals] Personal: author;
    }
    ReceiptAttachment {
        [Audit] Internal: hash of reference;
    }
    ReceiptCharge {
        [Time] Public: billed charge covered_seconds entry raw_seconds rounded_seconds;
        [Rates Money] Public: steps;
    }
    ReceiptDecision {
        [Approvals] Internal: at digest role verdict;
        [Approvals] Personal: by on_behalf_of;
    }
    ReceiptEntry {
        [Time] Public: entry;
        [Rates] Public: stated_price;
    }
    ReceiptTicket {
        [ServiceLevel] Public: closed priority status;
        [Scope] Public: customer id project purchase_order site ticket_type;
        [Notes] Internal: subject;
    }
    Timeline {
        [] Public: account entries next role;
    }
    TimelineEntry {
        [Totals] Public: amount currency;
        [] Public: area at document effective kind place subject;
        [Documents] Personal: by;
        [Audit] Internal: hash seq;
        [] Personal: person;
        [] Internal: role;
    }
    View {
        [] Public: account as_of next role;
        [Totals] Public: balances;
        [Documents] Public: documents;
        [Time] Public: work;
    }
    ViewBalance {
        [Totals] Public: balance credits currency disputed open overdue;
    }
    ViewDocument {
        [Documents] Public: accepted actions bucket currency customer delivery due id issued kind label
            number promised settlement state viewed;
        [Totals] Public: disputed gross net open paid tax total;
        [Documents] Internal: held host_label;
        [] Public: lines;
    }
    ViewLine {
        [Documents] Public: code customer description id sku;
        [Money] Public: net;
        [Rates] Public: price;
        [Time] Public: quantity unit;
        [Scope] Public: ticket;
    }
    ViewWork {
        [Time] Personal: agent;
        [Time] Internal: billable;
        [Time] Public: date description end invoice id quantity seconds start ticket work_type;
        [Notes] Public: note;
    }
};
