"""The dashboard: ``streamlit run dashboard.py``. Pages stand in pages/."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.shell.headers import guard
from pages.shell.warm_up import warm_up

if get_script_run_ctx(suppress_warning=True) is None:  # the server asks what it serves
    app = st.App(__file__, lifespan=warm_up, middleware=guard())
else:  # a session of it runs the same file
    from pages.shell.app import open_app

    open_app()
