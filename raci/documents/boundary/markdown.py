"""The boundary of two roles as Markdown: for a wiki, an issue or a mail."""

from collections.abc import Iterator, Sequence

from raci.documents.boundary import words
from raci.documents.boundary.edition import BoundaryEdition
from raci.documents.decision_log import plain
from raci.documents.speech import day, number, speaking
from raci.documents.speech import gettext as _
from raci.domain.boundary import AreaPart, Line, Side


def write_markdown(edition: BoundaryEdition) -> str:
    """Return the boundary as a Markdown document: summary, differences, then the lines area by area."""
    with speaking(edition.language):
        return "\n".join([*_head(edition), *_differences(edition), *_areas(edition), *_rest(edition)])


def _head(edition: BoundaryEdition) -> Iterator[str]:
    first, second = edition.names
    yield _heading(_("{first} and {second}").format(first=first, second=second), 1)
    about = _("revision {revision}, {day}").format(
        revision=edition.register.revision, day=day(edition.exported_at.date())
    )
    yield from ("", f"**{plain(edition.organisation)}** · {plain(about)}", "")
    for name, value in edition.asked:
        yield f"- **{plain(name)}:** {plain(value)}"
    yield from ("", plain(words.summary(edition.pair, edition.names)), "")
    figures = words.figures(edition.pair, edition.names)
    yield from _table([name for name, _value in figures], [[value for _name, value in figures]])


def _differences(edition: BoundaryEdition) -> Iterator[str]:
    if not edition.found.differences:
        return
    first, second = edition.names
    yield from (_heading(_("Differences")), "")
    rows = [
        [side.dimension, *(_said(own, told) for own, told in zip((side.first, side.second), _told(side), strict=True))]
        for side in edition.found.differences
    ]
    yield from _table([_("Dimension"), first, second], rows)


def _told(side: Side) -> tuple[str, str]:
    return (side.entry.first, side.entry.second) if side.entry else ("", "")


def _said(own: str, catalogue: str) -> str:
    """Return a value; where it is blank, that it is, and what the catalogue says."""
    if own:
        return own
    return _("blank (catalogue: {value})").format(value=catalogue) if catalogue else _("blank")


def _areas(edition: BoundaryEdition) -> Iterator[str]:
    for part in edition.found.areas:
        yield from (_heading(words.area_name(edition.whole, part)), "", plain(_about(part)), "")
        if part.lines:
            first, second = edition.names
            heads = [_("Matrix"), _("Code"), _("Duty"), _("Class"), first, second, *_more_heads()]
            yield from _table(heads, [_line(edition, line) for line in part.lines])
        for point in part.hand_overs:
            duty = edition.register.duties[point.duty]
            yield f"- {plain(duty.code)}: {plain(words.hand_over(edition.whole, point, edition.names))}"
        if part.hand_overs:
            yield ""


def _more_heads() -> tuple[str, ...]:
    return _("Accountable"), _("Open"), _("Decision")


def _about(part: AreaPart) -> str:
    text = (
        _("Declared overlap of the two, coefficient {value}") if part.declared else _("Coefficient of overlap {value}")
    )
    return text.format(value=words.coefficient(part.share))


def _line(edition: BoundaryEdition, line: Line) -> list[str]:
    matrix = edition.whole.by_key[line.matrix]
    duty = matrix.duties[line.duty]
    return [
        matrix.sheet.title,
        duty.code,
        duty.title,
        words.class_words(edition.names)[line.kind],
        line.first,
        line.second,
        words.accountable(edition.whole, line),
        open_words(edition, line),
        "; ".join(edition.decisions[line.matrix, key] for key in line.decisions),
    ]


def open_words(edition: BoundaryEdition, line: Line) -> str:
    """Say for how long a line is open and who acts meanwhile, "" where it is not open."""
    if not line.grey_area:
        return ""
    said = [] if line.age is None else [_("{days} days").format(days=number(line.age))]
    if line.interim:
        said.append(_("until then {role}").format(role=words.role_name(edition.whole, line.interim)))
    return ", ".join(said) or _("open")


def _rest(edition: BoundaryEdition) -> Iterator[str]:
    if edition.agreements:
        yield from (_heading(_("Agreements between the two")), "")
        yield from (f"- {plain(one)}" for one in edition.agreements)
        yield ""
    if edition.catalogue:
        yield from (_heading(_("What the catalogue says")), "")
        yield from (f"- **{plain(title)}.** {plain(text)}" for title, text in edition.catalogue)
        yield ""


def _heading(text: str, level: int = 2) -> str:
    return f"{'#' * level} {plain(text)}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for cells in (list(map(plain, heads)), ["---"] * len(heads), *(list(map(plain, row)) for row in rows)):
        yield f"| {' | '.join(cells)} |"
    yield ""
