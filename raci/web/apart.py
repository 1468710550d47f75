"""The page of duties that must be in different hands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from raci import models
from raci.domain.lint import Finding
from raci.domain.records import encode
from raci.forms.apart import ApartForm, ControlForm
from raci.services.linting import findings
from raci.web import access, access_mine
from raci.web.choices import record_fields

FIELDS = ("reason", "control", "control_until")


@dataclass(frozen=True)
class Pair:
    """Two duties, and whether a control makes up for them being in one hand; ``form`` changes that, where allowed."""

    record: models.Incompatibility
    form: ControlForm | None
    today: date

    @property
    def has_control(self) -> bool:
        until = self.record.control_until
        return bool(self.record.control) and (until is None or self.today <= until)


@dataclass(frozen=True)
class ApartPage:
    """What is shown. ``found`` are the findings of P02 with their matrices."""

    pairs: Sequence[Pair]
    new: ApartForm
    found: Sequence[tuple[models.Matrix, Finding]]


def control_form(record: models.Incompatibility, data: Any = None) -> ControlForm:
    """Return the form that changes a pair. There may be several of them on a page."""
    prefix = f"{record.duty.key}_{record.other.key}"
    fields = {name: encode(value) for name, value in record_fields(record, FIELDS).items()}
    return ControlForm(fields, data, auto_id=f"id_{prefix}_%s")


def apart_page(
    request: HttpRequest,
    new: ApartForm | None = None,
    sent: ControlForm | None = None,
    of: models.Incompatibility | None = None,
) -> ApartPage:
    """Return the page; ``sent`` is the form of one pair as it was sent."""
    may = access.place(request).may_write
    forms = {
        one: (sent if one == of and sent else control_form(one)) if may else None for one in access_mine.pairs(request)
    }
    today = timezone.localdate()
    found = [(one, item) for one in access.matrices(request) for item in findings(one) if item.rule == "P02"]
    return ApartPage([Pair(one, form, today) for one, form in forms.items()], new or ApartForm(), found)
