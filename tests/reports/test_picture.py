"""The browser on the server: it draws what kaleido draws, recovers when it is killed or hangs, and says so where it is not there."""

# ruff: noqa: F811
from __future__ import annotations

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import plotly.graph_objects as go
import pytest
from pictures_fixtures import opened, renderer  # noqa: F401  (fixture)
from PIL import ImageChops

from catalogue.wording import use_language
from reports.pictures import picture
from reports.pictures.picture import NoRenderer


def chart(words: str = "公办幼儿园占比", height: int = 200) -> go.Figure:
    figure = go.Figure(go.Bar(x=["新抚区", "东洲区"], y=[44.0, 46.5]))
    return figure.update_layout(title=words, height=height, paper_bgcolor="#ffffff", plot_bgcolor="#ffffff")


def below(pid: int) -> list[int]:
    """The processes that `pid` started, and those started."""
    told = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout.split()[2:]
    pairs = list(zip(map(int, told[::2]), map(int, told[1::2]), strict=True))
    found, open_ = [], [pid]
    while open_:
        parent = open_.pop()
        children = [child for child, of in pairs if of == parent]
        found, open_ = found + children, open_ + children
    return found


def alive(pids: list[int]) -> list[str]:
    """States of those that still run; one that waits to be buried does not."""
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", ",".join(map(str, pids))], capture_output=True, text=True, check=False
    ).stdout
    return [state for state in told.split() if not state.startswith("Z")]


def test_a_picture_is_the_figure_at_double_scale_on_white(renderer):
    image = opened(picture.png(chart()))
    assert image.size == (1440, 400)
    assert image.getpixel((2, 2)) == (255, 255, 255)


def test_it_is_the_picture_that_kaleido_draws_by_itself(renderer):
    import kaleido

    ours = opened(picture.png(chart()))
    figure = chart()
    figure.update_layout(font_family=picture.font())
    theirs = opened(kaleido.calc_fig_sync(figure, opts={"format": "png", "width": 720, "height": 200, "scale": 2}))
    assert ImageChops.difference(ours, theirs).getbbox() is None


def sign(one: str) -> bytes:
    """The bitmap of one sign alone."""
    figure = go.Figure(go.Scatter(x=[0], y=[0], text=[one], mode="text", textfont={"size": 60}))
    figure.update_layout(height=120, template="none", margin={"t": 0, "b": 0, "l": 0, "r": 0})
    figure.update_xaxes(visible=False).update_yaxes(visible=False)
    image = opened(picture.png(figure, width=120)).convert("L")
    return image.crop(ImageChops.invert(image).getbbox()).tobytes()


def test_chinese_signs_are_no_boxes(renderer):
    """What a font lacks is drawn as its box for missing signs, as what stands at places for private use is."""
    box = sign("\ue000")
    assert sign("\ue001") == box
    signs = [sign(one) for one in "抚顺市教育局"]
    assert len({box, *signs}) == 7


def test_a_figure_that_cannot_be_drawn_spoils_no_other(renderer):
    good, bad, last = picture.draw(
        [
            picture.ready(chart()),
            picture.Ready({"data": [], "layout": {"height": 200}}, "zh"),
            picture.ready(chart(height=300)),
        ]
    )
    assert opened(good).size == (1440, 400)
    assert isinstance(bad, str) and bad
    assert opened(last).size == (1440, 600)


def test_everybody_gets_his_own(renderer):
    """Twenty at once, alike but for their colour."""
    colours = [(200 - 9 * n, 20 + 9 * n, 40 + (7 * n) % 200) for n in range(20)]

    def corner(colour: tuple[int, int, int]) -> tuple[int, int, int]:
        return opened(picture.png(chart().update_layout(paper_bgcolor=f"rgb{colour}"))).getpixel((2, 2))

    with ThreadPoolExecutor(20) as people:
        assert list(people.map(corner, colours)) == colours


