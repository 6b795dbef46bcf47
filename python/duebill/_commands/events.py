"""From the rows of a helpdesk's event log to time entries.

A row in a working state with a following row of the same ticket, in file order, is a time entry from its own
time to the next one's, or shorter where the mapping has a maximum. Rows are read one at a time; what is kept
grows with tickets, entries and, sixteen bytes each, with different rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from msgspec import structs

import duebill
from duebill._commands.findings import Findings
from duebill._commands.mapping import EventMapping
from duebill._commands.table import Row, Table, shown, text
from duebill._commands.times import MINUTE, instant_text, reader

__all__ = ["Entry", "EventLog"]

NEEDED = ("ticket", "state", "time", "customer")


@dataclass(frozen=True)
class Entry:
    """Time that somebody worked; times are microseconds since 1970."""

    id: str
    ticket: str
    agent: str | None
    priority: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Begun:
    """Work that lasts until the next row of its ticket."""

    id: str
    customer: str
    agent: str | None
    priority: str | None
    start: int


@dataclass
class Ticket:
    """What is kept of a ticket while its log is read: how many rows it has, and what is being worked on."""

    rows: int = 0
    begun: Begun | None = None


@cache
def is_id(text: str | None) -> bool:
    """Whether a text can be an id: the core decides."""
    try:
        duebill.Account(seller="any", id=text or "")
    except duebill.ValidationError:
        return False
    return True


class EventLog:
    """What a log says, and what is wrong with it."""

    def __init__(self, mapping: EventMapping) -> None:
        self.mapping = mapping
        self.columns: dict[str, str] = structs.asdict(mapping.columns)
        self.findings = Findings()
        self.events = 0
        self.tickets: dict[str, Ticket] = {}
        self.accounts: dict[str, list[Entry]] = {}
        """Entries by customer, in the order in which they end in the file."""
        self.lacking: list[str] = []
        """Headings that no row can be read without."""
        self._time = reader(mapping.time)
        self._states = frozenset(mapping.working_states)

    @classmethod
    def read(cls, path: Path, mapping: EventMapping) -> EventLog:
        """Reads a file. Raises `InputError` when the file system refuses."""
        log = cls(mapping)
        table = Table(path, log.findings)
        places = table.places(log.columns)
        log.lacking = [log.columns[name] for name in NEEDED if name not in places]
        if log.lacking:
            return log
        seen: set[bytes] = set()
        for row in table:
            digest = blake2b(repr(row.fields).encode(), digest_size=16).digest()
            if digest in seen:
                log.findings.add("duplicate-row", "", row.line, shown(row.fields, places["ticket"]))
                continue
            seen.add(digest)
            log.events += 1
            if table.is_whole(row):
                log._row(row, places)
        return log

    def _row(self, row: Row, places: dict[str, int]) -> None:
        id = self._id(row, places, "ticket")
        if id is None:
            return
        ticket = self.tickets.setdefault(id, Ticket())
        try:
            at = self._time(row.fields[places["time"]])
        except ValueError:
            self._found("bad-time", row, places, "time")
            return
        begun = ticket.begun
        if begun is not None:
            if at < begun.start:
                why = f"{instant_text(at)} after {instant_text(begun.start)}"
                self.findings.add("time-order", self.columns["time"], row.line, why)
                return
            end = min(at, begun.start + self.mapping.maximum_minutes * MINUTE)
            entry = Entry(begun.id, id, begun.agent, begun.priority, begun.start, end)
            self.accounts.setdefault(begun.customer, []).append(entry)
            ticket.begun = None
        place = ticket.rows
        ticket.rows += 1
        if row.fields[places["state"]] in self._states:
            ticket.begun = self._begin(row, places, f"{id}#{place}", at)

    def _begin(self, row: Row, places: dict[str, int], id: str, at: int) -> Begun | None:
        """The work that begins with a row; it needs a customer, but neither an agent nor a priority."""
        customer = self._id(row, places, "customer")
        if customer is None:
            return None
        agent = self._id(row, places, "agent") if "agent" in places else None
        if not is_id(id):
            self.findings.add("bad-id", self.columns["ticket"], row.line, id)
            return None
        priority = self._priority(row, places) if "priority" in places else None
        return Begun(id, customer, agent, priority, at)

    def _priority(self, row: Row, places: dict[str, int]) -> str | None:
        """A priority; one without a rate is a finding, and its work stays unbilled."""
        known = self.mapping.priority(text(row.fields, places["priority"]) or "")
        if known not in self.mapping.rates:
            self._found("unknown-priority", row, places, "priority")
        return known if is_id(known) else None

    def _id(self, row: Row, places: dict[str, int], name: str) -> str | None:
        """An id in a field; a text that can be none is a finding."""
        id = text(row.fields, places[name])
        if is_id(id):
            return id
        self._found("bad-id", row, places, name)
        return None

    def _found(self, code: str, row: Row, places: dict[str, int], name: str) -> None:
        self.findings.add(code, self.columns[name], row.line, shown(row.fields, places[name]))
