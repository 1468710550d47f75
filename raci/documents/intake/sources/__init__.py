"""Any file that the guard has admitted, as tables of text. Readers run only in a process of their own (`child`)."""

from collections.abc import Callable

from raci.documents.intake.guard import Admitted, admit, ending
from raci.documents.intake.sources.textual import MARKDOWN_OR_PASTED, read_markup, read_text
from raci.documents.intake.sources.workbooks import read_workbook
from raci.documents.intake.table import Sheaf

Progress = Callable[[str, int, int], None]


def open_sheaf(
    content: bytes, name: str, *, admitted: Admitted | None = None, progress: Progress | None = None
) -> Sheaf:
    """Return all tables of a file. Raises `Refused`.

    Where the guard has ``admitted`` it already, it is not asked again. ``progress`` is told the stage, what is done of
    it, and how much there is.
    """
    tell = progress or _nobody
    known = admitted or admit(content, name, lambda done, total: tell("guard", done, total))
    if known.kind == "html" and ending(name) not in MARKDOWN_OR_PASTED:
        return read_markup(content, known.notes)
    if known.kind in ("html", "text"):
        return read_text(content, name, known.notes)
    return read_workbook(content, known, lambda done, total: tell("parse", done, total))


def _nobody(stage: str, done: int, total: int) -> None:
    """Be told and do nothing."""
