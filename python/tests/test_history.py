"""The history of another billing system on the command line: moved in, audited, and with faults."""

from __future__ import annotations

import json
from pathlib import Path

from jobs import answer, findings, run, write

MAPPING = {
    "columns": {"case": "case", "activity": "what", "time": "when", "role": "role", "amount": "amount"},
    "time": "rfc3339",
    "currency": "EUR",
    "amount": "10.00",
    "payment_days": 30,
    "trigger": "work_done",
    "always": ["final"],
    "owed": ["sent"],
    "activities": {
        "submitted": [{"command": "void", "if": ["rejected"]}, {"command": "bill"}],
        "approved": [{"command": "approve", "rule": "final"}],
        "rejected": [{"command": "reject"}],
        "sent": [],
        "taken back": [{"command": "void"}],
        "paid": [{"command": "pay"}],
    },
}
ROWS = [
    "case,what,when,role,amount",
    "A,submitted,2026-01-01T09:00:00Z,clerk,10.005",
    "A,approved,2026-01-02T09:00:00Z,boss,10.005",
    "A,paid,2026-01-03T09:00:00Z,bank,10.01",
    "B,submitted,2026-01-01T09:00:00Z,clerk,20",
    "B,approved,2026-01-02T09:00:00Z,boss,20",
    "B,rejected,2026-01-03T09:00:00Z,checker,20",
    "B,paid,2026-01-04T09:00:00Z,bank,20",
    "C,submitted,2026-01-01T09:00:00Z,clerk,30",
    "C,sent,2026-01-05T09:00:00Z,clerk,30",
    "D,submitted,2026-01-01T09:00:00Z,clerk,40",
    "D,sent,2026-01-02T09:00:00Z,clerk,40",
    "D,taken back,2026-01-03T09:00:00Z,clerk,40",
]


def given(folder: Path, lines: list[str]) -> list[object]:
    mapping = folder / "mapping.json"
    mapping.write_text(json.dumps(MAPPING))
    return ["history", "--log", write(folder, lines), "--mapping", mapping]


def test_what_nobody_approved_is_found(tmp_path: Path) -> None:
    told = answer(*given(tmp_path, ROWS))
    assert [told[key] for key in ("paid", "open", "left_out", "decisions")] == [2, 1, 1, 3]
    assert told["money"] == {"as_of": "2026-01-05", "open": "30.00", "unapplied": "0.00"}
    (audit,) = told["audits"]
    assert (audit["rule"], audit["paid"]) == ("final", 2)
    (found,) = audit["payments"]
    # Somebody said no after the approval, and it was paid all the same.
    assert (found["number"], found["amount"], found["decisions"], found["last"]) == ("B", "20.00", 2, "reject")
    assert findings(told) == {("amount-rounded", 2, "amount", "10.005")}


def test_every_fault_is_found(tmp_path: Path) -> None:
    lines = [
        *ROWS,
        "A,vanished,2026-01-01T08:00:00Z,,10.01",
        "E,paid,2026-01-06,bank,1",
        "E,paid,2026-01-06T09:00:00Z,bank,-1",
        ",paid,2026-01-06T09:00:00Z,bank,1",
        "E,paid",
    ]
    told = answer(*given(tmp_path, lines))
    assert findings(told) == {
        ("amount-rounded", 2, "amount", "10.005"),
        ("bad-amount", 16, "amount", "-1"),
        ("bad-id", 14, "role", ""),
        ("bad-id", 17, "case", ""),
        ("bad-time", 15, "when", "2026-01-06"),
        ("short-row", 18, "", "2 of 5 fields"),
        ("time-order", 14, "when", "2026-01-01T08:00:00Z"),
        ("unknown-activity", 14, "what", "vanished"),
    }
    lacking = [line.replace("when", "at") for line in ROWS]
    told = answer(*given(tmp_path, lacking), status=1)
    assert (told["cases"], told["audits"]) == (0, [])


def test_people_are_told(tmp_path: Path) -> None:
    told = run(*given(tmp_path, ROWS))
    assert "Paid without an approval under final that stood: 1 of 2" in told and "B" in told
    assert "amount-rounded" in told
