"""The functions beside the logs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import scenes

import duebill
from duebill import documents


def test_codes_are_ascending_and_named() -> None:
    codes = duebill.codes()
    numbers = [code.number for code in codes]
    assert numbers == sorted(set(numbers)) and 0 not in numbers
    assert len({code.name for code in codes}) == len(codes)
    assert all(code.name == code.name.lower() and " " not in code.name for code in codes)


def test_a_schema_is_found_by_name() -> None:
    schema = duebill.schema("rulebook")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert duebill.schema("rulebook.json") == schema
    with pytest.raises(KeyError, match="rulebook"):
        duebill.schema("rulebok")


def test_calculate_answers_and_refuses() -> None:
    assert duebill.calculate({"in": {"code": "KWD"}, "kind": "currency_minor_units"})["exponent"] == 3
    with pytest.raises(duebill.Refused) as caught:
        duebill.calculate({"in": {}, "kind": "nothing"})
    assert caught.value.name == "calculation-unknown"


def test_verify_takes_pairs_or_lines(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    decision = account.decide(rulebook, scenes.sale())
    account.apply(decision)
    stored = [(decision.hash, decision.record.raw)]
    lines = decision.hash.encode() + b" " + decision.record.raw + b"\n"
    assert duebill.verify(stored) == duebill.verify(lines)
    assert duebill.verify(stored, account.head()) == duebill.verify(stored, {"hash": decision.hash, "seq": 1})
    assert duebill.verify(stored)["anchored"] is False and duebill.verify(stored, account.head())["anchored"] is True
    with pytest.raises(duebill.ValidationError):
        duebill.verify(stored, {"seq": 1})


def test_rows_of_stored_records_are_those_that_were_given(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    decision = account.decide(rulebook, scenes.sale())
    stored = [(decision.hash, decision.record.raw)]
    made = duebill.rows(stored).to(documents.StoredRows)
    assert (made.version, made.records[0].seq, made.records[0].hash) == (decision["rows_version"], 1, decision.hash)
    again: Any = duebill.rows(stored)["records"]
    assert again[0]["rows"] == decision.rows and again[0]["intents"] == decision.intents
    with pytest.raises(duebill.Refused) as caught:
        duebill.rows([(decision.hash, decision.record.raw + b" ")])
    assert caught.value.name == "record-hash"


def test_rate_prices_work_without_an_account(rulebook: duebill.Rulebook) -> None:
    work = {key: scenes.capture()["action"][key] for key in ("entries", "tickets")}
    rated = duebill.rate(rulebook, work).to(documents.RatedDocument)
    # Acme: 1:15 and 0:30 at 100.00, and an hour after 18:00 in Berlin at half as much again. Berlin: 0:45.
    assert [(each.customer, each.net) for each in rated.customers] == [
        ("acme", Decimal("325.00")),
        ("acme-berlin", Decimal("75.00")),
    ]
    with pytest.raises(duebill.ValidationError):
        duebill.rate(rulebook, "{")


def test_report_takes_mappings_and_json(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    question = {"as_of": date(2026, 1, 31), "kind": "account"}
    answer = account.report(rulebook, question)
    assert answer == account.report(rulebook, '{"kind":"account","as_of":"2026-01-31"}')
    assert answer["account"] == "acme"
    with pytest.raises(duebill.ValidationError):
        account.report(rulebook, b"\xff")
    with pytest.raises(duebill.Refused) as caught:
        account.report(rulebook, {"kind": "numbers"})
    assert caught.value.name == "log-kind"


def test_aging_takes_accounts_and_cash_books(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    book = duebill.CashBook(seller="northwind", id="bank")
    book.apply(book.decide(rulebook, scenes.receive("TX-1", "100.00", "on account")))
    report = duebill.aging(rulebook, [account, book], {"as_of": "2026-02-28"}).to(documents.AgingReport)
    assert [(section.currency, section.control_total) for section in report.sections] == [("EUR", Decimal("-100.00"))]
    plans = duebill.match_receipts(rulebook, book, [account]).to(documents.Plans)
    assert [plan.receipt for plan in plans.plans] == ["TX-1"]


def test_summary_counts_work_and_invoices(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    for command in (scenes.capture(), scenes.bill()):
        account.apply(account.decide(rulebook, command))
    summary = duebill.summary(rulebook, [account]).to(documents.Summary)
    # 1:10, 1:30 and 0:40 of work; 1:15, 1:30 and 0:45 of it billed on one invoice.
    assert (summary.tickets, summary.entries, summary.unbilled_entries) == (2, 3, 0)
    assert (summary.raw_seconds, summary.billed_seconds) == (200 * 60, 210 * 60)
    assert [(row.currency, row.net, row.invoices) for row in summary.currencies] == [("EUR", Decimal("400.00"), 1)]
    assert duebill.summary(rulebook, []).get("currencies", ()) == ()
    worked = summary.worked
    places = (worked.billed, worked.covered, worked.no_charge, worked.unapproved, worked.wip, worked.written_down)
    assert worked.recorded == sum(places) == 200 * 60
    before = duebill.summary(rulebook, [account], {"as_of": "2020-01-01"}).to(documents.Summary)
    assert before.worked.recorded == 0
    book = duebill.CashBook(seller="northwind", id="bank")
    with pytest.raises(duebill.Refused) as caught:
        duebill.summary(rulebook, [account, book])
    assert caught.value.name == "log-kind"


def test_terms_are_added_beside_the_rulebook(rulebook: duebill.Rulebook) -> None:
    terms = {**scenes.rulebook()["terms"][2], "bank_accounts": [], "customer": "initech", "name": "Initech"}
    terms["rates"] = []
    richer = rulebook.with_terms(terms)
    work = {"entries": [{**scenes.entry("E", "", "2026-01-12T09:00:00Z", "2026-01-12T10:00:00Z"), "customer": "initech"}]}
    del work["entries"][0]["ticket"]
    assert duebill.rate(richer, work).at("/customers/0/net") == "120.00"
    with pytest.raises(duebill.Refused) as caught:
        duebill.rate(rulebook, work)
    assert caught.value.name == "customer-unknown"
    with pytest.raises(duebill.ValidationError):
        rulebook.with_terms("[]")
