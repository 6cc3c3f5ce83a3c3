"""The child process: it takes a file after another, parses it, and answers with a document or with why there is none.

It opens no socket, starts no program and writes no file, whatever a library of it is made to do.
"""

import faulthandler
import gc
import os
import pickle
import sys
from pathlib import Path
from typing import IO, Any

from graph.errors import InputError, NotFoundError, UnknownFormatError
from loaders.read import limits
from loaders.read.child.foreign_readers import foreign_reader
from loaders.read.child.page_drawing import page_drawing
from loaders.read.child.page_picture import page_picture
from loaders.read.child.wire import OUT_OF_MEMORY, receive, send
from loaders.read.paged.scans.ocr_engine import tell

# The one that waits ends this process at the limit; this is for when it is gone itself.
_LATE = 5.0
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def main() -> None:
    """Answer requests until nobody asks any more; the memory that a file may take is the argument of the program."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    # What a library prints must not stand among the answers.
    sys.stdout = sys.stderr
    silent = open(os.devnull, "w")  # noqa: SIM115 - it is open as long as this process lives
    bound_memory(int(sys.argv[1]))
    sys.addaudithook(refuse)
    send(answers, {"ready": True})

    def go_on() -> None:
        """Ask for as much time again, for another page that is a picture."""
        send(answers, {"more": True})
        faulthandler.dump_traceback_later(limits.SECONDS + _LATE, exit=True, file=silent)

    tell(begin=lambda: bound_memory(limits.OCR_MEMORY), go_on=go_on)
    # Documents are hundreds of thousands of small records that point nowhere back: looking for circles among them while they
    # are made takes a third of the time. It is done once, behind each file.
    gc.disable()
    while (request := receive(asked)) is not None:
        head, data = request
        faulthandler.dump_traceback_later(float(head["seconds"]) + _LATE, exit=True, file=silent)
        try:
            _answer(answers, head, data)
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        faulthandler.cancel_dump_traceback_later()
        gc.collect()


def _answer(answers: IO[bytes], head: dict[str, Any], data: bytes) -> None:
    try:
        if "page" in head:
            make = page_drawing if head["drawn"] else page_picture
            picture = make(data, head["where"], int(head["page"]), head["boxes"])
            send(answers, {"picture": True}, picture)
            return
        reader = foreign_reader(head["format"])
        document = reader.read(data, name=head["name"], where=head["where"], suffix=head["suffix"])
    except InputError as error:
        kind = "unknown" if isinstance(error, UnknownFormatError) else "input"
        send(answers, {"error": kind, "template": error.template, "values": dict(error.values)})
    except NotFoundError as error:
        send(answers, {"error": "missing", "template": error.template, "values": dict(error.values)})
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a damaged file may fail in any way, and the next one is read
        send(answers, {"error": "fault", "kind": type(error).__name__, "said": " ".join(str(error).split())[:200]})
    else:
        send(answers, {"document": True}, pickle.dumps(document, protocol=5))


def bound_memory(more: int) -> None:
    """Let the system refuse this process more than so many bytes over what it has, where it has such a limit (Linux)."""
    if sys.platform != "linux":
        return
    import resource

    held = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmData"))
    wanted = int(held.split()[1]) * 1024 + more
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def refuse(event: str, given: tuple[Any, ...]) -> None:
    """Refuse what no parser has to do; a hook that is set cannot be taken away."""
    writes = event == "open" and isinstance(given[2], int) and given[2] & _WRITING
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(f"a file that is parsed may not do this: {event}")


if __name__ == "__main__":
    main()
