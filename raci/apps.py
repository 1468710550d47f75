"""The one application of the project."""

from django.apps import AppConfig


class RaciConfig(AppConfig):
    """Who owns what: register, matrices, decisions."""

    name = "raci"
    label = "raci"
    verbose_name = "Responsibilities"
