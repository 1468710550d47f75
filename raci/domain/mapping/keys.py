"""Keys of what a document makes, drawn from what it is: the same document makes the same records."""

import hashlib
from base64 import b32encode
from typing import Any

# As `raci.models.base` has them: five bits a character.
_ALPHABET = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"abcdefghijkmnpqrstuvwxyz23456789")
_LENGTH = 12


def drawn(*parts: str) -> str:
    """Return the key that some texts lead to, always the same one."""
    digest: bytes = _hashed(parts).digest()
    return b32encode(digest[:8])[:_LENGTH].translate(_ALPHABET).decode()


def marked(*parts: str) -> str:
    """Return what a wish is told by; quicker than a key, and there are many."""
    mark: str = _hashed(parts).hexdigest()
    return mark[:16]


def _hashed(parts: tuple[str, ...]) -> Any:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
