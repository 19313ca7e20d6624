"""Where a community's data come from and under which licence, in a line that is shown on every page.

Read from what lies beside the files: `attribution` in meta.json if it is there, else the licence of meta.json and what
README.md says after "name ... as the source" or, failing that, after "Source:".
"""

import json
import re
from pathlib import Path
from typing import Any

LONGEST = 300
_SITE = re.compile(r"\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b")
_DUTY = re.compile(r"\bname (?P<source>.{3,150}?) as the source", re.IGNORECASE)
_SOURCE = re.compile(r"^Source: *(?P<source>[^\n.;(]+)", re.MULTILINE | re.IGNORECASE)


def attribution_of(folder: Path) -> str:
    """The line about a folder: whose data, which licence; "" if nothing is said beside the files."""
    meta = _meta(folder)
    if isinstance(meta.get("attribution"), str):
        return _line(meta["attribution"])
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""
    found = _DUTY.search(text) or _SOURCE.search(text)
    source = found["source"].strip() if found else ""
    licence = meta.get("licence") or meta.get("license")
    parts = [f"Data: {source}" if source else "", f"licence {licence}" if isinstance(licence, str) else ""]
    return _line(", ".join(part for part in parts if part))


def site_of(line: str) -> str:
    """The address of the site that the line names, "" if it names none."""
    found = _SITE.search(line)
    return f"https://{found[0]}" if found else ""


def _meta(folder: Path) -> dict[str, Any]:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return meta if isinstance(meta, dict) else {}


def _line(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:LONGEST].rstrip('.')}." if line else ""
