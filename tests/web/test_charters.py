"""The pages of a charter: read, written, signed, handed out; and what a duty needs."""

import io

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from raci import models
from raci.domain.records import Kind, Need, Verb
from tests.chartered import hold, person, write_charter
from tests.factories import create, write
from tests.web.conftest import Cast


@pytest.fixture
def chartered(cast: Cast) -> Cast:
    """The cast; connie, who may contribute, is the IT manager, whose charter is written."""
    write_charter(cast.small)
    person(cast.small, "pconnie", cast.people["connie"])
    hold(cast.small, "pconnie")
    return cast


def url(cast: Cast, rest: str = "", role: str = "ITM") -> str:
    return cast.url(f"roles/{cast.small.roles[role]}/charter/{rest}")


def text_of(cast: Cast, who: str, rest: str = "", role: str = "ITM") -> str:
    answer = cast.client(who).get(url(cast, rest, role))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def shown(cast: Cast) -> dict[str, str]:
    """Return what the page to sign carries."""
    page = cast.client("connie").get(url(cast, "sign/")).context["page"]
    return {"digest": page.drawn.digest, "number": str(page.drawn.view.revision)}


# --- reading


def test_the_page_says_what_the_records_say(chartered):
    page = text_of(chartered, "bob")
    for said in ("The schedule", "The on-call plan", "Sign contracts", "50,000 EUR", "in force", "1 January 2030"):
        assert said in page
    assert "Chief Information Officer" in page
    assert "Say in one sentence why the role exists." in page
    assert "Pconnie" in page and "not signed" in page


def test_a_role_without_a_charter_has_a_page_too(cast):
    page = text_of(cast, "bob", role="PM")
    assert "Not written yet." in page
    assert "Read and sign" not in page


def test_who_may_write_is_led_to_the_form_and_the_holder_to_sign(chartered):
    assert "charter/edit/" in text_of(chartered, "ed")
    assert "charter/edit/" not in text_of(chartered, "bob")
    assert "Read and sign" in text_of(chartered, "connie")
    assert "Read and sign" not in text_of(chartered, "ed")


def test_the_catalogue_stands_beside_a_role_that_came_from_it(chartered):
    models.CatalogueEntry.objects.create(code="ITM-P9", kind="purpose", role="ROLE-ITM", title="Keep IT running")
    models.CatalogueEntry.objects.create(code="PM-P9", kind="purpose", role="ROLE-PM", title="Run projects")
    models.Role.objects.filter(key=chartered.small.roles["ITM"]).update(source="ROLE-ITM")
    page = text_of(chartered, "bob")
    assert "What the catalogue says" in page and "Keep IT running" in page
    assert "Run projects" not in page
    assert "What the catalogue says" not in text_of(chartered, "bob", role="PM")


def test_role_and_list_lead_to_charters(chartered):
    role = chartered.client("bob").get(chartered.url(f"roles/{chartered.small.roles['ITM']}/")).content.decode()
    assert url(chartered) in role
    assert chartered.url("roles/charters.xlsx") in chartered.client("bob").get(chartered.url("roles/")).content.decode()


def test_queries_do_not_grow_with_duties_and_holders(chartered):
    def count() -> int:
        client = chartered.client("ed")
        client.get(url(chartered))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(chartered))
        return len(captured)

    few = count()
    for number in range(6):
        person(chartered.small, f"p{number}")
        hold(chartered.small, f"p{number}")
    chartered.small.set("FIN-1", "ITM", "", "A/R")
    assert count() == few


# --- signing


def test_a_holder_signs_and_is_told_what_changed_later(chartered):
    answer = chartered.client("connie").post(url(chartered, "sign/"), shown(chartered))
    assert answer.status_code == 302
    assert "signed on" in text_of(chartered, "connie")
    chartered.small.set("FIN-1", "ITM", "", "C")
    page = text_of(chartered, "connie")
    assert "It has changed since you signed on" in page
    assert "<ins>C: FIN-1 Do what FIN-1 says, in “Projects”</ins>" in page
    assert page.count("<ins>") == 2  # for connie herself, and beside the charter for everybody
    assert "<del>" not in page


def test_what_moved_meanwhile_is_shown_with_409(chartered):
    before = shown(chartered)
    chartered.small.set("FIN-1", "ITM", "", "C")
    answer = chartered.client("connie").post(url(chartered, "sign/"), before)
    assert answer.status_code == 409
    assert "It changed while you read it" in answer.content.decode()
    assert "C: FIN-1" in answer.content.decode()
    assert not models.Signature.objects.exists()
    assert chartered.client("connie").post(url(chartered, "sign/"), shown(chartered)).status_code == 302


