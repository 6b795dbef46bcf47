"""Runs the jobs of the command line as programs of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def run(*arguments: object, status: int = 0) -> str:
    command = [sys.executable, "-m", "duebill", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout if status != 2 else done.stderr


def answer(*arguments: object, status: int = 0) -> dict[str, Any]:
    """The answer, canonical, without its timings."""
    line = run(*arguments, "--json", status=status)
    content: dict[str, Any] = json.loads(line)
    assert json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n" == line
    timings = [content.pop(key) for key in ("core_ms", "total_ms") if key in content]
    assert all(type(timing) is int and timing >= 0 for timing in timings)
    return content


def write(folder: Path, lines: list[str]) -> Path:
    file = folder / "log.csv"
    file.write_text("".join(line + "\n" for line in lines))
    return file


def findings(told: dict[str, Any]) -> set[tuple[str, int, str, str]]:
    """What was found in the file: code, line, column and what stood there."""
    return {(each["code"], each["line"], each["column"], each["value"]) for each in told["findings"] if "line" in each}
