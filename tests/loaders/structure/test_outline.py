import pytest

from graph.model import Span
from loaders.extract.tasks.body_tasks import body_tasks
from loaders.numbering import marker_at
from loaders.reading.document_reading import read_document
from loaders.structure.annexes import lay_out
from loaders.structure.article_bounds import articles
from loaders.structure.outline import build, split_title
from loaders.structure.paragraphs import pieces
from tests.loaders.documents import text_document


def tasks(text: str) -> list[tuple[str, str, str]]:
    document = text_document(text)
    layout = lay_out(document, Span(0, len(document.text)), ())
    found = body_tasks(document, build(document, layout.body))
    return [(one.path, one.kind, document.raw(one.title)) for one in found]


def cut(text: str) -> list[str]:
    document = text_document(text)
    return [document.raw(piece.span) for piece in pieces(document, Span(0, len(document.text)))]


@pytest.mark.parametrize(
    ("text", "sign", "number"),
    [
        ("第三章 监督管理", "chapter", 3),
        ("第二十一条 各县应当", "article", 21),
        ("十一、保障措施", "cn", 11),
        ("三.2026年工作安排", "cn", 3),
        ("(十二)修渡口", "cn_bracket", 12),
        ("三)修渡口", "cn_bracket", 3),
        ("12.修渡口", "number", 12),
        ("3、修渡口", "number", 3),
        ("2.3.1 修渡口", "number", 1),
        ("(4)修渡口", "number_bracket", 4),
        ("5)修渡口", "number_bracket", 5),
        ("⑥修渡口", "ring", 6),
        ("第一,修渡口", "ordinal", 1),
        ("一是修渡口", "point", 1),
    ],
)
def test_every_sign_is_read_with_its_number(text: str, sign: str, number: int) -> None:
    marker = marker_at(text, 0, len(text))
    assert marker is not None
    assert (marker.sign, marker.number) == (sign, number)


@pytest.mark.parametrize(
    "text", ["2025年起修渡口", "1.5亿元", "三十年来", "第三条规定的情形", "一次办好", "一是否按期"]
)
def test_words_that_only_begin_like_a_sign_are_none(text: str) -> None:
    assert marker_at(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "1.修渡口。年内修完。(县交通运输局负责)2.补码头。年内补完。",
            ["1.修渡口。年内修完。(县交通运输局负责)", "2.补码头。年内补完。"],
        ),
        (
            "(一)渡口行动。1.修渡口。年内修完。\n2.补码头。年内补完。",
            ["(一)渡口行动。", "1.修渡口。年内修完。", "2.补码头。年内补完。"],
        ),
        (
            "一、任务\n1.修渡口。对列入名单的渡口逐个勘察逐个修缮。二、保障措施\n落实资金。",
            ["一、任务", "1.修渡口。对列入名单的渡口逐个勘察逐个修缮。", "二、保障措施", "落实资金。"],
        ),
        ("(一)修渡口。方法见图1)1.2万元以内的不列。", ["(一)修渡口。方法见图1)1.2万元以内的不列。"]),
        ("(一)修渡口。材料见附件:1.清单\n(二)补码头。", ["(一)修渡口。材料见附件:1.清单", "(二)补码头。"]),
    ],
)
def test_an_item_begins_inside_a_line_where_its_number_goes_on(text: str, wanted: list[str]) -> None:
    assert cut(text) == wanted


def test_items_that_run_together_on_a_line_are_parted() -> None:
    text = "一、主要任务(一)修渡口。年内修完。(二)补码头。年内补完。二、保障措施(一)落实资金。列入预算。"
    assert cut(text) == [
        "一、主要任务",
        "(一)修渡口。年内修完。",
        "(二)补码头。年内补完。",
        "二、保障措施",
        "(一)落实资金。列入预算。",
    ]


def test_a_reference_to_an_item_parts_nothing() -> None:
    assert cut("按照本方案第(一)项和附件(二)的规定办理渡口事项。") == [
        "按照本方案第(一)项和附件(二)的规定办理渡口事项。"
    ]


