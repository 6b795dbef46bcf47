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
    "AccountAction",
    "AccountActionOpenDispute",
    "AccountEvent",
    "AccountEventIntent",
    "AccountView",
    "Adjustment",
    "AgingColumns",
    "AgingPolicy",
    "AgingReport",
    "AgingRequest",
    "AgingRow",
    "AgingSection",
    "Agreement",
    "Allocate",
    "Allocated",
    "Allocation",
    "AllocationDeclined",
    "ApprovalDecided",
    "ApprovalRule",
    "ApprovalView",
    "Assigned",
    "BandDocument",
    "Bill",
    "BillingPolicy",
    "BlockSold",
    "BlockView",
    "BookAction",
    "BookActionAssign",
    "BookEvent",
    "BookEventAssigned",
    "BookEventIntent",
    "Broken",
    "CalendarDocument",
    "Capture",
    "Captured",
    "CashBookView",
    "Charge",
    "ChargeCode",
    "ChargeExplanation",
    "CloseDispute",
    "CommandAccount",
    "CommandCashBook",
    "CommandRef",
    "CommandSeries",
    "Confirm",
    "Confirmed",
    "Consistent",
    "Coverage",
    "CurrencySummary",
    "DecideApproval",
    "Decided",
    "Decision",
    "DisputeClosed",
    "DisputeOpened",
    "DisputeView",
    "Draft",
    "Drafted",
    "Entry",
    "Explanation",
    "Finding",
    "Head",
    "Holiday",
    "ImportOpening",
    "Intent",
    "InvoiceView",
    "Issue",
    "Issued",
    "ItemBalance",
    "ItemTerms",
    "ItemView",
    "Labelled",
    "Line",
    "LogAddress",
    "MappingRule",
    "Match",
    "MatchPolicy",
    "Matched",
    "Meant",
    "Note",
    "NumberRequested",
    "Numbering",
    "NumbersView",
    "OpenDispute",
    "Opened",
    "OpeningCash",
    "OpeningImported",
    "Part",
    "PaymentTerms",
    "Period",
    "Plan",
    "Plans",
    "PolicyDocument",
    "Question",
    "QuestionAccount",
    "QuestionCashBook",
    "QuestionExplain",
    "QuestionNumbers",
    "RateRow",
    "RatedCustomer",
    "RatedDocument",
    "Receipt",
    "ReceiptView",
    "Receive",
    "Received",
    "RecordAccount",
    "RecordCashBook",
    "RecordSeries",
    "Recorded",
    "Refusal",
    "Release",
    "Released",
    "Repeated",
    "Requirement",
    "Reservation",
    "ReservationView",
    "Reserve",
    "Reserved",
    "Rounded",
    "Row",
    "Rulebook",
    "Sealed",
    "SellBlock",
    "Seller",
    "SeriesAction",
    "SeriesActionAssign",
    "SeriesEvent",
    "SeriesEventAssigned",
    "SeriesEventIntent",
    "Stamp",
    "StatementEntry",
    "Step",
    "Summary",
    "Target",
    "TaxRow",
    "TaxRule",
    "TermsDocument",
    "Ticket",
    "Time",
    "TimeRounding",
    "UnbilledView",
    "Verdict",
    "Void",
    "Voided",
    "Work",
    "WorkDocument",
]


class AccountActionOpenDispute(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="open_dispute"):
    """Disputes a part of an open item."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    dispute: str
    """Id of the dispute."""
    invoice: str
    """The invoice or opening item."""
    reason_code: str
    """Reason code."""


class AccountEventIntent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="intent"):
    """What another log should be told: a ready command, delivered at least once, done once."""

    command: Mapping[str, Any]
    """The ready command."""
    id: str
    """Its id, emitted once."""
    log: LogAddress
    """The log it is for."""


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
    disputes: _Array[DisputeView] = ()
    """Disputes."""
    findings: _Array[Finding] = ()
    """What somebody should look at."""
    invoices: _Array[InvoiceView] = ()
    """Invoices."""
    opening_items: _Array[ItemView] = ()
    """Items that moved in."""
    unbilled: _Array[UnbilledView] = ()
    """Work on no live invoice."""


class Adjustment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One explained difference."""

    amount: Decimal
    """The amount by which the open balance falls."""
    kind: Literal["discount", "exchange", "fee", "withholding", "write_off"]
    """The reason."""


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


