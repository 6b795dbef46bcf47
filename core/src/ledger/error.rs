use crate::error_code::errors;

errors! {
    /// Why an open item cannot move.
    pub enum LedgerError {
        1401 "item-unknown" "expected an open item of this account, got `{got}`"
        /// No such item.
        Unknown {
            /// The item.
            got: String
        },
        1402 "over-allocation" "expected an allocation of at most the {open} open on `{item}`, got {got}"
        /// More than is open; the excess stays unapplied.
        Over {
            /// The item.
            item: String,
            /// What is open.
            open: String,
            /// What came.
            got: String,
        },
        1403 "allocation-sign" "expected an amount above 0 on `{item}`, got {got}"
        /// Nothing, or the wrong way.
        Sign {
            /// The item.
            item: String,
            /// What came.
            got: String,
        },
        1404 "item-twice" "expected a new item, `{got}` stands already"
        /// Two items share an id.
        Twice {
            /// The item.
            got: String
        },
        1405 "allocation-currency" "expected {expected} on `{item}`, got {got}"
        /// Money of another currency.
        Currency {
            /// The item.
            item: String,
            /// Its currency.
            expected: String,
            /// What came.
            got: String,
        },
        1406 "opening-amounts" "expected an open amount between 0 and the total of `{item}`, got {open} of {total}"
        /// An opening balance that cannot be.
        Opening {
            /// The item.
            item: String,
            /// What is open.
            open: String,
            /// What it was.
            total: String,
        },
        1407 "dispute-amount" "expected a disputed amount above 0 and at most the {open} open and undisputed on `{item}`, got {got}"
        /// More is disputed than is open.
        Dispute {
            /// The item.
            item: String,
            /// What is open and undisputed.
            open: String,
            /// What came.
            got: String,
        },
        1408 "item-not-open-yet" "expected a date on or after {opened}, when `{item}` was opened, got {got}"
        /// Something would count before the item does.
        Early {
            /// The item.
            item: String,
            /// When it was opened.
            opened: String,
            /// The date that came.
            got: String,
        },
        1409 "item-risen" "expected at most the {fallen} that fell on `{item}` to be taken back, got {got}"
        /// More would be open again than ever fell.
        Risen {
            /// The item.
            item: String,
            /// What fell.
            fallen: String,
            /// What came.
            got: String,
        },
        1430 "item-instalments" "expected instalments of `{item}` in order that add up to {expected}, got {got}"
        /// Instalments that do not make the item.
        Instalments {
            /// The item.
            item: String,
            /// Its total.
            expected: String,
            /// What they add up to.
            got: String,
        },
    }
}
