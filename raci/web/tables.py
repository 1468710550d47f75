"""The lists, column by column. What a column shows stands in a small template of its own.

A file has plain values instead: a column that draws itself hands its ``value`` out, or stays out of files where
it has none; columns that are only handed out are not visible.
"""

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from typing import Any

import django_tables2 as tables
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from raci.domain.ages import bucket
from raci.forms.ages import AGES
from raci.forms.decide_words import STANDINGS
from raci.models import Decision, Duty, GreyArea, Role
from raci.services.decision_log import FIELDS
from raci.web.decision_steps import standing_of


class ListTable(tables.Table):
    """What all lists have in common."""

    class Meta:
        attrs = {"class": "list"}
        order_by_field = "sort"


class CellColumn(tables.Column):
    """A column that draws itself from templates/raci/cells, for empty values too.

    `TemplateColumn` would do the same with the request, and so ask every context processor again for
    every cell.
    """

    empty_values = ()

    def __init__(
        self, name: str, label: Any, *order_by: str, style: str = "", value: Callable[[Any], Any] | None = None
    ) -> None:
        super().__init__(
            verbose_name=label,
            order_by=order_by or None,
            orderable=bool(order_by),
            attrs={"td": {"class": style}} if style else {},
            exclude_from_export=value is None,
        )
        self.template_name, self.plain = f"raci/cells/{name}.html", value

    def render(self, record: Any, table: tables.Table) -> str:
        """Draw one cell."""
        slug = table.request.place.organisation.slug
        return get_template(self.template_name).render({"record": record, "slug": slug})


class FileColumn(tables.Column):
    """A column that only files have."""

    empty_values = ()

    def __init__(self, label: Any, value: Callable[[Any], Any]) -> None:
        super().__init__(verbose_name=label, orderable=False, visible=False)
        self.plain = value


def values_of(table: tables.Table, records: Iterable[Any]) -> tuple[list[str], list[list[Any]]]:
    """Return titles and rows of values as a file holds them.

    `Table.as_values` would do the same, but asks for the signature of a function for every single cell.
    """
    columns = [column for column in table.columns.iterall() if not column.column.exclude_from_export]
    readers = [_reader(column) for column in columns]
    return [str(column.header) for column in columns], [[read(record) for read in readers] for record in records]


def _reader(column: Any) -> Callable[[Any], Any]:
    plain = getattr(column.column, "plain", None) or attrgetter(str(column.accessor).replace("__", "."))
    display = f"get_{column.accessor}_display"

    def read(record: Any) -> Any:
        value = getattr(record, display)() if hasattr(record, display) else plain(record)
        return value if value is None or isinstance(value, int | date) else str(value)

    return read


def _claimed(grey_area: Any) -> str:
    return "; ".join(f"{claim.role.name} {claim.letters}" for claim in grey_area.made)


def _reasons(grey_area: Any) -> str:
    return "; ".join(f"{claim.role.name}: {claim.reason}" for claim in grey_area.made if claim.reason)


def _days_open(grey_area: Any) -> int | None:
    return (timezone.localdate() - grey_area.since).days if grey_area.status == GreyArea.Status.OPEN else None


def _age_group(grey_area: Any) -> Any:
    days = _days_open(grey_area)
    return "" if days is None else AGES[bucket(days)]


def _accountable(duty: Any) -> str:
    return "; ".join(f"{matrix}: {role} {letters}" for matrix, role, letters in duty.held)


def _held(role: Any) -> str:
    return ", ".join(f"{count} {code}" for code, count in role.held)


def _standing(decision: Any) -> Any:
    return STANDINGS[standing_of(decision, timezone.localdate())]


def _told(name: str, label: Any = None) -> FileColumn:
    """Return a column of a field as the decision log tells it (`raci.services.decision_log`)."""
    return FileColumn(label or FIELDS[name], lambda item: item.told.value(name))


class GreyAreaTable(ListTable):
    """What is not settled: who claims it, how long it has been open, when it is due and who decides."""

    tick = CellColumn("tick", _("Tick"))
    code = FileColumn(_("Code"), lambda item: item.duty.code)
    duty = CellColumn("grey_duty", _("Duty"), "duty__code_key", style="duty", value=lambda item: item.duty.title)
    question = FileColumn(_("Question"), lambda item: item.question)
    area = CellColumn(
        "grey_place", _("Area"), "duty__area__position", "duty__code_key", value=lambda item: item.duty.area
    )
    matrix = FileColumn(_("Matrix"), lambda item: item.matrix)
    scope = FileColumn(_("Scope"), lambda item: item.matrix.scope_name or item.matrix.get_scope_kind_display())
    status = FileColumn(_("Status"), lambda item: item.get_status_display())
    claims = CellColumn("claims", _("Claimed by"), value=_claimed)
    reasons = FileColumn(_("Reasons of the claims"), _reasons)
    proposed = FileColumn(_("Proposed"), lambda item: item.offers)
    age = CellColumn("age", _("Age"), "-since", style="nowrap", value=_days_open)
    bucket = FileColumn(_("Age group"), _age_group)
    raised = FileColumn(_("Raised"), lambda item: item.raised_on)
    raised_by = FileColumn(_("Raised by"), lambda item: item.raised_by)
    reopened = FileColumn(_("Opened again"), lambda item: item.reopened_on)
    origin = FileColumn(_("Origin"), lambda item: item.get_origin_display())
    due = CellColumn("due", _("Due"), "due_or_never", style="nowrap", value=lambda item: item.due_on)
    decider = CellColumn("decider", _("Who decides"), "decider__name", value=lambda item: item.decider)
    interim = FileColumn(_("In the interim"), lambda item: item.interim)

    class Meta(ListTable.Meta):
        model = GreyArea
        sequence = fields = (
            "tick",
            "code",
            "duty",
            "question",
            "area",
            "matrix",
            "scope",
            "status",
            "claims",
            "reasons",
            "proposed",
            "age",
            "bucket",
            "raised",
            "raised_by",
            "reopened",
            "origin",
            "due",
            "decider",
            "interim",
        )


