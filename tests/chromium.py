"""Chromium as a second opinion: a page of HTML as the picture that it paints.

Tests that call this need the mark ``system("chromium")``.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

# Shapes as the font file has them: no hinting, no coloured edges, nothing from a graphics card.
_COMMAND = (
    "chromium",
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--allow-file-access-from-files",
)


def screenshot(html: str, width: int, height: int, scale: int) -> Image.Image:
    """The page in grey, ``width`` by ``height`` CSS pixels, ``scale`` dots to each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(html, "utf-8")
        subprocess.run(
            [
                *_COMMAND,
                f"--user-data-dir={folder / 'profile'}",
                f"--window-size={width},{height}",
                f"--force-device-scale-factor={scale}",
                f"--screenshot={folder / 'page.png'}",
                (folder / "page.html").as_uri(),
            ],
            capture_output=True,
            check=True,
            timeout=60,
        )
        with Image.open(folder / "page.png") as image:
            return image.convert("L")
