"""What a user may open: not theirs is 404, theirs but read-only is 403."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from raci import models

EDITORS = ("owner", "editor")


def get_matrix(request: HttpRequest, slug: str, key: str) -> models.Matrix:
    """Return a matrix of an organisation that the user may read; 404 otherwise."""
    visible = models.Matrix.objects.visible_to(request.user).select_related("organisation")
    matrix: models.Matrix = get_object_or_404(visible, organisation__slug=slug, key=key)
    return matrix


def require_editor(request: HttpRequest, organisation: models.Organisation) -> None:
    """Raise 403 unless the user may write in the organisation."""
    user = request.user
    if not user.is_superuser and not organisation.memberships.filter(user=user, level__in=EDITORS).exists():
        raise PermissionDenied
