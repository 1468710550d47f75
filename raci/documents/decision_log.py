"""The decision log as Markdown that is kept in a repository: a diff of two exports shows what was decided in between.

So the order is fixed, each field has a line of its own, and nothing depends on the day of the export: what a record
says changes only when somebody changes that record. What replaced a decision stands with its successor.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from raci.documents.speech import gettext as _
from raci.domain.text import code_key

# What Markdown or HTML would take for its own: these stand behind a backslash (CommonMark 0.31, section 2.4).
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$#])")
# What begins a list or underlines a title where it stands first on a line.
_FIRST = re.compile(r"^([-+=]|[0-9]{1,9}(?=[.)]))")


@dataclass(frozen=True)
class Entry:
    """One decision as the log tells it: ``told`` are its fields by their names, in words; empty ones are left out."""

    key: str
    code: str
    title: str
    decided_on: date
    told: Sequence[tuple[str, str]]


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return decisions in the order of the log: by day, then by code, VEN-2 before VEN-10, then by key."""
    return sorted(entries, key=lambda entry: (*place_of(entry.decided_on, entry.code, entry.key), tuple(entry.told)))


def place_of(decided_on: date, code: str, key: str) -> tuple[date, str, str, str]:
    """Return what decides where a decision stands in the log."""
    return decided_on, code_key(code), code, key


def write_log(organisation: str, entries: Iterable[Entry]) -> str:
    """Return the log as a Markdown document, oldest decision first."""
    title = _("Decisions of {organisation}").format(organisation=organisation)
    lines = [f"# {plain(title)}", ""]
    for entry in in_order(entries):
        lines += _section(entry)
    return "\n".join(lines)


def _section(entry: Entry) -> list[str]:
    heading = f"## {entry.decided_on.isoformat()} · {plain(entry.code)} {plain(entry.title)}".rstrip()
    lines = [heading, ""]
    for name, value in (*entry.told, (_("Key"), entry.key)):
        if value.strip():
            lines += _field(name, value)
    return [*lines, ""]


def _field(name: str, value: str) -> list[str]:
    """Return a field on a line of its own; what was typed on several lines stays on several, within the same item."""
    first, *others = [" ".join(line.split()) for line in value.split("\n") if line.strip()]
    lines = [f"- **{plain(name)}:** {plain(first)}"]
    for line in others:
        lines[-1] += "\\"  # a hard break
        lines.append(f"  {_begun(line)}")
    return lines


def plain(text: str) -> str:
    """Return a text on one line that reads as it is, whatever signs it has."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _begun(line: str) -> str:
    """Return a line that begins nothing of its own."""
    escaped = plain(line)
    found = _FIRST.match(escaped)
    if not found:
        return escaped
    head = found[1]
    return f"{head}\\{escaped[len(head) :]}" if head.isdigit() else f"\\{escaped}"
