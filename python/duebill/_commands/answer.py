"""How an answer is printed: one line of canonical JSON for programs, or lines for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping

from duebill import Document
from duebill._commands.findings import Finding

__all__ = ["canonical", "print_findings", "print_json", "print_table"]


def canonical(value: Mapping[str, object]) -> bytes:
    """Canonical JSON (RFC 8785) of plain values without numbers other than integers."""
    if isinstance(value, Document):
        return value.raw
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def print_json(answer: Mapping[str, object]) -> None:
    """One line of canonical JSON."""
    sys.stdout.buffer.write(canonical(answer) + b"\n")


def print_table(rows: Iterable[tuple[str, ...]]) -> None:
    """Columns side by side, the first flush left."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows)]
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:]))]
        print("  " + "  ".join(cells).rstrip())


def print_findings(findings: list[Finding]) -> None:
    """What somebody should look at."""
    print("\nTo look at")
    for each in findings:
        column = f", column {each['column']}" if each.get("column") else ""
        first = f", first on line {each['line']}{column}: {each['value']}" if "line" in each else ""
        print(f"  {each['count']:>9,} {each['code']}{first}")
    if not findings:
        print("  nothing")
