"""The month end of a helpdesk's event log: work captured, priced, and billed by customer and month."""

from __future__ import annotations

import argparse
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from msgspec import structs

import duebill
from duebill import documents
from duebill._commands.answer import canonical, print_findings, print_json, print_table
from duebill._commands.events import Entry, EventLog
from duebill._commands.findings import Finding, InputError, by_code, must_have
from duebill._commands.mapping import EventMapping, Rounding, load
from duebill._commands.times import day, instant_text, last_of_month

__all__ = ["add_parser"]

P = ParamSpec("P")
T = TypeVar("T")
SELLER = "helpdesk"
SERIES = "invoices"
REFUSALS = (duebill.Refused, duebill.ValidationError)


def rulebook(mapping: EventMapping, customers: list[str]) -> dict[str, Any]:
    """The rules of a mapping, with a section of terms for each customer."""
    rates = [
        {"currency": mapping.currency, "id": f"priority-{priority}", "priority": priority, "value": value}
        for priority, value in mapping.rates.items()
    ]
    terms = {"calendar": "always", "currency": mapping.currency, "payment_terms": "net", "rounding": "log"}
    return {
        "policy": {
            "approvals": [
                {"above": mapping.approval_above, "id": "manager", "roles": ["manager"], "split_proof": False}
            ],
            "billing": {"series": SERIES, "trigger": "work_done"},
            "calendars": [{"id": "always", "otherwise": "normal", "zone": "UTC"}],
            "codes": [{"id": "support", "kind": "labour", "name": "Support"}],
            "mapping": [{"code": "support", "kind": "labour"}],
            "numbering": [{"pattern": "{counter}", "series": SERIES}],
            "payment_terms": [{"days": mapping.payment_days, "id": "net"}],
            "rates": rates,
            "rounding": [mapping.rounding.rule()],
            "seller": {"id": SELLER, "name": "Helpdesk"},
        },
        "schema": "duebill/rulebook/1",
        "terms": [{**terms, "customer": customer, "name": customer} for customer in customers],
    }


def commands(customer: str, entries: list[Entry], at: str) -> Iterator[dict[str, Any]]:
    """What an account is told: all its work at once, then a bill for every month with work of it.

    All of it is told on one day `at`, because the time of a log never goes back and customers share a series.
    """
    months = sorted({last_of_month(day(entry.start)) for entry in entries})
    tickets = [{"customer": customer, "id": id} for id in sorted({entry.ticket for entry in entries})]
    work = [written(entry) for entry in entries]
    yield command(customer, "capture", months[0], {"entries": work, "kind": "capture", "tickets": tickets}, at)
    for last in months:
        period = {"from": f"{last:%Y-%m}-01", "to": f"{last}"}
        yield command(customer, f"bill:{last}", last, {"kind": "bill", "period": period, "run": "monthly"}, at)


def written(entry: Entry) -> dict[str, Any]:
    """An entry as the core's documents have it."""
    work = {"end": instant_text(entry.end), "kind": "time", "start": instant_text(entry.start)}
    named = {"agent": entry.agent, "priority": entry.priority}
    known = {key: value for key, value in named.items() if value is not None}
    return {"id": entry.id, "ticket": entry.ticket, "work": work, **known}


def command(customer: str, id: str, month: date, action: dict[str, Any], at: str) -> dict[str, Any]:
    """A command for the account of a customer, told at a moment and effective at the end of a month."""
    return {
        "action": action,
        "id": id,
        "log": {"id": customer, "kind": "account", "seller": SELLER},
        "schema": "duebill/command/1",
        "stamp": {"actor": "month-end", "at": at, "effective": f"{month}", "role": "billing"},
    }


