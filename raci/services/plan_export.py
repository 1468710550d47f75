"""The plan of a person as a file, for the person alone."""

import io

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from raci.documents.plan import Plan, PlannedStep, Standing, write_plan
from raci.documents.speech import speaking
from raci.documents.table import Table, Value, write_table
from raci.domain.competence import Route
from raci.services.exporting import KINDS
from raci.services.paths import Line, Towards, cost_said, percent
from raci.services.private import Confidence, Step
from raci.services.words import shown_number, spoken_language

PLAN_KINDS = ("md", "xlsx")


def plan_file(towards: Towards, confidence: Confidence, kind: str) -> tuple[bytes, str]:
    """Return the plan as a file of a kind, and what a browser is told that it is."""
    with speaking(spoken_language()):
        if kind == "md":
            content = write_plan(_plan(towards, confidence)).encode()
        else:
            stream = io.BytesIO()
            write_table(_table(towards, confidence), kind, stream)
            content = stream.getvalue()
    return content, KINDS[kind].content_type


def _plan(towards: Towards, confidence: Confidence) -> Plan:
    register = towards.register
    return Plan(
        title=_title(towards, confidence),
        about=_("As of %(day)s. Private.") % {"day": _day_said()},
        figures=_figures(towards),
        standings=[_standing(line) for line in towards.lines],
        steps=[_step(towards, step, register.routes[step.route]) for step in towards.steps],
        notes=[(note.says, note.advises) for note in towards.notes],
    )


def _title(towards: Towards, confidence: Confidence) -> str:
    facts = {"person": str(confidence.person), "role": towards.register.roles[towards.role].name}
    return _("%(person)s on the way to %(role)s") % facts


def _day_said() -> str:
    return date_format(timezone.localdate(), "DATE_FORMAT")


def _figures(towards: Towards) -> list[tuple[str, str]]:
    gaps = towards.gaps
    covered = {"known": shown_number(len(gaps.known)), "all": shown_number(len(gaps.items))}
    return [
        (_("Readiness"), percent(gaps.readiness)),
        (_("Assessed"), _("%(known)s of %(all)s") % covered),
        (_("Levels missing"), shown_number(gaps.total)),
        (_("Blockers"), ", ".join(towards.register.competencies[key].name for key in gaps.blockers) or _("none")),
        (_("Expected readiness after the plan"), percent(towards.expected.readiness)),
    ]


def _standing(line: Line) -> Standing:
    gap, shown = line.gap, line.scale.shown
    return Standing(
        name=f"{line.competency.code} {line.competency.name}",
        required=shown(gap.required),
        assessed="" if gap.assessed is None else shown(gap.assessed),
        gap="" if gap.gap is None else shown_number(gap.gap),
        essential=_("yes") if gap.essential else "",
        voices=", ".join(f"{one.assessor} {one.level}" for one in line.opinions),
    )


def _step(towards: Towards, step: Step, route: Route) -> PlannedStep:
    return PlannedStep(
        starts_on=step.starts_on.isoformat(),
        ends_on=step.ends_on.isoformat(),
        route=route.name,
        closes=_closes(towards, step),
        cost=cost_said(route.cost, route.unit),
        evidence=route.evidence,
        note=step.note,
        done=step.done_on.isoformat() if step.done_on else "",
    )


def _closes(towards: Towards, step: Step) -> str:
    way, shelf = towards.way(step.route), towards.register.competencies
    return ", ".join(f"{shelf[key].code} +{levels}" for key, levels in (way.gains if way else {}).items())


def _table(towards: Towards, confidence: Confidence) -> Table:
    titles = (
        _("From"), _("Until"), _("Development route"), _("Expected gain"), _("Cost"), _("Months"), _("Evidence"),
        _("Note"), _("Done on"),
    )  # fmt: skip
    rows: list[list[Value]] = []
    for step in towards.steps:
        route = towards.register.routes[step.route]
        cost, months = cost_said(route.cost, route.unit), route.months or None
        told = [route.name, _closes(towards, step), cost, months, route.evidence, step.note]
        rows.append([step.starts_on, step.ends_on, *told, step.done_on])
    about: list[tuple[str, Value]] = [(_("Plan"), _title(towards, confidence)), (_("As of"), timezone.localdate())]
    about += [*_figures(towards), *((one.name, _in_short(one)) for one in map(_standing, towards.lines))]
    return Table(_("Plan"), titles, rows, about, _("Where I stand"))


def _in_short(one: Standing) -> str:
    facts = {"required": one.required, "assessed": one.assessed or "–", "gap": one.gap or "–"}
    return _("required %(required)s, assessed %(assessed)s, gap %(gap)s") % facts
