"""`python -m duebill`: the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from duebill import __version__


def parser() -> argparse.ArgumentParser:
    """The arguments; a subcommand adds its parser here and sets `run`."""
    top = argparse.ArgumentParser(prog="python -m duebill", description="Ticket-to-cash core for helpdesks.")
    top.add_argument("--version", action="version", version=f"duebill {__version__}")
    top.set_defaults(run=lambda arguments: top.print_help())
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    chosen = parser().parse_args(arguments)
    return chosen.run(chosen) or 0


if __name__ == "__main__":
    sys.exit(main())
