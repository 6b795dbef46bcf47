"""Makes a Python environment that has the duebill of this working copy, and prints its interpreter.

    python3 environment.py [TARGET]

Builds the wheel with cargo's dev profile into TARGET, cargo's target folder, and installs it beside the
pinned tools of `requirements-dev.txt` into TARGET/python/venv. The environment is made once and reused
while the interpreter and the pins are the same; the wheel is built and installed each time, which takes
seconds where nothing has changed. The last line of the output is the path of the interpreter. On failure
the one line that matters stands first on stderr.

Tests that need Python call this: `tests/wheel.rs` here, and those of the examples.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
TOOLS = SOURCE / "requirements-dev.txt"
OLDEST = (3, 10)


class Failure(Exception):
    """Why there is no environment: one sentence, then what the failed program said."""


class Environment:
    """The virtual environment below a target folder."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.folder = target / "python"
        self.interpreter = self.folder / "venv" / "bin" / "python"

    def prepare(self) -> None:
        """Makes it, or what is missing of it; two callers wait for each other."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.install_tools()
            self.install_wheel()

    def install_tools(self) -> None:
        """Makes the environment, unless the one that stands was made by this Python with these tools."""
        wanted = f"{sys.version}\n{sys.executable}\n{TOOLS.read_text('utf-8')}"
        stamp = self.folder / "installed.txt"
        if stamp.exists() and stamp.read_text("utf-8") == wanted:
            return
        stamp.unlink(missing_ok=True)
        venv = self.folder / "venv"
        shutil.rmtree(venv, ignore_errors=True)
        self.run(
            "python3 can not make a virtual environment: install the Debian package python3-venv",
            [sys.executable, "-m", "venv", str(venv)],
        )
        self.run(
            "pip can not install the pinned tools: is the Python package index within reach?",
            [*self.pip(), "-r", str(TOOLS)],
        )
        stamp.write_text(wanted, "utf-8")

    def install_wheel(self) -> None:
        """Builds into cargo's own target folder, so that nothing is compiled twice, and installs the result."""
        wheels = self.folder / "wheels"
        shutil.rmtree(wheels, ignore_errors=True)
        build = ["build", "--profile", "dev", "--compatibility", "linux", "--out", str(wheels)]
        self.run("maturin can not build the wheel", [str(self.interpreter), "-m", "maturin", *build])
        (wheel,) = wheels.glob("*.whl")
        install = ["--no-deps", "--force-reinstall", "--no-index", str(wheel)]
        self.run("pip can not install the wheel", [*self.pip(), *install])

    def pip(self) -> list[str]:
        return [str(self.interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]

    def run(self, otherwise: str, command: list[str]) -> None:
        """Runs to the end, with nothing of the caller's that would change what Python finds."""
        settings = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "PYTHONHOME"}}
        settings["VIRTUAL_ENV"] = str(self.folder / "venv")
        settings["PYO3_CONFIG_FILE"] = str(SOURCE / "stable-abi.txt")
        settings["CARGO_TARGET_DIR"] = str(self.target)
        done = subprocess.run(
            command, cwd=SOURCE, env=settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode:
            raise Failure(f"{otherwise}\n{' '.join(command)}\n{done.stdout}")


def checked_interpreter() -> None:
    """Says what to install where this Python will not do."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise Failure(
            f"python3 is {found}, and 3.10 is the oldest that duebill supports: install a later Debian package python3"
        )
    try:
        import ensurepip  # noqa: F401  what Debian puts into python3-venv
    except ImportError:
        raise Failure("python3 has no module ensurepip: install the Debian package python3-venv") from None


def main() -> int:
    """Prepares the environment and prints its interpreter."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    default = Path(os.environ.get("CARGO_TARGET_DIR") or SOURCE.parent / "target")
    parser.add_argument("target", nargs="?", type=Path, default=default, help="cargo's target folder")
    environment = Environment(parser.parse_args().target.resolve())
    try:
        checked_interpreter()
        environment.prepare()
    except Failure as reason:
        print(reason, file=sys.stderr)
        return 1
    print(environment.interpreter)
    return 0


if __name__ == "__main__":
    sys.exit(main())
