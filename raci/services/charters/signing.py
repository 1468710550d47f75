"""Signing a charter, and whether those who hold its role have signed what it says today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.change import Address, Change
from raci.domain.charter import UNCHANGED, Difference, compare, draw_up, lines
from raci.domain.charter.view import holdings_on
from raci.domain.records import Kind, Signature, to_fields
from raci.models.base import new_key
from raci.services.charters.drawing import Drawn, current_digests, draw
from raci.services.door import Author, Outcome, apply_changes
from raci.services.history import NoSuchRevision
from raci.services.people import person_of
from raci.services.validation import Refusal
from raci.services.whole import whole_at

NOTHING_WRITTEN = Outcome()


class State(StrEnum):
    UNSIGNED = "unsigned"
    SIGNED = "signed"
    CHANGED = "changed"  # since it was signed


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a role today, and how they stand to its charter.

    ``signed_on`` and ``number``, the revision, are those of their latest signature; ``difference`` is what came and
    went since. ``name`` is "" where it was erased.
    """

    person: str
    name: str
    manner: str
    starts_on: date | None
    ends_on: date | None
    state: State
    signed_on: date | None = None
    number: int = 0
    difference: Difference = UNCHANGED


class NotYours(Exception):
    """Somebody wants to sign who does not hold the role today; the message says why they cannot."""


@dataclass(frozen=True)
class Signed:
    """What became of signing: written, or the charter has moved and ``moved`` is how."""

    outcome: Outcome = NOTHING_WRITTEN
    moved: Difference = UNCHANGED


def holders(organisation: models.Organisation, drawn: Drawn) -> list[Holder]:
    """Return who holds a role today and whether they have signed: one query for names, some for each old signature.

    Several people who signed at one revision cost as much as one.
    """
    latest = _latest(drawn)
    earlier: dict[int, Difference] = {}
    found = []
    seen: set[str] = set()
    for one in drawn.view.holdings:
        if one.person in seen:  # who holds a role twice signs once
            continue
        seen.add(one.person)
        signature = latest.get(one.person)
        state, difference = _state(organisation, drawn, signature, earlier)
        found.append(
            Holder(
                one.person,
                drawn.names.get(one.person, ""),
                one.manner.value,
                one.starts_on,
                one.ends_on,
                state,
                signature.signed_on if signature else None,
                signature.number if signature else 0,
                difference,
            )
        )
    return found


def _latest(drawn: Drawn) -> Mapping[str, Signature]:
    """Return the latest signature of each person under a charter."""
    found: dict[str, Signature] = {}
    for (role, _key), one in sorted(drawn.whole.register.signatures.items(), key=lambda item: item[1].number):
        if role == drawn.view.key:
            found[one.person] = one
    return found


def _state(
    organisation: models.Organisation, drawn: Drawn, signature: Signature | None, earlier: dict[int, Difference]
) -> tuple[State, Difference]:
    if signature is None:
        return State.UNSIGNED, UNCHANGED
    if signature.digest == drawn.digest:
        return State.SIGNED, UNCHANGED
    if signature.number not in earlier:
        earlier[signature.number] = since(organisation, drawn, signature.number)
    difference = earlier[signature.number]
    # The lines decide: a digest may have been made when charters had other sections.
    return (State.CHANGED if difference else State.SIGNED), difference


def since(organisation: models.Organisation, drawn: Drawn, number: int) -> Difference:
    """Return which lines of a charter came and went after a revision."""
    try:
        then = draw_up(whole_at(organisation, number), drawn.view.key, date.min)
    except (NoSuchRevision, KeyError):
        return Difference(drawn.lines, ())
    return compare(lines(then), drawn.lines)


def sign(*, organisation: models.Organisation, role: str, digest: str, number: int, author: Author) -> Signed:
    """Sign a charter for the person to whom the account of the author belongs, as it was shown to them.

    ``digest`` is that of the lines on the page, ``number`` the revision that they were drawn at. Where the charter
    says something else now, nothing is written, and what moved is returned. Raises `NotYours`.
    """
    today = timezone.localdate(author.at or timezone.now())
    drawn = draw(organisation, role)
    person = person_of(organisation, author.user) if author.user else None
    if person is None:
        raise NotYours(_("No person of this organisation is linked to your account, so there is nobody to sign for."))
    if person.key not in {one.person for one in holdings_on(drawn.whole.register, role, today)}:
        raise NotYours(_("Only who holds the role today can sign its charter."))
    if not drawn.view.written:
        refusal = Refusal(None, _("Nobody has written this charter yet; there is nothing to sign."))
        return Signed(Outcome(refusals=(refusal,)))
    if digest != drawn.digest:
        return Signed(moved=since(organisation, drawn, number) or Difference(drawn.lines, ()))
    held = _latest(drawn).get(person.key)
    if held and held.digest == digest:
        return Signed()
    signature = Signature(person.key, drawn.view.revision, digest, today)
    change = Change(Address(Kind.SIGNATURE, "", role, new_key()), "", None, to_fields(signature))
    return Signed(apply_changes(organisation=organisation, changes=[change], author=author))


@dataclass(frozen=True)
class ToSign:
    """A charter that waits for somebody's signature; ``again`` where it has changed since they gave it."""

    role: str
    name: str
    again: bool


def to_sign(organisation: models.Organisation, user: models.User) -> tuple[ToSign, ...]:
    """Return the charters of the roles that somebody holds and has not signed as they are: one query.

    What was signed is compared by its digest; only the page of the charter tells line by line.
    """
    return tuple(one for _user, one in _unsigned(organisation, Q(person__user=user)))


def unsigned_by_account(organisation: models.Organisation) -> Mapping[int, Sequence[ToSign]]:
    """Return the charters that wait for signatures, by the account of whoever is to sign: one query."""
    found: dict[int, list[ToSign]] = {}
    for user, one in _unsigned(organisation, ~Q(person__user=None)):
        found.setdefault(user, []).append(one)
    return found


def _unsigned(organisation: models.Organisation, who: Q) -> list[tuple[int, ToSign]]:
    rows = list(_holdings(organisation).filter(who).values_list("person__user", "role__key", "role__name", "digest"))
    current = current_digests(organisation) if rows else {}
    found: dict[tuple[int, str], ToSign] = {}
    for user, role, name, digest in rows:
        if role in current and digest != current[role]:
            found[user, role] = ToSign(role, name, again=digest is not None)
    return [(user, one) for (user, _role), one in found.items()]


def _holdings(organisation: models.Organisation) -> QuerySet[Any]:
    """Return who holds which role with a written charter today, with the ``digest`` that they signed last."""
    today = timezone.localdate()
    signed = models.Signature.objects.filter(role=OuterRef("role"), person=OuterRef("person")).order_by(
        "-number", "-pk"
    )
    main = models.Accountability.objects.filter(role=OuterRef("role"))
    held = models.Holding.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=today),
        Q(ends_on=None) | Q(ends_on__gte=today),
        ~Q(role__charter=None) | Q(Exists(main)),
        role__organisation=organisation,
        role__retired=False,
    )
    found: QuerySet[Any] = held.annotate(digest=Subquery(signed.values("digest")[:1])).order_by("role__name", "pk")
    return found
