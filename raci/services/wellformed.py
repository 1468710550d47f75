"""Whether a set of changes can be kept at all, before anybody looks at what is there: keys, shapes, an author.

What passes can be held by SQLite and PostgreSQL alike, and read back exactly as it was written.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from raci.domain.change import Address, Change
from raci.domain.matrix import IN_MATRIX, PAIRED
from raci.domain.records import Kind
from raci.domain.text import LONGEST_TEXT, problem
from raci.models.base import KEY_LENGTH
from raci.services.words import said

LONGEST_NAME = 200

_KEY = re.compile(rf"[A-Za-z0-9_-]{{1,{KEY_LENGTH}}}")
_WITHOUT_MATRIX = set(Kind) - IN_MATRIX
_WITH_OTHER = PAIRED | {Kind.CELL}


def trouble_with(change: Change) -> str:
    """Say what is wrong with the address of a change or the shape of what it wants; "" where nothing is."""
    if not _is_address(change.address):
        return _("This is not the address of anything that can be kept.")
    if change.address.kind is Kind.CELL:
        holds_letters = change.field == "letters" and isinstance(change.after, str)
        return "" if holds_letters else _("A cell holds letters only.")
    values = change.after.values() if not change.field and isinstance(change.after, Mapping) else [change.after]
    if not all(_is_plain(value) for value in values if isinstance(value, Mapping)):
        return _("Letters and the like are given by the key of a record.")
    return ""


def trouble_with_author(name: str, reason: str) -> str:
    """Say what is wrong with the words that go into history for ever; "" where nothing is."""
    if found := problem(name, longest=LONGEST_NAME):
        return _("The name %(trouble)s.") % {"trouble": said(found)}
    if found := problem(reason, longest=LONGEST_TEXT):
        return _("The reason %(trouble)s.") % {"trouble": said(found)}
    return ""


def whole_and_in_part(changes: Sequence[Change]) -> set[Address]:
    """Return the records that one set of changes makes or removes and alters as well: what would come last?"""
    whole = {change.address for change in changes if not change.field}
    return {change.address for change in changes if change.field and change.address in whole} if whole else set()


def _is_address(address: Address) -> bool:
    kind, matrix, subject, other = address
    if kind is Kind.CELL:  # nearly all addresses of a large set, and of few rows and columns
        return _is_key(matrix) and _is_key(subject) and _is_key(other)
    wanted = ((matrix, kind not in _WITHOUT_MATRIX), (subject, True), (other, kind in _WITH_OTHER))
    return all(_is_key(part) if needed else part == "" for part, needed in wanted)


@lru_cache(maxsize=1 << 15)
def _is_key(text: str) -> bool:
    return bool(_KEY.fullmatch(text))


def _is_plain(letters: Mapping[Any, Any]) -> bool:
    return all(
        isinstance(key, str) and _KEY.fullmatch(key) and isinstance(value, str) and not problem(value)
        for key, value in letters.items()
    )
