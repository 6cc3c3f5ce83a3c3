"""Peers that do a part of the job, on the same input: dates (jionlp), places (cpca), numbers and titles (a plain regex)."""

import csv
import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Hashable, Iterable
from pathlib import Path

from benchmarks.golds import ROOT, SHARED, GoldSet, annotated, reading, shown, table
from graph.gazetteer.places import by_key, leading
from graph.identity import normal_doc_number, policy_key
from graph.link.policies.policy_groups import resolve
from graph.link.policies.policy_mentions import Mention, mention_of
from graph.model import Span
from graph.text import bare, fold
from loaders.extract.deadlines.find import read_deadline
from loaders.extract.deadlines.years import Years
from loaders.gold.scores import Score
from loaders.read.text.text_reader import TextReader
from loaders.reading.document_reading import read_document

_WORKER = Path(__file__).with_name("peer_worker.py")
_PLAIN_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[(（［]\d{4}[〕\])）］]\d{1,5}号")
_PLAIN_TITLE = re.compile(r"《([^《》]{4,120})》")
_HEADS = ["what", "reader", "gold", "found", "right", "precision", "recall", "F1"]


def peers(sets: list[GoldSet], python: str) -> list[str]:
    """Return the tables of all peers; `python` is an interpreter that has them (it may be our own)."""
    dates, names = _asked_dates(sets), _asked_names()
    answers = _ask(python, [[words, year] for words, year, _ in dates], [name for name, _ in names])
    rows = [*_date_rows(dates, answers["dates"]), *_name_rows(names, answers["names"]), *_number_rows(sets)]
    lines = table(_HEADS, [*rows, *_title_rows()])
    for name, key in (("jionlp", "dates"), ("cpca", "names")):
        if answers[key] is None:
            lines += [
                "",
                f"{name} is not installed here (extra `peers`, or `--peers PYTHON`): no figures of it in this run.",
            ]
    return lines


