"""What the pages show first is a whole program: it runs as it stands, from the root of the clone."""

import re
import subprocess
import sys
from pathlib import Path

import scenes


def programs(page: Path) -> list[str]:
    """The Python of a page that stands on its own."""
    found: list[str] = re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)
    return [program for program in found if "import duebill" in program]


def run(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=scenes.WORKSPACE).stdout


def test_the_first_page_runs() -> None:
    (program,) = programs(scenes.WORKSPACE / "README.md")
    asked = "print(account.report(rulebook, {'as_of': '2026-01-31', 'kind': 'account'})['unbilled'][0]['seconds'])"
    assert run(program + asked) == "4200\n"


def test_the_page_of_the_package_runs() -> None:
    host, typed = programs(scenes.WORKSPACE / "python" / "README.md")
    assert run(host) == "{('account', 'acme'): 3, ('series', 'invoices'): 1}\n"
    assert run(typed) == "monthly:2026-01-31:EUR 119.00 EUR wait for its number\n"
