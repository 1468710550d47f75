"""Which duty and which area of ours each line and section of a document is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from raci.domain.mapping.choosing import LEFT, NEW, Choice, Detail, Fit
from raci.domain.mapping.likeness import core, likeness, same_words, singular
from raci.domain.mapping.texts import LONGEST_AREA, LONGEST_DUTY, area_name, duty_title, kept, uncounted
from raci.domain.matrix import Matrix
from raci.domain.reading import FoundMatrix, Item
from raci.domain.records import Duty
from raci.domain.text import Sentence, code_key, fold
from raci.domain.text import gettext_noop as _

_MOST_OTHERS = 5
_ALIKE = 0.6  # the share of words that two titles have in common
_TAKEN = 80
# A word that stands in so many titles leads to none.
_COMMON = 200
_MOST_COMPARED = 40


# --- areas


def sections_of(found: FoundMatrix) -> tuple[str, ...]:
    """Return the sections of a matrix in the order of its lines, each once."""
    return tuple(dict.fromkeys(item.section for item in found.items if item.section))


def suggested_areas(sections: Iterable[str], register: Matrix) -> dict[str, Choice]:
    """Return what each section is taken for: an area by its name or code, one that is alike, or a new one."""
    names = {fold(area.name): key for key, area in register.areas.items()}
    codes = {code_key(area.code): key for key, area in register.areas.items()}
    found = {}
    for section in sections:
        short = area_name(section).text
        if key := names.get(fold(kept(section, LONGEST_AREA).text)) or names.get(fold(short)):
            found[section] = Choice(key, Fit.EXACT, 100, Sentence(_("has this name here")))
        elif key := codes.get(code_key(section)):
            found[section] = Choice(key, Fit.EXACT, 98, Sentence(_("is its code here")))
        else:
            found[section] = _alike_area(short, register)
    return found


def _alike_area(section: str, register: Matrix) -> Choice:
    pairs = ((likeness(section, area.name), key) for key, area in register.areas.items())
    near = sorted(((-like.sureness, key, like) for like, key in pairs if like), key=lambda one: one[:2])
    if not near:
        return Choice(NEW, Fit.NEW, 90, Sentence(_("nothing here is called so")))
    (negative, best, like), others = near[0], tuple(key for _sure, key, _like in near[1:_MOST_OTHERS])
    if -negative < _TAKEN or (others and near[1][0] == negative):
        return Choice(NEW, Fit.NEW, 60, like.why, (best, *others))
    return Choice(best, Fit.SIMILAR, -negative, like.why, others)


# --- duties


def titles_of(items: Sequence[Item]) -> tuple[str, ...]:
    """Return what each line is called here: no longer than a title may be, and where one stands twice in a section,
    from the second on with a number."""
    seen: Counter[tuple[str, str]] = Counter()
    titles = []
    for item in items:
        title = duty_title(item.title).text
        place = fold(area_name(item.section).text), fold(title)
        seen[place] += 1
        number = f" ({seen[place]})"
        again = title and seen[place] > 1
        titles.append(kept(title, LONGEST_DUTY - len(number)).text + number if again else title)
    return tuple(titles)


class Duties:
    """The duties of an organisation that are in use, to be found by code, title, and words."""

    def __init__(self, register: Matrix, here: frozenset[str] = frozenset()) -> None:
        """``here`` are those that stand in the matrix which a document goes into: they come first."""
        self._used: Mapping[str, Duty] = {key: duty for key, duty in register.duties.items() if not duty.retired}
        self._here = here
        self._by_code = {code_key(duty.code): key for key, duty in self._used.items()}
        self._by_title: dict[str, list[str]] = {}
        self._by_word: dict[str, list[str]] = {}
        for key, duty in self._used.items():
            self._by_title.setdefault(fold(duty.title), []).append(key)
            for word in _words(duty.title):
                self._by_word.setdefault(word, []).append(key)

    def suggested(self, items: Sequence[Item], areas: Mapping[str, Choice]) -> tuple[Choice, ...]:
        """Return what each line is taken for; no duty is taken for two lines."""
        titles = titles_of(items)
        plain = [fold(duty_title(item.title).text) for item in items]
        twice = Counter(plain)
        found = [
            self._one(item, title, areas, repeated=twice[short] > 1)
            for item, title, short in zip(items, titles, plain, strict=True)
        ]
        taken: set[str] = set()
        for at in sorted(range(len(found)), key=lambda one: (-found[one].sureness, one)):
            choice = found[at]
            if choice.to in taken:
                why = Sentence(_("another line of the document fits {duty} better"), {"duty": self._said(choice.to)})
                found[at] = Choice(NEW, Fit.NEW, 60, why, (choice.to, *choice.others))
            elif choice.to not in (NEW, LEFT):
                taken.add(choice.to)
        return tuple(found)

    def _one(self, item: Item, title: str, areas: Mapping[str, Choice], *, repeated: bool) -> Choice:
        area = areas[item.section].to if item.section in areas else ""
        same = self._by_title.get(fold(title)) or self._by_title.get(fold(item.title), [])
        coded = self._by_code.get(code_key(item.code)) if item.code else None
        if coded in same:
            return Choice(coded, Fit.EXACT, 100, Sentence(_("has this code and this title here")))
        if repeated:
            same = [key for key in same if self._used[key].area == area]
        if same:
            return self._of_that_title(same, area)
        if coded and (choice := self._of_that_code(coded, item)):
            return choice
        return self._alike(title)

    def _of_that_title(self, keys: Sequence[str], area: str) -> Choice:
        ranked = sorted(keys, key=lambda key: (key not in self._here, self._used[key].area != area, key))
        if len(ranked) > 1:
            why = Sentence(_("several duties here have this title"))
            return Choice(ranked[0], Fit.SIMILAR, 90, why, tuple(ranked[1:_MOST_OTHERS]))
        return Choice(ranked[0], Fit.EXACT, 99, Sentence(_("has this title here")))

    def _of_that_code(self, key: str, item: Item) -> Choice | None:
        """Return what a code alone leads to. Plain numbers count lines, so they say nothing by themselves."""
        title = self._used[key].title
        if same_words(uncounted(item.title), title):
            return Choice(key, Fit.EXACT, 97, Sentence(_("has this code here, and nearly this title")))
        if not any(letter.isalpha() for letter in item.code):
            return None
        why = Sentence(_("has this code here, but the title “{title}”"), {"title": title})
        return Choice(NEW, Fit.SIMILAR, 50, why, (key,))

    def _alike(self, title: str) -> Choice:
        shared = Counter[str]()
        mine = _words(title)
        for word in sorted(mine):
            bearing = self._by_word.get(word, ())
            if len(bearing) <= _COMMON:
                shared.update(bearing)
        ranked = []
        for key, _count in shared.most_common(_MOST_COMPARED):
            other = self._used[key].title
            share, same = len(mine & _words(other)) / len(mine | _words(other)), same_words(title, other)
            if share >= _ALIKE or same:
                ranked.append((not same, -share, key not in self._here, key))
        ranked.sort()
        if not ranked:
            return Choice(NEW, Fit.NEW, 90, Sentence(_("nothing here is called so")))
        keys = tuple(key for *_rank, key in ranked[:_MOST_OTHERS])
        facts = {"duty": self._said(keys[0])}
        if not ranked[0][0] and (len(ranked) == 1 or ranked[1][0]):
            return Choice(keys[0], Fit.SIMILAR, 85, Sentence(_("nearly the same words as {duty}"), facts), keys[1:])
        return Choice(NEW, Fit.SIMILAR, 60, Sentence(_("looks like {duty}"), facts), keys)

    def _said(self, key: str) -> str:
        return f"{self._used[key].code} {self._used[key].title}"


@lru_cache(maxsize=32768)
def _words(title: str) -> frozenset[str]:
    return frozenset(map(singular, core(title)))


# --- other columns

# Beginnings of headings over text that says more of a duty, without accents.
_TELLING = (
    "descri", "beschreib", "note", "comment", "kommentar", "remark", "bemerk", "anmerk", "detail", "omschrijv",
    "opmerk", "opis", "uwag", "описан", "примечан", "acikla", "leiras", "megjegyz", "mo ta", "说明", "描述", "备注",
    "설명", "비고", "observ", "explan", "erlauter",
)  # fmt: skip


def headings_of(found: FoundMatrix) -> tuple[str, ...]:
    """Return the headings of the other columns of a matrix, each once."""
    return tuple(dict.fromkeys(heading for item in found.items for heading in item.details))


def suggested_details(headings: Iterable[str]) -> dict[str, Detail]:
    """Return which columns say more of a duty, and which are left out."""
    return {heading: Detail.NOTE if _tells(heading) else Detail.LEFT for heading in headings}


def _tells(heading: str) -> bool:
    said = " ".join(core(heading))
    return any(said.startswith(one) or f" {one}" in said for one in _PLAIN_TELLING)


_PLAIN_TELLING = tuple(" ".join(core(text)) for text in _TELLING)
