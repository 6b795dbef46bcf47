//! The invoices of another system, and what a comparison with them says.

use crate::calendar::Date;
use crate::canon::{shape, words};
use crate::finding::Finding;
use crate::id::Id;
use crate::invoice::Period;
use crate::money::{Currency, Minor, Price};

shape! {
    /// A line of an invoice of another system; what is left out is not compared.
    pub struct OldLine {
        /// Its charge code.
        pub code: Option<Id>,
        /// The work it bills: ids of entries.
        pub entries: Vec<Id>,
        /// Net and tax.
        pub gross: Option<Minor>,
        /// Before tax.
        pub net: Option<Minor>,
        /// Hours of time, or pieces.
        pub quantity: Option<Price>,
        /// Tax.
        pub tax: Option<Minor>,
        /// Its ticket.
        pub ticket: Option<Id>,
    }
}

shape! {
    /// An invoice of another system; sums that are left out are those of its lines.
    pub struct OldInvoice {
        /// The currency of every amount.
        pub currency: Currency,
        /// Who is billed, or a customer that they pay for.
        pub customer: Id,
        /// Net and tax.
        pub gross: Option<Minor>,
        /// Its lines.
        pub lines: Vec<OldLine>,
        /// Before tax.
        pub net: Option<Minor>,
        /// Its number.
        pub number: Id,
        /// Tax.
        pub tax: Option<Minor>,
    }
}

shape! {
    /// How far amounts of a currency may lie apart and count as equal.
    pub struct Tolerance {
        /// The most.
        pub amount: Minor,
        /// The currency.
        pub currency: Currency,
    }
}

shape! {
    /// Asks how what would be billed compares with the invoices of another system.
    pub struct ShadowRequest {
        /// The day of the dry run.
        pub as_of: Date,
        /// The invoices of the other system.
        pub invoices: Vec<OldInvoice>,
        /// The days to be billed by hand; what the plans of the policy bill when left out.
        pub period: Option<Period>,
        /// How far amounts may lie apart; not at all in other currencies.
        pub tolerances: Vec<Tolerance>,
    }
}

words! {
    /// How something here compares with something there.
    pub enum ShadowVerdict {
        /// Nothing differs.
        Equal = "equal",
        /// Something differs.
        Differs = "differs",
        /// There is none there.
        OnlyOurs = "only_ours",
        /// There is none here.
        OnlyTheirs = "only_theirs",
    }
}

words! {
    /// What can differ.
    pub enum ShadowField {
        /// The charge code.
        Code = "code",
        /// The work that is billed.
        Entries = "entries",
        /// Net and tax.
        Gross = "gross",
        /// How many invoices there are.
        Invoices = "invoices",
        /// Before tax.
        Net = "net",
        /// Hours or pieces.
        Quantity = "quantity",
        /// Tax.
        Tax = "tax",
        /// The ticket.
        Ticket = "ticket",
    }
}

shape! {
    /// Something that differs.
    pub struct ShadowDifference {
        /// What.
        pub field: ShadowField,
        /// As it is here; empty where there is none.
        pub ours: String,
        /// As it is there; empty where there is none.
        pub theirs: String,
    }
}

shape! {
    /// Where a line of theirs stands.
    pub struct TheirLine {
        /// Its place in its invoice, from 0.
        pub at: u64,
        /// The number of the invoice.
        pub invoice: Id,
    }
}

shape! {
    /// A line here and one there that bill the same, or one that has none; several where they bill the same work in other
    /// parts.
    pub struct ShadowLine {
        /// The charge code, as it is here where there is one; left out where there are several.
        pub code: Option<Id>,
        /// What differs, of their sums where there are several.
        pub differences: Vec<ShadowDifference>,
        /// What ours come to before tax.
        pub our_net: Option<Minor>,
        /// Our lines, as the dry run calls them.
        pub ours: Vec<Id>,
        /// What theirs come to before tax, where they say it.
        pub their_net: Option<Minor>,
        /// Their lines.
        pub theirs: Vec<TheirLine>,
        /// The ticket, as it is here where there is one; left out where there are several.
        pub ticket: Option<Id>,
        /// How they compare.
        pub verdict: ShadowVerdict,
    }
}

shape! {
    /// Sums of invoices in one currency.
    pub struct ShadowSums {
        /// Net and tax; left out where it is not known.
        pub gross: Option<Minor>,
        /// How many invoices.
        pub invoices: u64,
        /// Before tax; left out where it is not known.
        pub net: Option<Minor>,
        /// Tax; left out where it is not known.
        pub tax: Option<Minor>,
    }
}

shape! {
    /// What a payer is billed in one currency, here and there.
    pub struct ShadowPayer {
        /// The currency.
        pub currency: Currency,
        /// Sums that differ, and how many invoices there are where that does.
        pub differences: Vec<ShadowDifference>,
        /// Lines: theirs in their order, with ours, then those that are only ours.
        pub lines: Vec<ShadowLine>,
        /// Sums here.
        pub ours: ShadowSums,
        /// The payer.
        pub payer: Id,
        /// Sums there.
        pub theirs: ShadowSums,
        /// How sums and lines compare.
        pub verdict: ShadowVerdict,
    }
}

shape! {
    /// How many compare in which way.
    pub struct ShadowCount {
        /// Of which something differs.
        pub differs: u64,
        /// Of which nothing differs.
        pub equal: u64,
        /// Only here.
        pub only_ours: u64,
        /// Only there.
        pub only_theirs: u64,
    }
}

shape! {
    /// What all payers are billed in one currency, here and there.
    pub struct ShadowTotal {
        /// The currency.
        pub currency: Currency,
        /// Ours less theirs: net and tax; left out where one of them is not known.
        pub difference: Option<Minor>,
        /// Sums here.
        pub ours: ShadowSums,
        /// Sums there.
        pub theirs: ShadowSums,
    }
}

shape! {
    /// How what would be billed compares with the invoices of another system.
    pub struct ShadowRun {
        /// The day of the dry run.
        pub as_of: Date,
        /// Whether nothing differs.
        pub equal: bool,
        /// What stood in the way of our plans, by account.
        pub findings: Vec<Finding>,
        /// How lines compare.
        pub lines: ShadowCount,
        /// Customers of their invoices whose account was not given.
        pub missing: Vec<Id>,
        /// By payer and currency.
        pub payers: Vec<ShadowPayer>,
        /// By currency; currencies are never added.
        pub totals: Vec<ShadowTotal>,
        /// How payers compare, each currency by itself.
        pub verdicts: ShadowCount,
    }
}
