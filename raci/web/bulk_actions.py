"""What can be done to the ticked rows of a list: the names of it, what it has to be told, and its plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from raci.domain.change import Change
from raci.forms.choices import offer
from raci.services import bulk
from raci.services.raising import Terms
from raci.web import access
from raci.web.filters import day_input

NO_AREA = "-"

Plan = Callable[[HttpRequest, Sequence[str], Mapping[str, Any]], Sequence[Change]]


class NoQuestions(forms.Form):
    """An action that has to be told nothing."""

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class WhichArea(NoQuestions):
    """To which area."""

    area = forms.ChoiceField(label=_("Area"), error_messages={"required": _("Choose an area.")})

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(request, data)
        areas = [(area.key, str(area)) for area in access.areas(request)]
        offer(self, "area", [("", _("Choose an area")), *areas, (NO_AREA, _("No area"))])


class WhichMatrix(NoQuestions):
    """Into or out of which matrix."""

    matrix = forms.ChoiceField(label=_("Matrix"), error_messages={"required": _("Choose a matrix.")})

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(request, data)
        self.by_key = {matrix.key: matrix for matrix in access.matrices(request)}
        choices = [(key, str(matrix)) for key, matrix in self.by_key.items()]
        offer(self, "matrix", [("", _("Choose a matrix")), *choices])

    def clean_matrix(self) -> Any:
        """Return the matrix itself."""
        return self.by_key[self.cleaned_data["matrix"]]


class WhichTerms(NoQuestions):
    """Who decides, until when, and who owns it meanwhile."""

    decider = forms.ChoiceField(label=_("Who decides"), required=False)
    due_on = forms.DateField(label=_("Due"), required=False, widget=day_input())
    interim = forms.ChoiceField(
        label=_("Interim owner"), required=False, help_text=_("Where the role has a column in the matrix.")
    )

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(request, data)
        roles = [(role.key, str(role)) for role in access.roles(request).filter(retired=False)]
        for name in ("decider", "interim"):
            offer(self, name, [("", _("Leave as it is")), *roles])

    def clean(self) -> dict[str, Any]:
        """Ask for one of them at least."""
        values = super().clean() or {}
        if not self.errors and not any(values.values()):
            raise forms.ValidationError(_("Choose who decides, a day, or who owns it meanwhile."))
        return values


@dataclass(frozen=True)
class Action:
    """``done`` says what was done to how many. ``asks_why`` where a reason must be given."""

    label: Any
    done: Any
    plan: Plan
    questions: type[NoQuestions] = NoQuestions
    asks_why: bool = False


def _organisation(request: HttpRequest) -> Any:
    return access.place(request).organisation


DUTY_ACTIONS: Mapping[str, Action] = {
    "area": Action(
        _("Move to an area"),
        ngettext_lazy("%(count)d duty is moved.", "%(count)d duties are moved.", "count"),
        lambda request, keys, said: bulk.move_to_area(
            _organisation(request), keys, "" if said["area"] == NO_AREA else said["area"]
        ),
        WhichArea,
    ),
    "put": Action(
        _("Put into a matrix"),
        ngettext_lazy("%(count)d duty is put into it.", "%(count)d duties are put into it.", "count"),
        lambda request, keys, said: bulk.put_duties_into(said["matrix"], keys),
        WhichMatrix,
    ),
    "take": Action(
        _("Take out of a matrix"),
        ngettext_lazy("%(count)d duty is taken out of it.", "%(count)d duties are taken out of it.", "count"),
        lambda request, keys, said: bulk.take_duties_out_of(said["matrix"], keys),
        WhichMatrix,
    ),
    "retire": Action(
        _("Retire"),
        ngettext_lazy("%(count)d duty is retired.", "%(count)d duties are retired.", "count"),
        lambda request, keys, said: bulk.retire_duties(_organisation(request), keys),
    ),
    "restore": Action(
        _("Bring back"),
        ngettext_lazy("%(count)d duty is in use again.", "%(count)d duties are in use again.", "count"),
        lambda request, keys, said: bulk.bring_back_duties(_organisation(request), keys),
    ),
}

ROLE_ACTIONS: Mapping[str, Action] = {
    "put": Action(
        _("Put into a matrix"),
        ngettext_lazy("%(count)d role is put into it.", "%(count)d roles are put into it.", "count"),
        lambda request, keys, said: bulk.put_roles_into(said["matrix"], keys),
        WhichMatrix,
    ),
    "take": Action(
        _("Take out of a matrix"),
        ngettext_lazy("%(count)d role is taken out of it.", "%(count)d roles are taken out of it.", "count"),
        lambda request, keys, said: bulk.take_roles_out_of(said["matrix"], keys),
        WhichMatrix,
    ),
    "retire": Action(
        _("Retire"),
        ngettext_lazy("%(count)d role is retired.", "%(count)d roles are retired.", "count"),
        lambda request, keys, said: bulk.retire_roles(_organisation(request), keys),
    ),
    "restore": Action(
        _("Bring back"),
        ngettext_lazy("%(count)d role is in use again.", "%(count)d roles are in use again.", "count"),
        lambda request, keys, said: bulk.bring_back_roles(_organisation(request), keys),
    ),
}

GREY_AREA_ACTIONS: Mapping[str, Action] = {
    "terms": Action(
        _("Set who decides, when and who owns it meanwhile"),
        ngettext_lazy("%(count)d grey area is changed.", "%(count)d grey areas are changed.", "count"),
        lambda request, keys, said: bulk.set_terms(
            _organisation(request), keys, Terms(said["decider"], said["due_on"], said["interim"])
        ),
        WhichTerms,
    ),
    "withdraw": Action(
        _("Withdraw"),
        ngettext_lazy("%(count)d grey area is withdrawn.", "%(count)d grey areas are withdrawn.", "count"),
        lambda request, keys, said: bulk.withdraw_grey_areas(_organisation(request), keys),
        asks_why=True,
    ),
}
