"""What the core answers: read-only documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias, TypeVar, Union

import msgspec

__all__ = ["Document", "Value"]

Value: TypeAlias = Union[str, int, bool, None, "Document", tuple["Value", ...]]
"""A value in an answer. Amounts, dates and instants stay the text the core wrote."""

T = TypeVar("T")
Parsed = TypeVar("Parsed", bound="Document")


class Document(Mapping[str, Value]):
    """A JSON object of the core: a read-only mapping that keeps its exact bytes.

    It is hashable, compares by content with any mapping, and pickles as its bytes. Objects within it
    are documents too, arrays are tuples, numbers are always `int`.
    """

    __slots__ = ("_values", "raw")

    raw: bytes
    """The canonical JSON (RFC 8785, UTF-8): what a record's hash is the SHA-256 of."""
    _values: dict[str, Value] | None

    def __init__(self, raw: bytes) -> None:
        """Wraps the bytes of one JSON object; each level of it is parsed at the first look inside."""
        object.__setattr__(self, "raw", raw)
        object.__setattr__(self, "_values", None)

    def plain(self) -> dict[str, object]:
        """A copy made of plain `dict` and `list`, for libraries that insist on them."""
        return {key: _plain(value) for key, value in self._parsed().items()}

    def to(self, kind: type[T]) -> T:
        """Decodes into a class of `duebill.documents`: with `Decimal`, `date` and aware `datetime`."""
        try:
            return msgspec.json.decode(self.raw, type=kind)
        except msgspec.ValidationError as error:
            raise TypeError(f"this document is not a {kind.__name__}: {error}") from error

    def at(self, pointer: str) -> Value:
        """The value at a JSON pointer (RFC 6901), `/lines/0/net`; `KeyError` where nothing stands."""
        value: Value = self
        for step in pointer.split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            if isinstance(value, Document) and key in value:
                value = value[key]
            elif isinstance(value, tuple) and key.isdecimal() and int(key) < len(value):
                value = value[int(key)]
            else:
                raise KeyError(pointer)
        return value

    def _typed(self, key: str, kind: type[T]) -> T:
        value = self[key]
        if not isinstance(value, kind):
            raise TypeError(f"{key} is a {type(value).__name__}, not a {kind.__name__}")
        return value

    def _parsed(self) -> dict[str, Value]:
        if self._values is None:
            try:
                members = _MEMBERS.decode(self.raw)
            except msgspec.DecodeError as error:
                raise TypeError(f"a document is a JSON object: {error}") from error
            object.__setattr__(self, "_values", {key: _value(bytes(member)) for key, member in members.items()})
        assert self._values is not None
        return self._values

    def __getitem__(self, key: str) -> Value:
        return self._parsed()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parsed())

    def __len__(self) -> int:
        return len(self._parsed())

    def __hash__(self) -> int:
        # Not of the bytes: equal mappings must have equal hashes, whatever the order of their keys.
        return hash(frozenset(self._parsed().items()))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Document):
            return self._parsed() == other._parsed()
        return NotImplemented if not isinstance(other, Mapping) else self.plain() == _plain(other)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} is read-only")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} is read-only")

    def __copy__(self: Parsed) -> Parsed:
        return self

    def __deepcopy__(self: Parsed, memo: object) -> Parsed:
        return self

    def __reduce__(self) -> tuple[type[Document], tuple[bytes]]:
        return type(self), (self.raw,)

    def __repr__(self) -> str:
        text = self.raw.decode()
        return f"{type(self).__name__}({text if len(text) <= 400 else text[:400] + '...'})"


_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ELEMENTS = msgspec.json.Decoder(list[msgspec.Raw])
_SCALAR = msgspec.json.Decoder()


def _value(raw: bytes) -> Value:
    """One value; objects stay bytes until somebody looks inside."""
    if raw.startswith(b"{"):
        return Document(raw)
    if raw.startswith(b"["):
        return tuple(_value(bytes(each)) for each in _ELEMENTS.decode(raw))
    value = _SCALAR.decode(raw)
    if value is None or isinstance(value, (str, int)):
        return value
    raise TypeError(f"a document holds no {type(value).__name__}")


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value
