use crate::error_code::errors;

errors! {
    /// Why something cannot be done with an invoice.
    pub enum InvoiceError {
        1301 "invoice-unknown" "expected an invoice of this account, got `{got}`"
        /// No such invoice.
        Unknown {
            /// The invoice.
            got: String
        },
        1302 "invoice-state" "expected an invoice that allows {command}, `{invoice}` is {state}"
        /// The state does not allow the command.
        State {
            /// The invoice.
            invoice: String,
            /// Its state.
            state: &'static str,
            /// The command.
            command: &'static str,
        },
        1303 "invoice-number-pending" "expected no {command} while the number of `{invoice}` is under way"
        /// Its number is requested: whatever happens now would leave a gap.
        NumberPending {
            /// The invoice.
            invoice: String,
            /// The command.
            command: &'static str,
        },
        1304 "invoice-allocated" "expected no live allocation on `{invoice}`, found {fallen}"
        /// Money stands on it; unapply it first or credit the invoice.
        Allocated {
            /// The invoice.
            invoice: String,
            /// What was allocated.
            fallen: String,
        },
        1305 "nothing-to-bill" "expected unbilled work up to {to}, found none that can be billed"
        /// No entry is ready; the findings say why of each that is not.
        NothingToBill {
            /// Last day of the period.
            to: String
        },
        1306 "period-order" "expected a period that ends on or after its start, got {from} to {to}"
        /// A period that covers nothing.
        PeriodOrder {
            /// First day.
            from: String,
            /// Last day.
            to: String,
        },
        1307 "terms-days" "expected at most {limit} days or months of payment terms, got {got}"
        /// Terms that never fall due.
        TermsDays {
            /// Days or months allowed.
            limit: u32,
            /// What came.
            got: u32,
        },
        1308 "dispute-unknown" "expected an open dispute of this account, got `{got}`"
        /// No such dispute, or it is settled.
        DisputeUnknown {
            /// The dispute.
            got: String
        },
        1309 "dispute-twice" "expected a new dispute, `{got}` stands already"
        /// Two disputes share an id.
        DisputeTwice {
            /// The dispute.
            got: String
        },
        1310 "number-mismatch" "expected the answer to what `{invoice}` asked, got one from {got}"
        /// A number of another series, account or date.
        NumberMismatch {
            /// The invoice.
            invoice: String,
            /// Where the answer came from.
            got: String,
        },
        1331 "adjustment-form" "expected either an amount or a percentage of an allowance or charge"
        /// Neither or both.
        AdjustmentForm,
        1332 "adjustment-range" "expected a percentage not below 0, and of an allowance at most 100, got {got}"
        /// A percentage that turns its sign around, or gives more than all.
        AdjustmentRange {
            /// What came.
            got: String
        },
        1333 "cash-step" "expected one positive step per currency, got {currency}"
        /// A step that rounds nothing, or a second one.
        CashStep {
            /// The currency, or the step in minor units.
            currency: String
        },
        1334 "base-quantity" "expected a base quantity above 0, got {got}"
        /// A price for nothing.
        BaseQuantity {
            /// The base quantity.
            got: String
        },
        1335 "deposit-tax" "expected a deposit `{document}` within what is taxed as {category} {percent} percent"
        /// The final document taxes less than its deposits did.
        DepositTax {
            /// The document that billed the deposit.
            document: String,
            /// The category.
            category: String,
            /// The rate.
            percent: String,
        },
        1336 "credit-exceeds" "expected at most {left} minor units of {what} to be credited, got {got}"
        /// More than what earlier credits left.
        CreditExceeds {
            /// What can be credited.
            left: i64,
            /// What of.
            what: String,
            /// What came.
            got: i64,
        },
        1343 "deposit-rate-changed" "expected the down payment `{document}` to be credited before its work is billed: it was taxed at another rate, and {left} of it is left"
        /// The rate of its category has changed: what was paid becomes a credit, and the work is taxed as a whole.
        DepositRateChanged {
            /// The document that billed it.
            document: String,
            /// What is left of it.
            left: String,
        },
        1344 "one-off-invoice" "expected one invoice of the bill for `{reason}`, got {got}: name it"
        /// A one-off allowance or charge stands on one invoice.
        OneOffInvoice {
            /// Why it is given.
            reason: String,
            /// How many there are.
            got: usize,
        },
        1345 "one-off-amount" "expected an amount or percentage above 0 of a one-off allowance or charge"
        /// What goes the other way is of the other kind.
        OneOffAmount,
        1346 "one-off-reason" "expected a reason for a one-off allowance or charge, got none"
        /// The document has to say why.
        OneOffReason,
        1347 "one-off-over" "expected an allowance that `{invoice}` can bear for `{reason}`, at most {most}, got {got}"
        /// More than stands there, or a part of nothing.
        OneOffOver {
            /// The invoice.
            invoice: String,
            /// Why it is given.
            reason: String,
            /// What can be taken.
            most: String,
            /// What was to be taken.
            got: String,
        },
        1348 "credit-untaxed" "expected the tax rows of `{item}`, which moved in without any, got none: all {gross} is credited as net"
        /// A finding: nobody knows here which tax the item bore. Where it bore some, credit it with its rows.
        CreditUntaxed {
            /// The item.
            item: String,
            /// What is credited.
            gross: String,
        },
        1349 "deposit-part-paid" "expected the down payment `{document}` to be paid in full or credited before its work is billed: {paid} of it is paid, and {open} open"
        /// A part was paid and would be asked for twice. What was written off of the rest is recovered before the
        /// whole is credited.
        DepositPartPaid {
            /// The document that billed it.
            document: String,
            /// What is open.
            open: String,
            /// What is paid and not credited.
            paid: String,
        },
        1350 "terms-day-of-month" "expected 1 to 31 days of the month from 1 to 31, got {got}"
        /// Terms on a day that no month has, or on none.
        TermsDayOfMonth {
            /// The day, or how many of them.
            got: usize
        },
        1351 "instalment-count" "expected 2 to {limit} instalments, got {got}"
        /// Instalments that are none, or too many.
        InstalmentCount {
            /// Instalments allowed.
            limit: usize,
            /// What came.
            got: usize,
        },
        1352 "instalment-shares" "expected shares above 0 that add up to 100 percent, got {got}"
        /// Shares that make no whole.
        InstalmentShares {
            /// What they add up to.
            got: String
        },
        1353 "instalment-interval" "expected days or months from one instalment to the next, got none"
        /// Equal instalments that are all due at once.
        InstalmentInterval,
        1354 "instalment-step" "expected a step of at least the smallest unit of the currency, got {got}"
        /// An instalment rounded to nothing.
        InstalmentStep {
            /// The step.
            got: String
        },
        1355 "discount-percent" "expected a discount above 0 and at most 100 percent, got {got}"
        /// A discount that is none.
        DiscountPercent {
            /// The percent.
            got: String
        },
        1361 "credit-over" "expected a credit of at most the {left} that can still be credited of `{line}`, got {got}"
        /// More would be credited than is left of a line, a tax group or the whole.
        CreditOver {
            /// The line, tax category or invoice.
            line: String,
            /// What is left.
            left: String,
            /// What came.
            got: String,
        },
        1362 "credit-nothing" "expected something to credit on `{invoice}`, found nothing"
        /// Nothing is named, or nothing is left.
        CreditNothing {
            /// The invoice.
            invoice: String
        },
        1363 "credit-line-unknown" "expected a line of the invoice, got `{got}`"
        /// No such line.
        CreditLine {
            /// The line.
            got: String
        },
        1364 "credit-rebill-part" "expected a whole line of which nothing was credited to bill it again, got a part of `{line}`"
        /// Work is released whole or not at all.
        CreditRebillPart {
            /// The line.
            line: String
        },
        1365 "credit-splits-entry" "expected every line of the work `{entry}` to be credited with it, `{line}` is not"
        /// Work on several lines would be billed again while one of them stands.
        CreditSplitsEntry {
            /// The work.
            entry: String,
            /// The line that would stand.
            line: String,
        },
        1366 "invoice-credited" "expected an invoice without credit notes, `{credit}` stands on `{invoice}`"
        /// A credit note was drafted or issued for it.
        Credited {
            /// The invoice.
            invoice: String,
            /// The credit note.
            credit: String,
        },
        1367 "id-taken" "expected a new id, `{got}` names something of this account already"
        /// Invoices, credit notes, write-offs and items share one namespace.
        IdTaken {
            /// The id.
            got: String
        },
        1368 "credit-unknown" "expected a credit note of this account, got `{got}`"
        /// No such credit note.
        CreditUnknown {
            /// The credit note.
            got: String
        },
        1369 "credit-without-lines" "expected a credit of the whole or of an amount, `{item}` has no lines here"
        /// An item that moved in has no lines and no work to bill again.
        CreditWithoutLines {
            /// The item.
            item: String
        },
        1370 "credit-taxes" "expected tax rows that add up to {expected}, got {got}"
        /// Rows that are not their whole.
        CreditTaxes {
            /// The amount.
            expected: String,
            /// What the rows add up to.
            got: String,
        },
        1371 "credit-currency" "expected {expected} as `{invoice}` has, got {got}"
        /// A credit in another currency.
        CreditCurrency {
            /// The invoice.
            invoice: String,
            /// Its currency.
            expected: String,
            /// What came.
            got: String,
        },
        1372 "credit-target" "expected an unused credit and an invoice of one customer and currency, got `{from}` and `{to}`"
        /// Credit of somebody else, or something that is no credit.
        CreditTarget {
            /// What should be used.
            from: String,
            /// What it should be set against.
            to: String,
        },
        1373 "write-off-unknown" "expected something written off in this account, got `{got}`"
        /// No such write-off, or it is not done.
        WriteOffUnknown {
            /// The write-off.
            got: String
        },
        1374 "recovery-over" "expected at most the {left} that is written off by `{write_off}`, got {got}"
        /// More would be recovered than was written off.
        RecoveryOver {
            /// The write-off.
            write_off: String,
            /// What is left of it.
            left: String,
            /// What came.
            got: String,
        },
        1375 "dispute-extent" "expected either an amount or lines that `{dispute}` is about"
        /// Both or neither was named.
        DisputeExtent {
            /// The dispute.
            dispute: String
        },
        1376 "dispute-step" "expected a step that a dispute allows, `{dispute}` is {state} and was to be {step}"
        /// It has gone further, or has ended.
        DisputeStep {
            /// The dispute.
            dispute: String,
            /// Where it stands.
            state: &'static str,
            /// The step.
            step: &'static str,
        },
        1377 "dispute-remedy" "expected a credit note or write-off that stands on `{invoice}` and settles no other dispute where it is accepted, and none where it is not, got {got}"
        /// Accepting takes something back; saying no does not.
        DisputeRemedy {
            /// The invoice.
            invoice: String,
            /// What came.
            got: String,
        },
        1378 "document-other" "expected the digest {expected} of the document `{document}`, got {got}"
        /// Something else was delivered or accepted than the document.
        OtherDocument {
            /// The document.
            document: String,
            /// Digest of its model.
            expected: String,
            /// The digest that came.
            got: String,
        },
        1379 "number-before-draft" "expected a date on or after {drafted}, when `{document}` was drafted, got {got}"
        /// No document is issued before what it states.
        NumberBeforeDraft {
            /// The invoice or credit note.
            document: String,
            /// The day of its draft.
            drafted: String,
            /// The date.
            got: String,
        },
        1380 "accepted-twice" "expected a document that is not accepted, `{got}` is"
        /// The customer accepts it once.
        Accepted {
            /// The document.
            got: String
        },
        1381 "held-twice" "expected a document that is not held, `{got}` is"
        /// It is held; end the hold first.
        Held {
            /// The document.
            got: String
        },
        1382 "not-held" "expected a document that is held, `{got}` is not"
        /// There is no hold to end.
        NotHeld {
            /// The document.
            got: String
        },
        1383 "label-unknown" "expected a label of the policy under {state}, got `{got}`"
        /// The policy has no such label for documents in this state.
        LabelUnknown {
            /// The document's state.
            state: &'static str,
            /// The label.
            got: String,
        },
        1384 "deposit-unknown" "expected a down payment of this account that is issued, got `{got}`"
        /// Nothing that could be deducted.
        DepositUnknown {
            /// The document.
            got: String
        },
        1385 "deposit-unpaid" "expected the down payment `{document}` to be paid in full, {open} is open; it is not deducted"
        /// Nothing of it is paid: it is deducted once it is.
        DepositUnpaid {
            /// The document that billed it.
            document: String,
            /// What is open.
            open: String,
        },
        1386 "deposit-deducted" "expected a down payment that no invoice deducts, `{document}` is deducted on `{invoice}`"
        /// The invoice that deducts it comes first.
        DepositDeducted {
            /// The document that billed it.
            document: String,
            /// The invoice.
            invoice: String,
        },
        1387 "deposit-amount" "expected a down payment above 0, got {got} minor units"
        /// Nothing is paid down by nothing.
        DepositAmount {
            /// What came.
            got: i64
        },
        1388 "deposit-other-rate" "expected something taxed as the down payment `{document}` was, found nothing; {left} is left of it"
        /// It waits for an invoice of its tax rate.
        DepositOtherRate {
            /// The document that billed it.
            document: String,
            /// What is left of it.
            left: String,
        },
        1389 "discount-prices" "expected prices without tax where tax is computed on what an early payment leaves"
        /// The discounted net is not known from a price that contains its tax.
        DiscountPrices,
        1390 "number-asked" "expected a date on which the number of `{document}` was not asked for, got {got}"
        /// That request stands: it is delivered again, not made again.
        NumberAsked {
            /// The invoice or credit note.
            document: String,
            /// The date.
            got: String,
        },
        1391 "document-text" "expected 1 to {limit} visible characters on one line, got `{got}`"
        /// A text that cannot stand on a document: nothing, too much, or something that a person cannot see.
        Text {
            /// Characters allowed.
            limit: usize,
            /// How it begins, with such characters escaped.
            got: String,
        },
        1392 "country" "expected two capital letters of ISO 3166-1, got `{got}`"
        /// No country has this code.
        Country {
            /// The code.
            got: String
        },
        1393 "payment-means" "expected a code of UNTDID 4461, got `{got}`"
        /// No such way to pay.
        PaymentMeans {
            /// The code.
            got: String
        },
        1394 "payment-reference" "expected a number that gives a reference of {scheme} {least} to {most} characters before its check, got `{got}`"
        /// The number is too short or too long for this kind of reference.
        PaymentReference {
            /// The kind.
            scheme: &'static str,
            /// Fewest characters.
            least: usize,
            /// Most characters.
            most: usize,
            /// The number.
            got: String,
        },
        1395 "reference-check" "expected a reference of {scheme} with its check digits, got `{got}`"
        /// It was mistyped, or is of another kind.
        ReferenceCheck {
            /// The kind.
            scheme: &'static str,
            /// How it begins.
            got: String,
        },
        1396 "reference-rule" "expected a rule of {scheme} with at most 12 digits of prefix, a width within its length, and a length digit only for ocr"
        /// No such references.
        ReferenceRule {
            /// The kind.
            scheme: &'static str
        },
        1397 "reference-ambiguous" "expected a prefix that tells the references of `{series}` from those of `{other}`"
        /// Two series, or two numbers of one series, could give one reference.
        ReferenceAmbiguous {
            /// The series.
            series: String,
            /// The series that could give the same.
            other: String,
        },
        1398 "void-undecided" "expected nothing about `{invoice}` that waits for a decision, `{waiting}` does"
        /// A write-off or another void waits: decide on it first.
        VoidUndecided {
            /// The invoice.
            invoice: String,
            /// What waits.
            waiting: String,
        },
        1399 "void-unknown" "expected a proposed void of this account, got `{got}`"
        /// Nobody proposed this.
        VoidUnknown {
            /// What is approved.
            got: String
        },
    }
}
