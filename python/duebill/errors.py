"""Everything the library raises.

`DuebillError` is the root. `ValidationError` (also a `ValueError`) says that a document, or a value in it,
is not one: an unknown field, an amount with too many decimals, a date that is none. `WrongType` (also a
`TypeError`) is its case for values of a type that is never right, such as a float for money. `Refused` is
the core's answer to a document that it understood. `InternalError` is a defect of duebill: please report it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from duebill.document import Document

__all__ = ["DuebillError", "Finding", "InternalError", "Refused", "ValidationError", "WrongType"]

_NOTHING = Document(b"{}")

_SHAPE = range(100, 500)
"""The codes of money, ids, calendar and canonical form: what they are about is no document yet."""


@dataclass(frozen=True)
class Finding:
    """One thing found wrong: build messages for people from its parts, never by parsing `message`."""

    code: int
    """The number of the core's code; 0 where the Python package found it before asking the core."""
    name: str
    """The kebab-case name of the code, `currency-unknown`."""
    message: str
    """One sentence in English for logs."""
    path: str = ""
    """JSON pointer to the place in the document, `/lines/0/net`; empty for the whole of it."""
    severity: str = "block"
    """`block`, `warn` or `info`."""
    subject: str = ""
    """The id of the thing it is about, where it has one."""
    data: Document = _NOTHING
    """The facts by name, every value a string."""


class DuebillError(Exception):
    """The root of all errors of this library; every one pickles with all its findings."""

    def __init__(self, message: str, findings: Iterable[Finding] = (), code: int = 0, name: str = "") -> None:
        """Most programs catch these and never make one."""
        self.findings: tuple[Finding, ...] = tuple(findings)
        """All findings of the check, the deciding one first."""
        self.code: int = code
        """The stable number of the deciding code, the same in Rust and C; 0 if the core was not asked."""
        self.name: str = name
        """The kebab-case name of the code."""
        super().__init__(message, self.findings, code, name)

    @property
    def pointer(self) -> str:
        """JSON pointer to the place of the first finding."""
        return self.findings[0].path if self.findings else ""

    @property
    def details(self) -> Document:
        """The facts of the first finding, by name."""
        return self.findings[0].data if self.findings else _NOTHING

    @property
    def document(self) -> Document:
        """The refusal as the document that Rust and C give for it, byte for byte."""
        findings = [
            {
                "code": found.code,
                "data": found.data.plain(),
                "message": found.message,
                "name": found.name,
                "path": found.path,
                "severity": found.severity,
                "subject": found.subject,
            }
            for found in self.findings
        ]
        return Document(_compact({"code": self.code, "findings": findings, "name": self.name}))

    def __str__(self) -> str:
        return str(self.args[0])


class ValidationError(DuebillError, ValueError):
    """A document, or a value in it, is not one. `code` is 0 where the core was not even asked."""


class WrongType(ValidationError, TypeError):
    """A value of a type that is never right at its place: a float for money, a datetime for a date."""


class Refused(DuebillError):
    """The core understood and refused; nothing has changed. `code` and `name` are those of Rust and C."""


class InternalError(DuebillError):
    """A defect of duebill, not of the input. A log it happened in while applying must be replayed."""

    def __init__(
        self, message: str, findings: Iterable[Finding] = (), code: int = 0, name: str = "internal-error"
    ) -> None:
        """As `DuebillError`."""
        super().__init__(message, findings, code, name)


def from_findings(findings: list[Finding], kind: type[ValidationError]) -> ValidationError:
    """The error for what the package itself found; at least one finding."""
    return kind(_message(findings), findings, findings[0].code, findings[0].name)


def from_refusal(raw: bytes) -> DuebillError:
    """The error for a refusal document of the core."""
    refusal = json.loads(raw)
    findings = [
        Finding(
            code=found["code"],
            name=found["name"],
            message=found["message"],
            path=found["path"],
            severity=found["severity"],
            subject=found["subject"],
            data=Document(_compact(found["data"])),
        )
        for found in refusal["findings"]
    ]
    kind = ValidationError if all(found.code in _SHAPE for found in findings) else Refused
    return kind(_message(findings), findings, refusal["code"], refusal["name"])


def _compact(value: object) -> bytes:
    """JSON without blanks; what the core wrote in order stays so."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _message(findings: list[Finding]) -> str:
    """The first finding in words, and how many more there are."""
    first = findings[0]
    name = f"{first.code} {first.name}" if first.code else first.name
    place = f" at {first.path}" if first.path else ""
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return f"{name}{place}: {first.message}{more}"
