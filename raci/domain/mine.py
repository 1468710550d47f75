"""What one person is accountable for, over all matrices of an organisation: a function of it and the day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from raci.domain.matrix import Matrix
from raci.domain.records import Decision, DecisionType, Duty, Part
from raci.domain.scheme import LetterClass, Scheme, split_letters
from raci.domain.staffing import Holding, Manner
from raci.domain.whole import Whole


@dataclass(frozen=True)
class Post:
    """A role that the person holds, or will hold."""

    role: str
    name: str
    code: str
    key: str
    holding: Holding
    begun: bool = True

    @property
    def is_deputy(self) -> bool:
        return self.holding.manner is Manner.DEPUTY


@dataclass(frozen=True)
class Term:
    """A part that a role of the person has by a decision in force."""

    decision: str
    record: Decision
    part: Part


@dataclass(frozen=True)
class Task:
    """A row in which a role of the person answers for a duty or does it.

    ``letters`` is the whole cell. ``decision`` is the one in force on the row, ``grey_area`` the open one; "" for none.
    ``as_deputy`` where they hold the role as deputies only.
    """

    matrix: Matrix
    duty: str
    record: Duty
    role: str
    role_name: str
    letters: str
    owns: bool
    does: bool
    as_deputy: bool
    decision: str = ""
    review_on: date | None = None
    grey_area: str = ""
    terms: tuple[Term, ...] = ()

    @property
    def scheme(self) -> Scheme:
        return self.matrix.scheme


@dataclass(frozen=True)
class Interim:
    """A duty that a role of the person owns only until it is decided."""

    matrix: Matrix
    grey_area: str
    duty: str
    record: Duty
    role_name: str
    due_on: date | None


@dataclass(frozen=True)
class AreaOfTasks:
    """What they answer for and what else they do in one area, "" for duties without one."""

    key: str
    name: str
    owned: tuple[Task, ...]
    done: tuple[Task, ...]


class DayKind(StrEnum):
    """What a day is about."""

    REVIEW = "review"  # of a decision on a row that they own
    CHARTER = "charter"  # of the charter of a role
    DUE = "due"  # of a grey area that they decide, own meanwhile or claim
    HOLDING = "holding"  # the last day on which they hold a role
    ABSENCE = "absence"  # the last day on which they are away


@dataclass(frozen=True)
class Day:
    """A day to keep in mind. ``key`` is that of what it is about, ``title`` what that is called.

    ``sheet`` is the key of the matrix, ``matrix`` its title, where it stands in one.
    """

    day: date
    kind: DayKind
    key: str
    title: str
    matrix: str = ""
    role_name: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Mine:
    """What one person is accountable for on a day."""

    posts: tuple[Post, ...] = ()
    areas: tuple[AreaOfTasks, ...] = ()
    interims: tuple[Interim, ...] = ()
    days: tuple[Day, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """The roles that they hold today."""
        return frozenset(post.role for post in self.posts if post.begun)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Every row that they answer for or do."""
        return tuple(task for area in self.areas for task in (*area.owned, *area.done))

    @property
    def owned(self) -> int:
        return sum(len(area.owned) for area in self.areas)

    @property
    def done(self) -> int:
        """How many rows they do, those included that they also answer for."""
        return sum(task.does for task in self.tasks)


def mine_of(whole: Whole, person: str, today: date) -> Mine:
    """Return what a person is accountable for; nothing where they hold no role today."""
    posts = tuple(_posts(whole, person, today))
    held = {post.role: post.is_deputy for post in reversed(posts) if post.begun}
    held |= {post.role: False for post in posts if post.begun and not post.is_deputy}
    tasks = [task for matrix in whole.matrices for task in _tasks(matrix, held)]
    interims = tuple(item for matrix in whole.matrices for item in _interims(matrix, held))
    days = sorted({*_days_of_rows(whole, tasks, held), *_own_days(whole, person, posts, held, today)}, key=_in_time)
    return Mine(posts, tuple(_by_area(whole, tasks)), interims, tuple(days))


def _in_time(item: Day) -> tuple[date, str, str, str]:
    return item.day, item.kind, item.title, item.key


def _posts(whole: Whole, person: str, today: date) -> Iterator[Post]:
    """Yield what they hold and will hold: for good first, deputies last, then by name."""
    register, order = whole.register, list(Manner)
    found = [
        (role, key, holding)
        for (role, key), holding in register.holdings.items()
        if holding.person == person and role in register.roles and (holding.ends_on is None or today <= holding.ends_on)
    ]
    for role, key, holding in sorted(
        found, key=lambda one: (order.index(one[2].manner), register.roles[one[0]].name, one[2].starts_on or date.min)
    ):
        record = register.roles[role]
        begun = holding.starts_on is None or holding.starts_on <= today
        yield Post(role, record.name, record.code, key, holding, begun)


