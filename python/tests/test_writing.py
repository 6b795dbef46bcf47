"""Values go into documents exactly, or not at all."""

import dataclasses
import enum
import json
import uuid
from collections import UserDict, namedtuple
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duebill

NEW_YORK = ZoneInfo("America/New_York")
Pair = namedtuple("Pair", "left right")


def written(value: object) -> str:
    return duebill.to_json({"v": value}).decode().removeprefix('{"v":').removesuffix("}")


class Loud(str):
    """Lies about itself wherever Python lets it."""

    def __str__(self) -> str:
        return "lie"

    def __len__(self) -> int:
        return 10**9

    def __iter__(self) -> Iterator[str]:
        return iter("lie")


class Level(enum.IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("12.50"), '"12.50"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("-1E-8"), '"-0.00000001"'),
        (Decimal("-0.00"), '"0.00"'),
        (Decimal("9" * 28), '"' + "9" * 28 + '"'),
        (Decimal("0." + "0" * 27 + "1"), '"0.' + "0" * 27 + '1"'),
        (12, "12"),
        (-(2**53) + 1, "-9007199254740991"),
        (Level.HIGH, "3"),
        (True, "true"),
        (None, "null"),
        (date(2026, 1, 31), '"2026-01-31"'),
        (datetime(2026, 1, 31, 12, tzinfo=timezone.utc), '"2026-01-31T12:00:00Z"'),
        (datetime(2026, 1, 31, 12, 0, 0, 1, timezone.utc), '"2026-01-31T12:00:00.000001Z"'),
        (datetime(2026, 1, 31, 12, tzinfo=timezone(timedelta(hours=5, minutes=30))), '"2026-01-31T06:30:00Z"'),
        (datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=0), '"2026-11-01T05:30:00Z"'),
        (datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1), '"2026-11-01T06:30:00Z"'),
        ('a"\\\n\u0001\u2028é😀', '"a\\"\\\\\\n\\u0001\u2028é😀"'),
        (Loud("truth"), '"truth"'),
        ([1, "a", []], '[1,"a",[]]'),
        ((1, 2), "[1,2]"),
        ({"a": {"b": Decimal(1)}}, '{"a":{"b":"1"}}'),
        (UserDict(a=1), '{"a":1}'),
    ],
)
def test_what_has_an_exact_form_is_written_so(value: object, text: str) -> None:
    assert written(value) == text


@pytest.mark.parametrize(
    ("value", "name", "also"),
    [
        (0.1, "float-refused", TypeError),
        (float("nan"), "float-refused", TypeError),
        (Decimal("NaN"), "decimal-not-finite", ValueError),
        (Decimal("sNaN"), "decimal-not-finite", ValueError),
        (Decimal("-Infinity"), "decimal-not-finite", ValueError),
        (Decimal("1" * 29), "decimal-too-long", ValueError),
        (Decimal("1E+28"), "decimal-too-long", ValueError),
        (Decimal("1E-29"), "decimal-too-long", ValueError),
        (Decimal("1E+999999"), "decimal-too-long", ValueError),
        (Decimal("0E+999999"), "decimal-too-long", ValueError),
        (2**53, "integer-too-large", ValueError),
        pytest.param(10**5000, "integer-too-large", ValueError, id="huge"),
        (datetime(2026, 1, 1), "datetime-naive", ValueError),
        (datetime(2026, 3, 8, 2, 30, tzinfo=NEW_YORK), "datetime-absent", ValueError),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=1))), "datetime-out-of-range", ValueError),
        (time(12), "value-type", TypeError),
        (timedelta(1), "value-type", TypeError),
        (b"bytes", "value-type", TypeError),
        ({1, 2}, "value-type", TypeError),
        (uuid.UUID(int=1), "value-type", TypeError),
        (1j, "value-type", TypeError),
        (Pair(1, 2), "value-type", TypeError),
        (object(), "value-type", TypeError),
        (Level, "value-type", TypeError),
        ("\ud800", "text-surrogate", ValueError),
        ({1: 2}, "key-type", TypeError),
        ({"\udfff": 2}, "text-surrogate", ValueError),
    ],
)
def test_what_has_none_is_refused_with_its_place(value: object, name: str, also: type[Exception]) -> None:
    with pytest.raises(duebill.ValidationError) as caught:
        duebill.to_json({"lines": [{"a/b": value}]})
    assert isinstance(caught.value, also)
    assert caught.value.name == name
    assert caught.value.pointer.startswith("/lines/0/a~1b")
    assert caught.value.pointer in str(caught.value)


def test_a_float_is_shown_the_way_out() -> None:
    with pytest.raises(TypeError, match=r"at /net: .*duebill\.money_column"):
        duebill.to_json({"net": 12.5})


