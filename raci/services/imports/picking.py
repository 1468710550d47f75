"""The answers that a person gives on the preview, kept as they are given."""

from collections.abc import Callable, Iterable

from django.db import transaction

from raci import models
from raci.domain.previewing import Pick, Picks, Preview, Verdict
from raci.domain.previewing.preview import answered
from raci.domain.proposal import Group
from raci.services.imports.leases import State


def picks_of(item: models.Import) -> Picks:
    """Return the answers given so far."""
    return Picks.from_data(item.picks)


def pick_lines(item: models.Import, preview: Preview, ids: Iterable[str], verdict: Verdict) -> Picks | None:
    """Answer some lines; ids that are none of a line are passed over. None where it is too late to answer."""
    lines = answered((preview.lines[key] for key in ids if key in preview.lines), verdict)
    given = {line.wish.id: Pick(verdict, line.seen) for line in lines}
    return _keep(item, lambda picks: picks.with_lines(given))


def pick_group(item: models.Import, preview: Preview, group: Group, verdict: Verdict) -> Picks | None:
    """Accept or refuse a whole group, or answer all its conflicts. None where it is too late to answer."""
    lines = preview.by_group.get(group, ())
    if verdict in (Verdict.INSIST, Verdict.ASK):
        return pick_lines(item, preview, [line.wish.id for line in lines], verdict)
    return _keep(item, lambda picks: picks.with_group(group, verdict, (line.wish.id for line in lines)))


def _keep(item: models.Import, change: Callable[[Picks], Picks]) -> Picks | None:
    """Change the answers as they are now: somebody may be giving others in another window."""
    with transaction.atomic():
        row = models.Import.objects.select_for_update().only("state", "picks").get(pk=item.pk)
        if row.state != State.READY:
            return None
        picks = change(Picks.from_data(row.picks))
        models.Import.objects.filter(pk=item.pk).update(picks=picks.to_data())
    return picks
