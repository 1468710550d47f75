"""Comments on rows and cells: written, changed and resolved like all else, as revisions."""

from collections.abc import Collection
from datetime import UTC

from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Comment, Kind, to_fields
from raci.models.base import new_key
from raci.services import sets
from raci.services.door import Author, Outcome, apply_changes
from raci.services.loading import load_matrix


class NoSuchComment(LookupError):
    """The matrix has no comment of that key, or has none any more."""


def write_comment(*, matrix: models.Matrix, duty: str, role: str, text: str, author: Author) -> Outcome:
    """Put a comment on a row, or on one of its cells where ``role`` is set."""
    # In UTC, so that the texts sort as the moments do when clocks are put back.
    at = (author.at or timezone.now()).astimezone(UTC).isoformat(timespec="microseconds")
    comment = Comment(duty=duty, role=role, text=text, written_by=author.name, written_at=at)
    change = Change(Address(Kind.COMMENT, matrix.key, new_key()), "", None, to_fields(comment))
    return apply_changes(organisation=matrix.organisation, changes=[change], author=author)


def change_comment(*, matrix: models.Matrix, key: str, seen: str, text: str, author: Author) -> Outcome:
    """Give a comment another text, where it is still the one that was seen."""
    change = Change(Address(Kind.COMMENT, matrix.key, key), "text", seen, text)
    return apply_changes(organisation=matrix.organisation, changes=[change], author=author)


def resolve_comment(*, matrix: models.Matrix, key: str, resolved: bool, author: Author) -> Outcome:
    """Mark a comment as resolved, or take it up again. Where it is so already, nothing is written."""
    change = Change(Address(Kind.COMMENT, matrix.key, key), "resolved", not resolved, resolved)
    return apply_changes(organisation=matrix.organisation, changes=[change], author=author)


def remove_comment(*, matrix: models.Matrix, key: str, author: Author) -> Outcome:
    """Take a comment away; the history keeps it. Raises `NoSuchComment`."""
    change = Change(Address(Kind.COMMENT, matrix.key, key), "", to_fields(find_comment(matrix, key)), None)
    return apply_changes(organisation=matrix.organisation, changes=[change], author=author)


def find_comment(matrix: models.Matrix, key: str) -> Comment:
    """Return one comment of a matrix. Raises `NoSuchComment`."""
    try:
        return load_matrix(matrix).comments[key]
    except KeyError:
        raise NoSuchComment(key) from None


def writers(matrix: models.Matrix, keys: Collection[str]) -> dict[str, int | None]:
    """Return the account that wrote each comment, in one query; None where it was none. Names are not unique."""
    made = models.RevisionChange.objects.filter(
        revision__organisation=matrix.organisation_id,
        kind=Kind.COMMENT,
        matrix=matrix.key,
        subject__in=sets.among(keys),
        field="",
        before__isnull=True,
    )
    # The first time counts: what was deleted and restored was made anew by whoever took the deletion back.
    return dict(made.order_by("-revision__number").values_list("subject", "revision__actor"))


def written_by(organisation: models.Organisation, user: models.User) -> frozenset[tuple[str, str]]:
    """Return the comments that an account wrote, as pairs of the key of their matrix and their own, in one query."""
    made = models.RevisionChange.objects.filter(
        revision__organisation=organisation, kind=Kind.COMMENT, field="", before__isnull=True
    )
    touched = made.filter(revision__actor=user).values("subject")
    # Whoever takes a deletion back makes the comment anew, but has not written it: the first time counts.
    first = made.filter(subject__in=touched).order_by("-revision__number")
    wrote = {(matrix, key): actor for matrix, key, actor in first.values_list("matrix", "subject", "revision__actor")}
    return frozenset(place for place, actor in wrote.items() if actor == user.pk)
