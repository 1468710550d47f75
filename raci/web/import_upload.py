"""Uploads that cannot be read as a form at all: too large, broken off, too many parts."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from raci.web.json_door import BAD_REQUEST

TOO_LARGE = 413
# What a form takes beside its file.
_ROOM = 1024 * 1024
# A browser shows an answer only once all was sent: so much is listened to, and thrown away.
_PATIENCE = 100 * 1024 * 1024
_PIECE = 64 * 1024


def trouble_with_upload(request: HttpRequest) -> tuple[str, int]:
    """Say why what was sent cannot be read, and with which status; "" where it can.

    It must be asked before anything else looks at the form, the protection against forged forms included.
    """
    most = settings.IMPORT_BYTES + _ROOM
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        _listen(request)
        return _too_large(), TOO_LARGE
    try:
        request.POST  # noqa: B018  # reading it is what may fail
    except RequestDataTooBig:
        return _too_large(), TOO_LARGE
    except SuspiciousOperation:
        return _("There are too many parts in this form. Choose one file and send it again."), BAD_REQUEST
    except (MultiPartParserError, UnreadablePostError):
        return _("The upload broke off. Choose the file and send it again."), BAD_REQUEST
    return "", 200


def _too_large() -> str:
    return _(
        "This is too large: at most %(limit)s are taken. Delete sheets and pictures that do not belong to the matrix, "
        "save the file, and upload that."
    ) % {"limit": filesizeformat(settings.IMPORT_BYTES)}


def _listen(request: HttpRequest) -> None:
    heard = 0
    try:
        while heard < _PATIENCE and (piece := request.read(_PIECE)):
            heard += len(piece)
    except UnreadablePostError:
        return  # whoever hangs up hears no answer
