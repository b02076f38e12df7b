"""The charts as still pictures, drawn by matplotlib with the layout of the page.

Each takes the table and the options of its interactive twin and returns the same counts.
"""
