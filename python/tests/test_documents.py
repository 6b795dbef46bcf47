"""The generated classes against the real core: what they write is taken, what it answers they read."""

import inspect
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import msgspec
import pytest
import scenes

import duebill
from duebill import documents

STAMP = documents.Stamp(
    actor="clara", at=datetime(2026, 1, 31, 12, tzinfo=timezone.utc), effective=date(2026, 1, 31), role="billing"
)
ADDRESS = documents.LogAddress(id="acme", kind="account", seller="northwind")
BERLIN = timezone(timedelta(hours=1))


def time(id: str, begin: datetime, end: datetime) -> documents.Entry:
    return documents.Entry(
        id=id, agent="anna", note=f"worked on {id}", ticket="T-1", work=documents.Time(start=begin, end=end)
    )


def capture(**changed: Any) -> documents.CommandAccount:
    begin = datetime(2026, 1, 12, 10, tzinfo=BERLIN)
    fields: dict[str, Any] = {
        "action": documents.Capture(
            entries=[time("E-1", begin, begin + timedelta(hours=1))],
            tickets=[documents.Ticket(id="T-1", customer="acme", closed=datetime(2026, 1, 20, tzinfo=BERLIN))],
        ),
        "id": "capture-1",
        "log": ADDRESS,
        "salt": "0" * 32,
        "stamp": STAMP,
        **changed,
    }
    return documents.CommandAccount(**fields)


def test_commands_are_documents(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    decision = account.decide(rulebook, capture())
    account.apply(decision)
    decided = decision.to(documents.Recorded)
    assert (decided.seq, decided.hash) == (1, decision.hash)
    record = decision.record.to(documents.RecordAccount)
    (event,) = record.events
    assert isinstance(event, documents.Captured)
    assert isinstance(event.entries[0].work, documents.Time)
    assert event.entries[0].work.start == datetime(2026, 1, 12, 9, tzinfo=timezone.utc)
    assert isinstance(event.entries[0].note, documents.Sealed)
    assert account.decide(rulebook, capture()).to(documents.Repeated).seq == 1


def test_amounts_in_classes_are_decimals_or_whole_units(rulebook: duebill.Rulebook) -> None:
    book = duebill.CashBook(seller="northwind", id="bank")
    line = documents.StatementEntry(
        amount=Decimal("12.50"),
        currency="EUR",
        id="TX-1",
        receipts=[documents.Receipt(id="R-1", amount=12), documents.Receipt(id="R-2", amount=Decimal("0.50"))],  # type: ignore[arg-type]
        value_date=date(2026, 2, 20),
    )
    command = documents.CommandCashBook(
        action=documents.Receive(entry=line),
        id="c1",
        log=documents.LogAddress(id="bank", kind="cash_book", seller="northwind"),
        stamp=STAMP,
    )
    book.apply(book.decide(rulebook, command))
    view = book.report(rulebook, documents.QuestionCashBook(as_of=date(2026, 2, 20))).to(documents.CashBookView)
    assert [(receipt.id, str(receipt.amount)) for receipt in view.receipts] == [("R-1", "12.00"), ("R-2", "0.50")]


def test_a_rulebook_goes_through_the_classes_and_stays_the_same(rulebook: duebill.Rulebook) -> None:
    typed = duebill.Document(scenes.RULEBOOK.read_bytes()).to(documents.Rulebook)
    again = duebill.Rulebook.compile(typed)
    book = {"kind": "account", "as_of": "2026-01-31"}
    left, right = (duebill.Account(seller="northwind", id="acme") for _ in range(2))
    first, second = left.decide(rulebook, scenes.sale()), right.decide(again, scenes.sale())
    assert first.raw == second.raw  # the digests of policy and terms stand in it
    assert left.report(rulebook, book) == right.report(again, book)


def test_every_answer_of_a_month_reads_into_its_class(rulebook: duebill.Rulebook) -> None:
    kinds = {"account": documents.RecordAccount, "cash_book": documents.RecordCashBook}
    logs: dict[str, duebill.Log] = {}
    waiting = [scenes.sale(), scenes.capture(), scenes.bill(), scenes.receive("TX-1", "100.00", "INV-2026-0001")]
    seen = set()
    while waiting:
        command = waiting.pop(0)
        address = command["log"]
        log = logs.setdefault(f"{address['kind']}/{address['id']}", duebill.Log(address))
        decision = log.decide(rulebook, command)
        log.apply(decision)
        decided = decision.to(documents.Recorded)
        waiting += [dict(intent.command) for intent in decided.intents]
        kind: Any = kinds.get(address["kind"], documents.RecordSeries)
        record = decision.record.to(kind)
        assert duebill.Log(address).head().seq == 0 and record.seq == decision.seq
        seen |= {type(event).__name__ for event in record.events}
    assert {"AccountEventBlockSold", "Captured", "Drafted", "Received"} <= seen
    question = documents.QuestionAccount(as_of=date(2026, 1, 31))
    view = logs["account/acme"].report(rulebook, question).to(documents.AccountView)
    line = view.invoices[0].lines[0].id
    explained = logs["account/acme"].report(rulebook, documents.QuestionExplain(line=line)).to(documents.Explanation)
    assert explained.charges


@pytest.mark.parametrize("note", [1, 1.5, ["a"]])
def test_a_field_of_the_wrong_type_is_an_error_with_its_place(
    note: Any, account: duebill.Account, rulebook: duebill.Rulebook
) -> None:
    entry = msgspec.structs.replace(time("E-1", STAMP.at, STAMP.at), note=note)
    with pytest.raises(duebill.DuebillError) as caught:
        account.decide(rulebook, capture(action=documents.Capture(entries=[entry])))
    assert caught.value.pointer == "/action/entries/0/note"


def test_every_class_is_documented_and_every_kind_of_document_has_one() -> None:
    classes = [getattr(documents, name) for name in documents.__all__]
    assert all(inspect.getdoc(each) for each in classes if inspect.isclass(each))
    assert {"Rulebook", "CommandAccount", "RecordSeries", "Refusal", "WorkDocument", "AgingRequest"} <= {
        *documents.__all__
    }
