"""Tables of text, from every kind of file."""

import datetime
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raci.documents.csv import write_csv
from raci.documents.intake.guard import admit
from raci.documents.intake.refused import Refused
from raci.documents.intake.sources import open_sheaf
from raci.documents.intake.sources.values import text_of
from raci.documents.intake.table import Medium, Sheaf, Span, Table
from raci.domain.structure import rows_in_order
from tests.documents.intake import building as good
from tests.documents.intake.cases import CASES
from tests.documents.intake.hostile import READ
from tests.documents.sample import sample


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def only(sheaf: Sheaf) -> Table:
    [table] = sheaf.tables
    return table


def notes(sheaf: Sheaf) -> list[str]:
    return list(map(str, sheaf.notes))


@pytest.mark.parametrize(("name", "content"), good.good_workbooks().items())
def test_every_kind_of_workbook_gives_the_same_table(name: str, content: bytes) -> None:
    sheaf = open_sheaf(content, name)
    assert (sheaf.kind, only(sheaf).rows) == (name.rpartition(".")[2], good.ROWS)
    assert only(sheaf).place(1, 2) == f"{only(sheaf).name}!C2"


def test_a_strict_workbook_is_read() -> None:
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        for name, content in good.parts().items()
        if isinstance(content, bytes)
    }
    assert only(open_sheaf(good.xlsx(strict), "plan.xlsx")).rows == good.ROWS


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_what_libreoffice_saves_is_read(ending: str, require: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(good.saved_by_openpyxl())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [require("soffice"), profile, "--headless", "--convert-to", ending, "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "plan.xlsx")], check=True, capture_output=True, timeout=300)
    sheaf = open_sheaf((tmp_path / "out" / f"plan.{ending}").read_bytes(), f"plan.{ending}")
    assert (sheaf.kind, only(sheaf).rows) == (ending, good.ROWS)


def test_a_table_knows_where_it_begins_and_what_is_merged_and_hidden() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Büro & <Co>"
    for place, value in {
        "C3": "Phase",
        "C4": "Task",
        "D4": "Lead",
        "E4": "Clerk",
        "C5": "Plan",
        "D5": "A",
        "E5": "R",
    }.items():
        sheet[place] = value
    sheet.merge_cells("C3:E3")
    sheet.merge_cells("A1:A2")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["E"].hidden = True
    book.create_sheet("Old").sheet_state = "hidden"
    book["Old"]["A1"] = "x"
    first, second = open_sheaf(saved(book), "plan.xlsx").tables
    assert (first.name, first.first_row, first.first_column, first.hidden) == ("Büro & <Co>", 2, 2, False)
    assert first.rows == (("Phase",), ("Task", "Lead", "Clerk"), ("Plan", "A", "R"))
    assert first.merged == (Span(0, 0, 0, 2),)
    assert (first.hidden_rows, first.hidden_columns) == ({2}, {2})
    assert first.place(2, 1) == "Büro & <Co>!D5"
    assert (second.name, second.hidden, second.rows) == ("Old", True, (("x",),))


def test_cells_with_errors_say_which() -> None:
    row = '<row r="2"><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C2" s="0" t="e"><v>#REF!</v></c></row>'
    content = good.xlsx({good.SHEET: good.sheet(good.inline("A1", "x") + row)})
    assert only(open_sheaf(content, "plan.xlsx")).rows == (("x",), ("", "#DIV/0!", "#REF!"))


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA"])
def test_errors_that_are_newer_than_the_reader_leave_the_sheet_whole(error: str) -> None:
    row = f'<row r="2"><c r="B2" s="0" t="e"><f>A1#</f><v>{error}</v></c></row>'
    content = good.xlsx({good.SHEET: good.sheet(good.inline("A1", "x") + row)})
    sheaf = open_sheaf(content, "plan.xlsx")
    assert (only(sheaf).rows, sheaf.notes) == ((("x",), ("", error)), ())


def test_sheets_that_are_no_tables_or_not_there_do_not_hide_the_others() -> None:
    names = '<sheet name="Macro" sheetId="7" r:id="rId8"/><sheet name="Gone" sheetId="8"/>'
    macro = b'<Relationship Id="rId8" Type="http://schemas.microsoft.com/x/xlMacrosheet" Target="m.xml"/>'
    links = good.parts()[good.WORKBOOK_RELATIONS]
    assert isinstance(links, bytes)
    content = good.xlsx(
        {
            good.WORKBOOK: good.workbook(names + '<sheet name="Plan" sheetId="1" r:id="rId1"/>'),
            good.WORKBOOK_RELATIONS: links.replace(b"</Rel", macro + b"</Rel"),
            "xl/m.xml": b"<xm:macrosheet xmlns:xm='x'/>",
        }
    )
    table = only(open_sheaf(content, "plan.xlsx"))
    assert (table.name, table.rows) == ("Plan", good.ROWS)


def test_a_merged_range_in_an_unknown_form_does_no_harm() -> None:
    content = good.xlsx({good.SHEET: good.sheet(good.rows(), '<mergeCells><mergeCell ref="A:C"/></mergeCells>')})
    assert only(open_sheaf(content, "plan.xlsx")).rows == good.ROWS


def test_values_read_as_people_see_them() -> None:
    book = openpyxl.Workbook()
    day, moment = datetime.date(2026, 1, 5), datetime.datetime.fromisoformat("2026-01-05 13:30")
    book.active.append(["a\nb", 3, 3.5, True, day, moment, datetime.time(9, 5), 12345678901234, 1e300, -0.1, "_x0041_"])
    assert only(open_sheaf(saved(book), "plan.xlsx")).rows == (
        (
            "a\nb",
            "3",
            "3.5",
            "TRUE",
            "2026-01-05",
            "2026-01-05 13:30:00",
            "09:05:00",
            "12345678901234",
            "1e+300",
            "-0.1",
            "A",
        ),
    )


@given(st.one_of(st.floats(), st.text(), st.booleans(), st.datetimes(), st.timedeltas(), st.times(), st.none()))
def test_any_value_becomes_text_that_can_be_held(value: Any) -> None:
    text = text_of(value)
    assert isinstance(text, str)
    assert not {"\0", "\x1f", "\ufffe"} & set(text)


def test_a_sheet_that_cannot_be_read_is_left_out_and_said() -> None:
    second = '<sheet name="Plan" sheetId="1" r:id="rId1"/><sheet name="Lost" sheetId="2" r:id="rId4"/>'
    links = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
    content = good.xlsx(
        {
            good.WORKBOOK: good.workbook(second),
            good.WORKBOOK_RELATIONS: good.relations(
                *links, ("styles", "styles.xml"), ("worksheet", "worksheets/x.xml")
            ),
            "xl/worksheets/x.xml": b"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>77</v></c></row></sheetData>",
        }
    )
    sheaf = open_sheaf(content, "plan.xlsx")
    assert [table.name for table in sheaf.tables if table.rows] == ["Plan"]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.words == READ])
