"""What one cell says."""

import pytest

from raci.documents.intake.recognise.cells import Kind, Reader

CYRILLIC_A, CYRILLIC_C = "\u0410", "\u0421"


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("R", "R"),
        (" a ", "A"),
        ("A/R", "AR"),
        ("A / R", "AR"),
        ("R, A", "RA"),
        ("R A", "RA"),
        ("RA", "RA"),
        ("ra", "RA"),
        ("R et A", "RA"),
        ("R y A", "RA"),
        ("A I", "AI"),
        ("R·A", "RA"),
        ("C-I", "CI"),
        ("I\nC", "IC"),
        ("RACI", "RACI"),
        ("(R)", "R"),
        ("[C]", "C"),
        ("A*", "A"),
        ("**R**, C", "RC"),
        ("✅ R", "R"),
        ("Ａ", "A"),
        (CYRILLIC_A, "A"),
        (f"{CYRILLIC_C}/I", "CI"),
        ("Accountable", "A"),
        ("Consulted, Informed", "CI"),
        ("Accountable (A)", "A"),
    ],
)
def test_letters_are_read_however_they_are_written(text: str, letters: str) -> None:
    cell = Reader()[text]
    assert (cell.kind, "".join(cell.letters), cell.doubt) == (Kind.LETTERS, letters, False)


@pytest.mark.parametrize(
    ("text", "letters", "note", "doubt"),
    [
        ("R (veto)", "R", "veto", False),
        ("A (only above 10 kEUR, with A. Smith)", "A", "only above 10 kEUR, with A. Smith", False),
        ("R (A)", "R", "A", True),
        ("C if the quay is full", "C", "if the quay is full", True),
        ("R: drafts only", "R", "drafts only", True),
        ("R1", "R", "1", True),
        ("A by day, I by night", "AI", "by day; by night", True),
        ("C: by day; also by night", "C", "by day; also by night", True),
    ],
)
def test_a_remark_is_kept_beside_the_letters(text: str, letters: str, note: str, doubt: bool) -> None:
    cell = Reader()[text]
    assert ("".join(cell.letters), cell.note, cell.doubt) == (letters, note, doubt)


@pytest.mark.parametrize(
    "text", ["-", "–", "—", "--", "/", "N/A", "n.a.", "N", "none", "нет", "keine", "-- (the crew does)", "○"]
)
def test_none_marks_say_that_nobody_has_a_part(text: str) -> None:
    assert Reader()[text].kind is Kind.NONE


@pytest.mark.parametrize("text", ["Risk", "Crane", "12", "2026-01-01", "Air", "Moor the ferry", "x" * 400, "Ben (A)"])
def test_text_is_no_letter(text: str) -> None:
    assert Reader()[text].kind is Kind.TEXT


@pytest.mark.parametrize("text", ["X", "B", "QZ", "R U", "R C X own"])
def test_a_letter_that_nobody_explains_is_odd(text: str) -> None:
    assert Reader()[text].kind is Kind.ODD


def test_a_letter_that_the_legend_explains_counts() -> None:
    assert Reader("Z")["Z/R"].letters == ("Z", "R")
    assert Reader("N")["N"].letters == ("N",)


@pytest.mark.parametrize(
    ("responsible", "accountable", "consulted", "informed"),
    [
        ("Responsible", "Accountable", "Consulted", "Informed"),
        ("Réalisateur", "Approbateur", "Consulté", "Informé"),
        ("Responsable", "Aprobador", "Consultado", "Informado"),
        ("Responsável", "Aprovador", "Consultado", "Informado"),
        ("Responsabile", "Approvatore", "Consultato", "Informato"),
        ("Durchführung", "Rechenschaftspflichtig", "Konsultiert", "Informiert"),
        ("Uitvoerend", "Eindverantwoordelijk", "Geraadpleegd", "Geïnformeerd"),
        ("Исполнитель", "Утверждающий", "Консультирует", "Информируется"),
        ("Odgovoran", "Odobrava", "Konsultovan", "Informisan"),
        ("Wykonawca", "Zatwierdzający", "Konsultowany", "Informowany"),
        ("Felelős", "Elszámoltatható", "Konzultált", "Tájékoztatott"),
        ("Sorumlu", "Hesap verebilir", "Danışılan", "Bilgilendirilen"),
        ("실행", "승인", "협의", "통보"),
        ("Thực hiện", "Phê duyệt", "Tham vấn", "Thông báo"),
        ("负责", "批准", "咨询", "知会"),
        ("執行", "當責", "諮詢", "知會"),
        ("実行", "説明責任", "協議先", "報告先"),
        ("Виконавець", "Затверджує", "Консультований", "Інформований"),
        ("Pelaksana", "Akuntabel", "Dikonsultasikan", "Diinformasikan"),
    ],
)
def test_words_of_many_languages_are_letters(responsible: str, accountable: str, consulted: str, informed: str) -> None:
    reader = Reader()
    words = (responsible, accountable, consulted, informed)
    assert [reader[word].letters for word in words] == [("R",), ("A",), ("C",), ("I",)]