def _ask(python: str, dates: list[list[object]], names: list[str]) -> dict[str, list[str | None] | None]:
    asked = json.dumps({"dates": dates, "names": names})
    done = subprocess.run([python, str(_WORKER)], input=asked, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        return {"dates": None, "names": None}
    answered: dict[str, list[str | None] | None] = json.loads(done.stdout)
    return answered


def _row(what: str, reader: str, score: Score) -> list[object]:
    shares = (shown(score.precision), shown(score.recall), shown(score.f1))
    return [what, reader, score.gold, score.found, score.right, *shares]


def _compared(wanted: Iterable[Hashable | None], got: Iterable[Hashable | None]) -> Score:
    """Return the score of answers to single questions; None is no answer."""
    score = Score("all", "peer")
    for one, other in zip(wanted, got, strict=True):
        score.compare("", [] if one is None else [one], [] if other is None else [other])
    return score


def _asked_dates(sets: list[GoldSet]) -> list[tuple[str, int | None, str | None]]:
    """Return (clause, year of the document, last day) of every annotated deadline, and of every target with a day."""
    asked = []
    for one in sets:
        for name, rows in annotated(one).items():
            found = reading(one.documents, name)
            issued = next((p.issued for p in found.policies if p.role == "self" and p.issued), None) if found else None
            year = issued.year if issued else None
            for task in rows["tasks"]:
                if task["deadline"]:
                    asked.append((task["deadline"]["raw"], year, task["deadline"]["end"]))
                asked += [(target["text"], year, target["end"]) for target in task["targets"] if target["end"]]
    return asked


def _date_rows(asked: list[tuple[str, int | None, str | None]], answers: list[str | None] | None) -> list[list[object]]:
    what = "last day of a clause, the document's year given"
    wanted = [end for _, _, end in asked]
    rows = [_row(what, "zhengmai", _compared(wanted, [_our_day(words, year) for words, year, _ in asked]))]
    return rows + ([_row(what, "jionlp", _compared(wanted, answers))] if answers else [])


def _our_day(words: str, year: int | None) -> str | None:
    document = TextReader().read(words.encode(), name="clause", where="clause", suffix=".txt")
    found = read_deadline(document, Span(0, len(document.text)), years=Years(title=year))
    return found.end.isoformat() if found and found.end else None


def _asked_names() -> list[tuple[str, str | None]]:
    lines = (ROOT / "benchmarks" / "places.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(name, None if code == "-" else code) for name, code in pairs]


def _name_rows(asked: list[tuple[str, str | None]], answers: list[str | None] | None) -> list[list[object]]:
    what = "place of an issuer, to county level"
    wanted = [code for _, code in asked]
    rows = [_row(what, "zhengmai", _compared(wanted, [_our_place(name) for name, _ in asked]))]
    if answers:
        rows.append(_row(what, "cpca", _compared(wanted, [code and code[:6] for code in answers])))
    return rows


def _our_place(name: str) -> str | None:
    found = leading(fold(name).removeprefix("中共").removeprefix("共青团"))
    return found[0].code[:6] if found and found[0].code[:6].isdigit() else None


def _number_rows(sets: list[GoldSet]) -> list[list[object]]:
    """Compare the numbers of policies in annotated documents: own and cited, by ours and by a plain regex."""
    what = "numbers of policies in annotated documents"
    ours, plain = Score("all", "ours"), Score("all", "plain")
    for one in sets:
        for name, rows in annotated(one).items():
            found = reading(one.documents, name)
            if found is None:
                continue
            wanted = {_number(row["doc_number"]) for row in rows["policies"] if row["doc_number"]}
            ours.compare(name, wanted, {_number(p.doc_number) for p in found.policies if p.doc_number})
            plain.compare(name, wanted, {_number(match.group()) for match in _PLAIN_NUMBER.finditer(found.text)})
    return [_row(what, "zhengmai", ours), _row(what, "plain regex", plain)]


def _number(printed: str) -> str:
    return normal_doc_number(printed) or bare(printed)


def _title_rows() -> list[list[object]]:
    """Compare citations told by a title alone with citations.csv: which listed policy a title quotes, or numbers."""
    corpus = SHARED / "corpus"
    if not (corpus / "citations.csv").exists():
        return []
    listed = {row["id"]: row for row in _csv(corpus / "titles.csv")}
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for row in _csv(corpus / "citations.csv"):
        if row["relation"] == "引用":
            wanted[row["citing"]].add(row["cited"])
        elif row["relation"] == "被引用":
            wanted[row["cited"]].add(row["citing"])
    citing = [one for one in wanted if "《" in listed[one]["title"] or "号" in listed[one]["title"]]
    what = "listed policy that a title names, of all that citations.csv says it cites"
    plain, ours = Score("all", "plain"), Score("all", "ours")
    by_title, by_number = _indexes(listed.values())
    resolved = _our_resolution(listed, citing)
    for one in citing:
        title = listed[one]["title"]
        found = {by_title.get(bare(match[1])) for match in _PLAIN_TITLE.finditer(title)}
        found |= {by_number.get(_number(match.group())) for match in _PLAIN_NUMBER.finditer(title)}
        plain.compare(one, wanted[one], found - {None, one})
        ours.compare(one, wanted[one], resolved[one] - {one})
    return [_row(what, "zhengmai", ours), _row(what, "plain regex, same title or number", plain)]


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _indexes(rows: Iterable[dict[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the ids by title and by number, those that only one row has."""
    titles: defaultdict[str, list[str]] = defaultdict(list)
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        titles[bare(row["title"])].append(row["id"])
        if row["doc_number"]:
            numbers[_number(row["doc_number"])].append(row["id"])
    only = ({key: ids[0] for key, ids in one.items() if len(ids) == 1} for one in (titles, numbers))
    return next(only), next(only)


def _our_resolution(listed: dict[str, dict[str, str]], citing: list[str]) -> dict[str, set[str]]:
    """Return the ids of the listed policies that each citing title names, by our reading and resolution."""
    mentions = {one: _own_mention(one, row) for one, row in listed.items()}
    cited = {one: _cited(one, listed[one]["title"], mentions[one].place_key) for one in citing}
    everything = [*mentions.values(), *(mention for one in citing for mention in cited[one])]
    canonical = {row.key: row.canonical for row in resolve(everything)}
    held: defaultdict[str, set[str]] = defaultdict(set)
    for one, mention in mentions.items():
        held[canonical.get(mention.key, mention.key)].add(one)
    found: dict[str, set[str]] = {}
    for one in citing:
        ids = (held[canonical.get(mention.key, mention.key)] for mention in cited[one])
        found[one] = {next(iter(same)) for same in ids if len(same) == 1}
    return found


def _own_mention(name: str, row: dict[str, str]) -> Mention:
    place = leading(fold(row["issuer"] or row["title"]))
    code = place[0].code if place else None
    number = row["doc_number"] or None
    return Mention(
        document=name,
        key=policy_key(number, code, row["title"], name),
        doc_number=number,
        title=row["title"],
        place_key=code,
        issuers=tuple(row["issuer"].split("、")) if row["issuer"] else (),
        level=None,
        held="full",
        role="self",
    )


def _cited(name: str, title: str, place: str | None) -> list[Mention]:
    """Return what a title cites, read as a sentence: a title by itself tells of the document's own plan."""
    text = f"通知\n各单位：\n　　{title}。\n"
    found = read_document(TextReader().read(text.encode(), name=name, where=name, suffix=".txt"))
    own = by_key(place) if place else None
    return [mention_of(name, one, own) for one in found.policies if one.role != "self"]