class Allocate(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="allocate"):
    """Allocations of a receipt to one account, reserved under one key."""

    account: str
    """The account."""
    allocations: _Array[Allocation] = ()
    """What goes where."""
    book: str
    """The cash book."""
    effective: _time.date
    """The date it counts from."""
    id: str
    """Key of the reservation."""
    receipt: str
    """The receipt."""


class Allocated(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="allocated"):
    """Reserved money was applied."""

    balances: _Array[ItemBalance] = ()
    """What is open afterwards."""
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

    code: Annotated[int, msgspec.Meta(ge=0, le=65535)]
    """Number of the code of the first reason."""
    name: str
    """Name of that code."""
    reservation: str
    """Key of the reservation."""


class ApprovalDecided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="approval_decided"):
    """Somebody decided on an invoice."""

    decision: Decision
    """The decision."""
    invoice: str
    """The invoice."""


class ApprovalRule(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When somebody must agree, and who."""

    above: Decimal
    """Strictly above this absolute net before tax: 250.00 passes, 250.01 needs approval."""
    currency: str | None = None
    """Currency of the threshold; the subject's own, at face value, when left out."""
    id: str
    """Id of the rule."""
    quorum: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """How many people must approve."""
    roles: _Array[str] = ()
    """Roles that may approve."""


class ApprovalView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The approvals of an invoice."""

    currency: str
    """Currency of the net."""
    decisions: _Array[Decision] = ()
    """What was decided."""
    digest: str
    """Digest that a decision must quote."""
    invoice: str
    """The invoice."""
    needed: _Array[Requirement] = ()
    """What is needed."""
    net: Decimal
    """The net judged."""
    open: bool
    """Whether somebody must still decide."""


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


class Bill(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="bill"):
    """Drafts invoices of all billable work up to the end of a period, one per currency."""

    period: Period
    """The period."""
    run: str
    """Names the run, such as `monthly`; part of the invoice ids."""


class BillingPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How work is gathered into invoices."""

    collapse: Literal["none", "ticket", "ticket_rate"] | None = None
    """How charges are gathered into lines."""
    series: str
    """The number series of invoices."""
    trigger: Literal["ticket_closed", "work_done"] | None = None
    """When work becomes billable."""


class BlockSold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="block_sold"):
    """A prepaid block was sold."""

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
    """Seconds that can be drawn."""


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
    """Its id, emitted once."""
    log: LogAddress
    """The log it is for."""


class Broken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="verdict", tag="broken"):
    """`Broken` of the schema `verdict`."""

    finding: Finding
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]


class CalendarDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A working calendar."""

    bands: _Array[BandDocument] = ()
    """Hours of the week."""
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


class CashBookView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cash book as of a date."""

    as_of: _time.date
    """The date."""
    book: str
    """The bank account."""
    receipts: _Array[ReceiptView] = ()
    """Receipts, by id."""


class Charge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A priced piece of work with everything its amount was made from."""

    agent: str | None = None
    """Who worked."""
    agreement: str | None = None
    """The agreement it fell under."""
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
    """Id of the entry, or of the sale."""
    factor: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """The multiplier in ten-thousandths."""
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
    source: Literal["entry", "sale"]
    """Whether `entry` is an entry or a sale."""
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


class CloseDispute(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="close_dispute"):
    """Ends a dispute."""

    dispute: str
    """The dispute."""
    outcome: Literal["rejected", "withdrawn"]
    """How."""


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


class CommandSeries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a host asks of one log: an action under an id of the host's choice."""

    action: SeriesAction
    expect: Head | None = None
    id: str
    log: LogAddress
    salt: str | None = None
    schema: Literal["duebill/command/1"] = "duebill/command/1"
    stamp: Stamp


class Confirm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="confirm"):
    """The account applied a reservation."""

    reservation: str
    """The reservation."""


class Confirmed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="confirmed"):
    """The account applied a reservation."""

    reservation: str
    """The reservation."""


class Consistent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="verdict", tag="consistent"):
    """`Consistent` of the schema `verdict`."""

    anchored: bool
    head: Head


class Coverage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a prepaid block took over."""

    after: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds left after."""
    agreement: str
    """The agreement."""
    before: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Seconds left before."""


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


class DecideApproval(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="decide_approval"):
    """Decides on an invoice, bound to the digest of what was shown."""

    digest: str
    """Digest of the draft that was shown."""
    invoice: str
    """The invoice."""
    verdict: Literal["approve", "reject"]
    """The decision."""


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person's decision on exactly the content with this digest."""

    actor: str
    """Who decided."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When."""
    digest: str
    """Digest of what was shown."""
    role: str
    """In which role."""
    verdict: Literal["approve", "reject"]
    """What."""


