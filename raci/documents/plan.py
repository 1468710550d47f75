"""The plan of a person towards a role as Markdown: to keep, to bring to a talk, to print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from raci.documents.decision_log import plain
from raci.documents.speech import gettext as _


@dataclass(frozen=True)
class Standing:
    """One competency in words: what is required, assessed and missing, and who sees it how."""

    name: str
    required: str
    assessed: str
    gap: str
    essential: str
    voices: str


@dataclass(frozen=True)
class PlannedStep:
    """One step in words."""

    starts_on: str
    ends_on: str
    route: str
    closes: str
    cost: str
    evidence: str
    note: str
    done: str


@dataclass(frozen=True)
class Plan:
    """What a person has before them on the way to a role, in words. ``figures`` are pairs of a name and a figure."""

    title: str
    about: str
    figures: Sequence[tuple[str, str]]
    standings: Sequence[Standing]
    steps: Sequence[PlannedStep]
    notes: Sequence[tuple[str, str]] = ()


def write_plan(plan: Plan) -> str:
    """Return the plan as a Markdown document."""
    return "\n".join([*_lines(plan), ""])


def _lines(plan: Plan) -> Iterator[str]:
    yield from (f"# {plain(plan.title)}", "", plain(plan.about), "")
    yield from (f"- **{plain(name)}:** {plain(figure)}" for name, figure in plan.figures)
    if plan.notes:
        yield from _heading(_("Findings"))
        yield from (f"- {plain(says)} {plain(advises)}".rstrip() for says, advises in plan.notes)
    yield from _heading(_("Plan"))
    if plan.steps:
        steps = [_("From"), _("Until"), _("Development route"), _("Closes"), _("Cost"), _("Evidence"), _("Note")]
        yield from _table([*steps, _("Done on")], [_values(one) for one in plan.steps])
    else:
        yield _("Nothing is planned yet.")
    yield from _heading(_("Required and assessed"))
    heads = [_("Competency"), _("Required"), _("Assessed"), _("Gap"), _("Essential"), _("Assessed by")]
    yield from _table(heads, [_values(one) for one in plan.standings])


def _heading(text: str) -> tuple[str, str, str]:
    return "", f"## {text}", ""


def _values(record: Standing | PlannedStep) -> list[str]:
    return [getattr(record, name) for name in record.__dataclass_fields__]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield _line([plain(head) for head in heads])
    yield _line(["---"] * len(heads))
    yield from (_line([plain(value) for value in row]) for row in rows)


def _line(values: Sequence[str]) -> str:
    return f"| {' | '.join(values)} |"
