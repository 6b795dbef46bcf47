"""duebill: the ticket-to-cash core for helpdesks.

Support work goes in; priced charges, approved and numbered invoices, applied payments and aged
receivables come out. The core is pure: it reads no clock, opens no file and keeps nothing; your program
stores its records and gives them back.

Documents go in as JSON or as plain Python values (`duebill.Json` says which) and come back as read-only
`Document`s. Money is exact: floats are refused everywhere, with the place and the way out.
"""

from duebill._native import __version__
from duebill.audit import check_evidence, check_inclusion, compare_daily, daily_head, evidence
from duebill.document import Document, Value
from duebill.errors import DuebillError, Finding, InternalError, Refused, ValidationError, WrongType
from duebill.log import Account, CashBook, Decision, Head, Log, Publication, Series
from duebill.money import Money, MoneyColumn, money_column
from duebill.questions import (
    Code,
    aging,
    calculate,
    close_run,
    closing,
    codes,
    match_receipts,
    plan_run,
    rate,
    reconcile,
    rows,
    schema,
    shadow_run,
    summary,
    verify,
)
from duebill.rulebook import Rulebook
from duebill.writing import Json, to_json

__all__ = [
    "Account",
    "CashBook",
    "Code",
    "Decision",
    "Document",
    "DuebillError",
    "Finding",
    "Head",
    "InternalError",
    "Json",
    "Log",
    "Money",
    "MoneyColumn",
    "Publication",
    "Refused",
    "Rulebook",
    "Series",
    "ValidationError",
    "Value",
    "WrongType",
    "__version__",
    "aging",
    "calculate",
    "check_evidence",
    "check_inclusion",
    "close_run",
    "closing",
    "codes",
    "compare_daily",
    "daily_head",
    "evidence",
    "match_receipts",
    "money_column",
    "plan_run",
    "rate",
    "reconcile",
    "rows",
    "schema",
    "shadow_run",
    "summary",
    "to_json",
    "verify",
]
