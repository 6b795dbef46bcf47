"""Typed documents, generated from the JSON Schemas of the core: run `generate_documents.py`, do not edit.

Give one of these where a document is taken, or read an answer with `Document.to`. Amounts are `Decimal`,
dates `date`, instants aware `datetime`, arrays tuples: a list may be given and is copied. The classes are
frozen and take keywords only; an optional field left at `None`, or an array left empty, is left out.
"""

from __future__ import annotations

import datetime as _time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, TypeVar, Union

import msgspec

_T = TypeVar("_T")
if TYPE_CHECKING:
    _Array: TypeAlias = Sequence[_T]
else:
    _Array = tuple[_T, ...]


class _WithArrays(msgspec.Struct, frozen=True):
    """Keeps a tuple where a list was given, so that nothing of a document changes."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, list):
                msgspec.structs.force_setattr(self, name, tuple(value))


__all__ = [
    "About",
    "Accepted",
    "AccountAction",
    "AccountActionCredit",
    "AccountActionProposeEstimate",
    "AccountActionWriteOff",
    "AccountEvent",
    "AccountEventBlockSold",
    "AccountEventCustomerReleased",
    "AccountEventIntent",
    "AccountEventLegalHoldPlaced",
    "AccountEventMilestoneReached",
    "AccountView",
    "AccountWork",
    "ActionsView",
    "Address",
    "Adjustment",
    "AdjustmentExplanation",
    "AdjustmentPolicy",
    "AdjustmentShare",
    "AdjustmentTerm",
    "AdmitCustomer",
    "AdvanceDispute",
    "AgingColumns",
    "AgingPolicy",
    "AgingReport",
    "AgingRequest",
    "AgingRow",
    "AgingSection",
    "Agreement",
    "All",
    "Allocate",
    "Allocated",
    "Allocation",
    "AllocationDeclined",
    "AllocationUndone",
    "Amount",
    "AmountPolicy",
    "AmountRule",
    "Amounts",
    "Anonymised",
    "ApplyCredit",
    "ApprovalDecided",
    "ApprovalDecision",
    "ApprovalEscalated",
    "ApprovalExpired",
    "ApprovalExplanation",
    "ApprovalRule",
    "ApprovalStep",
    "ApprovalView",
    "Article",
    "Asked",
    "AskedRefund",
    "AskedRefundCredit",
    "AskedRefundReceipt",
    "Assigned",
    "Attachment",
    "AttachmentsRegistered",
    "Audience",
    "AudienceRole",
    "AudienceTicket",
    "Balance",
    "BandDocument",
    "Belongings",
    "Bill",
    "BillingPlan",
    "BillingPolicy",
    "BlockSold",
    "BlockView",
    "BookAction",
    "BookActionAssign",
    "BookActionPayBack",
    "BookActionPayOut",
    "BookActionRefund",
    "BookActionUnapplied",
    "BookEvent",
    "BookEventAssigned",
    "BookEventIntent",
    "BookEventLegalHoldPlaced",
    "BookEventPaidOut",
    "BookEventRefunded",
    "BookEventUnapplied",
    "Broken",
    "Cadence",
    "CalendarDocument",
    "Capture",
    "Captured",
    "Carried",
    "CarriedForward",
    "CashBookView",
    "CashStep",
    "Charge",
    "ChargeCode",
    "ChargeExplanation",
    "Chargeback",
    "Checked",
    "ClassedField",
    "ClassedShape",
    "CloseDispute",
    "ClosePeriod",
    "CloseRun",
    "CloseRunRequest",
    "ClosedLog",
    "ClosedPack",
    "ClosingPack",
    "ClosingPolicy",
    "ClosingRequest",
    "ClosingSection",
    "CodeName",
    "CommandAccount",
    "CommandCashBook",
    "CommandRef",
    "CommandRulebook",
    "CommandSeries",
    "CommitPlan",
    "CompareRequest",
    "Confirm",
    "ConfirmTask",
    "Confirmed",
    "Consent",
    "ConsentLapsed",
    "Consistent",
    "Contact",
    "ContactPoint",
    "Contacted",
    "ContentView",
    "ControlTotal",
    "Count",
    "Coverage",
    "CreditApplied",
    "CreditDrafted",
    "CreditIssued",
    "CreditLine",
    "CreditNote",
    "CreditNumberRequested",
    "CreditRefunded",
    "CreditScope",
    "CreditView",
    "CreditVoided",
    "CurrencySummary",
    "CustomerAdmitted",
    "CustomerHome",
    "CustomerName",
    "CustomerReleased",
    "DailyAnswer",
    "DailyHead",
    "DailyLogs",
    "DailyRequest",
    "Date",
    "Debit",
    "DebitRefund",
    "DecideApproval",
    "DecideApprovals",
    "DecideRules",
    "Decided",
    "Decider",
    "Deciders",
    "Decision",
    "DecisionRefused",
    "DeclineRefund",
    "DeductionView",
    "Delegation",
    "Delivery",
    "Deposit",
    "DepositRequested",
    "DepositView",
    "Desk",
    "Difference",
    "Digest",
    "DiscountOffer",
    "DiscountTaxShare",
    "DisputeAdvanced",
    "DisputeClosed",
    "DisputeEvidence",
    "DisputeOpened",
    "DisputePolicy",
    "DisputeReply",
    "DisputeView",
    "DocumentFact",
    "DocumentFactLabelled",
    "DocumentOf",
    "DocumentOfCreditNote",
    "DocumentOfReceipt",
    "Draft",
    "Drafted",
    "Draw",
    "DueExtension",
    "DueRule",
    "Duration",
    "EarlyDiscount",
    "Entry",
    "Equal",
    "EraseSubject",
    "ErasureRequested",
    "EscalateApproval",
    "Escalation",
    "EstimateProposed",
    "EstimateScope",
    "EstimateView",
    "EstimateWithdrawn",
    "Evidence",
    "EvidencePackage",
    "EvidenceRequest",
    "ExchangeRate",
    "ExpireApproval",
    "Expiry",
    "Explanation",
    "Extension",
    "Fact",
    "FactRecorded",
    "FailTask",
    "FeePart",
    "FeePrice",
    "FeeRestored",
    "FeeSkipped",
    "FieldsView",
    "Finding",
    "FixedPrice",
    "ForeignDecision",
    "Fork",
    "FrozenParty",
    "GatewayFee",
    "Gross",
    "GroupValue",
    "Head",
    "Header",
    "Held",
    "HoldEnded",
    "HoldReleased",
    "Holiday",
    "HostLabel",
    "ImportNumbers",
    "ImportOpening",
    "ImportedNumber",
    "InclusionRequest",
    "Instalment",
    "InstalmentTerms",
    "Instant",
    "Intent",
    "Invoice",
    "InvoiceView",
    "Issue",
    "Issued",
    "ItemBalance",
    "ItemTerms",
    "ItemView",
    "JournalLine",
    "JournalTax",
    "KeptRecord",
    "KnownFact",
    "Labelled",
    "LapsedWork",
    "LegacyNumber",
    "LegalHoldLifted",
    "LegalHoldPlaced",
    "LifeView",
    "LiftLegalHold",
    "Line",
    "LineAmount",
    "LineQuantity",
    "LineReceipt",
    "LineTax",
    "Lines",
    "LogAddress",
    "LogClose",
    "LogEvidence",
    "LogHead",
    "LogOverrides",
    "LogPack",
    "LogProof",
    "LooseNumber",
    "MappingRule",
    "Match",
    "MatchPolicy",
    "Matched",
    "Meant",
    "Milestone",
    "MilestoneReached",
    "MovedEstimate",
    "MovedLapse",
    "Net",
    "Next",
    "Note",
    "Number",
    "NumberAudit",
    "NumberGap",
    "NumberRequested",
    "NumberedPeriod",
    "Numbering",
    "NumberingSet",
    "NumbersImported",
    "NumbersView",
    "OfMonth",
    "OldInvoice",
    "OldLine",
    "OnDay",
    "OneOffAdjustment",
    "OpenDispute",
    "OpenRequest",
    "OpenStep",
    "OpenTask",
    "Opened",
    "OpeningBalance",
    "OpeningCash",
    "OpeningImported",
    "OpeningLevel",
    "OpeningNumber",
    "Overrides",
    "PackNumber",
    "PaidInvoice",
    "PaidOut",
    "Part",
    "Party",
    "PayBack",
    "PayOut",
    "Payer",
    "PaymentMeans",
    "PaymentTerms",
    "PendingRules",
    "Percent",
    "Period",
    "PeriodClosed",
    "PeriodReopened",
    "PlaceLegalHold",
    "Plan",
    "PlanAdjustments",
    "PlanCommitted",
    "PlanItem",
    "PlanOutcome",
    "PlanRun",
    "PlanRunRequest",
    "PlanView",
    "PlanWhen",
    "PlanWhenTicket",
    "PlannedInvoice",
    "Plans",
    "PlansView",
    "PolicyDocument",
    "Price",
    "PriceAdjustment",
    "Promised",
    "Proposal",
    "ProposeEstimate",
    "ProposeRules",
    "ProposedSection",
    "ProviderSettlement",
    "PublicationAction",
    "PublicationEvent",
    "PublicationEventLegalHoldPlaced",
    "PublicationEventRulesDecided",
    "PublicationRequired",
    "PublicationRequirement",
    "PublicationsView",
    "PublishedSection",
    "Purge",
    "PurgeRefused",
    "Purged",
    "Quantities",
    "Question",
    "QuestionAccount",
    "QuestionActions",
    "QuestionCashBook",
    "QuestionCustomerHome",
    "QuestionDesk",
    "QuestionDocument",
    "QuestionExplain",
    "QuestionExplainApproval",
    "QuestionExtension",
    "QuestionFields",
    "QuestionLineReceipt",
    "QuestionNumbers",
    "QuestionOverrides",
    "QuestionPlans",
    "QuestionPublications",
    "QuestionRetention",
    "QuestionTasks",
    "QuestionTimeline",
    "QuestionTrail",
    "QuestionUnapprovedPayments",
    "QuestionView",
    "QuestionWorklist",
    "RateRow",
    "RatedCustomer",
    "RatedDocument",
    "ReachMilestone",
    "Receipt",
    "ReceiptView",
    "Receive",
    "Received",
    "Reconciliation",
    "RecordAccount",
    "RecordCashBook",
    "RecordEvidence",
    "RecordFact",
    "RecordRows",
    "RecordRulebook",
    "RecordSeries",
    "Recorded",
    "Recover",
    "Recovered",
    "RecurringFee",
    "ReferenceRule",
    "RefundCredit",
    "RefundDeclined",
    "RefundOrder",
    "RefundProposed",
    "RefundReceipt",
    "RefundView",
    "Refunded",
    "Refusal",
    "RegisterAttachments",
    "Release",
    "ReleaseCustomer",
    "ReleaseHold",
    "Released",
    "Remarked",
    "Reminder",
    "RenderCell",
    "RenderEntry",
    "RenderKey",
    "RenderModel",
    "RenderRow",
    "RenderSection",
    "RenderTable",
    "RenderValue",
    "RenderValueCode",
    "RenderValuePeriod",
    "Rendered",
    "ReopenAsked",
    "ReopenPeriod",
    "Repeated",
    "RequestDeposit",
    "RequestNumber",
    "RequirePublication",
    "Requirement",
    "Reservation",
    "ReservationView",
    "ReservationWithdrawn",
    "Reserve",
    "Reserved",
    "ReservedMoney",
    "RestoreFee",
    "RetentionPolicy",
    "RetentionRule",
    "RetentionView",
    "RetryTask",
    "ReturnedDraw",
    "ReturnedSeconds",
    "Reversal",
    "Reverse",
    "Reversed",
    "Reviewed",
    "Role",
    "RollForward",
    "Rounded",
    "Row",
    "RuleEvidence",
    "RuleExplanation",
    "Rulebook",
    "RulesDecided",
    "RulesProposed",
    "RulesPublished",
    "Schedule",
    "Sealed",
    "SectionChange",
    "Seen",
    "SeenAdjustmentShare",
    "SeenArticle",
    "SeenCharge",
    "SeenCoverage",
    "SeenDeskItem",
    "SeenFeePart",
    "SeenHeldDuty",
    "SeenHomePart",
    "SeenLabelled",
    "SeenLineTax",
    "SeenLogAddress",
    "SeenOverrideRow",
    "SeenPriceAdjustment",
    "SeenReceiptApproval",
    "SeenReceiptAttachment",
    "SeenReceiptCharge",
    "SeenReceiptDecision",
    "SeenReceiptEntry",
    "SeenReceiptTicket",
    "SeenRounded",
    "SeenStep",
    "SeenTimeRounding",
    "SeenTimelineEntry",
    "SeenViewBalance",
    "SeenViewDocument",
    "SeenViewLine",
    "SeenViewWork",
    "SellBlock",
    "Seller",
    "SendOn",
    "SeriesAction",
    "SeriesActionAssign",
    "SeriesEvent",
    "SeriesEventAssigned",
    "SeriesEventIntent",
    "SeriesEventLegalHoldPlaced",
    "Settled",
    "SettlementView",
    "ShadowCount",
    "ShadowDifference",
    "ShadowLine",
    "ShadowPayer",
    "ShadowRequest",
    "ShadowRun",
    "ShadowSums",
    "ShadowTotal",
    "SharedPart",
    "Shares",
    "Signature",
    "Signer",
    "SkipFee",
    "Span",
    "Stamp",
    "StandingFee",
    "StandingWork",
    "Statement",
    "StatementEntry",
    "Step",
    "Storage",
    "StoredRows",
    "Subtotal",
    "Summary",
    "TakenSeconds",
    "Target",
    "Task",
    "TaskConfirmed",
    "TaskEmitted",
    "TaskFailed",
    "TaskRetried",
    "TaskRule",
    "TaskView",
    "TasksView",
    "TaxId",
    "TaxRow",
    "TaxRule",
    "TermsDocument",
    "Text",
    "TextEvidence",
    "TheirLine",
    "Ticket",
    "Time",
    "TimeRounding",
    "Timeline",
    "Tolerance",
    "Totals",
    "TrailElsewhere",
    "TrailProof",
    "TrailView",
    "Unapplied",
    "Unapply",
    "UnapprovedPayment",
    "UnapprovedPayments",
    "UnbilledView",
    "UnderWay",
    "Verdict",
    "View",
    "ViewFilter",
    "Void",
    "VoidProposed",
    "Voided",
    "Voiding",
    "Waiting",
    "WaitingItem",
    "When",
    "WhenAny",
    "WhenCode",
    "WhenNone",
    "Whole",
    "Withdraw",
    "WithdrawEstimate",
    "WithheldView",
    "Word",
    "Wording",
    "Work",
    "WorkDocument",
    "WorkSeconds",
    "Worklist",
    "WriteOff",
    "WriteOffProposed",
    "WriteOffView",
    "WrittenOff",
]


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What content is about."""

    id: str
    """Its id."""
    kind: Literal["approval", "dispute", "document", "entry", "receipt", "record", "ticket"]
    """What it is."""


class Accepted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="accepted"):
    """The customer accepts the document."""

    document: str | None = None
    """Digest of the document's model, or of what a decision on it is bound to."""


class AccountActionCredit(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="credit"):
    """Credits a part or the whole of an invoice, or of an item that moved in."""

    effect: Literal["rebill", "forgive"]
    """What becomes of the work."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    id: str
    """Id of the credit note."""
    invoice: str
    """The invoice or opening item."""
    keeps_hours: bool | None = None
    """Whether hours of a block that is forgiven stay with the customer, as a gift."""
    reason: str
    """Why: a code of the host."""
    scope: CreditScope
    """How much."""


class AccountActionProposeEstimate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="propose_estimate"):
    """Asks a customer to consent to work outside the agreement, up to a cap."""

    cap: Decimal
    """Most net before tax that may be billed."""
    currency: str
    """The currency of the cap."""
    estimate: str
    """Id of the estimate."""
    expires: _time.date
    """Last day on which an invoice may draw on it."""
    scope: EstimateScope
    """The work."""


class AccountActionWriteOff(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="write_off"):
    """Writes a part of an item off."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    id: str
    """Id of the write-off."""
    item: str
    """The item."""
    reason: str
    """Why: a code of the host."""


class AccountEventBlockSold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="block_sold"):
    """A prepaid block was sold, or an amount that was agreed for a milestone fell due."""

    agreement: str
    """The agreement."""
    charge: Charge
    """What will be billed for it."""
    currency: str
    """The currency of the charge."""
    customer: str
    """The customer."""
    sale: str
    """The sale."""
    seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds that can be drawn; none for a milestone."""


class AccountEventCustomerReleased(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="customer_released"):
    """A customer left for another payer."""

    after: str | None = None
    """The transfer of the same customer to the same account before this one: it is admitted first."""
    belongings: Belongings
    """What goes with it."""
    customer: str
    """The customer."""
    effective: _time.date
    """The date it takes effect."""
    follows: bool
    """Whether the customer had left before: what came up here since follows it."""
    hands_on: _Array[str] = ()
    """Accounts whose releases this one hands on, the first first, where the customer only passes through: what they said of their documents is as new as this."""
    to: str
    """The account it goes to."""
    transfer: str
    """Key of the transfer."""


class AccountEventIntent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="intent"):
    """What another log should be told: a ready command, delivered at least once, done once."""

    command: Mapping[str, Any]
    """The ready command."""
    id: str
    """Its id, emitted once: `ready:`, its kind and what it is about."""
    log: LogAddress
    """The log it is for."""


class AccountEventLegalHoldPlaced(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="legal_hold_placed"):
    """A legal hold was placed."""

    about: About | None = None
    """Only content about this."""
    by: str
    """Who placed it."""
    effective: _time.date
    """The date it takes effect; it holds from now on."""
    hold: str
    """The hold."""
    note: Note | None = None
    """Why, sealed."""
    person: str | None = None
    """Only content of this person."""
    reason_code: str
    """Why."""


class AccountEventMilestoneReached(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="milestone_reached"):
    """A project reached a milestone."""

    effective: _time.date
    """The last day of work that is due with it."""
    milestone: str
    """The milestone."""
    project: str
    """The project."""


class AccountView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account as of a date."""

    account: str
    """The payer."""
    approvals: _Array[ApprovalView] = ()
    """Approvals, needed and given."""
    as_of: _time.date
    """The date."""
    blocks: _Array[BlockView] = ()
    """Prepaid blocks."""
    credits: _Array[CreditView] = ()
    """Credit notes."""
    deposits: _Array[DepositView] = ()
    """Down payments."""
    disputes: _Array[DisputeView] = ()
    """Disputes."""
    estimates: _Array[EstimateView] = ()
    """Estimates."""
    findings: _Array[Finding] = ()
    """What somebody should look at."""
    invoices: _Array[InvoiceView] = ()
    """Invoices."""
    opening_items: _Array[ItemView] = ()
    """Items that moved in."""
    refunds: _Array[RefundView] = ()
    """Refunds, those that wait for approval among them."""
    unbilled: _Array[UnbilledView] = ()
    """Work on no live invoice."""
    withheld: _Array[WithheldView] = ()
    """Work to which consent was denied, or not given in time."""
    write_offs: _Array[WriteOffView] = ()
    """Write-offs."""


