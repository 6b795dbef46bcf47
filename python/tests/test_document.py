"""Answers are read-only, hashable, picklable and keep their bytes."""

import copy
import hashlib
import json
import pickle
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import duebill

RAW = '{"lines":[{"id":"l1","net":"12.50"},{"id":"l2","net":"0.00"}],"seq":3,"til/de~":"é"}'.encode()
DOCUMENT = duebill.Document(RAW)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def test_it_is_a_mapping_that_reads_deep() -> None:
    assert DOCUMENT["seq"] == 3
    assert list(DOCUMENT) == ["lines", "seq", "til/de~"]
    assert DOCUMENT.at("/lines/1/net") == "0.00"
    assert DOCUMENT.at("/til~1de~0") == "é"
    assert DOCUMENT.at("") is DOCUMENT
    assert DOCUMENT == json.loads(RAW)
    assert DOCUMENT.plain() == json.loads(RAW)


@pytest.mark.parametrize("pointer", ["/nothing", "/lines/2", "/lines/-1", "/lines/x", "/seq/0"])
def test_a_pointer_to_nothing_is_a_key_error(pointer: str) -> None:
    with pytest.raises(KeyError):
        DOCUMENT.at(pointer)


def test_it_keeps_its_bytes_and_those_of_its_parts() -> None:
    first = DOCUMENT.at("/lines/0")
    assert isinstance(first, duebill.Document)
    assert DOCUMENT.raw is RAW
    assert first.raw == b'{"id":"l1","net":"12.50"}'
    assert hashlib.sha256(first.raw).digest() == hashlib.sha256(RAW[10:35]).digest()


def test_it_is_frozen() -> None:
    with pytest.raises(AttributeError):
        DOCUMENT.raw = b"{}"
    with pytest.raises(AttributeError):
        del DOCUMENT.raw
    with pytest.raises(TypeError):
        DOCUMENT["seq"] = 4  # type: ignore[index]


def test_it_hashes_pickles_and_copies() -> None:
    other = duebill.Document(
        b'{ "til/de~": "\\u00e9", "seq": 3, "lines": ' + json.dumps(json.loads(RAW)["lines"]).encode() + b"}"
    )
    assert {DOCUMENT: 1}[other] == 1
    back = pickle.loads(pickle.dumps(DOCUMENT))
    assert back == DOCUMENT and back.raw == RAW
    assert copy.deepcopy(DOCUMENT) is DOCUMENT


@given(st.dictionaries(st.text(), JSON))
def test_parts_are_rendered_as_the_core_renders_them(value: dict[str, object]) -> None:
    raw = json.dumps({"part": value}, ensure_ascii=False, separators=(",", ":")).encode()
    part = duebill.Document(raw)["part"]
    assert isinstance(part, duebill.Document)
    assert b'{"part":' + part.raw + b"}" == raw
    assert hash(part) == hash(pickle.loads(pickle.dumps(part)))


def test_it_decodes_into_a_class() -> None:
    class Line(msgspec.Struct, frozen=True):
        net: Decimal
        due: date

    assert duebill.Document(b'{"due":"2026-01-31","net":"1.50"}').to(Line) == Line(Decimal("1.50"), date(2026, 1, 31))
    with pytest.raises(TypeError, match="not a Line"):
        DOCUMENT.to(Line)


@pytest.mark.parametrize("raw", [b"[]", b'{"a":1.5}', b'{"a":NaN}'])
def test_what_the_core_never_says_is_not_taken(raw: bytes) -> None:
    with pytest.raises(TypeError):
        dict(duebill.Document(raw))
