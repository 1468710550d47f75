"""The matrix as comma-separated values, for programs and for people who want plain text.

UTF-8 with a byte order mark, since Excel takes any other for the local code page; lines end as RFC 4180 says.
"""

import csv
from io import TextIOWrapper
from typing import BinaryIO

from raci.documents import words
from raci.documents.edition import Edition
from raci.documents.formulas import guarded
from raci.documents.held import CannotBeHeld, check
from raci.documents.speech import gettext as _
from raci.documents.speech import speaking
from raci.documents.tally import Tally
from raci.domain.structure import rows_in_order


def write_csv(edition: Edition, stream: BinaryIO) -> None:
    """Write the matrix: a header, then a row per duty with its letters and what is wrong with it.

    Raises `CannotBeHeld`, naming the duty, before anything is written.
    """
    with speaking(edition.language):
        rows = _rows(edition)
    text = TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        csv.writer(text).writerows([guarded(value) for value in row] for row in rows)
        text.flush()
    finally:
        text.detach()


def _rows(edition: Edition) -> list[list[str]]:
    matrix = edition.matrix
    tally = Tally(matrix, edition.settings.owner_may_do)
    names = (matrix.roles[role].name for role in matrix.column_keys)
    rows = [[_("Area"), _("Code"), _("Duty"), *names, _("Check")]]
    for key in rows_in_order(matrix):
        duty = matrix.duties[key]
        area = matrix.areas[duty.area].name if duty.area in matrix.areas else ""
        letters = [matrix.letters(key, role) for role in matrix.column_keys]
        rows.append([area, duty.code, duty.title, *letters, tally.words_on(key)])
        _refuse(duty.code, rows[-1])
    _refuse("", rows[0])
    return rows


def _refuse(code: str, row: list[str]) -> None:
    for value in row:
        try:
            check(value)
        except CannotBeHeld as refusal:
            raise CannotBeHeld(
                refusal.reason, record=_("duty {code}").format(code=words.short(code, 60)) if code else _("header")
            ) from None
