"""The matrix as Markdown: for a wiki, an issue or a mail."""

import re

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.speech import day, speaking
from raci.documents.speech import gettext as _
from raci.documents.tally import Tally
from raci.domain.structure import rows_in_order

# What Markdown or HTML would take for its own: these stand behind a backslash (CommonMark 0.31, section 2.4).
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")


def write_markdown(edition: Edition) -> str:
    """Return the matrix as a Markdown document: a head, then one table with a line per duty."""
    with speaking(edition.language):
        return "\n".join(_lines(edition))


def _lines(edition: Edition) -> list[str]:
    matrix = edition.matrix
    tally = Tally(matrix, edition.settings.owner_may_do)
    names = [matrix.roles[role].name for role in matrix.column_keys]
    about = _("scope: {scope} · revision {revision}, {day}").format(
        scope=plain(words.scope(matrix.sheet)), revision=edition.revision, day=day(edition.revised_at)
    )
    lines = [
        f"# {plain(matrix.sheet.title)}",
        "",
        f"**{plain(edition.organisation)}** · {about}",
        *(["", f"**{plain(words.narrowed(edition.narrowed_to))}**"] if edition.narrowed_to else []),
        "",
        f"**{words.total(len(matrix.rows), tally.clean, tally.not_here)}**",
        "",
        line([_("Area"), _("Code"), _("Duty"), *map(plain, names), _("Check")]),
        line(["---", "---", "---", *[":-:"] * len(names), "---"]),
    ]
    for key in rows_in_order(matrix):
        duty = matrix.duties[key]
        area = matrix.areas[duty.area].name if duty.area in matrix.areas else ""
        letters = [
            f"**{plain(held)}**" if held else "" for held in map(matrix.cells.get(key, {}).get, matrix.column_keys)
        ]
        lines.append(line([*map(plain, (area, duty.code, duty.title)), *letters, plain(tally.words_on(key))]))
    known = " · ".join(f"**{plain(item.code)}** {plain(_(item.label))}" for item in matrix.scheme.letters)
    empty = _("empty: {meaning}").format(meaning=plain(_(matrix.scheme.empty_means)))
    return [*lines, "", f"{known} · {empty}", ""]


def line(values: list[str]) -> str:
    """Return one line of a table."""
    return "| " + " | ".join(values) + " |"


def plain(text: str) -> str:
    """Return a text on one line that reads as it is, whatever signs it has."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
