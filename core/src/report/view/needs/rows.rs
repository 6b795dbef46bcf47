//! Columns of the read model that a host keeps: `row_` and the name of the table.

use super::{Table, classed};

pub(super) const TABLE: Table = classed! {
    row_approval {
        [Approvals] Internal: asked currency decided_at digest escalated kind status;
        [Approvals Totals] Internal: net;
        [Approvals] Personal: author decided_by;
    }
    row_attachment {
        [Audit] Internal: about about_kind class erased hash media_type size;
    }
    row_credit_note {
        [Documents] Public: currency invoice issued number state;
        [Documents] Internal: effect reason void_reason;
        [Totals] Public: gross;
        [Money] Public: net tax;
    }
    row_deduction {
        [Money] Public: amount deposit invoice;
    }
    row_deposit {
        [Documents] Internal: asked currency customer invoice;
        [Scope] Internal: agreement estimate project;
    }
    row_dispute {
        [Disputes] Public: closed extension_days item reason since state;
        [Disputes Totals] Public: accepted amount;
        [Disputes] Personal: by;
    }
    row_entry {
        [Time] Public: customer date end invoice seconds start ticket;
        [Time] Internal: code consent moved_to revision;
        [Time] Personal: agent;
    }
    row_estimate {
        [Scope] Public: currency expires state;
        [Scope Totals] Public: cap;
    }
    row_fee {
        [Scope] Public: from invoice to;
        [Scope] Internal: consent outcome;
    }
    row_intent {
        [Audit] Internal: log;
    }
    row_invoice {
        [Documents] Public: currency due issued number state;
        [Totals] Public: gross payable;
        [Money] Public: net tax;
        [Documents] Internal: void_reason;
    }
    row_item {
        [Documents] Public: currency customer due issued number payment_reference;
        [Totals] Public: disputed open total;
    }
    row_legal_hold {
        [Audit] Internal: about lifted placed reason;
        [Audit] Personal: person;
    }
    row_life {
        [Documents] Public: accepted channel delivered promised queued sent viewed;
        [Documents] Internal: bounced contacted held label remarked reviewed;
    }
    row_line {
        [Documents] Public: code customer description invoice ticket;
        [Money] Public: net;
        [Time] Public: quantity;
    }
    row_milestone {
        [Scope] Internal: project reached;
    }
    row_number {
        [Audit] Internal: account date invoice;
    }
    row_plan {
        [Documents] Internal: by carried from invoices to trigger;
    }
    row_receipt {
        [Payments] Internal: amount currency customer decision entry fee method reversed reversed_for settled
            value_date;
    }
    row_refund {
        [Payments] Internal: account amount currency effective item reason receipt settled;
        [Payments] Personal: payee;
    }
    row_reservation {
        [Payments] Internal: account effective receipt status unapplied;
    }
    row_sale {
        [Scope] Public: agreement invoice seconds;
        [Scope] Internal: consent;
    }
    row_settlement {
        [Payments] Internal: amount currency debited effective fees gross value_date;
    }
    row_task {
        [Documents] Internal: action audience cause channel document reason reference retry_after rule status
            template ticket who;
    }
    row_ticket {
        [Documents] Public: closed customer;
        [Documents] Internal: agreement priority project site status type;
    }
    row_write_off {
        [Money] Internal: amount effective item reason state;
    }
};
