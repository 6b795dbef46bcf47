//! Work and what it costs.

use super::{Table, classed};

pub(super) const TABLE: Table = classed! {
    Article {
        [Documents] Public: name sku;
    }
    Charge {
        [Scope] Public: agreement coverage fee;
        [Time] Personal: agent;
        [Time] Public: article band code date end entry no_charge quantity raw_seconds rounding source start ticket
            unit;
        [Rates] Public: factor multiplier price rate;
        [Money] Public: net;
    }
    Coverage {
        [Scope] Public: after agreement before;
    }
    Entry {
        [Time] Personal: agent;
        [Time] Internal: billable code customer id note_class priority revision role ticket work work_type;
        [Notes] Personal: note;
    }
    FeePart {
        [Scope] Public: end fee from of proration start to;
    }
    Part {
        [Time] Internal: date description quantity sku;
        [Rates] Internal: unit_price;
    }
    Rounded {
        [Time] Public: before due raw rule;
    }
    Ticket {
        [Scope] Internal: agreement customer id project purchase_order site tags ticket_type;
        [ServiceLevel] Internal: closed priority status status_since;
        [Notes] Personal: subject;
    }
    Time {
        [Time] Internal: end start;
    }
    TimeRounding {
        [Time] Public: grace_seconds id increment_seconds maximum_seconds minimum_seconds mode scope;
    }
};
