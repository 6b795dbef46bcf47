"""The compiled core: JSON bytes in, canonical JSON bytes out.

Every function releases the GIL while the core works, changes nothing when it raises, and raises
`duebill.Refused`, `duebill.ValidationError` or `duebill.InternalError`. Programs use the package
`duebill`; this module is its foundation.
"""

from collections.abc import Sequence
from typing import NoReturn, final

__all__ = [
    "Log",
    "Rulebook",
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
    "plan_run",
    "rate",
    "reconcile",
    "rows",
    "schemas",
    "shadow_run",
    "summary",
    "verify",
]

__version__: str

@final
class Rulebook:
    """A compiled rulebook: immutable, so one serves every thread."""

    @staticmethod
    def compile(document: bytes) -> Rulebook:
        """Compiles a whole rulebook document."""

    def add_terms(self, document: bytes) -> Rulebook:
        """A new rulebook with the terms of one customer added or replaced."""

    def published(self, log: Log) -> Rulebook:
        """A new rulebook that knows what the publication log of its seller says."""

    def __reduce__(self) -> NoReturn: ...

@final
class Log:
    """One log. Readers share it, `apply` has it alone; a thread that waits has released the interpreter."""

    @staticmethod
    def open(address: bytes) -> Log:
        """An empty log of one address."""

    def decide(self, rulebook: Rulebook, command: bytes) -> bytes:
        """What a command would record; nothing changes."""

    def apply(self, record: bytes, hash: bytes, detached_content: bytes) -> None:
        """Takes up one stored record."""

    def head(self) -> bytes:
        """Sequence and hash of the last record."""

    def recorded(self, command_id: str) -> int | None:
        """The sequence of the record of a command, if it has one."""

    def report(self, rulebook: Rulebook, request: bytes) -> bytes:
        """Answers one read-only question."""

    def __reduce__(self) -> NoReturn: ...

def rate(rulebook: Rulebook, work: bytes) -> bytes:
    """Prices work without an account."""

def match_receipts(rulebook: Rulebook, book: Log, accounts: Sequence[Log], request: bytes) -> bytes:
    """Proposes which open items the receipts of a cash book pay."""

def aging(rulebook: Rulebook, logs: Sequence[Log], request: bytes) -> bytes:
    """Ages the open items of several accounts."""

def closing(rulebook: Rulebook, logs: Sequence[Log], request: bytes) -> bytes:
    """Says what some days come to over several logs."""

def plan_run(rulebook: Rulebook, accounts: Sequence[Log], request: bytes) -> bytes:
    """Says what the billing plans of accounts would bill: one outcome per plan, each with a ready command."""

def close_run(rulebook: Rulebook, logs: Sequence[Log], request: bytes) -> bytes:
    """Says what closes a period of a seller: each log with its pack, and the ready command that it still needs."""

def reconcile(rulebook: Rulebook, logs: Sequence[Log], request: bytes) -> bytes:
    """Shows what is under way between logs."""

def shadow_run(rulebook: Rulebook, accounts: Sequence[Log], request: bytes) -> bytes:
    """Compares what would be billed with the invoices of another system, line by line."""

def rows(lines: bytes) -> bytes:
    """Gives the rows and ready commands of stored records again."""

def summary(rulebook: Rulebook, accounts: Sequence[Log], request: bytes) -> bytes:
    """Sums accounts up: how much work became how many invoices, and where it stands."""

def verify(lines: bytes, head: bytes | None = None) -> bytes:
    """Checks stored records against their hashes and a saved head."""

def daily_head(logs: Sequence[Log], request: bytes) -> bytes:
    """One digest over all logs of a seller at a day."""

def check_inclusion(request: bytes) -> bytes:
    """Checks that a log stood under a daily head."""

def compare_daily(request: bytes) -> bytes:
    """Compares two daily heads of a seller."""

def evidence(logs: Sequence[Log], request: bytes) -> bytes:
    """Puts the evidence of documents together."""

def check_evidence(package: bytes, daily: bytes) -> bytes:
    """Checks evidence against the daily head that was published."""

def calculate(request: bytes) -> bytes:
    """Does one pure calculation."""

def schemas() -> list[tuple[str, str]]:
    """File name and text of every JSON Schema."""

def codes() -> list[tuple[int, str]]:
    """Number and name of every code, ascending."""
