"""Streams the rows of a CSV file, plain or gzip by its content, however it is damaged."""

from __future__ import annotations

import csv
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, Protocol

from duebill._commands.findings import Findings, InputError

__all__ = ["Row", "Table", "shown", "text"]

PART = 1 << 16
GZIP = b"\x1f\x8b"
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
        self._damage: str | None = None
        self._cut = False
        self._ended = 0
        # A quotation mark too many makes one field of all that follows, up to the next; that is for the file to answer.
        csv.field_size_limit(sys.maxsize)
        self._rows = csv.reader(self._lines(path))
        try:
            self.headings = next(self._rows, [])
        except (OSError, csv.Error) as error:
            raise InputError(f"{path}: {error}") from error
        if self.headings:
            self.headings[0] = self.headings[0].removeprefix("\ufeff")

    def places(self, columns: Mapping[str, str]) -> dict[str, int]:
        """Where the wanted columns stand, by the names that a mapping gives them; a missing one is a finding."""
        for heading in columns.values():
            if heading not in self.headings:
                self._findings.add("missing-column", heading, 1, heading)
        return {name: self.headings.index(each) for name, each in columns.items() if each in self.headings}

    def is_whole(self, row: Row) -> bool:
        """Whether a row has as many fields as there are headings; one that has not is a finding."""
        got, expected = len(row.fields), len(self.headings)
        if got != expected:
            code = "short-row" if got < expected else "long-row"
            self._findings.add(code, "", row.line, f"{got} of {expected} fields")
        return got == expected

    def __iter__(self) -> Iterator[Row]:
        # Only at its end is it known that a file was cut, and where: one row is read ahead.
        row = self._next()
        while row is not None:
            ahead = self._next()
            if ahead is None and self._cut:
                self._end(row.line, "within the line")
            else:
                yield row
            row = ahead
        self._end(self._ended + 1, "between lines")

    def _end(self, line: int, place: str) -> None:
        """Says once how a damaged file ended."""
        if self._damage is not None:
            self._findings.add(self._damage, "", line, place)
        self._damage = None

    def _next(self) -> Row | None:
        """The next row that is not blank, with its first line."""
        fields: list[str] | None = []
        while fields == []:
            line = self._ended + 1
            fields = next(self._rows, None)
        return None if fields is None else Row(line, fields)

    def _lines(self, path: Path) -> Iterator[str]:
        rest = b""
        with open(path, "rb") as file:
            head = file.peek(len(GZIP))
            for part in self._inflated(file) if head.startswith(GZIP) else iter(lambda: file.read(PART), b""):
                *lines, rest = (rest + part).split(b"\n")
                for line in lines:
                    yield from self._records(line.decode("utf-8", "surrogateescape") + "\n")
        self._cut = self._damage is not None and rest != b""
        if rest:
            yield from self._records(rest.decode("utf-8", "surrogateescape"))

    def _records(self, line: str) -> Iterator[str]:
        """A line, or the several that a carriage return alone makes of it."""
        *before, last = RETURN.split(line) if "\r" in line else (line,)
        yield from before
        self._ended += line.endswith("\n")
        yield last

    def _inflated(self, file: BufferedReader) -> Iterator[bytes]:
        """The members of a gzip file one after the other, up to where it is damaged."""
        member = None
        while part := file.read(PART):
            while part:
                member = member or zlib.decompressobj(31)
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


def _up_to_damage(member: _Member, part: bytes) -> Iterator[bytes]:
    """Decompresses byte by byte what can be, since a call that fails gives nothing."""
    for place in range(len(part)):
        try:
            yield member.decompress(part[place : place + 1])
        except zlib.error:
            return
