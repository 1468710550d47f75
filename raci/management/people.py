"""How commands are told which person is meant."""

from django.core.management.base import CommandError, CommandParser
from django.db.models import Q

from raci.management.matrices import chosen_organisation
from raci.models import Person


def add_arguments(parser: CommandParser) -> None:
    """Add the arguments that `chosen_person` reads."""
    parser.add_argument("--organisation", required=True, help="its part of the address, such as demo")
    parser.add_argument("--person", required=True, help="name, e-mail address or key")


def chosen_person(slug: str, named: str) -> Person:
    """Return the person that was named. Raises `CommandError` where there is none, or several of that name."""
    organisation = chosen_organisation(slug)
    rows = Person.objects.filter(organisation=organisation).select_related("organisation", "user")
    found = list(rows.filter(Q(key=named) | Q(name=named) | Q(email__iexact=named)) if named else [])
    if not found:
        raise CommandError(f"{organisation.name} has nobody called “{named}”.")
    if len(found) > 1:
        keys = ", ".join(f"{person.key} ({person.email or 'no e-mail address'})" for person in found)
        raise CommandError(f"{organisation.name} has several people called “{named}”. Name one by the key: {keys}.")
    return found[0]
