"""Python values to JSON documents, exactly or not at all."""

from __future__ import annotations

import dataclasses
import itertools
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timezone
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, ClassVar, Protocol, TypeAlias, Union

import msgspec

from duebill.document import Document
from duebill.errors import Finding, ValidationError, WrongType, from_findings

__all__ = ["Json", "to_json"]


class Dataclass(Protocol):
    """An instance of any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


Json: TypeAlias = Union[bytes, bytearray, memoryview, str, Mapping[str, object], msgspec.Struct, Dataclass]
"""What is taken for a document.

Bytes and `str` are JSON already and go to the core as they are. A mapping, a dataclass or a class of
`duebill.documents` is written out: `Decimal` as its plain digits, `date` and aware `datetime` as
RFC 3339 (UTC, microseconds kept), `int` as a JSON integer, `str`, `bool`, `None`, lists and tuples.
Amounts are `Decimal` or `str`: an `int` stays a number, since only the core knows what is an amount. The
fields of `duebill.documents` are known: there an amount is `Decimal` or an `int` of whole major units, a
date is no datetime, and an instant is a datetime.
"""

DIGITS = 28
"""The most digits a decimal may have: as many as the core's type holds in every case."""

INTEGER = 2**53 - 1
"""The largest integer that every reader of JSON holds exactly."""

DEPTH = 100
"""The most levels of a document."""

FINDINGS = 100
"""The most findings that are collected before giving up."""


def to_json(document: Json) -> bytes:
    """The UTF-8 JSON of a document; see `Json` for what is taken.

    Raises `ValidationError` (or `WrongType`, which is also a `TypeError`) with a finding for every value
    that can not be written exactly: floats, NaN, naive datetimes, more than 28 digits, lone surrogates,
    keys that are no strings.
    """
    if isinstance(document, Document):
        return document.raw
    if isinstance(document, (bytes, bytearray, memoryview)):
        return bytes(document)
    writer = _Writer()
    if isinstance(document, str):
        writer.text(document)
        content = str.__str__(document)
    else:
        writer.document(document)
        content = "".join(writer.parts)
    writer.finish()
    return content.encode()


def decimal_text(amount: Decimal) -> str:
    """Plain notation of a finite decimal, every digit kept, no exponent; zero has no sign."""
    digits = format(amount, "f")
    return digits[1:] if digits.startswith("-") and not digits.strip("-0.") else digits


def decimal_fault(amount: Decimal) -> tuple[str, str] | None:
    """Why a decimal has no place in a document, as a finding's name and message."""
    _, digits, exponent = Decimal.as_tuple(amount)
    if not isinstance(exponent, int):
        return "decimal-not-finite", "NaN and infinity are no amounts"
    length = max(len(digits), -exponent) + max(exponent, 0)
    if length > DIGITS:
        return "decimal-too-long", f"{length} digits where at most {DIGITS} are exact: round it first"
    return None


def instant_fault(instant: datetime) -> tuple[str, str] | None:
    """Why a datetime is no instant, as a finding's name and message."""
    if instant.utcoffset() is None:
        return "datetime-naive", "a datetime without a zone is no instant: give it a tzinfo"
    if getattr(instant, "nanosecond", 0):
        return "datetime-too-fine", "nanoseconds would be lost: round it to microseconds first"
    try:
        back = instant.astimezone(timezone.utc).astimezone(instant.tzinfo)
    except OverflowError:
        return "datetime-out-of-range", "its instant in UTC lies outside the years 1 to 9999"
    if back.replace(tzinfo=None) != instant.replace(tzinfo=None):
        return "datetime-absent", "this local time was skipped by its zone's clock change: say which instant is meant"
    return None


def instant_text(instant: datetime) -> str:
    """RFC 3339 in UTC, with microseconds where there are any."""
    utc = instant.astimezone(timezone.utc).replace(tzinfo=None)
    return datetime.isoformat(utc) + "Z"


