//! What happened in an account.

use super::{Table, classed};

pub(super) const TABLE: Table = classed! {
    Allocated {
        [Payments] Internal: balances effective reservation;
    }
    AllocationDeclined {
        [Payments] Internal: book code name reservation;
    }
    AllocationUndone {
        [Payments] Internal: balances effective reason reservation;
    }
    ApprovalDecided {
        [Approvals] Internal: decision status subject subject_kind;
    }
    ApprovalEscalated {
        [Approvals] Internal: at deciders rule subject subject_kind;
    }
    ApprovalExpired {
        [Approvals] Internal: at rule subject subject_kind;
    }
    Belongings {
        [Scope] Internal: balances fees milestones returned_seconds sales;
        [Scope Totals] Internal: returned_draws;
        [Scope Approvals] Internal: estimates lapsed;
        [Time] Internal: entries standing tickets;
        [Totals] Internal: items;
    }
    BlockSold {
        [Scope] Internal: agreement currency customer sale seconds;
        [Money] Internal: charge;
    }
    Captured {
        [Time] Internal: entries tickets;
    }
    CarriedForward {
        [Documents] Internal: currency grouping;
        [Totals] Internal: minimum net;
    }
    CommandRef {
        [Audit] Internal: digest id;
    }
    ConsentLapsed {
        [Approvals] Internal: lapse rule subject work;
    }
    ControlTotal {
        [Totals] Internal: cash control credits currency invoices;
    }
    CreditApplied {
        [Money] Internal: amount balances currency effective from to;
    }
    CreditDrafted {
        [Approvals] Internal: approval;
        [Notes] Personal: credit;
        [Documents] Internal: scope;
    }
    CreditIssued {
        [Documents] Public: applied balances credit currency effective item reversals;
        [Scope] Internal: taken;
    }
    CreditNumberRequested {
        [Money] Internal: credit date series;
    }
    CreditRefunded {
        [Money] Internal: amount balances book currency effective id item reason;
    }
    CreditVoided {
        [Documents] Public: credit;
        [Documents] Internal: reason;
    }
    CustomerAdmitted {
        [Documents] Internal: customer effective from hash seq transfer;
        [Totals] Internal: items;
        [Audit] Secret: release released;
    }
    CustomerReleased {
        [Documents] Internal: after customer effective follows hands_on to transfer;
        [Documents Scope Time Totals] Internal: belongings;
    }
    DecisionRefused {
        [Approvals] Internal: code name place subject;
    }
    DisputeAdvanced {
        [Disputes] Public: dispute effective to;
    }
    DisputeClosed {
        [Disputes Totals] Public: accepted disputed;
        [Disputes] Public: currency dispute effective extension invoice outcome remedy;
    }
    DisputeOpened {
        [Disputes Totals] Public: amount disputed;
        [Disputes] Personal: by;
        [Disputes] Public: currency dispute effective evidence frozen invoice lines reason_code;
    }
    Drafted {
        [Approvals] Internal: approval;
        [Documents] Internal: draft draws;
    }
    Draw {
        [Scope Totals] Internal: amount;
        [Scope] Internal: currency estimate line;
    }
    EstimateProposed {
        [Approvals] Internal: approval;
        [Scope] Internal: estimate;
    }
    EstimateScope {
        [Scope] Internal: agreements codes customers tickets;
    }
    FactRecorded {
        [Documents] Internal: document known;
    }
    FeeRestored {
        [Scope] Internal: agreement fee from to;
    }
    FeeSkipped {
        [Scope] Internal: agreement customer fee from outcome to;
    }
    Head {
        [Audit] Internal: hash seq;
    }
    HoldReleased {
        [Approvals] Internal: subject work;
    }
    Intent {
        [Audit] Secret: command;
        [Audit] Internal: id log;
    }
    Issued {
        [Documents] Public: invoice item;
    }
    ItemBalance {
        [Totals] Internal: currency item open;
    }
    LapsedWork {
        [Time] Internal: id source;
    }
    LogAddress {
        [Audit] Internal: id kind seller;
    }
    MilestoneReached {
        [Scope] Internal: effective milestone project;
    }
    MovedEstimate {
        [Approvals] Internal: approval decisions;
        [Scope] Internal: currency estimate;
        [Scope Totals] Internal: drawn;
    }
    MovedLapse {
        [Approvals] Internal: lapse subject work;
    }
    NumberRequested {
        [Documents] Internal: currency date discount due instalments invoice series;
    }
    OpeningBalance {
        [Scope] Internal: agreement customer drawn purchased;
    }
    OpeningCash {
        [Payments] Internal: amount book currency customer id value_date;
    }
    OpeningImported {
        [Scope] Internal: balances;
        [Documents] Internal: billed_elsewhere cutover dunning numbers;
        [Totals] Internal: cash history items totals;
    }
    OpeningLevel {
        [Documents] Internal: item level since;
    }
    OpeningNumber {
        [Documents] Internal: date number series;
    }
    PaidInvoice {
        [Totals] Internal: amount;
        [Documents] Internal: currency customer due issued number paid;
        [Approvals] Internal: decisions;
    }
    PeriodClosed {
        [Audit] Internal: how pack through;
    }
    PeriodReopened {
        [Audit] Personal: approver asked_by;
        [Audit] Internal: to;
    }
    PlanCommitted {
        [Documents] Internal: by carried invoices key period trigger;
    }
    ProposeEstimate {
        [Scope Totals] Internal: cap;
        [Scope] Internal: currency estimate expires scope;
    }
    Recovered {
        [Money] Internal: amount balances currency effective reason write_off;
    }
    RefundCredit {
        [Money] Internal: amount book currency exchange id item reason;
    }
    RefundDeclined {
        [Money] Internal: book order reason;
    }
    RefundProposed {
        [Approvals] Internal: approval;
        [Money] Internal: refund;
    }
    RefundReceipt {
        [Payments] Internal: amount book currency customer exchange id reason receipt;
        [Payments] Personal: payee;
    }
    ReopenAsked {
        [Audit] Personal: by;
        [Audit] Internal: to;
    }
    RequestDeposit {
        [Totals] Internal: amount;
        [Documents] Internal: code currency customer id includes_tax;
        [Scope] Internal: agreement estimate project;
        [Approvals] Internal: exchange;
    }
    ReservationWithdrawn {
        [Payments] Internal: book reason reservation;
    }
    ReturnedDraw {
        [Scope Totals] Internal: amount;
        [Scope] Internal: currency estimate;
    }
    ReturnedSeconds {
        [Scope] Internal: agreement seconds;
    }
    Reversal {
        [Documents] Public: amount currency kind reservation;
    }
    Stamp {
        [Audit] Personal: actor ip reason user_agent;
        [Audit] Internal: assurance at effective occurred role;
    }
    StandingFee {
        [Scope] Internal: account agreement fee from to;
    }
    StandingWork {
        [Time] Internal: account id source;
    }
    TakenSeconds {
        [Scope] Internal: agreement sale seconds;
    }
    VoidProposed {
        [Approvals] Internal: approval;
        [Documents] Internal: voiding;
    }
    Voided {
        [Documents] Public: invoice effective currency;
        [Totals] Public: gross;
        [Money] Public: net;
        [Documents] Internal: reason voiding;
    }
    Voiding {
        [Documents] Internal: currency id invoice number reason;
        [Totals] Internal: gross;
        [Money] Internal: net;
    }
    Waiting {
        [Documents] Internal: id reason source until;
    }
    WithdrawEstimate {
        [Scope] Internal: estimate;
    }
    WriteOff {
        [Money] Internal: amount currency exchange id item reason;
    }
    WriteOffProposed {
        [Approvals] Internal: approval;
        [Money] Internal: write_off;
    }
    WrittenOff {
        [Money] Internal: amount balances currency effective reason write_off;
    }
};
