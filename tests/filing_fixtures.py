"""A county's return on somebody's desk, right and wrong, and hands for the filing screen."""
from __future__ import annotations

from functools import cache

import pandas as pd
from demo_fixtures import PLAN
from pages_fixtures import screen
from returns_fixtures import edited, put, values_only
from streamlit.testing.v1 import AppTest

from actions.keys import ReturnKey
from catalogue.period import Period
from etl.demo.filings import unfiled
from etl.demo.workbooks import workbook

UNIT, ACCOUNT = "210421", "demo-210421"  # 抚顺县: its return of the third quarter is missing
KEY = ReturnKey("county", UNIT, Period(2021, 3))
PAGE, NAME = "pages/filing.py", "抚顺县三季度.xlsx"
PRESCHOOL = "学前教育"


@cache
def right() -> bytes:
    return values_only(workbook(PLAN, unfiled()))


def wrong(*edits) -> bytes:
    return edited(right(), *edits)


def filing(account: str = ACCOUNT, **query: str) -> AppTest:
    return screen(PAGE, account, **query)


def uploaded(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """As dropped on the page. The page then takes them in and shows itself anew."""
    app.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files])
    app.run()
    assert not app.exception, app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def table(app: AppTest, *columns: str) -> pd.DataFrame:
    """The one table on the page that has these columns."""
    [found] = [each.value for each in app.dataframe if set(columns) <= set(each.value.columns)]
    return found


def explain(app: AppTest, given: dict[int, str]) -> AppTest:
    """Row of the table of findings -> what is typed into its column of reasons; then saved."""
    app.session_state[app.data_editor[0].key] = {"edited_rows": {row: {"说明原因": text} for row, text in given.items()}}
    app.run()
    return press(app, "save reasons")
