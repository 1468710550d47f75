"""Which imports a visitor may see: those of organisations that they may change."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from raci import models
from raci.services.imports.store import PAPERS
from raci.web import access


def imports(request: HttpRequest) -> QuerySet[models.Import]:
    """Return the imports of the place, newest first, without their papers."""
    found = models.Import.objects.visible_to(request.user).filter(organisation=access.place(request).organisation)
    return found.select_related("organisation", "matrix", "work").defer(*PAPERS)


def one_import(request: HttpRequest, slug: str, key: str) -> models.Import:
    """Return one import; a paper of it is loaded where it is asked for. 403 for whoever may not change anything."""
    access.organisation(request, slug, access.Need.WRITE)
    return get_object_or_404(imports(request), key=key)
