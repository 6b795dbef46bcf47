"""Mappings: which column of a file means what. A mapping is a small JSON file; no code is written per log."""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from duebill._commands.findings import InputError

__all__ = ["EventMapping", "InvoiceMapping", "load", "rounding_rule"]

SHIPPED = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class EventMapping:
    """How the log of a helpdesk is read and what its time costs."""

    columns: dict[str, str]
    time: str
    working_states: list[str]
    maximum_minutes: int
    currency: str
    rates: dict[str, str]
    rounding: dict[str, Any]
    approval_above: str
    payment_days: int
    priority_digits: bool = False

    def priority(self, text: str) -> str:
        """The priority in a field: the first number in it, as in `3 - Moderate`, where the mapping says so."""
        found = re.search(r"[0-9]+", text) if self.priority_digits else None
        return found.group() if found else text


@dataclass(frozen=True)
class InvoiceMapping:
    """How a file of receivables is read."""

    columns: dict[str, str]
    date: str
    currency: str
    disputed_words: list[str]


T = TypeVar("T", EventMapping, InvoiceMapping)


def load(kind: type[T], wanted: str, columns: set[str]) -> T:
    """Reads a mapping: a file, or the name of one that is shipped. Raises `InputError` with what is wrong."""
    shipped = SHIPPED / f"{wanted}.json"
    path = shipped if shipped.exists() else Path(wanted)
    try:
        content = json.loads(path.read_text("utf-8"))
        known = {each.name for each in fields(kind)}
        needed = {each.name for each in fields(kind) if each.default is MISSING}
        if unknown := set(content) - known:
            raise InputError(f"{path}: unknown: {', '.join(sorted(unknown))}")
        if missing := needed - set(content):
            raise InputError(f"{path}: missing: {', '.join(sorted(missing))}")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error
    mapping = kind(**content)
    if missing := columns - set(mapping.columns):
        raise InputError(f"{path}: missing below columns: {', '.join(sorted(missing))}")
    return mapping


def rounding_rule(rounding: dict[str, Any]) -> dict[str, Any]:
    """The rounding of a mapping as the rulebook has it."""
    rule = {key: value for key, value in rounding.items() if key != "increment_minutes"}
    return {"id": "log", "increment_seconds": rounding["increment_minutes"] * 60, **rule}
