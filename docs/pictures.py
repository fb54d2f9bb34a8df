"""``make pictures``: the pages of the demo report as pictures, for the README."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
OPTIONS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"


def main() -> None:
    """Audit the sample log and take a picture of the top of each page."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report"
        code = "from logsyn.validator.commands.main import main; main()"
        sample = HERE.parent / "sample_logs" / "momentum.csv"
        how = "--suite momentum-jobklub --practice jobcenter --as-of 2023-11-30 --fail-on never".split()
        command = [sys.executable, "-c", code, "audit", str(sample), *how, "--out", str(out)]
        subprocess.run(command, check=True, cwd=folder)  # where the key of the pseudonyms is made, too
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=OPTIONS.split()
            )
            for name in ("index", "practice", "quality"):
                page = browser.new_page(viewport={"width": 1100, "height": 1300})
                page.goto((out / f"{name}.html").as_uri())
                page.screenshot(path=HERE / f"{name}.png")
            browser.close()


if __name__ == "__main__":
    main()
