"""The page of a matrix, and its way out as a file."""

import re
import time
from pathlib import Path

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

import raci
from raci.domain.matrix import Matrix
from raci.domain.records import Area, Column, Duty, Role, Row, Sheet
from raci.domain.scheme import Scheme
from raci.web.grid import build, rows_on_a_page
from raci.web.grid_query import GridQuery
from raci.web.scheme import common_scheme


def page(cast, who="ed", **asked):
    return cast.client(who).get(cast.url(f"matrices/{cast.small.matrix_key}/"), asked)


def shown(answer):
    return [row.code for section in answer.context["page"].grid.sections for row in section.rows]


def test_it_shows_letters_in_words_claims_and_what_is_undecided(cast):
    cast.small.set("FIN-1", "PM", "", "A/R")
    text = page(cast).content.decode()
    assert 'aria-label="Accountable and Responsible"><span class="letter letter-both' in text
    assert "both claim it" in text
    assert "nobody claims it" in text
    assert text.count('/">Undecided<') == 2
    assert "0 of 2 settled" in text
    assert "1A 1R" in text


def test_the_interim_owner_is_dashed(cast):
    text = page(cast).content.decode()
    assert text.count("letter-interim") == 1
    assert "interim owner until it is decided" in text


def test_what_is_wrong_is_said_in_words_at_the_end_of_its_row(cast):
    cast.small.set("FIN-1", "PM", "", "A")
    cast.small.set("FIN-1", "ITM", "", "A")
    text = page(cast).content.decode()
    assert "Several accountable" in text
    assert "2 roles answer for FIN-1" in text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"undecided": "1"}, ["VEN-1", "VEN-2"]),
        ({"q": "fin"}, ["FIN-1"]),
        ({"q": "FIN-1 says"}, ["FIN-1"]),
        ({"q": "none such"}, []),
        ({"undecided": "1", "q": "ven-2"}, ["VEN-2"]),
        ({"area": "nonsense"}, []),
        ({"page": "nonsense", "as_of": "²"}, ["VEN-1", "VEN-2", "FIN-1"]),
    ],
)
def test_the_address_narrows_it(cast, asked, expected):
    assert shown(page(cast, **asked)) == expected


def test_it_can_be_narrowed_to_what_two_roles_share(cast):
    cast.small.set("FIN-1", "PM", "", "A")
    cast.small.set("FIN-1", "ITM", "", "R")
    pair = f"{cast.small.roles['PM']}.{cast.small.roles['ITM']}"
    assert shown(page(cast, shared=pair)) == ["FIN-1"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"role": "PM"}, ["VEN-1", "FIN-1"]),
        ({"role": "PM", "letter": "R"}, ["FIN-1"]),
        ({"letter": "R"}, ["VEN-2", "FIN-1"]),
        ({"role": "CIO"}, []),
        ({"role": "nonsense"}, []),
        ({"findings": "R02"}, ["FIN-1"]),
        ({"findings": "R09"}, []),
        ({"findings": "nonsense"}, ["FIN-1"]),
    ],
)
def test_it_can_be_narrowed_to_a_role_a_letter_or_a_rule(cast, asked, expected):
    for duty, role, letters in (("VEN-1", "PM", "A"), ("VEN-2", "ITM", "R"), ("FIN-1", "PM", "A/R")):
        cast.small.set(duty, role, "", letters)
    cast.small.set("FIN-1", "ITM", "", "A")
    asked = {name: cast.small.roles.get(value, value) for name, value in asked.items()}
    answer = page(cast, **asked)
    assert shown(answer) == expected
    assert all(part in answer.context["page"].query.href() for part in asked)


def test_a_filter_leads_back_to_everything(cast):
    answer = page(cast, shared=f"{cast.small.roles['PM']}.{cast.small.roles['ITM']}")
    chip = next(chip for chip in answer.context["page"].chips if chip.on)
    assert chip.href == "?"


def test_cells_lead_to_their_form_for_those_who_may_write(cast):
    link = f'href="cells/{cast.small.duties["VEN-1"]}/{cast.small.roles["PM"]}/"'
    assert link in page(cast).content.decode()
    assert link not in page(cast, who="bob").content.decode()


def test_an_earlier_revision_is_shown_and_cannot_be_changed(cast):
    before = cast.small.set("FIN-1", "PM", "", "A").revision.number
    cast.small.set("FIN-1", "PM", "A", "C")
    text = page(cast, as_of=before).content.decode()
    assert f"after revision {before}" in text
    assert ">Accountable<" in text
    assert ">Consulted<" not in text
    assert 'href="cells/' not in text


