"""Small families that hypothesis makes: of rows, with everything that the vocabulary allows, and of documents."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from graph.identity import link_key
from graph.schema.vocabulary import schema
from graph.snapshot.snapshot import Snapshot

Rows = dict[str, list[dict[str, Any]]]
# Places by code, with their level and the place above; the second city has no county.
PLACES: Mapping[str, tuple[str, str, str | None]] = {
    "990000": ("澜江省", "province", None),
    "990100": ("澄州市", "city", "990000"),
    "990101": ("云溪区", "county", "990100"),
    "990102": ("石浦县", "county", "990100"),
    "990200": ("岚川市", "city", "990000"),
}
# What stands in titles and texts: numbers that sort by size, cases, quotes, what a query language takes for its own.
TITLES = (
    "建设托育点",
    "培训托育员",
    "开设“助餐点”",
    'Open "one" window',
    "open one window",
    "第10批名单",
    "第9批名单",
    "𠮷林路改造",
    "修建步道\\绿道",
    "$task",
    "'); DROP",
    "推行１２３４５热线",
    "一件事；两件事",
    "a.b*c",
    "改造管网\t二期",
    "%5B",
    "é",
)
THEMES = ("托育", "助餐", "Theme #1", "第2类", "第10类")
FUNCTIONS = ("民政", "财政", "教育")
FORM = {"province": "厅", "city": "局", "county": "局"}
_FIRST = date(2024, 1, 1)


class _Maker:
    """Puts rows together for one family."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.rows: Rows = {}
        self.tasks: dict[str, list[str]] = {}
        self.documents: dict[str, list[str]] = {}

    def add(self, table: str, **row: object) -> None:
        self.rows.setdefault(table, []).append(row)

    def link(self, kind: str, source: str, target: str, *, order: int | None = None, **more: object) -> str:
        key = link_key(kind, source, target, order)
        if all(row["key"] != key for row in self.rows.get(kind, ())):
            self.add(kind, key=key, source=source, target=target, **({"order": order} if order else {}), **more)
        return key

    def sometimes(self, value: Any, share: float = 0.5) -> Any:  # noqa: ANN401
        return value if self.chance.random() < share else None

    def one(self, listed: str) -> str:
        """Return a value of a closed list."""
        return self.chance.choice(sorted(schema().values[listed]))

    def day(self) -> date | None:
        return _FIRST + timedelta(days=self.chance.randrange(1200)) if self.chance.random() < 0.5 else None

    # -- places, units, policies

    def places(self) -> None:
        for code, (name, level, above) in PLACES.items():
            self.add("Jurisdiction", key=code, name=name, level=level, short_name=self.sometimes(name[:-1]))
            if above:
                self.link("PART_OF", code, above)
            for function in FUNCTIONS:
                key, unit = f"{code}:{function}{FORM[level]}", f"{name[-1]}{function}{FORM[level]}"
                self.add(
                    "Unit",
                    key=key,
                    name=unit,
                    function=function,
                    form=FORM[level],
                    jurisdiction=code,
                    printed_names=self.chance.choice([[unit], [unit, f"{name}{function}"], []]),
                    **self._others(code),
                )
                self.link("PART_OF", key, code)
                if above and self.chance.random() < 0.8:
                    self.link("COUNTERPART_OF", key, f"{above}:{function}{FORM[PLACES[above][1]]}")
            self.add("UnitGroup", key=f"{code}:各有关单位", name="各有关单位", stands_for=self.sometimes("departments"))

    def _others(self, code: str) -> dict[str, object]:
        """Return what the units are called that a person said are this one."""
        names = self.chance.choice([[], [], ['水务"局'], ["水务 局", "河道\\处"]])
        return {"other_keys": [f"{code}:{name}" for name in names], "other_names": names} if names else {}

    def policies(self) -> None:
        held: dict[str, str] = {}
        for at, (code, (name, level, above)) in enumerate(PLACES.items()):
            if at and self.chance.random() < 0.25:
                continue
            number = self.sometimes(f"{name[0]}政发〔2024〕{at + 8}号", 0.7)
            title = f"{name}便民服务方案"
            key = number or f"{code}:{title}"
            state = self.chance.choice(["full", "full", "full", "summary", "cited"]) if at else "full"
            self.add(
                "Policy",
                key=key,
                name=title,
                title=title,
                doc_number=number,
                level=level,
                held=state,
                issued=self.day(),
                genre=self.sometimes("方案"),
                issuers=self.sometimes([f"{name}人民政府"]),
            )
            self.link("APPLIES_IN", key, code)
            self.link("ISSUED_BY", key, f"{code}:{self.chance.choice(FUNCTIONS)}{FORM[level]}", order=1)
            held[code] = key
            # A county may carry out the province's plan past the city's.
            upper = [one for one in (above, PLACES[above][2] if above else None) if one in held]
            if upper and self.chance.random() < 0.9:
                self.link("IMPLEMENTS", key, held[self.chance.choice(upper)])
            if held and self.chance.random() < 0.4:
                self.link("CITES", key, held["990000"], surface=self.sometimes("《便民服务方案》"))
            self._documents(code, key, state)
        self._carried(held)
        self._named(held)

    def _documents(self, code: str, policy: str, state: str) -> None:
        if state == "cited":
            return
        fullest = f"d{code}"
        self._document(fullest, policy, "RECORDS" if state == "full" else "REPORTS_ON", True)
        if self.chance.random() < 0.3:
            self._document(f"news/{code} b", policy, "REPORTS_ON", False)

    def _document(self, name: str, policy: str, tells: str, fullest: bool) -> None:
        count = self.chance.randrange(1, 5)
        titles = [self.chance.choice(TITLES) for _ in range(count)]
        text = f"{name}\n" + "".join(f"{title}。\n" for title in titles)
        mark = hashlib.sha256(text.encode()).hexdigest()
        self.add(
            "Document",
            key=name,
            name=name,
            sha256=mark,
            text_sha256=mark,
            media_type="text/plain",
            charset="utf-8",
            title=self.sometimes(name),
            characters=len(text),
            outline_share=self.chance.choice([0.5, 1.0, 2 / 3]),
        )
        self.add("Text", document=name, text=text, owner=name)
        self.link(tells, name, policy, fullest=fullest)
        at = text.index("\n") + 1
        for order, title in enumerate(titles, 1):
            self._task(name, policy, order, title, at)
            at += len(title) + 2
        if self.chance.random() < 0.4:
            self.add(
                "Issue",
                key=f"{name}#1",
                document=name,
                code="unit-rest",
                message="not read as a unit",
                start=0,
                end=len(name),
                quote=name,
            )
        if self.chance.random() < 0.4:
            self.add(
                "Issue",
                key=f"{name}#2",
                document=name,
                code="section-date",
                message="given to no task",
                start=0,
                end=len(name),
                quote=name,
                deadline_end=self.day(),
            )

    # -- tasks

    def _task(self, document: str, policy: str, order: int, title: str, at: int) -> None:
        key = f"{document}/{self.chance.choice(['1.', '2.'])}{order + self.chance.choice([0, 8])}"
        if any(row["key"] == key for row in self.rows.get("Task", ())):
            return
        first, last = sorted([self.day() or _FIRST, self.day() or _FIRST])
        due = self.sometimes(last)
        theme = self.sometimes(self.chance.choice(THEMES), 0.8)
        self.add(
            "Task",
            key=key,
            name=title,
            title=title,
            text=f"{title}。",
            document=document,
            kind=self.one("task_kind"),
            path=key.rpartition("/")[2],
            order=order,
            number=self.sometimes(str(order)),
            theme_heading=theme,
            deadline_raw="限期" if due else None,
            deadline_kind=self.one("deadline_kind") if due else None,
            deadline_start=self.sometimes(first) if due else None,
            deadline_end=due,
            deadline_edtf=f"../{due}" if due else None,
            verbs=self.sometimes(["建设", "培训"]),
            policy_key=policy,
        )
        self.tasks.setdefault(policy, []).append(key)
        self.link("HAS_TASK", policy, key, order=order)
        self._proof(key, "title", document, title, at)
        if theme:
            if all(row["name"] != theme for row in self.rows.get("Theme", ())):
                self.add("Theme", key=f"x:{theme}", name=theme, family="x", printed_headings=[theme])
            self.link("IN_THEME", key, f"x:{theme}", printed_heading=theme)
        self._duties(key, document)
        for place in range(1, self.chance.randrange(1, 3)):
            self._target(key, place)

    def _duties(self, task: str, document: str) -> None:
        code = next(code for code in PLACES if code in document)
        level = PLACES[code][1]
        for order in range(1, self.chance.randrange(1, 5)):
            function = self.chance.choice(FUNCTIONS)
            unit = self.chance.choice([f"{code}:{function}{FORM[level]}", f"{code}:各有关单位"])
            name = unit.partition(":")[2]
            key = self.link(
                "ASSIGNED_TO",
                task,
                unit,
                order=order,
                role=self.one("unit_role"),
                scope=self.one("unit_scope"),
                surface=name,
                stated=self.chance.random() < 0.5,
                alias=self.sometimes("又名", 0.1),
            )
            if self.chance.random() < 0.3:
                self._proof(key, "itself", document, document, 0)

    def _target(self, task: str, place: int) -> None:
        value = self.chance.choice([None, 1.0, 0.1, 120.0, 99.95, 1e9])
        text = f"目标{value}"
        self.add(
            "Target",
            key=f"{task}#{place}",
            name=text,
            text=text,
            value=value,
            end=self.day(),
            quantity=self.sometimes("托位"),
            unit=self.sometimes("个"),
            comparator=self.one("comparator"),
        )
        self.link("HAS_TARGET", task, f"{task}#{place}", order=place)

    def _proof(self, subject: str, name: str, document: str, quote: str, start: int) -> None:
        self.add(
            "Evidence",
            subject=subject,
            property=name,
            document=document,
            start=start,
            end=start + len(quote),
            quote=quote,
            rule="test",
            owner=document,
        )

    # -- what carries out what

    def _carried(self, held: Mapping[str, str]) -> None:
        for row in self.rows.get("IMPLEMENTS", ()):
            above = self.tasks.get(row["target"], [])
            for child in self.tasks.get(row["source"], []):
                for parent in self.chance.sample(above, self.chance.randrange(min(2, len(above)) + 1)):
                    self._derive(child, parent)
                if above and row["target"] != held["990000"] and self.chance.random() < 0.3 and self._top(held):
                    self._derive(child, self.chance.choice(self._top(held)))
        for listed in self.tasks.values():
            if len(listed) > 1 and self.chance.random() < 0.3:
                self.link("DETAILS", listed[1], listed[0], score=0.5, signals="[]")

    def _named(self, held: Mapping[str, str]) -> None:
        """Let items take over policies by name, policies end others, and a table say what a text does not."""
        keys = list(held.values())
        for listed in self.tasks.values():
            for task in listed:
                if self.chance.random() < 0.3:
                    self.link("TAKES_OVER", task, self.chance.choice(keys), surface=self.sometimes("《便民服务方案》"))
        for kind in ("REPEALS", "REPLACES"):
            if len(keys) > 1:
                self.link(kind, keys[-1], keys[0], surface=self.sometimes("《便民服务方案》"))
        for row in self.rows["Policy"]:
            row |= {"status": self.sometimes(self.one("policy_status"), 0.3)}
            row |= {"valid_from": self.day(), "valid_to": self.day()}
        for code, key in held.items():
            if f"d{code}" in {row["key"] for row in self.rows.get("Document", ())}:
                cell = {"table_name": "目录.csv", "table_row": 3, "table_column": "日期"}
                said = {"subject": key, "property": "issued", "document": f"d{code}", "quote": "2024-01-02"}
                self.add("Evidence", **said, **cell, rule="table-beside")

    def _top(self, held: Mapping[str, str]) -> list[str]:
        return self.tasks.get(held["990000"], [])

    def _derive(self, child: str, parent: str) -> None:
        score = self.chance.choice([0.5, 0.61, 2 / 3, 0.999999, 1.0])
        signals = json.dumps([{"name": "wording", "score": score}])
        self.link(
            "DERIVES_FROM",
            child,
            parent,
            relation=self.one("relation"),
            score=score,
            signals=signals,
            judgement=self.chance.choice(["none", "none", "confirmed", "rejected"]),
            rule_version="test",
        )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Make a family of rows: a province, two cities, two counties, what they hold, who does what by when."""
    made = _Maker(draw(st.randoms(use_true_random=False)))
    made.places()
    made.policies()
    return Snapshot.of_rows(made.rows, rules="test")


# -- documents

_DUTIES = (
    "（责任单位：{a}、{b}）",
    "（{a}牵头，{b}配合）",
    "［责任单位：{a}］",
    "（牵头单位：{a}；配合单位：{b}、各有关单位）",
    "",
    "（{a}负责）",
)
_DATES = ("2025年{m}月底前，", "到2026年底，", "2025—2027年，", "每年{m}月前，", "", "长期坚持，", "力争2027年上半年，")
_WORDS = (
    "建成社区托育点{n}个",
    "为老年人开设助餐点{n}处",
    "办事材料压减{n}%以上",
    "推行水电气联合报装",
    "培训家政服务员{n}人次",
    "公布便民事项清单",
    "改造老旧管网{n}公里",
)
_HEADINGS = ("完善托育助餐", "优化办事流程", "补齐设施短板")


@st.composite
def documents(draw: st.DrawFn) -> dict[str, str]:
    """Make a family of documents: a province's plan, a city's and a county's, each carrying out the one above."""
    chance = draw(st.randoms(use_true_random=False))
    items = [(chance.choice(_HEADINGS), chance.choice(_WORDS)) for _ in range(chance.randrange(2, 6))]
    found: dict[str, str] = {}
    above: str | None = None
    for code in ("990000", "990100", "990101"):
        name = PLACES[code][0]
        number = f"{name[0]}政发〔2025〕{chance.randrange(1, 40)}号" if chance.random() < 0.8 else ""
        title = f"{name}人民政府关于印发便民服务提升行动方案的通知"
        lines = [title, number, "各有关单位：", f"{name}便民服务提升行动方案"]
        if above:
            lines.append(f"为贯彻落实{above}，结合实际，制定本方案。")
        lines.append("一、总体要求\n坚持问题导向。\n二、主要任务")
        kept = [item for item in items if chance.random() < 0.8] or items[:1]
        for at, heading in enumerate(dict.fromkeys(item[0] for item in kept)):
            lines.append(f"（{'一二三'[at]}）{heading}")
            for order, (_, words) in enumerate((item for item in kept if item[0] == heading), 1):
                lines.append(f"{order}．{_printed(chance, words, PLACES[code][1], name)}")
        lines.append(f"{name}人民政府\n2025年{chance.randrange(1, 13)}月{chance.randrange(1, 28)}日")
        found[PLACES[code][1]] = "\n".join(line for line in lines if line) + "\n"
        above = f"《{title}》" + (f"（{number}）" if number else "")
    return found


def _printed(chance: Random, words: str, level: str, place: str) -> str:
    units = [f"{place[-1]}{function}{FORM[level]}" for function in chance.sample(FUNCTIONS, 2)]
    said = words.format(n=chance.randrange(2, 900))
    day = chance.choice(_DATES).format(m=chance.randrange(1, 13))
    return f"{said.partition('{')[0]}。{day}{said}。" + chance.choice(_DUTIES).format(a=units[0], b=units[1])
