"""People on record: who can hold roles. What they are called is no part of the history, so that it can be erased."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from raci import models
from raci.domain.records import Kind
from raci.domain.text import fold, normalise, problem
from raci.services.structure.scene import NotPossible
from raci.services.words import said

LONGEST_NAME = 200


def add_person(
    *, organisation: models.Organisation, name: str, email: str = "", account: int | None = None
) -> models.Person:
    """Put a person on record. Raises `NotPossible`."""
    return _kept(models.Person(organisation=organisation), name, email, account)


def alter_person(*, person: models.Person, name: str, email: str, account: int | None) -> models.Person:
    """Give a person another name, address or account. Raises `NotPossible`.

    ``account`` is the number of the user, who must be a member; None for a person without an account.
    """
    if person.erased_on:
        raise NotPossible(_("The name of this person was erased, and stays so."))
    return _kept(person, name, email, account)


def person_of(organisation: models.Organisation, user: models.User) -> models.Person | None:
    """Return the person of an organisation to whom an account belongs, None where it belongs to nobody there."""
    return models.Person.objects.filter(organisation=organisation, user=user).first()


def remove_person(person: models.Person) -> None:
    """Take a person off the record who never had anything to do with a role. Raises `NotPossible`."""
    if is_used(person):
        text = _("%(person)s stands in the history with a role or an absence, and stays there.")
        raise NotPossible(text % {"person": person})
    try:
        person.delete()
    except ProtectedError as error:  # somebody was faster
        raise NotPossible(_("%(person)s was given a role meanwhile.") % {"person": person}) from error


def is_used(person: models.Person) -> bool:
    """Tell whether anything on record names a person, now or in the history.

    What is private to them is not asked: to say that it stands in the way would say that it is there.
    """
    theirs = ("holdings", "absences", "covers", "signatures")
    if any(getattr(person, name).exists() for name in theirs):
        return True
    key, sides = person.key, Q()
    for side in ("before", "after"):
        sides |= Q(**{f"{side}__person": key}) | Q(**{f"{side}__cover": key}) | Q(**{side: key})
    changes = models.RevisionChange.objects.filter(
        sides,
        revision__organisation=person.organisation_id,
        kind__in=[Kind.HOLDING, Kind.ABSENCE, Kind.SIGNATURE],
    )
    return changes.exists()


def accounts(organisation: models.Organisation) -> Mapping[int, str]:
    """Return the names of the accounts that a person of an organisation can be linked to: its active members."""
    members = models.Membership.objects.filter(organisation=organisation, user__is_active=True)
    return {one.user_id: str(one.user) for one in members.select_related("user").order_by("user__last_name", "pk")}


def _kept(person: models.Person, name: str, email: str, account: int | None) -> models.Person:
    person.name, person.email, person.user_id = normalise(name), normalise(email), account
    _check_texts(person)
    others: Any = models.Person.objects.filter(organisation=person.organisation_id).exclude(pk=person.pk)
    if account is not None and account not in accounts(person.organisation):
        raise NotPossible(_("This account belongs to no member."), "account")
    if account is not None and (taken := others.filter(user=account).first()):
        raise NotPossible(_("This account is that of %(person)s already.") % {"person": taken}, "account")
    same = [one for one in others if fold(one.name) == fold(person.name) and one.email == person.email]
    if same:
        text = _("%(person)s is on record already. Where it is somebody else, give an e-mail address.")
        raise NotPossible(text % {"person": same[0]}, "name")
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:  # somebody was faster
        raise NotPossible(_("This account is that of another person already."), "account") from error
    return person


def _check_texts(person: models.Person) -> None:
    if not person.name:
        raise NotPossible(_("A person needs a name."), "name")
    if trouble := problem(person.name, longest=LONGEST_NAME):
        raise NotPossible(_("The name %(trouble)s.") % {"trouble": said(trouble)}, "name")
    try:
        if person.email:
            validate_email(person.email)
    except ValidationError as error:
        raise NotPossible(_("This is no e-mail address."), "email") from error
