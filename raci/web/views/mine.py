"""What somebody is accountable for, and the calendar of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from raci.services import feeds
from raci.web import access, access_mine, access_people
from raci.web.mine import own_page, page_of


@login_required
@never_cache
@require_GET
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the visitor is accountable for, and what changed there since they last looked."""
    access.organisation(request, slug)
    return render(request, "raci/mine.html", {"page": own_page(request)})


@login_required
@require_GET
def owns(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what somebody else is accountable for."""
    person = access_mine.person(request, slug, key)
    return render(request, "raci/mine.html", {"page": page_of(request, person)})


@login_required
@never_cache
@require_POST
def change_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the calendar of the visitor, make it anew under another address, or take it back."""
    organisation = access.organisation(request, slug)
    if access_people.myself(request) is None:
        raise PermissionDenied(_("Your account is linked to nobody here."))
    if request.POST.get("action") == "revoke":
        feeds.revoke_feed(organisation, access.signed_in(request))
        messages.success(request, _("The calendar can no longer be read."))
        return redirect("mine", slug)
    secret = feeds.make_feed(organisation, access.signed_in(request))
    # Shown at once and not after a redirect: it would have to be kept somewhere in between.
    page = own_page(request, secret)
    return render(request, "raci/mine.html", {"page": page})


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Hand out a calendar to whoever knows its secret; 404 for any other, and for one that was taken back."""
    opened = feeds.open_feed(secret)
    if opened is None:
        raise Http404
    found, person = opened
    today = timezone.localdate()
    tag = feeds.tag_of(found, today)
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        content = feeds.write_feed(found, person, today)
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    feeds.note_reading(found)
    for name, value in (("ETag", tag), *_FEED_HEADERS):
        answer[name] = value
    return answer


_FEED_HEADERS = (
    ("Cache-Control", "private, max-age=3600"),
    ("Content-Disposition", 'inline; filename="orgroles.ics"'),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
)
