"""What the guard refuses, with which sentence, and what it lets pass."""

import re
import tracemalloc
from io import BytesIO

import pytest

from benchmarks.data import edition
from raci.documents.intake.guard import admit
from raci.documents.intake.guard.limits import LARGEST_UNPACKED
from raci.documents.intake.refused import Refused
from raci.documents.workbook.writer import write_workbook
from tests.documents.intake import building as good
from tests.documents.intake.archives import Member, archive
from tests.documents.intake.cases import CASES
from tests.documents.intake.hostile import READ

REFUSED = {name: case for name, case in CASES.items() if case.words != READ}


# What the last sentence of a refusal asks for.
DO = re.compile("upload|choose|ask for another copy|paste", re.IGNORECASE)


def refusal(content: bytes, name: str = "plan.xlsx") -> str:
    with pytest.raises(Refused) as refused:
        admit(content, name)
    return str(refused.value)


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_sentence_that_says_why_and_what_to_do(name: str) -> None:
    case = CASES[name]
    sentence = refusal(case.make(), f"plan.{case.ending}")
    assert case.words in sentence
    assert DO.search(sentence.rstrip(".").rpartition(". ")[2]), sentence


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.words == READ])
def test_what_only_looks_alarming_passes(name: str) -> None:
    case = CASES[name]
    assert admit(case.make(), f"plan.{case.ending}").kind == case.ending


@pytest.mark.parametrize(("name", "content"), good.good_workbooks().items())
def test_good_workbooks_pass_without_a_word(name: str, content: bytes) -> None:
    admitted = admit(content, name)
    assert (admitted.kind, admitted.notes) == (name.rpartition(".")[2], ())


@pytest.mark.parametrize(("name", "content"), (good.GOOD_TEXTS | good.GOOD_MARKUP).items())
def test_good_texts_pass_without_a_word(name: str, content: bytes) -> None:
    admitted = admit(content, name)
    assert (admitted.kind, admitted.notes) == ("html" if name.endswith("html") else "text", ())


def test_our_own_workbook_of_a_large_organisation_passes() -> None:
    stream = BytesIO()
    write_workbook(edition(10_000, 50), stream)
    seen: list[tuple[int, int]] = []
    assert admit(stream.getvalue(), "plan.xlsx", lambda done, total: seen.append((done, total))).notes == ()
    done, total = seen[-1]
    assert done == total > 15_000_000
    assert total * 3 < LARGEST_UNPACKED


def test_a_large_file_is_looked_at_without_being_held() -> None:
    stream = BytesIO()
    write_workbook(edition(3_000, 50), stream)
    content = stream.getvalue()
    stream.close()
    tracemalloc.start()
    admit(content, "plan.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


@pytest.mark.parametrize("name", ["100,000 parts", "2 million cells in a line", "1 GiB that says it is small"])
def test_what_is_refused_is_not_held_either(name: str) -> None:
    content = CASES[name].make()
    tracemalloc.start()
    refusal(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.xlsx", b"a,b\n1,2\n", "ends in .xlsx, but the file is plain text"),
        ("plan.csv", good.xlsx(), "ends in .csv, but the file is an Excel workbook (.xlsx)"),
        ("plan.xls", good.ods(), "ends in .xls, but the file is an OpenDocument spreadsheet (.ods)"),
        ("plan.xls", good.GOOD_MARKUP["plan.html"], "ends in .xls, but the file is a web page (.html)"),
        ("plan.ods", good.xls(), "ends in .ods, but the file is an old Excel workbook (.xls)"),
    ],
)
def test_a_wrong_ending_is_told(name: str, content: bytes, words: str) -> None:
    [note] = admit(content, name).notes
    assert words in str(note)


@pytest.mark.parametrize("name", ["plan", "plan.backup", "PLAN.XLSX"])
def test_an_ending_that_says_nothing_is_not_told(name: str) -> None:
    assert admit(good.xlsx(), name).notes == ()


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/vbaProject.bin", "macros. They were ignored"),
        ("xl/externalLinks/externalLink1.xml", "points to other files"),
        ("xl/embeddings/oleObject1.bin", "holds other files inside"),
    ],
)
def test_what_is_left_out_is_told(part: str, words: str) -> None:
    [note] = admit(good.xlsx({part: b"<x/>"}), "plan.xlsx").notes
    assert words in str(note)


def test_queries_that_excel_keeps_in_utf_16_do_no_harm() -> None:
    part = "<?xml version='1.0' encoding='utf-16'?><DataMashup/>".encode("utf-16")
    assert admit(good.xlsx({"customXml/item1.xml": part}), "plan.xlsx").notes == ()


def test_an_archive_that_was_written_as_a_stream_passes() -> None:
    """A large archive's end (ZIP64) stands between directory and end in what some programs write."""
    content = archive([Member(name, data) for name, data in good.parts().items() if isinstance(data, bytes)])
    end = content[-22:]
    assert admit(content[:-22] + bytes(76) + end, "plan.xlsx").kind == "xlsx"


def test_the_lock_file_of_excel_is_called_by_its_name() -> None:
    content = (b"\5Alice".ljust(55) + b"\5\0" + "Alice".encode("utf-16-le")).ljust(165, b" \0"[:1])
    assert "remembers that a workbook is open" in refusal(content[:110] + b" \0" * 27 + b" ", "~$plan.xlsx")
