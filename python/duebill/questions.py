"""The questions that need no log of their own, or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duebill import _native
from duebill.document import Document
from duebill.log import Account, CashBook, Head, Log
from duebill.rulebook import Rulebook
from duebill.writing import Json, to_json

__all__ = [
    "Code",
    "aging",
    "calculate",
    "close_run",
    "closing",
    "codes",
    "match_receipts",
    "plan_run",
    "rate",
    "reconcile",
    "rows",
    "schema",
    "shadow_run",
    "summary",
    "verify",
]


@dataclass(frozen=True)
class Code:
    """A stable code of the core: new ones are added, none ever changes its meaning."""

    number: int
    """The number, the same in Rust and C."""
    name: str
    """The kebab-case name."""


def rate(rulebook: Rulebook, work: Json) -> Document:
    """Prices tickets and entries without an account: charges, each with the receipt of its price.

    Raises `ValidationError` or `Refused` with all findings.
    """
    return Document(_native.rate(rulebook._native, to_json(work)))


def match_receipts(
    rulebook: Rulebook, book: CashBook | Log, accounts: Sequence[Account | Log], request: Json = "{}"
) -> Document:
    """Proposes which open items of `accounts` the receipts of `book` pay, with reasons; nothing changes.

    Raises `ValidationError` or `Refused` with all findings.
    """
    logs = [account._native for account in accounts]
    return Document(_native.match_receipts(rulebook._native, book._native, logs, to_json(request)))


def aging(rulebook: Rulebook, logs: Sequence[Account | CashBook | Log], request: Json) -> Document:
    """Ages the open items of accounts, beside the unapplied cash of cash books, at the request's `as_of` date.

    Raises `ValidationError` or `Refused` with all findings.
    """
    return Document(_native.aging(rulebook._native, [log._native for log in logs], to_json(request)))


def closing(rulebook: Rulebook, logs: Sequence[Account | CashBook | Log], request: Json) -> Document:
    """Says what the days from `from` to `through` come to: postings to the general ledger, how receivables and
    unapplied cash went, and the head of every log.

    Raises `ValidationError` or `Refused` with all findings.
    """
    return Document(_native.closing(rulebook._native, [log._native for log in logs], to_json(request)))


def plan_run(rulebook: Rulebook, accounts: Iterable[Account | Log], request: Json) -> Document:
    """Says what the billing plans of accounts would bill at the effective date of the request's stamp.

    One outcome per plan, by account, date and key, each with a ready command; nothing changes. Raises
    `ValidationError`, or `Refused` for a log that is no account, or one of another seller.
    """
    natives = [account._native for account in accounts]
    return Document(_native.plan_run(rulebook._native, natives, to_json(request)))


def summary(rulebook: Rulebook, accounts: Iterable[Account | Log], request: Json = "{}") -> Document:
    """Sums accounts up: how much work became how many invoices, per currency; where the recorded seconds of each
    account stand, at the end of the request's `as_of` date or as it is now; and ids that several of them have.

    Raises `ValidationError`, or `Refused` for a log that is no account, or one of another seller.
    """
    natives = [account._native for account in accounts]
    return Document(_native.summary(rulebook._native, natives, to_json(request)))


def close_run(rulebook: Rulebook, logs: Iterable[Log], request: Json) -> Document:
    """Says what closes the days from `from` to `through` for a seller, as `how` says: `hard` or `soft`.

    Each log with the digest of its pack and, where it is still open, the ready command that closes it; `closed` once
    all of them are. Deliver the commands and ask again. Raises `ValidationError`, or `Refused` for a log of another
    seller.
    """
    return Document(_native.close_run(rulebook._native, [log._native for log in logs], to_json(request)))


def reconcile(rulebook: Rulebook, logs: Iterable[Log]) -> Document:
    """Shows what is under way between logs: ready commands, reserved money, numbers that stand on no document.

    After a crash deliver each `command` of `commands` as it stands and ask again, until there are none, or only those
    that their logs refuse. Raises `Refused` for a log of another seller.
    """
    return Document(_native.reconcile(rulebook._native, [log._native for log in logs], b"{}"))


def shadow_run(rulebook: Rulebook, accounts: Iterable[Account | Log], request: Json) -> Document:
    """Compares what would be billed with the invoices of another system, customer by customer and line by line.

    Nothing changes. Raises `ValidationError`, or `Refused` for a log that is no account, or one of another seller.
    """
    natives = [account._native for account in accounts]
    return Document(_native.shadow_run(rulebook._native, natives, to_json(request)))


def rows(records: bytes | Iterable[tuple[str, bytes]]) -> Document:
    """Gives the rows and ready commands of stored records again, as `Log.decide` gave them with the records.

    `records` are pairs of hash and record bytes as stored, or one `bytes` with a line
    `<64 hexadecimal digits> <record>` for each, of one log or of several. Where `version` is another than the rows
    were stored under, drop them and store these.

    Raises `Refused` or `ValidationError` for what is no record.
    """
    return Document(_native.rows(_lines(records)))


def verify(records: bytes | Iterable[tuple[str, bytes]], head: Head | Json | None = None) -> Document:
    """Checks the records of one log, in order, against their hashes, their chain and a saved head.

    `records` are pairs of hash and record bytes as stored, or one `bytes` with a line
    `<64 hexadecimal digits> <record>` for each. A broken chain is an answer, which names the first
    broken sequence; without a head a whole one is `consistent, unanchored`.

    Raises `ValidationError` when the head is none.
    """
    return Document(_native.verify(_lines(records), None if head is None else to_json(head)))


def _lines(records: bytes | Iterable[tuple[str, bytes]]) -> bytes:
    if isinstance(records, bytes):
        return records
    return b"".join(b"%s %s\n" % (hash.encode(), record) for hash, record in records)


def calculate(request: Json) -> Document:
    """Does one pure calculation, `{"in": {...}, "kind": "time_round"}`: the same kernel that prices work.

    Raises `ValidationError` or `Refused` with all findings.
    """
    return Document(_native.calculate(to_json(request)))


def schema(name: str) -> Document:
    """The JSON Schema (2020-12) of a kind of document by its name, `rulebook`.

    Raises `KeyError` with the names there are.
    """
    schemas = {file.removesuffix(".json"): text for file, text in _native.schemas()}
    text = schemas.get(name.removesuffix(".json"))
    if text is None:
        raise KeyError(f"there is no schema {name!r}, only {', '.join(sorted(schemas))}")
    return Document(text.encode())


def codes() -> tuple[Code, ...]:
    """Every code a finding can have, ascending by number."""
    return tuple(Code(number, name) for number, name in _native.codes())
