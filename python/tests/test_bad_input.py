"""Bad input at the edge of Python, against the real core: what is said, where, and that nothing changes."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pytest
import scenes

import duebill
from duebill import Money, documents

Change = Callable[[dict[str, Any]], object]


def changed(document: dict[str, Any], pointer: str, value: object) -> dict[str, Any]:
    """A copy with another value at a pointer."""
    copy: Any = json.loads(json.dumps(document))
    *steps, last = pointer.split("/")[1:]
    place = copy
    for step in steps:
        place = place[int(step) if isinstance(place, list) else step]
    place[int(last) if isinstance(place, list) else last] = value
    return dict(copy)


def found(error: duebill.DuebillError) -> set[tuple[str, str]]:
    return {(finding.name, finding.path) for finding in error.findings}


RECEIVE = scenes.receive("TX-1", "100.00", "INV-2026-0001")
AMOUNT = "/action/entry/receipts/0/amount"
START = "/action/entries/0/work/start"


@pytest.mark.parametrize(
    ("value", "kind", "name"),
    [
        (100.0, duebill.WrongType, "float-refused"),
        (float("inf"), duebill.WrongType, "float-refused"),
        (Decimal("NaN"), duebill.ValidationError, "decimal-not-finite"),
        (Decimal("1" * 29), duebill.ValidationError, "decimal-too-long"),
        (datetime(2026, 2, 20, 12), duebill.ValidationError, "datetime-naive"),
        (100, duebill.ValidationError, "wrong-type"),
        (True, duebill.ValidationError, "wrong-type"),
        (None, duebill.ValidationError, "wrong-type"),
        ("1e2", duebill.ValidationError, "number-form"),
        ("1E+2", duebill.ValidationError, "number-form"),
        ("+1", duebill.ValidationError, "number-form"),
        ("1_000", duebill.ValidationError, "number-form"),
        ("1.", duebill.ValidationError, "number-form"),
        ("\u0661", duebill.ValidationError, "number-form"),
        ("1" * 29, duebill.ValidationError, "number-range"),
        ("99999999999999999999", duebill.ValidationError, "amount-overflow"),
        (Decimal("100.001"), duebill.ValidationError, "precision"),
    ],
)
def test_an_amount_is_exact_or_named(
    value: object, kind: type[duebill.ValidationError], name: str, rulebook: duebill.Rulebook
) -> None:
    book = duebill.CashBook(seller="northwind", id="bank")
    command = json.loads(json.dumps(RECEIVE))
    command["action"]["entry"]["receipts"][0]["amount"] = value
    with pytest.raises(kind) as caught:
        book.decide(rulebook, command)
    assert type(caught.value) is kind
    assert (caught.value.name, caught.value.pointer) == (name, AMOUNT)
    assert isinstance(caught.value, ValueError) and book.head().seq == 0


def test_a_float_names_the_way_out_and_the_way_out_works(rulebook: duebill.Rulebook) -> None:
    book = duebill.CashBook(seller="northwind", id="bank")
    command = json.loads(json.dumps(RECEIVE))
    command["action"]["entry"]["receipts"][0]["amount"] = 100.0
    with pytest.raises(TypeError, match=r"duebill\.money_column\(values, digits\)"):
        book.decide(rulebook, command)
    (amount,) = duebill.money_column([100.0], 2).amounts
    command["action"]["entry"]["receipts"][0]["amount"] = amount
    assert book.decide(rulebook, command).seq == 1


def test_a_float_in_a_document_class_names_it_too(rulebook: duebill.Rulebook) -> None:
    receipt = documents.Receipt(id="R-1", amount=12.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"at /receipts/0/amount: .*duebill\.money_column"):
        duebill.to_json({"receipts": [receipt]})


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (datetime(2026, 1, 12, 9), "datetime-naive"),
        (1768208400.0, "float-refused"),
        (1768208400, "wrong-type"),
        (date(2026, 1, 12), "instant-form"),
        ("2026-01-12T09:00:00", "instant-form"),
        ("2026-02-29T09:00:00Z", "date-form"),
        ("2026-01-12T24:00:00Z", "instant-form"),
    ],
)
def test_an_instant_has_a_zone_or_is_named(
    value: object, name: str, account: duebill.Account, rulebook: duebill.Rulebook
) -> None:
    command = scenes.capture()
    command["action"]["entries"][0]["work"]["start"] = value
    with pytest.raises(duebill.ValidationError) as caught:
        account.decide(rulebook, command)
    assert caught.value.pointer == START
    assert caught.value.name == name or (name, caught.value.name) == ("date-form", "instant-form")


def test_currencies_never_mix(rulebook: duebill.Rulebook) -> None:
    with pytest.raises(duebill.ValidationError, match="EUR and USD never mix"):
        Money(1, "EUR") + Money(1, "USD")
    account = duebill.Account(seller="northwind", id="acme")
    for command in (scenes.sale(), scenes.bill()):
        account.apply(account.decide(rulebook, command))
    item = {"cash": "1.00", "currency": "USD", "item": "monthly:2026-01-31:EUR"}
    book = duebill.CashBook(seller="northwind", id="bank")
    book.apply(book.decide(rulebook, RECEIVE))
    reserve = {"account": "acme", "allocations": [item], "kind": "reserve", "receipt": "TX-1"}
    before = book.head()
    with pytest.raises(duebill.DuebillError) as caught:
        book.decide(rulebook, scenes.command("cash_book", "bank", "r", "2026-02-20", reserve))
    assert caught.value.name in ("receipt-currency", "allocation-currency") and book.head() == before


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda command: command.update(discuont=5), ("unknown-field", "/discuont")),
        (lambda command: command["action"].update(entrys=[]), ("unknown-field", "/action/entrys")),
        (lambda command: command.pop("stamp"), ("missing-field", "")),
        (lambda command: command.update(schema="duebill/command/2"), ("schema-version", "/schema")),
        (lambda command: command["action"].update(kind="bil"), ("unknown-word", "/action/kind")),
        (lambda command: command["action"].update(entries={}), ("wrong-type", "/action/entries")),
        (lambda command: command["action"]["tickets"][0].update(id=""), ("id-length", "/action/tickets/0/id")),
        (lambda command: command["action"]["entries"][0].update(note="a\0b"), ("control-character", "")),
    ],
)
def test_a_command_of_another_shape_is_not_valid(
    change: Change, expected: tuple[str, str], account: duebill.Account, rulebook: duebill.Rulebook
) -> None:
    command = scenes.capture()
    change(command)
    with pytest.raises(duebill.ValidationError) as caught:
        account.decide(rulebook, command)
    name, path = expected
    assert any(each == name and place.startswith(path) for each, place in found(caught.value)), found(caught.value)
    assert account.head().seq == 0


def test_a_key_given_twice_is_not_valid(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    class Twice(Mapping[str, object]):
        def __getitem__(self, key: str) -> object:
            return scenes.sale()[key]

        def __iter__(self) -> Iterator[str]:
            yield from [*scenes.sale(), "id"]

        def __len__(self) -> int:
            return len(scenes.sale()) + 1

    for document in (Twice(), '{"id":"a","id":"b"}', '{"id":"a","\\u0069d":"b"}'):
        with pytest.raises(duebill.ValidationError) as caught:
            account.decide(rulebook, document)
        assert (caught.value.name, caught.value.pointer) == ("duplicate-key", "/id")


@pytest.mark.parametrize("end", range(0, 600, 37))
def test_a_cut_document_is_not_valid(end: int, account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    with pytest.raises(duebill.ValidationError) as caught:
        account.decide(rulebook, duebill.to_json(scenes.capture())[:end])
    assert caught.value.name == "syntax"


@pytest.mark.parametrize("document", [b"\xff{}", "[" * 100_000, b'{"id":"\\ud800"}', b"{} {}", b"[]", b"null", b""])
def test_what_is_no_document_is_not_valid(document: duebill.Json) -> None:
    with pytest.raises(duebill.ValidationError) as caught:
        duebill.Rulebook.compile(document)
    assert 100 <= caught.value.code < 500


def test_time_that_ends_before_it_starts_is_refused_with_its_place(
    account: duebill.Account, rulebook: duebill.Rulebook
) -> None:
    command = changed(scenes.capture(), START, "2026-01-12T11:00:00Z")
    with pytest.raises(duebill.Refused) as caught:
        account.decide(rulebook, command)
    (finding,) = caught.value.findings
    assert (finding.code, finding.name, finding.subject) == (1001, "entry-ends-before-start", "E-1")
    assert finding.path == "/action/entries/0" and account.head().seq == 0


def test_a_rulebook_lists_everything_at_once() -> None:
    document = scenes.rulebook()
    document["policy"]["rates"].append({"currency": "EUR", "id": "eur-again", "value": "90"})
    document["policy"]["calendars"][0]["zone"] = "Mars/Base"
    document["terms"][0]["parent"] = "acme-berlin"
    document["terms"][2]["currency"] = "XQX"
    with pytest.raises(duebill.Refused) as caught:
        duebill.Rulebook.compile(document)
    assert {
        ("rates-equal", "/policy/rates/4"),
        ("zone-unknown", "/policy/calendars/0/zone"),
        ("parent-circular", "/terms/0/parent"),
        ("currency-unknown", "/terms/2/currency"),
    } <= found(caught.value)
    assert all(finding.message and finding.severity == "block" for finding in caught.value.findings)


def test_the_same_command_repeats_and_another_under_its_id_conflicts(
    account: duebill.Account, rulebook: duebill.Rulebook
) -> None:
    account.apply(account.decide(rulebook, scenes.sale()))
    later = changed(scenes.sale(), "/stamp/at", "2026-03-01T00:00:00Z")
    assert account.decide(rulebook, later).repeated  # the time is not part of what was asked
    with pytest.raises(duebill.Refused) as caught:
        account.decide(rulebook, scenes.sale(number="S-2"))
    assert (caught.value.code, caught.value.name) == (506, "command-conflict") and account.head().seq == 1


@pytest.fixture
def stored(account: duebill.Account, rulebook: duebill.Rulebook) -> list[tuple[str, bytes]]:
    """Four stored records of one account, as hash and bytes."""
    records = []
    for command in (scenes.sale(), scenes.capture(), scenes.bill(), scenes.sale("sell-2", "S-2", "2026-01-31")):
        decision = account.decide(rulebook, command)
        account.apply(decision)
        records.append((decision.hash, decision.record.raw))
    return records


def forged(record: tuple[str, bytes], change: Change) -> tuple[str, bytes]:
    """A record with other content under the hash of its new bytes."""
    content = json.loads(record[1])
    change(content)
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return hashlib.sha256(raw).hexdigest(), raw


Records = list[tuple[str, bytes]]


@pytest.mark.parametrize(
    ("damage", "seq", "name"),
    [
        (lambda r: [r[0], (r[1][0], r[1][1].replace(b"anna", b"hans")), r[2], r[3]], 2, "record-hash"),
        (lambda r: [r[0], forged(r[1], lambda c: c["stamp"].update(actor="x")), r[2], r[3]], 3, "previous-hash"),
        (lambda r: [r[0], r[2], r[1], r[3]], 2, "sequence-gap"),
        (lambda r: [r[0], r[2], r[3]], 2, "sequence-gap"),
        (lambda r: [r[0], r[0], *r[1:]], 2, "sequence-gap"),
        (lambda r: r[1:], 1, "sequence-gap"),
        (lambda r: r[:3], 4, "log-truncated"),
        (lambda r: [*r[:3], forged(r[3], lambda c: c["stamp"].update(actor="x"))], 4, "head-mismatch"),
    ],
    ids=["altered", "rewritten", "swapped", "missing", "twice", "first gone", "cut", "last rewritten"],
)
def test_damage_is_found_by_verify_and_by_loading(
    damage: Callable[[Records], Records], seq: int, name: str, stored: Records, account: duebill.Account
) -> None:
    assert duebill.verify(stored, account.head())["verdict"] == "consistent"
    verdict = duebill.verify(damage(stored), account.head())
    assert (verdict["verdict"], verdict["seq"], verdict.at("/finding/name")) == ("broken", seq, name)
    if name not in ("log-truncated", "head-mismatch"):  # these only a saved head can tell
        log = duebill.Account(seller="northwind", id="acme")
        with pytest.raises(duebill.Refused) as caught:
            for hash, record in damage(stored):
                log.replay(record, hash)
        assert caught.value.name == name and log.head().seq == seq - 1


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda record: record["events"][0].update(kind="teleported"), "record-kind"),
        (lambda record: record.update(version=2), "record-version"),
        (lambda record: record["log"].update(seller="other"), "log-mismatch"),
    ],
)
def test_a_record_from_elsewhere_is_refused_and_changes_nothing(change: Change, name: str, stored: Records) -> None:
    log = duebill.Account(seller="northwind", id="acme")
    log.replay(stored[0][1], stored[0][0])
    before = log.head()
    hash, record = forged(stored[1], change)
    with pytest.raises(duebill.Refused) as caught:
        log.replay(record, hash)
    assert caught.value.name == name and log.head() == before
    log.replay(stored[1][1], stored[1][0])
    assert log.head().seq == 2


def test_texts_that_were_changed_beside_a_record_are_refused(
    account: duebill.Account, rulebook: duebill.Rulebook
) -> None:
    decision = account.decide(rulebook, scenes.capture())
    other = decision.detached.raw.replace(b"Printer on fire", b"Printer is fine")
    assert other != decision.detached.raw
    with pytest.raises(duebill.Refused) as caught:
        account.replay(decision.record.raw, decision.hash, other)
    assert caught.value.name == "detached-mismatch" and account.head().seq == 0
    account.replay(decision.record.raw, decision.hash)  # erased texts are no damage
    assert account.head().seq == 1
