"""Settling many grey areas in one table."""

from raci import models
from raci.services.loading import load_matrix


def sent(cast, **other):
    given = {"tick": [cast.contested, cast.open], "action": "decide", "all-reason": "Agreed in the round."}
    for duty in ("VEN-1", "VEN-2"):
        prefix = f"{cast.small.matrix_key}-{cast.small.duties[duty]}"
        line = {"owner": cast.small.roles["PM"], "does_work": "on", "rest": "C", "reason": "", "seen": "{}"}
        given |= {f"{prefix}-{name}": value for name, value in line.items()}
    return given | other


def test_all_are_decided_as_one_revision_with_the_common_reason(cast):
    before = models.Revision.objects.count()
    answer = cast.client("ed").post(cast.url("grey-areas/assign/"), sent(cast))
    assert answer.status_code == 302
    assert models.Revision.objects.count() == before + 1
    assert set(models.Decision.objects.values_list("reason", flat=True)) == {"Agreed in the round."}
    assert not models.GreyArea.objects.unresolved().exists()


def test_a_line_can_have_a_reason_of_its_own(cast):
    own = f"{cast.small.matrix_key}-{cast.small.duties['VEN-2']}-reason"
    cast.client("ed").post(cast.url("grey-areas/assign/"), sent(cast, **{own: "Another case."}))
    assert models.Decision.objects.get(duty__code="VEN-2").reason == "Another case."
    assert models.Decision.objects.get(duty__code="VEN-1").reason == "Agreed in the round."


def test_without_any_reason_it_is_refused_and_kept(cast):
    answer = cast.client("ed").post(cast.url("grey-areas/assign/"), sent(cast, **{"all-reason": ""}))
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    assert answer.content.decode().count("selected") >= 4
    assert not models.Decision.objects.exists()


def test_the_preview_writes_nothing(cast):
    page = cast.client("ed").post(cast.url("grey-areas/assign/"), sent(cast, action="preview")).content.decode()
    assert page.count("Gave IT Project Manager A/R") == 2
    assert not models.Decision.objects.exists()


def test_one_conflict_stops_them_all(cast):
    cast.small.set("VEN-1", "PM", "", "I")
    answer = cast.client("ed").post(cast.url("grey-areas/assign/"), sent(cast))
    assert answer.status_code == 409
    assert "Somebody was faster" in answer.content.decode()
    assert load_matrix(cast.small.matrix).letters(cast.small.duties["VEN-2"], cast.small.roles["PM"]) == ""


def test_suggestions_fill_the_lines_in(cast):
    page = cast.client("ed").get(cast.url("grey-areas/assign/"), {"tick": cast.open, "suggest": 1}).content.decode()
    assert f'<option value="{cast.small.roles["ITM"]}" selected>' in page
    assert '<option value="R" selected>' in page
