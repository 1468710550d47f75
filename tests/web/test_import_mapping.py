"""The page that asks what a foreign file means: without any script, with a default for every question."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from raci import models
from raci.domain.mapping import LEFT, NEW, Choices
from raci.domain.reading import Item, Party, Problem, Reading, Weight
from raci.domain.records import Duty, Kind, Role
from raci.domain.text import Sentence
from raci.models.base import new_key
from raci.services.imports.leases import State
from raci.services.imports.store import packed
from tests.domain.readings import found_of, reading_of
from tests.factories import create, write
from tests.importing import Parts

pytestmark = pytest.mark.django_db

FOUND = found_of(
    ["IT Project Manager", "IT Manger", "Auditor"],
    [
        (Item("Do what VEN-1 says", "Sheet1!A2", "Vendor management"), "A/R C S"),
        (Item("Do what FIN-1 said", "Sheet1!A3", "Money"), "R A ."),
        (Item("Water the plants", "Sheet1!A4", "Money"), "R(mornings) . I"),
    ],
    name="Office",
)


@pytest.fixture
def parts(monkeypatch, cast):
    made = Parts()
    made.install(monkeypatch)
    call_command("loaddata", "schemes", verbosity=0)
    return made


def brought(cast, reading: Reading | None = None, matrix: models.Matrix | None = None) -> models.Import:
    """An import that waits for the answers of a person."""
    read = (reading or reading_of(FOUND)).to_data()
    item = models.Import.objects.create(
        organisation=cast.small.organisation, uploaded_by=cast.people["ed"], uploaded_by_name="Ed", file_name="a.csv",
        uploaded_at=timezone.now(), size=3, sha256="0" * 64, kind="csv", matrix=matrix, state=State.MAPPING,
        reading=packed({"foreign": read}),
    )  # fmt: skip
    models.ImportWork.objects.create(item=item)
    return item


def url(cast, item) -> str:
    return cast.url(f"imports/{item.key}/mapping/")


def shown(cast, item, who="ed"):
    return cast.client(who).get(url(cast, item))


def initial(answer) -> dict[str, str]:
    form = answer.context["page"].form
    return {name: form[name].value() or "" for name in form.fields}


def send(cast, item, **typed):
    page = shown(cast, item)
    return cast.client("ed").post(url(cast, item), initial(page) | typed)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_every_question_has_an_answer_with_its_reason_and_continue_is_right(cast, parts):
    item = brought(cast)
    page = shown(cast, item)
    assert initial(page)["m0-role-0"] == cast.small.roles["PM"]
    assert initial(page)["m0-role-1"] == cast.small.roles["ITM"]
    assert initial(page)["m0-role-2"] == NEW
    for said in ("a typing error away", "has this name here", "nothing here is called so", "3 roles", "3 duties"):
        assert said in text(page), said
    answer = cast.client("ed").post(url(cast, item), initial(page))
    assert (answer.status_code, answer.url) == (302, cast.url(f"imports/{item.key}/"))
    item.refresh_from_db()
    assert item.state == State.READY
    assert parts.calls == ["plan planning"]
    (choice,) = Choices.from_data(item.choices).matrices
    assert [one.to for one in choice.roles] == [cast.small.roles["PM"], cast.small.roles["ITM"], NEW]


def test_what_was_chosen_is_kept_and_found_again_when_it_is_mapped_again(cast, parts):
    item = brought(cast)
    role = cast.small.roles["CIO"]
    send(cast, item, **{"m0-role-2": role, "m0-area-1": LEFT, "m0-title": "Office work"})
    models.Import.objects.update(state=State.MAPPING)
    again = initial(shown(cast, item))
    assert (again["m0-role-2"], again["m0-area-1"], again["m0-title"]) == (role, LEFT, "Office work")


def test_a_wrong_answer_is_said_and_nothing_typed_is_lost(cast, parts):
    item = brought(cast)
    role = cast.small.roles["CIO"]
    answer = send(cast, item, **{"m0-title": "", "m0-role-2": role})
    assert answer.status_code == 422
    assert "Enter a title." in text(answer)
    assert answer.context["page"].form["m0-role-2"].value() == role
    nothing = send(cast, item, **{"m0-target": LEFT})
    assert nothing.status_code == 422
    assert "Everything is left out." in text(nothing)
    foreign = send(cast, item, **{"m0-role-0": "somebodyelse"})
    assert foreign.status_code == 422
    item.refresh_from_db()
    assert (item.state, item.choices) == (State.MAPPING, None)


def test_another_matrix_with_other_letters_asks_for_the_letters_anew(cast, parts):
    item = brought(cast)
    page = shown(cast, item)
    assert initial(page)["m0-shown"] == "rasci"
    answer = send(cast, item, **{"m0-target": cast.small.matrix_key, "m0-role-2": cast.small.roles["CIO"]})
    assert answer.status_code == 422
    assert "That matrix has other letters." in text(answer)
    anew = initial(answer)
    support = list(answer.context["page"].form.asked.choices.matrices[0].letters).index("S")
    assert (anew["m0-shown"], anew[f"m0-letter-{support}"]) == ("raci", "C")
    assert anew["m0-role-2"] == cast.small.roles["CIO"]
    assert "has no letter of that meaning; C comes nearest" in text(answer)
    assert cast.client("ed").post(url(cast, item), anew).status_code == 302


def test_a_file_goes_into_the_matrix_that_was_chosen_when_it_was_brought(cast, parts):
    item = brought(cast, matrix=cast.small.matrix)
    assert initial(shown(cast, item))["m0-target"] == cast.small.matrix_key


def test_duties_are_asked_about_only_where_they_look_like_one_of_ours(cast, parts):
    item = brought(cast)
    page = shown(cast, item)
    assert [name for name in initial(page) if "duty" in name] == ["m0-duty-1"]
    assert "Duties that are here already: 1. New ones: 1." in text(page)
    assert "FIN-1 Do what FIN-1 says" in text(page)


def test_problems_stand_folded_with_their_addresses(cast, parts):
    problem = Problem("Office!D9", Sentence("“Total” is a sum."), Weight.LEFT)
    page = text(shown(cast, brought(cast, replace(reading_of(FOUND), problems=(problem,)))))
    assert "1 remark on how it was read" in page
    assert "Office!D9" in page
    assert "“Total” is a sum." in page


def test_names_of_the_file_are_text_and_nothing_else(cast, parts):
    found = found_of([Party("<script>alert(1)</script>")], {"{0} %s": "R"})
    page = shown(cast, brought(cast, reading_of(found))).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_once_it_is_compared_the_page_leads_on(cast, parts):
    item = brought(cast)
    models.Import.objects.update(state=State.READY)
    assert shown(cast, item).url == cast.url(f"imports/{item.key}/preview/")
    assert cast.client("ed").post(url(cast, item), {}).status_code == 302


def test_it_is_for_those_who_may_write_here(cast, parts):
    item = brought(cast)
    assert shown(cast, item, "bob").status_code == 403
    assert shown(cast, item, "charlie").status_code == 404


def test_it_asks_as_often_for_many_roles_and_duties_as_for_few(cast, parts):
    item = brought(cast)
    client = cast.client("ed")
    client.get(url(cast, item))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url(cast, item))
    write(
        cast.small.organisation,
        *(create(Kind.ROLE, Role(f"R{at}", f"Auditor {at}"), new_key()) for at in range(30)),
        *(create(Kind.DUTY, Duty(f"W-{at}", f"Water the plant {at}"), new_key()) for at in range(30)),
    )
    wide = found_of([f"Auditor {at}" for at in range(30)], {f"Water plant {at}": "R" for at in range(30)})
    models.Import.objects.update(reading=packed({"foreign": reading_of(wide, FOUND).to_data()}))
    with CaptureQueriesContext(connection) as many:
        assert client.get(url(cast, item)).status_code == 200
    assert len(many) == len(few)
