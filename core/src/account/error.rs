use crate::error_code::errors;

errors! {
    /// Why an account refuses a command for reasons that belong to no single room below.
    pub enum AccountError {
        1901 "sale-twice" "expected a new sale, `{got}` stands already"
        /// Two sales share an id.
        SaleTwice {
            /// The sale.
            got: String
        },
        1902 "reservation-account" "expected a reservation for the account {expected}, got one for {got}"
        /// Money reserved for somebody else.
        ReservationAccount {
            /// This account.
            expected: String,
            /// The account it names.
            got: String,
        },
        1903 "reservation-applied" "expected a new reservation, `{got}` was applied before"
        /// The same reservation again, under another command.
        ReservationApplied {
            /// The reservation.
            got: String
        },
        1904 "draft-sums" "expected sums that follow from the lines of `{invoice}`, got others"
        /// A draft whose parts are not its whole.
        DraftSums {
            /// The invoice.
            invoice: String
        },
        1905 "applied-unknown" "expected a reservation that was applied here, got `{got}`"
        /// No such reservation was applied.
        ReservationUnknown {
            /// The reservation.
            got: String
        },
        1906 "reservation-unapplied" "expected an applied reservation, `{got}` was taken back before"
        /// It was taken back.
        ReservationUnapplied {
            /// The reservation.
            got: String
        },
        1907 "reservation-refused" "expected a reservation that stands, `{got}` was declined or its money taken back"
        /// It was answered before, or the bank took the receipt back before its money was applied.
        ReservationRefused {
            /// The reservation.
            got: String
        },
        1908 "opening-known" "expected something new as of {cutover}, all of it moved in before; nothing is booked"
        /// A finding: the same import again has no effect.
        OpeningKnown {
            /// The cut-over date.
            cutover: String
        },
        1909 "opening-conflict" "expected the {what} `{id}` as it moved in before, got other content"
        /// The same thing moves in twice with other content.
        OpeningConflict {
            /// What it is.
            what: &'static str,
            /// Its id.
            id: String,
        },
        1910 "transfer-self" "expected another account to go to, got `{got}` itself"
        /// A customer cannot leave for where it is.
        TransferSelf {
            /// This account.
            got: String
        },
        1911 "transfer-twice" "expected a new transfer, `{got}` was made before"
        /// Two transfers share a key.
        TransferTwice {
            /// The transfer.
            got: String
        },
        1912 "transfer-disputed" "expected no open dispute on what moves, found one on `{item}`"
        /// Settle it first: a dispute stays with the document it is about.
        TransferDisputed {
            /// The item.
            item: String
        },
        1913 "transfer-unknown" "expected the record of a release to `{account}`, got another"
        /// The record quoted lets nobody go to this account.
        TransferUnknown {
            /// This account.
            account: String
        },
        1914 "transfer-entry" "expected work that is not here yet, `{entry}` is"
        /// The same entry was captured here.
        TransferEntry {
            /// The entry.
            entry: String
        },
        1915 "customer-left" "expected a customer that is still here, `{customer}` left for `{to}`"
        /// Its work is captured, sold and billed where it is now.
        CustomerLeft {
            /// The customer.
            customer: String,
            /// The account it left for.
            to: String,
        },
        1916 "transfer-waiting" "expected nothing of the customer that waits to be decided or numbered, `{document}` does"
        /// Decide, issue or void it first: what it takes could not be told to the other account.
        TransferWaiting {
            /// The draft, credit note, write-off or estimate.
            document: String
        },
        1917 "transfer-order" "expected the transfer `{expected}` of the customer to be admitted first"
        /// Transfers of a customer from one account to another are admitted in the order they were made.
        TransferOrder {
            /// The transfer before.
            expected: String
        },
        1918 "transfer-fee" "expected days of the fee `{fee}` that are free here, {from} stands on a document or was skipped"
        /// The same days were billed on both sides: void the invoice here first.
        TransferFee {
            /// The fee.
            fee: String,
            /// The first day.
            from: String,
        },
        1930 "plan-committed" "expected a plan that was not carried out, `{got}` was"
        /// A plan is carried out once.
        PlanCommitted {
            /// Its key.
            got: String
        },
        1931 "plan-not-due" "expected the key of a plan that is due on {date}, got `{got}`"
        /// No trigger gives this plan on this date.
        PlanNotDue {
            /// The effective date.
            date: String,
            /// The key.
            got: String,
        },
        1932 "plan-changed" "expected the plan `{key}` as it was shown, it bills something else now"
        /// Something was captured, changed or billed since.
        PlanChanged {
            /// Its key.
            key: String
        },
        1933 "below-minimum" "expected at least {minimum} to bill, {net} is carried forward"
        /// Less than the minimum of an invoice: it waits for more.
        BelowMinimum {
            /// The minimum.
            minimum: String,
            /// What it comes to.
            net: String,
        },
        1934 "milestone-twice" "expected a new milestone, `{got}` was reached"
        /// A milestone is reached once.
        MilestoneTwice {
            /// The milestone.
            got: String
        },
        1935 "fee-days" "expected skipped days of the fee `{fee}` from {from}, found none"
        /// Nothing was skipped there.
        FeeDays {
            /// The fee.
            fee: String,
            /// The first day.
            from: String,
        },
        1936 "bill-before-work" "expected to bill on or after {done}, when `{entry}` was done or sold, got {got}"
        /// An invoice is not issued before what it bills; choose a later date, or a period that ends before.
        BillBeforeWork {
            /// The entry or sale.
            entry: String,
            /// Its day.
            done: String,
            /// The effective date.
            got: String,
        },
        1941 "opening-late" "expected `{customer}` to move in before its account has a document here, `{document}` stands"
        /// What another system had open moves in first: later it would be a way round every approval.
        OpeningLate {
            /// The customer; the payer where none is named.
            customer: String,
            /// A document of the account.
            document: String,
        },
        1942 "opening-number" "expected a number of another system, `{number}` was given to `{document}` here"
        /// Two documents would have one number.
        OpeningNumber {
            /// The number.
            number: String,
            /// The document that has it.
            document: String,
        },
        1943 "opening-work" "expected work that is not here, `{got}` was captured or sold"
        /// What is here is billed, credited or left out here.
        OpeningWork {
            /// The entry or sale.
            got: String
        },
        1944 "opening-block" "expected the hours of an agreement that was not sold here, `{got}` was"
        /// Hours that are sold here count here.
        OpeningBlock {
            /// The agreement.
            got: String
        },
        1945 "opening-own" "expected an item that moves in, `{got}` was issued here"
        /// How far reminding went is known here.
        OpeningOwn {
            /// The item.
            got: String
        },
        1949 "refund-unknown" "expected a refund that waits for its cash book, got `{got}`"
        /// Nothing of that name was ordered, or it was answered before.
        RefundUnknown {
            /// What was named.
            got: String
        },
        1950 "fixed-price" "expected an agreed amount above 0, got {got} minor units"
        /// Nothing was agreed.
        FixedPrice {
            /// What came.
            got: i64
        },
    }
}
