"""What an import keeps between its steps, packed: JSON in zlib."""

import json
import zlib
from typing import Any

from raci import models
from raci.domain.proposal import Proposal

# What may be large: whoever only wants to know how an import stands leaves it where it is.
PAPERS = ("content", "reading", "proposal", "verdict", "choices")


def packed(data: Any) -> bytes:
    """Return JSON data as it is kept."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), 1)


def unpacked(content: bytes | memoryview | None) -> Any:
    """Return JSON data from what was kept, None where nothing was."""
    return None if content is None else json.loads(zlib.decompress(content))


def is_ours(reading: bytes | memoryview | None) -> bool:
    """Tell whether what was read is a workbook of our own that comes home, without unpacking all of it."""
    begin = b'{"ours":'
    return reading is not None and zlib.decompressobj().decompress(bytes(reading), len(begin)) == begin


def proposal_of(item: models.Import) -> Proposal | None:
    """Return what the file of an import wants, None where that is not known yet."""
    data = unpacked(item.proposal)
    return None if data is None else Proposal.from_data(data)
