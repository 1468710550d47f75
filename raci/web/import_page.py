"""One import as its page shows it: how far it is, in words and as a share, and where it leads."""

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci import models
from raci.domain.reading import sentence_from_data
from raci.services.imports.leases import WORKING
from raci.services.words import said, shown_number

State = models.Import.State
# Each stage: what a process does in it, and the share of the whole that is done when it begins and when it ends.
_READING: dict[str, tuple[Any, int, int]] = {
    "guard": (gettext_lazy("Looking whether the file is safe to open"), 2, 10),
    "parse": (gettext_lazy("Reading the file"), 10, 40),
    "recognise": (gettext_lazy("Looking for the matrix in it"), 40, 55),
}
_PLANNING: dict[str, tuple[Any, int, int]] = {
    "compare": (gettext_lazy("Comparing it with what is on record"), 55, 80),
    "lint": (gettext_lazy("Checking the rules, as it is and as it would be"), 80, 100),
}
_APPLYING: dict[str, tuple[Any, int, int]] = {"apply": (gettext_lazy("Writing the changes, all or none"), 0, 100)}
_STAGES: dict[str, dict[str, tuple[Any, int, int]]] = {
    State.WAITING: _READING | _PLANNING,
    State.READING: _READING | _PLANNING,
    State.PLANNING: _READING | _PLANNING,
    State.APPLYING: _APPLYING,
}
# Where a step begins before its process has said anything.
_FIRST: dict[str, str] = {State.WAITING: "", State.READING: "guard", State.PLANNING: "compare", State.APPLYING: "apply"}


@dataclass(frozen=True)
class Stage:
    """One line of the way: ``standing`` is done, now or next."""

    words: str
    standing: str


@dataclass(frozen=True)
class ImportPage:
    """What is shown of an import."""

    item: models.Import

    @property
    def works(self) -> bool:
        """Whether a process works on it."""
        return self.item.state in WORKING

    @property
    def stage(self) -> str:
        """The stage that it is in, "" where it waits."""
        told = self.item.work.stage
        return told if told in _STAGES[self.item.state] else _FIRST[self.item.state]

    @property
    def says(self) -> str:
        """What is being done, in words."""
        if not self.stage:
            return _("Waiting to begin")
        return str(_STAGES[self.item.state][self.stage][0])

    @property
    def counted(self) -> str:
        """How much of the stage is done, where that is known."""
        work = self.item.work
        if not self.item.work.stage or work.total <= 1:
            return ""
        # The guard counts bytes, all others what people count: rows, cells, rules.
        shown = filesizeformat if work.stage == "guard" else shown_number
        return _("%(done)s of %(total)s") % {"done": shown(work.done), "total": shown(work.total)}

    @property
    def share(self) -> int:
        """How much of the whole is done, in per cent."""
        if not self.stage:
            return 0
        _words, begins, ends = _STAGES[self.item.state][self.stage]
        work = self.item.work
        part = min(1.0, work.done / work.total) if work.stage == self.stage and work.total else 0.0
        return begins + round((ends - begins) * part)

    @property
    def stages(self) -> list[Stage]:
        """The whole way, with where it is now."""
        names = list(_STAGES[self.item.state])
        now = names.index(self.stage) if self.stage else -1
        return [
            Stage(str(_STAGES[self.item.state][name][0]), "done" if at < now else "now" if at == now else "next")
            for at, name in enumerate(names)
        ]

    @property
    def refusal(self) -> str:
        """Why it was refused, or ended by itself."""
        return said(sentence_from_data(self.item.refusal)) if self.item.refusal else ""

    def as_json(self) -> dict[str, Any]:
        """Return what a script needs to keep the page up to date."""
        if not self.works:
            return {"works": False}
        standings = [stage.standing for stage in self.stages]
        return {
            "works": True, "says": self.says, "counted": self.counted, "share": self.share, "standings": standings
        }  # fmt: skip


def address_of(item: models.Import) -> str:
    """Return where whoever brought a file goes on: its page, or the page that asks something of them."""
    page = {State.MAPPING: "import_mapping", State.READY: "import_preview"}.get(State(item.state), "import")
    return reverse(page, args=[item.organisation.slug, item.key])


def known_before(item: models.Import) -> str:
    """Say that a file is here already."""
    when = {"at": date_format(timezone.localtime(item.uploaded_at), "DATETIME_FORMAT"), "by": item.uploaded_by_name}
    if item.revision is not None:
        when["number"] = str(item.revision)
        return _("%(by)s uploaded this file on %(at)s already; it became revision %(number)s.") % when
    return _("%(by)s uploaded this file on %(at)s already: this is that import.") % when