class DutyTable(ListTable):
    """Duties, and who answers for them where."""

    tick = CellColumn("tick", _("Tick"))
    code = tables.Column(
        verbose_name=_("Code"), order_by=("area__position", "code_key"), attrs={"td": {"class": "code"}}
    )
    title = CellColumn("duty", _("Duty"), "title", style="duty", value=lambda duty: duty.title)
    area = tables.Column(verbose_name=_("Area"), order_by=("area__position", "code_key"), default="–")
    held = CellColumn("held_duty", _("Accountable"), value=_accountable)
    undecided = FileColumn(_("Undecided in matrices"), lambda duty: duty.undecided)
    note = FileColumn(_("Note"), lambda duty: duty.note)
    retired = FileColumn(_("Retired"), lambda duty: _("yes") if duty.retired else "")

    class Meta(ListTable.Meta):
        model = Duty
        sequence = fields = ("tick", "code", "title", "area", "held", "undecided", "note", "retired")


class RoleTable(ListTable):
    """Roles, and how often they hold each letter."""

    tick = CellColumn("tick", _("Tick"))
    code = tables.Column(verbose_name=_("Code"), order_by="code_key", attrs={"td": {"class": "code"}})
    name = CellColumn("role", _("Role"), "name", style="nowrap", value=lambda role: role.name)
    kind = tables.Column(verbose_name=_("Kind"), attrs={"td": {"class": "nowrap"}})
    purpose = tables.Column(verbose_name=_("Purpose"), orderable=False, default="–", attrs={"td": {"class": "duty"}})
    held = CellColumn("held_role", _("Letters held"), value=_held)
    retired = FileColumn(_("Retired"), lambda role: _("yes") if role.retired else "")

    class Meta(ListTable.Meta):
        model = Role
        sequence = fields = ("tick", "code", "name", "kind", "purpose", "held", "retired")


class DecisionTable(ListTable):
    """Decisions: what, where, who, why and until when."""

    code = FileColumn(_("Code"), lambda item: item.duty.code)
    duty = CellColumn("decision_duty", _("Duty"), "duty__code_key", style="duty", value=lambda item: item.duty.title)
    matrix = tables.Column(verbose_name=_("Matrix"), order_by=("matrix__position", "duty__code_key"))
    type = FileColumn(_("Kind"), lambda item: item.get_type_display())
    owner = CellColumn("decision_owner", _("Accountable"), "owner__name", value=lambda item: item.owner)
    letters = FileColumn(_("Letters"), lambda item: item.letters.get(item.owner.key, "") if item.owner else "")
    standing = FileColumn(_("Standing"), _standing)
    reason = tables.Column(verbose_name=_("Reason"), orderable=False, attrs={"td": {"class": "duty"}})
    decided_on = CellColumn("decided", _("Decided"), "decided_on", style="nowrap", value=lambda item: item.decided_on)
    decided_by = FileColumn(_("Decided by"), lambda item: item.decided_by)
    review_on = CellColumn("review", _("Look again"), "review_on", style="nowrap", value=lambda item: item.review_on)
    row_letters = _told("letters", _("Letters of the row"))
    terms, parts = _told("terms"), _told("parts")
    degree, options, authority = _told("degree"), _told("options"), _told("authority")
    reversible, valid_from, valid_until = _told("reversible"), _told("valid_from"), _told("valid_until")
    due_on, answers = _told("due_on"), _told("acknowledgements")
    supersedes, withdrawn_on = _told("supersedes"), _told("withdrawn_on")
    key = FileColumn(_("Key"), lambda item: item.key)

    class Meta(ListTable.Meta):
        model = Decision
        sequence = fields = (
            "code",
            "duty",
            "matrix",
            "type",
            "owner",
            "letters",
            "row_letters",
            "terms",
            "parts",
            "degree",
            "standing",
            "reason",
            "options",
            "authority",
            "decided_on",
            "decided_by",
            "reversible",
            "valid_from",
            "valid_until",
            "due_on",
            "review_on",
            "answers",
            "supersedes",
            "withdrawn_on",
            "key",
        )
