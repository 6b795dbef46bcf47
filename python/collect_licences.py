"""Writes `LICENSES-OF-DEPENDENCIES.txt`: the licence of every crate that is linked into the extension.

    python collect_licences.py [--check]

Reads what cargo resolved and the texts the crates ship. With `--check` nothing is written, and a file
that differs is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COLLECTED = HERE / "LICENSES-OF-DEPENDENCIES.txt"
PLATFORM = "x86_64-unknown-linux-gnu"


def cargo(*arguments: str) -> str:
    """What cargo says of this crate on the platform that wheels are built for."""
    command = [os.environ.get("CARGO", "cargo"), *arguments, "--locked", "--manifest-path", str(HERE / "Cargo.toml")]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def linked() -> list[dict[str, Any]]:
    """The foreign packages linked into the extension: no build tools, no procedural macros."""
    metadata = json.loads(cargo("metadata", "--format-version", "1", "--filter-platform", PLATFORM))
    tree = cargo("tree", "--edges", "normal,no-proc-macro", "--prefix", "none", "--target", PLATFORM)
    names = {tuple(line.split()[:2]) for line in tree.splitlines() if line}
    packages = (package for package in metadata["packages"] if package["source"])
    found = [package for package in packages if (package["name"], f"v{package['version']}") in names]
    return sorted(found, key=lambda package: (package["name"], package["version"]))


def texts(package: dict[str, Any]) -> list[Path]:
    """The licence files of a crate; of a choice of licences, the MIT text where there is one."""
    folder = Path(package["manifest_path"]).parent
    names = ("license", "licence", "copying", "notice", "unlicense")
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name.lower().startswith(names))
    mit = [path for path in files if "mit" in path.name.lower() or path.name.lower().startswith("notice")]
    return mit if mit and " OR " in (package["license"] or "") else files


def collect() -> str:
    """The whole file; equal texts stand once, under all the crates they belong to."""
    owners: dict[str, list[str]] = {}
    for package in linked():
        title = f"{package['name']} {package['version']} ({package['license']}), {package['repository']}"
        found = [path.read_text("utf-8").replace("\r\n", "\n").strip() for path in texts(package)]
        for text in found or ["The crate ships no text; its licence is the one named above."]:
            owners.setdefault(text, []).append(title)
    rule = "=" * 80
    sections = [f"{rule}\n{chr(10).join(titles)}\n{rule}\n\n{text}\n" for text, titles in owners.items()]
    return "The extension module of this package contains the following crates.\n\n" + "\n".join(sections)


def main() -> int:
    """Writes the file, or says that it is not current."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail if the file is not current")
    chosen = parser.parse_args()
    wanted = collect()
    if chosen.check:
        current = COLLECTED.read_text("utf-8") if COLLECTED.exists() else ""
        if current != wanted:
            print(f"{COLLECTED.name} is not what cargo resolves: run {Path(__file__).name}", file=sys.stderr)
        return int(current != wanted)
    COLLECTED.write_text(wanted, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
