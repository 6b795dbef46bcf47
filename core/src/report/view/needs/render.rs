//! Documents as data. They are for their buyer, so all of them is public; what a role needs beyond that is asked
//! of it before a model is made, because a part of a document would be another document.

use super::{Table, classed};

pub(super) const TABLE: Table = classed! {
    RenderAmount {
        [Documents Totals] Public: amount currency digits;
    }
    RenderCell {
        [Documents] Public: values;
    }
    RenderCode {
        [Documents] Public: code;
    }
    RenderCount {
        [Documents] Public: count;
    }
    RenderDate {
        [Documents] Public: date;
    }
    RenderDigest {
        [Documents] Public: digest;
    }
    RenderDuration {
        [Documents] Public: seconds;
    }
    RenderEntry {
        [Documents] Public: key strong values;
    }
    RenderInstant {
        [Documents] Public: at;
    }
    RenderModel {
        [Documents] Public: document kind language sections stage title version;
    }
    RenderNumber {
        [Documents] Public: number;
    }
    RenderPercent {
        [Documents] Public: percent;
    }
    RenderPeriod {
        [Documents] Public: from to;
    }
    RenderPrice {
        [Documents Rates] Public: currency digits per price;
    }
    RenderRow {
        [Documents] Public: cells facts kind;
    }
    RenderSection {
        [Documents] Public: entries key table;
    }
    RenderSpan {
        [Documents] Public: hours;
    }
    RenderTable {
        [Documents] Public: columns rows;
    }
    RenderText {
        [Documents] Public: text;
    }
    RenderWord {
        [Documents] Public: word;
    }
    Rendered {
        [Documents] Public: digest model state;
    }
};