def _tasks(matrix: Matrix, held: dict[str, bool]) -> Iterator[Task]:
    mine = [role for role in matrix.column_keys if role in held]
    if not mine:
        return
    owning, doing = matrix.scheme.codes_of(matrix.scheme.pivot), matrix.scheme.codes_of(LetterClass.DOER)
    for duty in matrix.applicable_rows:
        row = matrix.cells.get(duty, {})
        for role in mine:
            codes = split_letters(row.get(role, ""))
            owns, does = not owning.isdisjoint(codes), not doing.isdisjoint(codes)
            terms = tuple(_terms(matrix, duty, role))
            if not (owns or does or terms):
                continue
            decision = matrix.decision_by_duty.get(duty, "")
            yield Task(
                matrix=matrix,
                duty=duty,
                record=matrix.duties[duty],
                role=role,
                role_name=matrix.roles[role].name,
                letters=row.get(role, ""),
                owns=owns,
                does=does,
                as_deputy=held[role],
                decision=decision,
                review_on=matrix.decisions[decision].review_on if decision else None,
                grey_area=matrix.open_by_duty.get(duty, ""),
                terms=terms,
            )


_WITH_TERMS = (DecisionType.SPLIT_THRESHOLD, DecisionType.SPLIT_SCOPE, DecisionType.DELEGATE, DecisionType.SHARED)


def _terms(matrix: Matrix, duty: str, role: str) -> Iterator[Term]:
    """Yield the thresholds, values, limits and contributions that a role has by the decisions on a row."""
    for key in matrix.in_force_by_duty.get(duty, ()):
        if matrix.decisions[key].type in _WITH_TERMS:
            yield from (Term(key, matrix.decisions[key], part) for part in matrix.parts_of(key) if part.role == role)


def _interims(matrix: Matrix, held: dict[str, bool]) -> Iterator[Interim]:
    for duty, key in sorted(matrix.open_by_duty.items(), key=lambda one: matrix.duties[one[0]].code):
        item = matrix.grey_areas[key]
        if item.interim in held:
            yield Interim(matrix, key, duty, matrix.duties[duty], matrix.roles[item.interim].name, item.due_on)


def _by_area(whole: Whole, tasks: Sequence[Task]) -> Iterator[AreaOfTasks]:
    areas = whole.register.areas
    found: dict[str, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.record.area, []).append(task)
    for key in sorted(found, key=lambda one: (one not in areas, areas[one].position if one in areas else 0, one)):
        of_area = found[key]
        name = areas[key].name if key in areas else ""
        owned = tuple(task for task in of_area if task.owns)
        yield AreaOfTasks(key, name, owned, tuple(task for task in of_area if not task.owns))


def _days_of_rows(whole: Whole, tasks: Sequence[Task], held: dict[str, bool]) -> Iterator[Day]:
    owned = {(task.matrix.key, task.duty): task.role_name for task in tasks if task.owns}
    for matrix in whole.matrices:
        for duty, keys in matrix.in_force_by_duty.items():
            for key in keys:
                item = matrix.decisions[key]
                role = owned.get((matrix.key, duty)) or (matrix.roles[item.owner].name if item.owner in held else "")
                if item.review_on and role:
                    yield Day(item.review_on, DayKind.REVIEW, key, **_stands(matrix, duty, role))
        for duty, key in matrix.open_by_duty.items():
            question = matrix.grey_areas[key]
            roles = (question.decider, question.interim, *matrix.claimants(key))
            role = next((matrix.roles[one].name for one in roles if one in held), "")
            if question.due_on and role:
                yield Day(question.due_on, DayKind.DUE, key, **_stands(matrix, duty, role))


def _own_days(whole: Whole, person: str, posts: Sequence[Post], held: dict[str, bool], today: date) -> Iterator[Day]:
    register = whole.register
    for role in held:
        charter = register.charters.get(role)
        if charter and charter.review_on:
            yield Day(charter.review_on, DayKind.CHARTER, role, register.roles[role].name)
    for post in posts:
        if post.holding.ends_on:
            yield Day(post.holding.ends_on, DayKind.HOLDING, f"{post.role}-{post.key}", post.name)
    for key, absence in register.absences.items():
        if absence.person == person and absence.ends_on and absence.ends_on >= today:
            yield Day(absence.ends_on, DayKind.ABSENCE, key, "")


def _stands(matrix: Matrix, duty: str, role: str) -> dict[str, str]:
    title = f"{matrix.duties[duty].code} {matrix.duties[duty].title}"
    return {"title": title, "matrix": matrix.sheet.title, "role_name": role, "sheet": matrix.key}
