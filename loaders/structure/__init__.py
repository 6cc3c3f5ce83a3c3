"""From a Document to its outline: furniture, articles, paragraphs, headings and annexes."""
