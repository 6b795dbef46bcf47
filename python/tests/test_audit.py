"""Daily heads, evidence and published rules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import scenes

import duebill

CHECKER = scenes.WORKSPACE / "examples" / "python" / "check_evidence.py"


@pytest.fixture
def account(rulebook: duebill.Rulebook) -> duebill.Account:
    account = duebill.Account(seller="northwind", id="acme")
    for command in (scenes.sale(), scenes.capture(), scenes.bill()):
        account.apply(account.decide(rulebook, command))
    return account


def records(rulebook: duebill.Rulebook) -> list[dict[str, Any]]:
    """What a host keeps of the same commands."""
    account = duebill.Account(seller="northwind", id="acme")
    kept: list[dict[str, Any]] = []
    for command in (scenes.sale(), scenes.capture(), scenes.bill()):
        decision = account.decide(rulebook, command)
        account.apply(decision)
        kept.append({"detached": decision.detached, "record": decision.record})
    return kept


def daily(logs: list[duebill.Log], day: str = "2026-01-31") -> Any:
    prove = [scenes.address("account", "acme")] if logs else []
    return duebill.daily_head(logs, {"day": day, "prove": prove, "seller": "northwind"})


def test_a_log_stands_under_the_daily_head(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    book = duebill.CashBook(seller="northwind", id="bank")
    head = daily([account, book])
    (proof,) = head["proofs"]
    assert duebill.check_inclusion({"daily": head["head"], "proof": proof})["sound"] is True
    other = {**proof, "place": proof["place"] + 1}
    checked: Any = duebill.check_inclusion({"daily": head["head"], "proof": other})
    assert (checked["sound"], checked["findings"][0]["name"]) == (False, "inclusion-broken")
    with pytest.raises(duebill.Refused):
        duebill.daily_head([book, book], {"day": "2026-01-31", "seller": "northwind"})


def test_what_became_of_logs_is_named(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    def two(earlier: Any, later: Any, *extensions: Any) -> list[str]:
        part = {"earlier": earlier, "later": later}
        request = {key: {"head": each["head"], "logs": each["logs"]} for key, each in part.items()}
        checked: Any = duebill.compare_daily({**request, "extensions": extensions})
        return [finding["name"] for finding in checked["findings"]]

    first = daily([account])
    account.apply(account.decide(rulebook, scenes.sale("sell-2", "S-2", "2026-01-31")))
    second = daily([account], "2026-02-01")
    extension = account.report(rulebook, {"from": 3, "kind": "extension"})
    assert two(first, second, extension) == []
    assert two(first, second) == ["extension-missing"]
    assert two(first, daily([], "2026-02-01")) == ["log-vanished"]


def test_evidence_is_checked_without_us(account: duebill.Account, rulebook: duebill.Rulebook, tmp_path: Path) -> None:
    documents = ["monthly:2026-01-31:EUR"]
    trail = account.report(rulebook, {"documents": documents, "kind": "trail"})
    assert trail["records"] == (1, 2, 3)
    head = daily([account])
    request = {
        "daily": head["head"],
        "documents": documents,
        "proofs": head["proofs"],
        "records": records(rulebook),
        "rulebooks": [scenes.rulebook()],
    }
    package = duebill.evidence([account], request)
    checked: Any = duebill.check_evidence(package.raw, head["head"])
    assert (checked["sound"], checked["findings"]) == (True, ())
    blind = duebill.evidence([account], {**request, "rulebooks": []})
    checked = duebill.check_evidence(blind.raw, head["head"])
    assert (checked["sound"], [each["name"] for each in checked["findings"]]) == (True, ["evidence-rules"] * 2)
    changed = package.raw.replace(b"worked on T-1", b"worked on T-9", 1)
    assert duebill.check_evidence(changed, head["head"])["sound"] is False

    def independently(raw: bytes, *options: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "package.json").write_bytes(raw)
        (tmp_path / "daily.json").write_bytes(head["head"].raw)
        files = [str(tmp_path / name) for name in ("package.json", "daily.json")]
        return subprocess.run([sys.executable, *options, str(CHECKER), *files], capture_output=True, text=True, check=False)

    assert "all of it follows" in independently(package.raw).stdout
    assert independently(changed).returncode != 0
    assert independently(changed, "-O").returncode != 0
    with pytest.raises(duebill.Refused) as caught:
        duebill.evidence([account], {**request, "records": records(rulebook)[1:]})
    assert caught.value.name == "evidence-missing"


class Kept:
    """A host's store: every record of every log, with its words."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, int], Any] = {}
        self.logs: dict[str, duebill.Log] = {}

    def deliver(self, rulebook: duebill.Rulebook, command: Any) -> None:
        """Decides, stores and applies a command, and delivers what follows from it."""
        name = f"{command['log']['kind']}/{command['log']['id']}"
        log = self.logs.setdefault(name, duebill.Log(command["log"]))
        decision = log.decide(rulebook, command)
        self.rows[name, decision.seq] = SimpleNamespace(record=decision.record, detached=decision.detached)
        log.apply(decision)
        for intent in decision.intents:
            self.deliver(rulebook, intent["command"])


