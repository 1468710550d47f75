"""How marks and verdicts look and what they are called: a sign and a word, so that neither needs a colour."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from raci.domain.claims import Mark, MarkValue, Verdict
from raci.domain.matrix import Matrix


@dataclass(frozen=True)
class Look:
    """A word with a sign before it; ``about`` says what it means. ``style`` ends the name of its class."""

    sign: str
    word: Any
    style: str
    about: Any = ""


VERDICTS = {
    Verdict.AGREED: Look("✓", _("Agreed"), "agreed", _("one takes it, the others say the same")),
    Verdict.CONFIRM: Look(
        "✓?", _("Agreed, to confirm"), "confirm", _("one takes it, somebody says that it is nobody’s")
    ),
    Verdict.COLLISION: Look("×", _("Collision"), "collision", _("more than one takes it")),
    Verdict.ORPHAN: Look("○", _("Orphan"), "orphan", _("nobody takes it")),
    Verdict.PARTIAL: Look("≠", _("Partial"), "partial", _("they agree only in part")),
    Verdict.NAME_ONE: Look("=", _("Name one"), "name-one", _("all share it: one must be accountable")),
    Verdict.OPEN: Look("?", pgettext_lazy("verdict of a blind round", "Open"), "open", _("somebody does not know")),
}

MARKS = {
    MarkValue.MINE: Look("●", _("mine"), "mine"),
    MarkValue.THEIRS: Look("→", _("theirs"), "theirs"),
    MarkValue.SHARED: Look("◐", _("shared"), "shared"),
    MarkValue.NOBODY: Look("○", _("nobody’s"), "nobody"),
    MarkValue.UNKNOWN: Look("?", _("not known"), "unknown"),
}


def mark_word(mark: Mark, matrix: Matrix) -> str:
    """Return what somebody marked as a word; the name of the role where it means one of several."""
    if mark.value is MarkValue.THEIRS and mark.whose in matrix.roles:
        return matrix.roles[mark.whose].name
    return str(MARKS[mark.value].word)
