"""The preview of an import: what would be made, line by line, and the sum of it."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from raci import models
from raci.domain.previewing import Outlook, Picks, Preview, Settled, Verdict
from raci.domain.proposal import Group, Standing
from raci.domain.reading import sentence_from_data
from raci.services.describing import describe
from raci.services.imports.picking import picks_of
from raci.services.imports.previewing import meanwhile, names_of, outlook, preview_of, settled, touches
from raci.services.imports.store import unpacked
from raci.services.naming import Names
from raci.services.words import finding_says, said, shown_number
from raci.web.import_preview_keys import keys_of_the_page
from raci.web.import_preview_lines import GROUPS, HINTS, LinesFilter, Shower, ShownLine, narrowed

ON_A_PAGE = 100
_PROBLEMS = 50
_NAMED = 5
_MISSING = (Group.MISSING_ROWS, Group.MISSING_COLUMNS)


class PreviewSum:
    """What the answers come to, in words. The work does not grow with the lines where there are many."""

    def __init__(self, item: models.Import, preview: Preview, picks: Picks) -> None:
        self.item, self.preview, self.picks = item, preview, picks

    @cached_property
    def settled(self) -> Settled | None:
        return settled(self.preview, self.picks)

    @cached_property
    def tally(self) -> Mapping[tuple[Group, Standing, Verdict], int]:
        return self.preview.tally(self.picks)

    @property
    def left_out(self) -> int:
        """How many lines were accepted but cannot be made."""
        return len(self.preview.lacking(self.picks) if self.settled is None else self.settled.troubles)

    @cached_property
    def accepted(self) -> int:
        """How many lines are made."""
        return self._count(verdicts=(Verdict.ACCEPT, Verdict.INSIST)) - self.left_out

    @property
    def asked(self) -> int:
        """How many conflicts become questions."""
        return self._count(verdicts=(Verdict.ASK,))

    @property
    def can_apply(self) -> bool:
        return bool(self.accepted or self.asked)

    def words(self) -> str:
        """Say what would be made and what would not: "84 changes accepted, 3 conflicts kept as they are; …"."""
        kept = self._count(standings=(Standing.DISPUTED,), verdicts=(Verdict.REFUSE,))
        rows, columns = (self._count((group,), (Standing.OPEN,), (Verdict.REFUSE,)) for group in _MISSING)
        refused = self._count(standings=(Standing.OPEN,), verdicts=(Verdict.REFUSE,)) - rows - columns
        done = self._count(standings=(Standing.DONE,))
        parts = (
            (self.accepted, ngettext("%(n)s change accepted", "%(n)s changes accepted", self.accepted)),
            (self.asked, ngettext("%(n)s conflict becomes a question", "%(n)s conflicts become questions", self.asked)),
            (kept, ngettext("%(n)s conflict kept as it is", "%(n)s conflicts kept as they are", kept)),
            (refused, ngettext("%(n)s refused", "%(n)s refused", refused)),
            (rows, ngettext("%(n)s missing row left alone", "%(n)s missing rows left alone", rows)),
            (columns, ngettext("%(n)s missing column left alone", "%(n)s missing columns left alone", columns)),
            (self.left_out, ngettext("%(n)s cannot be made", "%(n)s cannot be made", self.left_out)),
            (done, ngettext("%(n)s is so already", "%(n)s are so already", done)),
        )
        said_so = [text % {"n": shown_number(count)} for count, text in parts if count]
        return ", ".join(said_so) if self.accepted else ", ".join([_("Nothing accepted"), *said_so])

    def lint_words(self) -> str:
        """Say what lint would find otherwise."""
        fixes, adds = self._fixes_and_adds
        if not fixes and not adds:
            return _("Lint: the same findings as before")
        return _("Lint: fixes %(fixes)s, adds %(adds)s") % {"fixes": shown_number(fixes), "adds": shown_number(adds)}

    def button(self) -> str:
        """Say what applying does."""
        count = self.accepted + self.asked
        text = ngettext("Apply %(n)s change", "Apply %(n)s changes", count)
        return text % {"n": shown_number(count)} if count else _("Nothing to apply")

    @cached_property
    def outlook(self) -> Outlook | None:
        if self.settled is None:
            return None
        return outlook(self.preview, self.settled.changes, timezone.localdate())

    @cached_property
    def verdict(self) -> Mapping[str, Any]:
        """What lint said when the file was compared, of everything as it was offered."""
        found: Mapping[str, Any] = unpacked(self.item.verdict) or {}
        return found

    @property
    def findings(self) -> list[tuple[str, list[str], int]]:
        """The findings that would go and come, the first of each, and how many more there are."""
        fixes, adds = self._fixes_and_adds
        if self.outlook is None:
            named = [[said(sentence_from_data(one)) for one in self.verdict.get(name, ())] for name in _SIDES]
        else:
            named = [[finding_says(one) for one in side] for side in (self.outlook.fixed, self.outlook.added)]
        titles = (_("Findings that would be gone"), _("Findings that would come"))
        sides = zip(titles, named, (fixes, adds), strict=True)
        return [(title, found[:_NAMED], count - len(found[:_NAMED])) for title, found, count in sides if count]

    @property
    def health(self) -> tuple[str, str]:
        """How many rows are clean now and how many then, of those that apply."""
        sides = self.verdict.get("before", {}), self.verdict.get("after", {})
        if self.outlook is not None:
            sides = vars(self.outlook.before), vars(self.outlook.after)
        before, after = map(_of, sides)
        return before, after

    @property
    def is_as_offered(self) -> bool:
        """Whether what lint says is of everything as it was offered, whatever was answered since."""
        return self.settled is None

    def groups(self) -> dict[str, str]:
        """Say of each group how many of its lines are made."""
        return {group.value: self._of_group(group) for group in self.preview.by_group}

    def as_json(self, ids: Iterable[str]) -> dict[str, Any]:
        """Return what a script needs to keep the page up to date; ``ids`` are the lines that it shows."""
        lines = [self.preview.lines[key] for key in ids if key in self.preview.lines]
        shower = Shower(self.preview, self.picks, self.settled, Names({}, {}), {})
        return {
            "sum": self.words(),
            "lint": self.lint_words(),
            "button": self.button(),
            "can_apply": self.can_apply,
            "groups": self.groups(),
            "lines": {
                line.wish.id: [self.preview.verdict(line, self.picks).value, shower.trouble(line.wish.id)]
                for line in lines
            },
        }

    @property
    def _fixes_and_adds(self) -> tuple[int, int]:
        if self.outlook is None:
            return self.verdict.get("fixes", 0), self.verdict.get("adds", 0)
        return len(self.outlook.fixed), len(self.outlook.added)

    def _of_group(self, group: Group) -> str:
        counts = {
            "made": shown_number(self._count((group,), verdicts=(Verdict.ACCEPT, Verdict.INSIST))),
            "all": shown_number(len(self.preview.by_group[group])),
        }
        return _("%(made)s of %(all)s accepted") % counts

    def _count(
        self,
        groups: Iterable[Group] = (),
        standings: Iterable[Standing] = (),
        verdicts: Iterable[Verdict] = (),
    ) -> int:
        wanted = (tuple(groups) or tuple(Group), tuple(standings) or tuple(Standing), tuple(verdicts) or tuple(Verdict))
        return sum(
            count
            for key, count in self.tally.items()
            if all(part in side for part, side in zip(key, wanted, strict=True))
        )


_SIDES = ("fixed", "added")


def _of(health: Mapping[str, int]) -> str:
    counts = {"clean": shown_number(health.get("clean", 0)), "all": shown_number(health.get("applicable", 0))}
    return _("%(clean)s of %(all)s rows clean") % counts


class PreviewPage:
    """What is shown of an import that is ready. Raises `MatrixGone`."""

    def __init__(self, request: HttpRequest, item: models.Import) -> None:
        self.item = item
        self.preview = preview_of(item)
        self.picks = picks_of(item)
        self.sum = PreviewSum(item, self.preview, self.picks)
        self.form = LinesFilter(request.GET, self.preview)
        self.found = narrowed(self.preview, self.form.asked)
        self.page = Paginator(self.found, ON_A_PAGE).get_page(request.GET.get("page"))
        self.keys = keys_of_the_page()

    @property
    def filter(self) -> dict[str, Any]:
        return {"form": self.form}

    @property
    def is_filtered(self) -> bool:
        return bool(self.form.asked)

    @property
    def revision(self) -> int:
        """The revision that is shown."""
        return self.preview.revision

    @property
    def matrices(self) -> list[tuple[str, str]]:
        """The matrices that there are and that it is about: key and title."""
        found = self.preview.matrices.items()
        return [(key, matrix.sheet.title) for key, matrix in found if key and key not in self.preview.new]

    @cached_property
    def names(self) -> Names:
        return names_of(self.preview)

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """The lines of this page, group by group."""
        lines = list(self.page.object_list)
        shower = Shower(self.preview, self.picks, self.sum.settled, self.names, touches(self.item, lines))
        counted = self.sum.groups()
        return [
            {
                "key": group.value,
                "title": GROUPS[group],
                "hint": HINTS.get(group, ""),
                "counted": counted[group.value],
                "lines": [shower.show(line) for line in mine],
            }
            for group, mine in groupby(lines, key=lambda line: line.wish.group)
        ]

    @property
    def lines(self) -> list[ShownLine]:
        return [line for section in self.sections for line in section["lines"]]

    @cached_property
    def meanwhile(self) -> dict[str, Any]:
        """What changed here and not in the file since it was exported, in sentences with who and when."""
        found, count = meanwhile(self.item, self.preview)
        told = [(describe(one.change, self.names), one.touched) for one in found]
        return {"told": told, "count": count, "more": count - len(told)}

    @cached_property
    def problems(self) -> dict[str, Any]:
        """What somebody should know of the file, with where it stands."""
        found = self.preview.proposal.problems
        told = [(one.where, said(one.message), one.weight.value) for one in found[:_PROBLEMS]]
        return {"told": told, "count": len(found), "more": len(found) - len(told)}

    @property
    def against(self) -> dict[str, Any]:
        """What stood against it when it was last tried to apply it: conflicts, refusals."""
        asked = self.item.asked or {}
        return {"conflicts": asked.get("conflicts", 0), "refusals": asked.get("refusals", [])}

    @property
    def reason(self) -> str:
        return str((self.item.asked or {}).get("reason", ""))