def test_a_line_broken_in_mid_sentence_is_joined() -> None:
    text = "(一)修渡口。对列入名单的渡口逐个勘察,按照先急后缓的次序安排改造,并在汛期到来之前完\n成主体工程。\n(二)补码头。年内补完。"
    assert cut(text) == [text.split("\n(二)")[0], "(二)补码头。年内补完。"]


def test_a_heading_is_never_joined_to_the_text_below_it() -> None:
    assert len(cut("(一)修好渡口方便群众出行\n各县对渡口逐个勘察,先急后缓。\n")) == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("修渡口。年内修完。", "修渡口"),
        ("物业公司:每周清运两次,不留死角。", "物业公司"),
        ("修好渡口", "修好渡口"),
        ("第一阶段:动员部署(3月1日至15日)。召开会议。", "第一阶段:动员部署(3月1日至15日)"),
        ("健全决策机制 各县要建立渡口改造的决策制度,凡列入名单的一律公示,接受群众监督。", "健全决策机制"),
        ("压减材料,做到“四个一”:一表通填。", "压减材料,做到“四个一”:一表通填"),
    ],
)
def test_a_heading_ends_where_a_reader_ends_it(text: str, title: str) -> None:
    document = text_document(text)
    found, own = split_title(document.folded, Span(0, len(text)))
    assert document.raw(found) == title
    assert own.end == len(text)


def test_numbering_that_runs_on_keeps_the_printed_numbers() -> None:
    text = "一、甲项工作\n(一)修渡口。年内修完。\n(二)补码头。年内补完。\n二、乙项工作\n(三)清航道。年内清完。"
    assert [path for path, _, _ in tasks(text)] == ["1.1", "1.2", "2.3"]


def test_services_that_are_guarded_between_measures_whose_numbers_run_on_are_measures() -> None:
    text = (
        "一、减轻负担\n(一)修渡口。年内修完。\n(二)补码头。年内补完。\n二、强化渡口服务保障\n(三)清航道。年内清完。\n"
        "三、激发活力\n(四)开航线。年内开通。\n四、加强组织保障\n(五)落实责任。定期调度。"
    )
    assert [kind for _, kind, _ in tasks(text)] == ["measure"] * 4 + ["safeguard"]


def test_the_number_of_an_item_may_run_into_a_year() -> None:
    text = "(一)修渡口\n1.修石阶。年内修完。\n2.2025年修护栏20处。\n3.2026年修灯塔2座。"
    assert [path for path, _, _ in tasks(text)] == ["1.1", "1.2", "1.3"]


def test_goals_hold_no_tasks_and_safeguards_and_phases_are_told_from_measures() -> None:
    text = (
        "一、总体要求\n(一)指导思想。坚持便民。\n(二)工作目标。年内修完。\n二、主要任务\n(一)修渡口。年内修完。\n"
        "三、实施步骤\n(一)动员阶段(3月)。召开会议。\n四、职责分工\n(一)县交通局。负责渡口。\n五、保障措施\n(一)落实资金。列入预算。"
    )
    assert tasks(text) == [
        ("2.1", "measure", "修渡口"),
        ("3.1", "phase", "动员阶段(3月)"),
        ("5.1", "safeguard", "落实资金"),
    ]


def test_clauses_below_an_item_are_part_of_it() -> None:
    text = "一、主要任务\n(一)修渡口。包括以下内容:\n1.勘察;\n2.设计;\n3.施工。\n(二)补码头。一是勘察。二是施工。"
    assert tasks(text) == [("1.1", "measure", "修渡口"), ("1.2", "measure", "补码头")]


def test_items_with_headings_below_a_bare_heading_are_the_tasks() -> None:
    text = "一、主要任务\n(一)水上交通\n1.修渡口。年内修完。\n2.补码头。年内补完。"
    assert tasks(text) == [("1.1.1", "measure", "修渡口"), ("1.1.2", "measure", "补码头")]


def test_paragraphs_with_headings_of_their_own_are_tasks_by_position() -> None:
    text = "一、水上交通\n修好老旧渡口。对列入名单的渡口逐个改造。\n补齐码头设施。增设栏杆、照明和候船座椅。\n二、陆上交通\n疏通断头小路。打通村与村之间的断头小路。\n"
    assert tasks(text) == [
        ("1.1", "measure", "修好老旧渡口"),
        ("1.2", "measure", "补齐码头设施"),
        ("2.1", "measure", "疏通断头小路"),
    ]


