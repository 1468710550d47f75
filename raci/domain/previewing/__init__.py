"""A proposal held against what is current: how each wish stands, what a person chose, what follows from it."""

from raci.domain.previewing.after import after, with_created
from raci.domain.previewing.outlook import Outlook, look_ahead, together
from raci.domain.previewing.picks import Pick, Picks, Verdict
from raci.domain.previewing.preview import Line, Preview
from raci.domain.previewing.settle import Settled, settle

__all__ = [
    "Line",
    "Outlook",
    "Pick",
    "Picks",
    "Preview",
    "Settled",
    "Verdict",
    "after",
    "look_ahead",
    "settle",
    "together",
    "with_created",
]
