"""What lint is told of charters: which duties their roles work on in all matrices, and whose signatures are late."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date, timedelta
from threading import Lock

from raci import models
from raci.domain.charter import digest, draw_up, lines, written_roles
from raci.domain.charter.view import holdings_on
from raci.domain.lint import DEFAULTS, Chartered, Unsigned
from raci.domain.matrix import Matrix
from raci.domain.records import Signature
from raci.domain.whole import Whole
from raci.services.charters.drawing import digests_of
from raci.services.history import revision_at
from raci.services.whole import load_whole, whole_at

_KEPT = 4
_NONE = Chartered()
# By organisation: the hash of the revision and the day, and what was found.
_cache: OrderedDict[int, tuple[tuple[str, date], Chartered]] = OrderedDict()
_lock = Lock()


def chartered(row: models.Matrix, matrix: Matrix, head: str, today: date) -> Chartered:
    """Return what the rules on charters need to know of an organisation beside one of its matrices.

    ``head`` is the hash of the latest revision. Nothing is read where no charter is written, or where this process has
    looked at that revision today. Else all matrices are read as they are, and as they were `ack_days` ago where a
    signature is missing: as many queries whatever the number of roles, people and signatures.
    """
    if not matrix.charters and not matrix.accountabilities:
        return _NONE
    with _lock:
        known = _cache.get(row.organisation_id)
    if known and known[0] == (head, today):
        return known[1]
    whole = load_whole(row.organisation)
    found = Chartered.of(whole, unsigned(row.organisation, whole, today, DEFAULTS.ack_days))
    with _lock:
        _cache[row.organisation_id] = ((head, today), found)
        _cache.move_to_end(row.organisation_id)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return found


def unsigned(organisation: models.Organisation, whole: Whole, today: date, days: int) -> Mapping[str, Unsigned]:
    """Return the roles whose holders are late to sign: they held it ``days`` ago, and what was written then or what
    changed until then is not what they signed.
    """
    current = digests_of(whole)
    waiting = {
        (role, one.person)
        for role in written_roles(whole.register)
        for one in holdings_on(whole.register, role, today)
        if not _has_signed(whole, role, one.person, current[role])
    }
    if not waiting:
        return {}
    then = whole_at(organisation, revision_at(organisation, today - timedelta(days=days)))
    found: dict[str, Unsigned] = {}
    for role, person in sorted(waiting):
        before = found.get(role, Unsigned())
        match _late(whole, then, role, person, today - timedelta(days=days)):
            case "never":
                found[role] = Unsigned(before.never + 1, before.changed)
            case "changed":
                found[role] = Unsigned(before.never, before.changed + 1)
    return found


def _has_signed(whole: Whole, role: str, person: str, current: str) -> bool:
    latest = latest_signature(whole, role, person)
    return latest is not None and latest.digest == current


def latest_signature(whole: Whole, role: str, person: str) -> Signature | None:
    """Return the latest signature of a person under the charter of a role."""
    mine = [
        (one.number, key, one)
        for (of, key), one in whole.register.signatures.items()
        if of == role and one.person == person
    ]
    return max(mine, key=lambda item: item[:2])[2] if mine else None


def _late(now: Whole, then: Whole, role: str, person: str, day: date) -> str:
    """Return why somebody who has not signed the charter of today is late, "" where they still have time."""
    if role not in then.register.roles or role not in written_roles(then.register):
        return ""
    if person not in {one.person for one in holdings_on(then.register, role, day)}:
        return ""
    signature = latest_signature(now, role, person)
    if signature is None:
        return "never"
    if signature.number > then.revision:
        return ""
    return "" if digest(lines(draw_up(then, role, day))) == signature.digest else "changed"
