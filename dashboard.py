"""The dashboard: ``streamlit run dashboard.py``. Pages stand in pages/, their pieces in parts/."""

from __future__ import annotations

from pages.parts.frame import open_app

open_app()
