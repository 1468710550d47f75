"""Keys of what a document makes, drawn from what it is: the same document makes the same records."""

import hashlib

# As `raci.models.base` has them: five bits a character.
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_LENGTH = 12


def drawn(*parts: str) -> str:
    """Return the key that some texts lead to, always the same one."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()[:8])
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