def test_without_any_number_the_first_ordinal_is_the_position_of_the_theme() -> None:
    text = (
        "日前,省里印发行动方案。\n主要任务:\n大力实施两大工程\n水上交通工程\n修好渡口。逐个改造。\n补齐码头。增设栏杆。\n"
        "陆上交通工程\n疏通小路。打通村际小路。\n"
    )
    assert [path for path, _, _ in tasks(text)] == ["1.1", "1.2", "2.1"]


def test_one_heading_over_running_text_is_no_outline() -> None:
    assert tasks("论渡口与乡村\n渡口是乡村的门户。百年来它见证往来。\n今天的渡口正在改变。人们记得它。\n") == []


def test_first_and_second_are_parts_of_a_measure_also_on_lines_of_their_own() -> None:
    text = (
        "一、重点工作\n(一)改造渡口。\n一要修渡口。对列入名单的渡口逐个改造。\n二要补码头。增设栏杆、照明和座椅。\n"
        "(二)疏通航道。一要清淤。对淤塞河段逐段清理。二要设标。增设航标。\n"
    )
    assert tasks(text) == [("1.1", "measure", "改造渡口"), ("1.2", "measure", "疏通航道")]


def test_headed_paragraphs_below_a_short_introduction_are_tasks() -> None:
    text = (
        "一、重点工作\n(一)改造渡口。坚持便民,方便群众出行。\n修好老旧渡口。对列入名单的渡口逐个改造。\n补齐码头设施。增设栏杆、照明和候船座椅。\n"
        "(二)疏通航道。坚持安全,保障船只通行。\n清理淤塞河段。对淤塞河段逐段清理。\n补设航道标志。在急弯处、岔口处增设航标。\n"
    )
    assert [path for path, _, _ in tasks(text)] == ["1.1.1", "1.1.2", "1.2.1", "1.2.2"]


def test_a_box_in_a_section_is_part_of_it_with_numbers_of_its_own() -> None:
    text = (
        "一、水上交通\n(一)改造渡口。\n修好老旧渡口。对列入名单的渡口逐个改造。\n补齐码头设施。增设栏杆、照明和候船座椅。\n"
        "专栏1 渡口改造重点\n1.航标。急弯处的航标。\n2.座椅。候船座椅和雨棚。\n(二)疏通航道。对淤塞河段逐段清理。\n"
    )
    assert tasks(text) == [
        ("1.1.1", "measure", "修好老旧渡口"),
        ("1.1.2", "measure", "补齐码头设施"),
        ("1.2", "measure", "疏通航道"),
    ]


def test_items_go_on_behind_a_box_where_their_numbers_do() -> None:
    text = (
        "一、水上交通\n1.改造渡口。逐个改造。\n2.补齐码头。逐个补齐。\n专栏1 工程\n1.渡口工程。改造渡口。\n2.码头工程。补齐码头。\n"
        "3.航标工程。补设航标。\n二、陆上交通\n3.疏通小路。逐条疏通。\n专栏2 工程\n新建桥梁。\n4.修补路面。逐段修补。\n"
    )
    assert [path for path, _, _ in tasks(text)] == ["1.1", "1.2", "2.3", "2.4"]


def test_a_number_that_fits_box_and_text_is_the_texts_where_what_follows_fits_no_box() -> None:
    text = (
        "一、水上交通\n1.改造渡口。逐个改造。\n2.补齐码头。逐个补齐。\n专栏1 工程\n1.渡口工程。改造渡口。\n2.码头工程。补齐码头。\n"
        "3.增设航标。逐处增设。\n专栏2 工程\n1.航标工程。补设航标。\n2.灯标工程。补设灯标。\n4.疏通航道。逐段清理。\n"
    )
    assert [path for path, _, _ in tasks(text)] == ["1.1", "1.2", "1.3", "1.4"]