def test_what_only_looks_alarming_is_read(name: str) -> None:
    case = CASES[name]
    assert all(table.rows in (good.ROWS, ()) for table in open_sheaf(case.make(), f"plan.{case.ending}").tables)


@pytest.mark.parametrize(
    ("name", "kind", "note"),
    [
        ("plan.csv", "csv", "Read as UTF-8, separated by commas."),
        ("semicolons.csv", "csv", "Read as Windows-1252, separated by semicolons."),
        ("plan.tsv", "tsv", "Read as UTF-8, separated by tabs."),
        ("wide.csv", "csv", "Read as UTF-16, separated by commas."),
    ],
)
def test_a_text_says_how_it_was_read(name: str, kind: str, note: str) -> None:
    sheaf = open_sheaf(good.GOOD_TEXTS[name], name)
    assert (sheaf.kind, notes(sheaf), only(sheaf).medium) == (kind, [note], Medium.TEXT)
    assert only(sheaf).rows[0] == ("Task", "Lead", "Clerk")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("sep=;\na;b\n1,5;2,5\n", (("a", "b"), ("1,5", "2,5"))),
        ("a;b\n1,5;2,5\n3,5;4,5\n", (("a", "b"), ("1,5", "2,5"), ("3,5", "4,5"))),
        ('a,"b\nc"\r\n"d ""e""",f\r\n', (("a", "b\nc"), ('d "e"', "f"))),
        (
            "A plan, with care\n\nTask;Lead\nMove;A\nPack;R\n",
            (("A plan, with care",), (), ("Task", "Lead"), ("Move", "A"), ("Pack", "R")),
        ),
        ("a|b\nc|d\n", (("a", "b"), ("c", "d"))),
        ("one\ntwo\n", (("one",), ("two",))),
        ("a\tb, c\nd\te, f\n", (("a", "b, c"), ("d", "e, f"))),
        ("a,b,,\n,,,\n", (("a", "b"),)),
    ],
)
def test_separators_are_found(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert only(open_sheaf(text.encode(), "pasted.txt")).rows == rows


def test_rows_know_the_line_on_which_they_begin() -> None:
    table = only(open_sheaf(b'a,b\n"c\nd",e\nf,g\n', "plan.csv"))
    assert table.lines == (1, 2, 4)
    assert table.place(2, 1) == "line 4, column 2"


def test_a_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    lines = [f"{number};x" for number in range(100)]
    lines[3] = '"3 inch;x'
    assert len(only(open_sheaf("\n".join(lines).encode(), "plan.csv")).rows) == 100


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        ("Aufgabe;Leitung\nMöbel rücken;A\n", "cp1252", "Windows-1252"),
        (
            "Задача;Руководитель\nСоставить план переезда;Исполнитель\nЗаказать коробки;Утверждающий\n",
            "cp1251",
            "Windows-1251",
        ),
        ("任務;負責人\n搬家計畫的準備工作;核准\n訂購搬家用的紙箱;執行\n", "utf-16", "UTF-16"),
        ("Žádost;Vedoucí\nPříliš žluťoučký kůň;A\núpěl ďábelské ódy;R\n", "utf-8-sig", "UTF-8"),
    ],
)
def test_encodings_are_found(text: str, codec: str, name: str) -> None:
    sheaf = open_sheaf(text.encode(codec), "plan.csv")
    assert notes(sheaf) == [f"Read as {name}, separated by semicolons."]
    assert only(sheaf).rows == tuple(tuple(line.split(";")) for line in text.splitlines())


