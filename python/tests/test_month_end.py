"""The example host: the same answer on every run, however often it was killed before."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import scenes

import duebill

HOST = scenes.WORKSPACE / "examples" / "python" / "month_end.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of a month."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "rulebook.json").write_bytes(scenes.RULEBOOK.read_bytes())
    setting = {"as_of": "2026-03-31", "books": ["bank"], "seller": "northwind", "series": ["invoices"]}
    (folder / "host.json").write_text(json.dumps(setting))
    (folder / "steps.jsonl").write_text("".join(json.dumps(step) + "\n" for step in scenes.month()))
    return folder


def run(folder: Path, *options: str) -> str:
    command = [sys.executable, str(HOST), str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def answer(line: str) -> bytes:
    """The answer without its timings, and that it was canonical."""
    content = json.loads(line)
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert raw + "\n" == line
    assert set(content.pop("timings")) == {"core_ms", "total_ms"}
    return json.dumps(content).encode()


def test_work_becomes_cash(folder: Path) -> None:
    month = duebill.Document(run(folder, "--json").strip().encode())
    assert month.at("/accounts/0/invoices/0/number") == "INV-2026-0001"
    # The block 180.00, half an hour of time that it does not cover at 150.00 an hour, Berlin's 0:45 from it; 19 % tax.
    assert month.at("/accounts/0/invoices/0/gross") == "437.33"
    assert month.at("/aging/sections/0/control_total") == "337.33"
    assert month.at("/numbers/0/numbers/0/number") == "INV-2026-0001"
    assert month.at("/refused/0/command") == "bill-again"
    assert month.at("/refused/0/refusal/name") == "nothing-to-bill"


def test_a_second_run_changes_nothing(folder: Path, tmp_path: Path) -> None:
    store = ("--store", str(tmp_path / "store.sqlite"))
    first = answer(run(folder, "--json", *store))
    before = sqlite3.connect(store[1]).execute("SELECT log, seq, hash FROM record ORDER BY log, seq").fetchall()
    assert answer(run(folder, "--json", *store)) == first == answer(run(folder, "--json"))
    assert sqlite3.connect(store[1]).execute("SELECT log, seq, hash FROM record ORDER BY log, seq").fetchall() == before


def test_it_may_be_killed_after_any_record(folder: Path, tmp_path: Path) -> None:
    whole = answer(run(folder, "--json"))
    killer = tmp_path / "killed.py"
    killer.write_text(
        "import os, runpy, sys, duebill\n"
        "left, apply = int(sys.argv.pop(1)), duebill.Log.apply\n"
        "def killed(self, decision):\n"
        "    global left\n"
        "    left -= 1\n"
        "    if left < 0:\n"
        "        os.kill(os.getpid(), 9)\n"
        "    apply(self, decision)\n"
        "duebill.Log.apply = killed\n"
        "runpy.run_path(sys.argv.pop(1), run_name='__main__')\n"
    )
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    for left in range(100):
        store = tmp_path / f"{left}.sqlite"
        command = [sys.executable, str(killer), str(left), str(HOST), str(folder), "--store", str(store), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode == 0:
            assert left >= 10 and answer(done.stdout) == whole
            return
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert answer(run(folder, "--json", "--store", str(store))) == whole
    raise AssertionError("the month never ended")


def test_people_are_told(folder: Path) -> None:
    told = run(folder)
    for expected in ("INV-2026-0001  acme", "overdue", "437.33  337.33", "control total: 337.33 EUR", "bill-again"):
        assert expected in told


def test_a_rulebook_with_errors_is_told_and_nothing_runs(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    rulebook = scenes.rulebook()
    rulebook["policy"]["calendars"][0]["zone"] = "Mars/Base"
    (tmp_path / "rulebook.json").write_text(json.dumps(rulebook))
    command = [sys.executable, str(HOST), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and not done.stdout
    assert done.stderr.startswith("/policy/calendars/0/zone: 304 zone-unknown: ")
