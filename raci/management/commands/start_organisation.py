"""Start an organisation from a template."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from raci.models import Membership, User
from raci.services.door import Author
from raci.services.organisations import NoSuchTemplate, NotStarted, start_organisation


class Command(BaseCommand):
    help = "Start an organisation from a template. Every overlap is open; the template's letters are proposals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name of the organisation")
        parser.add_argument("--template", default="it-pm-and-it-manager", help="code of the template")
        parser.add_argument("--slug", default="", help="its part of the address; made from the name by default")
        parser.add_argument("--owner", default="", help="user name of the person who shall own it")
        parser.add_argument(
            "--with-proposed-areas", action="store_true", help="also the areas that the template only proposes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        owner = self._owner(options["owner"])
        author = Author(name=str(owner) if owner else "Administrator", door="command", reason="Started from a template")
        try:
            organisation, started = start_organisation(
                name=options["name"],
                slug=options["slug"],
                template_code=options["template"],
                proposed_areas=options["with_proposed_areas"],
                author=author,
            )
        except (NoSuchTemplate, NotStarted) as error:
            raise CommandError(str(error)) from error
        if owner:
            Membership.objects.create(organisation=organisation, user=owner, level=Membership.Level.OWNER)
        self.stdout.write(
            f"{organisation.name} is started at /o/{organisation.slug}/: {len(started.duties)} duties, "
            f"{len(started.roles)} roles, {len(started.matrices)} matrices. Every overlap is open."
        )

    def _owner(self, username: str) -> User | None:
        if not username:
            return None
        try:
            return User.objects.get(username=username)
        except User.DoesNotExist as error:
            raise CommandError(f"There is no user “{username}”. Make one first: manage.py createsuperuser.") from error
