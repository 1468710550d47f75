"""Stand-ins for the parts of an import that have tests of their own: reading a file, comparing it, applying it."""

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction

from raci import models
from raci.domain.change import Change
from raci.domain.proposal import Group, Proposal, Wish
from raci.domain.reading import Crossing, FoundMatrix, Item, Layout, Party, Reading, sentence_to_data
from raci.domain.text import Sentence
from raci.services.door import Author, Outcome, apply_changes
from raci.services.imports.leases import Cancelled, State, pass_on
from raci.services.imports.store import packed, proposal_of

FOREIGN = Reading(
    "csv",
    (
        FoundMatrix(
            "Sheet1",
            "Sheet1!A1",
            Layout.ROLES_ACROSS,
            (Party("Project lead", "Sheet1!B1"),),
            (Item("Choose a vendor", "Sheet1!A2"),),
            (Crossing(0, 0, ("R",), "R", "Sheet1!B2"),),
        ),
    ),
)


def read_file(content: bytes, name: str, *, on_stage: Any = None, cancelled: Any = None) -> dict[str, Any]:
    """Answer as the sandbox does: JSON is taken as the answer itself, all else is a sheet of somebody else."""
    on_stage("guard", 0, 1)
    try:
        answer: dict[str, Any] = json.loads(content)
    except ValueError:
        answer = {"foreign": FOREIGN.to_data()}
    return answer


def refused(text: str) -> bytes:
    return json.dumps({"refused": sentence_to_data(Sentence(text))}).encode()


def ours(**more: Any) -> bytes:
    return json.dumps({"ours": {"facts": more}}).encode()


class Parts:
    """Stand-ins for planning and applying. ``wanted`` is what every file wants; what was called stands in ``calls``."""

    def __init__(self, wanted: tuple[Change, ...] = ()) -> None:
        self.wanted, self.calls = wanted, []
        self.before: Callable[[], None] = lambda: None

    def plan(self, item: models.Import, progress: Any) -> None:
        self.calls.append(f"plan {item.state}")
        self.before()
        proposal = Proposal(item.organisation.revision, (Wish("one", Group.CELLS, self.wanted),))
        if not pass_on(item, State.READY, proposal=packed(proposal.to_data()), verdict=packed({"fixes": 3})):
            raise Cancelled

    def apply(self, item: models.Import, *, author: Author, shown_revision: int) -> Outcome:
        self.calls.append(f"apply {shown_revision} {author.door}")
        self.before()
        proposal = proposal_of(item)
        assert proposal
        with transaction.atomic():
            locked = models.Import.objects.select_for_update().get(pk=item.pk)
            if locked.state != State.APPLYING:
                raise Cancelled
            changes = [change for wish in proposal.wishes for change in wish.changes]
            outcome = apply_changes(organisation=item.organisation, changes=changes, author=author)
            if outcome.ok:
                number = outcome.revision and outcome.revision.number
                pass_on(item, State.APPLIED, revision=number)
        return outcome

    def install(self, patch: Any) -> None:
        """Put the stand-ins where the runner looks for the parts."""
        patch.setattr("raci.services.imports.planning.plan_home", self.plan)
        patch.setattr("raci.services.imports.planning.plan_mapped", self.plan)
        patch.setattr("raci.services.imports.applying.apply", self.apply)
        patch.setattr("raci.services.imports.reading.read_file", read_file)
