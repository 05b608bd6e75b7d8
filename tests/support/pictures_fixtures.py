"""Pictures made by this server: what they need, and how they are looked into."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from reports.pictures import picture


@pytest.fixture(scope="module")
def renderer() -> Iterator[picture.Renderer]:
    """The browser on this server: begun by the first who draws, ended after the last test of the file.

    Who kills it or stops it leaves none or a good one behind; the next to draw begins another.
    """
    if lack := picture.available():
        pytest.skip(lack)
    yield picture._renderer
    picture.stop()


def opened(png: bytes) -> Image.Image:
    """By an independent reader; raises for a file that is not whole."""
    Image.open(BytesIO(png)).verify()
    return Image.open(BytesIO(png)).convert("RGB")


def inked(image: Image.Image) -> float:
    """Part of the picture that is not its ground."""
    ground = image.getpixel((1, image.height - 2))
    return 1 - sum(count for count, colour in image.getcolors(1 << 24) if colour == ground) / (
        image.width * image.height
    )
