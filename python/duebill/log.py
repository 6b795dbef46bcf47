"""Event logs: the accounts, cash books, number series and published rules of a seller.

The host stores records and gives them back; a log in memory is what they add up to. One command goes
`decide` -> store -> `apply`:

    decision = account.decide(rulebook, command)
    if not decision.repeated:
        store(decision.seq, decision.record.raw, decision.hash, decision.detached.raw)
        account.apply(decision)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from duebill import _native
from duebill.document import Document
from duebill.rulebook import Rulebook
from duebill.writing import Json, to_json

__all__ = ["Account", "CashBook", "Decision", "Head", "Log", "Publication", "Series"]


@dataclass(frozen=True)
class Head:
    """Where a log stands."""

    seq: int
    """The sequence of its last record; 0 when it is empty."""
    hash: str
    """The SHA-256 of its last record, as 64 hexadecimal digits."""


class Decision(Document):
    """What `Log.decide` answers: the record to store, or that the command was recorded before."""

    __slots__ = ()

    @property
    def repeated(self) -> bool:
        """Whether this very command was recorded before; then there is nothing to store or apply."""
        return self["outcome"] == "repeated"

    @property
    def seq(self) -> int:
        """The sequence of the record, new or old."""
        return self._typed("seq", int)

    @property
    def hash(self) -> str:
        """The SHA-256 of the record's bytes, as 64 hexadecimal digits; store it beside them."""
        return self._typed("hash", str)

    @property
    def record(self) -> Document:
        """The new record; store exactly `record.raw`. `KeyError` when repeated."""
        return self._typed("record", Document)

    @property
    def detached(self) -> Document:
        """Personal content that stands beside the record so that it can be erased. `KeyError` when repeated."""
        return self._typed("detached", Document)

    @property
    def intents(self) -> tuple[Document, ...]:
        """Ready commands for other logs, empty when repeated: decide and apply each `command` on the log it names.

        Deliver it at least once; a second time is answered `repeated`. What people and other systems should do
        are tasks: the question `{"kind": "tasks", ...}` lists them, `confirm_task` and `fail_task` answer.
        """
        return tuple(each for each in self._list("intents") if isinstance(each, Document))

    @property
    def rows(self) -> tuple[Document, ...]:
        """Flat upserts for the host's own tables; empty when repeated."""
        return tuple(each for each in self._list("rows") if isinstance(each, Document))

    def _list(self, key: str) -> tuple[object, ...]:
        value = self.get(key, ())
        return value if isinstance(value, tuple) else ()


class Log:
    """The log of an account, a cash book, a publication or a series: `Log({"id": ..., "kind": ..., "seller": ...})`.

    Usable from any thread: readers share it and `apply` has it alone. It does not pickle: its records,
    which the host has, are its lasting form.
    """

    __slots__ = ("_native",)

    def __init__(self, address: Json) -> None:
        """An empty log. Raises `ValidationError` when the address is none."""
        self._native = _native.Log.open(to_json(address))

    def decide(self, rulebook: Rulebook, command: Json) -> Decision:
        """What `command` would record; pure, so it is also the dry run.

        Raises `ValidationError` or `Refused` with all findings; the log is the same either way.
        """
        return Decision(self._native.decide(rulebook._native, to_json(command)))

    def apply(self, decision: Decision) -> None:
        """Takes up what `decide` answered, once it is stored. A repeated command changes nothing.

        Raises `Refused` when the record does not follow on this log's head: then decide again.
        """
        if not decision.repeated:
            self.replay(decision.record.raw, decision.hash, decision.detached.raw)

    def replay(self, record: bytes, hash: str, detached: bytes = b"") -> None:
        """Takes up one stored record: its exact bytes, its hash, and the content beside it if still kept.

        Raises `Refused` when bytes, hash and head do not fit together, `ValidationError` when the bytes are
        no record; the log is then unchanged.
        """
        self._native.apply(record, hash.encode(), detached)

    def head(self) -> Head:
        """Sequence and hash of the last record."""
        head = Document(self._native.head())
        return Head(head._typed("seq", int), head._typed("hash", str))

    def recorded(self, command_id: str) -> int | None:
        """The sequence of the record of that command, or `None`."""
        return self._native.recorded(command_id)

    def report(self, rulebook: Rulebook, request: Json) -> Document:
        """Answers a read-only question, `{"kind": ..., "as_of": ...}`.

        Raises `ValidationError` or `Refused`, for one when another kind of log would know.
        """
        return Document(self._native.report(rulebook._native, to_json(request)))

    def __reduce__(self) -> NoReturn:
        self._native.__reduce__()


class Account(Log):
    """The log of one payer with the customers it pays for."""

    __slots__ = ()

    def __init__(self, *, seller: str, id: str) -> None:
        """An empty account. Raises `ValidationError` when the ids are none."""
        super().__init__({"id": id, "kind": "account", "seller": seller})


class CashBook(Log):
    """The log of one bank account of a seller: where money waits until it is applied."""

    __slots__ = ()

    def __init__(self, *, seller: str, id: str) -> None:
        """An empty cash book. Raises `ValidationError` when the ids are none."""
        super().__init__({"id": id, "kind": "cash_book", "seller": seller})


class Publication(Log):
    """The log in which a seller publishes its rules."""

    __slots__ = ()

    def __init__(self, *, seller: str, id: str) -> None:
        """An empty publication log. Raises `ValidationError` when the ids are none."""
        super().__init__({"id": id, "kind": "rulebook", "seller": seller})


class Series(Log):
    """The log of one series of document numbers."""

    __slots__ = ()

    def __init__(self, *, seller: str, id: str) -> None:
        """An empty series. Raises `ValidationError` when the ids are none."""
        super().__init__({"id": id, "kind": "series", "seller": seller})
