"""One of our own workbooks against the revision that it was exported from."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from raci.domain.change import Address, Change
from raci.domain.homecoming.brought import AREA, BETWEEN_CELLS, CODE, TITLE, BroughtBack
from raci.domain.homecoming.columns import Columns, resolve_columns
from raci.domain.homecoming.draft import Draft
from raci.domain.homecoming.edits import Edits
from raci.domain.homecoming.letters import LettersReader
from raci.domain.homecoming.moves import moved, reordered
from raci.domain.homecoming.new_rows import NewRows
from raci.domain.homecoming.questions import bring_questions
from raci.domain.homecoming.rows import Sorting, miss, sort_out
from raci.domain.homecoming.sorted_apart import Keyed, told_by_title
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group, Proposal
from raci.domain.records import Kind
from raci.domain.structure import rows_in_order, section_of
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

_NAMES = {AREA: _("area"), CODE: _("code"), TITLE: _("title")}


def bring_home(
    seen: Matrix,
    brought: BroughtBack,
    *,
    labels: Mapping[str, str] | None = None,
    by: str = "",
    at: str = "",
) -> Proposal:
    """Return what a workbook wants of the matrix that it was exported from.

    ``seen`` is that matrix at the revision that the file names: raises `ValueError` where it is another matrix.
    ``labels`` are further words for letters, in whatever language. ``by`` and ``at`` (ISO text with its offset) say
    who brings the file and when: comments and claims bear them, and a file that is to be applied needs them.
    """
    if brought.matrix != seen.key:
        raise ValueError("the workbook belongs to another matrix")
    words = {**(labels or {}), **brought.labels}
    draft = Draft(seen, brought, LettersReader(seen.scheme, words))
    _without_fields(draft)
    columns = resolve_columns(draft)
    expected = _expected(seen, columns)
    sorting = sort_out(draft, expected)
    keyed = told_by_title(draft, sorting.kept, expected)
    edits = Edits(draft, columns, keyed, by=by, at=at)
    for key, row in keyed.rows.items():
        edits.compare(key, row, expected(key))
    if sorting.fresh:
        NewRows(draft, edits, sorting).add(sorting.fresh)
    miss(draft, sorting)
    _move_rows(draft, keyed, sorting)
    bring_questions(draft, edits, _day(at or brought.facts.get("exported_at", "")))
    return draft.proposal()


def _day(moment: str) -> date | None:
    try:
        return datetime.fromisoformat(moment).date()
    except ValueError:  # what a file says of itself may be anything
        return None


def _without_fields(draft: Draft) -> None:
    """Report the columns that the file has no more: what they held stays as it is."""
    for name, said in _NAMES.items():
        if name not in draft.brought.fields:
            text = _("The column of the {field} is missing, so nothing was compared with it.")
            draft.report(draft.brought.sheet, Sentence(text, {"field": Sentence(said)}))


def _expected(seen: Matrix, columns: Columns) -> Callable[[str], str]:
    """Return what gives the letters of a duty as the file would have them, had nobody touched it."""
    roles = [role or "" for role in columns.roles]
    blanks = [""] * len(roles)
    nothing: Mapping[str, str] = {}
    cells, join = seen.cells, BETWEEN_CELLS.join
    known: dict[str, str] = {}

    def letters_of(duty: str) -> str:
        if duty not in known:
            known[duty] = join(map(cells.get(duty, nothing).get, roles, blanks))
        return known[duty]

    return letters_of


def _move_rows(draft: Draft, keyed: Keyed, sorting: Sorting) -> None:
    """Wish for the order of the rows where it is another one within a section.

    Few rows elsewhere were moved by somebody; many were sorted to look at them, which is offered and not accepted.
    """
    seen = draft.seen
    if draft.brought.is_part or keyed.held or sorting.excused:
        return
    usual = [key for key in rows_in_order(seen) if key in keyed.rows]
    wanted = sorted(usual, key=lambda key: keyed.rows[key].number)
    if usual == wanted:
        return
    places: dict[str, int] = {}
    movers = 0
    before, after = _by_section(seen, usual), _by_section(seen, wanted)
    for section, keys in before.items():
        places |= reordered(keys, after[section], {key: seen.rows[key].position for key in keys})
        movers += len(moved(keys, after[section]))
    if places:
        changes = [
            Change(Address(Kind.ROW, seen.key, key), "position", seen.rows[key].position, position)
            for key, position in places.items()
        ]
        about = Sentence(_("Rows in another order: {count} moved"), {"count": movers})
        few = movers == 1 or movers * 10 <= len(usual)
        draft.wish("rows-order", Group.MOVES, changes, draft.brought.sheet, about, offered=few)


def _by_section(matrix: Matrix, keys: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(section_of(matrix, key), []).append(key)
    return found
