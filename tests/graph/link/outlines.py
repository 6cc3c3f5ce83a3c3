"""Outlines of an invented province, written as text, for the tests of linking."""

from dataclasses import replace

from graph.link.policies.policy_kinship import PolicyStanding
from graph.link.tasks.task_view import LinkTask
from graph.model import Role, TaskKind
from graph.text import fold


def outline(document: str, text: str, carries_out: str | None = None) -> tuple[LinkTask, ...]:
    """Return the tasks of `text`: `# heading` lines, then lines `path [kind] title。rest | unit、unit`.

    Every task stands in `fold(text)` at the place that its pieces say. `carries_out` names the document that the policy
    says it carries out.
    """
    tasks: list[LinkTask] = []
    heading: str | None = None
    at = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words.startswith("#"):
            heading = fold(words.lstrip("# ")) or None
        elif words:
            tasks.append(_task(document, line, at, heading, len(tasks)))
        at += len(line)
    upper = frozenset([carries_out] if carries_out else [])
    standing = PolicyStanding(names=frozenset([document]), carries_out=upper, subject=frozenset([document]))
    return tuple(replace(task, standing=standing) for task in tasks)


def _task(document: str, line: str, at: int, heading: str | None, order: int) -> LinkTask:
    path, rest = line.split(maxsplit=1)
    kind: TaskKind = "measure"
    for word in ("checklist", "safeguard", "phase"):
        if rest.startswith(word):
            kind, rest = word, rest[len(word) + 1 :]
    body, _, units = rest.partition("|")
    body = fold(body.strip())
    start = at + fold(line).index(body)
    role: Role = "responsible"
    return LinkTask(
        key=f"{document}/{path}",
        path=path,
        kind=kind,
        title=body.split("。")[0],
        text=body,
        order=order,
        pieces=((0, start, len(body)),),
        theme_heading=heading,
        units=tuple((unit, role, unit.startswith("各")) for unit in units.strip().split("、") if unit),
    )


PROVINCE_TEXT = """
# 实施渡口安全提升工程
2.1.1 排查渡口隐患。每年汛前对沿江渡口浮桥开展一轮拉网检查，建立隐患销号台账。 | 交通运输、应急
2.1.2 更新老旧渡船。2026年底前淘汰木质渡船，新造渡船统一加装“江眼”定位终端。 | 交通运输
2.1.3 培训渡工和安全员。对渡工、安全员分批开展救生技能考核，考核合格后持证上岗。 | 人力社保
# 实施江岸绿廊工程
2.2.1 修复江滩湿地。退出江滩违规养殖，补种芦苇和乡土水生植物300公顷。 | 自然资源
2.2.2 建设滨江步道。贯通城区段滨江步道，设置夜间照明和无障碍坡道。 | 住房城乡建设
2.2.3 清理岸线垃圾。组建打捞队伍，对水面漂浮物日产日清，推行“河段认领”。 | 水利
# 实施江上文旅工程
2.3.1 开发水上夜游线路。鼓励社会资本投放画舫游船，打造夜游品牌。 | 文化旅游
# 保障措施
3.1 safeguard 加强组织领导。各地各部门要高度重视，健全工作机制，强化督促检查，确保各项任务落到实处。
"""

CITY_TEXT = """
# 聚焦平安渡运，大力实施渡口安全提升行动
2.1.1 开展渡口隐患排查。汛前对全市渡口浮桥组织拉网检查，隐患逐条登记，建立销号台账。 | 交通运输、应急
2.1.2 更新老旧渡船并培训渡工。2025年底前淘汰木质渡船，新造渡船加装“江眼”定位终端；对渡工分批开展救生技能考核，持证上岗。 | 交通运输
# 聚焦一江清水，大力实施江岸绿廊行动
2.2.1 退出江滩养殖。对江滩违规养殖登记造册，限期退出。 | 自然资源
2.2.2 补种江滩植物。在江滩补种芦苇和乡土水生植物40公顷。 | 自然资源
2.2.3 清理岸线垃圾。组建打捞队伍，对水面漂浮物日产日清，推行“河段认领”。 | 水利
2.2.4 建立古树名木档案。逐株挂牌，落实养护经费。 | 自然资源
# 保障措施
3.1 safeguard 加强组织领导。各区各部门要高度重视，健全工作机制，强化督促检查，确保各项任务落到实处。
"""

STRANGE_TEXT = """
# 优化中小学布局
2.1.1 新建扩建公办学校。在人口流入镇街增加学位，均衡配置骨干教师。 | 教育
2.1.2 推行课后托管。丰富社团课程，落实经费补助标准。 | 教育
# 加强工作保障
2.2.1 加强组织领导。各县各部门要高度重视，健全工作机制，强化督促检查，确保各项任务落到实处。 | 教育
"""

PROVINCE, CITY, STRANGE = (
    outline(name, text, carries_out)
    for name, text, carries_out in (
        ("lanjiang", PROVINCE_TEXT, None),
        ("chengzhou", CITY_TEXT, "lanjiang"),
        ("shuoyuan", STRANGE_TEXT, None),
    )
)
