"""Hands for the filing screen."""

from __future__ import annotations

import pandas as pd
from actions_fixtures import KEY, actor, right, wrong
from demo_fixtures import FOLDER
from pages_fixtures import screen
from returns_fixtures import edited, values_only
from streamlit.testing.v1 import AppTest

__all__ = ["KEY", "actor", "right", "wrong"]
ACCOUNT = "demo-210421"  # 抚顺县: its return of the third quarter is missing
PAGE, NAME, PRESCHOOL = "pages/filing.py", "抚顺县三季度.xlsx", "学前教育"


def filed_by(whose: str, quarter: str = "2021Q3", *edits) -> bytes:
    """A sample return as it was filed, changed by hand."""
    [path] = (FOLDER / quarter).glob(f"*_{whose}_*季度报表.xlsx")
    return edited(values_only(path.read_bytes()), *edits)


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


def submitted(app: AppTest) -> AppTest:
    return press(press(app, "submit"), "yes submit")


def table(app: AppTest, *columns: str) -> pd.DataFrame:
    """The one table on the page that has these columns."""
    [found] = [each.value for each in app.dataframe if set(columns) <= set(each.value.columns)]
    return found


def explain(app: AppTest, given: dict[int, str]) -> AppTest:
    """Row of the table of findings -> what is typed into its column of reasons; then saved."""
    app.session_state[app.data_editor[0].key] = {
        "edited_rows": {row: {"说明原因": text} for row, text in given.items()}
    }
    app.run()
    return press(app, "save reasons")


def told(app: AppTest) -> str:
    """What stands in the coloured boxes."""
    return "\n".join(each.value for kind in (app.success, app.info, app.warning, app.error) for each in kind)
