"""The process that a typed-in query runs in, so that it can be killed: a request on stdin, an answer on stdout."""

import json
import sys
from math import isfinite
from typing import Any

from graph.errors import PolicyGraphError, UsageError
from graph.store.opening import open_store
from graph.store.store_address import StoreAddress
from queries.typed.memory_bound import OUT_OF_MEMORY, bound_own_memory
from queries.typed.query_guard import check, check_sparql


def main() -> None:
    """Read one request, answer it, and say either the rows or what was wrong."""
    request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    bound_own_memory(request["bytes"])
    try:
        answer = _answer(request)
        written = json.dumps(answer, ensure_ascii=False, default=str).encode("utf-8")
    except PolicyGraphError as error:
        written = json.dumps({"error": str(error), "exit_code": error.exit_code}).encode("utf-8")
    except UnicodeEncodeError:
        # JSON can say it, and no other text can.
        refused = UsageError("the answer holds half of a sign (a lone surrogate), which no text can")
        written = json.dumps({"error": str(refused), "exit_code": refused.exit_code}).encode("utf-8")
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    where = StoreAddress.of(request["store"])
    text = check_sparql(request["text"]) if where.dialect == "sparql" else check(request["text"])
    with open_store(where, seconds=request["seconds"]) as store:
        rows = store.ask(text, request["params"])
    shown, odd = rows[: request["limit"]], 0
    for row in shown:
        for name, one in row.items():
            # JSON has no word for these.
            if isinstance(one, float) and not isfinite(one):
                row[name], odd = None, odd + 1
    return {"rows": shown, "all": len(rows), "odd": odd}


if __name__ == "__main__":
    main()
