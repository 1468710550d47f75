"""Rows that were sorted without their hidden keys: found before anything is merged.

Whoever sorts only what they see leaves the keys behind. Then titles are a permutation of the exported ones, and every
row would seem to want another's letters. Such rows are told by code and title where that explains them better than
their keys do; else nothing is taken of what was sorted.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from raci.domain.homecoming.brought import AREA, CODE, TITLE, UNREADABLE, BroughtRow
from raci.domain.homecoming.draft import Draft, numbered, same
from raci.domain.reading import Weight
from raci.domain.text import Sentence, code_key, fold, normalise
from raci.domain.text import gettext_noop as _

LETTERS = "letters"
ALL = frozenset((AREA, CODE, TITLE, LETTERS))
_FEWEST = 3  # two that change places may well be meant


@dataclass(frozen=True)
class Keyed:
    """The rows by their keys. ``held`` says of which rows what is not to be taken; ``retold`` are those that were told
    by code and title; ``columns_held`` are the columns, by index, of which no letters are to be taken.
    """

    rows: Mapping[str, BroughtRow]
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)
    retold: frozenset[str] = frozenset()
    columns_held: frozenset[int] = frozenset()


Expected = Callable[[str], str]


def told_by_title(draft: Draft, rows: Mapping[str, BroughtRow], expected: Expected) -> Keyed:
    """Return the rows with what was sorted apart put right or held back. ``expected`` gives the letters of a duty."""
    keyed = _titles(draft, rows, expected)
    keyed = _hold(keyed, _strangers(draft, keyed))
    keyed = _areas(draft, keyed)
    return _letters(draft, keyed, expected)


def _hold(keyed: Keyed, keys: Mapping[str, frozenset[str]]) -> Keyed:
    held = {key: keyed.held.get(key, frozenset()) | what for key, what in keys.items()}
    return replace(keyed, held={**keyed.held, **held})


# --- titles


def _titles(draft: Draft, rows: Mapping[str, BroughtRow], expected: Expected) -> Keyed:
    seen = draft.seen
    changed = {
        key
        for key, row in rows.items()
        if row.title.strip() and row.title != UNREADABLE and not same(row.title, seen.duties[key].title)
    }
    if not changed or TITLE not in draft.brought.fields:
        return Keyed(rows)
    bearers: dict[str, list[str]] = defaultdict(list)
    for key in seen.rows:
        if key in changed or (key not in rows and not draft.brought.is_part):
            bearers[normalise(seen.duties[key].title)].append(key)
    strange = [key for key in changed if set(bearers.get(normalise(rows[key].title), ())) - {key}]
    if not strange:
        return Keyed(rows)
    numbers = [rows[key].number for key in changed]
    where, facts = draft.place("", min(numbers)), {"rows": numbered(numbers)}
    if retold := _retold(draft, rows, changed, bearers, expected):
        text = _(
            "Rows {rows} were sorted without their hidden keys. They were told apart by code and title; whatever is "
            "different in them has to be accepted by you."
        )
        draft.report(where, Sentence(text, facts), Weight.DOUBT)
        kept = {key: row for key, row in rows.items() if key not in changed}
        return Keyed({**kept, **retold}, retold=frozenset(retold))
    text = _(
        "Rows {rows} bear the titles of other rows: they were sorted, or pasted, without their hidden keys. Nothing of "
        "them was taken. Sort the whole table, with the hidden columns, and bring the file again."
    )
    draft.report(where, Sentence(text, facts))
    return Keyed(rows, dict.fromkeys(changed, ALL))


def _retold(
    draft: Draft,
    rows: Mapping[str, BroughtRow],
    changed: Iterable[str],
    bearers: Mapping[str, Sequence[str]],
    expected: Expected,
) -> dict[str, BroughtRow]:
    """Return the rows under the keys that code and title tell, {} where those do not explain the rows better."""
    seen, found = draft.seen, dict[str, BroughtRow]()
    with_code = CODE in draft.brought.fields
    for key in changed:
        row = rows[key]
        told = [
            bearer
            for bearer in bearers.get(normalise(row.title), ())
            if not with_code or code_key(row.code) == code_key(seen.duties[bearer].code)
        ]
        if len(told) != 1 or told[0] in found:
            return {}
        found[told[0]] = row
    apart = sum(row.letters != expected(key) for key, row in found.items())
    by_key = sum(rows[key].letters != expected(key) for key in changed)
    return found if apart < by_key or not apart else {}


# --- codes and areas


def _strangers(draft: Draft, keyed: Keyed) -> dict[str, frozenset[str]]:
    """Return the rows that bear the code of another row which bears another one too, and report them."""
    seen = draft.seen
    if CODE not in draft.brought.fields:
        return {}
    changed = {
        key
        for key, row in keyed.rows.items()
        if row.code != (code := seen.duties[key].code)
        and row.code.strip()
        and code_key(row.code) != code_key(code)
        and key not in keyed.held
    }
    bearers = {code_key(seen.duties[key].code): key for key in changed}
    strange = [key for key in changed if code_key(keyed.rows[key].code) in bearers]
    if not strange:
        return {}
    numbers = [keyed.rows[key].number for key in strange]
    text = _("Rows {rows} bear the codes of other rows, while their titles stayed. Their codes were not taken.")
    draft.report(draft.place_of(CODE, min(numbers)), Sentence(text, {"rows": numbered(numbers)}))
    return dict.fromkeys(strange, frozenset((CODE,)))


def _areas(draft: Draft, keyed: Keyed) -> Keyed:
    seen = draft.seen
    if AREA not in draft.brought.fields:
        return keyed
    usual = [seen.areas[area].name if (area := seen.duties[key].area) in seen.areas else "" for key in keyed.rows]
    found = [row.area for row in keyed.rows.values()]
    if not _is_sorted_alone(usual, found):
        return keyed
    text = _("This column was sorted without the others. Nothing of it was taken.")
    draft.report(draft.place(draft.brought.fields[AREA]), Sentence(text))
    return _hold(keyed, dict.fromkeys(keyed.rows, frozenset((AREA,))))


# --- letters


def _letters(draft: Draft, keyed: Keyed, expected: Expected) -> Keyed:
    changed = {
        key: row.letters for key, row in keyed.rows.items() if key not in keyed.held and row.letters != expected(key)
    }
    usual = {key: expected(key) for key in changed}
    if len(changed) < _FEWEST:
        return keyed
    in_order = list(_columns_put_in_order(keyed, expected))
    if in_order and Counter(changed.values()) == Counter(usual.values()):
        numbers = [keyed.rows[key].number for key in changed]
        text = _(
            "The letters of rows {rows} are those of other rows: they were sorted without their duties. "
            "Nothing of them was taken."
        )
        draft.report(draft.place("", min(numbers)), Sentence(text, {"rows": numbered(numbers)}))
        return _hold(keyed, dict.fromkeys(changed, frozenset((LETTERS,))))
    alone = [index for index, usual, now in in_order if Counter(usual) == Counter(now)]
    for index in alone:
        text = _("The letters of this column were sorted without the others. Nothing of it was taken.")
        draft.report(draft.place(draft.brought.columns[index].at), Sentence(text))
    return replace(keyed, columns_held=frozenset(alone))


def _columns_put_in_order(keyed: Keyed, expected: Expected) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    """Yield the columns whose letters are in order by now and were not, with what they held and hold."""
    usual = zip(*(expected(key).split("\t") for key in keyed.rows), strict=True)
    found = zip(*(row.letters.split("\t") for row in keyed.rows.values()), strict=True)
    for index, (before, now) in enumerate(zip(usual, found, strict=True)):
        apart = sum(one != other for one, other in zip(before, now, strict=True))
        if apart >= _FEWEST and _in_order(now) and not _in_order(before):
            yield index, before, now


def _is_sorted_alone(usual: Sequence[str], found: Sequence[str]) -> bool:
    """Tell whether texts are the usual ones, put in order by themselves: three or more elsewhere, blanks last."""
    apart = sum(one != other for one, other in zip(usual, found, strict=True))
    if apart < _FEWEST or Counter(usual) != Counter(found):
        return False
    return _in_order(found) and not _in_order(usual)


def _in_order(texts: Sequence[str]) -> bool:
    filled = [fold(text) for text in texts if text.strip()]
    blanks_last = all(text.strip() for text in texts[: len(filled)])
    return blanks_last and filled in (sorted(filled), sorted(filled, reverse=True))
