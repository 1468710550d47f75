"""Who holds a role today, in words, and which duties that leaves without anybody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raci import models
from raci.domain.matrix import Matrix
from raci.domain.records import Manner
from raci.domain.staffed import Held, Lack, Staffed, Stretch, lacks

Names = Mapping[str, str]


def names_of(organisation: int) -> dict[str, str]:
    """Return what the people of an organisation are called, by key, also those whose name was erased."""
    people = models.Person.objects.filter(organisation=organisation).order_by("pk")
    return {key: name or str(models.Person()) for key, name in people.values_list("key", "name")}


def held_today(organisation: int, matrix: Matrix, day: date) -> dict[str, tuple[str, ...]]:
    """Say who holds each role of the columns on a day, with the names as they are now: one query, or none."""
    return held_by_column(matrix, names_of(organisation), day) if matrix.holdings else {}


def held_by_column(matrix: Matrix, names: Names, day: date) -> dict[str, tuple[str, ...]]:
    """Say who holds each role of the columns on a day; nothing at all where no holding is on record."""
    known = Staffed.of(matrix)
    return {role: holders_said(known, role, names, day) for role in matrix.column_keys} if known.is_known else {}


def holders_said(known: Staffed, role: str, names: Names, day: date) -> tuple[str, ...]:
    """Say who holds a role on a day: "Ada Lovelace (acting)", or "vacant"."""
    held = known.holders(role, day)
    return tuple(held_said(one, names) for one in held) or (_("vacant"),)


def held_said(held: Held, names: Names) -> str:
    """Say how somebody holds a role: "Ada Lovelace (acting, away: Bob stands in)"."""
    parts = []
    if held.manner is Manner.ACTING:
        parts.append(_("acting"))
    if held.manner is Manner.DEPUTY:
        parts.append(_("deputy"))
    if held.away:
        covers = ", ".join(names.get(key, key) for key in held.cover)
        parts.append(_("away, %(names)s stands in") % {"names": covers} if covers else _("away"))
    name = names.get(held.person, held.person)
    return f"{name} ({', '.join(parts)})" if parts else name


@dataclass(frozen=True)
class Uncovered:
    """A stretch of days in which duties have no working owner: in which matrices, and whose roles these are."""

    stretch: Stretch
    places: Sequence[tuple[Matrix, Lack]]

    @property
    def count(self) -> int:
        """How many rows there are, in all matrices together."""
        return sum(len(lack.duties) for _matrix, lack in self.places)

    @property
    def roles(self) -> dict[str, str]:
        """The names of the roles that answer for the duties, by key."""
        return {role: matrix.roles[role].name for matrix, lack in self.places for role in lack.roles}

    @property
    def sentence(self) -> str:
        """Say it: "4 duties have no working Accountable from 3 to 17 June"."""
        words = {"count": self.count, "term": short_term(self.stretch)}
        text = ngettext(
            "%(count)d duty has no working Accountable %(term)s",
            "%(count)d duties have no working Accountable %(term)s",
            self.count,
        )
        return text % words


def uncovered(matrices: Iterable[Matrix], first: date, last: date | None = None) -> tuple[Uncovered, ...]:
    """Return when duties of some matrices have no working owner, from a day on, the earliest first.

    Only what begins by ``last``, where that is given; how long it lasts is told all the same.
    """
    found: dict[Stretch, list[tuple[Matrix, Lack]]] = {}
    for matrix in matrices:
        for lack in lacks(matrix, first):
            if last is None or lack.stretch.first <= last:
                found.setdefault(lack.stretch, []).append((matrix, lack))
    in_order = sorted(found.items(), key=lambda item: (item[0].first, item[0].last or date.max))
    return tuple(Uncovered(stretch, tuple(places)) for stretch, places in in_order)


def short_term(stretch: Stretch) -> str:
    """Say from when to when, both days included, and the year only where it is not this one: "from 3 to 17 June"."""
    first, last = stretch
    this_year = timezone.localdate().year
    form = "DATE_FORMAT" if {first.year, (last or first).year} != {this_year} else "MONTH_DAY_FORMAT"
    words = {"first": date_format(first, form), "last": date_format(last, form) if last else "", "day": first.day}
    if last is None:
        return _("from %(first)s on") % words
    if last == first:
        return _("on %(last)s") % words
    if (first.year, first.month) == (last.year, last.month):
        return _("from %(day)d to %(last)s") % words
    return _("from %(first)s to %(last)s") % words
