"""The levels of delegation in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The seven levels of delegation of Management 3.0 (Jurgen Appelo, CC BY): 1 to 3 the first role decides, 4 both,
# 5 to 7 the second.
DEGREES: tuple[tuple[Any, Any], ...] = (
    (pgettext_lazy("level of delegation", "Tell"), _("the first decides, and tells the second")),
    (pgettext_lazy("level of delegation", "Sell"), _("the first decides, and wins the second over")),
    (pgettext_lazy("level of delegation", "Consult"), _("the first asks the second before it decides")),
    (pgettext_lazy("level of delegation", "Agree"), _("both decide together")),
    (pgettext_lazy("level of delegation", "Advise"), _("the second decides, and hears the first before")),
    (pgettext_lazy("level of delegation", "Inquire"), _("the second decides, and tells the first when asked")),
    (pgettext_lazy("level of delegation", "Delegate"), _("the second decides, and need not tell")),
)


def degree_in_words(degree: int) -> str:
    """Return a level of delegation, "" for none."""
    if not 1 <= degree <= len(DEGREES):
        return ""
    name, means = DEGREES[degree - 1]
    return f"{degree} · {name}: {means}"