@pytest.mark.parametrize("whom", ["browser", "child"])
def test_one_that_was_killed_is_begun_anew(renderer, whom):
    picture.png(chart())
    first = renderer._child.pid
    os.kill(below(first)[0] if whom == "browser" else first, signal.SIGKILL)
    assert opened(picture.png(chart())).size == (1440, 400)
    assert renderer._child.pid != first


def impatient(renderer, monkeypatch) -> None:
    """The one that stands has a second for a drawing; the next has the usual time."""
    begin, usual = renderer._stands, picture.SECONDS

    def stands() -> bool:
        monkeypatch.setattr(picture, "SECONDS", usual)
        return begin()

    monkeypatch.setattr(picture, "SECONDS", 1)
    monkeypatch.setattr(renderer, "_stands", stands)


def test_one_that_hangs_is_ended_in_time(renderer, monkeypatch):
    picture.png(chart())
    first = renderer._child.pid
    started = below(first)
    os.kill(first, signal.SIGSTOP)
    impatient(renderer, monkeypatch)
    begun = time.monotonic()
    assert opened(picture.png(chart())).size == (1440, 400)
    assert time.monotonic() - begun < 1 * 1.25 + picture.STARTING
    assert renderer._child.pid != first
    assert alive(started) == []


def test_a_browser_that_hangs_is_ended_with_its_child(renderer, monkeypatch):
    """It stands in a group of its own."""
    picture.png(chart())
    browser = renderer._browser[0]
    started = below(renderer._child.pid)
    os.killpg(browser, signal.SIGSTOP)
    impatient(renderer, monkeypatch)
    assert opened(picture.png(chart())).size == (1440, 400)
    assert renderer._browser[0] != browser
    assert ended(started)


def test_one_killed_while_it_draws_is_replaced_and_nobody_waits_for_ever(renderer):
    """It is stopped beforehand, so that on any machine its end comes in the middle of a drawing."""
    picture.png(chart())
    browser = renderer._browser[0]
    with ThreadPoolExecutor(4) as people:
        os.killpg(browser, signal.SIGSTOP)
        drawn = people.submit(picture.png, chart(height=450))
        others = [people.submit(picture.png, chart(height=height)) for height in (150, 250, 350)]
        time.sleep(0.5)
        assert not drawn.done()
        os.killpg(browser, signal.SIGKILL)
        assert opened(drawn.result(90)).size == (1440, 900)
        assert [opened(one.result(90)).height for one in others] == [300, 500, 700]
    assert renderer._browser[0] != browser


def ended(pids: list[int]) -> bool:
    """On a busy machine the browser is told of its parent's end a little later."""
    until = time.monotonic() + 10
    while alive(pids) and time.monotonic() < until:
        time.sleep(0.1)
    return alive(pids) == []


def test_nothing_is_left_running(renderer):
    picture.png(chart())
    pids = [renderer._child.pid, *below(renderer._child.pid)]
    assert len(pids) > 2
    picture.stop()
    assert ended(pids)


@pytest.mark.parametrize(("lacking", "said"), [("_browser", "Chromium"), ("_font", "字体")])
def test_where_it_is_not_installed_it_says_so_at_once(monkeypatch, lacking, said):
    monkeypatch.setattr(picture, lacking, lambda minute: "")
    begun = time.monotonic()
    assert said in picture.available()
    with pytest.raises(NoRenderer, match=said):
        picture.png(chart())
    assert time.monotonic() - begun < 1
    use_language("en")
    assert "this server has no" in picture.available().lower()


def test_one_that_cannot_be_started_is_not_tried_again_at_every_click(monkeypatch):
    monkeypatch.setattr(picture, "available", lambda: "")
    monkeypatch.setattr(picture.sys, "executable", "/bin/false")
    broken = picture.Renderer()
    with pytest.raises(NoRenderer, match="没有启动"):
        broken.draw([picture.ready(chart())])
    begun = time.monotonic()
    with pytest.raises(NoRenderer, match="一分钟后"):
        broken.draw([picture.ready(chart())])
    assert time.monotonic() - begun < 0.5
