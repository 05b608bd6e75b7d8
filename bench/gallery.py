"""docs/gallery: the main screens as they look, on the sample returns. python -m bench.gallery, by `make gallery`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bench import papers
from bench.browser import CHROMIUM, DEMONSTRATION, FLAGS, ROOT, enter, serving, settled

# Tables on a canvas are there; until then a grey bar stands in their place.
DRAWN = "() => !document.querySelector('[data-testid=stSkeleton]')"
FOLDER = ROOT / "docs" / "gallery"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. until: words that stand on the screen when it is there. high: of the picture, px."""

    name: str
    told: str
    address: str
    until: str
    theme: Literal["light", "dark"] = "light"
    wide: int = 1440
    high: int = 900
    account: str = "demo-leader"


SHOTS = (
    Shot(
        "overview",
        "总览：已审核为实、已报待审核为浅 / the plan's state on one screen, approved solid, filed paler",
        "overview",
        "项承诺中",
    ),
    Shot(
        "overview-theme",
        "点一段，只看这些承诺 / a click on a bar shows these promises alone",
        "overview?theme=works",
        "5项承诺",
        high=700,
    ),
    Shot(
        "overview-dark",
        "深色与英文 / dark, in English",
        "overview?basis=filed&lang=en",
        "Q3 2021: of 47 promises",
        theme="dark",
    ),
    Shot("overview-phone", "手机 / on a phone", "overview?basis=filed", "项承诺中", wide=390, high=844),
    Shot(
        "indicator",
        "指标：差多少人、谁在拖后、年底能到多少 / an indicator, down to people and the year's end",
        "indicator?indicator=public-share&basis=filed",
        "数据来源（到单元格）",
        high=1400,
    ),
    Shot(
        "indicator-dark",
        "指标，深色 / the same, dark, where a rate is told apart by a part of its scale",
        "indicator?indicator=vocational-employment&basis=filed&lang=en",
        "Where the numbers come from",
        theme="dark",
        wide=1920,
        high=1080,
    ),
    Shot(
        "county",
        "县区：位次、升降、强弱 / a county among the others",
        "county?unit=210411&basis=filed",
        "可比指标",
        high=1300,
    ),
    Shot(
        "county-phone",
        "县区，手机：一行一张卡片 / a county on a phone: a row is a card",
        "county?unit=210411&basis=filed",
        "可比指标",
        wide=390,
        high=1500,
    ),
    Shot("tasks", "任务：30 项，数值、申报、节点 / the thirty tasks", "tasks?basis=filed", "30项任务中", high=1200),
    Shot(
        "task",
        "一项任务：原文到单元格 / one task, from the clause to the cell",
        "tasks?task=20&basis=filed",
        "改善办学条件",
        high=1000,
    ),
    Shot("works", "资金与工程 / money and works", "works?basis=filed", "造价核对", high=1500),
    Shot(
        "compare",
        "对比：会议以来的变化与更正 / what changed since a meeting, restatements with their reason",
        "compare?with=v1&basis=filed",
        "亮灯转差",
        high=1000,
    ),
    Shot("returns", "报送情况 / who has filed", "returns", "应报25份", high=1200),
    Shot("method", "口径与方法 / definitions and method", "method", "口径与方法", high=1000),
    Shot(
        "wall",
        "大屏（?kiosk）/ the wall",
        "?kiosk&basis=filed",
        "抚顺市教育工作要点监测平台",
        theme="dark",
        wide=1920,
        high=1080,
    ),
    Shot("filing", "报送：错在哪一格、怎么改 / what to mend, by cell", "filing", "抚顺县", account="demo-210421"),
    Shot(
        "review",
        "审核 / review",
        "review?form=county&reporter=210403&period=2021Q3",
        "东洲区 2021年第三季度报表",
        account="demo-planning",
        high=1100,
    ),
)


def main() -> None:
    if CHROMIUM is None:
        sys.exit("没有 Chromium，无法生成图集 / no Chromium on this machine: the gallery needs one")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, **DEMONSTRATION, "DASHBOARD_DATA": data}
        subprocess.run(
            [sys.executable, "-m", "actions", "stage", "data/demo", "--quiet"], cwd=ROOT, env=environment, check=True
        )
        with serving(Path(data)) as address:
            _take(address)
        _take_papers(environment)
    pictures = [(one.name, one.told) for one in SHOTS] + [(one.name, one.told) for one in papers.PAPERS]
    text = "\n".join(f"## {told}\n\n![{told}](gallery/{name}.png)\n" for name, told in pictures)
    (ROOT / "docs" / "gallery.md").write_text(
        f"# 图集 Gallery\n\n演示数据。由 `make gallery` 生成。 Sample data; made by `make gallery`.\n\n{text}", "utf-8"
    )


def _take_papers(environment: dict[str, str]) -> None:
    """Those that are there stay where LibreOffice is not."""
    lacking = papers.missing()
    for paper in papers.PAPERS:
        if paper.pages and lacking:
            print(
                f"没有{lacking}，{paper.name}仍是原图 / without {lacking} the picture of {paper.name} stays as it was"
            )
            continue
        path = FOLDER / f"{paper.name}.png"
        papers.take(paper, path, environment)
        _lighten(path)


def _take(address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for shot in SHOTS:
            context = chromium.new_context(
                viewport={"width": shot.wide, "height": shot.high},
                color_scheme=shot.theme,
                locale="zh-CN",
                user_agent=PHONE if shot.wide < 600 else None,
            )
            page = context.new_page()
            enter(page, address, shot.account)
            page.goto(f"{address}/{shot.address}")
            settled(page, shot.until)
            page.wait_for_function(DRAWN, timeout=30_000)
            page.wait_for_timeout(2500)  # charts fade in
            path = FOLDER / f"{shot.name}.png"
            page.screenshot(path=path)
            _lighten(path)
            context.close()
        chromium.close()


def _lighten(path: Path) -> None:
    """256 colours are plenty for screens, and a fifth of the bytes; those of which there is little are kept, as lights are."""
    from PIL import Image

    image, few = Image.open(path).convert("RGB"), Image.Quantize.MAXCOVERAGE
    image.quantize(256, method=few, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