def test_all_findings_come_together() -> None:
    with pytest.raises(duebill.ValidationError) as caught:
        duebill.to_json({"a": 0.5, "b": [Decimal("NaN"), "fine", datetime(2026, 1, 1)]})
    assert [finding.path for finding in caught.value.findings] == ["/a", "/b/0", "/b/2"]
    assert str(caught.value).endswith("(and 2 more)")


def test_findings_are_bounded() -> None:
    with pytest.raises(duebill.ValidationError) as caught:
        duebill.to_json({"column": [0.5] * 100_000})
    assert len(caught.value.findings) == 100


def test_depth_is_bounded() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(duebill.ValidationError, match="nested deeper"):
        duebill.to_json({"v": endless})


@pytest.mark.parametrize("document", [b'{"a":1}', bytearray(b'{"a":1}'), memoryview(b'{"a":1}'), '{"a":1}'])
def test_json_goes_to_the_core_as_it_is(document: duebill.Json) -> None:
    assert duebill.to_json(document) == b'{"a":1}'


@pytest.mark.parametrize("document", [None, 1, 1.5, ["a"], object(), dict])
def test_what_is_no_document_is_a_type_error(document: Any) -> None:
    with pytest.raises(TypeError):
        duebill.to_json(document)


@pytest.mark.parametrize("document", ["\ud800", '{"a":"\udfff"}'])
def test_text_with_a_lone_surrogate_is_a_value_error(document: str) -> None:
    with pytest.raises(duebill.ValidationError):
        duebill.to_json(document)


def test_a_key_given_twice_reaches_the_core_twice() -> None:
    class Twice(Mapping[str, object]):
        def __getitem__(self, key: str) -> object:
            return 1

        def __iter__(self) -> Iterator[str]:
            return iter(["a", "a"])

        def __len__(self) -> int:
            return 2

    assert duebill.to_json(Twice()) == b'{"a":1,"a":1}'


def test_dataclasses_and_document_classes_are_documents() -> None:
    @dataclasses.dataclass
    class Line:
        net: Decimal
        note: str | None = None

    class Paid(msgspec.Struct, tag_field="kind", tag="paid", kw_only=True):
        from_: date = msgspec.field(name="from")
        note: str | None = None

    assert duebill.to_json(Line(Decimal("1.50"))) == b'{"net":"1.50"}'
    assert duebill.to_json(Line(Decimal("1.50"), "x")) == b'{"net":"1.50","note":"x"}'
    assert duebill.to_json(Paid(from_=date(2026, 1, 1))) == b'{"kind":"paid","from":"2026-01-01"}'
    assert duebill.to_json({"m": duebill.Money(3, "USD")}) == b'{"m":{"amount":"3.00","currency":"USD"}}'


class Item(msgspec.Struct, kw_only=True):
    net: Decimal = Decimal(0)
    fee: Decimal | None = None
    due: date = date(2026, 1, 31)
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    count: int = 0


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"net": 12, "fee": 3}, '"net":"12","fee":"3","due":"2026-01-31","count":0'),
        ({"fee": Decimal("0.10")}, '"net":"0","fee":"0.10","due":"2026-01-31","count":0'),
        (
            {"at": datetime(2026, 1, 31, tzinfo=timezone.utc)},
            '"net":"0","due":"2026-01-31","at":"2026-01-31T00:00:00Z","count":0',
        ),
    ],
)
def test_a_field_of_a_document_class_is_known(fields: dict[str, Any], text: str) -> None:
    assert duebill.to_json(Item(**fields)).decode() == "{" + text + "}"


@pytest.mark.parametrize(
    "fields",
    [
        {"net": 0.5},
        {"net": True},
        {"fee": "1.00"},
        {"due": datetime(2026, 1, 31, tzinfo=timezone.utc)},
        {"due": "2026-01-31"},
        {"at": date(2026, 1, 31)},
        {"at": 0},
    ],
)
def test_a_field_of_a_document_class_takes_its_own_type_only(fields: dict[str, Any]) -> None:
    with pytest.raises(duebill.WrongType) as caught:
        duebill.to_json({"items": [Item(**fields)]})
    assert caught.value.pointer == f"/items/0/{next(iter(fields))}"


@given(st.decimals())
def test_every_decimal_is_exact_or_refused(amount: Decimal) -> None:
    try:
        text = json.loads(written(amount))
    except duebill.ValidationError:
        return
    assert Decimal(text) == amount
    assert "E" not in text and "+" not in text


@given(st.text())
def test_every_text_is_itself(text: str) -> None:
    assert json.loads(written(text)) == text


@given(st.datetimes(timezones=st.timezones()))
def test_every_instant_is_itself_or_refused(instant: datetime) -> None:
    try:
        text = json.loads(written(instant))
    except duebill.ValidationError:
        return
    assert datetime.fromisoformat(text.replace("Z", "+00:00")) == instant.astimezone(timezone.utc)
