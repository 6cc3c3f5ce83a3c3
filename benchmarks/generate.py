"""Families of plans of any size, of an invented province, in true form: for benchmarks and tests.

Every family is a plan of the province, plans of cities and of districts that carry it out, each with its number,
outline, duty brackets, dates and targets. The same number and seed give the same text.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

_FIELDS = (
    "用水",
    "出行",
    "托育",
    "助餐",
    "康养",
    "就诊",
    "读书",
    "停车",
    "充电",
    "采暖",
    "消费",
    "办照",
    "就业",
    "培训",
    "观赛",
    "种植",
    "养殖",
    "仓储",
    "冷链",
    "检测",
    "防汛",
    "防火",
    "护林",
    "治沙",
    "清淤",
    "绿化",
    "照明",
    "通信",
    "邮寄",
    "助残",
    "安居",
    "租赁",
)
_OBJECTS = (
    "服务站点",
    "老旧设施",
    "监测网络",
    "信用档案",
    "标准清单",
    "共享平台",
    "应急队伍",
    "示范街区",
    "维修基金",
    "评价办法",
    "巡查机制",
    "预约通道",
    "数据目录",
    "帮扶名册",
    "实训基地",
    "体验中心",
    "联合实验室",
    "绿色通道",
    "公开专栏",
    "检验窗口",
    "志愿队伍",
    "调度中心",
    "采购目录",
    "风险台账",
    "修缮计划",
    "社区驿站",
    "夜间门诊",
    "流动车辆",
    "智能终端",
    "电子地图",
)
_VERBS = (
    "改造",
    "布设",
    "编制",
    "推广",
    "整合",
    "扩建",
    "升级",
    "开通",
    "组建",
    "评定",
    "清理",
    "公布",
    "试行",
    "修订",
    "培育",
    "引进",
    "联通",
    "核查",
    "补齐",
    "优化",
)
_WAYS = (
    "按季度通报进展",
    "引入第三方评估",
    "与相邻地区互认结果",
    "优先安排山区和海岛",
    "把办理时间压减一半",
    "面向企业和群众公开",
    "向基层延伸",
    "同步更新台账",
    "允许跨区域申请",
    "由专人全程跟办",
    "落实经费保障",
    "分批次推进",
    "建立反馈渠道",
    "接入统一门户",
    "开展满意度回访",
    "对困难家庭减免费用",
    "纳入年度计划",
    "形成可复制的做法",
)
_UNITS = (
    "发展改革",
    "经济和信息化",
    "教育",
    "科学技术",
    "公安",
    "民政",
    "司法",
    "财政",
    "人力资源和社会保障",
    "自然资源",
    "生态环境",
    "住房和城乡建设",
    "交通运输",
    "水利",
    "农业农村",
    "商务",
    "文化和旅游",
    "卫生健康",
    "应急管理",
    "市场监督管理",
)
_NUMERALS = "一二三四五六七八九十"
_CITIES = ("澄州", "岚川", "朔原", "芦湾", "汀浦", "霁安", "砚山", "棠溪")
_COUNTIES = ("云溪", "石浦", "临澜", "青埠", "木樨", "白蘋", "竹屿", "鹤汀", "松陵", "梅坞", "丹崖", "雁荡口")
_PER_PLAN, _SECTIONS, _CITIES_EACH, _COUNTIES_EACH = 40, 5, 3, 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place that issues plans: its name, what stands before the names of its units, the form that they have."""

    name: str
    prefix: str
    form: str
    agency: str


@dataclass(frozen=True, slots=True)
class Item:
    """One task before it is printed."""

    verb: str
    field: str
    object: str
    ways: tuple[str, ...]
    count: int
    year: int
    month: int
    units: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.verb}{self.field}{self.object}"


