"""Texts that spreadsheets would take for formulas or addresses, or that no page may run."""

HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "{=1}",
    "http://a.invalid",
    '=HYPERLINK("http://a.invalid")',
    "<script>alert(1)</script>",
    "甲|乙[丙](http://a.invalid)",
    "\u63a7\u5236\x07\x1b[2J\u7b26",
    "=HYPERLINK(1)",
]
