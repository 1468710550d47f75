"""Charters of roles: drawn up at a revision, written in one go, signed by whoever holds the role."""

from raci.services.charters.drawing import Drawn, current_digests, draw, draw_all, told
from raci.services.charters.signing import Holder, NotYours, ToSign, holders, sign, to_sign
from raci.services.charters.writing import Draft, RowDraft, save_charter, save_needs

__all__ = [
    "Draft",
    "Drawn",
    "Holder",
    "NotYours",
    "RowDraft",
    "ToSign",
    "current_digests",
    "draw",
    "draw_all",
    "holders",
    "save_charter",
    "save_needs",
    "sign",
    "to_sign",
    "told",
]
