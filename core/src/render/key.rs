use crate::canon::words;

words! {
    /// A label, heading or word of a document: a template's catalogue says it in the language of the reader.
    pub enum RenderKey {
        /// Accepted.
        AcceptedAmount = "accepted-amount",
        /// Account holder.
        AccountName = "account-name",
        /// IBAN or account.
        AccountNumber = "account-number",
        /// Statement of account.
        AccountStatement = "account-statement",
        /// Of.
        AdjustmentBase = "adjustment-base",
        /// Kind.
        AdjustmentKind = "adjustment-kind",
        /// Amount.
        AdjustmentNet = "adjustment-net",
        /// Of which.
        AdjustmentShare = "adjustment-share",
        /// Allowances and charges.
        Adjustments = "adjustments",
        /// Days past due.
        AgeAfterDue = "age-after-due",
        /// Days since issue.
        AgeAfterIssue = "age-after-issue",
        /// Open by age.
        Aging = "aging",
        /// Agreement.
        Agreement = "agreement",
        /// Applied to.
        Allocations = "allocations",
        /// Allowance.
        Allowance = "allowance",
        /// Paid.
        AmountApplied = "amount-applied",
        /// Amount received.
        AmountReceived = "amount-received",
        /// Amount.
        AmountSeen = "amount-seen",
        /// Applied on.
        AppliedOn = "applied-on",
        /// Article.
        ArticleNumber = "article-number",
        /// As of.
        AsOf = "as-of",
        /// Because of.
        AskedBecause = "asked-because",
        /// Balance.
        Balance = "balance",
        /// Balance.
        BalanceAfter = "balance-after",
        /// Bank (BIC).
        Bank = "bank",
        /// Bank fee.
        BankFee = "bank-fee",
        /// Billing period.
        BilledPeriod = "billed-period",
        /// To.
        Buyer = "buyer",
        /// Your reference.
        BuyerReference = "buyer-reference",
        /// At most, before tax.
        Cap = "cap",
        /// Card.
        Card = "card",
        /// Cash.
        Cash = "cash",
        /// Received in account.
        CashBook = "cash-book",
        /// Change.
        Change = "change",
        /// Charge.
        Charge = "charge",
        /// Kind of work.
        ChargeCode = "charge-code",
        /// City.
        City = "city",
        /// Closing balance.
        ClosingBalance = "closing-balance",
        /// Request for approval.
        Consent = "consent",
        /// I approve this credit note exactly as it stands here.
        ConsentCreditNote = "consent-credit-note",
        /// I agree that the work named here is carried out and billed up to the amount stated.
        ConsentEstimate = "consent-estimate",
        /// I approve this invoice exactly as it stands here.
        ConsentInvoice = "consent-invoice",
        /// I approve that this amount is paid back.
        ConsentRefund = "consent-refund",
        /// Statement.
        ConsentStatement = "consent-statement",
        /// I approve that this invoice is voided.
        ConsentVoid = "consent-void",
        /// Your approval.
        ConsentWords = "consent-words",
        /// I approve that this amount is written off.
        ConsentWriteOff = "consent-write-off",
        /// Contract.
        Contract = "contract",
        /// Country.
        Country = "country",
        /// Covered by your block.
        CoveredTime = "covered-time",
        /// Rounding and earlier credits.
        CreditDifference = "credit-difference",
        /// Effect.
        CreditEffect = "credit-effect",
        /// Credit note.
        CreditNote = "credit-note",
        /// Date.
        CreditNoteDate = "credit-note-date",
        /// Credit note (draft).
        CreditNoteDraft = "credit-note-draft",
        /// Credit note number.
        CreditNoteNumber = "credit-note-number",
        /// Reason.
        CreditReason = "credit-reason",
        /// Bank transfer.
        CreditTransfer = "credit-transfer",
        /// Credit used.
        CreditUsed = "credit-used",
        /// Customer number.
        CustomerNumber = "customer-number",
        /// Date.
        Date = "date",
        /// Days billed.
        DaysBilled = "days-billed",
        /// Days of the period.
        DaysOfPeriod = "days-of-period",
        /// Days overdue.
        DaysOverdue = "days-overdue",
        /// Decide before.
        DecideBy = "decide-by",
        /// Please decide within.
        DecideWithin = "decide-within",
        /// Decided on.
        DecidedOn = "decided-on",
        /// Our decision.
        Decision = "decision",
        /// Delivered.
        DeliveredOn = "delivered-on",
        /// Deducted.
        DepositAmount = "deposit-amount",
        /// Down payment.
        DepositInvoice = "deposit-invoice",
        /// Down payment invoice (draft).
        DepositInvoiceDraft = "deposit-invoice-draft",
        /// Down payment invoice.
        DepositInvoiceTitle = "deposit-invoice-title",
        /// Rate, net and tax.
        DepositTax = "deposit-tax",
        /// Down payments deducted.
        Deposits = "deposits",
        /// Description.
        Description = "description",
        /// Direct debit.
        DirectDebit = "direct-debit",
        /// You save.
        DiscountAmount = "discount-amount",
        /// Discount days.
        DiscountDays = "discount-days",
        /// On the net amount; the tax stays.
        DiscountExcluded = "discount-excluded",
        /// On net and tax alike.
        DiscountIncluded = "discount-included",
        /// On the net amount; the tax is already reduced.
        DiscountMixed = "discount-mixed",
        /// Net.
        DiscountNet = "discount-net",
        /// Tax.
        DiscountTax = "discount-tax",
        /// Discount.
        DiscountTreatment = "discount-treatment",
        /// If paid until.
        DiscountUntil = "discount-until",
        /// Then to be paid.
        DiscountedTotal = "discounted-total",
        /// Received: we have your objection.
        DisputeAcknowledged = "dispute-acknowledged",
        /// With those who decide.
        DisputeEscalated = "dispute-escalated",
        /// We are looking into it.
        DisputeInvestigating = "dispute-investigating",
        /// Case number.
        DisputeNumber = "dispute-number",
        /// Opened.
        DisputeOpened = "dispute-opened",
        /// Your reason.
        DisputeReason = "dispute-reason",
        /// Answer to your objection.
        DisputeReply = "dispute-reply",
        /// Disputed.
        DisputedAmount = "disputed-amount",
        /// Lines in dispute.
        DisputedLines = "disputed-lines",
        /// Objection of.
        DisputedOn = "disputed-on",
        /// Still disputed.
        DisputedStill = "disputed-still",
        /// Issued.
        DocumentDate = "document-date",
        /// Document.
        DocumentNumber = "document-number",
        /// Share of.
        DocumentShare = "document-share",
        /// Total.
        DocumentTotal = "document-total",
        /// Due.
        DueDate = "due-date",
        /// Early payment discount.
        EarlyDiscount = "early-discount",
        /// The work is not billed again.
        EffectForgive = "effect-forgive",
        /// The work will be billed again.
        EffectRebill = "effect-rebill",
        /// Estimate.
        Estimate = "estimate",
        /// Event.
        Event = "event",
        /// Exchange difference.
        ExchangeDifference = "exchange-difference",
        /// Code.
        ExemptionCode = "exemption-code",
        /// Reason.
        ExemptionReason = "exemption-reason",
        /// Valid until.
        ExpiresOn = "expires-on",
        /// For.
        ForCustomer = "for-customer",
        /// Period.
        ForPeriod = "for-period",
        /// Instalment.
        Instalment = "instalment",
        /// Amount.
        InstalmentAmount = "instalment-amount",
        /// Payable in instalments.
        Instalments = "instalments",
        /// Invoice.
        Invoice = "invoice",
        /// Invoice date.
        InvoiceDate = "invoice-date",
        /// Invoice (draft).
        InvoiceDraft = "invoice-draft",
        /// Invoice number.
        InvoiceNumber = "invoice-number",
        /// Net.
        LineNet = "line-net",
        /// Of which.
        LinePart = "line-part",
        /// Receipt.
        LineReceipt = "line-receipt",
        /// Rounding of entries.
        LineRounding = "line-rounding",
        /// Incl. tax.
        LineStated = "line-stated",
        /// Services.
        Lines = "lines",
        /// More than.
        MoreThan = "more-than",
        /// Brought forward.
        MovedIn = "moved-in",
        /// Transactions.
        Movements = "movements",
        /// Factor.
        Multiplier = "multiplier",
        /// Name.
        Name = "name",
        /// All of the job.
        NetOfJob = "net-of-job",
        /// The line.
        NetOfLine = "net-of-line",
        /// The month.
        NetOfMonth = "net-of-month",
        /// The document.
        NetOfSubject = "net-of-subject",
        /// The ticket.
        NetOfTicket = "net-of-ticket",
        /// To approve, before tax.
        NetToApprove = "net-to-approve",
        /// No charge.
        NoCharge = "no-charge",
        /// Not due.
        NotDue = "not-due",
        /// Note.
        Note = "note",
        /// Notes.
        Notes = "notes",
        /// Still open.
        OpenAfter = "open-after",
        /// Open.
        OpenAmount = "open-amount",
        /// Open items.
        OpenItems = "open-items",
        /// Opening balance.
        OpeningBalance = "opening-balance",
        /// Outcome.
        Outcome = "outcome",
        /// Accepted in full.
        OutcomeAccepted = "outcome-accepted",
        /// Accepted in part.
        OutcomeAcceptedInPart = "outcome-accepted-in-part",
        /// Rejected.
        OutcomeRejected = "outcome-rejected",
        /// Withdrawn.
        OutcomeWithdrawn = "outcome-withdrawn",
        /// Overdue.
        OverdueAmount = "overdue-amount",
        /// Of which overdue.
        OverdueBalance = "overdue-balance",
        /// Overdue invoices.
        OverdueItems = "overdue-items",
        /// Paid to.
        Payee = "payee",
        /// Payment.
        Payment = "payment",
        /// Means of payment.
        PaymentMeans = "payment-means",
        /// Payment reference.
        PaymentReference = "payment-reference",
        /// Payment taken back.
        PaymentTakenBack = "payment-taken-back",
        /// Terms.
        PaymentTerms = "payment-terms",
        /// Hour.
        PerHour = "per-hour",
        /// Piece.
        PerPiece = "per-piece",
        /// Percent.
        Percentage = "percentage",
        /// Whole period.
        PeriodPrice = "period-price",
        /// No.
        Position = "position",
        /// Postal code.
        PostalCode = "postal-code",
        /// Invoice date.
        PrecedingDate = "preceding-date",
        /// For invoice.
        PrecedingInvoice = "preceding-invoice",
        /// Purchase order.
        PurchaseOrder = "purchase-order",
        /// Quantity.
        Quantity = "quantity",
        /// Reason.
        Reason = "reason",
        /// Why you are asked.
        Reasons = "reasons",
        /// Payment receipt.
        Receipt = "receipt",
        /// Payment.
        ReceiptNumber = "receipt-number",
        /// Received on.
        ReceivedOn = "received-on",
        /// Owed again.
        Recovery = "recovery",
        /// Details.
        References = "references",
        /// Refund.
        Refund = "refund",
        /// Amount paid back.
        RefundAmount = "refund-amount",
        /// Register number.
        Registration = "registration",
        /// Not accepted.
        RejectedAmount = "rejected-amount",
        /// What remains due.
        Remaining = "remaining",
        /// Remaining due.
        RemainingDue = "remaining-due",
        /// Remark.
        Remark = "remark",
        /// Payment reminder.
        Reminder = "reminder",
        /// Reminder.
        ReminderLevel = "reminder-level",
        /// What is asked.
        Request = "request",
        /// Asked on.
        RequestedAt = "requested-at",
        /// Taken back on.
        ReversedOn = "reversed-on",
        /// Rule.
        Rule = "rule",
        /// From.
        Seller = "seller",
        /// SEPA bank transfer.
        SepaCreditTransfer = "sepa-credit-transfer",
        /// SEPA direct debit.
        SepaDirectDebit = "sepa-direct-debit",
        /// Price with tax.
        StatedPrice = "stated-price",
        /// Period.
        StatementPeriod = "statement-period",
        /// Street.
        Street = "street",
        /// Region.
        Subdivision = "subdivision",
        /// Reference.
        Subject = "subject",
        /// Digest of what is approved.
        SubjectDigest = "subject-digest",
        /// What.
        SubjectKind = "subject-kind",
        /// By customer and agreement.
        Subtotals = "subtotals",
        /// Date of supply.
        SupplyDate = "supply-date",
        /// Taken over.
        TakenOver = "taken-over",
        /// Taxed less a discount of.
        TaxAfterDiscount = "tax-after-discount",
        /// Tax.
        TaxAmount = "tax-amount",
        /// Net.
        TaxBase = "tax-base",
        /// Tax.
        TaxCategory = "tax-category",
        /// Exempt.
        TaxExempt = "tax-exempt",
        /// Export.
        TaxExport = "tax-export",
        /// Intra-Community supply.
        TaxIntraCommunity = "tax-intra-community",
        /// Tax number.
        TaxNumber = "tax-number",
        /// Outside the scope of tax.
        TaxOutsideScope = "tax-outside-scope",
        /// Tax.
        TaxRate = "tax-rate",
        /// Reverse charge.
        TaxReverseCharge = "tax-reverse-charge",
        /// Standard rate.
        TaxStandard = "tax-standard",
        /// Surcharge.
        TaxSurcharge = "tax-surcharge",
        /// Withheld tax.
        TaxWithheld = "tax-withheld",
        /// Zero rate.
        TaxZero = "tax-zero",
        /// Taxes.
        Taxes = "taxes",
        /// Terms of payment.
        Terms = "terms",
        /// Days to pay.
        TermsDays = "terms-days",
        /// Month ends.
        TermsMonthEnds = "terms-month-ends",
        /// Weeks to pay.
        TermsWeeks = "terms-weeks",
        /// Asked above.
        Threshold = "threshold",
        /// Ticket.
        Ticket = "ticket",
        /// Total.
        Total = "total",
        /// Allowances.
        TotalAllowance = "total-allowance",
        /// Charges.
        TotalCharge = "total-charge",
        /// Credited to you.
        TotalCredited = "total-credited",
        /// Down payment.
        TotalDeposit = "total-deposit",
        /// Total with tax.
        TotalGross = "total-gross",
        /// Sum of services.
        TotalLines = "total-lines",
        /// Total before tax.
        TotalNet = "total-net",
        /// Please pay now.
        TotalOverdue = "total-overdue",
        /// Amount due.
        TotalPayable = "total-payable",
        /// Paid ahead.
        TotalPrepaid = "total-prepaid",
        /// Rounding.
        TotalRounding = "total-rounding",
        /// Tax.
        TotalTax = "total-tax",
        /// Withheld tax.
        TotalWithheld = "total-withheld",
        /// Totals.
        Totals = "totals",
        /// Trading as.
        TradeName = "trade-name",
        /// Moved to another account.
        Transfer = "transfer",
        /// Price.
        UnitPrice = "unit-price",
        /// Untaxed.
        Untaxed = "untaxed",
        /// Unused credits.
        UnusedCredits = "unused-credits",
        /// VAT ID.
        VatNumber = "vat-number",
        /// Voided.
        Void = "void",
        /// Worked.
        WorkedOn = "worked-on",
        /// Time worked.
        WorkedTime = "worked-time",
        /// Written off.
        WriteOff = "write-off",
        /// Amount.
        WrittenOffAmount = "written-off-amount",
    }
}
