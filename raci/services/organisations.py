"""A new organisation out of a template: everything on record, nothing decided."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from raci import models
from raci.domain.records import (
    Area,
    Column,
    Duty,
    GreyArea,
    Kind,
    Line,
    Origin,
    Row,
    from_fields,
)
from raci.models.base import new_key
from raci.services.door import Author, Outcome, apply_changes
from raci.services.template_roles import Started, add_roles_defined, provide_scales

__all__ = ["NoSuchTemplate", "NotStarted", "Started", "plan_template", "start_organisation", "template"]


class NoSuchTemplate(LookupError):
    """There is no template of that code."""


class NotStarted(ValueError):
    """An organisation could not be started; the message says why."""


@lru_cache(maxsize=8)
def template(code: str) -> dict[str, Any]:
    """Return a template by its code. Raises `NoSuchTemplate`, naming those that there are."""
    found = {}
    for path in sorted((settings.BASE_DIR / "fixtures").glob("template_*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found[data["code"]] = data
    if code not in found:
        raise NoSuchTemplate(f"There is no template “{code}”. There is: {', '.join(found)}.")
    return found[code]  # type: ignore[no-any-return]  # a template is a JSON object


def start_organisation(
    *,
    name: str,
    author: Author,
    template_code: str = "it-pm-and-it-manager",
    slug: str = "",
    proposed_areas: bool = False,
    role_names: dict[str, str] | None = None,
) -> tuple[models.Organisation, Started]:
    """Start an organisation from a template, as its first revision.

    Roles come with what the template says of them: how they differ, their charters, what they must be able to do.
    Every row of the template's matrices is an open grey area that carries the template's letters as a
    proposal; no cell is filled. ``proposed_areas`` takes in areas that the template only proposes.
    Raises `NoSuchTemplate` and `NotStarted`.
    """
    data = template(template_code)
    plan = plan_template(data, timezone.localdate(author.at), author.name, proposed_areas, role_names or {})
    with transaction.atomic():
        provide_scales(data)
        organisation = models.Organisation.objects.create(name=name, slug=_free_slug(slug or slugify(name)))
        outcome = apply_changes(organisation=organisation, changes=plan.changes, author=author)
        if not outcome.ok:
            raise NotStarted(_why(outcome))
    organisation.refresh_from_db()
    return organisation, plan


def plan_template(
    data: dict[str, Any], today: date, by: str, proposed_areas: bool, role_names: dict[str, str]
) -> Started:
    """Return the changes that put a template on record in an empty organisation."""
    started = Started()
    for item in data["roles"]:
        fields = _only(item, "code", "name", "kind", "purpose", "scope", "source")
        started.roles[item["code"]] = new_key()
        role = from_fields(Kind.ROLE, {**fields, "name": role_names.get(item["code"], item["name"])})
        started.add(Kind.ROLE, role, started.roles[item["code"]])
    for item in data["lines"]:
        line = Line(option=item["option"], note=item.get("note", ""))
        started.add(Kind.LINE, line, started.roles[item["role"]], other=started.roles[item["superior"]])
    areas = [item for item in data["areas"] if proposed_areas or not item.get("proposed")]
    for position, item in enumerate(areas, start=1):
        _add_area(started, item, position)
    duties = [item for item in data["duties"] if item["area"] in started.areas]
    for item in duties:
        started.duties[item["code"]] = new_key()
        sources = item.get("sources", [])
        duty = Duty(
            code=item["code"],
            title=item["title"],
            area=started.areas[item["area"]],
            note=item.get("note", ""),
            source=sources[0] if sources else "",
            is_control=item["is_control"],
        )
        started.add(Kind.DUTY, duty, started.duties[item["code"]])
    for position, item in enumerate(data["matrices"], start=1):
        _add_matrix(started, item, position, duties, {"raised_on": today, "raised_by": by})
    add_roles_defined(started, data)
    return started


def _add_area(started: Started, item: dict[str, Any], position: int) -> None:
    first, second = (started.roles[code] for code in item["overlap"])
    started.areas[item["code"]] = new_key()
    area = Area(item["code"], item["name"], item["description"], position, first, second, item.get("source", ""))
    started.add(Kind.AREA, area, started.areas[item["code"]])


def _add_matrix(
    started: Started, item: dict[str, Any], position: int, duties: Iterable[dict[str, Any]], raised: dict[str, Any]
) -> None:
    key = started.matrices[item["code"]] = new_key()
    head = _only(item, "title", "scope_kind", "scope_name", "scheme", "description")
    started.add(Kind.SHEET, from_fields(Kind.SHEET, {**head, "position": position}), key)
    for place, code in enumerate(item["columns"], start=1):
        started.add(Kind.COLUMN, Column(place), started.roles[code], matrix=key)
    for place, duty in enumerate(duties, start=1):
        letters = duty["positions"].get(item["code"])
        reason = "" if letters else duty["does_not_apply"][item["code"]]
        subject = started.duties[duty["code"]]
        started.add(Kind.ROW, Row(place, applies=bool(letters), reason=reason), subject, matrix=key)
        if letters:
            proposed = {started.roles[code]: value for code, value in letters.items()}
            usual = duty.get("usual_decision", "")
            grey_area = GreyArea(subject, origin=Origin.OVERLAP, proposed=proposed, usual_decision=usual, **raised)
            started.add(Kind.GREY_AREA, grey_area, new_key(), matrix=key)


def _only(item: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: item[name] for name in names if name in item}


def _free_slug(wanted: str) -> str:
    base = wanted[:50] or "organisation"
    taken = set(models.Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for number in range(len(taken) + 1) if (slug := f"{base}-{number + 1}" if number else base) not in taken
    )


def _why(outcome: Outcome) -> str:
    return (
        " ".join(refusal.message for refusal in outcome.refusals) or "Something of that organisation is there already."
    )
