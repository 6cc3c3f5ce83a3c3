"""Makes docs/accuracy.md: `python -m benchmarks.accuracy`. Nothing in it is written by hand but the words around the tables.

The sample is always measured; other sets where their documents stand beside the checkout. `--peers PYTHON` names an
interpreter that has jionlp and cpca; else our own is asked.
"""

import argparse
import sys

from benchmarks import (
    accuracy_census,
    accuracy_fields,
    accuracy_links,
    accuracy_peers,
    accuracy_reading,
    accuracy_relations,
)
from benchmarks.golds import ROOT, there

INTRO = """# How true the readings and links are

Made by one command, `python -m benchmarks.accuracy`; do not edit. Pairing and fields are those of the annotation guide
([annotation.md](annotation.md)). Sets:

- **sample**: the invented family of samples/, with its printed gold; floors in tests/test_gold.py.
- **first two**: two real plans and the links between them, annotated before this program was written.
- **tuned half**, **held-back half**: real documents of many kinds (annotations/). Rules were made with an eye on the
  misses of the tuned half; of the held-back half nobody looks at anything but the totals printed here.
"""
WHOLE = """Twenty documents of the collection were drawn by a fixed seed and read whole by readers apart from the making of
rules; what they found was mended by kind; then twenty others were read (annotations/read-whole.json). The second twenty are what to
expect of a document that nobody has seen."""
LINKS = """F1 of the links with one set of defaults for all pairs. *Likeness* is what plain likeness of characters gets (cosine of
2- or 3-grams) when it is told, for this very pair, the threshold, the length and the way of choosing that serve it
best. *Relation right*: of the links that both have, the share with the same relation."""
STATEMENTS = """Measures of the upper document of which it is told that the lower one does not take them up: nothing is linked to
them and nothing comes near (else the answer is doubtful). True are those at which no link of the annotations ends."""
JUDGED = """Statements of `cascade` and `coverage` (`compare` tells the same), drawn by a fixed seed from ten families and judged one by one by
a reader apart from the making of rules, who read the documents (annotations/statements.json). What cannot be told counts as not
true. The lower documents whose relation was decided for the draw have another subject than the upper ones, so that nearly all of theirs is
new: the rows of stated relations, few as they are, are nearer to what to expect, though most of
these pairs had a part in the fit. *Doubtful*: no link, but a task that comes near; true
are those that are not taken up by reading."""
PLAIN = """Measures of the upper document by the surest link that ends at them: from STATED (graph/link/tasks/link_thresholds.py) on it is told
plainly that they are taken up, below it that this is doubtful. True are those at which a link of the annotations ends;
*right* are links that the annotations have. Over the open sets alone, so that the value can be chosen by them."""
LEFT = """What F1 of each set gains or loses when one comparison has no weight and all others keep theirs (they are not fitted
anew, so what two comparisons both say shows at neither)."""
SCORES = """A score is meant as a chance: of pairs scored about 0.8, about eight in ten should be links. All annotated pairs of
documents together."""
RELATIONS = """Which policy carries out which, over 1,008 collected documents built with the table of their collection (`build --about`;
`python -m benchmarks.relations GRAPH --pairs TABLE --judged annotations/relations.jsonl --list`). *Recall*: of the pairs whose
lower document, by a sentence of its own, carries out the upper one, those that are related; a draft carries out nothing
and has no part. *Right*: of the relations stated between two held documents, those that a reader of the sentence holds to be right."""
PEERS = """The same input for both. Dates: the annotated clause (of a deadline, or of a target that has a day) and the year of the
document. Places: the names of issuers in benchmarks/places.tsv. Numbers: the numbers of policies in the annotated
documents. Titles: citing titles of a public list of 15,511 with a noisy list of citations (it also holds citations
that only the texts print, which no reader can find here)."""
WRONG = """Errors of the tuned half by the cause that the wrong field points to, with documents and counts."""
ROBUST = """The same document disturbed in ways that change nothing for a reader: share of its facts (task with path, kind and
title; unit with role; deadline) that are the same afterwards. Documents held back have no part. Lists of tasks are
left out where everything stands on one line: they are no lists any more. Breaks, and where items run together, are
drawn by chance, always the same."""
SHARE = """Share of each text (white space apart) by account: read as title, heading, task or fact; left out by a rule that has a
name (`zhengmai read FILE` prints each part with its rule); not understood, which is an issue with its place. Documents held back
have no part. A document without any task has the issue `no-task`."""
CENSUS = """Marks of what is in scope, counted without annotations (`python -m benchmarks.census FOLDER`): words that say who carries
something, signs of lists, heads of columns, ends of a time, 《titles》 and document numbers. *Read* is a mark at which a fact of
its kind stands (a unit in the clause of a duty word, a deadline or target at a date). Inside of what is read a rule that has a name
(`loaders/patterns/passed_marks.toml`, with examples) leaves out what is no fact by the guide: terms that count from an event, cases,
parties in general, forms in 《》; *unclaimed* is what no fact and no rule claims."""


def main() -> None:
    """Write docs/accuracy.md, or to standard output with `-o -`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", metavar="PYTHON", default=sys.executable)
    parser.add_argument("-o", metavar="FILE", default=str(ROOT / "docs" / "accuracy.md"))
    asked = parser.parse_args()
    text = written(asked.peers)
    if asked.o == "-":
        sys.stdout.write(text)
    else:
        with open(asked.o, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def written(python: str) -> str:
    """Return the whole report; `python` is the interpreter that has the peers."""
    sets = there()
    telling = [one for one in sets if one.telling]
    parts = [INTRO, "## Fields", "", *accuracy_fields.fields(sets), *accuracy_fields.agreement_note(), ""]
    parts += ["### Documents read whole", "", WHOLE, "", *accuracy_fields.read_whole(), ""]
    parts += ["## Links", "", LINKS, "", *accuracy_links.links(sets), ""]
    parts += ["### What is told not to be taken up", "", STATEMENTS, "", *accuracy_links.statements(sets), ""]
    parts += ["### What is told plainly to be taken up", "", PLAIN, "", *accuracy_links.plain(sets), ""]
    parts += ["### Statements judged one by one", "", JUDGED, "", *accuracy_links.judged_statements(), ""]
    parts += ["### What each comparison brings", "", LEFT, "", *accuracy_links.left_out(sets), ""]
    parts += ["### What a score means", "", SCORES, "", *accuracy_links.scored(sets), ""]
    parts += ["## Which policy carries out which", "", RELATIONS, "", *accuracy_relations.relations(), ""]
    parts += ["## Peers", "", PEERS, "", *accuracy_peers.peers(sets, python), ""]
    parts += ["## What is still wrong", "", WRONG, ""]
    parts += [line for one in telling if one.title == "tuned half" for line in accuracy_fields.wrong(one)]
    parts += ["", "## Disturbed documents", "", ROBUST, "", *accuracy_reading.robustness(), ""]
    parts += ["## Where the text went", "", SHARE, "", *accuracy_reading.shares(), ""]
    paths = [path for _, path in accuracy_reading.documents()]
    parts += ["## Where the marks went", "", CENSUS, "", *accuracy_census.marks(paths), ""]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