def test_a_day_shows_the_last_revision_by_its_end_and_says_both(cast):
    now = timezone.localdate()
    number = cast.small.set("FIN-1", "PM", "", "A").revision.number
    text = page(cast, as_of=now.isoformat()).content.decode()
    assert f"at the end of {date_format(now, 'j F Y')}, after revision {number}" in text
    assert f'value="{now.isoformat()}"' in text
    assert f"compare/?from={number}" in text
    assert 'href="cells/' not in text


def test_filters_stay_on_the_day_that_was_asked_for(cast):
    answer = page(cast, as_of=timezone.localdate().isoformat())
    assert all(f"as_of={timezone.localdate().isoformat()}" in chip.href for chip in answer.context["page"].chips)
    assert f'<input type="hidden" name="as_of" value="{timezone.localdate().isoformat()}">' in answer.content.decode()


def test_a_day_before_the_matrix_is_said_plainly(cast):
    answer = page(cast, as_of="2001-02-03")
    assert answer.status_code == 404
    assert "did not exist on 3 February 2001" in answer.content.decode()


def test_a_revision_that_is_not_there_is_said_plainly(cast):
    answer = page(cast, as_of=9999)
    assert answer.status_code == 404
    assert "There is no revision 9999" in answer.content.decode()


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("csv", b""), ("md", b"")])
def test_it_can_be_taken_out_as_a_file(cast, kind, begins):
    answer = cast.client("bob").get(cast.url(f"matrices/{cast.small.matrix_key}/export.{kind}"))
    assert answer.content.startswith(begins)
    assert len(answer.content) > 100
    assert answer["Content-Disposition"].startswith('attachment; filename="small-projects-r')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_kind_of_file_that_there_is_not_is_404(cast):
    assert cast.client("bob").get(cast.url(f"matrices/{cast.small.matrix_key}/export.pdf")).status_code == 404


def test_queries_do_not_grow_with_cells(cast):
    client, url = cast.client("ed"), cast.url(f"matrices/{cast.small.matrix_key}/")

    def count():
        from raci.services import loading

        loading._cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    few = count()
    for duty in cast.small.duties:
        cast.small.set(duty, "CIO", "", "I")
    assert count() == few


def large(duties: int, roles: int, scheme: Scheme) -> Matrix:
    rows = [f"d{number:06d}" for number in range(duties)]
    columns = [f"r{number:03d}" for number in range(roles)]
    letters = ("A/R", "R", "C", "I", "")
    return Matrix(
        key="m",
        sheet=Sheet("Large"),
        scheme=scheme,
        areas={f"a{number}": Area(f"A{number}", f"Area {number}", position=number) for number in range(20)},
        roles={key: Role(key, f"Role {key}") for key in columns},
        duties={
            key: Duty(key, f"Do what {key} says <now>", f"a{index * 20 // duties}") for index, key in enumerate(rows)
        },
        rows={key: Row(index) for index, key in enumerate(rows)},
        columns={key: Column(index) for index, key in enumerate(columns)},
        cells={
            row: {column: found for j, column in enumerate(columns) if (found := letters[(i + j) % 5])}
            for i, row in enumerate(rows)
        },
    )


def test_ten_thousand_rows_are_drawn_a_page_at_a_time_and_quickly():
    matrix = large(10_000, 50, common_scheme())
    begun = time.process_time()
    grid = build(matrix, (), GridQuery.read(QueryDict("page=2")), True, {})
    spent = time.process_time() - begun
    assert sum(len(section.rows) for section in grid.sections) == rows_on_a_page(50) == 16
    assert (grid.pages, grid.shown) == (625, 10_000)
    assert grid.sections[0].rows[0].duty == "d000016"
    assert spent < 2, f"{spent:.2f} s of CPU"


def named(path: Path) -> set[Path]:
    """The modules that a script needs before it runs, with those that they need."""
    found = {path}
    for name in re.findall(r'^import .*from "(.+)";', path.read_text(encoding="utf-8"), re.MULTILINE):
        found |= named((path.parent / name).resolve())
    return found


def test_just_the_scripts_of_the_first_sight_are_asked_for_at_once(cast):
    folder = Path(raci.__file__).parent / "static" / "raci" / "js"
    asked = set(re.findall(r'rel="modulepreload" href="/static/raci/js/([^"]+)"', page(cast).content.decode()))
    assert asked == {str(path.relative_to(folder)) for path in named(folder / "grid" / "main.js")}
    assert len(asked) == 19


def test_rows_of_a_long_matrix_wait_for_the_grid_and_those_of_a_short_one_do_not(cast):
    assert "data-more" not in page(cast).content.decode()
