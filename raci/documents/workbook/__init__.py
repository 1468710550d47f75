"""The workbook of one matrix: written so that it can come home again."""
