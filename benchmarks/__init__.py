"""Measurements: `make bench`. Each module prints a table and what passed; a failed limit ends with status 1."""
