"""Reads the times and dates of a file by a pattern, strictly: there is no 31 February."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from duebill._commands.findings import InputError

__all__ = ["MINUTE", "day", "instant_text", "last_of_month", "reader"]

DIGITS = r"(\d\d|\d(?!\d))"
FIELDS = {
    "%d": ("day", DIGITS),
    "%m": ("month", DIGITS),
    "%Y": ("year", r"(\d{4})"),
    "%H": ("hour", DIGITS),
    "%M": ("minute", DIGITS),
    "%S": ("second", DIGITS),
}
EPOCH = datetime(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)
MINUTE = 60_000_000
RFC3339 = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))", re.ASCII
)


def reader(pattern: str) -> Callable[[str], int]:
    """What turns a text into microseconds since 1970, UTC; it raises `ValueError` for what is no time.

    The pattern is `rfc3339`, or has fields as in `%d/%m/%Y %H:%M`: wall times, taken for UTC.
    Raises `InputError` for a pattern of another form.
    """
    if pattern == "rfc3339":
        return _rfc3339
    parts = re.split("(%.?)", pattern)
    known = [FIELDS[part][0] for part in parts if part in FIELDS]
    if not {"day", "month", "year"} <= set(known) or len(known) * 2 + 1 != len(parts):
        raise InputError(f"expected `rfc3339` or a form such as `%d/%m/%Y %H:%M`, got `{pattern}`")
    whole = re.compile("".join(FIELDS[part][1] if part in FIELDS else re.escape(part) for part in parts), re.ASCII)

    def read(text: str) -> int:
        found = whole.fullmatch(text)
        if found is None:
            raise ValueError(text)
        said = dict(zip(known, map(int, found.groups())))
        clock = (said.get(field, 0) for field in ("hour", "minute", "second"))
        return _micros(said["year"], said["month"], said["day"], *clock)

    return read


def _rfc3339(text: str) -> int:
    found = RFC3339.fullmatch(text)
    if found is None:
        raise ValueError(text)
    *wall, fraction, sign, hours, minutes = found.groups()
    digits = (fraction or "").ljust(9, "0")
    if digits[6:9] != "000":
        raise ValueError(text)
    micros = _micros(*map(int, wall)) + int(digits[:6])
    if sign is None:
        return micros
    offset = (int(hours) * 60 + int(minutes)) * MINUTE
    return micros - offset if sign == "+" else micros + offset


def _micros(year: int, month: int, day: int, hour: int, minute: int, second: int) -> int:
    if year < 1900:
        raise ValueError(year)
    return (datetime(year, month, day, hour, minute, second) - EPOCH) // MICROSECOND


def instant_text(micros: int) -> str:
    """An instant as the core's documents have it."""
    return (EPOCH + timedelta(microseconds=micros)).isoformat() + "Z"


def day(micros: int) -> date:
    """The day of an instant, in UTC."""
    return (EPOCH + timedelta(microseconds=micros)).date()


def last_of_month(day: date) -> date:
    """The last day of its month."""
    next_month = day.replace(day=28) + timedelta(days=4)
    return next_month - timedelta(days=next_month.day)
