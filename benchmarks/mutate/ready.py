"""A process that has imported what no mutation changes, and from which each run of tests is forked: ``python -m benchmarks.mutate.ready``.

It reads requests, one line of JSON each (arguments of pytest, CPU seconds, what the environment has besides, the file that gets what is said), and
answers each with the exit code of the run, negative for a signal.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import traceback
from typing import Any

_BEFOREHAND = (
    "pytest", "duckdb", "pandas", "pyarrow.parquet", "duckdb_sqlalchemy", "great_expectations", "great_expectations.expectations",
    "pydantic", "typer.testing", "jinja2", "babel.numbers", "babel.dates", "bs4", "ruamel.yaml", "rapidfuzz", "holidays", "yaml",
)  # fmt: skip
_MOST_WALL_SECONDS = 1800


def main() -> None:
    """Import, then run what is asked for, one after the other."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    for name in _BEFOREHAND:
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(asked)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _run(asked: dict[str, Any]) -> None:
    """Be the process of one run of tests, and end."""
    code = 3
    try:
        with open(asked["said"], "wb") as said, open(os.devnull, "rb") as nothing:  # noqa: PTH123 - as descriptors
            os.dup2(nothing.fileno(), 0)
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
        os.environ.update(asked["environment"])
        seconds = int(asked["cpu_seconds"])
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_MOST_WALL_SECONDS)
        import pytest  # noqa: PLC0415 - imported already

        code = int(pytest.main(asked["arguments"]))
    except BaseException:  # noqa: BLE001 - nothing may go on in this process
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
