"""A small graph made by hand, of an invented province: for the tests of whatever reads a snapshot or a store.

Three plans (province `lanjiang`, city `chengzhou`, district `yunxi`) carry each other out; the district's also
carries out a city plan that is not held. `small_snapshot()` has 9 tasks, 5 correspondences, units with
counterparts, a unit group, targets, themes, an issue, and evidence that slices to its quote.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from graph.identity import link_key
from graph.snapshot.snapshot import Snapshot

PROVINCE, CITY, DISTRICT = "990000", "990100", "990102"
PROVINCE_PLAN, CITY_PLAN, CITED_PLAN = "澜政发〔2021〕8号", "澄政发〔2021〕15号", "澄政发〔2020〕3号"
DISTRICT_PLAN = "990102:云溪区放心用水行动实施方案"

TEXTS: Mapping[str, str] = {
    "lanjiang": (
        "澜江省人民政府关于印发放心用水行动计划的通知\n澜政发〔2021〕8号\n各市、县（市、区）人民政府：\n"
        "一、守护水源\n（一）划定水源保护区。2022年12月底前，完成120处水源保护区划定。（责任单位：省水利厅、省生态环境厅）\n"
        "（二）更新老旧管网。到2025年更新管网3000公里。（责任单位：省住房城乡建设厅）\n"
        "二、方便群众\n（三）用水报装网上办。推行报装申请全程网上办理。（责任单位：省大数据局）\n"
        "三、保障措施\n（四）加强督导。\n澜江省人民政府\n2021年3月1日\n"
    ),
    "chengzhou": (
        "澄州市人民政府关于印发放心用水行动方案的通知\n澄政发〔2021〕15号\n"
        "为落实《澜江省人民政府关于印发放心用水行动计划的通知》（澜政发〔2021〕8号），制定本方案。\n"
        "一、守护水源\n（一）划定水源保护区。2022年6月底前，完成15处水源保护区划定。（责任单位：市水利局）\n"
        "二、方便群众\n（二）报装网上办。报装申请当天受理。（牵头单位：市大数据局）\n"
        "澄州市人民政府\n2021年5月10日\n"
    ),
    "yunxi": (
        "云溪区放心用水行动实施方案\n"
        "根据《澄州市人民政府关于印发放心用水行动方案的通知》（澄政发〔2021〕15号）和澄政发〔2020〕3号要求，制定本方案。\n"
        "一、守护水源\n（一）划定水源保护区。2022年9月底前，完成2处水源保护区划定。（区水利局牵头，各镇（街道）配合）\n"
        "二、方便群众\n（二）报装掌上办。开通手机报装。（责任单位：区大数据局）\n"
        "（三）设立用水管家。每个社区配备一名用水管家。（责任单位：区住建局）\n"
    ),
}

Rows = dict[str, list[dict[str, Any]]]


class Maker:
    """Collects rows and finds the places of quotes."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.rows: Rows = {}

    def add(self, table: str, **row: object) -> None:
        """Add one row to a table."""
        self.rows.setdefault(table, []).append(row)

    def link(self, kind: str, source: str, target: str, *, order: int | None = None, **more: object) -> str:
        """Add one link and return its key."""
        key = link_key(kind, source, target, order)
        self.add(kind, key=key, source=source, target=target, **({"order": order} if order else {}), **more)
        return key

    def prove(self, subject: str, name: str, document: str, quote: str, nth: int = 0) -> None:
        """Add the evidence for `name` of `subject`: the `nth` (0-based) place of `quote`."""
        start = -1
        for _ in range(nth + 1):
            start = TEXTS[document].index(quote, start + 1)
        place = {"document": document, "start": start, "end": start + len(quote), "quote": quote}
        self.add("Evidence", subject=subject, property=name, rule="test", owner=document, **place)

    def task(self, document: str, policy: str, path: str, order: int, title: str, **more: Any) -> str:  # noqa: ANN401
        """Add one task of a policy with its link and evidence; its text runs to the end of its line."""
        key = f"{document}/{path}"
        text = next(line for line in TEXTS[document].splitlines() if f"）{title}。" in line).partition("）")[2]
        kind = more.pop("kind", "measure")
        self.add(
            "Task",
            key=key,
            name=title,
            document=document,
            kind=kind,
            number=str(order),
            title=title,
            text=text,
            path=path,
            order=order,
            policy_key=policy,
            owner=document,
            **more,
        )
        self.link("HAS_TASK", policy, key, order=order, owner=document)
        self.prove(key, "title", document, title)
        self.prove(key, "itself", document, text)
        if raw := more.get("deadline_raw"):
            self.prove(key, "deadline", document, raw)
        return key

    def assign(self, task: str, unit: str, order: int, role: str, surface: str) -> None:
        """Add one responsibility with its evidence."""
        key = self.link(
            "ASSIGNED_TO",
            task,
            unit,
            order=order,
            role=role,
            scope="task",
            surface=surface,
            stated=True,
            owner=task.split("/")[0],
        )
        self.prove(key, "itself", task.split("/")[0], surface)

    def derive(self, child: str, parent: str, relation: str, score: float, words: str) -> None:
        """Add one correspondence with evidence on both sides."""
        signals = json.dumps({"wording": score})
        owner = f"{child.split('/')[0]}\t{parent.split('/')[0]}"
        key = self.link(
            "DERIVES_FROM",
            child,
            parent,
            relation=relation,
            score=score,
            signals=signals,
            judgement="none",
            rule_version="test",
            owner=owner,
        )
        self.prove(key, "child", child.split("/")[0], words)
        self.prove(key, "parent", parent.split("/")[0], words)


