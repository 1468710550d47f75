"""Reading our own workbook: the parts of its package, its strings, its sheets, row by row."""
