"""Documents of a small company: the commands of January, as the tests of the core give them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WORKSPACE = Path(__file__).parents[2]
RULEBOOK = WORKSPACE / "core" / "golden" / "rulebook.json"

Plain = dict[str, Any]


def rulebook() -> Plain:
    """A fresh copy of the rulebook, to be changed at will."""
    document: Plain = json.loads(RULEBOOK.read_bytes())
    return document


def address(kind: str, id: str) -> Plain:
    """The address of a log of the company."""
    return {"id": id, "kind": kind, "seller": "northwind"}


def command(kind: str, log: str, id: str, date: str, action: Plain, actor: str = "clara", role: str = "billing") -> Plain:
    """A command with its stamp."""
    return {
        "action": action,
        "id": id,
        "log": address(kind, log),
        "salt": "00112233445566778899aabbccddeeff",
        "schema": "duebill/command/1",
        "stamp": {"actor": actor, "at": f"{date}T12:00:00Z", "effective": date, "role": role},
    }


def entry(id: str, ticket: str, start: str, end: str) -> Plain:
    """Time that anna worked."""
    return {
        "agent": "anna",
        "id": id,
        "note": f"worked on {ticket}",
        "ticket": ticket,
        "work": {"end": end, "kind": "time", "start": start},
    }


def capture(id: str = "capture-1") -> Plain:
    """Two tickets of acme with their work."""
    action = {
        "entries": [
            entry("E-1", "T-1", "2026-01-12T09:00:00Z", "2026-01-12T10:10:00Z"),
            entry("E-2", "T-1", "2026-01-12T16:30:00Z", "2026-01-12T18:00:00Z"),
            entry("E-3", "T-2", "2026-01-13T09:00:00Z", "2026-01-13T09:40:00Z"),
        ],
        "kind": "capture",
        "tickets": [
            {"closed": "2026-01-20T10:00:00Z", "customer": "acme", "id": "T-1", "subject": "Printer on fire"},
            {"closed": "2026-01-21T10:00:00Z", "customer": "acme-berlin", "id": "T-2"},
        ],
    }
    return command("account", "acme", id, "2026-01-31", action)


def sale(id: str = "sell-1", number: str = "S-1", at: str = "2026-01-02") -> Plain:
    """A block of hours, sold to acme on the second of January and recorded on some day."""
    action = {"agreement": "acme-block", "customer": "acme", "kind": "sell_block", "sale": number}
    sold = command("account", "acme", id, "2026-01-02", action)
    sold["stamp"]["at"] = f"{at}T12:00:00Z"
    return sold


def bill(id: str = "bill-2026-01") -> Plain:
    """The run of January."""
    action = {"kind": "bill", "period": {"from": "2026-01-01", "to": "2026-01-31"}, "run": "monthly"}
    return command("account", "acme", id, "2026-01-31", action)


def receive(id: str, amount: str, text: str) -> Plain:
    """Money of acme on the bank account."""
    receipts = [{"amount": amount, "id": id, "payer_account": "DE02120300000000202051", "text": text}]
    line = {"amount": amount, "currency": "EUR", "id": id, "receipts": receipts, "value_date": "2026-02-20"}
    return command("cash_book", "bank", id, "2026-02-20", {"entry": line, "kind": "receive"})


def month() -> list[Plain]:
    """The steps of a host: work, bill, approve, receive, match, and one command that is refused."""
    approve = {
        "account": "acme",
        "actor": "boris",
        "at": "2026-02-01T12:00:00Z",
        "effective": "2026-02-01",
        "id": "approve-2026-01",
        "invoices": "all",
        "role": "manager",
        "step": "approve",
        "verdict": "approve",
    }
    match = command("cash_book", "bank", "match-1", "2026-02-20", {"kind": "match", "plans": []})
    return [
        {"command": sale(), "step": "deliver"},
        {"command": capture(), "step": "deliver"},
        {"command": bill(), "step": "deliver"},
        {"command": bill("bill-again"), "step": "deliver"},
        approve,
        {"command": receive("TX-1", "100.00", "INV-2026-0001"), "step": "deliver"},
        {"command": match, "step": "match"},
    ]
