"""What is wrong with an input file, counted, so that the good rows are done and nothing is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

__all__ = ["Finding", "Findings", "InputError", "by_code", "must_have"]

QUOTED = 80
"""Longest value that is quoted, in characters."""
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""What no document of the core may hold."""


class Counted(TypedDict):
    """One kind of fault, and how often it was found."""

    code: str
    count: int


class Finding(Counted, total=False):
    """One kind of fault; for one in a file, also in which column, where first, and what stood there."""

    column: str
    line: int
    value: str


class InputError(Exception):
    """Why a file can not be read at all."""

    @classmethod
    def at(cls, path: Path, error: Exception) -> InputError:
        """What another library says of a file, which is named once."""
        return cls(f"{path}: {getattr(error, 'strerror', None) or error}")


class Findings:
    """Findings by code and column."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Finding] = {}

    def add(self, code: str, column: str, line: int, value: str) -> None:
        """Counts a fault, and quotes the first."""
        quoted = CONTROL.sub("\ufffd", value[:QUOTED])
        first = Finding(code=code, column=column, count=0, line=line, value=quoted)
        self._found.setdefault((code, column), first)["count"] += 1

    def listed(self) -> list[Finding]:
        """All of them."""
        return by_code(self._found.values())


def by_code(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by code and column."""
    return sorted(findings, key=lambda each: (each["code"], each.get("column", "")))


def must_have(lacking: list[str], path: Path) -> None:
    """Raises `InputError` for a file without headings that no row can be read without."""
    if lacking:
        names = "`, `".join(lacking)
        raise InputError(f"{path}: expected the columns of the mapping, found no `{names}` in the header")
