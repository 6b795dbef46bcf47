"""The history of another billing system: moved in as it says it was, and audited for what nobody approved."""

from __future__ import annotations

import argparse
import re
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import duebill
from duebill._commands.answer import canonical, print_findings, print_json, print_table
from duebill._commands.events import is_id
from duebill._commands.findings import Findings, InputError, must_have
from duebill._commands.mapping import PathMapping, load
from duebill._commands.table import Row, Table, shown, text
from duebill._commands.times import day, instant_text, reader

__all__ = ["add_parser"]

SELLER = "paths"
ACCOUNT = "history"
AT_ONCE = 1_000
NEEDED = ("case", "activity", "time")
AMOUNT = re.compile(r"0*([0-9]+)(?:\.([0-9]+))?", re.ASCII)
DIGITS = 28
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
LARGEST = 10**15
"""Most minor units of an amount."""


@dataclass(frozen=True)
class Event:
    """A row that was understood."""

    at: int
    activity: str
    amount: Decimal | None
    case: str
    resource: str | None
    role: str | None

    @property
    def day(self) -> date:
        return day(self.at)


@dataclass
class Said:
    """What a log says of one case."""

    amount: Decimal = Decimal(0)
    decisions: list[dict[str, str]] = field(default_factory=list)
    first: date | None = None
    issued: date | None = None
    owed: date | None = None
    paid: date | None = None


class Log:
    """What a log holds, and what is wrong with it."""

    def __init__(self, mapping: PathMapping) -> None:
        self.mapping = mapping
        self.columns = mapping.named()
        self.findings = Findings()
        self.rows = 0
        self.events: list[Event] = []
        self.last: dict[str, int] = {}
        """The time of the last row of each case, in the order of the file."""
        self.lacking: list[str] = []
        self._amounts: dict[str, str] = {}
        self._time = reader(mapping.time)
        minor = duebill.calculate({"in": {"code": mapping.currency}, "kind": "currency_minor_units"})
        self.digits = int(str(minor["exponent"]))

    @classmethod
    def read(cls, path: Path, mapping: PathMapping) -> Log:
        """Reads a file. Raises `InputError` when the file system refuses."""
        log = cls(mapping)
        table = Table(path, log.findings)
        places = table.places(log.columns)
        log.lacking = [log.columns[name] for name in NEEDED if name not in places]
        for row in () if log.lacking else table:
            log.rows += 1
            if table.is_whole(row):
                log._row(row, places)
        log.events.sort(key=lambda event: event.at)
        return log

    def _row(self, row: Row, places: dict[str, int]) -> None:
        case = self._id(row, places, "case")
        if case is None:
            return
        try:
            at = self._time(row.fields[places["time"]])
        except ValueError:
            self._found("bad-time", row, "time", shown(row.fields, places["time"]))
            return
        before = self.last.setdefault(case, at)
        amount = None
        if "amount" in places:
            amount = self._amount(row, places["amount"], case)
            if amount is None:
                return
        if at < before:
            self._found("time-order", row, "time", instant_text(at))
        self.last[case] = max(at, before)
        activity = shown(row.fields, places["activity"])
        if activity not in self.mapping.activities:
            self._found("unknown-activity", row, "activity", activity)
        role = self._id(row, places, "role") if "role" in places else None
        resource = self._id(row, places, "resource") if "resource" in places else None
        self.events.append(Event(at, activity, amount, case, resource, role))

    def rounded(self, amount: str) -> Decimal | None:
        """An amount of at least 0, rounded half up to the digits of the currency."""
        found = AMOUNT.fullmatch(amount)
        if found is None or len(found[1].lstrip("0")) + len(found[2] or "") > DIGITS:
            return None
        rounded = EXACT.quantize(Decimal(amount), Decimal(1).scaleb(-self.digits))
        return rounded if rounded.scaleb(self.digits) <= LARGEST else None

    def _amount(self, row: Row, place: int, case: str) -> Decimal | None:
        amount = text(row.fields, place) or ""
        rounded = self.rounded(amount)
        if rounded is None:
            self._found("bad-amount", row, "amount", shown(row.fields, place))
        elif self._amounts.get(case) != amount:
            self._amounts[case] = amount
            if len(amount.partition(".")[2].rstrip("0")) > self.digits:
                self._found("amount-rounded", row, "amount", amount)
        return rounded

    def _id(self, row: Row, places: dict[str, int], name: str) -> str | None:
        id = text(row.fields, places[name])
        if is_id(id):
            return id
        self._found("bad-id", row, name, shown(row.fields, places[name]))
        return None

    def _found(self, code: str, row: Row, name: str, value: str) -> None:
        self.findings.add(code, self.columns[name], row.line, value)


