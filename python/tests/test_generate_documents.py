"""The generator of `duebill.documents`: schemas to classes, or an error with the place."""

import importlib.util
import inspect
import json
import subprocess
import sys
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

import duebill

HERE = Path(__file__).parent
GENERATOR = HERE.parent / "generate_documents.py"

PAYMENT: dict[str, Any] = {
    "amount": "12.50",
    "events": [
        {"amount": "2.50", "kind": "refunded"},
        {"kind": "on_hold", "until": "2026-02-01"},
        {"kind": "reversed", "reason": "no_funds"},
    ],
    "from": {"name": "Acme"},
    "id": "p1",
    "method": "wire",
    "received": "2026-01-31T12:00:00.000001Z",
    "split": ["fee", "0.10"],
    "tags": {},
    "valued": "2026-01-31",
}


def generate(schemas: Path, module: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(GENERATOR), *options, str(schemas), str(module)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("generated_documents", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "documents.py"
    run = generate(HERE / "schemas", path)
    assert run.returncode == 0, run.stderr
    return path


def test_answers_decode_into_the_classes(module: Path) -> None:
    documents = load(module)
    payment = duebill.Document(json.dumps(PAYMENT).encode()).to(documents.Payment)
    assert payment.amount == Decimal("12.50") and str(payment.amount) == "12.50"
    assert payment.received == datetime(2026, 1, 31, 12, 0, 0, 1, timezone.utc)
    assert payment.valued == date(2026, 1, 31)
    assert payment.from_ == documents.Party(name="Acme")
    assert payment.note is None and payment.fee is None
    assert payment.split == ("fee", Decimal("0.10"))
    assert payment.events == (
        documents.Refunded(amount=Decimal("2.50")),
        documents.OnHold(until=date(2026, 2, 1)),
        documents.Reversed(reason="no_funds"),
    )


def test_the_classes_write_what_they_read(module: Path) -> None:
    documents = load(module)
    payment = duebill.Document(json.dumps(PAYMENT).encode()).to(documents.Payment)
    assert json.loads(duebill.to_json(payment)) == PAYMENT


def test_the_classes_are_strict_frozen_and_hashable(module: Path) -> None:
    documents = load(module)
    for wrong in ({"id": 1}, {"received": "2026-01-31T12:00:00"}, {"method": "cash"}, {"extra": 1}, {"attempts": 10}):
        with pytest.raises(TypeError):
            duebill.Document(json.dumps({**PAYMENT, **wrong}).encode()).to(documents.Payment)
    held = documents.OnHold()
    assert hash(held) == hash(documents.OnHold())
    with pytest.raises(AttributeError):
        held.until = date(2026, 1, 1)
    assert issubclass(documents.Payment, msgspec.Struct)
    assert inspect.getdoc(documents.Payment) == "Money that came in.\nOne document is one receipt."


def test_the_module_is_typed(module: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(module.parent / "cache"), str(module)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_drift_is_found(module: Path, tmp_path: Path) -> None:
    assert generate(HERE / "schemas", module, "--check").returncode == 0
    changed = tmp_path / "documents.py"
    changed.write_text(module.read_text().replace("Payment", "Payments", 1))
    run = generate(HERE / "schemas", changed, "--check")
    assert run.returncode == 1 and "generate_documents.py" in run.stderr
    assert generate(HERE / "schemas", tmp_path / "missing.py", "--check").returncode == 1
    assert generate(tmp_path / "nothing", changed, "--check").returncode == 1


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"type": "object", "properties": {}}, "additionalProperties is false"),
        ({"type": "object", "properties": {"a": {"type": "number"}}, "additionalProperties": False}, "no exact class"),
        (
            {"type": "object", "properties": {"a": {"$ref": "#/$defs/no"}}, "additionalProperties": False},
            "names no definition",
        ),
        (
            {"type": "object", "properties": {"a": {"type": "string", "format": "uri"}}, "additionalProperties": False},
            "'uri'",
        ),
        ({"type": "object", "properties": {}, "additionalProperties": False, "if": {}}, "if has no place"),
        ({"type": "string", "not": {}}, "not is not understood"),
    ],
)
def test_what_no_class_says_exactly_is_an_error_with_its_place(
    schema: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    (tmp_path / "thing.json").write_text(json.dumps(schema))
    run = generate(tmp_path, tmp_path / "documents.py")
    assert run.returncode == 1 and "thing.json#" in run.stderr and reason in run.stderr


def test_one_name_is_one_type(tmp_path: Path) -> None:
    for file, kind in (("a", "string"), ("b", "integer")):
        party = {"type": "object", "properties": {"name": {"type": kind}}, "additionalProperties": False}
        schema = {"$defs": {"party": party}, "$ref": "#/$defs/party"}
        (tmp_path / f"{file}.json").write_text(json.dumps(schema))
    run = generate(tmp_path, tmp_path / "documents.py")
    assert run.returncode == 1 and "Party is already another type" in run.stderr


def test_unions_stand_in_an_order_that_loads(tmp_path: Path) -> None:
    leaf = {
        "type": "object",
        "properties": {"kind": {"const": "leaf"}},
        "required": ["kind"],
        "additionalProperties": False,
    }
    outer = {"anyOf": [{"$ref": "#/$defs/zone"}, {"$ref": "#/$defs/leaf"}]}
    zone = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    (tmp_path / "a.json").write_text(json.dumps({"$defs": {"leaf": leaf, "outer": outer, "zone": zone}}))
    run = generate(tmp_path, tmp_path / "documents.py")
    assert run.returncode == 0, run.stderr
    assert msgspec.json.decode(b'{"kind":"leaf"}', type=load(tmp_path / "documents.py").Outer) is not None
    circle = {"anyOf": [{"$ref": "#/$defs/zone"}, {"type": "string"}]}
    back = {"anyOf": [{"$ref": "#/$defs/outer"}, {"type": "string"}]}
    (tmp_path / "a.json").write_text(json.dumps({"$defs": {"outer": circle, "zone": back}}))
    run = generate(tmp_path, tmp_path / "documents.py")
    assert run.returncode == 1 and "contain each other" in run.stderr


def test_a_field_may_have_the_name_of_a_type(tmp_path: Path) -> None:
    day = {"type": "string", "format": "date"}
    thing = {"type": "object", "properties": {"date": day, "due": day}, "additionalProperties": False, "title": "Thing"}
    (tmp_path / "thing.json").write_text(json.dumps(thing))
    assert generate(tmp_path, tmp_path / "documents.py").returncode == 0
    read = msgspec.json.decode(b'{"date":"2026-01-31","due":"2026-01-31"}', type=load(tmp_path / "documents.py").Thing)
    assert read.date == read.due == date(2026, 1, 31)


def tagged(kind: str, *fields: str, tag: str = "kind") -> dict[str, Any]:
    properties = {tag: {"const": kind}, **{name: {"type": "string"} for name in fields}}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def test_a_kind_that_two_types_want_names_its_union_too(tmp_path: Path) -> None:
    one = {"oneOf": [tagged("open", "a"), tagged("shut", "a"), tagged("done")]}
    two = {"oneOf": [tagged("open", "b"), tagged("done")]}
    shut = {"type": "object", "properties": {"x": {"type": "string"}}, "additionalProperties": False}
    (tmp_path / "a.json").write_text(json.dumps({"$defs": {"one": one, "two": two, "shut": shut}}))
    assert generate(tmp_path, tmp_path / "documents.py").returncode == 0
    documents = load(tmp_path / "documents.py")
    assert {"OneOpen", "TwoOpen", "OneShut", "Shut", "Done"} <= set(documents.__all__)
    assert msgspec.json.decode(b'{"kind":"open","b":"x"}', type=documents.Two) == documents.TwoOpen(b="x")


def test_a_document_is_named_after_its_file_and_its_tag_may_have_another_name(tmp_path: Path) -> None:
    root = {"title": "What came of it", "oneOf": [tagged("won", "prize", tag="outcome"), tagged("lost", tag="outcome")]}
    (tmp_path / "race_result.json").write_text(json.dumps(root))
    assert generate(tmp_path, tmp_path / "documents.py").returncode == 0
    documents = load(tmp_path / "documents.py")
    won = msgspec.json.decode(b'{"outcome":"won","prize":"a cup"}', type=documents.RaceResult)
    assert won == documents.Won(prize="a cup")
    assert duebill.to_json(won) == b'{"outcome":"won","prize":"a cup"}'


def test_arrays_take_lists_and_hold_tuples(tmp_path: Path) -> None:
    texts = {"type": "array", "items": {"type": "string"}}
    thing = {"type": "object", "properties": {"all": texts, "some": texts}, "required": ["all"],
             "additionalProperties": False}  # fmt: skip
    (tmp_path / "thing.json").write_text(json.dumps(thing))
    assert generate(tmp_path, tmp_path / "documents.py").returncode == 0
    documents = load(tmp_path / "documents.py")
    given = ["a"]
    made = documents.Thing(all=given)
    given.append("b")
    assert made.all == ("a",) and made.some == () and hash(made) == hash(documents.Thing(all=("a",)))
    assert duebill.to_json(made) == b'{"all":["a"]}'
    assert duebill.to_json(documents.Thing(all=[])) == b'{"all":[]}'


def test_a_constant_is_filled_in(tmp_path: Path) -> None:
    properties = {"schema": {"const": "thing/1"}, "version": {"const": 1}}
    thing = {"type": "object", "properties": properties, "required": ["schema", "version"],
             "additionalProperties": False}  # fmt: skip
    (tmp_path / "thing.json").write_text(json.dumps(thing))
    assert generate(tmp_path, tmp_path / "documents.py").returncode == 0
    assert duebill.to_json(load(tmp_path / "documents.py").Thing()) == b'{"schema":"thing/1","version":1}'
