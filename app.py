"""One file, two lives: the ASGI app that `streamlit run` and uvicorn serve, and the script it runs."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    # A folder named pages/ makes Streamlit run the asked-for file bare on the first visit after a start.
    PagesManager.uses_pages_directory = False

    from access.web.routes import ROUTES
    from ui.app import api_routes, page_script
    from ui.app.serving import MIDDLEWARE, tell_script_error, warm_up

    ours = [*ROUTES, *api_routes.routes(), *page_script.ROUTES]
    app = st.App(__file__, routes=ours, middleware=MIDDLEWARE, lifespan=warm_up, on_script_error=tell_script_error)
else:
    from ui.app import shell

    shell.run()
