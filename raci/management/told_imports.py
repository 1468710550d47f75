"""What an import would do, as lines for the command line."""

from collections.abc import Iterator

from raci import models
from raci.domain.previewing import Line, Preview
from raci.domain.proposal import Standing
from raci.domain.reading import sentence_from_data
from raci.services.describing import describe
from raci.services.imports.picking import picks_of
from raci.services.imports.previewing import names_of, preview_of, touches
from raci.services.imports.store import unpacked
from raci.services.words import said

# So many lines of a group are named, unless all are asked for.
NAMED = 50


def problems(item: models.Import) -> Iterator[str]:
    """Yield what should be known of the document, each with its address."""
    for problem in preview_of(item).proposal.problems:
        yield f"{problem.where or 'file'}: {said(problem.message)} [{problem.weight.value}]"


def wishes(item: models.Import, *, whole: bool) -> Iterator[str]:
    """Yield the wishes by group: where, what, and what becomes of each."""
    preview, picks = preview_of(item), picks_of(item)
    names = names_of(preview)
    who = touches(item, preview.lines.values())
    for group, lines in preview.by_group.items():
        yield f"{group.value}: {len(lines)}"
        shown = lines if whole else lines[:NAMED]
        for line in shown:
            answer = preview.verdict(line, picks).value
            what = said(line.wish.about) or "; ".join(str(describe(change, names)) for change in line.wish.changes)
            last = next((who[one.change.address] for one in line.conflicts if one.change.address in who), None)
            moved = f", changed by {last.by} in revision {last.number}" if last else ""
            yield f"  {line.wish.where or '-'}  {what}  [{_standing(line, answer)}{moved}]"
        if len(lines) > len(shown):
            yield f"  … and {len(lines) - len(shown)} more (--verbosity 2 names all)"


def lint(item: models.Import) -> str:
    """Return what lint says before and after, with everything as it was offered."""
    found = unpacked(item.verdict) or {}
    before, after = found.get("before", {}), found.get("after", {})
    added = "".join(f"\n  + {said(sentence_from_data(one))}" for one in found.get("added", ()))
    fixed = "".join(f"\n  - {said(sentence_from_data(one))}" for one in found.get("fixed", ()))
    return (
        f"Lint: fixes {found.get('fixes', 0)}, adds {found.get('adds', 0)}; rows clean "
        f"{before.get('clean', 0)} of {before.get('applicable', 0)} before, "
        f"{after.get('clean', 0)} of {after.get('applicable', 0)} after{fixed}{added}"
    )


def conflicts(item: models.Import) -> int:
    """Return how many wishes somebody else's change stands against."""
    preview: Preview = preview_of(item)
    return sum(line.standing is Standing.DISPUTED for line in preview.lines.values())


def _standing(line: Line, answer: str) -> str:
    return {Standing.DONE: "so already", Standing.DISPUTED: f"conflict: {answer}", Standing.OPEN: answer}[line.standing]
