"""The rows of a workbook that came home: which duty each stands for, which are new, which are missing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from raci.domain.change import Address
from raci.domain.homecoming.brought import CODE, UNREADABLE, BroughtRow
from raci.domain.homecoming.draft import Draft, numbered, same
from raci.domain.homecoming.sorted_apart import Expected
from raci.domain.matrix import Matrix
from raci.domain.proposal import Group
from raci.domain.reading import Weight
from raci.domain.records import Kind, to_fields
from raci.domain.structure import Standing, taken_out
from raci.domain.text import Sentence, code_key, normalise
from raci.domain.text import gettext_noop as _


@dataclass(frozen=True)
class Sorting:
    """The rows by the duties that they stand for, those that stand for none, and the keys that are not to be missed."""

    kept: Mapping[str, BroughtRow]
    fresh: Sequence[BroughtRow]
    excused: frozenset[str]
    emptied: Mapping[str, int]


def sort_out(draft: Draft, expected: Expected) -> Sorting:
    """Say which duty each row stands for. Copies are told apart before anything is compared."""
    by_key: dict[str, list[BroughtRow]] = defaultdict(list)
    fresh: list[BroughtRow] = []
    emptied: dict[str, int] = {}
    for row in draft.brought.rows:
        if row.key not in draft.seen.rows:
            fresh.append(row)
        elif _is_empty(row) and draft.seen.duties[row.key].title.strip():
            emptied[row.key] = row.number
        else:
            by_key[row.key].append(row)
    kept, excused = {}, set[str]()
    for key, rows in by_key.items():
        if len(rows) == 1:
            kept[key] = rows[0]
            continue
        original, copies = _told_apart(draft, key, rows, expected)
        fresh += copies
        if original:
            kept[key] = original
        else:
            excused.add(key)
    emptied = {key: number for key, number in emptied.items() if key not in by_key}
    if not draft.brought.is_part:
        _find_home(draft, kept, fresh, excused, emptied)
    kept = dict(sorted(kept.items(), key=lambda item: item[1].number))
    fresh.sort(key=lambda row: row.number)
    return Sorting(kept, fresh, frozenset(excused), emptied)


def _is_empty(row: BroughtRow) -> bool:
    return not (row.title.strip() or row.code.strip() or row.letters.strip())


def _told_apart(
    draft: Draft, key: str, rows: Sequence[BroughtRow], expected: Expected
) -> tuple[BroughtRow | None, list[BroughtRow]]:
    """Return which of several rows with one key is the duty, and the copies that were made into something else."""
    title = draft.seen.duties[key].title
    numbers = numbered([row.number for row in rows])
    alike = [row for row in rows if same(row.title, title)]
    where, facts = draft.place("", rows[0].number), {"rows": numbers, "title": title}
    contents = {(row.code, row.area, row.letters) for row in alike}
    if len(contents) != 1:
        text = _(
            "Rows {rows} carry the same hidden key, that of “{title}”, and differ. Nothing was taken: delete the "
            "copies, or give each its own title, and bring the file again."
        )
        draft.report(where, Sentence(text, facts))
        return None, []
    others = [row for row in rows if not same(row.title, title)]
    if len(alike) > 1:
        text = _("Rows {rows} are copies of one another, “{title}”; they count once.")
        draft.report(where, Sentence(text, {**facts, "rows": numbered([row.number for row in alike])}), Weight.NOTE)
    if others:
        text = _("Rows {rows} are copies of the row of “{title}” with other titles. They count as new rows.")
        draft.report(where, Sentence(text, {**facts, "rows": numbered([row.number for row in others])}), Weight.DOUBT)
    return alike[0], others


def _find_home(
    draft: Draft, kept: dict[str, BroughtRow], fresh: list[BroughtRow], excused: set[str], emptied: dict[str, int]
) -> None:
    """Give rows that lost their key back to the missing duty whose code and title they bear: cut and pasted rows do."""
    seen = draft.seen
    missing: dict[str, list[str]] = defaultdict(list)
    for key in seen.rows:
        if key not in kept and key not in excused:
            missing[normalise(seen.duties[key].title)].append(key)
    for row in list(fresh):
        told = [
            key
            for key in missing.get(normalise(row.title), ())
            if not row.code.strip() or code_key(row.code) == code_key(seen.duties[key].code)
        ]
        if len(told) == 1 and told[0] not in kept and row.title != UNREADABLE:
            kept[told[0]] = row
            emptied.pop(told[0], None)
            fresh.remove(row)
            text = _("This row has no hidden key; by code and title it is {code}.")
            facts = {"code": seen.duties[told[0]].code}
            draft.report(draft.place_of(CODE, row.number), Sentence(text, facts), Weight.DOUBT)


def miss(draft: Draft, sorting: Sorting) -> None:
    """Wish that rows go which the file has not, refused unless somebody accepts. A part says nothing of them."""
    if draft.brought.is_part:
        return
    seen = draft.seen
    cells: Mapping[str, Mapping[str, str]] = seen.cells
    for key in seen.row_keys:
        if key in sorting.kept or key in sorting.excused:
            continue
        number = sorting.emptied.get(key)
        where = draft.place("", number) if number else draft.brought.sheet
        duty = seen.duties[key]
        text = _("Row {code} was emptied, “{title}”") if number else _("Row {code} is missing, “{title}”")
        about = Sentence(text, {"code": duty.code, "title": duty.title})
        changes = taken_out(_standing(seen, key, cells.get(key, {})), Kind.ROW)
        draft.wish(f"row-gone.{key}", Group.MISSING_ROWS, changes, where, about, offered=False)


def _standing(matrix: Matrix, duty: str, letters: Mapping[str, str]) -> Standing:
    """Return where a duty stands in a matrix: what has to go with its row."""
    address = Address(Kind.ROW, matrix.key, duty)
    grey = matrix.open_by_duty.get(duty)
    return Standing(
        {address: to_fields(matrix.rows[duty])},
        {Address(Kind.CELL, matrix.key, duty, role): held for role, held in letters.items()},
        {Address(Kind.GREY_AREA, matrix.key, grey): to_fields(matrix.grey_areas[grey])} if grey else {},
    )
