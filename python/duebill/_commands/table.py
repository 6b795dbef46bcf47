"""Streams the rows of a CSV file, plain or gzip by its content, however it is damaged."""

from __future__ import annotations

import csv
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, Protocol

from duebill._commands.findings import Findings, InputError

__all__ = ["Row", "Table", "shown", "text"]

PART = 1 << 16
BOM = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"
LARGEST = 1 << 20
"""Most bytes of a row, so that memory does not grow with a row that does not end."""
HEAD = 10
"""The bytes that every member of a gzip file begins with."""
RETURN = re.compile(r"(?<=\r)(?!\n|$)")


class _Member(Protocol):
    """What `zlib.decompressobj` makes."""

    def decompress(self, data: bytes, /) -> bytes: ...


class Row(NamedTuple):
    """A row of a file; what is no UTF-8 stands in its fields as lone surrogates."""

    line: int
    fields: list[str]


def text(fields: list[str], place: int) -> str | None:
    """The text of a field, if it is one."""
    try:
        fields[place].encode()
    except UnicodeEncodeError:
        return None
    return fields[place]


def shown(fields: list[str], place: int) -> str:
    """A field as it can be shown, whatever its bytes are."""
    return fields[place].encode("utf-8", "surrogateescape").decode("utf-8", "replace") if fields[place:] else ""


class Table:
    """A CSV file that begins with its headings; iterating gives its rows, whole or not."""

    def __init__(self, path: Path, findings: Findings) -> None:
        """Opens the file and reads its headings. Raises `InputError` when the file system refuses."""
        self._findings = findings
        self._path = path
        self._damage: str | None = None
        """Why the file is read no further."""
        self._cut = False
        """Whether that is within a row."""
        self._ended = 0
        """Lines so far."""
        self._size = 0
        """Bytes of the row that is being read."""
        # A quotation mark too many makes one field of all that follows, up to the next; that is for the file to answer.
        csv.field_size_limit(sys.maxsize)
        self._rows = csv.reader(self._lines())
        self._given = self._next() or Row(1, [])
        # Only at its end is it known that a file was cut, and where: one row is read ahead.
        self._ahead = self._next()
        if self._ahead is None:
            self._end()
        self._headings = self._given

    def places(self, columns: Mapping[str, str]) -> dict[str, int]:
        """Where the wanted columns stand, by the names that a mapping gives them; a missing one is a finding."""
        line, headings = self._headings
        for heading in columns.values():
            if heading not in headings:
                whole = ",".join(shown(headings, place) for place in range(len(headings)))
                self._findings.add("missing-column", heading, line, whole)
        return {name: headings.index(each) for name, each in columns.items() if each in headings}

    def is_whole(self, row: Row) -> bool:
        """Whether a row has as many fields as there are headings; one that has not is a finding."""
        got, expected = len(row.fields), len(self._headings.fields)
        if got != expected:
            code = "short-row" if got < expected else "long-row"
            more = sum(field.count("\n") for field in row.fields)
            lines = f" on {more + 1} lines" if more else ""
            self._findings.add(code, "", row.line, f"{got} of {expected} fields{lines}")
        return got == expected

    def __iter__(self) -> Iterator[Row]:
        while self._ahead is not None:
            self._given, self._ahead = self._ahead, self._next()
            if self._ahead is not None or not self._cut:
                yield self._given
        self._end()

    def _end(self) -> None:
        """Says once how a damaged file ended."""
        if self._damage is not None:
            line, place = (self._given.line, "within the line") if self._cut else (self._ended + 1, "between lines")
            self._findings.add(self._damage, "", line, place)
        self._damage = None

    def _next(self) -> Row | None:
        """The next row that is not blank, with its first line. Raises `InputError` when the file system refuses."""
        fields: list[str] | None = []
        try:
            while fields == []:
                line, self._size = self._ended + 1, 0
                fields = next(self._rows, None)
        except (OSError, csv.Error) as error:
            raise InputError.at(self._path, error) from error
        return None if fields is None else Row(line, fields)

    def _lines(self) -> Iterator[str]:
        line = b"\n"
        with open(self._path, "rb") as file:
            head = file.peek(len(GZIP))
            parts = self._inflated(file) if head.startswith(GZIP) else iter(lambda: file.read(PART), b"")
            for number, line in enumerate(_split(parts)):
                if self._size or line.strip(b"\r\n"):
                    self._size += len(line)
                if self._size > LARGEST:
                    self._damage, self._cut = "endless-row", True
                    yield "what is left out"
                    return
                # A carriage return alone ends a row too.
                record = (line if number else line.removeprefix(BOM)).decode("utf-8", "surrogateescape")
                *before, last = RETURN.split(record) if "\r" in record else (record,)
                yield from before
                self._ended += last.endswith("\n")
                yield last
        self._cut = self._damage is not None and not line.endswith((b"\r", b"\n"))

    def _inflated(self, file: BufferedReader) -> Iterator[bytes]:
        """The members of a gzip file one after the other, up to where it is damaged."""
        member = None
        while part := file.read(PART):
            while part:
                if member is None:
                    part += file.read(HEAD - len(part)) if len(part) < HEAD else b""
                    if len(part) < HEAD:
                        self._damage = "truncated-input"
                        return
                    member = zlib.decompressobj(31)
                before = member.copy()
                try:
                    yield member.decompress(part)
                except zlib.error:
                    self._damage = "corrupt-input"
                    yield from _up_to_damage(before, part)
                    return
                part = member.unused_data
                if member.eof:
                    member = None
        if member is not None:
            self._damage = "truncated-input"


def _split(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Lines with their ends; one that is longer than a row may be comes in pieces."""
    begun = b""
    for part in parts:
        *lines, rest = (begun + part).split(b"\n")
        yield from (line + b"\n" for line in lines)
        begun = rest
        if len(begun) > LARGEST:
            yield begun
            begun = b""
    if begun:
        yield begun


def _up_to_damage(member: _Member, part: bytes) -> Iterator[bytes]:
    """Decompresses byte by byte what can be, since a call that fails gives nothing."""
    for place in range(len(part)):
        try:
            yield member.decompress(part[place : place + 1])
        except zlib.error:
            return
