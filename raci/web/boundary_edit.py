"""Writing down what stands between two roles: forms, what became of them, and the way back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from raci.domain.records import Agreement, Baseline, Difference, Kind, Record, Value, from_fields, to_fields
from raci.forms.boundary import AgreementForm, BaselineForm, DifferenceForm, NewBaselineForm
from raci.forms.record import RecordForm
from raci.services import bounding
from raci.services.boundaries import Between
from raci.services.door import Author, Outcome
from raci.web import access, access_boundary
from raci.web.answers import CONFLICT, UNPROCESSABLE, clashes, say_written

Write = Callable[[RecordForm], Outcome]


class Editor:
    """A form of one record, on a page of its own. ``page`` is what its template shows beside the form."""

    def __init__(self, request: HttpRequest, template: str, back: str, **page: Any) -> None:
        self.request, self.template, self.back, self.page = request, template, back, page
        self.organisation = access.place(request).organisation
        self.author = Author.of(request.user, "workspace")

    @property
    def sent(self) -> Any:
        return self.request.POST if self.request.method == "POST" else None

    @property
    def removes(self) -> bool:
        return self.request.POST.get("action") == "remove"

    def answer(self, form: RecordForm, write: Write, said: str) -> HttpResponse:
        """Show the form, or write what it says and go back."""
        if not form.is_valid():
            return self._show(form, UNPROCESSABLE if form.is_bound else 200)
        outcome = write(form)
        if outcome.ok:
            say_written(self.request, outcome, said)
            return redirect(self.back)
        if outcome.conflicts and form.record is not None:
            form.show_what_is_there()
        for refusal in outcome.refusals:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return self._show(form, CONFLICT if outcome.conflicts else UNPROCESSABLE, clashes=clashes(outcome))

    def removal(self, kind: Kind, key: str, record: Record, seen: Callable[[RecordForm], Mapping[str, Value]]) -> Write:
        """Return what takes a record off, as it is now but for what the form showed of it."""
        return lambda form: bounding.remove(
            organisation=self.organisation,
            kind=kind,
            key=key,
            seen={**to_fields(record), **seen(form)},
            author=self.author,
        )

    def _show(self, form: RecordForm, status: int, **told: Any) -> HttpResponse:
        context = {"form": form, "back": self.back, **self.page, **told}
        return render(self.request, self.template, context, status=status)


def back_to(request: HttpRequest, stands: Between, anchor: str = "") -> str:
    """Return the address of the boundary of a pair."""
    slug = access.place(request).organisation.slug
    return reverse("boundary", args=[slug, stands.found.first, stands.found.second]) + anchor


def add_difference(request: HttpRequest, stands: Between) -> HttpResponse:
    """Put a dimension on record."""
    editor = Editor(request, "raci/boundary_difference.html", back_to(request, stands, "#differences"), stands=stands)

    def write(form: RecordForm) -> Outcome:
        pair = {"first_role": stands.found.first, "second_role": stands.found.second}
        wanted = from_fields(Kind.DIFFERENCE, {**form.wanted, **pair})
        assert isinstance(wanted, Difference)
        return bounding.add_difference(
            organisation=editor.organisation, register=stands.register, wanted=wanted, author=editor.author
        )

    return editor.answer(DifferenceForm(None, stands.names, editor.sent), write, _("The difference is on record."))


def edit_difference(request: HttpRequest, stands: Between, key: str) -> HttpResponse:
    """Change a difference, or take it off the record. The form has the roles as the page has them."""
    record = access_boundary.difference(stands, key)
    side = next(one for one in stands.found.differences if one.key == key)
    shown = {"dimension": side.dimension, "first_value": side.first, "second_value": side.second}
    back = back_to(request, stands, "#differences")
    editor = Editor(request, "raci/boundary_difference.html", back, stands=stands, side=side)

    def stored(fields: Mapping[str, Value]) -> dict[str, Value]:
        return bounding.turned(fields) if side.swapped else dict(fields)

    def write(form: RecordForm) -> Outcome:
        seen, wanted = stored(form.seen_fields), stored(form.wanted)
        return bounding.edit_difference(
            organisation=editor.organisation, key=key, seen=seen, wanted=wanted, author=editor.author
        )

    form = DifferenceForm(shown, stands.names, editor.sent)
    if editor.removes:
        remove = editor.removal(Kind.DIFFERENCE, key, record, lambda form: stored(form.seen_fields))
        return editor.answer(form, remove, _("The difference is taken off the record."))
    return editor.answer(form, write, _("The difference is changed."))


def take_over(request: HttpRequest, stands: Between) -> HttpResponse:
    """Fill the blank sides that were asked for with what the catalogue says: of one dimension, or of all."""
    asked = request.POST.getlist("entry")
    sides = [one for one in stands.found.differences if one.entry and one.entry.code in asked]
    outcome = bounding.take_over(
        organisation=access.place(request).organisation,
        register=stands.register,
        pair=(stands.found.first, stands.found.second),
        sides=sides,
        author=Author.of(request.user, "workspace", _("From the catalogue")),
    )
    if outcome.ok:
        say_written(request, outcome, _("What was blank says what the catalogue says."))
    else:
        messages.error(request, _("Somebody else changed it meanwhile: nothing was written."))
    return redirect(back_to(request, stands, "#differences"))


def add_agreement(request: HttpRequest, stands: Between) -> HttpResponse:
    """Put an agreement between the two on record."""
    editor = Editor(request, "raci/boundary_agreement.html", back_to(request, stands, "#agreements"), stands=stands)

    def write(form: RecordForm) -> Outcome:
        pair = {"first_role": stands.found.first, "second_role": stands.found.second}
        wanted = from_fields(Kind.AGREEMENT, {**pair, **form.wanted})
        assert isinstance(wanted, Agreement)
        return bounding.add_agreement(organisation=editor.organisation, wanted=wanted, author=editor.author)

    return editor.answer(AgreementForm(None, _sheets(stands), editor.sent), write, _("The agreement is on record."))


def edit_agreement(request: HttpRequest, stands: Between, key: str) -> HttpResponse:
    """Change an agreement, or take it off the record."""
    record = access_boundary.agreement(stands, key)
    editor = Editor(
        request, "raci/boundary_agreement.html", back_to(request, stands, "#agreements"), stands=stands, record=record
    )
    shown = {name: to_fields(record)[name] for name in ("type", "sheet", "reference", "valid_until")}

    def write(form: RecordForm) -> Outcome:
        return bounding.edit_agreement(
            organisation=editor.organisation, key=key, seen=form.seen_fields, wanted=form.wanted, author=editor.author
        )

    form = AgreementForm(shown, _sheets(stands), editor.sent)
    if editor.removes:
        remove = editor.removal(Kind.AGREEMENT, key, record, lambda form: form.seen_fields)
        return editor.answer(form, remove, _("The agreement is taken off the record."))
    return editor.answer(form, write, _("The agreement is changed."))


def _sheets(stands: Between) -> list[tuple[str, str]]:
    return [(one.key, one.sheet.title) for one in stands.whole.matrices]


def add_baseline(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish a revision under a name."""
    register = access_boundary.register(request, slug, access.Need.WRITE)
    editor = Editor(request, "raci/baseline.html", reverse("baselines", args=[slug]))

    def write(form: RecordForm) -> Outcome:
        return bounding.publish(
            organisation=editor.organisation,
            register=register,
            name=form.cleaned_data["name"],
            number=form.cleaned_data["number"],
            note=form.cleaned_data["note"],
            author=editor.author,
        )

    return editor.answer(NewBaselineForm(editor.sent), write, _("The baseline is published."))


def edit_baseline(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Rename a baseline, or withdraw it."""
    register = access_boundary.register(request, slug, access.Need.WRITE)
    record: Baseline = access_boundary.baseline(register, key)
    editor = Editor(request, "raci/baseline.html", reverse("baselines", args=[slug]), baseline=record)

    def write(form: RecordForm) -> Outcome:
        seen, wanted = form.seen_fields, form.wanted
        return bounding.edit_baseline(
            organisation=editor.organisation, register=register, key=key, seen=seen, wanted=wanted, author=editor.author
        )

    form = BaselineForm({"name": record.name, "note": record.note}, editor.sent)
    if editor.removes:
        remove = editor.removal(Kind.BASELINE, key, record, lambda form: form.seen_fields)
        return editor.answer(form, remove, _("The baseline is withdrawn. Its revision stays in the history."))
    return editor.answer(form, write, _("The baseline is changed."))
