"""Steps of the demo about the roles: who holds them, what they may do, how they differ, how people get there.

Days in the story count from now: below zero they have passed.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import (
    Absence,
    Agreement,
    AgreementType,
    Authority,
    Baseline,
    Difference,
    Gain,
    Holding,
    Kind,
    Manner,
    Record,
    Signature,
    Verb,
    encode,
    to_fields,
)
from raci.models.base import new_key
from raci.services import private
from raci.services.charters import draw
from raci.services.demo_stage import Stage
from raci.services.door import Outcome, apply_changes
from raci.services.tables import TABLES

Steps = list[dict[str, Any]]


def put_people_on_record(stage: Stage, story: dict[str, Any]) -> None:
    """Give everybody who can hold a role a person: who has an account is linked with it."""
    for item in story["people"]:
        user = stage.people[item["username"]]
        person = models.Person.objects.create(
            organisation=stage.organisation, name=item["name"], email=user.email, user=user
        )
        stage.staff[item["username"]] = person.key
    for item in story["staff"]:
        person = models.Person.objects.create(organisation=stage.organisation, name=item["name"])
        stage.staff[item["username"]] = person.key


def _create(kind: Kind, record: Record, subject: str, other: str = "") -> Change:
    return Change(Address(kind, "", subject, other), "", None, to_fields(record))


def _write(stage: Stage, steps: Steps, changes: list[Change]) -> Outcome:
    return apply_changes(organisation=stage.organisation, changes=changes, author=stage.author(steps[0]))


def _fields(stage: Stage, address: Address, wanted: dict[str, Any]) -> list[Change]:
    """Return the changes that give a record other values, each with the value that it has."""
    _id, seen = TABLES[address.kind].read(stage.organisation.pk, [address])[address]
    return [Change(address, name, seen[name], encode(value)) for name, value in wanted.items() if seen[name] != value]


def _hold(stage: Stage, steps: Steps) -> Outcome:
    """Say who holds which role, and since when."""
    changes = []
    for item in steps[0]["holdings"]:
        starts_on, ends_on = stage.day(item["from_day"]), stage.day(item.get("until_day"))
        holding = Holding(stage.staff[item["person"]], Manner(item["manner"]), starts_on, ends_on)
        changes.append(_create(Kind.HOLDING, holding, stage.keys.roles[item["role"]], new_key()))
    return _write(stage, steps, changes)


def _absent(stage: Stage, steps: Steps) -> Outcome:
    """Say who is away, and who stands in."""
    changes = []
    for item in steps[0]["absences"]:
        cover = stage.staff[item["cover"]] if item["cover"] else ""
        days = stage.day(item["from_day"]), stage.day(item["until_day"])
        changes.append(_create(Kind.ABSENCE, Absence(stage.staff[item["person"]], *days, cover), new_key()))
    return _write(stage, steps, changes)


def _authorise(stage: Stage, steps: Steps) -> Outcome:
    """Say what roles may do, up to which limit."""
    changes = []
    for position, item in enumerate(steps[0]["authorities"], start=1):
        authority = Authority(
            item["thing"],
            Verb(item["verb"]),
            unit=item.get("unit", ""),
            ceiling=item.get("ceiling", ""),
            sheet=stage.matrices[item["matrix"]].key if "matrix" in item else "",
            note=item.get("note", ""),
            position=position,
        )
        changes.append(_create(Kind.AUTHORITY, authority, stage.keys.roles[item["role"]], new_key()))
    return _write(stage, steps, changes)


def _charter(stage: Stage, steps: Steps) -> Outcome:
    """Write fields of a charter, lists with one item in a line, and the shares of time of its main duties."""
    (step,) = steps
    role = stage.keys.roles[step["role"]]
    wanted = {name: "\n".join(items) for name, items in step["lists"].items()}
    wanted |= {name: encode(stage.day(count)) for name, count in step.get("days", {}).items()}
    changes = _fields(stage, Address(Kind.CHARTER, "", role), wanted)
    if shares := step.get("shares"):
        found = TABLES[Kind.ACCOUNTABILITY].read(stage.organisation.pk, None, role__key=role)
        ordered = sorted(found, key=lambda address: found[address][1]["position"])
        for address, share in zip(ordered, shares, strict=True):
            changes += _fields(stage, address, {"share": share})
    return _write(stage, steps, changes)


def _differ(stage: Stage, steps: Steps) -> Outcome:
    """Say in the organisation's own words how two roles differ, and in what else."""
    (step,) = steps
    found = TABLES[Kind.DIFFERENCE].read(stage.organisation.pk)
    by_source = {fields["source"]: address for address, (_id, fields) in found.items()}
    changes = [
        change for source, values in step["own_words"].items() for change in _fields(stage, by_source[source], values)
    ]
    for position, item in enumerate(step["added"], start=len(found) + 1):
        first, second = (stage.keys.roles[code] for code in item["roles"])
        values = (item["dimension"], item["first_value"], item["second_value"])
        changes.append(_create(Kind.DIFFERENCE, Difference(first, second, *values, position=position), new_key()))
    return _write(stage, steps, changes)


