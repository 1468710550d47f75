"""Erasing a person: their name and all that is held about them alone, from the tables and from history.

History keeps what was done and when. Where it named the person, a mark stands instead (`raci.services.personal`), and
the hashes still prove the rest.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Kind
from raci.services import private
from raci.services.door import CHANGE_PARTS, Author, add_revision, apply_changes
from raci.services.history import links_of, verify
from raci.services.imports.forgetting import forget_files
from raci.services.personal import ACTOR, ERASED, PERSONAL, erased, named, sealed_salt, with_text
from raci.services.tables import TABLES
from raci.services.wellformed import LONGEST_NAME


class NotErased(ValueError):
    """The person cannot be erased now; the text says why."""


class _Place(NamedTuple):
    """A field of a record that names the person."""

    address: Address
    field: str


@dataclass(frozen=True)
class Traces:
    """Where the tables and the history of an organisation name a person.

    ``account`` is the number of their account, as answers to decisions hold it. ``authored`` are the ids of the
    revisions that they made. ``changes`` has, by the id of a stored change, the fields in it that name them;
    ``places`` the fields of records that do or did.
    """

    names: frozenset[str]
    account: str = ""
    authored: tuple[int, ...] = ()
    changes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    places: frozenset[_Place] = frozenset()

    def fits(self, name: str, text: str) -> bool:
        """Tell whether a text in a field names the person."""
        return bool(text) and (text == self.account if name == "person" else text in self.names)

    def of_kind(self, kind: Kind) -> int:
        """Return how many records of a kind name them."""
        return len({place.address for place in self.places if place.address.kind is kind})


@dataclass(frozen=True)
class Leaving:
    """What goes with a person, by the name of it: how many of each; and where their name stays, in free texts."""

    traces: Traces
    counts: Mapping[str, int]
    mentions: tuple[tuple[str, str], ...] = ()


def names_of(person: models.Person) -> frozenset[str]:
    """Return what a person is called, here and in history: their account may have had other names before."""
    found = {person.name}
    if person.user is not None:
        made = models.Revision.objects.filter(organisation=person.organisation_id, actor=person.user).order_by()
        answered = models.Acknowledgement.objects.filter(
            decision__matrix__organisation=person.organisation_id, person=str(person.user.pk)
        ).order_by()
        found |= {str(person.user)[:LONGEST_NAME]}
        found |= {*made.values_list("actor_name", flat=True).distinct(), *answered.values_list("name", flat=True)}
    return frozenset(found - {"", ERASED})


def traces_of(person: models.Person) -> Traces:
    """Return where a person is named. What an account wrote that is linked to somebody else is that one's."""
    names = names_of(person)
    if not names and person.user is None:
        return Traces(names)
    others = set(
        models.Person.objects.filter(organisation=person.organisation_id, user__isnull=False, erased_on=None)
        .exclude(pk=person.pk)
        .values_list("user", flat=True)
    )
    made = models.Revision.objects.filter(Q(actor_name__in=names) | Q(actor=person.user), actor_name__gt="")
    made = made.filter(organisation=person.organisation_id)
    if person.user is None:
        made = made.filter(actor_name__in=names)
    own = (pk for pk, actor in made.order_by().values_list("pk", "actor") if actor not in others)
    found = Traces(names, "" if person.user is None else str(person.user.pk), tuple(own))
    return _named(person, found, others)


def _named(person: models.Person, traces: Traces, others: set[int]) -> Traces:
    """Find the changes that name a person, and the places.

    Whose a name is that two share is told by the first change in which the place holds it, for all that follow.
    """
    rows = models.RevisionChange.objects.filter(
        revision__organisation=person.organisation_id, kind__in=list(PERSONAL)
    ).order_by("revision__number", "ordinal")
    parts = ("pk", "revision__actor", "revision__actor_name", *CHANGE_PARTS)
    theirs: dict[_Place, bool] = {}
    changes: dict[int, tuple[str, ...]] = {}
    for pk, actor, actor_name, kind, matrix, subject, other, name, *sides in rows.values_list(*parts):
        for wanted in PERSONAL[kind]:
            place = _Place(Address(Kind(kind), matrix, subject, other), wanted)
            texts = {named(side, name, wanted) for side in sides} - {""}
            found = any(traces.fits(wanted, text) for text in texts)
            if found and theirs.setdefault(place, actor not in others or actor_name not in texts):
                changes[pk] = (*changes.get(pk, ()), wanted)
    return replace(traces, changes=changes, places=frozenset(place for place, own in theirs.items() if own))


