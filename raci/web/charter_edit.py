"""The forms of a charter and of what a duty needs, filled with what is there."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from raci import models
from raci.domain.charter import Problem, checks
from raci.domain.matrix import Matrix
from raci.domain.records import Charter, encode
from raci.domain.text import code_key
from raci.forms.charter import OF_CHARTER, OF_ROLE, CharterForms, NeedRow, recorded
from raci.forms.recorded_rows import Rows
from raci.services.whole import load_whole
from raci.services.words import said
from raci.web import access


def charter_forms(request: HttpRequest, role: models.Role) -> CharterForms:
    """Return the forms of a charter, with what was sent."""
    register = load_whole(access.place(request).organisation).register
    record, charter = register.roles[role.key], register.charters.get(role.key, Charter())
    head = {name: encode(getattr(record, name)) for name in OF_ROLE}
    head |= {name: encode(getattr(charter, name)) for name in OF_CHARTER}
    forms = CharterForms(
        head,
        recorded(register.accountabilities, role.key),
        recorded(register.authorities, role.key),
        request.POST if request.method == "POST" else None,
        stands_for=_stands_for(register),
        sheets=[(one.key, one.title) for one in access.matrices(request)],
    )
    if request.method != "POST":
        show_checks(forms, checks(register, role.key))
    return forms


def show_checks(forms: CharterForms, found: tuple[Problem, ...]) -> None:
    """Say at each field what it lacks. It stands beside the help, for nothing of it keeps anybody from saving."""
    by_key = {form["key"].value(): form for form in forms.main.forms if form["key"].value()}
    for problem in found:
        sentence = said(problem.sentence)
        if problem.key in by_key:
            by_key[problem.key].advice = [*getattr(by_key[problem.key], "advice", []), sentence]
        elif problem.field in forms.head.fields:
            field: Any = forms.head.fields[problem.field]
            field.advice = [*getattr(field, "advice", []), sentence]
        elif problem.field == "accountabilities":
            forms.main.wrong.append(sentence)


def need_rows(request: HttpRequest, duty: models.Duty) -> Rows:
    """Return the rows of what whoever owns a duty must be able to do, with what was sent."""
    register = load_whole(access.place(request).organisation).register
    sent = request.POST if request.method == "POST" else None
    adding = sent is not None and sent.get("action") == "add:need"
    return Rows(NeedRow, "need", recorded(register.needs, duty.key), sent, judged=not adding, more=adding)


def need_records(request: HttpRequest, duty: models.Duty) -> list[Any]:
    """Return what is on record of the same, for showing it after a conflict."""
    return list(recorded(load_whole(access.place(request).organisation).register.needs, duty.key))


def _stands_for(register: Matrix) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the areas and duties that a main duty can stand for, in two groups."""
    areas = sorted(register.areas.items(), key=lambda item: (item[1].position, item[1].code))
    duties = sorted(
        (item for item in register.duties.items() if not item[1].retired), key=lambda item: code_key(item[1].code)
    )
    return [
        (_("A whole area"), [(f"area:{key}", one.name) for key, one in areas]),
        (_("One duty"), [(f"duty:{key}", f"{one.code} {one.title}") for key, one in duties]),
    ]
