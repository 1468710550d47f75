"""Make the demo organisation, where there is none yet."""

from typing import Any

from django.core.management.base import BaseCommand

from raci.services.demo import start_demo


class Command(BaseCommand):
    help = "Make the demo organisation: two matrices, some weeks on. Does nothing where it exists."

    def handle(self, *args: Any, **options: Any) -> None:
        organisation, made = start_demo()
        self.stdout.write(f"{organisation.name} is ready." if made else f"{organisation.name} is there already; kept.")
