"""Mappings: which column of a file means what. A mapping is a small JSON file; no code is written per log."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from duebill._commands.findings import InputError

__all__ = ["EventMapping", "InvoiceMapping", "PathMapping", "Rounding", "load"]

SHIPPED = Path(__file__).parent / "mappings"
Count = Annotated[int, msgspec.Meta(ge=0, le=2**32 - 1)]


class EventColumns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the columns of a helpdesk's log are called."""

    ticket: str
    state: str
    time: str
    agent: str
    customer: str
    priority: str


class Rounding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How time is rounded."""

    mode: str
    increment_minutes: Count
    scope: str

    def rule(self) -> dict[str, Any]:
        """The rounding as the rulebook has it."""
        return {"id": "log", "increment_seconds": self.increment_minutes * 60, "mode": self.mode, "scope": self.scope}


class EventMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the log of a helpdesk is read and what its time costs."""

    columns: EventColumns
    time: str
    working_states: list[str]
    maximum_minutes: Count
    currency: str
    rates: dict[str, str]
    rounding: Rounding
    approval_above: str
    payment_days: Count
    priority_digits: bool = False

    def priority(self, text: str) -> str:
        """The priority in a field: the first number in it, as in `3 - Moderate`, where the mapping says so."""
        found = re.search(r"[0-9]+", text) if self.priority_digits else None
        return found.group() if found else text


class InvoiceColumns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the columns of a file of receivables are called."""

    invoice: str
    customer: str
    issued: str
    due: str
    settled: str
    amount: str
    disputed: str


class InvoiceMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a file of receivables is read."""

    columns: InvoiceColumns
    date: str
    currency: str
    disputed_words: list[str]


class PathColumns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the columns of another billing system's log are called."""

    case: str
    activity: str
    time: str
    role: str | None = None
    resource: str | None = None
    amount: str | None = None


class PathMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the log of another billing system is read, and which commands its activities become."""

    columns: PathColumns
    time: str
    currency: str
    amount: str
    payment_days: Count
    trigger: str
    activities: dict[str, list[dict[str, Any]]]
    always: list[str] = []
    carries: bool = False
    labels: list[str] = []
    owed: list[str] = []
    reasons: dict[str, str] = {}

    def named(self) -> dict[str, str]:
        """The columns that the log has."""
        columns: dict[str, str | None] = msgspec.structs.asdict(self.columns)
        return {name: heading for name, heading in columns.items() if heading is not None}


T = TypeVar("T", EventMapping, InvoiceMapping, PathMapping)


def load(kind: type[T], wanted: str) -> T:
    """Reads a mapping: a file, or the name of one that is shipped. Raises `InputError` with what is wrong."""
    shipped = SHIPPED / f"{wanted}.json"
    path = shipped if shipped.exists() else Path(wanted)
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError.at(path, error) from error
