"""The lines of a preview as they are shown, and narrowing them down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.domain.change import Address, Change
from raci.domain.previewing import Line, Picks, Preview, Settled, Verdict
from raci.domain.previewing.settle import LACKING
from raci.domain.proposal import Group, Standing
from raci.domain.records import Kind
from raci.domain.scheme import Scheme
from raci.domain.text import fold
from raci.services.describing import describe
from raci.services.door import Touched
from raci.services.imports.questions import can_ask
from raci.services.naming import Names, value_in_words
from raci.services.words import said

GROUPS = {
    Group.MATRIX: gettext_lazy("New matrix"),
    Group.AREAS: gettext_lazy("New areas"),
    Group.NEW_COLUMNS: gettext_lazy("New columns"),
    Group.NEW_ROWS: gettext_lazy("New rows"),
    Group.TITLES: gettext_lazy("Other titles and names"),
    Group.MOVES: gettext_lazy("Moved"),
    Group.CELLS: gettext_lazy("Letters"),
    Group.MISSING_ROWS: gettext_lazy("Rows that the file does not have"),
    Group.MISSING_COLUMNS: gettext_lazy("Columns that the file does not have"),
    Group.TERMS: gettext_lazy("Questions and due dates of grey areas"),
    Group.CLAIMS: gettext_lazy("Claims"),
    Group.GREY_AREAS: gettext_lazy("New grey areas"),
    Group.COMMENTS: gettext_lazy("Comments"),
    Group.ALIASES: gettext_lazy("Other names of roles"),
}
HINTS = {
    Group.MISSING_ROWS: gettext_lazy("Missing is not empty: they stay unless you accept that they go."),
    Group.MISSING_COLUMNS: gettext_lazy("Missing is not empty: they stay unless you accept that they go."),
    Group.CLAIMS: gettext_lazy("What was put down on the sheet of grey areas: proposals, no decisions."),
    Group.GREY_AREAS: gettext_lazy("Rows whose owner is not clear in the file become questions."),
}
STANDINGS = (
    (Standing.OPEN.value, gettext_lazy("Only the file changed it")),
    (Standing.DISPUTED.value, gettext_lazy("Changed in both")),
    (Standing.DONE.value, gettext_lazy("Is so already")),
)


class LinesFilter(forms.Form):
    """What the lines can be narrowed to; stands in the address, so that a view of them can be sent to somebody."""

    group = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    standing = forms.ChoiceField(label=gettext_lazy("How it stands"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    text = forms.CharField(label=gettext_lazy("Text"), required=False, max_length=200)

    def __init__(self, data: QueryDict, preview: Preview) -> None:
        super().__init__(data)
        shown = preview.named[preview.any.key]
        columns = dict.fromkeys(key for matrix in preview.named.values() for key in matrix.column_keys)
        roles = [(key, shown.roles[key].name) for key in columns if key in shown.roles]
        areas = sorted(shown.areas, key=lambda key: (shown.areas[key].position, key))
        choices: Mapping[str, list[tuple[str, Any]]] = {
            "group": [(group.value, GROUPS[group]) for group in preview.by_group],
            "standing": list(STANDINGS),
            "role": roles,
            "area": [(key, shown.areas[key].name) for key in areas],
        }
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *found]

    @property
    def asked(self) -> dict[str, str]:
        """What is asked for; what is not among the choices asks for nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def narrowed(preview: Preview, asked: Mapping[str, str]) -> list[Line]:
    """Return the lines that are asked for, in the order of the page."""
    groups = preview.by_group.items()
    lines = [line for group, mine in groups if asked.get("group", group) == group.value for line in mine]
    if "standing" in asked:
        lines = [line for line in lines if line.standing.value == asked["standing"]]
    if "role" in asked:
        lines = [line for line in lines if any(asked["role"] in _roles(one) for one in line.wish.changes)]
    if "area" in asked:
        lines = [line for line in lines if asked["area"] in _areas(preview, line)]
    if "text" in asked:
        words = fold(asked["text"]).split()
        lines = [line for line in lines if _has(preview, line, words)]
    return lines


def _roles(change: Change) -> tuple[str, ...]:
    address = change.address
    if address.kind in (Kind.CELL, Kind.CLAIM):
        return (address.other,)
    return (address.subject,) if address.kind in (Kind.ROLE, Kind.COLUMN) else ()


def _duty(preview: Preview, address: Address) -> str:
    """Return the key of the duty that something is about, "" where it is about none."""
    if address.kind in (Kind.CELL, Kind.DUTY, Kind.ROW):
        return address.subject
    matrix = preview.shown(address)
    found = matrix.grey_areas.get(address.subject) or matrix.comments.get(address.subject)
    return found.duty if found else ""


