"""How much of anything a file may hold, and why so much. docs/hostile.md has the figures behind them.

They are several times what real workbooks need, and above what a matrix of 10,000 duties by 50 roles needs, whoever
saved it.
"""

MEGABYTE = 2**20

# The file as it is uploaded. The large matrix has 1.4 MB as .xlsx.
LARGEST_FILE = 10 * MEGABYTE

# --- Packed files

# Real workbooks have up to 340 parts.
MOST_ENTRIES = 1_000
# The large matrix unpacks to 19 MB, the largest of 1,400 real workbooks to 7 MB.
LARGEST_UNPACKED = 64 * MEGABYTE
# A part that is looked at whole, by what its first element is; real ones stay under a tenth.
LARGEST_PART = {b"Types": MEGABYTE, b"workbook": 2 * MEGABYTE, b"styleSheet": 4 * MEGABYTE}
# Real parts of more than a megabyte shrink to a thirteenth, a matrix with the same letter everywhere to a fortieth;
# what only pretends to be large, to a thousandth.
HIGHEST_RATIO = 200
RATIO_FROM = MEGABYTE
# Read at a time.
WINDOW = 64 * 1024

# --- What stands in XML

# Between one tag and the next: a cell holds 32,767 characters, which escapes can make six times as long.
LONGEST_RUN = 512 * 1024
# Elements within one another; real workbooks have thirty, drawings a hundred.
DEEPEST = 1_000
MOST_SHEETS = 250
MOST_STRINGS = 400_000
MOST_FORMATS = 65_000
MOST_NAMES = 5_000
LONGEST_NAME = 2_048
LONGEST_FORMULA = 16 * 1024  # Excel takes 8,192 characters
LONGEST_FORMAT_CODE = 1_024  # Excel takes 255
MOST_MERGES = 20_000
LARGEST_MERGE = 4 * 1_048_576  # whole columns are merged in practice
MOST_RANGES = 20_000
LONGEST_RANGES = 20_000

# --- Cells, counted only where they have a value: whole columns that are merely coloured cost nothing

MOST_CELLS = 750_000
MOST_CELLS_WITHOUT_VALUE = 1_250_000
MOST_ROWS = 100_000
MOST_ROWS_WITHOUT_VALUE = 400_000
# From the first to the last row and column with a value, for readers hold that rectangle whole.
LARGEST_RECTANGLE = 2_000_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

# --- Old binary workbooks

MOST_RECORDS = 1_000_000
