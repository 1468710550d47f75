"""The one application of the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RaciConfig(AppConfig):
    """Who owns what: register, matrices, decisions."""

    name = "raci"
    label = "raci"
    verbose_name = _("Responsibilities")