def _areas(preview: Preview, line: Line) -> set[str]:
    duties = preview.named[preview.any.key].duties
    found = (_duty(preview, change.address) for change in line.wish.changes)
    own = {change.address.subject for change in line.wish.changes if change.address.kind is Kind.AREA}
    return own | {duties[duty].area for duty in found if duty in duties}


def _has(preview: Preview, line: Line, words: Iterable[str]) -> bool:
    texts = [line.wish.where, said(line.wish.about) if line.wish.about else ""]
    for change in line.wish.changes:
        shown = preview.shown(change.address)
        duty = shown.duties.get(_duty(preview, change.address))
        texts += [duty.code, duty.title] if duty else []
        texts += [shown.roles[role].name for role in _roles(change) if role in shown.roles]
        texts += [str(change.before), str(change.after)] if change.field in ("title", "name", "text") else []
    whole = fold(" ".join(texts))
    return all(word in whole for word in words)


@dataclass(frozen=True)
class Dispute:
    """What somebody else put where the document wants something else."""

    now: str
    letters: bool
    by: str
    at: str
    number: int


@dataclass(frozen=True)
class ShownLine:
    """One line of the page.

    ``letters`` where it is one cell: the letters before and after. ``what`` are its sentences. ``options`` are the
    answers to a conflict: value, words, and whether it is the one that was given.
    """

    id: str
    where: str
    what: tuple[str, ...]
    code: str
    duty: str
    role: str
    letters: tuple[str, str] | None
    scheme: Scheme
    standing: str
    accepted: bool
    disputes: tuple[Dispute, ...]
    options: tuple[tuple[str, str, bool], ...]
    trouble: str


class Shower:
    """Puts lines into words. ``touched`` says who last changed what is disputed in them."""

    def __init__(
        self, preview: Preview, picks: Picks, settled: Settled | None, names: Names, touched: Mapping[Address, Touched]
    ) -> None:
        self.preview, self.picks, self.settled, self.names, self.touched = preview, picks, settled, names, touched
        self._lacking = preview.lacking(picks) if settled is None else frozenset()

    def show(self, line: Line) -> ShownLine:
        wish, verdict = line.wish, self.preview.verdict(line, self.picks)
        cell = wish.changes[0] if len(wish.changes) == 1 and wish.changes[0].address.kind is Kind.CELL else None
        shown = self.preview.shown(wish.changes[0].address) if wish.changes else self.preview.any
        duty = shown.duties.get(cell.address.subject) if cell else None
        role = shown.roles.get(cell.address.other) if cell else None
        is_cell = cell is not None and duty is not None and role is not None
        return ShownLine(
            id=wish.id,
            where=wish.where,
            what=() if is_cell else self._what(line),
            code=duty.code if is_cell and duty else "",
            duty=duty.title if is_cell and duty else "",
            role=role.name if is_cell and role else "",
            letters=(str(cell.before), str(cell.after)) if is_cell and cell else None,
            scheme=shown.scheme,
            standing=line.standing.value,
            accepted=verdict in (Verdict.ACCEPT, Verdict.INSIST),
            disputes=tuple(self._dispute(conflict) for conflict in line.conflicts),
            options=self._options(line, verdict),
            trouble=self.trouble(wish.id),
        )

    def trouble(self, key: str) -> str:
        """Say why a line that was accepted cannot be made, "" where it can."""
        if self.settled is None:
            return said(LACKING) if key in self._lacking else ""
        found = self.settled.troubles.get(key)
        return said(found) if found else ""

    def _what(self, line: Line) -> tuple[str, ...]:
        if line.wish.about:
            return (said(line.wish.about),)
        return tuple(describe(change, self.names) for change in line.wish.changes[:_SENTENCES])

    def _dispute(self, conflict: Any) -> Dispute:
        change = conflict.change
        touched = self.touched.get(change.address)
        is_cell = change.address.kind is Kind.CELL
        now = str(conflict.current) if is_cell else self._in_words(change, conflict.current)
        at = date_format(timezone.localtime(touched.at), "DATETIME_FORMAT") if touched else ""
        return Dispute(now, is_cell, touched.by if touched else "", at, touched.number if touched else 0)

    def _in_words(self, change: Change, current: Any) -> str:
        if current is None:
            return _("not there")
        return value_in_words(change, current, self.names) if change.field else _("there, with other contents")

    def _options(self, line: Line, verdict: Verdict) -> tuple[tuple[str, str, bool], ...]:
        if line.standing is not Standing.DISPUTED:
            return ()
        found = [(Verdict.REFUSE, _("Keep what is there")), (Verdict.INSIST, _("Take the file’s"))]
        if can_ask(self.preview, line):
            found.append((Verdict.ASK, _("Make it a question")))
        return tuple((value.value, words, value is verdict) for value, words in found)


# A wish of many changes is told by the first of them.
_SENTENCES = 3
