"""Bodies that a sentence of a task makes the subject of a duty: found with role and date, and nobody else."""

import pytest

from graph.issues import IssueLog
from graph.model import Span
from loaders.extract.deadlines.years import Years
from loaders.extract.units.actors import ActorReading, read_actors
from loaders.extract.units.duties import find_duties
from tests.loaders.extract.unit_texts import a_document

ROLES = {"lead": "l", "responsible": "r", "support": "s"}

DUTIES = [
    ("市文旅局、市公安局要编排场次。", "市文旅局:r 市公安局:r"),
    ("2025年底前，市文旅局要编排场次。", "市文旅局:r=2025-12-31"),
    ("市教育局负责校舍，2025年6月底前各镇完成清淤。", "市教育局:r 各镇*:r=2025-06-30"),
    ("市文旅局会同市气象局研究改期办法。", "市文旅局:r 市气象局:s"),
    ("市发改委牵头，会同市财政局、市水利局制定办法。", "市发改委:l 市财政局:s 市水利局:s"),
    ("街道办事处配合城管部门清退灯组。", "街道办事处*:s"),
    ("有关部门要积极支持、主动配合。", "有关部门*:s"),
    ("由县水利局牵头，县财政局配合，修好渡口。", "县水利局:l 县财政局:s"),
    ("各牵头部门要组织制订计划。", "各牵头部门*:l"),
    ("住房城乡建设、交通、水务部门要按职责抓好落实。", "住房城乡建设:r 交通:r 水务部门:r"),
    ("公安、城管执法等部门要巡查渡口。", "公安:r 城管执法:r"),
    ("市发改委、市财政局等有关部门要安排资金。", "市发改委:r 市财政局:r 有关部门*:r"),
    ("工会、共青团、妇联等群团组织要帮扶渡工。", "工会:r 共青团:r 妇联:r"),
    ("各级党委和政府要重视渡口。", "各级党委*:r 政府*:r"),
    ("各镇人民政府，各街道办事处，区各部门要抓好渡口。", "各镇人民政府*:r 各街道办事处*:r 区各部门*:r"),
    ("市、区两级建立台账。", "市*:r 区两级*:r"),
    ("省级统筹资金。", "省级*:r"),
    ("承担改革试点任务的县（市、区）政府要编制方案。", "承担改革试点任务的县（市、区）政府*:r"),
    ("建设单位应公示名单，监理单位按日巡查。", "建设单位*:r 监理单位*:r"),
    ("每个街镇选一处渡口。", "每个街镇*:r"),
    ("各地各单位要讲清路线。", "各地各单位*:r"),
    ("经市水利局审查后，由县水利局组织实施，报市水利局同意。", "市水利局:r 县水利局:r"),
    ("以区政府为主体推进改造。", "区政府:r"),
    ("市政务服务局牵头编排，市政务公开办配合。", "市政务服务局:l 市政务公开办:s"),
    ("补贴由市县两级财政分担，渡工由公积金中心登记。", "市县两级财政:r 公积金中心:r"),
    ("方案经不动产登记、人社部门共同认定。", "不动产登记:r 人社部门:r"),
    ("申请人或者城管部门要清障。", "城管部门:r"),
    ("渔政、航道（海事）等部门各司其职。", "渔政:r 航道（海事）:r"),
    ("各级政府及其部门要公开名单。", "各级政府*:r"),
    ("县教育局（以下简称“教育局”）负责校舍。", "县教育局:r"),
    ("市文旅局统筹场次、听取意见，适时会同市气象局研究改期。", "市文旅局:r 市气象局:s"),
    ("市文旅局指导各区办灯会，督促企业整改。", "市文旅局:r"),
    ("市文旅局配合市公安局疏导。市文旅局牵头编排场次。", "市文旅局:l"),
    ("县委组织部、宣传部要办好夜校。", "县委组织部:r 宣传部:r"),
    ("区建设局负责办理许可。", "区建设局:r"),
    ("发展改革、财政等有关部门要安排资金。", "发展改革:r 财政:r 有关部门*:r"),
    ("由市发展改革部门会同市数据管理部门，按照原则核定。", "市发展改革部门:r 市数据管理部门:s"),
    ("各县区人民政府、开发区管委会应结合实际改造。", "各县区人民政府*:r 开发区管委会*:r"),
    ("由县财政给予补贴。", "县财政:r"),
    ("主产区、主销区都要保面积。", "主产区*:r 主销区*:r"),
    ("淤泥产生单位应当建立台账，船检代理机构应当公示。", "淤泥产生单位*:r 船检代理机构*:r"),
    ("被征求意见单位应当书面回复。", "被征求意见单位*:r"),
    ("渡口由运营主体巡查，许可由发证部门撤销。", "运营主体*:r 发证部门:r"),
    ("牵头部门和落实部门要会商，配合部门要清障。", "牵头部门*:r 落实部门*:r 配合部门*:r"),
    ("工程勘察、设计、监理等单位应当签字。", "工程勘察*:r 设计*:r 监理*:r"),
    ("县城管局、县水利局和企业要清障。", "县城管局:r 县水利局:r"),
    ("各镇、县水利局及运营公司要清障。", "各镇*:r 县水利局:r"),
    ("党政机关、事业单位要让出码头。", "党政机关*:r"),
    ("渡船中心或受委托银行应核实名单。", "渡船中心:r"),
    ("民政部门和其他相关部门要巡查渡口。", "民政部门:r 其他相关部门*:r"),
    ("审计、妇联、残联等单位要帮扶渡工。", "审计:r 妇联:r 残联:r"),
    ("市住建局、市财政局等有关部门和单位要安排资金。", "市住建局:r 市财政局:r 有关部门*:r 单位*:r"),
    ("各地水利、交通部门要巡查渡口。", "各地水利*:r 交通部门*:r"),
    ("省级教育、科技以及行业主管部门应当指导院校。", "省级教育:r 科技:r 行业主管部门*:r"),
    ("参加打捞的其他部门应当听从调度。", "参加打捞的其他部门*:r"),
    ("各处室、直属单位要节电。", "各处室*:r 直属单位*:r"),
    ("其他各市要保面积，五个地级市要建渡口。", "其他各市*:r 五个地级市*:r"),
    ("每个社区、行政村应当设置码头。", "每个社区*:r 行政村*:r"),
    ("起草组应归纳意见，综合处要印发。", "起草组:r 综合处:r"),
    ("政府每户补贴600元。", "政府:r"),
    ("宣传、公安、税务等部门要各司其职。", "宣传:r 公安:r 税务:r"),
    ("协调小组办公室要排定日程，验收小组应签字，运营机构要清障。", "协调小组办公室:r 验收小组:r 运营机构*:r"),
    ("经开区、高新区要建渡口。", "经开区*:r 高新区*:r"),
]