def said(log: Log) -> dict[str, Said]:
    """What the log says of each case, in the order of the file."""
    cases = {case: Said() for case in log.last}
    for event in log.events:
        note(log, cases[event.case], event)
    return cases


def note(log: Log, case: Said, event: Event) -> None:
    """Takes one row into account: decisions are those of the log, whatever a replay would need."""
    mapping = log.mapping
    case.first = case.first or event.day
    steps = mapping.activities.get(event.activity, [])
    bills = any(step["command"] in ("bill", "capture") for step in steps)
    if case.amount == 0 or (bills and event.amount is not None):
        case.amount = log.rounded(mapping.amount) or Decimal(0) if event.amount is None else event.amount
    by = event.resource or event.role or "clerk"
    for step in steps:
        rule = step.get("rule") or event.role or "unstated"
        decision = {"at": instant_text(event.at), "by": by, "rule": rule}
        command = step["command"]
        if command in ("approve", "reject"):
            case.decisions.append({**decision, "verdict": command})
        elif command == "bill":
            case.issued = event.day
        elif command == "pay":
            case.paid = event.day
        elif command == "void" and not step.get("if"):
            # A step for some states is a way in which a replay gets there, and no word of the log.
            case.decisions.append({**decision, "rule": event.role or "unstated", "verdict": "reject"})
            case.owed = None
    if event.activity in mapping.owed:
        case.owed = event.day


def rulebook(mapping: PathMapping) -> dict[str, Any]:
    """The rules that a history moves in under: nobody is asked again."""
    approvals = [
        {"carries": mapping.carries, "id": rule, "roles": [rule], "when": {"kind": "all"}}
        for rule in sorted(set(mapping.always))
    ]
    terms = {"calendar": "always", "currency": mapping.currency, "customer": ACCOUNT, "name": ACCOUNT}
    return {
        "policy": {
            "approvals": approvals,
            "billing": {"series": "invoices", "trigger": mapping.trigger},
            "calendars": [{"id": "always", "otherwise": "normal", "zone": "UTC"}],
            "codes": [{"id": "case", "kind": "part", "name": "Case"}],
            "labels": [{"id": label, "under": "issued"} for label in mapping.labels],
            "mapping": [{"code": "case", "kind": "part"}],
            "numbering": [{"pattern": "{counter}", "series": "invoices"}],
            "payment_terms": [{"days": mapping.payment_days, "id": "net"}],
            "rounding": [{"id": "none", "increment_seconds": 1, "mode": "none", "scope": "entry"}],
            "seller": {"id": SELLER, "name": "Paths"},
        },
        "schema": "duebill/rulebook/1",
        "terms": [{**terms, "payment_terms": "net", "rounding": "none"}],
    }


class Import:
    """An account that a history moves into, with the time spent in the core."""

    def __init__(self, mapping: PathMapping) -> None:
        begin = time.perf_counter_ns()
        self.mapping = mapping
        self.rules = duebill.Rulebook.compile(rulebook(mapping))
        self.account = duebill.Account(seller=SELLER, id=ACCOUNT)
        self.book = duebill.CashBook(seller=SELLER, id="bank")
        self.series = duebill.Series(seller=SELLER, id="invoices")
        self.records = 0
        self.core_ns = time.perf_counter_ns() - begin

    def bring(self, kind: str, parts: list[dict[str, Any]], cutover: date) -> None:
        """Brings paid invoices or open items, a thousand with each command."""
        for number, first in enumerate(range(0, len(parts), AT_ONCE), start=1):
            stamp = {"actor": "import", "at": f"{cutover}T23:59:59Z", "effective": f"{cutover}", "role": "clerk"}
            action = {"cutover": f"{cutover}", "kind": "import_opening", kind: parts[first : first + AT_ONCE]}
            log = {"id": ACCOUNT, "kind": "account", "seller": SELLER}
            command = {"action": action, "id": f"{kind}-{number}", "log": log, "stamp": stamp}
            begin = time.perf_counter_ns()
            self.account.apply(self.account.decide(self.rules, {**command, "schema": "duebill/command/1"}))
            self.core_ns += time.perf_counter_ns() - begin
            self.records += 1

    def audits(self, as_of: date) -> list[Any]:
        """What was paid without an approval that stood, by rule."""
        ask = {"as_of": f"{as_of}", "kind": "unapproved_payments"}
        return [self.account.report(self.rules, {**ask, "rule": rule}).plain() for rule in self.mapping.always]

    def digest(self) -> str:
        """A digest of the heads of all logs: runs that give the same one did the same."""
        logs = [self.account, self.book, self.series] if self.records else [self.book, self.series]
        heads = [canonical({"hash": log.head().hash, "seq": log.head().seq}) for log in logs]
        return sha256(b"".join(heads)).hexdigest()


