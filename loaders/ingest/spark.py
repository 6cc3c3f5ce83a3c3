"""Spark as a build needs it: found or started, quiet, with our functions on its workers. Nothing else imports pyspark.

Where `ZHENGMAI_SPARK_MASTER` names a cluster (`spark://host:7077`, `yarn`, …), or `spark-submit` runs this process, the
rest of the settings is Spark's own (spark-defaults.conf); else Spark runs on this machine alone and opens no port to
others. A session that the caller has already is used as it is, and left open.
"""

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

import pyarrow as pa

from graph.errors import StoreError

MASTER = "ZHENGMAI_SPARK_MASTER"
_ROOT = str(Path(__file__).resolve().parents[2])
_JAVA = 17
_INSTALL = "pip install 'zhengmai[spark]'"
# So many rows come to a worker at once: documents to read, pairs to align, parcels of some megabytes.
_WHILE = {"spark.sql.execution.arrow.maxRecordsPerBatch": "32"}
_ALWAYS = {
    **_WHILE,
    # What comes back is bounded by what joining needs, not by this.
    "spark.driver.maxResultSize": "0",
    "spark.ui.showConsoleProgress": "false",
}
_ALONE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
Frame = Any
"""A DataFrame of Spark's; its package has types only where it is installed."""


class Spark:
    """A session, from its start to its end; errors of Spark's become one line."""

    def __init__(self, log: Path, jobs: int | None = None) -> None:
        """Name the file that Spark's own messages go to; `jobs` is the number of workers on this machine.

        Raises:
            StoreError: pyspark or a Java that it can use is not installed.
        """
        self.log = log
        self.jobs = jobs
        self._own = False
        self._session: Any = None
        self._before: dict[str, str | None] = {}
        check()

    def __enter__(self) -> Self:
        """Return the session, started where there is none."""
        from pyspark.sql import SparkSession

        # Nothing here goes by way of pandas.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        self._session = SparkSession.getActiveSession()
        if self._session is None:
            self._own = True
            with self.errors(), _stderr_to(self.log):
                self._session = self._builder().getOrCreate()
                self._session.sparkContext.setLogLevel("ERROR")
        else:
            self._before = {name: self._session.conf.get(name, None) for name in _WHILE}
            for name, value in _WHILE.items():
                self._session.conf.set(name, value)
        return self

    def __exit__(self, *error: object) -> None:
        """End the session, if it was started here."""
        self.close()

    def close(self) -> None:
        """End the session, if it was started here, else leave it as it was; more often than once is as good."""
        if self._session is None:
            return
        session, self._session = self._session, None
        # Messages of Spark at its end tell nothing more: the work is done, or has failed and told why.
        with suppress(Exception):
            for name, value in self._before.items():
                if value is None:
                    session.conf.unset(name)
                else:
                    session.conf.set(name, value)
            if self._own:
                session.stop()

    def _builder(self) -> Any:  # noqa: ANN401
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.appName("zhengmai")
        for name, value in _ALWAYS.items():
            builder = builder.config(name, value)
        master = os.environ.get(MASTER)
        if master:
            return builder.master(master)
        if "PYSPARK_GATEWAY_PORT" in os.environ:
            return builder
        # The workers on this machine are to have what this process has.
        os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
        for name, value in _ALONE.items():
            builder = builder.config(name, value)
        return builder.master(f"local[{self.jobs or '*'}]")

    # -- frames

    @property
    def width(self) -> int:
        """Return the number of pieces of work that keeps all workers busy."""
        return 2 * int(self._session.sparkContext.defaultParallelism)

    def frame(self, table: pa.Table) -> Frame:
        """Return rows of this process as a frame."""
        with self.errors():
            return self._session.createDataFrame(table)

    def step(self, frame: Frame, name: str, told: bytes, ddl: str) -> Frame:
        """Return the frame that a step of `loaders.ingest.spark_steps` makes of a frame."""
        return frame.mapInArrow(_shipped(name, told), ddl)

    def kept(self, frame: Frame) -> Frame:
        """Return the frame such that it is worked out once, and lies on the workers' disks."""
        from pyspark import StorageLevel

        with self.errors():
            return frame.persist(StorageLevel.DISK_ONLY)

    def fetched(self, frame: Frame) -> pa.Table:
        """Return a frame's rows."""
        with self.errors():
            return frame.toArrow()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Make one line of what Spark says when work fails.

        Raises:
            StoreError: it did.
        """
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            yield
        except (PySparkException, Py4JError, OSError, RuntimeError) as error:
            raise StoreError(
                "Spark could not finish: {reason}; see {log}; the graph before still answers",
                reason=_reason(str(error)),
                log=self.log,
            ) from error


def check() -> None:
    """See that pyspark and a Java for it are here.

    Raises:
        StoreError: they are not; the line says what to install.
    """
    try:
        import pyspark
    except ImportError as error:
        raise StoreError("--engine spark needs pyspark, which is not installed: {install}", install=_INSTALL) from error
    if int(pyspark.__version__.split(".")[0]) < 4:
        raise StoreError(
            "--engine spark needs pyspark 4, this is {version}: {install}",
            version=pyspark.__version__,
            install=_INSTALL,
        )
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None:
        raise StoreError(
            "--engine spark needs Java, and there is none here; install a Java of version {least} or later"
            " (Debian: apt install openjdk-17-jre-headless), or set JAVA_HOME",
            least=_JAVA,
        )
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=True).stderr
    except (OSError, subprocess.SubprocessError) as error:
        raise StoreError(
            "--engine spark needs Java, and {java} does not run ({reason}); install a Java of version {least} or later"
            " (Debian: apt install openjdk-17-jre-headless), or set JAVA_HOME",
            java=java,
            reason=type(error).__name__,
            least=_JAVA,
        ) from error
    found = re.search(r'version "(?:1\.)?(\d{1,4})', told)
    if found and int(found[1]) < _JAVA:
        raise StoreError(
            "--engine spark needs Java {least} or later, and {java} is {version}; install a Java of version {least} or later"
            " (Debian: apt install openjdk-17-jre-headless), or set JAVA_HOME",
            java=java,
            version=found[1],
            least=_JAVA,
        )


def _shipped(name: str, told: bytes) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function that a worker runs. It is sent as code that refers to no module of ours: a worker must find them first."""
    root = _ROOT

    def work(batches):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        import sys
        from pathlib import Path

        # Ours stand on a worker where they stand in the process that sends the work, or are installed.
        found = (Path(one) for one in (root, *sys.path))
        place = next((one for one in found if (one / "loaders" / "ingest" / "spark_steps.py").is_file()), Path(root))
        # First on the path, so that a graph.py of the user's own does not hide our package of that name.
        if sys.path[:1] != [str(place)]:
            sys.path.insert(0, str(place))
        for package in ("graph", "loaders"):
            held = sys.modules.get(package)
            file = getattr(held, "__file__", None)
            if held is not None and (file is None or not Path(file).resolve().is_relative_to(place.resolve())):
                raise ImportError(f"{file or package} hides the package {package!r} of zhengmai; rename that file")
        from loaders.ingest.spark_steps import run

        return run(name, told, batches)

    return work


def _reason(said: str) -> str:
    """Return the line that says why: the last of a worker's traceback, else the first."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    starts = [at for at, line in enumerate(lines) if line.startswith("Traceback (most recent call last)")]
    if not starts:
        return lines[0][:300] if lines else "no reason given"
    behind = (line for line in lines[starts[-1] + 1 :] if re.match(r"[\w.]+(Error|Exception|Exit|Interrupt)\b", line))
    return next(behind, lines[0])[:300]


@contextmanager
def _stderr_to(log: Path) -> Iterator[None]:
    """Let what is started meanwhile write its messages into a file: a person's terminal is no place for them."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        file = log.open("ab")
    except OSError as error:
        raise StoreError(
            "{folder}: cannot be written ({reason}); choose another with --store",
            folder=log.parent,
            reason=error.strerror,
        ) from error
    with file:
        sys.stderr.flush()
        held = os.dup(2)
        try:
            os.dup2(file.fileno(), 2)
            yield
        finally:
            sys.stderr.flush()
            os.dup2(held, 2)
            os.close(held)
