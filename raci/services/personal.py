"""Where history holds names of people, and how their texts are hashed so that they can be taken out again.

A name is hashed as a commitment: SHA-256 over a random salt that is kept for that spot alone, and the text. Once a
name is erased, the commitment takes the place of the salt. What was hashed can then still be recomputed, and nobody
can find out by trying names whose it was.
"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from raci.domain.records import Kind

# What stands where a name stood. Not "": what had a name cannot do without one, and undo must find a legal record.
ERASED = "–"
# By kind of record the fields that name a person. Migration 0009_erasable_names knows them as well.
PERSONAL: Mapping[str, tuple[str, ...]] = {
    Kind.GREY_AREA: ("raised_by",),
    Kind.DECISION: ("decided_by",),
    Kind.ACKNOWLEDGEMENT: ("name", "person"),
    Kind.ROUND: ("opened_by",),
    Kind.COMMENT: ("written_by",),
}
ACTOR = "actor"
_SALT_BYTES = 16
_IS_COMMITMENT = "="

# Spots to their salts in hex, or to "=" and the commitment where the text was erased.
Salts: TypeAlias = Mapping[str, str]


class Spot(NamedTuple):
    """A text in a list of stored changes that names a person: of which change, on which side, in which field."""

    ordinal: int
    side: str
    field: str
    text: str
    erased: str

    @property
    def name(self) -> str:
        return f"{self.ordinal}.{self.side}.{self.field}"


def spots(changes: Sequence[Sequence[Any]]) -> Iterator[Spot]:
    """Yield the spots of stored changes (kind, matrix, subject, other, field, before, after) that name somebody."""
    for ordinal, (kind, _matrix, _subject, other, field, before, after) in enumerate(changes):
        for name in PERSONAL.get(kind, ()):
            for side, value in (("before", before), ("after", after)):
                text = named(value, field, name)
                if text:
                    yield Spot(ordinal, side, name, text, erased(name, other))


def named(value: Any, field: str, name: str) -> str:
    """Return what one side of a change says in a field; "" where it says nothing there."""
    if not field:
        value = value.get(name) if isinstance(value, Mapping) else ""
    elif field != name:
        value = ""
    return value if isinstance(value, str) else ""


def erased(field: str, other: str) -> str:
    """Return what stands in a field once its name was erased.

    The number of an account gives way to the key of the record: no two answers to a decision are of one account.
    """
    return f"{ERASED}{other}" if field == "person" else ERASED


def with_text(value: Any, field: str, name: str, text: str) -> Any:
    """Return one side of a change with another text in a field."""
    return text if field else {**value, name: text}


def new_salts(changes: Sequence[Sequence[Any]]) -> dict[str, str]:
    """Return fresh salts for the author and for every spot of some changes."""
    return {name: secrets.token_hex(_SALT_BYTES) for name in (ACTOR, *(spot.name for spot in spots(changes)))}


def commitment(salt: str, text: str, erased_text: str = ERASED) -> str:
    """Return what is hashed instead of a text; "" where an erased text was replaced by anything else."""
    if salt.startswith(_IS_COMMITMENT):
        return salt[len(_IS_COMMITMENT) :] if text == erased_text else ""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def sealed_salt(salt: str, text: str) -> str:
    """Return what takes the place of a salt when its text is erased."""
    return salt if salt.startswith(_IS_COMMITMENT) else _IS_COMMITMENT + commitment(salt, text)


def is_erased(salt: str) -> bool:
    """Tell whether the text of a salt was erased."""
    return salt.startswith(_IS_COMMITMENT)
