"""What people and programs do to a workbook, and what the reader makes of it."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from raci.documents.intake.refused import Refused
from raci.documents.speech import Language
from raci.documents.workbook import layout
from raci.documents.workbook.reader import is_ours, keys_lost, read_home
from raci.documents.workbook.reading.strings import decoded
from raci.domain.homecoming import bring_home
from raci.domain.homecoming.brought import UNREADABLE
from raci.domain.proposal import Proposal
from raci.domain.reading import Weight
from tests.documents.opening import written
from tests.documents.rewriting import MAIN, STRICT, by_openpyxl, changed, inline_cell, packed, parts_of, rewritten
from tests.documents.sample import sample

SHEET = "xl/worksheets/sheet1.xml"
GREY = "xl/worksheets/sheet2.xml"


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return written(sample())


def wanted(content: bytes) -> Proposal:
    return bring_home(sample().matrix, read_home(content))


def said(found: Proposal) -> list[str]:
    return [str(wish.about) for wish in found.wishes]


def reported(found: Proposal) -> list[tuple[str, str]]:
    return [(problem.where, str(problem.message)) for problem in found.problems]


# --- what is found


def test_columns_rows_and_facts_are_found_with_their_places(workbook: bytes) -> None:
    found = read_home(workbook)
    assert (found.sheet, found.matrix, found.revision, found.is_part) == ("Matrix", "m-projects", 214, False)
    assert [(column.key, column.at) for column in found.columns][:2] == [("pm", "H"), ("itm", "I")]
    assert (found.rows[0].number, found.rows[0].key, found.rows[0].code) == (8, "RES-1", "RES-1")
    assert found.rows[0].letters == "A/R\tC\t\t\t\t\tI\t\tC"
    assert found.labels == {"Accountable": "A", "Responsible": "R", "Consulted": "C", "Informed": "I"}
    assert len(found.rows) == 54


def test_sheets_may_be_renamed_and_moved_and_addresses_follow(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        book["Matrix"].title = "Wer macht was?".replace("?", "")
        book.move_sheet("Legend", -7)
        book["Wer macht was"]["I19"] = "A"

    content = by_openpyxl(workbook, edit)
    found = wanted(content)
    assert read_home(content).sheet == "Wer macht was"
    assert said(found) == ["Select the vendor, IT manager: C → A"]
    assert found.wishes[0].where == "Wer macht was!I19"


def test_rows_above_and_columns_before_the_matrix_move_it_and_nothing_else(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        book["Matrix"].insert_rows(1, 3)
        book["Matrix"]["I22"] = "A"

    found = wanted(by_openpyxl(workbook, edit))
    assert (said(found), found.wishes[0].where) == (["Select the vendor, IT manager: C → A"], "Matrix!I22")


def test_hidden_rows_and_columns_are_read_like_all_others(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        book["Matrix"].row_dimensions[19].hidden = True
        book["Matrix"].column_dimensions["I"].hidden = True
        book["Matrix"]["I19"] = "A"

    content = by_openpyxl(workbook, edit)
    read = read_home(content)
    assert [row.number for row in read.rows if row.hidden] == [19]
    assert [column.at for column in read.columns if column.hidden] == ["I"]
    assert said(wanted(content)) == ["Select the vendor, IT manager: C → A"]


def test_rows_inserted_and_deleted_are_told_from_rows_edited(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        sheet = book["Matrix"]
        sheet.delete_rows(9)
        sheet.insert_rows(19)
        sheet["E19"], sheet["G19"], sheet["I19"] = "Vendor management", "Thank the vendor", "A/R"

    assert said(wanted(by_openpyxl(workbook, edit))) == [
        "New row VEN-14 in Vendor management, “Thank the vendor”",
        "Thank the vendor, IT manager: empty → A/R",
        "Row RES-2 is missing, “Ask for named people for a project”",
    ]


def test_a_row_typed_below_the_counts_is_a_new_row_and_the_counts_are_none(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        sheet = book["Matrix"]
        sheet["G62"], sheet["G70"], sheet["H70"] = "Just below", "Far below", "A"
        sheet["G68"], sheet["H68"] = "My own sum", "=COUNTA(H8:H61)"

    assert said(wanted(by_openpyxl(workbook, edit))) == [
        "New row ROAD-9 in Technology roadmap, “Just below”",
        "New row ROAD-10 in Technology roadmap, “Far below”",
        "Far below, IT project manager: empty → A",
    ]


def test_an_inserted_column_is_found_by_its_name(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        book["Matrix"].insert_cols(10)
        book["Matrix"]["J7"], book["Matrix"]["J19"] = "Works council", "C"

    found = wanted(by_openpyxl(workbook, edit))
    assert said(found) == ["New column Works council", "Select the vendor, Works council: empty → C"]


def test_a_column_without_a_name_is_reported_once(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        book["Matrix"]["X20"], book["Matrix"]["X30"] = "ask Ben", "done"

    found = wanted(by_openpyxl(workbook, edit))
    assert (found.wishes, [problem.weight for problem in found.problems]) == ((), [Weight.NOTE])
    assert reported(found)[0][0] == "Matrix!X20"


# --- cells that hold no plain text


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ('<c r="I19"><f>H19</f><v>0</v></c>', "There is a formula in this cell."),
        ('<c r="I19" t="str"><f>"A"</f><v>A</v></c>', "There is a formula in this cell."),
        ('<c r="I19" t="e"><v>#N/A</v></c>', "This cell shows the error #N/A."),
        ('<c r="I19" t="e"><f>NA()</f><v>#N/A</v></c>', "There is a formula in this cell."),
        ('<c r="I19" t="b"><v>1</v></c>', "“true” is not a letter of RACI"),
        ('<c r="I19"><v>3.0</v></c>', "“3” is not a letter of RACI"),
    ],
)
def test_what_is_no_letter_changes_none_and_is_reported(workbook: bytes, cell: str, message: str) -> None:
    found = wanted(changed(workbook, SHEET, inline_cell("I19", cell)))
    assert found.wishes == ()
    ((where, text),) = reported(found)
    assert where == "Matrix!I19" and text.startswith(message)


@pytest.mark.parametrize("reference", ["E19", "F19", "G19"])
def test_a_formula_in_place_of_a_text_changes_nothing(workbook: bytes, reference: str) -> None:
    found = wanted(
        changed(workbook, SHEET, inline_cell(reference, f'<c r="{reference}" t="str"><f>A1</f><v>x</v></c>'))
    )
    assert (found.wishes, [where for where, _ in reported(found)]) == ((), [f"Matrix!{reference}"])


def test_a_number_in_place_of_a_code_is_taken_and_doubted(workbook: bytes) -> None:
    found = wanted(changed(workbook, SHEET, inline_cell("F19", '<c r="F19"><v>44986</v></c>')))
    assert said(found) == ["VEN-2 becomes 44986, “Select the vendor”"]
    assert (found.problems[0].where, found.problems[0].weight) == ("Matrix!F19", Weight.DOUBT)


@pytest.mark.parametrize(
    "inner",
    [
        '<c r="I19" t="inlineStr"><is><r><rPr><b/></rPr><t>A</t></r><r><t>/R</t></r></is></c>',
        '<c r="I19" t="inlineStr"><is><t>A/R</t><rPh sb="0" eb="1"><t>nonsense</t></rPh></is></c>',
        '<c r="I19" t="inlineStr"><is>\n  <t>A/R</t>\n  </is>\n</c>',
        '<c r="I19" t="str"><v>A/R</v></c>',
        '<c r="I19" t="inlineStr"><is><t>_x0041_/R</t></is></c>',
    ],
)
def test_letters_are_read_from_whatever_holds_a_text(workbook: bytes, inner: str) -> None:
    assert said(wanted(changed(workbook, SHEET, inline_cell("I19", inner)))) == [
        "Select the vendor, IT manager: C → A/R"
    ]


@pytest.mark.parametrize(
    ("spelled", "text"),
    [
        ("_x0041_", "A"), ("_x005F_x0041_", "_x0041_"), ("a_x000D_b", "a\rb"), ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "_xD83D_"), ("_x0007_", "_x0007_"), ("_xFFFE_", "_xFFFE_"), ("_x12_", "_x12_"),
    ],
)  # fmt: skip
def test_escapes_are_read_as_programs_read_them(spelled: str, text: str) -> None:
    assert decoded(spelled) == text
    assert UNREADABLE not in decoded(spelled)


def test_cells_and_rows_that_do_not_say_where_they_are_stand_in_line(workbook: bytes) -> None:
    assert said(wanted(changed(workbook, SHEET, _dense))) == []
    assert read_home(changed(workbook, SHEET, _dense)).rows == read_home(workbook).rows


def _dense(xml: bytes) -> bytes:
    """Return a sheet in which every row and cell up to the last is there, and none says where it is."""
    head, body, tail = re.split(rb"<sheetData>|</sheetData>", xml)
    found = {int(number): inner for number, inner in re.findall(rb'<row r="(\d+)"[^>]*>(.*?)</row>', body, re.DOTALL)}
    rows = []
    for number in range(1, max(found) + 1):
        cells = {
            match[1].decode(): match[0]
            for match in re.finditer(rb'<c r="([A-Z]+)\d+"(?:[^>]*/>|.*?</c>)', found.get(number, b""), re.DOTALL)
        }
        line = [re.sub(rb' r="[A-Z]+\d+"', b"", cells.get(layout.letter(at), b"<c/>"), count=1) for at in range(1, 20)]
        rows.append(b"<row>" + b"".join(line) + b"</row>")
    return head + b"<sheetData>" + b"".join(rows) + b"</sheetData>" + tail


def test_the_extent_that_a_sheet_claims_is_not_believed(workbook: bytes) -> None:
    lying = changed(workbook, SHEET, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', xml))
    assert read_home(lying) == read_home(workbook)


def test_strict_workbooks_and_other_encodings_are_read(workbook: bytes) -> None:
    strict = changed(workbook, SHEET, lambda xml: xml.replace(MAIN.encode(), STRICT.encode()))
    assert read_home(strict) == read_home(workbook)
    declared = '<?xml version="1.0" encoding="UTF-16"?><worksheet'
    wide = changed(workbook, SHEET, lambda xml: xml.decode().replace("<worksheet", declared, 1).encode("utf-16"))
    assert read_home(wide) == read_home(workbook)


def test_words_of_the_documents_own_language_mean_letters() -> None:
    words = {"Accountable": "Rechenschaftspflichtig", "Matrix": "Zuordnung"}
    edition = replace(sample(), language=Language(translate=lambda text: words.get(text, text)))
    content = by_openpyxl(written(edition), lambda book: book["Zuordnung"].cell(19, 9, "rechenschaftspflichtig"))
    assert said(wanted(content)) == ["Select the vendor, IT manager: C → A"]


# --- the way home


def _without_properties(workbook: bytes) -> bytes:
    parts = parts_of(workbook)
    del parts["docProps/custom.xml"]
    parts["_rels/.rels"] = re.sub(rb"<Relationship [^>]*custom-properties[^>]*/>", b"", parts["_rels/.rels"])
    return packed(parts)


def _without_sheet(workbook: bytes) -> bytes:
    return by_openpyxl(workbook, lambda book: book.remove(book["orgroles"]))


def test_either_the_sheet_or_the_properties_lead_home(workbook: bytes) -> None:
    for content in (_without_properties(workbook), _without_sheet(workbook)):
        assert is_ours(content)
        assert read_home(content).facts == read_home(workbook).facts


def test_a_workbook_that_lost_its_revision_is_refused_with_what_to_do(workbook: bytes) -> None:
    content = _without_properties(_without_sheet(workbook))
    assert is_ours(content)
    with pytest.raises(Refused, match=r"no longer says which revision.*Export the matrix anew"):
        read_home(content)


def test_a_matrix_copied_into_another_workbook_is_still_known(workbook: bytes) -> None:
    def only_the_matrix(book: Any) -> None:
        for name in book.sheetnames[1:]:
            book.remove(book[name])
        book.defined_names.clear()

    content = rewritten(_without_properties(by_openpyxl(workbook, only_the_matrix)))
    assert is_ours(content)
    with pytest.raises(Refused, match="no longer says which revision"):
        read_home(content)


@pytest.mark.parametrize(
    "edit",
    [
        lambda book: book["Matrix"].delete_cols(1, 4),
        lambda book: book["Matrix"].delete_rows(layout.KEY_ROW),
        lambda book: book.remove(book["Matrix"]),
    ],
)
def test_without_its_keys_it_is_read_like_anybodys_sheet(workbook: bytes, edit: Callable[[Any], None]) -> None:
    content = by_openpyxl(workbook, edit)
    assert not is_ours(content)
    assert str(keys_lost(content)).startswith("The workbook was exported from here")
    with pytest.raises(Refused):
        read_home(content)


def test_a_foreign_workbook_is_not_ours(workbook: bytes) -> None:
    stream = BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["key", "title", "Duty"])
    book.save(stream)
    assert not is_ours(stream.getvalue())
    assert keys_lost(stream.getvalue()) is None
    assert keys_lost(workbook) is None
    assert not is_ours(b"no zip at all") and keys_lost(b"") is None


def test_a_copy_of_the_sheet_is_left_and_said(workbook: bytes) -> None:
    def edit(book: Any) -> None:
        copy = book.copy_worksheet(book["Matrix"])
        copy["I19"] = "A"
        book.move_sheet(copy, -9)

    found = wanted(by_openpyxl(workbook, edit))
    assert (found.wishes, [problem.weight for problem in found.problems]) == ((), [Weight.NOTE])
    assert reported(found) == [("Matrix Copy", "Sheet Matrix Copy is a copy of the matrix, so it was left out.")]


def test_two_exports_in_one_file_are_refused(workbook: bytes) -> None:
    content = by_openpyxl(workbook, lambda book: book["orgroles"].cell(8, 2, "7"))
    with pytest.raises(Refused, match="two different exports"):
        read_home(content)


@pytest.mark.parametrize("revision", ["", "x", "9" * 5_000, "-1", "²"])
def test_a_revision_that_is_no_number_is_refused(workbook: bytes, revision: str) -> None:
    content = by_openpyxl(_without_properties(workbook), lambda book: book["orgroles"].cell(8, 2, revision))
    with pytest.raises(Refused):
        read_home(content)


def test_a_newer_form_is_refused(workbook: bytes) -> None:
    content = by_openpyxl(workbook, lambda book: book["orgroles"].cell(2, 2, "9"))
    with pytest.raises(Refused, match="newer version"):
        read_home(content)


@pytest.mark.parametrize(
    "broken",
    [
        lambda content: content[:5_000],
        lambda content: changed(content, SHEET, lambda xml: xml[:9_000]),
        lambda content: changed(content, SHEET, lambda xml: xml.replace(b'r="8"', b'r="x"', 1)),
        lambda content: packed({"xl/workbook.xml": b"<workbook/>"}),
        lambda content: changed(content, "xl/_rels/workbook.xml.rels", lambda _: b"<Relationships/>"),
        lambda content: changed(content, SHEET, inline_cell("I19", '<c r="I19" t="s"><v>7</v></c>')),
    ],
)
def test_a_damaged_workbook_is_refused_and_never_a_crash(workbook: bytes, broken: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Refused):
        read_home(broken(workbook))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "_rels/.rels", "docProps/custom.xml"])
def test_entities_are_refused_wherever_they_are_declared(workbook: bytes, part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    start = re.compile(rb"(<\?xml[^>]*\?>)?\s*<")
    content = changed(workbook, part, lambda xml: start.sub(lambda head: (head[1] or b"") + bomb + b"<", xml, count=1))
    with pytest.raises(Refused, match="entities"):
        read_home(content)
