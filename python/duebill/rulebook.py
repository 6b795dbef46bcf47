"""Rulebooks: what a seller's rules are, compiled once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duebill import _native
from duebill.writing import Json, to_json

if TYPE_CHECKING:
    from duebill.log import Log, Publication

__all__ = ["Rulebook"]


class Rulebook:
    """The compiled rules of a seller: one policy, and terms per customer.

    Immutable: share one between threads. Adding a customer's terms gives a new rulebook and leaves the
    policy compiled. It does not pickle; send its document and compile it there.
    """

    __slots__ = ("_native",)

    def __init__(self, native: _native.Rulebook) -> None:
        """Use `Rulebook.compile`."""
        self._native = native

    @classmethod
    def compile(cls, document: Json) -> Rulebook:
        """Compiles a whole rulebook document: `{"policy": {...}, "schema": "duebill/rulebook/1", "terms": [...]}`.

        Raises `ValidationError` or `Refused` with all findings, each with the JSON pointer of its place.
        """
        return cls(_native.Rulebook.compile(to_json(document)))

    def with_terms(self, document: Json) -> Rulebook:
        """This rulebook with the terms of one customer added, or replaced where it had some.

        Raises `ValidationError` or `Refused` with all findings; this rulebook stays as it is either way.
        """
        return Rulebook(self._native.add_terms(to_json(document)))

    def published(self, log: Publication | Log) -> Rulebook:
        """This rulebook, knowing what the publication log of its seller says; this one stays as it is.

        Where publication is on, nothing is decided under sections that are not published, or not in force. Call
        it again when something was published. Raises `Refused` for a log of another kind or seller.
        """
        return Rulebook(self._native.published(log._native))

    def __copy__(self) -> Rulebook:
        return self

    def __deepcopy__(self, memo: object) -> Rulebook:
        return self

    def __reduce__(self) -> str | tuple[object, ...]:
        return self._native.__reduce__()
