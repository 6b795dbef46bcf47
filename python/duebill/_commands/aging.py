"""The age of receivables, from a file of invoices with their due and settled dates."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import structs

import duebill
from duebill import documents
from duebill._commands.answer import print_findings, print_json, print_table
from duebill._commands.events import is_id
from duebill._commands.findings import Findings, InputError, must_have
from duebill._commands.mapping import InvoiceMapping, load
from duebill._commands.table import Row, Table, shown, text
from duebill._commands.times import day, reader

__all__ = ["add_parser"]

NEEDED = ("invoice", "customer", "issued", "due", "settled", "amount")


@cache
def is_amount(amount: str | None, currency: str) -> bool:
    """Whether a text is an amount with no more decimals than its currency has: the core decides."""
    dates = {"due": "2000-01-01", "issued": "2000-01-01"}
    item = {"currency": currency, "customer": "any", "open": amount, **dates}
    try:
        duebill.calculate({"in": {"as_of": "2000-01-01", "items": [item]}, "kind": "aging"})
    except duebill.ValidationError:
        return False
    return True


class Invoices:
    """What a file of receivables says was open at a date, and what is wrong with it."""

    def __init__(self, mapping: InvoiceMapping, as_of: date) -> None:
        self.mapping = mapping
        self.columns: dict[str, str] = structs.asdict(mapping.columns)
        self.as_of = as_of
        self.findings = Findings()
        self.items: list[dict[str, str]] = []
        self.lacking: list[str] = []
        """Headings that no row can be read without."""
        self._time = reader(mapping.date)
        self._seen: set[str] = set()

    @classmethod
    def read(cls, path: Path, mapping: InvoiceMapping, as_of: date) -> Invoices:
        """Reads a file. Raises `InputError` when the file system refuses."""
        invoices = cls(mapping, as_of)
        table = Table(path, invoices.findings)
        places = table.places(invoices.columns)
        invoices.lacking = [invoices.columns[name] for name in NEEDED if name not in places]
        for row in () if invoices.lacking else table:
            if table.is_whole(row):
                invoices._row(row, places)
        return invoices

    def _row(self, row: Row, places: dict[str, int]) -> None:
        """Takes an item up when it is open: issued by then, and settled later or never."""
        invoice = self._checked("bad-id", row, places, "invoice", is_id)
        if invoice in self._seen:
            self._found("duplicate-row", row, places, "invoice")
            return
        # Every fault of a row is found, open or not.
        issued, due = self._date(row, places, "issued"), self._date(row, places, "due")
        is_settled = row.fields[places["settled"]] != ""
        settled = self._date(row, places, "settled") if is_settled else date.max
        customer = self._checked("bad-id", row, places, "customer", is_id)
        amount = self._checked(
            "bad-amount", row, places, "amount", lambda amount: is_amount(amount, self.mapping.currency)
        )
        if issued is None or due is None or settled is None:
            return
        if invoice is None or customer is None or amount is None:
            return
        self._seen.add(invoice)
        if issued <= self.as_of and (not is_settled or self.as_of < settled):
            item = {"currency": self.mapping.currency, "customer": customer, "open": amount}
            item.update(due=due.isoformat(), issued=issued.isoformat())
            if "disputed" in places and row.fields[places["disputed"]] in self.mapping.disputed_words:
                item["disputed"] = amount
            self.items.append(item)

    def _date(self, row: Row, places: dict[str, int], name: str) -> date | None:
        try:
            return day(self._time(row.fields[places[name]]))
        except ValueError:
            self._found("bad-time", row, places, name)
            return None

    def _checked(
        self, code: str, row: Row, places: dict[str, int], name: str, is_good: Callable[[str | None], bool]
    ) -> str | None:
        field = text(row.fields, places[name])
        if is_good(field):
            return field
        self._found(code, row, places, name)
        return None

    def _found(self, code: str, row: Row, places: dict[str, int], name: str) -> None:
        self.findings.add(code, self.columns[name], row.line, shown(row.fields, places[name]))


def answer(invoices: Invoices, basis: str) -> dict[str, Any]:
    """Who owes what, by age; buckets include what is disputed."""
    request = {"in": {"as_of": invoices.as_of, "basis": basis, "items": invoices.items}, "kind": "aging"}
    report = duebill.calculate(request).to(documents.AgingReport)
    rows = [(row.customer, row.columns) for section in report.sections for row in section.rows]
    nothing = duebill.Money(0, invoices.mapping.currency).amount
    empty = documents.AgingColumns(
        buckets=[nothing] * len(report.buckets), disputed=nothing, open=nothing, open_items=0, unapplied=nothing
    )
    totals = report.sections[0].totals if report.sections else empty

    def by_name(columns: documents.AgingColumns) -> dict[str, str]:
        return dict(zip(report.buckets, map(str, columns.buckets)))

    return {
        "as_of": report.as_of.isoformat(),
        "basis": report.basis,
        "buckets": by_name(totals),
        "customers": {customer: by_name(columns) for customer, columns in rows},
        "disputed_items": sum("disputed" in item for item in invoices.items),
        "disputed_open": str(totals.disputed),
        "findings": invoices.findings.listed(),
        "open_items": totals.open_items,
        "open_total": str(totals.open),
        "schema": "duebill/receivables_file/1",
    }


def add_parser(jobs: Any) -> None:
    """The arguments of this job."""
    parser = jobs.add_parser("aging", help="age the open invoices of a receivables file")
    parser.add_argument("--invoices", type=Path, required=True, metavar="FILE", help="CSV with a header, gzip or not")
    parser.add_argument("--as-of", type=date.fromisoformat, required=True, metavar="DATE", help="the date asked for")
    parser.add_argument("--basis", choices=("due", "invoice"), default="due", help="from which date invoices age")
    parser.add_argument(
        "--mapping", default="ar_ibm", metavar="FILE", help="which column means what: a JSON file, or ar_ibm (default: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print one line of canonical JSON")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> None:
    """Runs the job as the arguments say."""
    invoices = Invoices.read(chosen.invoices, load(InvoiceMapping, chosen.mapping), chosen.as_of)
    try:
        told = answer(invoices, chosen.basis)
    except (duebill.Refused, duebill.ValidationError) as refused:
        raise InputError(str(refused)) from refused
    if chosen.json:
        print_json(told)
    else:
        print_for_people(told, invoices.mapping)
    must_have(invoices.lacking, chosen.invoices)


def print_for_people(told: dict[str, Any], mapping: InvoiceMapping) -> None:
    """The answer as a table with a row per customer."""
    names = list(told["buckets"])
    rows = [(customer, buckets) for customer, buckets in told["customers"].items()]
    print(f"Receivables as of {told['as_of']} by {told['basis']} date, {mapping.currency}")
    print_table(
        [("", *names), *((who, *(told[name] for name in names)) for who, told in [*rows, ("total", told["buckets"])])]
    )
    print(f"  {told['open_items']:,} open with {told['open_total']}", end="")
    print(f", {told['disputed_items']:,} of them disputed with {told['disputed_open']}")
    print_findings(told["findings"])
