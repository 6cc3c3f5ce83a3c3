"""Why two tasks are linked: the signals that the link keeps, with what each compares."""

import inspect
import json

from graph.store.protocol import AnswerRow, Store
from queries.catalog import find
from queries.question_rows import ask


def link_reasons(store: Store, child: str, parent: str) -> list[AnswerRow]:
    """Return the signals of a stored link (`signal`, `meaning`, `score`), the strongest first; none where there is no link.

    `meaning` is in Chinese, and behind the first full stop in English. The words that decided are the link's evidence.
    """
    stored = ask(find("link_between"), store, {"child": child, "parent": parent})
    printed: dict[str, float] = json.loads(str(stored[0]["signals"] or "{}")) if stored else {}
    ranked = sorted(printed.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"signal": name, "meaning": _meaning(name), "score": score} for name, score in ranked]


def _meaning(name: str) -> str | None:
    # What compares texts takes longer to start than a question to answer.
    from graph.link.tasks import signals

    comparison = getattr(signals, name, None)
    return (inspect.getdoc(comparison) or name).splitlines()[0] if comparison else None