def answer(log: Log, begin: int) -> dict[str, Any]:
    """Moves a log in and says what came of it."""
    mapping, into = log.mapping, Import(log.mapping)
    last = max((event.day for event in log.events), default=None)
    cases = said(log) if last else {}
    paid = [invoice(mapping, id, case) for id, case in cases.items() if case.paid]
    owed = {id: case for id, case in cases.items() if not case.paid and case.owed and case.amount}
    as_of = last or date(1970, 1, 1)
    into.bring("history", paid, as_of)
    into.bring("items", [item(mapping, id, case) for id, case in owed.items()], as_of)
    audits = into.audits(as_of) if paid else []
    aged: Any = duebill.aging(into.rules, [into.account, into.book], {"as_of": f"{as_of}"}).plain()
    totals = aged["sections"][0]["totals"] if aged["sections"] else {"open": "0.00", "unapplied": "0.00"}
    return {
        "audits": audits,
        "cases": len(log.last),
        "core_ms": into.core_ns // 1_000_000,
        "decisions": sum(len(case.decisions) for case in cases.values() if case.paid),
        "digest": into.digest(),
        "findings": log.findings.listed(),
        "left_out": len(cases) - len(paid) - len(owed),
        "mode": "history",
        "money": {"as_of": f"{as_of}", "open": totals["open"], "unapplied": totals["unapplied"]},
        "open": len(owed),
        "paid": len(paid),
        "records": into.records,
        "rows": log.rows,
        "schema": "duebill/paths/1",
        "total_ms": (time.perf_counter_ns() - begin) // 1_000_000,
    }


def invoice(mapping: PathMapping, id: str, case: Said) -> dict[str, Any]:
    """A paid invoice with its decisions."""
    assert case.paid is not None
    issued = min(case.issued or case.first or case.paid, case.paid)
    return {
        **terms(mapping, id, issued),
        "amount": f"{case.amount}",
        "decisions": case.decisions,
        "paid": f"{case.paid}",
    }


def item(mapping: PathMapping, id: str, case: Said) -> dict[str, Any]:
    """An open invoice."""
    assert case.owed is not None
    return {**terms(mapping, id, case.owed), "id": id, "open": f"{case.amount}", "total": f"{case.amount}"}


def terms(mapping: PathMapping, id: str, issued: date) -> dict[str, Any]:
    """What paid and open invoices have in common."""
    due = issued + timedelta(days=mapping.payment_days)
    return {
        "currency": mapping.currency,
        "customer": ACCOUNT,
        "due": f"{due}",
        "issued": f"{issued}",
        "number": id,
    }


def add_parser(jobs: Any) -> None:
    """The arguments of this job."""
    parser = jobs.add_parser("history", help="move in what another billing system did, and audit what was paid")
    parser.add_argument("--log", type=Path, required=True, metavar="FILE", help="CSV with a header, gzip or not")
    parser.add_argument("--mapping", required=True, metavar="FILE", help="what its columns and activities mean: a JSON file")
    parser.add_argument("--json", action="store_true", help="print one line of canonical JSON")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> None:
    """Runs the job as the arguments say."""
    begin = time.perf_counter_ns()
    log = Log.read(chosen.log, load(PathMapping, chosen.mapping))
    try:
        told = answer(log, begin)
    except (duebill.Refused, duebill.ValidationError) as refused:
        raise InputError(str(refused)) from refused
    if chosen.json:
        print_json(told)
    else:
        print_for_people(told)
    must_have(log.lacking, chosen.log)


def print_for_people(told: dict[str, Any]) -> None:
    """The answer as a small table, and what nobody approved."""
    names = ("rows", "cases", "paid", "decisions", "open", "left_out")
    print_table((name.replace("_", " "), f"{told[name]:,}") for name in names)
    for audit in told["audits"]:
        found = audit["payments"]
        print(f"\nPaid without an approval under {audit['rule']} that stood: {len(found)} of {audit['paid']}")
        print_table((one["number"], one["paid"], one["amount"], one.get("last", "none")) for one in found)
    print_findings(told["findings"])
