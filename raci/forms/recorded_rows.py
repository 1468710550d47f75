"""Rows of a form, each a record of its own: shown, added to, altered and taken away, without a script if need be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from raci.domain.records import Fields, Kind, Value, encode
from raci.forms.judged import JudgedForm
from raci.forms.seen import SeenRecordField
from raci.services.charters import RowDraft

MOST = 40
# Where the number of a row stands in the copy of it that a script fills in.
PATTERN = "__row__"


@dataclass(frozen=True)
class Recorded:
    """A record as the form is to show it."""

    key: str
    fields: Mapping[str, Value]


class RowForm(JudgedForm):
    """One row. ``key`` and ``seen`` say which record it was when it was shown; both are empty for a new one."""

    kind: ClassVar[Kind]
    told: ClassVar[str]  # the field without which a row says nothing

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = SeenRecordField(required=False)
    gone = forms.BooleanField(label=_("Remove"), required=False)

    @classmethod
    def shown(cls, initial: dict[str, Any]) -> dict[str, Any]:
        """Return a record as the fields of the form take it."""
        return initial

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed or chosen that a new row does not have by itself."""
        said = {name: str(self[name].value() or "") for name in self.names}
        return any(value and value != str(self.fields[name].initial or "") for name, value in said.items())

    @property
    def names(self) -> list[str]:
        """The fields of the record that the row asks for."""
        return [name for name in self.fields if name not in ("key", "seen", "gone")]

    @property
    def is_known(self) -> bool:
        """Whether the row was a record when it was shown."""
        return bool(self["key"].value())

    def wanted(self, position: int) -> Fields:
        """Return the record as it was typed. Call it on a valid form only."""
        found = {name: encode(self.cleaned_data[name]) for name in self.names}
        return {**found, "position": position}

    def draft(self, position: int) -> RowDraft | None:
        """Return what becomes of the record; None for a row in which nothing was said."""
        seen, key = self.cleaned_data["seen"], self.cleaned_data["key"]
        if self.cleaned_data["gone"] or not self.cleaned_data[self.told]:
            return RowDraft(self.kind, key, seen, None) if key else None
        return RowDraft(self.kind, key, seen, self.wanted(position))

    def clean(self) -> dict[str, Any]:
        """A row that is filled in says what it is about."""
        values = super().clean() or {}
        told = values.get(self.told)
        if told == "" and not values.get("gone") and not self.is_known and self.is_filled:
            self.add_error(self.told, _("Say what it is about."))
        return values


class Rows:
    """All rows of one kind. ``records`` are those on record; ``spare`` empty rows stand below them."""

    def __init__(
        self,
        form: type[RowForm],
        prefix: str,
        records: Sequence[Recorded],
        data: QueryDict | None = None,
        *,
        judged: bool = True,
        spare: int = 1,
        more: bool = False,
        **options: Any,
    ) -> None:
        self.form, self.prefix, self.options = form, prefix, options
        self.wrong: list[str] = []
        if data is None:
            self.forms = [self._shown(at, one) for at, one in enumerate(records)]
            self.forms += [form(prefix=f"{prefix}-{len(self.forms) + at}", **options) for at in range(spare)]
            return
        count = min(_number(data.get(self.count_name, "")) + more, MOST)
        self.forms = [form(data, prefix=f"{prefix}-{at}", judged=judged, **options) for at in range(count)]

    @property
    def count_name(self) -> str:
        return f"{self.prefix}-count"

    @property
    def count(self) -> int:
        return len(self.forms)

    @property
    def pattern(self) -> RowForm:
        """An empty row for a script to copy."""
        return self.form(prefix=f"{self.prefix}-{PATTERN}", **self.options)

    def is_valid(self) -> bool:
        """Look at all rows, not only up to the first that is wrong."""
        return [form.is_valid() for form in self.forms].count(False) == 0

    def drafts(self) -> Iterator[RowDraft]:
        """Yield what becomes of the records, in the order of the rows. Call it where all are valid only."""
        for position, form in enumerate(self.forms):
            if draft := form.draft(position):
                yield draft

    def follow(self, data: QueryDict, records: Sequence[Recorded]) -> None:
        """Let what was sent be typed over what is there now: what was left as shown follows what others made of it."""
        there = {one.key: one.fields for one in records}
        for form in self.forms:
            key = form.cleaned_data.get("key", "")
            if not key:
                continue
            now, seen = there.get(key, {}), form.cleaned_data["seen"]
            before, after = (form.shown(dict(one)) if one else {} for one in (seen, now))
            for name in form.names:
                if after and str(form[name].value() or "") == str(before.get(name, "")):
                    data[form.add_prefix(name)] = str(after[name])
            data[form.add_prefix("seen")] = SeenRecordField().prepare_value(dict(now))
            if not now:
                data[form.add_prefix("key")] = ""

    def _shown(self, at: int, one: Recorded) -> RowForm:
        initial = {**one.fields, "key": one.key, "seen": dict(one.fields)}
        return self.form(initial=self.form.shown(initial), prefix=f"{self.prefix}-{at}", **self.options)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
