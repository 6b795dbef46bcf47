"""Money in Python: exact, with its currency, never from a float."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact

from duebill import _native
from duebill.document import Document
from duebill.errors import Finding, ValidationError, WrongType, from_findings
from duebill.writing import decimal_fault, decimal_text, to_json

__all__ = ["Money", "MoneyColumn", "money_column"]

# Sums of two amounts of 28 digits are exact in it, whatever context the caller has set.
_EXACT = Context(prec=64, traps=[Inexact])


# What the core said once: the decimals of a currency do not change while a program runs.
_DIGITS: dict[str, int] = {}


def _minor_digits(currency: str) -> int:
    if currency not in _DIGITS:
        request = to_json({"kind": "currency_minor_units", "in": {"code": currency}})
        _DIGITS[currency] = Document(_native.calculate(request))._typed("exponent", int)
    return _DIGITS[currency]


@dataclass(frozen=True, init=False, order=False)
class Money:
    """An exact amount in one currency.

    `Money(Decimal("12.50"), "USD")` or `Money(12, "USD")`, where an `int` is whole major units: twelve
    dollars. The amount always has the decimals of its currency, so equal money is equal text. It adds
    to, subtracts from and compares with money of the same currency only.

    Raises `WrongType` for a float, bool or str; `ValidationError` for NaN, infinity, more than 28
    digits, more decimals than the currency has (zeros are fine: 1000.00 JPY) or an unknown currency.
    """

    __slots__ = ("amount", "currency")

    amount: Decimal
    """In major units, with the decimals of the currency."""
    currency: str
    """ISO 4217 code, `USD`."""

    def __init__(self, amount: Decimal | int, currency: str) -> None:
        """Checks and keeps; nothing is ever rounded."""
        if type(currency) is not str:
            raise _fault("currency-type", f"a currency is a str, not {type(currency).__name__}", "/currency", WrongType)
        object.__setattr__(self, "amount", _in_digits(_decimal(amount), currency))
        object.__setattr__(self, "currency", currency)

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(_EXACT.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(_EXACT.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> Money:
        return Money(self.amount.copy_negate(), self.currency)

    def __lt__(self, other: Money) -> bool:
        return NotImplemented if not isinstance(other, Money) else self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return NotImplemented if not isinstance(other, Money) else self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return NotImplemented if not isinstance(other, Money) else self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return NotImplemented if not isinstance(other, Money) else self.amount >= self._same(other)

    def __bool__(self) -> bool:
        """Whether it is not zero."""
        return bool(self.amount)

    def __str__(self) -> str:
        return f"{decimal_text(self.amount)} {self.currency}"

    def __reduce__(self) -> tuple[type[Money], tuple[Decimal, str]]:
        return Money, (self.amount, self.currency)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            message = f"{self.currency} and {other.currency} never mix: convert one of them by a stated rate first"
            raise _fault("currency-mismatch", message, "/currency")
        return other.amount


@dataclass(frozen=True)
class MoneyColumn:
    """What `money_column` made of a column of numbers."""

    amounts: tuple[Decimal | None, ...]
    """One for each value, in order, with the stated digits; `None` where it is listed in `others`."""
    others: tuple[int, ...]
    """The indexes of the values that are no exact amount with these digits; decide what they mean."""


def money_column(values: Iterable[object], digits: int) -> MoneyColumn:
    """Converts numbers to exact amounts with `digits` decimals where that is possible without rounding.

    A float counts as exact if it is the very float that its decimal text of at most `digits` decimals
    reads as, and that text has at most 15 digits in all (up to there no two texts share a float): 0.1
    does, 0.1 + 0.2 does not. `Decimal` and `int` (whole units) count if they have no more decimals.
    Everything else (None, NaN, bool, str) is listed in `others` by its index.
    """
    if type(digits) is not int or not 0 <= digits <= 8:
        raise _fault("digits-range", "digits is an int from 0 to 8", "", WrongType)
    amounts = tuple(_column_amount(value, digits) for value in values)
    return MoneyColumn(amounts, tuple(index for index, amount in enumerate(amounts) if amount is None))


def _column_amount(value: object, digits: int) -> Decimal | None:
    if isinstance(value, float):
        amount = Decimal(float.__repr__(value))
        if not amount.is_finite() or len(amount.normalize().as_tuple().digits) > 15 or amount.adjusted() > 14:
            return None
    elif isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        amount = Decimal(value)
    else:
        return None
    return None if decimal_fault(amount) else _with_digits(amount, digits)


def _decimal(amount: Decimal | int) -> Decimal:
    if isinstance(amount, bool) or not isinstance(amount, (Decimal, int)):
        kind = type(amount).__name__
        message = f"an amount is a Decimal, or an int of whole major units, not a {kind}"
        if isinstance(amount, float):
            message += ": convert a column of floats with duebill.money_column(values, digits)"
        raise _fault("float-refused" if isinstance(amount, float) else "amount-type", message, "/amount", WrongType)
    exact = Decimal(amount)
    if fault := decimal_fault(exact):
        raise _fault(*fault, "/amount")
    return exact


def _in_digits(amount: Decimal, currency: str) -> Decimal:
    digits = _minor_digits(currency)
    exact = _with_digits(amount, digits)
    if exact is None:
        message = f"{currency} has {digits} decimals and {decimal_text(amount)} has more: round it first"
        raise _fault("amount-precision", message, "/amount")
    return exact


def _with_digits(amount: Decimal, digits: int) -> Decimal | None:
    """The same amount with exactly these decimals and no negative zero, or nothing if that would round."""
    try:
        exact = _EXACT.quantize(amount, Decimal((0, (1,), -digits)))
    except Inexact:
        return None
    return exact if exact else exact.copy_abs()


def _fault(name: str, message: str, path: str, kind: type[ValidationError] = ValidationError) -> ValidationError:
    return from_findings([Finding(0, name, message, path)], kind)
