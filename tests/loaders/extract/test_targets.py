"""Targets: numbers with units and dates that a plan commits to, and the numbers that it does not."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Span, Target
from graph.text import fold
from loaders.extract.deadlines.years import Years
from loaders.extract.targets.clauses import Clauses
from loaders.extract.targets.commitments import find_targets
from loaders.extract.targets.quantities import find_quantities, printed_numbers
from loaders.patterns.pattern_files import Pattern, load_patterns, load_table
from loaders.read.document import Document
from loaders.reading.document_reading import read_file
from tests.shared import SHARED

YEARS = Years(title=2021)
PATTERNS = load_patterns("targets")


def text_document(text: str) -> Document:
    return Document(
        name="doc", text=text, sha256="", text_sha256="", media_type="text/plain", charset="utf-8", lines=()
    )


def targets(text: str, years: Years = YEARS, exclude: tuple[Span, ...] = ()) -> tuple[Target, ...]:
    return find_targets(text_document(text), Span(0, len(text)), years=years, exclude=exclude)


def said(text: str) -> list[str]:
    """Print each target as `value unit end`, `-` for what is None."""
    return [
        f"{'-' if one.value is None else format(one.value, 'g')} {one.unit or '-'} {one.end or '-'}"
        for one in targets(text)
    ]


@pytest.mark.parametrize("pattern", [one for one in PATTERNS if "needs" in one.data], ids=lambda pattern: pattern.name)
def test_no_example_is_lost_by_the_cheap_look(pattern: Pattern) -> None:
    assert all(re.search(pattern.data["needs"], fold(text)) for text in pattern.finds)


@pytest.mark.parametrize(
    ("text", "printed"),
    [pair for entry in load_table("targets")["pattern"] if entry["of"] == "number" for pair in entry["finds"].items()],
)
def test_the_value_and_unit_of_an_example(text: str, printed: str) -> None:
    clauses = Clauses(fold(text), 0, len(text))
    (number,) = find_quantities(clauses, printed_numbers(clauses.folded, 0, len(text)), ())
    assert f"{number.value:g} {number.unit or ''}" == printed


COMMITMENTS = {
    "到2023年，网上可办率达到95%以上，满意率达到80%。": ["95 % 2023-12-31", "80 % 2023-12-31"],
    "2021年6月底前出台方案，12月底前完成30个村的改造任务。": ["- - 2021-06-30", "30 个 2021-12-31"],
    "2022年底前建成5个平台，每年更新3次。": ["5 个 2022-12-31", "3 次 -"],
    "2023年底前建成中心。新增站点8个。": ["- - 2023-12-31", "8 个 -"],
    "每年举办讲座不少于2次，2022年底前实现全覆盖。": ["2 次 -", "- - 2022-12-31"],
    "每年6月底前报送情况，接入率达到90%。": ["90 % -"],
    "开展试点，2022年全面实现标准化。": ["- - 2022-12-31"],
    "“十四五”末，实现县县通高速。": ["- - 2025-12-31"],
    "“十四五”期间，新建农村公路1000公里。": ["1000 公里 2025-12-31"],
    "各区于2021\n年6\n月底前，对房屋完成排查。": ["- - 2021-06-30"],
    "2022年设施开工建设：一季度完成选址；二季度完成立项。": ["- - 2022-12-31", "- - 2022-03-31", "- - 2022-06-30"],
    "对达标企业给予最高50万元奖励，按投资额的20%补贴。": ["50 万元 -", "20 % -"],
    "按规定给予不超过20%、最高800万元的资助。": ["20 % -", "800 万元 -"],
    "对产值突破10亿元、50亿元的企业，分别奖励20万元、80万元。": ["20 万元 -", "80 万元 -"],
    "2022年计划投资35亿元，新开工项目28个。": ["35 亿元 2022-12-31", "28 个 2022-12-31"],
    "确保规上工业增加值同比增长8%以上。": ["8 % -"],
    "完成省政府下达的15万亩造林任务。": ["15 万亩 -"],
    "打造三个百亿级产业集群。": ["3 个 -"],
    "2023年、2025年分别达到60%、80%。": ["60 % 2023-12-31", "80 % 2025-12-31"],
    "2022—2024年分别培育企业10家、15家、20家。": ["10 家 2022-12-31", "15 家 2023-12-31", "20 家 2024-12-31"],
    "4月至10月，集中整治；11月底前，总结验收。": ["- - 2021-10-31", "- - 2021-11-30"],
    "总投资10亿元的水库2022年底前开工。": ["- - 2022-12-31"],
    "服务半径不超过500米，每处面积不小于200平方米。": ["500 米 -", "200 平方米 -"],
    "以5个中心为支撑，建设10个站点。": ["10 个 -"],
    "力争2022年获批示范区，2023年取得成效。": ["- - 2022-12-31", "- - 2023-12-31"],
    "推进两个尚未动工的水厂项目（云溪、石浦）今年上半年开工。": ["- - 2021-06-30"],
    "2022年，继续研究运费的扶持政策。": ["- - 2022-12-31"],
    "到2024年全部完成现有水库加固。": ["- - 2024-12-31"],
    "完成投放点改造1.7万余个，培训2万多名店员。": ["1.7 万个 -", "2 万名 -"],
    "为70万老人免费体检，惠及1亿以上旅客。": ["70 万 -", "1 亿 -"],
    "建设仓库、码头及研发中心等10家以上。": ["10 家 -"],
    "设置垃圾桶（240升）至少1组。": ["1 组 -"],
    "开放时间每日设置为4小时。": ["4 小时 -"],
    "力争用4年左右时间基本完成整治。": ["4 年 -"],
    "健全制度，3年内完成隐患整治。": ["3 年 -"],
    "用3年时间新建站点50个。": ["50 个 -"],
    "巡查情况每日一报。": ["1 报 -"],
    "人均预期寿命提高到80岁以上，城乡收入比缩小至2.1∶1左右。": ["80 岁 -", "2.1 - -"],
    "新建一所学校。": ["1 所 -"],
    "30个项目2021年底前全部开工。": ["30 个 2021-12-31"],
    "建成示范点5个（2021年底前）。": ["5 个 2021-12-31"],
    "制定办法（2021年6月底前）并组织实施。": ["- - 2021-06-30"],
    "2018年起全区会议数量不得增加。": ["- - -"],
    "可办率达到75\n;依托平台办理。": ["75 - -"],
    "新增学位1.2万个、床位3,000张，就业8万人左右。": ["1.2 万个 -", "3000 张 -", "8 万人 -"],
    "推进千兆光网建设，实现万兆到园区。": ["10000 兆 -"],
    "百分之九十以上的农户受益。": ["90 % -"],
    "产值翻一番，利润提高两个百分点。": ["1 番 -", "2 个百分点 -"],
    "新建两个省级平台，打造三个高地。": ["2 个 -"],
    "每个乡镇建成一个示范点。": ["1 个 -"],
    "每季度开展一次督促，每两年评估一次。": ["1 次 -", "1 次 -"],
    "办理时限由5天压缩至1天，1个工作日内办结。": ["1 天 -", "1 个工作日 -"],
    "各部门在1个工作日内核发证件。": ["1 个工作日 -"],
    "收到材料后1个工作日内核发证件。": [],
    "执行优惠利率，贷款业务15日内办结。": ["15 日 -"],
    "原则上2021年9月底前完成。": ["- - 2021-09-30"],
    "云原渡口路2021年底前通车。": ["- - 2021-12-31"],
    "2021年10月底前对船贷（含首套、二套及以上）利率统一调整。": ["- - 2021-10-31"],
    "培育年产值10亿元以上的企业20家。": ["20 家 -"],
    "设立规模不低于20亿元的产业基金。": ["20 亿元 -"],
    "统筹安排3000万元专项资金用于设备补贴。": ["3000 万元 -"],
    "补助资金用于产业的比重力争提高到60%以上。": ["60 % -"],
    "完成30%的存量改造，覆盖率分别达到55％、70％以上。": ["30 % -", "55 % -", "70 % -"],
    "打造3—5个行业平台，完成车辆配置80余辆。": ["3 个 -", "80 辆 -"],
    "每万人口拥有医师3.5人。": ["3.5 人 -"],
    "全市现有公园30个，到2025年新增公园50个。": ["50 个 2025-12-31"],
    "保费由每生每年5元提高至10元。": ["10 元 -"],
    "对评价突出的平台给予后补助，支持金额不超过300万元/年。": ["300 万元/年 -"],
    "投入达到1亿元/年的企业，补助1000万元；5000万元（含）至1亿元（不含）/年的企业，补助500万元。": [
        "1000 万元 -",
        "500 万元 -",
    ],
    "按照合同金额的30%，给予一次性奖补，单个企业最高300万元。": ["30 % -", "300 万元 -"],
    "到2027年改造渡口100处，其中2025年30处、2026年40处。": [
        "100 处 2027-12-31",
        "30 处 2025-12-31",
        "40 处 2026-12-31",
    ],
    "渡工完成不少于60学时的培训。": ["60 学时 -"],
    "首批渡口2021年6月底前开工；其余5处2021年底前完成主体工程。": ["- - 2021-06-30", "5 处 2021-12-31"],
    "每季度至少开展一次联合检查。": ["1 次 -"],
    "力争用三到五年时间建成全省一流渡口，组织志愿服务1万小时。": ["3 年 -", "1 万小时 -"],
    "每个县至少建设1个示范渡口，有条件的可建设2个以上。": ["1 个 -"],
    "支付标准在2—3年内调整到位。": ["2 年 -"],
    "建设700万千瓦新型储能项目。": ["700 万千瓦 -"],
    "2022年全市实现垃圾分类全覆盖。": ["- - 2022-12-31"],
    "1.改造小区600个，用电量超3亿度。": ["600 个 -", "3 亿度 -"],
    "按不超过合同额的5%收取费用。": ["5 % -"],
    "按市场价的70%确定底价，每平方米征收配套费68元。": ["70 % -", "68 元 -"],
    "按照每月400元定额扣除。": ["400 元 -"],
    "进入全省前三名，PM2.5浓度降至30微克/立方米以下。": ["3 名 -", "30 微克/立方米 -"],
    "批而未供渡口用地处置率达到100%，可全程网办比例达到97%以上。": ["100 % -", "97 % -"],
    "未来三年新增渡口5处。": ["5 处 -"],
    "将目前1.5%-3%的船贷费率降低至1%以下。": ["1 % -"],
    "泊位用地不少于码头总面积的10%。": ["10 % -"],
    "已缴清船税的，按照5000元/艘给予补贴。": ["5000 元 -"],
    "创建省级渡口、码头、驿站2-3家，打造20个以上大数据应用。": ["2 家 -", "20 个 -"],
    "公示时间压缩至20天，破产申请审查平均周期不超过55天。": ["20 天 -", "55 天 -"],
    "力争2025年渡口平均停航时间小于1小时。": ["1 小时 2025-12-31"],
    "咨询办理时限为1个小时，投诉办理时限为3个工作日，来电3秒钟内接听。": ["1 个小时 -", "3 个工作日 -", "3 秒钟 -"],
    "监管银行依据信息，2个工作日内将船款拨付给渡工。": ["2 个工作日 -"],
    "渡口年内安排1亿元专项资金。": ["1 亿元 2021-12-31"],
    "对加点高于-30BP的存量船贷，调整为不低于-30BP；新船贷不超过LPR+50BP。": ["-30 BP -", "50 BP -"],
    "保证金最低比例可下调至20%。": ["20 % -"],
    "16.2025年改造渡口300处。": ["300 处 2025-12-31"],
    "2025年对符合条件的个人船贷给予财政贴息。": ["- - 2025-12-31"],
    "2021年度评为甲类的渡船企业，给予船价5%的优惠。": ["5 % -"],
    "2021年6月30日前置换渡船的安置对象，给予20%的补贴。": ["20 % -"],
    "2021年6月30日前，购买新渡船的，给予补贴2万元。": ["2 万元 2021-06-30"],
    "2021年6月30日前，购买新渡船的，按首船执行。": ["- - 2021-06-30"],
    "每引进一家甲级渡船企业，奖励30万元。": ["30 万元 -"],
    "购买停车位并缴纳船税的按船税的80%给予补贴，新建停车位300个。": ["80 % -", "300 个 -"],
    "贷款额度单职工最高增加5万元、双职工最高增加10万元。": ["5 万元 -", "10 万元 -"],
    "船贷限额由原来的50万元、60万元分别提高至70万元、80万元。": ["70 万元 -", "80 万元 -"],
    "船贷额度由80万元调整为100万元、由130万元调整为150万元。": ["100 万元 -", "150 万元 -"],
    "渡资由“最低4.1%”下调至“最低3.8%”，监管比例由15%最多下调至8%。": ["3.8 % -", "8 % -"],
    "保证金比例可按起始价的20%缴纳。": ["20 % -"],
    "提高额度，即首船船贷限额70万元。": ["70 万元 -"],
    "离校未就业渡工帮扶就业率达90%以上。": ["90 % -"],
    "甲、乙区域每个县建成2处码头，甲县、乙县各抽查2个项目。": ["2 处 -", "2 个 -"],
    "办证最长10个工作日办结，在7个工作日内作出答复。": ["10 个工作日 -", "7 个工作日 -"],
    "购买90平方米以下渡船的个人，按照已缴船税留存部分100%的额度给予补助。": ["100 % -"],
}


@pytest.mark.parametrize(("text", "printed"), COMMITMENTS.items())
def test_commitments(text: str, printed: list[str]) -> None:
    assert said(text) == printed


NO_COMMITMENTS = (
    "目前全市已有渡口120处，较2020年减少15%。",
    "申请认定的渡口应符合以下主要条件：\n（一）年渡运量不少于3万人次；\n（二）渡船不少于2艘。",
    "请尽快审核60万吨乙烯项目的可行性研究报告。",
    *("推进千兆升级，提供7×24小时服务，升级3.0版平台。", "开展5G+工业互联网试点，融入G60走廊。", "整合12345热线。"),
    *(
        "建立“1+2+N”体系，完善三张清单、五大主题数据库。",
        "牢固树立四个意识，做到五个坚持。",
        "实施第三批项目，开展第2轮督察。",
    ),
    *(
        "连续3年给予补助。",
        "处2000元以上5000元以下罚款。",
        "工程进度达到80%（含）以上即可办理登记。",
        "统一为12345市民服务热线。",
        "职工每年可提取一次。",
        "对吞吐量达到50万吨以上的港口企业予以表彰。",
    ),
    *(
        "截至2020年底，已建成20个站点。",
        "全市现有公园30个。",
        "规划面积约8.5平方公里。",
        "推动甲、乙、丙等5个园区扩区。",
    ),
    *(
        "围绕8个重点产业链推进招商。",
        "按《澜江省园区行动计划（2021-2023年）》执行。",
        "根据澜政发〔2021〕16号文件要求推进。",
    ),
    *("每年制定计划。", "制定2023年度培训计划。", "落实2021年重点工作任务。", "自2022年1月1日起施行，有效期5年。"),
    *(
        "2020年建成的项目要加强管护。",
        "支持10人以上的企业发展。",
        "自受理之日起7个工作日内答复。",
        "为65岁以上老年人服务。",
    ),
    *("渡工占比达到100%的得5分，每项扣2分。"),
    *("家庭名下有2艘渡船，将其中一艘备案的，按首船执行。", "船票满10张可换乘。", "突破一批大数据技术。"),
    *(
        "不得向累计6次逾期记录的申请人放贷。",
        "对船龄20年以上，企业按合同缴清船款的，予以支持。",
        "每获得金牌1枚。",
        "提交复印件1份。",
    ),
    *("地下停车位按1.2个/户配建。", "日照时数不低于2小时。", "船款为基数之和×35%×期限。", "27条措施中有新有旧。"),
    *("2021年6月30日前已经出让的码头用地，按原规定。", "本措施自发布之日起实施，执行期限至2021年12月31日。"),
    *(
        "传导沿用国家65个基础性指标和省级新增34个指标。",
        "实行“1+2”模式，即1名队员与2名干部配合。",
        "有条件的小区可以设置1处或者多处回收点。",
        "推广初期（至少3个月）加强巡查。",
        "推动岚川、和安、石浦3个园区扩区。",
    ),
    *(
        "井深超过800米、人数超过30人的矿山加强监管。",
        "在三类以上支队所在地建设仓库。",
        "不得在两个以上机构从业。",
        "入围企业为2家的，进行议价。",
        "抓好已批复的6个基地。",
        "全市共有23个乡镇、345个行政村，要逐一落实。",
        "复制推广第三批15项改革举措。",
        "发挥10亿元产业基金作用。",
        "工业增加值同比增长8%。",
        "人口超过100万的城市。",
        "靠泊10万吨级船舶。",
    ),
    *(
        "打造15分钟便民生活圈。",
        "一户一策、一企一档。",
        "最多跑一次。",
        "年中有督查、年末有考评。",
        "较2020年有所下降。",
        "",
    ),
)


@pytest.mark.parametrize("text", NO_COMMITMENTS)
def test_what_names_orders_or_describes_is_no_target(text: str) -> None:
    assert targets(text) == ()


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("接入率达到90%", "eq"),
        ("接入率达到90%以上", "ge"),
        ("不少于5个", "ge"),
        ("企业超过50家", "gt"),
        ("费率降至1%以下", "le"),
        ("会议不超过10次", "le"),
        ("费率低于1%", "lt"),
        ("新增80余辆", "about"),
        ("新增1.2万余辆", "about"),
        ("确定10个左右课题", "about"),
    ],
)
def test_comparators(text: str, comparator: str) -> None:
    assert [one.comparator for one in targets(text)] == [comparator]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("激活率达到98%以上", "激活率"),
        ("每年确定10个左右重点课题", "重点课题"),
        ("力争新增达标小区518个", "达标小区"),
        ("确保网上可办率不低于90%", "网上可办率"),
    ],
)
def test_what_is_counted(text: str, quantity: str) -> None:
    assert [one.quantity for one in targets(text)] == [quantity]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("推广应用，2018年8月底前实现全覆盖，激活率达到98%。", ["2018年8月底前实现全覆盖", "激活率达到98%"]),
        ("2022年底前,建立功能集成、协同运行的体系。", ["2022年底前,建立功能集成、协同运行的体系"]),
        ("市级各部门每年确定10个左右课题，转化成果。", ["市级各部门每年确定10个左右课题"]),
        ("健全制度，新建一所学校。", ["新建一所学校"]),
        ("建成智能工厂50个、车间500个。", ["建成智能工厂50个", "车间500个"]),
        ("覆盖率达80%以上(其中优质占30%以上)，其余待建。", ["覆盖率达80%以上(其中优质占30%以上)", "其中优质占30%以上"]),
    ],
)
def test_the_text_is_the_clause_as_printed(text: str, clause: list[str]) -> None:
    assert [one.text for one in targets(text)] == clause


def test_a_month_without_a_year_has_no_end_where_none_is_told() -> None:
    (target,) = targets("6月底前完成30个点位改造。", Years(period=(2018, 2022)))
    assert (target.value, target.end) == (30, None)


def test_what_is_excluded_holds_no_target() -> None:
    text = "建成平台3个。（责任单位：市数据局；2021年12月底前完成）"
    bracket = Span(text.index("（"), len(text))
    assert [one.value for one in targets(text, exclude=(bracket,))] == [3]


@settings(deadline=None)
@given(st.integers(min_value=2, max_value=99999), st.sampled_from(["个", "家", "万人", "亿元", "%", "公里"]))
def test_every_number_with_a_unit_reads_back(value: int, unit: str) -> None:
    (target,) = targets(f"力争到2025年，规模达到{value}{unit}。")
    assert (target.value, target.unit, target.end) == (value, unit, date(2025, 12, 31))


@given(st.text(alphabet="20189年月底前到至建成新增个家%万亿、，。；：（）“”每一两三次不少于\n ", max_size=60))
def test_any_words_give_targets_that_slice_to_their_text(text: str) -> None:
    for target in targets(text):
        assert target.span.of(text) == target.text
        assert target.text


def _gold(document: str) -> tuple[str, list[dict[str, object]]]:
    gold, seed = SHARED / "gold" / document / "tasks.jsonl", SHARED / "seeds" / f"{document}.txt"
    if not (gold.exists() and seed.exists()):
        pytest.skip("the shared gold is not beside this checkout")
    return seed.read_text("utf-8"), [json.loads(line) for line in gold.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("document", ["zhenhai", "zjol"])
def test_the_gold_is_met(document: str) -> None:
    text, tasks = _gold(document)
    wanted: Counter[tuple[object, object]] = Counter()
    found: Counter[tuple[object, object]] = Counter()
    for task in tasks:
        if task["kind"] != "measure" or (at := text.find(str(task["title"]))) < 0:
            continue
        line = Span(at, text.find("\n", at))
        years = Years(period=(2018, 2022))
        for target in find_targets(text_document(text), line, years=years):
            found[(target.value, str(target.end) if target.end else None)] += 1
        wanted.update((one["value"], one["end"]) for one in task["targets"])  # type: ignore[attr-defined]
    assert found == wanted


@pytest.mark.parametrize(
    ("years", "end"),
    [(Years(issued=date(2022, 3, 1)), "2022-06-30"), (Years(title=2023), "2023-06-30"), (Years(), "-")],
)
def test_this_year_is_the_year_of_the_title_or_of_the_issue(years: Years, end: str) -> None:
    (target,) = targets("今年6月底前新建站点3个。", years)
    assert str(target.end or "-") == end


def test_next_year_follows_the_year_of_the_issue_and_not_one_named_before() -> None:
    (target,) = targets("落实2020年的部署，明年6月底前新建站点3个。", Years(issued=date(2022, 3, 1)))
    assert target.end == date(2023, 6, 30)


PLAN = """澄州市人民政府办公室关于印发{notice}站点建设方案的通知
各县（区）人民政府：
现将《站点建设方案》印发给你们，请认真贯彻执行。
澄州市人民政府办公室
2022年3月1日
站点建设方案
一、总体要求
按照省政府部署，制定本方案。
二、重点任务
（一）建设站点。9月底前新建站点3个。
（二）加强管理。健全管理制度。
附件：1.{annex}任务分解表
2.{annex}工作指标
"""


@pytest.mark.parametrize(
    ("notice", "annex", "end"),
    [
        ("", "", None),
        ("2022年", "", date(2022, 9, 30)),
        ("", "2022年", date(2022, 9, 30)),
        ("", "2021年", None),
    ],
)
def test_a_plan_without_a_year_takes_that_of_its_notice_or_its_annexes(
    tmp_path: Path, notice: str, annex: str, end: date | None
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN.format(notice=notice, annex=annex), "utf-8")
    ends = [target.end for task in read_file(path, "plan").tasks for target in task.targets]
    assert ends == [end]
