"""Keys of what a file brings: the same for the same file read again, since nothing here is drawn at random."""

import hashlib

# Those of `raci.models.base.new_key`; a test holds them together.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
LENGTH = 12


def key_of(*parts: str) -> str:
    """Return the key that follows from some texts: 60 bits of their hash."""
    number = int.from_bytes(hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()[:8], "big")
    letters = ""
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        letters += ALPHABET[digit]
    return letters
