"""The page on which a holding is ended, and what a form says of what stood in its way."""

from dataclasses import dataclass
from itertools import groupby

from django import forms

from raci import models
from raci.forms.staffing import HoldingForm
from raci.services.structure.holdings import Owned, SuccessorWanted, term_said
from raci.web.answers import UNPROCESSABLE
from raci.web.attempts import Attempt


def explain(tried: Attempt, form: forms.Form) -> None:
    """Say at the fields of a form what stood in the way; that somebody was faster, at its top."""
    for name, message in tried.problems:
        form.add_error(name if name in form.fields else None, message)


@dataclass(frozen=True)
class HoldingPage:
    """A holding that is to end. Where it would leave duties with nobody, who follows is asked."""

    holding: models.Holding
    form: HoldingForm
    tried: Attempt | None = None

    @property
    def term(self) -> str:
        return term_said(self.holding.starts_on, self.holding.ends_on)

    @property
    def asks(self) -> SuccessorWanted | None:
        """What was answered with a question: who follows."""
        error = self.tried.error if self.tried else None
        return error if isinstance(error, SuccessorWanted) else None

    @property
    def places(self) -> list[tuple[str, list[Owned]]]:
        """The duties that would be left with nobody, matrix by matrix."""
        duties = self.asks.duties if self.asks else ()
        return [(title, list(rows)) for title, rows in groupby(duties, key=lambda one: one.matrix_title)]

    @property
    def status(self) -> int:
        if self.tried:
            return self.tried.status
        return UNPROCESSABLE if self.form.is_bound else 200
