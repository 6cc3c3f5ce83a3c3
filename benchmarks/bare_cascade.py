"""The other side of the cold `cascade`: engine, typer and rich imported, the same store opened, the same texts asked.

It stands alone: nothing of ours is imported. The one argument is a file with the texts, their parameters, the folder.
"""

import json
import os
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    told = json.load(file)
os.environ["ARCADEDB_LOG_CONSOLE"] = "0"
os.environ["ARCADEDB_LOG_DIR"] = told["log"]

import arcadedb
import rich
import rich.console
import rich.table  # noqa: F401
import typer  # noqa: F401

with arcadedb.DatabaseFactory(told["folder"]).open(read_only=True) as database:
    rows = [database.query("cypher", text, given).to_list() for text, given in told["asked"]]
sys.stdout.write(f"{sum(map(len, rows))} rows\n")
