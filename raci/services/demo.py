"""The demo organisation: the template, some weeks on."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change, cell_change
from raci.domain.claims import Mark, MarkValue
from raci.domain.records import Acknowledgement, Claim, Decision, DecisionType, Kind, Line, Mode, Part, to_fields
from raci.models.base import new_key
from raci.services import demo_roles
from raci.services.demo_stage import Stage
from raci.services.door import Author, Outcome, apply_changes
from raci.services.loading import load_matrix
from raci.services.marks import Given, put_marks
from raci.services.organisations import Started, start_organisation
from raci.services.overlaps import Choice, assign, claim
from raci.services.rounds import open_round
from raci.services.settling import Draft, acknowledge, concerned, decide


class DemoDoesNotFit(RuntimeError):
    """A step of the demo story could not be written; the message names it."""


def start_demo() -> tuple[models.Organisation, bool]:
    """Return the demo organisation, and whether it was made just now."""
    story = json.loads((settings.BASE_DIR / "fixtures" / "demo.json").read_text(encoding="utf-8"))
    about = story["organisation"]
    existing = models.Organisation.objects.filter(slug=about["slug"]).first()
    if existing:
        return existing, False
    with transaction.atomic():
        return _tell(story), True


def _tell(story: dict[str, Any]) -> models.Organisation:
    stage = _open(story)
    for number, step in enumerate(_one_revision_each(story["steps"]), start=1):
        outcome = _STEPS[step[0]["do"]](stage, step)
        if not outcome.ok:
            raise DemoDoesNotFit(f"step {number} ({step[0]['do']}): {outcome.refusals or outcome.conflicts}")
    demo_roles.confide(stage, story)
    return stage.organisation


def _open(story: dict[str, Any]) -> Stage:
    about = story["organisation"]
    now = timezone.now().replace(hour=9, minute=30, second=0, microsecond=0) - timedelta(days=1)
    people = {item["username"]: _person(item) for item in story["people"]}
    first = next(
        person for item in story["people"] if item["membership"] == "owner" for person in [people[item["username"]]]
    )
    started_at = now - timedelta(days=about["started_days_ago"])
    author = Author(str(first), "command", "Started from the template", user=first, at=started_at)
    organisation, keys = start_organisation(
        name=about["name"],
        slug=about["slug"],
        template_code=about["template"],
        proposed_areas=True,
        role_names=story["role_names"],
        author=author,
    )
    for item in story["people"]:
        _join(organisation, people[item["username"]], item, keys)
    by_key = {matrix.key: matrix for matrix in models.Matrix.objects.filter(organisation=organisation)}
    matrices = {code: by_key[key] for code, key in keys.matrices.items()}
    stage = Stage(organisation, people, keys, matrices, now)
    demo_roles.put_people_on_record(stage, story)
    return stage


def _join(organisation: models.Organisation, person: models.User, item: dict[str, Any], keys: Started) -> None:
    """Make a person a member; a "role" in the story is the one that they stand for."""
    joined = models.Membership.objects.create(organisation=organisation, user=person, level=item["membership"])
    if item["role"]:
        joined.stands_for.set(models.Role.objects.filter(organisation=organisation, key=keys.roles[item["role"]]))


def _person(item: dict[str, Any]) -> models.User:
    """Return an invented person, who cannot sign in until an administrator sets a password."""
    first, _, last = item["name"].partition(" ")
    person, made = models.User.objects.get_or_create(
        username=item["username"],
        defaults={"first_name": first, "last_name": last, "email": f"{item['username']}@demo.example"},
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person


def _one_revision_each(steps: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Group decisions that one meeting took together: same day, person and reason."""
    groups: list[list[dict[str, Any]]] = []
    for step in steps:
        if groups and step["do"] == "decide" and _same_meeting(groups[-1][0], step):
            groups[-1].append(step)
        else:
            groups.append([step])
    return groups


def _same_meeting(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[name] == other[name] for name in ("do", "days_ago", "by", "reason"))


def _decide(stage: Stage, steps: list[dict[str, Any]]) -> Outcome:
    choices = []
    for step in steps:
        matrix, duty = stage.matrices[step["matrix"]], stage.keys.duties[step["duty"]]
        seen = load_matrix(matrix).cells.get(duty, {})
        given = {stage.keys.roles[code]: letters for code, letters in step["letters"].items()}
        day = timezone.localdate(stage.now) + timedelta(days=step["review_in_days"])
        choices.append(
            Choice(
                matrix=matrix,
                duty=duty,
                owner=stage.keys.roles[step["owner"]],
                letters={**dict.fromkeys(seen, ""), **given},  # a decision in the story gives the whole row
                seen=seen,
                reason=step["reason"],
                review_on=day,
            )
        )
    return assign(organisation=stage.organisation, choices=choices, author=stage.author(steps[0]))


def _claim(stage: Stage, steps: list[dict[str, Any]]) -> Outcome:
    (step,) = steps
    matrix = stage.matrices[step["matrix"]]
    author = stage.author(step)
    assert author.at is not None
    return claim(
        organisation=stage.organisation,
        matrix=matrix,
        grey_area=load_matrix(matrix).open_by_duty[stage.keys.duties[step["duty"]]],
        role=stage.keys.roles[step["role"]],
        wanted=Claim(step["letters"], step["reason"], timezone.localdate(author.at)),
        author=Author(author.name, author.door, "", author.user, author.at),
    )