def test_a_mark_that_lies_is_told() -> None:
    with pytest.raises(Refused, match="says that it is UTF-8"):
        open_sheaf(b"\xef\xbb\xbfa,\xff\xff\n", "plan.csv")


def test_our_own_csv_comes_back_without_its_apostrophes() -> None:
    edition = sample()
    stream = BytesIO()
    write_csv(edition, stream)
    rows = only(open_sheaf(stream.getvalue(), "plan.csv")).rows
    assert [row[2] for row in rows[1:]] == [edition.matrix.duties[key].title for key in rows_in_order(edition.matrix)]
    assert only(open_sheaf(b"a,b\n'=1+1,''=x\n", "plan.csv")).rows[1] == ("=1+1", "'=x")


class Markup(ModuleType):
    """What reads Markdown and web pages, as far as it matters here."""

    @staticmethod
    def tables_of_markdown(text: str) -> list[Table]:
        return [Table((("markdown", text),), Medium.MARKUP)]

    @staticmethod
    def tables_of_html(text: str) -> list[Table]:
        return [Table((("html", text),), Medium.MARKUP)]


@pytest.mark.parametrize(
    ("name", "text", "kind", "reader"),
    [
        ("plan.md", "no table\n", "md", "markdown"),
        ("plan.md", "<table><tr><td>a</td></tr></table>\n\n- R: responsible\n", "md", "markdown"),
        ("pasted.txt", "<table></table>\n\n|a|b|\n|---|---|\n", "md", "markdown"),
        ("pasted.txt", "|a|b|\n|---|:-:|\n|c|d|\n", "md", "markdown"),
        ("pasted.txt", "a | b\n--- | ---\nc | d\n", "md", "markdown"),
        ("pasted.txt", "- Plan\n  - R: Ann\n", "md", "markdown"),
        ("pasted.txt", "<p>x</p><table><tr><td>a</td></tr></table>", "html", "html"),
        ("plan.html", "<!DOCTYPE html><html><table></table></html>", "html", "html"),
        ("plan.xls", "<html><table></table></html>", "html", "html"),
        ("plan.csv", "|a|b|\n|---|---|\n|c|d|\n", "csv", ""),
        ("pasted.txt", "- Plan;A\n- Pack;R\n", "csv", ""),
    ],
)
def test_markup_goes_to_its_readers(
    name: str, text: str, kind: str, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "raci.documents.intake.markup", Markup("markup"))
    sheaf = open_sheaf(text.encode(), name)
    assert (sheaf.kind, only(sheaf).rows[0][0] if reader else "") == (kind, reader)


def test_a_sheet_that_was_pasted_into_a_file_called_markdown_is_read_as_one() -> None:
    pasted = "Task\tMaster\tPilot\nMoor\tA\tR\nUnload\t\tA\n"
    assert open_sheaf(pasted.encode(), "plan.md").tables[0].rows == (
        ("Task", "Master", "Pilot"),
        ("Moor", "A", "R"),
        ("Unload", "", "A"),
    )
    assert open_sheaf(b"# Plan\n\n\tindented\n\tcode\n", "plan.md").kind == "md"


def test_a_file_that_was_admitted_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    admitted = admit(good.xlsx(), "plan.xlsx")
    monkeypatch.setattr("raci.documents.intake.sources.admit", None)
    assert only(open_sheaf(good.xlsx(), "plan.xlsx", admitted=admitted)).rows == good.ROWS


def test_nothing_large_is_loaded_before_it_is_needed() -> None:
    lines = "import sys, raci.documents.intake.child; print(*sys.modules)"
    environment = {"PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([sys.executable, "-c", lines], env=environment, capture_output=True, text=True, check=True)
    large = {"django", "openpyxl", "lxml", "charset_normalizer", "xml", "raci.documents.edition", "raci.domain.lint"}
    assert not large & set(done.stdout.split())