class DisputeClosed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="dispute_closed"):
    """A dispute ended."""

    dispute: str
    """The dispute."""
    effective: _time.date
    """The date it takes effect."""
    invoice: str
    """The invoice or opening item."""
    outcome: Literal["rejected", "withdrawn"]
    """How."""


class DisputeOpened(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="dispute_opened"):
    """A part of an item is disputed from a date."""

    dispute: OpenDispute
    """The dispute."""
    effective: _time.date
    """The date it takes effect."""


class DisputeView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A dispute."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    dispute: str
    """The dispute."""
    invoice: str
    """The invoice."""
    outcome: Literal["rejected", "withdrawn"] | None = None
    """How it ended."""
    reason_code: str
    """Reason code."""
    since: _time.date
    """From when."""


class Draft(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invoice as it is approved and issued; nothing of it changes afterwards."""

    currency: str
    """The currency of every amount."""
    gross: Decimal
    """What is to be paid: net and tax."""
    id: str
    """Id of the invoice, unique in its account."""
    lines: _Array[Line] = ()
    """Its lines."""
    net: Decimal
    """Sum of the lines before tax."""
    payer: str
    """Who pays."""
    period: Period
    """The days whose work it bills."""
    series: str
    """The number series it will draw from."""
    tax: Decimal
    """Sum of the tax rows."""
    taxes: _Array[TaxRow] = ()
    """Tax by category and rate."""
    terms: str
    """When it will fall due."""
    zone_data: str
    """Release of the time-zone data that the work was cut with."""


class Drafted(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="drafted"):
    """An invoice was drafted; its work is on no other live line."""

    author: str
    """Who drafted it."""
    digest: str
    """Digest of exactly this draft: what approvals are bound to."""
    draft: Draft
    """The invoice, whole."""
    needed: _Array[Requirement] = ()
    """Approvals it needs."""


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


class Explanation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a line is what it is: every charge, every step, recomputed."""

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


class Finding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing a check saw: a stable code, its weight, its subject and place, and a sentence made from them."""

    code: int
    data: Mapping[str, str]
    message: str
    name: str
    path: str
    severity: Literal["block", "warn", "info"]
    subject: str


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last record of a log."""

    hash: str
    """Hash of the last record; zeros before the first."""
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Its sequence; 0 before the first."""


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day that belongs to a band as a whole."""

    band: str
    """The band."""
    date: _time.date
    """The day."""


class ImportOpening(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="import_opening"):
    """Moves an account in at a cut-over date."""

    billed_elsewhere: _Array[str] = ()
    """Ids of work that was billed before and never is again."""
    cash: _Array[OpeningCash] = ()
    """Unapplied cash."""
    cutover: _time.date
    """The date its balances count from."""
    items: _Array[ItemTerms] = ()
    """Open invoices, under their own numbers."""


class Intent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What another log should be told: a ready command, delivered at least once, done once."""

    command: Mapping[str, Any]
    """The ready command."""
    id: str
    """Its id, emitted once."""
    log: LogAddress
    """The log it is for."""


class InvoiceView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invoice with its lines, each with the charges it was made from."""

    currency: str
    """The currency of every amount."""
    disputed: Decimal
    """Of what is open, how much is disputed."""
    due: _time.date | None = None
    """When it is due, once issued."""
    gross: Decimal
    """Net and tax."""
    id: str
    """Its id."""
    issued: _time.date | None = None
    """When it was issued."""
    label: Labelled
    """What people call its state."""
    lines: _Array[Line] = ()
    """Its lines."""
    net: Decimal
    """Before tax."""
    number: str | None = None
    """Its number, once issued."""
    open: Decimal
    """What is open."""
    period: Period
    """The days whose work it bills."""
    state: Literal["awaiting_approval", "rejected", "approved", "issued", "void"]
    """Where the document stands."""
    tax: Decimal
    """Tax."""
    taxes: _Array[TaxRow] = ()
    """Tax by category and rate."""


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


class ItemTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an open item is opened with."""

    currency: str
    """Its currency."""
    customer: str
    """The customer it belongs to."""
    due: _time.date
    """When it is due."""
    id: str
    """Its id: that of its invoice."""
    issued: _time.date
    """When it was issued."""
    number: str
    """The number that payers quote."""
    open: Decimal
    """What was open when it came."""
    total: Decimal
    """What it was for."""


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
    id: str
    """Its id."""
    label: Literal["awaiting_approval", "rejected", "approved", "sent", "disputed", "partially_paid", "paid", "overdue", "void"]
    """What people call its state."""
    number: str
    """Its number."""
    open: Decimal
    """What is open."""
    tone: Literal["good", "attention", "bad", "neutral"]
    """How that feels."""
    total: Decimal
    """What it was for."""


class Labelled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A derived label with its tone and the next step."""

    label: Literal["awaiting_approval", "rejected", "approved", "sent", "disputed", "partially_paid", "paid", "overdue", "void"]
    """The label."""
    next_step: str
    """What should happen next."""
    tone: Literal["good", "attention", "bad", "neutral"]
    """How it feels."""


class Line(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of an invoice."""

    charges: _Array[Charge] = ()
    """What it was made from, every cent."""
    code: str
    """Charge code."""
    customer: str
    """The customer the work was for."""
    description: str
    """Name of the charge code when the invoice was drafted."""
    id: str
    """Id of the line, unique in its account."""
    net: Decimal
    """Sum of the charges' nets."""
    price: Decimal | None = None
    """Unit price, where all charges share one."""
    quantity: Decimal
    """Sum of the charges' quantities: seconds or pieces."""
    tax_category: str | None = None
    """Tax category; untaxed when left out."""
    tax_percent: Decimal | None = None
    """Tax rate in percent."""
    ticket: str | None = None
    """The ticket."""
    unit: Literal["hour", "unit"]
    """What the quantity counts."""


class LogAddress(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names one log; ids are unique per seller and kind, and a foreign seller's id is refused."""

    id: str
    """Id of the payer, bank account or series."""
    kind: Literal["account", "cash_book", "series"]
    """What it logs."""
    seller: str
    """The seller, whose logs never meet another seller's."""


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


class NumberRequested(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="number_requested"):
    """An invoice has all approvals; its number is under way and its content frozen."""

    date: _time.date
    """The issue date."""
    due: _time.date
    """The due date."""
    invoice: str
    """The invoice."""
    series: str
    """The series."""


class Numbering(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the numbers of a series look."""

    pattern: str
    """Pattern with `{counter}` or `{counter:width}`, and optionally `{year}` and `{month}`."""
    reset: Literal["never", "year", "month"] | None = None
    """When the counter starts again."""
    series: str
    """Id of the series."""


class NumbersView(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The numbers that a series has given out."""

    numbers: _Array[Assigned] = ()
    """Each number with its invoice, by account and invoice."""
    series: str
    """The series."""


class OpenDispute(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Disputes a part of an open item."""

    amount: Decimal
    """How much."""
    currency: str
    """Its currency."""
    dispute: str
    """Id of the dispute."""
    invoice: str
    """The invoice or opening item."""
    reason_code: str
    """Reason code."""


class Opened(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A personal text with the salt of its commitment."""

    salt: str
    """The salt."""
    text: str
    """The text."""


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

    billed_elsewhere: _Array[str] = ()
    """Ids of work that was billed before."""
    cutover: _time.date
    """The date its balances count from."""
    items: _Array[ItemTerms] = ()
    """Open invoices."""


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


class PaymentTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an invoice falls due."""

    days: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Days after the issue date, or after the end of the month where one is named."""
    end_of_month: Annotated[int, msgspec.Meta(ge=0, le=4294967295)] | None = None
    """Counts from the end of the issue month plus this many months."""
    id: str
    """Id of the terms."""


class Period(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days whose work an invoice bills."""

    from_: _time.date = msgspec.field(name="from")
    """First day."""
    to: _time.date
    """Last day."""


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


class Plans(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What matching says of every receipt with money left."""

    plans: _Array[Plan] = ()
    """One plan per receipt, by receipt."""


class PolicyDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules shared by all customers of a seller."""

    aging: AgingPolicy | None = None
    """Buckets of receivables."""
    approvals: _Array[ApprovalRule] = ()
    """Who must agree, and when."""
    billing: BillingPolicy
    """How work is gathered into invoices."""
    calendars: _Array[CalendarDocument] = ()
    """Working calendars."""
    codes: _Array[ChargeCode] = ()
    """Charge codes."""
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
    rounding: _Array[TimeRounding] = ()
    """How time is rounded."""
    seller: Seller
    """Who sells."""
    taxes: _Array[TaxRule] = ()
    """Tax rates."""


class QuestionAccount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="account"):
    """Asks for a log as of a date."""

    as_of: _time.date
    """The date."""


class QuestionCashBook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="cash_book"):
    """Asks for a log as of a date."""

    as_of: _time.date
    """The date."""


class QuestionExplain(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="explain"):
    """Asks why a line is what it is."""

    line: str
    """The line."""


class QuestionNumbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="numbers"):
    """Asks for nothing more."""


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


class Receipt(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one payer paid in a bank line."""

    amount: Decimal
    """How much."""
    customer: str | None = None
    """The customer, where the host knows."""
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
    id: str
    """Its id."""
    payer_name: str | None = None
    """The payer's name, unless it was erased."""
    plan: Plan | None = None
    """What matching said, while nothing of it is applied."""
    reservations: _Array[ReservationView] = ()
    """Where its money went."""
    unapplied: Decimal
    """What is not applied at the end of the day."""
    value_date: _time.date
    """When it counts."""


class Receive(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="receive"):
    """A bank line came in."""

    entry: StatementEntry
    """The line."""


class Received(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="received"):
    """A bank line came in."""

    entry: StatementEntry
    """The line."""


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
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]


class Refusal(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why something was not done"""

    code: int
    findings: _Array[Finding]
    name: str


class Release(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="release"):
    """The account refused a reservation: its money is free again."""

    reservation: str
    """The reservation."""


class Released(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="released"):
    """The account refused a reservation: its money is free again."""

    reservation: str
    """The reservation."""


class Repeated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="outcome", tag="repeated"):
    """`Repeated` of the schema `decided`."""

    hash: str
    seq: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]


class Requirement(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One approval that a subject needs."""

    above: Decimal
    """The threshold that was passed."""
    quorum: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """How many people must approve."""
    roles: _Array[str] = ()
    """Roles that may approve."""
    rule: str
    """The rule."""


class Reservation(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Allocations of a receipt to one account, reserved under one key."""

    account: str
    """The account."""
    allocations: _Array[Allocation] = ()
    """What goes where."""
    book: str
    """The cash book."""
    effective: _time.date
    """The date it counts from."""
    id: str
    """Key of the reservation."""
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
    status: Literal["pending", "confirmed", "released"]
    """Where it stands."""


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
    effective: _time.date
    """The date it counts from."""
    id: str
    """Key of the reservation."""
    receipt: str
    """The receipt."""


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
    table: Literal["entry", "invoice", "line", "item", "sale", "receipt", "reservation", "number", "intent"]


class Rulebook(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rulebook: the policy shared by all customers, and a section of terms per customer."""

    policy: PolicyDocument
    schema: Literal["duebill/rulebook/1"] = "duebill/rulebook/1"
    terms: _Array[TermsDocument] = ()


class Sealed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The commitment to a personal text."""

    sealed: str


class SellBlock(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="sell_block"):
    """Sells a prepaid block: its hours can be drawn at once, its price goes on the next invoice."""

    agreement: str
    """The agreement."""
    customer: str
    """The customer of the agreement."""
    sale: str
    """Id of the sale."""


class Seller(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who sells."""

    id: str
    """Id of the seller; its logs carry it."""
    name: str
    """Its name."""


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
    """Its id, emitted once."""
    log: LogAddress
    """The log it is for."""


class Stamp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who did it, in which role, when, and as of which date."""

    actor: str
    """The person or system."""
    at: Annotated[_time.datetime, msgspec.Meta(tz=True)]
    """When it happened; not part of a command's content."""
    effective: _time.date
    """The date it takes effect."""
    ip: Note | None = None
    """Network address of the actor, sealed; not part of a command's content."""
    reason: Note | None = None
    """Why, in the actor's words, sealed."""
    role: str
    """The role the actor acted in."""
    user_agent: Note | None = None
    """Program of the actor, sealed; not part of a command's content."""


class StatementEntry(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of a bank statement: one or several receipts that add up to it."""

    amount: Decimal
    """What came in."""
    currency: str
    """Its currency."""
    id: str
    """The bank's transaction id: the same one again has no effect."""
    receipts: _Array[Receipt] = ()
    """Who paid what."""
    value_date: _time.date
    """When the money counts."""


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of an explanation."""

    because: Literal["work", "rounding", "coverage", "no_charge", "rate", "multiplier", "amount"]
    """Which rule."""
    row: str | None = None
    """The rule's row or id."""
    text: str
    """What it saw and what it gave, for people."""


class Summary(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much work became how many invoices."""

    billed_seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Billed seconds on live invoices."""
    currencies: _Array[CurrencySummary] = ()
    """One row per currency; currencies are never added."""
    entries: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Captured entries."""
    raw_seconds: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Worked seconds of all entries."""
    tickets: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Captured tickets."""
    unbilled_entries: Annotated[int, msgspec.Meta(ge=0, le=9223372036854775807)]
    """Entries on no live invoice."""


class Target(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where matching would put money."""

    account: str
    """The account of the item."""
    allocation: Allocation
    """The allocation."""


class TaxRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tax of one category and rate of a document."""

    base: Decimal
    """Sum of the line nets."""
    category: str
    """The category."""
    exemption: str | None = None
    """Why nothing is charged."""
    percent: Decimal
    """The rate in percent."""
    tax: Decimal
    """The tax, rounded once."""


class TaxRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rate of a tax category in a period."""

    category: str
    """The category that charge codes name."""
    exemption: str | None = None
    """Why nothing is charged, as the invoice must say, where the rate is 0."""
    from_: _time.date | None = msgspec.field(default=None, name="from")
    """First date of supply; open when left out."""
    percent: Decimal
    """The rate in percent."""
    to: _time.date | None = None
    """Last date of supply; open when left out."""


class TermsDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The terms of one customer."""

    agreements: _Array[Agreement] = ()
    """Its agreements."""
    bank_accounts: _Array[str] = ()
    """Bank accounts it pays from."""
    calendar: str
    """Its working calendar."""
    currency: str
    """Its currency."""
    customer: str
    """The customer."""
    name: str
    """Its name, as on a bank statement."""
    own_account: bool | None = None
    """Whether it is billed itself although it has a parent."""
    parent: str | None = None
    """The customer above it, which is billed for it."""
    payment_terms: str
    """When its invoices fall due."""
    rates: _Array[RateRow] = ()
    """Prices and multipliers of its own."""
    rounding: str
    """How its time is rounded."""


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
    site: str | None = None
    """Where the work is done."""
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


class UnbilledView(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry on no live invoice."""

    entry: str
    """The entry."""
    seconds: Annotated[int, msgspec.Meta(ge=0, le=4294967295)]
    """Worked seconds."""
    ticket: str | None = None
    """The ticket."""


class Void(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="void"):
    """Voids an invoice: its work is billable again."""

    invoice: str
    """The invoice."""


class Voided(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind", tag="voided"):
    """An invoice was voided."""

    effective: _time.date
    """The date it takes effect."""
    invoice: str
    """The invoice."""


class WorkDocument(_WithArrays, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Work to be priced without an account."""

    entries: _Array[Entry] = ()
    """Time and parts."""
    tickets: _Array[Ticket] = ()
    """Their tickets."""


AccountAction: TypeAlias = Union[ImportOpening, Capture, SellBlock, Bill, DecideApproval, Issue, Void, AccountActionOpenDispute, CloseDispute, Allocate]
"""What a host asks of an account."""

AccountEvent: TypeAlias = Union[OpeningImported, Captured, BlockSold, Drafted, ApprovalDecided, NumberRequested, Issued, Voided, DisputeOpened, DisputeClosed, Allocated, AllocationDeclined, AccountEventIntent]
"""What happened in an account."""

BookAction: TypeAlias = Union[Receive, BookActionAssign, Match, Reserve, Confirm, Release]
"""What a host asks of a cash book."""

BookEvent: TypeAlias = Union[Received, BookEventAssigned, Matched, Reserved, Confirmed, Released, BookEventIntent]
"""What happened in a cash book."""

Decided: TypeAlias = Union[Recorded, Repeated]
"""The answer to a command"""

Note: TypeAlias = Union[str, Sealed]
"""Personal text: the words in a command, a salted commitment in a record."""

Question: TypeAlias = Union[QuestionAccount, QuestionCashBook, QuestionExplain, QuestionNumbers]
"""A question about one log."""

SeriesAction: TypeAlias = Union[SeriesActionAssign]
"""What a host asks of a number series."""

SeriesEvent: TypeAlias = Union[SeriesEventAssigned, SeriesEventIntent]
"""What happened in a number series."""

Verdict: TypeAlias = Union[Consistent, Broken]
"""What verification says of a log"""

Work: TypeAlias = Union[Time, Part]
"""What an entry records."""
