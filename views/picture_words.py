"""The words of a picture in two languages; those of closed lists come from the vocabulary."""

from collections.abc import Mapping

from graph.schema.vocabulary import schema

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "title": "任务承接图",
        "level.central": "中央", "level.province": "省级", "level.city": "市级", "level.county": "县级",
        "level.town": "乡镇级", "level.unknown": "层级不明",
        "step": "{level}（第{step}步）",
        "lane.tasks": "{places}地 {tasks}项", "lane.task": "{tasks}项",
        "lane.missing": "其下未见承接 {count}项", "lane.unsure": "其下无法判断 {count}项",
        "lane.nothing": "其下全部有承接", "lane.top": "本图起点",
        "joint": "、", "colon": "：", "sep": " · ",
        "rest.units": "等{count}个单位", "rest.places": "等{count}地",
        "role.lead": "牵头", "role.responsible": "责任", "role.support": "配合", "role.assess": "考核",
        "deadline": "时限：{raw}", "deadline.day": "时限：{raw}（至{end}）",
        "missing": "⚠ 未见承接：", "unsure": "？无法判断：", "unsure.why": "下级文件未全文入库",
        "unsure.why.nothing_linked": "两文件之间没有任何任务对应", "unsure.why.other_kind": "本任务不是工作举措，未逐一比对",
        "unsure.why.part_unread": "该文件有一部分未能读懂，可能写在其中",
        "unsure.why.penalty": "法律责任条款不设新的任务，不参与比对",
        "missing.why": "下级文件已全文入库，其中未见对应任务",
        "added": "＋ 本级新增", "added.why": "上级文件已全文入库，其中未见对应任务",
        "added.cannot_say": "？无法判断是否新增", "added.cannot_say.why": "上级文件未全文入库",
        "added.cannot_say.why.nothing_linked": "与上级文件之间没有任何任务对应",
        "weak.edge": "{relation} {score}？", "sum.weak": "把握不大 {count}条", "legend.weak": "点线：把握不大（标出可能性），宜核对",
        "skips": "越级对应", "skips.edge": "{relation}·越级", "later": "时限晚于上级", "later.target": "目标时限晚于上级",
        "folded": "另有 {count} 项（已折叠）", "folded.of": "{place} {count}项",
        "theme.none": "未归入主题", "theme.all": "全部主题",
        "view.count": "{name}（{count}项）",
        "note.folded": "图中折叠了 {count} 项，下方缩进树列出全部。",
        "note.tree": "缩进树只列出前 {shown} 项，另有 {count} 项未列；请用 --theme 按主题分别画。",
        "note.many": "一幅图超过 {soft} 张卡片，不易阅读；宜按主题分别画。",
        "note.theme": "任务超过 {count} 项，图按主题分开，请在上方选择主题。",
        "note.vis_other": "提示：本机的 vis-network 与登记的版本（{version}）不一致，图形如有异常请以下方缩进树为准。",
        "note.vis_absent": "提示：本机没有 vis-network，未画图；内容见下方缩进树。",
        "note.held_cited": "{policy} 仅被引用，未载入：其内容无法判断。",
        "note.held_summary": "{policy} 只有摘要：未见的内容无法判断。",
        "note.between_cited": "{child} 所贯彻的 {policy} 居于其间，仅被引用，未载入：经它传导的内容看不到。",
        "note.carried_out_in": "{policy} 本身未载入；贯彻它的文件：{documents}。",
        "note.cited_in": "{policy} 本身未载入；引用它的文件：{documents}。",
        "note.carried_out_by_none": "库中没有贯彻 {name} 的政策，其任务如何落实无法判断。",
        "note.nothing_linked": "{child} 与 {parent} 之间没有任何任务对应：是否承接、是否新增无法判断。",
        "sum.levels": "{level} {count}项", "sum.links": "对应关系 {count}条",
        "sum.same": "同 {count}", "sum.adapted": "改编 {count}", "sum.partial": "部分 {count}",
        "sum.added": "本级新增 {count}", "sum.skips": "越级 {count}", "sum.unsure": "无法判断是否新增 {count}",
        "sum.missing": "未见承接 {count}处", "sum.gaps": "无法判断 {count}处",
        "legend": "图例", "legend.same": "同：文字相近", "legend.adapted": "改编：结合本地调整",
        "legend.partial": "部分：只对应一部分", "legend.missing": "⚠ 虚线框：下级均未见承接",
 "legend.unsure": "？点线框：无法判断",
        "legend.added": "＋ 双线框：本级新增", "legend.skips": "越级：跨级直接对应",
        "ui.theme": "主题", "ui.fit": "全图", "ui.width": "适合宽度", "ui.in": "放大", "ui.out": "缩小",
        "ui.print": "打印", "ui.tree": "文字版", "ui.close": "关闭", "ui.scroll": "承接图，可滚动",
        "ui.keys": "点击卡片看依据；方向键换卡片，回车看依据，Esc 关闭；滚轮滚动，Ctrl+滚轮缩放",
        "ui.keys.short": "点击卡片看原文依据",
        "ui.picture": "任务承接图：各列为层级，卡片为任务，连线为对应关系。文字版见图下方的缩进树。",
        "ui.skip": "跳到文字版（缩进树）", "ui.to_tree": "在缩进树中查看", "ui.to_picture": "看图",
        "ui.noscript": "本页的图需要 JavaScript；不启用时请看下方缩进树，内容相同。",
        "panel.units": "责任单位", "panel.deadline": "时限", "panel.targets": "目标值", "panel.policy": "文件",
        "panel.up": "承接上级", "panel.down": "下级承接", "panel.proofs": "原文依据", "panel.state": "承接情况",
        "panel.key": "编号", "panel.folded": "折叠的任务", "panel.above": "上级原文", "panel.below": "下级原文",
        "panel.score": "可能性 {score}", "panel.none": "本级没有可显示的依据",
        "proof.itself": "任务原文", "proof.title": "标题", "proof.theme": "主题", "proof.deadline": "时限",
        "proof.units": "责任单位", "proof.number": "序号", "proof.targets": "目标值", "proof.link": "对应",
        "proof.place": "{document} 第{start}–{end}字", "proof.cut": "……（共{count}字）",
        "tree": "缩进树（文字版）", "tree.about": "与上图内容相同，可展开、收起、查找、打印、复制。",
        "tree.proofs": "依据 {count} 条", "tree.above": "已在前面列出",
        "tree.open": "全部展开", "tree.shut": "全部收起", "tree.state": "承接情况",
        "empty": "没有可画的任务。",
        "foot": "政脉 Zhengmai 生成；本页不联网，依据均为原文摘录，起止为原文字符位置。图形库 vis-network（Apache-2.0 或 MIT）。",
    },
    "en": {
        "title": "Cascade of tasks",
        "level.central": "Central", "level.province": "Province", "level.city": "City", "level.county": "County",
        "level.town": "Town", "level.unknown": "Level unknown",
        "step": "{level} (step {step})",
        "lane.tasks": "{places} places, {tasks} tasks", "lane.task": "{tasks} tasks",
        "lane.missing": "not taken up below: {count}", "lane.unsure": "cannot say below: {count}",
        "lane.nothing": "all taken up below", "lane.top": "where this begins",
        "joint": "、", "colon": ": ", "sep": " · ",
        "rest.units": " and others ({count} units)", "rest.places": " and others ({count} places)",
        "role.lead": "Lead", "role.responsible": "Responsible", "role.support": "Support", "role.assess": "Assess",
        "deadline": "Due: {raw}", "deadline.day": "Due: {raw} (by {end})",
        "missing": "⚠ Not taken up: ", "unsure": "? Cannot say: ", "unsure.why": "the lower document is not held in full",
        "unsure.why.nothing_linked": "not one task of the two documents is linked",
        "unsure.why.other_kind": "this task is no measure: it was not looked for everywhere",
        "unsure.why.part_unread": "a part of the document was not read: it may stand there",
        "unsure.why.penalty": "a chapter of penalties sets no duty of its own: it is not linked",
        "missing.why": "the lower document is held in full and holds no counterpart",
        "added": "+ Added at this level", "added.why": "the upper documents are held in full and hold no counterpart",
        "added.cannot_say": "? Cannot say whether added", "added.cannot_say.why": "an upper document is not held in full",
        "added.cannot_say.why.nothing_linked": "not one task is linked to one of an upper document",
        "weak.edge": "{relation} {score}?", "sum.weak": "doubtful links {count}",
        "legend.weak": "dotted line: doubtful (its chance beside it), worth checking",
        "skips": "Skips a level", "skips.edge": "{relation}, skips", "later": "Due later than above", "later.target": "A target due later than above",
        "folded": "{count} more (folded)", "folded.of": "{place} {count}",
        "theme.none": "Without theme", "theme.all": "All themes",
        "view.count": "{name} ({count})",
        "note.folded": "{count} tasks are folded in the picture; the indented tree below lists all.",
        "note.tree": "The tree lists the first {shown} tasks; {count} more are left out: draw them by --theme.",
        "note.many": "A picture of more than {soft} cards is hard to read; draw it theme by theme.",
        "note.theme": "More than {count} tasks: the picture goes theme by theme; choose one above.",
        "note.vis_other": "Note: the installed vis-network is not the version on record ({version});"
        " if the picture looks wrong, go by the indented tree below.",
        "note.vis_absent": "Note: vis-network is not installed, so nothing is drawn; see the indented tree below.",
        "note.held_cited": "{policy} is cited and not loaded: what it holds cannot be said.",
        "note.held_summary": "{policy} is held as a summary only: what is not in it cannot be said.",
        "note.between_cited": "{policy}, which {child} carries out, stands between and is cited, not loaded:"
        " what runs through it cannot be seen.",
        "note.carried_out_in": "{policy} itself is not loaded; carried out in: {documents}.",
        "note.cited_in": "{policy} itself is not loaded; cited in: {documents}.",
        "note.carried_out_by_none": "No policy in the graph carries {name} out: how its tasks cascade cannot be said.",
        "note.nothing_linked": "Not one task of {child} is linked to one of {parent}:"
        " what was taken up or added cannot be said.",
        "sum.levels": "{level} {count}", "sum.links": "{count} links",
        "sum.same": "same {count}", "sum.adapted": "adapted {count}", "sum.partial": "partial {count}",
        "sum.added": "added {count}", "sum.skips": "skipping {count}", "sum.unsure": "cannot say if added {count}",
        "sum.missing": "not taken up {count}", "sum.gaps": "cannot say {count}",
        "legend": "Legend", "legend.same": "same: near the same words",
        "legend.adapted": "adapted: made local", "legend.partial": "partial: only a part",
        "legend.missing": "⚠ dashed: taken up nowhere below",
 "legend.unsure": "? dotted: cannot say",
        "legend.added": "+ double: added at this level", "legend.skips": "skips: passes over a level",
        "ui.theme": "Theme", "ui.fit": "Whole", "ui.width": "Fit width", "ui.in": "Zoom in", "ui.out": "Zoom out",
        "ui.print": "Print", "ui.tree": "As text", "ui.close": "Close", "ui.scroll": "Picture of the cascade, scrolls",
        "ui.keys": "Click a card for its evidence; arrow keys move, Enter opens, Esc closes; Ctrl+wheel zooms",
        "ui.keys.short": "Click a card for its evidence",
        "ui.picture": "Cascade of tasks: columns are levels, cards are tasks, lines are correspondences."
        " The same as text is in the indented tree below.",
        "ui.skip": "Skip to the indented tree", "ui.to_tree": "Show in the tree", "ui.to_picture": "in the picture",
        "ui.noscript": "The picture needs JavaScript; without it, the indented tree below says the same.",
        "panel.units": "Units", "panel.deadline": "Deadline", "panel.targets": "Targets", "panel.policy": "Policy",
        "panel.up": "Derives from", "panel.down": "Taken up by", "panel.proofs": "Evidence", "panel.state": "Cascade",
        "panel.key": "Key", "panel.folded": "Folded tasks", "panel.above": "Words above", "panel.below": "Words below",
        "panel.score": "score {score}", "panel.none": "No evidence to show",
        "proof.itself": "text of the task", "proof.title": "title", "proof.theme": "theme", "proof.deadline": "deadline",
        "proof.units": "unit", "proof.number": "number", "proof.targets": "target", "proof.link": "link",
        "proof.place": "{document}, characters {start}–{end}", "proof.cut": "… ({count} characters)",
        "tree": "Indented tree", "tree.about": "The same as the picture: opens, closes, can be searched, printed, copied.",
        "tree.proofs": "Evidence: {count}", "tree.above": "listed above already",
        "tree.open": "Open all", "tree.shut": "Close all", "tree.state": "Cascade",
        "empty": "There is no task to draw.",
        "foot": "Made by Zhengmai; this page uses no network. Quotes are from the documents, places count characters."
        " Drawn by vis-network (Apache-2.0 OR MIT).",
    },
}  # fmt: skip


class Words:
    """The words of one language: `words("deadline", raw="…")`."""

    def __init__(self, language: str) -> None:
        """Speak `zh` or `en`; anything else is English."""
        self.language = language if language in WORDS else "en"
        self._own = WORDS[self.language]

    @property
    def tag(self) -> str:
        """The language tag of a page."""
        return "zh-CN" if self.language == "zh" else "en"

    def __call__(self, code: str, **values: object) -> str:
        """Return the words of that code, filled with the values."""
        said = self._own[code]
        return said.format(**values) if values else said

    def relation(self, name: str) -> str:
        """Return the word of a relation; one that the vocabulary does not have stands for itself."""
        return schema().word("relation", name, self.language)

    def role(self, name: str) -> str:
        """Return the word of a role; one without a word stands for itself."""
        return self._own.get(f"role.{name}", name)

    def why(self, code: str, reason: str | None) -> str:
        """Return the reason for what a code says; one without words of its own has the common ones."""
        return self._own.get(f"{code}.why.{reason}", self._own[f"{code}.why"])

    def proof(self, name: str) -> str:
        """Return the word of what is proved; one without a word stands for itself."""
        return self._own.get(f"proof.{name}", name)
