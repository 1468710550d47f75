"""The language that somebody chooses."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.i18n import LANGUAGE_QUERY_PARAMETER, set_language


def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Speak another language, and remember it with the account, so that mail is written in it too."""
    chosen = request.POST.get(LANGUAGE_QUERY_PARAMETER, "")
    if chosen in dict(settings.LANGUAGES) and request.user.is_authenticated:
        get_user_model()._default_manager.filter(pk=request.user.pk).update(language=chosen)
    return set_language(request)
