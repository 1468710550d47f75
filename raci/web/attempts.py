"""Trying to do something, and saying at the form what stands in the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from raci import models
from raci.forms.record import RecordForm
from raci.services.door import Author
from raci.services.structure import Action, Done, NotPossible, Planned, Scene, carry_out, perform
from raci.web import access
from raci.web.answers import CONFLICT, UNPROCESSABLE, Clash, clashes, say_written


@dataclass(frozen=True)
class Attempt:
    """What became of an action: done, or not possible."""

    done: Done | None = None
    error: NotPossible | None = None

    @property
    def ok(self) -> bool:
        return self.done is not None and self.done.outcome.ok

    @property
    def status(self) -> int:
        if self.ok:
            return 200
        return CONFLICT if self.done and self.done.outcome.conflicts else UNPROCESSABLE

    @property
    def clashes(self) -> list[Clash]:
        """What somebody else changed meanwhile."""
        return clashes(self.done.outcome) if self.done else []

    @property
    def problems(self) -> Iterator[tuple[str, str]]:
        """What cannot stand: the field, "" for all of it, and why."""
        if self.error:
            yield self.error.field, str(self.error)
        for refusal in self.done.outcome.refusals if self.done else ():
            yield refusal.field, refusal.message

    def explain(self, form: RecordForm) -> None:
        """Say at the fields of a form what stands in the way; sent again, it has seen what others did."""
        if self.clashes:
            form.show_what_is_there()
        for name, message in self.problems:
            form.add_error(name if name in form.fields else None, message)


def attempt(request: HttpRequest, action: Action, matrix: models.Matrix | None = None) -> Attempt:
    """Do one thing in the place of the request, and say so where it is done."""
    return _tried(
        request, lambda author: perform(organisation=_here(request), action=action, author=author, matrix=matrix)
    )


def attempt_plan(request: HttpRequest, make: Callable[[Scene], Planned]) -> Attempt:
    """Make a plan in the place of the request and write it, and say so where it is done."""
    return _tried(request, lambda author: carry_out(organisation=_here(request), make=make, author=author))


def _here(request: HttpRequest) -> models.Organisation:
    return access.place(request).organisation


def _tried(request: HttpRequest, do: Callable[[Author], Done]) -> Attempt:
    try:
        done = do(Author.of(request.user, "workspace"))
    except NotPossible as error:
        return Attempt(error=error)
    if done.outcome.ok:
        say_written(request, done.outcome, done.sentence)
    return Attempt(done)


def nothing_to_do() -> Attempt:
    """Return what becomes of a button that asks for what is not there."""
    return Attempt(error=NotPossible(_("What this is about is not there any more.")))
