"""What a person answers on a preview. Nearly all lines stay as they were offered, so only exceptions are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from raci.domain.proposal import Group, Standing, Wish


class Verdict(StrEnum):
    """What becomes of a wish."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    INSIST = "insist"  # of a conflict: what the document says replaces what somebody else put there
    ASK = "ask"  # of a conflict: who is right becomes a question, a grey area


PLAIN = frozenset((Verdict.ACCEPT, Verdict.REFUSE))


class Pick(NamedTuple):
    """The answer to one line. ``seen`` stands for what was current where a conflict was answered: see `Line.seen`."""

    verdict: Verdict
    seen: str = ""


@dataclass(frozen=True)
class Picks:
    """The answers to all lines: those to whole groups, and those to single ones, which count more."""

    groups: Mapping[Group, Verdict] = field(default_factory=dict)
    lines: Mapping[str, Pick] = field(default_factory=dict)

    def usual(self, group: Group, offered: bool) -> Verdict:
        """Return what becomes of a wish that nobody disputes and for which nobody answered by itself."""
        return self.groups.get(group, Verdict.ACCEPT if offered else Verdict.REFUSE)

    def verdict(self, wish: Wish, standing: Standing, seen: str = "") -> Verdict:
        """Return what becomes of a wish.

        A conflict is kept as it is unless somebody answered it having seen what is there now: accepting a group does
        not overwrite what others did, and what changed once more is asked once more.
        """
        pick = self.lines.get(wish.id)
        if standing is Standing.DONE:
            return Verdict.REFUSE
        if standing is Standing.DISPUTED:
            answered = pick is not None and pick.verdict not in PLAIN and pick.seen == seen
            return pick.verdict if pick is not None and answered else Verdict.REFUSE
        if pick is None:
            return self.usual(wish.group, wish.offered)
        # The conflict that was answered is gone: then the document is the only one that wants anything here.
        return {Verdict.INSIST: Verdict.ACCEPT, Verdict.ASK: Verdict.REFUSE}.get(pick.verdict, pick.verdict)

    def with_lines(self, answers: Mapping[str, Pick]) -> "Picks":
        """Return the answers with those to some lines changed."""
        return replace(self, lines={**self.lines, **answers})

    def with_group(self, group: Group, verdict: Verdict, ids: Iterable[str]) -> "Picks":
        """Return the answers with a whole group accepted or refused; ``ids`` are its wishes.

        What was answered to single lines of it is forgotten, but for conflicts where the group is accepted.
        """
        mine = set(ids)
        kept = {
            key: pick
            for key, pick in self.lines.items()
            if key not in mine or (verdict is Verdict.ACCEPT and pick.verdict not in PLAIN)
        }
        return Picks({**self.groups, group: verdict}, kept)

    def to_data(self) -> dict[str, Any]:
        """Return the answers as JSON data; the inverse of `from_data`."""
        return {
            "groups": {group.value: verdict.value for group, verdict in self.groups.items()},
            "lines": {key: [pick.verdict.value, pick.seen] for key, pick in self.lines.items()},
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any] | None) -> "Picks":
        found = data or {"groups": {}, "lines": {}}
        groups = {Group(group): Verdict(verdict) for group, verdict in found["groups"].items()}
        return cls(groups, {key: Pick(Verdict(verdict), seen) for key, (verdict, seen) in found["lines"].items()})
