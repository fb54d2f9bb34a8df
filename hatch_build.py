"""How the wheel is put together: one top-level package ``logsyn``, into which the folders of the checkout go."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("validator", "expectations", "reports")


class OneName(BuildHookInterface):
    """Puts the three folders into ``logsyn``; an editable install gets none, since it would be a copy that nobody imports."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Say which folder goes where; ``version`` is "standard" or "editable"."""
        if version == "standard":
            build_data["force_include"].update({folder: f"logsyn/{folder}" for folder in FOLDERS})
