"""What words mean, whatever the language: letters, none-marks, and the headings of columns."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from raci.documents.intake.recognise.languages import Language
from raci.documents.intake.recognise.languages_more import LANGUAGES
from raci.domain.text import fold

# What every matrix has, and what is a letter even where nobody explains it.
CORE = ("R", "A", "C", "I")
KNOWN = (*CORE, "S", "V", "Q")

# Schemes that a title can name, and the letters that it thereby explains.
FAMILIES = {
    "rasci": "RASCI",
    "rasic": "RASIC",
    "rasi": "RASI",
    "raci-vs": "RACIVS",
    "raci vs": "RACIVS",
    "racivs": "RACIVS",
    "varisc": "RACIVS",
    "raciq": "RACIQ",
    "racio": "RACIO",
    "cairo": "CAIRO",
    "daci": "DACI",
    "rapid": "RAPID",
    "paris": "PARIS",
    "dci": "DCI",
    "ratsi": "RATSI",
    "rascio": "RASCIO",
    "rasciv": "RASCIV",
    "arci": "ARCI",
    "raci": "RACI",
    "rac": "RAC",
}
_FAMILY = re.compile(rf"\b({'|'.join(sorted(map(re.escape, FAMILIES), key=len, reverse=True))})\b")

# What a matrix of responsibilities is called that names no scheme.
MATRIX_NAMES = re.compile(
    r"responsibilit(?:y|ies)(?: assignment)? ?(?:matrix|chart)|matri[zc]e? (?:de|das|des|delle|di) respons\w+"
    r"|verantwo\w+s ?matrix|zuständigkeitsmatrix|матрица ответственности"
    r"|macierz odpowiedzialności|matrica odgovornosti|felelősségi mátrix|sorumluluk matrisi|ma trận trách nhiệm"
    r"|职责矩阵|责任矩阵|責任矩陣|책임 ?(?:할당 ?)?매트릭스"
)

# Letters of other alphabets that look like these.
LOOK_ALIKES = str.maketrans("АСІЅРОЕВМНТХаіѕсроΑΙΡΟСΕ", "ACISPOEBMHTXaiscpoAIPOCE")

MARKS = frozenset(
    [
        "-",
        "–",
        "—",
        "−",
        "--",
        "---",
        "/",
        "\\",
        ".",
        "..",
        "…",
        "...",
        "_",
        "*",
        "∅",
        "ø",
        "·",
        "•",
        "○",
        "◯",
        "☐",
        "~",
        "|",
    ]
)
ENDS = "*†‡§¹²³⁴⁵⁶⁷⁸⁹"
_WORDS = re.compile(r"[\w#№%]+(?:[.'’-][\w]+)*\.?")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
LONGEST_HEADING = 60
LONGEST_TOTAL = 16
LONGEST_QUESTION = 4


class Heading(StrEnum):
    """What a column, a row or a block can be headed by."""

    DUTIES = "duties"
    ROLES = "roles"
    SECTIONS = "sections"
    CODES = "codes"
    EXTRAS = "extras"
    TOTALS = "totals"
    LEGENDS = "legends"


def _listed(words: str) -> list[str]:
    return [fold(word) for word in words.split(", ") if word]


def _all(pick: str) -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in _listed(getattr(language, pick)))


def _letters(languages: Iterable[Language]) -> dict[str, str]:
    """Return the letter of every word. What an earlier language says of a word holds."""
    found: dict[str, str] = {}
    for language in languages:
        for letter, words in language.letters.items():
            for word in _listed(words):
                found.setdefault(word, letter)
    return found


LETTER_WORDS = _letters(LANGUAGES)
NONE_MARKS = MARKS | {"n"} | _all("none")
# How the meaning of a letter begins that says so.
_NOBODY = (
    *("no ", "not ", "none", "does not", "doesn't", "nicht ", "kein", "aucun", "pas ", "ningun", "não ", "nenhum"),
    *("sin ", "sem ", "non ", "nessun", "geen ", "niet ", "не ", "нет ", "nie ", "brak ", "yok"),
)
JOINERS = _all("joiners")
POSTS = _all("posts")
_HEADINGS = {heading: _all(heading.value) for heading in Heading}
_WIDE_HEADINGS = {
    heading: tuple(word for word in words if _WIDE.search(word) and len(word) > 1)
    for heading, words in _HEADINGS.items()
}
_WIDE_POSTS = tuple(word for word in POSTS if _WIDE.search(word))
# Words that say a letter only over a column of names: in a header of roles they are roles.
HEADING_WORDS = {"contributor": "C", "contributes": "C", "contribute": "C", "contribuinte": "C", "contributeur": "C"}
HEADING_WORDS |= {"colaborador": "C", "mitwirkender": "C", "mitwirkende": "C", "recommender": "R", "recommends": "R"}
_OF_HEADINGS = {
    word + ending: letter
    for words, endings in ((HEADING_WORDS, ("", "s")), (LETTER_WORDS, ("s",)))
    for word, letter in words.items()
    for ending in endings
}
_FIRST = re.compile(r"[\W\d_]*([^\W\d_]+)")
FIRST_WORDS = frozenset(found.group(1) for word in LETTER_WORDS if (found := _FIRST.match(word)))
LONGEST_WORD = max(map(len, LETTER_WORDS))


@lru_cache(maxsize=4096)
def said(text: str, heading: Heading) -> int:
    """Return how much a text sounds like a kind of heading: 2 where it is one of its words, 1 where it has one, 0."""
    folded = _plain(text)
    if not folded or len(folded) > LONGEST_HEADING:
        return 0
    if folded in _HEADINGS[heading]:
        return 2
    if any(part in _HEADINGS[heading] for part in _phrases(folded)):
        return 1
    return 1 if any(word in folded for word in _WIDE_HEADINGS[heading]) else 0


def is_said(text: str, heading: Heading) -> bool:
    """Whether a text is one of the words of a kind of heading; cheaper than `said`, for every row."""
    return len(text) <= LONGEST_TOTAL and bool(text) and fold(text).rstrip(" :.") in _HEADINGS[heading]


@lru_cache(maxsize=4096)
def letter_named(text: str) -> str:
    """Return the letter that a text says in a word ("Accountable", "Informé"), "" where it says none."""
    return LETTER_WORDS.get(_plain(text), "")


def may_name(text: str) -> bool:
    """Whether the first word of a text is the first of a letter's words: cheap, and asked first."""
    found = _FIRST.match(text)
    return found is not None and fold(found.group(1)) in FIRST_WORDS


