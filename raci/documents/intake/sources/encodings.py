"""Which encoding a text is in."""

import codecs

from raci.documents.intake.guard import words
from raci.documents.intake.sources import later
from raci.domain.text import gettext_noop as _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_FALLBACK = ("cp1252", "Windows-1252")
# What else a text without a mark may be in, and how people call it. The guess is made among these.
_OTHERS = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1257": "Windows-1257",
    "koi8_r": "KOI8-R",
    "shift_jis": "Shift JIS",
    "cp932": "Shift JIS",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "euc_kr": "EUC-KR",
    "cp949": "EUC-KR",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
}
# How much of a text is guessed from: lines with anything besides ASCII.
_SAMPLE = 16_000
_FEW = 8


def decoded(content: bytes) -> tuple[str, str]:
    """Return a text and the name of its encoding: by its mark, else UTF-8, else what its letters look like."""
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(codec), name
            except UnicodeDecodeError:
                raise words.refusal(
                    _("The text says that it is {encoding}, but it is not. Save it again as UTF-8 and upload that."),
                    encoding=name,
                ) from None
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        codec, name = _guessed(content)
        return content.decode(codec, "replace"), name


def _guessed(content: bytes) -> tuple[str, str]:
    """Guess an encoding. A few letters of Western Europe among many plain ones are Windows-1252."""
    told = b"\n".join(line for line in content.splitlines() if not line.isascii())[:_SAMPLE]
    if sum(byte > 0x7F for byte in told) < _FEW:
        return _FALLBACK
    best = later.guesser().from_bytes(told, cp_isolation=[_FALLBACK[0], *_OTHERS]).best()
    if best is None or best.encoding not in _OTHERS:
        return _FALLBACK
    return best.encoding, _OTHERS[best.encoding]
