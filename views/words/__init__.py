"""Words for people, in Chinese and English: headings of columns, values, lines that the library says."""
