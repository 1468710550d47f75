"""Comments that wait for the visitor: said by somebody else, and neither resolved nor answered yet."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from raci.domain.matrix import Matrix
from raci.domain.records import Comment
from raci.web.row_panel import moment_of

# A thread: the row of a duty, or one of its cells where the role is set.
Thread = tuple[str, str]


@dataclass(frozen=True)
class Unanswered:
    """A comment that waits. ``role`` is the name of the role whose cell it is about, "" where it is about the row."""

    matrix: Matrix
    comment: Comment
    role: str

    @property
    def code(self) -> str:
        return self.matrix.duties[self.comment.duty].code

    @property
    def title(self) -> str:
        return self.matrix.duties[self.comment.duty].title

    @property
    def at(self) -> datetime | None:
        return moment_of(self.comment.written_at)


def unanswered(
    roles: Collection[str], mine: Collection[tuple[str, str]], matrices: Iterable[Matrix]
) -> list[Unanswered]:
    """Return the comments that wait for somebody who stands for some roles, newest first.

    A comment waits that somebody else wrote, that is not resolved, and that is newer than their own last one in its
    thread: on a cell of one of their roles, on a row that one of these answers for or claims, or in a thread in which
    they wrote. ``mine`` are their own comments, as pairs of the keys of matrix and comment.
    """
    found = [item for matrix in matrices for item in _in_matrix(matrix, frozenset(roles), mine)]
    return sorted(found, key=lambda item: item.comment.written_at, reverse=True)


def _in_matrix(matrix: Matrix, roles: frozenset[str], mine: Collection[tuple[str, str]]) -> Iterator[Unanswered]:
    own = {key for key in matrix.comments if (matrix.key, key) in mine}
    last: dict[Thread, str] = {}
    for key in own:
        said = matrix.comments[key]
        thread = (said.duty, said.role)
        last[thread] = max(last.get(thread, ""), said.written_at)
    for key, said in matrix.comments.items():
        thread = (said.duty, said.role)
        if key in own or said.resolved or said.duty not in matrix.rows:
            continue
        if said.written_at > last[thread] if thread in last else _concerns(matrix, said, roles):
            yield Unanswered(matrix, said, matrix.roles[said.role].name if said.role in matrix.roles else "")


def _concerns(matrix: Matrix, said: Comment, roles: frozenset[str]) -> bool:
    """Tell whether a comment is about one of some roles: in its cell, or on a row that it answers for or claims."""
    if said.role:
        return said.role in roles
    claims = matrix.claimants_by_grey_area.get(matrix.open_by_duty.get(said.duty, ""), frozenset())
    return not roles.isdisjoint(claims) or not roles.isdisjoint(matrix.holders(said.duty, matrix.scheme.pivot))
