"""Matrices: the list, one of them with its letters, its findings, and its way out as a file."""

from dataclasses import replace
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from raci.domain.lint import Level
from raci.services.exporting import KINDS, export_file
from raci.services.history import NoSuchRevision
from raci.services.linting import looked_at
from raci.web import access
from raci.web.glance import cards
from raci.web.grid_page import grid_page
from raci.web.grid_part import part_of
from raci.web.grid_query import GridQuery

WORST_FIRST = (Level.ERROR, Level.WARNING, Level.INFO)


@login_required
@require_GET
def matrices(request: HttpRequest, slug: str) -> HttpResponse:
    """List the matrices of an organisation with how far each is."""
    access.organisation(request, slug)
    return render(request, "raci/matrices.html", {"cards": cards(request)})


@login_required
@require_GET
@gzip_page
def matrix(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a matrix, or what of it is asked for, now or as of an earlier revision."""
    found = access.matrix(request, slug, key)
    query = GridQuery.read(request.GET)
    try:
        page = grid_page(found, query, may_write=access.place(request).may_write)
    except NoSuchRevision as error:
        query = replace(query, as_of=None)
        page = grid_page(found, query, may_write=access.place(request).may_write)
        return render(request, "raci/matrix.html", {"page": page, "wrong": str(error)}, status=404)
    return render(request, "raci/matrix.html", {"page": page})


@login_required
@require_GET
@never_cache
def export(request: HttpRequest, slug: str, key: str, kind: str) -> HttpResponse:
    """Hand a matrix out as a file: the rows that are asked for, now or as of an earlier revision."""
    found = access.matrix(request, slug, key)
    if kind not in KINDS:
        raise Http404
    query = GridQuery.read(request.GET)
    try:
        made = export_file(found, kind, str(request.user), as_of=query.as_of, part=part_of(query))
    except NoSuchRevision as error:
        raise Http404 from error
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = content_disposition_header(True, made.name)
    return response


@login_required
@require_GET
def all_findings(request: HttpRequest, slug: str) -> HttpResponse:
    """List what lint finds, matrix by matrix, rule by rule."""
    access.organisation(request, slug)
    today = timezone.localdate()
    found = []
    for one in access.matrices(request):
        loaded, items = looked_at(one, today)
        by_rule = sorted(items, key=lambda item: (WORST_FIRST.index(item.level), item.rule))
        rules = [
            (rule, [(item, loaded.open_by_duty.get(item.subject.duty, "")) for item in group])
            for rule, group in groupby(by_rule, key=lambda item: item.rule)
        ]
        found.append((one, rules))
    return render(request, "raci/findings.html", {"found": found})
