"""What people made of what the sheet of grey areas says: other questions and days, and what is changed elsewhere."""

from datetime import date

from raci.domain.change import Address, Change
from raci.domain.homecoming.brought import UNREADABLE, BroughtQuestion
from raci.domain.homecoming.draft import Draft, quoted, same
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group
from raci.domain.reading import Weight
from raci.domain.records import GreyArea, GreyAreaStatus, Kind, encode
from raci.domain.text import Fact, Sentence, normalise
from raci.domain.text import gettext_noop as _

QUESTION, DUE = "question", "due_on"
_NAMES = frozenset(("code", "duty"))
_LONGEST_QUOTE = 60  # characters of what is no day

_ON_THE_MATRIX = _("Change it on the sheet of the matrix.")
_ON_THE_PAGE = _("Change it on the page of the grey area.")
_BY_PROPOSING = _("Type who should own it into the column of proposals, or claim it on the page of the grey area.")
_FOLLOWS = _("It follows from what is on record, so it cannot be changed by hand.")

# What the other columns are called, and where what they say is changed.
ELSEWHERE = {
    "code": (_("Code"), _ON_THE_MATRIX),
    "duty": (_("Duty"), _ON_THE_MATRIX),
    "status": (_("Status"), _ON_THE_PAGE),
    "claims": (_("Claimed by"), _BY_PROPOSING),
    "proposed": (_("Proposed"), _BY_PROPOSING),
    "decider": (_("Who decides"), _ON_THE_PAGE),
    "interim": (_("In the interim"), _ON_THE_PAGE),
    "raised_on": (_("Raised"), _FOLLOWS),
    "raised_by": (_("Raised by"), _FOLLOWS),
    "days_open": (_("Days open"), _FOLLOWS),
    "usual_decision": (_("Usually settled by"), _FOLLOWS),
}


def questions_of(matrix: Matrix) -> frozenset[tuple[str, str]]:
    """Return what is asked of which duty."""
    return frozenset((grey.duty, normalise(grey.question)) for grey in matrix.grey_areas.values() if grey.question)


def left_behind(grey: GreyArea, question: BroughtQuestion, asked: frozenset[tuple[str, str]]) -> bool:
    """Tell whether a row holds another grey area than its key says: sorted without its hidden columns, or emptied.

    ``asked`` is what is asked of which duty: of the same one several questions may be on record.
    """
    if question.edited.keys() >= _NAMES:
        return True
    text = normalise(question.question or "")
    return text != normalise(grey.question) and (grey.duty, text) in asked


def bring_terms(draft: Draft, question: BroughtQuestion) -> None:
    """Wish for the question and the due date that a row has by now, and say where its other cells are changed."""
    grey = draft.seen.grey_areas[question.key]
    facts = {"code": draft.seen.duties[grey.duty].code}
    asks = question.question is not None and not _kept(question.question, grey.question)
    dates = question.due is not None and not _kept(question.due, encode(grey.due_on))
    if grey.status is GreyAreaStatus.OPEN:
        if asks:
            _ask(draft, question, grey, facts)
        if dates:
            _put_off(draft, question, grey, facts)
    elif asks or dates:
        text = _("{code} is no open grey area, so its question and its due date stay as they are.")
        draft.report(question.edited[QUESTION if asks else DUE], Sentence(text, facts))
    for name, where in question.edited.items():
        if name in ELSEWHERE:
            column, advice = ELSEWHERE[name]
            text = _("“{column}” of {code} was changed here, and nothing was taken from it. {advice}")
            told: dict[str, Fact] = {**facts, "column": Sentence(column), "advice": Sentence(advice)}
            draft.report(where, Sentence(text, told), Weight.NOTE)


def _ask(draft: Draft, question: BroughtQuestion, grey: GreyArea, facts: dict[str, str]) -> None:
    where, typed = question.edited[QUESTION], question.question or ""
    if not typed.strip():
        text = _("The question of {code} is gone. The grey area keeps its question.")
        draft.report(where, Sentence(text, facts))
    elif after := draft.text(where, typed):
        told: dict[str, Fact] = {**facts, "before": quoted(grey.question), "after": quoted(after)}
        about = Sentence(_("Question of {code}: {before} → {after}"), told)
        changes = _changes(draft, question.key, QUESTION, grey.question, after)
        draft.wish(f"question.{question.key}", Group.TERMS, changes, where, about)


def _put_off(draft: Draft, question: BroughtQuestion, grey: GreyArea, facts: dict[str, str]) -> None:
    where, typed, before = question.edited[DUE], (question.due or "").strip(), str(encode(grey.due_on))
    if typed and not _is_day(typed):
        text = _(
            "“{text}” cannot be read as a day for certain, so the due date stays. Type it with the year first, such as "
            "{day}."
        )
        day = before or "2030-12-31"
        draft.report(where, Sentence(text, {"text": typed[:_LONGEST_QUOTE], "day": day}))
        return
    if not typed:
        text = _("{code} has no due date any more, it was {before}")
    else:
        text = _("{code} is due on {after} instead of {before}") if before else _("{code} is due on {after}")
    about = Sentence(text, {**facts, "before": before, "after": typed})
    changes = _changes(draft, question.key, DUE, before, typed)
    # An emptied cell is more often a slip than a wish.
    draft.wish(f"due.{question.key}", Group.TERMS, changes, where, about, offered=bool(typed))


def _changes(draft: Draft, key: str, name: str, before: str, after: str) -> list[Change]:
    """Return the change of a field, and that nobody has settled the question meanwhile."""
    address = Address(Kind.GREY_AREA, draft.seen.key, key)
    still_open = GreyAreaStatus.OPEN.value
    return [Change(address, name, before, after), Change(address, "status", still_open, still_open)]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _kept(typed: str, stored: object) -> bool:
    return typed == UNREADABLE or same(typed, str(stored))
