"""The page that says what goes and what stays when a person is erased."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext_lazy

from raci import models
from raci.domain.records import Kind
from raci.services.erasing import Leaving
from raci.services.labels import KINDS

# What is counted, in the order in which it is told; the name goes, the rest of it stays.
_NAMED: dict[str, Any] = {
    "revisions": ngettext_lazy("%(count)d revision that they made", "%(count)d revisions that they made", "count"),
    "comments": ngettext_lazy("%(count)d comment", "%(count)d comments", "count"),
    "decisions": ngettext_lazy("%(count)d decision", "%(count)d decisions", "count"),
    "answers": ngettext_lazy("%(count)d answer to a decision", "%(count)d answers to decisions", "count"),
    "grey_areas": ngettext_lazy("%(count)d grey area", "%(count)d grey areas", "count"),
    "rounds": ngettext_lazy("%(count)d blind round", "%(count)d blind rounds", "count"),
    "imports": ngettext_lazy("%(count)d file that they brought", "%(count)d files that they brought", "count"),
}
# What goes altogether.
_GONE: dict[str, Any] = {
    "feeds": ngettext_lazy("%(count)d calendar", "%(count)d calendars", "count"),
    "looks": ngettext_lazy("%(count)d note of when they last looked", "%(count)d notes of when they looked", "count"),
    "digests": ngettext_lazy("%(count)d note of a digest", "%(count)d notes of digests", "count"),
}


@dataclass(frozen=True)
class ErasePage:
    """What is shown: the person, what is about to happen to what is held about them."""

    person: models.Person
    leaving: Leaving

    @property
    def named(self) -> list[str]:
        """What stays without the name."""
        return list(_counted(_NAMED, self.leaving))

    @property
    def gone(self) -> list[str]:
        """What goes altogether."""
        return list(_counted(_GONE, self.leaving))

    @property
    def holdings(self) -> int:
        """How many roles end today."""
        return self.leaving.counts["holdings"]

    @property
    def other_names(self) -> list[str]:
        """What else they are or were called."""
        return sorted(self.leaving.traces.names - {self.person.name})

    @property
    def mentions(self) -> list[tuple[str, str]]:
        """Texts of others that name them: where, and the text."""
        return [(str(KINDS[Kind(kind)]), text) for kind, text in self.leaving.mentions]


def erase_page(person: models.Person, found: Leaving) -> ErasePage:
    """Return the page."""
    return ErasePage(person, found)


def _counted(words: dict[str, Any], found: Leaving) -> Iterator[str]:
    for name, said in words.items():
        if count := found.counts.get(name, 0):
            yield str(said % {"count": count})
