"""Texts that a spreadsheet program would take for formulas when it opens a file of plain text."""

import re

# In full width too. A text that has apostrophes before it gets one more, so that `bare` gives back exactly what was
# there.
_LIKE_A_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
_GUARDED = re.compile("''*[=+\\-@\t\r\n\0＝＋－＠]")


def guarded(value: str) -> str:
    """Return a text so that no program takes it for a formula: with an apostrophe before it where it looks like one."""
    return f"'{value}" if _LIKE_A_FORMULA.match(value) else value


def bare(value: str) -> str:
    """Return what was there before `guarded`."""
    return value[1:] if _GUARDED.match(value) else value
