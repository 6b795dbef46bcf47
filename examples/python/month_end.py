"""The month end of a support company, in one file: work becomes invoices, payments and receivables.

    pip install ./python
    python month_end.py FOLDER [--store FILE] [--json]

FOLDER holds `rulebook.json`, `host.json` (which logs there are, and the date of the reports) and
`steps.jsonl` (what people do, in order: see `Host.step`). The host keeps every record in SQLite. It may be
killed at any moment and started again on the same store: what was recorded is not recorded twice, and what
was still to be delivered is delivered first.

`--json` prints one line of canonical JSON; without it the month is told for people.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import duebill
from duebill import documents

P = ParamSpec("P")
T = TypeVar("T")
Command = Mapping[str, Any]

TABLES = """
CREATE TABLE IF NOT EXISTS record (
    log TEXT NOT NULL, seq INTEGER NOT NULL, record BLOB NOT NULL, hash TEXT NOT NULL, detached BLOB NOT NULL,
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox (
    number INTEGER PRIMARY KEY, intent BLOB NOT NULL, delivered INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (number) WHERE NOT delivered;
CREATE TABLE IF NOT EXISTS fact (
    log TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (kind, key, name, log)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused (
    log TEXT NOT NULL, command TEXT NOT NULL, refusal BLOB NOT NULL, PRIMARY KEY (log, command)
) STRICT, WITHOUT ROWID;
"""


def canonical(value: object) -> bytes:
    """Plain values as canonical JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def name_of(command: Command) -> str:
    """What the store calls the log that a command is for."""
    return f"{command['log']['kind']}/{command['log']['id']}"


class Store:
    """What the host keeps: records by log, deliveries, facts for its own screens, and refusals."""

    def __init__(self, path: str) -> None:
        self.database = sqlite3.connect(path)
        self.database.executescript("PRAGMA journal_mode = WAL;" + TABLES)

    def records(self) -> Iterator[tuple[str, bytes, str, bytes]]:
        """Log, record, hash and detached texts of everything, in the order of each log."""
        yield from self.database.execute("SELECT log, record, hash, detached FROM record ORDER BY log, seq")

    def append(self, log: str, decision: duebill.Decision, delivery: int | None) -> None:
        """Keeps a new record with all that follows from it, and ticks off the delivery that brought it: all or
        nothing. A second host on the same store fails here, because a sequence is there once.
        """
        with self.database:
            if not decision.repeated:
                record = (log, decision.seq, decision.record.raw, decision.hash, decision.detached.raw)
                self.database.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?)", record)
                intents = [(intent.raw,) for intent in decision.intents]
                self.database.executemany("INSERT INTO outbox (intent) VALUES (?)", intents)
                rows = [row.to(documents.Row) for row in decision.rows]
                facts = [(log, row.table, row.key, name, value) for row in rows for name, value in row.set.items()]
                self.database.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?, ?)", facts)
            if delivery is not None:
                self.database.execute("UPDATE outbox SET delivered = 1 WHERE number = ?", (delivery,))

    def waiting(self, after: int) -> tuple[int, Any] | None:
        """The oldest delivery behind a number that is not done, with its own number."""
        query = "SELECT number, intent FROM outbox WHERE NOT delivered AND number > ? ORDER BY number LIMIT 1"
        return next(((number, json.loads(intent)) for number, intent in self.database.execute(query, (after,))), None)

    def refusal(self, log: str, command: str) -> bytes | None:
        """What the core said when that command was refused, in this run or an earlier one."""
        found = self.database.execute("SELECT refusal FROM refused WHERE log = ? AND command = ?", (log, command))
        return next((refusal for (refusal,) in found), None)

    def refuse(self, log: str, command: str, refusal: bytes) -> None:
        """Keeps a refusal."""
        with self.database:
            self.database.execute("INSERT INTO refused VALUES (?, ?, ?)", (log, command, refusal))


class Host:
    """The logs of a seller in memory, beside the store that they are read from."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.spent = 0
        self.store = store
        self.logs: dict[str, duebill.Log] = {}
        self.refused: list[bytes] = []
        self.steps = [json.loads(line) for line in (folder / "steps.jsonl").read_text("utf-8").splitlines()]
        setting = json.loads((folder / "host.json").read_text("utf-8"))
        self.as_of: str = setting["as_of"]
        self.seller: str = setting["seller"]
        self.rulebook = self.core(duebill.Rulebook.compile, (folder / "rulebook.json").read_bytes())
        for kind, ids in (("cash_book", setting["books"]), ("series", setting["series"])):
            for id in ids:
                self.log(f"{kind}/{id}")
        for name, record, hash, detached in store.records():
            self.core(self.log(name).replay, record, hash, detached)

    def core(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls the core and adds to the time spent in it."""
        begin = time.perf_counter_ns()
        try:
            return call(*args, **kwargs)
        finally:
            self.spent += time.perf_counter_ns() - begin

    def address(self, name: str) -> dict[str, str]:
        """The address of a log that the store calls `kind/id`."""
        kind, id = name.split("/", 1)
        return {"id": id, "kind": kind, "seller": self.seller}

    def log(self, name: str) -> duebill.Log:
        """A log; it is made when it is first addressed."""
        if name not in self.logs:
            self.logs[name] = self.core(duebill.Log, self.address(name))
        return self.logs[name]

    def named(self, *kinds: str) -> list[tuple[str, duebill.Log]]:
        """The logs of these kinds with their ids, kind by kind and by id."""
        names = [name.split("/", 1) for name in self.logs]
        return [(id, self.logs[f"{kind}/{id}"]) for wanted in kinds for kind, id in sorted(names) if kind == wanted]

    def run(self) -> None:
        """Delivers what an earlier run left, then does the steps."""
        self.drain()
        for step in self.steps:
            self.step(step)

    def step(self, step: dict[str, Any]) -> None:
        """One thing that somebody does."""
        if step["step"] == "deliver":
            self.deliver(step["command"])
        elif step["step"] == "approve":
            self.approve(step)
        elif step["step"] == "match":
            self.match(step["command"])
        else:
            raise ValueError(f"there is no step {step['step']!r}")

    def deliver(self, command: Command) -> None:
        """Delivers a command and everything that follows from it; a refusal is kept, and the run goes on."""
        name = name_of(command)
        refusal = self.store.refusal(name, command["id"])
        if refusal is None and (refused := self.take(command)) is not None:
            refusal = refused.document.raw
            self.store.refuse(name, command["id"], refusal)
        if refusal is not None:
            self.tell(command, refusal)
        self.drain()

    def take(self, command: Command, delivery: int | None = None) -> duebill.DuebillError | None:
        """Decides a command, stores what it records, and only then takes that up; or says why it was refused."""
        name = name_of(command)
        log = self.log(name)
        try:
            decision = self.core(log.decide, self.rulebook, command)
        except (duebill.Refused, duebill.ValidationError) as refused:
            return refused
        self.store.append(name, decision, delivery)
        self.core(log.apply, decision)
        return None

    def drain(self) -> None:
        """Delivers what logs have to tell each other, oldest first, until none is left.

        What nobody takes is told, and tried again at the next start.
        """
        done = 0
        while (waiting := self.store.waiting(done)) is not None:
            number, intent = waiting
            command = intent["command"]
            refused = self.take(command, number)
            if refused is not None:
                self.tell(command, refused.document.raw)
                done = number

    def tell(self, command: Command, refusal: bytes) -> None:
        """Adds a refused command to the answer."""
        told = b'{"command":%s,"log":%s,"refusal":%s}'
        self.refused.append(told % (canonical(command["id"]), canonical(command["log"]), refusal))

    def approve(self, step: dict[str, Any]) -> None:
        """Decides on the open approvals of an account, bound to the digest of what is shown now."""
        name = f"account/{step['account']}"
        view = self.account(self.log(name), step["effective"]).to(documents.AccountView)
        for approval in view.approvals:
            if approval.open and (step["invoices"] == "all" or approval.subject in step["invoices"]):
                action = documents.DecideApproval(
                    digest=approval.digest, subject=approval.subject, verdict=step["verdict"]
                )
                stamp = ("actor", "at", "effective", "reason", "role")
                self.deliver(
                    {
                        "action": action,
                        "id": f"{step['id']}:{approval.subject}",
                        "log": self.address(name),
                        **({"salt": step["salt"]} if "salt" in step else {}),
                        "schema": "duebill/command/1",
                        "stamp": {key: step[key] for key in stamp if key in step},
                    }
                )

    def match(self, command: Command) -> None:
        """Matches what came in to what is open, unless that was recorded before."""
        book = self.log(f"cash_book/{command['log']['id']}")
        if book.recorded(command["id"]) is None:
            accounts = [log for _, log in self.named("account")]
            plans = self.core(duebill.match_receipts, self.rulebook, book, accounts)
            self.deliver({**command, "action": {"kind": "match", "plans": plans.get("plans", ())}})

    def account(self, log: duebill.Log, as_of: str) -> duebill.Document:
        """An account as of a date."""
        return self.core(log.report, self.rulebook, {"as_of": as_of, "kind": "account"})

    def reports(self, kind: str) -> list[duebill.Document]:
        """The reports of all logs of a kind, by id."""
        question = {"kind": "numbers"} if kind == "series" else {"as_of": self.as_of, "kind": kind}
        return [self.core(log.report, self.rulebook, question) for _, log in self.named(kind)]

    def aging(self) -> duebill.Document:
        """What all customers owe, by age."""
        logs = [log for _, log in self.named("account", "cash_book")]
        return self.core(duebill.aging, self.rulebook, logs, {"as_of": self.as_of})


def as_json(host: Host, begin: int) -> bytes:
    """The answer for programs: the core's own bytes, put together in the order of the keys."""

    def listed(parts: Iterable[bytes]) -> bytes:
        return b"[" + b",".join(parts) + b"]"

    members = {
        "accounts": listed(report.raw for report in host.reports("account")),
        "aging": host.aging().raw,
        "as_of": canonical(host.as_of),
        "cash_books": listed(report.raw for report in host.reports("cash_book")),
        "numbers": listed(report.raw for report in host.reports("series")),
        "refused": listed(host.refused),
        "schema": canonical("duebill/month_end/1"),
    }
    total = time.perf_counter_ns() - begin
    members["timings"] = canonical({"core_ms": host.spent // 1_000_000, "total_ms": total // 1_000_000})
    return b"{" + b",".join(canonical(key) + b":" + value for key, value in members.items()) + b"}"


def table(heads: list[str], rows: list[list[str]], left: int = 1) -> str:
    """Columns side by side, the first `left` of them flush left."""
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]

    def line(row: list[str]) -> str:
        cells = zip(row, widths)
        return "  ".join(c.ljust(w) if i < left else c.rjust(w) for i, (c, w) in enumerate(cells)).rstrip()

    return "\n".join("  " + line(row) for row in [heads, ["-" * width for width in widths], *rows])


def money(amount: Decimal) -> str:
    """An amount with commas for people; zero is a dash."""
    return f"{amount:,f}" if amount else "-"


def invoices(host: Host) -> str:
    """Every invoice with what became of it."""
    rows = []
    for view in (report.to(documents.AccountView) for report in host.reports("account")):
        for item in view.opening_items:
            rows.append([item.number, view.account, item.label, item.currency, money(item.total), money(item.open)])
        for invoice in view.invoices:
            amounts = [invoice.currency, money(invoice.gross), money(invoice.open)]
            rows.append([invoice.number or invoice.id, view.account, invoice.label.label, *amounts])
    return "Invoices\n" + table(["number", "account", "state", "currency", "gross", "open"], rows, 4)


def receipts(host: Host) -> str:
    """Every receipt with what is left of it."""
    rows = []
    for view in (report.to(documents.CashBookView) for report in host.reports("cash_book")):
        for receipt in view.receipts:
            amounts = [receipt.currency, money(receipt.amount), money(receipt.unapplied)]
            rows.append([receipt.id, view.book, receipt.customer or "unknown", *amounts])
    return "Receipts\n" + table(["id", "book", "customer", "currency", "amount", "left"], rows, 4)


def receivables(host: Host) -> str:
    """The aging, a table per currency."""
    aging = host.aging().to(documents.AgingReport)
    tables = [f"Receivables by {aging.basis} date"]
    for section in aging.sections:
        columns = [(row.customer or "unknown", row.columns) for row in section.rows] + [("total", section.totals)]
        rows = [
            [who, *map(money, row.buckets), money(row.open), money(row.disputed), money(row.unapplied)]
            for who, row in columns
        ]
        tables.append(table([section.currency, *aging.buckets, "open", "disputed", "unapplied"], rows))
        tables.append(f"  control total: {section.control_total:,f} {section.currency}")
    return "\n".join(tables)


def attention(host: Host) -> str:
    """What somebody should look at, and what was refused."""
    lines = ["To look at"]
    for view in (report.to(documents.AccountView) for report in host.reports("account")):
        lines += [f"  {view.account}: {found.subject}: {found.message}" for found in view.findings]
    for told in map(json.loads, host.refused):
        where = f"{told['log']['kind']} {told['log']['id']}"
        lines += [f"  refused, {where}, {told['command']}: {each['message']}" for each in told["refusal"]["findings"]]
    return "\n".join(lines if len(lines) > 1 else [*lines, "  nothing"])


def main() -> int:
    """Runs the steps of a folder and tells how things stand."""
    begin = time.perf_counter_ns()
    parser = argparse.ArgumentParser(description="The month end of a support company.")
    parser.add_argument("folder", type=Path, help="holds rulebook.json, host.json and steps.jsonl")
    parser.add_argument("--store", default=":memory:", metavar="FILE", help="SQLite file; in memory when left out")
    parser.add_argument("--json", action="store_true", help="print one line of canonical JSON")
    chosen = parser.parse_args()
    try:
        host = Host(chosen.folder, Store(chosen.store))
    except (duebill.Refused, duebill.ValidationError) as refused:
        for found in refused.findings:
            print(f"{found.path or '/'}: {found.code} {found.name}: {found.message}", file=sys.stderr)
        return 1
    host.run()
    if chosen.json:
        sys.stdout.buffer.write(as_json(host, begin) + b"\n")
        return 0
    told = [f"{host.seller} as of {host.as_of}", invoices(host), receipts(host), receivables(host), attention(host)]
    print("\n\n".join(told))
    print(f"\n{host.spent / 1e6:.0f} of {(time.perf_counter_ns() - begin) / 1e6:.0f} ms in the core")
    return 0


if __name__ == "__main__":
    sys.exit(main())
