"""Comments on rows and cells: written, changed and resolved like all else, as revisions."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC

from django.db.models import QuerySet
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.homecoming.keys import key_of
from raci.domain.records import Comment, Kind, to_fields
from raci.domain.text import normalise
from raci.models.base import new_key
from raci.services import sets
from raci.services.door import Author, Outcome, apply_changes
from raci.services.loading import load_matrix


class NoSuchComment(LookupError):
    """The matrix has no comment of that key, or has none any more."""


def write_comment(
    *, matrix: models.Matrix, duty: str, role: str, text: str, author: Author, draft: str = ""
) -> Outcome:
    """Put a comment on a row, or on one of its cells where ``role`` is set.

    ``draft`` is the key of the form in which it was typed. What an author sends once more from the same form, since no
    answer came, is written once: the outcome is that of the first time.
    """
    key = _key_of(draft, duty, role, text, author) if draft else new_key()
    if draft and (first := _written(matrix, key, author)):
        return first
    outcome = _write(matrix, key, Comment(duty=duty, role=role, text=text), author)
    if draft and not outcome.ok:  # the same may have been on its way twice at once
        return _written(matrix, key, author) or outcome
    return outcome


def _key_of(draft: str, duty: str, role: str, text: str, author: Author) -> str:
    """Return the key that follows from a draft: another author, place or text makes another comment of it."""
    who = str(author.user.pk) if author.user else author.name
    return key_of("comment", who, duty, role, normalise(text), draft)


def _written(matrix: models.Matrix, key: str, author: Author) -> Outcome | None:
    """Return the outcome of writing a comment where its author has done so before, whatever became of it since."""
    made = _made().filter(
        revision__organisation=matrix.organisation_id, revision__actor=author.user, matrix=matrix.key, subject=key
    )
    first = made.select_related("revision").order_by("revision__number").first()
    return Outcome(first.revision) if first else None


def _write(matrix: models.Matrix, key: str, comment: Comment, author: Author) -> Outcome:
    # In UTC, so that the texts sort as the moments do when clocks are put back.
    at = (author.at or timezone.now()).astimezone(UTC).isoformat(timespec="microseconds")
    comment = replace(comment, written_by=author.name, written_at=at)
    change = Change(Address(Kind.COMMENT, matrix.key, key), "", None, to_fields(comment))
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
    made = _made().filter(
        revision__organisation=matrix.organisation_id, matrix=matrix.key, subject__in=sets.among(keys)
    )
    # The first time counts: what was deleted and restored was made anew by whoever took the deletion back.
    return dict(made.order_by("-revision__number").values_list("subject", "revision__actor"))


def written_by(organisation: models.Organisation, user: models.User) -> frozenset[tuple[str, str]]:
    """Return the comments that an account wrote, as pairs of the key of their matrix and their own, in one query."""
    made = _made().filter(revision__organisation=organisation)
    touched = made.filter(revision__actor=user).values("subject")
    # Whoever takes a deletion back makes the comment anew, but has not written it: the first time counts.
    first = made.filter(subject__in=touched).order_by("-revision__number")
    wrote = {(matrix, key): actor for matrix, key, actor in first.values_list("matrix", "subject", "revision__actor")}
    return frozenset(place for place, actor in wrote.items() if actor == user.pk)


def _made() -> QuerySet[models.RevisionChange]:
    """Return the changes that made a comment."""
    return models.RevisionChange.objects.filter(kind=Kind.COMMENT, field="", before__isnull=True)
