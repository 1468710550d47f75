"""What people are told about files that are not let in: what is the matter, where, and what to do."""

from raci.documents.intake.refused import Refused
from raci.domain.text import Fact, Sentence
from raci.domain.text import gettext_noop as _

MACROS = Sentence(_("The file holds macros. They were ignored: only the cells were read."))
EXTERNAL = Sentence(_("The file points to other files. They were ignored: only its own cells were read."))
EMBEDDED = Sentence(_("The file holds other files inside it. They were ignored: only its own cells were read."))


def refusal(text: str, **facts: Fact) -> Refused:
    """Return the refusal that says a text, marked for the catalogues, with its facts."""
    return Refused(Sentence(text, facts))


def foreign(what: str) -> Refused:
    """Return the refusal of a file that is something else altogether, by the words for it."""
    text = _(
        "This is {what}, and no matrix can be read from it here. Copy the table into a spreadsheet, save that as .xlsx "
        "and upload it; or paste the table as text."
    )
    return refusal(text, what=Sentence(what))


def damaged(part: Fact) -> Refused:
    text = _(
        "The file is damaged ({part}). Open it in a spreadsheet program, save it again as .xlsx and upload that; if it "
        "does not open there either, ask for another copy."
    )
    return refusal(text, part=part)


def unusual(part: Fact) -> Refused:
    """Return the refusal of what no spreadsheet program writes, whatever it may be there for."""
    text = _(
        "{part} is not written as spreadsheet programs write it, so the file is not opened. Save it again as .xlsx in "
        "a spreadsheet program and upload that."
    )
    return refusal(text, part=part)


def too_much(part: Fact, what: str, limit: int) -> Refused:
    """Return the refusal of more of something than is read. ``what`` are the words for it."""
    text = _(
        "{part} holds more than {limit} {what}. Delete what does not belong to the matrix, or copy the matrix alone "
        "into a new workbook, and upload that."
    )
    return refusal(text, part=part, limit=limit, what=Sentence(what))


def too_long(part: Fact, what: str, limit: int) -> Refused:
    text = _(
        "{part} holds {what} of more than {limit} characters. Shorten it, or copy the matrix alone into a new "
        "workbook, and upload that."
    )
    return refusal(text, part=part, limit=limit, what=Sentence(what))


def too_large(part: Fact, megabytes: int) -> Refused:
    text = _(
        "{part} unpacks to more than {megabytes} MB, far more than a matrix needs. Copy the matrix alone into a new "
        "workbook and upload that."
    )
    return refusal(text, part=part, megabytes=megabytes)


def swollen(part: Fact, times: int) -> Refused:
    text = _(
        "{part} unpacks to more than {times} times its size, as nothing does that people typed. Copy the matrix alone "
        "into a new workbook and upload that."
    )
    return refusal(text, part=part, times=times)


def protected() -> Refused:
    return refusal(
        _(
            "The file is protected with a password. Open it in its program, save it without the password and upload "
            "that."
        )
    )


def unreadable() -> Refused:
    return refusal(
        _(
            "The file is damaged and cannot be read. Open it in a spreadsheet program, save it again as .xlsx and "
            "upload that; if it does not open there either, ask for another copy."
        )
    )


def too_hard(seconds: int) -> Refused:
    text = _(
        "Reading the file took more than {seconds} seconds and was stopped. Copy the matrix alone into a new workbook "
        "and upload that."
    )
    return refusal(text, seconds=seconds)


def too_heavy(megabytes: int) -> Refused:
    text = _(
        "Reading the file took more than {megabytes} MB of memory and was stopped. Copy the matrix alone into a new "
        "workbook and upload that."
    )
    return refusal(text, megabytes=megabytes)


def too_talkative() -> Refused:
    text = _("The file holds far more than a matrix. Copy the matrix alone into a new workbook and upload that.")
    return refusal(text)


def stopped() -> Refused:
    return refusal(_("The reading was cancelled. Nothing was kept; upload the file again to start over."))
