"""The step that reads a file: in a process of its own, which answers with what the file holds or why it is refused."""

from collections.abc import Callable, Mapping
from typing import Any

from raci import models
from raci.documents.intake.refused import Refused
from raci.documents.intake.sandbox import read_file
from raci.domain.reading import Reading, Weight, sentence_from_data
from raci.domain.text import Sentence, gettext_noop
from raci.services.imports.store import packed

State = models.Import.State
_NOTHING_FOUND = Sentence(
    gettext_noop(
        "There is no matrix in this file: no table was found in which duties and roles cross and letters such as R or "
        "A stand. Look whether it is the right file; a matrix needs a line with the names of the roles above the "
        "letters."
    )
)

Stages = Callable[[str, int, int], None]


def read(item: models.Import, on_stage: Stages, cancelled: Callable[[], bool]) -> tuple[str, dict[str, Any]]:
    """Read the file of an import; return its next state and the fields that hold what was found.

    Raises `Refused` where the file cannot be taken.
    """
    content = bytes(item.content or b"")
    answer: Mapping[str, Any] = read_file(content, item.file_name, on_stage=on_stage, cancelled=cancelled)
    if "refused" in answer:
        raise Refused(sentence_from_data(answer["refused"]))
    if "ours" in answer:
        return State.PLANNING, {"kind": "xlsx", "reading": packed(answer)}
    return _foreign(answer)


def _foreign(answer: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    found = Reading.from_data(answer["foreign"])
    if not found.matrices:
        reasons = [problem.message for problem in found.problems if problem.weight is Weight.REFUSED]
        raise Refused(reasons[0] if reasons else _NOTHING_FOUND)
    return State.MAPPING, {"kind": found.kind, "reading": packed(answer)}
