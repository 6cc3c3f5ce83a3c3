"""DOC, the format of Word 97 to 2003: its streams, its properties, its text ([MS-DOC])."""
