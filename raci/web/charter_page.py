"""The page of a charter: in words as in every document, with what only a page has beside it."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from raci import models
from raci.documents.charter.told import Told, tell
from raci.domain.charter import Difference
from raci.domain.charter.mismatch import main_duties
from raci.services.charters import Drawn, Holder, draw, holders, told
from raci.services.charters.exporting import edition, levels
from raci.services.charters.signing import State
from raci.services.words import said
from raci.web import access, access_charters, access_people

_HEADINGS = {
    "role": _("What it is"),
    "purpose": _("What it is for"),
    "duty": _("What it does"),
    "skill": _("What it has to know"),
    "reporting_line": _("To whom it answers"),
    "party": _("With whom it deals"),
}


@dataclass(frozen=True)
class Change:
    """What came to a charter and what went since it was signed, in words."""

    added: list[str]
    removed: list[str]


def in_words(difference: Difference) -> Change:
    """Return a difference as sentences."""
    return Change(told(difference.added), told(difference.removed))


class CharterPage:
    """Everything that the page of a charter shows."""

    def __init__(self, request: HttpRequest, role: models.Role) -> None:
        self._request, self.role = request, role

    @cached_property
    def drawn(self) -> Drawn:
        return draw(access.place(self._request).organisation, self.role.key)

    @cached_property
    def holders(self) -> list[Holder]:
        """Who holds the role today, and how they stand to the charter."""
        return holders(access.place(self._request).organisation, self.drawn)

    @cached_property
    def told(self) -> Told:
        """The charter in words."""
        organisation = access.place(self._request).organisation
        return tell(edition(organisation, self.drawn, self.holders, levels()))

    @cached_property
    def mine(self) -> Holder | None:
        """How the visitor stands to the charter, None where they do not hold the role."""
        person = access_people.myself(self._request)
        return next((one for one in self.holders if person and one.person == person.key), None)

    @property
    def asks_me(self) -> bool:
        """Whether it is for the visitor to sign now."""
        may = access.place(self._request).may_claim and self.drawn.view.written
        return may and self.mine is not None and self.mine.state is not State.SIGNED

    @property
    def changed_since(self) -> Change | None:
        """What came and went since the visitor signed, None where nothing did."""
        return in_words(self.mine.difference) if self.mine and self.mine.difference else None

    @property
    def changes(self) -> list[tuple[Holder, Change]]:
        """What came and went since each of those signed whose signature it has outlived."""
        return [(one, in_words(one.difference)) for one in self.holders if one.state is State.CHANGED]

    @property
    def problems(self) -> list[str]:
        """What the written parts lack; which of the main duties is meant stands before what is said of it."""
        mine = main_duties(self.drawn.whole.register, self.role.key)
        return [
            f"“{mine[one.key].text}”: {said(one.sentence)}" if one.key else said(one.sentence)
            for one in self.drawn.problems
        ]

    @property
    def claimed(self) -> list[str]:
        """Main duties that no matrix bears out."""
        mine = main_duties(self.drawn.whole.register, self.role.key)
        return [mine[key].text for key in self.drawn.mismatch.claimed]

    @property
    def unnamed(self) -> list[tuple[str, str]]:
        """Duties that the role owns and the charter does not name: key, and code with title."""
        duties = self.drawn.whole.register.duties
        return [(key, f"{duties[key].code} {duties[key].title}") for key in self.drawn.mismatch.unnamed]

    @property
    def catalogue(self) -> list[tuple[Any, list[Any]]]:
        """What the catalogue says of such a role, by kind."""
        found = access_charters.catalogue(self.role)
        return [(_HEADINGS[kind], list(group)) for kind, group in groupby(found, key=lambda entry: entry.kind)]
