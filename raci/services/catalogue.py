"""What the catalogue says of one role."""

from raci import models

# What belongs to one role; what is said of a pair stands with its boundary, or with the way from one to the other.
_OF_ROLE = ("purpose", "duty", "skill", "reporting_line")


def of_role(source: str) -> list[models.CatalogueEntry]:
    """Return the entries on a role by its own, "" for a role that comes from none: in one query, in their order.

    The role itself comes first. A party names no role: it is given with each role of which an entry comes from the
    same statement.
    """
    if not source:
        return []
    wanted = models.CatalogueEntry.objects.filter(kind__in=("role", "party", *_OF_ROLE)).order_by("position")
    entries = list(wanted)
    found = [one for one in entries if one.code == source or (one.kind in _OF_ROLE and one.role == source)]
    told = {statement for one in found if one.kind != "role" for statement in one.sources}
    return found + [one for one in entries if one.kind == "party" and told.intersection(one.sources)]
