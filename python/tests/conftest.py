"""What several tests start from."""

import pytest
import scenes

import duebill


@pytest.fixture(scope="session")
def rulebook() -> duebill.Rulebook:
    return duebill.Rulebook.compile(scenes.RULEBOOK.read_bytes())


@pytest.fixture
def account() -> duebill.Account:
    return duebill.Account(seller="northwind", id="acme")
