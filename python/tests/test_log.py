"""Logs: deciding and applying, from any thread, whatever goes wrong."""

import copy
import hashlib
import pickle
import signal
import sys
import threading
from collections import UserDict
from collections.abc import Callable, Iterator

import pytest
import scenes

import duebill
from duebill import _native


@pytest.fixture(scope="module")
def long_log() -> list[tuple[str, bytes]]:
    """Enough stored records that verifying them takes a while."""
    record = b'{"x":"' + b"x" * 4_000_000 + b'"}'
    return [(hashlib.sha256(record).hexdigest(), record)] * 8


def test_decide_store_apply(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    command = scenes.sale("c1")
    before = account.head()
    decision = account.decide(rulebook, command)
    assert (decision.repeated, decision.seq, account.head()) == (False, 1, before)
    assert hashlib.sha256(decision.record.raw).hexdigest() == decision.hash
    account.apply(decision)
    assert account.head() == duebill.Head(1, decision.hash)
    assert account.recorded("c1") == 1 and account.recorded("c2") is None
    again = account.decide(rulebook, command)
    assert again.repeated and again.seq == 1 and again.intents == again.rows == ()
    account.apply(again)
    assert account.head() == duebill.Head(1, decision.hash)
    with pytest.raises(KeyError):
        again.record


def test_a_decision_survives_pickling(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    decision = pickle.loads(pickle.dumps(account.decide(rulebook, scenes.sale("c1"))))
    assert type(decision) is duebill.Decision
    account.apply(decision)
    assert account.recorded("c1") == 1


def test_replaying_the_stored_bytes_gives_the_same_log(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    decision = account.decide(rulebook, scenes.sale("c1"))
    account.apply(decision)
    replayed = duebill.Log(scenes.address("account", "acme"))
    replayed.replay(decision.record.raw, decision.hash, decision.detached.raw)
    assert replayed.head() == account.head()


def test_a_refused_record_changes_nothing(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    decision = account.decide(rulebook, scenes.sale("c1"))
    before = account.head()
    with pytest.raises(duebill.Refused) as caught:
        account.replay(decision.record.raw, "0" * 64)
    assert caught.value.name == "record-hash" and caught.value.findings
    assert account.head() == before


def test_a_document_may_use_the_log_while_it_is_read(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    class Nested(UserDict[str, object]):
        def __iter__(self) -> Iterator[str]:
            account.apply(account.decide(rulebook, scenes.sale("inner", "S-inner")))
            return super().__iter__()

    outer = account.decide(rulebook, Nested(scenes.sale("outer", "S-outer")))
    assert account.recorded("inner") == 1
    assert (outer.repeated, outer.seq) == (False, 2)


@pytest.mark.parametrize("address", [{"kind": "nothing"}, "{", b"\xff", "[]", {}])
def test_what_is_no_address_is_not_valid(address: duebill.Json) -> None:
    with pytest.raises(duebill.ValidationError) as caught:
        duebill.Log(address)
    assert 100 <= caught.value.code < 500


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_handle_does_not_pickle(protocol: int, account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    for handle in (account, account._native, rulebook, rulebook._native):
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(handle, protocol)


def test_a_log_is_not_copied_and_a_rulebook_is_its_own_copy(
    account: duebill.Account, rulebook: duebill.Rulebook
) -> None:
    with pytest.raises(TypeError):
        copy.copy(account)
    with pytest.raises(TypeError):
        copy.deepcopy(account)
    assert copy.deepcopy({"rules": rulebook})["rules"] is rulebook


def test_native_handles_are_made_by_their_constructors_only() -> None:
    for kind in (_native.Log, _native.Rulebook):
        with pytest.raises(TypeError):
            kind()
        with pytest.raises(TypeError):
            kind.__new__(kind)


def test_the_interpreter_runs_on_while_the_core_works(long_log: list[tuple[str, bytes]]) -> None:
    lines = b"".join(b"%s %s\n" % (hash.encode(), record) for hash, record in long_log)
    entered, finished = threading.Event(), threading.Event()

    def work() -> None:
        entered.set()
        _native.verify(lines)
        finished.set()

    interval = sys.getswitchinterval()
    sys.setswitchinterval(60)  # nothing but the call itself may let this thread go on
    try:
        thread = threading.Thread(target=work)
        thread.start()
        entered.wait()
        during = not finished.is_set()
        thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert during


def test_an_interrupt_is_heard_after_a_long_call(long_log: list[tuple[str, bytes]]) -> None:
    # A handler of its own: it can not be mistaken for somebody stopping the tests.
    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt("probed")

    previous = signal.signal(signal.SIGALRM, interrupt)
    try:
        with pytest.raises(KeyboardInterrupt, match="probed"):
            signal.setitimer(signal.ITIMER_REAL, 0.001)
            duebill.verify(long_log)
            signal.pause()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def together(count: int, work: Callable[[int], None]) -> None:
    failures: list[BaseException] = []

    def run(index: int) -> None:
        try:
            work(index)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=[index]) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads) and not failures


def test_writers_and_readers_of_many_logs_never_wait_for_each_other(rulebook: duebill.Rulebook) -> None:
    logs = [duebill.Account(seller="northwind", id="acme") for _ in range(3)]
    book = duebill.CashBook(seller="northwind", id="bank")
    applied = threading.Semaphore(0)

    def work(index: int) -> None:
        for turn in range(200):
            if index % 2:
                log = logs[index % 3]
                try:
                    log.apply(log.decide(rulebook, scenes.sale(f"c{index}-{turn}", f"S{index}-{turn}")))
                    applied.release()
                except duebill.Refused as refused:
                    # Another thread applied first: this record no longer follows on the head.
                    assert refused.name in ("sequence-gap", "previous-hash")
            else:
                asked = logs[turn % 3 :] + logs[: turn % 3] + logs
                duebill.aging(rulebook, asked, {"as_of": "2026-01-31"})
                duebill.match_receipts(rulebook, book, asked)

    together(8, work)
    count = sum(log.head().seq for log in logs)
    assert count >= 200 and all(applied.acquire(blocking=False) for _ in range(count))
    assert not applied.acquire(blocking=False)


def probe(log: _native.Log | None = None) -> None:
    """Panics in the core's place; debug builds of the extension have it."""
    getattr(_native, "_panic")(log)


def test_a_panic_is_an_internal_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(duebill.InternalError, match="probed") as caught:
        probe()
    assert caught.value.name == "internal-error"
    assert isinstance(caught.value, Exception)
    assert "probed" in capfd.readouterr().err


def test_a_panic_while_applying_spoils_only_its_own_log(account: duebill.Account, rulebook: duebill.Rulebook) -> None:
    other = duebill.Account(seller="northwind", id="globex")
    with pytest.raises(duebill.InternalError):
        probe(account._native)
    for _ in range(2):
        with pytest.raises(duebill.InternalError, match="replay its records"):
            account.head()
    with pytest.raises(duebill.InternalError):
        duebill.aging(rulebook, [other, account], {"as_of": "2026-01-31"})
    assert other.head().seq == 0
