"""What an auditor asks: daily heads over all logs of a seller, and evidence that needs none of them to be checked."""

from __future__ import annotations

from collections.abc import Iterable

from duebill import _native
from duebill.document import Document
from duebill.log import Log
from duebill.writing import Json, to_json

__all__ = ["check_evidence", "check_inclusion", "compare_daily", "daily_head", "evidence"]


def daily_head(logs: Iterable[Log], request: Json) -> Document:
    """One digest over all logs of a seller at a day, `{"day": ..., "seller": ...}`, with the log heads under it.

    Heads of logs that are not loaded stand in the request as `heads`; `prove` names logs whose place is proved.
    Raises `ValidationError`, or `Refused` for a log of another seller or one that stands there twice.
    """
    return Document(_native.daily_head([log._native for log in logs], to_json(request)))


def check_inclusion(request: Json) -> Document:
    """Checks that a log stood under a daily head, `{"daily": ..., "proof": ...}`: whether that is `sound`.

    Raises `ValidationError` when the request is none; a broken proof is an answer.
    """
    return Document(_native.check_inclusion(to_json(request)))


def compare_daily(request: Json) -> Document:
    """Compares the daily heads `earlier` and `later`: names every log that vanished, went back or was rewritten.

    A log that grew is shown to have only grown by the answer to `{"kind": "extension", "from": ...}` among
    `extensions`. Raises `ValidationError`, or `Refused` for heads that do not fit their logs or each other.
    """
    return Document(_native.compare_daily(to_json(request)))


def evidence(logs: Iterable[Log], request: Json) -> Document:
    """Puts the evidence of documents of one account together; `raw` is what a stranger checks against a published head.

    `logs` are that account and the series of its numbers; the question `{"kind": "trail", "documents": [...]}`
    names the records that belong to it. Raises `ValidationError`, or `Refused` for records that are missing,
    changed, or of logs without proofs.
    """
    return Document(_native.evidence([log._native for log in logs], to_json(request)))


def check_evidence(package: bytes, daily: Json) -> Document:
    """Checks evidence, byte by byte, against the daily head that was published: whether it is `sound`.

    The `findings` of a sound one say which words, rules and numbers it does not show. Raises
    `ValidationError` when the daily head is none; whatever is wrong with the package is an answer.
    """
    return Document(_native.check_evidence(package, to_json(daily)))
