"""Who may open what: every address of the site by every kind of visitor. An address that the table misses fails."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.utils import timezone

from raci import models
from raci.domain.records import Absence, Agreement, Baseline, Decision, Difference, Holding, Kind
from raci.models.base import new_key
from tests.factories import create, write
from tests.importing_previews import to_be_mapped
from tests.web.conftest import RAISED, Cast
from tests.web.paths import path_of

# The columns: nobody signed in, an owner of another organisation, then every level of this one, then a superuser.
VISITORS = ("anonymous", "charlie", "bob", "audrey", "connie", "ed", "alice", "sue")


class Row(NamedTuple):
    """The status of each visitor, in the order of `VISITORS`; one status stands for all of them."""

    get: str
    post: str


LIST = Row("302 404 200 200 200 200 200 200", "302 405 405 405 405 405 405 405")
WRITES = Row("302 404 403 403 403 200 200 200", "302 404 403 403 403 422 422 422")
GONE_IN = "200 302 302 302 302 302 302 302"
OPEN = Row("200", "405")
OWN = Row("302 200 200 200 200 200 200 200", "302 200 200 200 200 200 200 200")
NOTHING_THERE = Row("302 404 404 404 404 404 404 404", "302 404 404 404 404 404 404 404")
AGAIN = Row("302 403 403 403 403 403 403 403", "302 403 403 403 403 403 403 403")

WORKSPACE = {
    "home": Row("302 302 302 302 302 302 302 200", "302 405 405 405 405 405 405 405"),
    **dict.fromkeys(("overview", "grey_areas", "duties", "roles", "matrices", "matrix", "compare"), LIST),
    **dict.fromkeys(("duties_export", "roles_export", "grey_areas_export", "decisions_export", "history_export"), LIST),
    **dict.fromkeys(
        ("export", "findings", "measures", "decisions", "history", "revision", "who_owns", "who_owns_quick"), LIST
    ),
    "assign": Row("302 404 200 200 200 200 200 200", "302 404 403 403 403 422 422 422"),
    "assign_many": Row("302 404 403 403 403 302 302 302", "302 404 403 403 403 302 302 302"),
    **dict.fromkeys(
        ("duties_change", "roles_change", "grey_areas_change"),
        Row("302 404 403 403 403 302 302 302", "302 404 403 403 403 302 302 302"),
    ),
    "claim": Row("302 404 403 403 200 200 200 200", "302 404 403 403 422 422 422 422"),
    "grey_area": LIST,
    **dict.fromkeys(("grey_area_new", "overlaps", "grey_area_terms", "grey_area_withdraw"), WRITES),
    # It is open already, so that opening it again leads to its page; sent all the same, it asks why.
    "grey_area_reopen": Row("302 404 403 403 403 302 302 302", WRITES.post),
    "cell": Row("302 404 200 200 200 200 200 200", "302 404 403 403 403 428 428 428"),
    # Scripts ask these: who is signed out is told so, and a body that says nothing is refused.
    "grid": Row("401 404 200 200 200 200 200 200", "405"),
    "changes": Row("401 404 400 400 400 400 400 400", "405"),
    **dict.fromkeys(("cells", "structure", "undo_mine", "redo_mine"), Row("405", "401 404 403 403 403 400 400 400")),
    **dict.fromkeys(("duty", "role"), Row(LIST.get, "302 404 403 403 403 422 422 422")),
    **dict.fromkeys(("duty_new", "role_new", "matrix_new", "matrix_edit"), WRITES),
    **dict.fromkeys(("charter", "charter_export", "charters_export"), LIST),
    "charter_edit": WRITES,
    # Sent empty, the form takes nothing away and adds nothing.
    "needs": Row(WRITES.get, "302 404 403 403 403 302 302 302"),
    # Who is no person of the organisation holds no role, and so has nothing to sign, whatever else they may do.
    "charter_sign": Row("302 404 403 403 403 403 403 403", "302 404 403 403 403 403 403 403"),
    **dict.fromkeys(("row", "row_panel"), LIST),
    "cell_panel": Row("302 404 200 200 200 200 200 200", "302 404 403 403 403 428 428 428"),
    "fix": Row("302 405 405 405 405 405 405 405", "302 404 403 403 403 404 404 404"),
    **dict.fromkeys(
        ("comment", "alter_comment"), Row("302 405 405 405 405 405 405 405", "302 404 403 403 404 404 404 404")
    ),
    **dict.fromkeys(("people", "people_export", "uncovered"), LIST),
    "person": Row(LIST.get, "302 404 403 403 403 422 422 422"),
    **dict.fromkeys(("person_new", "give_role", "absence_new", "absence"), WRITES),
    # Sent with nothing, a holding that has no end keeps none.
    "holding": Row(WRITES.get, "302 404 403 403 403 302 302 302"),
    **dict.fromkeys(("decide", "decide_row"), WRITES),
    "decision": LIST,
    **dict.fromkeys(("withdraw", "review"), Row("302 405 405 405 405 405 405 405", WRITES.post)),
    # Who stands for no role has nothing to acknowledge, whatever else they may do.
    "acknowledge": Row("302 405 405 405 405 405 405 405", "302 404 403 403 403 403 403 403"),
    "rounds": LIST,
    "round": LIST,
    "round_new": Row(WRITES.get, WRITES.post),
    # A round that is open and asks none of them: nobody marks, whoever may write is asked whether to reveal it.
    "marking": Row("302 404 403 403 403 403 403 403", "302 404 403 403 403 403 403 403"),
    "mark": Row("405", "401 404 403 403 403 403 403 403"),
    "round_reveal": WRITES,
    "round_close": Row("302 405 405 405 405 405 405 405", "302 404 403 403 403 302 302 302"),
    **dict.fromkeys(
        ("round_agree", "round_raise"), Row("302 404 403 403 403 302 302 302", "302 404 403 403 403 302 302 302")
    ),
    **dict.fromkeys(("competencies", "routes", "competencies_export", "routes_export", "my_path", "from_role"), LIST),
    **dict.fromkeys(("competency_new", "route_new"), WRITES),
    **dict.fromkeys(("competency", "route", "role_skills"), Row(LIST.get, "302 404 403 403 403 422 422 422")),
    "choose_start": Row("302 404 302 302 302 302 302 302", LIST.post),
    # Private: connie is the person. To all others, owners and superusers too, none of it is there.
    **dict.fromkeys(("towards", "plan_export"), Row("302 404 404 404 200 404 404 404", LIST.post)),
    **dict.fromkeys(
        ("assess_person", "whom_i_let_in", "step_new", "step"),
        Row("302 404 404 404 200 404 404 404", "302 404 404 404 422 404 404 404"),
    ),
    "assessment_remove": Row(LIST.post, "302 404 404 404 302 404 404 404"),
    **dict.fromkeys(("boundaries", "boundary", "boundary_export", "baselines"), LIST),
    "boundary_take": Row("302 405 405 405 405 405 405 405", "302 404 403 403 403 302 302 302"),
    **dict.fromkeys(("difference_new", "difference", "baseline_new", "baseline"), WRITES),
    **dict.fromkeys(("agreement_new", "agreement"), WRITES),
    "undo": Row("302 405 405 405 405 405 405 405", "302 404 403 403 403 422 422 422"),
    **dict.fromkeys(("mine", "person_owns"), LIST),
    # Who is linked to nobody has nothing to put into a calendar; connie is a person.
    "feed_change": Row("302 405 405 405 405 405 405 405", "302 404 403 403 200 403 403 403"),
    "person_data": Row("302 404 403 403 403 403 200 200", "302 405 405 405 405 405 405 405"),
    "person_erase": Row("302 404 403 403 403 403 200 200", "302 404 403 403 403 403 422 422"),
    "incompatible": Row(LIST.get, WRITES.post),
    # Files on their way in are seen by whoever may change the register.
    **dict.fromkeys(("imports", "import"), Row(WRITES.get, LIST.post)),
    **dict.fromkeys(("import_new", "import_mapping"), WRITES),
    "import_state": Row("401 404 403 403 403 200 200 200", "401 405 405 405 405 405 405 405"),
    # One that has ended has no preview: they lead to how it ended.
    "import_preview": Row("302 404 403 403 403 302 302 302", "302 404 403 403 403 302 302 302"),
    "import_apply": Row("302 405 405 405 405 405 405 405", "302 404 403 403 403 302 302 302"),
    "import_picks": Row("405", "401 404 403 403 403 400 400 400"),
    "import_cancel": Row("302 405 405 405 405 405 405 405", "302 404 403 403 403 302 302 302"),
}
SITE = {"feed": Row("404", "405"), "healthz": OPEN, "set_language": Row("302", "302")}
ACCOUNTS = {
    **dict.fromkeys(("account_login", "account_signup"), Row(GONE_IN, GONE_IN)),
    "account_logout": Row("302 200 200 200 200 200 200 200", "302"),
    "account_email": Row("302 200 200 200 200 200 200 200", "302"),
    **dict.fromkeys(("account_inactive", "account_email_verification_sent"), OPEN),
    **dict.fromkeys(("account_reset_password_done", "account_reset_password_from_key_done"), OPEN),
    **dict.fromkeys(("account_reset_password", "account_reset_password_from_key"), Row("200", "200")),
    "account_confirm_email": Row("200", "404"),
    **dict.fromkeys(("account_change_password", "account_confirm_login_code", "mfa_authenticate"), Row("302", "302")),
    **dict.fromkeys(("account_set_password", "mfa_activate_totp", "mfa_generate_recovery_codes"), OWN),
    **dict.fromkeys(("mfa_add_webauthn", "socialaccount_connections"), OWN),
    **dict.fromkeys(("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"), AGAIN),
    **dict.fromkeys(("mfa_index", "mfa_list_webauthn"), Row(OWN.get, LIST.post)),
    **dict.fromkeys(("mfa_deactivate_totp", "mfa_download_recovery_codes"), NOTHING_THERE),
    **dict.fromkeys(("mfa_remove_webauthn", "mfa_edit_webauthn"), NOTHING_THERE),
    "mfa_view_recovery_codes": Row(NOTHING_THERE.get, LIST.post),
    "socialaccount_login_cancelled": OPEN,
    "socialaccount_login_error": Row("401", "405"),
    "socialaccount_signup": Row("302", "302"),
    **dict.fromkeys(("openid_connect_login", "openid_connect_callback"), Row("404", "404")),
}
TABLE: dict[str, Row] = WORKSPACE | SITE | ACCOUNTS
# Other doors keep tables of their own, in their own tests.
ELSEWHERE = ("admin:",)
# allauth keeps old addresses of these pages, which only lead to the new ones; they have no name.
NAMELESS = {"social/login/cancelled/", "social/login/error/", "social/signup/", "social/connections/"}


def names(patterns: Iterable[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Every name of the URL configuration with its namespace; the pattern itself where it has no name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        else:
            yield space + (pattern.name or str(pattern.pattern))


def missing(found: Iterable[str], table: Mapping[str, Row]) -> list[str]:
    """The addresses that no table knows."""
    return sorted(
        name for name in found if name not in table and name not in NAMELESS and not name.startswith(ELSEWHERE)
    )


def arguments(cast: Cast) -> dict[str, dict[str, object]]:
    """What the addresses need beside the organisation."""
    small = cast.small
    matrix, raised, decision = {"key": small.matrix_key}, {"key": cast.contested}, {"key": decided(cast)}
    lists = ("duties", "roles", "grey_areas", "decisions", "history", "people", "competencies", "routes")
    item: dict[str, object] = {"key": brought(cast)}
    rounds = ("round", "marking", "mark", "round_reveal", "round_close", "round_agree", "round_raise")
    return {
        **{f"{name}_export": {"kind": "csv"} for name in lists},
        **{name: {"key": cast.round} for name in rounds},
        **between(cast),
        **of_people(cast),
        **of_paths(cast),
        **of_charters(cast),
        **dict.fromkeys(
            ("import", "import_state", "import_cancel", "import_preview", "import_picks", "import_apply"), item
        ),
        "import_mapping": {"key": to_be_mapped(cast.small)},
        **dict.fromkeys(("claim", "decide"), raised),
        **dict.fromkeys(("grey_area", "grey_area_terms", "grey_area_withdraw", "grey_area_reopen"), raised),
        "decide_row": {**matrix, "duty": small.duties["FIN-1"]},
        **dict.fromkeys(("decision", "acknowledge", "withdraw", "review"), decision),
        "assign": {"key": small.duties["VEN-1"]},
        "matrix": matrix,
        "compare": matrix,
        **dict.fromkeys(("grid", "changes", "cells", "undo_mine", "redo_mine"), matrix),
        "structure": matrix,
        "matrix_edit": matrix,
        "duty": {"key": small.duties["VEN-1"]},
        "role": {"key": small.roles["PM"]},
        "export": {**matrix, "kind": "csv"},
        "cell": {"matrix": small.matrix_key, "duty": small.duties["VEN-1"], "role": small.roles["PM"]},
        "row": {**matrix, "duty": small.duties["VEN-1"]},
        "row_panel": {**matrix, "duty": small.duties["VEN-1"]},
        "cell_panel": {**matrix, "duty": small.duties["VEN-1"], "role": small.roles["PM"]},
        "fix": matrix,
        "comment": matrix,
        "alter_comment": {**matrix, "comment": "nothing"},
        "revision": {"number": 1},
        "undo": {"number": 1},
        "account_confirm_email": {"key": "x"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "x-y"},
        "mfa_remove_webauthn": {"pk": 1},
        "mfa_edit_webauthn": {"pk": 1},
        "openid_connect_login": {"provider_id": "x"},
        "openid_connect_callback": {"provider_id": "x"},
    }


def between(cast: Cast) -> dict[str, dict[str, object]]:
    """What the addresses of two roles and of baselines need; a record of each kind is made where there is none."""
    small, key = cast.small, "betweenthem1"
    pair = small.roles["PM"], small.roles["ITM"]
    if not models.Difference.objects.filter(key=key).exists():
        write(
            small.organisation,
            create(Kind.DIFFERENCE, Difference(*pair, "Span"), key),
            create(Kind.AGREEMENT, Agreement(*pair), key),
            create(Kind.BASELINE, Baseline("Start", 1, RAISED), key),
        )
    two: dict[str, object] = dict(zip(("first", "second"), pair, strict=True))
    return {
        **dict.fromkeys(("boundary", "boundary_take", "difference_new", "agreement_new"), two),
        "difference": {**two, "key": key},
        "agreement": {**two, "key": key},
        "boundary_export": {**two, "kind": "md"},
        "baseline": {"key": key},
    }


def of_people(cast: Cast) -> dict[str, dict[str, object]]:
    """What the addresses of people need: somebody with a holding and an absence, put on record where nobody is yet."""
    organisation = cast.small.organisation
    person, made = models.Person.objects.get_or_create(organisation=organisation, name="Ada Lovelace")
    holding, absence = "holdingofada", "absenceofada"
    if made:
        write(
            organisation,
            create(Kind.HOLDING, Holding(person.key), cast.small.roles["PM"], other=holding),
            create(Kind.ABSENCE, Absence(person.key, RAISED, RAISED), absence),
        )
    key = {"key": person.key}
    return {
        **dict.fromkeys(("person", "person_owns", "person_data", "person_erase", "absence_new"), key),
        "feed": {"secret": "x"},
        "holding": {**key, "holding": holding},
        "absence": {**key, "absence": absence},
    }


def of_charters(cast: Cast) -> dict[str, dict[str, object]]:
    """What the addresses of charters and of the authority that duties need take."""
    role = {"key": cast.small.roles["PM"]}
    return {
        **dict.fromkeys(("charter", "charter_edit", "charter_sign"), role),
        "charter_export": {**role, "kind": "md"},
        "charters_export": {"kind": "xlsx"},
        "needs": {"key": cast.small.duties["VEN-1"]},
    }


def of_paths(cast: Cast) -> dict[str, dict[str, object]]:
    """What the addresses of the way from one role to another need; connie is the person."""
    path, small = path_of(cast), cast.small
    way = {"key": path.person.key, "role": small.roles["ITM"]}
    return {
        "competency": {"key": path.competencies["CMP-1"]},
        "route": {"key": path.routes["study"]},
        "role_skills": {"key": small.roles["ITM"]},
        "from_role": {"key": small.roles["ITM"], "other": small.roles["PM"]},
        "choose_start": {"key": small.roles["ITM"]},
        **dict.fromkeys(("towards", "assess_person", "step_new"), way),
        "plan_export": {**way, "kind": "md"},
        "step": {**way, "step": vars(cast)["step"]},
        "whom_i_let_in": {"key": path.person.key},
        "assessment_remove": {"key": path.person.key, "number": 1},
    }


def decided(cast: Cast) -> str:
    """The key of a decision on FIN-1, which is made where there is none yet."""
    made = models.Decision.objects.filter(matrix=cast.small.matrix).first()
    if made:
        return str(made.key)
    decision = Decision(
        cast.small.duties["FIN-1"],
        owner=cast.small.roles["ITM"],
        reason="So be it.",
        decided_on=RAISED,
        decided_by="Ed",
    )
    key = new_key()
    write(cast.small.organisation, create(Kind.DECISION, decision, key, matrix=cast.small.matrix_key))
    return key


def brought(cast: Cast) -> str:
    """The key of an import that has ended, which is made where there is none yet."""
    refusal = {"text": "This is a picture.", "facts": {}}
    made, _ = models.Import.objects.get_or_create(
        organisation=cast.small.organisation,
        file_name="picture.png",
        defaults={"state": "refused", "refusal": refusal, "size": 1, "uploaded_at": timezone.now()},
    )
    models.ImportWork.objects.get_or_create(item=made)
    return str(made.key)


def address(name: str, cast: Cast) -> str:
    given = arguments(cast).get(name, {})
    if name in WORKSPACE and name != "home":
        given = {"slug": "small", **given}
    asked = f"?role={cast.small.roles['PM']}" if name == "choose_start" else ""
    return reverse(name, kwargs=given) + asked


def status(cast: Cast, visitor: str, method: str, url: str) -> int:
    """The answer to one visitor; whatever it wrote is taken back."""
    client: Client = cast.client(visitor)
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    return int(answer.status_code)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("visitor", VISITORS)
def test_every_visitor_gets_the_answer_of_the_table(cast, visitor, method):
    column = VISITORS.index(visitor)
    wrong = []
    for name, row in TABLE.items():
        statuses = getattr(row, method).split()
        expected = int(statuses[column if len(statuses) > 1 else 0])
        found = status(cast, visitor, method, address(name, cast))
        if found != expected:
            wrong.append(f"{name}: {found}, the table says {expected}")
    assert wrong == []


def test_the_table_knows_every_address():
    assert missing(names(get_resolver().url_patterns), TABLE) == []


def test_the_table_knows_no_address_that_is_gone():
    assert sorted(TABLE.keys() - set(names(get_resolver().url_patterns))) == []


def test_an_address_that_nobody_declared_is_noticed():
    planted = [
        *get_resolver().url_patterns,
        path("planted/", lambda request: None, name="planted"),
        path("bare/", print),
    ]
    assert missing(names(planted), TABLE) == ["bare/", "planted"]


def test_every_row_has_a_status_for_every_visitor():
    odd = [name for name, row in TABLE.items() for part in row if len(part.split()) not in (1, len(VISITORS))]
    assert odd == []
