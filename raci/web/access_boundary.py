"""Who may see what stands between two roles, and who may write it down. What is not there is 404."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from raci.domain.matrix import Matrix
from raci.domain.records import Agreement, Baseline, Difference
from raci.services.boundaries import Between, between
from raci.services.whole import load_whole
from raci.web import access


def pair(request: HttpRequest, slug: str, first: str, second: str, need: access.Need = access.Need.READ) -> Between:
    """Return what stands between two different roles of an organisation."""
    organisation = access.organisation(request, slug, need)
    found = between(organisation, first, second, timezone.localdate()) if first != second else None
    if found is None:
        raise Http404
    return found


def difference(stands: Between, key: str) -> Difference:
    """Return one difference of a pair, as the record has it."""
    found = stands.register.differences.get(key)
    if found is None or {found.first_role, found.second_role} != {stands.found.first, stands.found.second}:
        raise Http404
    return found


def agreement(stands: Between, key: str) -> Agreement:
    """Return one agreement between a pair."""
    if key not in stands.agreements:
        raise Http404
    return stands.agreements[key]


def register(request: HttpRequest, slug: str, need: access.Need = access.Need.READ) -> Matrix:
    """Return what all matrices of an organisation share, its baselines among it."""
    return load_whole(access.organisation(request, slug, need)).register


def baseline(register: Matrix, key: str) -> Baseline:
    """Return one baseline."""
    if key not in register.baselines:
        raise Http404
    return register.baselines[key]
