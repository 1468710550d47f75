"""Imports: the list, a new one, how far one is, stopping it. Its preview and its mapping have views of their own."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import conditional_page, require_GET, require_http_methods, require_POST

from raci.documents.intake.refused import Refused
from raci.forms.bring import BringForm
from raci.services.imports import asking
from raci.services.imports.starting import settled
from raci.services.imports.taking_in import take_in
from raci.services.words import said
from raci.web import access, access_imports
from raci.web.answers import UNPROCESSABLE
from raci.web.choices import matrix_choices, named_matrix
from raci.web.import_page import ImportPage, address_of, known_before
from raci.web.import_table import ImportFilter, ImportTable
from raci.web.import_upload import trouble_with_upload
from raci.web.json_door import answers_json
from raci.web.listing import Listing, render_list

IMPORTS = Listing("imports", gettext_lazy("Imports"), ImportTable, ImportFilter, access_imports.imports, exports=False)


@login_required
@require_GET
@never_cache
def imports(request: HttpRequest, slug: str) -> HttpResponse:
    """List the files that were brought, and what became of them."""
    access.organisation(request, slug, access.Need.WRITE)
    return render_list(request, IMPORTS)


@csrf_exempt  # `_bring` is protected: whether the form can be read at all must be asked first
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in a file, or text pasted, and lead to what comes next."""
    access.organisation(request, slug, access.Need.WRITE)
    if request.method != "POST":
        return _form_page(request, _form(request))
    trouble, status = trouble_with_upload(request)
    if trouble:
        return _form_page(request, BringForm(matrix_choices(request)), status, trouble)
    answer: HttpResponse = _bring(request)
    return answer


@csrf_protect
def _bring(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _form_page(request, form, UNPROCESSABLE)
    name, content = form.document
    try:
        taken = take_in(
            access.place(request).organisation,
            access.signed_in(request),
            name=name,
            content=content,
            matrix=named_matrix(request),
            again=form.cleaned_data["again"],
        )
    except Refused as refused:
        return _form_page(request, form, UNPROCESSABLE, said(refused.sentence))
    if not taken.anew:
        messages.info(request, known_before(taken.item))
    return redirect(address_of(settled(taken.item)))


def _form(request: HttpRequest) -> BringForm:
    asked = {"matrix": request.GET.get("matrix", ""), "again": request.GET.get("again") == "1"}
    if request.method == "POST":
        return BringForm(matrix_choices(request), request.POST, request.FILES)
    return BringForm(matrix_choices(request), initial=asked)


def _form_page(request: HttpRequest, form: BringForm, status: int = 200, trouble: str = "") -> HttpResponse:
    return render(
        request,
        "raci/imports/new.html",
        {"form": form, "trouble": trouble, "limit": settings.IMPORT_BYTES},
        status=status,
    )


@login_required
@require_GET
@never_cache
def show_import(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show how far an import is or how it ended; where it waits for a person, lead to what it asks."""
    item = settled(access_imports.one_import(request, slug, key), seconds=0)
    leads_to = address_of(item)
    if leads_to != request.path:
        return redirect(leads_to)
    return render(request, "raci/imports/one.html", {"page": ImportPage(item)})


@answers_json
@require_GET
@conditional_page
def state(request: HttpRequest, slug: str, key: str) -> JsonResponse:
    """Tell a script how far an import is; 304 where that is what it knows."""
    item = settled(access_imports.one_import(request, slug, key), seconds=0)
    answer = JsonResponse(ImportPage(item).as_json())
    answer["Cache-Control"] = "no-cache, private"
    return answer


@login_required
@require_POST
def cancel_import(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Stop an import, unless it has ended already."""
    item = access_imports.one_import(request, slug, key)
    if asking.cancel(item):
        messages.success(
            request, _("The import of “%(file)s” is stopped; nothing was changed.") % {"file": item.file_name}
        )
        return redirect("imports", slug)
    messages.warning(request, _("It had ended before it could be stopped. This is how:"))
    return redirect("import", slug, key)
