"""The site itself as an application: its system checks and the clock of its sessions."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class OrgrolesConfig(AppConfig):
    """Registers the checks, and notes when a session began."""

    name = "orgroles"

    def ready(self) -> None:
        """Connect once the other applications are loaded."""
        from orgroles import checks, middleware  # noqa: PLC0415  # they need the registry of applications

        checks.register_all()
        user_logged_in.connect(middleware.start_clock, dispatch_uid="orgroles.start_clock")
