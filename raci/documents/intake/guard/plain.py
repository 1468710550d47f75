"""Text, before anybody looks for a table in it."""

import re

from raci.documents.intake.guard import words
from raci.documents.intake.guard.limits import MOST_CELLS, MOST_ROWS
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FILE = Sentence(_("The file"))
_HTML = re.compile(rb"<\s{0,9}(?:!doctype html|html|table|body)\b", re.IGNORECASE)
# Control characters that no text holds; a tenth of a per cent may be damage.
_BINARY = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0b\x0c\r\x1b"))
_SEPARATORS = (b",", b";", b"\t", b"|", b"<t")
# The owner's name with a length before it, in a file of a fixed size.
_LOCK_SIZES = (165, 171)


def check_plain(content: bytes) -> str:
    """Return whether a text is "html" or "text". Raises `Refused` for what is no text or too much of it."""
    if not content.startswith(_UTF_16):
        _check_signs(content)
    if content.count(b"\n") + content.count(b"\r") > 2 * MOST_ROWS:
        raise words.too_much(_FILE, _("lines"), MOST_ROWS)
    if max(map(content.count, _SEPARATORS)) > 2 * MOST_CELLS:
        raise words.too_much(_FILE, _("cells"), MOST_CELLS)
    if not content.strip():
        raise words.refusal(_("The file holds nothing but blanks. Choose another one."))
    return "html" if _HTML.search(content[:2_000]) else "text"


def _check_signs(content: bytes) -> None:
    if len(content) in _LOCK_SIZES and content[0] < 60 and b"\0" in content[-60:] + content[1:2]:
        text = _(
            "This is the small file by which Excel remembers that a workbook is open; its name begins with ~$. Upload "
            "the workbook itself."
        )
        raise words.refusal(text)
    found = len(content) - len(content.translate(None, _BINARY))
    if b"\0" in content or found * 1_000 > len(content):
        raise words.foreign(_("a file of an unknown kind"))
