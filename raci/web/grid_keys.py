"""The keys of the grid, as they are listed for the person who asks."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from raci.domain.scheme import Scheme
from raci.forms.letters import spoken

Keys: TypeAlias = Sequence[tuple[str, Sequence[tuple[Sequence[Any], str]]]]


def grid_keys(scheme: Scheme, *, typing: bool) -> Keys:
    """Return the keys by subject, each with what it does; those that write only where one may."""
    ctrl, shift, alt = pgettext("key", "Ctrl"), pgettext("key", "Shift"), pgettext("key", "Alt")
    arrows = ("←", "↑", "↓", "→")
    moving = [
        (arrows, _("go to the next cell")),
        ((ctrl, "→"), _("goes to the end of what is filled")),
        ((pgettext("key", "Tab"),), _("goes along the row, and leaves the grid at its end")),
        ((pgettext("key", "Home"), pgettext("key", "End")), _("go to the ends of the row; with Ctrl, of the grid")),
        ((pgettext("key", "Page up"), pgettext("key", "Page down")), _("go a window further; with Ctrl, a section")),
        ((shift, "→"), _("makes a range; so does the mouse")),
        ((ctrl, "A"), _("takes everything into the range")),
        (("−", "+"), _("fold the section and unfold it")),
        ((pgettext("key", "Enter"),), _("opens the cell or row, or what there is to choose in it")),
        ((ctrl, "C"), _("copies the range for a spreadsheet")),
        (("/",), _("asks who owns something")),
    ]
    if not typing:
        return ((_("Moving"), moving),)
    said = {letter.code: {"letter": spoken(scheme, letter.code)} for letter in scheme.letters}
    letters = [((code,), _("sets %(letter)s") % words) for code, words in said.items()]
    writing = [
        *letters,
        ((shift, scheme.letters[0].code), _("adds the letter, or takes it away")),
        ((pgettext("key", "Delete"),), _("empties the cell or range")),
        ((ctrl, "X"), _("cuts")),
        ((ctrl, "V"), _("pastes from a spreadsheet; shows first what will change")),
        ((ctrl, "Z"), _("takes back the latest of your changes, also after a reload")),
        ((ctrl, "Y"), _("does it again")),
    ]
    shaping = [
        (("F2",), _("renames the duty, or the role at its head")),
        ((pgettext("key", "Insert"),), _("adds a duty below")),
        ((alt, "↑", "↓"), _("move the row or range")),
        ((alt, "←", "→"), _("move the role's column")),
        ((shift, "F10"), _("opens the menu of the row or role")),
    ]
    return ((_("Writing"), writing), (_("Moving"), moving), (_("Duties and roles"), shaping))