def _agree(stage: Stage, steps: Steps) -> Outcome:
    """Put on record what lets one role work for another that it does not report to."""
    (step,) = steps
    first, second = (stage.keys.roles[code] for code in step["roles"])
    agreement = Agreement(
        first,
        second,
        AgreementType(step["type"]),
        reference=step["reference"],
        valid_until=stage.day(step["until_day"]),
    )
    return _write(stage, steps, [_create(Kind.AGREEMENT, agreement, new_key())])


def _control(stage: Stage, steps: Steps) -> Outcome:
    """Say what makes up for two duties that meet in one hand, and until when."""
    (step,) = steps
    duty, other = (stage.keys.duties[code] for code in step["pair"])
    wanted = {"control": step["control"], "control_until": encode(stage.day(step["until_day"]))}
    return _write(stage, steps, _fields(stage, Address(Kind.INCOMPATIBILITY, "", duty, other), wanted))


def _baseline(stage: Stage, steps: Steps) -> Outcome:
    """Publish what stands at that moment under a name."""
    (step,) = steps
    number = models.Organisation.objects.values_list("revision", flat=True).get(pk=stage.organisation.pk)
    baseline = Baseline(step["name"], number, stage.day(-step["days_ago"]), step["note"])
    return _write(stage, steps, [_create(Kind.BASELINE, baseline, new_key())])


def _develop(stage: Stage, steps: Steps) -> Outcome:
    """Say what routes are expected to bring, cost and take."""
    changes = []
    for item in steps[0]["routes"]:
        route = stage.keys.routes[item["source"]]
        changes += _fields(stage, Address(Kind.ROUTE, "", route), item["fields"])
        for code, levels in item["gains"].items():
            changes.append(_create(Kind.GAIN, Gain(levels), route, stage.keys.competencies[code]))
    return _write(stage, steps, changes)


def _sign(stage: Stage, steps: Steps) -> Outcome:
    """Sign the charter of a role as it stands at that moment."""
    (step,) = steps
    role, author = stage.keys.roles[step["role"]], stage.author(step)
    drawn = draw(models.Organisation.objects.get(pk=stage.organisation.pk), role)
    signature = Signature(stage.staff[step["by"]], drawn.whole.revision, drawn.digest, stage.day(-step["days_ago"]))
    change = _create(Kind.SIGNATURE, signature, role, new_key())
    return apply_changes(organisation=stage.organisation, changes=[change], author=author)


def confide(stage: Stage, story: dict[str, Any]) -> None:
    """Let people say what they can do, whom they let see it, and what they plan. None of it is in the history."""
    for item in story["development"]:
        person = models.Person.objects.get(organisation=stage.organisation, key=stage.staff[item["person"]])
        own = private.let_in(person, person.user)
        assert own is not None
        for one in item["lets_in"]:
            user, day = stage.people[one["user"]], _day(stage, one["day"])
            private.allow(confidence=own, user=user.pk, assesses=one["assesses"], day=day)
        for one in item["levels"]:
            confidence = private.let_in(person, stage.people[one["by"]])
            assert confidence is not None
            levels = {stage.keys.competencies[code]: private.Given(level) for code, level in one["levels"].items()}
            private.put_assessments(confidence=confidence, given=levels, day=_day(stage, one["day"]))
        for one in item["plan"]:
            days = _day(stage, one["from_day"]), _day(stage, one["until_day"])
            role, route = stage.keys.roles[item["towards"]], stage.keys.routes[one["route"]]
            private.put_step(confidence=own, step=private.Step(new_key(), role, route, *days, note=one["note"]))


def _day(stage: Stage, count: int) -> date:
    day = stage.day(count)
    assert day is not None
    return day


STEPS: dict[str, Callable[[Stage, Steps], Outcome]] = {
    "hold": _hold,
    "absent": _absent,
    "authorise": _authorise,
    "charter": _charter,
    "differ": _differ,
    "agree": _agree,
    "control": _control,
    "baseline": _baseline,
    "develop": _develop,
    "sign": _sign,
}
