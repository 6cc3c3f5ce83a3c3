"""A family of which not everything is held, for what can and cannot be said of it.

The province's plan `lan` is also told by `lan-news`. Chengzhou's plan is held in full, Lanchuan's as a summary, Shuoyuan's is
only cited; the county Shipu carries out Shuoyuan's and is linked past it, the district Yunxi past Chengzhou's.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from graph.identity import link_key

Rows = dict[str, list[dict[str, Any]]]
PLACES = {
    "990000": ("澜江省", "province", None),
    "990100": ("澄州市", "city", "990000"),
    "990200": ("岚川市", "city", "990000"),
    "990300": ("朔原市", "city", "990000"),
    "990102": ("云溪区", "county", "990100"),
    "990321": ("石浦县", "county", "990300"),
}
PLANS = {
    "澜政发〔2024〕1号": ("lan", "990000", "full", None),
    "澄政发〔2024〕2号": ("cheng", "990100", "full", "澜政发〔2024〕1号"),
    "岚政发〔2024〕3号": ("chuan", "990200", "summary", "澜政发〔2024〕1号"),
    "朔政发〔2024〕4号": (None, "990300", "cited", "澜政发〔2024〕1号"),
    "云政发〔2024〕5号": ("yun", "990102", "full", "澄政发〔2024〕2号"),
    "石政发〔2024〕6号": ("shi", "990321", "full", "朔政发〔2024〕4号"),
}
# Document: path, title, theme, last day.
TASKS: Mapping[str, tuple[tuple[str, str, str, date | None], ...]] = {
    "lan": (
        ("1.1", "建设托育园", "托育", date(2025, 12, 31)),
        ("1.2", "培训托育员", "托育", None),
        ("2.1", "开设助餐点", "助餐", date(2025, 6, 30)),
        ("2.2", "发放助餐券", "助餐", None),
    ),
    "lan-news": (("1", "建设托育园", "托育", None),),
    "cheng": (
        ("1.1", "建设社区托育园", "托育", date(2025, 10, 31)),
        ("1.2", "培训托育员", "托育", None),
        ("2.10", "开设助餐点", "助餐", date(2025, 9, 30)),
        ("2.9", "评选助餐能手", "助餐", None),
    ),
    "chuan": (("1", "建设托育园", "托育", None),),
    "yun": (
        ("1.1", "建设托育点", "托育", None),
        ("1.2", "发放助餐券", "助餐", None),
        ("1.3", "开设亲子课堂", "托育", None),
    ),
    "shi": (("1.1", "建设托育园", "托育", None), ("1.2", "修建步道", "托育", None)),
}
SECTION_DATES: Mapping[str, tuple[date | None, ...]] = {
    "lan-news": (date(2026, 3, 31),),
    "cheng": (date(2026, 12, 31),),
    "shi": (date(2027, 6, 30), None),
}
LINKS = (
    ("cheng/1.1", "lan/1.1", "adapted"),
    ("cheng/1.2", "lan/1.2", "same"),
    ("cheng/2.10", "lan/2.1", "adapted"),
    ("chuan/1", "lan/1.1", "same"),
    ("yun/1.1", "cheng/1.1", "partial"),
    ("yun/1.1", "lan/1.1", "adapted"),
    ("yun/1.2", "lan/2.2", "same"),
    ("shi/1.1", "lan/1.1", "same"),
)


def with_summary() -> Rows:
    """Return the rows of the family."""
    rows: Rows = {}

    def link(kind: str, source: str, target: str, **more: object) -> None:
        row = {"key": link_key(kind, source, target), "source": source, "target": target}
        rows.setdefault(kind, []).append(row | more)

    for key, (name, level, above) in PLACES.items():
        rows.setdefault("Jurisdiction", []).append({"key": key, "name": name, "level": level, "short_name": name[:-1]})
        if above:
            link("PART_OF", key, above)
    for key, (document, place, held, parent) in PLANS.items():
        name, level, _ = PLACES[place]
        title = f"{name}便民服务实施方案"
        rows.setdefault("Policy", []).append(
            {"key": key, "name": title, "title": title, "doc_number": key, "level": level, "held": held}
        )
        link("APPLIES_IN", key, place)
        if parent:
            link("IMPLEMENTS", key, parent)
        if document:
            _tasks(rows, document, key, "REPORTS_ON" if held == "summary" else "RECORDS")
    _tasks(rows, "lan-news", "澜政发〔2024〕1号", "REPORTS_ON")
    for child, parent, relation in LINKS:
        signals = '[{"name":"wording","score":0.5}]'
        judged = {"judgement": "none", "rule_version": "test", "signals": signals}
        link("DERIVES_FROM", child, parent, relation=relation, score=0.8, **judged)
    # A link that a person rejected stays in the graph and is no link.
    rejected = {"judgement": "rejected", "rule_version": "test", "signals": "[]"}
    link("DERIVES_FROM", "cheng/2.9", "lan/2.2", relation="partial", score=0.5, **rejected)
    return rows


def _tasks(rows: Rows, document: str, policy: str, tells: str) -> None:
    count = len(TASKS[document])
    rows.setdefault("Document", []).append(
        {
            "key": document,
            "name": document,
            "sha256": "x",
            "text_sha256": "x",
            "media_type": "text/plain",
            "charset": "utf-8",
            "title": document,
            "characters": 100 * count,
            "outline_share": 1.0,
            "suffix": ".txt",
        }
    )
    told = {"key": link_key(tells, document, policy), "source": document, "target": policy}
    rows.setdefault(tells, []).append(told)
    for order, (path, title, theme, end) in enumerate(TASKS[document], 1):
        key = f"{document}/{path}"
        rows.setdefault("Task", []).append(
            {
                "key": key,
                "name": title,
                "document": document,
                "kind": "measure",
                "title": title,
                "path": path,
                "text": f"{title}。",
                "order": order,
                "deadline_end": end,
                "theme_heading": theme,
                "deadline_raw": "限期" if end else None,
                "deadline_kind": "by" if end else None,
            }
        )
        rows.setdefault("HAS_TASK", []).append(
            {"key": link_key("HAS_TASK", policy, key), "source": policy, "target": key, "order": order}
        )
        rows.setdefault("IN_THEME", []).append(
            {"key": link_key("IN_THEME", key, f"x:{theme}"), "source": key, "target": f"x:{theme}"}
        )
    # Dates that stand above tasks; what `lan-news` tells is not read.
    for number, day in enumerate(SECTION_DATES.get(document, ()), 1):
        rows.setdefault("Issue", []).append(
            {
                "key": f"{document}#issue.{number}",
                "document": document,
                "code": "section-date",
                "message": "",
                "start": number,
                "end": number + 4,
                "quote": "本章任务",
                "deadline_end": day,
                "owner": document,
            }
        )
    if document == "lan":
        rows["Theme"] = [{"key": f"x:{name}", "name": name, "family": "x"} for name in ("托育", "助餐")]
