"""The language of a visitor: by the browser, by choice; days and numbers as it writes them, addresses as ever."""

import re
from datetime import datetime

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from raci import models
from raci.services.exporting import export_bytes
from tests.documents.opening import by_openpyxl

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("de-AT,de;q=0.9", "de"), ("en-US,en;q=0.9", "en-gb"), ("fr", "en-gb"), ("", "en-gb")],
)
def test_a_first_visit_goes_by_the_browser(db, accepted, language):
    page = Client().get("/accounts/login/", HTTP_ACCEPT_LANGUAGE=accepted)
    assert f'<html lang="{language}">' in page.text
    assert page["Content-Language"] == language
    assert "Accept-Language" in page["Vary"]


def test_a_choice_is_kept_and_leads_back(cast, settings):
    client = cast.client("bob")
    answer = client.post("/language/", {"language": "de", "next": "/o/small/duties/?q=VEN"})
    assert answer["Location"] == "/o/small/duties/?q=VEN"
    assert int(answer.cookies[settings.LANGUAGE_COOKIE_NAME]["max-age"]) > 180 * 24 * 3600
    assert "<h1>Aufgaben</h1>" in client.get("/o/small/duties/", HTTP_ACCEPT_LANGUAGE="en").text


def test_a_choice_is_remembered_with_the_account_for_what_is_sent_by_mail(cast):
    cast.client("anonymous").post("/language/", {"language": "de"})
    client = cast.client("bob")
    client.post("/language/", {"language": "de"})
    client.post("/language/", {"language": "xx"})
    client.get("/language/")
    found = models.User.objects.exclude(language="").values_list("username", "language")
    assert list(found) == [("bob", "de")]


@pytest.mark.parametrize("sent", [{"language": "xx"}, {"language": "de", "next": "https://example.org/"}])
def test_neither_an_unknown_language_nor_a_foreign_address_is_followed(cast, sent):
    client = cast.client("bob")
    answer = client.post("/language/", sent)
    assert answer["Location"] == "/"
    if sent["language"] == "xx":
        assert not answer.cookies


def test_every_language_is_offered_in_its_own_words_with_the_present_one_marked(cast):
    page = cast.client("bob").get("/o/small/", **GERMAN).text
    offered = dict(re.findall(r'value="([\w-]+)"\s+lang="[\w-]+"\s*(aria-current="true")?', page))
    assert offered == {"en-gb": "", "de": 'aria-current="true"'}
    assert re.search(r">\s*English\s*</button>.*>\s*Deutsch\s*</button>", page, re.DOTALL)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-gb", "3 March 2026|3 Mar 2026|3 March|3 March 2026, 00:00|10,000"),
        ("de", "3. März 2026|03.03.2026|3. März|3. März 2026, 00:00|10.000"),
    ],
)
def test_days_and_numbers_are_written_as_in_the_language(language, said):
    names = ("DATE_FORMAT", "SHORT_DATE_FORMAT", "MONTH_DAY_FORMAT", "DATETIME_FORMAT")
    days = "|".join(f'{{{{ day|date:"{name}" }}}}' for name in names)
    with override(language):
        text = Template("{% load look %}" + days + "|{{ count|number }}").render(
            Context({"day": datetime(2026, 3, 3), "count": 10_000})  # noqa: DTZ001  # a day, whatever the zone
        )
    assert text == said


def test_numbers_in_addresses_and_attributes_stay_plain(cast):
    """Revision 1234 is in addresses, fields and lists of every page; a separator in it would break them."""
    cast.small.set("VEN-1", "PM", "", "R")
    models.Organisation.objects.filter(pk=cast.small.organisation.pk).update(revision=1233)
    cast.small.organisation.refresh_from_db()
    cast.small.set("VEN-2", "PM", "", "R")
    client, wrong = cast.client("ed"), []
    key = cast.small.matrix_key
    places = ["", "grey-areas/", "matrices/", "history/", "history/1234/", "who-owns/?q=ven", f"matrices/{key}/"]
    for place in [*places, f"matrices/{key}/compare/", f"matrices/{key}/?as_of=1234"]:
        page = client.get(cast.url(place), **GERMAN)
        assert page.status_code == 200, place
        wrong += [f"{place}: {found}" for found in re.findall(r'[\w-]+="[^"]*1[.,]234[^"]*"', page.text)]
    assert "1234" in client.get(cast.url("history/"), **GERMAN).text
    assert wrong == []


def test_a_refusal_is_said_in_german(cast):
    url = cast.url(f"matrices/{cast.small.matrix_key}/cells/{cast.small.duties['VEN-1']}/{cast.small.roles['PM']}/")
    answer = cast.client("ed").post(
        url, {"seen": "", "letters": "x"}, HTTP_ACCEPT="application/json", HTTP_ACCEPT_LANGUAGE="de"
    )
    assert answer.status_code == 422
    assert answer.json() == {"error": "„x“ ist kein Buchstabe von RACI; es gibt A, R, C, I."}


def test_history_names_fields_and_values_in_german(cast):
    cast.client("ed").post(cast.assign_url(), cast.answers())
    text = cast.client("bob").get(cast.url("history/"), **GERMAN).text
    assert "Grauzone geklärt: " in text
    assert "IT Project Manager ist rechenschaftspflichtig" in text


@pytest.fixture
def in_both(cast):
    """The workbook of the matrix in English and in German."""
    cast.small.set("VEN-1", "PM", "", "A/R")
    books = {}
    for language in ("en-gb", "de"):
        with override(language):
            books[language] = by_openpyxl(export_bytes(cast.small.matrix, "xlsx", "Ed"))
    return books


def test_a_workbook_speaks_the_language_of_whoever_exports_it(in_both):
    german = in_both["de"]
    assert german.sheetnames == [
        "Matrix", "Grauzonen", "Entscheidungen", "Rollen", "Auslastung", "Kennzahlen", "Befunde", "Legende", "orgroles",
    ]  # fmt: skip
    sheet = german["Matrix"]
    assert [sheet.cell(7, column).value for column in (5, 6, 7, 13)] == ["Bereich", "Kürzel", "Aufgabe", "Prüfung"]
    assert "in Ordnung" in sheet["E4"].value
    assert "Rechenschaftspflichtig" in sheet["E5"].value
    assert german["Befunde"]["A4"].value == "Stufe"


def test_what_leads_a_workbook_home_is_the_same_in_every_language(in_both):
    english, german = in_both["en-gb"], in_both["de"]
    keys = [[cell.value for cell in book["Matrix"][6]] for book in (english, german)]
    assert keys[0] == keys[1]
    assert set(english.defined_names) == set(german.defined_names)
    letters = [[book["Matrix"].cell(row, 8).value for row in (8, 9, 10)] for book in (english, german)]
    assert letters[0] == letters[1]
    facts = [{row[0].value: row[1].value for row in book["orgroles"].iter_rows()} for book in (english, german)]
    assert facts[0].keys() == facts[1].keys()
    same = facts[0].keys() - {"export_id", "exported_at"}
    assert {name: facts[0][name] for name in same} == {name: facts[1][name] for name in same}


def test_the_command_line_exports_in_a_chosen_language(cast, tmp_path):
    for language, word in (("en-gb", "Area"), ("de", "Bereich")):
        target = tmp_path / f"{language}.csv"
        call_command("export_matrix", organisation="small", to=str(target), format="csv", language=language)
        assert target.read_text(encoding="utf-8-sig").startswith(f"{word},")
