"""`python -m duebill`: the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from duebill import __version__
from duebill._commands import aging, history, month_end
from duebill._commands.findings import InputError


def parser() -> argparse.ArgumentParser:
    """The arguments; each job adds its own and sets `run`."""
    top = argparse.ArgumentParser(prog="python -m duebill", description="Ticket-to-cash core for helpdesks.")
    top.add_argument("--version", action="version", version=f"duebill {__version__}")
    top.set_defaults(run=lambda arguments: top.print_help())
    jobs = top.add_subparsers(title="jobs", metavar="JOB")
    month_end.add_parser(jobs)
    aging.add_parser(jobs)
    history.add_parser(jobs)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one job and returns its exit status."""
    chosen = parser().parse_args(arguments)
    try:
        return chosen.run(chosen) or 0
    except InputError as error:
        print(f"duebill: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