def test_behind_a_box_the_text_goes_on_where_its_lines_are_as_wide_as_before() -> None:
    """Without a number print tells: a box is set in smaller type, so that its lines are longer."""
    above = [
        "改造渡口。对列入名单的老旧渡口逐个进行改造,补齐栏杆\n和照明设施,方便群众出行,年内全部完成改造任务。",
        "补齐码头。对没有码头的渡口逐个补建码头,增设候船座椅\n和雨棚,改善群众候船条件,年内全部完成建设任务。",
    ]
    box = [
        "渡口工程。对全县四十处老旧渡口分三批进行改造,优先改造学生过河的渡口和集镇旁边的渡口\n并同步补齐设施。",
        "码头工程。对全县二十处没有码头的渡口分两批建设码头,优先建设客流较大的渡口和旅游的渡口\n并同步补齐设施。",
    ]
    below = [
        "疏通航道。对淤塞的河段逐段进行清理疏浚,补设航标灯标\n和水尺,保障船舶安全航行,年内全部完成疏浚任务。",
        "培训渡工。对全县渡口的渡工逐个进行安全培训,考试合格\n后持证上岗,并每两年复训一次,年内全部完成培训。",
    ]
    text = (
        "一、水上交通\n(一)改造设施\n"
        + "\n".join([*above, "专栏1 渡口工程", *box, *below])
        + "\n(二)加强管理。落实专人。\n"
    )
    titles = [task.title for task in read_document(text_document(text)).tasks]
    assert titles == ["改造渡口", "补齐码头", "疏通航道", "培训渡工", "加强管理"]
    first = read_document(text_document(text)).tasks[1]
    assert "码头工程" in first.span.of(text)


def test_a_bracket_of_units_on_a_line_of_its_own_is_part_of_the_item_above() -> None:
    item = "由交通部门牵头组织各方逐处进行一次性联合验收,办理时限不超过五日。"
    text = f"一、验收\n(一)渡口\n1.改造渡口。{item}(牵头单位:县交通局;责任单位:各镇)\n2.联合验收。{item}\n(牵头单位:县住建局;责任单位:各镇)\n"
    assert [path for path, _, _ in tasks(text)] == ["1.1.1", "1.1.2"]


def test_clauses_that_end_with_a_semicolon_are_no_tasks() -> None:
    text = (
        "一、论证\n(一)其他情形\n有下列情形之一的,应当组织论证:\n1.采用新型材料的;\n2.渡口跨度较大的;水深超过常年的;\n3.其他需要论证的。\n"
        "论证由建设单位组织。\n(二)改造渡口。逐个改造。"
    )
    assert [path for path, _, _ in tasks(text)] == ["1.1", "1.2"]


def test_steps_that_say_what_is_done_by_whom_are_measures() -> None:
    carried = "(责任单位:县交通局)"
    text = (
        f"一、行动步骤\n(一)渡口改造行动\n1.修好渡口。逐个改造。{carried}\n2.补齐码头。逐个补齐。{carried}\n"
        f"(二)航道疏通行动\n3.清理淤塞。逐段清理。{carried}\n4.补设航标。逐处补设。{carried}\n"
        "二、实施步骤\n(一)集镇\n1.宣传到户。逐户宣传。\n2.分批改造。逐处改造。\n(二)村庄\n1.宣传到户。逐户宣传。\n2.分批改造。逐处改造。"
    )
    assert [kind for _, kind, _ in tasks(text)] == ["measure"] * 4 + ["phase"] * 4


def test_steps_that_name_undertakings_are_measures_whatever_their_dates() -> None:
    text = (
        "一、行动步骤\n(一)隐患排查整治行动(2025年6月底前)。6月底前查遍渡口。\n(二)航标补设工程。2025年启动补设。\n"
        "(三)年度总结。12月底前总结。\n二、实施步骤\n(一)动员部署。3月召开会议。\n(二)统一开展专项行动。4月至6月逐处整改。\n(三)集中行动。7月再查。"
    )
    assert [kind for _, kind, _ in tasks(text)] == ["measure"] * 3 + ["phase"] * 3