def _documents(made: Maker) -> None:
    for name, text in TEXTS.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        made.add(
            "Document",
            key=name,
            name=name,
            sha256=digest,
            text_sha256=digest,
            media_type="text/plain",
            charset="utf-8",
            title=text.splitlines()[0],
            characters=len(text),
            outline_share=1.0,
            suffix=".txt",
            owner=name,
        )
        made.add("Text", document=name, text=text, owner=name)
    made.add(
        "Issue",
        key="yunxi#1",
        document="yunxi",
        code="unit-rest",
        message="not read as a unit: 各社区",
        start=3,
        end=9,
        quote=TEXTS["yunxi"][3:9],
        owner="yunxi",
    )


def _policies(made: Maker) -> None:
    place = {PROVINCE_PLAN: PROVINCE, CITY_PLAN: CITY, DISTRICT_PLAN: DISTRICT, CITED_PLAN: CITY}
    for key, document, level, issued in (
        (PROVINCE_PLAN, "lanjiang", "province", date(2021, 3, 1)),
        (CITY_PLAN, "chengzhou", "city", date(2021, 5, 10)),
        (DISTRICT_PLAN, "yunxi", "county", None),
    ):
        title = TEXTS[document].splitlines()[0]
        number = key if "号" in key else None
        made.add(
            "Policy",
            key=key,
            name=title,
            title=title,
            doc_number=number,
            level=level,
            issued=issued,
            held="full",
            genre="行动方案",
            issuers=[] if number is None else [title.partition("关于")[0]],
        )
        made.link("RECORDS", document, key, fullest=True)
        made.prove(key, "title", document, title)
    made.add("Policy", key=CITED_PLAN, name=CITED_PLAN, doc_number=CITED_PLAN, level="city", held="cited")
    for child, parent, document in (
        (CITY_PLAN, PROVINCE_PLAN, "chengzhou"),
        (DISTRICT_PLAN, CITY_PLAN, "yunxi"),
        (DISTRICT_PLAN, CITED_PLAN, "yunxi"),
    ):
        made.prove(made.link("IMPLEMENTS", child, parent, owner=document), "itself", document, parent)
    for key, jurisdiction in place.items():
        made.link("APPLIES_IN", key, jurisdiction)


def _places_and_units(made: Maker) -> None:
    for key, name, level, short, parent in (
        (PROVINCE, "澜江省", "province", "澜", None),
        (CITY, "澄州市", "city", "澄", PROVINCE),
        (DISTRICT, "云溪区", "county", None, CITY),
    ):
        made.add("Jurisdiction", key=key, name=name, level=level, short_name=name[:-1], number_prefix=short)
        if parent:
            made.link("PART_OF", key, parent)
    for place, prefix, words in (
        (PROVINCE, "省", ("水利", "厅")),
        (CITY, "市", ("水利", "局")),
        (DISTRICT, "区", ("水利", "局")),
        (PROVINCE, "省", ("大数据", "局")),
        (CITY, "市", ("大数据", "局")),
        (DISTRICT, "区", ("大数据", "局")),
        (PROVINCE, "省", ("住房城乡建设", "厅")),
        (DISTRICT, "区", ("住房城乡建设", "局")),
        (PROVINCE, "省", ("生态环境", "厅")),
    ):
        key, name = f"{place}:{''.join(words)}", prefix + "".join(words)
        made.add(
            "Unit",
            key=key,
            name=name,
            function=words[0],
            form=words[1],
            printed_names=[name],
            jurisdiction=place,
        )
        made.link("PART_OF", key, place)
    made.add("UnitGroup", key=f"{DISTRICT}:各镇（街道）", name="各镇（街道）", stands_for="all_towns")
    for function in ("水利", "大数据"):
        made.link("COUNTERPART_OF", f"{DISTRICT}:{function}局", f"{CITY}:{function}局")
        upper = "厅" if function == "水利" else "局"
        made.link("COUNTERPART_OF", f"{CITY}:{function}局", f"{PROVINCE}:{function}{upper}")
    made.link("COUNTERPART_OF", f"{DISTRICT}:住房城乡建设局", f"{PROVINCE}:住房城乡建设厅")


