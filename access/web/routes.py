"""Our own pages before Streamlit's. `app.py` hands them to `st.App`; the gate judges them by path like all others."""

from __future__ import annotations

from starlette.routing import Route

from access.web import own_account, sign_in, sign_on

ROUTES = [
    Route("/sign-in", sign_in.show, methods=["GET"]),
    Route("/sign-in", sign_in.submit, methods=["POST"]),
    Route("/sign-in/demo", sign_in.show, methods=["GET"]),  # its form was refused and the page is asked for again
    Route("/sign-in/demo", sign_in.demo_submit, methods=["POST"]),
    Route("/sign-in/oidc", sign_on.leave, methods=["GET"]),
    Route(sign_on.RETURN, sign_on.come_back, methods=["GET"]),
    Route("/password", own_account.show_password, methods=["GET"]),
    Route("/password", own_account.change_password, methods=["POST"]),
    Route("/sign-out", own_account.show_sign_out, methods=["GET"]),
    Route("/sign-out", own_account.sign_out, methods=["POST"]),
]
