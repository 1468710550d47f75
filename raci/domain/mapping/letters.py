"""Which letter of a scheme each letter of a document is, and which scheme fits a document best."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from raci.domain.find import words
from raci.domain.mapping.choosing import LEFT, Choice, Fit
from raci.domain.reading import FoundMatrix
from raci.domain.scheme import IllegalCell, Letter, LetterClass, Scheme, format_letters
from raci.domain.text import Fact, Sentence, fold
from raci.domain.text import gettext_noop as _

# By class the beginnings of words that legends use for it, without accents; the first word that says something counts.
_BEGINNINGS: Mapping[LetterClass, tuple[str, ...]] = {
    LetterClass.OUT: ("omit", "out", "none", "uninvolved", "nicht", "pas"),
    LetterClass.OWNER: (
        "account", "owner", "owns", "approv", "rechenschaft", "genehmig", "redevab", "approb", "aprob", "aprov",
        "rinde", "eindverantwoord", "подотчет", "утвержд", "rozlicz", "decide", "decision",
    ),
    LetterClass.SIGN: ("sign", "unterschr", "unterzeich", "подпис"),
    LetterClass.DOER: (
        "responsib", "responsab", "verantwort", "durchfuhr", "ausfuhr", "realis", "perform", "execut", "ejecut",
        "esegu", "uitvoer", "wykonu", "odpowiedz", "исполн", "ответствен", "does", "doer", "do", "work", "task",
    ),
    LetterClass.LEAD: ("lead", "driv", "leit", "dirig", "recommend"),
    LetterClass.HELP: (
        "support", "assist", "help", "unterstutz", "mitwirk", "soutien", "soutient", "apoyo", "apoio", "suppor",
        "ondersteun", "wspier", "поддерж", "помог", "aide", "particip",
    ),
    LetterClass.INPUT: ("consult", "konsult", "advis", "advic", "berat", "asesor", "raadple", "geraadpl", "консульт",
        "input", "contribut", "conseil"),
    LetterClass.VERIFY: ("verif", "quality", "review", "pruf", "qualit", "check", "revis", "проверк", "control"),
    LetterClass.VETO: ("veto",),
    LetterClass.NOTICE: ("inform", "notif", "geinform", "информ", "told", "kenntnis", "powiad"),
    LetterClass.COACH: ("mentor", "coach"),
}  # fmt: skip
# What letters mean nearly everywhere where no legend says it.
_USUAL = {
    "A": LetterClass.OWNER, "R": LetterClass.DOER, "C": LetterClass.INPUT, "I": LetterClass.NOTICE,
    "S": LetterClass.HELP, "Q": LetterClass.VERIFY, "V": LetterClass.VERIFY, "O": LetterClass.OUT,
    "D": LetterClass.LEAD, "L": LetterClass.LEAD, "P": LetterClass.DOER, "H": LetterClass.HELP,
}  # fmt: skip
# Where a scheme has no letter of a class: the classes that come nearest, the best first.
_NEXT: Mapping[LetterClass, tuple[LetterClass, ...]] = {
    LetterClass.OWNER: (LetterClass.LEAD, LetterClass.SIGN),
    LetterClass.DOER: (LetterClass.LEAD, LetterClass.HELP),
    LetterClass.LEAD: (LetterClass.DOER, LetterClass.OWNER),
    LetterClass.HELP: (LetterClass.INPUT, LetterClass.DOER),
    LetterClass.INPUT: (LetterClass.HELP, LetterClass.NOTICE),
    LetterClass.VETO: (LetterClass.SIGN, LetterClass.INPUT),
    LetterClass.VERIFY: (LetterClass.VETO, LetterClass.INPUT),
    LetterClass.SIGN: (LetterClass.VETO, LetterClass.INPUT),
    LetterClass.NOTICE: (LetterClass.INPUT,),
    LetterClass.COACH: (LetterClass.INPUT,),
}


def letters_of(found: FoundMatrix) -> tuple[str, ...]:
    """Return the letters that stand in a matrix, the most frequent first."""
    counts: dict[str, int] = {}
    for crossing in found.crossings:
        for letter in crossing.letters:
            counts[letter] = counts.get(letter, 0) + 1
    return tuple(sorted(counts, key=lambda letter: (-counts[letter], letter)))


def suggested(found: FoundMatrix, scheme: Scheme) -> dict[str, Choice]:
    """Return what each letter of a matrix is in a scheme: never another letter without a reason."""
    return {letter: _one(letter, found.legend, scheme) for letter in letters_of(found)}


def _one(letter: str, legend: Mapping[str, str], scheme: Scheme) -> Choice:
    own, said = _same_code(letter, scheme), _said(letter, legend)
    meant = _meaning(said) if said else None
    if own and meant in (None, own.letter_class):
        return Choice(own.code, Fit.EXACT, 100, Sentence(_("the same letter")))
    if own and _agrees(said, own):
        return Choice(own.code, Fit.EXACT, 100, Sentence(_("the same letter, explained alike")))
    meaning = meant or _USUAL.get(letter.upper())
    if meaning is LetterClass.OUT:
        return _out(scheme)
    if meaning is None:
        return Choice(LEFT, Fit.NEW, 50, _about(_("{scheme} has no such letter, and nothing explains it"), scheme))
    if other := _of_class(scheme, meaning):
        why = _explained(said, other) if said else _about(_("{letter} means the same in {scheme}"), scheme, other)
        return Choice(other.code, Fit.SIMILAR, 90 if said else 75, why)
    return _nearest(meaning, scheme, own)


def _nearest(meaning: LetterClass, scheme: Scheme, own: Letter | None) -> Choice:
    """Return the letter that comes nearest to a meaning of which a scheme has none."""
    near = [one for other in _NEXT.get(meaning, ()) if (one := _of_class(scheme, other))]
    if not near:
        return Choice(LEFT, Fit.NEW, 50, _about(_("{scheme} has no letter of that meaning"), scheme))
    why = _about(_("{scheme} has no letter of that meaning; {letter} comes nearest"), scheme, near[0])
    others = tuple(one.code for one in (*near[1:], *([own] if own else ())))
    return Choice(near[0].code, Fit.SIMILAR, 60, why, others)


def _out(scheme: Scheme) -> Choice:
    if other := _of_class(scheme, LetterClass.OUT):
        return Choice(other.code, Fit.SIMILAR, 90, _about(_("{letter} means the same in {scheme}"), scheme, other))
    return Choice(LEFT, Fit.SIMILAR, 90, _about(_("it means no part at all, which {scheme} leaves empty"), scheme))


def _same_code(letter: str, scheme: Scheme) -> Letter | None:
    return next((one for one in scheme.letters if fold(one.code) == fold(letter)), None)


def _said(letter: str, legend: Mapping[str, str]) -> str:
    return next((text for code, text in legend.items() if fold(code) == fold(letter)), "")


def _means(letter: str, legend: Mapping[str, str]) -> LetterClass | None:
    said = _said(letter, legend)
    return _meaning(said) if said else _USUAL.get(letter.upper())


def _meaning(said: str) -> LetterClass | None:
    """Return the class that the words of a legend name first."""
    for word in words(said):
        for letter_class, beginnings in _PLAIN.items():
            if word in _WHOLE_WORDS:
                if word in beginnings:
                    return letter_class
            elif any(word.startswith(one) for one in beginnings if one not in _WHOLE_WORDS):
                return letter_class
    return None


# Their beginnings begin much else.
_WHOLE_WORDS = frozenset(("out", "do", "does", "pas", "none", "task", "work", "nicht", "aide", "owns"))
_PLAIN = {one: tuple("".join(words(text)) for text in texts) for one, texts in _BEGINNINGS.items()}


def _agrees(said: str, letter: Letter) -> bool:
    """Tell whether a legend explains a letter by the word that the scheme has for it."""
    return bool(set(words(said)) & set(words(letter.label)))


def _of_class(scheme: Scheme, letter_class: LetterClass) -> Letter | None:
    return next((one for one in scheme.letters if one.letter_class is letter_class), None)


def _about(text: str, scheme: Scheme, letter: Letter | None = None) -> Sentence:
    facts: dict[str, Fact] = {"scheme": Sentence(scheme.name)}
    return Sentence(text, facts | ({"letter": letter.code} if letter else {}))


def _explained(said: str, letter: Letter) -> Sentence:
    return Sentence(_("the document says “{said}”, which is {letter} here"), {"said": said, "letter": letter.code})


# --- cells


def fitted(scheme: Scheme, codes: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return the letters that may stand together in one cell, the heaviest kept, and those that may not."""
    return _fitted(scheme, tuple(codes))