@pytest.mark.parametrize(
    "heading", ["重点行动", "专项行动", "重大工程", "十大行动", "重点行动及进度安排", "专项行动步骤"]
)
def test_a_section_of_undertakings_holds_measures_with_their_dates(heading: str) -> None:
    text = f"一、{heading}\n(一)修渡口(3月1日至5月底)。逐个改造。\n(二)补码头(6月底前)。逐个补齐。"
    assert [kind for _, kind, _ in tasks(text)] == ["measure", "measure"]


def test_what_is_looked_at_and_when_rules_begin_are_no_tasks() -> None:
    text = (
        "一、整治重点\n1.无证经营行为;\n2.超载行为。\n二、整治措施\n1.全面排查。逐一排查渡口。\n2.严格执法。从严查处。\n"
        "三、本措施自2025年1月1日起施行。"
    )
    assert [path for path, _, _ in tasks(text)] == ["2.1", "2.2"]


def test_stages_on_lines_without_numbers_are_phases_each() -> None:
    text = (
        "一、任务\n(一)修渡口。逐个改造。\n二、实施步骤\n第一阶段:动员部署(3月1日至3月15日)。召开会议。\n"
        "第二阶段:集中整治(3月16日至10月31日)。逐项整改。\n"
    )
    assert tasks(text)[1:] == [
        ("2.1", "phase", "第一阶段:动员部署(3月1日至3月15日)"),
        ("2.2", "phase", "第二阶段:集中整治(3月16日至10月31日)"),
    ]


def test_decimal_numbers_below_bare_ones() -> None:
    text = "1 总体要求\n1.1 指导思想\n坚持便民。\n2 主要任务\n2.1 修渡口\n逐个改造。\n2.2 补码头\n逐个补齐。\n3 保障措施\n3.1 落实资金\n列入预算。"
    assert tasks(text) == [
        ("2.1", "measure", "修渡口"),
        ("2.2", "measure", "补码头"),
        ("3.1", "safeguard", "落实资金"),
    ]


def test_the_article_of_purpose_is_no_task_without_chapters_either() -> None:
    text = "第一条 为管好渡口,根据有关规定,制定本办法。\n第二条 县交通部门应当每年检查渡口。\n第三条 各镇应当设专人。"
    assert [path for path, _, _ in tasks(text)] == ["2", "3"]


@pytest.mark.parametrize(
    ("heading", "number", "kind"),
    [("加强组织领导", 5, "measure"), ("加强组织领导", 1, "safeguard"), ("组织保障", 5, "safeguard")],
)
def test_where_numbers_run_on_the_last_section_is_measures_too(heading: str, number: int, kind: str) -> None:
    signs = "零一二三四五"
    text = (
        "一、水上\n(一)修渡口。逐个改造。\n(二)补码头。逐个补齐。\n二、陆上\n(三)修小路。逐条疏通。\n(四)补桥梁。逐座补齐。\n"
        f"三、{heading}\n({signs[number]})建立专班。定期会商调度。\n"
    )
    assert tasks(text)[-1][1] == kind


@pytest.mark.parametrize(
    ("heading", "items", "kind"),
    [
        # Matter: what the section says is done like in the sections above it.
        ("健全渡运服务保障", ("优化渡口服务", "完善航线网络", "提升渡船等级"), "measure"),
        ("强化要素保障", ("纾解船企资金", "优化用地审批", "加强组织领导"), "measure"),
        # It only says how the work is led, urged and paid, whatever the heading.
        ("强化要素保障", ("加强组织领导", "落实工作责任", "优化用地审批"), "safeguard"),
        # A heading that says nothing but that the work is secured.
        ("保障措施", ("优化渡口服务", "完善航线网络", "提升渡船等级"), "safeguard"),
        ("强化组织保障", ("优化渡口服务", "完善航线网络", "提升渡船等级"), "safeguard"),
    ],
)
def test_a_section_that_names_a_matter_before_the_word_for_safeguards_is_what_stands_in_it(
    heading: str, items: tuple[str, ...], kind: str
) -> None:
    signs = "五六七"
    text = (
        "一、水上\n(一)修渡口。逐个改造。\n(二)补码头。逐个补齐。\n二、陆上\n(三)修小路。逐条疏通。\n(四)补桥梁。逐座补齐。\n"
        f"三、{heading}\n" + "".join(f"({sign}){item}。年内做好。\n" for sign, item in zip(signs, items, strict=True))
    )
    assert [one[1] for one in tasks(text)[-3:]] == [kind] * 3


