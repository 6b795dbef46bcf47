"""Errors carry their codes and findings, and pickle whole."""

import json
import pickle

import pytest

import duebill
from duebill.errors import from_refusal

REFUSAL = (
    b'{"code":101,"findings":['
    b'{"code":101,"data":{"currency":"XQX"},"message":"no such currency","name":"currency-unknown",'
    b'"path":"/rates/0/currency","severity":"block","subject":"r1"},'
    b'{"code":801,"data":{},"message":"second","name":"rates-equal","path":"","severity":"warn","subject":""}],'
    b'"name":"currency-unknown"}'
)


def test_a_refusal_has_everything_the_core_said() -> None:
    error = from_refusal(REFUSAL)
    assert type(error) is duebill.Refused
    assert (error.code, error.name, error.pointer) == (101, "currency-unknown", "/rates/0/currency")
    assert error.details == {"currency": "XQX"}
    assert [(each.code, each.severity, each.subject) for each in error.findings] == [
        (101, "block", "r1"),
        (801, "warn", ""),
    ]
    assert str(error) == "101 currency-unknown at /rates/0/currency: no such currency (and 1 more)"


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ([100], duebill.ValidationError),
        ([101, 499], duebill.ValidationError),
        ([500], duebill.Refused),
        ([101, 801], duebill.Refused),
        ([99], duebill.Refused),
    ],
)
def test_what_is_no_document_is_not_valid_and_the_rest_is_refused(
    codes: list[int], kind: type[duebill.DuebillError]
) -> None:
    found = {"data": {}, "message": "why", "name": "a-name", "path": "", "severity": "block", "subject": ""}
    refusal = {"code": codes[0], "findings": [{"code": code, **found} for code in codes], "name": "a-name"}
    assert type(from_refusal(json.dumps(refusal).encode())) is kind


def test_an_error_gives_the_document_back_byte_for_byte() -> None:
    assert from_refusal(REFUSAL).document.raw == REFUSAL
    with pytest.raises(duebill.ValidationError) as caught:
        duebill.to_json({"net": 0.5})
    assert caught.value.document.at("/findings/0/path") == "/net"


@pytest.mark.parametrize(
    "error",
    [
        from_refusal(REFUSAL),
        duebill.InternalError("probed"),
        duebill.ValidationError("plain", [duebill.Finding(0, "a-name", "why", "/a")], 0, "a-name"),
        duebill.WrongType("plain"),
    ],
)
def test_every_error_pickles_whole(error: duebill.DuebillError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert (back.code, back.name, back.findings, str(back)) == (error.code, error.name, error.findings, str(error))


def test_the_classes_stand_where_handlers_look() -> None:
    assert issubclass(duebill.ValidationError, ValueError)
    assert issubclass(duebill.WrongType, TypeError) and issubclass(duebill.WrongType, duebill.ValidationError)
    assert not issubclass(duebill.Refused, ValueError)
    for kind in (duebill.ValidationError, duebill.Refused, duebill.InternalError):
        assert issubclass(kind, duebill.DuebillError)


def test_findings_are_frozen_and_hashable() -> None:
    finding = from_refusal(REFUSAL).findings[0]
    assert hash(finding) == hash(pickle.loads(pickle.dumps(finding)))
    with pytest.raises(AttributeError):
        finding.code = 1  # type: ignore[misc]