class Host:
    """The logs of the seller; records are applied and forgotten, since all comes from the file again."""

    def __init__(self, rules: dict[str, Any]) -> None:
        self.spent = 0
        self.found: set[tuple[str, str, str, str]] = set()
        self.rulebook = self.core(duebill.Rulebook.compile, rules)
        self.logs: dict[tuple[str, str], duebill.Log] = {}

    def core(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls the core and adds to the time spent in it."""
        begin = time.perf_counter_ns()
        try:
            return call(*args, **kwargs)
        finally:
            self.spent += time.perf_counter_ns() - begin

    def deliver(self, command: dict[str, Any]) -> None:
        """Delivers a command, and what logs have to tell each other because of it, in order."""
        waiting: deque[Any] = deque([{"command": command}])
        while waiting:
            waiting.extend(self.take(waiting.popleft()))

    def take(self, intent: Any) -> tuple[duebill.Document, ...]:
        """Decides and takes up a command, or else the one to deliver when it is refused; what that asks for, next."""
        try:
            return self.record(intent["command"])
        except REFUSALS:
            return self.take({"command": intent["otherwise"]}) if "otherwise" in intent else ()

    def record(self, command: Any) -> tuple[duebill.Document, ...]:
        """Decides a command and takes up its record. Raises `Refused`."""
        kind, id = command["log"]["kind"], command["log"]["id"]
        log = self.logs.get((kind, id)) or self.logs.setdefault((kind, id), self.core(duebill.Log, command["log"]))
        try:
            decision = self.core(log.decide, self.rulebook, canonical(command))
        except REFUSALS as refused:
            self.found.update((each.name, kind, id, each.subject) for each in refused.findings)
            raise
        self.core(log.apply, decision)
        found: Any = decision.get("findings", ())
        self.found.update((each["name"], kind, id, each["subject"]) for each in found)
        return decision.intents

    def findings(self) -> list[Finding]:
        """What the core found, by code: each subject once, however often it was found."""
        counts = Counter(code for code, *_ in self.found)
        return [Finding(code=code, count=count) for code, count in counts.items()]

    def summary(self) -> documents.Summary:
        """What became of all work."""
        accounts = [log for (kind, _), log in sorted(self.logs.items()) if kind == "account"]
        return self.core(duebill.summary, self.rulebook, accounts).to(documents.Summary)


def bill(log: EventLog) -> Host:
    """Bills a whole log, account by account in the order of their ids. Raises `InputError`."""
    try:
        host = Host(rulebook(log.mapping, sorted(log.accounts)))
    except REFUSALS as refused:
        raise InputError(str(refused)) from refused
    starts = [entry.start for entries in log.accounts.values() for entry in entries]
    at = f"{last_of_month(day(max(starts, default=0)))}T00:00:00Z"
    for customer in sorted(log.accounts):
        for each in commands(customer, log.accounts[customer], at):
            host.deliver(each)
    return host


def answer(log: EventLog, host: Host, begin: int) -> dict[str, Any]:
    """What came of a log."""
    summary = host.summary()
    rows = [row for row in summary.currencies if row.currency == log.mapping.currency]
    total = rows[0].gross if rows else duebill.Money(0, log.mapping.currency).amount
    return {
        "billed_minutes": summary.billed_seconds // 60,
        "core_ms": host.spent // 1_000_000,
        "entries": summary.entries,
        "events": log.events,
        "findings": by_code([*log.findings.listed(), *host.findings()]),
        "invoices": sum(row.invoices for row in rows),
        "invoices_awaiting_approval": sum(row.awaiting_approval for row in rows),
        "raw_minutes": summary.raw_seconds // 60,
        "schema": "duebill/events/1",
        "tickets": len(log.tickets),
        "total": f"{total}",
        "total_ms": (time.perf_counter_ns() - begin) // 1_000_000,
        "zero_invoices": sum(row.zero_invoices for row in rows),
    }


def add_parser(jobs: Any) -> None:
    """The arguments of this job."""
    parser = jobs.add_parser("month-end", help="bill the work of an event log by customer and month")
    parser.add_argument("--events", type=Path, required=True, metavar="FILE", help="CSV with a header, gzip or not")
    parser.add_argument(
        "--mapping", default="servicenow", metavar="FILE", help="which column means what: a JSON file, or servicenow or helpdesk (default: %(default)s)"
    )
    parser.add_argument("--round", type=rounding, metavar="MODE:MINUTES:SCOPE", help="round time otherwise than the mapping does, such as nearest:6:entry")
    parser.add_argument("--json", action="store_true", help="print one line of canonical JSON")
    parser.set_defaults(run=run)


def rounding(text: str) -> Rounding:
    """`MODE:MINUTES:SCOPE` as a mapping has it; the core says what is no mode and no scope."""
    try:
        mode, minutes, scope = text.split(":")
        chosen = Rounding(mode, int(minutes), scope)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected MODE:MINUTES:SCOPE such as up:15:ticket, got {text}") from None
    try:
        duebill.calculate({"in": {"rounding": chosen.rule(), "seconds": []}, "kind": "time_round"})
    except REFUSALS as refused:
        raise argparse.ArgumentTypeError(str(refused)) from refused
    return chosen


def run(chosen: argparse.Namespace) -> None:
    """Runs the job as the arguments say."""
    begin = time.perf_counter_ns()
    mapping = load(EventMapping, chosen.mapping)
    if chosen.round is not None:
        mapping = structs.replace(mapping, rounding=chosen.round)
    log = EventLog.read(chosen.events, mapping)
    told = answer(log, bill(log), begin)
    if chosen.json:
        print_json(told)
    else:
        print_for_people(told, mapping)
    must_have(log.lacking, chosen.events)


def print_for_people(told: dict[str, Any], mapping: EventMapping) -> None:
    """The answer as a small table."""
    print_table(
        (name, f"{told[key]:,}")
        for name, key in (
            ("events", "events"),
            ("tickets", "tickets"),
            ("time entries", "entries"),
            ("minutes worked", "raw_minutes"),
            ("minutes billed", "billed_minutes"),
            ("invoices", "invoices"),
            ("of these awaiting approval", "invoices_awaiting_approval"),
            ("of these of zero", "zero_invoices"),
        )
    )
    print(f"  in total {Decimal(told['total']):,} {mapping.currency}")
    print_findings(told["findings"])
    print(f"\n{told['core_ms']:,} of {told['total_ms']:,} ms in the core")
