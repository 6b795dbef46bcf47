"""What several tests start from."""

import pytest

import duebill


@pytest.fixture(scope="session")
def rulebook() -> duebill.Rulebook:
    return duebill.Rulebook.compile({"policy": {}, "schema": "duebill/rulebook/1", "terms": []})


@pytest.fixture
def account() -> duebill.Account:
    return duebill.Account(seller="s1", id="acme")
