"""The histories of the case files, command by command over the logs of a host, and what is due of many accounts."""

from __future__ import annotations

import json
from collections import deque
from typing import Any

import pytest
import scenes

import duebill
from duebill.writing import Json

FOLDER = scenes.WORKSPACE / "core" / "cases"

HISTORIES = [
    pytest.param(case, id=case["id"])
    for file in sorted(FOLDER.glob("*.json"))
    for case in json.loads(file.read_bytes())["cases"]
    if case["kind"] == "simulation" and "out" in case
]


class Host:
    """Logs by their addresses, and a rulebook."""

    def __init__(self, rulebook: Json) -> None:
        self.rulebook = duebill.Rulebook.compile(rulebook)
        self.logs: dict[str, duebill.Log] = {}

    def log(self, address: Any) -> duebill.Log:
        """The log of an address, empty the first time."""
        key = "/".join(address[part] for part in ("seller", "kind", "id"))
        return self.logs.setdefault(key, duebill.Log({part: address[part] for part in ("id", "kind", "seller")}))

    def deliver(self, command: Any, lost: Any = ()) -> list[dict[str, Any]]:
        """Outcomes of a command and of all it causes, as a simulation says them; nothing comes of what is lost."""
        outcomes: list[dict[str, Any]] = []
        waiting = deque([command])
        while waiting:
            sent = waiting.popleft()
            log = self.log(sent["log"])
            try:
                decision = log.decide(self.rulebook, sent)
            except duebill.DuebillError as refused:
                names = [finding.name for finding in refused.findings]
                outcomes.append({"findings": names, "outcome": "refused"})
                continue
            log.apply(decision)
            if sent["log"]["kind"] == "rulebook":
                self.rulebook = self.rulebook.published(log)
            if sent["id"] not in lost:
                waiting.extend(intent["command"] for intent in decision.intents)
            outcomes.append({"outcome": decision["outcome"]})
        return outcomes

    def answer(self, asked: Any) -> Any:
        """What a question of a simulation is answered: about one log, or about all of them together."""
        if "log" in asked:
            return json.loads(self.log(asked["log"]).report(self.rulebook, asked["question"]).raw)
        if asked.get("overview") == "closing":
            return json.loads(duebill.closing(self.rulebook, list(self.logs.values()), asked["question"]).raw)
        if asked.get("overview") == "close_run":
            return json.loads(duebill.close_run(self.rulebook, self.logs.values(), asked["question"]).raw)
        if asked.get("overview") == "reconcile":
            return json.loads(duebill.reconcile(self.rulebook, self.logs.values()).raw)
        accounts = [log for key, log in self.logs.items() if key.split("/")[1] == "account"]
        if asked.get("overview") == "summary":
            return json.loads(duebill.summary(self.rulebook, accounts, asked["question"]).raw)
        if asked.get("overview") == "shadow_run":
            return json.loads(duebill.shadow_run(self.rulebook, accounts, asked["question"]).raw)
        logs = [log for key, log in self.logs.items() if key.split("/")[1] in ("account", "cash_book")]
        return json.loads(duebill.aging(self.rulebook, logs, asked["question"]).raw)


def value_at(answer: Any, pointer: str) -> Any:
    """The value at a JSON pointer; none where there is none, as a simulation says it."""
    for step in pointer.split("/")[1:]:
        if isinstance(answer, list):
            answer = answer[int(step)] if int(step) < len(answer) else None
        else:
            answer = answer.get(step) if answer is not None else None
    return answer


def flat(outcome: dict[str, Any]) -> list[dict[str, Any]]:
    """What became of a command and of all it caused, with the findings of a refusal only."""
    return [
        {key: each[key] for key in ("findings", "outcome") if key in each and (key, each["outcome"]) != ("findings", "recorded")}
        for each in (outcome, *outcome.get("then", ()))
    ]


def history(command: str, finding: str | None = None) -> dict[str, Any]:
    """The first history with a command of this id, and with this finding where one is named."""
    cases: list[dict[str, Any]] = [case for each in HISTORIES for case in each.values]  # type: ignore[misc]
    return next(
        case
        for case in cases
        for sent, outcome in zip(case["in"]["commands"], case["out"]["outcomes"], strict=True)
        if sent["id"] == command and (finding is None or finding in outcome.get("findings", ()))
    )


@pytest.mark.parametrize("case", HISTORIES)
def test_a_history_takes_the_same_course_over_the_logs_of_a_host(case: dict[str, Any]) -> None:
    host = Host(case["in"]["rulebook"])
    for command, expected in zip(case["in"]["commands"], case["out"]["outcomes"], strict=True):
        assert host.deliver(command, case["in"].get("lost", ())) == flat(expected), command["id"]
    for question, expected in zip(case["in"].get("questions", ()), case["out"].get("answers", ()), strict=True):
        answer = host.answer(question)
        pointers = question.get("at")
        got = {pointer: value_at(answer, pointer) for pointer in pointers} if pointers else answer
        assert got == expected


@pytest.mark.parametrize(
    ("command", "code", "name"),
    [
        ("ready:assign:a:2026-01-30:X", 604, "number-date-order"),
        ("credit-C1", 1361, "credit-over"),
        ("void", 1304, "invoice-allocated"),
        ("stale", 1201, "approval-content"),
        ("credit-C2", 516, "period-closed"),
        ("unpublished", 1840, "rulebook-unpublished"),
        ("own-rules", 1847, "publication-author"),
    ],
)
def test_a_refusal_is_known_by_its_code(command: str, code: int, name: str) -> None:
    case = history(command, name)
    host = Host(case["in"]["rulebook"])
    for sent in case["in"]["commands"]:
        if sent["id"] == command:
            log = host.log(sent["log"])
            before = log.head()
            with pytest.raises(duebill.Refused) as caught:
                log.decide(host.rulebook, sent)
            assert (caught.value.code, caught.value.name, log.head()) == (code, name, before)
            return
        host.deliver(sent)
    pytest.fail(f"{command} is no command of the history")


def test_a_command_for_another_seller_is_not_for_this_log() -> None:
    case = history("stale")
    host = Host(case["in"]["rulebook"])
    foreign = next(each for each in case["in"]["commands"] if each["log"]["seller"] == "other")
    log = duebill.Account(seller="s", id="a")
    with pytest.raises(duebill.Refused) as caught:
        log.decide(host.rulebook, foreign)
    assert (caught.value.code, caught.value.name, log.head().seq) == (501, "log-mismatch", 0)


def test_what_plans_would_bill_is_carried_out_by_their_ready_commands() -> None:
    case = history("p1")
    host = Host(case["in"]["rulebook"])
    stamp = {"actor": "clara", "at": "2026-01-31T12:00:00Z", "effective": "2026-01-31", "role": "clerk"}
    host.deliver(case["in"]["commands"][0])
    account = host.log({"id": "a", "kind": "account", "seller": "s"})
    before = account.head()
    run: Any = duebill.plan_run(host.rulebook, [account], {"stamp": stamp})
    (outcome,) = run["outcomes"]
    assert (outcome["account"], outcome["key"], account.head()) == ("a", "a:monthly:2026-01-31", before)
    assert [each["outcome"] for each in host.deliver(outcome["command"])] == ["recorded"] * 3
    assert duebill.plan_run(host.rulebook, [account], {"stamp": stamp})["outcomes"] == ()
    book = duebill.CashBook(seller="s", id="bank")
    with pytest.raises(duebill.Refused) as caught:
        duebill.plan_run(host.rulebook, [book], {"stamp": stamp})
    assert caught.value.name == "log-kind"
