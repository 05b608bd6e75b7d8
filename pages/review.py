"""审核: what waits for a decision, one return side by side with its past, the quarter as a whole."""

import streamlit as st

from catalogue.display import quarter
from catalogue.wording import say
from ui import reads
from ui.app import filters, session
from ui.app.ending import end
from ui.kit import asking, story_table
from ui.screens.review import case
from ui.screens.review import desk as review_desk
from ui.screens.review import quarter as review_quarter
from ui.screens.review import queue as review_queue

actor = session.actor()
period = filters.chosen_period()
reads.work_on(period)
queue = review_queue.rows(actor, period)

st.subheader(say("review.title", period=quarter(period)))
if queue.empty:
    st.info(say("review.nobody_owes"))
    end()
asking.tell()
review_quarter.show(queue, period)
review_queue.show(queue)

key = review_queue.chosen(queue, period)
if key is not None:
    st.divider()
    desk = review_desk.opened(actor, key, queue)
    if desk is None:
        st.info(say("review.not_filed", reporter=reads.subject_name(key.reporter)))
    else:
        case.show(actor, desk, queue)
    story_table.show(actor, key)
