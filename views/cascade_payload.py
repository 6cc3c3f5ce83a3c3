"""The content of a picture of a cascade, read from the graph by questions: cards, links between them, themes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.identity import link_key
from graph.schema.vocabulary import order_of
from graph.store.protocol import AnswerRow, Scalar, Store
from queries.cascades.target_dates import target_moves
from queries.catalog import find
from queries.faults import UnknownNameError
from queries.question_rows import ask
from queries.run import run
from views.card_text import one_line
from views.picture_records import DETAILS, UNKNOWN_LEVEL, Card, Cascade, DrawnGap, DrawnLink, DrawnTheme, Proof
from views.proofs import prove, proved

SAID = (
    "held_cited",
    "held_summary",
    "between_cited",
    "carried_out_in",
    "cited_in",
    "carried_out_by_none",
    "nothing_linked",
)
"""The notes of a cascade that its picture repeats."""


def read(store: Store, of: str, theme: str | None = None) -> Cascade:
    """Return the cascade of a policy, document or task, or that of one of its themes.

    Raises:
        UnknownNameError: nothing is named so, or the cascade has no such theme.
        SeveralNamesError: several things are.
    """
    answer = run("cascade", store, of=of)
    rows = answer.rows
    cards, links = _gather(rows)
    themes = _themes(store, rows, cards)
    if theme is not None:
        themes = _chosen(store, theme, themes)
        cards, links = _within(themes, cards, links)
    _tell_units(store, cards)
    targets = _tell_targets(store, cards)
    _tell_later(store, cards, links, targets)
    cited = [str(row["policy"]) for row in rows if row["root"] is None and row["task"] is None]
    policies = _policies(store, [*(card.policy for card in cards.values()), *cited])
    top = policies.get(cited[0] if cited else cards[next(iter(cards))].policy, {}) if cited or cards else {}
    head = cards[next(iter(cards))] if cards else None
    alone = head is not None and head.key == of
    title = head.title if head and alone else one_line(_text(top.get("title")) or _text(top.get("doc_number")) or of)
    return Cascade(
        title=title,
        doc_number=_text(top.get("doc_number")),
        place=_text(top.get("place_name")),
        cards=prove(store, cards),
        links=proved(store, links),
        themes=tuple(themes),
        policies=policies,
        notes=tuple(note for note in answer.notes if note.code in SAID),
        gaps=tuple(_gaps(rows, cards)),
    )


def _text(value: Scalar) -> str | None:
    return None if value is None else str(value)


# -- cards and links from the rows of the tree


def _gather(rows: Sequence[AnswerRow]) -> tuple[dict[str, Card], list[DrawnLink]]:
    cards: dict[str, Card] = {}
    links: dict[tuple[str, str], DrawnLink] = {}
    for row in rows:
        if row["task"] is None:
            continue
        card = cards.setdefault(str(row["task"]), _card(row))
        if row["root"] is None:
            card.added, card.reason = str(row["answer"]), _text(row["reason"])
        elif row["parent"] is not None:
            link = _link(row)
            links.setdefault((link.parent, link.child), link)
            card.skips |= link.skips
    for row in rows:
        if row["task"] is None and str(row["parent"]) in cards:
            card = cards[str(row["parent"])]
            if row["answer"] == "doubtful":
                _doubt(card, row)
                continue
            names = card.missing if row["answer"] == "not_found" else card.unsure
            doubted = [] if row["reason"] is None else card.doubts.setdefault(str(row["reason"]), [])
            name = one_line(_text(row["place"]) or _text(row["title"]) or _text(row["policy"]))
            if name and name not in names:
                names.append(name)
            if name and name not in doubted:
                doubted.append(name)
    for (parent, _), link in links.items():
        if parent in cards and link.relation != DETAILS:
            cards[parent].taken = True
    return cards, [link for link in links.values() if link.parent in cards]


def _gaps(rows: Sequence[AnswerRow], cards: Mapping[str, Card]) -> Iterator[DrawnGap]:
    """Yield the gaps below the tasks that are drawn, each once."""
    seen = set()
    for row in rows:
        if row["task"] is not None or str(row["parent"]) not in cards:
            continue
        gap = DrawnGap(
            parent=str(row["parent"]),
            answer=str(row["answer"]),
            level=_level(row),
            place=one_line(_text(row["place"]) or _text(row["title"]) or _text(row["policy"])),
            policy=str(row["policy"]),
        )
        if gap not in seen:
            seen.add(gap)
            yield gap


def _level(row: AnswerRow) -> str:
    return str(row["level"]) if row["level"] in order_of("level") else UNKNOWN_LEVEL


def _doubt(card: Card, row: AnswerRow) -> None:
    """Tell a card where it is doubtful whether it is taken up, and what comes near there."""
    place = one_line(_text(row["place"]) or _text(row["policy"]))
    doubt = (place, one_line(_text(row["near_title"]) or _text(row["near"])))
    if doubt not in card.doubtful:
        card.doubtful.append(doubt)


def _card(row: AnswerRow) -> Card:
    key = str(row["task"])
    return Card(
        key=key,
        level=_level(row),
        place=one_line(_text(row["place"])),
        policy=str(row["policy"]),
        title=one_line(_text(row["title"])),
        path=key.rpartition("/")[2],
        deadline=one_line(_text(row["deadline"])) or None,
        end=_text(row["end"]),
    )


def _link(row: AnswerRow) -> DrawnLink:
    return DrawnLink(
        parent=str(row["parent"]),
        child=str(row["task"]),
        relation=DETAILS if row["details"] else str(row["relation"]),
        score=float(row["score"] or 0),
        skips=row["answer"] == "skips_level",
        confirmed=row["judgement"] == "confirmed",
        doubtful=row["answer"] == "doubtful",
    )


# -- themes


def _themes(store: Store, rows: Sequence[AnswerRow], cards: dict[str, Card]) -> list[DrawnTheme]:
    """Return the themes in the order of the roots; a task that was added joins the theme that it stands in."""
    policies = list(dict.fromkeys(card.policy for card in cards.values()))
    held: dict[str, tuple[str | None, str | None]] = {}
    asked = ask(find("tasks_of_policies"), store, {"policies": policies, "kind": None}) if policies else []
    for row in asked:
        if row["theme"] is not None:
            held.setdefault(str(row["task"]), (_text(row["theme"]), one_line(_text(row["theme_name"]))))
    heads = [str(row["task"]) for row in rows if row["task"] is not None and row["hops"] == 0]
    grouped: dict[tuple[str | None, str | None], list[str]] = {}
    for head in dict.fromkeys(heads):
        grouped.setdefault(held.get(head, (None, None)), []).append(head)
    # What no heading tells the theme of comes last.
    ordered = sorted(grouped.items(), key=lambda one: one[0][0] is None)
    return [DrawnTheme(key=key, name=name, heads=tuple(found)) for (key, name), found in ordered]


def _chosen(store: Store, wanted: str, themes: Sequence[DrawnTheme]) -> list[DrawnTheme]:
    from queries.names import resolve

    names = [theme.name for theme in themes if theme.name]
    chosen = [theme for theme in themes if wanted in (theme.key, theme.name)]
    if not chosen:
        key = resolve(store, "theme", wanted)[0]
        chosen = [theme for theme in themes if theme.key == key]
    if not chosen:
        raise UnknownNameError("theme", wanted, names)
    return chosen


def _within(
    themes: Iterable[DrawnTheme], cards: dict[str, Card], links: Sequence[DrawnLink]
) -> tuple[dict[str, Card], list[DrawnLink]]:
    below: dict[str, list[str]] = {}
    for link in links:
        below.setdefault(link.parent, []).append(link.child)
    kept, edge = set(), [head for theme in themes for head in theme.heads]
    while edge:
        here = edge.pop()
        if here not in kept:
            kept.add(here)
            edge += below.get(here, ())
    inside = [link for link in links if link.parent in kept and link.child in kept]
    return {key: card for key, card in cards.items() if key in kept}, inside


# -- what else is known of the cards


def _tell_units(store: Store, cards: dict[str, Card]) -> None:
    for row in _asked(store, "units_of_tasks", cards):
        card, surface = cards[str(row["task"])], one_line(_text(row["surface"]) or _text(row["name"]))
        # Who does a part of the task is told apart, whatever the role in it.
        role = "part" if row["scope"] == "part" else str(row["role"])
        if surface and (role, surface) not in card.units:
            card.units.append((role, surface))
        key = link_key("ASSIGNED_TO", card.key, str(row["unit"]), int(row["place_in_list"] or 0))
        card.proofs.append(Proof(what="units", document=key, start=0, end=0, quote=""))


def _tell_targets(store: Store, cards: dict[str, Card]) -> dict[str, list[AnswerRow]]:
    """Tell the targets of cards, and return them by task."""
    found: dict[str, list[AnswerRow]] = {}
    for row in _asked(store, "targets_of_tasks", cards):
        cards[str(row["task"])].targets.append(one_line(_text(row["text"])))
        found.setdefault(str(row["task"]), []).append(row)
    return found


def _tell_later(
    store: Store, cards: dict[str, Card], links: Sequence[DrawnLink], targets: Mapping[str, Sequence[AnswerRow]]
) -> None:
    shown = {(link.child, link.parent) for link in links}
    for row in ask(find("later_than_parent"), store, {}) if links else ():
        if (row["task"], row["parent"]) in shown:
            cards[str(row["task"])].later = True
    for child, parent in shown:
        moved = target_moves(targets.get(parent, ()), targets.get(child, ()))
        if any(change == "relaxed" for _, _, change in moved):
            cards[child].later_target = True


def _asked(store: Store, question: str, cards: dict[str, Card]) -> list[AnswerRow]:
    return ask(find(question), store, {"tasks": list(cards)}) if cards else []


def _policies(store: Store, wanted: Sequence[str]) -> dict[str, AnswerRow]:
    keys = list(dict.fromkeys(wanted))
    rows = ask(find("family_policies"), store, {"policies": keys}) if keys else []
    found: dict[str, AnswerRow] = {}
    for row in rows:
        # A policy may have several nodes, each of which knows a part.
        held = found.setdefault(str(row["given"]), {})
        held |= {name: value for name, value in row.items() if held.get(name) is None}
    return found
