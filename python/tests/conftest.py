"""What several tests start from."""

import os
from pathlib import Path

import pytest
import scenes

import duebill


@pytest.fixture(scope="session")
def rulebook() -> duebill.Rulebook:
    return duebill.Rulebook.compile(scenes.RULEBOOK.read_bytes())


@pytest.fixture
def account() -> duebill.Account:
    return duebill.Account(seller="northwind", id="acme")


@pytest.fixture
def data(capsys: pytest.CaptureFixture[str]) -> Path | None:
    """The folder with real data beside the clone, if there is one."""
    folder = os.environ.get("DUEBILL_DATA")
    if folder is None:
        with capsys.disabled():
            print("\nDUEBILL_DATA is not set: nothing was run on real data")
    return None if folder is None else Path(folder)
