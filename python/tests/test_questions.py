"""The functions beside the logs."""

import hashlib

import pytest

import duebill


def test_codes_are_ascending_and_named() -> None:
    codes = duebill.codes()
    numbers = [code.number for code in codes]
    assert numbers == sorted(set(numbers)) and 0 not in numbers
    assert len({code.name for code in codes}) == len(codes)
    assert all(code.name == code.name.lower() and " " not in code.name for code in codes)


def test_a_schema_is_found_by_name() -> None:
    schema = duebill.schema("rulebook")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert duebill.schema("rulebook.json") == schema
    with pytest.raises(KeyError, match="rulebook"):
        duebill.schema("rulebok")


def test_calculate_answers_and_refuses() -> None:
    assert duebill.calculate({"in": {"code": "KWD"}, "kind": "currency_minor_units"})["exponent"] == 3
    with pytest.raises(duebill.Refused):
        duebill.calculate({"in": {}, "kind": "nothing"})


def test_verify_takes_pairs_or_lines(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    decision = account.decide(rulebook, {"id": "c1"})
    account.apply(decision)
    stored = [(decision.hash, decision.record.raw)]
    lines = decision.hash.encode() + b" " + decision.record.raw + b"\n"
    assert duebill.verify(stored) == duebill.verify(lines)
    assert duebill.verify(stored, account.head()) == duebill.verify(stored, {"hash": decision.hash, "seq": 1})
    flipped = decision.record.raw.replace(b"c1", b"c2")
    assert duebill.verify([(hashlib.sha256(decision.record.raw).hexdigest(), flipped)]) != duebill.verify(stored)


def test_rate_and_report_take_mappings_and_json(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    assert isinstance(duebill.rate(rulebook, {"entries": []}), duebill.Document)
    assert isinstance(account.report(rulebook, '{"kind":"statement"}'), duebill.Document)
    with pytest.raises(duebill.Refused):
        duebill.rate(rulebook, "{")
    with pytest.raises(duebill.Refused):
        account.report(rulebook, b"\xff")


def test_terms_are_added_beside_the_rulebook(rulebook: duebill.Rulebook) -> None:
    richer = rulebook.with_terms({"customer": "acme"})
    assert isinstance(richer, duebill.Rulebook) and richer is not rulebook
    with pytest.raises(duebill.Refused):
        rulebook.with_terms("[]")