@lru_cache(maxsize=4096)
def letter_begun(text: str) -> str:
    """Return the letter whose word a text begins with ("Responsible: does the work"), "" where it begins otherwise."""
    folded = _plain(text)[:LONGEST_HEADING]
    words = folded.split()
    for count in range(min(4, len(words)), 0, -1):
        start = " ".join(words[:count]).rstrip(":;,.-–— ")
        if start in LETTER_WORDS:
            return LETTER_WORDS[start]
    return ""


@lru_cache(maxsize=4096)
def heading_named(text: str) -> str:
    """Return the letter that a short heading ends with ("role_responsible", "Who is consulted?"), or begins with.

    It may be a plural there, or a word that in a header of roles is a role ("Contributors").
    """
    words = _plain(text).split()
    if not 0 < len(words) <= LONGEST_QUESTION:
        return ""
    last = words[-1]
    if len(words) > 1 and last in LETTER_WORDS:
        return LETTER_WORDS[last]
    return _OF_HEADINGS.get(last, "") or _OF_HEADINGS.get(words[0], "")


@lru_cache(maxsize=4096)
def letters_spoken(text: str) -> frozenset[str]:
    """Return the letters whose words stand anywhere in a text ("must be consulted")."""
    phrases = LETTER_WORDS.keys() & set(_phrases(_plain(text[:LONGEST_HEADING])))
    return frozenset(LETTER_WORDS[phrase] for phrase in phrases)


def says_nobody(meaning: str) -> bool:
    """Whether the meaning of a letter is that somebody has no part ("None", "Does not play a role")."""
    folded = _plain(meaning)
    return folded in NONE_MARKS or folded.startswith(_NOBODY)


@lru_cache(maxsize=4096)
def family_named(text: str) -> str:
    """Return the letters of the scheme that a text names ("RASCI matrix"), "" where it names none."""
    found = _FAMILY.search(fold(text[:200]).replace("_", " "))
    return FAMILIES[found.group(1)] if found else ""


@lru_cache(maxsize=4096)
def is_called_matrix(text: str) -> bool:
    """Whether a text is called a matrix of responsibilities."""
    return bool(MATRIX_NAMES.search(fold(text[:200]).replace("_", " ").replace("-", " ")))


@lru_cache(maxsize=4096)
def is_post(text: str) -> bool:
    """Whether a text sounds like a post, a team or a person rather than like something to do."""
    folded = _plain(text)
    if not folded or len(folded) > LONGEST_HEADING:
        return False
    if text.startswith(("[", "<", "{", "@")):
        return True
    words = folded.split()
    if len(words) == 1 and 1 < len(text.strip()) <= 5 and text.strip().isupper():
        return True
    return any(part in POSTS for part in _phrases(folded)) or any(post in folded for post in _WIDE_POSTS)


def words_in(text: str) -> int:
    """Return how many words a text has; where none are parted by blanks, two characters are one."""
    return len(text.split()) + len(_WIDE.findall(text)) // 2


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\[\](){}\"“”„«»?!*:`_]+", " ", fold(text)).split())


def _phrases(folded: str) -> Iterable[str]:
    """Yield the words of a text, and every two and three of them that stand side by side; without a plural s."""
    words = _WORDS.findall(folded)
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            phrase = " ".join(words[start : start + size])
            yield phrase
            if size == 1 and len(phrase) > 3 and phrase.endswith("s"):
                yield phrase[:-1]
