"""Tables of events (events/columns.py) -> figures. Pure functions, no Streamlit.

Every public function returns a `charts.chart.Chart`: figure, numbers (rows = drawn + left out),
notes in the reader's language, alternative text and the table twin.
"""
