"""Opening a blind round: which rows of a matrix, for which roles, until when; and revealing it before all answered."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from raci.domain.matrix import Matrix
from raci.forms.choices import offer
from raci.forms.record import TicksField
from raci.services.rounds import FEWEST_ROLES, MOST_ROWS, rows_in_question, rows_of_overlaps
from raci.services.words import shown_number

# More rows to tick one by one would be a page that nobody reads: areas are the way then.
MOST_LISTED = 500

IN_QUESTION, OVERLAPS, AREAS, ROWS = "open", "overlaps", "areas", "rows"


class NewRoundForm(forms.Form):
    """What a round is about. ``loaded`` is the matrix; its rows are chosen in one of four ways."""

    use_required_attribute = False

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    due_on = forms.DateField(
        label=gettext_lazy("Answers until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Whoever has not answered by then sees it as overdue. It stays open."),
    )
    which = forms.ChoiceField(
        label=gettext_lazy("Which rows"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose which rows.")},
    )

    def __init__(self, loaded: Matrix, *args: Any, **options: Any) -> None:
        self.loaded = loaded
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.in_question, self.overlaps = rows_in_question(loaded), rows_of_overlaps(loaded)
        self.fields["roles"] = TicksField(self._roles(), label=_("Roles that are asked"), initial=self._pairs())
        self.fields["areas"] = TicksField(self._areas(), label=_("Areas"))
        self.fields["rows"] = TicksField(self._rows(), label=_("Rows"))
        offer(self, "which", self._ways())
        self.fields["which"].initial = IN_QUESTION if self.in_question else OVERLAPS if self.overlaps else AREAS
        today = date_format(timezone.localdate(), "DATE_FORMAT")
        self.fields["title"].initial = _("Whose is it? %(day)s") % {"day": today}

    @property
    def lists_rows(self) -> bool:
        """Whether the rows can be ticked one by one."""
        return len(self.loaded.applicable_rows) <= MOST_LISTED

    def clean(self) -> dict[str, Any]:
        """Find the rows that are meant, and see that a round can be made of it."""
        values = super().clean() or {}
        if len(values.get("roles", ())) < FEWEST_ROLES:
            self.add_error("roles", _("Tick two roles or more: what they say is compared."))
        way = values.get("which")
        if way and not self.errors.get("areas") and not self.errors.get("rows"):
            values["duties"] = self._chosen(way, values)
            self._judge(way, len(values["duties"]))
        return values

    def _chosen(self, way: str, values: dict[str, Any]) -> tuple[str, ...]:
        if way == IN_QUESTION:
            return self.in_question
        if way == OVERLAPS:
            return self.overlaps
        wanted, duties = set(values[way]), self.loaded.duties
        return tuple(
            duty for duty in self.loaded.applicable_rows if (duties[duty].area if way == AREAS else duty) in wanted
        )

    def _judge(self, way: str, count: int) -> None:
        field = way if way in (AREAS, ROWS) else "which"
        if count > MOST_ROWS:
            text = _("These are %(count)s rows; a round takes at most %(most)s. Choose fewer, and open another.")
            self.add_error(field, text % {"count": shown_number(count), "most": shown_number(MOST_ROWS)})
        elif not count:
            empty = {
                AREAS: _("Tick an area."),
                ROWS: _("Tick a row."),
                IN_QUESTION: _("No row of the matrix has an open grey area. Choose other rows."),
                OVERLAPS: _("No area of the matrix is a declared overlap. Choose other rows."),
            }
            self.add_error(field, empty[way])

    def _ways(self) -> list[tuple[str, str]]:
        ways = [
            (IN_QUESTION, _counted(_("Rows with an open grey area"), self.in_question)),
            (OVERLAPS, _counted(_("All rows that two roles share as a declared overlap"), self.overlaps)),
            (AREAS, _("Whole areas")),
        ]
        return [*ways, (ROWS, _("Rows one by one"))] if self.lists_rows else ways

    def _roles(self) -> list[tuple[str, str]]:
        roles = self.loaded.roles
        return [(key, roles[key].name) for key in self.loaded.column_keys if not roles[key].retired]

    def _pairs(self) -> list[str]:
        return sorted({role for area in self.loaded.areas.values() for role in area.pair})

    def _areas(self) -> list[tuple[str, str]]:
        names = {key: area.name for key, area in self.loaded.areas.items()} | {"": _("Other duties")}
        return [(key, _counted(names[key], rows)) for key, rows in self.loaded.rows_by_area.items()]

    def _rows(self) -> list[tuple[str, str]]:
        duties = self.loaded.duties
        rows = self.loaded.applicable_rows if self.lists_rows else ()
        return [(duty, f"{duties[duty].code} {duties[duty].title}") for duty in rows]


def _counted(name: str, rows: tuple[str, ...]) -> str:
    count = ngettext("%(count)s row", "%(count)s rows", len(rows)) % {"count": shown_number(len(rows))}
    return f"{name} ({count})"


class RevealForm(forms.Form):
    """Asks whoever reveals a round that not everybody has answered whether they mean it."""

    use_required_attribute = False

    anyway = forms.BooleanField(
        label=gettext_lazy("Reveal it although answers are missing: what was not answered counts as “do not know”."),
        error_messages={"required": gettext_lazy("Tick this, or wait for the answers that are missing.")},
    )

    def __init__(self, *args: Any, is_done: bool, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        if is_done:
            del self.fields["anyway"]