@pytest.mark.parametrize(("last", "kind"), [("组织保障", "measure"), ("修养路面", "safeguard")])
def test_where_another_section_secures_the_work_one_of_matter_is_measures(last: str, kind: str) -> None:
    text = (
        "一、水上\n(一)修渡口。逐个改造。\n(二)补码头。逐个补齐。\n二、强化要素保障\n(一)优化用地审批。逐宗办结。\n(二)纾解资金困难。逐家对接。\n"
        f"三、{last}\n(一)加强值守。昼夜值守。\n"
    )
    assert [one[1] for one in tasks(text) if one[0].startswith("2.")] == [kind] * 2


def test_main_tasks_among_the_aims_that_only_announce_the_sections_below_are_none() -> None:
    above = "一、总体要求\n(一)指导思想\n以人为本,服务过江。\n(二)重点任务\n修好渡口。让群众平安过江,方便出行。\n疏通航道。让船舶畅通无阻,往来便利。\n"
    below = "二、修好渡口\n(三)改造老渡口。逐个改造。\n(四)补码头。逐个补齐。\n三、疏通航道\n(五)清淤。逐段清理。\n(六)设标。逐段设置。\n"
    assert [path for path, _, _ in tasks(above + below)] == ["2.3", "2.4", "3.5", "3.6"]
    # Where nothing follows that sets them out they are the tasks.
    assert [path for path, _, _ in tasks(above + "二、组织保障\n(三)加强领导。定期会商。\n")] == [
        "1.2.1",
        "1.2.2",
        "2.3",
    ]


def test_a_first_section_that_only_says_why_there_is_a_plan_holds_no_task() -> None:
    why = "一、激活渡口潜能\n近年来,水上交通快速发展。\n渡口对群众出行具有重要意义,但也存在设施老旧等问题。\n"
    rest = "二、水上\n(一)修渡口。逐个改造。\n(二)补码头。逐个补齐。\n三、陆上\n(一)修小路。逐条疏通。\n(二)补桥梁。逐座补齐。\n"
    assert [path for path, _, _ in tasks(why + rest)] == ["2.1", "2.2", "3.1", "3.2"]
    does = why.replace("渡口对群众出行", "各镇要逐个改造老旧渡口。渡口对群众出行").replace(
        "近年来,水上交通快速发展。", "逐个改造渡口。年内完成。"
    )
    assert next(path for path, _, _ in tasks(does + rest)) == "1"


@pytest.mark.parametrize("reference", ["《办法》第三章规定的政策", "本办法第三章所列情形", "第三章、第四章的要求"])
def test_a_chapter_that_a_sentence_refers_to_is_no_heading(reference: str) -> None:
    text = (
        "第一章总则\n第一条为管好渡口,制定本办法。\n第二章渡口\n第二条渡口经认定后,享受本\n"
        f"{reference}及支持。\n申请材料如下:\n(一)申请书;\n(二)身份证明。\n第三条各镇应当设专人。落实值守。第三章支持措施\n第四条渡口改造给予补助。\n"
    )
    assert [path for path, _, _ in tasks(text)] == ["2.2", "2.3", "3.4"]


def test_places_that_are_only_named_are_no_tasks() -> None:
    text = "一、防汛重点\n(一)山洪沟三条。\n(二)危旧房二十户。\n二、工作措施\n(一)加强值班。落实昼夜值班。\n(二)储备物资。备足编织袋。"
    assert [path for path, _, _ in tasks(text)] == ["2.1", "2.2"]


def test_stages_below_an_introduction_are_phases_with_what_follows() -> None:
    text = "一、任务\n(一)修渡口。逐个改造。\n二、工作步骤\n从三月开始,分两个阶段。\n第一阶段 动员部署(3月)\n召开会议。\n第二阶段 集中整治(4月)\n逐项整改。\n"
    assert tasks(text)[1:] == [
        ("2.1", "phase", "第一阶段 动员部署(3月)"),
        ("2.2", "phase", "第二阶段 集中整治(4月)"),
    ]


