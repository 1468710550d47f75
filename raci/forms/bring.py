"""A file to be read as a matrix, or text pasted instead of one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raci.forms.choices import offer
from raci.forms.record import Choices
from raci.services.imports.taking_in import PASTED

# What a browser offers to choose from; what a file really is, its content decides.
ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".md", ".html", ".htm")


class BringForm(forms.Form):
    """One file or one text, and the matrix that it belongs to, where that is known already."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,  # it is refused with better words
        widget=forms.FileInput({"accept": ",".join(ENDINGS)}),
    )
    text = forms.CharField(
        label=gettext_lazy("or a table pasted as text"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Cells copied from a spreadsheet or a page, a Markdown or HTML table, or lines separated by commas."
        ),
    )
    matrix = forms.ChoiceField(
        label=gettext_lazy("Into which matrix"),
        required=False,
        help_text=gettext_lazy(
            "You can still choose another one once the file is read; nothing is written before that."
        ),
    )
    again = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, matrices: Choices, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        offer(self, "matrix", [("", _("The file says, or I choose later")), *matrices])

    def clean(self) -> dict[str, Any]:
        """Take one document: not none, not two."""
        values = super().clean() or {}
        count = len(self.files.getlist("file")) if self.files else 0
        if count > 1:
            raise ValidationError(_("One file at a time, please: these are %(count)d.") % {"count": count})
        if values.get("file") is not None and values.get("text", "").strip():
            raise ValidationError(_("Choose a file or paste a text, not both: empty the box, or take the file out."))
        if values.get("file") is None and not values.get("text", "").strip():
            raise ValidationError(_("Choose a file, or paste a table into the box."))
        return values

    @property
    def document(self) -> tuple[str, bytes]:
        """Its name and its content. Call it on a valid form only."""
        file = self.cleaned_data["file"]
        if file is None:
            return PASTED, self.cleaned_data["text"].encode("utf-8", "replace")
        return file.name, file.read()
