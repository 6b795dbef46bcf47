"""What is installed: names, documentation, licences, command line."""

import importlib.metadata
import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import duebill

METADATA = importlib.metadata.metadata("duebill")


def test_the_version_is_one() -> None:
    assert duebill.__version__ == METADATA["Version"]


def test_the_wheel_states_what_it_needs_and_ships_its_licences() -> None:
    assert METADATA["Requires-Python"] == ">=3.10"
    assert METADATA["License-Expression"] == "MIT OR Apache-2.0"
    assert importlib.metadata.requires("duebill") == ["msgspec>=0.22"]
    files = {path.name for path in importlib.metadata.files("duebill") or ()}
    assert {"LICENSE-MIT", "LICENSE-APACHE", "LICENSES-OF-DEPENDENCIES.txt", "py.typed", "_native.pyi", "servicenow.json"} <= files
    assert not any(name.startswith("test_") or name.endswith(".rs") for name in files)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [(["--version"], f"duebill {duebill.__version__}"), ([], "usage: python -m duebill"), (["-h"], "usage:")],
)
def test_the_command_line_says_what_it_is(arguments: list[str], expected: str) -> None:
    run = subprocess.run([sys.executable, "-m", "duebill", *arguments], capture_output=True, text=True, check=True)
    assert run.stdout.startswith(expected) and not run.stderr


def test_an_unknown_argument_is_an_error() -> None:
    run = subprocess.run([sys.executable, "-m", "duebill", "--nothing"], capture_output=True, text=True, check=False)
    assert run.returncode == 2 and "--nothing" in run.stderr


def members(owner: Any) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in vars(owner).items() if not name.startswith("_")]


def test_everything_public_is_documented() -> None:
    bare = []
    for name in duebill.__all__:
        value = getattr(duebill, name)
        if inspect.isclass(value) or isinstance(value, FunctionType):
            bare += [] if inspect.getdoc(value) else [name]
        if inspect.isclass(value):
            functions = (FunctionType, property, classmethod, staticmethod)
            bare += [
                f"{name}.{each}" for each, made in members(value) if isinstance(made, functions) and not made.__doc__
            ]
    assert bare == []


def test_no_name_is_missing_from_all() -> None:
    public = {name for name, value in members(duebill) if not inspect.ismodule(value)}
    assert public == set(duebill.__all__) - {"__version__"}
    assert duebill.__all__ == sorted(duebill.__all__)


def test_nothing_of_the_package_unpickles_or_evaluates() -> None:
    package = Path(duebill.__file__).parent
    sources = {path.name: path.read_text("utf-8") for path in package.rglob("*.py")}
    assert "writing.py" in sources
    assert {
        name for name, text in sources.items() if re.search(r"\bpickle\.|import pickle|\beval\(|\bexec\(", text)
    } == set()
