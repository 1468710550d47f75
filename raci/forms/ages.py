"""What the groups of ages are called."""

from django.utils.translation import gettext_lazy as _

from raci.domain.ages import BUCKETS

AGES = (_("0–30 days"), _("31–60 days"), _("61–90 days"), _("over 90 days"))
assert len(AGES) == len(BUCKETS) + 1
