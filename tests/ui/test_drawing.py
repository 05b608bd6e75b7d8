"""What does not change while a screen is drawn is asked once for each drawing, and anew for the next."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from ui.reads.drawing import once


def test_outside_of_a_drawing_it_is_asked_every_time():
    asked = []
    ask = once(lambda: asked.append(1) or len(asked))
    assert (ask(), ask()) == (1, 2)


def page(changed: bool = False):
    import streamlit as st

    from ui.reads import drawing

    @drawing.once
    def ask():
        st.session_state["asked"] = st.session_state.get("asked", 0) + 1
        return st.session_state["asked"]

    def click():
        ask()

    drawing.begin()
    if changed:
        ask()
        drawing.ask_again(ask)
    st.button("go", on_click=click)
    st.markdown(f"{ask()} {ask()}")


def test_within_a_drawing_it_is_asked_once_and_after_a_callback_and_in_the_next_anew():
    app = AppTest.from_function(page).run()
    assert app.markdown[0].value == "1 1"
    app.run()
    assert app.markdown[0].value == "2 2"
    app.button[0].click().run()
    assert app.markdown[0].value == "4 4"


def test_what_is_changed_within_a_drawing_is_asked_anew():
    assert AppTest.from_function(page, kwargs={"changed": True}).run().markdown[0].value == "2 2"