NOBODY = [
    "发现隐患的，移交消防部门处理。",
    "有关情况抄告市文旅局。",
    "征求各区政府意见，报市政府同意。",
    "督促各镇整改，鼓励各区开展试点。",
    "成立渡口改造领导小组，渡口改造领导小组负责统筹。",
    "运营企业要巡查渡口，居民应当爱护码头。",
    "各学校要开展演练，各医院应做好救治。",
    "各区可自行编排场次。",
    "各镇不得收费。",
    "建立以部门调训为主、各单位自行组织为辅的机制。",
    "提升街道能力，加强部门协同配合。",
    "加快示范区建设，推进数据中心建设。",
    "本办法由市文旅局负责解释。",
    "在市文旅局指导下，办好灯会。",
    "渡船补贴由市五区扩大至市六区。",
    "实施主体确定后，办理手续。",
    "由市文旅局统一式样的门票有效。",
    "机关、医院等各类企事业单位原则上不再新建码头。",
    "各区制定的方案应报备。",
    "用人单位应当投保，医疗机构要救治，市场主体要守信。",
    "供水、供电、供气等单位应当抢修。",
    "市、区国有企业应当让出码头。",
    "精简联网单位备案环节，支持社会力量举办规范的渡口养护机构。",
    "市文旅局指定部门的名单应公开。",
    "省政府编制了渡口规划，市文旅局作出了解释。",
    "船只被人民法院查封的，停航。",
    "了解地方水利部门建设码头的做法。",
    "3. 鼓励改革基础较好的地方创建示范码头。",
]


