"""The site itself as an application: its system checks and the clock of its sessions."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.contrib.auth.signals import user_logged_in


class OrgrolesConfig(AppConfig):
    """Registers the checks, and notes when a session began."""

    name = "orgroles"

    def ready(self) -> None:
        """Connect once the other applications are loaded."""
        from orgroles import checks, middleware  # noqa: PLC0415  # they need the registry of applications

        checks.register_all()
        user_logged_in.connect(middleware.start_clock, dispatch_uid="orgroles.start_clock")


class AdminConfig(DjangoAdminConfig):
    """Django's admin, with the project's own site: who comes in follows from ownership."""

    default_site = "raci.admin.site.Administration"

    def ready(self) -> None:
        """Register the pages once the site is there."""
        super().ready()
        import_module("raci.admin.pages")
