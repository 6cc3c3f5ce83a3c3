"""Lines of the errors that questions, decisions and files of answers raise, in Chinese, by code."""

# One entry a line, however long: the two languages are read side by side.

WORDS: dict[str, str] = {
    "error.not_found": "没有名为“{name}”的{kind}",
    "error.not_found_near": "没有名为“{name}”的{kind}；是否指：{near}",
    "error.several": "“{name}”对应 {count} 个{kind}：{listed}；请给出其中一个键",
    "error.parameter_unknown": "问题 {question} 没有参数 {name}；可用：{known}",
    "error.parameter_missing": "问题 {question} 缺少参数 {name}",
    "error.parameter_not_listed": "参数 {name} 没有“{value}”这个取值，可取：{known}",
    "error.parameter_unread": "参数 {name} 的值“{value}”不是 {type}（日期写成 2026-12-31）",
    "error.query_length": "语句长 {count} 字，应为 1 至 20000 字",
    "error.query_several": "一次只能给一条语句",
    "error.query_writes": "语句要改动图谱（{word}）；这里只许读取",
    "error.query_files": "语句要读取文件；这里只许读取图谱",
    "error.query_calls": "语句调用了不允许的 {name}",
    "error.query_begins": "语句须以 MATCH、OPTIONAL MATCH、UNWIND、WITH、RETURN 或 CALL 开头",
    "error.query_timeout": "语句运行超过 {seconds} 秒，已停止；请缩小范围或用 --timeout 放宽",
    "error.query_memory": "语句需要超过 {most} MB 内存，已停止；请缩小范围",
    "error.cell": "第 {row} 行 {column} 有 {count} 字，超过单元格上限 {most}；请改用 csv 或 json",
    "error.unlike": "{task} 是任务而 {policy} 是政策；请给出两项任务或两件政策",
    "error.unlike_unit": "{unit} 是单位而 {other} 不是；请给出两个单位、两项任务或两件政策",
    "error.unit_group": "{group} 是一类单位的统称；请给出单个单位",
    "error.same_unit": "{one} 与 {other} 都指 {unit}；请给出两个单位",
    "error.same_unit_of": "{one} 与 {other} 都指 {unit}，它已由人判定与其他单位为同一单位；请从 {listed} 中给出两个键",
    "error.upward": "{child}（{child_level}）是 {parent}（{parent_level}）的上级；请先写下级，后写上级",
}
