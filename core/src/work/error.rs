use crate::error_code::errors;

errors! {
    /// What can be wrong with captured work.
    pub enum WorkError {
        1001 "entry-ends-before-start" "expected an end at or after the start {start}, got {end}"
        /// Time runs forward; a zero-length entry is kept with a finding.
        EndsBeforeStart {
            /// When it starts.
            start: String,
            /// When it ends.
            end: String,
        },
        1002 "entry-too-long" "expected an entry of at most {limit} hours, got {got}"
        /// Longer than any person works.
        TooLong {
            /// Hours allowed.
            limit: u32,
            /// Hours that came.
            got: i64,
        },
        1003 "entry-zero-length" "expected time between start and end, found none; billed 0"
        /// A finding: kept and billed 0.
        ZeroLength,
        1004 "ticket-unknown" "expected a captured ticket, got `{got}`"
        /// The entry names a ticket that the account does not have.
        TicketUnknown {
            /// The ticket.
            got: String
        },
        1005 "customer-outside" "expected a customer that this account pays for, got `{got}`"
        /// The work is for somebody else.
        CustomerUnknown {
            /// The customer.
            got: String
        },
        1006 "customer-missing" "expected a ticket or a customer on the entry, found neither"
        /// Nobody can be billed for it.
        CustomerMissing,
        1007 "unmapped" "expected a mapping rule for this work, found none"
        /// No charge code fits: the work waits.
        Unmapped,
        1008 "code-unknown" "expected a charge code of the rulebook, got `{got}`"
        /// The entry names a code that the rulebook does not have.
        CodeUnknown {
            /// The code.
            got: String
        },
        1009 "part-quantity" "expected a quantity above 0, got {got}"
        /// Nothing, or less than nothing, was delivered.
        PartQuantity {
            /// The quantity.
            got: String
        },
        1010 "source-changed" "expected the entry as it was billed, got revision {got}, which counts once the work is free again"
        /// The source changed an entry after it was billed: the billed one stands until its document is void or
        /// its line is credited to be billed again.
        SourceChanged {
            /// The revision that came.
            got: u32
        },
        1011 "entry-conflict" "expected revision {revision} as it was captured, got other content"
        /// The same revision came with other content.
        EntryConflict {
            /// The revision.
            revision: u32
        },
        1012 "code-id-twice" "expected each charge code once, got `{got}` again"
        /// Two charge codes share an id.
        CodeIdTwice {
            /// The id.
            got: String
        },
        1013 "mapping-equal" "expected rules that can be told apart, got two for the code `{first}` and the code `{second}` with the same conditions"
        /// Two mapping rules would apply equally.
        MappingEqual {
            /// Code of the rule that stands first.
            first: String,
            /// Code of the rule that came.
            second: String,
        },
        1014 "code-circular" "expected a parent above the charge code, `{got}` is its own ancestor"
        /// The tree of codes has a circle.
        CodeCircular {
            /// The code.
            got: String
        },
        1015 "entry-id-twice" "expected each entry once in a command, got `{got}` again"
        /// One command brings an entry twice.
        EntryIdTwice {
            /// The entry.
            got: String
        },
        1016 "entry-billed-elsewhere" "expected work that was not billed before the cut-over, got `{got}`"
        /// The work was billed by the system that the account moved in from.
        BilledElsewhere {
            /// The entry.
            got: String
        },
        1017 "part-price" "expected a price of at least 0, got {got}"
        /// A part that would lower the invoice; that is a credit note.
        PartPrice {
            /// The price.
            got: String
        },
        1018 "ticket-id-twice" "expected each ticket once in a command, got `{got}` again"
        /// One command brings a ticket twice.
        TicketIdTwice {
            /// The ticket.
            got: String
        },
        1019 "part-description" "expected 1 to {limit} visible characters on one line, got `{got}`"
        /// What a part is called cannot be printed on an invoice.
        PartDescription {
            /// Characters allowed.
            limit: usize,
            /// The description, escaped.
            got: String
        },
    }
}
