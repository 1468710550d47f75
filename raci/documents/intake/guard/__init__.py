"""The guard: what is looked at before any reader sees a file, by the standard library alone and without an XML parser.

It streams: nothing is held but the file and a window of what is unpacked from it. Whatever passes is handed on to a
process of its own all the same (`raci.documents.intake.sandbox`).
"""

from dataclasses import dataclass

from raci.documents.intake.guard import sniffing, words
from raci.documents.intake.guard.compound import check_compound
from raci.documents.intake.guard.limits import LARGEST_FILE, MEGABYTE
from raci.documents.intake.guard.packed import Seen, check_packed
from raci.documents.intake.guard.plain import check_plain
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

# Endings of names, and what files called so may turn out to be without anybody being told.
_ENDINGS = {
    "xlsx": {"xlsx"},
    "xltx": {"xlsx"},
    "xlsm": {"xlsm", "xlsx"},
    "xltm": {"xlsm", "xlsx"},
    "xls": {"xls"},
    "xlt": {"xls"},
    "xlsb": {"xlsb"},
    "ods": {"ods"},
    "ots": {"ods"},
    "htm": {"html"},
    "html": {"html"},
    "csv": {"text"},
    "tsv": {"text"},
    "tab": {"text"},
    "md": {"text", "html"},
    "markdown": {"text", "html"},
    "txt": {"text", "html"},
}
_KINDS = {
    "xlsx": _("an Excel workbook (.xlsx)"),
    "xlsm": _("an Excel workbook with macros (.xlsm)"),
    "xls": _("an old Excel workbook (.xls)"),
    "xlsb": _("a binary Excel workbook (.xlsb)"),
    "ods": _("an OpenDocument spreadsheet (.ods)"),
    "html": _("a web page (.html)"),
    "text": _("plain text"),
}


@dataclass(frozen=True)
class Admitted:
    """A file that may be read: "xlsx", "xlsm", "xls", "xlsb", "ods", "html" or "text", and what to know of it."""

    kind: str
    notes: tuple[Sentence, ...] = ()


def admit(content: bytes, name: str, seen: Seen | None = None) -> Admitted:
    """Look at a file before anybody reads it. ``seen`` is told how much has been looked at, of how much.

    Raises `Refused` with a sentence that says what is the matter and what to do. What the file is, its content
    decides; where its name says something else, a note tells.
    """
    check_size(content)
    kind, notes = _check(content, seen or _nobody)
    return Admitted(kind, (*_misnamed(kind, name), *notes))


def check_size(content: bytes) -> None:
    """Refuse an empty file and one that is too large: this costs nothing."""
    if not content:
        raise words.refusal(_("The file is empty. Choose another one."))
    if len(content) > LARGEST_FILE:
        text = _(
            "The file has {size} MB, and at most {most} MB are read. Copy the matrix alone into a new workbook and "
            "upload that."
        )
        size = -(-len(content) // MEGABYTE)
        raise words.refusal(text, size=size, most=LARGEST_FILE // MEGABYTE)


def ending(name: str) -> str:
    """Return the ending of a file's name, without the dot and in small letters."""
    return name.rpartition(".")[2].casefold() if "." in name else ""


def _check(content: bytes, seen: Seen) -> tuple[str, tuple[Sentence, ...]]:
    container = sniffing.container(content)
    if container == sniffing.PACKED:
        return check_packed(content, seen)
    if container == sniffing.COMPOUND:
        check_compound(content)
        return "xls", ()
    if what := sniffing.something_else(content):
        raise words.foreign(what)
    return check_plain(content), ()


def _misnamed(kind: str, name: str) -> tuple[Sentence, ...]:
    named = ending(name)
    if kind in _ENDINGS.get(named, {kind}):
        return ()
    text = _("The name ends in .{ending}, but the file is {what}. It was read as that.")
    return (Sentence(text, {"ending": named, "what": Sentence(_KINDS[kind])}),)


def _nobody(done: int, total: int) -> None:
    """Be told and do nothing."""


__all__ = ["Admitted", "admit", "check_size", "ending"]
