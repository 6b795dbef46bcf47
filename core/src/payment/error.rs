use crate::error_code::errors;

errors! {
    /// Why money cannot be booked.
    pub enum PaymentError {
        1501 "statement-sum" "expected receipts that add up to the {entry} of the statement entry, got {receipts}"
        /// The parts of a bank line are not its whole.
        StatementSum {
            /// Amount of the bank line.
            entry: String,
            /// Sum of its receipts.
            receipts: String,
        },
        1502 "receipt-amount" "expected an amount above 0, got {got}"
        /// No money came in.
        Amount {
            /// The amount.
            got: String
        },
        1503 "receipt-conflict" "expected the bank transaction `{id}` as it was received, got other content"
        /// The same bank transaction came with other content.
        Conflict {
            /// The bank transaction.
            id: String
        },
        1504 "receipt-known" "expected a new bank transaction, `{id}` was received before; nothing is booked"
        /// A finding: the same bank transaction again has no effect.
        Known {
            /// The bank transaction.
            id: String
        },
        1505 "receipt-unknown" "expected a receipt of this cash book, got `{got}`"
        /// No such receipt.
        Unknown {
            /// The receipt.
            got: String
        },
        1506 "receipt-overspent" "expected at most the {left} that is left of `{receipt}`, got {got}"
        /// More would be reserved than came in.
        Overspent {
            /// The receipt.
            receipt: String,
            /// What is left.
            left: String,
            /// What was asked for.
            got: String,
        },
        1507 "receipt-currency" "expected {expected} as `{receipt}` has, got {got}"
        /// An allocation in another currency.
        Currency {
            /// The receipt.
            receipt: String,
            /// Its currency.
            expected: String,
            /// What came.
            got: String,
        },
        1508 "reservation-unknown" "expected a reservation of this cash book, got `{got}`"
        /// No such reservation.
        ReservationUnknown {
            /// The reservation.
            got: String
        },
        1509 "reservation-settled" "expected a pending reservation, `{id}` is {status}"
        /// It was confirmed or released before.
        ReservationSettled {
            /// The reservation.
            id: String,
            /// What it is.
            status: &'static str,
        },
        1510 "reservation-twice" "expected a new reservation, `{id}` stands already"
        /// Two reservations share an id.
        ReservationTwice {
            /// The reservation.
            id: String
        },
        1511 "reservation-empty" "expected at least one allocation with cash, found none"
        /// Nothing would be paid.
        ReservationEmpty,
        1512 "receipt-assigned" "expected an unassigned receipt, `{receipt}` belongs to `{customer}`"
        /// Its customer is known and money of it is spent.
        Assigned {
            /// The receipt.
            receipt: String,
            /// Its customer.
            customer: String,
        },
        1513 "fee-tolerance" "expected a tolerance of at least 0, got {got}"
        /// A negative tolerance.
        Tolerance {
            /// The tolerance.
            got: String
        },
        1514 "plan-twice" "expected one plan of the receipt `{receipt}`, got another"
        /// Two plans of one receipt in a batch.
        PlanTwice {
            /// The receipt.
            receipt: String
        },
        1515 "adjustment-kind" "expected no adjustment but a fee here, got `{got}`"
        /// A difference that needs rules and approvals of its own.
        AdjustmentKind {
            /// The kind.
            got: &'static str
        },
        1516 "fee-over-tolerance" "expected fees above 0 and at most {tolerance} on an item, got {got}"
        /// A fee that the policy does not tolerate.
        FeeOver {
            /// The tolerance.
            tolerance: String,
            /// The fee.
            got: String,
        },
        1517 "adjustment-reason" "expected a reason beside the adjustment `{kind}`, found none"
        /// A difference that nobody could explain in ten years.
        AdjustmentReason {
            /// The kind.
            kind: &'static str
        },
        1518 "adjustment-amount" "expected a {kind} above 0 and at most {most}, got {got}"
        /// A difference of the wrong sign, or beyond what policy and terms allow.
        AdjustmentAmount {
            /// The kind.
            kind: &'static str,
            /// Most that is allowed.
            most: String,
            /// What came.
            got: String,
        },
        1519 "receipt-reversed" "expected a receipt that the bank has not taken back, `{receipt}` is reversed"
        /// The bank took it back before.
        Reversed {
            /// The receipt.
            receipt: String
        },
        1520 "refund-twice" "expected a new refund, `{id}` stands already"
        /// Two refunds share an id.
        RefundTwice {
            /// The refund.
            id: String
        },
        1521 "receipt-below-zero" "expected money left of `{receipt}`, {got} was paid back before the bank took it back"
        /// A finding: it was refunded and reversed, so that its payer owes the refund.
        BelowZero {
            /// The receipt.
            receipt: String,
            /// What was refunded.
            got: String,
        },
        1522 "withholding-percent" "expected a share from 0 to 100 percent, got {got}"
        /// A policy that withholds more than everything.
        WithholdingPercent {
            /// The share.
            got: String
        },
        1523 "refund-unapproved" "expected money of `{receipt}` to be asked back in its account, or, of an unknown payer, to go back to the bank account it came from, got the payee `{payee}`"
        /// Refunds are approved: nobody pays one past that.
        RefundUnapproved {
            /// The receipt.
            receipt: String,
            /// Who was to get it.
            payee: String,
        },
        1525 "refund-customer" "expected a receipt of `{customer}`, `{receipt}` is of somebody else or of nobody known"
        /// Another customer's money, or nobody's yet.
        RefundCustomer {
            /// Whose money is to go back.
            customer: String,
            /// The receipt.
            receipt: String,
        },
        1598 "named-other" "expected the number `{number}` of `{item}` among those that the receipt names"
        /// The plan that reserved the money said that the item has another number.
        NamedOther {
            /// The item.
            item: String,
            /// Its number.
            number: String,
        },
        1599 "refund-reserved" "expected an id of a refund that does not begin as those of orders do, got `{id}`"
        /// The id is one under which the order of an account is answered.
        RefundReserved {
            /// The id.
            id: String
        },
    }
}
