"""The words of pictures beside those of the cascade, in two languages."""

from collections.abc import Mapping

from graph.store.protocol import Scalar
from queries.answer import Answer, Note
from views.picture_words import Words
from views.words.named_words import heading, value_word
from views.words.visible import visible

DRAWING_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "kind.cascade": "任务承接图",
        "kind.matrix": "承接矩阵",
        "kind.timeline": "时限图",
        "kind.compare": "文本比对",
        "kind.sankey": "任务流向图",
        "kind.heatmap": "单位任务热力图",
        "kind.unit": "单位任务",
        "kind.neighbours": "关联图",
        "count.each": "{word} {count}",
        "count.tasks": "任务 {count}项",
        "count.documents": "文件 {count}份",
        "count.units": "单位 {count}个",
        "count.dated": "有明确时限 {count}项",
        "count.undated": "无明确时限 {count}项",
        "count.nodes": "{count}个节点，{lines}条关系",
        "count.shared": "{count}项",
        "count.cascade": "{tasks} 项任务、{links} 条关系，分 {pictures} 幅",
        "times": "{word} ×{count}",
        "more": "……另{count}项",
        "cut": "……（全文共{count}字）",
        "matrix.corner": "上级任务",
        "matrix.deadline": "上级时限",
        "matrix.added": "本级新增与无法判断是否新增",
        "matrix.see": "近似：{title}",
        "heat.corner": "单位",
        "heat.all": "合计",
        "heat.groups": "{place}：泛指的单位",
        "heat.place": "{place}",
        "heat.rest": "其余{count}个单位",
        "heat.rest_themes": "其余{count}个主题",
        "heat.lead": "牵头{count}",
        "heat.about": "格中为该单位在该主题下承担的任务数，括号内为其中牵头的。",
        "heat.step": "{low}–{high}项",
        "heat.step.one": "{low}项",
        "heat.step.more": "{low}项及以上",
        "sankey.about": "线宽为任务条数；每条线是一项上级任务与一份下级文件的关系，未承接的也画到终点。",
        "sankey.node": "{place} {count}项",
        "sankey.new": "新增{count}",
        "sankey.open": "是否新增不明{count}",
        "sankey.sink": "{word} {count}",
        "sankey.rest_themes": "其余{count}个主题",
        "sankey.rest_places": "其余{count}地",
        "sankey.doubtful": "存疑对应",
        "sankey.legend": "{word}（{count}）",
        "time.today": "今日 {day}",
        "time.days_over": "{state} {days}天",
        "time.days_left": "{state} 还有{days}天",
        "time.from": "自印发日起",
        "time.at": "时限最后一天",
        "time.about": "横线自文件印发日至时限；无印发日的只画时限。",
        "time.place": "{place} {title}",
        "time.cut": "图中画了前 {shown} 项，另有 {count} 项有时限的未画，下表全部列出。",
        "compare.upper": "上级文本",
        "compare.dropped": "未写入：",
        "compare.units": "单位：",
        "compare.units_added": "增单位：",
        "compare.units_dropped": "减单位：",
        "compare.date": "时限：",
        "compare.number": "数值：",
        "compare.target": "目标时限：",
        "compare.none": "（未写明）",
        "compare.no_upper": "（上级文本中没有）",
        "compare.legend.added": "绿字下划线：下级写入、上级没有的文字",
        "compare.legend.dropped": "红字删除线：上级有、下级没有写入的文字",
        "unit.roles": "按角色",
        "unit.themes": "按主题",
        "unit.years": "按时限年份",
        "unit.no_theme": "未归入主题",
        "unit.no_year": "无明确时限",
        "unit.above": "上级对口单位",
        "unit.below": "下级对口单位",
        "unit.none": "库中没有",
        "unit.rest": "其余{count}个",
        "unit.bar": "任务数",
        "unit.counterpart": "{place} {name}",
        "unit.sharing": "共同承担任务最多的单位",
        "near.centre": "中心",
        "near.first": "直接关联",
        "near.second": "再隔一层",
        "near.rest": "另有 {count} 个未画（每层最多 {most} 个）。",
        "near.edge": "{kind}",
        "page.search": "查找",
        "page.search.hint": "任务、单位或文字",
        "page.unit": "单位",
        "page.unit.all": "全部单位",
        "page.state": "状态",
        "page.state.all": "全部状态",
        "page.doubt": "只看存疑",
        "page.print": "打印",
        "page.found": "{found} / {all} 项符合",
        "page.reset": "清除筛选",
        "page.rows": "数据表",
        "page.rows.about": "与上图同一份数据，可查找、复制；共 {count} 行。",
        "page.rows.cut": "表中列出前 {shown} 行，另有 {count} 行未列；全部行请用命令行导出。",
        "page.legend": "图例",
        "page.to_rows": "数据表",
        "page.made": "政脉 Zhengmai 生成；本页不联网。",
        "rows.cut": "图中画了前 {shown} 行，另有 {count} 行未画；用 --most 放宽，或用 --theme 只画一个主题。",
        "empty.picture": "没有可画的内容。",
    },
    "en": {
        "kind.cascade": "Cascade of tasks",
        "kind.matrix": "Who took up what",
        "kind.timeline": "Deadlines",
        "kind.compare": "Texts side by side",
        "kind.sankey": "Flow of tasks",
        "kind.heatmap": "Units by themes",
        "kind.unit": "Load of a unit",
        "kind.neighbours": "Neighbourhood",
        "count.each": "{word} {count}",
        "count.tasks": "{count} tasks",
        "count.documents": "{count} documents",
        "count.units": "{count} units",
        "count.dated": "with a date {count}",
        "count.undated": "without a date {count}",
        "count.nodes": "{count} nodes, {lines} links",
        "count.shared": "{count} tasks",
        "count.cascade": "{tasks} tasks and {links} links in {pictures} pictures",
        "times": "{word} ×{count}",
        "more": "… {count} more",
        "cut": "… ({count} characters in all)",
        "matrix.corner": "Task above",
        "matrix.deadline": "Due above",
        "matrix.added": "Added at this level, or cannot say",
        "matrix.see": "near: {title}",
        "heat.corner": "Unit",
        "heat.all": "All",
        "heat.groups": "{place}: units named as a group",
        "heat.place": "{place}",
        "heat.rest": "{count} more units",
        "heat.rest_themes": "{count} more themes",
        "heat.lead": "leads {count}",
        "heat.about": "A cell counts the tasks that the unit carries in the theme; in brackets those that it leads.",
        "heat.step": "{low}–{high} tasks",
        "heat.step.one": "{low} task",
        "heat.step.more": "{low} tasks or more",
        "sankey.about": "Width counts tasks; each line is a task above and a lower document."
        " What was not taken up runs to an end of its own.",
        "sankey.node": "{place} {count}",
        "sankey.new": "new {count}",
        "sankey.open": "unclear if new {count}",
        "sankey.sink": "{word} {count}",
        "sankey.rest_themes": "{count} more themes",
        "sankey.rest_places": "{count} more places",
        "sankey.doubtful": "doubtful link",
        "sankey.legend": "{word} ({count})",
        "time.today": "today {day}",
        "time.days_over": "{state}, {days} days",
        "time.days_left": "{state}, {days} days left",
        "time.from": "from the day of issue",
        "time.at": "last day",
        "time.about": "A bar runs from the day of issue to the last day; without a day of issue only that is drawn.",
        "time.place": "{place} {title}",
        "time.cut": "The first {shown} are drawn; {count} more have a date: the table below lists all.",
        "compare.upper": "Text above",
        "compare.dropped": "Not in it: ",
        "compare.units": "Units: ",
        "compare.units_added": "Units added: ",
        "compare.units_dropped": "Units dropped: ",
        "compare.date": "Due: ",
        "compare.number": "Numbers: ",
        "compare.target": "Target due: ",
        "compare.none": "(not stated)",
        "compare.no_upper": "(nothing above)",
        "compare.legend.added": "green, underlined: words that the lower text has and the upper has not",
        "compare.legend.dropped": "red, struck out: words of the upper text that the lower has not",
        "unit.roles": "By role",
        "unit.themes": "By theme",
        "unit.years": "By year due",
        "unit.no_theme": "without theme",
        "unit.no_year": "without a date",
        "unit.above": "Counterparts above",
        "unit.below": "Counterparts below",
        "unit.none": "none in the graph",
        "unit.rest": "{count} more",
        "unit.bar": "tasks",
        "unit.counterpart": "{place} {name}",
        "unit.sharing": "Units that share most tasks",
        "near.centre": "centre",
        "near.first": "one step",
        "near.second": "two steps",
        "near.rest": "{count} more are not drawn (at most {most} a step).",
        "near.edge": "{kind}",
        "page.search": "Find",
        "page.search.hint": "task, unit or words",
        "page.unit": "Unit",
        "page.unit.all": "All units",
        "page.state": "State",
        "page.state.all": "All states",
        "page.doubt": "Doubtful only",
        "page.print": "Print",
        "page.found": "{found} of {all} match",
        "page.reset": "Clear",
        "page.rows": "Table",
        "page.rows.about": "The same facts as the picture, to search and copy; {count} rows.",
        "page.rows.cut": "The first {shown} rows are listed, {count} more are not: export them from the command line.",
        "page.legend": "Legend",
        "page.to_rows": "Table",
        "page.made": "Made by Zhengmai; this page uses no network.",
        "rows.cut": "The first {shown} rows are drawn, {count} more are not: raise --most, or draw one --theme.",
        "empty.picture": "There is nothing to draw.",
    },
}


class DrawingWords(Words):
    """The words of one language for every picture, with those of closed lists and columns."""

    def __init__(self, language: str) -> None:
        """Speak `zh` or `en`; anything else is English."""
        super().__init__(language)
        self._own = {**self._own, **DRAWING_WORDS[self.language]}

    def value(self, name: str, printed: Scalar) -> str:
        """Return a value of a column as a cell has it."""
        said = value_word(name, printed, self.language)
        if isinstance(said, float):
            return f"{said:g}"
        return "" if said is None else visible(str(said))

    def heading(self, answer: Answer, name: str) -> str:
        """Return the heading of a column."""
        return heading(answer, name, self.language)

    def note(self, note: Note) -> str:
        """Return a note of an answer as a sentence; one without words is its code and values."""
        code = f"note.{note.code}"
        if code in self._own:
            return self(code, **note.values)
        return f"{note.code}: " + "; ".join(f"{self.value(name, one)}" for name, one in note.values.items())

    def level(self, name: object) -> str:
        """Return the word of a level, none known too."""
        return self._own.get(f"level.{name}", self("level.unknown"))

    def place(self, place: object, level: object) -> str:
        """Return the name of a place, else the word of its level."""
        return str(place) if place else self.level(level)