def test_the_line_of_an_annex_may_hold_its_title() -> None:
    document = text_document("一、甲\n(一)修渡口。年内修完。\n附件:2026年民生实事项目\n一、修渡口。\n二、补码头。\n")
    layout = lay_out(document, Span(0, len(document.text)), ())
    assert [document.raw(annex.title) for annex in layout.annexes if annex.title] == ["2026年民生实事项目"]
    assert len(layout.body) == 2


def test_marks_of_emphasis_stay_out_of_a_heading() -> None:
    assert tasks("一、任务\n1. **修渡口**。逐个改造。\n2. **补码头**。逐个补齐。") == [
        ("1.1", "measure", "修渡口"),
        ("1.2", "measure", "补码头"),
    ]


def test_a_chapter_of_inspections_in_rules_holds_measures() -> None:
    text = "第一章 总  则\n第一条 为管好渡口,制定本办法。\n第二章 监督检查\n第二条 县交通部门应当每年检查渡口。\n"
    assert tasks(text) == [("2.2", "measure", "县交通部门应当每年检查渡口")]


def test_articles_of_rules_are_tasks_and_the_closing_ones_are_not() -> None:
    text = (
        "第一章 总则\n第一条 为规范渡口管理,制定本办法。\n第二章 管理\n第二条 县交通部门应当每年检查渡口。\n"
        "(一)查证件;\n(二)查设施。\n第三章 附则\n第三条 本办法自2025年1月1日起施行。"
    )
    assert tasks(text) == [("2.2", "measure", "县交通部门应当每年检查渡口")]


def test_the_list_of_annexes_below_the_body_is_no_item() -> None:
    document = text_document(
        "一、甲\n(一)修渡口。年内修完。\n附件:1.渡口任务清单\n2.码头名单\n附件1\n渡口任务清单\n一、丙\n"
    )
    layout = lay_out(document, Span(0, len(document.text)), ())
    assert [document.raw(piece.span) for piece in layout.listed] == ["附件:1.渡口任务清单", "2.码头名单"]
    assert [(annex.number, document.raw(annex.title)) for annex in layout.annexes if annex.title] == [
        (1, "渡口任务清单")
    ]


def test_a_page_of_articles_is_parted_at_its_signs() -> None:
    document = text_document("页首\n第一篇:甲方案\n一、修渡口\n第二篇:乙方案\n一、补码头\n")
    assert [document.raw(span).strip().split("\n")[0] for span in articles(document)] == ["甲方案", "乙方案"]


def test_one_sign_alone_parts_nothing() -> None:
    document = text_document("第一篇:甲方案\n一、修渡口\n")
    assert articles(document) == (Span(0, len(document.text)),)


def last_task(text: str) -> str:
    document = text_document(text)
    layout = lay_out(document, Span(0, len(document.text)), ())
    return document.raw(body_tasks(document, build(document, layout.body))[-1].span)


CARRIED = "(责任单位:县交通局)"


@pytest.mark.parametrize(
    ("closing", "ends"),
    [
        # Behind the bracket that closes each item nothing of the item follows.
        ("各镇要把渡口安全放在心上,合力办好这件实事。", CARRIED),
        # A date or number there counts to the item above.
        ("各镇每年12月底前报送进展。", "报送进展。"),
        ("每镇改造渡口三个。", "三个。"),
    ],
)
def test_a_closing_paragraph_behind_the_bracket_of_the_last_item_is_none_of_it(closing: str, ends: str) -> None:
    items = "".join(f"{number}.改造渡口。逐个改造护栏和跳板。{CARRIED}\n" for number in range(1, 4))
    text = f"一、主要任务\n{items}{closing}"
    assert last_task(text).endswith(ends)


def test_a_paragraph_behind_an_item_stays_where_items_do_not_close_with_brackets() -> None:
    text = f"一、主要任务\n1.改造渡口。逐个改造。\n2.补齐码头。逐个补齐。\n3.清理航道。逐段清理。{CARRIED}\n补设航标并养护。"
    assert last_task(text).endswith("养护。")
