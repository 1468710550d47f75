"""LibreOffice edits a workbook as a person would: a macro of its own types, sorts, inserts and deletes, then saves."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

_MACRO = """
Sub Edit
  On Error Goto Wrong
  Dim book
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim format(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL({source}), "_blank", 0, hidden())
{orders}
  format(0).Name = "FilterName"
  format(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(ConvertToURL({target}), format())
  book.close(True)
  Exit Sub
Wrong:
  Open {target} + ".error" For Output As #1
  Print #1, Error$
  Close #1
End Sub

Sub SortRange(range, column)
  Dim fields(0) As New com.sun.star.table.TableSortField
  Dim sorting(1) As New com.sun.star.beans.PropertyValue
  fields(0).Field = column
  fields(0).IsAscending = True
  sorting(0).Name = "SortFields"
  sorting(0).Value = fields()
  sorting(1).Name = "ContainsHeader"
  sorting(1).Value = False
  range.sort(sorting())
End Sub
"""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DTD = '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
_LIBRARY = (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false">{}</library:library>'
)
_LIBRARIES = (
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{}.xlb/" xlink:type="simple" '
    'library:link="false"/></library:libraries>'
)


def typed(sheet: str, cell: str, text: str) -> str:
    """Return the order to type a text into a cell ("D4")."""
    return f"{_sheet(sheet)}.getCellRangeByName({_quoted(cell)}).String = {_quoted(text)}"


def deleted(sheet: str, row: int) -> str:
    """Return the order to delete a row, counted from one."""
    return f"{_sheet(sheet)}.Rows.removeByIndex({row - 1}, 1)"


def inserted(sheet: str, row: int) -> str:
    """Return the order to insert an empty row above a row, counted from one."""
    return f"{_sheet(sheet)}.Rows.insertByIndex({row - 1}, 1)"


def sorted_by(sheet: str, cells: str, column: int) -> str:
    """Return the order to sort a range ("A8:P20") by one of its columns, counted from nought."""
    return f"SortRange({_sheet(sheet)}.getCellRangeByName({_quoted(cells)}), {column})"


def renamed(sheet: str, name: str) -> str:
    """Return the order to give a sheet another name."""
    return f"{_sheet(sheet)}.Name = {_quoted(name)}"


def edited(program: str, folder: Path, workbook: bytes, orders: Iterable[str]) -> bytes:
    """Return a workbook after LibreOffice has carried out orders on it and saved it in Excel's format."""
    profile, source, target = folder / "profile", folder / "before.xlsx", folder / "after.xlsx"
    lines = "\n".join(f"  {order}" for order in orders)
    command = [program, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
    # The first start of a profile overwrites what it finds there.
    subprocess.run([*command, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    _install(profile, _MACRO.format(source=_quoted(str(source)), target=_quoted(str(target)), orders=lines))
    source.write_bytes(workbook)
    subprocess.run([*command, "macro:///Standard.Module1.Edit"], check=True, capture_output=True, timeout=180)
    trouble = target.with_suffix(".xlsx.error")
    assert not trouble.exists(), trouble.read_text()
    return target.read_bytes()


def _sheet(name: str) -> str:
    return f"book.Sheets.getByName({_quoted(name)})"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _install(profile: Path, macro: str) -> None:
    """Write a user profile that holds the macro."""
    basic = profile / "user" / "basic"
    standard = basic / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    module = (
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        f'script:language="StarBasic">{escape(macro)}</script:module>'
    )
    library = _HEAD + _DTD.format("library:library", "library")
    libraries = _HEAD + _DTD.format("library:libraries", "libraries")
    (standard / "Module1.xba").write_text(_HEAD + _DTD.format("script:module", "module") + module)
    (standard / "script.xlb").write_text(library + _LIBRARY.format('<library:element library:name="Module1"/>'))
    (standard / "dialog.xlb").write_text(library + _LIBRARY.format(""))
    for name in ("script", "dialog"):
        (basic / f"{name}.xlc").write_text(libraries + _LIBRARIES.format(name))
