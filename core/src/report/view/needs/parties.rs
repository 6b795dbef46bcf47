//! Who stands on documents, and how and when they are paid.

use super::{Table, classed};

pub(super) const TABLE: Table = classed! {
    Address {
        [Documents] Public: city country lines postal_code subdivision;
    }
    CodeName {
        [Documents] Public: code name;
    }
    CustomerName {
        [Documents] Public: customer name;
    }
    DueRule {
        [Documents] Internal: days end_of_month on_day weeks;
    }
    EarlyDiscount {
        [Documents] Internal: days percent tax;
    }
    EqualParts {
        [Documents] Internal: count days first months;
    }
    FrozenParty {
        [Documents] Public: address id language legal_name trade_name;
        [Documents] Internal: channel registration;
        [Documents] Personal: contact tax_ids;
    }
    Header {
        [Documents] Public: buyer buyer_reference contract customers notes payment_means purchase_order seller
            type_code wording;
    }
    MonthDay {
        [Documents] Internal: day months;
    }
    NextDay {
        [Documents] Internal: after days;
    }
    PaymentMeans {
        [Documents] Public: account account_name code currency servicer;
    }
    PaymentTerms {
        [Documents] Internal: days discount end_of_month id instalments on_day weeks;
    }
    ReferenceRule {
        [Documents] Internal: length_digit prefix scheme series width;
    }
    SharedPart {
        [Documents] Internal: counts_from due percent round_to;
    }
    SharedParts {
        [Documents] Internal: parts;
    }
    TaxId {
        [Documents] Internal: scheme;
        [Documents] Personal: value;
    }
    Wording {
        [Documents] Public: names;
    }
};
