"""What is to be made of a proposal, once a person has answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from raci.domain.change import Change, in_order
from raci.domain.fitting import Fitting
from raci.domain.matrix import concerns
from raci.domain.merge import Spot
from raci.domain.previewing.picks import Picks, Verdict
from raci.domain.previewing.preview import Line, Preview
from raci.domain.proposal import Standing, Wish, insisted
from raci.domain.records import Kind
from raci.domain.text import Sentence
from raci.domain.text import gettext_noop as _

LACKING = Sentence(_("It needs another line that is not accepted."))
CLASHING = Sentence(_("Another line that is accepted wants something else in the same place."))


@dataclass(frozen=True)
class Settled:
    """What follows from the answers.

    ``made`` are the wishes to be made, ``changes`` what they come to, ``asked`` the conflicts that become questions.
    ``troubles`` says by id why a wish that was accepted cannot be made.
    """

    made: tuple[Wish, ...] = ()
    changes: tuple[Change, ...] = ()
    asked: tuple[Line, ...] = ()
    troubles: Mapping[str, Sentence] = field(default_factory=dict)

    @property
    def conditions(self) -> tuple[Change, ...]:
        """What has to be still as it was for the wishes to be made: it is compared with them, and nothing is written.

        What is to be changed itself is compared anyway.
        """
        spots = {(change.address, change.field) for change in self.changes}
        still = (change for wish in self.made for change in wish.changes if change.before == change.after)
        return tuple({spot: one for one in still if (spot := (one.address, one.field)) not in spots}.values())


def settle(preview: Preview, picks: Picks) -> Settled:
    """Return what is to be made: of what was accepted all that fits what is current, each wish whole or not at all."""
    lacking = preview.lacking(picks)
    troubles = dict.fromkeys(lacking, LACKING)
    made: dict[str, Wish] = {}
    asked: list[Line] = []
    for key, line in preview.lines.items():
        verdict = preview.verdict(line, picks)
        if verdict is Verdict.ASK:
            asked.append(line)
        elif verdict is not Verdict.REFUSE and key not in lacking:
            insists = line.standing is Standing.DISPUTED
            made[key] = insisted(line.wish, preview.values) if insists else line.wish
    changes = _fit(preview, made, troubles)
    return Settled(tuple(made.values()), changes, tuple(asked), troubles)


def _fit(preview: Preview, made: dict[str, Wish], troubles: dict[str, Sentence]) -> tuple[Change, ...]:
    """Take wishes that do not fit out of ``made``, with all that need them, until what is left fits."""
    while True:
        changes, out = _together(preview, made)
        if not out:
            out = _wishes_of(made, _misfits(preview, changes, _disputed(preview, made)))
        if not out:
            return in_order(changes)
        for key in _with_dependents(preview, out):
            if made.pop(key, None):
                troubles[key] = out.get(key, LACKING)


def _misfits(preview: Preview, changes: list[Change], disputed: list[Change]) -> dict[Spot, Sentence]:
    """Return the changes that do not fit the matrix that they are about, the first causes first."""
    if _only_letters(preview, changes) and not any(change.removes for change in disputed):
        return {}
    found: dict[Spot, Sentence] = {}
    alone = len(preview.matrices) == 1
    for key, matrix in preview.matrices.items():
        mine, others = ([one for one in some if alone or concerns(matrix, one)] for some in (changes, disputed))
        _kept, refused = Fitting(preview.named[key], matrix, mine, others).settle()
        found |= {(change.address, change.field): why for change, why in refused}
    return found


def _only_letters(preview: Preview, changes: list[Change]) -> bool:
    """Tell at once that all changes are letters in rows and columns that there are: those always fit together."""
    for change in changes:
        address = change.address
        if address.kind is not Kind.CELL or address.matrix not in preview.matrices:
            return False
        matrix = preview.matrices[address.matrix]
        if address.subject not in matrix.rows or address.other not in matrix.columns:
            return False
    return True


def _together(preview: Preview, made: Mapping[str, Wish]) -> tuple[list[Change], dict[str, Sentence]]:
    """Return the changes that are not so already, and the wishes that want something else than one before them."""
    found: dict[Spot, Change] = {}
    clashing: dict[str, Sentence] = {}
    for key, wish in made.items():
        for change in wish.changes:
            spot = (change.address, change.field)
            if preview.values[spot] == change.after:
                continue
            if found.setdefault(spot, change).after != change.after:
                clashing[key] = CLASHING
    return list(found.values()), clashing


def _wishes_of(made: Mapping[str, Wish], why: Mapping[Spot, Sentence]) -> dict[str, Sentence]:
    """Return the wishes of changes that do not fit, each with the first reason: what follows from it comes later."""
    if not why:
        return {}
    of_spot: dict[Spot, list[str]] = {}
    for key, wish in made.items():
        for change in wish.changes:
            of_spot.setdefault((change.address, change.field), []).append(key)
    found: dict[str, Sentence] = {}
    for spot, sentence in why.items():
        for key in of_spot.get(spot, ()):
            found.setdefault(key, sentence)
    return found


def _disputed(preview: Preview, made: Mapping[str, Wish]) -> list[Change]:
    return [conflict.change for key, line in preview.lines.items() if key not in made for conflict in line.conflicts]


def _with_dependents(preview: Preview, ids: Iterable[str]) -> set[str]:
    found, pending = set(), list(ids)
    while pending:
        key = pending.pop()
        if key not in found:
            found.add(key)
            pending.extend(preview.needed.get(key, ()))
    return found
