"""Where the fonts and the content that come with the program are.

In a checkout they are the top-level folders; in an installed package they lie inside it.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _beside_or_inside(name: str) -> Path:
    beside = _PACKAGE.parent / name
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else beside


FONTS = _beside_or_inside("fonts")
CONTENT = _beside_or_inside("content")
STARTER = _PACKAGE / "starter"
