"""Pure Python: what a matrix is and what may happen to it. No Django, no I/O, no clock."""