def read(text: str) -> tuple[ActorReading, str]:
    """Return the actors of a text whose duties are told apart, and the text."""
    text = "改造渡口。" + text
    document = a_document(text)
    whole = Span(0, len(text))
    duties = find_duties(document, whole, note=None, issues=IssueLog("one", text))
    units = [unit for duty in duties for unit in duty.units]
    exclude = [duty.span for duty in duties]
    return read_actors(document, whole, units=units, exclude=exclude, years=Years(), issues=IssueLog("one", text)), text


def shown(reading: ActorReading) -> str:
    return " ".join(
        f"{one.surface}{'*' if one.collective else ''}:{ROLES[one.role]}"
        + (f"={one.deadline.end}" if one.deadline else "")
        for one in reading.actors
    )


@pytest.mark.parametrize(("text", "actors"), DUTIES)
def test_the_subject_of_a_duty_is_found(text: str, actors: str) -> None:
    assert shown(read(text)[0]) == actors


@pytest.mark.parametrize("text", NOBODY)
def test_who_is_told_asked_or_described_is_none(text: str) -> None:
    assert shown(read(text)[0]) == ""


def test_the_clause_of_an_actor_reaches_to_the_next() -> None:
    reading, text = read("到2026年，市教育局负责校舍，县水利局负责渠道。")
    clauses = [one.clause.of(text) for one in reading.actors if one.clause]
    assert clauses == ["到2026年，市教育局负责校舍", "县水利局负责渠道"]
    assert [one.span.of(text) for one in reading.actors] == ["市教育局", "县水利局"]


def test_a_unit_of_the_task_is_no_actor_beside_it_and_leads_where_the_text_says_so() -> None:
    text = "改造渡口。市水利局牵头排定日程，各镇要配合。（责任单位：市水利局、市财政局）"
    document = a_document(text)
    whole = Span(0, len(text))
    (duty,) = find_duties(document, whole, note=None, issues=IssueLog("one", text))
    reading = read_actors(
        document, whole, units=duty.units, exclude=[duty.span], years=Years(), issues=IssueLog("one", text)
    )
    assert shown(reading) == "各镇*:s"
    assert [(one.surface, one.role, one.stated) for one in reading.with_leads(duty.units)] == [
        ("市水利局", "lead", True),
        ("市财政局", "responsible", True),
    ]


def test_a_name_whose_beginning_stands_on_the_line_above_is_none() -> None:
    line = "改造渡口的码头和护栏以及候船亭并补种行道树还要清理航道暗桩协助政"
    assert shown(read(f"{line}\n务部门处理问题。各镇负责清障。")[0]) == "各镇*:r"


def test_units_of_parts_that_are_not_read_are_told() -> None:
    text = "甲某局负责排查校舍，乙某局负责搭建平台。"
    log = IssueLog("one", text)
    document = a_document(text)
    reading = read_actors(document, Span(0, len(text)), units=(), exclude=(), years=Years(), issues=log)
    assert bool(reading.actors) != ([issue.code for issue in log] == ["duty-parts"])


def test_what_stands_outside_of_the_task_takes_nothing_away() -> None:
    text = "县水利局负责渡口，各镇要清障。市水利局，2025年底"
    document = a_document(text)
    units = Span(text.index("市水利局"), text.index("，2025"))
    task = Span(0, text.index("市水利局"))
    reading = read_actors(document, task, units=(), exclude=[units], years=Years(), issues=IssueLog("one", text))
    assert shown(reading) == "县水利局:r 各镇*:r"


def test_a_lead_that_the_bracket_prints_holds() -> None:
    reading, _ = read("市财政局牵头安排资金。（牵头单位：市水利局，责任单位：市财政局）")
    assert reading.actors == ()
