"""The month end of logs on the command line: small ones, whole and damaged, and real ones where there are any."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import scenes
from jobs import answer, findings, run, write

import duebill
from duebill._commands import mapping

HEADINGS = "number,incident_state,sys_updated_at,assigned_to,caller_id,priority"
LOG = [
    HEADINGS,
    "T-1,New,29/2/2016 16:50,?,ada,3 - Moderate",
    "T-1,Active,29/2/2016 17:00,eve,ada,3 - Moderate",
    "T-2,Active,1/3/2016 09:00,eve,ada,1 - Critical",
    "T-1,Resolved,29/2/2016 17:40,eve,ada,3 - Moderate",
    "T-2,Active,1/3/2016 18:00,max,?,4 - Low",
    "T-2,Resolved,1/3/2016 18:00,max,?,4 - Low",
    "T-3,Active,2/3/2016 09:00,max,?,4 - Low",
]


def bill(folder: Path, lines: list[str], *options: object, status: int = 0) -> dict[str, Any]:
    return answer("month-end", "--events", write(folder, lines), *options, status=status)


def test_work_lasts_until_the_next_row_of_its_ticket(tmp_path: Path) -> None:
    # 40 minutes at 120, billed as 45; four hours at most of nine at 240; none at all, for the customer "?".
    assert bill(tmp_path, LOG) == {
        "billed_minutes": 285,
        "entries": 3,
        "events": 7,
        "findings": [
            {"code": "approval-needed", "count": 1},
            {"code": "entry-zero-length", "count": 1},
            {"code": "number-date-order", "count": 1},
        ],
        "invoices": 3,
        "invoices_awaiting_approval": 1,
        "raw_minutes": 280,
        "schema": "duebill/events/1",
        "tickets": 3,
        "total": "1050.00",
        "zero_invoices": 1,
    }


def test_time_is_rounded_as_the_arguments_say(tmp_path: Path) -> None:
    assert bill(tmp_path, LOG, "--round", "down:15:entry")["billed_minutes"] == 270
    assert bill(tmp_path, LOG, "--round", "none:15:ticket")["billed_minutes"] == 280
    for wrong in ("up:15", "up:x:entry", "sideways:15:entry", "up:0:entry"):
        assert "--round" in run("month-end", "--events", tmp_path / "log.csv", "--round", wrong, status=2)


def test_a_mapping_is_all_that_another_log_needs(tmp_path: Path) -> None:
    lines = ["case,concept:name,time:timestamp,org:resource,customer,seriousness_2", "1,Take in charge ticket,2012-10-09T14:50:17+02:00,eve,ada,Value 2"]
    lines += ["1,Closed,2012-10-09T13:20:16.5+00:00,eve,ada,Value 2"]
    told = bill(tmp_path, lines, "--mapping", "helpdesk")
    assert (told["raw_minutes"], told["billed_minutes"], told["total"]) == (29, 30, "60.00")
    own = json.loads((mapping.SHIPPED / "helpdesk.json").read_text())
    (tmp_path / "own.json").write_text(json.dumps({**own, "currency": "JPY", "rates": {"2": "1000"}}))
    assert bill(tmp_path, lines, "--mapping", tmp_path / "own.json")["total"] == "500"
    assert bill(tmp_path, lines[:1], "--mapping", tmp_path / "own.json")["total"] == "0"


def test_the_mappings_are_those_of_the_examples() -> None:
    examples = scenes.WORKSPACE / "examples" / "mappings"
    shipped = {path.name: path.read_bytes() for path in mapping.SHIPPED.glob("*.json")}
    assert shipped.keys() == {"ar_ibm.json", "helpdesk.json", "servicenow.json"}
    assert shipped == {name: (examples / name).read_bytes() for name in shipped}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"colums": {}}, "unknown field `colums`"),
        ({"rates": None}, "missing required field `rates`"),
        ({"columns": {"ticket": "number"}}, "missing required field `state` - at `$.columns`"),
        ({"maximum_minutes": -1}, "`int` >= 0 - at `$.maximum_minutes`"),
        ({"time": "%d/%m/%Q"}, "expected `rfc3339` or a form such as `%d/%m/%Y %H:%M`, got `%d/%m/%Q`"),
        ({"time": "%H:%M"}, "got `%H:%M`"),
        ({"currency": "XXQ"}, "/policy/rates/0/currency"),
        ({"approval_above": "much"}, "/policy/approvals/0/above"),
    ],
)
def test_a_mapping_that_is_none_is_told(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    own = {**json.loads((mapping.SHIPPED / "servicenow.json").read_text()), **change}
    (tmp_path / "own.json").write_text(json.dumps({key: value for key, value in own.items() if value is not None}))
    command = ["month-end", "--events", str(write(tmp_path, LOG)), "--mapping", str(tmp_path / "own.json")]
    done = subprocess.run([sys.executable, "-m", "duebill", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and told in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("place", "line", "found"),
    [
        (4, LOG[1], ("duplicate-row", 5, "", "T-1")),
        (4, "T-1,New", ("short-row", 5, "", "2 of 6 fields")),
        (4, LOG[1] + ",", ("long-row", 5, "", "7 of 6 fields")),
        (4, "T-1,Closed,31/2/2016 17:10,eve,ada,3", ("bad-time", 5, "sys_updated_at", "31/2/2016 17:10")),
        (4, "T-1,Closed,,eve,ada,3", ("bad-time", 5, "sys_updated_at", "")),
        (4, "T-1,Closed,1/2/2016 17:10,eve,ada,3", ("time-order", 5, "sys_updated_at", "2016-02-01T17:10:00Z after 2016-02-29T17:00:00Z")),
        (7, "T-9,Active,1/3/2016 17:10,eve,ada,?", ("unknown-priority", 8, "priority", "?")),
        (7, ",Active,1/3/2016 17:10,eve,ada,3", ("bad-id", 8, "number", "")),
        (7, "T-9,Active,1/3/2016 17:10,eve, ada,3", ("bad-id", 8, "caller_id", " ada")),
        (7, '"T\x00-9",Active,1/3/2016 17:10,eve,ada,3', ("bad-id", 8, "number", "T\N{REPLACEMENT CHARACTER}-9")),
    ],
)  # fmt: skip
def test_a_damaged_row_is_found_and_the_others_done(
    tmp_path: Path, place: int, line: str, found: tuple[str, int, str, str]
) -> None:
    told = bill(tmp_path, [*LOG[:place], line, *LOG[place:]])
    code, at, column, value = found
    assert findings(told) == {(code, at, column, value)}
    assert (told["entries"], told["total"]) == (3, "1050.00")
    assert told["events"] == 7 + (code != "duplicate-row")


def test_work_of_an_unknown_priority_is_captured_and_not_billed(tmp_path: Path) -> None:
    told = bill(tmp_path, [line.replace("1 - Critical", "9 - Unheard of") for line in LOG])
    assert ("unknown-priority", 4, "priority", "9 - Unheard of") in findings(told)
    assert {"code": "rate-missing", "count": 1} in told["findings"]
    assert (told["entries"], told["raw_minutes"], told["total"]) == (3, 280, "90.00")


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    told = bill(tmp_path, [line.replace("caller_id", "caller") for line in LOG], status=1)
    assert findings(told) == {("missing-column", 1, "caller_id", HEADINGS.replace("caller_id", "caller"))}
    assert told["events"] == told["entries"] == 0
    told = bill(tmp_path, [line.replace("priority", "urgency") for line in LOG])
    assert findings(told) == {("missing-column", 1, "priority", HEADINGS.replace("priority", "urgency"))}
    assert (told["entries"], told["total"]) == (3, "0.00")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r\n\r\n"])
def test_lines_are_counted_as_editors_do(tmp_path: Path, ending: str) -> None:
    file = tmp_path / "log.csv"
    lines = [*LOG, '"T\n9",Active,1/3/2016 17:10,eve,ada,3', "T-8,Active,never,eve,ada,3"]
    file.write_bytes(b"\xef\xbb\xbf" + "".join(line + ending for line in lines).encode())
    per_line = ending.count("\n")
    expected = {("bad-id", 1 + 8 * per_line, "number"), ("bad-time", 2 + 9 * per_line, "sys_updated_at")}
    assert {each[:3] for each in findings(answer("month-end", "--events", file))} == expected


def test_gzip_is_known_by_its_content(tmp_path: Path) -> None:
    whole = bill(tmp_path, LOG)
    content = (tmp_path / "log.csv").read_bytes()
    file = tmp_path / "log.txt"
    file.write_bytes(gzip.compress(content[:50]) + gzip.compress(content[50:]))
    assert answer("month-end", "--events", file) == whole


def test_a_heading_is_counted_and_shown_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    for content, line, heading in ((b"", 1, ""), (b"\r\n\na;b\n1;2\n", 3, "a;b"), (b"\xef\xbb\xbf\"a\"\r\n", 1, "a")):
        file.write_bytes(content)
        told = answer("month-end", "--events", file, status=1)
        assert {(each[1], each[3]) for each in findings(told)} == {(line, heading)}


def test_a_row_that_does_not_end_is_left_out(tmp_path: Path) -> None:
    told = bill(tmp_path, [*LOG, 'T-9,Active,"', *["1/3/2016 17:10"] * 80_000])
    assert findings(told) == {("endless-row", 9, "", "within the line")} and told["events"] == 7
    told = bill(tmp_path, [*LOG, 'T-9,Active,"', "1/3/2016 17:10"])
    assert findings(told) == {("short-row", 9, "", "3 of 6 fields on 3 lines")} and told["events"] == 8
    told = bill(tmp_path, [*LOG, "T-9," * 300_000])
    assert findings(told) == {("endless-row", 9, "", "within the line")} and told["events"] == 7


def test_a_file_that_was_cut_says_where(tmp_path: Path) -> None:
    bill(tmp_path, [*LOG, *(f"T-9,Active,{day}/3/2016 09:00,eve,ada,{day % 4 + 1}" for day in range(1, 32))])
    packed = gzip.compress((tmp_path / "log.csv").read_bytes())
    file = tmp_path / "cut.csv.gz"
    for length in range(len(packed) - 100, len(packed), 3):
        file.write_bytes(packed[:length])
        told = answer("month-end", "--events", file)
        (found,) = findings(told)
        assert found[0] == "truncated-input" and found[3] in ("within the line", "between lines")
        # The heading and all rows before the cut are read, the cut one is not.
        assert told["events"] == found[1] - 2
    for tail in (packed[:1], packed[:3], packed[:10], packed[:12]):
        file.write_bytes(packed + tail)
        told = answer("month-end", "--events", file)
        assert findings(told) == {("truncated-input", 40, "", "between lines")} and told["events"] == 38
    file.write_bytes(packed[:-8] + bytes(8))
    told = answer("month-end", "--events", file)
    assert findings(told) == {("corrupt-input", 40, "", "between lines")} and told["events"] == 38


def test_the_same_rows_again_change_nothing(tmp_path: Path) -> None:
    once = bill(tmp_path, LOG)
    again = bill(tmp_path, LOG + LOG[1:] * 20)
    (repeated,) = [each for each in again["findings"] if each["code"] == "duplicate-row"]
    assert repeated["count"] == 140
    again["findings"].remove(repeated)
    assert again == once


def test_people_are_told(tmp_path: Path) -> None:
    told = run("month-end", "--events", write(tmp_path, [*LOG, LOG[1]]))
    for expected in ("1,050.00 USD", "minutes billed", "duplicate-row, first on line 9: T-1", "ms in the core"):
        assert expected in told


def test_a_file_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    for job in (["month-end", "--events"], ["aging", "--as-of", "2013-01-15", "--invoices"]):
        command = [sys.executable, "-m", "duebill", *job, str(tmp_path / "nothing.csv")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1 and done.stderr.startswith("duebill: ") and "Traceback" not in done.stderr


class TestRealData:
    """The logs that `DUEBILL_DATA` names; nothing of them is part of the project."""

    def test_an_audit_log_is_billed(self, data: Path | None) -> None:
        if data is None:
            return
        told = answer("month-end", "--events", data / "tickets_servicenow" / "incident_event_log.csv.gz")
        assert told == {
            "billed_minutes": 4_048_965,
            "entries": 38_716,
            "events": 141_712,
            "findings": [
                {"code": "approval-needed", "count": 5_320},
                {"code": "entry-zero-length", "count": 6_602},
                {"code": "number-date-order", "count": 2_729},
            ],
            "invoices": 8_074,
            "invoices_awaiting_approval": 5_320,
            "raw_minutes": 3_874_419,
            "schema": "duebill/events/1",
            "tickets": 24_918,
            "total": "8283120.00",
            "zero_invoices": 129,
        }

    def test_another_log_is_billed_by_its_mapping(self, data: Path | None) -> None:
        if data is None:
            return
        told = answer("month-end", "--mapping", "helpdesk", "--events", data / "tickets_helpdesk" / "helpdesk.csv.gz")
        assert (told["tickets"], told["entries"], told["total"]) == (4_580, 5_057, "1723830.00")


def test_the_arguments_explain_themselves() -> None:
    assert "--events" in run("month-end", "--help") and "--as-of" in run("aging", "--help")
    assert "month-end" in run() and duebill.__version__ in run("--version")
