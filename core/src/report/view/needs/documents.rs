//! Invoices, credit notes, what is known of them, and what people read of a whole account.

use super::{Table, classed};

pub(super) const TABLE: Table = classed! {
    Acceptance {
        [Documents] Public: document;
    }
    AccountView {
        [Documents] Internal: account as_of invoices opening_items;
        [Approvals] Internal: approvals;
        [Scope] Internal: blocks estimates unbilled withheld;
        [Money] Internal: credits deposits refunds write_offs;
        [Disputes] Internal: disputes;
        [Audit] Internal: findings;
    }
    AccountWork {
        [Totals] Internal: account seconds;
    }
    AdjustmentExplanation {
        [Rates] Public: adjustment falls text;
    }
    AdjustmentShare {
        [Money] Public: amount net taxes;
    }
    AmountRule {
        [Money] Public: cash_rounding cash_step discount en16931 prices_include_tax tax_rounding;
    }
    ApprovalExplanation {
        [Approvals] Internal: asked currency decisions digest kind rules status subject;
        [Approvals] Personal: author;
        [Approvals Totals] Internal: net;
    }
    ApprovalView {
        [Approvals] Internal: currency decisions digest kind needed open subject;
        [Approvals Totals] Internal: net;
    }
    Assigned {
        [Audit] Internal: account counter date invoice number period series customer receipt;
    }
    BlockView {
        [Scope] Internal: agreement drawn left purchased;
    }
    CashBookView {
        [Payments] Internal: as_of book payouts receipts settlements;
    }
    ChargeExplanation {
        [Rates] Public: charge recomputed steps;
    }
    ClosedLog {
        [Money] Internal: head hard log soft;
    }
    ClosedPack {
        [Audit] Internal: digest from;
    }
    ClosingPack {
        [Money] Internal: from logs sections tasks through;
    }
    ClosingSection {
        [Money] Internal: currency journal receivables unapplied_cash;
    }
    CollectionHold {
        [Documents] Internal: reason_code;
    }
    Contact {
        [Notes] Internal: channel;
        [Notes] Personal: note;
    }
    CreditAmounts {
        [Money] Internal: amounts currency;
    }
    CreditGross {
        [Money] Internal: amount currency taxes;
    }
    CreditLine {
        [Documents] Public: description line quantity unit_code whole;
        [Money] Public: net taxes;
    }
    CreditLines {
        [Documents] Internal: lines;
    }
    CreditNote {
        [Documents] Public: currency effect header id invoice lines payer preceding preceding_issued reason
            series;
        [Totals] Public: totals;
        [Documents] Internal: keeps_hours;
    }
    CreditQuantities {
        [Documents] Internal: quantities;
    }
    CreditView {
        [Documents] Public: currency effect header id invoice issued label lines number preceding
            preceding_issued reason settlement state;
        [Totals] Public: open totals;
    }
    CreditWhole {}
    CurrencySummary {
        [Totals] Internal: awaiting_approval currency gross invoices net zero_invoices;
    }
    DeductionView {
        [Money] Internal: amount invoice;
    }
    Delivery {
        [Documents] Public: channel document status;
    }
    Deposit {
        [Money] Public: amount document number taxes;
    }
    DepositView {
        [Money] Internal: amount credited currency customer deductions invoice left paid;
        [Scope] Internal: agreement estimate project;
    }
    DiscountOffer {
        [Documents] Public: amount net percent tax taxes treatment until;
    }
    DiscountTaxShare {
        [Documents] Public: category percent tax;
    }
    DisputeEvidence {
        [Disputes] Public: hash media_type size;
    }
    DisputeView {
        [Disputes Totals] Public: accepted amount;
        [Disputes] Personal: by;
        [Disputes] Public: currency dispute evidence extension frozen invoice lines outcome reason_code remedy since
            state;
    }
    Draft {
        [Documents] Public: currency header id lines payer period supply;
        [Money] Public: adjustments deposits;
        [Documents] Internal: grouping reference series subtotals terms zone_data;
        [Totals] Public: totals;
    }
    DueExtension {
        [Disputes Totals] Public: amount;
        [Disputes] Public: clock days;
    }
    EstimateView {
        [Scope Totals] Internal: cap drawn left;
        [Scope] Internal: currency estimate expires scope status withdrawn;
    }
    Explanation {
        [Rates] Public: adjustments charges currency description invoice line net number;
    }
    GroupValue {
        [Documents] Public: key value;
    }
    HoldEnd {}
    HostLabelled {
        [Documents] Internal: label;
    }
    ImportedNumber {
        [Audit] Internal: counter date number period;
    }
    Instalment {
        [Documents] Public: amount due;
    }
    InvoiceView {
        [Money] Public: adjustments deposits net prepaid rounding tax taxes withheld;
        [Documents] Public: currency draws due en16931 header id issued label life lines number
            payment_reference period settlement state;
        [Totals] Public: disputed gross open payable;
        [Documents] Internal: void_reason;
    }
    ItemView {
        [Documents] Public: currency customer due dunning_level id label number payment_reference
            settlement tone;
        [Totals] Public: disputed open total;
    }
    JournalLine {
        [Money] Internal: account credit debit tax;
    }
    JournalTax {
        [Money] Internal: category percent role;
    }
    KnownFact {
        [Documents] Internal: at effective fact state;
        [Documents] Personal: by;
    }
    Labelled {
        [Documents] Public: label reason tone;
        [Documents] Internal: next_step;
    }
    LifeView {
        [Documents] Public: accepted delivery viewed;
        [Documents] Internal: facts held host_label;
    }
    Line {
        [Money] Public: adjustments amount net taxes;
        [Time] Public: charges;
        [Documents] Public: code customer description id quantity sku ticket unit unit_code;
        [Rates] Public: price;
    }
    LineAmount {
        [Money] Internal: line net;
    }
    LineQuantity {
        [Documents] Internal: line quantity;
    }
    LineTax {
        [Money] Public: category percent role;
    }
    NumberAudit {
        [Audit] Internal: duplicates foreign gaps out_of_order periods;
    }
    NumberGap {
        [Audit] Internal: first last period;
    }
    NumberedPeriod {
        [Audit] Internal: count first last period;
    }
    Numbering {
        [Audit] Internal: dates fiscal_name fiscal_start last pattern reset series;
    }
    NumbersImported {
        [Audit] Internal: numbers;
    }
    NumbersView {
        [Audit] Internal: audit numbers series;
    }
    OpenRequest {
        [Approvals] Internal: asked currency digest escalated escalates expired expires kind next subject why;
        [Approvals] Personal: author excluded;
        [Approvals Totals] Internal: net;
    }
    Period {
        [Documents] Public: from to;
    }
    PlanView {
        [Documents] Internal: by carried digest due invoices key period trigger;
        [Audit] Internal: findings;
    }
    PlansView {
        [Documents] Internal: account as_of plans waiting;
    }
    PriceAdjustment {
        [Money] Public: amount base kind lines net one_off percent reason reason_code shares;
    }
    Promise {
        [Documents] Public: by;
    }
    ReceiptView {
        [Payments] Internal: amount currency customer entry fee id plan refunded refunds reservations reversed
            unapplied value_date;
        [Payments] Personal: payer_name;
    }
    RefundView {
        [Money] Internal: amount book currency declined effective id item reason receipt status;
    }
    Remark {
        [Notes] Personal: note;
    }
    ReservationView {
        [Payments] Internal: account allocations id status;
    }
    Review {}
    RollForward {
        [Money] Internal: closing decrease increase opening unexplained;
    }
    RuleExplanation {
        [Approvals] Internal: met rule seen who why;
    }
    SettlementView {
        [Payments] Internal: amount currency debited debits effective entry fees gross own_fees;
    }
    Step {
        [Rates] Public: because row text;
    }
    Subtotal {
        [Money] Public: agreement customer net;
    }
    Summary {
        [Totals] Internal: billed_seconds currencies entries raw_seconds tickets unbilled_entries work worked;
        [Audit] Internal: findings;
    }
    TaxRow {
        [Money] Public: base category exemption exemption_code percent role tax treatment;
    }
    Totals {
        [Money] Public: allowance charge en16931 gross lines net payable prepaid rounding rule tax taxes
            withheld;
    }
    UnbilledView {
        [Scope] Internal: entry seconds ticket;
    }
    WaitingItem {
        [Totals] Internal: amount currency;
        [Documents] Internal: customer item number promised since;
    }
    WithheldView {
        [Scope] Internal: id lapse subject;
    }
    WorkSeconds {
        [Totals] Internal: billed covered no_charge recorded unapproved wip written_down;
    }
    Worklist {
        [Approvals] Internal: account at failed overdue requests unused_credits;
    }
    WriteOffView {
        [Money] Internal: amount currency effective id item reason recovered;
    }
};
