"""The case files that Rust and C run, through `duebill.calculate`."""

import json
from typing import Any

import pytest
import scenes

import duebill

FOLDER = scenes.WORKSPACE / "core" / "cases"

CASES = [
    pytest.param(case, id=f"{file.stem}: {case['id']}")
    for file in sorted(FOLDER.glob("*.json"))
    for case in json.loads(file.read_bytes())["cases"]
]


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


@pytest.mark.parametrize("case", CASES)
def test_a_case_gives_what_it_says(case: dict[str, Any]) -> None:
    request = {"in": case["in"], "kind": case["kind"]}
    if "refused" in case:
        with pytest.raises(duebill.DuebillError) as caught:
            duebill.calculate(request)
        assert caught.value.name == case["refused"]
        assert type(caught.value) in (duebill.Refused, duebill.ValidationError)
    else:
        assert duebill.calculate(request).raw == canonical(case["out"])


def test_there_are_cases_and_each_has_its_own_id() -> None:
    names = [case.id for case in CASES]
    assert len(names) > 100 and len(set(names)) == len(names)
