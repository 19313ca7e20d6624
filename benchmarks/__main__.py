"""All measures, for `make bench`, or one of them: `python -m benchmarks [NAME] [--data FOLDER]`

Each runs in a process of its own and can be run alone with more choices: `python -m benchmarks.NAME --help`.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ALONE: dict[str, list[str]] = {
    "pages": [],
    "import_rows": ["--rows", "1000000"],
    "import_database": ["--rows", "1000000"],
    "finding_speed": ["10000", "100000"],
    "scoring_run": ["10000", "100000"],
    "what_if": [],
    "matching": [],
    "item_analysis": [],
    "enrolment_rules": [],
    "attempts": ["--short"],
}
ON_DATA = ("finding", "gaming")


def main() -> int:
    """Run what is asked for; returns 0 if all of it ran through."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", choices=[*ALONE, *ON_DATA], help="one measure; default: all")
    parser.add_argument("--data", type=Path, help="a folder with a real community, for " + " and ".join(ON_DATA))
    arguments = parser.parse_args()
    chosen = ALONE | ({name: [str(arguments.data)] for name in ON_DATA} if arguments.data else {})
    if arguments.name in ON_DATA and not arguments.data:
        parser.error(f"{arguments.name} needs --data FOLDER")
    if arguments.name:
        chosen = {arguments.name: chosen[arguments.name]}
    return max([_run(name, rest) for name, rest in chosen.items()])


def _run(name: str, arguments: list[str]) -> int:
    print(f"\n== {name} {' '.join(arguments)}".rstrip(), flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *arguments]).returncode


if __name__ == "__main__":
    sys.exit(main())
