"""Folders wherever Spark finds them: on this machine, in HDFS, in an object store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from pyspark.sql import DataFrame, SparkSession

from devrules.errors import UsageError

_PATTERN = re.compile(r"[\\*?\[\]{}]")


def address(folder: Path) -> str:
    """
    Give the address of a folder of this machine: a path without one is looked for where Spark keeps its files.

    It is not percent-encoded: Hadoop takes what it is given by the letter.
    """
    return f"file:///{folder.resolve().as_posix().lstrip('/')}"


def read(spark: SparkSession, path: str) -> DataFrame:
    """Read a Parquet file, or a folder of such: the one of that very name, for Spark takes a name as a pattern."""
    return spark.read.parquet(_PATTERN.sub(r"\\\g<0>", path))


class Folders:
    """
    The file systems that a session reaches.

    Args:
        spark: The session.
    """

    def __init__(self, spark: SparkSession) -> None:
        self._jvm: Any = spark.sparkContext._jvm  # noqa: SLF001  # the way to Hadoop's own classes, used by all
        self._conf: Any = spark.sparkContext._jsc.hadoopConfiguration()  # noqa: SLF001  # the same

    def exists(self, path: str) -> bool:
        """Tell whether there is something at *path*."""
        return bool(self._system(path).exists(self._path(path)))

    def key(self, path: str, key: str) -> str | None:
        """
        Give what a Parquet file, or one file of a folder of such, states in its metadata under *key*.

        Args:
            path: The file, or the folder.
            key: The key.
        """
        for one in self._system(path).listStatus(self._path(path)):
            if one.isFile() and one.getLen() and not one.getPath().getName().startswith(("_", ".")):
                hadoop = self._jvm.org.apache.parquet.hadoop
                file = hadoop.util.HadoopInputFile.fromPath(one.getPath(), self._conf)
                reader = hadoop.ParquetFileReader.open(file)
                try:
                    found: str | None = reader.getFooter().getFileMetaData().getKeyValueMetaData().get(key)
                finally:
                    reader.close()
                return found
        return None

    @contextmanager
    def whole(self, target: str) -> Iterator[str]:
        """
        Give a folder to write to, beside *target*; it has that name when all was written, and is gone otherwise.

        Args:
            target: The folder to make. An empty one may be there.

        Raises:
            UsageError: When something is there already.
        """
        self._refuse_what_is_there(target)
        path, system = self._path(target), self._system(target)
        made = self._jvm.org.apache.hadoop.fs.Path(path.getParent(), f".{path.getName()}.{uuid4().hex}.part")
        try:
            yield made.toString()
            self._refuse_what_is_there(target)
            if system.exists(path):
                system.delete(path, False)  # noqa: FBT003  # Java: not what is in it
            if not system.rename(made, path):
                raise UsageError(f"{target}: cannot be made")
        finally:
            system.delete(made, True)  # noqa: FBT003  # Java: with what is in it

    def lift(self, folder: str) -> None:
        """Put the files of a folder of Parquet files beside it, numbered after its name, and remove it."""
        path, system = self._path(folder), self._system(folder)
        parts = sorted(
            name for one in system.listStatus(path) if (name := one.getPath().getName()).endswith(".parquet")
        )
        for n, name in enumerate(parts):
            lifted = self._path(f"{folder}-{n:05}.parquet")
            system.rename(self._path(f"{folder}/{name}"), lifted)
            # On a disk a sum is kept beside each file, and goes with it: nobody but Hadoop knows what it is.
            system.delete(self._path(f"{lifted.getParent()}/.{lifted.getName()}.crc"), False)  # noqa: FBT003  # Java: a file
        system.delete(path, True)  # noqa: FBT003  # Java: with what is in it

    def _refuse_what_is_there(self, target: str) -> None:
        path, system = self._path(target), self._system(target)
        if system.exists(path) and (not system.getFileStatus(path).isDirectory() or len(system.listStatus(path))):
            raise UsageError(f"{target} is not empty: name another folder, or remove what is in it first")

    def _path(self, path: str) -> Any:
        plain = self._jvm.org.apache.hadoop.fs.Path(path)
        return self._jvm.org.apache.hadoop.fs.FileSystem.get(plain.toUri(), self._conf).makeQualified(plain)

    def _system(self, path: str) -> Any:
        return self._path(path).getFileSystem(self._conf)