class _Writer:
    """Writes one document into `parts`, collecting a finding for whatever has no exact form."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.path: list[str | int] = []
        self.findings: list[Finding] = []
        self.kind: type[ValidationError] = ValidationError

    def finish(self) -> None:
        """Raises what was found."""
        if self.findings:
            raise from_findings(self.findings, self.kind)

    def refuse(self, name: str, message: str, kind: type[ValidationError] = ValidationError) -> None:
        pointer = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in self.path)
        pointer = pointer.encode("utf-8", "backslashreplace").decode()
        if not self.findings:
            self.kind = kind
        self.findings.append(Finding(0, name, message, pointer))
        if len(self.findings) >= FINDINGS:
            self.finish()

    def document(self, document: object) -> None:
        if isinstance(document, Mapping):
            self.members((key, value, None) for key, value in document.items())
        elif (fields := _fields(document)) is not None:
            self.members(fields)
        else:
            kind = type(document).__name__
            self.refuse("document-type", f"a {kind} is no document: give JSON, a mapping or a dataclass", WrongType)

    def members(self, items: Iterable[tuple[object, object, type | None]]) -> None:
        first = True
        self.parts.append("{")
        for key, value, wanted in items:
            if not isinstance(key, str):
                self.path.append(repr(key))
                self.refuse("key-type", f"a key is a str, not {type(key).__name__}", WrongType)
                self.path.pop()
                continue
            self.path.append(str.__str__(key))
            self.parts.append("" if first else ",")
            self.text(key)
            self.parts.append(":")
            self.value(value) if wanted is None else self.field(value, wanted)
            self.path.pop()
            first = False
        self.parts.append("}")

    def field(self, value: object, wanted: type) -> None:
        """A field that is known to be an amount, a date or an instant."""
        if wanted is Decimal and type(value) is int:
            value = Decimal(value)
        fits = isinstance(value, wanted) and not (wanted is date and isinstance(value, datetime))
        if fits or value is None:
            self.value(value)
        elif isinstance(value, float):
            self.refuse(*_way_out(value), WrongType)
        else:
            expected = "Decimal, or an int of whole units" if wanted is Decimal else wanted.__name__
            self.refuse("field-type", f"this field is a {expected}, not a {type(value).__name__}", WrongType)

    def elements(self, values: list[object] | tuple[object, ...]) -> None:
        self.parts.append("[")
        for index, value in enumerate(values):
            self.path.append(index)
            if index:
                self.parts.append(",")
            self.value(value)
            self.path.pop()
        self.parts.append("]")

    def text(self, text: str) -> None:
        content = str.__str__(text)
        try:
            content.encode()
        except UnicodeEncodeError as error:
            self.refuse("text-surrogate", f"a lone surrogate at index {error.start} is no character")
        self.parts.append(encode_basestring(content))

    def integer(self, value: int) -> None:
        if abs(value) <= INTEGER:
            self.parts.append(str(value))
        else:
            self.refuse("integer-too-large", "beyond 2**53 - 1 a JSON number is not exact: give it as str")

    def scalar(self, fault: tuple[str, str] | None, text: Callable[[], str]) -> None:
        if fault is None:
            self.parts.append(f'"{text()}"')
        else:
            self.refuse(*fault)

    def value(self, value: object) -> None:
        if isinstance(value, str):
            return self.text(value)
        if value is None or value is True or value is False:
            return self.parts.append("null" if value is None else "true" if value else "false")
        if isinstance(value, int):
            return self.integer(int(value))
        if isinstance(value, Decimal):
            return self.scalar(decimal_fault(value), lambda: decimal_text(value))
        if isinstance(value, datetime):
            return self.scalar(instant_fault(value), lambda: instant_text(value))
        if isinstance(value, date):
            return self.parts.append(f'"{date.isoformat(value)}"')
        if len(self.path) >= DEPTH:
            return self.refuse("document-depth", f"nested deeper than {DEPTH} levels")
        if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
            return self.elements(value)
        if isinstance(value, Mapping) or _fields(value) is not None:
            return self.document(value)
        return self.refuse(*_way_out(value), WrongType)


def _fields(value: object) -> Iterable[tuple[str, object, type | None]] | None:
    """The members of a dataclass or a document class; one left at its default, `None` or empty, is left out."""
    if isinstance(value, msgspec.Struct):
        tag, fields = _struct_fields(type(value))
        members = ((name, getattr(value, attribute), kind, default) for name, attribute, kind, default in fields)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        tag = ()
        members = ((each.name, getattr(value, each.name), None, each.default) for each in dataclasses.fields(value))
    else:
        return None
    present = (
        (name, member, kind)
        for name, member, kind, default in members
        if member is not default or default not in (None, ())
    )
    return itertools.chain(tag, present)


_Tag: TypeAlias = tuple[tuple[str, object, None], ...]
_Field: TypeAlias = tuple[str, str, Union[type, None], object]
_STRUCTS: dict[type[msgspec.Struct], tuple[_Tag, tuple[_Field, ...]]] = {}


def _struct_fields(kind: type[msgspec.Struct]) -> tuple[_Tag, tuple[_Field, ...]]:
    """The tag of a document class, and name, attribute, checked type and default of its fields; once a class."""
    if kind not in _STRUCTS:
        config = kind.__struct_config__
        tag: _Tag = ((config.tag_field, config.tag, None),) if config.tag_field else ()
        fields = msgspec.structs.fields(kind)
        _STRUCTS[kind] = tag, tuple((each.encode_name, each.name, _checked(each.type), each.default) for each in fields)
    return _STRUCTS[kind]


def _checked(annotation: object) -> type | None:
    """The type of an amount, a date or an instant, also where it is annotated or may be `None`."""
    kinds = [each for each in typing.get_args(annotation) if each is not type(None)]
    if (
        typing.get_origin(annotation) is typing.Annotated
        or len(kinds) == 1
        and type(None) in typing.get_args(annotation)
    ):
        return _checked(kinds[0])
    return next((kind for kind in (Decimal, datetime, date) if annotation is kind), None)


def _way_out(value: object) -> tuple[str, str]:
    """Name and message for a value of a type that no document holds: what to give instead."""
    kind = type(value).__name__
    if isinstance(value, float):
        return (
            "float-refused",
            "a float is no exact amount: give a Decimal, or convert a column with duebill.money_column(values, digits)",
        )
    if isinstance(value, tuple):
        return "value-type", f"{kind} may mean a list or a mapping: give list(value) or value._asdict()"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "value-type", f"{kind} is no text: decode it, or give its hexadecimal digits"
    if hasattr(value, "__index__"):
        return "value-type", f"a {kind} is no plain integer: give int(value)"
    return (
        "value-type",
        f"a {kind} has no place in a document: give str, int, Decimal, date, aware datetime, bool, None, a list or "
        "a mapping",
    )
