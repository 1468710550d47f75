"""The hand-written parts of a charter: what the role is for, its main duties, what it may do."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from raci.domain.records import Fields, Kind, Value, encode, to_fields
from raci.forms.amount import AmountField
from raci.forms.decide_parts import day_field, short_text
from raci.forms.record import RecordForm
from raci.forms.recorded_rows import Recorded, RowForm, Rows
from raci.forms.text import TextField
from raci.models.mandate import Verb
from raci.services.charters import Draft

OF_ROLE = ("purpose", "scope")
OF_CHARTER = ("excludes", "domains", "policies", "dependencies", "measures", "valid_from", "review_on")
_ONE_A_LINE = _("One in a line.")
_THOUSANDS = 3  # digits behind a mark
_FEWEST_ROWS = 4  # main duties that a charter has at least

Choices = Sequence[tuple[str, Any]]


def _listing(label: Any, help_text: Any = _ONE_A_LINE) -> TextField:
    return TextField(label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3}))


class CharterForm(RecordForm):
    """What is said of the role as a whole."""

    purpose = TextField(
        label=_("Purpose"),
        required=False,
        help_text=_("One sentence: why the role exists, not what it does. “Each project ends as agreed.”"),
    )
    scope = TextField(
        label=_("Scope"), required=False, help_text=_("How far it reaches: one project, the department, a product.")
    )
    excludes = _listing(_("Does not own"), _("What others might think it owns. One in a line."))
    domains = _listing(_("Controls alone"), _("Things that others need leave to touch. One in a line."))
    policies = _listing(_("Policies"), _("What limits or grants the use of what it controls. One in a line."))
    dependencies = _listing(_("Depends on"))
    measures = _listing(_("Measured by"))
    valid_from = day_field(_("Valid from"), help_text=_("Until then it is a draft."))
    review_on = day_field(_("Review on"), help_text=_("When it is to be looked at again."))

    @property
    def wanted(self) -> dict[str, Value]:
        """What was typed, as it is stored."""
        return {name: encode(self.cleaned_data[name]) for name in self.names}

    def show_what_is_there(self) -> None:
        """Days are stored as text: compare them so."""
        self.cleaned_data = {**self.cleaned_data, **self.wanted}
        super().show_what_is_there()


class MainDutyRow(RowForm):
    """A main duty, what it stands for, and its share of the time."""

    kind = Kind.ACCOUNTABILITY
    told = "text"

    text = short_text(_("Main duty"), 300)
    stands_for = forms.ChoiceField(label=_("Stands for"), required=False)
    share = forms.IntegerField(label=_("Share of time, %"), required=False, min_value=0, max_value=100)

    field_order: ClassVar = ["text", "stands_for", "share", "gone", "key", "seen"]

    def __init__(self, *args: Any, stands_for: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["stands_for"]).choices = [("", _("Only words")), *stands_for]

    @classmethod
    def shown(cls, initial: dict[str, Any]) -> dict[str, Any]:
        """A duty or an area is one choice."""
        stands_for = f"duty:{initial['duty']}" if initial["duty"] else f"area:{initial['area']}"
        said = stands_for if initial["duty"] or initial["area"] else ""
        return {**initial, "stands_for": said, "share": initial["share"] or ""}

    def wanted(self, position: int) -> Fields:
        """Return the record as it was typed."""
        what, _colon, key = self.cleaned_data["stands_for"].partition(":")
        return {
            "text": self.cleaned_data["text"],
            "area": key if what == "area" else "",
            "duty": key if what == "duty" else "",
            "share": self.cleaned_data["share"] or 0,
            "position": position,
        }


def typed(amount: str) -> str:
    """Return a stored amount as somebody would type it in the current language; what it says is read back as it was."""
    whole, _point, decimals = amount.partition(".")
    told = f"{decimals}0" if len(decimals) == _THOUSANDS else decimals  # else they might be read as thousands
    return f"{whole}{get_format('DECIMAL_SEPARATOR')}{told}" if decimals else whole


class AuthorityRow(RowForm):
    """What the role may do, up to where."""

    kind = Kind.AUTHORITY
    told = "thing"

    verb = forms.ChoiceField(label=_("May"), choices=Verb.choices, initial=Verb.DECIDE, required=False)
    thing = short_text(_("What"), 200)
    ceiling = AmountField(label=_("Up to"), required=False)
    unit = short_text(_("Unit"), 40)
    sheet = forms.ChoiceField(label=_("Only in"), required=False)
    note = short_text(_("Note"), 300)

    field_order: ClassVar = ["verb", "thing", "ceiling", "unit", "sheet", "note", "gone", "key", "seen"]

    def __init__(self, *args: Any, sheets: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["sheet"]).choices = [("", _("Everywhere")), *sheets]

    @classmethod
    def shown(cls, initial: dict[str, Any]) -> dict[str, Any]:
        """An amount stands as it is typed."""
        return {**initial, "ceiling": typed(initial["ceiling"])}

    def clean_verb(self) -> str:
        """A row without a verb decides."""
        return str(self.cleaned_data["verb"] or Verb.DECIDE.value)


class NeedRow(RowForm):
    """What whoever owns a duty must be able to do."""

    kind = Kind.NEED
    told = "thing"

    verb = forms.ChoiceField(label=_("Must be able to"), choices=Verb.choices, initial=Verb.DECIDE, required=False)
    thing = short_text(_("What"), 200)
    amount = AmountField(label=_("Up to"), required=False)
    unit = short_text(_("Unit"), 40)

    field_order: ClassVar = ["verb", "thing", "amount", "unit", "gone", "key", "seen"]

    def clean_verb(self) -> str:
        """A row without a verb decides."""
        return str(self.cleaned_data["verb"] or Verb.DECIDE.value)

    @classmethod
    def shown(cls, initial: dict[str, Any]) -> dict[str, Any]:
        """An amount stands as it is typed."""
        return {**initial, "amount": typed(initial["amount"])}

    def wanted(self, position: int) -> Fields:
        """Needs have no order."""
        found = dict(super().wanted(position))
        del found["position"]
        return found


class CharterForms:
    """Everything of a charter that is written by hand, on one page.

    ``adding`` is the prefix of the rows that get one more; then nothing is judged yet.
    """

    def __init__(
        self,
        head: Mapping[str, Value],
        main_duties: Sequence[Recorded],
        authorities: Sequence[Recorded],
        data: QueryDict | None = None,
        *,
        stands_for: Choices = (),
        sheets: Choices = (),
    ) -> None:
        self.data = data
        action = str(data.get("action", "")) if data is not None else ""
        adding = action.removeprefix("add:") if action.startswith("add:") else ""
        self.judged = data is not None and not adding
        self.main_duties, self.authorities = main_duties, authorities
        self.choices = {"main": {"stands_for": stands_for}, "power": {"sheets": sheets}}
        self.head = CharterForm(head, data) if self.judged else CharterForm(head)
        if data is not None and not self.judged:
            self.head.initial.update({name: data.get(name, "") for name in self.head.names})
            self.head.initial["seen"] = data.get("seen", "")
        spare = max(1, _FEWEST_ROWS - len(main_duties))
        self.main = self._rows(MainDutyRow, "main", main_duties, spare=spare, more=adding == "main")
        self.powers = self._rows(AuthorityRow, "power", authorities, more=adding == "power")

    def _rows(self, form: type[RowForm], prefix: str, records: Sequence[Recorded], **more: Any) -> Rows:
        return Rows(form, prefix, records, self.data, judged=self.judged, **more, **self.choices[prefix])

    def is_valid(self) -> bool:
        """Look at everything at once."""
        return self.judged and all([self.head.is_valid(), self.main.is_valid(), self.powers.is_valid()])

    def draft(self, role: str) -> Draft:
        """Return all of it as it is to be written. Call it on valid forms only."""
        seen, wanted = self.head.seen_fields, self.head.wanted
        return Draft(
            role,
            {name: seen[name] for name in OF_ROLE},
            {name: wanted[name] for name in OF_ROLE},
            {name: seen[name] for name in OF_CHARTER},
            {name: wanted[name] for name in OF_CHARTER},
            (*self.main.drafts(), *self.powers.drafts()),
        )

    def follow(self) -> None:
        """After a conflict: keep what was typed, over what is there now."""
        assert self.data is not None
        self.head.show_what_is_there()
        data = self.head.data.copy()
        self.main.follow(data, self.main_duties)
        self.powers.follow(data, self.authorities)
        self.data = data
        self.main = self._rows(MainDutyRow, "main", self.main_duties)
        self.powers = self._rows(AuthorityRow, "power", self.authorities)


def recorded(rows: Mapping[tuple[str, str], Any], subject: str) -> list[Recorded]:
    """Return the records of one role or duty as rows of a form show them, in their order."""
    mine = [(getattr(one, "position", 0), key, one) for (of, key), one in rows.items() if of == subject]
    return [Recorded(key, to_fields(one)) for _position, key, one in sorted(mine, key=lambda item: item[:2])]
