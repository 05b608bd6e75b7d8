"""任务: all tasks in the plan's order, by number and by word; one task when the address names it."""

import streamlit as st

from catalogue.display import quarter
from catalogue.wording import say
from ui import reads
from ui.app import filters
from ui.app.ending import end
from ui.screens.tasks import board, detail, head, matrix

period, basis = filters.chosen_period(), filters.chosen_basis()
task = filters.task()

if period < str(reads.plan().first):
    st.info(say("tasks.before", period=quarter(period)))
    end()

if task is not None:
    detail.show(task, basis, period)
    end()

head.show(basis, period)

with st.container(horizontal=True, vertical_alignment="center", key="tasks filters"):
    view = filters.task_choice("view", ("list", "matrix"))
    state = filters.task_choice("state", ("all", "attention", "silent"))
    department = filters.department()

if view == "matrix":
    matrix.show(basis, period, department, state)
else:
    board.show(basis, period, department, state)
