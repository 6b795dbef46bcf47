"""Money is exact, of one currency, and never comes from a float."""

import copy
import decimal
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import duebill
from duebill import Money, money_column


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("12.5"), "USD", "12.50 USD"),
        (12, "USD", "12.00 USD"),
        (Decimal("1000.00"), "JPY", "1000 JPY"),
        (Decimal("1E+3"), "JPY", "1000 JPY"),
        (Decimal("1.234"), "KWD", "1.234 KWD"),
        (Decimal("-0.00"), "USD", "0.00 USD"),
    ],
)
def test_an_amount_has_the_digits_of_its_currency(amount: Decimal | int, currency: str, text: str) -> None:
    assert str(Money(amount, currency)) == text


@pytest.mark.parametrize("amount", [0.1, 1.0, True, "1.00", None, b"1", 1j])
def test_other_types_are_type_errors(amount: object) -> None:
    with pytest.raises(TypeError) as caught:
        Money(amount, "USD")  # type: ignore[arg-type]
    assert isinstance(caught.value, duebill.ValidationError)
    assert caught.value.pointer == "/amount"


@pytest.mark.parametrize(
    "amount", [Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1.005"), Decimal("1E-9"), 10**30]
)
def test_other_values_are_value_errors(amount: Decimal | int) -> None:
    with pytest.raises(duebill.ValidationError):
        Money(amount, "USD")


def test_the_core_knows_the_currencies() -> None:
    with pytest.raises(duebill.ValidationError) as caught:
        Money(1, "XQX")
    assert (caught.value.code, caught.value.name) == (101, "currency-unknown")
    with pytest.raises(TypeError):
        Money(1, 840)  # type: ignore[arg-type]


def test_two_currencies_never_mix() -> None:
    dollars, yen = Money(1, "USD"), Money(1, "JPY")
    for mixed in (lambda: dollars + yen, lambda: dollars - yen, lambda: dollars < yen, lambda: dollars >= yen):
        with pytest.raises(duebill.ValidationError, match="USD and JPY never mix"):
            mixed()
    assert dollars != yen


def test_it_adds_compares_hashes_pickles_and_is_frozen() -> None:
    one, two = Money(1, "USD"), Money(Decimal("2.00"), "USD")
    assert one + one == two and two - one == one and -one + one == Money(0, "USD")
    assert one < two and one <= one and two > one and two >= two and one and not Money(0, "USD")
    assert {Money(Decimal("1.0"), "USD"): 1}[one] == 1
    assert pickle.loads(pickle.dumps(one)) == one == copy.deepcopy(one)
    with pytest.raises(AttributeError):
        one.amount = Decimal(2)  # type: ignore[misc]
    with pytest.raises(TypeError):
        one + 1  # type: ignore[operator]


def test_the_callers_decimal_context_changes_nothing() -> None:
    large = Decimal("12345678901234567890.12")
    with decimal.localcontext(decimal.Context(prec=3)):
        assert Money(large, "USD") + Money(large, "USD") == Money(Decimal("24691357802469135780.24"), "USD")


@given(st.decimals())
def test_every_decimal_is_kept_exactly_or_refused(amount: Decimal) -> None:
    try:
        money = Money(amount, "USD")
    except duebill.ValidationError:
        return
    assert money.amount == amount


def test_a_column_of_floats_converts_what_is_exact_and_lists_the_rest() -> None:
    values = [0.1, 0.1 + 0.2, 12, Decimal("1.5"), Decimal("1.005"), float("nan"), None, True, "1.00", 1e15, -0.0]
    column = money_column(values, 2)
    assert column.others == (1, 4, 5, 6, 7, 8, 9)
    assert [str(amount) for amount in column.amounts if amount is not None] == ["0.10", "12.00", "1.50", "0.00"]


@pytest.mark.parametrize("digits", [-1, 9, True, "2", 2.0])
def test_digits_are_a_small_int(digits: object) -> None:
    with pytest.raises(TypeError):
        money_column([], digits)  # type: ignore[arg-type]


@given(st.integers(-(10**13), 10**13))
def test_cents_survive_the_way_through_float(cents: int) -> None:
    assert money_column([cents / 100], 2).amounts == (Decimal(cents).scaleb(-2),)