def leaving(person: models.Person, today: date) -> Leaving:
    """Return what erasing a person would take away, and where their name stays in texts that others wrote."""
    traces, user = traces_of(person), person.user
    counts = {
        "revisions": len(traces.authored),
        "comments": traces.of_kind(Kind.COMMENT),
        "decisions": traces.of_kind(Kind.DECISION),
        "answers": traces.of_kind(Kind.ACKNOWLEDGEMENT),
        "grey_areas": traces.of_kind(Kind.GREY_AREA),
        "rounds": traces.of_kind(Kind.ROUND),
        "holdings": len(_ended(person, today)),
        "imports": _imports(person, traces).count(),
        **{name: rows.count() for name, rows in _own_rows(person, user).items()},
    }
    return Leaving(traces, counts, tuple(_mentions(person, traces.names)))


def erase(*, organisation: models.Organisation, person: models.Person, author: Author, today: date) -> bool:
    """Erase a person; False where nothing of them was left to erase.

    Their roles end today, through the door. Raises `NotErased` where history does not verify (erasing would cover that
    up) or somebody else was faster.
    """
    with transaction.atomic():
        models.Organisation.objects.select_for_update().get(pk=organisation.pk)
        person = models.Person.objects.select_related("user").get(organisation=organisation, pk=person.pk)
        if person.erased_on is not None:
            return False
        if faults := verify(organisation):
            raise NotErased(_("The history is not as it was written: %(fault)s") % {"fault": faults[0].message})
        ended = _ended(person, today)
        if not apply_changes(organisation=organisation, changes=ended, author=author).ok:
            raise NotErased(_("Somebody else has just changed the roles of this person. Try again."))
        traces, user = traces_of(person), person.user
        seals = _rewrite(organisation, traces)
        _clear_records(organisation, traces)
        forget_files(_imports(person, traces))
        _imports(person, traces).update(uploaded_by=None, uploaded_by_name=ERASED)
        for rows in _own_rows(person, user).values():
            rows.delete()
        private.forget_person(person)
        _forget_in_admin(person)
        person.name, person.email, person.user, person.erased_on = "", "", None, today
        person.save(update_fields=["name", "email", "user", "erased_on"])
        if author.name in traces.names or (author.user and user and author.user.pk == user.pk):
            author = replace(author, name=ERASED, user=None)
        locked = models.Organisation.objects.get(pk=organisation.pk)
        add_revision(locked, [], author, seals=seals)
        return True


def _rewrite(organisation: models.Organisation, traces: Traces) -> dict[str, str]:
    """Take the names out of history; return what revisions of the first form come to now, by their numbers."""
    changes = models.RevisionChange.objects.filter(pk__in=list(traces.changes)).select_related("revision")
    touched = dict.fromkeys(traces.authored) | {change.revision_id: None for change in changes}
    with _permit(organisation):
        salts: dict[int, dict[str, str]] = {
            pk: dict(found)
            for pk, found in models.Revision.objects.filter(pk__in=list(touched)).values_list("pk", "salts")
            if found is not None
        }
        for change in changes:
            _rewrite_change(change, traces, salts.get(change.revision_id))
        for revision in models.Revision.objects.filter(pk__in=list(touched)):
            own, covered = revision.pk in traces.authored, salts.get(revision.pk)
            if own and covered is not None:
                covered[ACTOR] = sealed_salt(covered[ACTOR], revision.actor_name)
            wanted: dict[str, Any] = {"actor_name": ERASED, "actor": None} if own else {}
            models.Revision.objects.filter(pk=revision.pk).update(**wanted, salts=covered)
    raw = [pk for pk in touched if pk not in salts]
    return {str(link.number): link.digest() for link, _hash in links_of(organisation, pk__in=raw)} if raw else {}


def _rewrite_change(change: models.RevisionChange, traces: Traces, salts: dict[str, str] | None) -> None:
    wanted: dict[str, Any] = {}
    for name in traces.changes[change.pk]:
        for side in ("before", "after"):
            value = wanted.get(side, getattr(change, side))
            text = named(value, change.field, name)
            if not traces.fits(name, text):
                continue
            spot = f"{change.ordinal}.{side}.{name}"
            if salts is not None:
                salts[spot] = sealed_salt(salts[spot], text)
            wanted[side] = with_text(value, change.field, name, erased(name, change.other))
    models.RevisionChange.objects.filter(pk=change.pk).update(**wanted)


