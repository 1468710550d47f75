"""The keys of the preview."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def keys_of_the_page() -> list[tuple[tuple[str, ...], str]]:
    """Return the keys with what they do."""
    return [
        (("↑", "↓"), _("to the line before or after")),
        ((pgettext("key", "Space"),), _("accept or refuse the line")),
        (("a",), _("accept; of a conflict: take the file’s")),
        (("r",), _("refuse; of a conflict: keep what is there")),
        (("q",), _("make a conflict over an owner a question")),
        ((pgettext("key", "Shift"), "↑ ↓"), _("choose several lines, which are answered together")),
        (("g",), _("accept the whole group, or refuse it where all of it is accepted")),
        ((pgettext("key", "Home"), pgettext("key", "End")), _("to the first or last line")),
        (("?",), _("these keys")),
    ]
