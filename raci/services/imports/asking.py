"""What a person asks of an import between the steps: to go on, to apply it, to stop."""

from typing import Any

from raci import models
from raci.services.imports.leases import ENDED, State, pass_on
from raci.services.imports.starting import wake
from raci.services.imports.store import is_ours


def go_on(item: models.Import, choices: Any, *, start: bool = True) -> bool:
    """Compare with the answers of the mapping page; False where somebody else was faster.

    Without ``start`` whoever calls sees to the work.
    """
    if item.state != State.MAPPING or not pass_on(item, State.PLANNING, choices=choices):
        return False
    if start:
        wake(item.organisation)
    return True


def map_again(item: models.Import) -> bool:
    """Go back from the preview to the mapping page; False for a workbook of our own, which is never mapped."""
    if item.state != State.READY or is_ours(item.reading):
        return False
    return pass_on(item, State.MAPPING, proposal=None, verdict=None, asked=None)


def begin_applying(
    item: models.Import,
    *,
    user: models.User | None,
    shown_revision: int,
    reason: str = "",
    by: str = "",
    start: bool = True,
) -> bool:
    """Ask for what is accepted to be applied; False where it is not ready: pressed twice, or applied already.

    What is accepted is kept with the import. ``shown_revision`` is the revision that the preview showed, ``reason`` the
    person's own words. A process applies it; where it could not, the import is ready again and `Import.asked` says
    how many conflicts there are and what was refused. ``by`` is who asks where no account does; without ``start``
    whoever calls sees to the work.
    """
    asked = {"user": user.pk if user else None, "by": by, "shown": shown_revision, "reason": reason}
    if item.state != State.READY or not pass_on(item, State.APPLYING, asked=asked):
        return False
    if start:
        wake(item.organisation)
    return True


def cancel(item: models.Import) -> bool:
    """Stop an import; False where it had ended before, applied or not. Never does it end half."""
    rows = models.Import.objects.filter(pk=item.pk).exclude(state__in=ENDED)
    return bool(rows.update(state=State.CANCELLED, content=None))
