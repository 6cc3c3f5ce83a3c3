"""Runs a server as long as whoever started it holds its standard input open: a test run that dies leaves none behind.

python keep.py LOG COMMAND…
"""

import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

PATIENCE = 30.0


def main() -> int:
    """Start the command, end it at the end of standard input, return its exit code."""
    # An interrupt at the keyboard is for the test run, which closes our standard input in its own time.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Path(sys.argv[1]).open("ab") as log:
        process = subprocess.Popen(
            sys.argv[2:], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    Thread(target=_end, args=(process,), daemon=True).start()
    return process.wait()


def _end(process: "subprocess.Popen[bytes]") -> None:
    # One line asks for an end without notice, as if the machine had lost its power.
    if sys.stdin.readline().strip() == "kill":
        process.kill()
        return
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    process.kill()


if __name__ == "__main__":
    sys.exit(main())
