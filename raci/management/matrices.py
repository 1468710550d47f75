"""How commands are told which matrices are meant."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from raci.models import Matrix, Organisation


def add_arguments(parser: CommandParser) -> None:
    """Add the arguments that `chosen_matrices` reads."""
    parser.add_argument("--organisation", required=True, help="its part of the address, such as demo")
    parser.add_argument("--matrix", default="", help="title or key of one matrix; all of them by default")


def chosen_organisation(slug: str) -> Organisation:
    """Return the organisation that was named. Raises `CommandError` with those there are."""
    try:
        return Organisation.objects.get(slug=slug)
    except Organisation.DoesNotExist as error:
        known = ", ".join(Organisation.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no organisation “{slug}”. There is: {known}.") from error


def chosen_matrices(options: dict[str, Any]) -> list[Matrix]:
    """Return the matrices that were named, or all of the organisation. Raises `CommandError` with those there are."""
    organisation = chosen_organisation(options["organisation"])
    matrices = list(Matrix.objects.filter(organisation=organisation).select_related("organisation"))
    if not matrices:
        raise CommandError(f"{organisation.name} has no matrix yet; make one under Matrices in the workspace.")
    named = options["matrix"].casefold()
    chosen = [matrix for matrix in matrices if not named or named in (matrix.title.casefold(), matrix.key)]
    if not chosen:
        known = ", ".join(f"“{matrix.title}”" for matrix in matrices)
        raise CommandError(f"{organisation.name} has no matrix “{options['matrix']}”. It has: {known}.")
    return chosen
