"""审核: what waits for a decision, one return side by side with its past, the quarter as a whole."""

import streamlit as st

from catalogue.display import quarter
from catalogue.wording import say
from ui import (
    asking,
    filters,
    reads,
    review_case,
    review_desk,
    review_quarter,
    review_queue,
    session,
    story_table,
)
from ui.ending import end

actor = session.actor()
period = filters.chosen_period()
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
        review_case.show(actor, desk, queue)
    story_table.show(actor, key)
