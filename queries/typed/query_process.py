"""The process that a typed-in query runs in, so that it can be killed: a request on stdin, an answer on stdout."""

import json
import sys

from graph.errors import PolicyGraphError
from graph.store.opening import open_store
from graph.store.store_address import StoreAddress
from queries.typed.query_guard import check, check_sparql


def main() -> None:
    """Read one request, answer it, and say either the rows or what was wrong."""
    request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    answer: dict[str, object]
    try:
        where = StoreAddress.of(request["store"])
        text = check_sparql(request["text"]) if where.dialect == "sparql" else check(request["text"])
        with open_store(where, seconds=request["seconds"]) as store:
            rows = store.ask(text, request["params"])
        answer = {"rows": rows[: request["limit"]], "all": len(rows)}
    except PolicyGraphError as error:
        answer = {"error": str(error), "exit_code": error.exit_code}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, default=str).encode("utf-8"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
