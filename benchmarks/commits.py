"""The code of an earlier commit, beside that of today: its files, and how its command is run."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from benchmarks.measure import ROOT, WORK

if TYPE_CHECKING:
    from pathlib import Path

BEFORE_ONE_NAME = "from validator.main import main; main()"
"""Until 0.2.0 the packages lay at the top."""


def worktree(commit: str) -> Path:
    """The files of a commit, beside the extracts of the benchmarks."""
    folder = WORK / f"at-{commit}"
    if not folder.exists():
        subprocess.run(["git", "worktree", "add", "--detach", str(folder), commit], cwd=ROOT, check=True)
    return folder


def program(folder: Path) -> str:
    """Python code that is the command ``logsyn`` of the code in ``folder``, when run there."""
    if not (folder / "logsyn" / "__init__.py").exists():
        return BEFORE_ONE_NAME
    main = "commands.main" if (folder / "validator" / "commands" / "main.py").exists() else "main"
    return f"from logsyn.validator.{main} import main; main()"
