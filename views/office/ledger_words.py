"""The words of ledgers, reminder lists and calendars in two languages."""

from collections.abc import Mapping

from graph.schema.vocabulary import closed_lists

# One entry a line, however long: the two languages are read side by side.

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "ledger": "台账",
        "legend": "说明",
        "reminders": "提醒清单",
        "number": "序号",
        "document": "文件",
        "path": "条目",
        "title": "任务",
        "units": "责任单位",
        "deadline": "时限（原文）",
        "end": "时限（日期）",
        "progress": "进展",
        "share": "完成比例",
        "words": "进展说明",
        "by": "填报人",
        "unit_name": "单位",
        "role": "角色",
        "days": "剩余天数",
        "state": "状态",
        "scope": "范围",
        "place": "地方",
        "no_unit": "（未写明单位）",
        "status.fill": "请从列表中选择：{statuses}",
        "share.fill": "请填 0% 至 100%",
        "legend.head": "填写说明",
        "legend.1": "每行一项任务。底色为浅黄的四列由您填写：进展、完成比例、进展说明、填报人；其余各列请勿改动。",
        "legend.2": "进展须为以下之一：{statuses}。没有变化的行不必填写。",
        "legend.3": "完成比例填 0% 至 100%，不清楚时留空。",
        "legend.4": "可以排序和筛选，可以删去不归您填写的行；隐藏的列和隐藏的首行用于回收，请勿删除。",
        "legend.5": "回收：zhengmai progress --read 文件名.xlsx。导出之后他人已另行登记的任务，回收时只作提示，不会覆盖。",
        "legend.6": "单元格中请填写文字或数字，不要填公式。",
        "calendar": "任务时限",
        "alarm": "七天后到期",
    },
    "en": {
        "ledger": "ledger",
        "legend": "legend",
        "reminders": "reminders",
        "number": "no.",
        "document": "document",
        "path": "item",
        "title": "task",
        "units": "units",
        "deadline": "deadline as printed",
        "end": "last day",
        "progress": "progress",
        "share": "share done",
        "words": "remarks",
        "by": "filled by",
        "unit_name": "unit",
        "role": "role",
        "days": "days left",
        "state": "state",
        "scope": "scope",
        "place": "place",
        "no_unit": "(no unit named)",
        "status.fill": "choose one of: {statuses}",
        "share.fill": "0% to 100%",
        "legend.head": "How to fill this in",
        "legend.1": "One row a task. The four yellow columns are yours: progress, share done, remarks, filled by. Leave the others as they are.",
        "legend.2": "Progress is one of: {statuses}. Rows where nothing changed need nothing.",
        "legend.3": "Share done is 0% to 100%; leave it empty where it is not known.",
        "legend.4": "Rows may be sorted, filtered, and deleted where they are not yours; the hidden columns and the hidden first row are for reading back.",
        "legend.5": "Read it back with zhengmai progress --read FILE.xlsx. What somebody else recorded since the export is shown then, and not overwritten.",
        "legend.6": "Write text and numbers into the cells, no formulas.",
        "calendar": "Deadlines of tasks",
        "alarm": "due in seven days",
    },
}


def statuses(language: str) -> dict[str, str]:
    """Return the words of the statuses of progress by their values, in the order of the list."""
    return {value: words[language] for value, words in closed_lists()["progress_status"].items()}


def word_of(listed: str, value: object, language: str) -> str:
    """Return the word of a value of a closed list, or the value itself."""
    return closed_lists()[listed].get(str(value), {}).get(language, str(value))