def _set(stage: Stage, steps: list[dict[str, Any]]) -> Outcome:
    (step,) = steps
    loaded = load_matrix(stage.matrices[step["matrix"]])
    key = loaded.open_by_duty[stage.keys.duties[step["duty"]]]
    given = dict(step["fields"])
    if "due_in_days" in given:
        given["due_on"] = (timezone.localdate(stage.now) + timedelta(days=given.pop("due_in_days"))).isoformat()
    for name in ("decider", "interim"):
        if name in given:
            given[name] = stage.keys.roles[given[name]]
    record = loaded.grey_areas[key]
    address = Address(Kind.GREY_AREA, loaded.key, key)
    before = {name: getattr(record, name) for name in given}
    changes = [
        Change(address, name, "" if before[name] is None else before[name], value) for name, value in given.items()
    ]
    return apply_changes(organisation=stage.organisation, changes=changes, author=stage.author(step))


def _cells(stage: Stage, steps: list[dict[str, Any]]) -> Outcome:
    (step,) = steps
    loaded = load_matrix(stage.matrices[step["matrix"]])
    changes = []
    for cell in step["cells"]:
        duty, role = stage.keys.duties[cell["duty"]], stage.keys.roles[cell["role"]]
        changes.append(cell_change(loaded.key, duty, role, loaded.letters(duty, role), cell["letters"]))
    return apply_changes(organisation=stage.organisation, changes=changes, author=stage.author(step))


def _settle(stage: Stage, steps: list[dict[str, Any]]) -> Outcome:
    """Put a decision of any type on record; its letters follow from it."""
    (step,) = steps
    author, roles = stage.author(step), stage.keys.roles
    days = {name: timezone.localdate(stage.now) + timedelta(days=count) for name, count in step["in_days"].items()}
    decision = Decision(
        duty=stage.keys.duties[step["duty"]],
        type=DecisionType(step["type"]),
        owner=roles[step["owner"]] if step["owner"] else "",
        terms=step["terms"],
        mode=Mode(step["mode"]),
        options=step["options"],
        reason=step["reason"],
        review_on=days.get("review_on"),
        due_on=days.get("due_on"),
    )
    parts = tuple(Part(**{**part, "role": roles[part["role"]]}) for part in step["parts"])
    return decide(draft=Draft(stage.matrices[step["matrix"]], decision, parts), author=author)


def _acknowledge(stage: Stage, steps: list[dict[str, Any]]) -> Outcome:
    """Let somebody acknowledge all decisions in force that concern a role, in one revision."""
    (step,) = steps
    loaded = load_matrix(stage.matrices[step["matrix"]])
    author, role = stage.author(step), stage.keys.roles[step["role"]]
    assert author.user and author.at
    answer = Acknowledgement(role, str(author.user.pk), author.name, answered_on=timezone.localdate(author.at))
    changes = [
        Change(Address(Kind.ACKNOWLEDGEMENT, loaded.key, key, new_key()), "", None, to_fields(answer))
        for key in loaded.decision_by_duty.values()
        if role in concerned(loaded, key)
    ]
    return apply_changes(organisation=stage.organisation, changes=changes, author=author)


def _line(stage: Stage, steps: list[dict[str, Any]]) -> Outcome:
    (step,) = steps
    address = Address(Kind.LINE, "", stage.keys.roles[step["role"]], stage.keys.roles[step["superior"]])
    change = Change(address, "", None, to_fields(Line()))
    return apply_changes(organisation=stage.organisation, changes=[change], author=stage.author(step))


def _answer(stage: Stage, steps: list[dict[str, Any]]) -> Outcome:
    (step,) = steps
    matrix = stage.matrices[step["matrix"]]
    author = stage.author(step)
    return acknowledge(
        matrix=matrix,
        decision=load_matrix(matrix).decision_by_duty[stage.keys.duties[step["duty"]]],
        role=stage.keys.roles[step["role"]],
        agrees=step["agrees"],
        reason=step["reason"],
        author=Author(author.name, author.door, "", author.user, author.at),
    )


def _round(stage: Stage, steps: list[dict[str, Any]]) -> Outcome:
    """Open a blind round, and let people mark what they have marked so far."""
    (step,) = steps
    matrix, key = stage.matrices[step["matrix"]], new_key()
    duties = [stage.keys.duties[code] for code in step["duties"]]
    outcome = open_round(
        matrix=matrix,
        title=step["title"],
        duties=duties,
        roles=[stage.keys.roles[code] for code in step["roles"]],
        due_on=timezone.localdate(stage.now) + timedelta(days=step["due_in_days"]),
        author=stage.author(step),
        key=key,
    )
    if outcome.ok:
        opened = models.Round.objects.select_related("matrix__organisation").get(matrix=matrix, key=key)
        for one in step["answers"]:
            given = {duty: Given(Mark(MarkValue(said))) for duty, said in zip(duties, one["said"], strict=False)}
            put_marks(blind=opened, user=stage.people[one["by"]], role=stage.keys.roles[one["role"]], given=given)
    return outcome


_STEPS: dict[str, Callable[[Stage, list[dict[str, Any]]], Outcome]] = {
    "decide": _decide,
    "claim": _claim,
    "set": _set,
    "cells": _cells,
    "settle": _settle,
    "answer": _answer,
    "acknowledge": _acknowledge,
    "line": _line,
    "round": _round,
    **demo_roles.STEPS,
}