class AccountWork(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the work of an account stands."""

    account: str
    """The payer."""
    seconds: WorkSeconds
    """Its recorded seconds."""


class ActionsView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody may do with a document now."""

    actions: _Array[Literal["view", "approve", "accept", "dispute", "promise", "advance_dispute", "close_dispute", "void", "credit", "apply_credit", "use_credit", "write_off", "recover", "record_delivery", "hold", "end_hold", "contact", "remark"]] = ()
    """What they may do."""
    document: str | None = None
    """The document."""
    state: Literal["awaiting_approval", "rejected", "approved", "issued", "void"] | None = None
    """Where it stands."""


class Address(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a party is."""

    city: str | None = None
    """The city."""
    country: str
    """The country: two capital letters of ISO 3166-1."""
    lines: _Array[str] = ()
    """Street and what else stands above the city, in the order it is printed."""
    postal_code: str | None = None
    """The postal code."""
    subdivision: str | None = None
    """The part of the country."""


class Adjustment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One explained difference."""

    amount: Decimal
    """The amount by which the open balance falls."""
    kind: Literal["discount", "exchange_difference", "fee", "withholding", "write_off"]
    """What it is."""
    reason: str | None = None
    """Why: a code of the host, such as the rule or the certificate that gave it."""


class AdjustmentExplanation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An allowance or charge of a line, or what of one of the whole document falls on it."""

    adjustment: PriceAdjustment
    """The allowance or charge with all its facts."""
    falls: Decimal
    """What of it falls on the line: as prices are stated for one of the line, before tax for one of the document; below 0 for an allowance."""
    text: str
    """What it saw and what it gave, for people."""


class AdjustmentPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a payment may close an item with less cash than was open."""

    withholding_percent: Decimal | None = None
    """Most that a payer may withhold as tax, in percent of the item's total."""
    write_off_tolerance: Decimal | None = None
    """Largest remainder that a payment may write off, in the item's currency."""


class AdjustmentShare(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of an adjustment that is taxed alike."""

    amount: Decimal
    """The amount, as prices are stated."""
    net: Decimal
    """Before tax."""
    taxes: _Array[LineTax] = ()
    """The taxes it bears; untaxed when left out."""


class AdjustmentTerm(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An allowance or charge as it is agreed: an amount, or a percentage of what it is applied to."""

    amount: Decimal | None = None
    """The amount, as prices are stated; a negative one corrects an earlier."""
    codes: _Array[str] = ()
    """Charge codes of the lines it applies to one by one; the whole document when left out."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """First date of supply; open when left out."""
    kind: Literal["allowance", "charge"]
    """Which way it goes."""
    percent: Decimal | None = None
    """The percentage, from 0 to 100 for an allowance."""
    reason: str
    """Why, as the document says."""
    reason_code: str | None = None
    """The same as a code of UNTDID 5189 (allowances) or 7161 (charges)."""
    tax_category: str | None = None
    """The tax category of an adjustment of the document; spread over all groups when left out."""
    to: _time.date | None = None
    """Last date of supply; open when left out."""


class AdmitCustomer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="admit_customer"):
    """Takes a customer in from another payer."""

    hash: str
    """Hash of the record of its release."""
    release: Mapping[str, Any]
    """That record, whole."""
    send_on: SendOn | None = None
    """Where it goes on to in the same record: this account was named by mistake and pays for nothing."""


class AdvanceDispute(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="advance_dispute"):
    """Moves a dispute on."""

    dispute: str
    """The dispute."""
    to: Literal["acknowledged", "investigating", "escalated"]
    """Where to."""


class AgingColumns(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The columns of an aging row."""

    buckets: _Array[Decimal] = ()
    """Open amounts by bucket, disputed parts included."""
    disputed: Decimal
    """Of which disputed."""
    open: Decimal
    """Sum of the buckets."""
    open_items: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Number of open items."""
    unapplied: Decimal
    """Money not applied."""


class AgingPolicy(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The buckets of an aging."""

    basis: Literal["due", "invoice"] | None = None
    """From which date items age."""
    day_zero_in_first: bool | None = None
    """Whether day 0 past the due date stands in the first bucket; not due when left out. Day 0 past the issue date is never due."""
    limits: _Array[Annotated[int, msgspec.Meta(ge=0, le=4294967295)]] = ()
    """Last day of each bucket; one more bucket follows the last."""


class AgingReport(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is owed as of a date, by age."""

    as_of: _time.date
    """The date."""
    basis: Literal["due", "invoice"]
    """From which date items age."""
    buckets: _Array[str] = ()
    """Names of the buckets."""
    sections: _Array[AgingSection] = ()
    """One section per currency."""


class AgingRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for an aging."""

    as_of: _time.date
    """The date."""
    basis: Literal["due", "invoice"] | None = None
    """From which date items age; the policy's when left out."""
    known: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """As far as was known at this moment; as is known now when left out."""


class AgingRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one customer owes in one currency."""

    columns: AgingColumns
    """The columns."""
    customer: str | None = None
    """The customer; left out for money of an unknown payer."""


class AgingSection(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is owed in one currency."""

    control_total: Decimal
    """Signed open items less unapplied cash, summed on its own."""
    currency: str
    """The currency; currencies are never added."""
    rows: _Array[AgingRow] = ()
    """Customers by id, money of unknown payers first."""
    totals: AgingColumns
    """Sum of the rows."""


class Agreement(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The terms of an agreement."""

    code: str | None = None
    """Charge code under which a block is sold."""
    covers: _Array[str] = ()
    """Charge codes it covers; all labour when empty."""
    fees: _Array[RecurringFee] = ()
    """Fees for every period."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """First day; open when left out."""
    hours: Decimal | None = None
    """Hours of a block."""
    id: str
    """Id of the agreement."""
    kind: Literal["time_and_materials", "prepaid_hours"]
    """How it bills."""
    precedence: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Decides between agreements in force together; the larger wins."""
    price: Decimal | None = None
    """Price of a block, before tax."""
    to: _time.date | None = None
    """Last day; open when left out."""


class All(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="all"):
    """Several conditions."""

    of: _Array[When] = ()
    """The conditions."""


class Allocate(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="allocate"):
    """Allocations of a receipt to one account, reserved under one key."""

    account: str
    """The account."""
    allocations: _Array[Allocation] = ()
    """What goes where."""
    book: str
    """The cash book."""
    by: str | None = None
    """Who reserved it."""
    effective: _time.date
    """The date it counts from."""
    id: str
    """Key of the reservation."""
    method: Literal["reference_exact", "reference_fee", "reference_partial", "reference_surplus", "payer_amount", "contradiction", "ambiguous", "currency_mismatch", "payer_only", "unknown_payer"] | None = None
    """How matching explained it; left out when somebody chose by hand."""
    named: _Array[str] = ()
    """The numbers by which matching found its items in the words of the receipt."""
    paid: _time.date
    """When the money came: the value date of its bank line, which an early-payment discount goes by."""
    receipt: str
    """The receipt."""


class Allocated(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="allocated"):
    """Reserved money was applied."""

    balances: _Array[ItemBalance] = ()
    """What is open afterwards."""
    effective: _time.date
    """The date it takes effect: that of the reservation, or the first open day where that is closed."""
    reservation: Reservation
    """The reservation with its allocations."""


class Allocation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fall of an item's open balance by one receipt."""

    adjustments: _Array[Adjustment] = ()
    """Explained differences."""
    cash: Decimal
    """The cash that goes to the item."""
    currency: str
    """The currency of all amounts."""
    item: str
    """The item."""


class AllocationDeclined(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="allocation_declined"):
    """Reserved money could not be applied; the cash book is told to release it."""

    book: str
    """The cash book."""
    code: Annotated[int, msgspec.Meta(ge=0, le=65535)]
    """Number of the code of the first reason."""
    name: str
    """Name of that code."""
    reservation: str
    """Key of the reservation."""


class AllocationUndone(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="allocation_undone"):
    """Applied money was taken back: what it had paid is open again, and the money is unapplied."""

    balances: _Array[ItemBalance] = ()
    """What is open afterwards."""
    effective: _time.date
    """The date it takes effect; never before the money was applied."""
    reason: str
    """Why: a code of the host, or of the bank's reversal."""
    reservation: str
    """Key of the reservation."""


class Amount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="amount"):
    """An amount of money."""

    amount: Decimal
    """How much, exactly."""
    currency: str
    """Its currency."""
    digits: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many decimals the currency has."""


class AmountPolicy(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the sums of documents are made."""

    cash: _Array[CashStep] = ()
    """Steps that what is to be paid is rounded to; currencies without one are not rounded."""
    en16931: bool | None = None
    """Whether prices that contain their tax are taken apart as EN 16931 wants it."""
    prices_include_tax: bool | None = None
    """Whether prices contain their tax."""
    tax_rounding: Literal["group", "line"] | None = None
    """What tax is rounded once for."""


class AmountRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rule that the sums of one document were made by."""

    cash_rounding: Literal["half_up", "half_even", "up", "down", "ceiling", "floor"] | None = None
    """How what is to be paid was rounded to the step."""
    cash_step: Decimal | None = None
    """The step that what is to be paid was rounded to."""
    discount: Decimal | None = None
    """The percentage that paying early leaves out and that is not taxed, whether or not it is taken."""
    en16931: bool | None = None
    """Whether prices that contain their tax are taken apart as EN 16931 wants it."""
    prices_include_tax: bool | None = None
    """Whether prices contain their tax."""
    tax_rounding: Literal["group", "line"] | None = None
    """What tax was rounded once for."""


class Amounts(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="amounts"):
    """Amounts of some lines before tax."""

    amounts: _Array[LineAmount] = ()
    """Line by line."""
    currency: str
    """The currency."""


class Anonymised(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="anonymised"):
    """What becomes of a piece of content as of a date, and why."""

    about: About
    """What it is about."""
    action: Literal["keep", "anonymise", "purge"]
    """What becomes of it now."""
    because: Literal["legal_hold", "open_dispute", "shared_bytes", "forever", "not_started", "not_due", "due", "requested"]
    """Why."""
    blockers: _Array[str] = ()
    """The holds, disputes or other content that keep it."""
    content: Literal["attachment", "text"]
    """What it is."""
    due: _time.date | None = None
    """The first day on which its time is over."""
    hash: str | None = None
    """SHA-256 of its bytes; none for words."""
    id: str
    """Its id."""
    name: str | None = None
    """Commitment of the name of an attachment, which goes with it."""
    reason: str
    """Why, for people to read."""
    rule: RetentionRule
    """The rule of its class."""
    since: _time.date | None = None
    """The day its time counts from."""


class ApplyCredit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="apply_credit"):
    """Sets unused credit against another item of the same customer and currency."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    from_: str = msgspec.field(name="from")
    """The credit."""
    to: str
    """What it is set against."""


class ApprovalDecided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="approval_decided"):
    """Somebody decided on what waits for approval."""

    decision: Decision
    """The decision."""
    status: Literal["pending", "approved", "rejected", "expired"]
    """Where its request stands after that."""
    subject: str
    """What was decided on."""
    subject_kind: Literal["invoice", "credit_note", "write_off", "void", "estimate", "refund"]
    """What kind of thing that is."""


class ApprovalDecision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Decides on whatever waits for approval, bound to the digest of what was shown."""

    consent: Note | None = None
    """The words of consent."""
    digest: str
    """Digest of the content that was shown."""
    evidence: Evidence | None = None
    """What proves the decision."""
    method: str | None = None
    """How it reached the seller, such as `portal` or `mail`."""
    on_behalf_of: str | None = None
    """Who is decided for, under a delegation of the policy."""
    shown: str | None = None
    """Digest of the page that was shown, as the role sees it; held against the page when it is named."""
    signature: str | None = None
    """Ed25519 signature of the statement: 128 hexadecimal digits."""
    subject: str
    """What waits: an invoice, credit note, write-off or estimate of this account."""
    verdict: Literal["approve", "reject"]
    """The decision."""


class ApprovalEscalated(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="approval_escalated"):
    """Nobody decided for a while under a rule, and others may too."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When it was recorded."""
    deciders: _Array[OpenStep] = ()
    """Who may decide under the rule now."""
    rule: str
    """The rule whose escalation began."""
    subject: str
    """What waits."""
    subject_kind: Literal["invoice", "credit_note", "write_off", "void", "estimate", "refund"]
    """What kind of thing that is."""


class ApprovalExpired(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="approval_expired"):
    """A request ended because nobody decided in time."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When it was recorded."""
    rule: str
    """The rule whose time was over."""
    subject: str
    """What waited."""
    subject_kind: Literal["invoice", "credit_note", "write_off", "void", "estimate", "refund"]
    """What kind of thing that is."""


class ApprovalExplanation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something needs approval, and what was decided."""

    asked: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When it was asked."""
    author: str
    """Who made what is asked for."""
    currency: str
    """Currency of the net."""
    decisions: _Array[Decision] = ()
    """What was decided, in order."""
    digest: str
    """Digest of what was shown."""
    kind: Literal["invoice", "credit_note", "write_off", "void", "estimate", "refund"]
    """What kind of thing it is."""
    net: Decimal
    """Its net before tax."""
    rules: _Array[RuleExplanation] = ()
    """The rules that asked; none where nothing was needed."""
    status: Literal["pending", "approved", "rejected", "expired"]
    """Where the request stands."""
    subject: str
    """What was asked for."""


class ApprovalRule(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When somebody must agree, and who."""

    above: Decimal | None = None
    """Strictly above this absolute net before tax: 250.00 passes, 250.01 needs approval."""
    assurance: Literal["low", "substantial", "high"] | None = None
    """How surely a person must be known, where the rule has one step."""
    carries: bool | None = None
    """Whether decisions stand when the document is made again with lines of the one that was shown and an amount that is not larger."""
    currency: str | None = None
    """Currency of the thresholds; the subject's own, at face value, when left out."""
    delegation: bool | None = None
    """Whether a person may decide for another who delegated to them."""
    denied: Literal["return", "hold", "bill_covered", "write_off"] | None = None
    """What becomes of the work when somebody says no."""
    escalation: Escalation | None = None
    """Who else may decide when nobody did for a while."""
    expiry: Expiry | None = None
    """When a request that nobody decided is over."""
    id: str
    """Id of the rule."""
    kinds: _Array[Literal["invoice", "credit_note", "write_off", "void", "estimate", "refund"]] = ()
    """What it is for; what is for credit notes is for voids too where no rule of the policy is."""
    order: Literal["parallel", "sequence"] | None = None
    """In which order the steps are decided."""
    people: _Array[str] = ()
    """People who may approve, where the rule has one step."""
    quorum: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How many people must approve, where the rule has one step."""
    roles: _Array[str] = ()
    """Roles that may approve, where the rule has one step."""
    signed: bool | None = None
    """Whether a decision must be signed, where the rule has one step."""
    split_proof: bool | None = None
    """Whether `above` also looks at what was asked for the same ticket and code since this rule last decided, so that a job cannot be billed in parts below the threshold."""
    steps: _Array[ApprovalStep] = ()
    """Several groups of people who must approve."""
    when: When | None = None
    """What else must be the case; with `above`, both must."""


class ApprovalStep(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People who must approve, and how surely they must be known."""

    assurance: Literal["low", "substantial", "high"] | None = None
    """How surely a person must be known."""
    people: _Array[str] = ()
    """The people who may; anybody in one of the roles when empty."""
    quorum: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How many people must approve."""
    roles: _Array[str] = ()
    """The roles that may; any role of the people when empty."""
    signed: bool | None = None
    """Whether a decision must be signed."""


class ApprovalView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The approvals that something needs and has."""

    currency: str
    """Currency of the net."""
    decisions: _Array[Decision] = ()
    """What was decided."""
    digest: str
    """Digest that a decision must quote."""
    kind: Literal["invoice", "credit_note", "write_off", "void", "estimate", "refund"]
    """What kind of thing waits."""
    needed: _Array[Requirement] = ()
    """What is needed."""
    net: Decimal
    """The net judged."""
    open: bool
    """Whether somebody must still decide."""
    subject: str
    """What waits, such as an invoice."""


class Article(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was delivered, as documents call it (EN 16931 BT-153, BT-155)."""

    name: str
    """What it is called."""
    sku: str
    """The stock-keeping unit."""


class Asked(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request for approval as it was made."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When."""
    author: str
    """Who made the subject."""
    carried: _Array[Decision] = ()
    """Decisions on what was shown before that stand for this too."""
    currency: str
    """The currency of the net."""
    date: _time.date
    """The date it counts to."""
    digest: str
    """Digest of exactly the content: what decisions are bound to."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates that its rules compared with, also where nothing was above."""
    needed: _Array[Requirement] = ()
    """Approvals it needs, in the order of the rules."""
    net: Decimal
    """Its net before tax."""


class AskedRefundCredit(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="credit"):
    """Pays unused credit out."""

    amount: Decimal
    """How much."""
    book: str
    """The cash book of the bank account it is paid from."""
    currency: str
    """Its currency."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    id: str
    """Id of the refund."""
    item: str
    """The credit."""
    reason: str
    """Why: a code of the host."""


class AskedRefundReceipt(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="receipt"):
    """Pays money of a receipt back that belongs to a customer and was not applied."""

    amount: Decimal
    """How much."""
    book: str
    """The cash book of the receipt."""
    currency: str
    """Its currency."""
    customer: str
    """Whose money it is."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    id: str
    """Id of the refund."""
    payee: str
    """Who gets it: a customer, or the bank account it came from."""
    reason: str
    """Why: a code of the host."""
    receipt: str
    """The receipt."""


class Assigned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number was assigned to an invoice, for good."""

    account: str
    """The account of the invoice."""
    counter: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The counter in its period."""
    date: _time.date
    """The issue date."""
    invoice: str
    """The invoice."""
    number: str
    """The number."""
    period: str
    """The period in which the counter counts."""
    series: str
    """The series."""


class Attachment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of the host: what it is, not what it says; its bytes stay with the host."""

    about: About
    """What it is about."""
    class_: str | None = msgspec.field(default=None, name="class")
    """Its class."""
    hash: str
    """SHA-256 of its bytes."""
    id: str
    """Its id."""
    media_type: str
    """Its media type, such as `image/png`."""
    name: Note | None = None
    """Its name, sealed."""
    person: str | None = None
    """Whose personal data it holds."""
    size: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Its size in bytes."""


class AttachmentsRegistered(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="attachments_registered"):
    """Files of the host were registered."""

    attachments: _Array[Attachment] = ()
    """The files."""


class AudienceRole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="role"):
    """Whoever has a role at the seller."""

    role: str
    """The role."""


class AudienceTicket(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="ticket"):
    """Each ticket whose work is billed; one task for each."""


class Balance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="balance"):
    """Bills as soon as more than this is unbilled in a currency."""

    above: Decimal
    """The net that must be exceeded, in the currency at face value."""


class BandDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours of the week that belong to a band."""

    band: str
    """The band."""
    days: _Array[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = ()
    """The days."""
    from_: str = msgspec.field(name="from")
    """First minute, as HH:MM local time."""
    to: str
    """The minute after the last, as HH:MM; 24:00 is midnight."""


class Belongings(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that goes with a customer to another payer."""

    balances: _Array[OpeningBalance] = ()
    """Prepaid blocks."""
    entries: _Array[Entry] = ()
    """Unbilled work; never billed where it was again."""
    estimates: _Array[MovedEstimate] = ()
    """Estimates about its work alone."""
    fees: _Array[StandingFee] = ()
    """Days of its fees that are not due."""
    items: _Array[ItemTerms] = ()
    """Open items, with what is open of them."""
    lapsed: _Array[MovedLapse] = ()
    """Its unbilled work to which consent was denied or not given."""
    milestones: _Array[MilestoneReached] = ()
    """Milestones of its projects."""
    returned_draws: _Array[ReturnedDraw] = ()
    """What documents gave back to estimates that left before."""
    returned_seconds: _Array[ReturnedSeconds] = ()
    """What documents gave back to blocks that left before."""
    sales: _Array[BlockSold] = ()
    """Sales of blocks that no document bills; their hours are in the balances."""
    standing: _Array[StandingWork] = ()
    """Work that stays on documents: nobody bills it again."""
    tickets: _Array[Ticket] = ()
    """Its tickets."""


class Bill(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="bill"):
    """Bills by hand: drafts invoices of all billable work, sales and fees up to the end of a period, one per currency and group."""

    adjustments: _Array[OneOffAdjustment] = ()
    """Allowances and charges of this bill alone, each on one of its invoices."""
    below_minimum: bool | None = None
    """Whether what is below the minimum is billed too."""
    catch_up: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Most late periods of each fee; what the fee says when left out."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    period: Period
    """The period."""
    run: str
    """Names the run, such as `monthly`; part of the invoice ids."""


class BillingPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan that says by itself when an account is billed."""

    id: str
    """Id of the plan; part of the keys of what it bills."""
    when: PlanWhen
    """What sets it off."""
    work: Literal["ticket_closed", "work_done"] | None = None
    """When work becomes billable under it; the policy's rule when left out."""


class BillingPolicy(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How work is gathered into invoices."""

    collapse: Literal["none", "ticket", "ticket_rate", "ticket_rate_day", "agent", "code"] | None = None
    """How charges are gathered into lines."""
    credit_series: str | None = None
    """The number series of credit notes; the invoices' when left out."""
    delay_days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days that work waits after its ticket became billable and the grace is over."""
    grouping: _Array[Literal["agreement", "customer", "language", "period", "project", "purchase_order", "site", "tax_scheme", "terms", "ticket"]] = ()
    """What tells invoices apart besides payer and currency."""
    minimum: Decimal | None = None
    """The least net of an invoice, in its own currency at face value; less is carried forward."""
    payment_references: _Array[ReferenceRule] = ()
    """How payment references are made of the numbers of a series; payers quote the number where there is none."""
    plans: _Array[BillingPlan] = ()
    """What bills by itself; an account can always be billed by hand."""
    reopen_grace_days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days after a ticket became billable in which it may be reopened without having been billed."""
    series: str
    """The number series of invoices."""
    statuses: _Array[str] = ()
    """Ticket statuses that make work billable; empty means the closing of the ticket."""
    trigger: Literal["ticket_closed", "work_done"] | None = None
    """When work becomes billable."""


class BlockSold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A prepaid block was sold, or an amount that was agreed for a milestone fell due."""

    agreement: str
    """The agreement."""
    charge: Charge
    """What will be billed for it."""
    currency: str
    """The currency of the charge."""
    customer: str
    """The customer."""
    sale: str
    """The sale."""
    seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds that can be drawn; none for a milestone."""


class BlockView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A prepaid block."""

    agreement: str
    """The agreement."""
    drawn: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds drawn."""
    left: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds left."""
    purchased: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds bought."""


class BookActionAssign(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="assign"):
    """A receipt belongs to a customer."""

    customer: str
    """The customer."""
    receipt: str
    """The receipt."""


class BookActionPayBack(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="pay_back"):
    """Money of a receipt that an account pays back: the ready command of a refund that it approved."""

    account: str
    """The account that approved it."""
    amount: Decimal
    """How much."""
    approved_by: _Array[str] = ()
    """Who approved it there, for themselves or others."""
    asked_by: str
    """Who asked for it."""
    currency: str
    """Its currency."""
    customer: str
    """Whose money it is: the receipt must be its customer's."""
    payee: str
    """Who gets it."""
    reason: str
    """Why: a code of the host."""
    receipt: str
    """The receipt."""
    refund: str
    """Id of the refund, unique in its account."""


class BookActionPayOut(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="pay_out"):
    """Unused credit that an account pays out of this bank account."""

    account: str
    """The account that owes it."""
    amount: Decimal
    """How much."""
    approved_by: _Array[str] = ()
    """Who approved it there, for themselves or others."""
    asked_by: str
    """Who asked for it."""
    currency: str
    """Its currency."""
    customer: str
    """Whose it is."""
    effective: _time.date
    """From when the credit is lower in its account."""
    item: str
    """The credit it is paid from."""
    reason: str
    """Why: a code of the host."""
    refund: str
    """Id of the refund, unique in its account."""


class BookActionRefund(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="refund"):
    """Pays money of a receipt back."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    id: str
    """Id of the refund, unique in its book."""
    payee: str
    """Who gets it: a customer, or the bank account it came from."""
    reason: str
    """Why: a code of the host."""
    receipt: str
    """The receipt."""


class BookActionUnapplied(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="unapplied"):
    """The account took a reservation back: its money is unapplied again."""

    applied: _time.date
    """The date from which it was applied."""
    effective: _time.date
    """The date it takes effect."""
    reservation: str
    """The reservation."""


class BookEventAssigned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="assigned"):
    """A receipt belongs to a customer."""

    customer: str
    """The customer."""
    receipt: str
    """The receipt."""


class BookEventIntent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="intent"):
    """What another log should be told: a ready command, delivered at least once, done once."""

    command: Mapping[str, Any]
    """The ready command."""
    id: str
    """Its id, emitted once: `ready:`, its kind and what it is about."""
    log: LogAddress
    """The log it is for."""


class BookEventLegalHoldPlaced(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="legal_hold_placed"):
    """A legal hold was placed."""

    about: About | None = None
    """Only content about this."""
    by: str
    """Who placed it."""
    effective: _time.date
    """The date it takes effect; it holds from now on."""
    hold: str
    """The hold."""
    note: Note | None = None
    """Why, sealed."""
    person: str | None = None
    """Only content of this person."""
    reason_code: str
    """Why."""


class BookEventPaidOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="paid_out"):
    """Unused credit was paid out."""

    effective: _time.date
    """The date it takes effect here: that of its order, or the first open day where that is closed."""
    id: str
    """Id of what was paid."""
    order: PayOut
    """What the account ordered."""


class BookEventRefunded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="refunded"):
    """Money of a receipt was paid back."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    effective: _time.date
    """The date it takes effect."""
    entry: str | None = None
    """The bank line of a payment provider that says so, where nobody had recorded it."""
    id: str
    """Id of the refund."""
    order: RefundOrder | None = None
    """What an account ordered; left out where nobody was asked."""
    payee: str
    """Who gets it."""
    reason: str
    """Why."""
    receipt: str
    """The receipt."""


class BookEventUnapplied(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="unapplied"):
    """Money that an account took back is unapplied again."""

    counts_from: _time.date
    """The day from which it counts here: that of the account, or the first open day where that is closed."""
    unapplied: Unapplied
    """What the account said."""


class Broken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="verdict", tag="broken"):
    """`Broken` of the schema `verdict`."""

    finding: Finding
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]


class Cadence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long a period is."""

    count: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How many units make one period."""
    unit: Literal["day", "week", "month"] | None = None
    """The unit."""


class CalendarDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A working calendar."""

    bands: _Array[BandDocument] = ()
    """Hours of the week."""
    days_off: _Array[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = ()
    """Days of the week that are no business days."""
    holidays: _Array[Holiday] = ()
    """Days off."""
    id: str
    """Id of the calendar."""
    otherwise: str
    """The band of all other time."""
    zone: str
    """IANA time zone."""


class Capture(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="capture"):
    """Captures work; what is known already has no effect."""

    entries: _Array[Entry] = ()
    """Time and parts."""
    tickets: _Array[Ticket] = ()
    """Tickets, as they stand now."""


class Captured(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="captured"):
    """New or changed work."""

    entries: _Array[Entry] = ()
    """Time and parts."""
    tickets: _Array[Ticket] = ()
    """Tickets."""


class Carried(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a decision on another document stands for this one."""

    from_: str = msgspec.field(name="from")
    """The document that was shown."""
    rules: _Array[str] = ()
    """The rules that let it stand: the amount is not larger, and the lines are a subset."""


class CarriedForward(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stayed unbilled because it was less than the minimum of an invoice."""

    currency: str
    """The currency of the net."""
    grouping: _Array[GroupValue] = ()
    """What its lines have in common."""
    minimum: Decimal
    """The minimum."""
    net: Decimal
    """What it came to before tax."""


class CashBookView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cash book as of a date."""

    as_of: _time.date
    """The date."""
    book: str
    """The bank account."""
    payouts: _Array[PaidOut] = ()
    """Unused credits that were paid out, by id."""
    receipts: _Array[ReceiptView] = ()
    """Receipts, by id."""
    settlements: _Array[SettlementView] = ()
    """What payment providers settled, by bank line."""


class CashStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The step that cash payments of a currency are rounded to."""

    currency: str
    """The currency."""
    rounding: Literal["half_up", "half_even", "up", "down", "ceiling", "floor"] | None = None
    """How."""
    step: Decimal
    """The smallest coin."""


class Charge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A priced piece of work with everything its amount was made from."""

    agent: str | None = None
    """Who worked."""
    agreement: str | None = None
    """The agreement it fell under."""
    article: Article | None = None
    """What was delivered; none for time, fees and sales."""
    band: str | None = None
    """The band of the calendar."""
    code: str
    """The charge code."""
    coverage: Coverage | None = None
    """The block that covers it; then its net is 0."""
    date: _time.date
    """The local day of the work; the first, where it went past midnight."""
    end: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The instant after the last."""
    entry: str
    """Id of the entry, of the sale, of the days of a fee, or of the down payment."""
    factor: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The multiplier in ten-thousandths."""
    fee: FeePart | None = None
    """The days that a recurring fee is for."""
    multiplier: str | None = None
    """The multiplier's row."""
    net: Decimal
    """The amount before tax, rounded half up to the currency's digits."""
    no_charge: bool
    """Whether it is shown at no charge; then its net is 0."""
    price: Decimal
    """The unit price."""
    quantity: Decimal
    """Billed seconds, or pieces."""
    rate: str | None = None
    """The price row; left out when the entry stated its price."""
    raw_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Worked seconds before rounding."""
    rounding: Rounded | None = None
    """How its scope was rounded; left out for parts and fees."""
    source: Literal["entry", "sale", "fee", "deposit"]
    """What `entry` is an id of."""
    start: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The first instant."""
    ticket: str | None = None
    """The ticket."""
    unit: Literal["hour", "unit"]
    """What the quantity counts."""


class ChargeCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A charge code: what appears on invoices, in taxes and in the accounts."""

    billable: bool | None = None
    """Whether work under it is billed unless the entry says otherwise."""
    id: str
    """Id of the code."""
    kind: Literal["labour", "part", "fee"]
    """What it stands for."""
    name: str
    """What it is called on invoices; issued lines keep the name they had."""
    parent: str | None = None
    """The code above it."""
    tax_category: str | None = None
    """Its tax category; untaxed when left out here and above."""


class ChargeExplanation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a charge is what it is."""

    charge: Charge
    """The charge with all its facts."""
    recomputed: Decimal
    """The amount recomputed from these facts alone."""
    steps: _Array[Step] = ()
    """The steps."""


class Chargeback(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="chargeback"):
    """A payer's bank took a receipt back from the provider, in whole."""

    amount: Decimal
    """How much: all of the receipt."""
    fee: Decimal | None = None
    """What the provider charged for it; below nothing where it gave a fee back."""
    reason: str
    """Why: the code of the card scheme or the host."""
    receipt: str
    """The receipt."""


class Checked(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a check found."""

    findings: _Array[Finding] = ()
    """What is wrong, and what is not shown."""
    sound: bool
    """Whether nothing is wrong."""


class ClassedField(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field with its class."""

    class_: Literal["public", "internal", "personal", "health", "secret"] = msgspec.field(name="class")
    """Its class."""
    name: str
    """Its name."""
    needs: _Array[Literal["documents", "totals", "money", "rates", "payments", "time", "scope", "service_level", "notes", "approvals", "disputes", "audit", "approve", "accept", "dispute", "promise", "settle", "bill", "write_off", "deliver", "collect", "remark"]] = ()
    """What a role needs besides the class."""
    shown: bool
    """Whether the role sees it."""


class ClassedShape(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A shape with the classes of its fields; of a row, its columns."""

    fields: _Array[ClassedField] = ()
    """Its fields."""
    name: str
    """Its name; of a row, that of its table after `row_`."""


class CloseDispute(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="close_dispute"):
    """Ends a dispute."""

    dispute: str
    """The dispute."""
    outcome: Literal["accepted", "accepted_in_part", "rejected", "withdrawn"]
    """How."""
    remedy: str | None = None
    """What takes the accepted part back: a credit note that is issued, or a write-off that is done."""


class ClosePeriod(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="close_period"):
    """Closes all days of a log up to one."""

    how: Literal["soft", "hard"]
    """How firmly."""
    pack: ClosedPack | None = None
    """What the log comes to, where whoever closes it states that."""
    through: _time.date
    """The last day that is closed."""


class CloseRun(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What closes a period of a seller."""

    closed: bool
    """Whether logs were given and all of them have closed it, as firmly as is asked."""
    digest: str
    """One digest over the logs with their digests, in their order."""
    from_: _time.date = msgspec.field(name="from")
    """The first day."""
    how: Literal["soft", "hard"]
    """How firmly."""
    logs: _Array[LogClose] = ()
    """Accounts, cash books and series, by kind and id; a publication of rules has no days to be closed."""
    settled: bool
    """Whether nothing is under way between the logs."""
    through: _time.date
    """The last day."""


class CloseRunRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks what closes a period of a seller."""

    from_: _time.date = msgspec.field(name="from")
    """The first day of the period."""
    how: Literal["soft", "hard"]
    """How firmly it is to be closed."""
    packs: bool | None = None
    """Whether what each log comes to is given beside its digest."""
    stamp: Stamp
    """The stamp of the ready commands."""
    through: _time.date
    """The last day of the period."""


class ClosedLog(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A log with the days that are closed: as it stood when it closed the period hard, or as it stands."""

    hard: _time.date | None = None
    """The last day that is closed hard."""
    head: Head
    """The record that closed the period, or the last one."""
    log: LogAddress
    """The log."""
    soft: _time.date | None = None
    """The last day that is closed softly, beyond those that are closed hard."""


class ClosedPack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a log came to when its days were closed."""

    digest: str
    """The digest of it."""
    from_: _time.date = msgspec.field(name="from")
    """The first of the days that it is about; the last is the one that was closed through."""


class ClosingPack(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a period comes to: for whoever closes it, and for the general ledger."""

    from_: _time.date = msgspec.field(name="from")
    """The first day."""
    logs: _Array[ClosedLog] = ()
    """Every log with its head."""
    sections: _Array[ClosingSection] = ()
    """One section per currency; currencies are never added."""
    tasks: _Array[OpenTask] = ()
    """What the outside world was asked to do by the last day and has not done, by account and id."""
    through: _time.date
    """The last day."""


class ClosingPolicy(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who may reopen days that were closed."""

    reopen_roles: _Array[str] = ()
    """Roles that may ask for it and agree to it, two people together; nobody may when left out."""


class ClosingRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks what some days come to."""

    from_: _time.date = msgspec.field(name="from")
    """The first day."""
    through: _time.date
    """The last day."""


class ClosingSection(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The period in one currency."""

    currency: str
    """The currency."""
    journal: _Array[JournalLine] = ()
    """Postings by account, those of taxes by role, category and rate too; debits and credits are equal."""
    receivables: RollForward
    """Signed open items."""
    unapplied_cash: RollForward
    """Money that is not applied, of unknown payers too."""


class CodeName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a code of the host is called on documents."""

    code: str
    """The code: of an approval rule, a reason, an agreement, payment terms, a cash book."""
    name: str
    """Its name."""


class CommandAccount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a host asks of one log: an action under an id of the host's choice."""

    action: AccountAction
    expect: Head | None = None
    id: str
    log: LogAddress
    salt: str | None = None
    schema: Literal["duebill/command/1"] = "duebill/command/1"
    stamp: Stamp


class CommandCashBook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a host asks of one log: an action under an id of the host's choice."""

    action: BookAction
    expect: Head | None = None
    id: str
    log: LogAddress
    salt: str | None = None
    schema: Literal["duebill/command/1"] = "duebill/command/1"
    stamp: Stamp


class CommandRef(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which command a record answers."""

    digest: str
    """Digest of its content."""
    id: str
    """Its id."""


class CommandRulebook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a host asks of one log: an action under an id of the host's choice."""

    action: PublicationAction
    expect: Head | None = None
    id: str
    log: LogAddress
    salt: str | None = None
    schema: Literal["duebill/command/1"] = "duebill/command/1"
    stamp: Stamp


class CommandSeries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a host asks of one log: an action under an id of the host's choice."""

    action: SeriesAction
    expect: Head | None = None
    id: str
    log: LogAddress
    salt: str | None = None
    schema: Literal["duebill/command/1"] = "duebill/command/1"
    stamp: Stamp


class CommitPlan(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="commit_plan"):
    """Bills what a plan found due: the question `plans` lists it, and it is done once."""

    adjustments: _Array[OneOffAdjustment] = ()
    """Allowances and charges of this bill alone, each on one of its invoices."""
    digest: str | None = None
    """The digest of what was shown; what it comes to now, with these adjustments, must be the same where it is given."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    plan: str
    """Key of the plan."""


class CompareRequest(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two daily heads of a seller to be compared."""

    earlier: DailyLogs
    """The earlier."""
    extensions: _Array[Extension] = ()
    """Proofs that logs only grew: the question `extension` gives them."""
    later: DailyLogs
    """The later."""


class Confirm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="confirm"):
    """The account applied a reservation."""

    effective: _time.date
    """The date from which it is applied."""
    reservation: str
    """The reservation."""


class ConfirmTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="confirm_task"):
    """The host did it."""

    reference: str | None = None
    """What proves it, such as the id of a message."""
    task: str
    """The task."""


class Confirmed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="confirmed"):
    """The account applied a reservation."""

    effective: _time.date
    """The date from which it is applied."""
    reservation: str
    """The reservation."""


class Consent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="consent"):
    """The page on which somebody agrees."""

    decider: Decider | None = None
    """Who is asked; who looks when left out."""
    subject: str
    """What waits: an invoice, credit note, write-off, void or estimate."""


class ConsentLapsed(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="consent_lapsed"):
    """What became of work to which consent was denied, or not given in time."""

    lapse: Literal["return", "hold", "bill_covered", "write_off"]
    """What became of it."""
    rule: str
    """The rule that says so."""
    subject: str
    """What consent was asked for."""
    work: _Array[LapsedWork] = ()
    """The work."""


class Consistent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="verdict", tag="consistent"):
    """`Consistent` of the schema `verdict`."""

    anchored: bool
    head: Head


class Contact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="contact"):
    """A contact of the customer."""

    purpose: str
    """What the contact is for, such as `billing`."""


class ContactPoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody to talk to."""

    email: str | None = None
    """Address for mail."""
    id: str
    """Id of the contact."""
    name: str | None = None
    """The name."""
    phone: str | None = None
    """The telephone."""
    purpose: str
    """What for; documents name the one for `billing`."""


class Contacted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="contacted"):
    """Somebody spoke with the customer about it."""

    channel: str
    """How, such as `phone`."""
    note: Note | None = None
    """What was said, sealed."""


class ContentView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of content and where it stands."""

    about: About
    """What it is about."""
    class_: str = msgspec.field(name="class")
    """Its class."""
    content: Literal["attachment", "text"]
    """What it is."""
    id: str
    """Its id: that of the attachment, or the commitment of the words."""
    person: str | None = None
    """Whose personal data it holds."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """The sequence of the record beside which its words stand; none for an attachment."""
    state: Literal["kept", "anonymised", "erased"]
    """Where it stands."""
    words: str | None = None
    """The words, while they are kept: of a text, or the name of an attachment."""


class ControlTotal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an import adds in one currency, to be checked against the system it moves in from."""

    cash: Decimal
    """Unapplied cash."""
    control: Decimal
    """Invoices and credits less cash."""
    credits: Decimal
    """Open credits, below 0."""
    currency: str
    """The currency."""
    invoices: Decimal
    """Open invoices."""


class Count(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="count"):
    """How many."""

    count: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """The count."""


class Coverage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a prepaid block took over."""

    after: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds left after."""
    agreement: str
    """The agreement."""
    before: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds left before."""


class CreditApplied(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="credit_applied"):
    """Unused credit was set against an item."""

    amount: Decimal
    """How much."""
    balances: _Array[ItemBalance] = ()
    """What is open on both afterwards."""
    currency: str
    """The currency."""
    effective: _time.date
    """The date it takes effect."""
    from_: str = msgspec.field(name="from")
    """The credit."""
    to: str
    """What it was set against."""


class CreditDrafted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="credit_drafted"):
    """A credit note was drafted; what it takes can be credited by no other."""

    approval: Asked
    """The request for its approval: by whom, on which digest, what is needed and why."""
    credit: CreditNote
    """The credit note, whole."""
    scope: CreditScope
    """How much of its invoice was asked to be credited: what its lines and sums follow from."""


class CreditIssued(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="credit_issued"):
    """A credit note has its number; it is set against its invoice up to what is open."""

    applied: Decimal
    """What of it was set against its invoice."""
    balances: _Array[ItemBalance] = ()
    """What is open on both afterwards."""
    credit: str
    """The credit note."""
    currency: str
    """The currency."""
    effective: _time.date
    """The date from which it is set against its invoice."""
    item: ItemTerms
    """What is owed to the customer, below 0."""
    reversals: _Array[Reversal] = ()
    """Discounts and remainders that it takes back: the customer gets back what was paid."""
    taken: _Array[TakenSeconds] = ()
    """What of forgiven blocks can be drawn no more."""


class CreditLine(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a credit note: what it takes back of a line of its invoice."""

    description: str
    """Name of what was charged, as on the invoice."""
    line: str
    """The line of the invoice."""
    net: Decimal
    """The amount before tax."""
    quantity: Decimal | None = None
    """The quantity, where whole quantities are credited."""
    taxes: _Array[LineTax] = ()
    """The taxes it bears, as on the invoice."""
    unit_code: Literal["C62", "HUR"]
    """What is priced, as on the invoice."""
    whole: bool
    """Whether nothing of the line is left."""


class CreditNote(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A credit note as it is approved and issued; amounts are above 0 where they are owed to the customer."""

    currency: str
    """The currency of every amount."""
    effect: Literal["rebill", "forgive"]
    """What becomes of the work."""
    header: Header
    """What it says besides lines and sums."""
    id: str
    """Id of the credit note, unique in its account."""
    invoice: str
    """The invoice or opening item that it takes back."""
    keeps_hours: bool | None = None
    """Whether hours of a block that is forgiven stay with the customer, as a gift."""
    lines: _Array[CreditLine] = ()
    """What it takes back, line by line; none for an item that moved in."""
    payer: str
    """Who is credited."""
    preceding: str
    """Number of the invoice."""
    preceding_issued: _time.date
    """When the invoice was issued."""
    reason: str
    """Why: a code of the host."""
    series: str
    """The number series it will draw from."""
    totals: Totals
    """The sums."""


class CreditNumberRequested(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="credit_number_requested"):
    """A credit note has all approvals; its number is under way and its content frozen."""

    credit: str
    """The credit note."""
    date: _time.date
    """The issue date."""
    series: str
    """The series."""


class CreditRefunded(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="credit_refunded"):
    """Unused credit is paid out; the cash book is told."""

    amount: Decimal
    """How much."""
    balances: _Array[ItemBalance] = ()
    """What is left of the credit."""
    book: str
    """The cash book."""
    currency: str
    """The currency."""
    effective: _time.date
    """The date it takes effect."""
    id: str
    """Id of the refund."""
    item: str
    """The credit."""
    reason: str
    """Why."""


class CreditView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A credit note with what is left of it."""

    currency: str
    """The currency of every amount."""
    effect: Literal["rebill", "forgive"]
    """What becomes of the work."""
    header: Header
    """What it says besides lines and sums."""
    id: str
    """Its id."""
    invoice: str
    """The invoice or opening item that it takes back."""
    issued: _time.date | None = None
    """When it was issued."""
    label: Labelled | None = None
    """What people call it, once it is issued."""
    lines: _Array[CreditLine] = ()
    """What it takes back, line by line."""
    number: str | None = None
    """Its number, once issued."""
    open: Decimal
    """What of it is not used; below 0."""
    preceding: str
    """Number of the invoice."""
    preceding_issued: _time.date
    """When the invoice was issued."""
    reason: str
    """Why."""
    settlement: Literal["unpaid", "processing", "partial", "paid", "overpaid", "credited", "written_off", "refunded"] | None = None
    """What became of it, once issued."""
    state: Literal["awaiting_approval", "rejected", "approved", "issued", "void"]
    """Where the document stands."""
    totals: Totals
    """The sums."""


class CreditVoided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="credit_voided"):
    """A credit note that was not issued is given up."""

    credit: str
    """The credit note."""
    reason: str
    """Why."""


class CurrencySummary(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The invoices of one currency, void ones left out."""

    awaiting_approval: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Invoices that wait for somebody's approval."""
    currency: str
    """The currency."""
    gross: Decimal
    """Net and tax of all."""
    invoices: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many there are."""
    net: Decimal
    """Before tax."""
    zero_invoices: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Invoices of nothing."""


class CustomerAdmitted(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="customer_admitted"):
    """A customer came from another payer. What came with it stands in the record of its release, quoted whole; where the customer goes on in the same record, only what was released is quoted, beside the hash, so that no quotation stands within another however often a customer is sent on. Open items stand here under ids that name the account they came from."""

    customer: str
    """The customer."""
    effective: _time.date
    """The date it takes effect: that of its release."""
    from_: str = msgspec.field(name="from")
    """The account it came from."""
    hash: str
    """Hash of the record of its release."""
    items: _Array[ItemTerms] = ()
    """Open items as they stand here."""
    release: Mapping[str, Any] | None = None
    """That record; left out where the customer goes on."""
    released: CustomerReleased | None = None
    """What that record says left, where the customer goes on."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Its sequence."""
    transfer: str
    """Key of the transfer."""


class CustomerHome(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The page on which a customer begins."""

    account: str | None = None
    """The payer."""
    as_of: _time.date | None = None
    """The day."""
    balances: _Array[SeenViewBalance] = ()
    """What is owed by currency."""
    consents: _Array[SeenDeskItem] = ()
    """What waits for the customer's consent."""
    parts: _Array[SeenHomePart] = ()
    """Documents by where they belong: pending, overdue, disputed, paid and the rest."""
    viewer: str | None = None
    """The customer."""


class CustomerName(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A customer that lines name besides the buyer."""

    customer: str
    """The customer."""
    name: str
    """Its name."""


class CustomerReleased(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A customer left for another payer."""

    after: str | None = None
    """The transfer of the same customer to the same account before this one: it is admitted first."""
    belongings: Belongings
    """What goes with it."""
    customer: str
    """The customer."""
    effective: _time.date
    """The date it takes effect."""
    follows: bool
    """Whether the customer had left before: what came up here since follows it."""
    hands_on: _Array[str] = ()
    """Accounts whose releases this one hands on, the first first, where the customer only passes through: what they said of their documents is as new as this."""
    to: str
    """The account it goes to."""
    transfer: str
    """Key of the transfer."""


class DailyAnswer(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A daily head, what it was made of, and the proofs that were asked for."""

    head: DailyHead
    """What is published."""
    logs: _Array[LogHead] = ()
    """The heads of all logs; keep them for the next day."""
    proofs: _Array[LogProof] = ()
    """A proof for each log that was named."""


class DailyHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a seller publishes of a day: one digest over all its logs, so that none of them can be lost or rewritten unseen."""

    day: _time.date
    """The day at whose end the logs stood so."""
    logs: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """How many logs it covers."""
    root: str
    """Merkle root (RFC 6962) over the heads of the logs, ordered by the canonical bytes of their addresses."""
    seller: str
    """The seller."""


class DailyLogs(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A daily head with the log heads under it, in order."""

    head: DailyHead
    """What is published."""
    logs: _Array[LogHead] = ()
    """The heads of all logs of the seller."""


class DailyRequest(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for the daily head over logs."""

    day: _time.date
    """The day."""
    heads: _Array[LogHead] = ()
    """Heads of logs that are not loaded, as an earlier answer gave them."""
    prove: _Array[LogAddress] = ()
    """Logs whose place under the head is to be proved."""
    seller: str
    """The seller."""


class Date(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="date"):
    """A day."""

    date: _time.date
    """The date."""


class DebitRefund(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="refund"):
    """A provider paid money of a receipt back that nobody had recorded."""

    amount: Decimal
    """How much."""
    fee: Decimal | None = None
    """What the provider charged for it; below nothing where it gave a fee back."""
    id: str
    """Id of the refund, unique in its book."""
    payee: str
    """Who got it."""
    reason: str
    """Why: a code of the provider or the host."""
    receipt: str
    """The receipt."""


class DecideApproval(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="decide_approval"):
    """Decides on whatever waits for approval, bound to the digest of what was shown."""

    consent: Note | None = None
    """The words of consent."""
    digest: str
    """Digest of the content that was shown."""
    evidence: Evidence | None = None
    """What proves the decision."""
    method: str | None = None
    """How it reached the seller, such as `portal` or `mail`."""
    on_behalf_of: str | None = None
    """Who is decided for, under a delegation of the policy."""
    shown: str | None = None
    """Digest of the page that was shown, as the role sees it; held against the page when it is named."""
    signature: str | None = None
    """Ed25519 signature of the statement: 128 hexadecimal digits."""
    subject: str
    """What waits: an invoice, credit note, write-off or estimate of this account."""
    verdict: Literal["approve", "reject"]
    """The decision."""


class DecideApprovals(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="decide_approvals"):
    """Decides on several things at once: each has its own outcome."""

    decisions: _Array[ApprovalDecision] = ()
    """The decisions."""


class DecideRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="decide_rules"):
    """Agrees to rules that were proposed, or rejects them."""

    digest: str
    """Digest of what was proposed."""
    publication: str
    """The publication."""
    verdict: Literal["approve", "reject"]
    """The decision."""


class Decider(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is asked to agree."""

    person: str
    """The person."""
    role: str
    """Their role."""


class Deciders(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="deciders"):
    """Those who may decide now; the task lists them."""


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person's decision on exactly the content with this digest."""

    actor: str
    """Who decided."""
    assurance: Literal["low", "substantial", "high"] | None = None
    """How surely the person was known."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When."""
    carried: Carried | None = None
    """Why it stands although something else was shown."""
    consent: Note | None = None
    """The words of consent, sealed."""
    delegation: Delegation | None = None
    """The delegation under which the person decided for another."""
    digest: str
    """Digest of exactly what was shown."""
    evidence: Evidence | None = None
    """What proves it."""
    ip: Note | None = None
    """Network address, sealed."""
    method: str | None = None
    """How it reached the seller, such as `portal` or `mail`."""
    reason: Note | None = None
    """Why, sealed."""
    role: str
    """In which role."""
    shown: str | None = None
    """Digest of the page that was shown, where it was named: the one that the role was shown then."""
    signature: Signature | None = None
    """The signature, verified when it was recorded."""
    verdict: Literal["approve", "reject"]
    """What."""


class DecisionRefused(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="decision_refused"):
    """A decision of a batch was refused; the others stand."""

    code: Annotated[int, msgspec.Meta(ge=0, le=65535)]
    """Number of the code of the first reason."""
    name: str
    """Name of that code."""
    place: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Its place in the batch."""
    subject: str
    """What was to be decided on."""


class DeclineRefund(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="decline_refund"):
    """Money that an account wanted to pay back cannot be paid."""

    book: str
    """The cash book."""
    order: PayBack
    """What the account ordered."""
    reason: Literal["receipt-unknown", "refund-customer", "receipt-currency", "receipt-reversed", "receipt-overspent"]
    """Why."""


class DeductionView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one invoice deducts of a down payment."""

    amount: Decimal
    """How much."""
    invoice: str
    """The invoice."""


class Delegation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person lets another decide for them for a while."""

    by: str
    """Who entered it."""
    from_: str = msgspec.field(name="from")
    """Whose decisions they are."""
    from_date: _time.date
    """First day."""
    roles: _Array[str] = ()
    """The roles it is about."""
    to: str
    """Who decides."""
    to_date: _time.date
    """Last day."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="delivery"):
    """A step of a document on its way to the customer."""

    channel: str
    """The way it took, such as `mail` or `portal`."""
    document: str | None = None
    """Digest of the document's model, or of what a decision on it is bound to."""
    status: Literal["queued", "sent", "delivered", "bounced", "viewed"]
    """How far it came."""


class Deposit(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A down payment that an earlier document billed and taxed, to be deducted from the final one."""

    amount: Decimal
    """What is deducted from what is to be paid."""
    document: str
    """The document that billed it."""
    number: str | None = None
    """Its number."""
    taxes: _Array[TaxRow] = ()
    """What of it was taxed, by category and rate: what the final document taxes less of."""


class DepositRequested(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="deposit_requested"):
    """Bills a down payment: an invoice that is deducted, once it is paid in full, from later ones of the same payer and currency, as far as these are of the agreement, the estimate and the project it names."""

    agreement: str | None = None
    """The agreement whose work it is for."""
    amount: Decimal
    """How much."""
    code: str
    """The charge code: for its name and tax category."""
    currency: str
    """Its currency."""
    customer: str
    """The customer whose work it is for."""
    estimate: str | None = None
    """The estimate whose work it is for."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    id: str
    """Id of the invoice, and of the down payment."""
    includes_tax: bool | None = None
    """Whether the amount contains its tax."""
    project: str | None = None
    """The project whose work it is for."""


class DepositView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A down payment with what is left of it; what is deducted, credited and left adds up to what it billed, and nothing is left of a voided one."""

    agreement: str | None = None
    """The agreement whose work it is for."""
    amount: Decimal
    """What it billed, with its tax."""
    credited: Decimal
    """What credit notes took back, those that wait among them."""
    currency: str
    """The currency of every amount."""
    customer: str
    """The customer whose work it is for."""
    deductions: _Array[DeductionView] = ()
    """What live invoices deduct."""
    estimate: str | None = None
    """The estimate whose work it is for."""
    invoice: str
    """The invoice that billed it."""
    left: Decimal
    """What is left to be deducted or credited."""
    paid: bool
    """Whether it is paid in full, so that invoices deduct it."""
    project: str | None = None
    """The project whose work it is for."""


class Desk(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What waits for somebody as of a date."""

    account: str | None = None
    """The payer."""
    as_of: _time.date | None = None
    """The date."""
    items: _Array[SeenDeskItem] = ()
    """What waits: by kind, then what ends first, then what waits longest."""
    role: str | None = None
    """The role."""


class Difference(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one document differs from another, by JSON pointers; elements of arrays are compared by place."""

    added: _Array[str] = ()
    """What only the later has."""
    changed: _Array[str] = ()
    """What has another value."""
    removed: _Array[str] = ()
    """What only the earlier has."""


class Digest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="digest"):
    """A digest."""

    digest: str
    """The digest."""


class DiscountOffer(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be left out of an invoice that is paid early: it stands on the invoice from its issue."""

    amount: Decimal
    """What may be left out: net and tax."""
    net: Decimal
    """Of that, net."""
    percent: Decimal
    """The percent."""
    tax: Decimal
    """Of that, tax."""
    taxes: _Array[DiscountTaxShare] = ()
    """The same by category and rate; they add up."""
    treatment: Literal["included", "excluded", "mixed"]
    """What it does to the tax."""
    until: _time.date
    """The last day to pay."""


class DiscountTaxShare(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What paying early leaves out of the tax of one category and rate."""

    category: str | None = None
    """The tax category; unknown when left out."""
    percent: Decimal
    """The rate in percent."""
    tax: Decimal
    """The tax."""


class DisputeAdvanced(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="dispute_advanced"):
    """A dispute moved on."""

    dispute: str
    """The dispute."""
    effective: _time.date
    """The date it takes effect."""
    to: Literal["acknowledged", "investigating", "escalated"]
    """Where to."""


class DisputeClosed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="dispute_closed"):
    """A dispute ended."""

    accepted: Decimal
    """How much the seller agreed to."""
    currency: str
    """The currency."""
    dispute: str
    """The dispute."""
    disputed: Decimal
    """What is still disputed on the item."""
    effective: _time.date
    """The date it takes effect."""
    extension: DueExtension | None = None
    """By how much later what is owed again is due; not at all when left out."""
    invoice: str
    """The invoice or opening item."""
    outcome: Literal["accepted", "accepted_in_part", "rejected", "withdrawn"]
    """How."""
    remedy: str | None = None
    """The credit note or write-off that took the accepted part back."""


class DisputeEvidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that proves something: what it is, not what it says; its bytes stay with the host."""

    hash: str
    """SHA-256 of its bytes."""
    media_type: str
    """Its media type, such as `image/png`."""
    size: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Its size in bytes."""


class DisputeOpened(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="dispute_opened"):
    """A part of an item is disputed from a date; neither what is open nor the total changes."""

    amount: Decimal
    """How much."""
    by: str
    """Who says so."""
    currency: str
    """The currency."""
    dispute: str
    """The dispute."""
    disputed: Decimal
    """What is disputed on the item, by all disputes."""
    effective: _time.date
    """The date it takes effect."""
    evidence: _Array[DisputeEvidence] = ()
    """What proves it."""
    frozen: str
    """Digest of exactly this evidence."""
    invoice: str
    """The invoice or opening item."""
    lines: _Array[str] = ()
    """The lines that are named."""
    reason_code: str
    """Reason code."""


class DisputePolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What disputes do to due dates."""

    clock: Literal["running", "paused", "restarted"] | None = None
    """What became of the clock, for what is owed again when a dispute ends."""


class DisputeReply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="dispute_reply"):
    """One document by its id."""

    id: str
    """The id: of an invoice or credit note, of the reservation that a payment was applied under, or of a dispute."""


class DisputeView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A dispute."""

    accepted: Decimal | None = None
    """How much the seller agreed to, once it ended."""
    amount: Decimal
    """How much."""
    by: str
    """Who says so."""
    currency: str
    """Its currency."""
    dispute: str
    """The dispute."""
    evidence: _Array[DisputeEvidence] = ()
    """What proves it."""
    extension: DueExtension | None = None
    """By how much later what is owed again is due."""
    frozen: str
    """Digest of exactly this evidence, as it was opened."""
    invoice: str
    """The invoice."""
    lines: _Array[str] = ()
    """Lines of the invoice that are named."""
    outcome: Literal["accepted", "accepted_in_part", "rejected", "withdrawn"] | None = None
    """How it ended."""
    reason_code: str
    """Reason code."""
    remedy: str | None = None
    """What took the accepted part back."""
    since: _time.date
    """From when."""
    state: Literal["opened", "acknowledged", "investigating", "escalated", "closed"]
    """Where it stands."""


class DocumentFactLabelled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="labelled"):
    """The host gives it one of its own labels, which stands while the document stays in its state."""

    label: str
    """A label of the policy."""


class DocumentOfCreditNote(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="credit_note"):
    """One document by its id."""

    id: str
    """The id: of an invoice or credit note, of the reservation that a payment was applied under, or of a dispute."""


class DocumentOfReceipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="receipt"):
    """One document by its id."""

    id: str
    """The id: of an invoice or credit note, of the reservation that a payment was applied under, or of a dispute."""


class Draft(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invoice as it is approved and issued; nothing of it changes afterwards."""

    adjustments: _Array[PriceAdjustment] = ()
    """Its own allowances and charges."""
    currency: str
    """The currency of every amount."""
    deposits: _Array[Deposit] = ()
    """Down payments deducted from what is to be paid."""
    grouping: _Array[GroupValue] = ()
    """What all its lines have in common, where the policy groups by it."""
    header: Header
    """What it says besides lines and sums."""
    id: str
    """Id of the invoice, unique in its account."""
    lines: _Array[Line] = ()
    """Its lines."""
    payer: str
    """Who pays."""
    period: Period
    """The days whose work it bills."""
    reference: ReferenceRule | None = None
    """How its payment reference is made of its number."""
    series: str
    """The number series it will draw from."""
    subtotals: _Array[Subtotal] = ()
    """Nets of its lines by customer and agreement; they add up to the sum of its lines."""
    supply: _time.date
    """The last date of supply of its charges; the tax rates and adjustments of each stand on its own."""
    terms: PaymentTerms
    """When it will fall due, in how many parts, and what paying early leaves out."""
    totals: Totals
    """The sums."""
    zone_data: str
    """Release of the time-zone data that the work was cut with."""


class Drafted(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="drafted"):
    """An invoice was drafted; its work is on no other live line."""

    approval: Asked
    """The request for its approval: by whom, on which digest, what is needed and why."""
    draft: Draft
    """The invoice, whole."""
    draws: _Array[Draw] = ()
    """What it draws on estimates that the customer consented to."""


class Draw(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of an estimate that a line takes."""

    amount: Decimal
    """Net before tax."""
    currency: str
    """The currency of the amount."""
    estimate: str
    """The estimate."""
    line: str
    """The line."""


class DueExtension(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By how much the due date of what came back from a dispute moved."""

    amount: Decimal
    """How much came back."""
    clock: Literal["running", "paused", "restarted"]
    """Why."""
    days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many days later it is due."""


class DueRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When something falls due: counted from the end of a month where one is named, then days and weeks later, then on a fixed day of the month where one is named."""

    days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days to count."""
    end_of_month: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Counts from the end of the month plus this many months."""
    on_day: OnDay | None = None
    """Moves to a fixed day of the month."""
    weeks: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Weeks to count."""


class Duration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="duration"):
    """A span of time."""

    seconds: Decimal
    """Its seconds."""


class EarlyDiscount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A discount for paying early, such as 2 percent within 10 days."""

    days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Days after the issue date; the last of them still counts."""
    percent: Decimal
    """The percent."""
    tax: Literal["included", "excluded", "mixed"] | None = None
    """What it does to the tax."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One recorded piece of work."""

    agent: str | None = None
    """Who worked."""
    billable: Literal["default", "yes", "no_charge"] | None = None
    """Whether it is billed."""
    code: str | None = None
    """The charge code, when it is said and not mapped."""
    customer: str | None = None
    """Whom it is for, when there is no ticket."""
    id: str
    """Id of the entry."""
    note: Note | None = None
    """What was done, in words, sealed."""
    note_class: Literal["public", "internal", "personal", "health", "secret"] | None = None
    """Who may read the note; the seller's own people when left out."""
    priority: str | None = None
    """Priority of the ticket while this was done, where it changed since; the ticket's when left out."""
    revision: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Revision of the entry at its source; a correction is a larger one."""
    role: str | None = None
    """In which role the agent worked."""
    ticket: str | None = None
    """The ticket it belongs to."""
    work: Work
    """What it records."""
    work_type: str | None = None
    """The type of work."""


class Equal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="equal"):
    """Equal parts at equal distances; the last takes the balance."""

    count: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many."""
    days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days from one to the next."""
    first: DueRule | None = None
    """When the first is due."""
    months: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Months from one to the next, counted from the first, so that Jan 31 comes before Feb 28 and Mar 31."""


class EraseSubject(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="erase_subject"):
    """Erases what holds personal data of somebody who asks for it, and says what must be kept and why."""

    person: str
    """The person."""


class ErasureRequested(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="erasure_requested"):
    """A person asked for the erasure of their data; what became of each piece follows."""

    person: str
    """The person."""


class EscalateApproval(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="escalate_approval"):
    """Records that a request nobody decided has reached those who may decide now, too: under each rule whose escalation has begun since this was recorded last."""

    subject: str
    """What waits."""


class Escalation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who else may decide when nobody did for a while."""

    after_hours: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Hours after the request."""
    roles: _Array[str] = ()
    """Roles that may decide from then on, beside those of every step."""


class EstimateProposed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="estimate_proposed"):
    """A customer is asked to consent to work up to a cap."""

    approval: Asked
    """The request for consent."""
    estimate: ProposeEstimate
    """What is proposed."""


class EstimateScope(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The work that an estimate is about: what one of each list names; an empty list names all."""

    agreements: _Array[str] = ()
    """Agreements."""
    codes: _Array[str] = ()
    """Charge codes."""
    customers: _Array[str] = ()
    """Customers of the account."""
    tickets: _Array[str] = ()
    """Tickets."""


class EstimateView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An estimate."""

    cap: Decimal
    """Most that may be billed."""
    currency: str
    """The currency of every amount."""
    drawn: Decimal
    """What live invoices drew."""
    estimate: str
    """The estimate."""
    expires: _time.date
    """Last day on which an invoice may draw on it."""
    left: Decimal
    """What is left to draw."""
    scope: EstimateScope
    """The work."""
    status: Literal["pending", "approved", "rejected", "expired"]
    """Whether the customer consented."""
    withdrawn: bool
    """Whether it was taken back."""


class EstimateWithdrawn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="estimate_withdrawn"):
    """Takes an estimate back; what was drawn stays drawn."""

    estimate: str
    """The estimate."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something kept outside that proves a decision, such as a mail or a signed page."""

    digest: str | None = None
    """Digest of its bytes."""
    reference: str
    """Where the host finds it."""


class EvidencePackage(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a stranger needs to check how documents came about, against nothing but a daily head."""

    daily: DailyHead
    """The daily head that was published."""
    documents: _Array[str] = ()
    """What it is about: ids of invoices, credit notes or opening items."""
    logs: _Array[LogEvidence] = ()
    """The logs of the records."""
    records: _Array[RecordEvidence] = ()
    """The records."""
    rules: _Array[RuleEvidence] = ()
    """Rules that they were decided under, as far as they were handed in."""
    texts: _Array[TextEvidence] = ()
    """Every personal text of the records."""
    trails: _Array[TrailProof] = ()
    """For each document which records of its account are about it: none of them is left out, as far as the daily head was made of the whole log."""
    version: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The version of this shape."""


class EvidenceRequest(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks for the evidence of documents."""

    daily: DailyHead
    """The daily head that it should rest on."""
    documents: _Array[str] = ()
    """Ids of invoices, credit notes or opening items."""
    proofs: _Array[LogProof] = ()
    """Where the logs stood under the daily head."""
    records: _Array[KeptRecord] = ()
    """The records that the trail of the documents names, in any order; others of the logs may be added."""
    rulebooks: _Array[Rulebook] = ()
    """Rulebooks whose sections are added where a record was decided under them."""


class ExchangeRate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one unit of a currency is in another, from a source on a date."""

    date: _time.date
    """The date."""
    from_: str = msgspec.field(name="from")
    """From this currency."""
    rate: Decimal
    """What one unit of it is in the other."""
    source: str
    """Who says so."""
    to: str
    """To this currency."""


class ExpireApproval(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="expire_approval"):
    """Ends a request for approval that nobody decided in time."""

    subject: str
    """What waited."""


class Expiry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a request that nobody decided is over."""

    after_hours: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Hours after the request."""
    then: Literal["return", "hold", "bill_covered", "write_off"] | None = None
    """What then becomes of the work."""


class Explanation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a line is what it is: every charge, every step, recomputed."""

    adjustments: _Array[AdjustmentExplanation] = ()
    """Its own allowances and charges, and those of the document that fall on it."""
    charges: _Array[ChargeExplanation] = ()
    """The charges."""
    currency: str
    """The currency."""
    description: str
    """What the line is called."""
    invoice: str
    """The invoice."""
    line: str
    """The line."""
    net: Decimal
    """The stated amount."""
    number: str | None = None
    """The number of the invoice, once issued."""


class Extension(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Proves that a log only grew between two sequences."""

    from_: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] = msgspec.field(name="from")
    """The earlier sequence."""
    log: LogAddress
    """The log."""
    path: _Array[str] = ()
    """Hashes that lead to both roots (RFC 6962, 2.1.2)."""
    to: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """The later sequence."""


class Fact(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="fact"):
    """The document or one of its lines has a fact."""

    above: Decimal | None = None
    """Strictly above this size, when given."""
    any_of: _Array[str] = ()
    """One of these values; any when empty."""
    name: str
    """The fact."""


class FactRecorded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="fact_recorded"):
    """A fact of a document became known."""

    document: str
    """The document."""
    known: KnownFact
    """The fact, with who made it known and when."""


class FailTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="fail_task"):
    """The host could not do it."""

    reason: str
    """Why: a code of the host."""
    retry_after: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it may be tried again."""
    task: str
    """The task."""


class FeePart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days that a fee is for, and their share of its period."""

    end: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Days of the period up to the last of these, as the convention counts."""
    fee: str
    """The fee."""
    from_: _time.date = msgspec.field(name="from")
    """The first day."""
    of: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Days of the whole period, as the convention counts."""
    proration: Literal["days", "thirty", "whole"]
    """The convention."""
    start: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Days of the period before these, as the convention counts."""
    to: _time.date
    """The last day."""


class FeePrice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A price from a date."""

    from_: _time.date = msgspec.field(name="from")
    """The first day it counts."""
    price: Decimal
    """The price of a whole period, before tax."""


class FeeRestored(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="fee_restored"):
    """Skipped days of a fee are due again."""

    agreement: str
    """The agreement."""
    fee: str
    """The fee."""
    from_: _time.date = msgspec.field(name="from")
    """The first day."""
    to: _time.date
    """The last day."""


class FeeSkipped(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="fee_skipped"):
    """Days of a fee were taken off it."""

    agreement: str
    """The agreement."""
    customer: str
    """The customer of the agreement."""
    fee: str
    """The fee."""
    from_: _time.date = msgspec.field(name="from")
    """The first day."""
    outcome: Literal["skipped", "cancelled"]
    """Why."""
    to: _time.date
    """The last day."""


class FieldsView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a role sees of every shape: for hosts that show what they store themselves."""

    role: str
    """The role."""
    shapes: _Array[ClassedShape] = ()
    """Every shape, by name."""


class Finding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing a check saw: a stable code, its weight, its subject and place, and a sentence made from them."""

    code: int
    data: Mapping[str, str]
    message: str
    name: str
    path: str
    severity: Literal["block", "warn", "info"]
    subject: str


class FixedPrice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An amount that was agreed instead of time."""

    agreement: str
    """The agreement."""
    amount: Decimal
    """How much, as prices are stated."""
    code: str
    """The charge code: for its name and tax category."""
    currency: str
    """The currency."""
    customer: str
    """The customer of the agreement."""


class ForeignDecision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision of another system, as it says that it was made: it is not decided again, and nothing follows from it."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When."""
    by: str
    """Who, or in which role where nothing more is known."""
    rule: str
    """The rule or step that it was for, as that system calls it."""
    verdict: Literal["approve", "reject"]
    """What."""


class Fork(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the ways to two leaves part."""

    bit: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """The first bit in which their keys differ, from 0 for the highest of the first byte."""
    other: str
    """The hash of the side that is not gone."""


class FrozenParty(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A party as it stands on a document, whatever becomes of it later. People are named by the id of their contact only: a record is kept longer than their names may be."""

    address: Address | None = None
    """Where it was."""
    channel: str | None = None
    """How documents reached it."""
    contact: str | None = None
    """Id of its contact for billing."""
    id: str
    """Its id."""
    language: str | None = None
    """The language of the document."""
    legal_name: str
    """Its name in law."""
    registration: str | None = None
    """Its number in the register of companies."""
    tax_ids: _Array[TaxId] = ()
    """Its numbers with the tax authorities."""
    trade_name: str | None = None
    """The name it traded under."""


class GatewayFee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fee of a payment provider that belongs to no single receipt."""

    amount: Decimal
    """How much; below nothing where it is given back."""
    reason: str
    """What for: a code of the provider or the host."""


class Gross(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="gross"):
    """An amount with its tax, spread over what is left of every line."""

    amount: Decimal
    """How much, with tax."""
    currency: str
    """The currency."""
    taxes: _Array[TaxRow] = ()
    """Its tax, where the item has no lines here; rows that add up to the amount."""


class GroupValue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all lines of an invoice have in common."""

    key: Literal["agreement", "customer", "language", "period", "project", "purchase_order", "site", "tax_scheme", "terms", "ticket"]
    """In which respect."""
    value: str | None = None
    """The value; left out where they have none."""


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last record of a log."""

    hash: str
    """Hash of the last record; zeros before the first."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Its sequence; 0 before the first."""


class Header(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a document says besides its lines and sums, frozen when it is drafted."""

    buyer: FrozenParty
    """Who buys: the payer of the account."""
    buyer_reference: str | None = None
    """What the buyer asked to have on its documents."""
    contract: str | None = None
    """The contract it is billed under."""
    customers: _Array[CustomerName] = ()
    """The customers that its lines name, where they are not the buyer."""
    notes: _Array[str] = ()
    """Words for everybody who reads it."""
    payment_means: _Array[PaymentMeans] = ()
    """How it can be paid."""
    purchase_order: str | None = None
    """The purchase order it is billed under."""
    seller: FrozenParty
    """Who sells."""
    type_code: Literal["380", "381", "386"]
    """What it is."""
    wording: Wording | None = None
    """What the codes that stand on it are called, where they have names."""


class Held(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="held"):
    """Nobody is to be reminded of it, and nothing of it is collected, until the hold ends."""

    reason_code: str
    """Why, as a code."""


class HoldEnded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="hold_ended"):
    """A hold ends."""


class HoldReleased(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="hold_released"):
    """Held work is billable again."""

    subject: str
    """What consent was asked for."""
    work: _Array[LapsedWork] = ()
    """The work."""


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day that belongs to a band as a whole."""

    band: str
    """The band."""
    date: _time.date
    """The day."""


class HostLabel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A label of the host's own under a state of documents."""

    id: str
    """The label."""
    under: Literal["awaiting_approval", "rejected", "approved", "issued", "void"]
    """The state that a document must be in."""


class ImportNumbers(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="import_numbers"):
    """Takes in the numbers of the system that this series continues."""

    numbers: _Array[LegacyNumber] = ()
    """The numbers; what is known already has no effect."""


class ImportOpening(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="import_opening"):
    """Moves an account in at a cut-over date. Importing the same again has no effect."""

    balances: _Array[OpeningBalance] = ()
    """Prepaid blocks."""
    billed_elsewhere: _Array[str] = ()
    """Ids of work that was billed before and never is again."""
    cash: _Array[OpeningCash] = ()
    """Unapplied cash."""
    cutover: _time.date
    """The date its balances count from."""
    dunning: _Array[OpeningLevel] = ()
    """How far reminding had gone."""
    history: _Array[PaidInvoice] = ()
    """Invoices that were paid before."""
    items: _Array[ItemTerms] = ()
    """Open invoices and credits, under their own numbers; amounts of a credit are below 0."""


class ImportedNumber(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that was taken in, with where it counts."""

    counter: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Its counter, where the pattern gives the number on its date."""
    date: _time.date
    """Its date."""
    number: str
    """The number."""
    period: str
    """The period in which it counts."""


class InclusionRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A proof and the daily head that it should lead to."""

    daily: DailyHead
    """The daily head."""
    proof: LogProof
    """The proof."""


class Instalment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of an invoice with its date."""

    amount: Decimal
    """How much."""
    due: _time.date
    """When it is due; never before the one before."""


class Instant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="instant"):
    """A moment."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When."""


class Intent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What another log should be told: a ready command, delivered at least once, done once."""

    command: Mapping[str, Any]
    """The ready command."""
    id: str
    """Its id, emitted once: `ready:`, its kind and what it is about."""
    log: LogAddress
    """The log it is for."""


class Invoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="invoice"):
    """One document by its id."""

    id: str
    """The id: of an invoice or credit note, of the reservation that a payment was applied under, or of a dispute."""


class InvoiceView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invoice with its lines, each with the charges it was made from."""

    adjustments: _Array[PriceAdjustment] = ()
    """Its own allowances and charges."""
    currency: str
    """The currency of every amount."""
    deposits: _Array[Deposit] = ()
    """Down payments deducted from what is to be paid."""
    disputed: Decimal
    """Of what is open, how much is disputed."""
    draws: _Array[Draw] = ()
    """What it draws on estimates."""
    due: _time.date | None = None
    """When it is due, once issued."""
    en16931: bool
    """Whether BR-CO-10 to 17 of EN 16931 hold to the last minor unit."""
    gross: Decimal
    """Net and tax."""
    header: Header
    """What it says besides lines and sums."""
    id: str
    """Its id."""
    issued: _time.date | None = None
    """When it was issued."""
    label: Labelled
    """What people call its state."""
    life: LifeView
    """What is known of it besides content and money."""
    lines: _Array[Line] = ()
    """Its lines."""
    net: Decimal
    """Before tax."""
    number: str | None = None
    """Its number, once issued."""
    open: Decimal
    """What is open."""
    payable: Decimal
    """What is to be paid: gross less withheld and prepaid, plus rounding."""
    payment_reference: str | None = None
    """The reference that payments of it carry, once issued."""
    period: Period
    """The days whose work it bills."""
    prepaid: Decimal
    """What was paid ahead."""
    rounding: Decimal
    """What was added to round what is to be paid."""
    settlement: Literal["unpaid", "processing", "partial", "paid", "overpaid", "credited", "written_off", "refunded"] | None = None
    """What became of what it asks for, once issued."""
    state: Literal["awaiting_approval", "rejected", "approved", "issued", "void"]
    """Where the document stands."""
    tax: Decimal
    """Tax."""
    taxes: _Array[TaxRow] = ()
    """Tax by category and rate."""
    void_reason: str | None = None
    """Why it was voided."""
    withheld: Decimal
    """Taxes that the buyer keeps back."""


class Issue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="issue"):
    """A number was assigned to an invoice, for good."""

    account: str
    """The account of the invoice."""
    counter: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The counter in its period."""
    date: _time.date
    """The issue date."""
    invoice: str
    """The invoice."""
    number: str
    """The number."""
    period: str
    """The period in which the counter counts."""
    series: str
    """The series."""


class Issued(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="issued"):
    """An invoice has its number and became a receivable."""

    invoice: str
    """The invoice."""
    item: ItemTerms
    """What is owed."""


class ItemBalance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is open on an item after an allocation."""

    currency: str
    """The currency."""
    item: str
    """The item."""
    open: Decimal
    """What is open."""


class ItemTerms(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an open item is opened with."""

    currency: str
    """Its currency."""
    customer: str
    """The customer it belongs to."""
    discount: DiscountOffer | None = None
    """What may be left out when it is paid early."""
    due: _time.date
    """When all of it is due."""
    id: str
    """Its id: that of its invoice or credit note."""
    instalments: _Array[Instalment] = ()
    """Its parts with their dates, which add up to the total; empty when it is due in one sum."""
    issued: _time.date
    """When it was issued."""
    number: str
    """The number that payers quote."""
    open: Decimal
    """What was open when it came; negative for a credit."""
    payment_reference: str | None = None
    """The reference that payments of it carry, with check digits; its number when left out."""
    total: Decimal
    """What it was for; negative for a credit."""


class ItemView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An open item that moved in from another system."""

    currency: str
    """The currency of every amount."""
    customer: str
    """The customer."""
    disputed: Decimal
    """Of what is open, how much is disputed."""
    due: _time.date
    """When it is due."""
    dunning_level: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How far reminding had gone when it moved in."""
    id: str
    """Its id."""
    label: Literal["awaiting_approval", "rejected", "approved", "issued", "sent", "received", "viewed", "accepted", "bounced", "disputed", "processing", "partially_paid", "paid", "credited", "written_off", "moved", "unused_credit", "used_credit", "overdue", "void"]
    """What people call its state."""
    number: str
    """Its number."""
    open: Decimal
    """What is open."""
    payment_reference: str | None = None
    """The reference that payments of it carry."""
    settlement: Literal["unpaid", "processing", "partial", "paid", "overpaid", "credited", "written_off", "refunded"] | None = None
    """What became of it."""
    tone: Literal["good", "attention", "bad", "neutral"]
    """How that feels."""
    total: Decimal
    """What it was for."""


class JournalLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was posted to one account of the general ledger."""

    account: Literal["bank", "receivables", "unapplied_cash", "revenue", "tax_payable", "withheld_tax", "deposits", "rounding", "discounts", "bank_fees", "gateway_fees", "exchange_differences", "write_offs", "opening_balances", "transfers"]
    """The account."""
    credit: Decimal
    """Sum of its credits."""
    debit: Decimal
    """Sum of its debits."""
    tax: JournalTax | None = None
    """The tax, where the account is one of taxes; left out for what is not told by rate."""


class JournalTax(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tax that is posted: a general ledger keeps an account for each."""

    category: str | None = None
    """The tax category; unknown when left out."""
    percent: Decimal
    """The rate in percent."""
    role: Literal["tax", "surcharge", "withheld"]
    """What the buyer does with it."""


class KeptRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record as a host keeps it."""

    detached: Mapping[str, Opened] | None = None
    """Its personal texts, as far as they are still kept."""
    record: Mapping[str, Any]
    """Its bytes."""


class KnownFact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fact of a document with who made it known, and when."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When."""
    by: str
    """Who."""
    effective: _time.date
    """The date it takes effect."""
    fact: DocumentFact
    """The fact."""
    state: Literal["awaiting_approval", "rejected", "approved", "issued", "void"]
    """Where the document stood."""


class Labelled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A derived label with its tone, its reason and the next step."""

    label: Literal["awaiting_approval", "rejected", "approved", "issued", "sent", "received", "viewed", "accepted", "bounced", "disputed", "processing", "partially_paid", "paid", "credited", "written_off", "moved", "unused_credit", "used_credit", "overdue", "void"]
    """The label."""
    next_step: str
    """What should happen next."""
    reason: str
    """Why, for people to read."""
    tone: Literal["good", "attention", "bad", "neutral"]
    """How it feels."""


class LapsedWork(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Work that consent was asked for."""

    id: str
    """The entry or sale."""
    source: Literal["entry", "sale", "fee", "deposit"]
    """What it is."""


class LegacyNumber(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that another system gave out."""

    date: _time.date
    """Its date."""
    number: str
    """The number."""


class LegalHoldLifted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="legal_hold_lifted"):
    """A legal hold was lifted."""

    by: str
    """Who lifted it."""
    effective: _time.date
    """The date it takes effect."""
    hold: str
    """The hold."""
    reason_code: str
    """Why."""


class LegalHoldPlaced(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A legal hold was placed."""

    about: About | None = None
    """Only content about this."""
    by: str
    """Who placed it."""
    effective: _time.date
    """The date it takes effect; it holds from now on."""
    hold: str
    """The hold."""
    note: Note | None = None
    """Why, sealed."""
    person: str | None = None
    """Only content of this person."""
    reason_code: str
    """Why."""


class LifeView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of a document besides its content and its money."""

    accepted: bool | None = None
    """Whether the customer accepted it."""
    delivery: Literal["queued", "sent", "delivered", "bounced", "viewed"] | None = None
    """How far it came on its way."""
    facts: _Array[KnownFact] = ()
    """Every fact, in the order it became known."""
    held: str | None = None
    """Why nothing of it is collected."""
    host_label: str | None = None
    """The host's own label."""
    viewed: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it was first opened."""


class LiftLegalHold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="lift_legal_hold"):
    """Ends a legal hold."""

    hold: str
    """The hold."""
    reason_code: str
    """Why: a code of the host."""


class Line(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of an invoice."""

    adjustments: _Array[PriceAdjustment] = ()
    """Its own allowances and charges."""
    amount: Decimal
    """The charges' amounts and its adjustments, as prices are stated."""
    charges: _Array[Charge] = ()
    """What it was made from, every cent."""
    code: str
    """Charge code."""
    customer: str
    """The customer the work was for."""
    description: str
    """What was delivered, where all charges are for one article; else the name of the charge code."""
    id: str
    """Id of the line, unique in its account."""
    net: Decimal
    """Before tax: the amount where prices are stated so."""
    price: Decimal | None = None
    """Unit price, where all charges share one."""
    quantity: Decimal
    """Sum of the charges' quantities: seconds or pieces."""
    sku: str | None = None
    """The stock-keeping unit, where all charges are for one article."""
    taxes: _Array[LineTax] = ()
    """The taxes it bears; untaxed when left out."""
    ticket: str | None = None
    """The ticket."""
    unit: Literal["hour", "unit"]
    """What the quantity counts."""
    unit_code: Literal["C62", "HUR"]
    """What is priced, as electronic invoices call it."""


class LineAmount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An amount of a line before tax."""

    line: str
    """The line."""
    net: Decimal
    """How much, before tax."""


class LineQuantity(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A quantity of a line."""

    line: str
    """The line."""
    quantity: Decimal
    """How much of what the line counts."""


class LineReceipt(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line with everything its amount was made from: from this alone it can be recomputed."""

    account: str | None = None
    """The payer."""
    adjustments: _Array[SeenPriceAdjustment] = ()
    """Allowances and charges of the line."""
    amount: Decimal | None = None
    """The charges' amounts and its adjustments, as prices are stated."""
    approval: SeenReceiptApproval | None = None
    """The approval of its document."""
    attachments: _Array[SeenReceiptAttachment] = ()
    """Files that belong to it, as far as they are known."""
    charges: _Array[SeenReceiptCharge] = ()
    """What it was made from."""
    code: str | None = None
    """Charge code."""
    currency: str | None = None
    """The currency of every amount."""
    customer: str | None = None
    """The customer the work was for."""
    description: str | None = None
    """What it is called."""
    invoice: str | None = None
    """The invoice."""
    line: str | None = None
    """The line."""
    net: Decimal | None = None
    """Before tax."""
    number: str | None = None
    """The number of the invoice, once issued."""
    price: Decimal | None = None
    """Unit price, where all charges share one."""
    quantity: Decimal | None = None
    """Seconds or pieces of all charges; none where the viewer sees only some of them."""
    taxes: _Array[SeenLineTax] = ()
    """The taxes it bears."""
    ticket: SeenReceiptTicket | None = None
    """The ticket."""
    unit: Literal["hour", "unit"] | None = None
    """What the quantity counts."""
    zone_data: str | None = None
    """Release of the time-zone data that the work was cut with."""


class LineTax(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tax that a line bears; its amount stands in the row of the same category, rate and role."""

    category: str
    """The category."""
    percent: Decimal
    """The rate in percent."""
    role: Literal["tax", "surcharge", "withheld"] | None = None
    """What it does to what is to be paid."""


class Lines(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="lines"):
    """Everything that is left of some lines."""

    lines: _Array[str] = ()
    """The lines."""


class LogAddress(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names one log; ids are unique per seller and kind, and a foreign seller's id is refused."""

    id: str
    """Id of the payer, bank account, publication or series."""
    kind: Literal["account", "cash_book", "rulebook", "series"]
    """What it logs."""
    seller: str
    """The seller, whose logs never meet another seller's."""


class LogClose(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A log whose days are closed, or are to be."""

    closed: bool
    """Whether they are closed, as firmly as is asked."""
    command: Mapping[str, Any] | None = None
    """The ready command that closes them; left out where they are closed, or cannot be yet."""
    digest: str
    """Digest of what the log comes to."""
    findings: _Array[Finding] = ()
    """Why they cannot be closed yet, or what somebody should look at."""
    log: LogAddress
    """The log."""
    pack: LogPack | None = None
    """What the log comes to, where it is asked for."""
    stated: str | None = None
    """The digest that the record which closed exactly these days hard states."""


class LogEvidence(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Proves where a log stood on a day, and that its last record is the last leaf of its tree."""

    proof: LogProof
    """Where it stood under the daily head."""
    tip: _Array[str] = ()
    """Hashes beside the way from its last record up to its root."""


class LogHead(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one log stands; its canonical bytes are a leaf of a daily head."""

    hash: str
    """Hash of its last record; zeros before the first."""
    log: LogAddress
    """The log."""
    root: str
    """Merkle root over the hashes of its records."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Sequence of its last record."""
    trails: str | None = None
    """Root of the tree over the trails that say which of its records are about what; of an account alone."""


class LogOverrides(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What left the ordinary way in a cash book or a number series."""

    from_: _time.date | None = msgspec.field(default=None, name="from")
    """The first day."""
    log: SeenLogAddress | None = None
    """The log."""
    next: str | None = None
    """The token of the next page; none after the last."""
    rows: _Array[SeenOverrideRow] = ()
    """What left it, in the order in which it was recorded."""
    through: _time.date | None = None
    """The last day."""


class LogPack(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one log alone comes to over some days; once it has closed them hard, nothing of it changes."""

    from_: _time.date = msgspec.field(name="from")
    """The first day."""
    log: LogAddress
    """The log."""
    numbers: _Array[PackNumber] = ()
    """The numbers that a series gave on these days, by number."""
    sections: _Array[ClosingSection] = ()
    """What an account or a cash book comes to, by currency: its side of the journal, and how its balance went."""
    through: _time.date
    """The last day."""


class LogProof(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Proves that a log stood so in a daily head."""

    head: LogHead
    """Where the log stood."""
    path: _Array[str] = ()
    """Hashes beside the way up to the root, from the leaf."""
    place: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """The place of its head among all, from 0."""


class LooseNumber(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that was given and that stands on no document, as far as is known."""

    account: str
    """The account that it was given to."""
    date: _time.date
    """Its date."""
    document: str
    """The document that it was given to."""
    number: str
    """The number."""
    reason: Literal["under_way", "no_document", "unknown"]
    """Why it stands on none."""
    series: str
    """The series."""


class MappingRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which work falls under a charge code; each condition it names must match."""

    code: str
    """The charge code."""
    kind: Literal["labour", "part", "fee"] | None = None
    """Only work of this kind."""
    role: str | None = None
    """Only in this role."""
    sku: str | None = None
    """Only parts with this stock-keeping unit."""
    tag: str | None = None
    """Only tickets with this tag."""
    ticket_type: str | None = None
    """Only tickets of this type."""
    work_type: str | None = None
    """Only this type of work."""


class Match(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="match"):
    """Applies what matching says of several receipts, in one record."""

    plans: _Array[Plan] = ()
    """One plan per receipt."""


class MatchPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far matching may go on its own."""

    fee_tolerance: Decimal | None = None
    """A shortage up to this, in the receipt's currency, counts as a bank fee and closes the item."""


class Matched(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="matched"):
    """What matching said of a receipt that is not applied."""

    plan: Plan
    """The plan."""


class Meant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item that a receipt could be meant for."""

    account: str
    """Its account."""
    item: str
    """Its id, unique in its account."""
    number: str
    """The number that payers quote."""


class Milestone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="milestone"):
    """Bills the work of a project when one of its milestones is reached, or the amount that was agreed for it."""


class MilestoneReached(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A project reached a milestone."""

    effective: _time.date
    """The last day of work that is due with it."""
    milestone: str
    """The milestone."""
    project: str
    """The project."""


class MovedEstimate(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An estimate that the customer consented to, with what was drawn."""

    approval: Asked
    """The request for consent."""
    currency: str
    """The currency of what was drawn."""
    decisions: _Array[Decision] = ()
    """The decisions."""
    drawn: Decimal
    """What was drawn."""
    estimate: ProposeEstimate
    """The estimate."""


class MovedLapse(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Work without consent, and what became of it."""

    lapse: Literal["return", "hold", "bill_covered", "write_off"]
    """What became of it."""
    subject: str
    """What consent was asked for."""
    work: LapsedWork
    """The work."""


class Net(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="net"):
    """Some net is strictly above a threshold."""

    above: Decimal
    """The threshold."""
    of: Literal["subject", "line", "ticket", "job", "month"] | None = None
    """Which net."""


class Next(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="next"):
    """The first of some days of the month."""

    after: bool | None = None
    """Whether the day must come later; else it may be the same."""
    days: _Array[Annotated[int, msgspec.Meta(ge=0, le=255)]] = ()
    """Days of the month, 1 to 31; a month that is shorter takes its last day."""


class Number(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="number"):
    """A number of things."""

    number: Decimal
    """The number."""


class NumberAudit(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an auditor asks of a list of numbers: are any missing, double, or out of the order of dates?"""

    duplicates: _Array[str] = ()
    """Numbers that stand more than once."""
    foreign: _Array[str] = ()
    """Numbers that the pattern does not give on their date."""
    gaps: _Array[NumberGap] = ()
    """Missing counters."""
    out_of_order: _Array[str] = ()
    """Numbers with an earlier date than a lower counter of their period has."""
    periods: _Array[NumberedPeriod] = ()
    """What stands in each period."""


class NumberGap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Counters that no number of a period has."""

    first: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The first missing counter."""
    last: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The last missing counter."""
    period: str
    """The period in which they are missing."""


class NumberRequested(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="number_requested"):
    """An invoice has all approvals; its number is under way and its content frozen."""

    currency: str
    """The currency of every amount."""
    date: _time.date
    """The issue date."""
    discount: DiscountOffer | None = None
    """What may be left out when it is paid early."""
    due: _time.date
    """The due date."""
    instalments: _Array[Instalment] = ()
    """Its instalments; empty when it is due in one sum."""
    invoice: str
    """The invoice."""
    series: str
    """The series."""


class NumberedPeriod(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The numbers of one period."""

    count: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many different numbers stand in it."""
    first: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The lowest counter."""
    last: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The highest counter."""
    period: str
    """The period: empty, a year, a month or a fiscal year."""


class Numbering(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the numbers of a series look."""

    dates: Literal["warn", "refuse"] | None = None
    """What to do with a date before the last one of the series."""
    fiscal_name: Literal["ends", "starts"] | None = None
    """Which calendar year names a fiscal year."""
    fiscal_start: Annotated[int, msgspec.Meta(ge=0, le=255)] | None = None
    """First month of the fiscal year, 1 to 12."""
    last: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """The last counter of a period; none is given after it."""
    pattern: str
    """Pattern with `{counter}` or `{counter:width}`, and optionally `{year}`, `{fiscal_year}` and `{month}`."""
    reset: Literal["never", "year", "month", "fiscal"] | None = None
    """When the counter starts again."""
    series: str
    """Id of the series."""


class NumberingSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="numbering_set"):
    """How the numbers of a series look."""

    dates: Literal["warn", "refuse"] | None = None
    """What to do with a date before the last one of the series."""
    fiscal_name: Literal["ends", "starts"] | None = None
    """Which calendar year names a fiscal year."""
    fiscal_start: Annotated[int, msgspec.Meta(ge=0, le=255)] | None = None
    """First month of the fiscal year, 1 to 12."""
    last: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """The last counter of a period; none is given after it."""
    pattern: str
    """Pattern with `{counter}` or `{counter:width}`, and optionally `{year}`, `{fiscal_year}` and `{month}`."""
    reset: Literal["never", "year", "month", "fiscal"] | None = None
    """When the counter starts again."""
    series: str
    """Id of the series."""


class NumbersImported(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="numbers_imported"):
    """Numbers were taken in; the series goes on after the highest of each period."""

    numbers: _Array[ImportedNumber] = ()
    """The numbers."""


class NumbersView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The numbers that a series has given out."""

    audit: NumberAudit
    """What an auditor asks of the numbers: gaps, foreign ones, dates out of order."""
    numbers: _Array[Assigned] = ()
    """Each number with its invoice, by account and invoice."""
    series: str
    """The series."""


class OfMonth(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="of_month"):
    """A day of a month that follows."""

    day: Annotated[int, msgspec.Meta(ge=0, le=255)]
    """The day, 1 to 31; a month that is shorter takes its last day."""
    months: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Months after; 0 is the same month."""


class OldInvoice(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invoice of another system; sums that are left out are those of its lines."""

    currency: str
    """The currency of every amount."""
    customer: str
    """Who is billed, or a customer that they pay for."""
    gross: Decimal | None = None
    """Net and tax."""
    lines: _Array[OldLine] = ()
    """Its lines."""
    net: Decimal | None = None
    """Before tax."""
    number: str
    """Its number."""
    tax: Decimal | None = None
    """Tax."""


class OldLine(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of an invoice of another system; what is left out is not compared."""

    code: str | None = None
    """Its charge code."""
    entries: _Array[str] = ()
    """The work it bills: ids of entries."""
    gross: Decimal | None = None
    """Net and tax."""
    net: Decimal | None = None
    """Before tax."""
    quantity: Decimal | None = None
    """Hours of time, or pieces."""
    tax: Decimal | None = None
    """Tax."""
    ticket: str | None = None
    """Its ticket."""


class OneOffAdjustment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An allowance or charge that somebody gives on one bill: an amount, or a percentage of what it falls on."""

    amount: Decimal | None = None
    """The amount, above 0, as prices are stated."""
    currency: str | None = None
    """The currency of the amount and of its invoice; a percentage falls on any when left out."""
    invoice: str | None = None
    """The invoice of the bill on which it stands; the only one when left out."""
    kind: Literal["allowance", "charge"]
    """Which way it goes."""
    percent: Decimal | None = None
    """The percentage, above 0, at most 100 for an allowance."""
    reason: str
    """Why, as the document says."""
    reason_code: str | None = None
    """The same as a code of UNTDID 5189 (allowances) or 7161 (charges)."""
    tax_category: str | None = None
    """The tax category it falls on; spread over all groups when left out."""


class OpenDispute(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="open_dispute"):
    """Disputes a part of an open item."""

    amount: Decimal | None = None
    """How much; left out where lines are named."""
    by: str | None = None
    """Who says so, such as a contact of the customer; the actor of the command when left out."""
    currency: str
    """Its currency."""
    dispute: str
    """Id of the dispute."""
    evidence: _Array[DisputeEvidence] = ()
    """What proves it, frozen as it is now."""
    invoice: str
    """The invoice or opening item."""
    lines: _Array[str] = ()
    """Lines of the invoice; what can still be credited of them is disputed."""
    reason_code: str
    """Reason code."""


class OpenRequest(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request that somebody must still decide."""

    asked: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When it was made."""
    author: str
    """Who made what is asked for."""
    currency: str
    """Currency of the net."""
    digest: str
    """Digest that a decision must quote."""
    escalated: bool
    """Whether an escalation has begun."""
    escalates: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When the first escalation begins, or began."""
    excluded: _Array[str] = ()
    """People who may not decide: the author, and whoever decided."""
    expired: bool
    """Whether nobody may decide any more: it can only be ended."""
    expires: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it is over unless somebody decides."""
    kind: Literal["invoice", "credit_note", "write_off", "void", "estimate", "refund"]
    """What kind of thing waits."""
    net: Decimal
    """Its net before tax."""
    next: _Array[OpenStep] = ()
    """Steps that can be decided now, with who may."""
    subject: str
    """What waits."""
    why: _Array[str] = ()
    """Why, for people to read: one sentence for each requirement."""


class OpenStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step of a rule that is open now."""

    given: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many people approved it."""
    rule: str
    """The rule."""
    step: ApprovalStep
    """Who must approve, with the roles of an escalation that has begun."""


class OpenTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A task that waits, or failed, when a period ends."""

    account: str
    """The payer."""
    action: Literal["send", "notify", "decide", "open_ticket", "write_back", "archive", "purge", "anonymise"]
    """What is to be done."""
    document: str
    """The document that it is about."""
    since: _time.date
    """From when."""
    status: Literal["pending", "failed", "confirmed", "obsolete"]
    """Where it stands."""
    task: str
    """Its id."""


class Opened(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A personal text with the salt of its commitment."""

    salt: str
    """The salt."""
    text: str
    """The text."""


class OpeningBalance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was bought and drawn of a prepaid block before the account moved in."""

    agreement: str
    """The agreement."""
    customer: str
    """Its customer."""
    drawn: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds drawn."""
    purchased: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds bought."""


class OpeningCash(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that waited for this account in the system it moves in from."""

    amount: Decimal
    """How much."""
    book: str
    """The cash book it goes to."""
    currency: str
    """Its currency."""
    customer: str
    """Whose it is."""
    id: str
    """The bank's transaction id."""
    value_date: _time.date
    """When it came in."""


class OpeningImported(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="opening_imported"):
    """The account moved in."""

    balances: _Array[OpeningBalance] = ()
    """Prepaid blocks."""
    billed_elsewhere: _Array[str] = ()
    """Ids of work that was billed before."""
    cash: _Array[OpeningCash] = ()
    """Unapplied cash; the cash books are told."""
    cutover: _time.date
    """The date its balances count from."""
    dunning: _Array[OpeningLevel] = ()
    """How far reminding had gone."""
    history: _Array[PaidInvoice] = ()
    """Invoices that were paid before."""
    items: _Array[ItemTerms] = ()
    """Open invoices and credits."""
    numbers: _Array[OpeningNumber] = ()
    """Numbers that a series of the policy could give; it is told, and never gives them."""
    totals: _Array[ControlTotal] = ()
    """What that adds, by currency."""


class OpeningLevel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far reminding had gone on an item when it moved in."""

    item: str
    """The item."""
    level: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The level."""
    since: _time.date
    """Since when."""


class OpeningNumber(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that moved in and that a series could give."""

    date: _time.date
    """Its date."""
    number: str
    """The number."""
    series: str
    """The series."""


class Overrides(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What left the ordinary way."""

    account: str | None = None
    """The payer."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """The first day."""
    next: str | None = None
    """The token of the next page; none after the last."""
    rows: _Array[SeenOverrideRow] = ()
    """What left it, in the order in which it was recorded."""
    through: _time.date | None = None
    """The last day."""


class PackNumber(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that a series gave."""

    date: _time.date
    """Its date."""
    number: str
    """The number."""


class PaidInvoice(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invoice that was paid before the account moved in: for forecasts and audits only."""

    amount: Decimal
    """What it was for."""
    currency: str
    """Its currency."""
    customer: str
    """Its customer."""
    decisions: _Array[ForeignDecision] = ()
    """What was decided on it, in the order of that system."""
    due: _time.date
    """When it was due."""
    issued: _time.date
    """When it was issued."""
    number: str
    """Its number."""
    paid: _time.date
    """When it was paid in full."""


class PaidOut(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Unused credit was paid out."""

    effective: _time.date
    """The date it takes effect here: that of its order, or the first open day where that is closed."""
    id: str
    """Id of what was paid."""
    order: PayOut
    """What the account ordered."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="part"):
    """A part that was delivered."""

    date: _time.date
    """When it was delivered."""
    description: str
    """What it is called on the invoice."""
    quantity: Decimal
    """How many."""
    sku: str
    """The stock-keeping unit."""
    unit_price: Decimal | None = None
    """Price of one before tax, in the customer's currency; from the rate table when left out."""


class Party(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who a seller or customer is."""

    address: Address | None = None
    """Where it is."""
    channel: str | None = None
    """How documents reach it, a word of the host's."""
    contacts: _Array[ContactPoint] = ()
    """Whom to talk to."""
    language: str | None = None
    """The language of its documents."""
    legal_name: str | None = None
    """Its name in law; the name for display when left out."""
    registration: str | None = None
    """Its number in the register of companies."""
    tax_ids: _Array[TaxId] = ()
    """Its numbers with the tax authorities."""
    trade_name: str | None = None
    """The name it trades under, where that is another."""


class PayBack(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money of a receipt that an account pays back: the ready command of a refund that it approved."""

    account: str
    """The account that approved it."""
    amount: Decimal
    """How much."""
    approved_by: _Array[str] = ()
    """Who approved it there, for themselves or others."""
    asked_by: str
    """Who asked for it."""
    currency: str
    """Its currency."""
    customer: str
    """Whose money it is: the receipt must be its customer's."""
    payee: str
    """Who gets it."""
    reason: str
    """Why: a code of the host."""
    receipt: str
    """The receipt."""
    refund: str
    """Id of the refund, unique in its account."""


class PayOut(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Unused credit that an account pays out of this bank account."""

    account: str
    """The account that owes it."""
    amount: Decimal
    """How much."""
    approved_by: _Array[str] = ()
    """Who approved it there, for themselves or others."""
    asked_by: str
    """Who asked for it."""
    currency: str
    """Its currency."""
    customer: str
    """Whose it is."""
    effective: _time.date
    """From when the credit is lower in its account."""
    item: str
    """The credit it is paid from."""
    reason: str
    """Why: a code of the host."""
    refund: str
    """Id of the refund, unique in its account."""


class Payer(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="payer"):
    """One of several ids."""

    any_of: _Array[str] = ()
    """The ids."""


class PaymentMeans(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way to pay the seller."""

    account: str | None = None
    """The account: an IBAN, or the number of another scheme."""
    account_name: str | None = None
    """Whose account it is."""
    code: str
    """Its code in UNTDID 4461, such as 30 or 58 for a transfer."""
    currency: str | None = None
    """The currency it is for; every one when left out."""
    servicer: str | None = None
    """Who keeps the account, such as a BIC."""


class PaymentTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an invoice falls due, in how many parts, and what paying early leaves out."""

    days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days after the issue date, or after the end of the month where one is named."""
    discount: EarlyDiscount | None = None
    """What paying early leaves out."""
    end_of_month: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Counts from the end of the issue month plus this many months."""
    id: str
    """Id of the terms."""
    instalments: InstalmentTerms | None = None
    """Parts that are due one after the other; the invoice is then due with the last."""
    on_day: OnDay | None = None
    """Moves the due date to a fixed day of the month."""
    weeks: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Weeks, counted with the days."""


class PendingRules(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Proposed rules that wait for somebody to agree."""

    agreed: _Array[str] = ()
    """Who agreed so far."""
    digest: str
    """Digest of the proposal, to which a decision is bound."""
    proposal: Proposal
    """The proposal."""


class Percent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="percent"):
    """A percentage."""

    percent: Decimal
    """The percentage."""


class Period(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days whose work an invoice bills."""

    from_: _time.date = msgspec.field(name="from")
    """First day."""
    to: _time.date
    """Last day."""


class PeriodClosed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="period_closed"):
    """Days of a log were closed."""

    how: Literal["soft", "hard"]
    """How firmly."""
    pack: ClosedPack | None = None
    """What the log came to, where it was stated."""
    through: _time.date
    """The last day that is closed."""


class PeriodReopened(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="period_reopened"):
    """Closed days are open again."""

    approver: str
    """Who agreed."""
    asked_by: str
    """Who asked."""
    to: _time.date | None = None
    """The last day that stays closed."""


class PlaceLegalHold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="place_legal_hold"):
    """Keeps content whatever its rule says, until the hold is lifted."""

    about: About | None = None
    """Only content about this and what belongs to it."""
    hold: str
    """Id of the hold."""
    note: Note | None = None
    """Why, in words, sealed."""
    person: str | None = None
    """Only content that holds personal data of this person."""
    reason_code: str
    """Why: a code of the host."""


class Plan(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What matching says of one receipt, with its evidence."""

    candidates: _Array[Meant] = ()
    """Items that could be meant, by account and id."""
    currency: str
    """The currency of the receipt."""
    customer: str | None = None
    """The customer it found."""
    decision: Literal["auto", "propose", "none"]
    """What is to be done."""
    method: Literal["reference_exact", "reference_fee", "reference_partial", "reference_surplus", "payer_amount", "contradiction", "ambiguous", "currency_mismatch", "payer_only", "unknown_payer"]
    """What explained it."""
    receipt: str
    """The receipt."""
    residual: Decimal
    """What stays unapplied."""
    targets: _Array[Target] = ()
    """What goes where, when it is applied."""


class PlanAdjustments(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Allowances and charges that are given on what one plan bills."""

    adjustments: _Array[OneOffAdjustment] = ()
    """The allowances and charges, each on one of its invoices."""
    plan: str
    """Key of the plan."""


class PlanCommitted(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="plan_committed"):
    """A plan was carried out: its key is used up, whatever becomes of its invoices."""

    by: Literal["manual", "schedule", "balance", "ticket", "milestone"]
    """What set it off."""
    carried: _Array[CarriedForward] = ()
    """What was carried forward."""
    invoices: _Array[str] = ()
    """The invoices that it drafted; what their lines have in common stands on them."""
    key: str
    """Its key: account, trigger and period."""
    period: Period
    """The days it billed."""
    trigger: str
    """The plan of the policy, or the name of a run by hand."""


class PlanItem(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What becomes of a piece of content as of a date, and why."""

    about: About
    """What it is about."""
    action: Literal["keep", "anonymise", "purge"]
    """What becomes of it now."""
    because: Literal["legal_hold", "open_dispute", "shared_bytes", "forever", "not_started", "not_due", "due", "requested"]
    """Why."""
    blockers: _Array[str] = ()
    """The holds, disputes or other content that keep it."""
    content: Literal["attachment", "text"]
    """What it is."""
    due: _time.date | None = None
    """The first day on which its time is over."""
    hash: str | None = None
    """SHA-256 of its bytes; none for words."""
    id: str
    """Its id."""
    name: str | None = None
    """Commitment of the name of an attachment, which goes with it."""
    reason: str
    """Why, for people to read."""
    rule: RetentionRule
    """The rule of its class."""
    since: _time.date | None = None
    """The day its time counts from."""


class PlanOutcome(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The outcome of one plan, or of an account that could not be planned."""

    account: str
    """The account."""
    carried: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """How many groups it would carry forward."""
    command: Mapping[str, Any] | None = None
    """The ready command that carries it out, under an id made of its key; none where nothing could be planned, or what is given stands on no single invoice."""
    due: _time.date | None = None
    """Since when it is due."""
    findings: _Array[Finding] = ()
    """What somebody should look at."""
    invoices: _Array[PlannedInvoice] = ()
    """The invoices it would draft."""
    key: str | None = None
    """Its key."""
    period: Period | None = None
    """The days it bills."""


class PlanRun(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is due of many accounts."""

    findings: _Array[Finding] = ()
    """What somebody should look at: ids that several accounts have, told with the first of them."""
    last: str | None = None
    """The last account that was looked at, to go on after; left out when none is left."""
    outcomes: _Array[PlanOutcome] = ()
    """One outcome per plan, by account, date and key."""


class PlanRunRequest(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks what is due of many accounts; the effective date of the stamp is the date."""

    adjustments: _Array[PlanAdjustments] = ()
    """Allowances and charges that are given, by plan; the ready commands carry them."""
    after: str | None = None
    """The account after which to go on; from the first when left out."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency; the ready commands carry them."""
    limit: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Most accounts to look at; all when left out."""
    stamp: Stamp
    """The stamp of the ready commands."""


class PlanView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan that is due, with what it would bill now: a dry run."""

    by: Literal["manual", "schedule", "balance", "ticket", "milestone"]
    """What sets it off."""
    carried: _Array[CarriedForward] = ()
    """What it would carry forward."""
    digest: str
    """Digest of what it would draft; a commit that quotes it drafts this or nothing."""
    due: _time.date
    """Since when it is due."""
    findings: _Array[Finding] = ()
    """What somebody should look at."""
    invoices: _Array[Draft] = ()
    """The invoices it would draft."""
    key: str
    """Its key: account, trigger and period."""
    period: Period
    """The days it bills."""
    trigger: str
    """The plan of the policy."""


class PlanWhenTicket(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="ticket"):
    """Bills each ticket by itself as soon as its work is billable."""


class PlannedInvoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invoice that a plan would draft."""

    allowance: Decimal
    """What is taken off it as a whole, before tax."""
    charge: Decimal
    """What is added to it as a whole, before tax."""
    currency: str
    """The currency of every amount."""
    gross: Decimal
    """Net and tax."""
    id: str
    """Its id."""
    lines: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """How many lines it has."""
    net: Decimal
    """Before tax."""


class Plans(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What matching says of every receipt with money left."""

    plans: _Array[Plan] = ()
    """One plan per receipt, by receipt."""


class PlansView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is due of an account as of a date, and what waits."""

    account: str
    """The payer."""
    as_of: _time.date
    """The date."""
    plans: _Array[PlanView] = ()
    """Plans that are due, by date and key."""
    waiting: _Array[Waiting] = ()
    """What none of them bills, and why."""


class PolicyDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules shared by all customers of a seller."""

    adjustments: AdjustmentPolicy | None = None
    """How far a payment may close an item with less cash than was open."""
    aging: AgingPolicy | None = None
    """Buckets of receivables."""
    amounts: AmountPolicy | None = None
    """How the sums of documents are made."""
    approvals: _Array[ApprovalRule] = ()
    """Who must agree, and when; nobody where it is empty, and a manager above 250.00 where it is left out."""
    billing: BillingPolicy
    """How work is gathered into invoices."""
    calendars: _Array[CalendarDocument] = ()
    """Working calendars."""
    closing: ClosingPolicy | None = None
    """Who may reopen days that were closed."""
    codes: _Array[ChargeCode] = ()
    """Charge codes."""
    delegations: _Array[Delegation] = ()
    """Who decides for whom, and when."""
    disputes: DisputePolicy | None = None
    """What disputes do to due dates."""
    exchange_rate_days: Annotated[int, msgspec.Meta(ge=0, le=65535)] | None = None
    """For how many days a rate between currencies is good for judging an amount; 7 when left out."""
    labels: _Array[HostLabel] = ()
    """Labels of the host's own, each under a state of documents."""
    mapping: _Array[MappingRule] = ()
    """Which work falls under which code."""
    matching: MatchPolicy | None = None
    """How far payment matching may go on its own."""
    numbering: _Array[Numbering] = ()
    """Number series."""
    payment_terms: _Array[PaymentTerms] = ()
    """When invoices fall due."""
    rates: _Array[RateRow] = ()
    """Prices and multipliers for all customers."""
    retention: RetentionPolicy | None = None
    """How long attachments and personal words are kept."""
    roles: _Array[Role] = ()
    """Who may see and do what, besides the roles that stand by themselves."""
    rounding: _Array[TimeRounding] = ()
    """How time is rounded."""
    seller: Seller
    """Who sells."""
    signers: _Array[Signer] = ()
    """Keys with which people sign decisions."""
    tasks: _Array[TaskRule] = ()
    """Which events ask whom to do what."""
    taxes: _Array[TaxRule] = ()
    """Tax rates."""
    withholdings: _Array[TaxRule] = ()
    """Taxes that buyers keep back."""
    wording: Wording | None = None
    """What documents say instead of codes."""


class Price(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="price"):
    """A unit price, or an amount as a rule states it."""

    currency: str
    """Its currency."""
    digits: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many decimals amounts of the currency have."""
    per: RenderKey | None = None
    """What one unit is, where it is the price of one."""
    price: Decimal
    """The price, with as many decimals as it was agreed with."""


class PriceAdjustment(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An allowance or charge of a line or a document, with its amount."""

    amount: Decimal
    """The amount, as prices are stated; a negative one corrects an earlier."""
    base: Decimal | None = None
    """What a percentage was taken of."""
    kind: Literal["allowance", "charge"]
    """Which way it goes."""
    lines: _Array[str] = ()
    """The lines that one of a document falls on, where it stands on their days of supply alone."""
    net: Decimal
    """Before tax; that of a line is taxed with it, and stands here as prices are stated."""
    one_off: bool | None = None
    """Whether it was given on this document alone, and not agreed in terms."""
    percent: Decimal | None = None
    """The percentage."""
    reason: str
    """Why."""
    reason_code: str | None = None
    """The same as a code."""
    shares: _Array[AdjustmentShare] = ()
    """How that of a document falls on its taxes; that of a line is taxed with it."""


class Promised(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="promised"):
    """The customer promises to pay."""

    by: _time.date
    """By when."""


class Proposal(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rules as they were proposed: what approvals are bound to."""

    author: str
    """Who proposes them."""
    effective_from: _time.date
    """The first day on which one may decide under them."""
    publication: str
    """Id of the publication."""
    requirement: PublicationRequirement | None = None
    """Who must agree from then on; as before when left out."""
    sections: _Array[SectionChange] = ()
    """The sections."""


class ProposeEstimate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks a customer to consent to work outside the agreement, up to a cap."""

    cap: Decimal
    """Most net before tax that may be billed."""
    currency: str
    """The currency of the cap."""
    estimate: str
    """Id of the estimate."""
    expires: _time.date
    """Last day on which an invoice may draw on it."""
    scope: EstimateScope
    """The work."""


class ProposeRules(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="propose_rules"):
    """Asks to publish sections of the rulebook."""

    effective_from: _time.date
    """The first day on which one may decide under them."""
    publication: str
    """Id of the publication, never used again."""
    requirement: PublicationRequirement | None = None
    """Who must agree from then on; as before when left out."""
    sections: _Array[ProposedSection] = ()
    """The sections."""


class ProposedSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section of the rulebook as it should be."""

    after: Mapping[str, Any]
    """The section: the policy, or the terms of one customer."""
    before: Mapping[str, Any] | None = None
    """The section as it is published; left out when it is new."""
    customer: str | None = None
    """The customer of the terms; the section is the policy when left out."""


class ProviderSettlement(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a payment provider kept and took back of a pay-out, beside the fees of its receipts."""

    debits: _Array[Debit] = ()
    """What it took back."""
    fees: _Array[GatewayFee] = ()
    """Fees that belong to no single receipt."""


class PublicationEventLegalHoldPlaced(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="legal_hold_placed"):
    """A legal hold was placed."""

    about: About | None = None
    """Only content about this."""
    by: str
    """Who placed it."""
    effective: _time.date
    """The date it takes effect; it holds from now on."""
    hold: str
    """The hold."""
    note: Note | None = None
    """Why, sealed."""
    person: str | None = None
    """Only content of this person."""
    reason_code: str
    """Why."""


class PublicationEventRulesDecided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="rules_decided"):
    """Somebody decided on proposed rules."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When."""
    by: str
    """Who."""
    publication: str
    """The publication."""
    role: str
    """In which role."""
    verdict: Literal["approve", "reject"]
    """The decision."""


class PublicationRequired(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="publication_required"):
    """Who must agree before rules are published; never their author."""

    approvals: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How many people."""
    roles: _Array[str] = ()
    """Roles that may agree; every role when empty."""


class PublicationRequirement(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who must agree before rules are published; never their author."""

    approvals: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How many people."""
    roles: _Array[str] = ()
    """Roles that may agree; every role when empty."""


class PublicationsView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a seller has published of its rules, and what waits."""

    approvals: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many people must agree."""
    pending: _Array[PendingRules] = ()
    """What waits, by publication."""
    required: bool
    """Whether nothing may be decided under rules that are not published."""
    roles: _Array[str] = ()
    """Roles that may agree; every role when empty."""
    sections: _Array[PublishedSection] = ()
    """The sections as published last: the policy, then terms by customer."""


class PublishedSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section of the rulebook as it was published last."""

    customer: str | None = None
    """The customer of the terms; the section is the policy when left out."""
    digest: str
    """Digest of the section."""
    effective_from: _time.date
    """The first day on which one may decide under it."""


class Purge(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="purge"):
    """Erases what is due: the plan with this digest, or some of it."""

    digest: str | None = None
    """The digest of the plan as of the effective date."""
    items: _Array[str] = ()
    """Attachments by id, words by commitment."""


class PurgeRefused(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="purge_refused"):
    """Something could not be erased."""

    code: Annotated[int, msgspec.Meta(ge=0, le=65535)]
    """Number of the code of the reason."""
    item: PlanItem
    """What was to be erased, and what keeps it."""
    name: str
    """Name of that code."""


class Purged(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="purged"):
    """What becomes of a piece of content as of a date, and why."""

    about: About
    """What it is about."""
    action: Literal["keep", "anonymise", "purge"]
    """What becomes of it now."""
    because: Literal["legal_hold", "open_dispute", "shared_bytes", "forever", "not_started", "not_due", "due", "requested"]
    """Why."""
    blockers: _Array[str] = ()
    """The holds, disputes or other content that keep it."""
    content: Literal["attachment", "text"]
    """What it is."""
    due: _time.date | None = None
    """The first day on which its time is over."""
    hash: str | None = None
    """SHA-256 of its bytes; none for words."""
    id: str
    """Its id."""
    name: str | None = None
    """Commitment of the name of an attachment, which goes with it."""
    reason: str
    """Why, for people to read."""
    rule: RetentionRule
    """The rule of its class."""
    since: _time.date | None = None
    """The day its time counts from."""


class Quantities(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="quantities"):
    """Quantities of some lines."""

    quantities: _Array[LineQuantity] = ()
    """Line by line."""


class QuestionAccount(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="account"):
    """Asks for an account as of a date."""

    as_of: _time.date
    """The date."""
    known: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """As far as was known at this moment; as is known now when left out."""
    reserved: _Array[str] = ()
    """Items for which a cash book has reserved money that is not applied yet."""


class QuestionActions(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="actions"):
    """Asks what somebody may do with a document now."""

    acting: _Array[str] = ()
    """Further roles in which the viewer decides."""
    as_of: _time.date
    """The day."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The moment of the day, for what runs out by the hour; its end when left out."""
    document: str
    """The document."""
    role: str
    """The role."""
    viewer: str
    """Who looks: a person, or the customer whose documents are looked at."""


class QuestionCashBook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="cash_book"):
    """Asks for a log as of a date."""

    as_of: _time.date
    """The date."""
    known: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """As far as was known at this moment; as is known now when left out."""


class QuestionCustomerHome(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="customer_home"):
    """Asks for the page on which a customer begins."""

    acting: _Array[str] = ()
    """Further roles in which the viewer decides."""
    as_of: _time.date
    """The day."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The moment of the day, for what runs out by the hour; its end when left out."""
    known: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """As far as was known at this moment; as is known now when left out."""
    limit: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Most documents of each part: 1 to 1,000."""
    reserved: _Array[str] = ()
    """Items for which a cash book has reserved money that is not applied yet."""
    role: str
    """The role."""
    viewer: str
    """The customer."""


class QuestionDesk(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="desk"):
    """Asks what waits for somebody as of a date."""

    acting: _Array[str] = ()
    """Further roles in which the viewer decides."""
    as_of: _time.date
    """The day."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The moment of the day, for what runs out by the hour; its end when left out."""
    known: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """As far as was known at this moment; as is known now when left out."""
    role: str
    """The role."""
    viewer: str
    """Who looks: a person, or the customer whose documents are looked at."""


class QuestionDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="document"):
    """Asks for a document as data that a template prints."""

    as_of: _time.date
    """The day, for what is of a day."""
    document: DocumentOf
    """Which document."""
    known: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """As far as was known at this moment; as is known now when left out."""
    role: str
    """The role."""
    viewer: str
    """Who looks: a person, or the customer whose documents are looked at."""


class QuestionExplain(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="explain"):
    """Asks why a line is what it is."""

    line: str
    """The line."""


class QuestionExplainApproval(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="explain_approval"):
    """Asks why something needs approval."""

    subject: str
    """The invoice, credit note, write-off or estimate."""


class QuestionExtension(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="extension"):
    """Asks for the proof that a log only grew between two sequences."""

    from_: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] = msgspec.field(name="from")
    """The earlier sequence."""
    to: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """The later sequence; the last when left out."""


class QuestionFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="fields"):
    """Asks what a role sees of every shape."""

    role: str
    """The role."""


class QuestionLineReceipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="line_receipt"):
    """Asks for the receipt of a line."""

    as_of: _time.date
    """The day."""
    line: str
    """The line."""
    role: str
    """The role."""
    viewer: str
    """Who looks: a person, or the customer whose documents are looked at."""


class QuestionNumbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="numbers"):
    """Asks for nothing more."""


class QuestionOverrides(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="overrides"):
    """Asks for what left the ordinary way."""

    acting: _Array[str] = ()
    """Further roles in which the viewer decides."""
    after: str | None = None
    """The token that ended the page before."""
    backdated_days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days between when something counts and when it was recorded that are ordinary."""
    from_: _time.date = msgspec.field(name="from")
    """The first day on which something was recorded, in UTC."""
    kinds: _Array[Literal["backdated", "carried_decision", "delegated", "hold_released", "consent_lapsed", "period_reopened", "collection_held", "fee_skipped", "no_charge", "manual_match", "rate_override", "one_off_adjustment", "forgiven_credit", "write_off", "voided_alone", "duties", "opening_imported", "exchange_rate", "number_imported", "provider_refund"]] = ()
    """What is looked for; everything when empty."""
    limit: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Most rows of the page: 1 to 1,000."""
    role: str
    """The role."""
    through: _time.date
    """The last day on which something was recorded, in UTC."""
    viewer: str
    """Who looks."""


class QuestionPlans(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="plans"):
    """Asks what is due of an account as of a date."""

    adjustments: _Array[PlanAdjustments] = ()
    """Allowances and charges that would be given, by plan."""
    as_of: _time.date
    """The date."""


class QuestionPublications(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="publications"):
    """Asks for nothing more."""


class QuestionRetention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="retention"):
    """Asks for a log as of a date."""

    as_of: _time.date
    """The date."""
    known: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """As far as was known at this moment; as is known now when left out."""


class QuestionTasks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="tasks"):
    """Asks for a log as of a date."""

    as_of: _time.date
    """The date."""
    known: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """As far as was known at this moment; as is known now when left out."""


class QuestionTimeline(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="timeline"):
    """Asks for a page of what happened in an account."""

    acting: _Array[str] = ()
    """Further roles in which the viewer decides."""
    after: str | None = None
    """The token that ended the page before."""
    areas: _Array[Literal["ticket", "work", "agreement", "estimate", "invoice", "credit", "payment", "dispute", "fact", "decision", "books", "task", "retention"]] = ()
    """What it is about; everything when empty."""
    as_of: _time.date
    """What takes effect later is left out."""
    document: str | None = None
    """The document, ticket or estimate; all when left out."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """What took effect earlier is left out."""
    limit: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Most entries of the page: 1 to 1,000."""
    newest_first: bool | None = None
    """Whether the last comes first."""
    role: str
    """The role."""
    viewer: str
    """Who looks: a person, or the customer whose documents are looked at."""


class QuestionTrail(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="trail"):
    """Asks which records made and changed documents of an account."""

    documents: _Array[str] = ()
    """Ids of invoices, credit notes or opening items."""


class QuestionUnapprovedPayments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="unapproved_payments"):
    """Asks what was paid without an approval that stood."""

    as_of: _time.date
    """The date: what was paid by the end of it."""
    rule: str | None = None
    """The rule whose approval is sought; of any rule when left out."""


class QuestionView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="view"):
    """Asks for a page of what a role sees of an account."""

    acting: _Array[str] = ()
    """Further roles in which the viewer decides."""
    after: str | None = None
    """The token that ended the page before."""
    as_of: _time.date
    """The day."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The moment of the day, for what runs out by the hour; its end when left out."""
    balances: bool | None = None
    """Whether the page says what is owed by currency, for which every open item is looked at."""
    filter: ViewFilter | None = None
    """Which documents."""
    known: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """As far as was known at this moment; as is known now when left out."""
    limit: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Most things of the page: 1 to 1,000."""
    lines: bool | None = None
    """Whether each document comes with its lines."""
    reserved: _Array[str] = ()
    """Items for which a cash book has reserved money that is not applied yet."""
    role: str
    """The role."""
    viewer: str
    """Who looks: a person, or the customer whose documents are looked at."""


class QuestionWorklist(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="worklist"):
    """Asks what waits for approval."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """The instant."""


class RateRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of the rate table; each dimension it names must match, those it leaves out match all."""

    agent: str | None = None
    """Only for this agent."""
    agreement: str | None = None
    """Only under this agreement."""
    band: str | None = None
    """Only in this band of the calendar."""
    code: str | None = None
    """Only for this charge code."""
    currency: str | None = None
    """The currency of the price; a multiplier needs none."""
    customer: str | None = None
    """Only for this customer."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """First rate date; open when left out."""
    id: str
    """Id of the row, quoted by every receipt."""
    kind: Literal["price", "multiplier"] | None = None
    """What the value is."""
    per: Literal["hour", "unit"] | None = None
    """What the price is for."""
    precedence: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Decides between rows of equal dimensions; the larger wins."""
    priority: str | None = None
    """Only at this ticket priority."""
    role: str | None = None
    """Only for this role."""
    site: str | None = None
    """Only at this site."""
    to: _time.date | None = None
    """Last rate date; open when left out."""
    value: Decimal
    """The price or the factor."""
    work_type: str | None = None
    """Only for this type of work."""


class RatedCustomer(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The priced work of one customer."""

    charges: _Array[Charge] = ()
    """The charges."""
    currency: str
    """The currency of its terms."""
    customer: str
    """The customer."""
    net: Decimal
    """Sum of the charges."""


class RatedDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Priced work."""

    customers: _Array[RatedCustomer] = ()
    """Customers by id."""
    findings: _Array[Finding] = ()
    """What somebody should look at."""


class ReachMilestone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reach_milestone"):
    """A project reached a milestone: its work up to the effective date is due under plans on milestones, or the amount that was agreed for it."""

    fixed: FixedPrice | None = None
    """What was agreed for it; its work is billed by time when left out."""
    milestone: str
    """The milestone."""
    project: str
    """The project."""


class Receipt(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one payer paid in a bank line."""

    amount: Decimal
    """How much the payer paid, whatever a payment provider kept back of it."""
    customer: str | None = None
    """The customer, where the host knows."""
    fee: Decimal | None = None
    """What a payment provider kept back of it: an expense of the seller, never of the customer."""
    id: str
    """Id of the receipt."""
    payer_account: str | None = None
    """The payer's bank account."""
    payer_name: Note | None = None
    """The payer's name as the bank gives it, sealed."""
    references: _Array[str] = ()
    """Structured references."""
    text: Note | None = None
    """Remittance text, sealed."""


class ReceiptView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A receipt with what became of it."""

    amount: Decimal
    """How much came in."""
    currency: str
    """The currency of every amount."""
    customer: str | None = None
    """The customer, once known."""
    entry: str
    """The bank line."""
    fee: Decimal | None = None
    """What a payment provider kept back of it."""
    id: str
    """Its id."""
    payer_name: str | None = None
    """The payer's name, unless it was erased."""
    plan: Plan | None = None
    """What matching said, while nothing of it is applied."""
    refunded: Decimal
    """What was paid back, in all."""
    refunds: _Array[Refunded] = ()
    """Refunds, in order."""
    reservations: _Array[ReservationView] = ()
    """Where its money went."""
    reversed: _time.date | None = None
    """Since when the bank has taken it back."""
    unapplied: Decimal
    """What is not applied at the end of the day."""
    value_date: _time.date
    """When it counts."""


class Receive(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="receive"):
    """A bank line came in."""

    entry: StatementEntry
    """The line."""


class Received(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="received"):
    """A bank line was booked."""

    counts_from: _time.date
    """The day from which its money counts: its value date, or the first open day where that is closed."""
    entry: StatementEntry
    """The line."""


class Reconciliation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is under way between logs. Delivering the commands, and those that this hands on, brings all of it to an end but for what a log refuses."""

    commands: _Array[UnderWay] = ()
    """Ready commands, by the moment they were handed on, their log and record, in the order of the record."""
    missing: _Array[LogAddress] = ()
    """Logs that are named and were not given: what is said of them may be done already."""
    numbers: _Array[LooseNumber] = ()
    """Numbers without a document, by series, date and number."""
    reserved: _Array[ReservedMoney] = ()
    """Money between books and accounts, by book and key."""
    settled: bool
    """Whether nothing is under way."""


class RecordAccount(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one command did: computed facts, never recipes."""

    command: CommandRef
    events: _Array[AccountEvent]
    log: LogAddress
    policy: str
    previous: str
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    stamp: Stamp
    terms: str | None = None
    version: Literal[1] = 1


class RecordCashBook(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one command did: computed facts, never recipes."""

    command: CommandRef
    events: _Array[BookEvent]
    log: LogAddress
    policy: str
    previous: str
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    stamp: Stamp
    terms: str | None = None
    version: Literal[1] = 1


class RecordEvidence(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record with the proof that it is in its log."""

    path: _Array[str] = ()
    """Hashes beside the way from the hash of the record up to the root of its log."""
    record: Mapping[str, Any]
    """The record, as it is stored."""


class RecordFact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="record_fact"):
    """Makes a fact of a document known: its delivery, its acceptance, a hold, a remark, a label."""

    document: str
    """The invoice, credit note or opening item."""
    fact: DocumentFact
    """The fact."""


class RecordRows(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a stored record comes to, as it was given when it was decided."""

    hash: str
    """Its hash."""
    intents: _Array[Intent] = ()
    """The ready commands that it hands on to other logs, in order."""
    log: LogAddress
    """Its log."""
    rows: _Array[Row] = ()
    """Its upserts of the read model, in order."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Its sequence."""


class RecordRulebook(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one command did: computed facts, never recipes."""

    command: CommandRef
    events: _Array[PublicationEvent]
    log: LogAddress
    policy: str
    previous: str
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    stamp: Stamp
    terms: str | None = None
    version: Literal[1] = 1


class RecordSeries(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one command did: computed facts, never recipes."""

    command: CommandRef
    events: _Array[SeriesEvent]
    log: LogAddress
    policy: str
    previous: str
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    stamp: Stamp
    terms: str | None = None
    version: Literal[1] = 1


class Recorded(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="outcome", tag="recorded"):
    """`Recorded` of the schema `decided`."""

    detached: Mapping[str, Opened]
    """Personal texts beside a record, by commitment."""
    findings: _Array[Finding]
    hash: str
    intents: _Array[Intent]
    record: Mapping[str, Any]
    rows: _Array[Row]
    rows_version: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]


class Recover(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="recover"):
    """Owes again what was written off, so that money that comes after all can be applied."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    reason: str
    """Why: a code of the host."""
    write_off: str
    """The write-off."""


class Recovered(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="recovered"):
    """What was written off is owed again."""

    amount: Decimal
    """How much."""
    balances: _Array[ItemBalance] = ()
    """What is open afterwards."""
    currency: str
    """The currency."""
    effective: _time.date
    """The date it takes effect."""
    reason: str
    """Why."""
    write_off: str
    """The write-off."""


class RecurringFee(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fee for every period of an agreement."""

    anchor: _time.date
    """First day of the first period; the others start on the same day of their month or week."""
    billed: Literal["advance", "arrears"] | None = None
    """Whether a period is billed before or after it."""
    catch_up: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Most periods that one run bills late without being told to."""
    change: Literal["next_period", "split"] | None = None
    """What a new price does to a period that began under the old one."""
    code: str
    """The charge code."""
    every: Cadence | None = None
    """How long a period is."""
    id: str
    """Id of the fee, unique in its agreement."""
    increases: _Array[FeePrice] = ()
    """Later prices, in the order of their dates."""
    lead_days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days ahead that a period billed in advance may be billed."""
    price: Decimal
    """Price of a whole period, before tax."""
    proration: Literal["days", "thirty", "whole"] | None = None
    """What a part of a period costs."""
    quantity: Decimal | None = None
    """How many are billed, such as seats."""
    shift: Literal["none", "following", "modified_following", "preceding"] | None = None
    """Where its billing day goes when that is no business day."""


class ReferenceRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the payment references of a series are made."""

    length_digit: bool | None = None
    """Whether the length stands before the check digit; of Swedish references only."""
    prefix: str | None = None
    """Digits before those of the number, so that two series never give one reference."""
    scheme: Literal["rf", "qrr", "ogm", "kid_mod10", "kid_mod11", "viite", "ocr"]
    """The kind."""
    series: str
    """The series."""
    width: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Digits, or letters and digits, without length and check: zeros are put before to make as many."""


class RefundCredit(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="refund_credit"):
    """Pays unused credit out."""

    amount: Decimal
    """How much."""
    book: str
    """The cash book of the bank account it is paid from."""
    currency: str
    """Its currency."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    id: str
    """Id of the refund."""
    item: str
    """The credit."""
    reason: str
    """Why: a code of the host."""


class RefundDeclined(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="refund_declined"):
    """Money that an account wanted to pay back cannot be paid."""

    book: str
    """The cash book."""
    order: PayBack
    """What the account ordered."""
    reason: Literal["receipt-unknown", "refund-customer", "receipt-currency", "receipt-reversed", "receipt-overspent"]
    """Why."""


class RefundOrder(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an account approved and ordered."""

    account: str
    """The account."""
    approved_by: _Array[str] = ()
    """Who approved it there, for themselves or others."""
    asked_by: str
    """Who asked for it."""
    refund: str
    """Id of the refund in its account."""


class RefundProposed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="refund_proposed"):
    """Somebody wants money to go back."""

    approval: Asked
    """The request for its approval: by whom, on which digest, what is needed and why."""
    refund: AskedRefund
    """What is to be paid."""


class RefundReceipt(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="refund_receipt"):
    """Pays money of a receipt back that belongs to a customer and was not applied."""

    amount: Decimal
    """How much."""
    book: str
    """The cash book of the receipt."""
    currency: str
    """Its currency."""
    customer: str
    """Whose money it is."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    id: str
    """Id of the refund."""
    payee: str
    """Who gets it: a customer, or the bank account it came from."""
    reason: str
    """Why: a code of the host."""
    receipt: str
    """The receipt."""


class RefundView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money that is to go back, in a view."""

    amount: Decimal
    """How much."""
    book: str
    """The cash book."""
    currency: str
    """Its currency."""
    declined: Literal["receipt-unknown", "refund-customer", "receipt-currency", "receipt-reversed", "receipt-overspent"] | None = None
    """Why the cash book could not pay it."""
    effective: _time.date | None = None
    """From when a credit is paid out; left out for money of a receipt, which its cash book dates."""
    id: str
    """Its id."""
    item: str | None = None
    """The credit that it is paid from."""
    reason: str
    """Why."""
    receipt: str | None = None
    """The receipt that it is paid from."""
    status: Literal["pending", "approved", "rejected", "expired"]
    """Where its approval stands."""


class Refunded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money of a receipt was paid back."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    effective: _time.date
    """The date it takes effect."""
    entry: str | None = None
    """The bank line of a payment provider that says so, where nobody had recorded it."""
    id: str
    """Id of the refund."""
    order: RefundOrder | None = None
    """What an account ordered; left out where nobody was asked."""
    payee: str
    """Who gets it."""
    reason: str
    """Why."""
    receipt: str
    """The receipt."""


class Refusal(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something was not done"""

    code: int
    findings: _Array[Finding]
    name: str


class RegisterAttachments(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="register_attachments"):
    """Registers files of the host; what is known already has no effect."""

    attachments: _Array[Attachment] = ()
    """The files."""


class Release(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="release"):
    """The account refused a reservation: its money is free again."""

    reservation: str
    """The reservation."""


class ReleaseCustomer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="release_customer"):
    """Lets a customer go to another payer."""

    customer: str
    """The customer."""
    to: str
    """The account it goes to."""
    transfer: str
    """Key of the transfer, unique in this account."""


class ReleaseHold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="release_hold"):
    """Makes work billable again that waited because consent was denied or not given."""

    subject: str
    """What consent was asked for."""


class Released(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="released"):
    """The account refused a reservation: its money is free again."""

    reservation: str
    """The reservation."""


class Remarked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="remarked"):
    """A remark for the seller's own people."""

    note: Note | None = None
    """The words, sealed."""


class Reminder(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reminder"):
    """What is overdue."""

    customer: str | None = None
    """Whose: the payer, or a customer below; who looks, or the payer, when left out."""
    documents: _Array[str] = ()
    """Only these documents; all that are overdue when empty."""
    level: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How far reminding has gone; what the items moved in with when left out."""


class RenderCell(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cell: nothing, or values in this order."""

    values: _Array[RenderValue] = ()
    """What it says."""


class RenderEntry(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A labelled fact: every value belongs under the label, in this order."""

    key: RenderKey
    """The label."""
    strong: bool | None = None
    """Whether it is what a reader looks for first."""
    values: _Array[RenderValue] = ()
    """What it says."""


class RenderModel(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a document says."""

    document: str
    """The document: an id of the account."""
    kind: Literal["invoice", "credit_note", "receipt", "statement", "reminder", "consent", "dispute_reply"]
    """What kind of document it is."""
    language: str | None = None
    """The language its reader wants, where one is known."""
    sections: _Array[RenderSection] = ()
    """Its parts, in printing order."""
    stage: Literal["draft", "issued", "as_of"]
    """Whether it can still change."""
    title: RenderKey
    """What it is called."""
    version: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The version of models."""


class RenderRow(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a table."""

    cells: _Array[RenderCell] = ()
    """One cell for each column."""
    facts: _Array[RenderEntry] = ()
    """What else is said of the row, below it."""
    kind: Literal["line", "subtotal", "total"] | None = None
    """What the row is."""


class RenderSection(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a document."""

    entries: _Array[RenderEntry] = ()
    """Facts, in printing order."""
    key: RenderKey
    """Its heading."""
    table: RenderTable | None = None
    """Its table, below the facts."""


class RenderTable(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table."""

    columns: _Array[RenderKey] = ()
    """The headings of its columns."""
    rows: _Array[RenderRow] = ()
    """Its rows, in printing order."""


class RenderValueCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="code"):
    """Something that machines read: an id, a number, a reference. It is never translated, and reads from left to right."""

    code: str
    """The code."""


class RenderValuePeriod(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="period"):
    """Days from one to another."""

    from_: _time.date = msgspec.field(name="from")
    """The first."""
    to: _time.date
    """The last."""


class Rendered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document as data that a template prints."""

    digest: str
    """The digest of exactly this model: what a delivery or a decision names."""
    model: RenderModel
    """The document."""
    state: Literal["awaiting_approval", "rejected", "approved", "issued", "void"] | None = None
    """Where an invoice or credit note stood then: nobody should take one that is void for one that is owed."""


class ReopenAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reopen_asked"):
    """Somebody asked to reopen days."""

    by: str
    """Who."""
    to: _time.date | None = None
    """The last day that stays closed."""


class ReopenPeriod(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reopen_period"):
    """Reopens closed days: one person asks, another with a role of the policy asks for the same."""

    to: _time.date | None = None
    """The last day that stays closed; none does when left out."""


class Repeated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="outcome", tag="repeated"):
    """`Repeated` of the schema `decided`."""

    hash: str
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]


class RequestDeposit(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="request_deposit"):
    """Bills a down payment: an invoice that is deducted, once it is paid in full, from later ones of the same payer and currency, as far as these are of the agreement, the estimate and the project it names."""

    agreement: str | None = None
    """The agreement whose work it is for."""
    amount: Decimal
    """How much."""
    code: str
    """The charge code: for its name and tax category."""
    currency: str
    """Its currency."""
    customer: str
    """The customer whose work it is for."""
    estimate: str | None = None
    """The estimate whose work it is for."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    id: str
    """Id of the invoice, and of the down payment."""
    includes_tax: bool | None = None
    """Whether the amount contains its tax."""
    project: str | None = None
    """The project whose work it is for."""


class RequestNumber(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="request_number"):
    """Asks again for the number of an approved invoice or credit note, on another date."""

    document: str
    """The invoice or credit note."""


class RequirePublication(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="require_publication"):
    """Who must agree before rules are published; never their author."""

    approvals: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How many people."""
    roles: _Array[str] = ()
    """Roles that may agree; every role when empty."""


class Requirement(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One approval that a subject needs: the rule as it stood, and what it saw."""

    rule: ApprovalRule
    """The rule, whole: what is decided later follows it and no later policy."""
    seen: _Array[Seen] = ()
    """The values that made its conditions hold."""


class Reservation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Allocations of a receipt to one account, reserved under one key."""

    account: str
    """The account."""
    allocations: _Array[Allocation] = ()
    """What goes where."""
    book: str
    """The cash book."""
    by: str | None = None
    """Who reserved it."""
    effective: _time.date
    """The date it counts from."""
    id: str
    """Key of the reservation."""
    method: Literal["reference_exact", "reference_fee", "reference_partial", "reference_surplus", "payer_amount", "contradiction", "ambiguous", "currency_mismatch", "payer_only", "unknown_payer"] | None = None
    """How matching explained it; left out when somebody chose by hand."""
    named: _Array[str] = ()
    """The numbers by which matching found its items in the words of the receipt."""
    paid: _time.date
    """When the money came: the value date of its bank line, which an early-payment discount goes by."""
    receipt: str
    """The receipt."""


class ReservationView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money of a receipt that was reserved for an account."""

    account: str
    """The account."""
    allocations: _Array[Allocation] = ()
    """What goes where."""
    id: str
    """Key of the reservation."""
    status: Literal["pending", "confirmed", "released", "unapplied"]
    """Where it stands."""


class ReservationWithdrawn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reservation_withdrawn"):
    """The bank took money back before it was applied here; it never will be."""

    book: str
    """The cash book."""
    reason: str
    """Why: the code of the reversal."""
    reservation: str
    """Key of the reservation."""


class Reserve(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reserve"):
    """Reserves money of a receipt for an account, by hand."""

    account: str
    """The account."""
    allocations: _Array[Allocation] = ()
    """What goes where."""
    receipt: str
    """The receipt."""


class Reserved(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reserved"):
    """Allocations of a receipt to one account, reserved under one key."""

    account: str
    """The account."""
    allocations: _Array[Allocation] = ()
    """What goes where."""
    book: str
    """The cash book."""
    by: str | None = None
    """Who reserved it."""
    effective: _time.date
    """The date it counts from."""
    id: str
    """Key of the reservation."""
    method: Literal["reference_exact", "reference_fee", "reference_partial", "reference_surplus", "payer_amount", "contradiction", "ambiguous", "currency_mismatch", "payer_only", "unknown_payer"] | None = None
    """How matching explained it; left out when somebody chose by hand."""
    named: _Array[str] = ()
    """The numbers by which matching found its items in the words of the receipt."""
    paid: _time.date
    """When the money came: the value date of its bank line, which an early-payment discount goes by."""
    receipt: str
    """The receipt."""


class ReservedMoney(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money of a receipt on its way between a cash book and an account."""

    account: str
    """The account."""
    amount: Decimal
    """How much."""
    book: str
    """The cash book."""
    currency: str
    """The currency."""
    effective: _time.date
    """From when it counts."""
    receipt: str
    """The receipt."""
    reservation: str
    """Its key."""
    stage: Literal["reserved", "applied", "declined", "taken_back", "unknown"]
    """How far it came."""


class RestoreFee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="restore_fee"):
    """Takes a skip back: the days are due again."""

    agreement: str
    """The agreement."""
    fee: str
    """The fee."""
    from_: _time.date = msgspec.field(name="from")
    """First day of what was skipped."""


class RetentionPolicy(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long content is kept."""

    erase_roles: _Array[str] = ()
    """Roles that may purge, and erase what holds data of a person; every role when empty."""
    hold_roles: _Array[str] = ()
    """Roles that may place and lift legal holds."""
    rules: _Array[RetentionRule] = ()
    """One rule for each class, before the standard ones."""


class RetentionRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long content of a class is kept, and what then becomes of it."""

    action: Literal["keep", "anonymise", "purge"] | None = None
    """What becomes of it."""
    class_: str = msgspec.field(name="class")
    """The class."""
    days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days it is kept, beside months and years."""
    duty: bool | None = None
    """Whether it must be kept so long, also where the person asks for its erasure."""
    months: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Months it is kept."""
    since: Literal["invoice_settled", "document_issued", "ticket_closed", "decision_made", "receipt_settled"]
    """From when."""
    years: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Years it is kept."""


class RetentionView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What retention says of a log as of a date."""

    as_of: _time.date
    """The date."""
    contents: _Array[ContentView] = ()
    """All content, what was erased among it: attachments by id, then words by commitment."""
    digest: str
    """The digest of what is due: what a purge quotes."""
    holds: _Array[LegalHoldPlaced] = ()
    """Legal holds that stand."""
    log: LogAddress
    """The log."""
    plan: _Array[PlanItem] = ()
    """What becomes of everything that is kept, with the reason."""


class RetryTask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="retry_task"):
    """It should be tried again."""

    task: str
    """The task."""


class ReturnedDraw(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a document gave back to an estimate after the estimate had left."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    estimate: str
    """The estimate."""


class ReturnedSeconds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Seconds of a block that a document gave back after the block had left."""

    agreement: str
    """The agreement."""
    seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """How many."""


class Reversal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What of an early discount or a remainder a credit note takes back: it is owed again."""

    amount: Decimal
    """How much."""
    currency: str
    """The currency."""
    kind: Literal["discount", "exchange_difference", "fee", "withholding", "write_off"]
    """Discount or remainder."""
    reservation: str
    """The reservation whose money left it out."""


class Reverse(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reverse"):
    """The bank took a receipt back: a returned debit, a bounced cheque, a chargeback."""

    reason: str
    """Why: the bank's or the host's code."""
    receipt: str
    """The receipt."""


class Reversed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reversed"):
    """A receipt is taken back, in whole; every account it was applied in is told."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    effective: _time.date
    """The date it takes effect."""
    entry: str | None = None
    """The bank line of a payment provider that says so, where nobody had recorded it."""
    reason: str
    """Why."""
    receipt: str
    """The receipt."""


class Reviewed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="reviewed"):
    """Somebody of the seller looked through it."""


class Role(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the people of a role may see and do."""

    capabilities: _Array[Literal["documents", "totals", "money", "rates", "payments", "time", "scope", "service_level", "notes", "approvals", "disputes", "audit", "approve", "accept", "dispute", "promise", "settle", "bill", "write_off", "deliver", "collect", "remark"]] = ()
    """What it may see and do."""
    classes: _Array[Literal["public", "internal", "personal", "health", "secret"]] = ()
    """The classes of fields it may see."""
    id: str
    """Id of the role."""
    reach: Literal["account", "own_documents", "own_work"] | None = None
    """Whose things it reaches."""


class RollForward(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a balance went from one day to another."""

    closing: Decimal
    """At the end of the last day."""
    decrease: Decimal
    """What lowered it."""
    increase: Decimal
    """What raised it."""
    opening: Decimal
    """At the end of the day before the first."""
    unexplained: Decimal
    """What the postings do not explain: nothing, unless something is under way between two logs."""


class Rounded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the scope of a charge was rounded, whole."""

    before: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds of the scope that live lines billed before."""
    due: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds of the scope that are billed now, shared over its slices."""
    raw: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Worked seconds of the whole scope."""
    rule: TimeRounding
    """The rule with its defaults written out."""


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A flat upsert: the columns that a record sets on one row; others stay as they are."""

    key: str
    set: Mapping[str, str]
    table: Literal["ticket", "entry", "invoice", "credit_note", "dispute", "write_off", "line", "item", "sale", "fee", "deposit", "deduction", "plan", "milestone", "receipt", "refund", "reservation", "settlement", "number", "approval", "estimate", "life", "task", "attachment", "legal_hold", "intent"]


class RuleEvidence(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rules that records name by their digest: one section, or the terms of all customers of an account in the order of their ids, whose digest is that of their digests, one after another."""

    sections: _Array[Mapping[str, Any]] = ()
    """The sections."""


class RuleExplanation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a rule asked for approval, and whether it has it."""

    met: bool
    """Whether it has all it needs."""
    rule: ApprovalRule
    """The rule as it stood when it asked."""
    seen: _Array[Seen] = ()
    """The values that made its conditions hold."""
    who: str
    """Who must approve, for people to read."""
    why: str
    """Why, for people to read."""


class Rulebook(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rulebook: the policy shared by all customers, and a section of terms per customer."""

    policy: PolicyDocument
    """The rules shared by all customers."""
    schema: Literal["duebill/rulebook/1"] = "duebill/rulebook/1"
    terms: _Array[TermsDocument] = ()
    """A section per customer."""


class RulesDecided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody decided on proposed rules."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When."""
    by: str
    """Who."""
    publication: str
    """The publication."""
    role: str
    """In which role."""
    verdict: Literal["approve", "reject"]
    """The decision."""


class RulesProposed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="rules_proposed"):
    """Rules were proposed."""

    digest: str
    """Digest of the proposal."""
    proposal: Proposal
    """The proposal."""


class RulesPublished(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="rules_published"):
    """Rules are published, with everybody who agreed."""

    approvals: _Array[RulesDecided] = ()
    """Who agreed, in order."""
    proposal: Proposal
    """What was proposed."""


class Schedule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="schedule"):
    """Bills on anchored days: a period ends on each of them."""

    anchor: _time.date
    """The first billing day; the others fall on the same day of their month or week."""
    every: Cadence | None = None
    """How far apart billing days are."""
    shift: Literal["none", "following", "modified_following", "preceding"] | None = None
    """Where a billing day goes that is no business day of the payer; the period stays as it is."""
    zone: str | None = None
    """IANA time zone that says on which day work near midnight was done, and when a billing day has come; the zones of the customers' calendars, and the date of the stamp, when left out."""


class Sealed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The commitment to a personal text."""

    sealed: str


class SectionChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section that changes, by digest and by what is different in it."""

    before: str | None = None
    """Digest of the section that is published; left out when it is new."""
    customer: str | None = None
    """The customer of the terms; the section is the policy when left out."""
    difference: Difference
    """What is different."""
    digest: str
    """Digest of the section: records name it when they were decided under it."""


class Seen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that made a condition hold."""

    above: Decimal | None = None
    """The threshold that was passed."""
    code: str | None = None
    """The charge code."""
    currency: str
    """The currency of the net."""
    exchange: ExchangeRate | None = None
    """The rate by which the net was compared."""
    fact: str | None = None
    """The fact."""
    line: str | None = None
    """The line."""
    net: Decimal | None = None
    """The net that was above, in the document's own currency."""
    of: Literal["subject", "line", "ticket", "job", "month"] | None = None
    """Which net."""
    path: str
    """The condition, as a JSON pointer into the rule."""
    size: Decimal | None = None
    """The size of the fact."""
    ticket: str | None = None
    """The ticket."""
    value: str | None = None
    """The value of the fact."""


class SeenAdjustmentShare(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of an adjustment that is taxed alike."""

    amount: Decimal | None = None
    """The amount, as prices are stated."""
    net: Decimal | None = None
    """Before tax."""
    taxes: _Array[SeenLineTax] = ()
    """The taxes it bears; untaxed when left out."""


class SeenArticle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was delivered, as documents call it (EN 16931 BT-153, BT-155)."""

    name: str | None = None
    """What it is called."""
    sku: str | None = None
    """The stock-keeping unit."""


class SeenCharge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A priced piece of work with everything its amount was made from."""

    agent: str | None = None
    """Who worked."""
    agreement: str | None = None
    """The agreement it fell under."""
    article: SeenArticle | None = None
    """What was delivered; none for time, fees and sales."""
    band: str | None = None
    """The band of the calendar."""
    code: str | None = None
    """The charge code."""
    coverage: SeenCoverage | None = None
    """The block that covers it; then its net is 0."""
    date: _time.date | None = None
    """The local day of the work; the first, where it went past midnight."""
    end: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The instant after the last."""
    entry: str | None = None
    """Id of the entry, of the sale, of the days of a fee, or of the down payment."""
    factor: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """The multiplier in ten-thousandths."""
    fee: SeenFeePart | None = None
    """The days that a recurring fee is for."""
    multiplier: str | None = None
    """The multiplier's row."""
    net: Decimal | None = None
    """The amount before tax, rounded half up to the currency's digits."""
    no_charge: bool | None = None
    """Whether it is shown at no charge; then its net is 0."""
    price: Decimal | None = None
    """The unit price."""
    quantity: Decimal | None = None
    """Billed seconds, or pieces."""
    rate: str | None = None
    """The price row; left out when the entry stated its price."""
    raw_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Worked seconds before rounding."""
    rounding: SeenRounded | None = None
    """How its scope was rounded; left out for parts and fees."""
    source: Literal["entry", "sale", "fee", "deposit"] | None = None
    """What `entry` is an id of."""
    start: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The first instant."""
    ticket: str | None = None
    """The ticket."""
    unit: Literal["hour", "unit"] | None = None
    """What the quantity counts."""


class SeenCoverage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a prepaid block took over."""

    after: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Seconds left after."""
    agreement: str | None = None
    """The agreement."""
    before: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Seconds left before."""


class SeenDeskItem(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that waits for somebody."""

    amount: Decimal | None = None
    """How much it is about."""
    currency: str | None = None
    """Currency of the amount."""
    digest: str | None = None
    """Digest that a decision must quote."""
    document: str | None = None
    """The document it belongs to."""
    expires: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it is over unless somebody decides."""
    kind: Literal["approval", "dispute", "bounced", "rejected", "hold", "work_held", "overdue", "promise_broken", "unused_credit", "task_failed"] | None = None
    """Why it waits."""
    on_behalf_of: str | None = None
    """Who is decided for, under a delegation."""
    reason: str | None = None
    """The reason code of a dispute or hold."""
    role: str | None = None
    """In which role the viewer decides."""
    since: _time.date | None = None
    """Since when it waits."""
    subject: str | None = None
    """What waits."""
    why: _Array[str] = ()
    """Why approval is needed, for people to read."""


class SeenFeePart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days that a fee is for, and their share of its period."""

    end: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days of the period up to the last of these, as the convention counts."""
    fee: str | None = None
    """The fee."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """The first day."""
    of: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days of the whole period, as the convention counts."""
    proration: Literal["days", "thirty", "whole"] | None = None
    """The convention."""
    start: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Days of the period before these, as the convention counts."""
    to: _time.date | None = None
    """The last day."""


class SeenHeldDuty(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A duty that a person held."""

    duty: Literal["worked", "authored", "approved", "issued", "recorded_payment", "matched", "asked_back", "paid_back"] | None = None
    """The duty."""
    hash: str | None = None
    """Hash of the record that says so."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Its sequence."""


class SeenHomePart(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Documents that belong together."""

    bucket: Literal["preparing", "pending", "overdue", "disputed", "paid", "credit", "closed"] | None = None
    """Where they belong."""
    count: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """How many there are."""
    documents: _Array[SeenViewDocument] = ()
    """Those issued last."""


class SeenLabelled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A derived label with its tone, its reason and the next step."""

    label: Literal["awaiting_approval", "rejected", "approved", "issued", "sent", "received", "viewed", "accepted", "bounced", "disputed", "processing", "partially_paid", "paid", "credited", "written_off", "moved", "unused_credit", "used_credit", "overdue", "void"] | None = None
    """The label."""
    next_step: str | None = None
    """What should happen next."""
    reason: str | None = None
    """Why, for people to read."""
    tone: Literal["good", "attention", "bad", "neutral"] | None = None
    """How it feels."""


class SeenLineTax(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tax that a line bears; its amount stands in the row of the same category, rate and role."""

    category: str | None = None
    """The category."""
    percent: Decimal | None = None
    """The rate in percent."""
    role: Literal["tax", "surcharge", "withheld"] | None = None
    """What it does to what is to be paid."""


class SeenLogAddress(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names one log; ids are unique per seller and kind, and a foreign seller's id is refused."""

    id: str | None = None
    """Id of the payer, bank account, publication or series."""
    kind: Literal["account", "cash_book", "rulebook", "series"] | None = None
    """What it logs."""
    seller: str | None = None
    """The seller, whose logs never meet another seller's."""


class SeenOverrideRow(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that left the ordinary way, with the record that says so."""

    amount: Decimal | None = None
    """How much it is about."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it was recorded."""
    by: str | None = None
    """Who did it."""
    currency: str | None = None
    """Currency of the amount."""
    days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How many days after the day it counts from it was recorded."""
    document: str | None = None
    """The document it belongs to."""
    duties: _Array[SeenHeldDuty] = ()
    """Duties that one person held."""
    effective: _time.date | None = None
    """From when it counts."""
    hash: str | None = None
    """Hash of the record."""
    kind: Literal["backdated", "carried_decision", "delegated", "hold_released", "consent_lapsed", "period_reopened", "collection_held", "fee_skipped", "no_charge", "manual_match", "rate_override", "one_off_adjustment", "forgiven_credit", "write_off", "voided_alone", "duties", "opening_imported", "exchange_rate", "number_imported", "provider_refund"] | None = None
    """How."""
    role: str | None = None
    """In which role it was done."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Sequence of the record."""
    subject: str | None = None
    """What it is about."""


class SeenPriceAdjustment(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An allowance or charge of a line or a document, with its amount."""

    amount: Decimal | None = None
    """The amount, as prices are stated; a negative one corrects an earlier."""
    base: Decimal | None = None
    """What a percentage was taken of."""
    kind: Literal["allowance", "charge"] | None = None
    """Which way it goes."""
    lines: _Array[str] = ()
    """The lines that one of a document falls on, where it stands on their days of supply alone."""
    net: Decimal | None = None
    """Before tax; that of a line is taxed with it, and stands here as prices are stated."""
    one_off: bool | None = None
    """Whether it was given on this document alone, and not agreed in terms."""
    percent: Decimal | None = None
    """The percentage."""
    reason: str | None = None
    """Why."""
    reason_code: str | None = None
    """The same as a code."""
    shares: _Array[SeenAdjustmentShare] = ()
    """How that of a document falls on its taxes; that of a line is taxed with it."""


class SeenReceiptApproval(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The approval that a line was issued under."""

    asked: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it was asked."""
    author: str | None = None
    """Who made what was asked for."""
    decisions: _Array[SeenReceiptDecision] = ()
    """What was decided, in order."""
    digest: str | None = None
    """Digest of exactly the document."""
    rules: _Array[str] = ()
    """The rules that asked; none where nothing was needed."""
    status: Literal["pending", "approved", "rejected", "expired"] | None = None
    """Where the request stands."""


class SeenReceiptAttachment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file that belongs to a line: what it is, not what it says."""

    hash: str | None = None
    """SHA-256 of its bytes."""
    of: str | None = None
    """What it belongs to: the document, dispute, ticket or work."""
    reference: str | None = None
    """Where the host finds it; of a registered one its id."""


class SeenReceiptCharge(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A charge of a line with what it was made from."""

    billed: Decimal | None = None
    """Seconds or pieces that are billed: rounded, and not covered."""
    charge: SeenCharge | None = None
    """The charge with all its facts: price, factor, rows, rounding, coverage."""
    covered_seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Seconds that a prepaid block took over."""
    entry: SeenReceiptEntry | None = None
    """The entry; none for sales and fees."""
    raw_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Worked seconds before rounding."""
    rounded_seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Seconds after rounding, covered ones too."""
    steps: _Array[SeenStep] = ()
    """Why the amount is what it is, step by step."""


class SeenReceiptDecision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision on the document of a line."""

    at: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When."""
    by: str | None = None
    """Who."""
    digest: str | None = None
    """Digest of what was shown."""
    on_behalf_of: str | None = None
    """Who was decided for."""
    role: str | None = None
    """In which role."""
    verdict: Literal["approve", "reject"] | None = None
    """What."""


class SeenReceiptEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The entry that a charge was made from, as it stands now."""

    entry: SeenViewWork | None = None
    """What was recorded: times, who worked, what may be read of the note."""
    stated_price: Decimal | None = None
    """The price that came with a part."""


class SeenReceiptTicket(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ticket of a line."""

    closed: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it was closed."""
    customer: str | None = None
    """Whom the work is for."""
    id: str | None = None
    """Its id."""
    priority: str | None = None
    """Its priority."""
    project: str | None = None
    """The project it belongs to."""
    purchase_order: str | None = None
    """The purchase order it is billed under."""
    site: str | None = None
    """Where the work is done."""
    status: str | None = None
    """Its status at its source."""
    subject: str | None = None
    """What it is about."""
    ticket_type: str | None = None
    """Its type."""


class SeenRounded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the scope of a charge was rounded, whole."""

    before: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Seconds of the scope that live lines billed before."""
    due: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Seconds of the scope that are billed now, shared over its slices."""
    raw: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Worked seconds of the whole scope."""
    rule: SeenTimeRounding | None = None
    """The rule with its defaults written out."""


class SeenStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of an explanation."""

    because: Literal["work", "rounding", "coverage", "period", "no_charge", "rate", "multiplier", "amount"] | None = None
    """Which rule."""
    row: str | None = None
    """The rule's row or id."""
    text: str | None = None
    """What it saw and what it gave, for people."""


class SeenTimeRounding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How worked time becomes billed time: a term of the customer's contract."""

    grace_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """A remainder over the last increment of at most this is dropped, but never down to zero."""
    id: str | None = None
    """Id of the rule, quoted by every receipt."""
    increment_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """The increment."""
    maximum_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Most seconds of a scope."""
    minimum_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Least seconds of a scope that has any, raised to the next multiple."""
    mode: Literal["up", "down", "nearest", "nearest_half_even", "none"] | None = None
    """To which multiple."""
    scope: Literal["entry", "ticket", "ticket_day", "agent_ticket_day", "code_ticket"] | None = None
    """What is summed first."""


class SeenTimelineEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that happened."""

    amount: Decimal | None = None
    """How much."""
    area: Literal["ticket", "work", "agreement", "estimate", "invoice", "credit", "payment", "dispute", "fact", "decision", "books", "task", "retention"] | None = None
    """What it is about."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it was recorded."""
    by: str | None = None
    """Who did it."""
    currency: str | None = None
    """Currency of the amount."""
    document: str | None = None
    """The document or ticket it belongs to."""
    effective: _time.date | None = None
    """From when it counts."""
    hash: str | None = None
    """Hash of its record."""
    kind: str | None = None
    """What happened."""
    person: str | None = None
    """Who worked, is decided for or recorded the payment."""
    place: str | None = None
    """Its place: the sequence of its record and its place in it."""
    role: str | None = None
    """In which role it was done."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)] | None = None
    """Sequence of its record."""
    subject: str | None = None
    """What it happened to."""


class SeenViewBalance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is owed in one currency."""

    balance: Decimal | None = None
    """Less unused credits: what is owed in all."""
    credits: Decimal | None = None
    """Unused credits, below 0."""
    currency: str | None = None
    """The currency."""
    disputed: Decimal | None = None
    """Of what is open, how much is disputed."""
    open: Decimal | None = None
    """What is open."""
    overdue: Decimal | None = None
    """Of that, past its due date."""


class SeenViewDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document as one role sees it."""

    accepted: bool | None = None
    """Whether the customer accepted it."""
    actions: _Array[Literal["view", "approve", "accept", "dispute", "promise", "advance_dispute", "close_dispute", "void", "credit", "apply_credit", "use_credit", "write_off", "recover", "record_delivery", "hold", "end_hold", "contact", "remark"]] = ()
    """What the viewer may do with it now."""
    bucket: Literal["preparing", "pending", "overdue", "disputed", "paid", "credit", "closed"] | None = None
    """Where it belongs."""
    currency: str | None = None
    """The currency of every amount."""
    customer: str | None = None
    """Who pays it."""
    delivery: Literal["queued", "sent", "delivered", "bounced", "viewed"] | None = None
    """How far it came on its way."""
    disputed: Decimal | None = None
    """Of what is open, how much is disputed."""
    due: _time.date | None = None
    """When it is due, once issued."""
    gross: Decimal | None = None
    """Net and tax."""
    held: str | None = None
    """Why nothing of it is collected."""
    host_label: str | None = None
    """The host's own label."""
    id: str | None = None
    """Its id."""
    issued: _time.date | None = None
    """When it was issued."""
    kind: Literal["invoice", "credit_note", "opening"] | None = None
    """What it is."""
    label: SeenLabelled | None = None
    """What people call its state."""
    lines: _Array[SeenViewLine] = ()
    """Its lines, where they were asked for."""
    net: Decimal | None = None
    """Before tax."""
    number: str | None = None
    """Its number, once issued."""
    open: Decimal | None = None
    """What is open; below 0 for an unused credit."""
    paid: Decimal | None = None
    """What payments closed of it."""
    promised: _time.date | None = None
    """By when the customer promised to pay."""
    settlement: Literal["unpaid", "processing", "partial", "paid", "overpaid", "credited", "written_off", "refunded"] | None = None
    """What became of what is owed, once issued."""
    state: Literal["awaiting_approval", "rejected", "approved", "issued", "void"] | None = None
    """Where the document stands."""
    tax: Decimal | None = None
    """Tax."""
    total: Decimal | None = None
    """What is to be paid, or was credited."""
    viewed: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it was first opened."""


class SeenViewLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of a document."""

    code: str | None = None
    """The charge code."""
    customer: str | None = None
    """The customer the work was for."""
    description: str | None = None
    """What it is called."""
    id: str | None = None
    """Its id."""
    net: Decimal | None = None
    """Before tax."""
    price: Decimal | None = None
    """Unit price, where all of it shares one."""
    quantity: Decimal | None = None
    """Seconds or pieces."""
    sku: str | None = None
    """The stock-keeping unit, where all of it is one article."""
    ticket: str | None = None
    """The ticket."""
    unit: Literal["hour", "unit"] | None = None
    """What the quantity counts."""


class SeenViewWork(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry with what became of it."""

    agent: str | None = None
    """Who worked."""
    billable: Literal["default", "yes", "no_charge"] | None = None
    """Whether it is billed."""
    date: _time.date | None = None
    """When a part was delivered."""
    description: str | None = None
    """What a part is called."""
    end: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The instant after the last."""
    id: str | None = None
    """Its id."""
    invoice: str | None = None
    """The live invoice it stands on."""
    note: str | None = None
    """What was done, in words, where the viewer may read them."""
    quantity: Decimal | None = None
    """How many parts."""
    seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Worked seconds; none for a part."""
    start: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """The first instant."""
    ticket: str | None = None
    """The ticket."""
    work_type: str | None = None
    """The type of work."""


class SellBlock(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="sell_block"):
    """Sells a prepaid block: its hours can be drawn at once, its price goes on the next invoice."""

    agreement: str
    """The agreement."""
    customer: str
    """The customer of the agreement."""
    sale: str
    """Id of the sale."""


class Seller(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who sells."""

    id: str
    """Id of the seller; its logs carry it."""
    name: str
    """Its name."""
    notes: _Array[str] = ()
    """Words that stand on all its documents."""
    party: Party | None = None
    """Who it is in law, and where."""
    payment_means: _Array[PaymentMeans] = ()
    """How it is paid."""


class SendOn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a customer goes on to that was released to the wrong account."""

    to: str
    """The account it goes to."""
    transfer: str
    """Key of the transfer, unique in this account."""


class SeriesActionAssign(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="assign"):
    """Asks for the number of an invoice."""

    account: str
    """The account that asks."""
    date: _time.date
    """The issue date."""
    invoice: str
    """The invoice, unique in its account."""


class SeriesEventAssigned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="assigned"):
    """A number was assigned to an invoice, for good."""

    account: str
    """The account of the invoice."""
    counter: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The counter in its period."""
    date: _time.date
    """The issue date."""
    invoice: str
    """The invoice."""
    number: str
    """The number."""
    period: str
    """The period in which the counter counts."""
    series: str
    """The series."""


class SeriesEventIntent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="intent"):
    """What another log should be told: a ready command, delivered at least once, done once."""

    command: Mapping[str, Any]
    """The ready command."""
    id: str
    """Its id, emitted once: `ready:`, its kind and what it is about."""
    log: LogAddress
    """The log it is for."""


class SeriesEventLegalHoldPlaced(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="legal_hold_placed"):
    """A legal hold was placed."""

    about: About | None = None
    """Only content about this."""
    by: str
    """Who placed it."""
    effective: _time.date
    """The date it takes effect; it holds from now on."""
    hold: str
    """The hold."""
    note: Note | None = None
    """Why, sealed."""
    person: str | None = None
    """Only content of this person."""
    reason_code: str
    """Why."""


class Settled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="settled"):
    """A provider paid what the book had recorded: a refund, or credit that was paid out."""

    amount: Decimal
    """How much."""
    fee: Decimal | None = None
    """What the provider charged for it; below nothing where it gave a fee back."""
    refund: str
    """The refund, by its id in this book."""


class SettlementView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bank line of a payment provider: gross less fees and what was taken back is what came in."""

    amount: Decimal
    """What came in."""
    currency: str
    """The currency of every amount."""
    debited: Decimal
    """What was taken back, in all."""
    debits: _Array[Debit] = ()
    """What was taken back, one by one."""
    effective: _time.date
    """When it counts."""
    entry: str
    """The bank line."""
    fees: Decimal
    """Every fee: of receipts, of what was taken back, and of the line."""
    gross: Decimal
    """What payers paid."""
    own_fees: _Array[GatewayFee] = ()
    """Fees of the line alone."""


class ShadowCount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many compare in which way."""

    differs: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Of which something differs."""
    equal: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Of which nothing differs."""
    only_ours: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Only here."""
    only_theirs: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Only there."""


class ShadowDifference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that differs."""

    field: Literal["code", "entries", "gross", "invoices", "net", "quantity", "tax", "ticket"]
    """What."""
    ours: str
    """As it is here; empty where there is none."""
    theirs: str
    """As it is there; empty where there is none."""


class ShadowLine(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line here and one there that bill the same, or one that has none; several where they bill the same work in other parts."""

    code: str | None = None
    """The charge code, as it is here where there is one; left out where there are several."""
    differences: _Array[ShadowDifference] = ()
    """What differs, of their sums where there are several."""
    our_net: Decimal | None = None
    """What ours come to before tax."""
    ours: _Array[str] = ()
    """Our lines, as the dry run calls them."""
    their_net: Decimal | None = None
    """What theirs come to before tax, where they say it."""
    theirs: _Array[TheirLine] = ()
    """Their lines."""
    ticket: str | None = None
    """The ticket, as it is here where there is one; left out where there are several."""
    verdict: Literal["equal", "differs", "only_ours", "only_theirs"]
    """How they compare."""


class ShadowPayer(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a payer is billed in one currency, here and there."""

    currency: str
    """The currency."""
    differences: _Array[ShadowDifference] = ()
    """Sums that differ, and how many invoices there are where that does."""
    lines: _Array[ShadowLine] = ()
    """Lines: theirs in their order, with ours, then those that are only ours."""
    ours: ShadowSums
    """Sums here."""
    payer: str
    """The payer."""
    theirs: ShadowSums
    """Sums there."""
    verdict: Literal["equal", "differs", "only_ours", "only_theirs"]
    """How sums and lines compare."""


class ShadowRequest(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asks how what would be billed compares with the invoices of another system."""

    as_of: _time.date
    """The day of the dry run."""
    invoices: _Array[OldInvoice] = ()
    """The invoices of the other system."""
    period: Period | None = None
    """The days to be billed by hand; what the plans of the policy bill when left out."""
    tolerances: _Array[Tolerance] = ()
    """How far amounts may lie apart; not at all in other currencies."""


class ShadowRun(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How what would be billed compares with the invoices of another system."""

    as_of: _time.date
    """The day of the dry run."""
    equal: bool
    """Whether nothing differs."""
    findings: _Array[Finding] = ()
    """What stood in the way of our plans, by account."""
    lines: ShadowCount
    """How lines compare."""
    missing: _Array[str] = ()
    """Customers of their invoices whose account was not given."""
    payers: _Array[ShadowPayer] = ()
    """By payer and currency."""
    totals: _Array[ShadowTotal] = ()
    """By currency; currencies are never added."""
    verdicts: ShadowCount
    """How payers compare, each currency by itself."""


class ShadowSums(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sums of invoices in one currency."""

    gross: Decimal | None = None
    """Net and tax; left out where it is not known."""
    invoices: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """How many invoices."""
    net: Decimal | None = None
    """Before tax; left out where it is not known."""
    tax: Decimal | None = None
    """Tax; left out where it is not known."""


class ShadowTotal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all payers are billed in one currency, here and there."""

    currency: str
    """The currency."""
    difference: Decimal | None = None
    """Ours less theirs: net and tax; left out where one of them is not known."""
    ours: ShadowSums
    """Sums here."""
    theirs: ShadowSums
    """Sums there."""


class SharedPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of an invoice by percent."""

    counts_from: Literal["issue", "previous"] | None = None
    """From which date it counts."""
    due: DueRule | None = None
    """When it is due."""
    percent: Decimal | None = None
    """Its percent of the total; may be left out on the last, which takes the balance."""
    round_to: Decimal | None = None
    """Rounds it half up to a multiple of this; to the minor unit when left out."""


class Shares(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="shares"):
    """Parts by percent; the last takes the balance."""

    parts: _Array[SharedPart] = ()
    """The parts in the order they are due."""


class Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A verified Ed25519 signature of a [`Statement`]."""

    key: str
    """The public key."""
    value: str
    """The signature: 128 hexadecimal digits."""


class Signer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key with which a person signs decisions."""

    from_: _time.date | None = msgspec.field(default=None, name="from")
    """First day it may be used."""
    key: str
    """The Ed25519 public key: 64 hexadecimal digits."""
    person: str
    """Whose it is."""
    to: _time.date | None = None
    """Last day it may be used."""


class SkipFee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="skip_fee"):
    """Takes the days of a period off a fee that are not billed yet."""

    agreement: str
    """The agreement."""
    customer: str
    """The customer of the agreement."""
    fee: str
    """The fee."""
    outcome: Literal["skipped", "cancelled"] | None = None
    """Why."""
    period: _time.date
    """First day of the period."""


class Span(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="span"):
    """A span of time until a deadline, which people count in days as well."""

    hours: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Its hours."""


class Stamp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who did it, in which role, when, and as of which date."""

    actor: str
    """The person or system."""
    assurance: Literal["low", "substantial", "high"] | None = None
    """How surely the actor was known."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When it happened; not part of a command's content."""
    effective: _time.date
    """The date it takes effect."""
    ip: Note | None = None
    """Network address of the actor, sealed; not part of a command's content."""
    occurred: _time.date | None = None
    """The day it belongs to, where that day is closed and it takes effect later."""
    reason: Note | None = None
    """Why, in the actor's words, sealed."""
    role: str
    """The role the actor acted in."""
    user_agent: Note | None = None
    """Program of the actor, sealed; not part of a command's content."""


class StandingFee(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days of a fee that are not due."""

    account: str | None = None
    """The account on whose document they stand; left out where they were skipped."""
    agreement: str
    """The agreement."""
    fee: str
    """The fee."""
    from_: _time.date = msgspec.field(name="from")
    """The first day."""
    to: _time.date
    """The last day."""


class StandingWork(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Work that stands on a document, or was billed before an account moved in: nobody bills it again."""

    account: str | None = None
    """The account of the document; left out where no account has it."""
    id: str
    """The entry or sale."""
    source: Literal["entry", "sale", "fee", "deposit"]
    """What it is."""


class Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="statement"):
    """What happened between two days, and what is owed after it."""

    customer: str | None = None
    """Whose: the payer, or a customer below; who looks, or the payer, when left out."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """The first day; everything from the beginning when left out."""


class StatementEntry(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of a bank statement: one or several receipts that add up to it, less what a payment provider kept and took back."""

    amount: Decimal
    """What came in; below nothing where a payment provider drew money."""
    currency: str
    """Its currency."""
    id: str
    """The bank's transaction id: the same one again has no effect."""
    receipts: _Array[Receipt] = ()
    """Who paid what."""
    settlement: ProviderSettlement | None = None
    """What a payment provider kept and took back, beside the fees of receipts."""
    value_date: _time.date
    """When the money counts."""


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of an explanation."""

    because: Literal["work", "rounding", "coverage", "period", "no_charge", "rate", "multiplier", "amount"]
    """Which rule."""
    row: str | None = None
    """The rule's row or id."""
    text: str
    """What it saw and what it gave, for people."""


class Storage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="storage"):
    """Where the bytes are kept."""


class StoredRows(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stored records come to."""

    records: _Array[RecordRows] = ()
    """One element for each record, in the order of the lines."""
    version: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The version of the row shapes."""


class Subtotal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of an invoice that belongs to one customer and agreement."""

    agreement: str | None = None
    """The agreement."""
    customer: str
    """The customer."""
    net: Decimal
    """Sum of its charges before tax."""


class Summary(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much work became how many invoices."""

    billed_seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Billed seconds on live invoices."""
    currencies: _Array[CurrencySummary] = ()
    """One row per currency; currencies are never added."""
    entries: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Captured entries."""
    findings: _Array[Finding] = ()
    """What somebody should look at: ids that several accounts have."""
    raw_seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Worked seconds of all entries."""
    tickets: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Captured tickets."""
    unbilled_entries: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Entries on no live invoice."""
    work: _Array[AccountWork] = ()
    """Where the work of each account stands, by payer."""
    worked: WorkSeconds
    """The work of all accounts."""


class TakenSeconds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Seconds of a block whose sale was forgiven, as far as they were left."""

    agreement: str
    """The agreement."""
    sale: str
    """The sale."""
    seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """How many."""


class Target(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where matching would put money."""

    account: str
    """The account of the item."""
    allocation: Allocation
    """The allocation."""


class Task(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something for the outside world to do, in the record of the event that asked for it."""

    action: Literal["send", "notify", "decide", "open_ticket", "write_back", "archive", "purge", "anonymise"]
    """What is to be done."""
    approval_rule: str | None = None
    """The approval rule whose escalation began, where that asked for it."""
    audience: Audience
    """Whom it is for."""
    because: _Array[Seen] = ()
    """The values that made its rule ask."""
    cause: Literal["invoice_drafted", "invoice_issued", "invoice_voided", "credit_note_issued", "payment_applied", "dispute_opened", "dispute_closed", "approval_asked", "approval_escalated", "approval_rejected", "approval_expired", "consent_lapsed", "credit_note_voided", "payment_unapplied", "refund_declined", "written_off", "content_erased"]
    """The event that asked for it."""
    channel: str
    """The way."""
    deciders: _Array[OpenStep] = ()
    """Who may decide, where somebody must."""
    digest: str | None = None
    """Digest of what is to be shown or erased."""
    document: str
    """What it is about."""
    effective: _time.date
    """The date it counts from."""
    id: str
    """Its id, emitted once."""
    rule: str
    """The rule that asked for it."""
    template: str | None = None
    """The host's template."""
    ticket: str | None = None
    """The ticket, where each has a task of its own."""


class TaskConfirmed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="task_confirmed"):
    """A task was done."""

    by: str
    """Who says so."""
    effective: _time.date
    """The date it counts from."""
    reference: str | None = None
    """What proves it."""
    task: str
    """The task."""


class TaskEmitted(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="task_emitted"):
    """Something for the outside world to do, in the record of the event that asked for it."""

    action: Literal["send", "notify", "decide", "open_ticket", "write_back", "archive", "purge", "anonymise"]
    """What is to be done."""
    approval_rule: str | None = None
    """The approval rule whose escalation began, where that asked for it."""
    audience: Audience
    """Whom it is for."""
    because: _Array[Seen] = ()
    """The values that made its rule ask."""
    cause: Literal["invoice_drafted", "invoice_issued", "invoice_voided", "credit_note_issued", "payment_applied", "dispute_opened", "dispute_closed", "approval_asked", "approval_escalated", "approval_rejected", "approval_expired", "consent_lapsed", "credit_note_voided", "payment_unapplied", "refund_declined", "written_off", "content_erased"]
    """The event that asked for it."""
    channel: str
    """The way."""
    deciders: _Array[OpenStep] = ()
    """Who may decide, where somebody must."""
    digest: str | None = None
    """Digest of what is to be shown or erased."""
    document: str
    """What it is about."""
    effective: _time.date
    """The date it counts from."""
    id: str
    """Its id, emitted once."""
    rule: str
    """The rule that asked for it."""
    template: str | None = None
    """The host's template."""
    ticket: str | None = None
    """The ticket, where each has a task of its own."""


class TaskFailed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="task_failed"):
    """A task could not be done."""

    by: str
    """Who says so."""
    effective: _time.date
    """The date it counts from."""
    reason: str
    """Why."""
    retry_after: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it may be tried again."""
    task: str
    """The task."""


class TaskRetried(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="task_retried"):
    """A task waits again."""

    by: str
    """Who says so."""
    effective: _time.date
    """The date it counts from."""
    task: str
    """The task."""


class TaskRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which event asks whom to do what, by which channel."""

    action: Literal["send", "notify", "decide", "open_ticket", "write_back", "archive", "purge", "anonymise"]
    """What is to be done."""
    audience: Audience
    """Whom it is for."""
    channel: str
    """The way, such as `mail`, `chat` or `helpdesk`."""
    currency: str | None = None
    """Only documents in this currency; any when left out."""
    id: str
    """Id of the rule; part of the ids of its tasks."""
    on: Literal["invoice_drafted", "invoice_issued", "invoice_voided", "credit_note_issued", "payment_applied", "dispute_opened", "dispute_closed", "approval_asked", "approval_escalated", "approval_rejected", "approval_expired", "consent_lapsed", "credit_note_voided", "payment_unapplied", "refund_declined", "written_off", "content_erased"]
    """The event."""
    template: str | None = None
    """The host's template."""
    when: When | None = None
    """What else must be the case; amounts are compared at face value."""


class TaskView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A task and where it stands."""

    failures: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How often it failed."""
    reason: str | None = None
    """Why it failed, where it stands failed."""
    reference: str | None = None
    """What proves that it was done."""
    retry_after: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it may be tried again, where it stands failed."""
    status: Literal["pending", "failed", "confirmed", "obsolete"]
    """Where it stands."""
    task: Task
    """The task, as it was asked for."""


class TasksView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tasks of an account as of a date."""

    account: str
    """The payer."""
    as_of: _time.date
    """The date."""
    tasks: _Array[TaskView] = ()
    """Tasks by id, those that are done among them."""


class TaxId(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number under which an authority knows a party."""

    scheme: str
    """What kind of number: `VAT` for one of the value added tax, else the host's own word."""
    value: str
    """The number."""


class TaxRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tax of one category and rate of a document."""

    base: Decimal
    """Sum of what is taxed, before tax."""
    category: str
    """The category."""
    exemption: str | None = None
    """Why nothing is charged."""
    exemption_code: str | None = None
    """The same reason as a code of the VATEX list."""
    percent: Decimal
    """The rate in percent."""
    role: Literal["tax", "surcharge", "withheld"] | None = None
    """What it does to what is to be paid."""
    tax: Decimal
    """The tax, rounded as the document says."""
    treatment: Literal["standard", "zero", "exempt", "reverse_charge", "intra_community", "export", "outside_scope"] | None = None
    """How the law treats it."""


class TaxRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rate of a tax category in a period."""

    category: str
    """The category that charge codes name."""
    exemption: str | None = None
    """Why nothing is charged, as the invoice must say, where the rate is 0."""
    exemption_code: str | None = None
    """The same reason as a code of the VATEX list."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """First date of supply; open when left out."""
    percent: Decimal
    """The rate in percent."""
    surcharge: Decimal | None = None
    """The rate in percent of a second tax on the same base, for buyers that bear one, such as the recargo de equivalencia."""
    to: _time.date | None = None
    """Last date of supply; open when left out."""
    treatment: Literal["standard", "zero", "exempt", "reverse_charge", "intra_community", "export", "outside_scope"] | None = None
    """How the law treats it."""


class TermsDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The terms of one customer."""

    adjustments: _Array[AdjustmentTerm] = ()
    """Allowances and charges that its invoices get."""
    agreements: _Array[Agreement] = ()
    """Its agreements."""
    bank_accounts: _Array[str] = ()
    """Bank accounts it pays from."""
    buyer_reference: str | None = None
    """What it asked to have on its documents."""
    calendar: str
    """Its working calendar."""
    contract: str | None = None
    """The contract it is billed under."""
    currency: str
    """Its currency."""
    customer: str
    """The customer."""
    name: str
    """Its name, as on a bank statement."""
    notes: _Array[str] = ()
    """Words that stand on its documents."""
    own_account: bool | None = None
    """Whether it is billed itself although it has a parent."""
    parent: str | None = None
    """The customer above it, which is billed for it."""
    party: Party | None = None
    """Who it is in law, and where."""
    payment_terms: str
    """When its invoices fall due."""
    plans: _Array[str] = ()
    """The plans that bill it when it pays for itself; all of the policy when empty."""
    purchase_order: str | None = None
    """The purchase order it is billed under."""
    rates: _Array[RateRow] = ()
    """Prices and multipliers of its own."""
    rounding: str
    """How its time is rounded."""
    surcharged: bool | None = None
    """Whether it bears the surcharges of tax rules."""
    tax_category: str | None = None
    """The tax category of everything it is billed, whatever the charge code says; such as the one under which the buyer owes the tax."""
    tax_scheme: str | None = None
    """How it is taxed, where that keeps its lines off the invoices of others."""
    withholding: str | None = None
    """The tax that it keeps back."""


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="text"):
    """Words that people wrote, such as a name: in any language, and in any direction. A template isolates them."""

    text: str
    """The words."""


class TextEvidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A personal text that a record holds a commitment to; one that was erased has no words."""

    commitment: str
    """The commitment: SHA-256 of the salt followed by the text."""
    salt: str | None = None
    """The salt."""
    text: str | None = None
    """The words."""


class TheirLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a line of theirs stands."""

    at: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Its place in its invoice, from 0."""
    invoice: str
    """The number of the invoice."""


class Ticket(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A support ticket, as far as billing needs it."""

    agreement: str | None = None
    """The agreement it was opened under, when it names one."""
    closed: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """When it was closed; open tickets are not billed under the closed-ticket trigger."""
    customer: str
    """Whom the work is for."""
    id: str
    """Id of the ticket."""
    priority: str | None = None
    """Its priority."""
    project: str | None = None
    """The project it belongs to."""
    purchase_order: str | None = None
    """The purchase order it is billed under; the customer's when left out."""
    site: str | None = None
    """Where the work is done."""
    status: str | None = None
    """Its status at its source; needed where the policy names statuses that make work billable."""
    status_since: Annotated[_time.datetime, msgspec.Meta(tz=True)] | None = None
    """Since when it has that status."""
    subject: Note | None = None
    """What it is about, sealed."""
    tags: _Array[str] = ()
    """Its tags."""
    ticket_type: str | None = None
    """Its type."""


class Time(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="time"):
    """Time that somebody worked."""

    end: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """The instant after the last."""
    start: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """The first instant."""


class TimeRounding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How worked time becomes billed time: a term of the customer's contract."""

    grace_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """A remainder over the last increment of at most this is dropped, but never down to zero."""
    id: str
    """Id of the rule, quoted by every receipt."""
    increment_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """The increment."""
    maximum_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Most seconds of a scope."""
    minimum_seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Least seconds of a scope that has any, raised to the next multiple."""
    mode: Literal["up", "down", "nearest", "nearest_half_even", "none"] | None = None
    """To which multiple."""
    scope: Literal["entry", "ticket", "ticket_day", "agent_ticket_day", "code_ticket"] | None = None
    """What is summed first."""


class Timeline(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of what happened in an account."""

    account: str | None = None
    """The payer."""
    entries: _Array[SeenTimelineEntry] = ()
    """What happened, in the order in which it was recorded."""
    next: str | None = None
    """The token of the next page; none after the last."""
    role: str | None = None
    """The role."""


class Tolerance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far amounts of a currency may lie apart and count as equal."""

    amount: Decimal
    """The most."""
    currency: str
    """The currency."""


class Totals(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sums of a document, by the names of EN 16931 where it has them."""

    allowance: Decimal
    """Sum of the document's allowances before tax (BT-107)."""
    charge: Decimal
    """Sum of the document's charges before tax (BT-108)."""
    en16931: bool
    """Whether BR-CO-10 to 17 hold to the last minor unit, and all of the net stands in a tax row."""
    gross: Decimal
    """Net and tax (BT-112)."""
    lines: Decimal
    """Sum of the lines before tax (BT-106)."""
    net: Decimal
    """Lines less allowances plus charges (BT-109)."""
    payable: Decimal
    """What is to be paid: gross less withheld and prepaid, plus rounding (BT-115)."""
    prepaid: Decimal
    """What was paid ahead (BT-113)."""
    rounding: Decimal
    """What was added to round what is to be paid, or to meet prices that contained their tax (BT-114)."""
    rule: AmountRule
    """The rule they were made by."""
    tax: Decimal
    """Sum of the taxes that are added (BT-110)."""
    taxes: _Array[TaxRow] = ()
    """Tax by role, category and rate."""
    withheld: Decimal
    """Sum of the taxes that the buyer keeps back."""


class TrailElsewhere(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record of another log that belongs to a document too."""

    command: str
    """The command that it answers."""
    log: LogAddress
    """The log."""


class TrailProof(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Proves which records of a log are about a document, all of them."""

    document: str
    """The document."""
    log: LogAddress
    """The log."""
    path: _Array[Fork] = ()
    """The forks on the way up to the root of the trails, from the leaf."""
    records: _Array[Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]] = ()
    """Sequences of the records, ascending."""


class TrailView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The records that made and changed documents."""

    elsewhere: _Array[TrailElsewhere] = ()
    """Records of other logs."""
    log: LogAddress
    """The log."""
    records: _Array[Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]] = ()
    """Sequences of its records, ascending."""


class Unapplied(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The account took a reservation back: its money is unapplied again."""

    applied: _time.date
    """The date from which it was applied."""
    effective: _time.date
    """The date it takes effect."""
    reservation: str
    """The reservation."""


class Unapply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="unapply"):
    """Takes applied money back, a whole reservation at once; what it had paid is open again."""

    reason: str
    """Why: a code of the host."""
    reservation: str
    """Key of the reservation."""


class UnapprovedPayment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paid document without an approval that stood."""

    amount: Decimal
    """What it was for."""
    currency: str
    """Its currency."""
    customer: str
    """Its customer."""
    decisions: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Decisions by the day it was paid, under whatever rule."""
    last: Literal["approve", "reject"] | None = None
    """What the last of them said; nothing was decided when left out."""
    number: str
    """Its number."""
    origin: Literal["invoice", "opening", "admitted", "history"]
    """Where it comes from."""
    paid: _time.date
    """When it was paid in full."""


class UnapprovedPayments(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Paid documents of an account without an approval that stood."""

    account: str
    """The payer."""
    as_of: _time.date
    """The date."""
    paid: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many paid documents were looked at."""
    payments: _Array[UnapprovedPayment] = ()
    """Those without, by number."""
    rule: str | None = None
    """The rule whose approval was sought; of any rule when left out."""


class UnbilledView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry on no live invoice."""

    entry: str
    """The entry."""
    seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Worked seconds."""
    ticket: str | None = None
    """The ticket."""


class UnderWay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A ready command that a record handed on and that its log has not recorded, as far as is known."""

    action: str
    """What is asked for: the kind of its action."""
    command: Mapping[str, Any]
    """The command, to be delivered again as it stands."""
    effective: _time.date
    """From when it takes effect."""
    from_: LogAddress = msgspec.field(name="from")
    """The log whose record handed it on."""
    id: str
    """Its id."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """The sequence of that record."""
    since: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """Since when it is under way."""
    to: LogAddress
    """The log that it is for."""


class View(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page of what a role sees of an account."""

    account: str | None = None
    """The payer."""
    as_of: _time.date | None = None
    """The day."""
    balances: _Array[SeenViewBalance] = ()
    """What is owed by currency, where it was asked for."""
    documents: _Array[SeenViewDocument] = ()
    """Documents, by id."""
    next: str | None = None
    """The token of the next page; none after the last."""
    role: str | None = None
    """The role."""
    work: _Array[SeenViewWork] = ()
    """Work, by id, for who reaches only their own."""


class ViewFilter(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which documents are looked for; every one where nothing is said."""

    buckets: _Array[Literal["preparing", "pending", "overdue", "disputed", "paid", "credit", "closed"]] = ()
    """Where they belong."""
    currency: str | None = None
    """The currency."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """Issued on this day or later."""
    kinds: _Array[Literal["invoice", "credit_note", "opening"]] = ()
    """What they are."""
    through: _time.date | None = None
    """Issued on this day or earlier."""


class Void(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="void"):
    """Voids an invoice, or a credit note that is not issued: its work is billable again. What is issued is voided once it has the approvals that the policy asks for."""

    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    invoice: str
    """The invoice or credit note."""
    reason: str
    """Why: a code of the host."""


class VoidProposed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="void_proposed"):
    """Somebody wants to void an issued invoice."""

    approval: Asked
    """The request for its approval: by whom, on which digest, what is needed and why."""
    voiding: Voiding
    """What is to be voided."""


class Voided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="voided"):
    """An invoice was voided."""

    currency: str
    """The currency of every amount."""
    effective: _time.date
    """The date it takes effect."""
    gross: Decimal
    """Net and tax that it took away."""
    invoice: str
    """The invoice."""
    net: Decimal
    """Net before tax that it took away."""
    reason: str
    """Why."""
    voiding: str | None = None
    """What was approved, where the invoice was issued."""


class Voiding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is shown of an issued invoice that somebody wants to void."""

    currency: str
    """The currency of every amount."""
    gross: Decimal
    """Its net and tax."""
    id: str
    """What is approved: an id made of the invoice."""
    invoice: str
    """The invoice."""
    net: Decimal
    """Its net before tax."""
    number: str | None = None
    """Its number."""
    reason: str
    """Why."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that is not billed yet."""

    id: str
    """The entry, sale or days of a fee."""
    reason: Literal["ticket", "reopen_grace", "delay", "later", "plan", "below_minimum", "blocked", "consent", "customer"]
    """Why."""
    source: Literal["entry", "sale", "fee", "deposit"]
    """Which of them it is."""
    until: _time.date | None = None
    """Until when, where a date is known."""


class WaitingItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item on which somebody should act."""

    amount: Decimal
    """How much: of what is owed the part that is late and not disputed; of a credit what is not used, below 0."""
    currency: str
    """The currency."""
    customer: str
    """Who owes it, or is owed."""
    item: str
    """The item."""
    number: str
    """Its number."""
    promised: _time.date | None = None
    """By when the customer promised to pay and did not."""
    since: _time.date
    """The due date of its oldest part that is late, or when the credit was opened."""


class WhenAny(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="any"):
    """Several conditions."""

    of: _Array[When] = ()
    """The conditions."""


class WhenCode(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="code"):
    """One of several ids."""

    any_of: _Array[str] = ()
    """The ids."""


class WhenNone(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="none"):
    """Several conditions."""

    of: _Array[When] = ()
    """The conditions."""


class Whole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="whole"):
    """Everything that is left."""


class Withdraw(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="withdraw"):
    """Tells an account that the bank took back what a reservation had spent."""

    book: str
    """The cash book."""
    reason: str
    """Why: the code of the reversal."""
    reservation: str
    """The reservation."""


class WithdrawEstimate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="withdraw_estimate"):
    """Takes an estimate back; what was drawn stays drawn."""

    estimate: str
    """The estimate."""


class WithheldView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Work to which consent was denied, or not given in time."""

    id: str
    """The entry or sale."""
    lapse: Literal["return", "hold", "bill_covered", "write_off"]
    """What became of it."""
    subject: str
    """What consent was asked for."""


class Word(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="word"):
    """A word of the catalogue."""

    word: RenderKey
    """Its key."""


class Wording(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What documents say instead of the host's codes."""

    names: _Array[CodeName] = ()
    """Names of codes; a code without one stands there itself."""


class WorkDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Work to be priced without an account."""

    entries: _Array[Entry] = ()
    """Time and parts."""
    tickets: _Array[Ticket] = ()
    """Their tickets."""


class WorkSeconds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Recorded seconds before increments, by where they stand; all of them together are what was recorded."""

    billed: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """On issued invoices, to be paid."""
    covered: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """On issued invoices, drawn from prepaid blocks."""
    no_charge: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Not charged: because whoever captured or approved it said so, or on issued invoices for nothing."""
    recorded: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """All that was recorded."""
    unapproved: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """On drafts that nobody approved yet, or somebody rejected, and work that is held until a customer consents."""
    wip: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Work in progress: not billed yet, or on an approved draft that waits for its number."""
    written_down: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Given up: without consent, or credited and never billed again."""


class Worklist(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What waits at an instant: for approval, for money, for somebody to use it, and what could not be done outside."""

    account: str
    """The payer."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """The instant."""
    failed: _Array[Task] = ()
    """Tasks that stand failed, by id."""
    overdue: _Array[WaitingItem] = ()
    """What is overdue on the day of the instant, by item: neither disputed nor held, nor promised for later."""
    requests: _Array[OpenRequest] = ()
    """Open requests, the one that ends first before others."""
    unused_credits: _Array[WaitingItem] = ()
    """Credits that are not used up, by item."""


class WriteOff(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Writes a part of an item off."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    exchange: _Array[ExchangeRate] = ()
    """Exchange rates for approval rules in another currency."""
    id: str
    """Id of the write-off."""
    item: str
    """The item."""
    reason: str
    """Why: a code of the host."""


class WriteOffProposed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="write_off_proposed"):
    """Somebody wants to write a part of an item off."""

    approval: Asked
    """The request for its approval: by whom, on which digest, what is needed and why."""
    write_off: WriteOff
    """The write-off."""


class WriteOffView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A write-off with what is owed again of it."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    effective: _time.date | None = None
    """From when it counts; left out while it waits for approval, or was rejected."""
    id: str
    """Its id."""
    item: str
    """The item."""
    reason: str
    """Why."""
    recovered: Decimal
    """What of it is owed again."""


class WrittenOff(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="written_off"):
    """A part of an item was written off."""

    amount: Decimal
    """How much."""
    balances: _Array[ItemBalance] = ()
    """What is open afterwards."""
    currency: str
    """The currency."""
    effective: _time.date
    """The date it takes effect."""
    reason: str
    """Why."""
    write_off: str
    """The write-off."""


AccountAction: TypeAlias = Union[ImportOpening, Capture, SellBlock, RequestDeposit, Bill, CommitPlan, SkipFee, RestoreFee, ReachMilestone, DecideApproval, DecideApprovals, ExpireApproval, ReleaseHold, AccountActionProposeEstimate, WithdrawEstimate, Issue, RequestNumber, Void, AccountActionCredit, ApplyCredit, RefundCredit, RefundReceipt, DeclineRefund, AccountActionWriteOff, Recover, OpenDispute, AdvanceDispute, CloseDispute, ReleaseCustomer, AdmitCustomer, Allocate, RecordFact, ConfirmTask, FailTask, RetryTask, EscalateApproval, RegisterAttachments, PlaceLegalHold, LiftLegalHold, Purge, EraseSubject, ClosePeriod, ReopenPeriod, Unapply, Withdraw]
"""What a host asks of an account."""

AccountEvent: TypeAlias = Union[OpeningImported, Captured, AccountEventBlockSold, DepositRequested, Drafted, PlanCommitted, FeeSkipped, FeeRestored, AccountEventMilestoneReached, ApprovalDecided, DecisionRefused, ApprovalExpired, ConsentLapsed, HoldReleased, EstimateProposed, EstimateWithdrawn, NumberRequested, Issued, VoidProposed, Voided, CreditDrafted, CreditNumberRequested, CreditIssued, CreditVoided, CreditApplied, CreditRefunded, RefundProposed, RefundDeclined, WriteOffProposed, WrittenOff, Recovered, DisputeOpened, DisputeAdvanced, DisputeClosed, AccountEventCustomerReleased, CustomerAdmitted, Allocated, AllocationDeclined, AllocationUndone, ReservationWithdrawn, AccountEventIntent, FactRecorded, TaskEmitted, TaskConfirmed, TaskFailed, TaskRetried, ApprovalEscalated, AttachmentsRegistered, AccountEventLegalHoldPlaced, LegalHoldLifted, ErasureRequested, Purged, Anonymised, PurgeRefused, PeriodClosed, PeriodReopened, ReopenAsked]
"""What happened in an account."""

AskedRefund: TypeAlias = Union[AskedRefundCredit, AskedRefundReceipt]
"""Money that is to go back."""

Audience: TypeAlias = Union[AudienceRole, Contact, Deciders, AudienceTicket, Storage]
"""Whom a task is for."""

BookAction: TypeAlias = Union[Receive, BookActionAssign, Match, Reserve, Confirm, Release, ClosePeriod, ReopenPeriod, BookActionUnapplied, BookActionRefund, Reverse, BookActionPayOut, BookActionPayBack, PlaceLegalHold, LiftLegalHold, Purge, EraseSubject]
"""What a host asks of a cash book."""

BookEvent: TypeAlias = Union[Received, BookEventAssigned, Matched, Reserved, Confirmed, Released, BookEventUnapplied, BookEventRefunded, Reversed, BookEventPaidOut, RefundDeclined, BookEventIntent, PeriodClosed, PeriodReopened, ReopenAsked, BookEventLegalHoldPlaced, LegalHoldLifted, ErasureRequested, Purged, PurgeRefused]
"""What happened in a cash book."""

CreditScope: TypeAlias = Union[Whole, Lines, Quantities, Amounts, Gross]
"""How much of an invoice is credited."""

Debit: TypeAlias = Union[Chargeback, DebitRefund, Settled]
"""What a provider took back of a pay-out."""

Decided: TypeAlias = Union[Recorded, Repeated]
"""The answer to a command"""

DocumentFact: TypeAlias = Union[Delivery, Accepted, Promised, Held, HoldEnded, Reviewed, Contacted, Remarked, DocumentFactLabelled]
"""What becomes known of a document besides its money."""

DocumentOf: TypeAlias = Union[Invoice, DocumentOfCreditNote, DocumentOfReceipt, Statement, Reminder, Consent, DisputeReply]
"""A document that somebody wants to print."""

InstalmentTerms: TypeAlias = Union[Shares, Equal]
"""How an invoice is split into instalments."""

Note: TypeAlias = Union[str, Sealed]
"""Personal text: the words in a command, a salted commitment in a record."""

OnDay: TypeAlias = Union[Next, OfMonth]
"""A fixed day of the month."""

PlanWhen: TypeAlias = Union[Schedule, Balance, PlanWhenTicket, Milestone]
"""What sets a billing plan off."""

PublicationAction: TypeAlias = Union[RequirePublication, ProposeRules, DecideRules, PlaceLegalHold, LiftLegalHold, Purge, EraseSubject]
"""What a host asks of the publication log of a seller."""

PublicationEvent: TypeAlias = Union[PublicationRequired, RulesProposed, PublicationEventRulesDecided, RulesPublished, PublicationEventLegalHoldPlaced, LegalHoldLifted, ErasureRequested, Purged, PurgeRefused]
"""What happened in the publication log of a seller."""

Question: TypeAlias = Union[QuestionAccount, QuestionCashBook, QuestionExplain, QuestionExplainApproval, QuestionExtension, QuestionActions, QuestionCustomerHome, QuestionDesk, QuestionDocument, QuestionFields, QuestionLineReceipt, QuestionOverrides, QuestionTimeline, QuestionView, QuestionNumbers, QuestionPlans, QuestionPublications, QuestionRetention, QuestionTasks, QuestionTrail, QuestionUnapprovedPayments, QuestionWorklist]
"""A question about one log."""

RenderKey: TypeAlias = Literal["accepted-amount", "account-name", "account-number", "account-statement", "adjustment-base", "adjustment-kind", "adjustment-net", "adjustment-share", "adjustments", "age-after-due", "age-after-issue", "aging", "agreement", "allocations", "allowance", "amount-applied", "amount-received", "amount-seen", "applied-on", "article-number", "as-of", "asked-because", "balance", "balance-after", "bank", "bank-fee", "billed-period", "buyer", "buyer-reference", "cap", "card", "cash", "cash-book", "change", "charge", "charge-code", "city", "closing-balance", "consent", "consent-credit-note", "consent-estimate", "consent-invoice", "consent-refund", "consent-statement", "consent-void", "consent-words", "consent-write-off", "contract", "country", "covered-time", "credit-difference", "credit-effect", "credit-note", "credit-note-date", "credit-note-draft", "credit-note-number", "credit-reason", "credit-transfer", "credit-used", "customer-number", "date", "days-billed", "days-of-period", "days-overdue", "decide-by", "decide-within", "decided-on", "decision", "delivered-on", "deposit-amount", "deposit-invoice", "deposit-invoice-draft", "deposit-invoice-title", "deposit-tax", "deposits", "description", "direct-debit", "discount-amount", "discount-days", "discount-excluded", "discount-included", "discount-mixed", "discount-net", "discount-tax", "discount-treatment", "discount-until", "discounted-total", "dispute-acknowledged", "dispute-escalated", "dispute-investigating", "dispute-number", "dispute-opened", "dispute-reason", "dispute-reply", "disputed-amount", "disputed-lines", "disputed-on", "disputed-still", "document-date", "document-number", "document-share", "document-total", "due-date", "early-discount", "effect-forgive", "effect-rebill", "estimate", "event", "exchange-difference", "exemption-code", "exemption-reason", "expires-on", "for-customer", "for-period", "instalment", "instalment-amount", "instalments", "invoice", "invoice-date", "invoice-draft", "invoice-number", "line-net", "line-part", "line-receipt", "line-rounding", "line-stated", "lines", "more-than", "moved-in", "movements", "multiplier", "name", "net-of-job", "net-of-line", "net-of-month", "net-of-subject", "net-of-ticket", "net-to-approve", "no-charge", "not-due", "note", "notes", "open-after", "open-amount", "open-items", "opening-balance", "outcome", "outcome-accepted", "outcome-accepted-in-part", "outcome-rejected", "outcome-withdrawn", "overdue-amount", "overdue-balance", "overdue-items", "payee", "payment", "payment-means", "payment-reference", "payment-taken-back", "payment-terms", "per-hour", "per-piece", "percentage", "period-price", "position", "postal-code", "preceding-date", "preceding-invoice", "purchase-order", "quantity", "reason", "reasons", "receipt", "receipt-number", "received-on", "recovery", "references", "refund", "refund-amount", "registration", "rejected-amount", "remaining", "remaining-due", "remark", "reminder", "reminder-level", "request", "requested-at", "reversed-on", "rule", "seller", "sepa-credit-transfer", "sepa-direct-debit", "stated-price", "statement-period", "street", "subdivision", "subject", "subject-digest", "subject-kind", "subtotals", "supply-date", "taken-over", "tax-after-discount", "tax-amount", "tax-base", "tax-category", "tax-exempt", "tax-export", "tax-intra-community", "tax-number", "tax-outside-scope", "tax-rate", "tax-reverse-charge", "tax-standard", "tax-surcharge", "tax-withheld", "tax-zero", "taxes", "terms", "terms-days", "terms-month-ends", "terms-weeks", "threshold", "ticket", "total", "total-allowance", "total-charge", "total-credited", "total-deposit", "total-gross", "total-lines", "total-net", "total-overdue", "total-payable", "total-prepaid", "total-rounding", "total-tax", "total-withheld", "totals", "trade-name", "transfer", "unit-price", "untaxed", "unused-credits", "vat-number", "void", "worked-on", "worked-time", "write-off", "written-off-amount"]

RenderValue: TypeAlias = Union[Amount, RenderValueCode, Count, Date, Digest, Duration, Instant, Number, Percent, RenderValuePeriod, Price, Span, Text, Word]
"""A value of a document, still to be written in the language of its reader."""

SeriesAction: TypeAlias = Union[SeriesActionAssign, ClosePeriod, ImportNumbers, ReopenPeriod, PlaceLegalHold, LiftLegalHold, Purge, EraseSubject]
"""What a host asks of a number series."""

SeriesEvent: TypeAlias = Union[SeriesEventAssigned, NumbersImported, PeriodClosed, PeriodReopened, ReopenAsked, NumberingSet, SeriesEventIntent, SeriesEventLegalHoldPlaced, LegalHoldLifted, ErasureRequested, Purged, PurgeRefused]
"""What happened in a number series."""

Verdict: TypeAlias = Union[Consistent, Broken]
"""What verification says of a log"""

When: TypeAlias = Union[All, WhenAny, WhenNone, Net, Fact, WhenCode, Payer]
"""When a rule asks for approval."""

Work: TypeAlias = Union[Time, Part]
"""What an entry records."""
