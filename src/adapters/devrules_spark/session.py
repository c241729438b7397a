"""A session of Spark: that of the host where there is one, else one on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from devrules.errors import UsageError

_HOST = ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR")
"""Where one of these is set, the host has said where Spark runs: spark-submit does so."""
LOCAL = {
    "spark.master": "local[*]",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "4g",
    "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
}
"""How a session on this machine is set: nothing listens beyond it."""
_JAVA = "Spark needs Java 17 or later: install it, and name it in JAVA_HOME or put it on the PATH"


@contextmanager
def session(given: SparkSession | None, settings: dict[str, str]) -> Iterator[SparkSession]:
    """
    Give a session with some settings of its own, and views that nobody else sees.

    Args:
        given: The host's session; it is left as it is. By default the one that is active; else one is started as
            spark-submit or the environment says, and stopped; else one on this machine.
        settings: What is set in the new session.

    Raises:
        UsageError: When there is no Java, or Spark does not start.
    """
    with TemporaryDirectory(prefix="devrules-", ignore_cleanup_errors=True) as scratch:
        there = given or SparkSession.getActiveSession()
        started = there or _started(Path(scratch))
        try:
            own = started.newSession()
            for name, value in settings.items():
                own.conf.set(name, value)
            yield own
        finally:
            if there is None:
                started.stop()


def _started(scratch: Path) -> SparkSession:
    builder = SparkSession.builder.appName("devrules")
    if not any(name in os.environ for name in _HOST):
        find_java()
        for name, value in (LOCAL | {"spark.local.dir": str(scratch), "spark.sql.warehouse.dir": str(scratch)}).items():
            builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except PySparkException as error:
        raise UsageError(f"Spark does not start ({error}). {_JAVA}") from error


def find_java() -> None:
    """
    See whether there is Java: Spark would say so in its own way.

    Raises:
        UsageError: When there is none.
    """
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home, "bin")) if home else None)
    if not found:
        raise UsageError(_JAVA)
