"""What waits for whom over all organisations: a constant number of queries for each, however many people it has.

Only what `raci.domain.reminders` asks for is read: no comment, and of the marks in blind rounds how many, not which.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from raci import models
from raci.domain.records import DecisionType
from raci.domain.reminders import Charter, InForce, Opened, OpenRound, Pending, Person, Row, Waiting, waiting_for
from raci.services.charters.signing import ToSign, unsigned_by_account
from raci.services.marks import ANSWERING, counts
from raci.services.speaking import speakers

_ROW = ("matrix__key", "matrix__title", "duty__key", "duty__code", "duty__title")

Sets = defaultdict[int, set[Any]]


@dataclass(frozen=True)
class Part:
    """What waits for somebody in one organisation. ``role_names`` are those of the roles that they stand for."""

    name: str
    slug: str
    waiting: tuple[Waiting, ...]
    role_names: Mapping[str, str]


@dataclass(frozen=True)
class Reminder:
    """What waits for one person, organisation by organisation."""

    user: models.User
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(len(part.waiting) for part in self.parts)


@dataclass
class Gathered:
    """Who is to be reminded, and how many things wait for people whom no mail reaches."""

    reminders: list[Reminder] = field(default_factory=list)
    inactive: int = 0
    without_address: int = 0


def gather(today: date, days: int) -> Gathered:
    """Return what waits for each person on a day; ``days`` is how long before its day a thing is told."""
    parts: dict[int, list[Part]] = {}
    for organisation in models.Organisation.objects.order_by("name", "pk"):
        for user, part in _parts(organisation, today, days):
            parts.setdefault(user, []).append(part)
    found = Gathered()
    people = models.User.objects.in_bulk(parts)
    for person in sorted(people.values(), key=lambda one: (one.username, one.pk)):
        if not person.is_active:
            found.inactive += 1
        elif not person.email:
            found.without_address += 1
        else:
            found.reminders.append(Reminder(person, tuple(parts[person.pk])))
    return found


def _parts(organisation: models.Organisation, today: date, days: int) -> Iterator[tuple[int, Part]]:
    unsigned = unsigned_by_account(organisation)
    people = _people(organisation, unsigned, today)
    if not people:
        return
    waits = replace(pending(organisation), charters=tuple(_charters(unsigned)))
    for user, (level, names) in people.items():
        person = Person(str(user), frozenset(names), level in ANSWERING)
        if found := waiting_for(person, waits, today, days):
            held = {one.role: one.name for one in unsigned.get(user, ())}
            yield user, Part(organisation.name, organisation.slug, found, names | held)


def _people(
    organisation: models.Organisation, unsigned: Mapping[int, Sequence[ToSign]], today: date
) -> dict[int, tuple[str, dict[str, str]]]:
    """Return by account the level of each member for whom something can wait, and the roles that they speak for."""
    people: dict[int, tuple[str, dict[str, str]]] = {}
    members = models.Membership.objects.filter(organisation=organisation).order_by("user")
    for one in speakers(members, today):
        if not one.retired:
            people.setdefault(one.member.user_id, (one.member.level, {}))[1][one.role] = one.name
    if unsigned:
        for user, level in members.filter(user__in=unsigned).values_list("user", "level"):
            people.setdefault(user, (level, {}))
    return people


def _charters(unsigned: Mapping[int, Sequence[ToSign]]) -> Iterator[Charter]:
    """Yield the charters that wait for signatures, each with the accounts of those who are to sign."""
    names = {one.role: one.name for found in unsigned.values() for one in found}
    for role, name in names.items():
        signers = (str(user) for user, found in unsigned.items() if role in {one.role for one in found})
        yield Charter(role, name, frozenset(signers))


def pending(organisation: models.Organisation) -> Pending:
    """Return all in an organisation that can wait for somebody."""
    columns = models.MatrixColumn.objects.filter(matrix__organisation=organisation).order_by()
    placed = frozenset(columns.values_list("matrix__key", "role__key"))
    decisions = list(_decisions(organisation))
    return Pending(
        opened=tuple(_opened(organisation, decisions)),
        in_force=tuple(_in_force(organisation, decisions, placed)),
        rounds=tuple(_rounds(organisation)),
        columns=placed,
    )


def _opened(organisation: models.Organisation, decisions: list[Any]) -> Iterator[Opened]:
    found = models.GreyArea.objects.unresolved().filter(matrix__organisation=organisation).order_by("pk")
    claimants: Sets = defaultdict(set)
    for grey_area, role in models.Claim.objects.filter(grey_area__in=found.order_by()).values_list(
        "grey_area", "role__key"
    ):
        claimants[grey_area].add(role)
    # A question that was passed upwards is answered there, and by the day that was asked for.
    passed_on = {one["grey_area"]: one for one in decisions if one["type"] == models.Decision.Type.ESCALATE}
    pair = ("duty__area__first_role__key", "duty__area__second_role__key")
    for one in found.values("pk", "key", "due_on", "decider__key", "interim__key", *_ROW, *pair):
        asked = passed_on.get(one["pk"], {})
        due = [day for day in (one["due_on"], asked.get("due_on")) if day]
        yield Opened(
            key=one["key"],
            row=_row(one),
            decider=asked.get("owner__key") or one["decider__key"] or "",
            interim=one["interim__key"] or "",
            pair=frozenset(one[name] for name in pair if one[name]),
            claimants=frozenset(claimants[one["pk"]]),
            due_on=min(due, default=None),
        )


def _decisions(organisation: models.Organisation) -> Any:
    fields = ("pk", "key", "type", "grey_area", "owner__key", "letters", "review_on", "valid_until", "due_on")
    found = models.Decision.objects.in_force().filter(matrix__organisation=organisation)
    return found.order_by("pk").values(*fields, *_ROW)


def _in_force(
    organisation: models.Organisation, decisions: list[Any], placed: frozenset[tuple[str, str]]
) -> Iterator[InForce]:
    of_these = {"decision__matrix__organisation": organisation}
    answered: Sets = defaultdict(set)
    answers = models.Acknowledgement.objects.filter(**of_these).order_by()
    for decision, role, person in answers.values_list("decision", "role__key", "person"):
        answered[decision].add((role, person))
    shared: Sets = defaultdict(set)
    for decision, role in (
        models.DecisionPart.objects.filter(**of_these).order_by().values_list("decision", "role__key")
    ):
        shared[decision].add(role)
    for one in decisions:
        owner = one["owner__key"]
        # Whom `raci.services.settling.concerned` lets answer; of what is put off or taken up the question itself waits.
        settles = DecisionType(one["type"]).settles
        concerned = {owner, *one["letters"], *shared[one["pk"]]} if settles else set()
        yield InForce(
            key=one["key"],
            row=_row(one),
            concerned=frozenset(role for role in concerned if (one["matrix__key"], role) in placed),
            watchers=frozenset({owner} if owner else shared[one["pk"]]),
            answered=frozenset(answered[one["pk"]]),
            review_on=one["review_on"],
            valid_until=one["valid_until"],
        )


def _rounds(organisation: models.Organisation) -> Iterator[OpenRound]:
    found = models.Round.objects.filter(matrix__organisation=organisation, status=models.Round.Status.OPEN)
    fields = ("pk", "key", "title", "duties", "roles", "due_on", "matrix__key", "matrix__title")
    rounds = list(found.order_by("pk").values(*fields))
    marked: defaultdict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for (number, user, role), count in counts([one["pk"] for one in rounds]).items():
        marked[number][role, str(user)] = count
    for one in rounds:
        yield OpenRound(
            key=one["key"],
            matrix=one["matrix__key"],
            matrix_title=one["matrix__title"],
            title=one["title"],
            roles=frozenset(one["roles"]),
            rows=len(one["duties"]),
            due_on=one["due_on"],
            marked=marked[one["pk"]],
        )


def _row(one: Any) -> Row:
    return Row(*(one[name] for name in _ROW))
