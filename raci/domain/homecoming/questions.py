"""What comes home of the sheet of grey areas: proposed owners, comments, other questions and days. Never a decision."""

import re
from collections.abc import Iterator
from datetime import date

from raci.domain.change import Address, Change
from raci.domain.homecoming.brought import UNREADABLE, BroughtQuestion
from raci.domain.homecoming.draft import Draft
from raci.domain.homecoming.edits import Edits, Line
from raci.domain.homecoming.terms import bring_terms, left_behind, questions_of
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group
from raci.domain.records import Claim, GreyAreaStatus, Kind
from raci.domain.structure import created, edited
from raci.domain.text import Sentence, fold
from raci.domain.text import gettext_noop as _

_COPIED = _("Another row above carries the same hidden key, so nothing was taken from this one.")
_KEYLESS = _("This row carries no key of a grey area, so nothing was taken from it.")
_LEFT_BEHIND = _(
    "This row says something else than the grey area of its hidden key, as after sorting without the hidden columns, "
    "so nothing was taken from it. Sort the whole table, or type into a fresh export, and bring that file."
)
_BETWEEN_NAMES = re.compile(r"[;\n]|,(?=\s)")


def bring_questions(draft: Draft, edits: Edits, made_on: date | None) -> None:
    """Wish for the claims and comments of the sheet of grey areas, and for other questions and due dates."""
    said: set[str] = set()
    asked = questions_of(draft.seen)
    for question in draft.brought.questions:
        grey = draft.seen.grey_areas.get(question.key)
        copied = question.copied or question.key in said
        if grey is None or copied or left_behind(grey, question, asked):
            _strange(draft, question, _COPIED if copied else _LEFT_BEHIND if grey else _KEYLESS)
            continue
        said.add(question.key)
        bring_terms(draft, question)
        if question.owner.strip() and question.owner != UNREADABLE:
            _claim(draft, question, made_on)
        if question.comment.strip() and question.comment != UNREADABLE:
            duty = draft.seen.duties[grey.duty]
            if text := draft.text(question.comment_at, question.comment):
                about = Sentence(_("On {duty}: “{remark}”"), {"duty": duty.title, "remark": text})
                edits.comment(Line(grey.duty, duty.title, 0), "", text, question.comment_at, about)


def _strange(draft: Draft, question: BroughtQuestion, why: str) -> None:
    where = next(iter(question.edited.values()), question.owner_at or question.comment_at)
    draft.report(where, Sentence(why))


def _claim(draft: Draft, question: BroughtQuestion, made_on: date | None) -> None:
    seen, where = draft.seen, question.owner_at
    grey = seen.grey_areas[question.key]
    duty = seen.duties[grey.duty]
    if grey.status is not GreyAreaStatus.OPEN:
        text = _("{code} is no open grey area, so nobody can claim it. Raise it again first.")
        draft.report(where, Sentence(text, {"code": duty.code}))
        return
    roles = list(_roles(seen, question.owner))
    if "" in roles:
        text = _("“{name}” is no role here. Type the name or the code of a role.")
        draft.report(where, Sentence(text, {"name": question.owner.strip()}))
        return
    for role in roles:
        changes = _changes(seen, question.key, role, made_on)
        if changes:
            about = Sentence(_("{role} is to own {duty}"), {"role": seen.roles[role].name, "duty": duty.title})
            draft.wish(f"claim.{question.key}.{role}", Group.CLAIMS, changes, where, about)


def _roles(matrix: Matrix, typed: str) -> Iterator[str]:
    """Yield the keys of the roles that a text names, "" for a name that is none."""
    names = {fold(role.code): key for key, role in matrix.roles.items()}
    names |= {fold(role.name): key for key, role in matrix.roles.items()}
    if whole := names.get(fold(typed)):
        yield whole
        return
    for name in filter(str.strip, _BETWEEN_NAMES.split(typed)):
        yield names.get(fold(name), "")


def _changes(matrix: Matrix, grey_area: str, role: str, made_on: date | None) -> list[Change]:
    """Return what makes a role claim to own a grey area: the letter of whoever answers for a row."""
    letter = next(item.code for item in matrix.scheme.letters if item.letter_class is matrix.scheme.pivot)
    known = matrix.claims.get((grey_area, role))
    if known is None:
        made = created(Kind.CLAIM, grey_area, Claim(letter, "", made_on), matrix.key)
        return [made._replace(address=_at(matrix, grey_area, role))]
    if letter in known.letters.split("/"):
        return []
    return edited(_at(matrix, grey_area, role), {"letters": known.letters}, {"letters": letter})


def _at(matrix: Matrix, grey_area: str, role: str) -> Address:
    return Address(Kind.CLAIM, matrix.key, grey_area, role)