@pytest.mark.parametrize("who", ["ed", "alice", "sue", "bob"])
def test_nobody_signs_for_another(chartered, who):
    given = shown(chartered)
    assert chartered.client(who).post(url(chartered, "sign/"), given).status_code == 403
    assert not models.Signature.objects.exists()


def test_a_person_who_does_not_hold_the_role_cannot_sign(chartered):
    person(chartered.small, "ped", chartered.people["ed"])
    assert chartered.client("ed").get(url(chartered, "sign/")).status_code == 403
    assert chartered.client("ed").post(url(chartered, "sign/"), shown(chartered)).status_code == 403


def test_it_waits_for_the_holder_until_signed(chartered):
    overview = chartered.client("connie").get(chartered.url()).content.decode()
    assert "Charters to sign" in overview and url(chartered, "sign/") in overview
    assert "Charters to sign" not in chartered.client("ed").get(chartered.url()).content.decode()
    chartered.client("connie").post(url(chartered, "sign/"), shown(chartered))
    assert "Charters to sign" not in chartered.client("connie").get(chartered.url()).content.decode()


# --- writing


def sent(cast: Cast, **more: str) -> dict[str, str]:
    """Return the form as a browser sends it back."""
    forms = cast.client("ed").get(url(cast, "edit/")).context["forms"]
    found = {"seen": forms.head["seen"].value()} | {name: forms.head[name].value() or "" for name in forms.head.names}
    found["seen"] = forms.head.fields["seen"].prepare_value(found["seen"])
    for rows in (forms.main, forms.powers):
        found[rows.count_name] = str(rows.count)
        for form in rows.forms:
            for field in form:
                value = field.value() if field.name != "seen" else form.fields["seen"].prepare_value(field.value())
                found[field.html_name] = "" if value in (None, False) else str(value)
    found = {name: value for name, value in found.items() if not (name.endswith("-gone") and not value)}
    return found | {"action": "save"} | more


def test_the_form_saves_everything_at_once(chartered):
    given = sent(
        chartered, purpose="It holds.", measures="Days\nCost", **{"main-0-share": "60", "main-1-text": "Pay invoices"}
    )
    before = models.Organisation.objects.get(pk=chartered.small.organisation.pk).revision
    assert chartered.client("ed").post(url(chartered, "edit/"), given).status_code == 302
    now = models.Organisation.objects.get(pk=chartered.small.organisation.pk).revision
    assert now == before + 1
    assert list(models.Accountability.objects.order_by("position").values_list("text", "share")) == [
        ("Sign contracts", 60),
        ("Pay invoices", 0),
    ]
    assert models.Charter.objects.get().measures == "Days\nCost"
    assert chartered.client("ed").post(url(chartered, "edit/"), sent(chartered)).status_code == 302
    assert models.Organisation.objects.get(pk=chartered.small.organisation.pk).revision == now


def test_a_row_can_be_added_without_a_script_and_removed(chartered):
    answer = chartered.client("ed").post(url(chartered, "edit/"), sent(chartered, purpose="Kept.", action="add:power"))
    assert answer.status_code == 200
    forms = answer.context["forms"]
    assert forms.powers.count == 3 and "Kept." in answer.content.decode()
    given = sent(chartered, **{"power-0-gone": "on", "power-1-thing": "invoices", "power-1-verb": "approve"})
    assert chartered.client("ed").post(url(chartered, "edit/"), given).status_code == 302
    assert list(models.Authority.objects.values_list("verb", "thing")) == [("approve", "invoices")]


def test_what_cannot_be_read_is_said_at_its_field(chartered):
    given = sent(chartered, **{"power-0-ceiling": "much", "main-1-share": "20", "valid_from": "yesterday"})
    answer = chartered.client("ed").post(url(chartered, "edit/"), given)
    assert answer.status_code == 422
    forms = answer.context["forms"]
    assert "ceiling" in forms.powers.forms[0].errors
    assert forms.main.forms[1].errors["text"] == ["Say what it is about."]
    assert "valid_from" in forms.head.errors


