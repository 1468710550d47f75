"""The words of the scales of levels, marked for the catalogues of messages.

Scales are data (`fixtures/scales.json`), where no tool looks for texts. A test compares the two. Names that are the
same in every language (SFIA 9, e-CF, e-1) are left out, and SFIA's own names of levels are kept nowhere.
"""

from raci.domain.text import gettext_noop as _

NAMES = (
    _("Six levels"),
    _("Government Digital and Data"),
)
SAME_EVERYWHERE = ("SFIA 9", "e-CF", "e-1", "e-2", "e-3", "e-4", "e-5")

# Names of levels.
LEVELS = (
    _("None"),
    _("Aware"),
    _("With help"),
    _("Alone"),
    _("Leads others"),
    _("Sets direction"),
    _("Awareness"),
    _("Working"),
    _("Practitioner"),
    _("Expert"),
)
