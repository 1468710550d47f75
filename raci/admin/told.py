"""What the door answered, in sentences."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from raci.domain.merge import Conflict, disagreement
from raci.services.door import Outcome
from raci.services.naming import names_for
from raci.services.words import said


def of_conflict(outcome: Outcome, conflict: Conflict) -> str:
    """Say what stands there now instead of what was seen, who wrote it and when."""
    why = said(conflict.why or disagreement(conflict.change, conflict.current))
    touched = outcome.touched.get(conflict.change.address)
    if touched is None:
        return why
    when = date_format(localtime(touched.at), "DATETIME_FORMAT")
    return " ".join([why, _("It was %(name)s, on %(when)s.") % {"name": touched.by, "when": when}])


def of_outcome(outcome: Outcome) -> list[str]:
    """Return everything that the door has against some changes, each sentence once, with the place of a cell."""
    names = names_for([item.change for item in outcome.conflicts])
    told = [item.message for item in outcome.refusals]
    for item in outcome.conflicts:
        address, sentence = item.change.address, of_conflict(outcome, item)
        if address.matrix:
            what = " ".join(filter(None, [str(names.place(item.change)), names.of(address.other)]))
            sentence = f"{what}: {sentence}"
        told.append(sentence)
    return list(dict.fromkeys(told))
