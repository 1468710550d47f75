"""Days as spreadsheet programs store them, and as people type them where nobody can take them for another day."""

import math
import re
from datetime import date, timedelta

_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9:.]+Z?)?")
_DIGITS = re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})")


def day_of(text: str, *, is_number: bool, from_1904: bool = False) -> date | None:
    """Return the day that a cell holds, None where it is not certain.

    Text must have its year first: of 3/4/2026 nobody knows which is the month. A number counts days, as the workbook
    counts them; a time of the day is left out.
    """
    text = text.strip()
    try:
        if found := _YEAR_FIRST.fullmatch(text) or _DIGITS.fullmatch(text):
            return date(int(found[1]), int(found[3]), int(found[4]))
        if is_number:
            return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=math.floor(float(text)))
    except (ValueError, OverflowError):
        pass
    return None
