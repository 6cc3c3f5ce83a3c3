"""A unit: what it carries by role, theme and date, its counterparts above and below, and with whom it shares tasks."""

from collections import Counter

from queries.answer import Answer, shaped
from queries.catalog import find
from queries.names import resolve
from queries.question_rows import ask
from queries.run import run
from views.web.page_records import Asked, Page

_SHARING = 20
"""So many units that share tasks stand on the page."""
_LOAD = ("role", "scope", "task", "title", "theme", "level", "place", "surface", "deadline", "end")


def unit_page(asked: Asked) -> Page:
    """Return the page of a unit, or of a group of units.

    Raises:
        NotFoundError: no unit is named so, or several are.
    """
    key = resolve(asked.store, "unit", asked.need("of"))[0]
    named = next(iter(ask(find("unit_names"), asked.store, {"units": [key]})), {})
    load = run("unit_load", asked.store, unit=key, role=asked.get("role"))
    tasks = list(dict.fromkeys(str(row["task"]) for row in load.rows))
    themes = (
        {row["task"]: row["theme"] for row in ask(find("task_details"), asked.store, {"tasks": tasks})} if tasks else {}
    )
    rows = shaped(_LOAD, [row | {"theme": themes.get(row["task"])} for row in load.rows])
    above_below = run("unit_counterparts", asked.store, unit=key)
    sharing = run("units_sharing_tasks", asked.store, unit=key, groups=True)
    shown = Answer(name="sharing", columns=sharing.columns, rows=sharing.rows[:_SHARING])
    facts = {
        "key": key,
        "named": named,
        "tasks": len(tasks),
        "roles": Counter(f"{row['scope']} {row['role']}" for row in rows).most_common(),
        "themes": Counter(str(row["theme"]) for row in rows if row["theme"]).most_common(12),
        "years": sorted(Counter(str(row["end"])[:4] for row in rows if row["end"]).items()),
        "today": asked.today.isoformat(),
        "sharing": len(sharing),
    }
    tables = (
        Answer(name="load", columns=_LOAD, rows=rows),
        Answer(name="counterparts", columns=above_below.columns, rows=above_below.rows),
        shown,
    )
    title = str(named.get("name") or key)
    return Page(title=title, subtitle=key, tables=tables, facts=facts)