def test_the_guide_of_the_readme_makes_a_package(rulebook: duebill.Rulebook) -> None:
    kept, asked = Kept(), ["monthly:2026-01-31:EUR"]
    for command in (scenes.sale(), scenes.capture(), scenes.bill()):
        kept.deliver(rulebook, command)
    view: Any = kept.logs["account/acme"].report(rulebook, {"kind": "account", "as_of": "2026-02-01"})
    (open_request,) = (one for one in view["approvals"] if one["open"])
    approve = {"digest": open_request["digest"], "kind": "decide_approval", "subject": asked[0], "verdict": "approve"}
    kept.deliver(rulebook, scenes.command("account", "acme", "yes", "2026-02-01", approve, "boris", "manager"))
    assert "series/invoices" in kept.logs
    published = duebill.daily_head(kept.logs.values(), {"day": "2026-02-01", "seller": "northwind"})["head"]
    text = (scenes.WORKSPACE / "python" / "README.md").read_text("utf-8")
    guide = text.split("## Evidence for an auditor")[1].split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {
        "asked": asked,
        "day": "2026-02-01",
        "duebill": duebill,
        "kept": lambda log, seq: kept.rows[f"{log['kind']}/{log['id']}", seq],
        "logs": kept.logs,
        "published": published,
        "rulebook": rulebook,
        "rulebook_document": scenes.rulebook(),
    }
    exec(guide, names)
    assert names["checked"]["sound"] is True and names["checked"]["findings"] == ()
    # Without the rulebook and the words the check says what is not shown.
    exec(guide.replace("[rulebook_document]", "[]").replace(', "detached": row.detached', ""), names)
    assert names["checked"]["sound"] is True
    said = {finding["name"] for finding in names["checked"]["findings"]}
    assert said == {"evidence-rules", "evidence-words"}


def test_only_published_rules_decide(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    publication = duebill.Publication(seller="northwind", id="northwind")
    on = scenes.command("rulebook", "northwind", "on", "2026-01-01", {"kind": "require_publication"})
    publication.apply(publication.decide(rulebook, on))
    known = rulebook.published(publication)
    with pytest.raises(duebill.Refused) as caught:
        account.decide(known, scenes.sale("sell-2", "S-2", "2026-01-31"))
    assert caught.value.name == "rulebook-unpublished"
    assert account.decide(known, scenes.sale()).repeated
    assert not account.decide(rulebook, scenes.sale("sell-2", "S-2", "2026-01-31")).repeated
    assert json.loads(publication.report(rulebook, {"kind": "publications"}).raw)["required"] is True
    with pytest.raises(duebill.Refused):
        rulebook.published(account)
    # Proposed by one, agreed to by another: from its first day on the rules decide.
    document = scenes.rulebook()
    own = [{"after": each, "customer": each["customer"]} for each in document["terms"][:2]]
    sections = [{"after": document["policy"]}, *own]
    propose = {"effective_from": "2026-01-31", "kind": "propose_rules", "publication": "R-1", "sections": sections}
    publication.apply(publication.decide(rulebook, scenes.command("rulebook", "northwind", "p", "2026-01-02", propose)))
    pending: Any = publication.report(rulebook, {"kind": "publications"})["pending"]
    agree = {"digest": pending[0]["digest"], "kind": "decide_rules", "publication": "R-1", "verdict": "approve"}
    own_yes = scenes.command("rulebook", "northwind", "a", "2026-01-02", agree)
    with pytest.raises(duebill.Refused) as caught:
        publication.decide(rulebook, own_yes)
    assert caught.value.name == "publication-author"
    yes = scenes.command("rulebook", "northwind", "a", "2026-01-02", agree, actor="bea")
    publication.apply(publication.decide(rulebook, yes))
    known = rulebook.published(publication)
    with pytest.raises(duebill.Refused) as caught:
        account.decide(known, scenes.sale("sell-2", "S-2", "2026-01-31"))
    assert caught.value.name == "rulebook-not-in-force"
    assert not account.decide(known, scenes.capture("capture-2")).repeated
