"""The runner: makes one step after the other with the imports of an organisation until nothing waits.

It may be killed at any moment. A step writes what it found out in one transaction at its end, or not at all, and what
broke off is taken up by the next runner (`raci.services.imports.leases`).
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from raci import models
from raci.documents.intake.refused import Refused
from raci.domain.reading import sentence_to_data
from raci.domain.text import Sentence, gettext_noop
from raci.services.door import Author
from raci.services.imports import applying, planning, reading
from raci.services.imports.forgetting import forget
from raci.services.imports.leases import Cancelled, Lease, State, take_up
from raci.services.imports.store import is_ours

logger = logging.getLogger("orgroles")

BEAT_SECONDS = 0.5
# A thread gives a sign of life where a step is long in one piece; but no step may take for ever.
HEART_SECONDS = 2.0
LONGEST_STEP_SECONDS = 900.0
_BROKEN = Sentence(
    gettext_noop(
        "Something went wrong on our side, and nothing of this file was taken. What it was stands in the log of the "
        "site: tell whoever runs it, and name the file."
    )
)
_NOBODY_ASKED = Sentence(
    gettext_noop("The account that asked for this to be applied is gone, so nothing was applied. Upload it again.")
)


class Progress:
    """What a step tells while it works: ``progress("lint", 3, 10)``. Raises `Cancelled` once it is not wanted any more.

    Only now and then is it written down: a step may tell as often as it likes.
    """

    def __init__(self, lease: Lease) -> None:
        self._lease, self._told, self._lost = lease, 0.0, False

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> None:
        now = time.monotonic()
        if now - self._told >= BEAT_SECONDS:
            self._told = now
            self._lease.beat(stage, done, total)

    def cancelled(self) -> bool:
        """Tell whether to stop, for whoever cannot be stopped by an exception."""
        now = time.monotonic()
        if not self._lost and now - self._told >= BEAT_SECONDS:
            self._told = now
            try:
                self._lease.beat()
            except Cancelled:
                self._lost = True
        return self._lost


def run(organisation: int, *, alone: bool = False) -> int:
    """Work until nothing waits in an organisation, or another process is at it; return how many steps were made.

    ``alone`` is for a process that does nothing else: a thread of it shows that it lives while a step is long.
    """
    steps = 0
    while lease := take_up(organisation):
        with _heart(lease) if alone else nullcontext():
            _work(lease)
        steps += 1
    forget(organisation)
    return steps


def _work(lease: Lease) -> None:
    try:
        _STEPS[lease.item.state](lease, Progress(lease))
    except Cancelled:
        logger.info("import %s: stopped, it is not wanted any more", lease.item.key)
    except Refused as refused:
        _refuse(lease, refused.sentence)
    except (OperationalError, InterfaceError):
        logger.exception("import %s: the database did not answer", lease.item.key)
        time.sleep(BEAT_SECONDS)
        connection.close_if_unusable_or_obsolete()
    except Exception:  # whatever is wrong with one file must not keep the others waiting
        logger.exception("import %s broke while it was %s", lease.item.key, lease.item.state)
        _refuse(lease, _BROKEN)
    lease.release()


def _refuse(lease: Lease, sentence: Sentence) -> None:
    try:
        lease.end(State.REFUSED, refusal=sentence_to_data(sentence))
    except Cancelled:
        logger.info("import %s: refused, but not wanted any more", lease.item.key)


def _read(lease: Lease, progress: Progress) -> None:
    state, found = reading.read(lease.item, progress, progress.cancelled)
    lease.end(state, **found)


def _plan(lease: Lease, progress: Progress) -> None:
    """Compare; both ways store what they find, by `leases.pass_on`, with the state READY."""
    plan = planning.plan_home if is_ours(lease.item.reading) else planning.plan_mapped
    plan(lease.item, progress)


def _apply(lease: Lease, progress: Progress) -> None:
    """Apply; `applying.apply` gives the state APPLIED in the transaction of the revision, where one is made."""
    item = lease.item
    asked = item.asked or {}
    progress("apply")
    outcome = applying.apply(item, author=_author(asked), shown_revision=asked["shown"])
    if not outcome.ok:
        against = {"conflicts": len(outcome.conflicts), "refusals": [str(one.message) for one in outcome.refusals]}
        lease.end(State.READY, asked={**asked, **against})


def _author(asked: Mapping[str, Any]) -> Author:
    """Return who asked for it. Raises `Refused` where that account is gone or may not sign in any more."""
    reason = asked.get("reason", "")
    if asked.get("user") is None and asked.get("by"):
        return Author(name=asked["by"], door=models.Revision.Door.IMPORT, reason=reason)
    user = models.User.objects.filter(pk=asked.get("user") or 0, is_active=True).first()
    if user is None:
        raise Refused(_NOBODY_ASKED)
    return Author.of(user, models.Revision.Door.IMPORT, reason)


_STEPS: dict[str, Callable[[Lease, Progress], None]] = {
    State.WAITING: _read,
    State.READING: _read,
    State.PLANNING: _plan,
    State.APPLYING: _apply,
}


@contextmanager
def _heart(lease: Lease) -> Iterator[None]:
    """Give a sign of life now and then, until the step is over."""
    over = threading.Event()
    thread = threading.Thread(target=_keep_alive, args=(lease, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _keep_alive(lease: Lease, over: threading.Event) -> None:
    end = time.monotonic() + LONGEST_STEP_SECONDS
    try:
        while not over.wait(HEART_SECONDS):
            if time.monotonic() > end:
                logger.error("import %s takes too long while it is %s: given up", lease.item.key, lease.item.state)
                os._exit(1)  # the step itself does not listen any more
            try:
                lease.beat()
            except Cancelled:
                return  # the step hears of it from its own progress
            except DatabaseError:
                connection.close()  # somebody has the lock, or the database restarts: try again
    finally:
        connection.close()
