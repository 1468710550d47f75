"""One thing done to the selected grey areas: asked about, shown in sentences, done while it is still what was shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from raci import models
from raci.admin.forms import WhyField
from raci.admin.settling import one_organisation
from raci.admin.told import of_outcome
from raci.forms.choices import offer
from raci.services import bulk
from raci.services.door import Author
from raci.services.raising import Terms


class ManyForm(forms.Form):
    """What an action has to be told, the reason, and the mark of what was shown."""

    use_required_attribute = False

    why = WhyField()
    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, organisation: models.Organisation, data: Any = None) -> None:
        super().__init__(data)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions beside the reason."""
        return [field for field in self.visible_fields() if field.name != "why"]


class WithdrawForm(ManyForm):
    """Why they are no questions any more."""

    why = WhyField(required=True, error_messages={"required": gettext_lazy("Say why it is no question any more.")})


class TermsForm(ManyForm):
    """Who decides, until when, and who owns them meanwhile."""

    decider = forms.ChoiceField(label=gettext_lazy("Who decides"), required=False)
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=AdminDateWidget)
    interim = forms.ChoiceField(
        label=gettext_lazy("Interim owner"),
        required=False,
        help_text=gettext_lazy("Where the role has a column in the matrix."),
    )

    def __init__(self, organisation: models.Organisation, data: Any = None) -> None:
        super().__init__(organisation, data)
        roles = organisation.roles.filter(retired=False).order_by("name", "pk").values_list("key", "name")
        for name in ("decider", "interim"):
            offer(self, name, [("", _("Leave as it is")), *roles])

    def clean(self) -> dict[str, Any]:
        """Ask for one of them at least."""
        values = super().clean() or {}
        if not self.errors and not any(values.get(name) for name in ("decider", "due_on", "interim")):
            raise forms.ValidationError(_("Choose who decides, a day, or who owns it meanwhile."))
        return values


@dataclass(frozen=True)
class Action:
    """``name`` is that of the action of the list; ``done`` says to how many it was done."""

    name: str
    submit: Any
    done: Any
    form: type[ManyForm]
    plan: Callable[[models.Organisation, Sequence[str], Mapping[str, Any]], bulk.Changes]


WITHDRAW = Action(
    "withdraw",
    gettext_lazy("Withdraw"),
    ngettext_lazy("%(count)d grey area was withdrawn.", "%(count)d grey areas were withdrawn.", "count"),
    WithdrawForm,
    lambda organisation, keys, said: bulk.withdraw_grey_areas(organisation, keys),
)
TERMS = Action(
    "terms",
    gettext_lazy("Set terms"),
    ngettext_lazy("%(count)d grey area was changed.", "%(count)d grey areas were changed.", "count"),
    TermsForm,
    lambda organisation, keys, said: bulk.set_terms(
        organisation, keys, Terms(said["decider"], said["due_on"], said["interim"])
    ),
)


def many_page(
    model_admin: admin.ModelAdmin, request: HttpRequest, rows: Sequence[models.GreyArea], action: Action
) -> HttpResponse | None:
    """Ask, show what would be done, and do it in one revision once exactly that is confirmed."""
    open_ones = [item for item in rows if item.status == models.GreyArea.Status.OPEN]
    organisation = one_organisation(request, open_ones)
    if organisation is None:
        return None
    form = action.form(organisation, request.POST if "confirm" in request.POST else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        keys = [item.key for item in open_ones]
        foreseen = bulk.foresee(organisation, keys, lambda: action.plan(organisation, keys, form.cleaned_data))
        author = Author.of(request.user, "admin", form.cleaned_data["why"])
        mark = form.cleaned_data["mark"]
        outcome = bulk.do_foreseen(organisation=organisation, foreseen=foreseen, mark=mark, author=author)
        if outcome and outcome.ok:
            messages.success(request, action.done % {"count": foreseen.touched})
            return None
        stale = [_("Something was changed in the meantime. This is what would be done now.")] if mark else []
        problems = of_outcome(outcome) if outcome else stale
        context |= {"foreseen": foreseen, "problems": problems}
    count = len(open_ones)
    context |= {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": f"{action.submit}: "
        + ngettext("%(count)d grey area", "%(count)d grey areas", count) % {"count": count},
        "action": action.name,
        "submit": action.submit,
        "rows": open_ones,
        "selected": [item.pk for item in open_ones],
    }
    return TemplateResponse(request, "admin/raci/many.html", context)
