"""The page of what somebody is accountable for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from raci import models
from raci.domain.mine import AreaOfTasks, Mine, Task
from raci.services import mine as service
from raci.services.feeds import feed_of
from raci.services.settling.words import part_in_words
from raci.web import access, access_people


@dataclass(frozen=True)
class Line:
    """A row with its terms in words: the key of the decision, and what it says."""

    task: Task
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Area:
    """An area with what they answer for and what else they do in it."""

    name: str
    owned: tuple[Line, ...]
    done: tuple[Line, ...]


@dataclass(frozen=True)
class Page:
    """What is shown. ``person`` is None where the visitor is linked to nobody; ``own`` where they look at themselves.

    ``secret`` is that of a feed that was just made: nothing shows it again.
    """

    person: models.Person | None
    own: bool = True
    found: service.Accountable | None = None
    since: service.Since | None = None
    feed: models.Feed | None = None
    secret: str = ""

    @property
    def mine(self) -> Mine:
        return self.found.mine if self.found else Mine()

    @property
    def areas(self) -> Iterator[Area]:
        """The areas, with words for what only a decision says."""
        return (_area(area) for area in self.mine.areas)


def own_page(request: HttpRequest, secret: str = "") -> Page:
    """Return what the visitor is accountable for; from now on they have looked at it."""
    place = access.place(request)
    person = access_people.myself(request)
    if person is None:
        return Page(None)
    found = service.accountable(place.organisation, person, timezone.localdate())
    since = _since(request, found, person)
    if not request.GET.get("since"):
        service.note_look(place.organisation, access.signed_in(request), found.whole.revision)
    feed = feed_of(place.organisation, access.signed_in(request))
    return Page(person, True, found, since, feed, secret)


def page_of(request: HttpRequest, person: models.Person) -> Page:
    """Return what somebody else is accountable for. Nobody has looked by that."""
    found = service.accountable(access.place(request).organisation, person, timezone.localdate())
    return Page(person, False, found)


def _since(request: HttpRequest, found: service.Accountable, person: models.Person) -> service.Since | None:
    """Return what changed since they last looked, or since the revision that is asked for; None the first time."""
    organisation = access.place(request).organisation
    asked = request.GET.get("since", "")
    if asked.isascii() and asked.isdigit() and len(asked) < _MOST_DIGITS:
        return service.changed_since(organisation, found, person, int(asked), None)
    look = service.last_look(organisation, access.signed_in(request))
    if look is None:
        return None
    return service.changed_since(organisation, found, person, look.number, timezone.localtime(look.looked_at))


_MOST_DIGITS = 9


def _area(area: AreaOfTasks) -> Area:
    return Area(area.name, tuple(map(_line, area.owned)), tuple(map(_line, area.done)))


def _line(task: Task) -> Line:
    return Line(task, tuple((term.decision, part_in_words(term.record, term.part)) for term in task.terms))