def _tasks(made: Maker) -> None:
    water, easy = {"theme_heading": "守护水源"}, {"theme_heading": "方便群众"}

    def by(raw: str, end: date) -> dict[str, Any]:
        return {"deadline_raw": raw, "deadline_kind": "by", "deadline_end": end, "deadline_edtf": f"../{end}"}

    made.task(
        "lanjiang",
        PROVINCE_PLAN,
        "1.1",
        1,
        "划定水源保护区",
        **water,
        **by("2022年12月底前", date(2022, 12, 31)),
    )
    made.task("lanjiang", PROVINCE_PLAN, "1.2", 2, "更新老旧管网", **water)
    made.task("lanjiang", PROVINCE_PLAN, "2.3", 3, "用水报装网上办", **easy)
    made.task("lanjiang", PROVINCE_PLAN, "3.4", 4, "加强督导", kind="safeguard", theme_heading="保障措施")
    made.task("chengzhou", CITY_PLAN, "1.1", 1, "划定水源保护区", **water, **by("2022年6月底前", date(2022, 6, 30)))
    made.task("chengzhou", CITY_PLAN, "2.2", 2, "报装网上办", **easy)
    made.task("yunxi", DISTRICT_PLAN, "1.1", 1, "划定水源保护区", **water, **by("2022年9月底前", date(2022, 9, 30)))
    made.task("yunxi", DISTRICT_PLAN, "2.2", 2, "报装掌上办", **easy)
    made.task("yunxi", DISTRICT_PLAN, "2.3", 3, "设立用水管家", **easy)
    made.assign("lanjiang/1.1", f"{PROVINCE}:水利厅", 1, "responsible", "省水利厅")
    made.assign("lanjiang/1.1", f"{PROVINCE}:生态环境厅", 2, "responsible", "省生态环境厅")
    made.assign("lanjiang/1.2", f"{PROVINCE}:住房城乡建设厅", 1, "responsible", "省住房城乡建设厅")
    made.assign("lanjiang/2.3", f"{PROVINCE}:大数据局", 1, "responsible", "省大数据局")
    made.assign("chengzhou/1.1", f"{CITY}:水利局", 1, "responsible", "市水利局")
    made.assign("chengzhou/2.2", f"{CITY}:大数据局", 1, "lead", "市大数据局")
    made.assign("yunxi/1.1", f"{DISTRICT}:水利局", 1, "lead", "区水利局")
    made.assign("yunxi/1.1", f"{DISTRICT}:各镇（街道）", 2, "support", "各镇（街道）")
    made.assign("yunxi/2.2", f"{DISTRICT}:大数据局", 1, "responsible", "区大数据局")
    made.assign("yunxi/2.3", f"{DISTRICT}:住房城乡建设局", 1, "responsible", "区住建局")


def _themes_and_targets(made: Maker) -> None:
    for heading, tasks in (
        ("守护水源", ("lanjiang/1.1", "lanjiang/1.2", "chengzhou/1.1", "yunxi/1.1")),
        ("方便群众", ("lanjiang/2.3", "chengzhou/2.2", "yunxi/2.2", "yunxi/2.3")),
    ):
        key = f"{PROVINCE_PLAN}:{heading}"
        made.add("Theme", key=key, name=heading, family=PROVINCE_PLAN, printed_headings=[heading])
        for task in tasks:
            document = task.split("/")[0]
            link = made.link("IN_THEME", task, key, printed_heading=heading, owner=document)
            made.prove(link, "theme", document, heading)
    for task, text, value, unit, quantity, end in (
        (
            "lanjiang/1.1",
            "2022年12月底前，完成120处水源保护区划定",
            120.0,
            "处",
            "水源保护区",
            date(2022, 12, 31),
        ),
        ("lanjiang/1.2", "到2025年更新管网3000公里", 3000.0, "公里", "管网", date(2025, 12, 31)),
        (
            "chengzhou/1.1",
            "2022年6月底前，完成15处水源保护区划定",
            15.0,
            "处",
            "水源保护区",
            date(2022, 6, 30),
        ),
        ("yunxi/1.1", "2022年9月底前，完成2处水源保护区划定", 2.0, "处", "水源保护区", date(2022, 9, 30)),
    ):
        key, document = f"{task}#1", task.split("/")[0]
        made.add(
            "Target",
            key=key,
            name=text,
            text=text,
            quantity=quantity,
            comparator="eq",
            value=value,
            unit=unit,
            end=end,
            owner=document,
        )
        made.link("HAS_TARGET", task, key, order=1, owner=document)
        made.prove(key, "itself", document, text)


@cache
def small_snapshot() -> Snapshot:
    """Return the hand-made graph; it is shared, so do not change it."""
    made = Maker()
    _documents(made)
    _policies(made)
    _places_and_units(made)
    _tasks(made)
    _themes_and_targets(made)
    made.derive("chengzhou/1.1", "lanjiang/1.1", "adapted", 0.91, "水源保护区划定")
    made.derive("chengzhou/2.2", "lanjiang/2.3", "partial", 0.74, "网上办")
    made.derive("yunxi/1.1", "chengzhou/1.1", "adapted", 0.93, "水源保护区划定")
    made.derive("yunxi/1.1", "lanjiang/1.1", "adapted", 0.9, "水源保护区划定")
    made.derive("yunxi/2.2", "chengzhou/2.2", "adapted", 0.66, "报装")
    return Snapshot.of_rows(made.rows, rules="test")
