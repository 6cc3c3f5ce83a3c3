"""The limits of what is read from a file, all in one place: more than an office writes, less than a machine cannot bear.

What is over a limit is refused with one line; the other files are read.
"""

MAX_BYTES = 50 * 1024 * 1024
"""Bytes of a file, and of a member of an archive that is a file of its own."""

MEMBERS = 5_000
"""Members of an archive."""
DIRECTORY_BYTES = 2 * 1024 * 1024
"""Bytes of the list of an archive's members: it is read before they can be counted."""
MEMBER_BYTES = 100 * 1024 * 1024
"""Bytes of one part of a document, unpacked."""
ARCHIVE_BYTES = 300 * 1024 * 1024
"""Bytes of all that is unpacked of one archive."""
RATIO, RATIO_FROM = 100, 1024 * 1024
"""So many bytes may come of one packed byte, in what is larger than the second of these."""
DEPTH = 2
"""Archives inside each other: an archive in an archive is opened, one in that is not."""
MAIL_LINES = 10_000_000
"""Lines of a mail by how many of its parts hold others: its parser tries every line for the end of each of them."""

XML_MARKS = 2_000_000
"""Tags of one part of a document: its tree takes several hundred bytes for each."""
XML_DEPTH = 200
"""Elements of a document inside each other; the parser itself ends at 256."""
GROUPS, FONT_BYTES = 1_000, 2 * 1024 * 1024
"""Groups of an RTF inside each other, and the bytes of its list of fonts."""
CELLS = 1_000_000
"""Filled cells of a workbook or table."""
SHEET_PLACES = 4_000_000
"""Places of a sheet, filled or not, where they come all together (XLS, XLSB)."""
PAGES = 2_000
"""Pages of a document that has pages."""
PAGE_SIGNS, PAGE_STROKES = 50_000, 200_000
"""Signs of one page, and strokes of what is drawn on it."""
PAGE_RULES = 4_000
"""Lines along a page or down it; where there are more, they draw no table."""
TEXT_LENGTH = 20_000_000
"""Characters of a document's text."""
PIXELS = 40_000_000
"""Dots of a picture whose words are read."""

SECONDS = 60.0
"""Time for one file in the child process, which is killed when it is up; each page that is a picture has as much."""
MEMORY = 500 * 1024 * 1024
"""Memory that the child process may take for a file, over what it has without one."""
OCR_MEMORY = 2 * 1024 * 1024 * 1024
"""Memory that it may take where pictures are read, for the models that read them and what they work on."""