def families(tasks: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of whole families until they hold at least `tasks` tasks."""
    made = number = 0
    while made < tasks:
        number += 1
        for name, text in family(number, seed):
            yield name, text
            made += _PER_PLAN


def family(number: int, seed: int = 1, per_plan: int = _PER_PLAN) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of the plans of one family, the province's first: 13 plans of 40 tasks, or of `per_plan`."""
    chance = Random(f"{seed}-{number}")
    subject = "".join(chance.sample(_FIELDS, 2))
    top = Place("澜江省", "省", "厅", "澜政发")
    items = [[_item(chance) for _ in range(per_plan // _SECTIONS)] for _ in range(_SECTIONS)]
    yield _plan(f"f{number:05d}/province", top, subject, number, items, None, chance)
    for city_name in chance.sample(_CITIES, _CITIES_EACH):
        city = Place(f"{city_name}市", "市", "局", f"{city_name[0]}政发")
        own = [[_retold(chance, item) for item in section] for section in items]
        above = (top, _title(top, subject), f"{top.agency}〔2021〕{number}号")
        yield _plan(f"f{number:05d}/{city_name}", city, subject, number, own, above, chance)
        for county_name in chance.sample(_COUNTIES, _COUNTIES_EACH):
            # Counties are told apart by their city: one name never stands in two.
            county = Place(f"{county_name}{city_name[0]}区", "区", "局", f"{city_name[0]}{county_name[0]}政发")
            lower = [[_retold(chance, item) for item in section] for section in own]
            plan = (city, _title(city, subject), f"{city.agency}〔2021〕{number}号")
            yield _plan(f"f{number:05d}/{city_name}-{county_name}", county, subject, number, lower, plan, chance)


def _item(chance: Random) -> Item:
    return Item(
        chance.choice(_VERBS),
        chance.choice(_FIELDS),
        chance.choice(_OBJECTS),
        tuple(chance.sample(_WAYS, 4)),
        chance.randrange(3, 900),
        chance.randrange(2022, 2026),
        chance.randrange(1, 13),
        tuple(chance.sample(_UNITS, chance.randrange(1, 4))),
    )


def _retold(chance: Random, item: Item) -> Item:
    """Return the task as the level below has it: often localised, sometimes another one."""
    draw = chance.random()
    if draw < 0.15:
        return _item(chance)
    ways = list(item.ways)
    ways[chance.randrange(len(ways))] = chance.choice(_WAYS)
    object_ = chance.choice(_OBJECTS) if draw < 0.3 else item.object
    count = max(1, item.count // chance.randrange(2, 9))
    month = chance.randrange(1, 13)
    return Item(item.verb, item.field, object_, tuple(ways), count, item.year, month, item.units)


def _title(place: Place, subject: str) -> str:
    return f"{place.name}人民政府关于印发{subject}便民提升行动计划（2021—2025年）的通知"


def _plan(
    name: str,
    place: Place,
    subject: str,
    number: int,
    items: list[list[Item]],
    above: tuple[Place, str, str] | None,
    chance: Random,
) -> tuple[str, str]:
    lines = [
        _title(place, subject),
        f"{place.agency}〔2021〕{number}号",
        f"各有关单位：\n{subject}便民提升行动计划（2021—2025年）",
    ]
    if above:
        _, title, printed = above
        lines.append(f"为贯彻落实《{title}》（{printed}），结合实际，制定本计划。")
    else:
        lines.append("为方便群众生活，制定本计划。")
    lines.append("一、总体要求\n坚持问题导向，稳步推进。")
    lines.append("二、主要任务")
    for at, section in enumerate(items):
        lines.append(f"（{_NUMERALS[at]}）完善{section[0].field}{section[0].object}体系")
        for order, item in enumerate(section, start=1):
            units = "、".join(f"{place.prefix}{unit}{place.form}" for unit in item.units)
            ways = "，".join(item.ways)
            lines.append(
                f"{order}.{item.title}。{ways}。{item.year}年{item.month}月底前，{item.verb}{item.object}{item.count}个。"
                f"（责任单位：{units}）"
            )
    lines.append("三、保障措施\n（一）加强组织领导。\n（二）强化督促检查。")
    lines.append(f"{place.name}人民政府\n2021年{chance.randrange(1, 13)}月{chance.randrange(1, 28)}日\n")
    return name, "\n".join(lines)


def write(tasks: int, folder: Path, seed: int = 1) -> int:
    """Write families of at least `tasks` tasks as text files below `folder`; return the number of files."""
    count = 0
    for name, text in families(tasks, seed):
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        count += 1
    return count


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    given.add_argument("tasks", type=int)
    given.add_argument("folder", type=Path)
    asked = given.parse_args()
    print(write(asked.tasks, asked.folder), "files")
