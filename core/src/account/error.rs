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
        1921 "applied-unknown" "expected a reservation that was applied here, got `{got}`"
        /// No such reservation was applied.
        ReservationUnknown {
            /// The reservation.
            got: String
        },
        1922 "reservation-unapplied" "expected an applied reservation, `{got}` was taken back before"
        /// It was taken back.
        ReservationUnapplied {
            /// The reservation.
            got: String
        },
        1923 "reservation-withdrawn" "expected money that stands, the bank took back that of `{got}`"
        /// The bank took the receipt back before its money was applied.
        ReservationWithdrawn {
            /// The reservation.
            got: String
        },
    }
}