def test_a_stale_form_is_a_conflict_that_keeps_what_was_typed(chartered):
    stale = sent(chartered, excludes="Mine", **{"main-0-text": "Sign all contracts"})
    fresh = sent(chartered, excludes="Theirs", domains="Their domain", **{"main-0-share": "30"})
    assert chartered.client("ed").post(url(chartered, "edit/"), fresh).status_code == 302
    answer = chartered.client("alice").post(url(chartered, "edit/"), stale)
    assert answer.status_code == 409
    assert "Somebody was faster" in answer.content.decode()
    forms = answer.context["forms"]
    assert forms.head["excludes"].value() == "Mine"
    assert forms.head["domains"].value() == "Their domain"
    assert (forms.main.forms[0]["text"].value(), forms.main.forms[0]["share"].value()) == ("Sign all contracts", "30")


def test_a_form_that_forgot_what_it_showed_overwrites_nothing(chartered):
    given = sent(chartered, excludes="Other")
    del given["seen"]
    assert chartered.client("ed").post(url(chartered, "edit/"), given).status_code == 422
    assert models.Charter.objects.get().excludes == "The schedule"


def test_what_is_lacking_stands_at_its_field_and_keeps_nobody_from_saving(chartered):
    page = text_of(chartered, "ed", "edit/")
    assert '<p class="advice">Say in one sentence why the role exists.</p>' in page
    assert "Name at least 4 main duties; there are 1." in page


# --- what a duty needs


def test_the_duty_says_what_it_needs_and_who_has_it(chartered):
    page = f"{chartered.duty_url()}needs/"
    given = {"need-count": "2", "need-0-verb": "sign", "need-0-thing": "Contracts", "need-0-amount": "50k"}
    given |= {"need-0-unit": "EUR", "action": "save"}
    assert chartered.client("ed").get(page).status_code == 200
    assert chartered.client("ed").post(page, given).status_code == 302
    need = models.Need.objects.get()
    assert (need.verb, need.thing, need.amount, need.unit) == ("sign", "Contracts", "50000", "EUR")
    shown_page = chartered.client("bob").get(chartered.duty_url()).content.decode()
    assert "Sign Contracts up to 50,000 EUR" in shown_page and "on record for: IT Manager" in shown_page
    assert page not in shown_page


def test_a_need_that_nobody_can_meet_is_said(chartered):
    need = create(Kind.NEED, Need("Contracts", Verb.SIGN, "EUR", "50001"), chartered.small.duties["VEN-1"], other="n")
    write(chartered.small.organisation, need)
    assert "no role has it on record" in chartered.client("bob").get(chartered.duty_url()).content.decode()


def test_needs_changed_by_two_are_a_conflict(chartered):
    need = create(Kind.NEED, Need("Contracts", Verb.SIGN, "EUR", "5"), chartered.small.duties["VEN-1"], other="n")
    write(chartered.small.organisation, need)
    page = f"{chartered.duty_url()}needs/"
    rows = chartered.client("ed").get(page).context["rows"]
    seen = rows.forms[0].fields["seen"].prepare_value(rows.forms[0]["seen"].value())
    given = {"need-count": "1", "need-0-key": "n", "need-0-seen": seen, "need-0-verb": "sign", "action": "save"}
    first = given | {"need-0-thing": "Contracts", "need-0-amount": "6", "need-0-unit": "EUR"}
    assert chartered.client("ed").post(page, first).status_code == 302
    answer = chartered.client("alice").post(page, first | {"need-0-amount": "7"})
    assert answer.status_code == 409
    again = answer.context["rows"].forms[0]
    assert (again["amount"].value(), '"6"' in again["seen"].value()) == ("7", True)


# --- handing out


@pytest.mark.parametrize("kind", ["docx", "md", "xlsx"])
def test_a_charter_leaves_as_a_file(chartered, kind):
    answer = chartered.client("bob").get(url(chartered, f"export.{kind}"))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    if kind == "docx":
        document = docx.Document(io.BytesIO(answer.content))
        assert document.paragraphs[0].text == "IT Manager"
        assert "The schedule" in [paragraph.text for paragraph in document.paragraphs]
    elif kind == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == ["IT Manager"]
    else:
        assert answer.content.decode().startswith("# IT Manager (ITM)\n")


def test_all_charters_are_one_workbook(chartered):
    answer = chartered.client("bob").get(chartered.url("roles/charters.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Chief Information Officer", "IT Manager", "IT Project Manager"]
    assert chartered.client("bob").get(chartered.url("roles/charters.csv")).status_code == 404
    assert chartered.client("bob").get(url(chartered, "export.csv")).status_code == 404