@lru_cache(maxsize=4096)
def _fitted(scheme: Scheme, codes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    wanted = set(codes)
    kept: list[str] = []
    for letter in scheme.letters:
        if letter.code in wanted and _is_legal(scheme, [*kept, letter.code]):
            kept.append(letter.code)
    return format_letters(scheme, kept), tuple(one.code for one in scheme.letters if one.code in wanted - set(kept))


def _is_legal(scheme: Scheme, codes: Sequence[str]) -> bool:
    try:
        format_letters(scheme, codes)
    except IllegalCell:
        return False
    return True


# --- schemes


def best_scheme(found: FoundMatrix, schemes: Mapping[str, Scheme]) -> str:
    """Return the code of the scheme that takes most cells as they stand, and means the same by most of their letters.

    Where several do, the first of them.
    """
    cells = Counter(crossing.letters for crossing in found.crossings)

    def rank(code: str) -> tuple[int, int]:
        same = {letter: schemes[code].by_code[choice.to] for letter, choice in _same(cells, found, schemes[code])}
        meant = {letter for letter, own in same.items() if _means(letter, found.legend) is own.letter_class}
        taken = sum(count for letters, count in cells.items() if _stands(letters, same, schemes[code]))
        return taken, sum(count for letters, count in cells.items() if meant.issuperset(letters))

    return max(schemes, key=rank)


def _same(cells: Iterable[tuple[str, ...]], found: FoundMatrix, scheme: Scheme) -> Iterator[tuple[str, Choice]]:
    for letter in {letter for letters in cells for letter in letters}:
        choice = _one(letter, found.legend, scheme)
        if choice.fit is Fit.EXACT:
            yield letter, choice


def _stands(letters: Sequence[str], same: Mapping[str, Letter], scheme: Scheme) -> bool:
    return all(letter in same for letter in letters) and _is_legal(scheme, [same[letter].code for letter in letters])
