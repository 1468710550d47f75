"""Competencies, what roles require of them, the skills they call for, and routes: plans of what to write.

Each function returns a plan for `raci.services.structure.carry_out`. Fields are in their JSON form; ``seen`` is what a
form showed, so that a stale one is a conflict. A form may hold several records: then its fields are named after what
they are part of ("level-<key of the competency>").
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raci import models
from raci.domain.change import Address, Change
from raci.domain.competence import Competency, Gain, Requirement, Route, Skill
from raci.domain.gaps import level_trouble, range_trouble
from raci.domain.records import Kind, Value, from_fields, to_fields
from raci.domain.text import code_key, normalise
from raci.models.base import new_key
from raci.services.scales import levels_of
from raci.services.structure import NotPossible, Planned, Scene
from raci.services.tables import TABLES
from raci.services.words import said

Fields = Mapping[str, Value]
COMPETENCY_FIELDS = ("code", "name", "description", "scale", "lowest", "highest", "framework")
ROUTE_FIELDS = ("name", "type", "description", "evidence", "cost", "unit", "months")


def records(scene: Scene, kind: Kind, **filters: Any) -> dict[tuple[str, str], Any]:
    """Return the records of a kind by both keys of their addresses."""
    found = TABLES[kind].read(scene.organisation.pk, None, **filters)
    return {(address.subject, address.other): from_fields(kind, fields) for address, (_id, fields) in found.items()}


def add_competency(scene: Scene, fields: Fields) -> Planned:
    """Plan a new competency behind the others."""
    there = records(scene, Kind.COMPETENCY)
    _check_range(fields)
    code = normalise(str(fields["code"])) or _next_code([one.code for one in there.values()])
    place = max((one.position for one in there.values()), default=0) + 1
    key, new = new_key(), from_fields(Kind.COMPETENCY, {**fields, "code": code, "position": place})
    return Planned([_made(Kind.COMPETENCY, new, key)], _("Added %(name)s.") % {"name": fields["name"]}, key)


def edit_competency(scene: Scene, key: str, seen: Fields, wanted: Fields) -> Planned:
    """Plan other fields of a competency. What roles require of it must still be there afterwards."""
    found = _competency(scene, key)
    _check_range(wanted)
    altered = from_fields(Kind.COMPETENCY, {**to_fields(found), **wanted})
    assert isinstance(altered, Competency)
    roles = scene.roles
    for (role, _key), asked in records(scene, Kind.REQUIREMENT, competency__key=key).items():
        if trouble := level_trouble(altered, asked.level):
            text = _("%(role)s requires it. %(trouble)s")
            field = "lowest" if asked.level < altered.lowest else "highest"
            raise NotPossible(text % {"role": roles[role].name, "trouble": said(trouble)}, field)
    changes = list(_altered(Address(Kind.COMPETENCY, "", key), seen, wanted))
    return Planned(changes, _("%(name)s is changed.") % {"name": wanted["name"]}, key)


def remove_competency(scene: Scene, key: str) -> Planned:
    """Plan that a competency goes, if no role and no route refers to it."""
    found = _competency(scene, key)
    asking = sorted(scene.roles[role].name for role, _key in records(scene, Kind.REQUIREMENT, competency__key=key))
    called = sorted(scene.roles[role].name for role, _key in records(scene, Kind.SKILL, competency__key=key))
    routes = len(records(scene, Kind.GAIN, competency__key=key))
    if users := list(dict.fromkeys([*asking, *called])):
        text = _("%(roles)s refers to it. Take it out of what the role requires and calls for first.")
        raise NotPossible(text % {"roles": ", ".join(users)})
    if routes:
        text = ngettext(
            "%(count)d development route says that it leads to it. Take it out there first.",
            "%(count)d development routes say that they lead to it. Take it out there first.",
            routes,
        )
        raise NotPossible(text % {"count": routes})
    change = Change(Address(Kind.COMPETENCY, "", key), "", to_fields(found), None)
    return Planned([change], _("Removed %(name)s.") % {"name": found.name}, key)


def edit_requirements(scene: Scene, role: str, seen: Fields, wanted: Fields) -> Planned:
    """Plan what a role requires: for each competency a level, 0 for none, whether it is essential, and a weight."""
    (known,) = scene.known_roles([role]).values()
    competencies = {key: one for (key, _none), one in records(scene, Kind.COMPETENCY).items()}
    changes: list[Change] = []
    for key in _parts(wanted, "level"):
        if key not in competencies:
            raise NotPossible(_("There is no such competency here any more."), f"level-{key}")
        after = _requirement(wanted, key)
        if after and (trouble := level_trouble(competencies[key], after.level)):
            raise NotPossible(said(trouble), f"level-{key}")
        changes += _between(Address(Kind.REQUIREMENT, "", role, key), _requirement(seen, key), after)
    return Planned(changes, _("What %(role)s requires is changed.") % {"role": known.name}, role)


def _requirement(fields: Fields, key: str) -> Requirement | None:
    level = int(str(fields.get(f"level-{key}") or 0))
    weight = int(str(fields.get(f"weight-{key}") or 1))
    return Requirement(level, bool(fields.get(f"essential-{key}")), weight) if level else None


def add_skill(scene: Scene, role: str, name: str, competency: str) -> Planned:
    """Plan a skill that a role calls for, and the competency that covers it, "" where none does."""
    scene.known_roles([role])
    mine = records(scene, Kind.SKILL, role__key=role)
    place = max((one.position for one in mine.values()), default=0) + 1
    key, new = new_key(), Skill(normalise(name), competency, position=place)
    changes = [_made(Kind.SKILL, new, role, key)]
    return Planned(changes, _("Added the skill “%(name)s”.") % {"name": new.name}, key)


def edit_skills(scene: Scene, role: str, seen: Fields, wanted: Fields) -> Planned:
    """Plan what the skills of a role are called, and which competency covers each."""
    (known,) = scene.known_roles([role]).values()
    changes: list[Change] = []
    for key in _parts(wanted, "name"):
        mine = {name: f"{name}-{key}" for name in ("name", "competency")}
        before, after = ({name: fields[full] for name, full in mine.items()} for fields in (seen, wanted))
        changes += _altered(Address(Kind.SKILL, "", role, key), before, after)
    return Planned(changes, _("The skills of %(role)s are changed.") % {"role": known.name}, role)


def remove_skill(scene: Scene, role: str, key: str) -> Planned:
    """Plan that a role does not call for a skill any more."""
    found = records(scene, Kind.SKILL, role__key=role).get((role, key))
    if found is None:
        raise NotPossible(_("This skill is not there any more."))
    change = Change(Address(Kind.SKILL, "", role, key), "", to_fields(found), None)
    return Planned([change], _("Removed the skill “%(name)s”.") % {"name": found.name}, role)


def add_route(scene: Scene, fields: Fields) -> Planned:
    """Plan a new development route behind the others, with the levels that it is expected to bring."""
    there = records(scene, Kind.ROUTE)
    place = max((one.position for one in there.values()), default=0) + 1
    own = {name: fields[name] for name in ROUTE_FIELDS}
    key, new = new_key(), from_fields(Kind.ROUTE, {**own, "position": place})
    changes = [_made(Kind.ROUTE, new, key), *_gains(key, {}, fields)]
    return Planned(changes, _("Added %(name)s.") % {"name": fields["name"]}, key)


def edit_route(scene: Scene, key: str, seen: Fields, wanted: Fields) -> Planned:
    """Plan other fields of a route, and other gains."""
    _route(scene, key)
    own, before = ({name: fields[name] for name in ROUTE_FIELDS} for fields in (wanted, seen))
    changes = [*_altered(Address(Kind.ROUTE, "", key), before, own), *_gains(key, seen, wanted)]
    return Planned(changes, _("%(name)s is changed.") % {"name": wanted["name"]}, key)


def remove_route(scene: Scene, key: str) -> Planned:
    """Plan that a route goes, with its gains."""
    found = _route(scene, key)
    changes = [
        Change(Address(Kind.GAIN, "", *place), "", to_fields(gain), None)
        for place, gain in records(scene, Kind.GAIN, route__key=key).items()
    ]
    changes.append(Change(Address(Kind.ROUTE, "", key), "", to_fields(found), None))
    return Planned(changes, _("Removed %(name)s.") % {"name": found.name}, key)


def _gains(route: str, seen: Fields, wanted: Fields) -> Iterator[Change]:
    for competency in _parts(wanted, "gain"):
        before, after = (int(str(fields.get(f"gain-{competency}") or 0)) for fields in (seen, wanted))
        address = Address(Kind.GAIN, "", route, competency)
        yield from _between(address, Gain(before) if before else None, Gain(after) if after else None)


def _competency(scene: Scene, key: str) -> Competency:
    found = records(scene, Kind.COMPETENCY, key=key).get((key, ""))
    if not isinstance(found, Competency):
        raise NotPossible(_("There is no such competency here any more."))
    return found


def _route(scene: Scene, key: str) -> Route:
    found = records(scene, Kind.ROUTE, key=key).get((key, ""))
    if not isinstance(found, Route):
        raise NotPossible(_("There is no such development route here any more."))
    return found


def _check_range(fields: Fields) -> None:
    scale = models.Scale.objects.filter(code=fields["scale"]).first()
    if scale is None:
        raise NotPossible(_("Choose a scale."), "scale")
    lowest, highest = int(str(fields["lowest"])), int(str(fields["highest"]))
    levels = levels_of(scale).names
    if trouble := range_trouble(lowest, highest, levels):
        field = "highest" if lowest in levels and lowest <= highest else "lowest"
        raise NotPossible(said(trouble), field)


def _next_code(codes: list[str]) -> str:
    """Return the first code of the usual form that no competency has."""
    taken, number = {code_key(code) for code in codes}, 1
    while code_key(f"CMP-{number}") in taken:
        number += 1
    return f"CMP-{number}"


def _parts(fields: Fields, name: str) -> list[str]:
    """Return of what records a form has a field of that name, by key."""
    return [full.partition("-")[2] for full in fields if full.startswith(f"{name}-")]


def _made(kind: Kind, record: Any, subject: str, other: str = "") -> Change:
    return Change(Address(kind, "", subject, other), "", None, to_fields(record))


def _between(address: Address, before: Any, after: Any) -> Iterator[Change]:
    """Yield what leads from a record, or none, to another, or none."""
    if before is None or after is None:
        if before is not after:
            sides = (None if side is None else to_fields(side) for side in (before, after))
            yield Change(address, "", *sides)
        return
    yield from _altered(address, to_fields(before), to_fields(after))


def _altered(address: Address, seen: Fields, wanted: Fields) -> Iterator[Change]:
    for name, value in wanted.items():
        if seen.get(name) != value:
            yield Change(address, name, seen.get(name), value)
