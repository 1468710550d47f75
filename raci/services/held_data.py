"""Everything that an organisation holds about a person, as one document that they can take with them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from raci import models
from raci.domain.records import Kind
from raci.services import marks, private
from raci.services.door import from_microseconds
from raci.services.erasing import Traces, traces_of
from raci.services.personal import PERSONAL
from raci.services.tables import TABLES

# Said instead of what only the person may read.
LEFT_OUT = "only the account of the person may read this"

_FILE = ("file_name", "kind", "size", "uploaded_at", "state", "revision")


def data_of(person: models.Person, *, viewer: models.User | None) -> dict[str, Any]:
    """Return all that is held about a person, in values that JSON knows.

    Assessments, plans and marks in blind rounds only where the account of the person is the ``viewer``: owners of the
    organisation may not read them.
    A constant number of queries.
    """
    traces = traces_of(person)
    return {
        "organisation": person.organisation.name,
        "person": {
            "key": person.key,
            "name": person.name,
            "email": person.email,
            "erased_on": _plain(person.erased_on),
        },
        "account": _account(person),
        "holdings": list(_records(person, Kind.HOLDING, person=person)),
        "absences": list(_records(person, Kind.ABSENCE, person=person)),
        "stands_in_for": list(_records(person, Kind.ABSENCE, cover=person)),
        "signatures": list(_records(person, Kind.SIGNATURE, person=person)),
        "named_in": list(_named_in(person, traces)),
        "revisions": list(_revisions(person, traces)),
        "private": _private(person, viewer),
    }


def _account(person: models.Person) -> dict[str, Any] | None:
    """Return what is held about the account, and what it left in this organisation outside the history."""
    user = person.user
    if user is None:
        return None
    here = {"organisation": person.organisation_id, "user": user}
    membership = models.Membership.objects.filter(**here).prefetch_related("stands_for").first()
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "language": user.language,
        "date_joined": _plain(user.date_joined),
        "last_login": _plain(user.last_login),
        "level": membership.level if membership else None,
        "stands_for": sorted(role.name for role in membership.stands_for.all()) if membership else [],
        "feeds": list(_rows(models.Feed.objects.filter(**here), "made_at", "read_at")),
        "imports": list(
            _rows(models.Import.objects.filter(organisation=person.organisation_id, uploaded_by=user), *_FILE)
        ),
        "looks": list(_rows(models.Look.objects.filter(**here), "number", "looked_at")),
        "digests": list(_rows(models.Digest.objects.filter(user=user), "day", "sent_at")),
    }


def _private(person: models.Person, viewer: models.User | None) -> dict[str, Any] | str:
    if person.user_id is None:
        return {}
    if viewer is None or viewer.pk != person.user_id:
        return LEFT_OUT
    own = private.let_in(person, viewer)
    return {
        **(private.everything(own) if own else {}),
        "sees": [one.name for one in private.confiding_in(viewer, person.organisation)],
        "blind_rounds": marks.all_own_marks(viewer.pk, person.organisation_id),
    }


def _records(of: models.Person, kind: Kind, **only: Any) -> Iterator[dict[str, Any]]:
    for address, (_pk, values) in TABLES[kind].read(of.organisation_id, **only).items():
        yield {"subject": address.subject, "key": address.other, **values}


def _named_in(person: models.Person, traces: Traces) -> Iterator[dict[str, Any]]:
    """Yield the records of today that name the person, with all that they say: also what the person wrote there."""
    for kind in PERSONAL:
        wanted = {place.address for place in traces.places if place.address.kind == kind}
        found = TABLES[Kind(kind)].read(person.organisation_id, wanted) if wanted else {}
        for address, (_pk, values) in found.items():
            yield {"kind": str(kind), "matrix": address.matrix, "subject": address.subject, **values}


def _revisions(person: models.Person, traces: Traces) -> Iterator[dict[str, Any]]:
    rows = models.Revision.objects.filter(pk__in=list(traces.authored)).order_by("number")
    for number, at_us, name, door, reason in rows.values_list("number", "at_us", "actor_name", "door", "reason"):
        yield {
            "number": number, "at": from_microseconds(at_us).isoformat(), "by": name, "through": door, "reason": reason
        }  # fmt: skip


def _rows(rows: Any, *names: str) -> Iterator[dict[str, Any]]:
    for values in rows.values_list(*names):
        yield {name.replace("__", "_"): _plain(value) for name, value in zip(names, values, strict=True)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
