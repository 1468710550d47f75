"""Who may see what. Every view finds its objects here: not yours is 404, yours but read-only is 403."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from raci import models
from raci.domain.scheme import SEPARATOR
from raci.services import speaking

# Sorts what has no due day after everything that has one, in every database.
_NEVER = date.max


class Need(IntEnum):
    """What a page does, and so what it asks of its visitor; each includes those before it."""

    READ = 1
    CLAIM = 2
    WRITE = 3
    OWN = 4


LEVELS = {
    models.Membership.Level.OWNER: Need.OWN,
    models.Membership.Level.EDITOR: Need.WRITE,
    models.Membership.Level.CONTRIBUTOR: Need.CLAIM,
    models.Membership.Level.READER: Need.READ,
    models.Membership.Level.AUDITOR: Need.READ,
}


@dataclass(frozen=True)
class Place:
    """The organisation that a request is in, and how far its visitor may go there."""

    organisation: models.Organisation
    reach: Need

    @property
    def may_claim(self) -> bool:
        return self.reach >= Need.CLAIM

    @property
    def may_write(self) -> bool:
        return self.reach >= Need.WRITE

    @property
    def may_own(self) -> bool:
        return self.reach >= Need.OWN


def organisations(request: HttpRequest) -> QuerySet[Any]:
    """Return the organisations that the visitor is a member of; every one for a superuser."""
    return models.Organisation.objects.visible_to(request.user)


def signed_in(request: HttpRequest) -> models.User:
    """Return the account of the visitor. Raises `PermissionDenied` where nobody is signed in."""
    if not isinstance(request.user, models.User):
        raise PermissionDenied
    return request.user


def organisation(request: HttpRequest, slug: str, need: Need = Need.READ) -> models.Organisation:
    """Return an organisation, and note on the request as ``place`` how far its visitor may go there."""
    visible = organisations(request)
    if not request.user.is_superuser:
        visible = visible.annotate(level=F("memberships__level"))  # of the visitor: the rows are theirs already
    found: Any = get_object_or_404(visible, slug=slug)
    reach = Need.OWN if request.user.is_superuser else LEVELS[found.level]
    request.place = Place(found, reach)  # type: ignore[attr-defined]  # ours, for templates
    require(request, need)
    organisation: models.Organisation = found
    return organisation


def require(request: HttpRequest, need: Need) -> None:
    """Raise 403 unless the visitor may go that far in the place. Only after `organisation` has found it."""
    if place(request).reach < need:
        raise PermissionDenied(_("You may read this organisation, but not change this."))


def place(request: HttpRequest) -> Place:
    """Return where a request is. Only after `organisation` has found it."""
    return request.place  # type: ignore[attr-defined, no-any-return]  # ours


def matrices(request: HttpRequest) -> QuerySet[Any]:
    """Return the matrices of the place, in order, each with its organisation."""
    found = models.Matrix.objects.visible_to(request.user).filter(organisation=place(request).organisation)
    return found.select_related("organisation", "scheme")


def matrix(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> models.Matrix:
    """Return one matrix of an organisation."""
    organisation(request, slug, need)
    found: models.Matrix = get_object_or_404(matrices(request), key=key)
    return found


def grey_areas(request: HttpRequest) -> QuerySet[Any]:
    """Return the grey areas of the place, with all that a list of them shows."""
    found = models.GreyArea.objects.visible_to(request.user)
    found = found.filter(matrix__organisation=place(request).organisation)
    rows = models.MatrixRow.objects.filter(matrix=OuterRef("matrix"), duty=OuterRef("duty"), applies=True)
    found = found.annotate(
        due_or_never=Coalesce("due_on", Value(_NEVER)),
        since=Coalesce("reopened_on", "raised_on"),
        applies=Exists(rows),
    )
    return found.select_related("matrix", "duty__area", "decider", "interim")


def in_order_of_urgency(request: HttpRequest) -> QuerySet[Any]:
    """Return all grey areas of the place, settled ones too, what is due first first."""
    return grey_areas(request).order_by("due_or_never", "since", "duty__code_key", "pk")


def unresolved(request: HttpRequest) -> QuerySet[Any]:
    """Return the grey areas of the place that are not settled, what is due first first."""
    return in_order_of_urgency(request).filter(status=models.GreyArea.Status.OPEN)


def grey_area(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> models.GreyArea:
    """Return one grey area that is not settled yet."""
    organisation(request, slug, need)
    found: models.GreyArea = get_object_or_404(unresolved(request), key=key)
    return found


def any_grey_area(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> models.GreyArea:
    """Return one grey area, settled or not."""
    organisation(request, slug, need)
    rows = grey_areas(request).select_related("matrix__organisation", "matrix__scheme")
    found: models.GreyArea = get_object_or_404(rows, key=key)
    return found


def claims(request: HttpRequest) -> QuerySet[Any]:
    """Return the claims made in the place, with their roles."""
    found = models.Claim.objects.visible_to(request.user)
    return found.filter(grey_area__matrix__organisation=place(request).organisation).select_related("role")


def duties(request: HttpRequest) -> QuerySet[Any]:
    """Return the duties of the place, area by area, VEN-2 before VEN-10."""
    found = models.Duty.objects.visible_to(request.user).filter(organisation=place(request).organisation)
    return found.select_related("area").order_by("area__position", "code_key")


def undecided(request: HttpRequest, matrix: models.Matrix | None = None) -> Exists:
    """Return the condition that a duty is an open grey area: in one matrix, or in any of the place."""
    found = unresolved(request).order_by().filter(duty=OuterRef("pk"))
    return Exists(found.filter(matrix=matrix) if matrix else found)


def owning_cells(request: HttpRequest) -> QuerySet[Any]:
    """Return the cells of the place whose role answers for the duty, by the scheme of each matrix."""
    return cells(request).filter(_owning(list(matrices(request))))


def _owning(asked: Iterable[models.Matrix]) -> Q:
    owning = Q(pk__in=[])
    for scheme in {one.scheme for one in asked}:
        words = scheme.to_domain()
        codes = "|".join(sorted(map(re.escape, words.codes_of(words.pivot))))
        owning |= Q(row__matrix__scheme=scheme, letters__regex=rf"(^|{SEPARATOR})({codes})({SEPARATOR}|$)")
    return owning


def unowned(request: HttpRequest, matrix: models.Matrix | None = None) -> Exists:
    """Return the condition that a duty has a row that applies but nobody who answers for it, whatever its scheme."""
    asked = [matrix] if matrix else list(matrices(request))
    owned = models.Assignment.objects.filter(_owning(asked), row=OuterRef("pk"))
    rows = models.MatrixRow.objects.filter(duty=OuterRef("pk"), matrix__in=asked, applies=True)
    return Exists(rows.filter(~Exists(owned)))


def duty(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> models.Duty:
    """Return one duty of an organisation."""
    organisation(request, slug, need)
    found: models.Duty = get_object_or_404(duties(request), key=key)
    return found


def rows_of(request: HttpRequest, duty: models.Duty) -> QuerySet[Any]:
    """Return the rows in which a duty stands and applies, with their matrices."""
    found = models.MatrixRow.objects.visible_to(request.user).filter(duty=duty, applies=True)
    return found.select_related("matrix__organisation", "matrix__scheme").order_by("matrix__position", "matrix__pk")


def all_rows_of(request: HttpRequest, duty: models.Duty) -> QuerySet[Any]:
    """Return all rows in which a duty stands."""
    return models.MatrixRow.objects.visible_to(request.user).filter(duty=duty)


def columns_of(request: HttpRequest, role: models.Role) -> QuerySet[Any]:
    """Return the columns in which a role stands."""
    return models.MatrixColumn.objects.visible_to(request.user).filter(role=role)


def roles(request: HttpRequest) -> QuerySet[Any]:
    """Return the roles of the place."""
    return models.Role.objects.visible_to(request.user).filter(organisation=place(request).organisation)


def role(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> models.Role:
    """Return one role of an organisation."""
    organisation(request, slug, need)
    found: models.Role = get_object_or_404(roles(request), key=key)
    return found


def schemes() -> QuerySet[Any]:
    """Return the schemes of letters, which all organisations share."""
    return models.Scheme.objects.all()


def spoken_for(request: HttpRequest) -> QuerySet[Any]:
    """Return the roles of the place that the visitor speaks for: as a member, or at work for them today."""
    spoken = speaking.spoken_by(request.user.pk, timezone.localdate())
    return roles(request).filter(spoken, retired=False).order_by("name", "pk")


def lines(request: HttpRequest) -> QuerySet[Any]:
    """Return the reporting lines of the place."""
    return models.ReportingLine.objects.visible_to(request.user).filter(organisation=place(request).organisation)


def aliases(request: HttpRequest) -> QuerySet[Any]:
    """Return the other names of the roles of the place."""
    return models.RoleAlias.objects.visible_to(request.user).filter(organisation=place(request).organisation)


def areas(request: HttpRequest) -> QuerySet[Any]:
    """Return the areas of the place, in order."""
    return models.Area.objects.visible_to(request.user).filter(organisation=place(request).organisation)


def cells(request: HttpRequest) -> QuerySet[Any]:
    """Return the cells of all matrices of the place."""
    found = models.Assignment.objects.visible_to(request.user)
    return found.filter(row__matrix__organisation=place(request).organisation)


def decisions(request: HttpRequest) -> QuerySet[Any]:
    """Return the decisions of the place, newest first, with what they are about."""
    found = models.Decision.objects.visible_to(request.user).filter(matrix__organisation=place(request).organisation)
    return found.select_related("matrix", "duty__area", "owner", "superseded_by")


def decision(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> models.Decision:
    """Return one decision, in force or not."""
    organisation(request, slug, need)
    rows = decisions(request).select_related("matrix__organisation", "matrix__scheme")
    found: models.Decision = get_object_or_404(rows, key=key)
    return found


def concerning(role: str) -> Q:
    """Return the condition that a role owns, holds a letter or has a part by a decision."""
    return Q(letters__has_key=role) | Q(owner__key=role) | sharing([role])


def sharing(roles: Iterable[str]) -> Q:
    """Return the condition that one of some roles has a part by a decision."""
    return Q(Exists(models.DecisionPart.objects.filter(decision=OuterRef("pk"), role__key__in=list(roles))))


def answered(role: str, **asked: Any) -> Q:
    """Return the condition that somebody has answered a decision for a role, in the way that is asked for."""
    return Q(Exists(models.Acknowledgement.objects.filter(decision=OuterRef("pk"), role__key=role, **asked)))


def speakers(request: HttpRequest, roles: Iterable[str]) -> list[tuple[str, int, str]]:
    """Return who speaks for some roles of the place: the key of the role, the number of the account, the name."""
    members = models.Membership.objects.filter(organisation=place(request).organisation)
    found = speaking.speakers(members.order_by("user__last_name", "user__pk"), timezone.localdate(), roles)
    return [(one.role, one.member.user.pk, str(one.member.user)) for one in found]


def revisions(request: HttpRequest) -> QuerySet[Any]:
    """Return the revisions of the place, newest first."""
    found = models.Revision.objects.visible_to(request.user).filter(organisation=place(request).organisation)
    return found.order_by("-number")


def cell_changes(request: HttpRequest) -> QuerySet[Any]:
    """Return the changes of cells in the place."""
    found = models.RevisionChange.objects.visible_to(request.user)
    return found.filter(revision__organisation=place(request).organisation, kind="cell").order_by()


def touching(request: HttpRequest, words: Iterable[str]) -> Exists:
    """Return the condition that a revision touched a duty or a role of the place that has all words in code or name."""
    found_duties, found_roles = duties(request).order_by(), roles(request).order_by()
    for word in words:
        found_duties = found_duties.filter(Q(code__icontains=word) | Q(title__icontains=word))
        found_roles = found_roles.filter(Q(code__icontains=word) | Q(name__icontains=word))
    of_duties = {"matrix__organisation": place(request).organisation, "duty__in": found_duties.values("pk")}
    changes = models.RevisionChange.objects.filter(
        Q(subject__in=found_duties.values("key"))
        | Q(subject__in=models.GreyArea.objects.filter(**of_duties).values("key"))
        | Q(subject__in=models.Decision.objects.filter(**of_duties).values("key"))
        | Q(subject__in=found_roles.values("key"))
        | Q(other__in=found_roles.values("key")),
        revision=OuterRef("pk"),
    )
    return Exists(changes)


def revision(request: HttpRequest, slug: str, number: int, need: Need = Need.READ) -> models.Revision:
    """Return one revision of an organisation."""
    organisation(request, slug, need)
    found: models.Revision = get_object_or_404(revisions(request), number=number)
    return found


def rounds(request: HttpRequest) -> QuerySet[Any]:
    """Return the blind rounds of the place, newest first, each with its matrix."""
    found = models.Round.objects.visible_to(request.user)
    found = found.filter(matrix__organisation=place(request).organisation)
    return found.select_related("matrix__organisation", "matrix__scheme").order_by("-opened_on", "-pk")


def blind_round(request: HttpRequest, slug: str, key: str, need: Need = Need.READ) -> models.Round:
    """Return one blind round of an organisation. What was marked in it is not here: see `raci.services.marks`."""
    organisation(request, slug, need)
    found: models.Round = get_object_or_404(rounds(request), key=key)
    return found
