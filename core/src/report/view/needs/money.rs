//! Payments and approvals.

use super::{Table, classed};

pub(super) const TABLE: Table = classed! {
    Adjustment {
        [Payments] Internal: amount kind reason;
    }
    AgingColumns {
        [Totals] Internal: buckets disputed open open_items unapplied;
    }
    AgingReport {
        [Totals] Internal: as_of basis buckets sections;
    }
    AgingRow {
        [Totals] Internal: columns customer;
    }
    AgingSection {
        [Totals] Internal: control_total currency rows totals;
    }
    Allocation {
        [Payments] Internal: adjustments cash currency item;
    }
    ApprovalRule {
        [Approvals] Internal: above assurance carries currency delegation denied escalation expiry id kinds
            order quorum roles signed split_proof steps when;
        [Approvals] Personal: people;
    }
    ApprovalStep {
        [Approvals] Internal: assurance quorum roles signed;
        [Approvals] Personal: people;
    }
    Asked {
        [Approvals] Internal: at carried currency date digest exchange needed;
        [Approvals] Personal: author;
        [Approvals Totals] Internal: net;
    }
    Carried {
        [Approvals] Internal: from rules;
    }
    Chargeback {
        [Payments] Internal: amount fee reason receipt;
    }
    Conditions {
        [Approvals] Internal: of;
    }
    Confirm {
        [Payments] Internal: effective reservation;
    }
    Decision {
        [Approvals] Personal: actor consent delegation ip;
        [Approvals] Internal: assurance at carried digest evidence method role shown signature verdict;
        [Notes] Personal: reason;
    }
    Delegation {
        [Approvals] Personal: by from to;
        [Approvals] Internal: from_date roles to_date;
    }
    Escalation {
        [Approvals] Internal: after_hours roles;
    }
    Evidence {
        [Approvals] Internal: digest reference;
    }
    ExchangeRate {
        [Approvals] Internal: date from rate source to;
    }
    Expiry {
        [Approvals] Internal: after_hours then;
    }
    ForeignDecision {
        [Approvals] Internal: at rule verdict;
        [Approvals] Personal: by;
    }
    GatewayFee {
        [Payments] Internal: amount reason;
    }
    HasFact {
        [Approvals] Internal: above any_of name;
    }
    ItemTerms {
        [Documents] Public: currency customer discount due id instalments issued number payment_reference;
        [Totals] Public: open total;
    }
    Matched {
        [Payments] Internal: plan;
    }
    Meant {
        [Payments] Internal: account item number;
    }
    NetAbove {
        [Approvals] Internal: above of;
    }
    OneOf {
        [Approvals] Internal: any_of;
    }
    OpenStep {
        [Approvals] Internal: given rule step;
    }
    PaidOut {
        [Payments] Internal: effective id order;
    }
    PayBack {
        [Payments] Internal: account amount currency customer reason receipt refund;
        [Payments] Personal: approved_by asked_by payee;
    }
    PayOut {
        [Payments] Internal: account amount currency customer effective item reason refund;
        [Payments] Personal: approved_by asked_by;
    }
    Plan {
        [Payments] Internal: candidates currency customer decision method receipt residual targets;
    }
    ProviderRefund {
        [Payments] Internal: amount fee id reason receipt;
        [Payments] Personal: payee;
    }
    ProviderSettlement {
        [Payments] Internal: debits fees;
    }
    Receipt {
        [Payments] Internal: amount customer fee id;
        [Payments] Personal: payer_account payer_name references text;
    }
    Received {
        [Payments] Internal: counts_from entry;
    }
    RefundOrder {
        [Payments] Internal: account refund;
        [Payments] Personal: approved_by asked_by;
    }
    Refunded {
        [Payments] Internal: amount currency effective entry id order reason receipt;
        [Payments] Personal: payee;
    }
    Release {
        [Payments] Internal: reservation;
    }
    Requirement {
        [Approvals] Internal: rule seen;
    }
    Reservation {
        [Payments] Internal: account allocations book effective id method named paid receipt;
        [Payments] Personal: by;
    }
    Reversed {
        [Payments] Internal: amount currency effective entry reason receipt;
    }
    Seen {
        [Approvals Totals] Internal: above net size;
        [Approvals] Internal: code currency exchange fact line of path ticket value;
    }
    SettledRefund {
        [Payments] Internal: amount fee refund;
    }
    Signature {
        [Approvals] Internal: key;
        [Approvals] Secret: value;
    }
    StatementEntry {
        [Payments] Internal: amount currency id receipts settlement value_date;
    }
    TakenBack {
        [Payments] Internal: counts_from unapplied;
    }
    Target {
        [Payments] Internal: account allocation;
    }
    Unapplied {
        [Payments] Internal: applied effective reservation;
    }
    UnapprovedPayment {
        [Audit] Internal: customer decisions last number origin paid;
        [Audit Totals] Internal: amount currency;
    }
    UnapprovedPayments {
        [Audit] Internal: account as_of paid payments rule;
    }
};
