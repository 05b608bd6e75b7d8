"""What surrounds every screen: language, quarter, navigation, where the numbers come from."""
from __future__ import annotations

import streamlit as st

from catalogue.wording import pick, say, use_language
from ui import filters, reads

# file, wording key, url
PAGES = (
    ("pages/overview.py", "overview", "overview"),
    ("pages/indicator.py", "indicator", "indicator"),
    ("pages/county.py", "county", "county"),
)


def run() -> None:
    """The script of every run: decide the language, then show the page asked for."""
    use_language(filters.language_from_url())
    plan = reads.plan()
    st.set_page_config(page_title=say("shell.title", city=pick(plan, "city")), page_icon="📊", layout="wide")
    st.html(STYLE)
    pages = [
        st.Page(path, title=say(f"shell.page.{key}"), url_path=url, default=key == "overview")
        for path, key, url in PAGES
    ]
    page = st.navigation(pages, position="top")
    _header()
    if reads.newest_version() is None:
        st.info(say("shell.nothing_loaded"))
        return
    page.run()
    _footer()


def _header() -> None:
    plan = reads.plan()
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        st.markdown(f"**{say('shell.title', city=pick(plan, 'city'))}**", width="content")
        if plan.demo:
            st.badge(say("app.demo"), color="orange")
        st.space("stretch")
        filters.period()
        filters.language()


def _footer() -> None:
    plan, version = reads.plan(), reads.newest_version()
    parts = [f"{pick(plan, 'title')}（{plan.document}）"]
    if version is not None:
        parts.append(say("shell.version", number=version.number, at=f"{version.published_at:%Y-%m-%d %H:%M}"))
    if plan.demo:
        parts.append(say("shell.demo_note"))
    st.divider()
    st.caption(" · ".join(parts))



# Streamlit leaves 6 rem above the first line and hides nothing on paper.
STYLE = """<style>
.block-container { padding-top: 3.6rem; padding-bottom: 2rem; max-width: 1500px; }
[data-testid="stPageLink"] p { white-space: normal; text-align: left; overflow: visible; }
[data-testid="stMetricLabel"] p { font-size: .86rem; white-space: normal; }
[data-testid="stMetricValue"] { white-space: normal; font-size: 1.55rem; font-variant-numeric: tabular-nums; }
[data-testid="stMetricValue"] > div { white-space: normal; overflow: visible; }
[data-testid="stSkipToContent"] { display: none; }
@media (max-width: 640px) { .block-container { padding-left: .8rem; padding-right: .8rem; } }
@media print { header, .st-key-masthead [data-testid="stButtonGroup"] { display: none !important; } }
</style>"""
