"""The charter of a role as documents: for Word, as Markdown, and as a sheet of a workbook."""
