"""The scratch folder of a run: for this user only, and always removed."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for this user only, for spilled tables and unpacked files; they hold personal data and are always removed."""
    folder = Path(tempfile.mkdtemp(prefix="logsyn-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