def _clear_records(organisation: models.Organisation, traces: Traces) -> None:
    """Take the names out of the records that are there today."""
    for kind in PERSONAL:
        table = TABLES[Kind(kind)]
        wanted = {place.address for place in traces.places if place.address.kind == kind}
        for address, (pk, values) in table.read(organisation.pk, wanted).items() if wanted else ():
            named_in = {place.field for place in traces.places if place.address == address}
            texts = {name: erased(name, address.other) for name in named_in if traces.fits(name, values[name])}
            if texts:
                table.model._default_manager.filter(pk=pk).update(**texts)


@contextmanager
def _permit(organisation: models.Organisation) -> Iterator[None]:
    """Let names be taken out of the history of an organisation, within a transaction (migration 0009)."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO raci_erasing (organisation_id) VALUES (%s)", [organisation.pk])
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM raci_erasing WHERE organisation_id = %s", [organisation.pk])


def _ended(person: models.Person, today: date) -> list[Change]:
    """Return the changes that end today what a person still holds; what has not begun goes altogether."""
    changes = []
    records = TABLES[Kind.HOLDING].read(person.organisation_id, person=person.pk)
    for address, (_pk, values) in records.items():
        if values["ends_on"] and values["ends_on"] <= today.isoformat():
            continue
        if values["starts_on"] > today.isoformat():
            changes.append(Change(address, "", values, None))
        else:
            changes.append(Change(address, "ends_on", values["ends_on"], today.isoformat()))
    return changes


def _imports(person: models.Person, traces: Traces) -> QuerySet[models.Import]:
    """Return the files that a person brought."""
    theirs = Q(uploaded_by=person.user) if person.user else Q(uploaded_by=None, uploaded_by_name__in=traces.names)
    return models.Import.objects.filter(theirs, organisation=person.organisation_id)


def _own_rows(person: models.Person, user: models.User | None) -> dict[str, Any]:
    """Return what is held about a person outside the history, by name; but not what is private to them."""
    found: dict[str, Any] = {}
    if user is not None:
        here = {"user": user, "organisation": person.organisation_id}
        found |= {"feeds": models.Feed.objects.filter(**here), "looks": models.Look.objects.filter(**here)}
        # Digests are about all organisations of an account: those of others would be sent twice.
        if not models.Membership.objects.filter(user=user).exclude(organisation=person.organisation_id).exists():
            found["digests"] = models.Digest.objects.filter(user=user)
    return found


def _forget_in_admin(person: models.Person) -> None:
    """Take the name out of what the administration notes of its own doings."""
    of_person: dict[type[Any], Any] = {
        models.Person: [person.pk],
        models.Holding: person.holdings.values_list("pk", flat=True),
        models.Absence: models.Absence.objects.filter(Q(person=person) | Q(cover=person)).values_list("pk", flat=True),
        models.Signature: person.signatures.values_list("pk", flat=True),
    }
    for model, keys in of_person.items():
        kind = ContentType.objects.get_for_model(model)
        LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).update(object_repr=ERASED)


# Texts that people write freely: kind, field. A name in them is part of what somebody said.
_FREE = (
    (Kind.COMMENT, "text"),
    (Kind.GREY_AREA, "question"),
    (Kind.CLAIM, "reason"),
    (Kind.DECISION, "reason"),
    (Kind.DECISION, "authority"),
    (Kind.DECISION, "options"),
    (Kind.ACKNOWLEDGEMENT, "reason"),
    (Kind.ALIAS, "name"),
)


def _mentions(person: models.Person, names: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield kind and text where somebody's words name the person."""
    seen: Counter[str] = Counter()
    for kind, name in _FREE:
        table = TABLES[kind]
        asked = Q()
        for one in names:
            asked |= Q(**{f"{name}__icontains": one})
        rows = table.model._default_manager.filter(asked, **{table.owner: person.organisation_id}).order_by("pk")
        for text in rows.values_list(name, flat=True) if names else ():
            seen[text] += 1
            if seen[text] == 1:
                yield str(kind), text
