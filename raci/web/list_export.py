"""Lists as files: what was asked for, in words, and the answer that a browser saves."""

import io
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from raci.documents.held import CannotBeHeld
from raci.documents.speech import speaking
from raci.documents.table import Table, Value, write_table
from raci.forms.choices import chosen
from raci.services.door import Outcome
from raci.services.exporting import KINDS
from raci.services.validation import Refusal
from raci.services.words import spoken_language
from raci.web import access
from raci.web.answers import show_refusals

LIST_KINDS = ("xlsx", "csv")

Rows = tuple[Sequence[str], Sequence[Sequence[Value]]]


def as_file(
    request: HttpRequest, kind: str, title: Any, rows: Rows, asked: Sequence[tuple[str, str]], *, whole: bool
) -> HttpResponse:
    """Return titles and rows as a file that says what was asked for; its name ends in "-part" where not ``whole``."""
    if kind not in LIST_KINDS:
        raise Http404
    titles, values = rows
    table = Table(str(title), titles, values, _about(request, str(title), len(values), asked), _("About this file"))
    stream = io.BytesIO()
    try:
        with speaking(spoken_language()):
            write_table(table, kind, stream)
    except CannotBeHeld as refusal:
        outcome = Outcome(refusals=(Refusal(None, str(refusal)),))
        return show_refusals(request, outcome, request.path.rpartition("/")[0] + "/")
    response = HttpResponse(stream.getvalue(), content_type=KINDS[kind].content_type)
    response["Content-Disposition"] = content_disposition_header(True, file_name(request, kind, str(title), whole))
    return response


def asked_for(form: forms.Form) -> list[tuple[str, str]]:
    """Return the filters that are set, by their labels, in words."""
    if not form.is_valid():
        return []
    return [
        (str(form.fields[name].label), words)
        for name, value in form.cleaned_data.items()
        if (words := _in_words(form.fields[name], value))
    ]


def _in_words(field: forms.Field, value: Any) -> str:
    if value in (None, "", False):
        return ""
    if value is True:
        return _("yes")
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field, forms.ChoiceField):
        return chosen(field, str(value))
    return date_format(value, "DATE_FORMAT") if isinstance(field, forms.DateField) else str(value)


def _about(request: HttpRequest, title: str, count: int, asked: Sequence[tuple[str, str]]) -> list[tuple[str, Value]]:
    organisation = access.place(request).organisation
    return [
        (_("List"), title),
        (_("Organisation"), organisation.name),
        (_("Revision"), organisation.revision),
        (_("Rows"), count),
        *(asked or [(_("Filters"), _("none"))]),
        (_("Made on"), timezone.localtime()),
        (_("Made by"), str(request.user)),
    ]


def file_name(request: HttpRequest, kind: str, title: str, whole: bool) -> str:
    """Return the name of a list as a file, in letters that every system takes."""
    organisation = access.place(request).organisation
    names = (slugify(organisation.name) or organisation.slug, slugify(title) or "list")
    return f"{'-'.join(names)}-r{organisation.revision}{'' if whole else '-part'}.{kind}"
